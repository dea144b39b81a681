//! Who answers, and the four verdicts: yes, partly, no, not known.

use super::traces::{blocked, end, opens};
use crate::catalog::kinds::{
    BalancerType, Forward, GroupRule, Instance, Listener, ListenerProtocol, LoadBalancer, PublicIp, Route, RouteTable,
    S3Bucket, Scheme, SecurityGroup, Subnet, Target, TargetGroup, TargetProtocol, Vpc, VpcEndpoint, VpcPeering,
};
use crate::catalog::{FieldValue, Value};
use crate::net::{AnyCidr, Protocol};
use crate::reach::{Asked, Endpoint, Network, Pairs, Question, Trace, UrlTrace, Verdict, trace, trace_url};
use crate::rules::Offers;
use crate::rules::testing::{Named, balanced, named, two_zones};

#[track_caller]
fn ask(n: &Named, from: &str, to: &str, port: u16) -> Trace {
    let net = Network::lower(n.design());
    let (from, to) = (end(n, from), end(n, to));
    let question = Question { from, to, protocol: Protocol::Tcp, port: Some(port), source_port: None };
    trace(n.design(), &net, question).unwrap_or_else(|why| panic!("{why}"))
}

#[track_caller]
fn page(n: &Named, from: &str, url: &str) -> UrlTrace {
    let net = Network::lower(n.design());
    trace_url(n.design(), &net, end(n, from), &url.parse().unwrap()).unwrap_or_else(|why| panic!("{why}"))
}

/// Every code that a trace gives: of what blocks and of what happens on the way.
pub(super) fn codes(answer: &Trace) -> Vec<&'static str> {
    let remarks = answer.forward.remarks.iter().chain(&answer.reply.remarks).map(|remark| remark.code);
    let parts = answer.parts.iter().flat_map(|part| part.blockers.iter().map(|blocker| blocker.code));
    answer.blockers().map(|blocker| blocker.code).chain(parts).chain(remarks).collect()
}

/// A VPC with the addresses of the first, and a machine in it with the address of `web`.
fn twins() -> Named {
    let mut n = two_zones();
    n.add("region", "twin", Vpc::default());
    n.add("twin", "twin-net", Subnet { cidr: "10.0.1.0/24".parse().unwrap(), ..Subnet::default() });
    let group = n.id("web-sg");
    for (parent, name) in [("twin-net", "other"), ("public-c", "near")] {
        n.add(parent, name, Instance { security_groups: vec![group], public_ip: PublicIp::No, ..Instance::default() });
    }
    for name in ["web", "other"] {
        n.set(name, "private_ip", "10.0.1.20");
    }
    n.set("web", "public_ip", "no");
    n
}

#[test]
fn fact_25d_a_packet_that_arrives_at_another_machine_did_not_arrive() {
    let n = twins();
    opens(&n, "near", "web", 80);
    let answer = ask(&n, "near", "other", 80);
    assert_eq!(answer.verdict(), Verdict::No);
    assert!(codes(&answer).contains(&"ENI_ADDRESS_RESTRICTION"), "{:?}", codes(&answer));
    assert!(codes(&answer).contains(&"DISCONNECTED_VPCS"), "{:?}", codes(&answer));
    assert!(answer.forward.blockers.iter().any(|blocker| blocker.message.en.contains("web")));
}

#[test]
fn an_answer_that_comes_back_to_another_machine_did_not_come_back() {
    // The hub has routes to the twin, and the twin back; the hub's answers to the first VPC go to the twin.
    let mut n = twins();
    n.add("region", "hub", Vpc { cidr: "10.9.0.0/16".parse().unwrap(), ..Vpc::default() });
    let peer = |n: &mut Named, name: &str, with: &str| {
        let peering = VpcPeering { requester: Some(n.id("hub")), accepter: Some(n.id(with)), accepted: true };
        n.add("region", name, peering)
    };
    let (first, second) = (peer(&mut n, "pcx-vpc", "vpc"), peer(&mut n, "pcx-twin", "twin"));
    let route = |target, to: &str| Route { target: Some(target), destination: to.parse().unwrap(), ..Route::default() };
    let to_twin = vec![route(second, "10.0.0.0/16")];
    let table = n.add("hub", "hub-rt", RouteTable { main: true, routes: to_twin, ..RouteTable::default() });
    n.add(
        "hub",
        "hub-net",
        Subnet { cidr: "10.9.0.0/24".parse().unwrap(), route_table: Some(table), ..Subnet::default() },
    );
    let group = n.id("web-sg");
    n.add("hub-net", "box", Instance { security_groups: vec![group], ..Instance::default() });
    n.set("public-rt", "routes", vec![route(first, "10.9.0.0/16")].to_value());
    let answer = ask(&n, "web", "box", 80);
    assert_eq!((answer.forward.passes(), answer.verdict()), (true, Verdict::No));
    assert!(answer.reply.blockers.iter().any(|blocker| blocker.code == "ENI_ADDRESS_RESTRICTION"));
}

#[test]
fn fact_20b_half_a_balancer_is_partly_reached() {
    let mut n = balanced();
    let whole = ask(&n, "internet", "alb", 80);
    assert_eq!((whole.verdict(), whole.parts.len()), (Verdict::Yes, 2));
    assert_eq!(page(&n, "internet", "http://alb/").verdict(), Verdict::Yes);
    let private = n.id("private-rt");
    n.set("public-c", "route_table", private);
    let half = ask(&n, "internet", "alb", 80);
    assert_eq!((half.verdict(), half.reachable()), (Verdict::Partly, true));
    let told = half.summary().unwrap();
    assert!(told.en.contains("public-c") && told.ko.contains("public-c") && !told.en.contains("public-a"), "{told:?}");
    assert_eq!(page(&n, "internet", "http://alb/").verdict(), Verdict::Partly);
    n.set("public-a", "route_table", private);
    assert_eq!(ask(&n, "internet", "alb", 80).verdict(), Verdict::No);
}

#[test]
fn fact_20_the_name_of_a_public_balancer_leads_out_and_in_again() {
    let mut n = balanced();
    let answer = ask(&n, "app", "alb", 80);
    assert_eq!(answer.verdict(), Verdict::Yes);
    assert!(codes(&answer).contains(&"IGW_NAT_REFLECTION"));
    for wanted in ["NGW_SOURCE_ADDRESS_REASSIGN", "REMAP_EPHEMERAL_PORT", "NGW_DEST_ADDRESS_PRESERVATION"] {
        assert!(codes(&answer).contains(&wanted), "{wanted}");
    }
    // The balancer sees the NAT gateway's address and never the client's group.
    let app = n.id("app-sg");
    n.rows("alb-sg", "inbound", &[GroupRule::tcp_from(80, app)]);
    let answer = ask(&n, "app", "alb", 80);
    assert_eq!(answer.verdict(), Verdict::No);
    assert!(codes(&answer).contains(&"SG_REFERENCES_NOT_PRESERVED"));
    n.rows("alb-sg", "inbound", &[GroupRule::tcp(80, "10.0.0.0/16".parse().unwrap())]);
    assert_eq!(ask(&n, "app", "alb", 80).verdict(), Verdict::No);
    // What it sees can be admitted: the address of the Elastic IP.
    let eip = n.id("eip");
    let by_address = GroupRule { cidr: None, address_of: Some(eip), ..GroupRule::tcp(80, AnyCidr::default()) };
    n.rows("alb-sg", "inbound", &[by_address]);
    assert_eq!(ask(&n, "app", "alb", 80).verdict(), Verdict::Yes);
    // An internal one is met by its private addresses.
    n.set("alb", "scheme", "internal");
    n.rows("alb-sg", "inbound", &[GroupRule::tcp_from(80, app)]);
    assert_eq!(ask(&n, "app", "alb", 80).verdict(), Verdict::Yes);
}

/// An internal NLB on port 8080 with `app` and perhaps `app-c` behind it, whose groups admit the VPC.
fn network_balancer(targets: &[&str]) -> Named {
    let mut n = balanced();
    n.remove("alb");
    n.remove("tg");
    let targets = targets.iter().map(|name| Target { instance: Some(n.id(name)), ..Target::default() }).collect();
    let group = TargetGroup { protocol: TargetProtocol::Tcp, port: 8080, targets, ..TargetGroup::default() };
    n.add("vpc", "pool", group);
    n.set("pool", "health_protocol", "TCP");
    let subnets = vec![n.id("private-a"), n.id("private-c")];
    let nlb = LoadBalancer {
        balancer_type: BalancerType::Network,
        scheme: Scheme::Internal,
        subnets,
        cross_zone: true,
        ..LoadBalancer::default()
    };
    n.add("vpc", "nlb", nlb);
    let forwards = vec![Forward { target_group: Some(n.id("pool")), ..Forward::default() }];
    n.add("nlb", "ear", Listener { protocol: ListenerProtocol::Tcp, port: 8080, forwards, ..Listener::default() });
    n.rows("app-sg", "inbound", &[GroupRule::tcp(8080, "10.0.0.0/16".parse().unwrap())]);
    n
}

#[test]
fn fact_20a_a_target_does_not_reach_itself_through_its_own_balancer() {
    let mut n = network_balancer(&["app"]);
    let itself = ask(&n, "app", "nlb", 8080);
    assert_eq!(itself.verdict(), Verdict::No);
    assert!(codes(&itself).contains(&"ELBV2_SOURCE_ADDRESS_PRESERVATION"));
    assert_eq!(ask(&n, "app-c", "nlb", 8080).verdict(), Verdict::Yes);
    n.set("pool", "keep_client", "false");
    assert_eq!(ask(&n, "app", "nlb", 8080).verdict(), Verdict::Yes);
    // By way of the internet it has another address than its own.
    let mut n = network_balancer(&["web"]);
    n.rows("web-sg", "inbound", &[GroupRule::tcp(8080, AnyCidr::default())]);
    n.refs("nlb", "subnets", &["public-a", "public-c"]);
    n.set("nlb", "scheme", "internet-facing");
    assert_eq!(ask(&n, "web", "nlb", 8080).verdict(), Verdict::Yes);
    // All pairs know it too.
    let by_pairs = |keeps: &str| {
        let mut n = network_balancer(&["app"]);
        n.set("pool", "keep_client", keeps);
        let net = Network::lower(n.design());
        let pairs = Pairs::new(&net);
        let node = net.interfaces_of(n.id("nlb"))[0];
        ["app", "app-c"].map(|from| {
            let from = net.interfaces_of(n.id(from))[0];
            let answered = pairs.between(pairs.class_of(from).unwrap(), pairs.class_of(node).unwrap()).answered;
            pairs.sets.intervals(answered).iter().any(|(low, high)| (*low..=*high).contains(&8080))
        })
    };
    assert_eq!((by_pairs("true"), by_pairs("false")), ([false, true], [true, true]));
    // With two targets a connection fails when it comes back to its sender.
    let two = ask(&network_balancer(&["app", "app-c"]), "app", "nlb", 8080);
    assert_eq!(two.verdict(), Verdict::Partly);
}

#[test]
fn fact_20a_whose_address_targets_see_is_chosen_by_the_group() {
    let mut n = network_balancer(&["app", "app-c"]);
    n.rows(
        "app-sg",
        "inbound",
        &["10.0.3.0/24", "10.0.4.0/24"].map(|block| GroupRule::tcp(8080, block.parse().unwrap())),
    );
    // `web` stands in another subnet, which the targets do not admit.
    assert_eq!(ask(&n, "web", "nlb", 8080).verdict(), Verdict::No);
    n.set("pool", "keep_client", "false");
    assert_eq!(ask(&n, "web", "nlb", 8080).verdict(), Verdict::Yes);
}

#[test]
fn a_node_without_targets_of_its_zone_makes_a_balancer_answer_in_part() {
    let mut n = network_balancer(&["app"]);
    n.set("nlb", "cross_zone", false);
    let answer = ask(&n, "web", "nlb", 8080);
    assert_eq!(answer.verdict(), Verdict::Partly);
    for wanted in ["ELB_NOT_CROSSZONE", "ELBV2_NO_TARGETS_IN_AZ"] {
        assert!(codes(&answer).contains(&wanted), "{wanted}: {:?}", codes(&answer));
    }
}

#[test]
fn a_registered_port_and_a_listeners_port_are_two_things() {
    let mut n = network_balancer(&["app", "app-c"]);
    n.set("pool", "port", "9090");
    let answer = ask(&n, "web", "nlb", 8080);
    assert_eq!(answer.verdict(), Verdict::No);
    for wanted in ["TARGET_PORT_RESTRICTION", "ELBV2_LISTENER_REQUIRES_TG_ACCEPT"] {
        assert!(codes(&answer).contains(&wanted), "{wanted}: {:?}", codes(&answer));
    }
    assert!(codes(&ask(&n, "web", "nlb", 81)).contains(&"ELBV2_LISTENER_PORT_RESTRICTION"));
}

#[test]
fn fact_19_a_balancer_fails_open_and_says_503_only_without_targets() {
    let told = |n: &Named| {
        let page = page(n, "internet", "http://alb/");
        (page.verdict(), page.stages.last().unwrap().message.en.clone())
    };
    let mut n = balanced();
    // Only the health check is closed: every target is unhealthy, and every one is asked.
    n.set("tg", "health_port", "8081");
    let (verdict, message) = told(&n);
    assert!(verdict == Verdict::Yes && !message.contains("503"), "{message}");
    n.rows("app-sg", "inbound", &[] as &[GroupRule]);
    let (verdict, message) = told(&n);
    assert!(verdict == Verdict::No && message.contains("504") && !message.contains("503"), "{message}");
    n.rows("tg", "targets", &[] as &[Target]);
    let (verdict, message) = told(&n);
    assert!(verdict == Verdict::No && message.contains("503"), "{message}");
}

#[test]
fn what_lies_beyond_a_gateway_is_not_known() {
    let mut n = two_zones();
    let route =
        Route { destination: "192.168.0.0/16".parse().unwrap(), outside: "vgw-1".to_owned(), ..Route::default() };
    n.set("private-rt", "routes", vec![route].to_value());
    let answer = ask(&n, "app", "192.168.5.5", 443);
    assert_eq!(answer.verdict(), Verdict::Unknown);
    assert!(answer.blockers().any(|blocker| blocker.message.en.contains("vgw-1") && blocker.fix.is_none()));
    let inwards = ask(&n, "192.168.5.5", "app", 80);
    assert_eq!(inwards.verdict(), Verdict::Unknown);
    assert!(inwards.blockers().all(|blocker| blocker.fix.is_none()));
    // What is closed for certain stays so.
    n.set("web-sg", "inbound", Value::List(vec![]));
    assert_eq!(ask(&n, "192.168.5.5", "app", 80).verdict(), Verdict::No);
}

#[test]
fn fact_25e_a_policy_that_is_not_judged_is_said() {
    let mut n = two_zones();
    n.add("vpc", "s3", VpcEndpoint::default());
    n.refs("s3", "route_tables", &["private-rt"]);
    assert_eq!(ask(&n, "app", "s3", 443).verdict(), Verdict::Yes);
    n.set(
        "s3",
        "policy",
        r#"{"Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"*"}]}"#,
    );
    let some = ask(&n, "app", "s3", 443);
    assert_eq!(some.verdict(), Verdict::Unknown);
    assert!(
        some.blockers().any(|blocker| blocker.code == "UNSUPPORTED_COMPONENT" && blocker.message.en.contains("policy"))
    );
    n.set("s3", "policy", r#"{"Statement":[{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}]}"#);
    assert_eq!(ask(&n, "app", "s3", 443).verdict(), Verdict::No);
    assert!(codes(&ask(&n, "s3", "app", 443)).contains(&"VPCE_GATEWAY_EGRESS_SOURCE_ADDRESS_RESTRICTION"));
}

#[test]
fn a_gateway_that_is_not_attached_carries_nothing_and_is_attached_by_one_edit() {
    let mut n = two_zones();
    let (igw, region) = (n.id("igw"), n.id("region"));
    let mut design = n.design().clone();
    let rect = design.node(igw).unwrap().rect;
    design.apply(&crate::design::Edit::Place { id: igw, parent: Some(region), rect }).unwrap();
    let net = Network::lower(&design);
    let question = |from, to| Question { from, to, protocol: Protocol::Tcp, port: Some(80), source_port: None };
    let out = trace(&design, &net, question(Endpoint::Node(n.id("web")), Endpoint::Internet)).unwrap();
    assert_eq!(out.verdict(), Verdict::No);
    let detached = out.forward.blockers.iter().find(|blocker| blocker.code == "BAD_STATE_ROUTE").unwrap();
    let asked = Asked::Packet(question(Endpoint::Node(n.id("web")), Endpoint::Internet));
    let fix = Offers::new(&design).opening(&asked, detached).unwrap();
    design.apply_all(&fix.edits).unwrap();
    let net = Network::lower(&design);
    assert!(trace(&design, &net, question(Endpoint::Node(n.id("web")), Endpoint::Internet)).unwrap().reachable());
    n.set("web", "public_ip", "yes");
}

#[test]
fn an_elastic_ip_and_a_bucket_are_ends() {
    let mut n = two_zones();
    let web = n.id("web");
    n.set("eip", "instance", web);
    n.set("nat", "elastic_ip", Value::None);
    assert_eq!(ask(&n, "internet", "eip", 80).verdict(), Verdict::Yes);
    assert_eq!(ask(&n, "internet", "eip", 81).verdict(), Verdict::No);
    n.add("region", "files", S3Bucket::default());
    assert_eq!(ask(&n, "app", "files", 443).verdict(), Verdict::No, "the NAT gateway has lost its address");
    n.add("vpc", "s3", VpcEndpoint::default());
    n.refs("s3", "route_tables", &["private-rt"]);
    assert_eq!(ask(&n, "app", "files", 443).verdict(), Verdict::Yes);
    n.set("eip", "instance", Value::None);
    let net = Network::lower(n.design());
    let question = Question {
        from: Endpoint::Internet,
        to: end(&n, "eip"),
        protocol: Protocol::Tcp,
        port: Some(80),
        source_port: None,
    };
    assert!(trace(n.design(), &net, question).is_err());
}

#[test]
fn nobody_reads_addresses_that_stand_in_for_others() {
    let mut n = named();
    n.rows("web-sg", "inbound", &[] as &[GroupRule]);
    for (from, to, port) in
        [("internet", "web", 80), ("app", "web", 81), ("app", "alb", 8080), ("web", "internet", 443)]
    {
        let answer = ask(&n, from, to, port);
        for blocker in answer.blockers() {
            for text in [&blocker.message.ko, &blocker.message.en] {
                assert!(!text.contains("8.8.8.8") && !text.contains("198.18.") && !text.contains("TCP 0"), "{text}");
            }
        }
    }
    assert!(
        ask(&n, "internet", "web", 80).blockers().any(|blocker| blocker.message.en.contains("anybody on the internet"))
    );
}

#[test]
fn a_stopped_instance_is_said_to_be() {
    let mut n = two_zones();
    n.set("web", "stopped", true);
    let answer = ask(&n, "internet", "web", 80);
    assert!(answer.reachable() && answer.notes.iter().any(|note| note.en.contains("web is stopped")));
    assert!(ask(&n, "internet", "app", 80).notes.is_empty());
}

#[test]
fn routes_that_lose_and_zones_that_are_crossed_are_told() {
    let mut n = two_zones();
    let gone = Route { destination: "198.51.100.0/24".parse().unwrap(), ..Route::default() };
    let nat = Route { target: Some(n.id("nat")), ..Route::default() };
    n.set("private-rt", "routes", vec![nat, gone].to_value());
    let answer = ask(&n, "app", "198.51.100.9", 443);
    assert!(codes(&answer).contains(&"MORE_SPECIFIC_ROUTE"), "{:?}", codes(&answer));
    let group = n.id("web-sg");
    n.add("private-c", "far", Instance { security_groups: vec![group], ..Instance::default() });
    assert!(codes(&ask(&n, "app", "far", 80)).contains(&"AVAILABILITY_ZONE_CROSSED"));
    assert!(!codes(&ask(&n, "app", "web", 80)).contains(&"AVAILABILITY_ZONE_CROSSED"));
    let (igw, nat) = (n.id("igw"), n.id("nat"));
    let both = [igw, nat].map(|target| Route { target: Some(target), ..Route::default() });
    n.set("private-rt", "routes", both.to_vec().to_value());
    assert!(codes(&ask(&n, "app", "internet", 443)).contains(&"HIGHER_PRIORITY_ROUTE"));
    n.set("private-rt", "routes", Value::List(vec![]));
    assert!(codes(&ask(&n, "app", "internet", 443)).contains(&"VPC_LOCAL_ROUTE_CIDR_RESTRICTION"));
}

#[test]
fn addresses_that_the_internet_does_not_carry_are_named() {
    let n = two_zones();
    assert!(blocked(&n, "web", "100.64.1.1", 443).0.contains(&"IGW_DESTINATION_ADDRESS_NOT_IN_RFC6598_EGRESS"));
    assert!(blocked(&n, "web", "192.168.1.1", 443).0.contains(&"IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS"));
    assert!(blocked(&n, "100.64.1.1", "web", 80).0.contains(&"IGW_SOURCE_ADDRESS_NOT_IN_RFC6598_INGRESS"));
    assert!(blocked(&n, "internet", "10.0.3.99", 80).0.contains(&"IGW_EXPECTS_PUBLIC_ADDRESS"));
    assert!(blocked(&n, "internet", "192.168.7.7", 80).0.contains(&"IGW_DESTINATION_ADDRESS_IN_VPC_CIDRS"));
}

#[test]
fn a_peers_nat_gateway_serves_the_peer_alone() {
    let mut n = two_zones();
    n.add("region", "hub", Vpc { cidr: "10.9.0.0/16".parse().unwrap(), ..Vpc::default() });
    let peering = VpcPeering { requester: Some(n.id("hub")), accepter: Some(n.id("vpc")), accepted: true };
    let pcx = n.add("region", "pcx", peering);
    let routes = vec![Route { target: Some(pcx), ..Route::default() }];
    let table = n.add("hub", "hub-rt", RouteTable { main: true, routes, ..RouteTable::default() });
    n.add(
        "hub",
        "hub-net",
        Subnet { cidr: "10.9.0.0/24".parse().unwrap(), route_table: Some(table), ..Subnet::default() },
    );
    n.add("hub-net", "box", Instance::default());
    assert!(codes(&ask(&n, "box", "internet", 443)).contains(&"NGW_REQUIRES_SOURCE_IN_VPC"));
}

#[test]
fn a_group_that_a_deployment_fills_is_not_known() {
    let text = r#"{"Parameters": {"Who": {"Type": "String"}}, "Resources": {
        "Net": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.0.0.0/16"}},
        "Room": {"Type": "AWS::EC2::Subnet", "Properties": {"VpcId": {"Ref": "Net"}, "CidrBlock": "10.0.1.0/24"}},
        "Sg": {"Type": "AWS::EC2::SecurityGroup", "Properties": {"GroupDescription": "x", "VpcId": {"Ref": "Net"},
            "SecurityGroupIngress": [{"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "CidrIp": {"Ref": "Who"}},
                {"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "CidrIp": "10.0.0.0/16"}]}},
        "One": {"Type": "AWS::EC2::Instance", "Properties": {"SubnetId": {"Ref": "Room"}, "SecurityGroupIds": [{"Ref": "Sg"}]}},
        "Two": {"Type": "AWS::EC2::Instance", "Properties": {"SubnetId": {"Ref": "Room"}, "SecurityGroupIds": [{"Ref": "Sg"}]}}}}"#;
    let design = crate::cloudformation::import(text).unwrap().design;
    let net = Network::lower(&design);
    let id = |name: &str| design.nodes().find(|(_, node)| node.name == name).unwrap().0;
    let verdict = |port| {
        let (from, to) = (Endpoint::Node(id("One")), Endpoint::Node(id("Two")));
        let question = Question { from, to, protocol: Protocol::Tcp, port: Some(port), source_port: None };
        trace(&design, &net, question).unwrap().verdict()
    };
    assert_eq!((verdict(22), verdict(80), verdict(81)), (Verdict::Unknown, Verdict::Yes, Verdict::Unknown));
    assert!(design.all::<SecurityGroup>().count() == 1);
}

#[test]
fn answers_do_not_go_round_where_subnets_overlap() {
    let mut n = two_zones();
    n.set("private-a", "cidr", "10.0.1.0/24");
    // The server has the address of the gateway by which it goes out.
    for (node, field) in [("app", "private_ip"), ("nat", "private_ip")] {
        n.set(node, field, "10.0.1.77");
    }
    let answer = ask(&n, "app", "internet", 443);
    assert_eq!(answer.verdict(), Verdict::No);
    assert!(answer.blockers().any(|blocker| blocker.message.en.contains("10.0.1.77")), "{answer:#?}");
}
