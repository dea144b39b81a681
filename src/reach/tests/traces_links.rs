//! The numbered facts about several interfaces, peering connections, endpoints and network load balancers, each as a named test.

use crate::catalog::kinds::{
    ElasticIp, EndpointType, Forward, GroupRule, Instance, InternetGateway, Listener, ListenerProtocol, LoadBalancer,
    NetworkInterface, PrefixList, Region, Route, RouteTable, Scheme, SecurityGroup, Subnet, Target, TargetGroup,
    TargetProtocol, TargetType, Vpc, VpcEndpoint, VpcPeering, Zone,
};
use crate::catalog::{FieldValue, Value};
use crate::net::{AnyCidr, Protocol};
use crate::reach::tests::traces::{acl, allow, ask, blocked, group, mended, opens};
use crate::reach::{Network, StepKind, Verdict};
use crate::rules::testing::{Named, two_zones};

/// [`two_zones`] and VPC `other` 10.1.0.0/16 with `far` 10.1.1.0/24, instance `db` in group `db-sg` (5432 from `web-sg`), and `pcx` with routes on
/// both sides.
fn peered() -> Named {
    let mut n = two_zones();
    n.add("region", "other", Vpc { cidr: "10.1.0.0/16".parse().unwrap(), ..Vpc::default() });
    let web = n.id("web-sg");
    let db_group = n.add("other", "db-sg", group(vec![GroupRule::tcp_from(5432, web)], vec![GroupRule::everything()]));
    let pcx = n.add(
        "region",
        "pcx",
        VpcPeering { requester: Some(n.id("vpc")), accepter: Some(n.id("other")), accepted: true },
    );
    let route = |to: &str| Route { destination: to.parse().unwrap(), target: Some(pcx), ..Route::default() };
    let back = n.add("other", "far-rt", RouteTable { routes: vec![route("10.0.0.0/16")], ..RouteTable::default() });
    n.add(
        "other",
        "far",
        Subnet { cidr: "10.1.1.0/24".parse().unwrap(), route_table: Some(back), ..Subnet::default() },
    );
    n.add("far", "db", Instance { security_groups: vec![db_group], ..Instance::default() });
    for table in ["public-rt", "private-rt"] {
        let mut routes = n.design().get::<RouteTable>(n.id(table)).unwrap().routes.clone();
        routes.push(route("10.1.0.0/16"));
        n.set(table, "routes", routes.to_value());
    }
    n
}

fn without_peering(n: &mut Named, table: &str) {
    let pcx = n.id("pcx");
    let mut routes = n.design().get::<RouteTable>(n.id(table)).unwrap().routes.clone();
    routes.retain(|route| route.target != Some(pcx));
    n.set(table, "routes", routes.to_value());
}

#[test]
fn fact_03_a_reference_sees_members_across_an_active_peering_of_the_region() {
    let mut n = peered();
    opens(&n, "web", "db", 5432);
    opens(&n, "app", "db", 5432);
    // Not those of another group, and not across regions.
    n.add("public-a", "stranger", Instance::default());
    assert_eq!(blocked(&n, "stranger", "db", 5432).0, ["ENI_SG_RULES_MISMATCH"]);
    n.add("", "tokyo", Region { code: "ap-northeast-1".to_owned() });
    let (id, parent) = (n.id("other"), Some(n.id("tokyo")));
    let rect = n.design().node(id).unwrap().rect;
    n.edit(&crate::design::Edit::Place { id, parent, rect });
    assert_eq!(blocked(&n, "web", "db", 5432).0, ["ENI_SG_RULES_MISMATCH", "SG_REFERENCES_NOT_PRESERVED"]);
}

#[test]
fn fact_08_a_route_more_specific_than_local_leads_through_an_appliance() {
    let mut n = two_zones();
    n.add("public-c", "firewall", Instance { source_dest_check: false, ..Instance::default() });
    let open = n.add("vpc", "open", group(vec![GroupRule::everything()], vec![GroupRule::everything()]));
    n.set("firewall", "security_groups", Value::List(vec![open.into()]));
    let mut routes = n.design().get::<RouteTable>(n.id("public-rt")).unwrap().routes.clone();
    routes.push(Route {
        destination: "10.0.3.0/24".parse().unwrap(),
        target: Some(n.id("firewall")),
        ..Route::default()
    });
    n.set("public-rt", "routes", routes.to_value());
    // The firewall's own subnet follows another table, or the packets would go in a circle.
    n.set("public-c", "route_table", Value::None);
    let firewall = n.id("firewall");
    let answer = opens(&n, "web", "app", 80);
    assert!(answer.forward.steps.iter().any(|step| step.component == Some(firewall)));
    // The source is hidden from references, though the address is the same.
    let web = n.id("web-sg");
    n.set("web-sg", "inbound", vec![GroupRule::tcp_from(80, web)].to_value());
    assert_eq!(blocked(&n, "web", "app", 80).0, ["ENI_SG_RULES_MISMATCH", "SG_REFERENCES_NOT_PRESERVED"]);
}

#[test]
fn fact_11_an_elastic_ip_belongs_to_one_interface_of_several() {
    let mut n = two_zones();
    n.set("web", "public_ip", "no");
    let (web, groups) = (n.id("web"), vec![n.id("web-sg")]);
    let second = NetworkInterface { instance: Some(web), security_groups: groups, ..NetworkInterface::default() };
    let second = n.add("public-a", "second", second);
    assert!(blocked(&n, "internet", "web", 80).0.contains(&"IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS"));
    let address = Some("203.0.113.9".parse().unwrap());
    n.add("region", "fixed", ElasticIp { interface: Some(second), public_address: address, ..ElasticIp::default() });
    opens(&n, "internet", "web", 80);
    let answer = opens(&n, "internet", "203.0.113.9", 80);
    assert_eq!(answer.forward.steps.last().unwrap().component, Some(second));
}

#[test]
fn fact_13_peering_needs_routes_on_both_sides_and_acceptance() {
    let mut n = peered();
    let answer = opens(&n, "web", "db", 5432);
    assert!(answer.forward.steps.iter().any(|step| step.kind == StepKind::Peering));
    without_peering(&mut n, "far-rt");
    assert_eq!(blocked(&n, "web", "db", 5432), (vec![], vec!["NO_ROUTE_TO_DESTINATION"]));
    mended(&n, "web", "db", 5432);
    let mut n = peered();
    n.set("pcx", "accepted", false);
    assert!(blocked(&n, "web", "db", 5432).0.contains(&"BAD_STATE_ATTACHMENT"));
    mended(&n, "web", "db", 5432);
}

#[test]
fn fact_13_peering_is_neither_transitive_nor_a_way_to_the_peers_gateways() {
    let mut n = peered();
    n.add("other", "far-igw", InternetGateway);
    let pcx = n.id("pcx");
    let everything = Route { target: Some(pcx), ..Route::default() };
    n.set("private-rt", "routes", vec![everything.clone()].to_value());
    assert_eq!(blocked(&n, "app", "internet", 443).0, ["PCX_REQUIRES_ADDRESS_IN_VPC_CIDR"]);
    // A third VPC behind the second.
    n.add("region", "third", Vpc { cidr: "10.2.0.0/16".parse().unwrap(), ..Vpc::default() });
    let (other, third) = (n.id("other"), n.id("third"));
    n.add("region", "onwards", VpcPeering { requester: Some(other), accepter: Some(third), accepted: true });
    n.add("third", "farthest", Subnet { cidr: "10.2.1.0/24".parse().unwrap(), ..Subnet::default() });
    n.add("farthest", "end", Instance { private_ip: Some("10.2.1.9".parse().unwrap()), ..Instance::default() });
    assert_eq!(blocked(&n, "app", "10.2.1.9", 80).0, ["PCX_REQUIRES_ADDRESS_IN_VPC_CIDR"]);
    // VPCs with a common address cannot be joined.
    let mut n = peered();
    n.set("other", "secondary_cidrs", Value::List(vec!["10.0.128.0/20".into()]));
    assert!(blocked(&n, "web", "db", 5432).0.contains(&"BAD_STATE_ATTACHMENT"));
}

#[test]
fn fact_14_a_gateway_endpoint_is_a_route_for_tcp_without_nat() {
    let mut n = two_zones();
    n.set("private-rt", "routes", Value::List(vec![]));
    n.add("vpc", "s3", VpcEndpoint::default());
    assert!(blocked(&n, "app", "s3", 443).0.contains(&"NO_ROUTE_TO_DESTINATION"));
    mended(&n, "app", "s3", 443);
    let table = n.id("private-rt");
    n.set("s3", "route_tables", Value::List(vec![table.into()]));
    let answer = opens(&n, "app", "s3", 443);
    assert_eq!(answer.forward.endpoint, Some(n.id("s3")));
    assert!(ask(&n, "app", "s3", Protocol::Icmp, 8).reachable());
    assert!(!ask(&n, "app", "s3", Protocol::Icmp, 3).reachable());
    let udp = ask(&n, "app", "s3", Protocol::Udp, 443);
    let codes: Vec<_> = udp.forward.blockers.iter().map(|blocker| blocker.code).collect();
    assert_eq!(codes, ["VPCE_GATEWAY_PROTOCOL_RESTRICTION"]);
    // The addresses of its prefix list, and no others, take that way.
    let entries = vec!["52.219.56.0/22".parse().unwrap()];
    n.add("region", "pl", PrefixList { entries, service: "s3".to_owned() });
    opens(&n, "app", "52.219.57.1", 443);
    assert_eq!(blocked(&n, "app", "52.218.0.1", 443).0, ["NO_ROUTE_TO_DESTINATION"]);
    // The ACL of the subnet sees those addresses, the answer's ports too.
    let edge = n.add("vpc", "edge", acl(vec![allow(100, "443")], vec![allow(100, "443")]));
    n.set("private-a", "network_acl", edge);
    assert_eq!(blocked(&n, "app", "s3", 443), (vec![], vec!["SUBNET_ACL_RESTRICTION"]));
}

#[test]
fn fact_14_an_interface_endpoint_has_groups_and_never_begins() {
    let mut n = two_zones();
    let subnets = vec![n.id("private-a"), n.id("private-c")];
    let closed = n.add("vpc", "endpoint-sg", SecurityGroup::default());
    let endpoint_type = EndpointType::Interface;
    let security_groups = vec![closed];
    let service = "ssm".to_owned();
    n.add("vpc", "ssm", VpcEndpoint { endpoint_type, service, subnets, security_groups, ..VpcEndpoint::default() });
    assert_eq!(blocked(&n, "app", "ssm", 443).0, ["SG_HAS_NO_RULES"]);
    mended(&n, "app", "ssm", 443);
    n.set("endpoint-sg", "inbound", vec![GroupRule::tcp(443, "10.0.0.0/16".parse().unwrap())].to_value());
    opens(&n, "app", "ssm", 443);
    assert!(blocked(&n, "ssm", "app", 80).0.contains(&"VPCE_INTRA_VPC_TRAFFIC"));
}

#[test]
fn prefix_lists_stand_for_their_blocks_in_rules_and_routes() {
    let mut n = two_zones();
    let entries = vec!["198.51.100.0/24".parse().unwrap(), "10.0.2.0/24".parse().unwrap()];
    let list = n.add("region", "offices", PrefixList { entries, service: String::new() });
    let rule = GroupRule { cidr: None, prefix_list: Some(list), ..GroupRule::tcp(80, AnyCidr::default()) };
    n.set("web-sg", "inbound", vec![rule].to_value());
    opens(&n, "198.51.100.7", "web", 80);
    assert_eq!(blocked(&n, "internet", "web", 80).0, ["ENI_SG_RULES_MISMATCH"]);
    // Of equal destinations the block wins over the list.
    let igw = n.id("igw");
    let by_list = Route { prefix_list: Some(list), target: None, ..Route::default() };
    let by_block = Route { destination: "198.51.100.0/24".parse().unwrap(), target: Some(igw), ..Route::default() };
    n.set("public-rt", "routes", vec![by_list, by_block].to_value());
    opens(&n, "web", "198.51.100.7", 443);
    let net = Network::lower(n.design());
    let of_list = net.subnets.iter().find_map(|subnet| net.route(subnet, "198.51.100.7".parse().unwrap()));
    assert_eq!(of_list.map(|route| (route.row, route.listed)), Some((Some(1), false)));
}

/// [`two_zones`] with NLB `nlb` in public-a, TCP listener 80, and target `app-a` in zone a, whose group `target-sg` admits nothing yet.
fn network_balanced() -> Named {
    let mut n = two_zones();
    n.add("vpc", "target-sg", SecurityGroup::default());
    n.refs("app", "security_groups", &["target-sg"]);
    let targets = vec![Target { instance: Some(n.id("app")), ..Target::default() }];
    let protocol = TargetProtocol::Tcp;
    let group = n.add("vpc", "tcp", TargetGroup { protocol, targets, ..TargetGroup::default() });
    let balancer = LoadBalancer {
        balancer_type: crate::catalog::kinds::BalancerType::Network,
        scheme: Scheme::InternetFacing,
        subnets: vec![n.id("public-a")],
        ..LoadBalancer::default()
    };
    n.add("vpc", "nlb", balancer);
    let forwards = vec![Forward { target_group: Some(group), ..Forward::default() }];
    n.add("nlb", "listener", Listener { protocol: ListenerProtocol::Tcp, port: 80, forwards, ..Listener::default() });
    n
}

#[test]
fn fact_17_a_network_balancers_targets_must_admit_the_client() {
    let mut n = network_balanced();
    assert!(blocked(&n, "internet", "nlb", 80).0.contains(&"SG_HAS_NO_RULES"));
    // Only the node's address: not enough, the client's is kept. Health checks come from the node.
    n.set("target-sg", "inbound", vec![GroupRule::tcp(80, "10.0.0.0/16".parse().unwrap())].to_value());
    assert!(blocked(&n, "internet", "nlb", 80).0.contains(&"ENI_SG_RULES_MISMATCH"));
    n.set("target-sg", "inbound", vec![GroupRule::tcp(80, AnyCidr::default())].to_value());
    opens(&n, "internet", "nlb", 80);
    assert_eq!(blocked(&n, "internet", "nlb", 81).0, ["ELBV2_LISTENERS_MISMATCH", "ELBV2_LISTENER_PORT_RESTRICTION"]);
    // By address as well as by name, and a reference to its own group matches.
    let outer =
        n.add("vpc", "nlb-sg", group(vec![GroupRule::tcp(80, AnyCidr::default())], vec![GroupRule::everything()]));
    n.set("nlb", "security_groups", Value::List(vec![outer.into()]));
    n.set("nlb", "public_addresses", Value::List(vec!["203.0.113.20".into()]));
    n.set("target-sg", "inbound", vec![GroupRule::tcp_from(80, outer)].to_value());
    opens(&n, "internet", "203.0.113.20", 80);
    n.set("tcp", "targets", Value::List(vec![]));
    assert_eq!(blocked(&n, "internet", "nlb", 80).0, ["ELBV2_LISTENER_HAS_NO_TG"]);
}

#[test]
fn a_listener_of_both_protocols_passes_on_what_came() {
    let mut n = network_balanced();
    n.set("listener", "protocol", "TCP_UDP");
    n.set("tcp", "protocol", "TCP_UDP");
    n.set("tcp", "health_protocol", "TCP");
    let admits = |n: &mut Named, protocol: &str| {
        let rule = GroupRule { protocol: protocol.parse().unwrap(), ..GroupRule::tcp(80, AnyCidr::default()) };
        n.set("target-sg", "inbound", vec![rule].to_value());
        let asked = |protocol| ask(n, "internet", "nlb", protocol, 80).verdict();
        (asked(Protocol::Tcp), asked(Protocol::Udp))
    };
    // Where no target is healthy all of them get what comes.
    assert_eq!(admits(&mut n, "tcp"), (Verdict::Yes, Verdict::No));
    assert_eq!(admits(&mut n, "udp"), (Verdict::No, Verdict::Yes));
}

#[test]
fn fact_17_ip_targets_see_the_node() {
    let mut n = network_balanced();
    n.set("tcp", "target_type", "ip");
    assert_eq!(TargetType::Ip.as_str(), "ip");
    n.set("app", "private_ip", "10.0.3.10");
    n.set("tcp", "targets", vec![Target { address: "10.0.3.10".to_owned(), ..Target::default() }].to_value());
    n.set("target-sg", "inbound", vec![GroupRule::tcp(80, "10.0.1.0/24".parse().unwrap())].to_value());
    opens(&n, "internet", "nlb", 80);
}

#[test]
fn an_attached_interface_is_another_way_into_its_instance() {
    let mut n = two_zones();
    n.add("vpc", "zone-b", Zone { letter: "b".to_owned() });
    n.add("zone-b", "back", Subnet { cidr: "10.0.9.0/24".parse().unwrap(), ..Subnet::default() });
    let open = n.add("vpc", "open", group(vec![GroupRule::everything()], vec![GroupRule::everything()]));
    let web = n.id("web");
    let private_ip = Some("10.0.9.9".parse().unwrap());
    let back = NetworkInterface { instance: Some(web), private_ip, security_groups: vec![open], ..Default::default() };
    n.add("back", "back-eni", back);
    opens(&n, "app", "10.0.9.9", 22);
    opens(&n, "app", "web", 22);
    assert_eq!(blocked(&n, "app", "10.0.1.5", 22).0, ["ENI_SG_RULES_MISMATCH"]);
}
