//! Trace, all pairs and assertions together over designs with VPCs that share addresses: whoever is asked for must be who answers.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::agree::{acls, groups, members, same, sketch};
use crate::catalog::FieldValue;
use crate::catalog::kinds::{Instance, PublicIp, Route, RouteTable, Subnet, Vpc, VpcPeering};
use crate::design::{Assertion, Expect, Subject, Wanted};
use crate::net::Protocol;
use crate::reach::network::Owner;
use crate::reach::{Endpoint, Network, Pairs, Question, judge, trace};

/// Blocks of a second VPC: the same as the first one's, a part of it, one around it.
const BLOCKS: [(&str, &str); 4] = [
    ("10.0.0.0/16", "10.0.1.0/24"),
    ("10.0.0.0/16", "10.0.3.0/24"),
    ("10.0.0.0/20", "10.0.1.0/24"),
    ("10.1.0.0/16", "10.1.0.0/24"),
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn whoever_is_asked_for_answers_where_vpcs_share_addresses(
        groups in groups(1..5, 1..3),
        acls in acls(1..5, 0..2),
        members in members(0.2, 1..4),
        (block, twins, hub) in (0..BLOCKS.len(), prop::collection::vec((0_usize..3, prop::bool::weighted(0.2)), 1..3), 0_usize..4),
    ) {
        let mut n = sketch(&groups, &acls, &members, [false; 4]);
        let (cidr, inner) = BLOCKS[block];
        n.add("region", "twin", Vpc { cidr: cidr.parse().unwrap(), ..Vpc::default() });
        n.add("region", "hub", Vpc { cidr: "10.9.0.0/16".parse().unwrap(), ..Vpc::default() });
        // The hub is peered with either of them, or with both, and routes to one.
        let mut peers = Vec::new();
        for (at, name) in ["vpc", "twin"].into_iter().enumerate().filter(|(at, _)| hub & (1 << at) != 0) {
            let peering = VpcPeering { requester: Some(n.id("hub")), accepter: Some(n.id(name)), accepted: true };
            peers.push((name, n.add("region", &format!("pcx{at}"), peering)));
        }
        let to = |target, block: &str| Route { destination: block.parse().unwrap(), target: Some(target), ..Route::default() };
        let hub_routes: Vec<Route> = peers.last().into_iter().map(|(name, pcx)| to(*pcx, if *name == "vpc" { "10.0.0.0/16" } else { cidr })).collect();
        let back = |name: &str| -> Vec<Route> { peers.iter().filter(|(of, _)| *of == name).map(|(_, pcx)| to(*pcx, "10.9.0.0/16")).collect() };
        let (own_back, twin_back) = (back("vpc"), back("twin"));
        n.set("private-rt", "routes", own_back.to_value());
        for (vpc, name, routes, block) in [("twin", "twin-net", twin_back, inner), ("hub", "hub-net", hub_routes, "10.9.0.0/24")] {
            let table = n.add(vpc, &format!("{name}-rt"), RouteTable { main: true, routes, ..RouteTable::default() });
            n.add(vpc, name, Subnet { cidr: block.parse().unwrap(), route_table: Some(table), ..Subnet::default() });
        }
        for (ix, (group, public)) in twins.iter().enumerate() {
            let public_ip = if *public { PublicIp::Yes } else { PublicIp::No };
            let security_groups = vec![n.id(&format!("g{group}"))];
            n.add("twin-net", &format!("t{ix}"), Instance { security_groups: security_groups.clone(), public_ip, ..Instance::default() });
            n.add("hub-net", &format!("h{ix}"), Instance { security_groups, ..Instance::default() });
        }
        let net = Network::lower(n.design());
        let pairs = Pairs::new(&net);
        let instances = || net.interfaces.iter().enumerate().filter(|(_, interface)| interface.owner == Owner::Instance);
        for (a, first) in instances() {
            for (b, second) in instances().filter(|(b, _)| *b != a) {
                let verdict = pairs.between(pairs.class_of(a).unwrap(), pairs.class_of(b).unwrap());
                same(&n, &net, &pairs, verdict, Endpoint::Node(first.node), Endpoint::Node(second.node));
                let wanted = Wanted::Traffic { to: Subject::Node(second.node), protocol: Protocol::Tcp, port: Some(443) };
                let claim = Assertion { expect: Expect::Reaches, from: Subject::Node(first.node), wanted, lost: None };
                let held = judge(n.design(), &net, &BTreeMap::new(), &[claim])[0].holds();
                let question = Question { from: Endpoint::Node(first.node), to: Endpoint::Node(second.node), protocol: Protocol::Tcp, port: Some(443), source_port: None };
                prop_assert_eq!(held, trace(n.design(), &net, question).unwrap().reachable());
            }
        }
    }
}
