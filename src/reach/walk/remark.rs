//! What happens to a packet on its way without stopping it, and the reasons behind what does.

use super::{Walker, is_private};
use crate::id::NodeId;
use crate::reach::filter::{Direction, rules};
use crate::reach::network::{Hop, InterfaceIx, Owner, RouteNet, SubnetNet};
use crate::reach::remarks;

impl Walker<'_> {
    /// Where a rule names a group of the sender's, and something on the way has hidden who that is.
    pub(super) fn hidden_member(&mut self, ix: InterfaceIx, groups: &[NodeId], direction: Direction) {
        let Some(origin) = self.origin.filter(|_| direction == Direction::Inbound && self.identity.is_none()) else {
            return;
        };
        let (protocol, ports) = (self.packet.protocol, self.packet.ports);
        let named = groups.iter().flat_map(|group| rules(self.net, *group, direction)).find_map(|rule| {
            let speaks = rule.protocol.covers(protocol) && (!protocol.is_numbered() || rule.numbers().covers(&ports));
            rule.group.filter(|group| speaks && self.net.is_member(origin, *group))
        });
        if let Some(group) = named {
            if let Some(gateway) = self.unreferenced {
                return self.block(|explain| explain.referencing_off(gateway, group));
            }
            self.block(|explain| explain.member_hidden(ix, origin, group));
        }
    }

    /// Other routes that hold the destination and did not win, where the one that did leads nowhere or elsewhere with equal right.
    pub(super) fn rivals(&mut self, subnet: &SubnetNet, won: RouteNet) {
        let leads_nowhere = matches!(won.hop, Hop::Blackhole | Hop::Beyond);
        let all: Vec<RouteNet> = self.net.routes_for(subnet, self.packet.destination).collect();
        let others = || all.iter().filter(|other| other.row != won.row || other.hop != won.hop);
        let equal = others().find(|other| other.destination == won.destination && other.hop != won.hop);
        let wider =
            others().find(|other| leads_nowhere && other.destination.prefix_len() < won.destination.prefix_len());
        let table = subnet.table.or(Some(subnet.node));
        if equal.is_some() {
            let message = remarks::higher_priority(self.design, subnet, won);
            self.remark("HIGHER_PRIORITY_ROUTE", table, message);
        }
        if let Some(other) = wider {
            let message = remarks::more_specific(self.design, subnet, won, *other);
            self.remark("MORE_SPECIFIC_ROUTE", table, message);
        }
    }

    /// Why the local route, where there is no other, does not help.
    pub(super) fn only_local(&mut self, subnet: &SubnetNet) {
        let message = remarks::only_local(self.design, self.net, subnet, self.packet.destination);
        self.remark("VPC_LOCAL_ROUTE_CIDR_RESTRICTION", subnet.table.or(Some(subnet.node)), message);
    }

    /// A peer's NAT gateways serve nobody but the peer.
    pub(super) fn no_edge_to_edge(&mut self, peer: NodeId) {
        let of_peer = |of: &&crate::reach::network::Interface| {
            let subnet = self.net.subnets.get(of.subnet);
            of.owner == Owner::NatGateway && subnet.is_some_and(|subnet| subnet.vpc == peer)
        };
        let nat = self.net.interfaces.iter().find(of_peer).map(|of| of.node);
        if let Some(nat) = nat.filter(|_| !is_private(self.packet.destination)) {
            self.block(|explain| explain.nat_of_peer(nat, peer));
        }
    }

    /// What a NAT gateway makes of a packet's header.
    pub(super) fn translated(&mut self, nat: NodeId) {
        for (code, message) in remarks::translated(self.design, self.net, nat, self.packet.destination) {
            self.remark(code, Some(nat), message);
        }
    }
}
