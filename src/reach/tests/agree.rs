//! All pairs against single traces, on random small networks: two ways to the same answer, one by sets, one packet by packet.

use std::ops::Range;

use proptest::prelude::*;

use crate::catalog::kinds::{
    AclAction, AclRule, GroupRule, Instance, NetworkAcl, PublicIp, Region, Route, RouteTable, SecurityGroup, Subnet,
    Vpc, VpcPeering,
};
use crate::catalog::{FieldValue, Value};
use crate::id::NodeId;
use crate::net::{AnyCidr, IcmpType, PortRange, Protocol};
use crate::reach::network::Owner;
use crate::reach::sets::{Sets, intervals};
use crate::reach::{Endpoint, Network, Pairs, Passage, Question, trace};
use crate::rules::testing::{Named, two_zones};

const BLOCKS: [&str; 7] =
    ["0.0.0.0/0", "10.0.0.0/16", "10.0.1.0/24", "10.0.3.0/24", "10.0.2.0/23", "10.0.1.4/30", "8.0.0.0/8"];
const PORTS: [&str; 7] = ["80", "443", "1-1023", "1024-65535", "32768-60999", "8000-8080", "all"];
const ICMP: [&str; 4] = ["all", "8", "0", "3/4"];
const PROBES: [u16; 6] = [22, 80, 443, 8080, 40_000, 65_000];

fn protocol() -> impl Strategy<Value = Protocol> {
    prop_oneof![4 => Just(Protocol::Tcp), 1 => Just(Protocol::Udp), 1 => Just(Protocol::All), 1 => Just(Protocol::Icmp)]
}

pub(super) fn rule() -> impl Strategy<Value = (Protocol, usize, Option<usize>, usize)> {
    (protocol(), 0..PORTS.len(), prop::option::weighted(0.3, 0_usize..3), 0..BLOCKS.len())
}

pub(super) fn acl_rule() -> impl Strategy<Value = AclRule> {
    (1_u16..200, any::<bool>(), protocol(), 0..PORTS.len(), 0..BLOCKS.len()).prop_map(
        |(number, allow, protocol, ports, block)| AclRule {
            number,
            action: if allow { AclAction::Allow } else { AclAction::Deny },
            protocol,
            ports: PORTS[ports].parse().unwrap(),
            icmp: ICMP[ports % ICMP.len()].parse().unwrap(),
            cidr: BLOCKS[block].parse().unwrap(),
        },
    )
}

pub(super) type Rules = Vec<(Protocol, usize, Option<usize>, usize)>;

/// Three groups, each with so many rules inbound and outbound.
pub(super) fn groups(inbound: Range<usize>, outbound: Range<usize>) -> impl Strategy<Value = Vec<(Rules, Rules)>> {
    prop::collection::vec((prop::collection::vec(rule(), inbound), prop::collection::vec(rule(), outbound)), 3)
}

/// The rules of a network ACL, inbound and outbound.
pub(super) type Acl = (Vec<AclRule>, Vec<AclRule>);

/// A network ACL with so many rules each way.
pub(super) fn acl(rules: Range<usize>) -> impl Strategy<Value = Acl> {
    (prop::collection::vec(acl_rule(), rules.clone()), prop::collection::vec(acl_rule(), rules))
}

/// So many of them.
pub(super) fn acls(rules: Range<usize>, count: Range<usize>) -> impl Strategy<Value = Vec<Acl>> {
    prop::collection::vec(acl(rules), count)
}

/// So many instances: in which subnet and in which two groups, and whether with a public address, which is so likely.
pub(super) fn members(public: f64, count: Range<usize>) -> impl Strategy<Value = Vec<(usize, usize, usize, bool)>> {
    prop::collection::vec((0_usize..4, 0_usize..3, 0_usize..3, prop::bool::weighted(public)), count)
}

/// Rules as a group holds them.
pub(super) fn written(rules: &Rules, ids: &[NodeId]) -> Vec<GroupRule> {
    let one = |(protocol, ports, group, block): &(Protocol, usize, Option<usize>, usize)| GroupRule {
        protocol: *protocol,
        ports: PORTS[*ports].parse::<PortRange>().unwrap(),
        icmp: ICMP[ports % ICMP.len()].parse().unwrap(),
        group: group.map(|group| ids[group % ids.len()]),
        cidr: if group.is_some() { None } else { Some(BLOCKS[*block].parse::<AnyCidr>().unwrap()) },
        ..GroupRule::default()
    };
    rules.iter().map(one).collect()
}

pub(super) fn sketch(
    groups: &[(Rules, Rules)],
    acls: &[Acl],
    members: &[(usize, usize, usize, bool)],
    tables: [bool; 4],
) -> Named {
    let mut n = two_zones();
    let ids: Vec<NodeId> =
        (0..groups.len()).map(|ix| n.add("vpc", &format!("g{ix}"), SecurityGroup::default())).collect();
    let written = |rules: &Rules| written(rules, &ids);
    for (ix, (inbound, outbound)) in groups.iter().enumerate() {
        n.set(&format!("g{ix}"), "inbound", written(inbound).to_value());
        n.set(&format!("g{ix}"), "outbound", written(outbound).to_value());
    }
    let subnets = ["public-a", "private-a", "public-c", "private-c"];
    for (ix, (inbound, outbound)) in acls.iter().enumerate() {
        let acl =
            n.add("vpc", &format!("acl{ix}"), NetworkAcl { inbound: inbound.clone(), outbound: outbound.clone() });
        n.set(subnets[ix], "network_acl", acl);
    }
    for (subnet, public) in subnets.iter().zip(tables) {
        let table = n.id(if public { "public-rt" } else { "private-rt" });
        n.set(subnet, "route_table", table);
    }
    for (ix, (subnet, a, b, public)) in members.iter().enumerate() {
        let mut security_groups = vec![ids[a % ids.len()], ids[b % ids.len()]];
        security_groups.dedup();
        let public_ip = if *public { PublicIp::Yes } else { PublicIp::No };
        n.add(subnets[*subnet], &format!("i{ix}"), Instance { security_groups, public_ip, ..Instance::default() });
    }
    n
}

/// Whether a verdict's sets hold a packet: (let through, answered).
fn holds(sets: &Sets, verdict: Passage, protocol: Protocol, port: u16) -> (bool, bool) {
    let ports = match protocol {
        Protocol::Icmp => IcmpType::asked(u8::try_from(port).unwrap()),
        protocol if protocol.has_ports() => PortRange::single(port),
        _ => PortRange::ALL,
    };
    let (from, to) = intervals(protocol, ports);
    let inside = |set| sets.intervals(set).iter().any(|(low, high)| *low <= from && to <= *high);
    (inside(verdict.traffic), inside(verdict.answered))
}

#[track_caller]
pub(super) fn same(n: &Named, net: &Network, pairs: &Pairs, verdict: Passage, from: Endpoint, to: Endpoint) {
    let probes = PROBES.map(|port| (Protocol::Tcp, port));
    for (protocol, port) in probes
        .into_iter()
        .chain([(Protocol::Udp, 443), (Protocol::Number(107), 0)])
        .chain([0, 3, 8].map(|kind| (Protocol::Icmp, kind)))
    {
        let question = Question { from, to, protocol, port: Some(port), source_port: None };
        let answer = trace(n.design(), net, question).unwrap();
        let by_trace = (answer.forward.passes(), answer.reachable());
        let by_sets = holds(&pairs.sets, verdict, protocol, port);
        assert_eq!(
            by_sets,
            by_trace,
            "{from:?} -> {to:?} {protocol} {port}: {:#?}",
            [answer.forward.blockers, answer.reply.blockers]
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn all_pairs_say_what_single_traces_say(
        groups in groups(0..5, 0..3),
        acls in acls(0..5, 0..4),
        members in members(0.5, 2..7),
        tables in any::<[bool; 4]>(),
    ) {
        let n = sketch(&groups, &acls, &members, tables);
        let net = Network::lower(n.design());
        let pairs = Pairs::new(&net);
        for (a, first) in net.interfaces.iter().enumerate().filter(|(_, interface)| interface.owner == Owner::Instance) {
            let from = pairs.class_of(a).unwrap();
            for (b, second) in net.interfaces.iter().enumerate().filter(|(_, interface)| interface.owner == Owner::Instance) {
                if a != b {
                    let to = pairs.class_of(b).unwrap();
                    same(&n, &net, &pairs, pairs.between(from, to), Endpoint::Node(first.node), Endpoint::Node(second.node));
                }
            }
            same(&n, &net, &pairs, pairs.outwards[from], Endpoint::Node(first.node), Endpoint::Internet);
            same(&n, &net, &pairs, pairs.inwards[from], Endpoint::Internet, Endpoint::Node(first.node));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn all_pairs_across_a_peering_say_what_single_traces_say(
        groups in groups(0..5, 1..3),
        acls in acls(0..5, 0..2),
        members in members(0.5, 1..4),
        far in prop::collection::vec((0_usize..3, any::<bool>()), 1..3),
        (there, back, accepted, abroad) in (0_usize..4, any::<bool>(), prop::bool::weighted(0.9), any::<bool>()),
    ) {
        let mut n = sketch(&groups, &acls, &members, [false; 4]);
        if abroad {
            n.add("", "tokyo", Region { code: "ap-northeast-1".to_owned() });
        }
        n.add(if abroad { "tokyo" } else { "region" }, "other", Vpc { cidr: "10.1.0.0/16".parse().unwrap(), ..Vpc::default() });
        let peering = VpcPeering { requester: Some(n.id("vpc")), accepter: Some(n.id("other")), accepted };
        let pcx = n.add("region", "pcx", peering);
        let route = |to: &str| Route { destination: to.parse().unwrap(), target: Some(pcx), ..Route::default() };
        // Nothing, the whole VPC, a part of it, or a blackhole in it.
        let gone = Route { destination: "10.1.0.4/30".parse().unwrap(), ..Route::default() };
        let routes = [vec![], vec![route("10.1.0.0/16")], vec![route("10.1.0.4/31")], vec![route("10.1.0.0/16"), gone]];
        n.set("private-rt", "routes", routes[there].to_value());
        let routes = if back { vec![route("10.0.0.0/16")] } else { vec![route("10.0.1.0/24")] };
        let table = n.add("other", "far-rt", RouteTable { main: true, routes, ..RouteTable::default() });
        n.add("other", "far", Subnet { cidr: "10.1.0.0/24".parse().unwrap(), route_table: Some(table), ..Subnet::default() });
        for (ix, (group, own)) in far.iter().enumerate() {
            // Members of groups of either VPC: the design allows it, and references must see who is whose member.
            let mut security_groups = vec![n.id(&format!("g{group}"))];
            if *own {
                security_groups.clear();
            }
            n.add("far", &format!("f{ix}"), Instance { security_groups, ..Instance::default() });
        }
        let net = Network::lower(n.design());
        let pairs = Pairs::new(&net);
        let instances = || net.interfaces.iter().enumerate().filter(|(_, interface)| interface.owner == Owner::Instance);
        for (a, first) in instances() {
            for (b, second) in instances().filter(|(b, _)| net.subnets[net.interfaces[*b].subnet].vpc != net.subnets[first.subnet].vpc) {
                // By address: a name would lead to a public address where the private one fails.
                let verdict = pairs.between(pairs.class_of(a).unwrap(), pairs.class_of(b).unwrap());
                same(&n, &net, &pairs, verdict, Endpoint::Node(first.node), Endpoint::Address(second.private));
            }
        }
    }
}

#[test]
fn interfaces_without_a_difference_share_a_class() {
    let mut n = two_zones();
    for name in ["one", "two", "three"] {
        let group = n.id("web-sg");
        n.add("private-c", name, Instance { security_groups: vec![group], ..Instance::default() });
    }
    let net = Network::lower(n.design());
    let pairs = Pairs::new(&net);
    let of = |name: &str| pairs.class_of(net.interfaces_of(n.id(name))[0]);
    assert_eq!(of("one"), of("three"));
    assert_ne!(of("one"), of("app"));
    n.set("two", "security_groups", Value::List(vec![]));
    let pairs = Pairs::new(&Network::lower(n.design()));
    assert_ne!(pairs.class_of(net.interfaces_of(n.id("two"))[0]), pairs.class_of(net.interfaces_of(n.id("one"))[0]));
}
