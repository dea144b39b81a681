//! How resources are put together: routes and what they wait for, groups by name, scripts that are not encoded.

use std::collections::{BTreeMap, BTreeSet};

use super::{CONFLICT, Finder, MISSING, step, waiting};
use crate::catalog::Kind;
use crate::cloudformation::evaluate::{call, references};
use crate::message;
use crate::template::{Json, Object, RuleId};

/// Routes to gateways that may not be attached yet.
const ATTACHMENT: RuleId = RuleId::ROUTE_BEFORE_ATTACHMENT;
/// Scripts that EC2 cannot read.
const ENCODING: RuleId = RuleId::USER_DATA_NOT_BASE64;

/// Where a route may lead; it names one of these (<https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-route.html>).
const TARGETS: [&str; 11] = [
    "CarrierGatewayId",
    "CoreNetworkArn",
    "EgressOnlyInternetGatewayId",
    "GatewayId",
    "InstanceId",
    "LocalGatewayId",
    "NatGatewayId",
    "NetworkInterfaceId",
    "TransitGatewayId",
    "VpcEndpointId",
    "VpcPeeringConnectionId",
];
/// What a route is for; it names one of these.
const DESTINATIONS: [&str; 3] = ["DestinationCidrBlock", "DestinationIpv6CidrBlock", "DestinationPrefixListId"];

pub(super) fn find(finder: &mut Finder<'_>, resources: &Object) {
    let attachments = attachments(resources);
    let transits = transits(resources);
    let is_service = |resource: &Json| resource.get("Type").and_then(Json::as_str) == Some("AWS::ECS::Service");
    let asks = !attachments.is_empty() || !transits.is_empty() || resources.values().any(is_service);
    let needs = if asks { needs(resources) } else { BTreeMap::new() };
    waiting::find(finder, resources, &needs);
    for (logical, resource) in resources {
        let Some(properties) = resource.get("Properties").and_then(Json::as_object) else { continue };
        let at = format!("/Resources/{}/Properties", step(logical));
        match resource.get("Type").and_then(Json::as_str).unwrap_or_default() {
            "AWS::EC2::Route" => {
                exactly_one(finder, logical, properties, &TARGETS, &at);
                exactly_one(finder, logical, properties, &DESTINATIONS, &at);
                waits(finder, &needs, &attachments, logical, properties.get("GatewayId"), &format!("{at}/GatewayId"));
                let transit = properties.get("TransitGatewayId");
                if let Some(attached) = transit.and_then(|gateway| attached(resources, &transits, properties, gateway))
                {
                    waits(finder, &needs, &attached, logical, transit, &format!("{at}/TransitGatewayId"));
                }
            }
            "AWS::EC2::VPNGatewayRoutePropagation" => {
                waits(
                    finder,
                    &needs,
                    &attachments,
                    logical,
                    properties.get("VpnGatewayId"),
                    &format!("{at}/VpnGatewayId"),
                );
            }
            "AWS::EC2::Instance" => {
                let subnet = ["SubnetId", "NetworkInterfaces"].into_iter().find(|key| properties.contains_key(*key));
                if let Some(subnet) = subnet.filter(|_| properties.contains_key("SecurityGroups")) {
                    groups_by_name(finder, logical, subnet, &format!("{at}/SecurityGroups"));
                }
                script(finder, logical, "UserData");
            }
            "AWS::EC2::LaunchTemplate" => {
                let groups =
                    properties.get("LaunchTemplateData").and_then(|data| data.get("SecurityGroups")?.as_array());
                let is_id = |group: &Json| names_a_group_of_a_vpc(resources, group);
                if groups.is_some_and(|groups| groups.iter().any(is_id)) {
                    groups_by_name(finder, logical, "VpcId", &format!("{at}/LaunchTemplateData/SecurityGroups"));
                }
                script(finder, logical, "LaunchTemplateData/UserData");
            }
            "AWS::AutoScaling::LaunchConfiguration" => script(finder, logical, "UserData"),
            _ => {}
        }
    }
}

/// Whether a property is there for sure: its value is known, or names something.
fn is_there(json: &Json) -> bool {
    !matches!(json.as_object().and_then(call), Some(("Fn::If" | "Fn::Transform", _))) && !super::is_nothing(json)
}

fn exactly_one(finder: &mut Finder<'_>, logical: &str, properties: &Object, of: &[&str], at: &str) {
    let named: Vec<&str> = of.iter().copied().filter(|key| properties.contains_key(*key)).collect();
    let sure: Vec<&str> = named.iter().copied().filter(|key| properties.get(*key).is_some_and(is_there)).collect();
    if let [first, second, ..] = sure.as_slice() {
        let all = sure.join(", ");
        let why = message!(
            "경로 {logical}에 {all}이(가) 함께 있어서 배포가 거절돼요. 경로는 하나만 받으니 {first}이나 {second} 하나만 남기세요.",
            "Route {logical} has {all}, of which a route takes one, so the deployment is refused. Keep one of them, such as {first}."
        );
        finder.tell(CONFLICT, &format!("{at}/{second}"), why);
    } else if named.is_empty() {
        let (all, first) = (of.join(", "), of.first().copied().unwrap_or_default());
        let why = message!(
            "경로 {logical}에 {first} 같은 것이 하나도 없어서 배포가 거절돼요. 다음 가운데 하나를 쓰세요: {all}.",
            "Route {logical} has nothing like {first}, so the deployment is refused. Write one of {all}."
        );
        finder.tell(MISSING, at, why);
    }
}

/// The attachments by the gateway that they attach, as it is written.
fn attachments(resources: &Object) -> BTreeMap<String, Vec<&str>> {
    let mut found: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (logical, resource) in resources {
        if resource.get("Type").and_then(Json::as_str) == Some("AWS::EC2::VPCGatewayAttachment") {
            let gateway = |key: &str| resource.get("Properties")?.get(key);
            for gateway in ["InternetGatewayId", "VpnGatewayId"].into_iter().filter_map(gateway) {
                found.entry(gateway.to_string()).or_default().push(logical);
            }
        }
    }
    found
}

/// The attachments of VPCs to transit gateways, by gateway and VPC as they are written.
fn transits(resources: &Object) -> BTreeMap<(String, String), Vec<&str>> {
    let mut found: BTreeMap<(String, String), Vec<&str>> = BTreeMap::new();
    let kind = Kind::TransitGatewayAttachment;
    for (logical, resource) in resources {
        let type_name = resource.get("Type").and_then(Json::as_str).unwrap_or_default();
        let of = |key: &str| Some(resource.get("Properties")?.get(key)?.to_string());
        if let (Some(found_kind), Some(gateway), Some(vpc)) =
            (Kind::from_type(type_name), of("TransitGatewayId"), of("VpcId"))
            && found_kind == kind
        {
            found.entry((gateway, vpc)).or_default().push(logical);
        }
    }
    found
}

/// The attachments of the VPC that a route's table is of, by the transit gateway that the route leads to.
fn attached<'a>(
    resources: &Object,
    transits: &BTreeMap<(String, String), Vec<&'a str>>,
    route: &Object,
    gateway: &Json,
) -> Option<BTreeMap<String, Vec<&'a str>>> {
    let table = references(route.get("RouteTableId")?).into_iter().next()?;
    let vpc = resources.get(&table.logical)?.get("Properties")?.get("VpcId")?.to_string();
    let found = transits.get(&(gateway.to_string(), vpc))?;
    Some(BTreeMap::from([(gateway.to_string(), found.clone())]))
}

/// Looks whether what names a gateway waits for its attachment: a route to a gateway that is not attached yet is refused, and CloudFormation makes
/// both at once (<https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-dependson.html>).
fn waits(
    finder: &mut Finder<'_>,
    needs: &BTreeMap<&str, Vec<&str>>,
    attachments: &BTreeMap<String, Vec<&str>>,
    logical: &str,
    gateway: Option<&Json>,
    at: &str,
) {
    let Some(gateway) = gateway.filter(|json| !references(json).is_empty()) else { return };
    let Some([attachment]) = attachments.get(&gateway.to_string()).map(Vec::as_slice) else { return };
    if comes_after(needs, logical, attachment) {
        return;
    }
    let gateway = references(gateway).first().map(|mention| mention.logical.clone()).unwrap_or_default();
    let why = message!(
        "{logical}이(가) {attachment}을(를) 기다리지 않아서, 게이트웨이 {gateway}이(가) VPC에 연결되기 전에 만들다 배포가 실패할 수 있어요. DependsOn: {attachment}을(를) 추가하세요.",
        "{logical} does not wait for {attachment}, so it may be made before gateway {gateway} is attached to the VPC, and the deployment fails. Add DependsOn: {attachment}."
    );
    finder.tell(ATTACHMENT, at, why);
}

/// What each resource names or depends on, by logical id.
fn needs(resources: &Object) -> BTreeMap<&str, Vec<&str>> {
    let of = |resource: &Json| {
        let named = resource.get("Properties").map(references).unwrap_or_default();
        let mut names: Vec<String> = named.into_iter().map(|mention| mention.logical).collect();
        match resource.get("DependsOn") {
            Some(Json::String(one)) => names.push(one.clone()),
            Some(Json::Array(all)) => names.extend(all.iter().filter_map(Json::as_str).map(str::to_owned)),
            _ => {}
        }
        names.iter().filter_map(|name| Some(resources.get_key_value(name)?.0.as_str())).collect()
    };
    resources.iter().map(|(logical, resource)| (logical.as_str(), of(resource))).collect()
}

/// Whether a resource is made after another: it names or depends on it, or on what does.
pub(super) fn comes_after(needs: &BTreeMap<&str, Vec<&str>>, logical: &str, other: &str) -> bool {
    let (mut seen, mut open) = (BTreeSet::new(), vec![logical]);
    while let Some(name) = open.pop() {
        for next in needs.get(name).into_iter().flatten() {
            if *next == other {
                return true;
            }
            if seen.insert(*next) {
                open.push(next);
            }
        }
    }
    false
}

fn groups_by_name(finder: &mut Finder<'_>, logical: &str, beside: &str, at: &str) {
    let why = message!(
        "{logical}의 SecurityGroups는 기본 VPC에 있는 보안 그룹의 이름을 받아서 {beside}과(와) 함께 쓸 수 없어요. SecurityGroupIds에 보안 그룹의 ID를 쓰세요.",
        "SecurityGroups of {logical} takes names of groups in the default VPC and does not go with {beside}. Write the ids of the groups in SecurityGroupIds."
    );
    finder.tell(CONFLICT, at, why);
}

/// Whether an expression is the id of a group that is in a VPC of its own.
fn names_a_group_of_a_vpc(resources: &Object, json: &Json) -> bool {
    references(json).iter().any(|mention| {
        let group = resources.get(&mention.logical);
        let is_group = |one: &&Json| one.get("Type").and_then(Json::as_str) == Some("AWS::EC2::SecurityGroup");
        group.filter(is_group).is_some_and(|one| one.get("Properties").is_some_and(|of| of.get("VpcId").is_some()))
    })
}

/// Looks whether a script is encoded, as it is written: what a parameter brings is not known.
fn script(finder: &mut Finder<'_>, logical: &str, path: &str) {
    let pointer = format!("/Resources/{}/Properties/{path}", step(logical));
    let Some(written) = finder.template.pointer(&pointer) else { return };
    if is_plain(written) {
        let why = message!(
            "{logical}의 UserData가 Base64가 아니라 글 그대로라서 인스턴스를 시작할 수 없어요. Fn::Base64(!Base64)로 감싸세요.",
            "UserData of {logical} is a plain text and not in Base64, so the instance is refused. Put Fn::Base64 (!Base64) around it."
        );
        finder.tell(ENCODING, &pointer, why);
    }
}

/// Whether a text is certainly not in Base64.
fn is_plain(json: &Json) -> bool {
    match json {
        Json::String(text) => !text.contains("{{resolve:") && !is_encoded(text),
        Json::Object(entries) => match call(entries) {
            Some(("Fn::Sub", Json::String(text))) => !is_alphabet(&without_names(text)),
            Some(("Fn::Sub", Json::Array(both))) => {
                both.first().and_then(Json::as_str).is_some_and(|text| !is_alphabet(&without_names(text)))
            }
            Some(("Fn::Join", Json::Array(both))) => match both.as_slice() {
                [between, Json::Array(parts)] => {
                    let mut texts = parts.iter().chain([between]).filter_map(Json::as_str);
                    texts.any(|text| !is_alphabet(text))
                }
                _ => false,
            },
            Some(("Fn::If", Json::Array(all))) => all.iter().skip(1).any(is_plain),
            _ => false,
        },
        _ => false,
    }
}

/// A text of `Fn::Sub` without what it puts in.
fn without_names(text: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        kept.push_str(before);
        rest = after.split_once('}').map_or("", |(_, rest)| rest);
    }
    kept + rest
}

fn is_alphabet(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=') || c.is_ascii_whitespace())
}

fn is_encoded(text: &str) -> bool {
    let packed: String = text.chars().filter(|c| !c.is_ascii_whitespace()).collect();
    let body = packed.trim_end_matches('=');
    is_alphabet(text) && packed.len().is_multiple_of(4) && packed.len() - body.len() <= 2 && !body.contains('=')
}
