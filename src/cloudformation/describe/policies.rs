//! Route tables, network ACLs and security groups: first the resources, and their rows once everything they may name is drawn.
use super::document::{Dump, list, on, parsed, text};
use super::draw::Draw;
use super::links;
use crate::catalog::FieldValue;
use crate::catalog::kinds::{AclAction, AclRule, GroupRule, NetworkAcl, Route, RouteTable, SecurityGroup};
use crate::id::NodeId;
use crate::net::{AnyCidr, IcmpType, PortRange, Protocol};
use crate::template::Json;
use crate::{id_of, message};

/// The tables, ACLs and groups without their rows.
pub(super) fn shells(draw: &mut Draw, dump: &Dump) {
    for json in dump.list("RouteTables") {
        let main = list(json, "Associations").iter().any(|association| on(association, "Main"));
        shell(draw, json, "RouteTableId", None, RouteTable { main, ..RouteTable::default() });
    }
    for json in dump.list("NetworkAcls") {
        let name = on(json, "IsDefault").then_some("default");
        shell(draw, json, "NetworkAclId", name, NetworkAcl { inbound: Vec::new(), outbound: Vec::new() });
    }
    for json in dump.list("SecurityGroups") {
        let description = text(json, "Description").unwrap_or_default().to_owned();
        let group = SecurityGroup { description, inbound: Vec::new(), outbound: Vec::new() };
        shell(draw, json, "GroupId", text(json, "GroupName"), group);
    }
}

fn shell(draw: &mut Draw, json: &Json, key: &str, name: Option<&str>, body: impl Into<crate::catalog::Body>) {
    let Some(origin) = text(json, key) else { return };
    match draw.id_at(json, "VpcId") {
        Some(vpc) => {
            draw.add(Some(vpc), json, origin, name, body);
        }
        None => draw.missing(origin, text(json, "VpcId").unwrap_or("VpcId")),
    }
}

/// The rows of all of them.
pub(super) fn fill(draw: &mut Draw, dump: &Dump) {
    for json in dump.list("RouteTables") {
        if let Some(id) = draw.id_at(json, "RouteTableId") {
            let routes = routes(draw, json, id);
            draw.set(id, id_of!(RouteTable.routes), routes.to_value());
        }
    }
    for json in dump.list("NetworkAcls") {
        let Some(id) = draw.id_at(json, "NetworkAclId") else { continue };
        for (field, egress) in [("inbound", false), ("outbound", true)] {
            let entries = list(json, "Entries").iter().filter(|entry| on(entry, "Egress") == egress);
            let rules: Vec<AclRule> = entries.filter_map(|entry| acl_rule(draw, entry)).collect();
            draw.set(id, field, rules.to_value());
        }
    }
    for json in dump.list("SecurityGroups") {
        let Some(id) = draw.id_at(json, "GroupId") else { continue };
        for (field, key) in [("inbound", "IpPermissions"), ("outbound", "IpPermissionsEgress")] {
            let mut rules = Vec::new();
            for permission in list(json, key) {
                group_rules(draw, text(json, "GroupId").unwrap_or_default(), permission, &mut rules);
            }
            draw.set(id, field, rules.to_value());
        }
    }
}

/// Where a route may lead, by the keys of its description.
const TARGETS: [&str; 6] =
    ["GatewayId", "NatGatewayId", "NetworkInterfaceId", "InstanceId", "VpcPeeringConnectionId", "TransitGatewayId"];
/// Targets that are not drawn.
const OTHER_TARGETS: [&str; 5] =
    ["EgressOnlyInternetGatewayId", "CarrierGatewayId", "LocalGatewayId", "CoreNetworkArn", "OdbNetworkArn"];

fn routes(draw: &mut Draw, json: &Json, table: NodeId) -> Vec<Route> {
    let name = text(json, "RouteTableId").unwrap_or_default();
    let (mut own, mut propagated) = (Vec::new(), Vec::new());
    for route in list(json, "Routes") {
        let gateway = text(route, "GatewayId").unwrap_or_default();
        if gateway == "local" {
            continue;
        }
        if gateway.starts_with("vpce-") && links::add_table(draw, gateway, table) {
            continue;
        }
        let block = text(route, "DestinationCidrBlock").or_else(|| text(route, "DestinationIpv6CidrBlock"));
        let destination = block.and_then(|block| block.parse::<AnyCidr>().ok());
        let prefix_list = text(route, "DestinationPrefixListId").and_then(|list| links::list(draw, list));
        if destination.is_none() && prefix_list.is_none() {
            draw.missing(name, block.unwrap_or("Destination"));
            continue;
        }
        let target = TARGETS.iter().find_map(|key| draw.id_at(route, key));
        let active = text(route, "State") != Some("blackhole");
        let mut outside = String::new();
        if target.is_none() && active {
            let named = TARGETS.iter().chain(&OTHER_TARGETS).find_map(|key| text(route, key)).unwrap_or("?");
            draw.note(message!(
                "라우팅 테이블 {name}의 라우팅이 가는 {named}은(는) 그리지 못해서 그림 밖으로 나가는 라우팅으로 그렸어요.",
                "The target {named} of a route of table {name} cannot be drawn: the route is drawn as one that leads out of the drawing."
            ));
            named.clone_into(&mut outside);
        }
        let route_row = Route {
            destination: destination.unwrap_or_default(),
            prefix_list,
            target: target.filter(|_| active),
            outside,
        };
        // For the same destination a static route wins over a propagated one.
        let late = text(route, "Origin") == Some("EnableVgwRoutePropagation");
        if late { propagated.push(route_row) } else { own.push(route_row) }
    }
    own.append(&mut propagated);
    own
}

fn protocol(draw: &mut Draw, text: &str) -> Option<Protocol> {
    let protocol = text.parse().ok();
    if protocol.is_none() {
        draw.note(message!(
            "모르는 프로토콜 {text}의 규칙을 뺐어요.",
            "A rule of the unknown protocol {text} is left out."
        ));
    }
    protocol
}

/// The ICMP messages of a rule, from its type and code.
fn icmp(kind: Option<i64>, code: Option<i64>) -> IcmpType {
    IcmpType::new(kind.unwrap_or(-1), code.unwrap_or(-1)).unwrap_or(IcmpType::ALL)
}

fn ports(from: Option<i64>, to: Option<i64>) -> PortRange {
    let port = |number: i64| u16::try_from(number).ok();
    from.and_then(port).zip(to.and_then(port)).and_then(|(from, to)| PortRange::new(from, to)).unwrap_or(PortRange::ALL)
}

fn acl_rule(draw: &mut Draw, json: &Json) -> Option<AclRule> {
    // 32767 is the deny at the end that is always there.
    let number = json
        .get("RuleNumber")?
        .as_u64()
        .and_then(|number| u16::try_from(number).ok())
        .filter(|number| *number < 32_767)?;
    let protocol = protocol(draw, text(json, "Protocol")?)?;
    let block = text(json, "CidrBlock").or_else(|| text(json, "Ipv6CidrBlock"))?;
    let cidr = block.parse().ok()?;
    let message = |part: &str| json.get("IcmpTypeCode").and_then(|code| code.get(part)).and_then(Json::as_i64);
    let icmp = icmp(message("Type"), message("Code"));
    let port = |end: &str| json.get("PortRange").and_then(|range| range.get(end)).and_then(Json::as_i64);
    let ports = if protocol.has_ports() { ports(port("From"), port("To")) } else { PortRange::ALL };
    let action = if text(json, "RuleAction") == Some("deny") { AclAction::Deny } else { AclAction::Allow };
    Some(AclRule { number, action, protocol, ports, icmp, cidr })
}

fn group_rules(draw: &mut Draw, group: &str, json: &Json, rules: &mut Vec<GroupRule>) {
    let Some(protocol) = text(json, "IpProtocol").and_then(|text| protocol(draw, text)) else { return };
    let (from, to) = (json.get("FromPort").and_then(Json::as_i64), json.get("ToPort").and_then(Json::as_i64));
    let ports = if protocol.has_ports() { ports(from, to) } else { PortRange::ALL };
    let icmp = if protocol == Protocol::Icmp { icmp(from, to) } else { IcmpType::ALL };
    let rule = |peer: &Json| GroupRule {
        protocol,
        ports,
        icmp,
        cidr: None,
        group: None,
        prefix_list: None,
        address_of: None,
        description: text(peer, "Description").unwrap_or_default().to_owned(),
    };
    for (key, block) in [("IpRanges", "CidrIp"), ("Ipv6Ranges", "CidrIpv6")] {
        for peer in list(json, key) {
            match parsed::<AnyCidr>(peer, block) {
                Some(cidr) => rules.push(GroupRule { cidr: Some(cidr), ..rule(peer) }),
                None => draw.missing(group, text(peer, block).unwrap_or(block)),
            }
        }
    }
    for peer in list(json, "UserIdGroupPairs") {
        let named = text(peer, "GroupId").unwrap_or_default();
        match draw.id_of(named, crate::catalog::Kind::SecurityGroup) {
            Some(other) => rules.push(GroupRule { group: Some(other), ..rule(peer) }),
            None => draw.missing(group, named),
        }
    }
    for peer in list(json, "PrefixListIds") {
        let list = text(peer, "PrefixListId").and_then(|list| links::list(draw, list));
        rules.extend(list.map(|list| GroupRule { prefix_list: Some(list), ..rule(peer) }));
    }
}
