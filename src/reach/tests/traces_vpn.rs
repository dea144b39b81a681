//! The numbered facts about VPNs, each as a named test.

use crate::catalog::kinds::{
    CustomerGateway, GroupRule, Route, RouteTable, TransitGatewayRouteTable, TransitRoute, VpnConnection,
};
use crate::catalog::{FieldValue, Value};
use crate::net::Protocol;
use crate::reach::tests::traces::{ask, blocked, opens};
use crate::reach::{StepKind, Verdict};
use crate::rules::testing_transit::{add_route, hubbed, joined};

#[test]
fn fact_25g_packets_leave_by_a_vpn_and_come_back() {
    let n = joined();
    let answer = opens(&n, "app", "192.168.7.7", 443);
    let kinds: Vec<StepKind> = answer.forward.steps.iter().map(|step| step.kind).collect();
    assert!(kinds.ends_with(&[StepKind::VpnGateway, StepKind::VpnConnection, StepKind::OnPremises]), "{kinds:?}");
    opens(&n, "app", "office", 443);
    // In from there: private addresses, with the way back that the table has.
    opens(&n, "office", "app", 80);
    opens(&n, "192.168.7.7", "app", 80);
    assert_eq!(blocked(&n, "office", "app", 22).0, ["ENI_SG_RULES_MISMATCH"]);
    // The public subnet's table does not propagate it: nothing finds the way back.
    let answer = ask(&n, "office", "web", Protocol::Tcp, 80);
    assert!(answer.forward.passes() && !answer.reply.passes(), "{answer:#?}");
}

#[test]
fn fact_25g_routes_are_static_or_propagated_into_tables_that_enable_it() {
    let mut n = joined();
    n.refs("private-rt", "propagating", &[]);
    assert!(!ask(&n, "app", "office", Protocol::Tcp, 443).reachable());
    add_route(&mut n, "private-rt", "192.168.0.0/16", "vgw");
    opens(&n, "app", "office", 443);
    // A route of the table that the connection has no route for.
    add_route(&mut n, "private-rt", "172.16.0.0/16", "vgw");
    assert_eq!(blocked(&n, "app", "172.16.0.9", 443).0, ["NO_ROUTE_TO_DESTINATION"]);
    // Of equal destinations the table's own route wins over what is propagated.
    let mut n = joined();
    let routes = n.design().get::<RouteTable>(n.id("private-rt")).unwrap().routes.clone();
    let gone = Route { destination: "192.168.0.0/16".parse().unwrap(), ..Route::default() };
    n.set("private-rt", "routes", routes.into_iter().chain([gone]).collect::<Vec<_>>().to_value());
    assert!(blocked(&n, "app", "office", 443).0.contains(&"BAD_STATE_ROUTE"));
}

#[test]
fn fact_25g_what_bgp_learns_is_known_only_by_the_networks_that_were_given() {
    let mut n = joined();
    n.set("vpn", "static_only", false);
    assert_eq!(ask(&n, "app", "192.168.7.7", Protocol::Tcp, 443).verdict(), Verdict::Unknown);
    n.set("office", "networks", vec!["192.168.0.0/16"]);
    opens(&n, "app", "192.168.7.7", 443);
    opens(&n, "office", "app", 80);
    assert_eq!(ask(&n, "app", "172.16.0.9", Protocol::Tcp, 443).verdict(), Verdict::Unknown);
}

#[test]
fn a_gateway_that_is_detached_carries_nothing() {
    let mut n = joined();
    let (id, parent) = (n.id("vgw"), Some(n.id("region")));
    let rect = n.design().node(id).unwrap().rect;
    n.refs("private-rt", "propagating", &[]);
    n.edit(&crate::design::Edit::Place { id, parent, rect });
    assert_eq!(blocked(&n, "office", "app", 80).0, ["BAD_STATE_ATTACHMENT"]);
    add_route(&mut n, "private-rt", "192.168.0.0/16", "vgw");
    assert_eq!(blocked(&n, "app", "192.168.7.7", 443).0, ["BAD_STATE_ROUTE"]);
}

#[test]
fn a_vpn_on_a_transit_gateway_reaches_what_is_attached() {
    let mut n = hubbed();
    let customer = n.add(
        "region",
        "office",
        CustomerGateway { networks: vec!["192.168.0.0/16".parse().unwrap()], ..CustomerGateway::default() },
    );
    let (customer_gateway, transit_gateway) = (Some(customer), Some(n.id("hub")));
    n.add("region", "vpn", VpnConnection { customer_gateway, transit_gateway, ..VpnConnection::default() });
    add_route(&mut n, "far-rt", "192.168.0.0/16", "hub");
    n.set("db-sg", "inbound", vec![GroupRule::tcp(5432, "192.168.0.0/16".parse().unwrap())].to_value());
    opens(&n, "office", "db", 5432);
    opens(&n, "db", "office", 443);
    // What else BGP tells is not known.
    add_route(&mut n, "far-rt", "172.16.0.0/12", "hub");
    assert_eq!(ask(&n, "db", "172.16.0.9", Protocol::Tcp, 443).verdict(), Verdict::Unknown);
    // A static route of the gateway's table leads to the connection too.
    let gateway = Some(n.id("hub"));
    let route = TransitRoute {
        destination: "172.16.0.0/16".parse().unwrap(),
        attachment: Some(n.id("vpn")),
        ..TransitRoute::default()
    };
    n.add(
        "region",
        "table",
        TransitGatewayRouteTable { gateway, default_table: true, routes: vec![route], partial: false },
    );
    opens(&n, "db", "172.16.0.9", 443);
    n.set("hub", "default_association", "disable");
    n.set("vpn", "association", Value::None);
    assert_eq!(blocked(&n, "office", "db", 5432).0, ["TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION"]);
}
