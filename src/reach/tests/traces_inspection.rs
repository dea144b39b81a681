//! Inspection behind gateway load balancers and gateways' own route tables, as named facts.

use super::agree::same;
use crate::catalog::kinds::{
    AclRule, BalancerType, EndpointType, Forward, GroupRule, Instance, InternetGateway, Listener, ListenerProtocol,
    LoadBalancer, Route, RouteTable, Subnet, Target, TargetGroup, TargetProtocol, TargetType, Vpc, VpcEndpoint, Zone,
};
use crate::catalog::{FieldValue, Value};
use crate::id::NodeId;
use crate::net::{AnyCidr, PortRange, Protocol};
use crate::reach::tests::traces::{acl, allow, ask, blocked, group, mended, opens};
use crate::reach::{Endpoint, Network, Pairs, Step, SubnetTier, Tier};
use crate::rules::testing::{Named, two_zones};

pub(super) fn route(to: &str, target: NodeId) -> Route {
    Route { destination: to.parse().unwrap(), target: Some(target), ..Route::default() }
}

fn udp(port: u16, from: &str) -> GroupRule {
    let ports = PortRange::single(port);
    GroupRule { protocol: Protocol::Udp, ports, ..GroupRule::tcp(port, from.parse().unwrap()) }
}

/// VPC `security` 10.9.0.0/16 with `firewall` of group `fw-sg` in `rack-a` behind `gwlb`, and in the VPC of a design the endpoint `gwlbe` in `edge-a`,
/// whose table `edge-rt` leads to the internet gateway.
pub(super) fn protect(n: &mut Named) {
    n.add("region", "security", Vpc { cidr: "10.9.0.0/16".parse().unwrap(), ..Vpc::default() });
    n.add("security", "rack-zone-a", Zone { letter: "a".to_owned() });
    n.add("rack-zone-a", "rack-a", Subnet { cidr: "10.9.1.0/24".parse().unwrap(), ..Subnet::default() });
    let admits = vec![udp(6081, "10.9.0.0/16"), GroupRule::tcp(80, "10.9.0.0/16".parse().unwrap())];
    let fw = n.add("security", "fw-sg", group(admits, vec![]));
    n.add("rack-a", "firewall", Instance { security_groups: vec![fw], ..Instance::default() });
    let appliances = TargetGroup {
        protocol: TargetProtocol::Geneve,
        port: 6081,
        health_port: "80".to_owned(),
        target_type: TargetType::Instance,
        targets: vec![Target { instance: Some(n.id("firewall")), ..Target::default() }],
        ..TargetGroup::default()
    };
    let appliances = n.add("security", "geneve", appliances);
    let gwlb = LoadBalancer {
        balancer_type: BalancerType::Gateway,
        endpoint_service: true,
        subnets: vec![n.id("rack-a")],
        ..LoadBalancer::default()
    };
    let gwlb = n.add("security", "gwlb", gwlb);
    let forwards = vec![Forward { target_group: Some(appliances), ..Forward::default() }];
    n.add("gwlb", "all", Listener { protocol: ListenerProtocol::Geneve, forwards, ..Listener::default() });
    let table = RouteTable { routes: vec![route("0.0.0.0/0", n.id("igw"))], ..RouteTable::default() };
    let table = n.add("vpc", "edge-rt", table);
    let edge = Subnet { cidr: "10.0.8.0/24".parse().unwrap(), route_table: Some(table), ..Subnet::default() };
    let edge = n.add("zone-a", "edge-a", edge);
    let endpoint = VpcEndpoint {
        endpoint_type: EndpointType::GatewayLoadBalancer,
        service: String::new(),
        balancer: Some(gwlb),
        subnets: vec![edge],
        ..VpcEndpoint::default()
    };
    n.add("vpc", "gwlbe", endpoint);
}

/// [`two_zones`], in which everything between the internet and the public subnets is inspected: `public-rt` leads to `gwlbe`, and so does `gate-rt`,
/// the table of the gateway.
fn inspected() -> Named {
    let mut n = two_zones();
    protect(&mut n);
    let (gwlbe, igw) = (n.id("gwlbe"), n.id("igw"));
    n.set("public-rt", "routes", vec![route("0.0.0.0/0", gwlbe)].to_value());
    let routes = vec![route("10.0.1.0/24", gwlbe), route("10.0.2.0/24", gwlbe)];
    n.add("vpc", "gate-rt", RouteTable { routes, gateway: Some(igw), ..RouteTable::default() });
    n
}

/// Where these stand among the steps, in the order they are asked for; each must be met after the one before.
#[track_caller]
fn meets(n: &Named, steps: &[Step], names: &[&str]) {
    let mut rest = steps.iter();
    for name in names {
        let id = Some(n.id(name));
        assert!(rest.any(|step| step.component == id), "{name} is not met in turn: {steps:#?}");
    }
}

#[test]
fn packets_of_both_directions_pass_the_appliances() {
    let n = inspected();
    let way = opens(&n, "internet", "web", 80);
    meets(&n, &way.forward.steps, &["igw", "gate-rt", "gwlbe", "gwlb", "firewall", "edge-rt", "web"]);
    meets(&n, &way.reply.steps, &["web", "public-rt", "gwlbe", "gwlb", "firewall", "edge-rt", "igw"]);
    let out = opens(&n, "web", "internet", 443);
    meets(&n, &out.forward.steps, &["web", "gwlbe", "firewall", "igw"]);
    meets(&n, &out.reply.steps, &["igw", "gate-rt", "gwlbe", "firewall", "web"]);
    // The gateway translates: outside it is the server's own address that is seen.
    let net = Network::lower(n.design());
    let public = net.interfaces[net.interfaces_of(n.id("web"))[0]].public.unwrap().address;
    assert_eq!(out.forward.last.unwrap().source, public);
}

#[test]
fn without_a_table_of_the_gateway_packets_come_in_past_the_appliances() {
    let mut n = inspected();
    n.set("gate-rt", "gateway", Value::None);
    let way = opens(&n, "internet", "web", 80);
    let gwlbe = Some(n.id("gwlbe"));
    assert!(way.forward.steps.iter().all(|step| step.component != gwlbe));
    assert!(way.reply.steps.iter().any(|step| step.component == gwlbe));
    // Nor does a table that names another VPC's gateway matter.
    n.add("security", "other-igw", InternetGateway);
    let other = n.id("other-igw");
    n.set("gate-rt", "gateway", other);
    assert!(opens(&n, "internet", "web", 80).forward.steps.iter().all(|step| step.component != gwlbe));
}

#[test]
fn a_gateways_table_may_take_the_whole_vpc_in_place_of_the_local_route() {
    let mut n = inspected();
    let gwlbe = n.id("gwlbe");
    n.set("gate-rt", "routes", vec![route("10.0.0.0/16", gwlbe)].to_value());
    meets(&n, &opens(&n, "internet", "web", 80).forward.steps, &["gate-rt", "gwlbe", "firewall", "web"]);
    n.set(
        "gate-rt",
        "routes",
        vec![Route { destination: "10.0.1.0/24".parse().unwrap(), ..Route::default() }].to_value(),
    );
    assert_eq!(blocked(&n, "internet", "web", 80).0, ["BAD_STATE_ROUTE"]);
}

#[test]
fn appliances_must_admit_geneve_and_the_health_check() {
    let mut n = inspected();
    n.set("fw-sg", "inbound", vec![GroupRule::tcp(80, AnyCidr::default())].to_value());
    assert_eq!(blocked(&n, "web", "internet", 443).0, ["ENI_SG_RULES_MISMATCH"]);
    mended(&n, "web", "internet", 443);
    n.set("fw-sg", "inbound", vec![udp(6081, "0.0.0.0/0")].to_value());
    assert_eq!(blocked(&n, "web", "internet", 443).0, ["ENI_SG_RULES_MISMATCH"], "it is not healthy");
    mended(&n, "web", "internet", 443);
    // The wrapped packets and what comes back cross the ACLs of the security VPC.
    let mut n = inspected();
    n.add("rack-zone-a", "rack-a2", Subnet { cidr: "10.9.2.0/24".parse().unwrap(), ..Subnet::default() });
    n.refs("gwlb", "subnets", &["rack-a2"]);
    opens(&n, "web", "internet", 443);
    let closed = n.add("security", "closed", acl(vec![allow(100, "80")], vec![allow(100, "1024-65535")]));
    n.set("rack-a", "network_acl", closed);
    // Neither in nor, for what comes back, out.
    assert_eq!(blocked(&n, "web", "internet", 443).0, ["SUBNET_ACL_RESTRICTION", "SUBNET_ACL_RESTRICTION"]);
}

#[test]
fn an_endpoint_without_appliances_drops_and_says_why() {
    let mut n = inspected();
    n.set("geneve", "targets", Value::List(vec![]));
    assert_eq!(blocked(&n, "web", "internet", 443).0, ["ELBV2_LISTENER_HAS_NO_TG"]);
    n.remove("all");
    assert_eq!(blocked(&n, "web", "internet", 443).0, ["ELBV2_LISTENER_HAS_NO_TG"]);
    let mut n = inspected();
    n.set("gwlb", "endpoint_service", false);
    assert_eq!(blocked(&n, "web", "internet", 443).0, ["BAD_STATE_ATTACHMENT"]);
    mended(&n, "web", "internet", 443);
    n.set("gwlbe", "balancer", Value::None);
    assert_eq!(blocked(&n, "web", "internet", 443).0, ["BAD_STATE"]);
    // Somebody else's service is taken to work.
    n.set("gwlbe", "service", "com.amazonaws.vpce.ap-northeast-2.vpce-svc-0123456789abcdef0");
    opens(&n, "web", "internet", 443);
    // Without an interface, or in another VPC, the route leads nowhere.
    n.set("gwlbe", "subnets", Value::List(vec![]));
    assert_eq!(blocked(&n, "web", "internet", 443).0, ["BAD_STATE_ROUTE"]);
}

#[test]
fn the_balancer_serves_the_zone_of_the_endpoint() {
    let mut n = inspected();
    n.add("security", "rack-zone-c", Zone { letter: "c".to_owned() });
    n.add("rack-zone-c", "rack-c", Subnet { cidr: "10.9.3.0/24".parse().unwrap(), ..Subnet::default() });
    n.refs("gwlb", "subnets", &["rack-c"]);
    assert_eq!(blocked(&n, "web", "internet", 443).0, ["ELB_INSTALLED_AZ_RESTRICTION"]);
    n.refs("gwlb", "subnets", &["rack-a", "rack-c"]);
    let fw = n.id("fw-sg");
    let far = n.add("rack-c", "firewall-c", Instance { security_groups: vec![fw], ..Instance::default() });
    n.set("geneve", "targets", vec![Target { instance: Some(far), ..Target::default() }].to_value());
    assert_eq!(blocked(&n, "web", "internet", 443).0, ["ELB_NOT_CROSSZONE"]);
    mended(&n, "web", "internet", 443);
}

#[test]
fn the_subnet_of_the_endpoint_has_filters_and_routes_of_its_own() {
    let mut n = inspected();
    let narrow = n.add("vpc", "narrow", acl(vec![allow(100, "80")], vec![allow(100, "80")]));
    n.set("edge-a", "network_acl", narrow);
    let codes = blocked(&n, "internet", "web", 80);
    assert_eq!(codes, (vec![], vec!["SUBNET_ACL_RESTRICTION", "SUBNET_ACL_RESTRICTION"]));
    n.set("edge-a", "network_acl", Value::None);
    // Its own default route must not lead back to it.
    let table = n.id("public-rt");
    n.set("edge-a", "route_table", table);
    assert_eq!(blocked(&n, "web", "internet", 443).0, ["NO_PATH"]);
    // And nothing ends at it.
    assert!(blocked(&n, "app", "gwlbe", 443).0.contains(&"NO_POSSIBLE_DESTINATION"));
    assert!(blocked(&n, "gwlbe", "app", 443).0.contains(&"VPCE_INTRA_VPC_TRAFFIC"));
}

#[test]
fn between_subnets_inspection_hides_members_of_groups() {
    let mut n = inspected();
    let (gwlbe, web) = (n.id("gwlbe"), n.id("web-sg"));
    n.set("web-sg", "inbound", vec![GroupRule::tcp_from(80, web)].to_value());
    opens(&n, "web", "app", 80);
    n.set("public-rt", "routes", vec![route("10.0.3.0/24", gwlbe)].to_value());
    assert_eq!(blocked(&n, "web", "app", 80).0, ["ENI_SG_RULES_MISMATCH", "SG_REFERENCES_NOT_PRESERVED"]);
    n.set("web-sg", "inbound", vec![GroupRule::tcp(80, "10.0.0.0/16".parse().unwrap())].to_value());
    let way = opens(&n, "web", "app", 80);
    meets(&n, &way.forward.steps, &["web", "gwlbe", "firewall", "app"]);
    assert!(
        ask(&n, "web", "app", Protocol::Udp, 80).forward.blockers.iter().all(|of| of.code != "PROTOCOL_RESTRICTION")
    );
}

#[test]
fn a_nat_gateway_may_stand_before_or_behind_the_appliances() {
    // Private servers go out past the appliances to a NAT gateway, whose subnet leads straight out.
    let mut n = inspected();
    let (gwlbe, igw, nat) = (n.id("gwlbe"), n.id("igw"), n.id("nat"));
    n.set("private-rt", "routes", vec![route("0.0.0.0/0", gwlbe)].to_value());
    n.set("edge-rt", "routes", vec![route("0.0.0.0/0", nat)].to_value());
    n.set("public-rt", "routes", vec![route("0.0.0.0/0", igw)].to_value());
    n.set("gate-rt", "gateway", Value::None);
    let way = opens(&n, "app", "internet", 443);
    meets(&n, &way.forward.steps, &["app", "gwlbe", "firewall", "nat", "igw"]);
    assert_eq!(tier(&n, "private-a"), Tier::PrivateWithNat);
    // Or the NAT gateway's own packets are inspected on the way out and back.
    let n = inspected();
    let way = opens(&n, "app", "internet", 443);
    meets(&n, &way.forward.steps, &["app", "nat", "gwlbe", "firewall", "igw"]);
    meets(&n, &way.reply.steps, &["igw", "gate-rt", "gwlbe", "firewall", "nat", "app"]);
    assert_eq!(tier(&n, "public-a"), Tier::Public);
    assert_eq!(tier(&n, "private-a"), Tier::PrivateWithNat);
    // A NAT gateway that gets nowhere itself is no way out, and neither are appliances that take nothing.
    let mut n = inspected();
    let (gwlbe, nat) = (n.id("gwlbe"), n.id("nat"));
    n.set("private-rt", "routes", vec![route("0.0.0.0/0", gwlbe)].to_value());
    n.set("edge-rt", "routes", vec![route("0.0.0.0/0", nat)].to_value());
    n.set("public-rt", "routes", Value::List(Vec::new()));
    assert_eq!(tier(&n, "private-a"), Tier::Isolated);
    let mut n = inspected();
    assert_eq!(tier(&n, "public-a"), Tier::Public);
    n.set("gwlb", "endpoint_service", false);
    assert_eq!(tier(&n, "public-a"), Tier::Isolated);
}

fn tier(n: &Named, subnet: &str) -> Tier {
    let net = Network::lower(n.design());
    let pairs = Pairs::new(&net);
    let exposures = crate::reach::Exposures::new(n.design(), &net, &pairs);
    let SubnetTier { tier, reason } = exposures.subnets.get(&n.id(subnet)).unwrap();
    assert!(!reason.ko.is_empty() && !reason.en.is_empty());
    *tier
}

#[test]
fn a_server_in_the_middle_passes_on_what_a_gateways_table_leads_to_it() {
    let mut n = two_zones();
    let open = n.add("vpc", "open", group(vec![GroupRule::everything()], vec![GroupRule::everything()]));
    let middle = Instance { source_dest_check: false, security_groups: vec![open], ..Instance::default() };
    let middle = n.add("public-c", "middle", middle);
    let igw = n.id("igw");
    n.add("vpc", "direct", RouteTable { routes: vec![route("0.0.0.0/0", igw)], ..RouteTable::default() });
    let direct = n.id("direct");
    n.set("public-c", "route_table", direct);
    n.set("public-rt", "routes", vec![route("0.0.0.0/0", middle)].to_value());
    // Without the gateway's table it is a NAT instance: what comes in straight is answered from another address.
    assert!(!ask(&n, "internet", "web", Protocol::Tcp, 80).reachable());
    let routes = vec![route("10.0.1.0/24", middle)];
    n.add("vpc", "gate-rt", RouteTable { routes, gateway: Some(igw), ..RouteTable::default() });
    let way = opens(&n, "internet", "web", 80);
    meets(&n, &way.forward.steps, &["gate-rt", "middle", "web"]);
    meets(&n, &way.reply.steps, &["web", "middle", "igw"]);
    n.set("middle", "source_dest_check", true);
    assert!(blocked(&n, "internet", "web", 80).0.contains(&"ENI_SOURCE_DEST_CHECK_RESTRICTION"));
}

#[test]
fn what_comes_in_past_a_nat_gateway_is_answered_past_it() {
    // Inspected packets for the private subnet are led through the NAT gateway, whose own subnet does not lead back out.
    let mut n = inspected();
    let (gwlbe, igw, nat) = (n.id("gwlbe"), n.id("igw"), n.id("nat"));
    n.set("app", "public_ip", "yes");
    n.set("gate-rt", "routes", vec![route("10.0.3.0/24", gwlbe)].to_value());
    n.set("edge-rt", "routes", vec![route("10.0.3.0/24", nat), route("0.0.0.0/0", igw)].to_value());
    n.set("public-rt", "routes", Value::List(vec![]));
    assert_eq!(blocked(&n, "internet", "app", 80), (vec![], vec!["NO_ROUTE_TO_DESTINATION"]));
    let net = Network::lower(n.design());
    let pairs = Pairs::new(&net);
    let app = pairs.class_of(net.interfaces_of(n.id("app"))[0]).unwrap();
    same(&n, &net, &pairs, pairs.inwards[app], Endpoint::Internet, Endpoint::Node(n.id("app")));
    assert_ne!(pairs.inwards[app].traffic, crate::reach::sets::NOTHING);
}

#[test]
fn appliances_send_wrapped_packets_back_by_the_same_port() {
    let mut n = inspected();
    n.add("rack-zone-a", "rack-a2", Subnet { cidr: "10.9.2.0/24".parse().unwrap(), ..Subnet::default() });
    n.refs("gwlb", "subnets", &["rack-a2"]);
    let allow = |number: u16, protocol: Protocol, ports: &str| AclRule {
        protocol,
        ports: ports.parse().unwrap(),
        ..allow(number, "80")
    };
    // Out go 6081 with what was inspected, and answers to the health check.
    let rules = (
        vec![allow(100, Protocol::Udp, "6081"), allow(110, Protocol::Tcp, "80")],
        vec![allow(100, Protocol::Udp, "6081"), allow(110, Protocol::Tcp, "1024-65535")],
    );
    let narrow = n.add("security", "narrow", acl(rules.0, rules.1));
    n.set("rack-a", "network_acl", narrow);
    opens(&n, "web", "internet", 443);
    // Nobody connects to the balancer itself.
    assert!(blocked(&n, "firewall", "gwlb", 6081).0.contains(&"NO_POSSIBLE_DESTINATION"));
    let net = Network::lower(n.design());
    let pairs = Pairs::new(&net);
    let class = |name: &str| pairs.class_of(net.interfaces_of(n.id(name))[0]).unwrap();
    assert_eq!(pairs.between(class("firewall"), class("gwlb")).traffic, crate::reach::sets::NOTHING);
}

#[test]
fn an_edit_of_a_rule_decides_the_inspection_anew() {
    let mut n = inspected();
    let mut reach = crate::reach::Reach::new(n.design());
    let web = reach.net.interfaces_of(n.id("web"))[0];
    let open = |reach: &crate::reach::Reach| {
        let class = reach.pairs.class_of(web).unwrap();
        reach.pairs.inwards[class].traffic != crate::reach::sets::NOTHING
    };
    assert!(open(&reach));
    for rules in [vec![], vec![udp(6081, "10.9.0.0/16"), GroupRule::tcp(80, "10.9.0.0/16".parse().unwrap())]] {
        let edit = crate::design::Edit::set(n.id("fw-sg"), "inbound", rules.to_value());
        let mut design = n.design().clone();
        let diff = design.apply(&edit).unwrap();
        n.edit(&edit);
        reach.follow(&design, &diff);
        assert_eq!(open(&reach), !rules.is_empty());
        assert_eq!(reach.net.inspections, Network::lower(&design).inspections);
    }
}
