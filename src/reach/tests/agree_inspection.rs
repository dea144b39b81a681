//! All pairs against single traces past inspections and by gateways' own route tables.

use proptest::prelude::*;

use super::agree::{acls, groups, members, same, sketch};
use crate::catalog::kinds::{Instance, InternetGateway, PublicIp, Route, RouteTable, Subnet, Vpc, VpcEndpoint};
use crate::catalog::{FieldValue, Value};
use crate::id::NodeId;
use crate::reach::network::Owner;
use crate::reach::tests::traces_inspection::{protect, route};
use crate::reach::{Endpoint, Network, Pairs};

/// What a table leads where.
type Rows = Vec<(usize, usize)>;

const DESTINATIONS: [&str; 6] = ["0.0.0.0/0", "10.0.1.0/24", "10.0.3.0/24", "10.0.0.0/16", "8.8.0.0/16", "10.0.8.0/24"];

fn rows() -> impl Strategy<Value = Rows> {
    prop::collection::vec((0_usize..6, 0..DESTINATIONS.len()), 0..3)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn all_pairs_past_inspections_say_what_single_traces_say(
        groups in groups(1..5, 1..3),
        acls in acls(1..5, 0..3),
        members in members(0.5, 2..5),
        (public, private, edge, gate) in (rows(), rows(), rows(), rows()),
        (closed, edge_acl, gated, forwards) in (prop::bool::weighted(0.15), prop::bool::weighted(0.2), prop::bool::weighted(0.7), any::<bool>()),
    ) {
        let mut n = sketch(&groups, &acls, &members, [true, false, true, false]);
        protect(&mut n);
        n.set("i0", "source_dest_check", !forwards);
        let (gwlbe, igw, nat, first) = (n.id("gwlbe"), n.id("igw"), n.id("nat"), n.id("i0"));
        let targets = [Some(gwlbe), Some(gwlbe), Some(igw), Some(nat), Some(first), None];
        for (name, rows) in [("public-rt", &public), ("private-rt", &private), ("edge-rt", &edge)] {
            let mut routes: Vec<Route> = rows.iter().map(|(target, to)| Route { target: targets[*target], destination: DESTINATIONS[*to].parse().unwrap(), ..Route::default() }).collect();
            if name == "edge-rt" {
                routes.push(route("0.0.0.0/0", igw));
            }
            n.set(name, "routes", routes.to_value());
        }
        let gate: Vec<Route> = gate.iter().filter(|(_, to)| *to != 0 && *to != 4).map(|(target, to)| Route { target: targets[*target], destination: DESTINATIONS[*to].parse().unwrap(), ..Route::default() }).collect();
        let table = RouteTable { routes: gate, gateway: gated.then_some(igw), ..RouteTable::default() };
        n.add("vpc", "gate-rt", table);
        if closed {
            n.set("fw-sg", "inbound", Value::List(vec![]));
        }
        if edge_acl && !acls.is_empty() {
            let acl = n.id("acl0");
            n.set("edge-a", "network_acl", acl);
        }
        let tables = vec![n.id("private-rt"), n.id("edge-rt")];
        let s3 = n.add("vpc", "s3", VpcEndpoint { route_tables: tables, ..VpcEndpoint::default() });
        // Somebody in another VPC, met by public addresses.
        n.add("region", "other", Vpc { cidr: "10.1.0.0/16".parse().unwrap(), ..Vpc::default() });
        let far_igw = n.add("other", "far-igw", InternetGateway);
        let table = RouteTable { main: true, routes: vec![route("0.0.0.0/0", far_igw)], ..RouteTable::default() };
        n.add("other", "far-rt", table);
        n.add("other", "far", Subnet { cidr: "10.1.0.0/24".parse().unwrap(), ..Subnet::default() });
        let member = Instance { security_groups: vec![n.id("g0")], public_ip: PublicIp::Yes, ..Instance::default() };
        let stranger = n.add("far", "stranger", member);
        let net = Network::lower(n.design());
        let pairs = Pairs::new(&net);
        let far = pairs.class_of(net.interfaces_of(stranger)[0]).unwrap();
        let own = n.id("vpc");
        let servers: Vec<(usize, NodeId)> = net.interfaces.iter().enumerate()
            .filter(|(_, interface)| interface.owner == Owner::Instance && net.subnets[interface.subnet].vpc == own)
            .map(|(ix, interface)| (ix, interface.node)).collect();
        for (a, first) in &servers {
            let from = pairs.class_of(*a).unwrap();
            for (b, second) in servers.iter().filter(|(b, _)| b != a) {
                let to = pairs.class_of(*b).unwrap();
                same(&n, &net, &pairs, pairs.between(from, to), Endpoint::Node(*first), Endpoint::Node(*second));
            }
            same(&n, &net, &pairs, pairs.between(from, far), Endpoint::Node(*first), Endpoint::Node(stranger));
            same(&n, &net, &pairs, pairs.between(far, from), Endpoint::Node(stranger), Endpoint::Node(*first));
            same(&n, &net, &pairs, pairs.services[&s3][from], Endpoint::Node(*first), Endpoint::Node(s3));
            same(&n, &net, &pairs, pairs.outwards[from], Endpoint::Node(*first), Endpoint::Internet);
            same(&n, &net, &pairs, pairs.inwards[from], Endpoint::Internet, Endpoint::Node(*first));
        }
    }
}
