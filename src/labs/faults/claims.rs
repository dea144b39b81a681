//! What a design does now, as claims: what a fault is held against where nobody says what should be so.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::kinds::{Listener, RecordSet};
use crate::design::{Assertion, Design, Expect, Loss, Subject, Wanted};
use crate::id::NodeId;
use crate::net::Protocol;
use crate::reach::network::Owner;
use crate::reach::{Exposures, Network, Outcome, Pairs, judge};

/// Claims that are looked at.
const MAX_CLAIMS: usize = 200;
/// Claims of which it is asked whether they hold when a zone is lost.
const MAX_LOST: usize = 6;

/// Claims that hold in a design: those that are pinned, and what it does as it is.
pub fn derived(design: &Design) -> Vec<Assertion> {
    let net = Network::lower(design);
    let mut claims = design.assertions().to_vec();
    claims.extend(pages(design));
    claims.extend(connections(design, &net));
    claims.truncate(MAX_CLAIMS);
    let mut holding = holding(design, &net, claims);
    let lost: Vec<Assertion> = holding
        .iter()
        .filter(|claim| claim.expect == Expect::Reaches && claim.lost.is_none() && claim.from == Subject::Internet)
        .chain(holding.iter().filter(|claim| matches!(&claim.wanted, Wanted::Traffic { to: Subject::Internet, .. })))
        .take(MAX_LOST)
        .map(|claim| Assertion { lost: Some(Loss::AnyZone), ..claim.clone() })
        .collect();
    holding.extend(self::holding(design, &net, lost));
    holding
}

fn holding(design: &Design, net: &Network, claims: Vec<Assertion>) -> Vec<Assertion> {
    let outcomes = judge(design, net, &BTreeMap::new(), &claims);
    claims.into_iter().zip(outcomes).filter(|(_, outcome)| Outcome::holds(outcome)).map(|(claim, _)| claim).collect()
}

/// The pages of all records, by both protocols.
fn pages(design: &Design) -> Vec<Assertion> {
    let names: BTreeSet<String> = design.all::<RecordSet>().map(|(_, _, record)| record.domain.to_string()).collect();
    let urls = names.iter().flat_map(|name| ["https", "http"].map(|scheme| format!("{scheme}://{name}/")));
    let paths = design.all::<Listener>().flat_map(|(_, _, listener)| {
        listener
            .rules
            .iter()
            .flat_map(|rule| rule.paths.iter().map(|path| path.trim_end_matches('*').to_owned()))
            .collect::<Vec<_>>()
    });
    let paths: BTreeSet<String> = paths.filter(|path| path.starts_with('/') && path.len() > 1).collect();
    let deep = names.iter().flat_map(|name| paths.iter().map(move |path| format!("https://{name}{path}")));
    let claim = |url: String| Assertion {
        expect: Expect::Reaches,
        from: Subject::Internet,
        wanted: Wanted::Page(url),
        lost: None,
    };
    urls.chain(deep).map(claim).collect()
}

fn connections(design: &Design, net: &Network) -> Vec<Assertion> {
    let exposures = Exposures::new(design, net, &Pairs::new(net));
    let begins =
        |owner: Owner| matches!(owner, Owner::Instance | Owner::NetworkInterface | Owner::Managed | Owner::Function);
    let nodes: BTreeSet<NodeId> =
        net.interfaces.iter().filter(|interface| begins(interface.owner)).map(|interface| interface.node).collect();
    let mut found = Vec::new();
    for (id, exposure) in &exposures.resources {
        let ports = exposure.traffic.iter().filter(|(protocol, _)| *protocol == Protocol::Tcp).take(4);
        found.extend(
            ports.map(|(_, ports)| Assertion::reaches(Subject::Internet, Subject::Node(*id), ports.from_port())),
        );
    }
    for id in &nodes {
        found.push(Assertion::reaches(Subject::Node(*id), Subject::Internet, 443));
        let unreached = Wanted::Traffic { to: Subject::Node(*id), protocol: Protocol::Tcp, port: None };
        found.push(Assertion { expect: Expect::Unreached, from: Subject::Internet, wanted: unreached, lost: None });
    }
    let begin: Vec<NodeId> = nodes.iter().copied().chain(net.laptops.keys().copied()).collect();
    for to in &nodes {
        for port in ports_of(net, *to) {
            for from in begin.iter().filter(|from| *from != to) {
                found.push(Assertion::reaches(Subject::Node(*from), Subject::Node(*to), port));
            }
        }
    }
    found
}

/// The TCP ports that somebody's groups speak of.
fn ports_of(net: &Network, id: NodeId) -> BTreeSet<u16> {
    let own = net.interfaces_of(id).iter().filter_map(|ix| net.interfaces.get(*ix));
    let groups = own.flat_map(|interface| interface.groups.iter().flatten()).filter_map(|group| net.groups.get(group));
    let rules = groups.flat_map(|(inbound, _)| inbound).filter(|rule| rule.protocol == Protocol::Tcp);
    rules.filter_map(|rule| rule.ports.only_port()).collect()
}
