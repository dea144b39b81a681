//! Transit gateways: what is attached to them, whom attachments follow and tell of themselves, and static routes.
//!
//! Propagations and routes are told of one table at a time, by commands that do not say which: they are read as [`super::COLLECT`] writes them.

use std::collections::{BTreeMap, BTreeSet};

use super::document::{Dump, list, on, parsed, text};
use super::draw::Draw;
use super::frames::{any_region, region};
use crate::catalog::kinds::{
    Support, TransitGateway, TransitGatewayAttachment, TransitGatewayPeering, TransitGatewayRouteTable, TransitRoute,
    VpnConnection,
};
use crate::catalog::{FieldValue, Kind};
use crate::id::NodeId;
use crate::net::AnyCidr;
use crate::template::Json;
use crate::{id_of, message};

/// Whether something of this state is there or comes to be.
fn is_there(json: &Json) -> bool {
    let gone = ["deleted", "deleting", "failed", "failing", "rejected", "rejecting", "rollingBack"];
    !text(json, "State").is_some_and(|state| gone.contains(&state))
}

fn support(json: &Json, key: &str, default: Support) -> Support {
    match json.get("Options").and_then(|options| text(options, key)) {
        Some("enable") => Support::Enable,
        Some("disable") => Support::Disable,
        _ => default,
    }
}

/// The gateways and their tables, without routes.
pub(super) fn gateways(draw: &mut Draw, dump: &Dump) {
    for json in dump.list("TransitGateways").iter().filter(|json| is_there(json)) {
        let Some(origin) = text(json, "TransitGatewayId") else { continue };
        let asn = json.get("Options").and_then(|options| options.get("AmazonSideAsn")?.as_u64());
        let default = TransitGateway::default();
        let body = TransitGateway {
            amazon_side_asn: asn.and_then(|asn| u32::try_from(asn).ok()),
            default_association: support(json, "DefaultRouteTableAssociation", default.default_association),
            default_propagation: support(json, "DefaultRouteTablePropagation", default.default_propagation),
            group_referencing: support(json, "SecurityGroupReferencingSupport", default.group_referencing),
        };
        let region = any_region(draw);
        draw.add(region, json, origin, None, body);
    }
    for json in dump.list("TransitGatewayRouteTables").iter().filter(|json| is_there(json)) {
        let Some(origin) = text(json, "TransitGatewayRouteTableId") else { continue };
        let gateway = draw.id_at(json, "TransitGatewayId");
        if gateway.is_none() {
            draw.missing(origin, text(json, "TransitGatewayId").unwrap_or("TransitGatewayId"));
        }
        let default_table = on(json, "DefaultAssociationRouteTable") || on(json, "DefaultPropagationRouteTable");
        let name = default_table.then_some("default");
        let body = TransitGatewayRouteTable { gateway, default_table, ..TransitGatewayRouteTable::default() };
        let region = any_region(draw);
        draw.add(region, json, origin, name, body);
    }
}

/// What is attached to the gateways.
pub(super) fn attachments(draw: &mut Draw, dump: &Dump) {
    for json in dump.list("TransitGatewayVpcAttachments").iter().filter(|json| is_there(json)) {
        let Some(origin) = text(json, "TransitGatewayAttachmentId") else { continue };
        let Some(vpc) = draw.id_at(json, "VpcId") else {
            draw.missing(origin, text(json, "VpcId").unwrap_or("VpcId"));
            continue;
        };
        let subnets = list(json, "SubnetIds").iter().filter_map(|id| draw.id_of(id.as_str()?, Kind::Subnet)).collect();
        let body = TransitGatewayAttachment {
            gateway: draw.id_at(json, "TransitGatewayId"),
            subnets,
            appliance_mode: support(json, "ApplianceModeSupport", Support::Disable),
            group_referencing: support(json, "SecurityGroupReferencingSupport", Support::Enable),
            ..TransitGatewayAttachment::default()
        };
        draw.add(Some(vpc), json, origin, None, body);
    }
    for json in dump.list("TransitGatewayPeeringAttachments").iter().filter(|json| is_there(json)) {
        let Some(origin) = text(json, "TransitGatewayAttachmentId") else { continue };
        let (gateway, peer) = (end(draw, json, "RequesterTgwInfo"), end(draw, json, "AccepterTgwInfo"));
        let accepted = matches!(text(json, "State"), Some("available" | "modifying") | None);
        let body = TransitGatewayPeering { gateway, peer, accepted, ..TransitGatewayPeering::default() };
        let region = gateway.and_then(|gateway| draw.design().ancestor(gateway, Kind::Region));
        draw.add(region, json, origin, None, body);
    }
    let known: BTreeSet<&str> = dump
        .list("TransitGatewayVpcAttachments")
        .iter()
        .filter_map(|json| text(json, "TransitGatewayAttachmentId"))
        .collect();
    for json in dump.list("TransitGatewayAttachments").iter().filter(|json| is_there(json)) {
        let Some(origin) = text(json, "TransitGatewayAttachmentId") else { continue };
        let kind = text(json, "ResourceType").unwrap_or_default();
        let vpc = text(json, "ResourceId").and_then(|id| draw.id_of(id, Kind::Vpc)).filter(|_| kind == "vpc");
        if let Some(vpc) = vpc.filter(|_| !known.contains(origin)) {
            draw.note(message!(
                "전송 게이트웨이 연결 {origin}의 서브넷이 파일에 없어요. aws ec2 describe-transit-gateway-vpc-attachments 출력도 함께 여세요.",
                "The subnets of transit gateway attachment {origin} are not in the files. Open the output of aws ec2 describe-transit-gateway-vpc-attachments as well."
            ));
            let gateway = draw.id_at(json, "TransitGatewayId");
            draw.add(
                Some(vpc),
                json,
                origin,
                None,
                TransitGatewayAttachment { gateway, ..TransitGatewayAttachment::default() },
            );
        }
        if matches!(kind, "direct-connect-gateway" | "connect" | "tgw-peering") && draw.id(origin).is_none() {
            draw.note(message!(
                "{kind} 연결 {origin}은(는) 그리지 못해서, 그쪽으로 가는 라우팅은 그림 밖으로 나가는 것으로 그렸어요.",
                "Attachment {origin} ({kind}) cannot be drawn: routes to it are drawn as leading out of the drawing."
            ));
        }
    }
}

/// The gateway at an end of a peering; one that is not described is drawn by its id alone.
fn end(draw: &mut Draw, json: &Json, key: &str) -> Option<NodeId> {
    let info = json.get(key)?;
    let origin = text(info, "TransitGatewayId")?;
    if let Some(known) = draw.id_of(origin, Kind::TransitGateway) {
        return Some(known);
    }
    let frame = match text(info, "Region") {
        Some(code) => region(draw, code),
        None => any_region(draw),
    };
    let gateway = draw.add_named(frame, origin, origin, TransitGateway::default())?;
    // What it leads to is not described.
    let table = TransitGatewayRouteTable {
        gateway: Some(gateway),
        default_table: true,
        partial: true,
        ..TransitGatewayRouteTable::default()
    };
    draw.add_named(frame, origin, "", table);
    draw.note(message!(
        "전송 게이트웨이 {origin}이(가) 파일에 없어서 그 너머는 알 수 없는 것으로 그렸어요.",
        "Transit gateway {origin} is not in the files: what lies beyond it is drawn as not known."
    ));
    Some(gateway)
}

/// The tables that attachments follow and tell of themselves, and the routes of the tables.
pub(super) fn routes(draw: &mut Draw, dump: &Dump) {
    let tables: Vec<(NodeId, TransitGatewayRouteTable)> =
        draw.design().all::<TransitGatewayRouteTable>().map(|(id, _, table)| (id, table.clone())).collect();
    let propagations = propagations(draw, dump);
    for (gateway, hub) in draw.design().all::<TransitGateway>().map(|(id, _, of)| (id, of.clone())).collect::<Vec<_>>()
    {
        let own: Vec<_> = tables.iter().filter(|(_, table)| table.gateway == Some(gateway)).collect();
        let default = own.iter().find(|(_, table)| table.default_table).map(|(id, _)| *id);
        let attached = attached(draw, gateway);
        let followed = associations(draw, dump, gateway);
        // What a gateway gives of itself needs no saying; where something was changed afterwards, all of it is said.
        let as_given = followed.is_empty()
            || attached
                .iter()
                .all(|id| followed.get(id).is_none_or(|table| Some(*table) == default) && followed.contains_key(id));
        let needs_none = followed.is_empty() || (as_given && hub.default_association.is_on());
        if !needs_none {
            draw.set(gateway, id_of!(TransitGateway.default_association), Support::Disable.as_str());
            for (attachment, table) in &followed {
                follow(draw, *attachment, gateway, *table);
            }
        }
        let Some(learned) = propagations.as_ref() else { continue };
        let of = |id: &NodeId| learned.get(id).cloned().unwrap_or_default();
        let by_itself = |id: &NodeId| default.is_some_and(|default| of(id).contains(&default));
        let keeps = hub.default_propagation.is_on() && attached.iter().all(by_itself);
        if !keeps {
            draw.set(gateway, id_of!(TransitGateway.default_propagation), Support::Disable.as_str());
        }
        for attachment in attached {
            let tables: Vec<NodeId> =
                of(&attachment).into_iter().filter(|table| !(keeps && Some(*table) == default)).collect();
            if draw.design().get::<VpnConnection>(attachment).is_some() {
                draw.set_refs(attachment, id_of!(VpnConnection.propagations), &tables);
            }
            if draw.design().get::<TransitGatewayAttachment>(attachment).is_some() {
                draw.set_refs(attachment, id_of!(TransitGatewayAttachment.propagations), &tables);
            }
        }
    }
    let told = dump.list("TransitGatewayStaticRoutes");
    for (id, _) in tables {
        let origin = draw.design().node(id).map_or(String::new(), |node| node.origin.clone());
        let of = told.iter().filter(|json| text(json, "TransitGatewayRouteTableId") == Some(&origin));
        let found: Vec<&Json> = of.flat_map(|json| list(json, "Routes")).collect();
        let is_told = told.iter().any(|json| text(json, "TransitGatewayRouteTableId") == Some(&origin));
        let mut rows: Vec<TransitRoute> = Vec::new();
        for kind in ["static", "propagated"] {
            for json in found.iter().filter(|json| text(json, "Type").unwrap_or("static") == kind) {
                rows.extend(row(draw, json, kind == "propagated", &rows));
            }
        }
        if !rows.is_empty() {
            draw.set(id, id_of!(TransitGatewayRouteTable.routes), rows.to_value());
        }
        if (!is_told || propagations.is_none()) && !origin.is_empty() {
            draw.set(id, id_of!(TransitGatewayRouteTable.partial), true);
        }
    }
    if dump.list("TransitGatewayRouteTables").iter().any(is_there) && (told.is_empty() || propagations.is_none()) {
        draw.note(message!(
            "전송 게이트웨이의 라우팅이나 전파가 파일에 다 있지 않아서, 맞는 라우팅이 없으면 알 수 없는 것으로 답해요. 화면의 수집 명령으로 다시 모으면 알 수 있어요.",
            "Not all routes and propagations of the transit gateways are in the files, so where none matches the answer is that it is not known. Collect them with the command on the page to settle it."
        ));
    }
}

/// A static route. One that was propagated is one only if no VPC's propagation says it already.
fn row(draw: &Draw, json: &Json, propagated: bool, before: &[TransitRoute]) -> Option<TransitRoute> {
    let destination = parsed::<AnyCidr>(json, "DestinationCidrBlock")?;
    let blackhole = text(json, "State") == Some("blackhole");
    let by = list(json, "TransitGatewayAttachments").first().and_then(|of| text(of, "TransitGatewayAttachmentId"));
    let attachment = by.and_then(|id| draw.id(id)).filter(|_| !blackhole);
    let of_vpc = attachment.is_some_and(|id| draw.design().get::<TransitGatewayAttachment>(id).is_some());
    if propagated && (of_vpc || before.iter().any(|route| route.destination == destination)) {
        return None;
    }
    let outside = by.filter(|_| attachment.is_none() && !blackhole).unwrap_or_default().to_owned();
    Some(TransitRoute { destination, blackhole, attachment, outside })
}

/// The attachments of VPCs and VPNs to a gateway.
fn attached(draw: &Draw, gateway: NodeId) -> Vec<NodeId> {
    let all = draw.design().all::<TransitGatewayAttachment>();
    let vpns = draw.design().all::<VpnConnection>().filter(|(_, _, of)| of.transit_gateway == Some(gateway));
    let vpcs = all.filter(|(_, _, of)| of.gateway == Some(gateway)).map(|(id, ..)| id);
    vpcs.chain(vpns.map(|(id, ..)| id)).collect()
}

/// By attachment: the table that it follows at a gateway.
fn associations(draw: &Draw, dump: &Dump, gateway: NodeId) -> BTreeMap<NodeId, NodeId> {
    let of_gateway = |json: &&Json| draw.id_at(json, "TransitGatewayId") == Some(gateway) && is_there(json);
    let all = dump.list("TransitGatewayAttachments").iter().filter(of_gateway);
    all.filter_map(|json| {
        let association = json.get("Association")?;
        let state = text(association, "State");
        let table = draw.id_at(association, "TransitGatewayRouteTableId")?;
        let is_on = state.is_none_or(|state| matches!(state, "associated" | "associating"));
        Some((draw.id_at(json, "TransitGatewayAttachmentId")?, table)).filter(|_| is_on)
    })
    .collect()
}

fn follow(draw: &mut Draw, attachment: NodeId, gateway: NodeId, table: NodeId) {
    match draw.design().node(attachment).map(crate::design::Node::kind) {
        Some(Kind::TransitGatewayAttachment) => {
            draw.set(attachment, id_of!(TransitGatewayAttachment.association), table);
        }
        Some(Kind::VpnConnection) => draw.set(attachment, id_of!(VpnConnection.association), table),
        Some(Kind::TransitGatewayPeering) => {
            let peering = draw.design().get::<TransitGatewayPeering>(attachment);
            let own = peering.is_some_and(|of| of.gateway == Some(gateway));
            let field = if own {
                id_of!(TransitGatewayPeering.association)
            } else {
                id_of!(TransitGatewayPeering.peer_association)
            };
            draw.set(attachment, field, table);
        }
        _ => {}
    }
}

/// By attachment: the tables that it makes itself known to. Nothing where the files do not say.
fn propagations(draw: &Draw, dump: &Dump) -> Option<BTreeMap<NodeId, Vec<NodeId>>> {
    let told = dump.list("TransitGatewayPropagations");
    if told.is_empty() {
        return None;
    }
    let mut found: BTreeMap<NodeId, Vec<NodeId>> = BTreeMap::new();
    for json in told {
        let Some(table) = draw.id_at(json, "TransitGatewayRouteTableId") else { continue };
        let on = list(json, "TransitGatewayRouteTablePropagations")
            .iter()
            .filter(|of| text(of, "State").is_none_or(|state| matches!(state, "enabled" | "enabling")));
        for attachment in on.filter_map(|of| draw.id_at(of, "TransitGatewayAttachmentId")) {
            let tables = found.entry(attachment).or_default();
            if !tables.contains(&table) {
                tables.push(table);
            }
        }
    }
    Some(found)
}
