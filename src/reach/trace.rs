//! One question, "does this reach that?", answered both ways.

use std::net::Ipv4Addr;

use super::balancer::refused;
use super::explain::Explain;
use super::network::{InterfaceIx, Network, Owner};
use super::packet::{Packet, Walk};
use super::question::{Endpoint, Question, Trace};
use super::walk::Walker;
use crate::catalog::Kind;
use crate::design::Design;
use crate::facts::routes::SOMEBODY;
use crate::id::NodeId;
use crate::message;
use crate::net::{IcmpType, PortRange, Protocol};
use crate::text::Message;

/// The ICMP type of an echo request.
const PING: u8 = 8;

/// An end made concrete.
#[derive(Clone, Copy)]
struct End {
    interface: Option<InterfaceIx>,
    /// Its address as the other end must use it.
    address: Ipv4Addr,
    /// It would need a public address and has none.
    unaddressed: bool,
    /// The gateway endpoint whose service is meant.
    endpoint: Option<NodeId>,
}

impl End {
    const fn at(interface: Option<InterfaceIx>, address: Ipv4Addr) -> Self {
        Self { interface, address, unaddressed: false, endpoint: None }
    }
}

/// Answers a question. Where an end has several interfaces or addresses the first way that is open is shown, else the first.
///
/// # Errors
/// Why the question makes no sense: an end that is nowhere or cannot send.
pub fn trace(design: &Design, net: &Network, question: Question) -> Result<Trace, Message> {
    let (froms, tos) = (ends(design, net, question.from)?, ends(design, net, question.to)?);
    if let Some(endpoint) = froms.iter().find_map(|from| from.endpoint) {
        let name = design.node(endpoint).map_or("", |node| node.name.as_str());
        return Err(message!(
            "엔드포인트 {name}은(는) 받은 요청에 답할 뿐이라서 출발지가 될 수 없어요.",
            "Endpoint {name} only answers requests, so it cannot be a source."
        ));
    }
    let literal = matches!(question.to, Endpoint::Address(_));
    let rank = |trace: &Trace| (trace.reachable(), trace.forward.passes());
    let mut answer: Option<Trace> = None;
    for from in &froms {
        // An address is used as it was asked for; a resource is reached by whichever of its addresses works from there.
        for to in tos.iter().flat_map(|to| if literal { vec![*to] } else { seen_from(net, *to, *from) }) {
            if answer.as_ref().is_some_and(Trace::reachable) {
                break;
            }
            let tried = one_way_and_back(design, net, question, *from, to);
            if answer.as_ref().is_none_or(|before| rank(before) < rank(&tried)) {
                answer = Some(tried);
            }
        }
    }
    let mut answer = answer.unwrap_or_default();
    let balancer = tos.iter().find_map(|to| {
        net.interfaces.get(to.interface?).filter(|interface| interface.owner == Owner::BalancerNode).map(|of| of.node)
    });
    if let Some(balancer) = balancer {
        let client = answer.forward.last.map_or(SOMEBODY, |last| last.source);
        answer.forward.blockers.extend(refused(design, net, balancer, question, client));
    }
    Ok(answer)
}

/// Both ways between two ends.
fn one_way_and_back(design: &Design, net: &Network, question: Question, from: End, to: End) -> Trace {
    let source =
        from.interface.and_then(|ix| net.interfaces.get(ix)).map_or(from.address, |interface| interface.private);
    let ported = question.protocol.has_ports();
    let ports = match (question.protocol, question.port) {
        // Whoever asks about ICMP without a type means a ping.
        (Protocol::Icmp, port) => IcmpType::asked(port.and_then(|kind| u8::try_from(kind).ok()).unwrap_or(PING)),
        (_, port) => port.filter(|_| ported).map_or(PortRange::ALL, PortRange::single),
    };
    let packet = Packet {
        protocol: question.protocol,
        source,
        source_ports: question.source_port.filter(|_| ported).map_or(client_ports(ported), PortRange::single),
        destination: to.address,
        ports,
    };
    let walker = Walker::new(design, net, packet, None).meaning(to.interface.filter(|_| to.unaddressed));
    let (mut forward, sessions) =
        if let Some(ix) = from.interface { walker.start_at(ix) } else { walker.start_outside() };
    let explain = |packet, answer| Explain { design, net, packet, answer };
    let sender = from.interface.and_then(|ix| net.interface(ix));
    if let Some((interface, _)) =
        sender.filter(|(interface, _)| matches!(interface.owner, Owner::Endpoint | Owner::Inspection))
    {
        forward.blockers.push(explain(packet, false).endpoint_begins(interface.node));
    }
    if let (Some(endpoint), Some((_, subnet))) = (to.endpoint, sender)
        && forward.endpoint != Some(endpoint)
    {
        forward.blockers.push(explain(packet, false).not_through_endpoint(endpoint, subnet.node, subnet.table));
    }
    let Some(last) = forward.last.filter(|_| forward.arrives) else {
        return Trace { forward, reply: Walk::default() };
    };
    if forward.own_service {
        let reply = Walk { arrives: true, own_service: true, last: last.reply(), ..Walk::default() };
        return Trace { forward, reply };
    }
    let Some(back) = last.reply() else {
        return Trace { forward, reply: Walk { arrives: true, ..Walk::default() } };
    };
    let walker = Walker::new(design, net, back, Some(&sessions));
    let (mut reply, _) = match (forward.arrived_at, forward.endpoint) {
        (Some(ix), _) => walker.start_at(ix),
        (None, Some(endpoint)) => walker.start_at_endpoint(endpoint),
        (None, None) => walker.start_outside(),
    };
    if let (Some(seen), Some(ix)) = (reply.last.filter(|_| reply.arrives), forward.arrived_at)
        && seen.source != packet.destination
        && let Some((interface, _)) = net.interface(ix)
    {
        reply.blockers.push(explain(seen, true).asymmetric(interface.node, packet.destination));
    }
    Trace { forward, reply }
}

/// Ports a client of either side may use as its own: Linux instances and internet clients (RFC 6335 and the Linux default).
const fn client_ports(ported: bool) -> PortRange {
    if ported { PortRange::EPHEMERAL_LINUX } else { PortRange::ALL }
}

fn ends(design: &Design, net: &Network, end: Endpoint) -> Result<Vec<End>, Message> {
    match end {
        Endpoint::Internet => Ok(vec![End::at(None, SOMEBODY)]),
        Endpoint::Address(address) => {
            let inside =
                net.by_public(address).or_else(|| net.vpcs.keys().find_map(|vpc| net.by_private(*vpc, address)));
            Ok(vec![End::at(inside, address)])
        }
        Endpoint::Node(id) => {
            let node =
                design.node(id).ok_or_else(|| message!("그런 리소스가 없어요.", "There is no such resource."))?;
            if node.kind() == Kind::Internet {
                return Ok(vec![End::at(None, SOMEBODY)]);
            }
            if let Some(block) = net.laptops.get(&id) {
                return Ok(vec![End::at(None, block.first())]);
            }
            if let Some(block) = net.gateway_endpoints.get(&id).and_then(|endpoint| endpoint.blocks.first()) {
                return Ok(vec![End { endpoint: Some(id), ..End::at(None, block.first()) }]);
            }
            let own = net.interfaces_of(id).iter().filter_map(|ix| Some((*ix, net.interfaces.get(*ix)?)));
            let ends: Vec<End> = own.map(|(ix, interface)| End::at(Some(ix), interface.private)).collect();
            if ends.is_empty() {
                let name = &node.name;
                return Err(message!(
                    "{name}에는 네트워크 인터페이스가 없어서 출발지나 목적지가 될 수 없어요. 인스턴스, 로드 밸런서, 인터넷, 내 컴퓨터 가운데 고르세요.",
                    "{name} has no network interface, so it cannot be a source or destination. Choose an instance, a load balancer, the internet or a laptop."
                ));
            }
            Ok(ends)
        }
    }
}

/// The addresses by which `from` may reach `to`: the private one within a VPC and across a peering connection, the public one from elsewhere.
fn seen_from(net: &Network, to: End, from: End) -> Vec<End> {
    let Some((target, subnet)) = to.interface.and_then(|ix| net.interface(ix)) else { return vec![to] };
    let own = from.interface.and_then(|ix| net.interface(ix)).map(|(_, own)| own.vpc);
    if own == Some(subnet.vpc) {
        return vec![to];
    }
    let public = target.public.map(|public| End { address: public.address, ..to });
    let peered = own.is_some_and(|own| net.peering_between(own, subnet.vpc).is_some());
    match (peered, public) {
        (true, public) => std::iter::once(to).chain(public).collect(),
        (false, Some(public)) => vec![public],
        (false, None) => vec![End { unaddressed: true, ..to }],
    }
}
