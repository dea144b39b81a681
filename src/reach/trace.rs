//! One question, "does this reach that?", answered both ways.

use std::net::Ipv4Addr;

use super::balancer::{listener_on, no_listener};
use super::explain::Explain;
use super::network::{InterfaceIx, Network};
use super::packet::{Packet, Walk};
use super::walk::Walker;
use crate::catalog::Kind;
use crate::catalog::kinds::LoadBalancer;
use crate::design::Design;
use crate::id::NodeId;
use crate::message;
use crate::net::{PortRange, Protocol};
use crate::text::Message;

/// An address of the internet that stands for all of them.
pub const SOMEBODY: Ipv4Addr = Ipv4Addr::new(8, 8, 8, 8);

/// One end of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Endpoint {
    /// A resource of the design: an instance, a balancer, the internet, a laptop.
    Node(NodeId),
    /// An address, inside or outside.
    Address(Ipv4Addr),
    /// Anybody on the internet.
    Internet,
}

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question {
    /// Who begins.
    pub from: Endpoint,
    /// Who should answer.
    pub to: Endpoint,
    /// Protocol.
    pub protocol: Protocol,
    /// Destination port; for a protocol without ports it is not looked at, for one with ports nothing means every port.
    pub port: Option<u16>,
    /// Source port; nothing means an ephemeral one.
    pub source_port: Option<u16>,
}

/// The answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trace {
    /// The first packet's way.
    pub forward: Walk,
    /// The answer's way; empty if the first packet has none.
    pub reply: Walk,
}

impl Trace {
    /// Whether a connection comes about: both ways are open.
    pub const fn reachable(&self) -> bool {
        self.forward.passes() && self.reply.passes()
    }
}

/// An end made concrete.
#[derive(Clone, Copy)]
struct End {
    interface: Option<InterfaceIx>,
    /// Its address as the other end must use it.
    address: Ipv4Addr,
    /// It would need a public address and has none.
    unaddressed: bool,
}

/// Answers a question.
///
/// # Errors
/// Why the question makes no sense: an end that is nowhere or cannot send.
pub fn trace(design: &Design, net: &Network, question: Question) -> Result<Trace, Message> {
    let Endpoint::Node(balancer) = question.to else { return one_way_and_back(design, net, question, None) };
    if design.get::<LoadBalancer>(balancer).is_none() {
        return one_way_and_back(design, net, question, None);
    }
    // A balancer has a node in each of its subnets, and its name leads to any of them: the first that answers, else the first.
    let mut answer: Option<Trace> = None;
    for node in net.interfaces_of(balancer) {
        let tried = one_way_and_back(design, net, question, Some(*node))?;
        let better = answer.as_ref().is_none_or(|before| !before.reachable() && tried.reachable());
        if better {
            answer = Some(tried);
        }
    }
    let mut answer = answer.map_or_else(|| one_way_and_back(design, net, question, None), Ok)?;
    if let Some(port) = question.port
        && listener_on(design, balancer, question.protocol, port).is_none()
    {
        answer.forward.blockers.push(no_listener(design, balancer, question.protocol, port));
    }
    Ok(answer)
}

/// Both ways between two ends; `node` chooses among several interfaces of the destination.
fn one_way_and_back(
    design: &Design,
    net: &Network,
    question: Question,
    node: Option<InterfaceIx>,
) -> Result<Trace, Message> {
    let from = end(design, net, question.from)?;
    let mut to = end(design, net, question.to)?;
    if let Some((ix, interface)) = node.and_then(|ix| Some((ix, net.interfaces.get(ix)?))) {
        to = End { interface: Some(ix), address: interface.private, ..to };
    }
    // An address is used as it was asked for; a resource is reached by whichever of its addresses works from there.
    let to = if matches!(question.to, Endpoint::Address(_)) { to } else { seen_from(net, to, from) };
    let source =
        from.interface.and_then(|ix| net.interfaces.get(ix)).map_or(from.address, |interface| interface.private);
    let ported = question.protocol.has_ports();
    let packet = Packet {
        protocol: question.protocol,
        source,
        source_ports: question.source_port.filter(|_| ported).map_or(client_ports(ported), PortRange::single),
        destination: to.address,
        ports: question.port.filter(|_| ported).map_or(PortRange::ALL, PortRange::single),
    };
    let walker = Walker::new(design, net, packet, None).meaning(to.interface.filter(|_| to.unaddressed));
    let (forward, sessions) = if let Some(ix) = from.interface { walker.start_at(ix) } else { walker.start_outside() };
    let Some(last) = forward.last.filter(|_| forward.arrives) else {
        return Ok(Trace { forward, reply: Walk::default() });
    };
    let walker = Walker::new(design, net, last.reply(), Some(&sessions));
    let (mut reply, _) = if let Some(ix) = forward.arrived_at { walker.start_at(ix) } else { walker.start_outside() };
    if let (Some(seen), Some(ix)) = (reply.last.filter(|_| reply.arrives), forward.arrived_at)
        && seen.source != packet.destination
        && let Some((interface, _)) = net.interface(ix)
    {
        let explain = Explain { design, net, packet: seen, answer: true };
        reply.blockers.push(explain.asymmetric(interface.node, packet.destination));
    }
    Ok(Trace { forward, reply })
}

/// Ports a client of either side may use as its own: Linux instances and internet clients (RFC 6335 and the Linux default).
const fn client_ports(ported: bool) -> PortRange {
    if ported { PortRange::EPHEMERAL_LINUX } else { PortRange::ALL }
}

fn end(design: &Design, net: &Network, end: Endpoint) -> Result<End, Message> {
    match end {
        Endpoint::Internet => Ok(End { interface: None, address: SOMEBODY, unaddressed: false }),
        Endpoint::Address(address) => {
            let inside =
                net.by_public(address).or_else(|| net.vpcs.keys().find_map(|vpc| net.by_private(*vpc, address)));
            Ok(End { interface: inside, address, unaddressed: false })
        }
        Endpoint::Node(id) => {
            let node =
                design.node(id).ok_or_else(|| message!("그런 리소스가 없어요.", "There is no such resource."))?;
            if node.kind() == Kind::Internet {
                return Ok(End { interface: None, address: SOMEBODY, unaddressed: false });
            }
            if let Some(block) = net.laptops.get(&id) {
                return Ok(End { interface: None, address: block.first(), unaddressed: false });
            }
            let interface = net.interfaces_of(id).first().copied();
            let Some((ix, of)) = interface.and_then(|ix| Some((ix, net.interfaces.get(ix)?))) else {
                let name = &node.name;
                return Err(message!(
                    "{name}에는 네트워크 인터페이스가 없어서 출발지나 목적지가 될 수 없어요. 인스턴스, 로드 밸런서, 인터넷, 내 컴퓨터 가운데 고르세요.",
                    "{name} has no network interface, so it cannot be a source or destination. Choose an instance, a load balancer, the internet or a laptop."
                ));
            };
            Ok(End { interface: Some(ix), address: of.private, unaddressed: false })
        }
    }
}

/// The address by which `from` reaches `to`: the private one within a VPC, the public one from elsewhere.
fn seen_from(net: &Network, to: End, from: End) -> End {
    let Some((target, subnet)) = to.interface.and_then(|ix| net.interface(ix)) else { return to };
    let same_vpc = from.interface.and_then(|ix| net.interface(ix)).is_some_and(|(_, own)| own.vpc == subnet.vpc);
    if same_vpc {
        return to;
    }
    match target.public {
        Some(public) => End { address: public.address, ..to },
        None => End { unaddressed: true, ..to },
    }
}
