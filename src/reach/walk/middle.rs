//! Past what stands in the middle of a way and hands packets on: NAT gateways, appliances, endpoints that have packets inspected.

use std::net::Ipv4Addr;

use super::{NatSession, Walker};
use crate::net::{PortRange, Protocol};
use crate::reach::filter::Direction;
use crate::reach::network::InterfaceIx;
use crate::reach::packet::{Decision, StepKind};

impl Walker<'_> {
    /// Out under the address of a NAT gateway.
    pub(super) fn translate(&mut self, from: InterfaceIx, nat: InterfaceIx) {
        let Some((gateway, subnet)) = self.net.interface(nat) else { return };
        let own_subnet = !self.net.enters(Some(from), subnet);
        if !own_subnet {
            self.acl(subnet, Direction::Inbound);
        }
        self.step(StepKind::NatGateway, Some(gateway.node), Decision::Pass, true);
        if own_subnet {
            self.block(|explain| explain.nat_from_own_subnet(gateway.node));
        }
        if !matches!(self.packet.protocol, Protocol::Tcp | Protocol::Udp | Protocol::Icmp) {
            self.block(|explain| explain.nat_protocol(gateway.node));
        }
        self.translated(gateway.node);
        self.masquerade(nat, gateway.private);
        self.acl(subnet, Direction::Outbound);
        self.route(nat, subnet);
    }

    /// Sends on under its own address and port, and remembers for whom.
    fn masquerade(&mut self, nat: InterfaceIx, own: Ipv4Addr) {
        self.sessions.push(NatSession { nat, source: self.packet.source, source_ports: self.packet.source_ports });
        self.identity = None;
        self.rewrite(|packet| {
            packet.source = own;
            packet.source_ports = PortRange::EPHEMERAL;
        });
    }

    /// Through an endpoint to the appliances behind a gateway balancer, and back out of it the way its subnet's routes lead.
    pub(super) fn inspected(&mut self, from: Option<InterfaceIx>, ix: InterfaceIx) {
        let Some((endpoint, subnet)) = self.net.interface(ix) else { return };
        if self.net.enters(from, subnet) {
            self.acl(subnet, Direction::Inbound);
        }
        self.step(StepKind::Endpoint, Some(endpoint.node), Decision::Pass, true);
        match self.net.inspections.get(&endpoint.node) {
            Some(inspection) => {
                for blocker in &inspection.blockers {
                    self.block(|_| blocker.clone());
                }
                for node in &inspection.through {
                    self.step(StepKind::Interface, Some(*node), Decision::Pass, true);
                }
            }
            None => self.block(|explain| explain.circle(subnet)),
        }
        // What an appliance sends on no longer counts as coming from a group's member.
        self.identity = None;
        self.leave(ix);
    }

    /// Through an instance or interface that forwards.
    pub(super) fn through_appliance(&mut self, from: Option<InterfaceIx>, ix: InterfaceIx) {
        let Some((appliance, subnet)) = self.net.interface(ix) else { return };
        if self.net.enters(from, subnet) {
            self.acl(subnet, Direction::Inbound);
        }
        self.group(ix, appliance, Direction::Inbound);
        self.step(StepKind::Interface, Some(appliance.node), Decision::Pass, true);
        if appliance.source_dest_check {
            self.block(|explain| explain.source_dest_check(appliance.node));
        }
        // What an appliance sends on no longer counts as coming from a group's member.
        self.identity = None;
        if self.net.is_nat_instance(ix, self.packet.source, self.packet.destination) {
            self.masquerade(ix, appliance.private);
        }
        self.group(ix, appliance, Direction::Outbound);
        self.acl(subnet, Direction::Outbound);
        self.route(ix, subnet);
    }
}
