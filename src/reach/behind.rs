//! What becomes of a connection that a node of a balancer has got, and why not more.

use super::balancer::{Client, NOT_ACROSS, TargetReach, listener_on, targets, transport, zone_of};
use super::filter::{Direction, Peer, admitted};
use super::network::{InterfaceIx, Network};
use super::packet::Blocker;
use super::question::Question;
use super::verdict::Verdict;
use crate::catalog::kinds::{Listener, LoadBalancer};
use crate::design::Design;
use crate::id::NodeId;
use crate::net::{PortRange, Protocol};
use crate::{id_of, message};

/// What becomes of a connection that a node of a balancer has got.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Behind {
    pub(super) verdict: Verdict,
    /// What keeps it from being served, always or at times.
    pub(super) blockers: Vec<Blocker>,
}

impl Default for Behind {
    fn default() -> Self {
        Self { verdict: Verdict::Yes, blockers: Vec::new() }
    }
}

impl Behind {
    const fn no(blockers: Vec<Blocker>) -> Self {
        Self { verdict: Verdict::No, blockers }
    }
}

/// Whether a node of a balancer takes a connection: a listener must, and, at an NLB, which passes connections on as they come, a target must be reached.
pub(super) fn at_node(
    design: &Design,
    net: &Network,
    node: InterfaceIx,
    Question { protocol, port, .. }: Question,
    client: Client,
) -> Behind {
    let Some(balancer) = net.interfaces.get(node).map(|interface| interface.node) else { return Behind::default() };
    let Some(of) = design.get::<LoadBalancer>(balancer) else { return Behind::default() };
    if of.is_gateway() {
        return Behind::no(vec![no_destination(design, balancer)]);
    }
    let found = port.and_then(|port| Some((listener_on(design, balancer, protocol, port)?, port)));
    let Some(((listener_id, listener), port)) = found else {
        if let Some(listener) = open_listener(design, balancer) {
            return Behind { verdict: Verdict::Unknown, blockers: vec![listener_unknown(design, balancer, listener)] };
        }
        let mut blockers = vec![no_listener(design, balancer, protocol, port)];
        blockers.extend(other_ports(design, balancer, protocol));
        return Behind::no(blockers);
    };
    if of.is_application() {
        return Behind::default();
    }
    let weighted = listener.forwards.len() > 1;
    let used = listener.forwards.iter().filter(|forward| !weighted || forward.weight > 0);
    let reached: Vec<Vec<TargetReach>> = used
        .filter_map(|forward| forward.target_group)
        .map(|group| targets(design, net, node, group, client))
        .collect();
    let groups: Vec<Behind> = reached.iter().map(|all| served(all)).collect();
    if design.is_open(listener_id, id_of!(Listener.forwards)) && !groups.iter().any(|group| group.verdict.connects()) {
        return Behind { verdict: Verdict::Unknown, blockers: vec![listener_unknown(design, balancer, listener_id)] };
    }
    if groups.iter().all(|group| group.verdict == Verdict::No && group.blockers.is_empty()) {
        return Behind::no(vec![no_targets(design, balancer, port)]);
    }
    let verdict = Verdict::spread(groups.iter().map(|group| group.verdict));
    let mut blockers: Vec<Blocker> = groups.into_iter().flat_map(|group| group.blockers).collect();
    blockers.extend(reached.iter().flatten().filter_map(|target| wrong_port(design, net, target, port)));
    if verdict == Verdict::No {
        let elsewhere = |all: &Vec<TargetReach>| {
            !all.is_empty() && all.iter().all(|target| target.barred.as_ref().is_some_and(|why| why.code == NOT_ACROSS))
        };
        if reached.iter().all(elsewhere) {
            blockers.push(none_in_zone(design, net, node));
        } else {
            blockers.push(none_accepts(design, balancer, listener_id));
        }
    }
    Behind { verdict, blockers: if verdict == Verdict::Yes { Vec::new() } else { blockers } }
}

/// Whether what a balancer's node sends to a group is served: by those of its targets that get requests.
pub(super) fn served(all: &[TargetReach]) -> Behind {
    let asked = asked(all);
    if asked.is_empty() {
        let blockers: Vec<Blocker> = all.iter().filter_map(|target| target.barred.clone()).collect();
        let is_known = blockers.iter().all(|blocker| blocker.certain);
        return Behind { verdict: if is_known { Verdict::No } else { Verdict::Unknown }, blockers };
    }
    let verdict = Verdict::spread(asked.iter().map(|target| target.traffic.verdict()));
    // Where all that are known fail, one that is not known may serve.
    let hidden = || all.iter().filter_map(|target| target.barred.as_ref()).filter(|barred| !barred.certain);
    if verdict == Verdict::No && hidden().next().is_some() {
        return Behind { verdict: Verdict::Unknown, blockers: hidden().cloned().collect() };
    }
    let failing = asked.iter().filter(|target| target.traffic.verdict() != Verdict::Yes);
    Behind { verdict, blockers: failing.flat_map(|target| target.traffic.blockers().cloned()).collect() }
}

/// The targets that get requests: the healthy ones, and all of them where none is, for then a balancer fails open.
pub(super) fn asked(all: &[TargetReach]) -> Vec<&TargetReach> {
    let in_reach = || all.iter().filter(|target| target.barred.is_none());
    if !in_reach().any(TargetReach::healthy) {
        return in_reach().collect();
    }
    in_reach().filter(|target| target.health.verdict() != Verdict::No).collect()
}

/// Everything that keeps a target from serving.
pub(super) fn why(target: &TargetReach) -> Vec<Blocker> {
    let ways = target.traffic.blockers().chain(target.health.blockers());
    target.barred.iter().chain(ways).cloned().collect()
}

/// A listener of a balancer of which only a deployment knows what it takes.
fn open_listener(design: &Design, balancer: NodeId) -> Option<NodeId> {
    let fields = [id_of!(Listener.port), id_of!(Listener.protocol)];
    let mut listeners = design.children(Some(balancer)).filter(|id| design.get::<Listener>(*id).is_some());
    listeners.find(|id| fields.into_iter().any(|field| design.is_open(*id, field)))
}

fn listener_unknown(design: &Design, balancer: NodeId, listener: NodeId) -> Blocker {
    let name = |id| design.node(id).map_or("", |node| node.name.as_str());
    let (balancer, listener_name) = (name(balancer), name(listener));
    let message = message!(
        "로드 밸런서 {balancer}의 리스너 {listener_name}이(가) 무엇을 받아 어디로 보내는지는 배포할 때 정해져서 알 수 없어요. 매개변수에 값을 넣어 보세요.",
        "What listener {listener_name} of load balancer {balancer} takes, and whom it passes it on to, is decided at deployment. Give the parameters values."
    );
    Blocker::unknown("UNKNOWN_RESOURCE", Some(listener), message)
}

fn no_targets(design: &Design, balancer: NodeId, port: u16) -> Blocker {
    let name = design.node(balancer).map_or("", |node| node.name.as_str());
    let message = message!(
        "로드 밸런서 {name}의 {port} 포트 리스너에 등록된 대상이 없어서 연결이 끊겨요. 대상 그룹에 대상을 등록하세요.",
        "The listener on port {port} of load balancer {name} has no target, so connections are refused. Register one in its target group."
    );
    Blocker::new("ELBV2_LISTENER_HAS_NO_TG", Some(balancer), message)
}

/// The listeners of a balancer, each of which takes its own port alone.
fn other_ports(design: &Design, balancer: NodeId, protocol: Protocol) -> Vec<Blocker> {
    let listeners = design.children(Some(balancer)).filter_map(|id| Some((id, design.get::<Listener>(id)?)));
    let speaks = listeners.filter(|(_, listener)| transport(listener.protocol).contains(&protocol));
    let told = |(id, listener): (NodeId, &Listener)| {
        let (name, port) = (design.node(id).map_or("", |node| node.name.as_str()), listener.port);
        let message = message!(
            "리스너 {name}은(는) {port} 포트로 온 연결만 받아요.",
            "Listener {name} takes connections to port {port} alone."
        );
        Blocker::new("ELBV2_LISTENER_PORT_RESTRICTION", Some(id), message)
    };
    speaks.map(told).collect()
}

/// A target whose groups admit the listener's port and not the one that it is registered with.
fn wrong_port(design: &Design, net: &Network, target: &TargetReach, listened: u16) -> Option<Blocker> {
    if target.traffic.verdict() == Verdict::Yes || target.port == listened {
        return None;
    }
    let (sent, step) = (target.traffic.forward.steps.first()?.header_in, target.traffic.forward.steps.last()?);
    let interface = net.interfaces_of(step.component?).first().and_then(|ix| net.interfaces.get(*ix))?;
    let peer = Peer { address: sent.source, interface: None };
    let ports = PortRange::single(listened);
    admitted(net, interface.groups.as_deref()?, Direction::Inbound, peer, sent.protocol, ports)?;
    let (name, port) = (design.node(interface.node).map_or("", |node| node.name.as_str()), target.port);
    let message = message!(
        "로드 밸런서는 대상 {name}에 등록된 포트({port})로만 보내요. 대상의 보안 그룹은 {listened}을(를) 허용해요. 포트를 맞추세요.",
        "The balancer sends to target {name} on its registered port ({port}) alone, and its groups admit {listened}. Make the ports agree."
    );
    Some(Blocker::new("TARGET_PORT_RESTRICTION", Some(interface.node), message))
}

/// A node whose zone has no target, at a balancer that does not send across zones.
fn none_in_zone(design: &Design, net: &Network, node: InterfaceIx) -> Blocker {
    let place = net.interface(node).map(|(interface, subnet)| (interface.node, subnet.node));
    let name = |id: Option<NodeId>| id.and_then(|id| design.node(id)).map_or("", |node| node.name.as_str());
    let zone = place.and_then(|(_, subnet)| zone_of(design, subnet)).unwrap_or_default();
    let balancer = name(place.map(|(balancer, _)| balancer));
    let message = message!(
        "가용 영역 {zone}에 로드 밸런서 {balancer}의 대상이 없어요. 그 영역에 대상을 등록하거나 교차 영역 로드 밸런싱을 켜세요.",
        "Load balancer {balancer} has no target in zone {zone}. Register one there, or turn on cross-zone load balancing."
    );
    Blocker::new("ELBV2_NO_TARGETS_IN_AZ", place.map(|(balancer, _)| balancer), message)
}

/// A listener none of whose target groups takes what it sends.
fn none_accepts(design: &Design, balancer: NodeId, listener: NodeId) -> Blocker {
    let name = |id| design.node(id).map_or("", |node| node.name.as_str());
    let (balancer, listener_name) = (name(balancer), name(listener));
    let message = message!(
        "로드 밸런서 {balancer}의 리스너 {listener_name}이(가) 보내는 대상 그룹 가운데 연결을 받는 것이 없어요.",
        "None of the target groups that listener {listener_name} of load balancer {balancer} forwards to takes the connection."
    );
    Blocker::new("ELBV2_LISTENER_REQUIRES_TG_ACCEPT", Some(listener), message)
}

fn no_destination(design: &Design, balancer: NodeId) -> Blocker {
    let name = design.node(balancer).map_or("", |node| node.name.as_str());
    let message = message!(
        "게이트웨이 로드 밸런서 {name}에는 직접 연결할 수 없어요. 라우팅 테이블의 경로를 이 로드 밸런서의 엔드포인트로 보내세요.",
        "Nothing connects to Gateway Load Balancer {name} itself. Lead routes to an endpoint of it."
    );
    Blocker::new("NO_POSSIBLE_DESTINATION", Some(balancer), message)
}

/// A connection to a balancer that no listener takes.
fn no_listener(design: &Design, balancer: NodeId, protocol: Protocol, port: Option<u16>) -> Blocker {
    let name = design.node(balancer).map_or("", |node| node.name.as_str());
    let listening: Vec<String> =
        design.children(Some(balancer)).filter_map(|id| design.node(id)?.body.caption()).collect();
    let (_, traffic) = super::claim::traffic(protocol, port.filter(|_| protocol.has_ports()));
    let message = if listening.is_empty() {
        message!(
            "로드 밸런서 {name}에 리스너가 없어요. {traffic} 리스너를 추가하세요.",
            "Load balancer {name} has no listener. Add one for {traffic}."
        )
    } else {
        let listening = listening.join(", ");
        message!(
            "로드 밸런서 {name}에는 {traffic} 리스너가 없어요. 지금 있는 리스너: {listening}",
            "Load balancer {name} has no listener for {traffic}. It listens on {listening}."
        )
    };
    Blocker::new("ELBV2_LISTENERS_MISMATCH", Some(balancer), message)
}
