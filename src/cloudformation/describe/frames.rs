//! Regions, VPCs, zones and subnets.

use super::document::{Dump, list, on, parsed, text};
use super::draw::Draw;
use crate::catalog::data::regions::REGIONS;
use crate::catalog::kinds::{Region, Subnet, Vpc, Zone};
use crate::id::NodeId;
use crate::message;
use crate::net::Cidr;
use crate::template::Json;

/// Region and letter of a zone: `ap-northeast-2a`.
fn zone_parts(zone: &str) -> Option<(&'static str, &str)> {
    let region =
        REGIONS.iter().filter(|region| zone.starts_with(region.code)).max_by_key(|region| region.code.len())?;
    Some((region.code, zone.get(region.code.len()..)?))
}

/// The frame of a region, drawn where there is none yet.
pub(super) fn region(draw: &mut Draw, code: &str) -> Option<NodeId> {
    let body = Region { code: code.to_owned() };
    draw.add_named(None, code, code, body)
}

/// The region of an element that has none of its own: the first there is.
pub(super) fn any_region(draw: &Draw) -> Option<NodeId> {
    draw.design().all::<Region>().map(|(id, ..)| id).next()
}

/// Regions and VPCs.
pub(super) fn draw(draw: &mut Draw, dump: &Dump) {
    let zone_of = |json: &Json| text(json, "AvailabilityZone").and_then(zone_parts).map(|(code, _)| code);
    let fallback = dump.list("Subnets").iter().chain(dump.list("NetworkInterfaces")).find_map(zone_of);
    for json in dump.list("Vpcs") {
        let Some(origin) = text(json, "VpcId") else { continue };
        let of_subnet = |subnet: &&Json| text(subnet, "VpcId") == Some(origin);
        let code = dump.list("Subnets").iter().filter(of_subnet).find_map(zone_of);
        let code = code.or_else(|| text(json, "Region")).or(fallback).map(str::to_owned);
        let frame = region(draw, &code.unwrap_or_else(|| Region::default().code));
        let Some(cidr) = parsed::<Cidr>(json, "CidrBlock") else {
            draw.missing(origin, "CidrBlock");
            continue;
        };
        let associated = |set: &&Json| {
            let state = set.get("CidrBlockState").and_then(|state| text(state, "State"));
            state.is_none_or(|state| matches!(state, "associated" | "associating"))
        };
        let blocks = list(json, "CidrBlockAssociationSet")
            .iter()
            .filter(associated)
            .filter_map(|set| parsed::<Cidr>(set, "CidrBlock"));
        let secondary_cidrs = blocks.filter(|block| *block != cidr).collect();
        draw.add(frame, json, origin, None, Vpc { cidr, secondary_cidrs, ..Vpc::default() });
    }
}

/// Zones and subnets, with the tables and ACLs they follow.
pub(super) fn subnets(draw: &mut Draw, dump: &Dump) {
    for json in dump.list("Subnets") {
        let (Some(origin), Some(cidr)) = (text(json, "SubnetId"), parsed::<Cidr>(json, "CidrBlock")) else { continue };
        let Some(vpc) = draw.id_at(json, "VpcId") else {
            draw.missing(origin, text(json, "VpcId").unwrap_or("VpcId"));
            continue;
        };
        let zone = text(json, "AvailabilityZone").and_then(zone_parts);
        let parent = match zone {
            Some((_, letter)) => lane(draw, vpc, letter),
            None => Some(vpc),
        };
        let auto_assign_public_ip = on(json, "MapPublicIpOnLaunch");
        draw.add(parent, json, origin, None, Subnet { cidr, auto_assign_public_ip, ..Subnet::default() });
    }
    if dump.list("RouteTables").is_empty() && !dump.list("Subnets").is_empty() {
        draw.note(message!(
            "라우팅 테이블이 파일에 없어서 서브넷을 VPC 안으로 가는 라우팅만 두고 그렸어요. aws ec2 describe-route-tables 출력도 함께 여세요.",
            "No route table is in the files: subnets are drawn with the local route only. Open the output of aws ec2 describe-route-tables as well."
        ));
    }
    for (key, id_key, field) in
        [("RouteTables", "RouteTableId", "route_table"), ("NetworkAcls", "NetworkAclId", "network_acl")]
    {
        for json in dump.list(key) {
            let Some(id) = draw.id_at(json, id_key) else { continue };
            for association in list(json, "Associations") {
                if let Some(subnet) = draw.id_at(association, "SubnetId") {
                    draw.set(subnet, field, id);
                }
            }
        }
    }
}

/// The lane of a zone in a VPC.
fn lane(draw: &mut Draw, vpc: NodeId, letter: &str) -> Option<NodeId> {
    let lanes = draw.design().children(Some(vpc)).collect::<Vec<_>>();
    let found = lanes.into_iter().find(|id| draw.design().get::<Zone>(*id).is_some_and(|zone| zone.letter == letter));
    let body = Zone { letter: letter.to_owned() };
    found.or_else(|| draw.add_named(Some(vpc), &format!("zone-{letter}"), "", body))
}
