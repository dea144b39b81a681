//! One question, "does this reach that?", answered both ways.

use std::collections::BTreeSet;
use std::net::Ipv4Addr;

use super::absent::not_judged;
use super::addresses::stand_in_block;
use super::balancer::{Client, zone_of};
use super::behind::{Behind, at_node};
use super::explain::Explain;
use super::ipv6;
use super::network::{InterfaceIx, Network, Owner};
use super::packet::{Blocker, Packet, Remark, Walk};
use super::question::{Endpoint, Part, Question, Trace};
use super::remarks;
use super::storage;
use super::verdict::Verdict;
use super::walk::Walker;
use crate::catalog::Kind;
use crate::catalog::kinds::{Instance, NetworkInterface, PrefixList, S3Bucket};
use crate::design::Design;
use crate::facts::routes::SOMEBODY;
use crate::id::NodeId;
use crate::message;
use crate::net::{IcmpType, PortRange, Protocol};
use crate::text::Message;

/// The ICMP type of an echo request.
const PING: u8 = 8;

/// An end made concrete.
#[derive(Clone, Copy, Debug, PartialEq)]
struct End {
    interface: Option<InterfaceIx>,
    /// Its address as the other end must use it.
    address: Ipv4Addr,
    /// Whether it is the interface that is meant, and not whoever has the address.
    meant: bool,
    /// Whether it is to be met by its public address alone, as an Elastic IP is.
    public: bool,
    /// Whether it is to be met by its private address alone.
    private: bool,
    /// It would need a public address and has none.
    unaddressed: bool,
    /// The gateway endpoint whose service is meant.
    endpoint: Option<NodeId>,
    /// The customer gateway that it lies behind.
    site: Option<NodeId>,
}

impl End {
    const fn at(interface: Option<InterfaceIx>, address: Ipv4Addr) -> Self {
        Self {
            interface,
            address,
            meant: false,
            public: false,
            private: false,
            unaddressed: false,
            endpoint: None,
            site: None,
        }
    }
}

/// Answers a question. Where an end has several interfaces or addresses of its own, the first way that is open is shown, else the first; where
/// clients are spread over several, such as the nodes of a balancer, each of them is a part of the answer.
///
/// # Errors
/// Why the question makes no sense: an end that is nowhere or cannot send.
pub fn trace(design: &Design, net: &Network, question: Question) -> Result<Trace, Message> {
    trace_by(design, net, question, By::Any)
}

/// By which of its addresses the other end is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    /// That which works from where the packet starts.
    Any,
    /// Its public address alone.
    Public,
    /// Its private address alone, which exists within its networks and nowhere else.
    Private,
}

/// The same, for a packet to one of the other end's addresses: that which a name has led to.
pub(super) fn trace_by(design: &Design, net: &Network, question: Question, by: By) -> Result<Trace, Message> {
    if let Some(blocker) = [question.from, question.to].into_iter().find_map(|end| not_judged(design, net, end)) {
        return Ok(Trace::of(Walk { blockers: vec![blocker], ..Walk::default() }, Walk::default()));
    }
    let (froms, mut tos) = (ends(design, net, question.from)?, ends(design, net, question.to)?);
    for to in tos.iter_mut().flatten().filter(|to| to.meant) {
        (to.public, to.private) = (to.public || by == By::Public, by == By::Private);
    }
    if let Some(endpoint) = froms.iter().flatten().find_map(|from| from.endpoint) {
        let name = design.node(endpoint).map_or("", |node| node.name.as_str());
        let message = message!(
            "엔드포인트 {name}은(는) 받은 요청에 답할 뿐이라서 먼저 연결을 시작하지 않아요. 그쪽에서 오는 것은 서비스의 응답뿐이에요.",
            "Endpoint {name} only answers requests and begins no connection. All that comes out of it are answers from addresses of the service."
        );
        let blocker = Blocker::new("VPCE_GATEWAY_EGRESS_SOURCE_ADDRESS_RESTRICTION", Some(endpoint), message);
        return Ok(Trace::of(Walk { blockers: vec![blocker], ..Walk::default() }, Walk::default()));
    }
    if let Endpoint::Node(id) = question.to
        && let Some((node, bucket)) = design.node(id).and_then(|node| Some((node, node.get::<S3Bucket>()?)))
        && froms.iter().flatten().all(|from| from.interface.is_none() && from.site.is_none())
    {
        return Ok(storage::from_outside(id, &node.name, bucket, question));
    }
    let spread = (froms.len() > 1, tos.len() > 1);
    let mut best: Option<Trace> = None;
    let mut parts = Vec::new();
    for (from, to) in froms.iter().flat_map(|from| tos.iter().map(move |to| (from, to))) {
        let itself = |end: &[End]| end.first().and_then(|end| end.interface);
        if (spread.0 || spread.1) && itself(from).is_some() && itself(from) == itself(to) {
            continue;
        }
        let (tried, behind) = one_of_each(design, net, question, from, to);
        let verdict = tried.shown().and(behind.verdict);
        let labels = [(spread.0, from), (spread.1, to)].map(|(several, end)| itself(end).filter(|_| several));
        let blockers = tried.blockers().chain(&behind.blockers).cloned().collect();
        let label = label(design, net, labels);
        parts.push(Part { from: labels[0], to: labels[1], label, verdict, blockers });
        let rank = |trace: &Trace| (trace.shown(), trace.forward.passes());
        if best.as_ref().is_none_or(|before| rank(before) < rank(&tried)) {
            best = Some(tried);
        }
    }
    let mut answer = best.unwrap_or_default();
    if parts.len() > 1 || parts.iter().any(|part| part.verdict == Verdict::Partly) {
        answer.parts = parts;
    }
    answer.notes = notes(design, net, &froms, &tos);
    if answer.verdict() == Verdict::No
        && let Some(doubt) = ipv6::perhaps(design, net, &question)
    {
        // Whoever means IPv6 is not helped by an opening of IPv4.
        let parts = answer.parts.iter_mut().flat_map(|part| &mut part.blockers);
        let all = answer.forward.blockers.iter_mut().chain(&mut answer.reply.blockers).chain(parts);
        all.for_each(|blocker| blocker.fix = None);
        answer.forward.blockers.push(doubt);
        answer.perhaps_by_ipv6 = true;
    }
    Ok(answer)
}

/// From one end to one other, by whichever of their interfaces and addresses connects, and what stands behind a balancer's node.
fn one_of_each(design: &Design, net: &Network, question: Question, froms: &[End], tos: &[End]) -> (Trace, Behind) {
    let mut best: Option<(Verdict, Trace, Behind)> = None;
    for from in froms {
        for to in tos.iter().flat_map(|to| if to.meant { seen_from(net, *to, *from) } else { vec![*to] }) {
            if best.as_ref().is_some_and(|(verdict, ..)| *verdict == Verdict::Yes) {
                break;
            }
            let mut tried = one_way_and_back(design, net, question, *from, to);
            let node =
                tried.forward.arrived_at.or(to.interface).filter(|ix| {
                    net.interfaces.get(*ix).is_some_and(|interface| interface.owner == Owner::BalancerNode)
                });
            let mut behind = Behind::default();
            if let Some(node) = node {
                let client = Client {
                    address: tried.forward.last.map_or(SOMEBODY, |last| last.source),
                    protocol: question.protocol,
                };
                behind = at_node(design, net, node, question, client);
                if !behind.verdict.connects() {
                    tried.forward.blockers.append(&mut behind.blockers);
                    behind = Behind::default();
                }
            }
            let verdict = tried.shown().and(behind.verdict);
            let better = |(before, trace, _): &(Verdict, Trace, Behind)| {
                (*before, trace.forward.passes()) < (verdict, tried.forward.passes())
            };
            if best.as_ref().is_none_or(better) {
                best = Some((verdict, tried, behind));
            }
        }
    }
    best.map_or_else(Default::default, |(_, trace, behind)| (trace, behind))
}

/// Which of several this is about.
fn label(design: &Design, net: &Network, ends: [Option<InterfaceIx>; 2]) -> Message {
    let one = |ix: InterfaceIx| {
        let (interface, subnet) = net.interface(ix)?;
        let name = |id| design.node(id).map_or("", |node| node.name.as_str());
        let (owner, subnet) = (name(interface.node), name(subnet.node));
        Some(match interface.owner {
            Owner::BalancerNode => message!("서브넷 {subnet}의 {owner} 노드", "the node of {owner} in subnet {subnet}"),
            _ => message!("서브넷 {subnet}의 {owner}", "{owner} in subnet {subnet}"),
        })
    };
    let told: Vec<Message> = ends.into_iter().flatten().filter_map(one).collect();
    match told.as_slice() {
        [] => Message::default(),
        [one] => one.clone(),
        [from, to, ..] => Message { ko: format!("{} → {}", from.ko, to.ko), en: format!("{} to {}", from.en, to.en) },
    }
}

/// What should be known of the ends beside the answer.
fn notes(design: &Design, net: &Network, froms: &[Vec<End>], tos: &[Vec<End>]) -> Vec<Message> {
    let nodes = froms.iter().chain(tos).flatten().filter_map(|end| Some(net.interfaces.get(end.interface?)?.node));
    let all: BTreeSet<NodeId> = nodes.collect();
    let stopped = |id: NodeId| {
        let instance = design.get::<Instance>(id).map(|instance| (id, instance.stopped));
        let attached = || {
            let of = design.get::<NetworkInterface>(id)?.instance?;
            Some((of, design.get::<Instance>(of)?.stopped))
        };
        instance.or_else(attached).filter(|(_, stopped)| *stopped).map(|(id, _)| id)
    };
    let told = |id: NodeId| {
        let name = design.node(id).map_or("", |node| node.name.as_str());
        message!(
            "인스턴스 {name}은(는) 지금 중지되어 있어서 아무것도 보내거나 받지 못해요. 이 답은 켜져 있을 때의 답이에요.",
            "Instance {name} is stopped and sends and answers nothing now. This is the answer for when it runs."
        )
    };
    all.into_iter().filter_map(stopped).collect::<BTreeSet<_>>().into_iter().map(told).collect()
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
    let beyond = || to.interface.filter(|ix| from.interface.is_none() && comes_from_beyond(net, packet.source, *ix));
    let connection = from.site.and_then(|site| net.connection_from(site, to.address));
    let (mut forward, sessions) = match (from.interface, connection, beyond()) {
        (Some(ix), ..) => walker.start_at(ix),
        (None, Some(connection), _) => walker.start_on_premises(connection),
        (None, None, Some(ix)) => walker.start_beyond(ix),
        (None, None, None) => walker.start_outside(),
    };
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
    if let Some(meant) = to.interface.filter(|_| to.meant) {
        if forward.arrives && !forward.own_service && forward.arrived_at != Some(meant) {
            forward.blockers.push(explain(packet, false).another_holder(meant, forward.arrived_at));
        }
        let vpcs = sender.zip(net.interface(meant)).map(|((_, own), (_, other))| (own.vpc, other.vpc));
        if let Some((own, other)) = vpcs.filter(|(own, other)| to.unaddressed && own != other) {
            forward.blockers.push(explain(packet, false).disconnected(own, other));
        }
    }
    let function = forward.arrived_at.or(to.interface).and_then(|ix| net.interface(ix));
    let function = function.filter(|(interface, _)| interface.owner == Owner::Function);
    if let Some((interface, _)) = function {
        // Whatever else is opened, it takes nothing.
        forward.blockers.iter_mut().for_each(|blocker| blocker.fix = None);
        forward.blockers.push(explain(packet, false).function_takes_none(interface.node));
    }
    let crossed = from.interface.and_then(|from| zones_crossed(design, net, &forward, from));
    forward.remarks.extend(crossed);
    let Some(last) = forward.last.filter(|_| forward.arrives) else {
        return Trace::of(forward, Walk::default());
    };
    if forward.own_service {
        let reply = Walk { arrives: true, own_service: true, last: last.reply(), ..Walk::default() };
        return Trace::of(forward, reply);
    }
    let Some(back) = last.reply() else {
        forward.remarks.push(remarks::one_way(&forward));
        return Trace::of(forward, Walk { arrives: true, ..Walk::default() });
    };
    let walker = Walker::new(design, net, back, Some(&sessions));
    let (mut reply, _) = match (forward.arrived_at, forward.endpoint, forward.left_by) {
        (Some(ix), ..) => walker.start_at(ix),
        (None, Some(endpoint), _) => walker.start_at_endpoint(endpoint),
        (None, None, Some(connection)) => walker.start_on_premises(connection),
        (None, None, None) => walker.start_outside(),
    };
    if let (Some(seen), Some(ix)) = (reply.last.filter(|_| reply.arrives), forward.arrived_at)
        && seen.source != packet.destination
        && let Some((interface, _)) = net.interface(ix)
    {
        reply.blockers.push(explain(seen, true).asymmetric(interface.node, packet.destination));
    }
    if let Some(client) = from.interface
        && reply.arrives
        && reply.arrived_at != Some(client)
    {
        let back = Packet { destination: packet.source, ..packet };
        reply.blockers.push(explain(back, true).another_holder(client, reply.arrived_at));
    }
    if function.is_some() {
        reply.blockers.iter_mut().for_each(|blocker| blocker.fix = None);
    }
    Trace::of(forward, reply)
}

/// Whether an address that nobody described has lies where a route of the target's subnet leads out of what is described.
fn comes_from_beyond(net: &Network, source: Ipv4Addr, to: InterfaceIx) -> bool {
    let back = net.interface(to).and_then(|(_, subnet)| net.route(subnet, source));
    crate::net::Cidr::host(source).is_private() && back.is_some_and(|route| net.leads_beyond(route.hop))
}

/// Ports a client of either side may use as its own: Linux instances and internet clients (RFC 6335 and the Linux default).
const fn client_ports(ported: bool) -> PortRange {
    if ported { PortRange::EPHEMERAL_LINUX } else { PortRange::ALL }
}

/// Those that an end stands for: several lists where clients are spread over them, each with the interfaces by any of which it is met.
fn ends(design: &Design, net: &Network, end: Endpoint) -> Result<Vec<Vec<End>>, Message> {
    let alone = |end: End| Ok(vec![vec![end]]);
    match end {
        Endpoint::Internet => alone(End::at(None, SOMEBODY)),
        Endpoint::Address(address) => {
            let inside =
                net.by_public(address).or_else(|| net.vpcs.keys().find_map(|vpc| net.by_private(*vpc, address)));
            let site = inside.is_none().then(|| net.vpn.site_of(address)).flatten();
            alone(End { site, ..End::at(inside, address) })
        }
        Endpoint::Node(id) => {
            let node =
                design.node(id).ok_or_else(|| message!("그런 리소스가 없어요.", "There is no such resource."))?;
            if node.kind() == Kind::Internet {
                return alone(End::at(None, SOMEBODY));
            }
            if let Some(block) = net.laptops.get(&id) {
                return alone(End::at(None, block.first()));
            }
            if let Some(block) = net.gateway_endpoints.get(&id).and_then(|endpoint| endpoint.blocks.first()) {
                return alone(End { endpoint: Some(id), ..End::at(None, block.first()) });
            }
            if node.kind() == Kind::CustomerGateway {
                let name = &node.name;
                let address = net.vpn.address_at(id).ok_or_else(|| message!(
                    "고객 게이트웨이 {name} 뒤에 어떤 네트워크가 있는지 몰라서 출발지나 목적지가 될 수 없어요. 뒤에 있는 네트워크와 VPN 연결을 적으세요.",
                    "Which networks lie behind customer gateway {name} is not known, so it cannot be a source or destination. Write them down, and give it a VPN connection."
                ))?;
                return alone(End { site: Some(id), ..End::at(None, address) });
            }
            if node.kind() == Kind::ElasticIp {
                let name = &node.name;
                let (ix, address) = net.elastic(id).ok_or_else(|| message!(
                    "탄력적 IP {name}은(는) 아무것에도 붙어 있지 않아서 출발지나 목적지가 될 수 없어요. 인스턴스나 NAT 게이트웨이에 붙이세요.",
                    "Elastic IP {name} is attached to nothing, so it cannot be a source or destination. Attach it to an instance or a NAT gateway."
                ))?;
                return alone(End { meant: true, public: true, ..End::at(Some(ix), address) });
            }
            if node.kind() == Kind::S3Bucket {
                let list = net
                    .prefix_lists
                    .iter()
                    .find(|(list, _)| design.get::<PrefixList>(**list).is_some_and(|list| list.service == "s3"));
                let block =
                    list.and_then(|(_, blocks)| blocks.first().copied()).unwrap_or_else(|| stand_in_block("s3"));
                return alone(End::at(None, block.first()));
            }
            let own = net.interfaces_of(id).iter().filter_map(|ix| Some((*ix, net.interfaces.get(*ix)?)));
            let own = own.filter(|(_, interface)| interface.owner != Owner::Transit);
            let mut itself = Vec::new();
            let mut further = Vec::new();
            for (ix, interface) in own {
                let end = End { meant: true, ..End::at(Some(ix), interface.private) };
                if interface.node == id { itself.push(end) } else { further.push(end) }
            }
            if itself.is_empty() && further.is_empty() {
                let name = &node.name;
                return Err(message!(
                    "{name}에는 네트워크 인터페이스가 없어서 출발지나 목적지가 될 수 없어요. 인스턴스, 로드 밸런서, 인터넷, 내 컴퓨터 가운데 고르세요.",
                    "{name} has no network interface, so it cannot be a source or destination. Choose an instance, a load balancer, the internet or a laptop."
                ));
            }
            if itself.len() > 1 {
                return Ok(itself.into_iter().map(|end| vec![end]).collect());
            }
            itself.append(&mut further);
            Ok(vec![itself])
        }
    }
}

/// The addresses by which `from` may reach `to`: the private one within a VPC and across a peering connection, the public one from elsewhere. The name
/// of an internet-facing balancer leads to its public addresses from everywhere.
fn seen_from(net: &Network, to: End, from: End) -> Vec<End> {
    let Some((target, subnet)) = to.interface.and_then(|ix| net.interface(ix)) else { return vec![to] };
    let own = from.interface.and_then(|ix| net.interface(ix)).map(|(_, own)| own.vpc);
    let public = target.public.filter(|_| !to.private).map(|public| End { address: public.address, ..to });
    if let Some(public) = public.filter(|_| to.public || target.owner == Owner::BalancerNode) {
        return vec![public];
    }
    if to.public && to.address == target.private {
        return vec![End { unaddressed: true, ..to }];
    }
    let from_beyond =
        from.interface.is_none() && to.interface.is_some_and(|ix| comes_from_beyond(net, from.address, ix));
    if own == Some(subnet.vpc) || from_beyond || from.site.is_some() {
        return vec![to];
    }
    let joined = own.is_some_and(|own| net.are_joined(own, subnet.vpc));
    match (joined, public) {
        (true, public) => std::iter::once(to).chain(public).collect(),
        (false, Some(public)) => vec![public],
        (false, None) => vec![End { unaddressed: true, ..to }],
    }
}

/// Between two zones traffic costs money, and one of them may be lost.
fn zones_crossed(design: &Design, net: &Network, forward: &Walk, from: InterfaceIx) -> Option<Remark> {
    let zone = |ix: InterfaceIx| zone_of(design, net.interface(ix)?.1.node);
    let to = forward.arrived_at?;
    let (start, end) = (zone(from)?, zone(to)?);
    let component = net.interfaces.get(to).map(|interface| interface.node);
    (start != end).then(|| Remark {
        code: "AVAILABILITY_ZONE_CROSSED",
        component,
        step: forward.steps.len().saturating_sub(1),
        message: message!(
            "가용 영역 {start}에서 {end}(으)로 넘어가요. 영역 사이 전송에는 요금이 들어요.",
            "It crosses from zone {start} to zone {end}. Transfer between zones is billed."
        ),
    })
}
