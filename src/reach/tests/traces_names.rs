//! The numbered facts about balancers, names, addresses and services, each as a named test.

use crate::catalog::kinds::{
    AutoScalingGroup, ElasticIp, EndpointType, GroupRule, Instance, RecordType, SecurityGroup, Subnet, VpcEndpoint,
};
use crate::catalog::{FieldValue, Value};
use crate::net::{Cidr, Protocol};
use crate::reach::tests::traces::{ask, blocked, end, group, mended, opens};
use crate::reach::{Network, StageKind, UrlTrace, trace_url};
use crate::rules::testing::{Named, named, two_zones};

fn walk_url(named: &Named, from: &str, url: &str) -> UrlTrace {
    let net = Network::lower(named.design());
    trace_url(named.design(), &net, end(named, from), &url.parse().unwrap()).unwrap_or_else(|why| panic!("{why}"))
}

/// The page comes.
#[track_caller]
fn serves(named: &Named, from: &str, url: &str) {
    let answer = walk_url(named, from, url);
    let failed: Vec<_> = answer.stages.iter().filter(|stage| !stage.ok).map(|stage| &stage.message.en).collect();
    assert!(answer.reachable(), "{url} from {from}: {failed:#?}");
}

/// The first stage at which the request fails.
#[track_caller]
fn fails_at(named: &Named, from: &str, url: &str) -> StageKind {
    let answer = walk_url(named, from, url);
    answer.stages.iter().find(|stage| !stage.ok).unwrap_or_else(|| panic!("{url} from {from} comes: {answer:#?}")).kind
}

#[test]
fn fact_16_targets_see_a_node_so_a_reference_to_the_balancers_group_matches() {
    let mut n = named();
    serves(&n, "internet", "https://www.example.com/");
    n.set("app-sg", "inbound", vec![GroupRule::tcp(80, "203.0.113.0/24".parse().unwrap())].to_value());
    assert_eq!(fails_at(&n, "internet", "https://www.example.com/"), StageKind::Targets);
}

#[test]
fn fact_18_a_target_in_a_zone_that_is_not_enabled_gets_nothing() {
    let mut n = named();
    let only_c = n.id("public-c");
    n.set("alb", "subnets", Value::List(vec![only_c.into()]));
    let answer = walk_url(&n, "internet", "https://www.example.com/");
    let targets = &answer.stages.last().unwrap().targets;
    let barred: Vec<_> = targets.iter().map(|target| target.barred.as_ref().map(|blocker| blocker.code)).collect();
    assert_eq!(barred, [Some("ELB_INSTALLED_AZ_RESTRICTION"), None]);
}

#[test]
fn fact_19_listeners_match_protocol_and_port_and_a_group_without_targets_answers_503() {
    let mut n = named();
    assert_eq!(fails_at(&n, "internet", "http://www.example.com:443/"), StageKind::Listener);
    n.set("tg", "targets", Value::List(vec![]));
    assert_eq!(fails_at(&n, "internet", "https://www.example.com/"), StageKind::Targets);
}

#[test]
fn fact_19_redirects_are_followed_and_a_circle_of_them_ends() {
    let mut n = named();
    n.set("http", "action", "redirect");
    serves(&n, "internet", "http://www.example.com/a?b=c");
    n.set("https", "action", "redirect");
    n.set("https", "redirect_path", "/again/#{path}");
    assert_eq!(fails_at(&n, "internet", "https://www.example.com/"), StageKind::Redirect);
}

#[test]
fn fact_22_a_private_zone_answers_only_inside_its_vpcs() {
    let mut n = named();
    let vpc = n.id("vpc");
    n.set("example-zone", "vpcs", Value::List(vec![vpc.into()]));
    assert_eq!(fails_at(&n, "internet", "https://www.example.com/"), StageKind::Name);
    serves(&n, "app", "https://www.example.com/");
}

#[test]
fn fact_23_a_wildcard_covers_exactly_one_label() {
    let mut n = named();
    n.set("cert", "domain", "*.example.com");
    n.set("cert", "alternative_names", Value::List(vec![]));
    serves(&n, "internet", "https://www.example.com/");
    n.set("www", "domain", "example.com");
    assert_eq!(fails_at(&n, "internet", "https://example.com/"), StageKind::Certificate);
}

/// Whether a rule finds something.
fn found(n: &Named, rule: &str) -> bool {
    crate::rules::check(n.design()).iter().any(|finding| finding.rule == rule)
}

#[test]
fn fact_04_nothing_filters_the_resolver_and_instance_metadata() {
    let mut n = two_zones();
    let closed = n.add("vpc", "closed", group(vec![], vec![]));
    n.set("app", "security_groups", Value::List(vec![closed.into()]));
    let edge = n.add("vpc", "edge", crate::reach::tests::traces::acl(vec![], vec![]));
    n.set("private-a", "network_acl", edge);
    for address in ["10.0.0.2", "169.254.169.253", "169.254.169.254"] {
        assert!(ask(&n, "app", address, Protocol::Udp, 53).reachable(), "{address}");
    }
    assert_eq!(blocked(&n, "app", "10.0.0.3", 53).0.first(), Some(&"SG_HAS_NO_RULES"));
    n.set("vpc", "dns_support", false);
    assert!(!ask(&n, "app", "10.0.0.2", Protocol::Udp, 53).reachable());
    assert!(ask(&n, "app", "169.254.169.254", Protocol::Tcp, 80).reachable());
}

#[test]
fn fact_20_an_internal_balancer_has_private_addresses_and_a_name_for_everybody() {
    let mut n = named();
    n.set("alb", "scheme", "internal");
    serves(&n, "app", "https://www.example.com/");
    // The name is answered outside too; what fails is the way.
    assert_eq!(fails_at(&n, "internet", "https://www.example.com/"), StageKind::Network);
    assert!(blocked(&n, "internet", "alb", 443).0.contains(&"IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS"));
}

#[test]
fn fact_21_an_alias_may_stand_at_the_apex_and_a_cname_may_not() {
    let mut n = named();
    n.set("www", "domain", "example.com");
    serves(&n, "internet", "https://example.com/");
    assert!(!found(&n, "cname-at-apex"));
    n.set("www", "alias", Value::None);
    n.set("www", "record_type", RecordType::Cname.as_str());
    n.set("www", "values", Value::List(vec!["www.example.org".into()]));
    assert!(found(&n, "cname-at-apex"));
}

#[test]
fn fact_22_the_longest_zone_wins_and_private_zones_need_both_dns_attributes() {
    let mut n = named();
    let zone = crate::catalog::kinds::HostedZone { domain: "www.example.com".parse().unwrap(), ..Default::default() };
    n.add("region", "longer", zone);
    assert_eq!(fails_at(&n, "internet", "https://www.example.com/"), StageKind::Name);
    let mut n = named();
    let vpc = n.id("vpc");
    n.set("example-zone", "vpcs", Value::List(vec![vpc.into()]));
    serves(&n, "app", "https://www.example.com/");
    for attribute in ["dns_support", "dns_hostnames"] {
        n.set("vpc", attribute, false);
        assert_eq!(fails_at(&n, "app", "https://www.example.com/"), StageKind::Name, "{attribute}");
        n.set("vpc", attribute, true);
    }
}

#[test]
fn fact_24_host_bits_are_dropped_and_five_addresses_of_a_subnet_are_reserved() {
    let block: Cidr = "10.0.0.5/24".parse().unwrap();
    assert_eq!(block.to_string(), "10.0.0.0/24");
    assert_eq!((block.size(), block.usable()), (256, 251));
    let n = two_zones();
    let net = Network::lower(n.design());
    let lowest = net.interfaces.iter().map(|interface| interface.private.octets()[3]).min();
    assert_eq!(lowest, Some(4), "the first four addresses are AWS's own");
    // Sizes, and blocks that lie outside the VPC or overlap.
    for (cidr, rule) in
        [("10.0.1.0/29", "subnet-cidr-size"), ("10.9.0.0/24", "subnet-outside-vpc"), ("10.0.2.0/25", "subnet-overlap")]
    {
        let mut n = two_zones();
        n.set("public-a", "cidr", cidr);
        assert!(found(&n, rule), "{rule}");
    }
    for (cidr, rule) in
        [("172.16.0.0/16", "vpc-secondary-cidr-family"), ("10.0.128.0/20", "vpc-secondary-cidr-overlap")]
    {
        let mut n = two_zones();
        n.set("vpc", "secondary_cidrs", Value::List(vec![cidr.into()]));
        assert!(found(&n, rule), "{rule}");
    }
}

#[test]
fn fact_24_a_secondary_block_is_local_too() {
    let mut n = two_zones();
    n.set("vpc", "secondary_cidrs", Value::List(vec!["10.200.0.0/16".into()]));
    let cidr = "10.200.1.0/24".parse().unwrap();
    n.add("zone-c", "annex", Subnet { cidr, ..Subnet::default() });
    n.add("annex", "extra", Instance { security_groups: vec![n.id("web-sg")], ..Instance::default() });
    opens(&n, "web", "extra", 80);
    assert_eq!(blocked(&n, "web", "10.200.9.9", 80).0, ["NO_POSSIBLE_DESTINATION"]);
}

#[test]
fn fact_25_an_elastic_ip_stays_and_takes_the_place_of_the_address_of_launch() {
    let mut n = two_zones();
    n.set("web", "public_address", "198.51.100.10");
    opens(&n, "internet", "198.51.100.10", 80);
    let public_address = Some("198.51.100.20".parse().unwrap());
    n.add("region", "fixed", ElasticIp { instance: Some(n.id("web")), public_address, ..ElasticIp::default() });
    opens(&n, "internet", "198.51.100.20", 80);
    assert_eq!(blocked(&n, "internet", "198.51.100.10", 80).0, ["IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS"]);
    // Another address after a stop changes nothing about it.
    n.set("web", "public_address", "198.51.100.11");
    opens(&n, "internet", "198.51.100.20", 80);
}

#[test]
fn fact_26_a_task_in_a_private_subnet_pulls_its_image_by_nat_or_by_endpoints() {
    let mut n = two_zones();
    let task = n.add("vpc", "task-sg", group(vec![], vec![GroupRule::everything()]));
    n.add("private-c", "task", Instance { security_groups: vec![task], ..Instance::default() });
    opens(&n, "task", "internet", 443);
    n.set("private-rt", "routes", Value::List(vec![]));
    assert_eq!(blocked(&n, "task", "internet", 443).0, ["NO_ROUTE_TO_DESTINATION"]);
    let gate = n.add("vpc", "endpoint-sg", SecurityGroup::default());
    let subnets = vec![n.id("private-a"), n.id("private-c")];
    for service in ["ecr.api", "ecr.dkr"] {
        let endpoint_type = EndpointType::Interface;
        let security_groups = vec![gate];
        let (service_name, subnets) = (service.to_owned(), subnets.clone());
        n.add(
            "vpc",
            service,
            VpcEndpoint { endpoint_type, service: service_name, subnets, security_groups, ..VpcEndpoint::default() },
        );
        assert_eq!(blocked(&n, "task", service, 443).0.len(), 1, "its group must admit the tasks");
    }
    let tables = vec![n.id("private-rt")];
    n.add("vpc", "layers", VpcEndpoint { route_tables: tables, ..VpcEndpoint::default() });
    mended(&n, "task", "ecr.api", 443);
    n.rows("endpoint-sg", "inbound", &[GroupRule::tcp_from(443, task)]);
    for service in ["ecr.api", "ecr.dkr", "layers"] {
        opens(&n, "task", service, 443);
    }
    // In a public subnet it needs a public address.
    n.add("public-c", "exposed", Instance { security_groups: vec![task], ..Instance::default() });
    opens(&n, "exposed", "internet", 443);
    n.set("exposed", "public_ip", "no");
    assert_eq!(blocked(&n, "exposed", "internet", 443).0, ["IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS"]);
}

#[test]
fn fact_27_the_desired_number_lies_between_the_least_and_the_most() {
    let sizes = |min_size, desired, max_size| {
        let mut n = two_zones();
        let subnets = vec![n.id("private-a")];
        n.add("vpc", "fleet", AutoScalingGroup { min_size, desired, max_size, subnets, ..AutoScalingGroup::default() });
        found(&n, "scaling-size-out-of-order")
    };
    assert_eq!([sizes(1, 2, 4), sizes(3, 2, 4), sizes(1, 5, 4)], [false, true, true]);
}
