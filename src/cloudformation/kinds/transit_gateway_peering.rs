//! A peering of transit gateways: account and region of the other one, and the table that its packets follow.

use super::Irregular;
use super::transit_gateway_attachment::{ASSOCIATION_TYPE, tie};
use crate::catalog::kinds::TransitGatewayPeering;
use crate::cloudformation::{Emit, Read};
use crate::template::reference;
use crate::text::Message;

impl Irregular for TransitGatewayPeering {
    fn export(&self, emit: &mut Emit<'_>) {
        let context = emit.context();
        let region = |gateway| context.region_of(gateway).map(str::to_owned);
        let (own, other) = (self.gateway.and_then(region), self.peer.and_then(region));
        emit.set_property("PeerAccountId", reference("AWS::AccountId"));
        match other.filter(|other| own.as_ref().is_some_and(|own| own != other)) {
            Some(other) => emit.set_property("PeerRegion", other),
            None => emit.set_property("PeerRegion", reference("AWS::Region")),
        }
        if self.gateway.is_none() || self.peer.is_none() {
            emit.leave_out(crate::message!(
                "양쪽 전송 게이트웨이를 모두 골라야 템플릿에 넣을 수 있어요.",
                "Choose the transit gateways at both ends to have the peering in the template."
            ));
        }
        for (suffix, table) in [("Association", self.association), ("PeerAssociation", self.peer_association)] {
            if let Some(table) = table {
                tie(emit, suffix.to_owned(), ASSOCIATION_TYPE, table);
            }
        }
    }

    fn import(&mut self, read: &Read<'_>) -> Result<(), Message> {
        // Which end a table is of, its gateway says.
        for part in read.parts(ASSOCIATION_TYPE, "TransitGatewayAttachmentId") {
            let Some(json) = part.get("TransitGatewayRouteTableId") else { continue };
            let gateway = read.peek(json).and_then(|table| read.node(table.get("TransitGatewayId")?));
            let of_peer = gateway.is_some() && gateway == self.peer && self.peer != self.gateway;
            let (table, field) = if of_peer {
                (&mut self.peer_association, "peer_association")
            } else {
                (&mut self.association, "association")
            };
            *table = read.refer(field, json);
        }
        Ok(())
    }
}
