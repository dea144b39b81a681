//! Random small networks, as plain data that a design is drawn from and packets are sent through.

use groundplan::catalog::FieldValue;
use groundplan::catalog::kinds::{
    AclAction, AclRule, BalancerType, ElasticIp, Forward, GroupRule, Instance, InternetGateway, Listener,
    ListenerProtocol, LoadBalancer, NatGateway, NetworkAcl, PrefixList, PublicIp, Region, Route, RouteTable, Scheme,
    SecurityGroup, Subnet, Target, TargetGroup, TargetProtocol, TargetType, Vpc, VpcEndpoint, VpcPeering, Zone,
};
use groundplan::design::Design;
use groundplan::id::NodeId;
use groundplan::layout::Sketch;
use groundplan::net::Protocol;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use std::net::Ipv4Addr;

/// A block: first address and prefix length.
pub type Block = (Ipv4Addr, u8);

pub const ANYWHERE: Block = (Ipv4Addr::new(0, 0, 0, 0), 0);
/// The addresses of the storage service.
pub const STORAGE: Block = (Ipv4Addr::new(52, 219, 56, 0), 22);
/// Subnets: VPC, block, zone. The last two are in the second VPC.
pub const SUBNETS: [(usize, Block, usize); 6] = [
    (0, (Ipv4Addr::new(10, 0, 1, 0), 24), 0),
    (0, (Ipv4Addr::new(10, 0, 2, 0), 24), 0),
    (0, (Ipv4Addr::new(10, 0, 3, 0), 24), 1),
    (0, (Ipv4Addr::new(10, 0, 4, 0), 24), 1),
    (1, (Ipv4Addr::new(10, 1, 1, 0), 24), 0),
    (1, (Ipv4Addr::new(10, 1, 2, 0), 24), 1),
];
pub const VPCS: [Block; 2] = [(Ipv4Addr::new(10, 0, 0, 0), 16), (Ipv4Addr::new(10, 1, 0, 0), 16)];

#[derive(Clone, Debug)]
pub struct Rule {
    pub protocol: Option<u8>,
    pub ports: (u16, u16),
    pub peer: Peer,
}

#[derive(Clone, Debug)]
pub enum Peer {
    Block(Block),
    Group(usize),
}

#[derive(Clone, Debug)]
pub struct Entry {
    pub number: u16,
    pub allow: bool,
    pub protocol: Option<u8>,
    pub ports: (u16, u16),
    pub block: Block,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum To {
    Gateway(usize),
    Nat,
    Peering,
    Host(usize),
    Nothing,
}

#[derive(Clone, Debug)]
pub struct Host {
    pub subnet: usize,
    pub private: Ipv4Addr,
    pub public: Option<Ipv4Addr>,
    /// Empty is the VPC's default group.
    pub groups: Vec<usize>,
    pub check: bool,
}

/// A network load balancer in subnet 0, and 2 if it has both zones, listening on 80, with the first two hosts as targets; and an application load
/// balancer that listens on 443.
#[derive(Clone, Debug)]
pub struct Balancing {
    pub network: bool,
    pub both: bool,
    pub cross_zone: bool,
    pub groups: Vec<usize>,
    pub by_address: bool,
}

#[derive(Clone, Debug)]
pub struct World {
    pub gateways: [bool; 2],
    /// The subnet of the NAT gateway and whether it has an Elastic IP.
    pub nat: Option<(usize, bool)>,
    /// Whether the peering connection is accepted, and whether both VPCs lie in one region.
    pub peering: Option<(bool, bool)>,
    /// The tables of the endpoint for storage.
    pub endpoint: Vec<usize>,
    pub tables: Vec<Vec<(Block, To)>>,
    /// The table of each subnet.
    pub follows: [Option<usize>; 6],
    pub groups: Vec<(Vec<Rule>, Vec<Rule>)>,
    pub acls: Vec<(Vec<Entry>, Vec<Entry>)>,
    /// The ACL of each subnet.
    pub guarded: [Option<usize>; 6],
    pub hosts: Vec<Host>,
    pub balancing: Option<Balancing>,
}

pub const NAT_ADDRESS: Ipv4Addr = Ipv4Addr::new(198, 51, 100, 99);

impl World {
    pub fn nat_private(&self) -> Option<Ipv4Addr> {
        self.nat.map(|(subnet, _)| SUBNETS[subnet].1.0).map(|net| Ipv4Addr::from(u32::from(net) + 250))
    }
}

/// The node of a balancer in a subnet: private and public address.
pub fn node_address(subnet: usize) -> (Ipv4Addr, Ipv4Addr) {
    let net = u32::from(SUBNETS[subnet].1.0);
    (Ipv4Addr::from(net + 240), Ipv4Addr::from(u32::from(Ipv4Addr::new(198, 51, 100, 200)) + subnet as u32))
}

fn protocol() -> impl Strategy<Value = Option<u8>> {
    prop_oneof![5 => Just(Some(6)), 1 => Just(Some(17)), 1 => Just(Some(1)), 1 => Just(None)]
}

fn ports() -> impl Strategy<Value = (u16, u16)> {
    prop::sample::select(vec![
        (80, 80),
        (443, 443),
        (0, 1023),
        (1024, 65_535),
        (32_768, 60_999),
        (8_000, 8_100),
        (40_000, 50_000),
        (0, 65_535),
    ])
}

fn block() -> impl Strategy<Value = Block> {
    let at = Ipv4Addr::new;
    prop::sample::select(vec![
        ANYWHERE,
        ANYWHERE,
        VPCS[0],
        VPCS[1],
        (at(10, 0, 1, 0), 24),
        (at(10, 0, 2, 0), 23),
        (at(10, 0, 3, 8), 30),
        (at(10, 1, 1, 0), 24),
        (at(8, 0, 0, 0), 8),
        (at(198, 51, 100, 0), 25),
        (at(198, 51, 100, 99), 32),
        STORAGE,
    ])
}

fn rule() -> impl Strategy<Value = Rule> {
    let peer = prop_oneof![7 => block().prop_map(Peer::Block), 3 => (0_usize..3).prop_map(Peer::Group)];
    (protocol(), ports(), peer).prop_map(|(protocol, ports, peer)| Rule { protocol, ports, peer })
}

fn entry() -> impl Strategy<Value = Entry> {
    (1_u16..200, prop::bool::weighted(0.8), protocol(), ports(), block())
        .prop_map(|(number, allow, protocol, ports, block)| Entry { number, allow, protocol, ports, block })
}

fn entries() -> impl Strategy<Value = Vec<Entry>> {
    vec(entry(), 1..6).prop_map(|mut entries| {
        entries.sort_by_key(|entry| entry.number);
        entries.dedup_by_key(|entry| entry.number);
        entries
    })
}

fn route() -> impl Strategy<Value = (Block, To)> {
    let at = Ipv4Addr::new;
    let to = prop_oneof![
        4 => Just(To::Gateway(0)),
        2 => Just(To::Gateway(1)),
        3 => Just(To::Nat),
        4 => Just(To::Peering),
        2 => (0_usize..2).prop_map(To::Host),
        1 => Just(To::Nothing),
    ];
    let blocks = vec![
        ANYWHERE,
        ANYWHERE,
        ANYWHERE,
        VPCS[0],
        VPCS[1],
        VPCS[1],
        (at(10, 0, 3, 0), 24),
        (at(10, 1, 1, 8), 29),
        (at(8, 8, 0, 0), 16),
        (at(52, 219, 56, 0), 22),
    ];
    (prop::sample::select(blocks), to)
}

fn host(ix: usize) -> impl Strategy<Value = Host> {
    (0_usize..6, any::<bool>(), vec(0_usize..3, 0..3), prop::bool::weighted(0.6)).prop_map(
        move |(subnet, public, mut groups, check)| {
            groups.sort_unstable();
            groups.dedup();
            let private = Ipv4Addr::from(u32::from(SUBNETS[subnet].1.0) + 8 + ix as u32);
            let public = public.then(|| Ipv4Addr::new(198, 51, 100, 10 + ix as u8));
            Host { subnet, private, public, groups, check }
        },
    )
}

pub fn world() -> impl Strategy<Value = World> {
    let balancing = (any::<bool>(), any::<bool>(), any::<bool>(), vec(0_usize..3, 0..2), any::<bool>()).prop_map(
        |(network, both, cross_zone, groups, by_address)| Balancing { network, both, cross_zone, groups, by_address },
    );
    let frame = (
        prop::array::uniform2(prop::bool::weighted(0.9)),
        option::weighted(0.8, (0_usize..4, prop::bool::weighted(0.9))),
        option::weighted(0.8, (prop::bool::weighted(0.9), prop::bool::weighted(0.8))),
        vec(0_usize..3, 0..2),
        vec(vec(route(), 0..4), 3),
        prop::array::uniform6(option::weighted(0.9, 0_usize..3)),
    );
    let filters = (
        vec((vec(rule(), 0..5), vec(rule(), 1..4)), 3),
        vec((entries(), entries()), 2),
        prop::array::uniform6(option::weighted(0.3, 0_usize..2)),
    );
    (frame, filters, (host(0), host(1), host(2), host(3)), option::weighted(0.4, balancing)).prop_map(
        |((gateways, nat, peering, endpoint, mut tables, follows), (groups, acls, guarded), hosts, balancing)| {
            for table in &mut tables {
                // AWS takes one route for a destination.
                let mut seen = Vec::new();
                table.retain(|(block, _)| !seen.contains(block) && (seen.push(*block), true).1);
            }
            let hosts = vec![hosts.0, hosts.1, hosts.2, hosts.3];
            World { gateways, nat, peering, endpoint, tables, follows, groups, acls, guarded, hosts, balancing }
        },
    )
}

/// A world as a design, with the nodes of its hosts and balancer.
pub struct Drawn {
    pub design: Design,
    pub hosts: Vec<NodeId>,
    pub balancer: Option<NodeId>,
    pub endpoint: Option<NodeId>,
}

fn text((first, length): Block) -> String {
    format!("{first}/{length}")
}

fn range((from, to): (u16, u16)) -> groundplan::net::PortRange {
    groundplan::net::PortRange::new(from, to).unwrap()
}

fn of_number(number: Option<u8>) -> Protocol {
    number.map_or(Protocol::All, Protocol::from_number)
}

/// Draws a world.
pub fn draw(world: &World) -> Drawn {
    let mut pen = Sketch::new();
    let region = pen.add(None, "region", Region::default());
    let abroad = world.peering.is_some_and(|(_, near)| !near);
    let second = if abroad { pen.add(None, "tokyo", Region { code: "ap-northeast-1".to_owned() }) } else { region };
    let vpcs = [region, second].map(|region| pen.add(Some(region), "vpc", Vpc::default()));
    for (vpc, block) in vpcs.iter().zip(VPCS) {
        pen.set(*vpc, "cidr", text(block).as_str());
    }
    let gateways = [0, 1].map(|ix| world.gateways[ix].then(|| pen.add(Some(vpcs[ix]), "igw", InternetGateway)));
    let zones: Vec<NodeId> = vpcs
        .iter()
        .flat_map(|vpc| [("a", *vpc), ("c", *vpc)])
        .map(|(letter, vpc)| pen.add(Some(vpc), letter, Zone { letter: letter.to_owned() }))
        .collect();
    let subnets: Vec<NodeId> = SUBNETS
        .iter()
        .enumerate()
        .map(|(ix, (vpc, block, zone))| {
            let cidr = text(*block).parse().unwrap();
            pen.add(Some(zones[vpc * 2 + zone]), &format!("subnet-{ix}"), Subnet { cidr, ..Subnet::default() })
        })
        .collect();
    // Groups and ACLs live in one VPC; the design lets the other use them, and references see members wherever they are.
    let groups: Vec<NodeId> =
        (0..3).map(|ix| pen.add(Some(vpcs[0]), &format!("group-{ix}"), SecurityGroup::default())).collect();
    let rules = |rules: &[Rule]| -> Vec<GroupRule> {
        let one = |rule: &Rule| {
            let (cidr, group) = match rule.peer {
                Peer::Block(block) => (Some(text(block).parse().unwrap()), None),
                Peer::Group(group) => (None, Some(groups[group])),
            };
            let (protocol, ports) = (of_number(rule.protocol), range(rule.ports));
            GroupRule { protocol, ports, cidr, group, ..GroupRule::default() }
        };
        rules.iter().map(one).collect()
    };
    for (id, (inbound, outbound)) in groups.iter().zip(&world.groups) {
        pen.set(*id, "inbound", rules(inbound).to_value());
        pen.set(*id, "outbound", rules(outbound).to_value());
    }
    let entries = |entries: &[Entry]| -> Vec<AclRule> {
        let one = |entry: &Entry| AclRule {
            number: entry.number,
            action: if entry.allow { AclAction::Allow } else { AclAction::Deny },
            protocol: of_number(entry.protocol),
            ports: range(entry.ports),
            cidr: text(entry.block).parse().unwrap(),
            ..AclRule::default()
        };
        entries.iter().map(one).collect()
    };
    let acls: Vec<NodeId> = world
        .acls
        .iter()
        .map(|(inbound, outbound)| {
            pen.add(Some(vpcs[0]), "acl", NetworkAcl { inbound: entries(inbound), outbound: entries(outbound) })
        })
        .collect();
    for (subnet, guard) in subnets.iter().zip(world.guarded) {
        if let Some(acl) = guard {
            pen.set(*subnet, "network_acl", acls[acl]);
        }
    }
    let hosts: Vec<NodeId> = world
        .hosts
        .iter()
        .enumerate()
        .map(|(ix, host)| {
            let instance = Instance {
                security_groups: host.groups.iter().map(|group| groups[*group]).collect(),
                public_ip: PublicIp::No,
                private_ip: Some(host.private),
                public_address: host.public,
                source_dest_check: host.check,
                ..Instance::default()
            };
            pen.add(Some(subnets[host.subnet]), &format!("host-{ix}"), instance)
        })
        .collect();
    let nat = world.nat.map(|(subnet, elastic)| {
        let address = Some(NAT_ADDRESS);
        let eip = pen.add(Some(region), "eip", ElasticIp { public_address: address, ..ElasticIp::default() });
        let private_ip = world.nat_private();
        let nat = NatGateway { elastic_ip: elastic.then_some(eip), private_ip, ..NatGateway::default() };
        pen.add(Some(subnets[subnet]), "nat", nat)
    });
    let peering = world.peering.map(|(accepted, _)| {
        let peering = VpcPeering { requester: Some(vpcs[0]), accepter: Some(vpcs[1]), accepted };
        pen.add(Some(region), "pcx", peering)
    });
    let tables: Vec<NodeId> = world
        .tables
        .iter()
        .map(|routes| {
            let one = |(block, to): &(Block, To)| {
                let target = match to {
                    To::Gateway(ix) => gateways[*ix],
                    To::Nat => nat,
                    To::Peering => peering,
                    To::Host(ix) => Some(hosts[*ix]),
                    To::Nothing => None,
                };
                Route { destination: text(*block).parse().unwrap(), target, ..Route::default() }
            };
            let routes = routes.iter().map(one).collect();
            pen.add(Some(vpcs[0]), "table", RouteTable { routes, ..RouteTable::default() })
        })
        .collect();
    for (subnet, table) in subnets.iter().zip(world.follows) {
        if let Some(table) = table {
            pen.set(*subnet, "route_table", tables[table]);
        }
    }
    let endpoint = (!world.endpoint.is_empty()).then(|| {
        let entries = vec![text(STORAGE).parse().unwrap()];
        pen.add(Some(region), "list", PrefixList { entries, service: "s3".to_owned() });
        let route_tables = world.endpoint.iter().map(|table| tables[*table]).collect();
        pen.add(Some(vpcs[0]), "storage", VpcEndpoint { route_tables, ..VpcEndpoint::default() })
    });
    let balancer =
        world.balancing.as_ref().map(|of| balance(&mut pen, world, of, (vpcs[0], &subnets, &groups, &hosts)));
    assert!(pen.refusals().is_empty(), "{:?}", pen.refusals());
    Drawn { design: pen.finish(), hosts, balancer, endpoint }
}

fn balance(
    pen: &mut Sketch,
    world: &World,
    of: &Balancing,
    (vpc, subnets, groups, hosts): (NodeId, &[NodeId], &[NodeId], &[NodeId]),
) -> NodeId {
    let placed = if of.both { vec![0, 2] } else { vec![0] };
    let target = |ix: usize| {
        if of.by_address {
            Target { address: world.hosts[ix].private.to_string(), ..Target::default() }
        } else {
            Target { instance: Some(hosts[ix]), ..Target::default() }
        }
    };
    let group = TargetGroup {
        targets: vec![target(0), target(1)],
        target_type: if of.by_address { TargetType::Ip } else { TargetType::Instance },
        protocol: TargetProtocol::Tcp,
        port: 80,
        ..TargetGroup::default()
    };
    let group = pen.add(Some(vpc), "targets", group);
    let balancer = LoadBalancer {
        balancer_type: if of.network { BalancerType::Network } else { BalancerType::Application },
        scheme: Scheme::InternetFacing,
        subnets: placed.iter().map(|ix| subnets[*ix]).collect(),
        security_groups: of.groups.iter().map(|ix| groups[*ix]).collect(),
        cross_zone: of.cross_zone,
        addresses: placed.iter().map(|ix| node_address(*ix).0).collect(),
        public_addresses: placed.iter().map(|ix| node_address(*ix).1).collect(),
        ..LoadBalancer::default()
    };
    let balancer = pen.add(Some(vpc), "balancer", balancer);
    let forwards = vec![Forward { target_group: Some(group), ..Forward::default() }];
    let protocol = if of.network { ListenerProtocol::Tcp } else { ListenerProtocol::Http };
    pen.add(Some(balancer), "listener", Listener { protocol, port: 80, forwards, ..Listener::default() });
    balancer
}
