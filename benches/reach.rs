//! Reachability at the size of a large account: 10,000 interfaces, 200 subnets, 500 groups of 20 rules, ACLs and routes.
#![allow(missing_docs, clippy::expect_used, clippy::print_stdout)] // criterion's macros write functions; a bench may panic and print

use std::hint::black_box;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use groundplan::catalog::FieldValue;
use groundplan::catalog::kinds::{AclRule, GroupRule, NetworkAcl, SecurityGroup};
use groundplan::design::{Design, Diff, Edit};
use groundplan::reach::{Exposures, Network, Pairs, Reach};
use groundplan::samples;

/// An edit, the way there and the way back.
fn edit(design: &Design, edit: &Edit) -> (Design, Diff, Diff) {
    let mut after = design.clone();
    let diff = after.apply(edit).expect("the edit is accepted");
    let back = diff.inverse();
    (after, diff, back)
}

fn reach(c: &mut Criterion) {
    let design = samples::account();
    let net = Network::lower(&design);
    let memory = || {
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
        line.trim().trim_end_matches(" kB").parse::<u64>().unwrap_or_default() / 1024
    };
    let before = memory();
    let pairs = Pairs::new(&net);
    println!("all pairs take {} MiB", memory().saturating_sub(before));
    let classes = pairs.classes.classes.len();
    c.bench_function("lower 10,000 interfaces", |b| b.iter(|| Network::lower(black_box(&design))));
    c.bench_function(&format!("all pairs of 10,000 interfaces in {classes} classes"), |b| {
        b.iter(|| Pairs::new(black_box(&net)));
    });
    c.bench_function("what the internet reaches", |b| b.iter(|| Exposures::new(&design, &net, &pairs)));

    let (group, _, of) = design.all::<SecurityGroup>().next().expect("there are groups");
    let with = |cidr: &str| {
        let mut rules = of.inbound.clone();
        rules.push(GroupRule::tcp(22, cidr.parse().expect("a block")));
        Edit::set(group, "inbound", rules.to_value())
    };
    let (acl, _, rules) = design.all::<NetworkAcl>().next().expect("there is an ACL");
    let mut denied = rules.inbound.clone();
    denied.push(AclRule { number: 50, ports: "22".parse().expect("a port"), ..AclRule::default() });
    let edits = [
        ("a group's rule", with("10.0.7.0/24")),
        ("a group's rule that parts a subnet", with("10.0.7.0/25")),
        ("an ACL's rule", Edit::set(acl, "inbound", denied.to_value())),
    ];
    for (name, made) in edits {
        let (after, diff, _) = edit(&design, &made);
        let reach = Reach::new(&design);
        c.bench_function(&format!("follow an edit of {name}"), |b| {
            b.iter_batched_ref(|| reach.clone(), |reach| reach.follow(&after, &diff), BatchSize::LargeInput);
        });
    }
}

criterion_group! { name = benches; config = Criterion::default().sample_size(20); targets = reach }
criterion_main!(benches);
