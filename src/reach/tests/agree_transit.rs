//! All pairs against single traces across transit gateways, on random small networks.

use proptest::prelude::*;

use super::agree::{Acl, acl, acls, groups, members, same, sketch};
use crate::catalog::FieldValue;
use crate::catalog::kinds::{
    Instance, NetworkAcl, Route, RouteTable, Subnet, TransitGateway, TransitGatewayAttachment, TransitGatewayPeering,
    TransitGatewayRouteTable, TransitRoute, Vpc, Zone,
};
use crate::reach::network::Owner;
use crate::reach::{Endpoint, Network, Pairs};
use crate::rules::testing::Named;

const TO: [&str; 4] = ["10.1.0.0/16", "10.1.0.0/24", "10.1.0.4/31", "10.0.0.0/8"];

/// What a table of the gateway holds.
#[derive(Clone, Debug)]
struct Hub {
    /// Whether attachments follow a table that is drawn, and which of the two make themselves known to it.
    drawn: Option<[bool; 2]>,
    /// A static route there: where, and by the far attachment, by the near one, or nowhere.
    fixed: Option<(usize, usize)>,
    /// Whether groups are named across it, by the gateway and each attachment.
    references: [bool; 3],
    /// Which of the subnets the near attachment stands in.
    near: [bool; 4],
    /// Whether a second gateway, joined by a peering, stands between.
    peered: bool,
}

fn hub() -> impl Strategy<Value = Hub> {
    (
        prop::option::weighted(0.6, prop::array::uniform2(prop::bool::weighted(0.8))),
        prop::option::weighted(0.5, (0..TO.len(), 0_usize..3)),
        prop::array::uniform3(prop::bool::weighted(0.7)),
        prop::array::uniform4(any::<bool>()),
        prop::bool::weighted(0.2),
    )
        .prop_map(|(drawn, fixed, references, near, peered)| Hub { drawn, fixed, references, near, peered })
}

const fn support(on: bool) -> &'static str {
    if on { "enable" } else { "disable" }
}

fn build(n: &mut Named, hub: &Hub, far: &[(usize, bool)], far_acl: Option<Acl>) {
    n.add("region", "other", Vpc { cidr: "10.1.0.0/16".parse().unwrap(), ..Vpc::default() });
    n.add("region", "hub", TransitGateway::default());
    n.set("hub", "group_referencing", support(hub.references[0]));
    n.add("other", "far-zone", Zone { letter: "a".to_owned() });
    let table = n.add("other", "far-rt", RouteTable::default());
    for (name, cidr) in [("far", "10.1.0.0/24"), ("far-edge", "10.1.1.0/28")] {
        n.add("far-zone", name, Subnet { cidr: cidr.parse().unwrap(), route_table: Some(table), ..Subnet::default() });
    }
    if let Some((inbound, outbound)) = far_acl {
        let acl = n.add("other", "far-acl", NetworkAcl { inbound, outbound });
        n.set("far-edge", "network_acl", acl);
    }
    for (ix, (group, edge)) in far.iter().enumerate() {
        let security_groups = vec![n.id(&format!("g{group}"))];
        let subnet = if *edge { "far-edge" } else { "far" };
        n.add(subnet, &format!("f{ix}"), Instance { security_groups, ..Instance::default() });
    }
    let subnets = ["public-a", "private-a", "public-c", "private-c"].into_iter().zip(hub.near);
    let own: Vec<_> = subnets.filter(|(_, on)| *on).map(|(name, _)| n.id(name)).collect();
    let gateway = Some(n.id("hub"));
    let beyond = if hub.peered { Some(n.add("region", "second", TransitGateway::default())) } else { gateway };
    let attach =
        |gateway, subnets| TransitGatewayAttachment { gateway, subnets, ..TransitGatewayAttachment::default() };
    n.add("vpc", "near-on", attach(gateway, own));
    let edge = n.id("far-edge");
    n.add("other", "far-on", attach(beyond, vec![edge]));
    for (attachment, on) in [("near-on", hub.references[1]), ("far-on", hub.references[2])] {
        n.set(attachment, "group_referencing", support(on));
    }
    if hub.peered {
        let bridge = TransitGatewayPeering { gateway, peer: beyond, ..TransitGatewayPeering::default() };
        let bridge = n.add("region", "bridge", bridge);
        for (name, gateway, to) in [("there", gateway, "10.1.0.0/16"), ("back", beyond, "10.0.0.0/16")] {
            let routes = vec![TransitRoute {
                destination: to.parse().unwrap(),
                attachment: Some(bridge),
                ..TransitRoute::default()
            }];
            n.add("region", name, TransitGatewayRouteTable { gateway, default_table: true, routes, partial: false });
        }
    } else if let Some(known) = hub.drawn {
        n.set("hub", "default_association", "disable");
        n.set("hub", "default_propagation", "disable");
        let routes = hub.fixed.map(|(to, by)| TransitRoute {
            destination: TO[to].parse().unwrap(),
            blackhole: by == 2,
            attachment: (by < 2).then(|| n.id(["far-on", "near-on"][by])),
            ..TransitRoute::default()
        });
        let routes = routes.into_iter().collect();
        let table = TransitGatewayRouteTable { gateway, routes, ..TransitGatewayRouteTable::default() };
        let table = n.add("region", "table", table);
        for (attachment, known) in ["near-on", "far-on"].into_iter().zip(known) {
            n.set(attachment, "association", table);
            if known {
                n.refs(attachment, "propagations", &["table"]);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn all_pairs_across_a_transit_gateway_say_what_single_traces_say(
        groups in groups(0..5, 1..3),
        acls in acls(0..5, 0..3),
        far_acl in prop::option::weighted(0.3, acl(0..5)),
        members in members(0.5, 1..4),
        far in prop::collection::vec((0_usize..3, any::<bool>()), 1..3),
        hub in hub(),
        back in any::<bool>(),
    ) {
        let mut n = sketch(&groups, &acls, &members, [false; 4]);
        build(&mut n, &hub, &far, far_acl);
        for (table, to, gateway) in [("private-rt", "10.1.0.0/16", "hub"), ("far-rt", if back { "0.0.0.0/0" } else { "10.0.3.0/24" }, if hub.peered { "second" } else { "hub" })] {
            let mut routes = n.design().get::<RouteTable>(n.id(table)).unwrap().routes.clone();
            routes.push(Route { destination: to.parse().unwrap(), target: Some(n.id(gateway)), ..Route::default() });
            n.set(table, "routes", routes.to_value());
        }
        let net = Network::lower(n.design());
        let pairs = Pairs::new(&net);
        let instances = || net.interfaces.iter().enumerate().filter(|(_, interface)| interface.owner == Owner::Instance);
        for (a, first) in instances() {
            for (b, second) in instances().filter(|(b, _)| *b != a) {
                let verdict = pairs.between(pairs.class_of(a).unwrap(), pairs.class_of(b).unwrap());
                same(&n, &net, &pairs, verdict, Endpoint::Node(first.node), Endpoint::Address(second.private));
            }
            let from = pairs.class_of(a).unwrap();
            same(&n, &net, &pairs, pairs.outwards[from], Endpoint::Node(first.node), Endpoint::Internet);
        }
    }
}
