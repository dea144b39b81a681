//! Which subnets are public: what follows from the design and what the tracer finds are one answer.

use crate::catalog::kinds::Route;
use crate::facts::Context;
use crate::reach::{Exposures, Network, Pairs, Tier};
use crate::rules::testing::{Named, two_zones};

/// Whether a subnet is public, for both.
#[track_caller]
fn is_public(n: &Named, subnet: &str) -> bool {
    let net = Network::lower(n.design());
    let tier = Exposures::new(n.design(), &net, &Pairs::new(&net)).subnets[&n.id(subnet)].tier;
    let public = Context::new(n.design()).is_public(n.id(subnet));
    assert_eq!(tier == Tier::Public, public, "both answer alike");
    public
}

#[test]
fn two_halves_of_the_internet_make_a_subnet_public() {
    let mut n = two_zones();
    let gateway = Some(n.id("igw"));
    let route = |block: &str, target| Route { destination: block.parse().unwrap(), target, ..Route::default() };
    let mut leads = |routes: &[Route]| {
        n.rows("public-rt", "routes", routes);
        is_public(&n, "public-a")
    };
    assert!(leads(&[route("0.0.0.0/0", gateway)]));
    assert!(leads(&[route("0.0.0.0/1", gateway), route("128.0.0.0/1", gateway)]));
    assert!(!leads(&[route("203.0.113.0/24", gateway)]), "a single network is not the internet");
    assert!(leads(&[route("0.0.0.0/0", gateway), route("8.8.0.0/16", None)]), "one network of it goes elsewhere");
    let quarters = ["0.0.0.0/2", "64.0.0.0/2", "128.0.0.0/2"].map(|quarter| route(quarter, None));
    assert!(!leads(&[&[route("0.0.0.0/0", gateway)], &quarters[..]].concat()), "the longer prefixes lead nowhere");
    assert!(!leads(&[]));
}

#[test]
fn of_two_gateways_the_one_that_is_attached_counts() {
    let mut n = two_zones();
    n.add("vpc", "second", crate::catalog::kinds::InternetGateway);
    let second = Some(n.id("second"));
    assert!(is_public(&n, "public-a"));
    n.rows("public-rt", "routes", &[Route { target: second, ..Route::default() }]);
    assert!(!is_public(&n, "public-a"));
}

#[test]
fn no_rule_complains_of_a_public_subnet_by_halves() {
    let mut n = two_zones();
    let gateway = Some(n.id("igw"));
    let half = |block: &str| Route { destination: block.parse().unwrap(), target: gateway, ..Route::default() };
    n.rows("public-rt", "routes", &[half("0.0.0.0/1"), half("128.0.0.0/1")]);
    let found = crate::rules::check(n.design());
    let wrong = ["nat-gateway-in-private-subnet", "public-address-in-private-subnet", "default-route-missing"];
    assert!(!found.iter().any(|finding| wrong.contains(&finding.rule)), "{found:?}");
}

#[test]
fn a_vpc_of_public_addresses_is_no_less_public() {
    let mut n = two_zones();
    n.set("vpc", "cidr", "8.8.0.0/16");
    assert!(is_public(&n, "public-a"));
}
