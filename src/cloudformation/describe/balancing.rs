//! Load balancers, target groups and listeners. Their descriptions have the shape of templates, so they are read by the same field tables.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use super::document::{Dump, list, parsed, text};
use super::draw::Draw;
use crate::catalog::kinds::{BalancerType, LoadBalancer, Scheme, Target, TargetType};
use crate::catalog::{FieldValue, Kind};
use crate::cloudformation::evaluate::Scope;
use crate::cloudformation::read::{Names, Reading};
use crate::id::NodeId;
use crate::message;
use crate::template::{Json, Object};

pub(super) fn draw(draw: &mut Draw, dump: &Dump) {
    for json in dump.list("LoadBalancers") {
        balancer(draw, dump, json);
    }
    for json in dump.list("TargetGroups") {
        target_group(draw, dump, json);
    }
    let nested = dump.list("LoadBalancerListeners").iter().flat_map(|of| list(of, "Listeners"));
    for json in dump.list("Listeners").iter().chain(nested) {
        listener(draw, dump, json);
    }
}

fn balancer(draw: &mut Draw, dump: &Dump, json: &Json) {
    let Some(arn) = text(json, "LoadBalancerArn") else { return };
    let name = text(json, "LoadBalancerName");
    let shown = name.unwrap_or(arn);
    let balancer_type = match text(json, "Type").unwrap_or("application") {
        "application" => BalancerType::Application,
        "network" => BalancerType::Network,
        "gateway" => BalancerType::Gateway,
        other => {
            draw.note(message!(
                "{other} 유형의 로드 밸런서 {shown}은(는) 아직 그리지 못해요.",
                "Load balancer {shown} of type {other} cannot be drawn yet."
            ));
            return;
        }
    };
    let Some(vpc) = draw.id_at(json, "VpcId") else {
        draw.missing(shown, text(json, "VpcId").unwrap_or("VpcId"));
        return;
    };
    // Its interfaces are described by the end of its ARN: `ELB app/name/0123`.
    let suffix = arn.split_once("loadbalancer/").map_or("", |(_, suffix)| suffix);
    let of_balancer = |eni: &&Json| text(eni, "Description").and_then(|text| text.strip_prefix("ELB ")) == Some(suffix);
    let interfaces: Vec<&Json> = dump.list("NetworkInterfaces").iter().filter(of_balancer).collect();
    let (mut subnets, mut addresses, mut public_addresses) = (Vec::new(), Vec::new(), Vec::new());
    for zone in list(json, "AvailabilityZones") {
        let Some(subnet) = draw.id_at(zone, "SubnetId") else {
            draw.missing(shown, text(zone, "SubnetId").unwrap_or("SubnetId"));
            continue;
        };
        let row = subnets.len();
        subnets.push(subnet);
        let fixed = list(zone, "LoadBalancerAddresses").first().unwrap_or(&Json::Null);
        let eni = interfaces
            .iter()
            .find(|eni| text(eni, "SubnetId") == text(zone, "SubnetId"))
            .copied()
            .unwrap_or(&Json::Null);
        let association = eni.get("Association").unwrap_or(&Json::Null);
        addresses.extend(parsed::<Ipv4Addr>(eni, "PrivateIpAddress").or_else(|| parsed(fixed, "PrivateIPv4Address")));
        // In the order of the subnets: one that is missing would shift the others.
        let public = parsed::<Ipv4Addr>(association, "PublicIp").or_else(|| parsed(fixed, "IpAddress"));
        public_addresses.extend(public.filter(|_| public_addresses.len() == row));
    }
    let attributes = dump.list("LoadBalancerAttributes").iter().filter(|of| text(of, "LoadBalancerArn") == Some(arn));
    let cross_zone = attributes
        .flat_map(|of| list(of, "Attributes"))
        .any(|one| text(one, "Key") == Some("load_balancing.cross_zone.enabled") && text(one, "Value") == Some("true"));
    let groups = list(json, "SecurityGroups").iter().filter_map(|group| draw.id(group.as_str()?)).collect();
    let scheme = if text(json, "Scheme") == Some("internal") { Scheme::Internal } else { Scheme::InternetFacing };
    let body = LoadBalancer {
        balancer_type,
        scheme,
        subnets,
        security_groups: groups,
        cross_zone,
        addresses,
        public_addresses,
        ..LoadBalancer::default()
    };
    if let Some(id) = draw.add(Some(vpc), json, arn, name, body) {
        for eni in interfaces.iter().filter_map(|eni| text(eni, "NetworkInterfaceId")) {
            draw.alias(eni, id);
        }
    }
}

fn target_group(draw: &mut Draw, dump: &Dump, json: &Json) {
    let Some(arn) = text(json, "TargetGroupArn") else { return };
    let name = text(json, "TargetGroupName");
    let shown = name.unwrap_or(arn);
    let Some(vpc) = draw.id_at(json, "VpcId") else {
        draw.missing(shown, text(json, "VpcId").unwrap_or("VpcId"));
        return;
    };
    if !matches!(text(json, "TargetType"), None | Some("instance" | "ip")) {
        let kind = text(json, "TargetType").unwrap_or_default();
        draw.note(message!(
            "{kind} 유형의 대상 그룹 {shown}은(는) 대상 없이 그렸어요.",
            "Target group {shown} of type {kind} is drawn without targets."
        ));
    }
    let Some(id) = draw.add(Some(vpc), json, arn, name, Kind::TargetGroup.new_body()) else { return };
    let mut properties = json.as_object().cloned().unwrap_or_default();
    properties.retain(|key, value| key != "Tags" && !value.is_null());
    if !matches!(text(json, "TargetType"), Some("instance" | "ip")) {
        properties.shift_remove("TargetType");
    }
    read(draw, shown, id, Kind::TargetGroup, &properties, &[]);
    let wrapped = dump.list("TargetHealth").iter().chain(dump.list("LoadBalancerTargetHealth"));
    let mut health: Vec<&Json> = wrapped
        .filter(|of| text(of, "TargetGroupArn") == Some(arn))
        .flat_map(|of| list(of, "TargetHealthDescriptions"))
        .collect();
    if dump.list("TargetGroups").len() == 1 {
        health.extend(dump.list("TargetHealthDescriptions"));
    }
    let by_address = text(json, "TargetType") == Some(TargetType::Ip.as_str());
    let port = json.get("Port").and_then(Json::as_u64);
    let mut targets = Vec::new();
    for target in health.iter().filter_map(|of| of.get("Target")) {
        let Some(named) = text(target, "Id") else { continue };
        let own = target.get("Port").and_then(Json::as_u64).filter(|own| Some(*own) != port);
        let port = own.and_then(|port| u16::try_from(port).ok());
        let instance = draw.id_of(named, Kind::Instance);
        match (by_address, instance) {
            (true, _) => targets.push(Target { address: named.to_owned(), port, instance: None }),
            (false, Some(_)) => targets.push(Target { instance, port, address: String::new() }),
            (false, None) => draw.missing(shown, named),
        }
    }
    draw.set(id, "targets", targets.to_value());
}

fn listener(draw: &mut Draw, dump: &Dump, json: &Json) {
    let Some(arn) = text(json, "ListenerArn") else { return };
    let port = json.get("Port").and_then(Json::as_u64).unwrap_or_default();
    // Listeners of gateway balancers have neither.
    let protocol = text(json, "Protocol").unwrap_or("GENEVE");
    let name = if port == 0 { protocol.to_owned() } else { format!("{protocol}-{port}") };
    let Some(balancer) = draw.id_at(json, "LoadBalancerArn") else {
        draw.missing(&name, text(json, "LoadBalancerArn").unwrap_or("LoadBalancerArn"));
        return;
    };
    let Some(id) = draw.add(Some(balancer), json, arn, Some(&name), Kind::Listener.new_body()) else { return };
    let mut properties = Object::new();
    for key in ["Port", "Protocol", "SslPolicy"] {
        properties.extend(json.get(key).map(|value| (key.to_owned(), value.clone())));
    }
    properties.extend(actions(draw, json.get("DefaultActions")).map(|actions| ("DefaultActions".to_owned(), actions)));
    // The ARN of a rule is that of its listener with one id more.
    let stem = arn.replacen(":listener/", ":listener-rule/", 1);
    let own = |rule: &&Json| {
        let of = text(rule, "RuleArn").and_then(|arn| arn.rsplit_once('/')).map(|(stem, _)| stem);
        (of == Some(stem.as_str()) || text(rule, "ListenerArn") == Some(arn))
            && text(rule, "Priority") != Some("default")
    };
    let mut rules = Vec::new();
    for rule in dump.list("Rules").iter().filter(own) {
        let mut row = Object::new();
        row.insert("ListenerArn".to_owned(), serde_json::json!({ "Ref": arn }));
        let priority = text(rule, "Priority").and_then(|number| number.parse::<u16>().ok());
        row.extend(priority.map(|number| ("Priority".to_owned(), number.into())));
        row.extend(rule.get("Conditions").map(|value| ("Conditions".to_owned(), value.clone())));
        row.extend(actions(draw, rule.get("Actions")).map(|actions| ("Actions".to_owned(), actions)));
        rules.push(row);
    }
    read(draw, &name, id, Kind::Listener, &properties, &rules);
}

/// Actions with target groups as references; those before the last sign people in and decide nothing about the way.
fn actions(draw: &Draw, json: Option<&Json>) -> Option<Json> {
    let mut last = json?.as_array()?.last()?.clone();
    let refer = |arn: &str| draw.id(arn).map(|_| serde_json::json!({ "Ref": arn }));
    let groups = last.get("ForwardConfig").map_or(&[][..], |config| list(config, "TargetGroups"));
    let groups: Vec<Json> = groups
        .iter()
        .filter_map(|group| {
            let weight = group.get("Weight").and_then(Json::as_u64).unwrap_or(1);
            Some(serde_json::json!({ "TargetGroupArn": refer(text(group, "TargetGroupArn")?)?, "Weight": weight }))
        })
        .collect();
    let one = text(&last, "TargetGroupArn").and_then(refer);
    let action = last.as_object_mut()?;
    action.shift_remove("TargetGroupArn");
    action.shift_remove("ForwardConfig");
    if !groups.is_empty() {
        action.insert("ForwardConfig".to_owned(), serde_json::json!({ "TargetGroups": groups }));
    } else if let Some(one) = one {
        action.insert("TargetGroupArn".to_owned(), one);
    }
    Some(Json::Array(vec![last]))
}

/// Reads the properties of a node as if a template held them, and writes the fields that come out.
fn read(draw: &mut Draw, name: &str, id: NodeId, kind: Kind, properties: &Object, rules: &[Object]) {
    let mut resources = Object::new();
    let mut nodes: BTreeMap<String, NodeId> = BTreeMap::new();
    for (other, node) in draw.design().nodes().filter(|(_, node)| !node.origin.is_empty()) {
        nodes.insert(node.origin.clone(), other);
    }
    let origin = draw.design().node(id).map(|node| node.origin.clone()).unwrap_or_default();
    resources.insert(origin, serde_json::json!({ "Type": kind.spec().cloudformation_type, "Properties": properties }));
    for (row, rule) in rules.iter().enumerate() {
        let rule = serde_json::json!({ "Type": "AWS::ElasticLoadBalancingV2::ListenerRule", "Properties": rule });
        resources.insert(format!("rule {row}"), rule);
    }
    let template = serde_json::json!({ "Resources": {} });
    let scope = Scope::new(&template, &BTreeMap::new());
    let names = Names { nodes, outside: BTreeMap::new() };
    let reading = Reading::new(&scope, &resources, &names);
    let body = reading.body(id, kind, None);
    for meta in kind.fields() {
        if let Some(value) = body.value(meta.id) {
            draw.set(id, meta.id, value);
        }
    }
    for doubt in reading.doubts() {
        draw.note(crate::text::Message {
            ko: format!("{name}: {}", doubt.why.ko),
            en: format!("{name}: {}", doubt.why.en),
        });
    }
}
