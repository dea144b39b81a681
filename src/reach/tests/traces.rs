//! The numbered facts of AWS networking that simple tools miss, each as a named test.

use crate::catalog::kinds::{AclAction, AclRule, GroupRule, Instance, NetworkAcl, Route, SecurityGroup};
use crate::catalog::{FieldValue, Kind, Value};
use crate::design::broken_invariants;
use crate::net::{AnyCidr, PortRange, Protocol};
use crate::reach::{Asked, Endpoint, Network, Question, Trace, trace};
use crate::rules::Offers;
use crate::rules::testing::{Named, named, two_zones};

/// An end by name: a resource, an address, or `internet`.
pub(in crate::reach) fn end(named: &Named, name: &str) -> Endpoint {
    match name {
        "internet" => Endpoint::Internet,
        address if address.parse::<std::net::Ipv4Addr>().is_ok() => Endpoint::Address(address.parse().unwrap()),
        name => Endpoint::Node(named.id(name)),
    }
}

#[track_caller]
pub(in crate::reach) fn ask(named: &Named, from: &str, to: &str, protocol: Protocol, port: u16) -> Trace {
    let net = Network::lower(named.design());
    let question =
        Question { from: end(named, from), to: end(named, to), protocol, port: Some(port), source_port: None };
    trace(named.design(), &net, question).unwrap_or_else(|why| panic!("{why}"))
}

#[track_caller]
pub(in crate::reach) fn opens(named: &Named, from: &str, to: &str, port: u16) -> Trace {
    let answer = ask(named, from, to, Protocol::Tcp, port);
    assert!(
        answer.reachable(),
        "{from} -> {to}:{port} is blocked: {:#?}",
        [answer.forward.blockers, answer.reply.blockers]
    );
    answer
}

/// The codes of everything that blocks, forward and then back.
#[track_caller]
pub(in crate::reach) fn blocked(
    named: &Named,
    from: &str,
    to: &str,
    port: u16,
) -> (Vec<&'static str>, Vec<&'static str>) {
    let answer = ask(named, from, to, Protocol::Tcp, port);
    assert!(!answer.reachable(), "{from} -> {to}:{port} is open");
    let codes = |walk: &crate::reach::Walk| walk.blockers.iter().map(|blocker| blocker.code).collect();
    (codes(&answer.forward), codes(&answer.reply))
}

/// Applies every fix until the way is open; each must be accepted.
#[track_caller]
pub(in crate::reach) fn mended(named: &Named, from: &str, to: &str, port: u16) {
    let mut design = named.design().clone();
    for _ in 0..8 {
        let net = Network::lower(&design);
        let question = Question {
            from: end(named, from),
            to: end(named, to),
            protocol: Protocol::Tcp,
            port: Some(port),
            source_port: None,
        };
        let answer = trace(&design, &net, question).unwrap();
        if answer.reachable() {
            return;
        }
        let offers = Offers::new(&design);
        let fix = answer.blockers().find_map(|blocker| offers.opening(&Asked::Packet(question), blocker));
        let fix = fix.unwrap_or_else(|| {
            let why = |blocker| offers.objections(&Asked::Packet(question), blocker);
            panic!("nothing offered for {:#?}", answer.blockers().map(why).collect::<Vec<_>>())
        });
        design.apply_all(&fix.edits).unwrap_or_else(|refusal| panic!("{} is refused: {refusal:?}", fix.title));
        assert_eq!(broken_invariants(&design), Vec::<String>::new());
    }
    panic!("{from} -> {to}:{port} stays blocked");
}

pub(in crate::reach) fn group(inbound: Vec<GroupRule>, outbound: Vec<GroupRule>) -> SecurityGroup {
    SecurityGroup { inbound, outbound, ..SecurityGroup::default() }
}

pub(in crate::reach) fn acl(inbound: Vec<AclRule>, outbound: Vec<AclRule>) -> NetworkAcl {
    NetworkAcl { inbound, outbound }
}

pub(in crate::reach) fn allow(number: u16, ports: &str) -> AclRule {
    AclRule { number, protocol: Protocol::Tcp, ports: ports.parse().unwrap(), ..AclRule::default() }
}

#[test]
fn fact_01_groups_add_up_and_an_emptied_group_lets_nothing_out() {
    let mut n = two_zones();
    assert_eq!(blocked(&n, "internet", "web", 443).0, ["ENI_SG_RULES_MISMATCH"]);
    let more = n.add("vpc", "more", group(vec![GroupRule::tcp(443, AnyCidr::default())], vec![]));
    let web = n.id("web-sg");
    n.set("web", "security_groups", Value::List(vec![web.into(), more.into()]));
    opens(&n, "internet", "web", 443);
    opens(&n, "internet", "web", 80);
    n.set("web-sg", "outbound", Value::List(vec![]));
    assert_eq!(blocked(&n, "web", "internet", 443).0, ["SG_HAS_NO_RULES"]);
    mended(&n, "web", "internet", 443);
}

#[test]
fn fact_02_groups_are_stateful() {
    let mut n = two_zones();
    n.set("web-sg", "outbound", Value::List(vec![]));
    opens(&n, "internet", "web", 80);
}

#[test]
fn fact_03_a_reference_matches_private_addresses_only() {
    let mut n = two_zones();
    let clients = n.add("vpc", "clients", group(vec![], vec![GroupRule::everything()]));
    n.set("app", "security_groups", Value::List(vec![clients.into()]));
    n.set("web-sg", "inbound", vec![GroupRule::tcp_from(80, clients)].to_value());
    opens(&n, "app", "web", 80);
    let outsider = n.add("public-c", "outsider", Instance { security_groups: vec![clients], ..Instance::default() });
    opens(&n, "outsider", "web", 80);
    // By the public address the same member comes through the internet gateway and is no longer recognised.
    let net = Network::lower(n.design());
    let public = net.interfaces.iter().find(|i| i.node == n.id("web")).unwrap().public.unwrap().address;
    let question = Question {
        from: Endpoint::Node(outsider),
        to: Endpoint::Address(public),
        protocol: Protocol::Tcp,
        port: Some(80),
        source_port: None,
    };
    let answer = trace(n.design(), &net, question).unwrap();
    assert_eq!(
        answer.forward.blockers.iter().map(|b| b.code).collect::<Vec<_>>(),
        ["ENI_SG_RULES_MISMATCH", "SG_REFERENCES_NOT_PRESERVED"]
    );
}

#[test]
fn fact_05_acls_are_numbered_stateless_and_not_asked_within_a_subnet() {
    let mut n = two_zones();
    let edge = n.add("vpc", "edge", acl(vec![allow(100, "80")], vec![allow(100, "443")]));
    n.set("public-a", "network_acl", edge);
    // The request may enter; its answer, to an ephemeral port, may not leave.
    assert_eq!(blocked(&n, "internet", "web", 80), (vec![], vec!["SUBNET_ACL_RESTRICTION"]));
    mended(&n, "internet", "web", 80);
    n.set("edge", "outbound", vec![allow(100, "1024-65535")].to_value());
    opens(&n, "internet", "web", 80);
    // A lower number wins.
    let deny = AclRule { action: AclAction::Deny, ..allow(90, "80") };
    n.set("edge", "inbound", vec![deny, allow(100, "80")].to_value());
    // A rule for everybody before one that denies everybody would take that one's meaning.
    assert_eq!(blocked(&n, "internet", "web", 80).0, ["SUBNET_ACL_RESTRICTION"]);
    mended(&n, "203.0.113.7", "web", 80);
    // A neighbour in the same subnet never meets it.
    n.add("public-a", "neighbour", Instance::default());
    opens(&n, "neighbour", "web", 80);
    assert_eq!(blocked(&n, "app", "web", 80).0, ["SUBNET_ACL_RESTRICTION"]);
}

#[test]
fn fact_06_the_longest_prefix_wins() {
    let mut n = two_zones();
    let mut table = n.design().get::<crate::catalog::kinds::RouteTable>(n.id("public-rt")).unwrap().clone();
    table.routes.push(Route { destination: "8.8.0.0/16".parse().unwrap(), ..Default::default() });
    n.set("public-rt", "routes", table.routes.to_value());
    assert_eq!(blocked(&n, "web", "8.8.8.8", 443).0, ["BAD_STATE_ROUTE"]);
    opens(&n, "web", "9.9.9.9", 443);
}

#[test]
fn fact_07_a_subnet_without_a_table_follows_the_main_one() {
    let mut n = two_zones();
    n.set("public-a", "route_table", Value::None);
    assert_eq!(blocked(&n, "web", "internet", 443).0, ["NO_ROUTE_TO_DESTINATION"]);
    n.set("public-rt", "main", true);
    opens(&n, "web", "internet", 443);
}

#[test]
fn fact_09_a_route_to_something_gone_is_a_blackhole() {
    let mut n = two_zones();
    n.remove("nat");
    assert_eq!(blocked(&n, "app", "internet", 443).0, ["BAD_STATE_ROUTE"]);
    let mut n = two_zones();
    let (region, rect) = (n.id("region"), n.design().node(n.id("igw")).unwrap().rect);
    let id = n.id("igw");
    n.edit(&crate::design::Edit::Place { id, parent: Some(region), rect });
    assert!(blocked(&n, "web", "internet", 443).0.contains(&"BAD_STATE_ROUTE"));
}

#[test]
fn what_lies_beyond_a_target_that_is_not_drawn_is_not_known() {
    let mut n = two_zones();
    let route = Route { outside: "tgw-1".to_owned(), ..Route::default() };
    n.set("private-rt", "routes", vec![route].to_value());
    let answer = ask(&n, "app", "internet", Protocol::Tcp, 443);
    let [blocker] = &answer.forward.blockers[..] else { panic!("{:#?}", answer.forward.blockers) };
    assert_eq!((blocker.code, &blocker.fix), ("UNKNOWN_DESTINATION", &None));
    assert_eq!(answer.verdict(), crate::reach::Verdict::Unknown);
    assert!(blocker.message.en.contains("tgw-1") && blocker.message.ko.contains("tgw-1"));
    // A target that is chosen takes its place.
    let nat = n.id("nat");
    let route = Route { outside: "tgw-1".to_owned(), target: Some(nat), ..Route::default() };
    n.set("private-rt", "routes", vec![route].to_value());
    opens(&n, "app", "internet", 443);
}

#[test]
fn fact_10_an_address_nobody_holds_is_dropped_inside_the_vpc() {
    let n = two_zones();
    for address in ["10.0.1.200", "10.0.99.1"] {
        assert_eq!(blocked(&n, "web", address, 80).0, ["NO_POSSIBLE_DESTINATION"], "{address}");
    }
}

#[test]
fn fact_11_the_internet_path_needs_gateway_route_and_public_address() {
    let mut n = two_zones();
    opens(&n, "internet", "web", 80);
    n.set("web", "public_ip", "no");
    assert!(blocked(&n, "internet", "web", 80).0.contains(&"IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS"));
    assert_eq!(blocked(&n, "web", "internet", 80).0, ["IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS"]);
    mended(&n, "internet", "web", 80);
    // A public address in a private subnet does nothing: the answer would leave through the NAT gateway.
    let mut n = two_zones();
    n.set("app", "public_ip", "yes");
    let (forward, reply) = blocked(&n, "internet", "app", 80);
    assert_eq!(forward, Vec::<&str>::new());
    assert_eq!(reply, ["CANNOT_ROUTE"]);
    // Private addresses do not exist outside.
    assert_eq!(blocked(&n, "internet", "10.0.1.4", 80).0, ["IGW_EXPECTS_PUBLIC_ADDRESS"]);
}

#[test]
fn everything_that_blocks_shows_at_once() {
    let mut n = two_zones();
    n.set("web", "public_ip", "no");
    let closed = n.add("vpc", "closed", acl(vec![], vec![]));
    n.set("public-a", "network_acl", closed);
    let (forward, reply) = blocked(&n, "internet", "web", 8080);
    assert_eq!(forward, ["IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS", "SUBNET_ACL_RESTRICTION", "ENI_SG_RULES_MISMATCH"]);
    assert!(reply.contains(&"SUBNET_ACL_RESTRICTION"));
    mended(&n, "internet", "web", 8080);
}

#[test]
fn fact_12_a_nat_gateway_lets_out_and_never_in() {
    let mut n = two_zones();
    let answer = opens(&n, "app", "internet", 443);
    let last = answer.forward.last.unwrap();
    assert_eq!(last.source_ports, PortRange::EPHEMERAL);
    assert_eq!(
        answer.forward.steps.iter().filter(|step| step.header_in != step.header_out).count(),
        2,
        "NAT gateway and internet gateway rewrite"
    );
    assert!(!ask(&n, "app", "internet", Protocol::Number(107), 0).reachable());
    assert_eq!(blocked(&n, "internet", "nat", 443).0, ["NO_POSSIBLE_DESTINATION"]);
    // Its own subnet cannot use it, and its own subnet's table must lead to the internet gateway.
    let private = n.id("private-rt");
    n.set("public-a", "route_table", private);
    assert!(blocked(&n, "web", "internet", 443).0.contains(&"NO_POSSIBLE_DESTINATION"));
    assert!(!ask(&n, "app", "internet", Protocol::Tcp, 443).reachable());
}

#[test]
fn a_route_through_an_instance_needs_its_check_off_and_ends_in_no_circle() {
    let mut n = two_zones();
    let web = n.id("web");
    let table = Route { target: Some(web), ..Default::default() };
    n.set("private-rt", "routes", vec![table].to_value());
    n.set("web-sg", "inbound", vec![GroupRule::everything()].to_value());
    assert_eq!(blocked(&n, "app", "internet", 443).0, ["ENI_SOURCE_DEST_CHECK_RESTRICTION"]);
    mended(&n, "app", "internet", 443);
    let app = n.id("app");
    n.set("web", "source_dest_check", false);
    n.set("app", "source_dest_check", false);
    let back = Route { target: Some(app), ..Default::default() };
    n.set("public-rt", "routes", vec![back].to_value());
    assert!(blocked(&n, "app", "internet", 443).0.contains(&"NO_PATH"));
}

#[test]
fn a_question_to_something_without_an_interface_is_refused() {
    let n = two_zones();
    let net = Network::lower(n.design());
    let question = Question {
        from: end(&n, "vpc"),
        to: Endpoint::Internet,
        protocol: Protocol::Tcp,
        port: Some(80),
        source_port: None,
    };
    assert!(trace(n.design(), &net, question).unwrap_err().ko.contains("네트워크 인터페이스"));
    assert!(n.design().nodes().any(|(_, node)| node.kind() == Kind::Vpc));
}

#[test]
fn fact_15_a_balancer_has_a_node_in_each_subnet_whose_route_and_acl_count() {
    let mut n = named();
    opens(&n, "internet", "alb", 443);
    assert!(blocked(&n, "internet", "alb", 8080).0.contains(&"ELBV2_LISTENERS_MISMATCH"));
    let closed = n.add("vpc", "closed", acl(vec![], vec![]));
    n.set("public-a", "network_acl", closed);
    // The other zone's node still answers.
    opens(&n, "internet", "alb", 443);
    n.set("public-c", "network_acl", closed);
    assert!(blocked(&n, "internet", "alb", 443).0.contains(&"SUBNET_ACL_RESTRICTION"));
}
