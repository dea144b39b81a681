//! What can be a source or a destination, and questions worth asking of a design.

use groundplan::catalog::Kind;
use groundplan::catalog::kinds::{Instance, Listener, LoadBalancer, RecordSet};
use groundplan::design::Design;
use groundplan::id::NodeId;
use groundplan::net::Protocol;
use groundplan::reach::{Asked, Endpoint, Network, Question};
use groundplan::text::Message;

use super::answer::end_name;

/// Questions offered at most.
const OFFERED: usize = 4;

/// Whether something can send or answer.
fn is_end(design: &Design, net: &Network, id: NodeId) -> bool {
    let outside = design.node(id).is_some_and(|node| matches!(node.kind(), Kind::Internet | Kind::Laptop));
    outside || !net.interfaces_of(id).is_empty()
}

/// Everything that can send or answer: what is outside first, then by kind and name.
pub fn ends(design: &Design, net: &Network) -> Vec<(NodeId, Kind, String)> {
    let all = design.nodes().filter(|(id, _)| is_end(design, net, *id));
    let mut all: Vec<_> = all.map(|(id, node)| (id, node.kind(), node.name.clone())).collect();
    let rank = |kind: Kind| match kind {
        Kind::Internet => 0,
        Kind::Laptop => 1,
        Kind::LoadBalancer => 2,
        Kind::Instance => 3,
        _ => 4,
    };
    all.sort_by(|a, b| (rank(a.1), &a.2).cmp(&(rank(b.1), &b.2)));
    all
}

/// The nearest thing at or around a node that can be an end: a listener stands for its balancer.
pub fn end_at(design: &Design, net: &Network, id: NodeId) -> Option<NodeId> {
    std::iter::once(id).chain(design.ancestors(id)).find(|up| is_end(design, net, *up))
}

/// The internet as the design has it.
pub fn internet(design: &Design) -> Endpoint {
    let drawn = design.nodes().find(|(_, node)| node.kind() == Kind::Internet).map(|(id, _)| id);
    drawn.map_or(Endpoint::Internet, Endpoint::Node)
}

/// Questions that the design suggests.
pub fn suggestions(design: &Design, net: &Network) -> Vec<(Message, Asked)> {
    let everyone = internet(design);
    let laptop = design.nodes().find(|(_, node)| node.kind() == Kind::Laptop).map(|(id, _)| Endpoint::Node(id));
    let mut found = Vec::new();
    let alias = |record: &RecordSet| record.alias.filter(|_| !record.domain.is_wildcard());
    let site = design.all::<RecordSet>().find(|(_, _, record)| alias(record).is_some());
    if let Some((_, _, record)) = site {
        let balancer = alias(record);
        let secure = balancer.is_none_or(|id| ports(design, id).contains(&443));
        let scheme = if secure { "https" } else { "http" };
        if let Ok(url) = format!("{scheme}://{}/", record.domain).parse() {
            found.push(Asked::Url(everyone, url));
        }
    }
    let packet = |from, to, port| {
        Asked::Packet(Question { from, to, protocol: Protocol::Tcp, port: Some(port), source_port: None })
    };
    let facing = design.all::<LoadBalancer>().find(|(_, _, balancer)| balancer.is_internet_facing());
    if let Some((id, ..)) = facing {
        let listening = ports(design, id);
        let port = [443, 80].into_iter().find(|port| listening.contains(port)).or_else(|| listening.first().copied());
        found.push(packet(everyone, Endpoint::Node(id), port.unwrap_or(80)));
    }
    let public = |id: NodeId| {
        net.interfaces_of(id).iter().any(|ix| net.interfaces.get(*ix).is_some_and(|of| of.public.is_some()))
    };
    let instances: Vec<NodeId> = design.all::<Instance>().map(|(id, ..)| id).collect();
    if let Some(id) = instances.iter().copied().find(|id| public(*id)) {
        found.push(packet(laptop.unwrap_or(everyone), Endpoint::Node(id), 22));
    }
    let private = instances.into_iter().find(|id| !public(*id) && !net.interfaces_of(*id).is_empty());
    if let Some(id) = private {
        found.push(packet(Endpoint::Node(id), everyone, 443));
        found.push(packet(everyone, Endpoint::Node(id), 80));
    }
    found.truncate(OFFERED);
    found.into_iter().map(|asked| (label(design, &asked), asked)).collect()
}

/// The ports a balancer listens on.
fn ports(design: &Design, balancer: NodeId) -> Vec<u16> {
    design.children(Some(balancer)).filter_map(|id| design.get::<Listener>(id)).map(|listener| listener.port).collect()
}

/// A question in words.
fn label(design: &Design, asked: &Asked) -> Message {
    match asked {
        Asked::Url(from, url) => {
            let from = end_name(design, *from);
            Message { ko: format!("{} → {url}", from.ko), en: format!("{} → {url}", from.en) }
        }
        Asked::Packet(question) => super::answer::about_packet(design, question),
    }
}
