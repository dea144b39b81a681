//! A route table of a transit gateway: its static routes as resources of their own.

use super::Irregular;
use super::route_table::named;
use crate::catalog::kinds::{TransitGatewayRouteTable, TransitRoute};
use crate::cloudformation::{Emit, Read};
use crate::template::object;
use crate::text::Message;

/// The type of a static route.
const ROUTE: &str = "AWS::EC2::TransitGatewayRoute";

impl Irregular for TransitGatewayRouteTable {
    fn export(&self, emit: &mut Emit<'_>) {
        if self.gateway.is_none() && !self.default_table {
            emit.leave_out(crate::message!(
                "전송 게이트웨이를 골라야 템플릿에 넣을 수 있어요.",
                "Choose the transit gateway to have the table in the template."
            ));
        }
        for route in &self.routes {
            let destination = route.destination.to_string();
            let attachment = route.attachment.and_then(|attachment| emit.refer(attachment));
            let written = || {
                emit.original_parts(ROUTE)
                    .into_iter()
                    .find(|part| part.get("DestinationCidrBlock").and_then(|of| of.as_str()) == Some(&destination))
            };
            let to = match (route.blackhole, attachment) {
                (true, _) => ("Blackhole", Some(true.into())),
                (false, Some(attachment)) => ("TransitGatewayAttachmentId", Some(attachment)),
                (false, None) => (
                    "TransitGatewayAttachmentId",
                    route.beyond().and_then(|_| written()?.get("TransitGatewayAttachmentId").cloned()),
                ),
            };
            if to.1.is_none() || self.default_table {
                emit.note(crate::message!(
                    "전송 게이트웨이의 {destination} 라우팅은 템플릿에 넣지 못했어요.",
                    "The transit gateway's route to {destination} is not in the template."
                ));
                continue;
            }
            let table = ("TransitGatewayRouteTableId", emit.refer(emit.node()));
            let properties = object([("DestinationCidrBlock", Some(destination.into())), to, table]);
            emit.part(route.suffix(), ROUTE, properties);
        }
    }

    fn import(&mut self, read: &Read<'_>) -> Result<(), Message> {
        self.routes = read.each("routes", read.parts(ROUTE, "TransitGatewayRouteTableId"), |part| {
            let destination = part.get("DestinationCidrBlock").map(|json| read.parse(json)).transpose()?;
            let blackhole = read.flag("routes", part.get("Blackhole")).unwrap_or_default();
            let to = part.get("TransitGatewayAttachmentId").filter(|_| !blackhole);
            let attachment = to.and_then(|json| read.refer("routes", json));
            let outside = to.filter(|_| attachment.is_none()).and_then(|json| named(read, json)).unwrap_or_default();
            Ok(TransitRoute { destination: destination.unwrap_or_default(), blackhole, attachment, outside })
        });
        Ok(())
    }
}
