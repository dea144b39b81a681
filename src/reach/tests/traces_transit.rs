//! The numbered facts about transit gateways, each as a named test.

use crate::catalog::kinds::{
    AclAction, AclRule, GroupRule, Instance, NetworkAcl, Route, RouteTable, Subnet, TransitGateway,
    TransitGatewayAttachment, TransitGatewayPeering, TransitGatewayRouteTable, TransitRoute, Vpc,
};
use crate::catalog::{FieldValue, Value};
use crate::net::Protocol;
use crate::reach::tests::traces::{allow, ask, blocked, group, mended, opens};
use crate::reach::{Exposures, Network, Pairs, StepKind, Tier, Verdict};
use crate::rules::testing::Named;
use crate::rules::testing_transit::{add_route, hubbed};

fn without_route(n: &mut Named, table: &str, destination: &str) {
    let mut routes = n.design().get::<RouteTable>(n.id(table)).unwrap().routes.clone();
    routes.retain(|route| route.destination.to_string() != destination);
    n.set(table, "routes", routes.to_value());
}

/// [`hubbed`] with its attachments on a table of their own, `spokes`, to which both propagate.
fn tabled() -> Named {
    let mut n = hubbed();
    n.set("hub", "default_association", "disable");
    n.set("hub", "default_propagation", "disable");
    let gateway = Some(n.id("hub"));
    n.add("region", "spokes", TransitGatewayRouteTable { gateway, ..TransitGatewayRouteTable::default() });
    let table = n.id("spokes");
    for attachment in ["vpc-on", "other-on"] {
        n.set(attachment, "association", table);
        n.refs(attachment, "propagations", &["spokes"]);
    }
    n
}

fn static_routes(n: &mut Named, table: &str, routes: &[(&str, Option<&str>)]) {
    let routes: Vec<TransitRoute> = routes
        .iter()
        .map(|(destination, to)| TransitRoute {
            destination: destination.parse().unwrap(),
            blackhole: to.is_none(),
            attachment: to.map(|to| n.id(to)),
            ..TransitRoute::default()
        })
        .collect();
    n.set(table, "routes", routes.to_value());
}

#[test]
fn fact_25f_a_packet_passes_attachment_table_and_attachment() {
    let n = hubbed();
    let answer = opens(&n, "app", "db", 5432);
    let kinds: Vec<StepKind> = answer.forward.steps.iter().map(|step| step.kind).collect();
    let hub = [StepKind::Attachment, StepKind::TransitGateway, StepKind::TransitRouteTable, StepKind::Attachment];
    assert!(kinds.windows(4).any(|four| four == hub), "{kinds:?}");
    let back = |kind| answer.reply.steps.iter().filter(|step| step.kind == kind).count();
    assert_eq!((back(StepKind::Attachment), back(StepKind::TransitGateway)), (2, 1));
    // From a subnet that holds no interface of the attachment, in a zone that does.
    opens(&n, "web", "db", 5432);
    // The source is not translated: nothing but the address is admitted.
    let mut n = hubbed();
    n.set("db-sg", "inbound", vec![GroupRule::tcp(5432, "10.0.3.0/24".parse().unwrap())].to_value());
    opens(&n, "app", "db", 5432);
    assert_eq!(blocked(&n, "web", "db", 5432).0, ["ENI_SG_RULES_MISMATCH"]);
}

#[test]
fn fact_25f_both_vpcs_need_routes_to_the_gateway() {
    let mut n = hubbed();
    without_route(&mut n, "far-rt", "10.0.0.0/16");
    assert_eq!(blocked(&n, "app", "db", 5432), (vec![], vec!["NO_ROUTE_TO_DESTINATION"]));
    mended(&n, "app", "db", 5432);
    let mut n = hubbed();
    // With its default route it would go by the NAT gateway, whose subnet leads there.
    n.set("private-rt", "routes", Value::List(vec![]));
    assert_eq!(blocked(&n, "app", "db", 5432).0, ["NO_ROUTE_TO_DESTINATION"]);
    mended(&n, "app", "db", 5432);
}

#[test]
fn fact_25f_a_zone_without_a_subnet_of_the_attachment_cannot_use_it() {
    let mut n = hubbed();
    n.refs("vpc-on", "subnets", &["private-c"]);
    assert_eq!(blocked(&n, "app", "db", 5432).0, ["TGW_ROUTE_AZ_RESTRICTION"]);
    mended(&n, "app", "db", 5432);
    // The other side is reached in any zone that is attached.
    let mut n = hubbed();
    n.refs("other-on", "subnets", &["far-c"]);
    let answer = ask(&n, "app", "db", Protocol::Tcp, 5432);
    assert!(answer.forward.passes() && !answer.reply.passes(), "its answers start in zone a: {answer:#?}");
}

#[test]
fn a_zone_that_is_not_known_makes_the_answer_not_known() {
    let mut n = hubbed();
    n.add("vpc", "loose", Subnet { cidr: "10.0.9.0/24".parse().unwrap(), ..Subnet::default() });
    let table = n.id("private-rt");
    n.set("loose", "route_table", table);
    n.add("loose", "somewhere", Instance::default());
    assert_eq!(ask(&n, "somewhere", "db", Protocol::Tcp, 5432).verdict(), Verdict::Unknown);
}

#[test]
fn fact_25f_association_decides_where_packets_go_and_propagation_who_is_known() {
    let mut n = tabled();
    opens(&n, "app", "db", 5432);
    n.set("vpc-on", "association", Value::None);
    assert_eq!(blocked(&n, "app", "db", 5432).0, ["TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION"]);
    let mut n = tabled();
    n.refs("other-on", "propagations", &[]);
    assert_eq!(blocked(&n, "app", "db", 5432).0, ["TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT"]);
    mended(&n, "app", "db", 5432);
    // The way back has a table of its own.
    let mut n = tabled();
    n.refs("vpc-on", "propagations", &[]);
    assert_eq!(blocked(&n, "app", "db", 5432), (vec![], vec!["TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT"]));
}

#[test]
fn fact_25f_longest_prefix_then_static_and_a_blackhole_drops() {
    let mut n = tabled();
    static_routes(&mut n, "spokes", &[("10.1.1.0/24", None)]);
    let answer = ask(&n, "app", "db", Protocol::Tcp, 5432);
    let codes: Vec<_> = answer.forward.blockers.iter().map(|blocker| blocker.code).collect();
    assert_eq!(codes, ["TGW_RTB_BAD_STATE_ROUTE"]);
    let remarks: Vec<_> = answer.forward.remarks.iter().map(|remark| remark.code).collect();
    assert!(remarks.contains(&"TGW_RTB_MORE_SPECIFIC_ROUTE"), "{remarks:?}");
    // Static before propagated.
    static_routes(&mut n, "spokes", &[("10.1.0.0/16", None)]);
    let answer = ask(&n, "app", "db", Protocol::Tcp, 5432);
    assert!(!answer.forward.passes());
    assert!(answer.forward.remarks.iter().any(|remark| remark.code == "TGW_RTB_HIGHER_PRIORITY_ROUTE"));
    // A wider blackhole changes nothing.
    static_routes(&mut n, "spokes", &[("10.0.0.0/8", None)]);
    opens(&n, "app", "db", 5432);
    // A static route in place of propagation.
    n.refs("other-on", "propagations", &[]);
    static_routes(&mut n, "spokes", &[("10.1.0.0/16", Some("other-on"))]);
    opens(&n, "app", "db", 5432);
    n.remove("other-on");
    assert_eq!(blocked(&n, "app", "db", 5432).0[0], "TGW_RTB_BAD_STATE_ROUTE");
}

#[test]
fn routes_that_are_not_known_make_the_answer_not_known() {
    let mut n = tabled();
    n.refs("other-on", "propagations", &[]);
    n.set("spokes", "partial", true);
    let answer = ask(&n, "app", "db", Protocol::Tcp, 5432);
    assert_eq!(answer.verdict(), Verdict::Unknown);
    assert_eq!(answer.forward.blockers[0].code, "TGW_RTB_ROUTES_ARE_UNKNOWN");
}

#[test]
fn a_route_to_a_gateway_that_the_vpc_is_not_attached_to_is_a_blackhole() {
    let mut n = hubbed();
    n.remove("vpc-on");
    let answer = ask(&n, "app", "db", Protocol::Tcp, 5432);
    let codes: Vec<_> = answer.forward.blockers.iter().map(|blocker| blocker.code).collect();
    assert!(codes.contains(&"BAD_STATE_ROUTE") || codes.contains(&"DISCONNECTED_VPCS"), "{codes:?}");
    let told = answer.blockers().any(|blocker| blocker.message.en.contains("is not attached"));
    assert!(told, "{:#?}", answer.forward.blockers);
}

#[test]
fn fact_25f_groups_are_named_across_it_where_gateway_and_attachments_allow_it() {
    let mut n = hubbed();
    let web = n.id("web-sg");
    n.set("db-sg", "inbound", vec![GroupRule::tcp_from(5432, web)].to_value());
    assert_eq!(blocked(&n, "app", "db", 5432).0, ["ENI_SG_RULES_MISMATCH", "SG_REFERENCING_SUPPORT"]);
    n.set("hub", "group_referencing", "enable");
    opens(&n, "app", "db", 5432);
    n.set("other-on", "group_referencing", "disable");
    assert_eq!(blocked(&n, "app", "db", 5432).0, ["ENI_SG_RULES_MISMATCH", "SG_REFERENCING_SUPPORT"]);
    // Outbound rules see no members across it.
    n.set("other-on", "group_referencing", "enable");
    let db = n.id("db-sg");
    n.set("web-sg", "outbound", vec![GroupRule::tcp_from(5432, db)].to_value());
    assert_eq!(blocked(&n, "app", "db", 5432).0, ["ENI_SG_RULES_MISMATCH"]);
}

#[test]
fn acls_of_the_attachments_subnets_are_asked_but_not_within_one() {
    // In public-a the packet enters by private-a, whose ACL is asked as it comes in.
    let mut n = hubbed();
    let deny = AclRule { number: 90, action: AclAction::Deny, protocol: Protocol::All, ..AclRule::default() };
    let closed = n.add("vpc", "closed", NetworkAcl { inbound: vec![deny.clone()], outbound: vec![allow(100, "all")] });
    n.set("private-a", "network_acl", closed);
    assert_eq!(blocked(&n, "web", "db", 5432).0, ["SUBNET_ACL_RESTRICTION"]);
    // Outbound rules of that subnet are for what comes out of the gateway.
    let out = n.add("vpc", "out", NetworkAcl { inbound: vec![allow(100, "all")], outbound: vec![deny.clone()] });
    n.set("private-a", "network_acl", out);
    let answer = ask(&n, "web", "db", Protocol::Tcp, 5432);
    assert!(answer.forward.passes(), "{:#?}", answer.forward.blockers);
    assert!(!answer.reply.passes());
    // The target stands in the attachment's own subnet: out of the gateway its ACL is not asked.
    let mut n = hubbed();
    let closed = n.add("other", "far-acl", NetworkAcl { inbound: vec![deny.clone()], outbound: vec![deny] });
    n.set("far-a", "network_acl", closed);
    let answer = ask(&n, "app", "db", Protocol::Tcp, 5432);
    assert!(answer.forward.passes(), "{:#?}", answer.forward.blockers);
    assert!(!answer.reply.passes(), "its answers leave the subnet");
}

#[test]
fn a_peering_carries_static_routes_and_nothing_else() {
    let mut n = hubbed();
    n.add("region", "third", Vpc { cidr: "10.2.0.0/16".parse().unwrap(), ..Vpc::default() });
    let far = Some(n.add("region", "far-hub", TransitGateway::default()));
    let back = n.add("third", "third-rt", RouteTable::default());
    n.add(
        "third",
        "third-a",
        Subnet { cidr: "10.2.1.0/24".parse().unwrap(), route_table: Some(back), ..Subnet::default() },
    );
    let open = n.add("third", "open", group(vec![GroupRule::everything()], vec![GroupRule::everything()]));
    n.add("third-a", "end", Instance { security_groups: vec![open], ..Instance::default() });
    let subnets = vec![n.id("third-a")];
    n.add(
        "third",
        "third-on",
        TransitGatewayAttachment { gateway: far, subnets, ..TransitGatewayAttachment::default() },
    );
    let gateway = Some(n.id("hub"));
    n.add("region", "bridge", TransitGatewayPeering { gateway, peer: far, ..TransitGatewayPeering::default() });
    add_route(&mut n, "private-rt", "10.2.0.0/16", "hub");
    add_route(&mut n, "third-rt", "10.0.0.0/16", "far-hub");
    assert_eq!(blocked(&n, "app", "end", 80).0, ["TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT"]);
    let drawn =
        |gateway| TransitGatewayRouteTable { gateway, default_table: true, ..TransitGatewayRouteTable::default() };
    n.add("region", "near-table", drawn(gateway));
    n.add("region", "far-table", drawn(far));
    static_routes(&mut n, "near-table", &[("10.2.0.0/16", Some("bridge"))]);
    assert_eq!(blocked(&n, "app", "end", 80), (vec![], vec!["TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT"]));
    static_routes(&mut n, "far-table", &[("10.0.0.0/16", Some("bridge"))]);
    opens(&n, "app", "end", 80);
    n.set("bridge", "accepted", false);
    assert_eq!(blocked(&n, "app", "end", 80).0, ["BAD_STATE_ATTACHMENT"]);
    mended(&n, "app", "end", 80);
}

#[test]
fn the_internet_is_reached_by_the_nat_gateway_of_another_vpc() {
    // `other` sends everything to the hub, whose table leads the rest to `vpc`, and the attachment's subnets there to `nat`.
    let mut n = tabled();
    n.set("far-rt", "routes", vec![Route { target: Some(n.id("hub")), ..Route::default() }].to_value());
    static_routes(&mut n, "spokes", &[("0.0.0.0/0", Some("vpc-on"))]);
    add_route(&mut n, "public-rt", "10.1.0.0/16", "hub");
    let answer = opens(&n, "db", "internet", 443);
    let nat = n.id("nat");
    assert!(answer.forward.steps.iter().any(|step| step.component == Some(nat)));
    let net = Network::lower(n.design());
    let exposures = Exposures::new(n.design(), &net, &Pairs::new(&net));
    assert_eq!(exposures.subnets.get(&n.id("far-a")).map(|of| of.tier), Some(Tier::PrivateWithNat));
    // Without the way back from the NAT gateway's subnet there is no answer.
    without_route(&mut n, "public-rt", "10.1.0.0/16");
    assert!(!ask(&n, "db", "internet", Protocol::Tcp, 443).reply.passes());
}

#[test]
fn a_circle_of_tables_ends() {
    let mut n = tabled();
    // What is for nobody's address comes back to the VPC it came from.
    static_routes(&mut n, "spokes", &[("10.9.0.0/16", Some("vpc-on"))]);
    add_route(&mut n, "private-rt", "10.9.0.0/16", "hub");
    let answer = ask(&n, "app", "10.9.0.9", Protocol::Tcp, 80);
    assert!(answer.forward.blockers.iter().any(|blocker| blocker.code == "NO_PATH"), "{answer:#?}");
}

#[test]
fn overlapping_blocks_are_propagated_by_the_first_alone() {
    let mut n = hubbed();
    n.set("other", "cidr", "10.0.0.0/16");
    for (subnet, cidr) in [("far-a", "10.0.5.0/24"), ("far-c", "10.0.6.0/24")] {
        n.set(subnet, "cidr", cidr);
    }
    assert!(!ask(&n, "app", "db", Protocol::Tcp, 5432).reachable());
}
