//! One packet through the network in one direction, past every filter on its way.
//!
//! A filter that denies is noted and the walk goes on as if it were open, so that everything that blocks shows at once. Where there is no way at
//! all (no route, nobody with that address) the walk ends.

mod doubt;
mod middle;
mod remark;
mod transit;
mod vpn;

pub use doubt::Permits;

use std::collections::BTreeSet;
use std::net::Ipv4Addr;

use super::explain::{Explain, SHARED};
use super::filter::{Direction, Peer, acl_verdicts, admitted};
use super::network::{Hop, Interface, InterfaceIx, Network, Owner, SubnetNet};
use super::packet::{Decision, ENDPOINT_CARRIES, Packet, Remark, Step, StepKind, Walk};
use crate::design::Design;
use crate::id::NodeId;
use crate::net::{Cidr, PortRange, PrivateFamily, Protocol};
use crate::text::Message;

/// Components a packet may meet before it is taken to go in a circle.
const MAX_STEPS: usize = 64;

/// A connection that a NAT gateway keeps, so that the answer finds its way back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NatSession {
    /// The NAT gateway.
    pub nat: InterfaceIx,
    /// Who began the connection.
    pub source: Ipv4Addr,
    /// From which ports.
    pub source_ports: PortRange,
}

/// Walks packets through a network.
pub struct Walker<'a> {
    design: &'a Design,
    net: &'a Network,
    /// An answer passes security groups, and NAT gateways give it its first address back.
    established: Option<&'a [NatSession]>,
    packet: Packet,
    /// The interface whose private address the source is, while the packet still shows it.
    identity: Option<InterfaceIx>,
    /// The same at the start, which filters no longer see once something on the way has hidden it.
    origin: Option<InterfaceIx>,
    /// Who is meant, where nobody outside can address it: the walk notes that and goes on.
    meant: Option<InterfaceIx>,
    walk: Walk,
    sessions: Vec<NatSession>,
    met: BTreeSet<InterfaceIx>,
    /// The attachments by which it has entered a transit gateway.
    crossed: BTreeSet<(NodeId, NodeId)>,
    /// The transit gateway across which rules no longer see who sent it.
    unreferenced: Option<NodeId>,
    /// Whether it has come in from the internet, which it can do once: after that it may pass the same places again.
    came_in: bool,
}

impl<'a> Walker<'a> {
    /// A first packet, or the answer to one where `established` holds what NAT gateways remember.
    pub fn new(design: &'a Design, net: &'a Network, packet: Packet, established: Option<&'a [NatSession]>) -> Self {
        Self {
            design,
            net,
            established,
            packet,
            identity: None,
            origin: None,
            meant: None,
            walk: Walk::default(),
            sessions: Vec::new(),
            met: BTreeSet::new(),
            crossed: BTreeSet::new(),
            unreferenced: None,
            came_in: false,
        }
    }

    /// Names who is meant although it has no address that works from where the packet starts.
    #[must_use]
    pub const fn meaning(mut self, ix: Option<InterfaceIx>) -> Self {
        self.meant = ix;
        self
    }

    /// From an interface; the walk, and what NAT gateways remember of it.
    pub fn start_at(mut self, ix: InterfaceIx) -> (Walk, Vec<NatSession>) {
        if let Some((interface, _)) = self.net.interface(ix) {
            // Targets know a balancer's node by its groups, even where it keeps the client's address.
            let known = interface.private == self.packet.source || interface.owner == Owner::BalancerNode;
            self.identity = known.then_some(ix);
            self.origin = self.identity;
            self.step(StepKind::Interface, Some(interface.node), Decision::Pass, true);
            self.leave(ix);
        }
        self.finish()
    }

    /// Back from the service behind a gateway endpoint.
    pub fn start_at_endpoint(mut self, endpoint: NodeId) -> (Walk, Vec<NatSession>) {
        self.step(StepKind::Endpoint, Some(endpoint), Decision::Pass, true);
        if let Some(of) = self.net.gateway_endpoints.get(&endpoint) {
            self.enter(of.vpc);
        }
        self.finish()
    }

    /// From outside AWS.
    pub fn start_outside(mut self) -> (Walk, Vec<NatSession>) {
        self.step(StepKind::Internet, None, Decision::Pass, true);
        self.come_in();
        self.finish()
    }

    fn finish(mut self) -> (Walk, Vec<NatSession>) {
        self.walk.last = Some(self.packet);
        (self.walk, self.sessions)
    }

    fn step(&mut self, kind: StepKind, component: Option<NodeId>, decision: Decision, passed: bool) {
        let header = self.packet;
        self.walk.steps.push(Step { kind, component, decision, passed, header_in: header, header_out: header });
    }

    /// Rewrites the header at the last step.
    fn rewrite(&mut self, change: impl FnOnce(&mut Packet)) {
        change(&mut self.packet);
        if let Some(step) = self.walk.steps.last_mut() {
            step.header_out = self.packet;
        }
    }

    fn block(&mut self, blocker: impl FnOnce(&Explain<'_>) -> super::packet::Blocker) {
        let explain =
            Explain { design: self.design, net: self.net, packet: self.packet, answer: self.established.is_some() };
        let mut blocker = blocker(&explain);
        blocker.step = self.walk.steps.len().saturating_sub(1);
        if let Some(step) = self.walk.steps.last_mut() {
            step.passed = false;
        }
        self.walk.blockers.push(blocker);
    }

    /// Notes what happens at the last step without stopping the packet.
    fn remark(&mut self, code: &'static str, component: Option<NodeId>, message: Message) {
        let step = self.walk.steps.len().saturating_sub(1);
        self.walk.remarks.push(Remark { code, component, step, message });
    }

    /// Out of an interface into its subnet.
    fn leave(&mut self, ix: InterfaceIx) {
        let Some((interface, subnet)) = self.net.interface(ix) else { return };
        if self.net.is_own_service(subnet.vpc, self.packet.destination) {
            self.walk.arrives = true;
            self.walk.own_service = true;
            return;
        }
        self.group(ix, interface, Direction::Outbound);
        let near = self.net.by_private(subnet.vpc, self.packet.destination);
        if let Some(near) =
            near.filter(|near| self.net.interface(*near).is_some_and(|(_, other)| other.node == subnet.node))
        {
            // Within a subnet neither ACL nor route table is asked.
            self.arrive(near);
            return;
        }
        self.acl(subnet, Direction::Outbound);
        self.route(ix, subnet);
    }

    fn group(&mut self, ix: InterfaceIx, interface: &Interface, direction: Direction) {
        let Some(groups) = interface.groups.as_deref().filter(|_| self.established.is_none()) else { return };
        let packet = self.packet;
        let peer = match direction {
            Direction::Inbound => Peer { address: packet.source, interface: self.identity },
            Direction::Outbound => {
                let subnet = self.net.interface(ix).map(|(_, subnet)| subnet);
                Peer {
                    address: packet.destination,
                    interface: subnet.and_then(|subnet| self.net.known_peer(subnet, packet.destination)),
                }
            }
        };
        match admitted(self.net, groups, direction, peer, packet.protocol, packet.ports) {
            Some(by) => self.step(StepKind::SecurityGroup, Some(by.group), Decision::Row(by.row + 1), true),
            None => {
                self.step(StepKind::SecurityGroup, groups.first().copied(), Decision::Implicit, false);
                let (unknown, hidden) = (&self.net.unknown, self.hidden(direction));
                let open = groups.iter().copied().find(|group| hidden.contains(group));
                let member = unknown.members.contains(&interface.node).then_some(interface.node);
                match open.or(member).or_else(|| self.unknown_peer(peer, groups, direction)) {
                    Some(holder) => self.block(|explain| explain.group_unknown(ix, holder, direction)),
                    None => {
                        self.block(|explain| explain.group_denies(ix, direction, peer));
                        self.hidden_member(ix, groups, direction);
                    }
                }
            }
        }
    }

    fn acl(&mut self, subnet: &SubnetNet, direction: Direction) {
        let packet = self.packet;
        let peer = if direction == Direction::Inbound { packet.source } else { packet.destination };
        let verdicts = acl_verdicts(self.net, subnet.acl, direction, peer, packet.protocol, packet.ports);
        let deciding = verdicts.iter().find(|verdict| !verdict.allowed).or_else(|| verdicts.first()).copied();
        let decision = deciding.and_then(|verdict| verdict.rule).map_or(Decision::Implicit, Decision::Number);
        let denied = deciding.filter(|verdict| !verdict.allowed);
        self.step(StepKind::NetworkAcl, subnet.acl.or(Some(subnet.node)), decision, denied.is_none());
        if let Some(acl) = subnet.acl.filter(|acl| self.hidden(direction).contains(acl)) {
            self.block(|explain| explain.acl_unknown(acl, direction));
        } else if let Some(verdict) = denied {
            self.block(|explain| explain.acl_denies(subnet, direction, verdict));
        }
    }

    fn route(&mut self, ix: InterfaceIx, subnet: &SubnetNet) {
        if self.walk.steps.len() > MAX_STEPS || !self.met.insert(ix) {
            self.block(|explain| explain.circle(subnet));
            return;
        }
        let route = self.net.route(subnet, self.packet.destination);
        if let Some(holder) = self.route_unknown(subnet, route) {
            self.step(StepKind::RouteTable, Some(holder), Decision::Implicit, false);
            return self.block(|explain| explain.route_unknown(subnet, holder));
        }
        let decision = match route {
            Some(route) => route.row.map_or(Decision::Implicit, |row| Decision::Row(row + 1)),
            None => Decision::Implicit,
        };
        self.step(StepKind::RouteTable, subnet.table.or(Some(subnet.node)), decision, route.is_some());
        if let Some(route) = route {
            self.rivals(subnet, route);
        }
        match route.map(|route| (route, route.hop)) {
            None => {
                self.block(|explain| explain.no_route(subnet));
                self.only_local(subnet);
            }
            Some((route, Hop::Blackhole)) => self.block(|explain| explain.blackhole(subnet, route)),
            Some((_, Hop::Transit(gateway))) => self.enter_transit(subnet, gateway),
            Some((_, Hop::Vpn(gateway))) => self.enter_vpn(gateway),
            Some((route, Hop::Beyond)) => {
                self.step(StepKind::Beyond, subnet.table, Decision::Pass, false);
                self.block(|explain| explain.beyond(subnet, route));
            }
            Some((_, Hop::Local)) => self.enter(subnet.vpc),
            Some((_, Hop::InternetGateway(gateway))) => self.out_to_internet(ix, gateway),
            Some((_, Hop::NatGateway(nat))) => self.translate(ix, nat),
            Some((_, Hop::Appliance(appliance))) => self.through_appliance(Some(ix), appliance),
            Some((_, Hop::Inspection(endpoint))) => self.inspected(Some(ix), endpoint),
            Some((_, Hop::Peering(peering))) => self.across(subnet.vpc, peering),
            Some((_, Hop::Endpoint(endpoint))) => self.reach_service(endpoint),
        }
    }

    /// In from beyond what is described, by the gateway that a route back leads to.
    pub fn start_beyond(mut self, to: InterfaceIx) -> (Walk, Vec<NatSession>) {
        if let Some((_, subnet)) = self.net.interface(to) {
            let back = self.net.route(subnet, self.packet.source).filter(|route| self.net.leads_beyond(route.hop));
            self.step(StepKind::Beyond, subnet.table, Decision::Pass, false);
            if let Some(route) = back {
                self.block(|explain| explain.coming_from_beyond(subnet, route));
            }
            self.enter(subnet.vpc);
        }
        self.finish()
    }

    /// Into the subnet of whoever holds the destination address.
    fn enter(&mut self, vpc: NodeId) {
        let Some(to) = self.net.by_private(vpc, self.packet.destination) else {
            self.block(|explain| explain.nobody_home(vpc));
            return;
        };
        if let Some((_, subnet)) = self.net.interface(to) {
            self.acl(subnet, Direction::Inbound);
            self.arrive(to);
        }
    }

    /// Through a peering connection into the VPC at its other end, and no further.
    fn across(&mut self, vpc: NodeId, id: NodeId) {
        let Some((peering, other)) =
            self.net.peerings.get(&id).and_then(|peering| Some((peering, peering.other(vpc)?)))
        else {
            return;
        };
        self.step(StepKind::Peering, Some(id), Decision::Pass, true);
        if !peering.active {
            self.block(|explain| explain.peering_inactive(id));
        }
        if !self.net.holds(vpc, self.packet.source) {
            self.block(|explain| explain.peering_source(id, vpc));
        }
        if self.is_elsewhere(other) && self.net.by_private(other, self.packet.destination).is_none() {
            self.block(|explain| explain.peer_unknown(id, other));
            return;
        }
        if !self.net.holds(other, self.packet.destination) {
            self.block(|explain| explain.peering_beyond(id, other));
            self.no_edge_to_edge(other);
            return;
        }
        if !peering.same_region {
            self.identity = None;
        }
        self.enter(other);
    }

    /// Through a gateway endpoint to its service.
    fn reach_service(&mut self, endpoint: NodeId) {
        self.step(StepKind::Endpoint, Some(endpoint), Decision::Pass, true);
        let carried = |of: &(Protocol, PortRange)| of.0 == self.packet.protocol && of.1.covers(&self.packet.ports);
        if !ENDPOINT_CARRIES.iter().any(carried) {
            self.block(|explain| explain.endpoint_protocol(endpoint));
        }
        self.policy(endpoint);
        self.walk.arrives = true;
        self.walk.endpoint = Some(endpoint);
    }

    /// Onto an interface.
    fn arrive(&mut self, ix: InterfaceIx) {
        let Some((interface, _)) = self.net.interface(ix) else { return };
        if interface.owner == Owner::NatGateway || self.session_at(ix).is_some() {
            self.back_through_nat(ix, interface);
            return;
        }
        if matches!(interface.owner, Owner::Inspection | Owner::Transit) {
            let kind = if interface.owner == Owner::Transit { StepKind::Attachment } else { StepKind::Endpoint };
            self.step(kind, Some(interface.node), Decision::Pass, true);
            self.block(|explain| explain.nothing_ends_here(interface.node));
            return;
        }
        self.group(ix, interface, Direction::Inbound);
        self.step(StepKind::Interface, Some(interface.node), Decision::Pass, true);
        if interface.owner == Owner::Endpoint {
            self.policy(interface.node);
        }
        self.walk.arrives = true;
        self.walk.arrived_at = Some(ix);
    }

    fn session_at(&self, ix: InterfaceIx) -> Option<NatSession> {
        self.established?.iter().find(|session| session.nat == ix).copied()
    }

    /// An answer to a connection that the NAT gateway keeps goes on to who began it; anything else ends here.
    fn back_through_nat(&mut self, ix: InterfaceIx, interface: &Interface) {
        let nat = (StepKind::NatGateway, Some(interface.node));
        let again = self.walk.steps.iter().any(|step| (step.kind, step.component) == nat);
        self.step(StepKind::NatGateway, Some(interface.node), Decision::Pass, true);
        if again {
            // Where subnets overlap, who began may have an address of the gateway's own, and the answer would go round for ever.
            let address = self.packet.destination;
            self.block(|explain| explain.held_twice(interface.node, address));
            return;
        }
        let Some(session) = self.session_at(ix) else {
            self.block(|explain| explain.unsolicited(interface.node));
            return;
        };
        self.rewrite(|packet| {
            packet.destination = session.source;
            packet.ports = session.source_ports;
        });
        self.leave(ix);
    }

    fn out_to_internet(&mut self, ix: InterfaceIx, gateway: NodeId) {
        self.step(StepKind::InternetGateway, Some(gateway), Decision::Pass, true);
        self.shut_off();
        // The gateway knows public addresses by private ones, whoever passes the packet on to it.
        let Some((interface, _)) = self.net.interface(self.net.sender(ix, self.packet.source)) else { return };
        if PrivateFamily::ALL.iter().any(|family| family.block().contains_addr(self.packet.destination))
            || SHARED.contains_addr(self.packet.destination)
        {
            self.block(|explain| explain.private_destination(gateway));
            return;
        }
        match interface.public.filter(|_| self.packet.source == interface.private) {
            Some(public) => {
                self.identity = None;
                self.rewrite(|packet| packet.source = public.address);
            }
            None => {
                let owner = interface.node;
                if self.net.unknown.public.contains(&owner) {
                    self.block(|explain| explain.public_unknown(owner));
                } else {
                    self.block(|explain| explain.no_public_address(owner, gateway));
                }
            }
        }
        if let Some(holder) = self.net.by_public(self.packet.destination) {
            let holder = self.net.interfaces.get(holder).map(|interface| interface.node);
            let message = super::remarks::reflected(self.design, holder, gateway);
            self.remark("IGW_NAT_REFLECTION", Some(gateway), message);
            // From one public address to another: out of one gateway and in through the other.
            self.come_in();
            return;
        }
        self.step(StepKind::Internet, None, Decision::Pass, true);
        self.walk.arrives = true;
    }

    /// In from the internet to whoever holds the public destination address.
    fn come_in(&mut self) {
        let Some(to) = self.net.by_public(self.packet.destination).or(self.meant) else {
            self.block(|explain| explain.no_such_public_address());
            return;
        };
        let Some((interface, subnet)) = self.net.interface(to) else { return };
        if self.meant == Some(to) {
            let owner = interface.node;
            if self.net.unknown.public.contains(&owner) {
                self.block(|explain| explain.public_unknown(owner));
            } else {
                self.block(|explain| explain.not_public(owner));
            }
        }
        let (private, owner, vpc) = (interface.private, interface.node, subnet.vpc);
        match self.net.internet_gateways.get(&vpc) {
            Some(gateway) => self.step(StepKind::InternetGateway, Some(*gateway), Decision::Pass, true),
            None if self.is_elsewhere(vpc) => self.block(|explain| explain.gateway_unknown(vpc)),
            None => self.block(|explain| explain.no_internet_gateway(vpc)),
        }
        self.shut_off();
        if is_private(self.packet.source) || SHARED.contains_addr(self.packet.source) {
            self.block(|explain| explain.private_source(owner));
        }
        self.rewrite(|packet| packet.destination = private);
        if !std::mem::replace(&mut self.came_in, true) {
            self.met.clear();
            self.crossed.clear();
        }
        if let Some(route) = self.net.edge_route(vpc, private) {
            let gate = SubnetNet { table: self.net.edges.get(&vpc).copied(), ..subnet.clone() };
            let decision = route.row.map_or(Decision::Implicit, |row| Decision::Row(row + 1));
            self.step(StepKind::RouteTable, gate.table, decision, true);
            match route.hop {
                Hop::Local => {}
                Hop::Inspection(endpoint) => return self.inspected(None, endpoint),
                Hop::Appliance(appliance) => return self.through_appliance(None, appliance),
                Hop::Beyond => return self.block(|explain| explain.beyond(&gate, route)),
                // A gateway's table leads nowhere else.
                _ => return self.block(|explain| explain.blackhole(&gate, route)),
            }
        }
        self.acl(subnet, Direction::Inbound);
        self.arrive(to);
    }
}

fn is_private(address: Ipv4Addr) -> bool {
    Cidr::host(address).is_private()
}
