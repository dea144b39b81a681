//! Through transit gateways: in by the attachment of a VPC, along the routes of the table that it follows, and out by another attachment.

use super::Walker;
use crate::id::NodeId;
use crate::reach::filter::Direction;
use crate::reach::network::SubnetNet;
use crate::reach::packet::{Decision, StepKind};
use crate::reach::transit::{AttachmentEnd, Nearness, TransitHop, TransitRouteNet};

impl Walker<'_> {
    /// From a subnet to a transit gateway that its VPC is attached to.
    pub(super) fn enter_transit(&mut self, subnet: &SubnetNet, gateway: NodeId) {
        let net = self.net;
        let entry = net.transit.attachment_of(subnet.vpc, gateway).and_then(|id| Some((id, net.entry(id, subnet)?)));
        let Some((attachment, (ix, nearness))) = entry else {
            return self.block(|explain| explain.attachment_without_subnet(subnet.vpc, gateway));
        };
        if let Some((_, own)) = net.interface(ix) {
            self.acl(own, Direction::Inbound);
        }
        self.step(StepKind::Attachment, Some(attachment), Decision::Pass, true);
        match nearness {
            Nearness::SameZone => {}
            Nearness::OtherZone => self.block(|explain| explain.zone_not_attached(attachment, subnet)),
            Nearness::Unknown => self.block(|explain| explain.zone_not_known(attachment, subnet)),
        }
        self.transit(attachment, gateway, net.zone_at(ix));
    }

    /// Along the routes of a gateway, by the table that an attachment follows.
    pub(super) fn transit(&mut self, from: NodeId, gateway: NodeId, zone: Option<&str>) {
        let net = self.net;
        self.step(StepKind::TransitGateway, Some(gateway), Decision::Pass, true);
        if !self.crossed.insert((from, gateway)) {
            return self.block(|explain| explain.transit_circle(gateway));
        }
        let of = net.transit.attachments.get(&from);
        if net.transit.gateways.get(&gateway).is_none_or(|of| !of.known) {
            return self.block(|explain| explain.transit_unknown(gateway, gateway));
        }
        let Some(table) = of.and_then(|of| of.table_at(gateway)) else {
            return self.block(|explain| explain.not_associated(from, gateway));
        };
        let route = net.transit.route(table, self.packet.destination);
        let decision = route.and_then(|route| route.row).map_or(Decision::Implicit, |row| Decision::Row(row + 1));
        self.step(StepKind::TransitRouteTable, Some(table), decision, route.is_some());
        let hidden =
            route.is_none_or(|route| route.destination.prefix_len() == 0 && super::is_private(self.packet.destination));
        if hidden && net.transit.is_partial(table) {
            return self.block(|explain| explain.transit_unknown(table, gateway));
        }
        if let Some(route) = route {
            self.transit_rivals(table, route);
        }
        match route.map(|route| (route, route.hop)) {
            None => self.block(|explain| explain.no_transit_route(table, from)),
            Some((route, TransitHop::Blackhole)) => self.block(|explain| explain.transit_blackhole(table, route)),
            Some((route, TransitHop::Beyond)) => self.block(|explain| explain.transit_beyond(table, route)),
            Some((_, TransitHop::Attachment(to))) => self.out_of_transit(from, gateway, to, zone),
        }
    }

    /// Out of a gateway by an attachment.
    fn out_of_transit(&mut self, from: NodeId, gateway: NodeId, to: NodeId, zone: Option<&str>) {
        let net = self.net;
        self.step(StepKind::Attachment, Some(to), Decision::Pass, true);
        let Some(of) = net.transit.attachments.get(&to) else { return };
        if self.identity.is_some() && !net.transit.keeps_references(gateway, from, to) {
            self.identity = None;
            self.unreferenced = Some(gateway);
        }
        match of.end {
            AttachmentEnd::Vpc(vpc) => {
                let Some(ix) = net.exit(to, zone) else {
                    return self.block(|explain| explain.attachment_without_subnet(vpc, gateway));
                };
                let Some((_, subnet)) = net.interface(ix) else { return };
                let near = net.by_private(vpc, self.packet.destination);
                match near.filter(|near| net.interface(*near).is_some_and(|(_, own)| own.node == subnet.node)) {
                    // Into the attachment's own subnet no network ACL is asked.
                    Some(near) => self.arrive(near),
                    None => {
                        self.acl(subnet, Direction::Outbound);
                        self.route(ix, subnet);
                    }
                }
            }
            AttachmentEnd::Vpn => self.leave_by_vpn(to),
            AttachmentEnd::Gateway { active } => {
                if !active {
                    self.block(|explain| explain.transit_peering_inactive(to));
                }
                if let Some(other) = of.other_side(gateway) {
                    self.transit(to, other, None);
                }
            }
        }
    }

    /// Other routes of a table that hold the destination and did not win.
    fn transit_rivals(&mut self, table: NodeId, won: TransitRouteNet) {
        let others = || self.net.transit.routes_for(table, self.packet.destination).filter(|other| *other != won);
        let equal = others().find(|other| other.destination == won.destination && other.hop != won.hop);
        let leads_nowhere = matches!(won.hop, TransitHop::Blackhole | TransitHop::Beyond);
        let wider = others().find(|other| leads_nowhere && other.destination != won.destination);
        if equal.is_some() {
            let message = crate::reach::transit_words::higher_priority(self.design, table, won);
            self.remark("TGW_RTB_HIGHER_PRIORITY_ROUTE", Some(table), message);
        }
        if let Some(other) = wider {
            let message = crate::reach::transit_words::more_specific(self.design, table, won, other);
            self.remark("TGW_RTB_MORE_SPECIFIC_ROUTE", Some(table), message);
        }
    }
}
