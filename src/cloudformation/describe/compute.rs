//! Instances, network interfaces, gateways and Elastic IPs.
use std::net::Ipv4Addr;

use super::document::{Dump, list, on, parsed, text};
use super::draw::Draw;
use super::frames::any_region;
use crate::catalog::Kind;
use crate::catalog::kinds::{
    Connectivity, ElasticIp, Instance, InternetGateway, NatGateway, NetworkInterface, PublicIp, Subnet,
};
use crate::id::NodeId;
use crate::template::Json;
use crate::{id_of, message};

/// Interfaces that stand for something else, which has a node of its own.
const MANAGED: [&str; 5] =
    ["nat_gateway", "vpc_endpoint", "gateway_load_balancer_endpoint", "network_load_balancer", "gateway_load_balancer"];

/// The groups of an interface or an instance that are drawn.
fn groups(draw: &mut Draw, of: &str, json: &[Json]) -> Vec<NodeId> {
    let mut found = Vec::new();
    for group in json.iter().filter_map(|group| text(group, "GroupId")) {
        match draw.id_of(group, Kind::SecurityGroup) {
            Some(id) => found.push(id),
            None => draw.missing(of, group),
        }
    }
    found
}

/// The public address of an interface, and whether AWS gave it at launch.
fn public(json: &Json) -> Option<(Ipv4Addr, bool)> {
    let association = json.get("Association")?;
    Some((parsed(association, "PublicIp")?, text(association, "IpOwnerId") == Some("amazon")))
}

fn device_index(json: &Json) -> u64 {
    json.get("Attachment")
        .and_then(|attachment| attachment.get("DeviceIndex"))
        .and_then(Json::as_u64)
        .unwrap_or_default()
}

/// Instances with all their interfaces.
pub(super) fn instances(draw: &mut Draw, dump: &Dump) {
    let reserved = dump.list("Reservations").iter().flat_map(|reservation| list(reservation, "Instances"));
    for json in reserved.chain(dump.list("Instances")) {
        let Some(origin) = text(json, "InstanceId") else { continue };
        let state = json.get("State").and_then(|state| text(state, "Name")).unwrap_or("running");
        if matches!(state, "terminated" | "shutting-down") {
            draw.note(message!(
                "종료된 인스턴스 {origin}은(는) 그리지 않았어요.",
                "Terminated instance {origin} is not drawn."
            ));
            continue;
        }
        if state != "running" {
            draw.note(message!(
                "인스턴스 {origin}은(는) {state} 상태지만 켜져 있는 것처럼 그렸어요.",
                "Instance {origin} is {state} and drawn as if it ran."
            ));
        }
        let mut interfaces: Vec<&Json> = list(json, "NetworkInterfaces").iter().collect();
        interfaces.sort_by_key(|interface| device_index(interface));
        // Without a list of interfaces the instance itself says what its only one has.
        let primary = interfaces.first().copied().unwrap_or(json);
        let Some(subnet) = draw.id_at(primary, "SubnetId").or_else(|| draw.id_at(json, "SubnetId")) else {
            draw.missing(origin, text(primary, "SubnetId").unwrap_or("SubnetId"));
            continue;
        };
        let named = if interfaces.is_empty() { list(json, "SecurityGroups") } else { list(primary, "Groups") };
        let mut instance = Instance {
            instance_type: text(json, "InstanceType").unwrap_or("t3.micro").to_owned(),
            ami: text(json, "ImageId").unwrap_or_default().to_owned(),
            security_groups: groups(draw, origin, named),
            private_ip: parsed(primary, "PrivateIpAddress"),
            stopped: matches!(state, "stopped" | "stopping"),
            source_dest_check: [primary, json]
                .iter()
                .find_map(|json| json.get("SourceDestCheck")?.as_bool())
                .unwrap_or(true),
            ..Instance::default()
        };
        let address = public(primary)
            .or_else(|| Some((parsed(json, "PublicIpAddress")?, true)).filter(|_| interfaces.is_empty()));
        let auto = draw.design().get::<Subnet>(subnet).is_some_and(|subnet| subnet.auto_assign_public_ip);
        instance.public_ip = match address {
            Some((_, true)) if !auto => PublicIp::Yes,
            None | Some((_, false)) if auto => PublicIp::No,
            _ => PublicIp::SubnetDefault,
        };
        instance.public_address = address.filter(|(_, by_aws)| *by_aws).map(|(address, _)| address);
        let Some(id) = draw.add(Some(subnet), json, origin, None, instance) else { continue };
        if let Some(eni) = text(primary, "NetworkInterfaceId") {
            draw.alias(eni, id);
        }
        if let Some((address, false)) = address {
            elastic_ip(draw, dump, address, None, id);
        }
        for further in interfaces.into_iter().skip(1) {
            interface(draw, dump, further, Some(id));
        }
    }
}

/// Interfaces that belong to no instance that is drawn, and those of services.
pub(super) fn interfaces(draw: &mut Draw, dump: &Dump) {
    for json in dump.list("NetworkInterfaces") {
        let managed = text(json, "InterfaceType").is_some_and(|kind| MANAGED.contains(&kind));
        let balancer = text(json, "Description").is_some_and(|text| text.starts_with("ELB "));
        let known = text(json, "NetworkInterfaceId").is_none_or(|origin| draw.id(origin).is_some());
        if managed || balancer || known {
            continue;
        }
        let attachment = json.get("Attachment").unwrap_or(&Json::Null);
        let instance = text(attachment, "InstanceId");
        let drawn = instance.and_then(|instance| draw.id_of(instance, Kind::Instance));
        let id = interface(draw, dump, json, drawn);
        if let (None, Some(instance), Some(id)) = (drawn, instance, id) {
            // The instance itself was not described: its interface stands for it.
            draw.alias(instance, id);
        }
    }
}

fn interface(draw: &mut Draw, dump: &Dump, json: &Json, instance: Option<NodeId>) -> Option<NodeId> {
    let origin = text(json, "NetworkInterfaceId")?;
    let Some(subnet) = draw.id_at(json, "SubnetId") else {
        draw.missing(origin, text(json, "SubnetId").unwrap_or("SubnetId"));
        return None;
    };
    let address = public(json);
    let body = NetworkInterface {
        instance,
        private_ip: parsed(json, "PrivateIpAddress"),
        security_groups: groups(draw, origin, list(json, "Groups")),
        source_dest_check: json.get("SourceDestCheck").and_then(Json::as_bool).unwrap_or(true),
        public_address: address.filter(|(_, by_aws)| *by_aws).map(|(address, _)| address),
    };
    let name = text(json, "Description");
    let json = &serde_json::json!({ "Tags": json.get("TagSet").or_else(|| json.get("Tags")) });
    let id = draw.add(Some(subnet), json, origin, name, body)?;
    if let Some((address, false)) = address {
        elastic_ip(draw, dump, address, None, id);
    }
    Some(id)
}

/// The Elastic IP of an address, attached to whom it belongs.
fn elastic_ip(
    draw: &mut Draw,
    dump: &Dump,
    address: Ipv4Addr,
    allocation: Option<&str>,
    user: NodeId,
) -> Option<NodeId> {
    let written = address.to_string();
    let json =
        dump.list("Addresses").iter().find(|json| text(json, "PublicIp") == Some(&written)).unwrap_or(&Json::Null);
    let origin = text(json, "AllocationId").or(allocation).unwrap_or(&written).to_owned();
    let region = draw.design().ancestor(user, Kind::Region);
    let (instance, interface) = match draw.design().node(user).map(crate::design::Node::kind) {
        Some(Kind::Instance) => (Some(user), None),
        Some(Kind::NetworkInterface) => (None, Some(user)),
        _ => (None, None),
    };
    draw.add(region, json, &origin, Some(&written), ElasticIp { instance, interface, public_address: Some(address) })
}

/// Internet gateways, NAT gateways, and the Elastic IPs that are left.
pub(super) fn gateways(draw: &mut Draw, dump: &Dump) {
    for json in dump.list("InternetGateways") {
        let Some(origin) = text(json, "InternetGatewayId") else { continue };
        let attached = |json: &&Json| !matches!(text(json, "State"), Some("detached" | "detaching"));
        let attachment = list(json, "Attachments").iter().find(attached);
        let vpc = attachment.and_then(|attachment| draw.id_at(attachment, "VpcId"));
        if let (Some(attachment), None) = (attachment, vpc) {
            draw.missing(origin, text(attachment, "VpcId").unwrap_or("VpcId"));
        }
        draw.add(vpc.or_else(|| any_region(draw)), json, origin, None, InternetGateway);
    }
    for json in dump.list("NatGateways") {
        let Some(origin) = text(json, "NatGatewayId") else { continue };
        if matches!(text(json, "State"), Some("deleted" | "deleting" | "failed")) {
            draw.note(message!(
                "없어진 NAT 게이트웨이 {origin}은(는) 그리지 않았어요.",
                "NAT gateway {origin}, which is gone, is not drawn."
            ));
            continue;
        }
        let Some(subnet) = draw.id_at(json, "SubnetId") else {
            draw.missing(origin, text(json, "SubnetId").unwrap_or("SubnetId"));
            continue;
        };
        let addresses = list(json, "NatGatewayAddresses");
        let first = addresses
            .iter()
            .find(|address| on(address, "IsPrimary"))
            .or_else(|| addresses.first())
            .unwrap_or(&Json::Null);
        let private = text(json, "ConnectivityType") == Some("private");
        let connectivity = if private { Connectivity::Private } else { Connectivity::Public };
        let nat = NatGateway { connectivity, private_ip: parsed(first, "PrivateIp"), ..NatGateway::default() };
        let Some(id) = draw.add(Some(subnet), json, origin, None, nat) else { continue };
        if let Some(eni) = text(first, "NetworkInterfaceId") {
            draw.alias(eni, id);
        }
        if let Some(address) = parsed(first, "PublicIp") {
            let known = text(first, "AllocationId").and_then(|eip| draw.id_of(eip, Kind::ElasticIp));
            if let Some(eip) = known.or_else(|| elastic_ip(draw, dump, address, text(first, "AllocationId"), id)) {
                draw.set(id, id_of!(NatGateway.elastic_ip), eip);
            }
        }
    }
    for json in dump.list("Addresses") {
        let (Some(address), origin) =
            (parsed::<Ipv4Addr>(json, "PublicIp"), text(json, "AllocationId").or_else(|| text(json, "PublicIp")))
        else {
            continue;
        };
        let Some(origin) = origin.filter(|origin| draw.id(origin).is_none()) else { continue };
        let instance = text(json, "InstanceId").and_then(|id| draw.id_of(id, Kind::Instance));
        let interface = text(json, "NetworkInterfaceId").and_then(|id| draw.id_of(id, Kind::NetworkInterface));
        let eip =
            ElasticIp { instance: instance.filter(|_| interface.is_none()), interface, public_address: Some(address) };
        let region = any_region(draw);
        draw.add(region, json, origin, text(json, "PublicIp"), eip);
    }
}
