//! Random small designs: two zones, an internet gateway, a NAT gateway, groups by block and by group, ACLs.

use groundplan::catalog::FieldValue;
use groundplan::catalog::kinds::{
    AclAction, AclRule, ElasticIp, GroupRule, Instance, InternetGateway, NatGateway, NetworkAcl, PublicIp, Region,
    Route, RouteTable, SecurityGroup, Subnet, Vpc, Zone,
};
use groundplan::design::Design;
use groundplan::id::NodeId;
use groundplan::layout::Sketch;
use groundplan::net::{AnyCidr, PortRange, Protocol};

/// Ports that every host listens on.
pub const PORTS: [u16; 3] = [80, 443, 8080];

const BLOCKS: [&str; 6] = ["0.0.0.0/0", "10.0.0.0/16", "10.0.1.0/24", "10.0.2.0/23", "10.0.1.4/31", "8.0.0.0/8"];
/// All of a client's own ports or none: which of them the kernel picks is not ours to say.
const RANGES: [&str; 6] = ["80", "443", "1-1023", "1024-65535", "8000-8100", "all"];

/// Repeatable dice.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % n as u64).unwrap()
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        *of.get(self.below(of.len())).unwrap()
    }

    fn protocol(&mut self) -> Protocol {
        self.one(&[Protocol::Tcp, Protocol::Tcp, Protocol::Tcp, Protocol::Udp, Protocol::All])
    }

    fn ports(&mut self) -> PortRange {
        self.one(&RANGES).parse().unwrap()
    }

    fn block(&mut self) -> AnyCidr {
        self.one(&BLOCKS).parse().unwrap()
    }
}

/// A design for a seed.
pub fn generated(seed: u64) -> Design {
    let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(1));
    let mut pen = Sketch::new();
    let region = pen.add(None, "region", Region::default());
    let vpc = Some(pen.add(Some(region), "vpc", Vpc::default()));
    let gateway = pen.add(vpc, "igw", InternetGateway);
    let eip = pen.add(Some(region), "eip", ElasticIp::default());
    let public = Route { target: Some(gateway), ..Route::default() };
    let public = pen.add(vpc, "public-rt", RouteTable { routes: vec![public], ..RouteTable::default() });
    let private = pen.add(vpc, "private-rt", RouteTable::default());
    let mut subnets = Vec::new();
    for (zone, letter) in ["a", "c"].into_iter().enumerate() {
        let lane = Some(pen.add(vpc, letter, Zone { letter: letter.to_owned() }));
        for at in 0..2 {
            let ix = zone * 2 + at;
            let cidr = format!("10.0.{}.0/24", ix + 1).parse().unwrap();
            let route_table = Some(if at == 0 || dice.below(4) == 0 { public } else { private });
            subnets.push(pen.add(lane, &format!("subnet-{ix}"), Subnet { cidr, route_table, ..Subnet::default() }));
        }
    }
    let nat = NatGateway { elastic_ip: Some(eip), ..NatGateway::default() };
    let nat = pen.add(subnets.first().copied(), "nat", nat);
    pen.set(private, "routes", vec![Route { target: Some(nat), ..Route::default() }].to_value());
    let groups: Vec<NodeId> = (0..3).map(|ix| pen.add(vpc, &format!("group-{ix}"), SecurityGroup::default())).collect();
    for group in &groups {
        let inbound: Vec<GroupRule> = (0..=dice.below(4)).map(|_| group_rule(&mut dice, &groups)).collect();
        pen.set(*group, "inbound", inbound.to_value());
        if dice.below(3) == 0 {
            let outbound: Vec<GroupRule> = (0..=dice.below(3)).map(|_| group_rule(&mut dice, &groups)).collect();
            pen.set(*group, "outbound", outbound.to_value());
        }
    }
    for (ix, subnet) in subnets.iter().enumerate().filter(|(ix, _)| ix % 2 == 1 || seed.is_multiple_of(2)) {
        let (inbound, outbound) = (acl_rules(&mut dice), acl_rules(&mut dice));
        let acl = pen.add(vpc, &format!("acl-{ix}"), NetworkAcl { inbound, outbound });
        pen.set(*subnet, "network_acl", acl);
    }
    for ix in 0..5 {
        let security_groups = vec![dice.one(&groups)];
        let public_ip = if dice.below(2) == 0 { PublicIp::Yes } else { PublicIp::No };
        let subnet = dice.one(&subnets);
        pen.add(Some(subnet), &format!("host-{ix}"), Instance { security_groups, public_ip, ..Instance::default() });
    }
    assert_eq!(pen.refusals(), &[], "the generated design is refused");
    let design = pen.finish();
    assert!(design.nodes().all(|(id, _)| design.references(id).iter().all(|(_, to)| design.node(*to).is_some())));
    design
}

fn group_rule(dice: &mut Dice, groups: &[NodeId]) -> GroupRule {
    let group = (dice.below(3) == 0).then(|| dice.one(groups));
    let cidr = group.is_none().then(|| dice.block());
    GroupRule { protocol: dice.protocol(), ports: dice.ports(), cidr, group, ..GroupRule::default() }
}

fn acl_rules(dice: &mut Dice) -> Vec<AclRule> {
    // Mostly open, or nothing would ever get past two of them and back.
    let mut rules: Vec<AclRule> = (0..dice.below(3))
        .map(|ix| AclRule {
            number: u16::try_from(10 * (ix + 1)).unwrap(),
            action: dice.one(&[AclAction::Allow, AclAction::Deny]),
            protocol: dice.protocol(),
            ports: dice.ports(),
            cidr: dice.block(),
            ..AclRule::default()
        })
        .collect();
    if dice.below(5) > 0 {
        rules.push(AclRule { number: 100, ..AclRule::default() });
    }
    rules
}
