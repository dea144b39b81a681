//! One pair walked with all traffic at once: the same way as a traced packet, with a set in place of a port.
//!
//! Most pairs need no walk, see [`super::fill`]; those whose packets meet appliances or odd routes do.

use std::collections::BTreeSet;
use std::net::Ipv4Addr;

use super::super::explain::SHARED;
use super::super::filter::{Direction, Peer, names, rules};
use super::super::network::{Hop, InterfaceIx, Network, Owner, SubnetNet};
use super::super::packet::ENDPOINT_CARRIES;
use super::super::sets::{EVERYTHING, NOTHING, SetId, Sets, intervals};
use super::super::transit::{AttachmentEnd, Nearness, TransitHop};
use super::super::walk::NatSession;
use super::Passage;
use super::tables::{acl_answers, acl_traffic};
use crate::id::NodeId;
use crate::net::{Cidr, PortRange, PrivateFamily, Protocol};

/// Where a walk ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Arrived {
    At(InterfaceIx),
    Outside,
    Service(NodeId),
}

/// A walk in one direction.
pub(super) struct Flow<'a> {
    net: &'a Network,
    sets: &'a mut Sets,
    /// An answer passes groups, and NAT gateways remember whose it is.
    established: Option<Vec<NatSession>>,
    source: Ipv4Addr,
    source_ports: PortRange,
    destination: Ipv4Addr,
    /// The client's ports, where an answer goes; nothing for a first packet, whose ports are what is asked.
    ports: PortRange,
    identity: Option<InterfaceIx>,
    passes: SetId,
    sessions: Vec<NatSession>,
    met: BTreeSet<InterfaceIx>,
    crossed: BTreeSet<(NodeId, NodeId)>,
    came_in: bool,
    /// Whether it ends at the internet gateway, wherever it goes from there.
    to_edge: bool,
    arrived: Option<Arrived>,
}

/// From an interface to an address and back.
pub(super) fn pair(net: &Network, sets: &mut Sets, from: InterfaceIx, to: Ipv4Addr) -> Passage {
    let Some(source) = net.interfaces.get(from).map(|interface| interface.private) else { return Passage::default() };
    let (mut verdict, back) = there(net, sets, from, source, to, PortRange::EPHEMERAL_LINUX);
    let Some(back) = back else { return verdict };
    verdict.answered = answered(net, sets, back, verdict.traffic);
    verdict
}

/// From an interface to the service of a gateway endpoint and back, where the way leads through that endpoint.
pub(super) fn service(net: &Network, sets: &mut Sets, from: InterfaceIx, endpoint: NodeId) -> Passage {
    let source = net.interfaces.get(from).map(|interface| interface.private);
    let service = net.gateway_endpoints.get(&endpoint).and_then(|of| of.blocks.first());
    let (Some(source), Some(service)) = (source, service) else { return Passage::default() };
    let (mut verdict, back) = there(net, sets, from, source, service.first(), PortRange::EPHEMERAL_LINUX);
    let Some(back) = back.filter(|back| back.end == Arrived::Service(endpoint)) else { return Passage::default() };
    verdict.answered = answered(net, sets, back, verdict.traffic);
    verdict
}

/// From a balancer's node, which may keep its client's address, to a target; the answer always goes to the node.
pub(super) fn from_node(net: &Network, sets: &mut Sets, node: InterfaceIx, source: Ipv4Addr, to: Ipv4Addr) -> Passage {
    let (mut verdict, back) = there(net, sets, node, source, to, PortRange::EPHEMERAL);
    let own = net.interfaces.get(node).map_or(source, |node| node.private);
    if let Some(back) = back {
        let back = Back { client: own, expected: None, ..back };
        verdict.answered = answered(net, sets, back, verdict.traffic);
    }
    verdict
}

/// What an answer needs to know.
struct Back {
    end: Arrived,
    /// Who answers, by the address it was reached at.
    server: Ipv4Addr,
    client: Ipv4Addr,
    client_ports: PortRange,
    /// The address the client wrote to: an answer from another is dropped.
    expected: Option<Ipv4Addr>,
    sessions: Vec<NatSession>,
}

fn there(
    net: &Network,
    sets: &mut Sets,
    from: InterfaceIx,
    source: Ipv4Addr,
    to: Ipv4Addr,
    source_ports: PortRange,
) -> (Passage, Option<Back>) {
    let mut flow = Flow::new(net, sets, source, source_ports, to, None);
    let interface = net.interfaces.get(from);
    let known = |of: &super::super::network::Interface| of.private == source || of.owner == Owner::BalancerNode;
    flow.identity = interface.filter(|of| known(of)).map(|_| from);
    flow.leave(from);
    let (traffic, arrived) = (flow.passes, flow.arrived);
    let Some(end) = arrived.filter(|_| traffic != NOTHING) else { return (Passage::default(), None) };
    let back = Back {
        end,
        server: flow.destination,
        client: flow.source,
        client_ports: flow.source_ports,
        expected: matches!(end, Arrived::At(_)).then_some(to),
        sessions: flow.sessions,
    };
    (Passage { traffic, answered: NOTHING }, Some(back))
}

fn answered(net: &Network, sets: &mut Sets, back: Back, traffic: SetId) -> SetId {
    let mut flow = Flow::new(net, sets, back.server, PortRange::ALL, back.client, Some(back.sessions));
    flow.ports = back.client_ports;
    match back.end {
        Arrived::At(ix) => flow.leave(ix),
        Arrived::Outside => flow.come_in(),
        Arrived::Service(endpoint) => {
            if let Some(of) = net.gateway_endpoints.get(&endpoint) {
                flow.enter(of.vpc);
            }
        }
    }
    if flow.arrived.is_none() || back.expected.is_some_and(|expected| expected != flow.source) {
        return NOTHING;
    }
    let passes = flow.passes;
    sets.intersection(traffic, passes)
}

/// From an address outside to the public address of an interface: what gets in, and all traffic of the protocols whose answers get out to a client's
/// own ports, and to those of a NAT gateway.
pub(super) fn inwards(net: &Network, sets: &mut Sets, from: Ipv4Addr, to: InterfaceIx) -> [SetId; 3] {
    let Some(public) = net.interfaces.get(to).and_then(|interface| interface.public) else { return [NOTHING; 3] };
    let [(traffic, answers), (_, to_nat)] = [PortRange::EPHEMERAL_LINUX, PortRange::EPHEMERAL].map(|ports| {
        let mut flow = Flow::new(net, sets, from, ports, public.address, None);
        flow.come_in();
        if flow.arrived != Some(Arrived::At(to)) || flow.passes == NOTHING {
            return (NOTHING, NOTHING);
        }
        let (traffic, server, client, client_ports) = (flow.passes, flow.destination, flow.source, flow.source_ports);
        let mut flow = Flow::new(net, flow.sets, server, PortRange::ALL, client, Some(flow.sessions));
        (flow.ports, flow.to_edge) = (client_ports, true);
        flow.leave(to);
        let back = flow.arrived == Some(Arrived::Outside) && flow.source == public.address;
        (traffic, if back { flow.passes } else { NOTHING })
    });
    [traffic, answers, to_nat]
}

impl<'a> Flow<'a> {
    fn new(
        net: &'a Network,
        sets: &'a mut Sets,
        source: Ipv4Addr,
        source_ports: PortRange,
        destination: Ipv4Addr,
        established: Option<Vec<NatSession>>,
    ) -> Self {
        Self {
            net,
            sets,
            established,
            source,
            source_ports,
            destination,
            ports: PortRange::ALL,
            identity: None,
            passes: EVERYTHING,
            sessions: Vec::new(),
            met: BTreeSet::new(),
            crossed: BTreeSet::new(),
            came_in: false,
            to_edge: false,
            arrived: None,
        }
    }

    fn keep(&mut self, set: SetId) {
        self.passes = self.sets.intersection(self.passes, set);
    }

    fn stop(&mut self) {
        self.passes = NOTHING;
    }

    fn leave(&mut self, ix: InterfaceIx) {
        let net = self.net;
        let Some((_, subnet)) = net.interface(ix) else { return self.stop() };
        self.group(ix, Direction::Outbound);
        let near = net.by_private(subnet.vpc, self.destination);
        match near.filter(|near| net.interface(*near).is_some_and(|(_, other)| other.node == subnet.node)) {
            Some(near) => self.arrive(near),
            None => {
                self.acl(subnet, Direction::Outbound);
                self.route(ix, subnet);
            }
        }
    }

    fn group(&mut self, ix: InterfaceIx, direction: Direction) {
        let Some((interface, subnet)) = self.net.interface(ix) else { return };
        let Some(groups) = interface.groups.as_deref().filter(|_| self.established.is_none()) else { return };
        let peer = match direction {
            Direction::Inbound => Peer { address: self.source, interface: self.identity },
            Direction::Outbound => {
                Peer { address: self.destination, interface: self.net.known_peer(subnet, self.destination) }
            }
        };
        let all = groups.iter().flat_map(|group| rules(self.net, *group, direction));
        let admitted =
            all.filter(|rule| names(self.net, rule, peer)).map(|rule| intervals(rule.protocol, rule.numbers()));
        let set = self.sets.of(admitted.collect());
        self.keep(set);
    }

    fn acl(&mut self, subnet: &SubnetNet, direction: Direction) {
        let Some((inbound, outbound)) = subnet.acl.and_then(|acl| self.net.acls.get(&acl)) else { return };
        let (rules, peer) =
            if direction == Direction::Inbound { (inbound, self.source) } else { (outbound, self.destination) };
        let speaks = rules.iter().filter(|rule| rule.cidr.v4().is_some_and(|cidr| cidr.contains_addr(peer)));
        let mut set = acl_traffic(speaks, self.sets);
        if self.established.is_some() {
            set = acl_answers(set, self.ports, self.sets);
        }
        self.keep(set);
    }

    fn carries(&mut self, protocols: &[Protocol]) {
        let all = protocols.iter().map(|protocol| intervals(*protocol, PortRange::ALL)).collect();
        let set = self.sets.of(all);
        self.keep(set);
    }

    fn route(&mut self, ix: InterfaceIx, subnet: &SubnetNet) {
        if self.passes == NOTHING || !self.met.insert(ix) {
            return self.stop();
        }
        match self.net.route(subnet, self.destination).map(|route| route.hop) {
            None | Some(Hop::Blackhole | Hop::Beyond | Hop::Vpn(_)) => self.stop(),
            Some(Hop::Local) => self.enter(subnet.vpc),
            Some(Hop::InternetGateway(_)) => self.out_to_internet(ix),
            Some(Hop::NatGateway(nat)) => self.translate(ix, nat),
            Some(Hop::Appliance(appliance)) => self.through_appliance(Some(ix), appliance),
            Some(Hop::Inspection(endpoint)) => self.inspected(Some(ix), endpoint),
            Some(Hop::Peering(peering)) => self.across(subnet.vpc, peering),
            Some(Hop::Transit(gateway)) => self.enter_transit(subnet, gateway),
            Some(Hop::Endpoint(endpoint)) => {
                let carried = ENDPOINT_CARRIES.map(|(protocol, numbers)| intervals(protocol, numbers));
                let carried = self.sets.of(carried.to_vec());
                self.keep(carried);
                self.arrived = Some(Arrived::Service(endpoint));
            }
        }
    }

    fn enter(&mut self, vpc: NodeId) {
        let Some(to) = self.net.by_private(vpc, self.destination) else { return self.stop() };
        if let Some((_, subnet)) = self.net.interface(to) {
            self.acl(subnet, Direction::Inbound);
            self.arrive(to);
        }
    }

    fn across(&mut self, vpc: NodeId, id: NodeId) {
        let net = self.net;
        let Some((peering, other)) = net.peerings.get(&id).and_then(|peering| Some((peering, peering.other(vpc)?)))
        else {
            return self.stop();
        };
        if !peering.active || !net.holds(vpc, self.source) || !net.holds(other, self.destination) {
            return self.stop();
        }
        if !peering.same_region {
            self.identity = None;
        }
        self.enter(other);
    }

    fn enter_transit(&mut self, subnet: &SubnetNet, gateway: NodeId) {
        let net = self.net;
        let entry = net.transit.attachment_of(subnet.vpc, gateway).and_then(|id| Some((id, net.entry(id, subnet)?)));
        let Some((attachment, (ix, Nearness::SameZone))) = entry else { return self.stop() };
        if let Some((_, own)) = net.interface(ix) {
            self.acl(own, Direction::Inbound);
        }
        self.transit(attachment, gateway, net.zone_at(ix));
    }

    fn transit(&mut self, from: NodeId, gateway: NodeId, zone: Option<&str>) {
        let net = self.net;
        let of = net.transit.attachments.get(&from);
        let known = net.transit.gateways.get(&gateway).is_some_and(|of| of.known);
        let table = of.and_then(|of| of.table_at(gateway)).filter(|_| known && self.crossed.insert((from, gateway)));
        let Some(table) = table else { return self.stop() };
        let Some(route) = net.transit.route(table, self.destination) else { return self.stop() };
        let hidden = route.destination.prefix_len() == 0 && Cidr::host(self.destination).is_private();
        let TransitHop::Attachment(to) = route.hop else { return self.stop() };
        let Some(of) = net.transit.attachments.get(&to).filter(|_| !(hidden && net.transit.is_partial(table))) else {
            return self.stop();
        };
        if !net.transit.keeps_references(gateway, from, to) {
            self.identity = None;
        }
        match of.end {
            AttachmentEnd::Vpc(vpc) => {
                let exit = net.exit(to, zone).and_then(|ix| Some((ix, net.interface(ix)?.1)));
                let Some((ix, subnet)) = exit else { return self.stop() };
                let near = net.by_private(vpc, self.destination);
                match near.filter(|near| net.interface(*near).is_some_and(|(_, own)| own.node == subnet.node)) {
                    Some(near) => self.arrive(near),
                    None => {
                        self.acl(subnet, Direction::Outbound);
                        self.route(ix, subnet);
                    }
                }
            }
            AttachmentEnd::Vpn => self.stop(),
            AttachmentEnd::Gateway { active } => match of.other_side(gateway).filter(|_| active) {
                Some(other) => self.transit(to, other, None),
                None => self.stop(),
            },
        }
    }

    fn arrive(&mut self, ix: InterfaceIx) {
        let Some(interface) = self.net.interfaces.get(ix) else { return self.stop() };
        let session = self.established.iter().flatten().find(|session| session.nat == ix).copied();
        match session {
            Some(session) => {
                (self.destination, self.ports) = (session.source, session.source_ports);
                self.leave(ix);
            }
            None if matches!(interface.owner, Owner::NatGateway | Owner::Inspection | Owner::Transit) => self.stop(),
            None => {
                self.group(ix, Direction::Inbound);
                self.arrived = Some(Arrived::At(ix));
            }
        }
    }

    fn translate(&mut self, from: InterfaceIx, nat: InterfaceIx) {
        let net = self.net;
        let Some((gateway, subnet)) = net.interface(nat) else { return self.stop() };
        if !net.enters(Some(from), subnet) {
            return self.stop();
        }
        self.acl(subnet, Direction::Inbound);
        self.carries(&[Protocol::Tcp, Protocol::Udp, Protocol::Icmp]);
        self.masquerade(nat, gateway.private);
        self.acl(subnet, Direction::Outbound);
        self.route(nat, subnet);
    }

    fn masquerade(&mut self, nat: InterfaceIx, own: Ipv4Addr) {
        self.sessions.push(NatSession { nat, source: self.source, source_ports: self.source_ports });
        self.identity = None;
        (self.source, self.source_ports) = (own, PortRange::EPHEMERAL);
    }

    fn inspected(&mut self, from: Option<InterfaceIx>, ix: InterfaceIx) {
        let net = self.net;
        let Some((endpoint, subnet)) = net.interface(ix) else { return self.stop() };
        if net.inspections.get(&endpoint.node).is_none_or(|inspection| !inspection.blockers.is_empty()) {
            return self.stop();
        }
        if net.enters(from, subnet) {
            self.acl(subnet, Direction::Inbound);
        }
        self.identity = None;
        self.leave(ix);
    }

    fn through_appliance(&mut self, from: Option<InterfaceIx>, ix: InterfaceIx) {
        let net = self.net;
        let Some((appliance, subnet)) = net.interface(ix) else { return self.stop() };
        if appliance.source_dest_check {
            return self.stop();
        }
        if net.enters(from, subnet) {
            self.acl(subnet, Direction::Inbound);
        }
        self.group(ix, Direction::Inbound);
        self.identity = None;
        if net.is_nat_instance(ix, self.source, self.destination) {
            self.masquerade(ix, appliance.private);
        }
        self.group(ix, Direction::Outbound);
        self.acl(subnet, Direction::Outbound);
        self.route(ix, subnet);
    }

    fn out_to_internet(&mut self, ix: InterfaceIx) {
        let Some(interface) = self.net.interfaces.get(self.net.sender(ix, self.source)) else { return self.stop() };
        let private = PrivateFamily::ALL.iter().any(|family| family.block().contains_addr(self.destination))
            || SHARED.contains_addr(self.destination);
        let Some(public) = interface.public.filter(|_| self.source == interface.private && !private) else {
            return self.stop();
        };
        self.identity = None;
        self.source = public.address;
        if !self.to_edge && self.net.by_public(self.destination).is_some() {
            return self.come_in();
        }
        self.arrived = Some(Arrived::Outside);
    }

    fn come_in(&mut self) {
        let net = self.net;
        let Some(to) = net.by_public(self.destination) else { return self.stop() };
        let Some((interface, subnet)) = net.interface(to) else { return self.stop() };
        if !net.internet_gateways.contains_key(&subnet.vpc) || Cidr::host(self.source).is_private() {
            return self.stop();
        }
        self.destination = interface.private;
        if !std::mem::replace(&mut self.came_in, true) {
            self.met.clear();
            self.crossed.clear();
        }
        match net.edge_route(subnet.vpc, interface.private).map_or(Hop::Local, |route| route.hop) {
            Hop::Local => {
                self.acl(subnet, Direction::Inbound);
                self.arrive(to);
            }
            Hop::Inspection(endpoint) => self.inspected(None, endpoint),
            Hop::Appliance(appliance) => self.through_appliance(None, appliance),
            _ => self.stop(),
        }
    }
}
