//! Transit gateways as packets meet them: what is attached to them, and the routes of their tables.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;

use super::network::{InterfaceIx, Network, SubnetNet};
use super::vpn::ConnectionEnd;
use crate::catalog::Kind;
use crate::catalog::kinds::{
    TransitGateway, TransitGatewayAttachment, TransitGatewayPeering, TransitGatewayRouteTable, VpnConnection, Zone,
};
use crate::design::Design;
use crate::id::NodeId;
use crate::id_of;
use crate::net::Cidr;

/// What is attached to transit gateways.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Transit {
    /// The gateways.
    pub gateways: BTreeMap<NodeId, GatewayNet>,
    /// What is attached to them.
    pub attachments: BTreeMap<NodeId, AttachmentNet>,
    /// By VPC and gateway: the attachment that joins them.
    of_vpc: BTreeMap<(NodeId, NodeId), NodeId>,
    /// By table, the gateway itself standing for a default table that is not drawn: its routes, the one that wins first.
    tables: BTreeMap<NodeId, Vec<TransitRouteNet>>,
    /// Tables with routes that are not known.
    partial: BTreeSet<NodeId>,
    /// By VPC: the gateways that packets from it may come to, over peerings too, by the first of those that are joined.
    meshes: BTreeMap<NodeId, BTreeSet<NodeId>>,
}

/// A transit gateway.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GatewayNet {
    /// Whether its tables and attachments are described at all.
    pub known: bool,
    /// Whether it lets inbound rules name groups across it.
    pub references: bool,
}

/// An attachment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttachmentNet {
    /// What is at its other end.
    pub end: AttachmentEnd,
    /// The gateways that it is attached to, one or two, each with the table that packets from it follow there.
    pub sides: Vec<(NodeId, Option<NodeId>)>,
    /// Whether it lets inbound rules name groups across it.
    pub references: bool,
}

/// What an attachment joins to a gateway.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttachmentEnd {
    /// A VPC.
    Vpc(NodeId),
    /// A VPN connection, by which packets leave AWS.
    Vpn,
    /// Another transit gateway.
    Gateway {
        /// Whether the peering has been accepted.
        active: bool,
    },
}

/// A route of a transit gateway.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TransitRouteNet {
    /// Where packets go.
    pub destination: Cidr,
    /// By what.
    pub hop: TransitHop,
    /// Its row among the static routes of the table; one that was propagated has none.
    pub row: Option<usize>,
}

/// Where a route of a transit gateway leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TransitHop {
    /// Out by an attachment.
    Attachment(NodeId),
    /// Nowhere: it is a blackhole, or what it led to is gone.
    Blackhole,
    /// Out by an attachment that is not described.
    Beyond,
}

/// How a subnet stands to an attachment of its VPC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nearness {
    /// The attachment has a subnet in its zone.
    SameZone,
    /// It has none there.
    OtherZone,
    /// The zones are not known.
    Unknown,
}

impl AttachmentNet {
    /// The table that packets from it follow at a gateway.
    pub fn table_at(&self, gateway: NodeId) -> Option<NodeId> {
        self.sides.iter().find(|(side, _)| *side == gateway).and_then(|(_, table)| *table)
    }

    /// The gateway at its other side.
    pub fn other_side(&self, gateway: NodeId) -> Option<NodeId> {
        self.sides.iter().map(|(side, _)| *side).find(|side| *side != gateway)
    }
}

impl Transit {
    /// The attachment that joins a VPC to a gateway.
    pub fn attachment_of(&self, vpc: NodeId, gateway: NodeId) -> Option<NodeId> {
        self.of_vpc.get(&(vpc, gateway)).copied()
    }

    /// The route of a table that a packet to `address` takes.
    pub fn route(&self, table: NodeId, address: Ipv4Addr) -> Option<TransitRouteNet> {
        self.routes_for(table, address).next()
    }

    /// All routes of a table that hold an address, the one that wins first.
    pub fn routes_for(&self, table: NodeId, address: Ipv4Addr) -> impl Iterator<Item = TransitRouteNet> + '_ {
        let all = self.tables.get(&table).map_or(&[][..], Vec::as_slice);
        all.iter().filter(move |route| route.destination.contains_addr(address)).copied()
    }

    /// Every route of every table.
    pub fn routes(&self) -> impl Iterator<Item = &TransitRouteNet> {
        self.tables.values().flatten()
    }

    /// Whether some routes of a table are not known.
    pub fn is_partial(&self, table: NodeId) -> bool {
        self.partial.contains(&table)
    }

    /// Whether transit gateways join two VPCs, whatever routes say.
    pub fn joins(&self, a: NodeId, b: NodeId) -> bool {
        match (self.meshes.get(&a), self.meshes.get(&b)) {
            (Some(a), Some(b)) => a.intersection(b).next().is_some(),
            _ => false,
        }
    }

    /// Whether inbound rules may name groups across a gateway between two of its attachments.
    pub fn keeps_references(&self, gateway: NodeId, from: NodeId, to: NodeId) -> bool {
        let allows = |id: &NodeId| self.attachments.get(id).is_some_and(|of| of.references);
        self.gateways.get(&gateway).is_some_and(|of| of.references) && allows(&from) && allows(&to)
    }
}

impl Network {
    /// Attachments, tables and routes of the transit gateways; the VPCs' blocks are there already.
    pub(super) fn lower_transit(&mut self, design: &Design) {
        let mut transit = Transit::default();
        let original = design.template();
        let is_outside = |id: NodeId| original.is_some_and(|original| original.is_outside(id));
        let is_open = |id: NodeId, field: &str| original.is_some_and(|of| of.is_open(design, id, Some(field)));
        for (id, _, gateway) in design.all::<TransitGateway>() {
            let references = gateway.group_referencing.is_on();
            transit.gateways.insert(id, GatewayNet { known: !is_outside(id), references });
        }
        let defaults = defaults(design);
        let default_of = |gateway: NodeId| defaults.get(&gateway).copied().unwrap_or(gateway);
        let mut learned: Vec<(NodeId, NodeId, Vec<Cidr>)> = Vec::new();
        for (id, node, of) in design.all::<TransitGatewayAttachment>() {
            let (Some(gateway), Some(vpc)) = (of.gateway, node.parent.filter(|up| self.vpcs.contains_key(up))) else {
                continue;
            };
            let Some(hub) = design.get::<TransitGateway>(gateway) else { continue };
            let table = of.association.or_else(|| hub.default_association.is_on().then(|| default_of(gateway)));
            // Which table it follows may be for a deployment to say.
            let table = table
                .filter(|_| !is_open(id, id_of!(TransitGatewayAttachment.association)) || of.association.is_some());
            let references = of.group_referencing.is_on();
            transit.of_vpc.entry((vpc, gateway)).or_insert(id);
            let sides = vec![(gateway, table)];
            transit.attachments.insert(id, AttachmentNet { end: AttachmentEnd::Vpc(vpc), sides, references });
            let mut tables = of.propagations.clone();
            tables.extend(hub.default_propagation.is_on().then(|| default_of(gateway)));
            let blocks = self.vpcs.get(&vpc).cloned().unwrap_or_default();
            learned.extend(tables.into_iter().map(|table| (table, id, blocks.clone())));
        }
        for (id, _, of) in design.all::<VpnConnection>() {
            let Some((ConnectionEnd::Transit(gateway), known)) = self.vpn.connections.get(&id).map(|of| (of.end, of))
            else {
                continue;
            };
            let Some(hub) = design.get::<TransitGateway>(gateway) else { continue };
            let table = of.association.or_else(|| hub.default_association.is_on().then(|| default_of(gateway)));
            let sides = vec![(gateway, table)];
            transit.attachments.insert(id, AttachmentNet { end: AttachmentEnd::Vpn, sides, references: false });
            let mut tables = of.propagations.clone();
            tables.extend(hub.default_propagation.is_on().then(|| default_of(gateway)));
            // What an account has learned is described with its routes.
            let described = design.node(gateway).is_some_and(|node| !node.origin.is_empty());
            transit.partial.extend(tables.iter().copied().filter(|_| known.learns && !described));
            // Static routes of a VPN are for the gateway's own tables to say.
            let networks = if known.learns { known.networks.clone() } else { Vec::new() };
            learned.extend(tables.into_iter().map(|table| (table, id, networks.clone())));
        }
        for (id, _, of) in design.all::<TransitGatewayPeering>() {
            let (Some(own), Some(peer)) = (of.gateway, of.peer) else { continue };
            let side = |gateway: NodeId, table: Option<NodeId>| {
                let on = || design.get::<TransitGateway>(gateway).is_some_and(|of| of.default_association.is_on());
                (gateway, table.or_else(|| on().then(|| default_of(gateway))))
            };
            let sides = vec![side(own, of.association), side(peer, of.peer_association)];
            let end = AttachmentEnd::Gateway { active: of.accepted && own != peer };
            transit.attachments.insert(id, AttachmentNet { end, sides, references: false });
        }
        for (id, _, table) in design.all::<TransitGatewayRouteTable>() {
            let of = |(row, route): (usize, &crate::catalog::kinds::TransitRoute)| {
                let there = route.attachment.filter(|_| !route.blackhole);
                let hop = match there {
                    Some(to) if transit.attachments.contains_key(&to) => TransitHop::Attachment(to),
                    Some(to) if is_outside(to) => TransitHop::Beyond,
                    None if route.beyond().is_some() => TransitHop::Beyond,
                    _ => TransitHop::Blackhole,
                };
                Some(TransitRouteNet { destination: route.destination.v4()?, hop, row: Some(row) })
            };
            let routes = table.routes.iter().enumerate().filter_map(of).collect();
            transit.tables.insert(id, routes);
            let hidden = table.partial || is_open(id, id_of!(TransitGatewayRouteTable.routes)) || is_outside(id);
            transit.partial.extend(hidden.then_some(id));
        }
        for (table, attachment, blocks) in learned {
            let routes = transit.tables.entry(table).or_default();
            for destination in blocks {
                // A VPC whose blocks overlap those of one that is attached already is not propagated.
                let taken = |route: &TransitRouteNet| route.row.is_none() && route.destination.overlaps(&destination);
                if !routes.iter().any(|route| taken(route) && route.hop != TransitHop::Attachment(attachment)) {
                    routes.push(TransitRouteNet { destination, hop: TransitHop::Attachment(attachment), row: None });
                }
            }
        }
        for routes in transit.tables.values_mut() {
            routes.sort_by_key(|route| (Reverse(route.destination.prefix_len()), route.row.is_none()));
        }
        transit.join();
        self.transit = transit;
        let zone = |subnet: &SubnetNet| {
            let letter = &design.get::<Zone>(design.ancestor(subnet.node, Kind::Zone)?)?.letter;
            (!letter.is_empty()).then(|| (subnet.node, letter.clone()))
        };
        self.zones = self.subnets.iter().filter_map(zone).collect();
    }

    /// The interface of an attachment by which packets from a subnet of its VPC enter, and how near it is. The first one where there is none near.
    pub fn entry(&self, attachment: NodeId, subnet: &SubnetNet) -> Option<(InterfaceIx, Nearness)> {
        let all = self.interfaces_of(attachment);
        let at = |ix: &InterfaceIx| self.interface(*ix).map(|(_, own)| own.node);
        if let Some(own) = all.iter().find(|ix| at(ix) == Some(subnet.node)) {
            return Some((*own, Nearness::SameZone));
        }
        let zone = |ix: &InterfaceIx| at(ix).and_then(|node| self.zones.get(&node));
        let own = self.zones.get(&subnet.node);
        if let Some(near) = all.iter().find(|ix| own.is_some() && zone(ix) == own) {
            return Some((*near, Nearness::SameZone));
        }
        let unknown = own.is_none() || all.iter().any(|ix| zone(ix).is_none());
        let nearness = if unknown { Nearness::Unknown } else { Nearness::OtherZone };
        all.first().map(|first| (*first, nearness))
    }

    /// The interface of an attachment by which packets leave a gateway: in the zone they came from if it has one there, else the first.
    pub fn exit(&self, attachment: NodeId, zone: Option<&str>) -> Option<InterfaceIx> {
        let all = self.interfaces_of(attachment);
        let near = all.iter().find(|ix| zone.is_some() && self.zone_at(**ix) == zone);
        near.or_else(|| all.first()).copied()
    }

    /// The letter of the zone that an interface stands in.
    pub fn zone_at(&self, ix: InterfaceIx) -> Option<&str> {
        let (_, subnet) = self.interface(ix)?;
        self.zones.get(&subnet.node).map(String::as_str)
    }

    /// Whether something joins two VPCs by private addresses, whatever routes say.
    pub fn are_joined(&self, a: NodeId, b: NodeId) -> bool {
        self.peering_between(a, b).is_some() || self.transit.joins(a, b)
    }
}

impl Transit {
    /// Which gateways peerings join, and which VPCs are attached to any of them.
    fn join(&mut self) {
        let mut first: BTreeMap<NodeId, NodeId> = self.gateways.keys().map(|id| (*id, *id)).collect();
        for of in self.attachments.values() {
            let sides: Vec<NodeId> = of.sides.iter().filter_map(|(side, _)| first.get(side).copied()).collect();
            if let [a, b] = sides.as_slice() {
                let (low, high) = (*a.min(b), *a.max(b));
                first.values_mut().filter(|of| **of == high).for_each(|of| *of = low);
            }
        }
        for (vpc, gateway) in self.of_vpc.keys() {
            self.meshes.entry(*vpc).or_default().extend(first.get(gateway));
        }
    }
}

/// The default tables that are drawn, by their gateways.
fn defaults(design: &Design) -> BTreeMap<NodeId, NodeId> {
    let drawn = design.all::<TransitGatewayRouteTable>().filter(|(_, _, table)| table.default_table);
    let mut found = BTreeMap::new();
    for (id, _, table) in drawn {
        if let Some(gateway) = table.gateway {
            found.entry(gateway).or_insert(id);
        }
    }
    found
}
