//! The negative side: nobody else. It is looked for in the whole design and among addresses outside that rules speak of, so that a design which
//! opens everything does not pass.

use super::stranger::stranger;
use super::ways::{ask, guest, is_meant};
use super::{Decider, Decision, Permit, State};
use crate::catalog::Kind;
use crate::catalog::kinds::Laptop;
use crate::design::{Expect, Subject};
use crate::id::NodeId;
use crate::labs::check::{Check, Only, Others, Reaches, Request, Traffic, Who};
use crate::labs::said::traffic;
use crate::labs::scene::Scene;
use crate::message;
use crate::net::{PortRange, Protocol};
use crate::reach::filter::{Direction, rules};
use crate::reach::internet::open_to;
use crate::reach::network::Owner;
use crate::reach::sets::{Sets, intervals, without, words};
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
        let invited = |source: &Subject| of.from.iter().any(|who| self.is_meant(scene, who, source));
        let internet = of.from.contains(&Who::Internet);
        for to in targets.iter().copied() {
            let sources = sources(scene, to, !internet, true);
            let uninvited: Vec<Subject> = sources.into_iter().filter(|source| !invited(source)).collect();
            for by in of.traffic() {
                let own = || Some(to).filter(|to| !invited(&Subject::Node(*to))).and_then(|to| twins(scene, to, by));
                let next = || stranger(scene, to, by, &invited);
                if let Some(decision) = first_guest(scene, &uninvited, to, by).or_else(own).or_else(next) {
                    return decision;
                }
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
                let inside = others == Others::Nobody;
                let uninvited: Vec<Subject> =
                    sources(scene, to, true, inside).into_iter().filter(|source| !may(source)).collect();
                let own =
                    || Some(to).filter(|to| inside && !may(&Subject::Node(*to))).and_then(|to| twins(scene, to, by));
                let next = || Some(to).filter(|_| inside).and_then(|to| stranger(scene, to, by, &may));
                if let Some(decision) = first_guest(scene, &uninvited, to, by).or_else(own).or_else(next) {
                    return Some(decision);
                }
            }
            if let Some(decision) = self.open_to_internet(scene, permits, to) {
                return Some(decision);
            }
        }
        None
    }

    /// A TCP or UDP port that is open to some part of the internet though no check wants that.
    fn open_to_internet(&self, scene: &Scene, permits: &[Permit], to: NodeId) -> Option<Decision> {
        for (at, address) in scene.internet().iter().enumerate() {
            let source = if at == 0 { Subject::Internet } else { Subject::Address(*address) };
            let invited: Vec<&Permit> = permits
                .iter()
                .filter(|permit| permit.to.contains(&to) && self.is_meant(scene, &permit.who, &source))
                .collect();
            // Whoever a check lets in by name is no stranger; what more they may do is for checks to ask.
            if invited.iter().any(|permit| permit.who != Who::Internet) {
                continue;
            }
            let mut meant: Vec<(u32, u32)> = invited
                .into_iter()
                .map(|permit| permit.by)
                .map(|by| intervals(by.protocol, by.port.map_or(PortRange::ALL, PortRange::single)))
                .collect();
            meant.sort_unstable();
            for ix in scene.net.interfaces_of(to) {
                let open = words(&without(&open_to(&scene.net, *address, *ix), &meant));
                // Each stretch by itself, in case what is named first does not come through.
                let each = open.chunks(1).filter_map(told);
                for by in told(&open).into_iter().chain(each) {
                    if let Some(decision) = first_guest(scene, std::slice::from_ref(&source), to, by) {
                        return Some(decision);
                    }
                }
            }
        }
        None
    }

    /// Whether a source is one of those a check means: by itself, or as an address of a laptop that fills the role.
    fn is_meant(&self, scene: &Scene, who: &Who, source: &Subject) -> bool {
        if is_meant(self.cast, who, source) {
            return true;
        }
        match (who, source) {
            (Who::Role(role), Subject::Address(address)) => {
                let laptop = |id: &NodeId| scene.design.get::<Laptop>(*id).map(|laptop| laptop.address);
                let blocks = |id: &NodeId| laptop(id).into_iter().chain(scene.networks_behind(*id));
                self.cast.of(role).iter().flat_map(blocks).any(|block| block.contains_addr(*address))
            }
            (Who::Address(address), Subject::Node(id)) => {
                scene.net.laptops.get(id).is_some_and(|block| block.contains_addr(*address))
            }
            (Who::Block(block), Subject::Node(id)) => {
                scene.net.laptops.get(id).is_some_and(|laptop| block.contains(laptop))
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
            Check::OnlyFrom(of) => {
                let Who::Role(role) = &of.to else { return };
                let to = self.nodes(scene, role);
                for by in of.traffic() {
                    found.extend(of.from.iter().map(|who| Permit { who: who.clone(), to: to.clone(), by }));
                }
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

/// Everybody who might begin: who has an interface of their own in the design and every part of the networks that VPNs join to it, and outside
/// every part of the internet.
fn sources(scene: &Scene, to: NodeId, outside: bool, inside: bool) -> Vec<Subject> {
    let begins =
        |owner: Owner| matches!(owner, Owner::Instance | Owner::NetworkInterface | Owner::Managed | Owner::Function);
    let mut nodes: Vec<NodeId> = Vec::new();
    if inside {
        let all = scene.net.interfaces.iter().filter(|interface| begins(interface.owner));
        nodes.extend(all.map(|interface| interface.node).filter(|id| *id != to));
        nodes.sort_unstable();
        nodes.dedup();
    }
    let mut found: Vec<Subject> = nodes.into_iter().map(Subject::Node).collect();
    if inside {
        found.extend(scene.on_premises().iter().map(|address| Subject::Address(*address)));
    }
    if outside {
        found.push(Subject::Internet);
        found.extend(scene.net.laptops.keys().map(|laptop| Subject::Node(*laptop)));
        found.extend(scene.internet().iter().skip(1).map(|address| Subject::Address(*address)));
    }
    found
}

/// That members of a fleet or tasks of a service, which are one resource of the design, connect to each other.
fn twins(scene: &Scene, id: NodeId, by: Traffic) -> Option<Decision> {
    let node = scene.design.node(id)?;
    if !matches!(node.kind(), Kind::AutoScalingGroup | Kind::EcsService) || !scene.net.unknown.is_empty() {
        return None;
    }
    let pairs = scene.pairs();
    let own: Vec<usize> = scene.net.interfaces_of(id).iter().filter_map(|ix| pairs.class_of(*ix)).collect();
    let (first, last) = intervals(by.protocol, by.port.map_or(PortRange::ALL, PortRange::single));
    let open = |from: usize, to: usize| {
        let answered = pairs.between(from, to).answered;
        pairs.sets.intervals(answered).iter().any(|(low, high)| *low <= last && first <= *high)
    };
    let mut met = own.iter().enumerate().flat_map(|(at, from)| own.iter().skip(at + 1).map(move |to| (*from, *to)));
    met.any(|(a, b)| open(a, b) || open(b, a)).then(|| {
        let (name, what) = (&node.name, traffic(by));
        let (what_ko, what_en) = (what.ko, what.en);
        let why = message!(
            "허용하지 않은 {what_ko} 연결이 돼요. {name} 안에서 서로 연결할 수 있어요.",
            "{what_en} is open to somebody who is not meant to connect: those of {name} can connect to each other."
        );
        Decision::at(State::Fails, why, vec![id])
    })
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

/// What the groups of a resource admit from anybody at all: everything, where it has none.
fn admitted(scene: &Scene, id: NodeId) -> Vec<(u32, u32)> {
    let mut sets = Sets::default();
    let own = scene.net.interfaces_of(id).iter().filter_map(|ix| scene.net.interfaces.get(*ix));
    let spoken = own.flat_map(|of| match &of.groups {
        Some(groups) => groups
            .iter()
            .flat_map(|group| rules(&scene.net, *group, Direction::Inbound))
            .map(|rule| intervals(rule.protocol, rule.numbers()))
            .collect(),
        None => vec![intervals(Protocol::All, PortRange::ALL)],
    });
    let all = sets.of(spoken.collect());
    sets.intervals(all).to_vec()
}

/// Traffic with ports that is open from one to another beside what is excepted.
pub(super) fn open_beside(scene: &Scene, from: &Subject, to: &Subject, except: &[Traffic]) -> Option<Decision> {
    let Subject::Node(target) = to else { return None };
    let mut meant: Vec<(u32, u32)> =
        except.iter().map(|by| intervals(by.protocol, by.port.map_or(PortRange::ALL, PortRange::single))).collect();
    meant.sort_unstable();
    let address = match from {
        Subject::Internet => scene.internet().first().copied(),
        Subject::Address(address) => Some(*address),
        Subject::Node(id) => scene.net.laptops.get(id).map(|block| block.first()),
        _ => None,
    };
    let open: Vec<(u32, u32)> = match (address, from) {
        (Some(address), _) if scene.net.vpn.site_of(address).is_some() => admitted(scene, *target),
        (Some(address), _) => {
            scene.net.interfaces_of(*target).iter().flat_map(|ix| open_to(&scene.net, address, *ix)).collect()
        }
        (None, Subject::Node(id)) => {
            let pairs = scene.pairs();
            let classes = |id: NodeId| {
                scene.net.interfaces_of(id).iter().filter_map(|ix| pairs.class_of(*ix)).collect::<Vec<_>>()
            };
            let (froms, tos) = (classes(*id), classes(*target));
            let both = froms.iter().flat_map(|from| tos.iter().map(move |to| (*from, *to)));
            both.flat_map(|(from, to)| pairs.sets.intervals(pairs.between(from, to).answered).to_vec()).collect()
        }
        _ => Vec::new(),
    };
    let beside = words(&without(&open, &meant));
    let each = beside.chunks(1).filter_map(told);
    told(&beside).into_iter().chain(each).find_map(|by| first_guest(scene, std::slice::from_ref(from), *target, by))
}
