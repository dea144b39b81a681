//! VPN connections as packets meet them: which networks lie beyond them, as far as that is written down.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use super::network::{Hop, Network};
use crate::catalog::kinds::{CustomerGateway, TransitGateway, VpnConnection, VpnGateway};
use crate::design::Design;
use crate::id::NodeId;
use crate::net::Cidr;

/// The VPN connections of a network.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Vpn {
    /// By virtual private gateway: the VPC that it is attached to.
    pub gateways: BTreeMap<NodeId, NodeId>,
    /// The connections with an end on both sides.
    pub connections: BTreeMap<NodeId, ConnectionNet>,
    /// Gateways of an account whose connections were not described.
    open: Vec<NodeId>,
}

/// A connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectionNet {
    /// The customer gateway, which stands for what lies behind it.
    pub customer: NodeId,
    /// The end in AWS.
    pub end: ConnectionEnd,
    /// The networks that are known to lie beyond it.
    pub networks: Vec<Cidr>,
    /// Whether it learns of others by BGP.
    pub learns: bool,
}

/// The end of a connection in AWS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConnectionEnd {
    /// A virtual private gateway.
    Gateway(NodeId),
    /// A transit gateway.
    Transit(NodeId),
}

impl Vpn {
    /// The connection of a virtual private gateway by which an address is reached: the longest block that is known decides.
    pub fn towards(&self, gateway: NodeId, address: Ipv4Addr) -> Option<NodeId> {
        let own = self.connections.iter().filter(|(_, of)| of.end == ConnectionEnd::Gateway(gateway));
        let longest = own.filter_map(|(id, of)| Some((of.holding(address)?, *id)));
        longest.max_by_key(|(length, id)| (*length, std::cmp::Reverse(*id))).map(|(_, id)| id)
    }

    /// Whether a virtual private gateway may lead to networks that are not known.
    pub fn may_lead(&self, gateway: NodeId) -> bool {
        let own = |of: &ConnectionNet| of.end == ConnectionEnd::Gateway(gateway) && of.learns;
        self.open.contains(&gateway) || self.connections.values().any(own)
    }

    /// The customer gateway that an address lies behind.
    pub fn site_of(&self, address: Ipv4Addr) -> Option<NodeId> {
        self.connections.values().find(|of| of.holding(address).is_some()).map(|of| of.customer)
    }

    /// An address behind a customer gateway.
    pub fn address_at(&self, customer: NodeId) -> Option<Ipv4Addr> {
        let own = self.connections.values().filter(|of| of.customer == customer);
        let block = own.flat_map(|of| &of.networks).next()?;
        Some(block.nth(10).unwrap_or_else(|| block.first()))
    }
}

impl ConnectionNet {
    /// The length of the longest block beyond it that holds an address.
    pub fn holding(&self, address: Ipv4Addr) -> Option<u8> {
        let all = self.networks.iter().filter(|block| block.contains_addr(address));
        all.map(Cidr::prefix_len).max()
    }
}

impl Network {
    /// The VPN connections of a design.
    pub(super) fn lower_vpn(&mut self, design: &Design) {
        let mut vpn = Vpn::default();
        for (id, node, _) in design.all::<VpnGateway>() {
            if let Some(vpc) = node.parent.filter(|parent| self.vpcs.contains_key(parent)) {
                vpn.gateways.insert(id, vpc);
            }
        }
        for (id, _, of) in design.all::<VpnConnection>() {
            let Some(customer) = of.customer_gateway else { continue };
            let end = match (of.vpn_gateway, of.transit_gateway) {
                (Some(gateway), _) => ConnectionEnd::Gateway(gateway),
                (None, Some(gateway)) if design.get::<TransitGateway>(gateway).is_some() => {
                    ConnectionEnd::Transit(gateway)
                }
                _ => continue,
            };
            let behind = design.get::<CustomerGateway>(customer).map_or(&[][..], |of| &of.networks);
            let written = of.routes.iter().filter(|_| of.static_only);
            // With static routes nothing else is sent there.
            let behind = behind.iter().filter(|_| !of.static_only || matches!(end, ConnectionEnd::Transit(_)));
            let networks = written.chain(behind).copied().collect();
            vpn.connections.insert(id, ConnectionNet { customer, end, networks, learns: !of.static_only });
        }
        let described = |id: &NodeId| design.node(*id).is_some_and(|node| !node.origin.is_empty());
        let told = |id: &NodeId| vpn.connections.values().any(|of| of.end == ConnectionEnd::Gateway(*id));
        vpn.open = vpn.gateways.keys().copied().filter(|id| described(id) && !told(id)).collect();
        self.vpn = vpn;
    }

    /// Whether a route leads to a network that is not described: out of the drawing, or by a virtual private gateway that may know of others.
    pub(super) fn leads_beyond(&self, hop: Hop) -> bool {
        match hop {
            Hop::Beyond => true,
            Hop::Vpn(gateway) => self.vpn.may_lead(gateway),
            _ => false,
        }
    }

    /// The connection by which packets come from behind a customer gateway: to the VPC that holds the destination, else over a transit gateway.
    pub(super) fn connection_from(&self, customer: NodeId, destination: Ipv4Addr) -> Option<NodeId> {
        let rank = |of: &ConnectionNet| match of.end {
            ConnectionEnd::Gateway(gateway) => {
                let vpc = self.vpn.gateways.get(&gateway);
                if vpc.is_some_and(|vpc| self.holds(*vpc, destination)) { 0 } else { 2 }
            }
            ConnectionEnd::Transit(_) => 1,
        };
        let own = self.vpn.connections.iter().filter(|(_, of)| of.customer == customer);
        own.min_by_key(|(id, of)| (rank(of), **id)).map(|(id, _)| *id)
    }
}
