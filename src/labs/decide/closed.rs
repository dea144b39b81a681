//! The negative side: nobody else. It is looked for in the whole design and among addresses outside that rules speak of, so that a design which
//! opens everything does not pass.

use std::net::Ipv4Addr;

use super::ways::{ask, guest, is_meant};
use super::{Decider, Decision, Permit, State};
use crate::catalog::kinds::Laptop;
use crate::design::{Expect, Subject};
use crate::id::NodeId;
use crate::labs::check::{Check, Only, Others, Reaches, Request, Traffic, Who};
use crate::labs::scene::Scene;
use crate::message;
use crate::net::{Cidr, PortRange, Protocol};
use crate::reach::network::Owner;
use crate::reach::sets::{intervals, without, words};
use crate::reach::{Endpoint, StageKind, Url, trace_url};

/// Pairs that are traced one by one before all pairs are asked which of them are open.
const FEW: usize = 24;

impl Decider<'_> {
    pub(super) fn only(&self, scene: &Scene, of: &Only) -> Decision {
        let Who::Role(role) = &of.to else { return Decision::holds() };
        let targets = self.nodes(scene, role);
        if targets.is_empty() {
            return self.nobody(scene, role);
        }
        let who = |source: &Subject, _: NodeId| of.from.iter().any(|who| self.is_meant(scene, who, source));
        let internet = of.from.contains(&Who::Internet);
        for to in targets.iter().copied() {
            let sources = self.sources(scene, to, &targets, !internet, true);
            let uninvited: Vec<Subject> = sources.into_iter().filter(|source| !who(source, to)).collect();
            if let Some(decision) = first_guest(scene, &uninvited, to, of.by) {
                return decision;
            }
        }
        Decision::at(State::Holds, message!("다른 곳에서는 연결되지 않아요.", "Nobody else connects."), targets)
    }

    /// Somebody who gets to `targets` though no check of the lab lets them.
    pub(super) fn uninvited(&self, scene: &Scene, others: Others, targets: &[NodeId], by: Traffic) -> Option<Decision> {
        if others == Others::Anybody {
            return None;
        }
        let permits = self.permits(scene);
        for to in targets.iter().copied() {
            if by.port.is_some() || !by.protocol.has_ports() {
                let may = |source: &Subject| {
                    permits.iter().any(|permit| permit.is_for(to, by) && self.is_meant(scene, &permit.who, source))
                };
                let sources = self.sources(scene, to, targets, true, others == Others::Nobody);
                let uninvited: Vec<Subject> = sources.into_iter().filter(|source| !may(source)).collect();
                if let Some(decision) = first_guest(scene, &uninvited, to, by) {
                    return Some(decision);
                }
            }
            if let Some(decision) = self.open_to_internet(scene, permits, to) {
                return Some(decision);
            }
        }
        None
    }

    /// A TCP or UDP port that is open to the internet though no check wants that.
    fn open_to_internet(&self, scene: &Scene, permits: &[Permit], to: NodeId) -> Option<Decision> {
        let meant: Vec<Traffic> = permits
            .iter()
            .filter(|permit| permit.who == Who::Internet && permit.to.contains(&to))
            .map(|permit| permit.by)
            .collect();
        let mut meant: Vec<(u32, u32)> = meant
            .into_iter()
            .map(|by| intervals(by.protocol, by.port.map_or(PortRange::ALL, PortRange::single)))
            .collect();
        meant.sort_unstable();
        let pairs = scene.pairs();
        for ix in scene.net.interfaces_of(to) {
            let Some(passage) = pairs.class_of(*ix).and_then(|class| pairs.inwards.get(class)) else { continue };
            let open = without(pairs.sets.intervals(passage.answered), &meant);
            let Some(by) = told(&words(&open)) else { continue };
            if let Some(decision) = first_guest(scene, &[Subject::Internet], to, by) {
                return Some(decision);
            }
        }
        None
    }

    /// Everybody who might begin: who has an interface of their own in the design, and outside whoever the target's rules speak of.
    fn sources(&self, scene: &Scene, to: NodeId, peers: &[NodeId], outside: bool, inside: bool) -> Vec<Subject> {
        let begins = |owner: Owner| matches!(owner, Owner::Instance | Owner::NetworkInterface | Owner::Managed);
        let mut nodes: Vec<NodeId> = Vec::new();
        if inside {
            let all = scene.net.interfaces.iter().filter(|interface| begins(interface.owner));
            nodes.extend(all.map(|interface| interface.node).filter(|id| *id != to && !peers.contains(id)));
            nodes.sort_unstable();
            nodes.dedup();
        }
        let mut found: Vec<Subject> = nodes.into_iter().map(Subject::Node).collect();
        if outside {
            found.push(Subject::Internet);
            found.extend(scene.net.laptops.keys().map(|laptop| Subject::Node(*laptop)));
            found.extend(spoken_of(scene, to).into_iter().map(Subject::Address));
        }
        found
    }

    /// Whether a source is one of those a check means: by itself, or as an address of a laptop that fills the role.
    fn is_meant(&self, scene: &Scene, who: &Who, source: &Subject) -> bool {
        if is_meant(self.cast, who, source) {
            return true;
        }
        match (who, source) {
            (Who::Role(role), Subject::Address(address)) => {
                let blocks = self.cast.of(role).iter().filter_map(|id| scene.design.get::<Laptop>(*id));
                blocks.into_iter().any(|laptop| laptop.address.contains_addr(*address))
            }
            (Who::Address(address), Subject::Node(id)) => {
                scene.net.laptops.get(id).is_some_and(|block| block.contains_addr(*address))
            }
            _ => false,
        }
    }

    /// Whom the lab's checks let in. What stands under "not" lets nobody in.
    fn permits(&self, scene: &Scene) -> &[Permit] {
        self.permits.get_or_init(|| {
            let mut found = Vec::new();
            self.lab.checks.iter().for_each(|item| self.permits_of(scene, &item.check, &mut found));
            found
        })
    }

    fn permits_of(&self, scene: &Scene, check: &Check, found: &mut Vec<Permit>) {
        match check {
            Check::All(all) | Check::Any(all) => all.iter().for_each(|one| self.permits_of(scene, one, found)),
            Check::Survives(of) => self.permits_of(scene, &of.check, found),
            Check::Reaches(Reaches { from, to: Who::Role(role), by, .. }) => {
                found.push(Permit { who: from.clone(), to: self.nodes(scene, role), by: *by });
            }
            Check::OnlyFrom(Only { from, to: Who::Role(role), by }) => {
                let to = self.nodes(scene, role);
                found.extend(from.iter().map(|who| Permit { who: who.clone(), to: to.clone(), by: *by }));
            }
            Check::Url(of) => self.permits_of_url(scene, of, found),
            _ => {}
        }
    }

    /// Whoever may ask for a page may connect to what takes the request, and to where it redirects.
    fn permits_of_url(&self, scene: &Scene, of: &Request, found: &mut Vec<Permit>) {
        let url = of.url.parse::<Url>().ok().and_then(|url| self.at_role(scene, url).ok());
        let (Some(url), Ok(ends)) = (url, self.ends(scene, &of.from)) else { return };
        let from = match ends.first() {
            Some(Subject::Node(id)) => Endpoint::Node(*id),
            Some(Subject::Address(address)) => Endpoint::Address(*address),
            _ => Endpoint::Internet,
        };
        let Ok(page) = trace_url(&scene.design, &scene.net, from, &url) else { return };
        for stage in page.stages.iter().filter(|stage| stage.kind == StageKind::Network) {
            let port = stage.trace.as_ref().and_then(|way| way.forward.steps.first()).map(|step| step.header_in.ports);
            let port = port.and_then(|ports| ports.only_port()).unwrap_or(url.port);
            let by = Traffic { protocol: Protocol::Tcp, port: Some(port) };
            found.extend(stage.node.map(|node| Permit { who: of.from.clone(), to: vec![node], by }));
        }
    }
}

/// Ports that people know, the likeliest to be tried first.
const KNOWN: [u16; 10] = [22, 3389, 80, 443, 3306, 5432, 8080, 8443, 8000, 3000];

/// Of what is open, the traffic to name: a port that people know if one is among it.
fn told(open: &[(Protocol, PortRange)]) -> Option<Traffic> {
    let with_ports = || open.iter().filter(|(protocol, _)| protocol.has_ports() || *protocol == Protocol::All);
    let known = KNOWN.into_iter().find_map(|port| {
        with_ports().find(|(_, ports)| ports.from_port() <= port && port <= ports.to_port()).map(|(of, _)| (*of, port))
    });
    let (protocol, port) = known.or_else(|| with_ports().next().map(|(of, ports)| (*of, ports.from_port().max(1))))?;
    let protocol = if protocol == Protocol::All { Protocol::Tcp } else { protocol };
    Some(Traffic { protocol, port: Some(port) })
}

/// The first and last public addresses of blocks that the inbound rules of somebody's groups name: of all addresses outside that a rule lets in
/// and another does not, these are enough to tell.
fn spoken_of(scene: &Scene, to: NodeId) -> Vec<Ipv4Addr> {
    let own = scene.net.interfaces_of(to).iter().filter_map(|ix| scene.net.interfaces.get(*ix));
    let groups = own.flat_map(|interface| interface.groups.iter().flatten());
    let mut blocks: Vec<Cidr> = Vec::new();
    for (inbound, _) in groups.filter_map(|group| scene.net.groups.get(group)) {
        for rule in inbound {
            blocks.extend(rule.cidr.and_then(|cidr| cidr.v4()));
            blocks.extend(rule.prefix_list.and_then(|list| scene.net.prefix_lists.get(&list)).into_iter().flatten());
        }
    }
    let inside = |address: Ipv4Addr| {
        address.is_private() || scene.net.vpcs.values().flatten().any(|block| block.contains_addr(address))
    };
    let public = blocks.iter().filter(|block| block.prefix_len() > 0);
    let mut found: Vec<Ipv4Addr> = public.flat_map(|block| [block.first(), block.last()]).collect();
    found.sort_unstable();
    found.dedup();
    found.retain(|address| !inside(*address));
    found
}

/// The first of these who connects.
fn first_guest(scene: &Scene, sources: &[Subject], to: NodeId, by: Traffic) -> Option<Decision> {
    let target = Subject::Node(to);
    let few = sources.len() <= FEW || !scene.net.unknown.is_empty();
    let open = sources.iter().filter(|source| few || may_connect(scene, source, to, by));
    // One after the other: the first that gets in is enough.
    open.filter_map(|source| ask(scene, Expect::Unreached, &[(source, &target)], by).pop())
        .find(crate::reach::Outcome::fails)
        .map(|outcome| guest(by, outcome))
}

/// Whether all pairs know a way; whoever they do not know is traced.
fn may_connect(scene: &Scene, source: &Subject, to: NodeId, by: Traffic) -> bool {
    let Subject::Node(from) = source else { return true };
    let pairs = scene.pairs();
    let classes =
        |id: NodeId| scene.net.interfaces_of(id).iter().map(|ix| pairs.class_of(*ix)).collect::<Option<Vec<_>>>();
    let (Some(froms), Some(tos)) = (classes(*from), classes(to)) else { return true };
    if froms.is_empty() {
        return true;
    }
    let (first, last) = intervals(by.protocol, by.port.map_or(PortRange::ALL, PortRange::single));
    froms
        .iter()
        .flat_map(|from| tos.iter().map(|to| pairs.between(*from, *to)))
        .any(|passage| pairs.sets.intervals(passage.answered).iter().any(|(low, high)| *low <= last && first <= *high))
}
