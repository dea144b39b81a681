//! Load balancers: which listener takes a connection, and whether the nodes reach the targets, for traffic and for health checks.
use std::collections::BTreeSet;
use std::net::Ipv4Addr;

use super::network::{Goal, InterfaceIx, Listening, Network};
use super::packet::{Blocker, Packet, Remedy, Walk};
use super::walk::Walker;
use crate::catalog::Kind;
use crate::catalog::kinds::{
    HealthProtocol, Listener, ListenerProtocol, LoadBalancer, Target, TargetGroup, TargetProtocol, TargetType, Zone,
};
use crate::design::{Design, Edit, Fix};
use crate::id::NodeId;
use crate::net::{PortRange, Protocol};
use crate::reach::question::Trace;
use crate::{id_of, message};

/// The code of a target in a zone that a node does not send to.
pub(super) const NOT_ACROSS: &str = "ELB_NOT_CROSSZONE";

/// Who connects.
#[derive(Clone, Copy, Debug)]
pub(super) struct Client {
    /// The address that the balancer sees.
    pub(super) address: Ipv4Addr,
    /// What it speaks.
    pub(super) protocol: Protocol,
}

/// The listener of a balancer that accepts a connection.
pub fn listener_on(design: &Design, balancer: NodeId, protocol: Protocol, port: u16) -> Option<(NodeId, &Listener)> {
    let accepts = |listener: &Listener| listener.port == port && transport(listener.protocol).contains(&protocol);
    design
        .children(Some(balancer))
        .find_map(|id| design.get::<Listener>(id).filter(|listener| accepts(listener)).map(|listener| (id, listener)))
}

/// What a balancer listens on, and where an NLB sends it. Nobody connects to a GWLB: routes lead to its endpoints.
pub(super) fn listening(design: &Design, net: &Network, balancer: NodeId) -> Vec<Listening> {
    let Some(of) = design.get::<LoadBalancer>(balancer).filter(|of| !of.is_gateway()) else { return Vec::new() };
    let passes_on = !of.is_application();
    let listeners = design.children(Some(balancer)).filter_map(|id| design.get::<Listener>(id));
    listeners
        .flat_map(|listener| {
            let goals = |protocol: Protocol| {
                let groups = listener.forwards.iter().filter_map(|forward| forward.target_group);
                let nodes = net.interfaces_of(balancer);
                let all = groups.flat_map(|group| {
                    nodes.iter().flat_map(move |node| registered(design, net, *node, group, protocol))
                });
                all.filter_map(Registered::goal).collect::<Vec<_>>()
            };
            let listening = |protocol: &Protocol| Listening {
                protocol: *protocol,
                port: listener.port,
                goals: passes_on.then(|| goals(*protocol)),
            };
            transport(listener.protocol).iter().map(listening).collect::<Vec<_>>()
        })
        .collect()
}

/// What a listener takes on the wire.
pub(super) const fn transport(protocol: ListenerProtocol) -> &'static [Protocol] {
    match protocol {
        ListenerProtocol::Http | ListenerProtocol::Https | ListenerProtocol::Tcp | ListenerProtocol::Tls => {
            &[Protocol::Tcp]
        }
        ListenerProtocol::Udp | ListenerProtocol::Geneve => &[Protocol::Udp],
        ListenerProtocol::TcpUdp => &[Protocol::Tcp, Protocol::Udp],
    }
}

/// One registered target as packets reach it.
#[derive(Clone, Debug, PartialEq)]
pub struct TargetReach {
    /// The instance, if it is one.
    pub instance: Option<NodeId>,
    /// Its address.
    pub address: Option<Ipv4Addr>,
    /// The port traffic goes to.
    pub port: u16,
    /// From a node of the balancer to the target.
    pub traffic: Trace,
    /// The same way for the health check.
    pub health: Trace,
    /// What keeps it out beside the network: a zone that is not enabled, an address nobody holds.
    pub barred: Option<Blocker>,
}

impl TargetReach {
    /// Whether its health check can succeed.
    pub fn healthy(&self) -> bool {
        self.barred.is_none() && self.health.reachable()
    }

    /// Whether it gets and answers requests while it is healthy.
    pub fn serves(&self) -> bool {
        self.healthy() && self.traffic.reachable()
    }
}

/// One registered target as the balancer knows it.
struct Registered {
    instance: Option<NodeId>,
    address: Option<Ipv4Addr>,
    port: u16,
    probe: u16,
    protocol: Protocol,
    keeps_client: bool,
    /// Whether it is sent whole packets, wrapped in GENEVE.
    wraps: bool,
    /// The node that serves it, and its interface, where both are there and in one VPC.
    way: Option<(InterfaceIx, InterfaceIx)>,
    barred: Option<Blocker>,
}

impl Registered {
    /// How packets reach it, for a client whose address the balancer would keep.
    fn reached(self, design: &Design, net: &Network, client: Client) -> TargetReach {
        let (traffic, health) = self.way.map_or_else(Default::default, |(node, to)| {
            let own = net.interfaces.get(node).map_or(client.address, |node| node.private);
            let to_target = |source, protocol, port| Packet {
                protocol,
                source,
                source_ports: PortRange::EPHEMERAL,
                destination: net.interfaces.get(to).map_or(source, |target| target.private),
                ports: PortRange::single(port),
            };
            let sent = to_target(if self.keeps_client { client.address } else { own }, self.protocol, self.port);
            let probe = to_target(own, Protocol::Tcp, self.probe);
            let back = |packet: Packet| Packet { destination: own, ..packet.reply().unwrap_or(packet) };
            // An appliance sends a wrapped packet back with the addresses changed over and the ports as they were.
            let answer = if self.wraps {
                Packet { ports: sent.ports, source_ports: sent.source_ports, ..back(sent) }
            } else {
                back(sent)
            };
            let mut traffic = from_node(design, net, (node, to), sent, answer);
            // Whoever comes by way of the internet has another address there, and gets no packet from its own.
            if self.keeps_client && sent.source == sent.destination {
                traffic.forward.blockers.push(hairpin(design, net, node, to));
            }
            (traffic, from_node(design, net, (node, to), probe, back(probe)))
        });
        let Self { instance, address, port, barred, .. } = self;
        TargetReach { instance, address, port, traffic, health, barred }
    }

    fn goal(self) -> Option<Goal> {
        let (node, to) = self.way.filter(|_| self.barred.is_none())?;
        let Self { protocol, port, probe, keeps_client, .. } = self;
        Some(Goal { node, to, protocol, port, probe, keeps_client })
    }
}

/// The targets of a group as one node of a balancer knows them, for clients that speak a protocol.
fn registered(
    design: &Design,
    net: &Network,
    node: InterfaceIx,
    group_id: NodeId,
    speaks: Protocol,
) -> Vec<Registered> {
    let Some((interface, node_subnet)) = net.interface(node) else { return Vec::new() };
    let balancer_id = interface.node;
    let (Some(balancer), Some(group)) = (design.get::<LoadBalancer>(balancer_id), design.get::<TargetGroup>(group_id))
    else {
        return Vec::new();
    };
    let is_open_group = net.unknown.targets.contains(&group_id);
    let across = balancer.is_application() || balancer.cross_zone;
    // Whether only a deployment knows the zone of a subnet.
    let is_open = |subnet: NodeId| {
        let zone = design.ancestor(subnet, Kind::Zone);
        zone.is_some_and(|zone| design.is_open(zone, id_of!(Zone.letter)))
    };
    let zones: BTreeSet<&str> = balancer.subnets.iter().filter_map(|subnet| zone_of(design, *subnet)).collect();
    let one = |port: Option<u16>, instance: Option<NodeId>, address: Option<Ipv4Addr>, to: Option<InterfaceIx>| {
        let port = port.unwrap_or(group.port);
        let mut found = Registered {
            instance,
            address,
            port,
            probe: if group.health_port == "traffic-port" { port } else { group.probe_port().unwrap_or(port) },
            protocol: transport_of(group, speaks),
            keeps_client: !balancer.is_application() && group.keeps_client(),
            wraps: balancer.is_gateway(),
            way: None,
            barred: None,
        };
        let Some((to, (interface, subnet))) = to.and_then(|to| Some((to, net.interface(to)?))) else {
            found.barred =
                Some(if is_open_group { targets_unknown(design, group_id) } else { nobody(design, group_id) });
            return found;
        };
        found.address = Some(interface.private);
        let zone = zone_of(design, subnet.node);
        let of_zones = balancer.subnets.iter().copied().chain([subnet.node]);
        found.barred = zone.filter(|zone| !zones.contains(zone)).map(|zone| match of_zones.into_iter().any(is_open) {
            true => zone_unknown(design, balancer_id, net, to),
            false => zone_off(design, balancer_id, net, to, zone),
        });
        if subnet.vpc == node_subnet.vpc {
            found.way = Some((node, to));
        } else if found.barred.is_none() {
            found.barred = Some(out_of_reach(design, balancer_id, interface.node));
        }
        if !across && zone != zone_of(design, node_subnet.node) && found.barred.is_none() {
            found.barred = Some(not_across(design, net, balancer_id, to));
        }
        found
    };
    let chosen = group.targets.iter().map(|target| {
        let to = resolve(design, net, balancer_id, target, group.target_type);
        one(target.port, target.instance, target.address.parse().ok(), to)
    });
    let joined = net.joined.get(&group_id).into_iter().flatten().map(|(to, port)| {
        let owner = net.interfaces.get(*to).map(|interface| interface.node);
        one(*port, owner, None, Some(*to))
    });
    let mut all: Vec<Registered> = chosen.chain(joined).collect();
    if is_open_group && all.iter().all(|target| target.way.is_some()) {
        all.push(one(None, None, None, None));
    }
    all
}

/// Whether each target of a group can be reached from a node of a balancer, for a client whose address an NLB would keep.
pub(super) fn targets(
    design: &Design,
    net: &Network,
    node: InterfaceIx,
    group: NodeId,
    client: Client,
) -> Vec<TargetReach> {
    registered(design, net, node, group, client.protocol)
        .into_iter()
        .map(|target| target.reached(design, net, client))
        .collect()
}

/// Whether each appliance of a group can be reached from one node of a gateway balancer.
pub(super) fn inspecting(design: &Design, net: &Network, group: NodeId, node: InterfaceIx) -> Vec<TargetReach> {
    let address = net.interfaces.get(node).map_or(crate::facts::routes::SOMEBODY, |node| node.private);
    targets(design, net, node, group, Client { address, protocol: Protocol::Udp })
}

/// What targets are sent: of a group that takes both what the client speaks.
const fn transport_of(group: &TargetGroup, client: Protocol) -> Protocol {
    match group.protocol {
        TargetProtocol::TcpUdp => client,
        TargetProtocol::Udp | TargetProtocol::Geneve => Protocol::Udp,
        _ => Protocol::Tcp,
    }
}

/// Whether a group's health check can pass at all by its own settings.
pub const fn probes_by_http(group: &TargetGroup) -> bool {
    !matches!(group.health_protocol, HealthProtocol::Tcp)
}

fn resolve(design: &Design, net: &Network, balancer: NodeId, target: &Target, kind: TargetType) -> Option<InterfaceIx> {
    match kind {
        TargetType::Instance => net.interfaces_of(target.instance?).first().copied(),
        TargetType::Ip if target.address.is_empty() => net.interfaces_of(target.instance?).first().copied(),
        TargetType::Ip => net.by_private(design.ancestor(balancer, Kind::Vpc)?, target.address.parse().ok()?),
    }
}

pub(super) fn zone_of(design: &Design, subnet: NodeId) -> Option<&str> {
    Some(design.get::<Zone>(design.ancestor(subnet, Kind::Zone)?)?.letter.as_str())
}

/// A packet from a balancer's node to a target, and its answer, which goes back to the node even where the node keeps the client's address.
fn from_node(
    design: &Design,
    net: &Network,
    (from, to): (InterfaceIx, InterfaceIx),
    packet: Packet,
    answer: Packet,
) -> Trace {
    let (forward, sessions) = Walker::new(design, net, packet, None).start_at(from);
    if !forward.arrives {
        return Trace::of(forward, Walk::default());
    }
    let (reply, _) = Walker::new(design, net, answer, Some(&sessions)).start_at(to);
    Trace::of(forward, reply)
}

/// A target that connects to itself through its own balancer gets its own packet back, and drops it.
fn hairpin(design: &Design, net: &Network, node: InterfaceIx, target: InterfaceIx) -> Blocker {
    let owner = |ix: InterfaceIx| net.interfaces.get(ix).map(|interface| interface.node);
    let name = |ix| owner(ix).and_then(|id| design.node(id)).map_or("", |node| node.name.as_str());
    let (balancer, target_name) = (name(node), name(target));
    let message = message!(
        "{target_name}이(가) 로드 밸런서 {balancer}을(를) 거쳐 자기 자신에게 연결하면, 클라이언트 IP가 유지되어서 자기 주소에서 온 패킷을 받고 버려요. 대상 그룹의 클라이언트 IP 유지를 끄거나 직접 연결하세요.",
        "When {target_name} connects to itself through load balancer {balancer}, client addresses are kept, so it gets a packet from its own address and drops it. Turn client IP preservation of the target group off, or connect directly."
    );
    Blocker::new("ELBV2_SOURCE_ADDRESS_PRESERVATION", owner(target), message)
}

fn zone_off(design: &Design, balancer: NodeId, net: &Network, target: InterfaceIx, zone: &str) -> Blocker {
    let name = design.node(balancer).map_or("", |node| node.name.as_str());
    let owner = net.interfaces.get(target).map(|interface| interface.node);
    let target = owner.and_then(|id| design.node(id)).map_or("", |node| node.name.as_str());
    let message = message!(
        "대상 {target}은(는) 가용 영역 {zone}에 있는데 로드 밸런서 {name}에는 그 영역의 서브넷이 없어요. 로드 밸런서에 {zone} 영역의 서브넷을 추가하세요.",
        "Target {target} lies in zone {zone}, which is not enabled on load balancer {name}. Add a subnet of zone {zone} to it."
    );
    Blocker::new("ELB_INSTALLED_AZ_RESTRICTION", Some(balancer), message)
}

fn zone_unknown(design: &Design, balancer: NodeId, net: &Network, target: InterfaceIx) -> Blocker {
    let name = design.node(balancer).map_or("", |node| node.name.as_str());
    let owner = net.interfaces.get(target).map(|interface| interface.node);
    let target = owner.and_then(|id| design.node(id)).map_or("", |node| node.name.as_str());
    let message = message!(
        "대상 {target}이(가) 로드 밸런서 {name}의 서브넷과 같은 가용 영역에 있는지는 배포할 때 정해져서 알 수 없어요. 가용 영역 매개변수에 값을 넣어 보세요.",
        "Whether target {target} lies in a zone that is enabled on load balancer {name} is decided at deployment. Give the parameters of the zones values."
    );
    Blocker::unknown("UNKNOWN_RESOURCE", Some(balancer), message)
}

fn not_across(design: &Design, net: &Network, balancer: NodeId, target: InterfaceIx) -> Blocker {
    let name = design.node(balancer).map_or("", |node| node.name.as_str());
    let owner = net.interfaces.get(target).map(|interface| interface.node);
    let target = owner.and_then(|id| design.node(id)).map_or("", |node| node.name.as_str());
    let message = message!(
        "대상 {target}은(는) 엔드포인트와 다른 가용 영역에 있고 로드 밸런서 {name}의 교차 영역 로드 밸런싱이 꺼져 있어요. 켜거나 엔드포인트의 영역에도 대상을 등록하세요.",
        "Target {target} lies in another zone than the endpoint, and cross-zone load balancing of {name} is off. Turn it on, or register a target in the endpoint's zone too."
    );
    let title = message!("{name}의 교차 영역 로드 밸런싱 켜기", "Turn on cross-zone load balancing of {name}");
    let fix = Fix { title, edits: vec![Edit::set(balancer, id_of!(LoadBalancer.cross_zone), true)] };
    Blocker::new(NOT_ACROSS, Some(balancer), message).with(Some(Remedy::Ready(fix)))
}

fn out_of_reach(design: &Design, balancer: NodeId, target: NodeId) -> Blocker {
    let name = |id| design.node(id).map_or("", |node| node.name.as_str());
    let (balancer_name, target) = (name(balancer), name(target));
    let message = message!(
        "대상 {target}에 보낼 로드 밸런서 {balancer_name}의 노드가 없어요. 대상이 다른 VPC에 있거나 로드 밸런서에 서브넷이 없어요. 같은 VPC의 대상을 등록하고 서브넷을 고르세요.",
        "Load balancer {balancer_name} has no node that could send to target {target}: the target is in another VPC, or the balancer has no subnet. Register targets of the same VPC and choose subnets."
    );
    Blocker::new("TARGET_ADDRESS_RESTRICTION", Some(balancer), message)
}

fn targets_unknown(design: &Design, group: NodeId) -> Blocker {
    let name = design.node(group).map_or("", |node| node.name.as_str());
    let message = message!(
        "대상 그룹 {name}의 대상 가운데 배포할 때 정해지거나 다른 로드 밸런서처럼 여기서 판단하지 않는 것이 있어서, 누가 요청을 받는지 알 수 없어요. 매개변수에 값을 넣거나 대상을 직접 확인하세요.",
        "Target group {name} has targets that only a deployment knows or that are not judged here, such as another load balancer, so who gets requests is not known. Give the parameters values, or look at the targets themselves."
    );
    Blocker::unknown("UNKNOWN_RESOURCE", Some(group), message)
}

fn nobody(design: &Design, group: NodeId) -> Blocker {
    let name = design.node(group).map_or("", |node| node.name.as_str());
    let message = message!(
        "대상 그룹 {name}의 대상이 가리키는 인스턴스나 주소가 없어요. 대상을 다시 고르세요.",
        "A target of target group {name} names no instance or address that exists. Choose another."
    );
    Blocker::new("TARGET_ADDRESS_RESTRICTION", Some(group), message)
}
