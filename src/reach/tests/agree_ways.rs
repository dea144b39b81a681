//! All pairs against single traces where routes are odd: appliances, blackholes within the VPC, balancers, VPCs that meet by public addresses. And
//! pairs that follow edits against pairs computed again.

use proptest::prelude::*;

use super::agree::{acl_rule, acls, groups, members, rule, same, sketch, written};
use crate::catalog::FieldValue;
use crate::catalog::kinds::{
    BalancerType, Forward, Instance, InternetGateway, Listener, ListenerProtocol, LoadBalancer, PublicIp, Route,
    RouteTable, Scheme, Subnet, Target, TargetGroup, TargetProtocol, TargetType, Vpc,
};
use crate::design::Edit;
use crate::reach::network::{Changed, Owner};
use crate::reach::{Endpoint, Network, Pairs, Reach};
use crate::rules::testing::Named;

/// What makes routes odd.
#[derive(Clone, Debug)]
struct Oddity {
    /// A row of the private table: what it leads to, and where.
    private: Option<(usize, usize)>,
    /// The same of the public table.
    public: Option<(usize, usize)>,
    /// Whether each of the first instances forwards.
    forwards: [bool; 2],
}

const DESTINATIONS: [&str; 6] = ["0.0.0.0/0", "10.0.1.0/24", "10.0.3.0/24", "10.0.4.4/30", "8.8.0.0/16", "10.0.2.0/23"];

fn oddity() -> impl Strategy<Value = Oddity> {
    let row = || prop::option::weighted(0.8, (0_usize..5, 0..DESTINATIONS.len()));
    (row(), row(), prop::array::uniform2(prop::bool::weighted(0.7))).prop_map(|(private, public, forwards)| Oddity {
        private,
        public,
        forwards,
    })
}

/// Leads some packets through instances, a NAT gateway or nowhere.
fn bend(n: &mut Named, oddity: &Oddity) {
    for (table, row) in [("private-rt", oddity.private), ("public-rt", oddity.public)] {
        let Some((target, to)) = row else { continue };
        let target = match target {
            0 | 1 => Some(n.id(&format!("i{target}"))),
            2 => Some(n.id("nat")),
            3 => Some(n.id("igw")),
            _ => None,
        };
        let mut routes = n.design().get::<RouteTable>(n.id(table)).unwrap().routes.clone();
        let destination = DESTINATIONS[to].parse().unwrap();
        routes.retain(|route| route.destination != destination);
        routes.push(Route { destination, target, ..Route::default() });
        n.set(table, "routes", routes.to_value());
    }
    for (ix, forwards) in oddity.forwards.iter().enumerate() {
        n.set(&format!("i{ix}"), "source_dest_check", !*forwards);
    }
}

fn same_of_all(n: &Named) {
    let net = Network::lower(n.design());
    let pairs = Pairs::new(&net);
    let all: Vec<usize> = (0..net.interfaces.len()).filter(|ix| pairs.class_of(*ix).is_some()).collect();
    for a in &all {
        let (first, from) = (&net.interfaces[*a], pairs.class_of(*a).unwrap());
        if first.owner == Owner::BalancerNode {
            same(
                n,
                &net,
                &pairs,
                pairs.inwards[from],
                Endpoint::Internet,
                first.public.map_or(Endpoint::Address(first.private), |public| Endpoint::Address(public.address)),
            );
            continue;
        }
        for b in all.iter().filter(|b| a != *b) {
            let (second, to) = (&net.interfaces[*b], pairs.class_of(*b).unwrap());
            let near = net.subnets[first.subnet].vpc == net.subnets[second.subnet].vpc;
            // A balancer has several nodes, and each is meant alone: an internet-facing one by its public address, from its own VPC too.
            let by_name = second.public.filter(|_| second.owner == Owner::BalancerNode);
            let end = match by_name {
                Some(public) => Endpoint::Address(public.address),
                None if near => Endpoint::Address(second.private),
                None => Endpoint::Node(second.node),
            };
            same(n, &net, &pairs, pairs.between(from, to), Endpoint::Node(first.node), end);
        }
        same(n, &net, &pairs, pairs.outwards[from], Endpoint::Node(first.node), Endpoint::Internet);
        same(n, &net, &pairs, pairs.inwards[from], Endpoint::Internet, Endpoint::Node(first.node));
    }
}

/// An NLB and an ALB in the public subnets, the first instances as targets.
fn balance(n: &mut Named, (own, ip, cross_zone, probe): (Option<usize>, bool, bool, bool)) {
    let targets: Vec<Target> = [0, 1]
        .iter()
        .map(|ix| {
            let id = n.id(&format!("i{ix}"));
            let address = format!("10.0.{}.{}", 250, 10 + ix);
            if ip {
                Target { address, ..Target::default() }
            } else {
                Target { instance: Some(id), ..Target::default() }
            }
        })
        .collect();
    let target_type = if ip { TargetType::Ip } else { TargetType::Instance };
    let health_port = if probe { "443" } else { "traffic-port" }.to_owned();
    let protocol = TargetProtocol::Tcp;
    let group =
        n.add("vpc", "tg", TargetGroup { targets, target_type, protocol, health_port, ..TargetGroup::default() });
    for (name, balancer_type, port) in [("nlb", BalancerType::Network, 80), ("alb", BalancerType::Application, 443)] {
        let security_groups = own.map(|own| n.id(&format!("g{own}"))).into_iter().collect();
        let scheme = Scheme::InternetFacing;
        let subnets = if cross_zone { vec![n.id("public-a")] } else { vec![n.id("public-a"), n.id("public-c")] };
        n.add(
            "vpc",
            name,
            LoadBalancer { balancer_type, scheme, subnets, security_groups, cross_zone, ..LoadBalancer::default() },
        );
        let forwards = vec![Forward { target_group: Some(group), ..Forward::default() }];
        let protocol = if name == "nlb" { ListenerProtocol::Tcp } else { ListenerProtocol::Http };
        n.add(name, &format!("{name}-listener"), Listener { protocol, port, forwards, ..Listener::default() });
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    #[test]
    fn pairs_past_appliances_say_what_single_traces_say(
        groups in groups(1..5, 1..3), acls in acls(1..5, 0..4), members in members(0.5, 2..6), tables in any::<[bool; 4]>(), oddity in oddity(),
    ) {
        let mut n = sketch(&groups, &acls, &members, tables);
        bend(&mut n, &oddity);
        same_of_all(&n);
    }

    #[test]
    fn pairs_with_balancers_say_what_single_traces_say(
        groups in groups(1..5, 1..3), acls in acls(1..5, 0..3), members in members(0.5, 2..6),
        balancing in (prop::option::of(0_usize..3), prop::bool::weighted(0.2), any::<bool>(), any::<bool>()),
    ) {
        let mut n = sketch(&groups, &acls, &members, [true, false, true, false]);
        balance(&mut n, balancing);
        same_of_all(&n);
    }

    #[test]
    fn pairs_of_vpcs_that_meet_by_public_addresses_say_what_single_traces_say(
        groups in groups(1..5, 1..3), acls in acls(1..5, 0..3), members in members(0.5, 2..6), tables in any::<[bool; 4]>(), oddity in prop::option::weighted(0.3, oddity()),
        far in prop::collection::vec((0_usize..4, any::<bool>()), 1..3),
        (inside, public) in (any::<bool>(), any::<bool>()),
    ) {
        let mut n = sketch(&groups, &acls, &members, tables);
        if let Some(oddity) = oddity {
            bend(&mut n, &oddity);
        }
        n.add("region", "other", Vpc { cidr: "10.1.0.0/16".parse().unwrap(), ..Vpc::default() });
        if inside {
            n.add("other", "far-igw", InternetGateway);
        }
        let target = if inside { Some(n.id("far-igw")) } else { None };
        let routes = if public { vec![Route { target, ..Route::default() }] } else { vec![] };
        let table = n.add("other", "far-rt", RouteTable { main: true, routes, ..RouteTable::default() });
        n.add("other", "far", Subnet { cidr: "10.1.0.0/24".parse().unwrap(), route_table: Some(table), ..Subnet::default() });
        for (ix, (group, public)) in far.iter().enumerate() {
            let security_groups = (*group < 3).then(|| n.id(&format!("g{group}"))).into_iter().collect();
            let public_ip = if *public { PublicIp::Yes } else { PublicIp::No };
            n.add("far", &format!("f{ix}"), Instance { security_groups, public_ip, ..Instance::default() });
        }
        same_of_all(&n);
    }

    #[test]
    fn following_edits_is_computing_again(
        groups in groups(1..5, 1..3), acls in acls(1..5, 0..4), members in members(0.5, 2..6), tables in any::<[bool; 4]>(),
        oddity in prop::option::weighted(0.3, oddity()), balancing in any::<bool>(), other in any::<bool>(),
        edits in prop::collection::vec((0_usize..6, prop::collection::vec(rule(), 0..5), prop::collection::vec(acl_rule(), 0..5)), 1..6),
    ) {
        let mut n = sketch(&groups, &acls, &members, tables);
        if let Some(oddity) = oddity {
            bend(&mut n, &oddity);
        }
        if balancing {
            balance(&mut n, (Some(0), false, true, false));
        }
        if other {
            n.add("region", "other", Vpc { cidr: "10.1.0.0/16".parse().unwrap(), ..Vpc::default() });
            let igw = n.add("other", "far-igw", InternetGateway);
            let table = n.add("other", "far-rt", RouteTable { main: true, routes: vec![Route { target: Some(igw), ..Route::default() }], ..RouteTable::default() });
            n.add("other", "far", Subnet { cidr: "10.1.0.0/24".parse().unwrap(), route_table: Some(table), ..Subnet::default() });
            n.add("far", "f0", Instance { public_ip: PublicIp::Yes, ..Instance::default() });
        }
        let ids: Vec<_> = (0..3).map(|ix| n.id(&format!("g{ix}"))).collect();
        let mut design = n.design().clone();
        let mut reach = Reach::new(&design);
        for (which, rules, acl_rules) in edits {
            let edit = match which {
                0..3 => Edit::set(ids[which], if rules.len() % 2 == 0 { "inbound" } else { "outbound" }, written(&rules, &ids).to_value()),
                3 => Edit::Rename { id: ids[0], name: "again".to_owned() },
                _ if acls.is_empty() => Edit::set(n.id("i0"), "source_dest_check", rules.is_empty()),
                _ => Edit::set(n.id("acl0"), if which == 4 { "inbound" } else { "outbound" }, acl_rules.to_value()),
            };
            let diff = design.apply(&edit).unwrap();
            let changed = reach.follow(&design, &diff);
            prop_assert!(!diff.is_empty() || changed == Changed::Nothing);
            equal(&reach, &Reach::new(&design))?;
        }
    }
}

/// The same between all interfaces, though classes and ids of sets may differ.
fn equal(one: &Reach, other: &Reach) -> Result<(), TestCaseError> {
    let told = |reach: &Reach, verdict: crate::reach::Passage| {
        let of = |id| reach.pairs.sets.intervals(id).to_vec();
        (of(verdict.traffic), of(verdict.answered))
    };
    for a in 0..one.net.interfaces.len() {
        let (Some(from), Some(from_other)) = (one.pairs.class_of(a), other.pairs.class_of(a)) else { continue };
        for b in (0..one.net.interfaces.len()).filter(|b| *b != a) {
            let (Some(to), Some(to_other)) = (one.pairs.class_of(b), other.pairs.class_of(b)) else { continue };
            let (followed, again) = (one.pairs.between(from, to), other.pairs.between(from_other, to_other));
            prop_assert_eq!(told(one, followed), told(other, again), "{} -> {}", a, b);
        }
        for side in [|pairs: &Pairs, ix: usize| pairs.inwards[ix], |pairs: &Pairs, ix: usize| pairs.outwards[ix]] {
            prop_assert_eq!(told(one, side(&one.pairs, from)), told(other, side(&other.pairs, from_other)));
        }
    }
    Ok(())
}

#[test]
fn an_edit_of_a_rule_parts_and_keeps_classes() {
    let mut n = crate::rules::testing::two_zones();
    for name in ["one", "two"] {
        n.add("private-c", name, Instance::default());
    }
    n.set("one", "private_ip", "10.0.4.10");
    n.set("two", "private_ip", "10.0.4.200");
    let mut design = n.design().clone();
    let mut reach = Reach::new(&design);
    let class = |reach: &Reach, name: &str| reach.pairs.class_of(reach.net.interfaces_of(n.id(name))[0]);
    assert_eq!(class(&reach, "one"), class(&reach, "two"));
    let rule = crate::catalog::kinds::GroupRule::tcp(22, "10.0.4.128/25".parse().unwrap());
    let diff = design.apply(&Edit::set(n.id("web-sg"), "inbound", vec![rule].to_value())).unwrap();
    assert!(matches!(reach.follow(&design, &diff), Changed::Filters { .. }));
    assert_ne!(class(&reach, "one"), class(&reach, "two"));
    let passes = |from: &str| {
        let verdict = reach.pairs.between(class(&reach, from).unwrap(), class(&reach, "web").unwrap());
        reach.pairs.sets.intervals(verdict.answered).iter().any(|(low, high)| (*low..=*high).contains(&22))
    };
    assert_eq!((passes("one"), passes("two")), (false, true));
}
