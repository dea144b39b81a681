//! Reachability at the size of a large account: 10,000 interfaces, 200 subnets, 500 groups of 20 rules, ACLs and routes.
#![allow(missing_docs, clippy::expect_used, clippy::indexing_slicing)] // criterion's macros write functions; a bench may panic

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use groundplan::catalog::kinds::{
    AclRule, ElasticIp, GroupRule, Instance, InternetGateway, NatGateway, NetworkAcl, PublicIp, Region, Route,
    RouteTable, SecurityGroup, Subnet, Vpc, Zone,
};
use groundplan::catalog::{Body, FieldValue};
use groundplan::design::{Design, Edit, Node, Rect};
use groundplan::id::NodeId;
use groundplan::net::{AnyCidr, Cidr, PortRange, Protocol};
use groundplan::reach::{Network, Pairs};

/// A small generator of repeatable numbers, so that every run measures the same network.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % n as u64).unwrap_or_default()
    }
}

fn add(design: &mut Design, next: &mut u32, parent: Option<NodeId>, name: String, body: impl Into<Body>) -> NodeId {
    let id = NodeId(*next);
    *next += 1;
    let node = Node { name, parent, rect: Rect::new(0.0, 0.0, 100.0, 100.0), body: body.into(), origin: String::new() };
    design.apply(&Edit::add(id, node)).expect("the generated node is accepted");
    id
}

fn account() -> (Design, NodeId) {
    let (mut design, mut next, mut dice) = (Design::new(), 1, Dice(42));
    let region = add(&mut design, &mut next, None, "region".into(), Region::default());
    let vpc = add(&mut design, &mut next, Some(region), "vpc".into(), Vpc::default());
    let zones: Vec<NodeId> = ["a", "b", "c"]
        .map(|letter| add(&mut design, &mut next, Some(vpc), letter.into(), Zone { letter: letter.into() }))
        .into();
    let gateway = add(&mut design, &mut next, Some(vpc), "igw".into(), InternetGateway);
    let public = Route { target: Some(gateway), ..Route::default() };
    let public =
        add(&mut design, &mut next, Some(vpc), "public".into(), RouteTable { routes: vec![public], main: false });
    let open = NetworkAcl { inbound: vec![AclRule::default()], outbound: vec![AclRule::default()] };
    let acl = add(&mut design, &mut next, Some(vpc), "acl".into(), open);
    let block = |ix: u32| Cidr::new(std::net::Ipv4Addr::from(0x0A00_0000 + ix * 256), 24).expect("a block");
    let subnets: Vec<NodeId> = (0..200_u32)
        .map(|ix| {
            let subnet = Subnet {
                cidr: block(ix),
                route_table: (ix < 20).then_some(public),
                network_acl: (ix % 4 == 0).then_some(acl),
                ..Subnet::default()
            };
            add(&mut design, &mut next, Some(zones[ix as usize % 3]), format!("subnet-{ix}"), subnet)
        })
        .collect();
    let eip = add(&mut design, &mut next, Some(region), "eip".into(), ElasticIp::default());
    let nat = NatGateway { elastic_ip: Some(eip), ..NatGateway::default() };
    let nat = add(&mut design, &mut next, Some(subnets[0]), "nat".into(), nat);
    let private = Route { target: Some(nat), ..Route::default() };
    add(&mut design, &mut next, Some(vpc), "private".into(), RouteTable { routes: vec![private], main: true });
    let groups: Vec<NodeId> = (0..500)
        .map(|ix| add(&mut design, &mut next, Some(vpc), format!("group-{ix}"), SecurityGroup::default()))
        .collect();
    for group in &groups {
        let rule = |dice: &mut Dice| {
            let from = u16::try_from(dice.below(60_000)).unwrap_or_default();
            let ports =
                PortRange::new(from, from + u16::try_from(dice.below(500)).unwrap_or_default()).expect("ascending");
            let protocol = if dice.below(5) == 0 { Protocol::Udp } else { Protocol::Tcp };
            let (cidr, group) = match dice.below(10) {
                0..4 => (None, Some(groups[dice.below(groups.len())])),
                4..9 => (Some(AnyCidr::V4(block(u32::try_from(dice.below(200)).unwrap_or_default()))), None),
                _ => (Some(AnyCidr::default()), None),
            };
            GroupRule { protocol, ports, cidr, group, prefix_list: None, description: String::new() }
        };
        let rules: Vec<GroupRule> = (0..20).map(|_| rule(&mut dice)).collect();
        design.apply(&Edit::set(*group, "inbound", rules.to_value())).expect("rules are accepted");
    }
    for ix in 0..10_000 {
        let subnet = dice.below(200);
        // Fleets of like servers, as accounts have them: a subnet uses few sets of groups.
        let first = (subnet * 7 + dice.below(9)) % groups.len();
        let mut security_groups = vec![groups[first]];
        if first.is_multiple_of(3) {
            security_groups.push(groups[(first + 1) % groups.len()]);
        }
        let public_ip = if subnet < 20 { PublicIp::Yes } else { PublicIp::No };
        add(
            &mut design,
            &mut next,
            Some(subnets[subnet]),
            format!("i-{ix}"),
            Instance { security_groups, public_ip, ..Instance::default() },
        );
    }
    (design, groups[0])
}

fn reach(c: &mut Criterion) {
    let (design, _) = account();
    let net = Network::lower(&design);
    let pairs = Pairs::new(&net);
    let classes = pairs.classes.classes.len();
    c.bench_function("lower 10,000 interfaces", |b| b.iter(|| Network::lower(black_box(&design))));
    c.bench_function(&format!("all pairs of 10,000 interfaces in {classes} classes"), |b| {
        b.iter(|| Pairs::new(black_box(&net)));
    });
}

criterion_group! { name = benches; config = Criterion::default().sample_size(20); targets = reach }
criterion_main!(benches);
