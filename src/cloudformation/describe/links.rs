//! Peering connections, endpoints and prefix lists.
use std::net::Ipv4Addr;

use super::document::{Dump, list as items, on, parsed, text};
use super::draw::Draw;
use super::frames::{any_region, region};
use crate::catalog::Kind;
use crate::catalog::kinds::{EndpointType, PrefixList, Vpc, VpcEndpoint, VpcPeering};
use crate::id::NodeId;
use crate::net::Cidr;
use crate::template::Json;
use crate::{id_of, message};

/// The service of a list that AWS keeps: `s3` of `com.amazonaws.ap-northeast-2.s3`; nothing for what others offer (`com.amazonaws.vpce.…`).
fn service(name: &str) -> String {
    let rest = name.strip_prefix("com.amazonaws.").and_then(|rest| rest.split_once('.'));
    rest.filter(|(region, _)| *region != "vpce").map_or_else(String::new, |(_, service)| service.to_owned())
}

/// The prefix lists that are described.
pub(super) fn lists(draw: &mut Draw, dump: &Dump) {
    for json in dump.list("PrefixLists").iter().chain(dump.list("ManagedPrefixLists")) {
        let (Some(origin), name) = (text(json, "PrefixListId"), text(json, "PrefixListName")) else { continue };
        if text(json, "AddressFamily") == Some("IPv6") {
            continue;
        }
        let blocks = items(json, "Cidrs").iter().filter_map(Json::as_str).filter_map(|text| text.parse::<Cidr>().ok());
        let entries = blocks.chain(items(json, "Entries").iter().filter_map(|entry| parsed(entry, "Cidr"))).collect();
        let body = PrefixList { entries, service: name.map(service).unwrap_or_default() };
        let region = any_region(draw);
        draw.add(region, json, origin, name, body);
    }
}

/// The prefix list of an id; drawn without entries where it is not described.
pub(super) fn list(draw: &mut Draw, origin: &str) -> Option<NodeId> {
    if let Some(known) = draw.id_of(origin, Kind::PrefixList) {
        return Some(known);
    }
    draw.note(message!(
        "접두사 목록 {origin}의 항목이 파일에 없어서 빈 목록으로 그렸어요.",
        "The entries of prefix list {origin} are not in the files: it is drawn empty."
    ));
    let region = any_region(draw);
    draw.add_named(region, origin, origin, PrefixList::default())
}

/// Peering connections that are there or may come to be.
pub(super) fn peerings(draw: &mut Draw, dump: &Dump) {
    for json in dump.list("VpcPeeringConnections") {
        let Some(origin) = text(json, "VpcPeeringConnectionId") else { continue };
        let state = json.get("Status").and_then(|status| text(status, "Code")).unwrap_or("active");
        if !matches!(state, "active" | "provisioning" | "pending-acceptance" | "initiating-request") {
            draw.note(message!(
                "{state} 상태인 피어링 {origin}은(는) 그리지 않았어요.",
                "Peering {origin} is {state} and not drawn."
            ));
            continue;
        }
        let requester = end(draw, json, "RequesterVpcInfo");
        let accepter = end(draw, json, "AccepterVpcInfo");
        let region = requester.and_then(|vpc| draw.design().ancestor(vpc, Kind::Region));
        draw.add(region, json, origin, None, VpcPeering { requester, accepter, accepted: state == "active" });
    }
}

/// The VPC at an end; one that is not described is drawn by its block alone.
fn end(draw: &mut Draw, json: &Json, key: &str) -> Option<NodeId> {
    let info = json.get(key)?;
    let origin = text(info, "VpcId")?;
    if let Some(known) = draw.id(origin) {
        return Some(known);
    }
    let cidr =
        parsed::<Cidr>(info, "CidrBlock").or_else(|| parsed(items(info, "CidrBlockSet").first()?, "CidrBlock"))?;
    draw.note(message!(
        "VPC {origin}은(는) 파일에 없어서 CIDR만 있는 빈 VPC로 그렸어요.",
        "VPC {origin} is not in the files: it is drawn empty, by its CIDR block."
    ));
    let frame = match text(info, "Region") {
        Some(code) => region(draw, code),
        None => any_region(draw),
    };
    draw.add_named(frame, origin, origin, Vpc { cidr, ..Vpc::default() })
}

/// Endpoints, with the addresses of their interfaces.
pub(super) fn endpoints(draw: &mut Draw, dump: &Dump) {
    for json in dump.list("VpcEndpoints") {
        let Some(origin) = text(json, "VpcEndpointId") else { continue };
        let state = text(json, "State").unwrap_or("available").to_ascii_lowercase();
        let endpoint_type = match text(json, "VpcEndpointType").unwrap_or("Gateway") {
            "Gateway" => EndpointType::Gateway,
            "Interface" => EndpointType::Interface,
            "GatewayLoadBalancer" => EndpointType::GatewayLoadBalancer,
            other => {
                draw.note(message!(
                    "{other} 유형의 엔드포인트 {origin}은(는) 아직 그리지 못해요.",
                    "Endpoint {origin} of type {other} cannot be drawn yet."
                ));
                continue;
            }
        };
        if !matches!(state.as_str(), "available" | "pending") {
            draw.note(message!(
                "{state} 상태인 엔드포인트 {origin}은(는) 그리지 않았어요.",
                "Endpoint {origin} is {state} and not drawn."
            ));
            continue;
        }
        let Some(vpc) = draw.id_at(json, "VpcId") else {
            draw.missing(origin, text(json, "VpcId").unwrap_or("VpcId"));
            continue;
        };
        let ids = |draw: &Draw, key: &str| items(json, key).iter().filter_map(|id| draw.id(id.as_str()?)).collect();
        let own: Vec<&str> = items(json, "NetworkInterfaceIds").iter().filter_map(Json::as_str).collect();
        let interfaces = dump
            .list("NetworkInterfaces")
            .iter()
            .filter(|eni| text(eni, "NetworkInterfaceId").is_some_and(|id| own.contains(&id)));
        let addresses: Vec<Ipv4Addr> = interfaces.filter_map(|eni| parsed(eni, "PrivateIpAddress")).collect();
        let name = text(json, "ServiceName").unwrap_or_default();
        let short = service(name);
        let body = VpcEndpoint {
            endpoint_type,
            service: if short.is_empty() { name.to_owned() } else { short.clone() },
            balancer: balancer_of(draw, dump, name),
            route_tables: ids(draw, "RouteTableIds"),
            subnets: ids(draw, "SubnetIds"),
            security_groups: items(json, "Groups").iter().filter_map(|group| draw.id_at(group, "GroupId")).collect(),
            private_dns: on(json, "PrivateDnsEnabled"),
            policy: text(json, "PolicyDocument").unwrap_or_default().to_owned(),
            addresses,
        };
        if let Some(id) =
            draw.add(Some(vpc), json, origin, Some(&short).filter(|short| !short.is_empty()).map(String::as_str), body)
        {
            for eni in own {
                draw.alias(eni, id);
            }
        }
    }
}

/// The gateway balancer behind an endpoint service of the account.
fn balancer_of(draw: &mut Draw, dump: &Dump, service: &str) -> Option<NodeId> {
    let of = dump.list("ServiceConfigurations").iter().find(|of| text(of, "ServiceName") == Some(service))?;
    let arn = items(of, "GatewayLoadBalancerArns").first()?.as_str()?;
    let balancer = draw.id_of(arn, Kind::LoadBalancer);
    match balancer {
        Some(balancer) => draw.set(balancer, "endpoint_service", true),
        None => draw.missing(service, arn),
    }
    balancer
}

/// The route tables that internet gateways have of their own.
pub(super) fn edges(draw: &mut Draw, dump: &Dump) {
    for json in dump.list("RouteTables") {
        let (Some(table), name) = (draw.id_at(json, "RouteTableId"), text(json, "RouteTableId").unwrap_or_default())
        else {
            continue;
        };
        for gateway in items(json, "Associations").iter().filter_map(|association| text(association, "GatewayId")) {
            match draw.id_of(gateway, Kind::InternetGateway) {
                Some(gateway) => draw.set(table, "gateway", gateway),
                None => draw.missing(name, gateway),
            }
        }
    }
}

/// Notes that a route table leads to a gateway endpoint; whether there is one of that id.
pub(super) fn add_table(draw: &mut Draw, endpoint: &str, table: NodeId) -> bool {
    let Some(id) = draw.id_of(endpoint, Kind::VpcEndpoint) else { return false };
    let of = draw.design().get::<VpcEndpoint>(id).filter(|endpoint| endpoint.is_gateway());
    let Some(mut tables) = of.map(|endpoint| endpoint.route_tables.clone()) else { return false };
    if !tables.contains(&table) {
        tables.push(table);
        draw.set_refs(id, id_of!(VpcEndpoint.route_tables), &tables);
    }
    true
}
