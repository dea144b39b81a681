//! An account as large as reachability is measured on: 10,000 instances in 200 subnets, 500 groups of 20 rules, ACLs and routes. The same each time.

use crate::catalog::kinds::{
    AclRule, ElasticIp, GroupRule, Instance, InternetGateway, NatGateway, NetworkAcl, PublicIp, Region, Route,
    RouteTable, SecurityGroup, Subnet, Vpc, Zone,
};
use crate::catalog::{Body, FieldValue};
use crate::design::{Design, Edit, Node, Rect};
use crate::id::NodeId;
use crate::id_of;
use crate::net::{AnyCidr, Cidr, PortRange, Protocol};

/// Instances.
const INSTANCES: usize = 10_000;
/// Subnets, of which every tenth is public and every fourth has an ACL of its own.
const SUBNETS: u8 = 200;
/// Security groups.
const GROUPS: usize = 500;
/// Inbound rules of each group.
const RULES: usize = 20;

/// A small generator of repeatable numbers (the multiplier of PCG).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % n.max(1) as u64).unwrap_or_default()
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> Option<T> {
        all.get(self.below(all.len())).copied()
    }
}

/// Nodes without a place of their own: this design is computed with, not looked at.
struct Heap(Design);

impl Heap {
    fn add(&mut self, parent: Option<NodeId>, name: String, body: impl Into<Body>) -> NodeId {
        let id = self.0.next_id();
        let rect = Rect::new(0.0, 0.0, 100.0, 100.0);
        let node = Node { name, parent, rect, body: body.into(), origin: String::new() };
        // What is added here fits: a test counts it.
        self.0.apply(&Edit::add(id, node)).ok();
        id
    }
}

/// Builds the account.
pub fn account() -> Design {
    let (mut heap, mut dice) = (Heap(Design::new()), Dice(42));
    let region = heap.add(None, "region".to_owned(), Region::default());
    let vpc = heap.add(Some(region), "vpc".to_owned(), Vpc::default());
    let zones =
        ["a", "b", "c"].map(|letter| heap.add(Some(vpc), letter.to_owned(), Zone { letter: letter.to_owned() }));
    let gateway = heap.add(Some(vpc), "igw".to_owned(), InternetGateway);
    let out = |target, main| RouteTable {
        routes: vec![Route { target: Some(target), ..Route::default() }],
        main,
        ..RouteTable::default()
    };
    let public = heap.add(Some(vpc), "public".to_owned(), out(gateway, false));
    let open = NetworkAcl { inbound: vec![AclRule::default()], outbound: vec![AclRule::default()] };
    let acl = heap.add(Some(vpc), "acl".to_owned(), open);
    let subnets: Vec<NodeId> = (0..SUBNETS)
        .map(|ix| {
            let subnet = Subnet {
                cidr: block(ix),
                route_table: (ix < SUBNETS / 10).then_some(public),
                network_acl: (ix % 4 == 0).then_some(acl),
                ..Subnet::default()
            };
            let zone = zones.get(usize::from(ix) % zones.len()).copied();
            heap.add(zone, format!("subnet-{ix}"), subnet)
        })
        .collect();
    let eip = heap.add(Some(region), "eip".to_owned(), ElasticIp::default());
    let nat = NatGateway { elastic_ip: Some(eip), ..NatGateway::default() };
    let nat = heap.add(subnets.first().copied(), "nat".to_owned(), nat);
    heap.add(Some(vpc), "private".to_owned(), out(nat, true));
    let groups: Vec<NodeId> =
        (0..GROUPS).map(|ix| heap.add(Some(vpc), format!("group-{ix}"), SecurityGroup::default())).collect();
    for group in &groups {
        let rules: Vec<GroupRule> = (0..RULES).map(|_| rule(&mut dice, &groups)).collect();
        heap.0.apply(&Edit::set(*group, id_of!(SecurityGroup.inbound), rules.to_value())).ok();
    }
    for ix in 0..INSTANCES {
        let subnet = dice.below(subnets.len());
        // Fleets of like servers, as accounts have them: a subnet uses few sets of groups.
        let first = (subnet * 7 + dice.below(9)) % GROUPS;
        let second = first.is_multiple_of(3).then_some((first + 1) % GROUPS);
        let security_groups =
            [Some(first), second].into_iter().flatten().filter_map(|ix| groups.get(ix).copied()).collect();
        let public_ip = if subnet < usize::from(SUBNETS / 10) { PublicIp::Yes } else { PublicIp::No };
        let instance = Instance { security_groups, public_ip, ..Instance::default() };
        heap.add(subnets.get(subnet).copied(), format!("i-{ix}"), instance);
    }
    heap.0
}

fn block(ix: u8) -> Cidr {
    Cidr::literal(10, 0, ix, 0, 24)
}

fn rule(dice: &mut Dice, groups: &[NodeId]) -> GroupRule {
    let from = u16::try_from(dice.below(60_000)).unwrap_or_default();
    let to = from.saturating_add(u16::try_from(dice.below(500)).unwrap_or_default());
    let protocol = if dice.below(5) == 0 { Protocol::Udp } else { Protocol::Tcp };
    let (cidr, group) = match dice.below(10) {
        0..4 => (None, dice.of(groups)),
        4..9 => (Some(AnyCidr::V4(block(u8::try_from(dice.below(usize::from(SUBNETS))).unwrap_or_default()))), None),
        _ => (Some(AnyCidr::default()), None),
    };
    let ports = PortRange::new(from, to).unwrap_or(PortRange::ALL);
    GroupRule { protocol, ports, cidr, group, ..GroupRule::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_there() {
        let design = account();
        assert_eq!(design.all::<Instance>().count(), INSTANCES);
        assert_eq!(design.all::<Subnet>().count(), usize::from(SUBNETS));
        let groups: Vec<usize> = design.all::<SecurityGroup>().map(|(_, _, group)| group.inbound.len()).collect();
        assert_eq!((groups.len(), groups.iter().sum::<usize>()), (GROUPS, GROUPS * RULES));
    }
}
