//! Networks: what the types of their resources do not say by themselves.

use std::collections::BTreeMap;

use super::{Finder, MISSING, scalar, step};
use crate::cloudformation::evaluate::call;
use crate::facts::admission::is_describable;
use crate::message;
use crate::template::{Json, Object, RuleId};

/// Ports of security group rules.
const GROUP_PORTS: RuleId = RuleId::SECURITY_GROUP_RULE_PORTS;
/// Ports of network ACL rules.
const ACL_PORTS: RuleId = RuleId::ACL_RULE_PORTS;
/// Two endpoints for one private name.
const DNS: RuleId = RuleId::ENDPOINT_PRIVATE_DNS_TWICE;
/// Two associations of a kind on a subnet.
const TWICE: RuleId = RuleId::SUBNET_ASSOCIATED_TWICE;

pub(super) fn find(finder: &mut Finder<'_>, resources: &Object) {
    let (mut tables, mut acls) = (Vec::new(), Vec::new());
    let conditions = conditions(finder);
    let mut endpoints = BTreeMap::new();
    for (logical, resource) in resources {
        let Some(properties) = resource.get("Properties").and_then(Json::as_object) else { continue };
        let at = format!("/Resources/{}/Properties", step(logical));
        match resource.get("Type").and_then(Json::as_str).unwrap_or_default() {
            "AWS::EC2::SecurityGroup" => {
                group_name(finder, logical, properties, &at);
                for property in ["SecurityGroupIngress", "SecurityGroupEgress"] {
                    let rules = properties.get(property).and_then(Json::as_array).into_iter().flatten().enumerate();
                    for (row, rule) in rules.filter_map(|(row, rule)| Some((row, rule.as_object()?))) {
                        let name = format!("{logical}.{property}[{row}]");
                        group_rule(finder, &name, rule, &format!("{at}/{property}/{row}"));
                    }
                }
            }
            "AWS::EC2::SecurityGroupIngress" | "AWS::EC2::SecurityGroupEgress" => {
                group_rule(finder, logical, properties, &at);
            }
            "AWS::EC2::NetworkAclEntry" => acl_rule(finder, logical, properties, &at),
            "AWS::EC2::SubnetRouteTableAssociation" => tables.push((logical.as_str(), properties)),
            "AWS::EC2::SubnetNetworkAclAssociation" => acls.push((logical.as_str(), properties)),
            "AWS::EC2::VPCEndpoint" => {
                let known = endpoints.entry(conditions.get(logical)).or_default();
                endpoint(finder, known, logical, properties, &at);
            }
            "AWS::EC2::Instance" => instance(finder, logical, properties, &at),
            "AWS::EC2::EIPAssociation" | "AWS::EC2::NatGateway" => elastic_address(finder, logical, properties, &at),
            _ => {}
        }
    }
    associated(finder, &conditions, &tables, "RouteTableId");
    associated(finder, &conditions, &acls, "NetworkAclId");
}

/// EC2 keeps the name `default` and names that begin with `sg-` for itself
/// (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html>).
fn group_name(finder: &mut Finder<'_>, logical: &str, properties: &Object, at: &str) {
    let Some(name) = properties.get("GroupName").and_then(super::names::literal) else { return };
    if !is_describable(name) || name.chars().count() > 255 {
        let why = message!(
            "보안 그룹 {logical}의 GroupName '{name}'에 쓸 수 없는 문자가 있거나 255자를 넘어서 거절돼요. 영문자, 숫자, 공백과 ._-:/()#,@[]+=&;{{}}!$*만 쓰세요.",
            "GroupName \"{name}\" of security group {logical} has characters that AWS does not take, or more than 255, and is refused. Write ASCII letters, digits, spaces and ._-:/()#,@[]+=&;{{}}!$* alone."
        );
        finder.tell(super::VALUE, &format!("{at}/GroupName"), why);
    }
    let lower = name.to_ascii_lowercase();
    if lower == "default" || lower.starts_with("sg-") {
        let why = message!(
            "보안 그룹 {logical}의 GroupName '{name}'은(는) AWS가 쓰는 이름이라 거절돼요. default가 아니고 sg-로 시작하지 않는 이름을 쓰거나, 지워서 AWS가 정하게 하세요.",
            "GroupName \"{name}\" of security group {logical} is one that AWS keeps for itself and is refused. Write one that is not default and does not begin with sg-, or remove it so that AWS makes one up."
        );
        finder.tell(super::VALUE, &format!("{at}/GroupName"), why);
    }
}

/// A number, however it is written; nothing where it is not known.
pub(super) fn number(json: Option<&Json>) -> Option<i64> {
    let json = json?;
    json.as_i64().or_else(|| json.as_str()?.trim().parse().ok())
}

/// `EIP` takes the address of an Elastic IP, and `AllocationId` its allocation
/// (<https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-eipassociation.html>).
fn elastic_address(finder: &mut Finder<'_>, name: &str, properties: &Object, at: &str) {
    let is = |property: &str, attribute: &str| match properties.get(property).and_then(|json| json.get("Fn::GetAtt")) {
        Some(Json::String(both)) => both.split_once('.').is_some_and(|(_, own)| own == attribute),
        Some(Json::Array(both)) => both.get(1).and_then(Json::as_str) == Some(attribute),
        _ => false,
    };
    if is("EIP", "AllocationId") {
        let why = message!(
            "{name}의 EIP에는 주소가 와야 하는데 할당 ID(AllocationId)가 있어서 배포가 거절돼요. 속성 이름을 AllocationId로 바꾸세요.",
            "EIP of {name} takes the address and has the allocation id, so the deployment is refused. Write it as AllocationId."
        );
        finder.tell(super::VALUE, &format!("{at}/EIP"), why);
    }
    if is("AllocationId", "PublicIp") {
        let why = message!(
            "{name}의 AllocationId에는 할당 ID가 와야 하는데 주소(PublicIp)가 있어서 배포가 거절돼요. 특성 AllocationId로 쓰세요.",
            "AllocationId of {name} takes the allocation id and has the address (PublicIp), so the deployment is refused. Take the attribute AllocationId."
        );
        finder.tell(super::VALUE, &format!("{at}/AllocationId"), why);
    }
}

fn group_rule(finder: &mut Finder<'_>, name: &str, rule: &Object, at: &str) {
    let Some(protocol) =
        rule.get("IpProtocol").map(|json| json.as_str().map_or_else(|| json.to_string(), str::to_lowercase))
    else {
        return;
    };
    if rule.get("IpProtocol").is_some_and(Json::is_object) {
        return;
    }
    let has_ports = matches!(protocol.as_str(), "tcp" | "6" | "udp" | "17");
    let is_icmp = matches!(protocol.as_str(), "icmp" | "1");
    let missing: Vec<&str> = ["FromPort", "ToPort"].into_iter().filter(|key| !rule.contains_key(*key)).collect();
    if (has_ports || is_icmp) && !missing.is_empty() {
        let keys = missing.join(", ");
        let why = if is_icmp {
            message!(
                "{name}은(는) ICMP({protocol}) 규칙인데 {keys}이(가) 없어서 배포가 거절돼요. ICMP 유형과 코드를 쓰고, 모두라면 -1로 쓰세요.",
                "{name} is a rule for ICMP ({protocol}) and lacks {keys}, so the deployment is refused. Write type and code, or -1 for all."
            )
        } else {
            message!(
                "{name}은(는) {protocol} 규칙인데 {keys}이(가) 없어서 배포가 거절돼요. 여는 포트를 쓰세요. 모두라면 0과 65535예요.",
                "{name} is a rule for {protocol} and lacks {keys}, so the deployment is refused. Write the ports it opens, 0 and 65535 for all."
            )
        };
        return finder.tell(GROUP_PORTS, at, why);
    }
    if !has_ports && !is_icmp {
        // EC2 does not read the ports of other protocols.
        return;
    }
    let (Some(from), Some(to)) = (number(rule.get("FromPort")), number(rule.get("ToPort"))) else { return };
    let (key, value) = if from == -1 && to != -1 {
        ("ToPort", to)
    } else if to == -1 && from != -1 && !is_icmp {
        ("FromPort", from)
    } else if has_ports && from > to {
        let why = message!(
            "{name}의 포트가 {from}에서 {to}까지로 거꾸로예요. 작은 포트를 FromPort에 쓰세요.",
            "The ports of {name} run from {from} down to {to}. Write the lower one as FromPort."
        );
        return finder.tell(GROUP_PORTS, at, why);
    } else if has_ports && to > 65535 {
        let why = message!(
            "{name}의 포트 {to}은(는) 없어요. 65535까지 쓰세요.",
            "{name} has port {to}. The last port is 65535."
        );
        return finder.tell(GROUP_PORTS, &format!("{at}/ToPort"), why);
    } else {
        return;
    };
    let why = message!(
        "{name}의 FromPort와 ToPort는 둘 다 -1이거나 둘 다 아니어야 하는데 {key}이(가) {value}이에요(예요).",
        "FromPort and ToPort of {name} must both be -1 or neither; {key} is {value}."
    );
    finder.tell(GROUP_PORTS, &format!("{at}/{key}"), why);
}

fn acl_rule(finder: &mut Finder<'_>, logical: &str, rule: &Object, at: &str) {
    let wanted = match number(rule.get("Protocol")) {
        Some(6 | 17) => "PortRange",
        Some(1 | 58) => "Icmp",
        _ => return,
    };
    if !rule.contains_key(wanted) {
        let protocol = rule.get("Protocol").map(scalar::short).unwrap_or_default();
        let why = message!(
            "네트워크 ACL 규칙 {logical}은(는) 프로토콜이 {protocol}인데 {wanted}이(가) 없어서 배포가 거절돼요. 추가하세요.",
            "The network ACL rule {logical} has protocol {protocol} and no {wanted}, so the deployment is refused. Add it."
        );
        return finder.tell(ACL_PORTS, at, why);
    }
    let range = rule.get("PortRange");
    let end = |key: &str| number(range.and_then(|range| range.get(key)));
    if let Some(ports) = range.and_then(Json::as_object).filter(|ports| wanted == "PortRange" && ports.len() < 2)
        && let Some(missing) = ["From", "To"].into_iter().find(|key| !ports.contains_key(*key))
        && !ports.keys().any(|key| key == "Ref" || key.starts_with("Fn::"))
    {
        let why = message!(
            "네트워크 ACL 규칙 {logical}의 PortRange에 {missing}이(가) 없어서 배포가 거절돼요. 처음과 끝 포트를 모두 쓰세요.",
            "PortRange of network ACL rule {logical} lacks {missing}, so the deployment is refused. Write the first and the last port."
        );
        return finder.tell(ACL_PORTS, &format!("{at}/PortRange"), why);
    }
    if let (Some(from), Some(to)) = (end("From"), end("To"))
        && from > to
    {
        let why = message!(
            "네트워크 ACL 규칙 {logical}의 포트가 {from}에서 {to}까지로 거꾸로예요. 작은 포트를 From에 쓰세요.",
            "The ports of network ACL rule {logical} run from {from} down to {to}. Write the lower one as From."
        );
        finder.tell(ACL_PORTS, &format!("{at}/PortRange"), why);
    }
}

/// The conditions of resources of which it is not known whether they are there, by logical id.
fn conditions(finder: &Finder<'_>) -> BTreeMap<String, String> {
    let open = finder.scope.resources().into_iter().filter(|one| one.exists != Ok(true));
    open.filter_map(|one| Some((one.logical.to_owned(), one.json.get("Condition")?.to_string()))).collect()
}

/// A subnet follows one table and one ACL.
fn associated(finder: &mut Finder<'_>, conditions: &BTreeMap<String, String>, all: &[(&str, &Object)], property: &str) {
    let mut first_of: BTreeMap<String, usize> = BTreeMap::new();
    let mut first_with: BTreeMap<(String, Option<&String>), usize> = BTreeMap::new();
    for (at, (logical, properties)) in all.iter().enumerate() {
        let (Some(subnet), Some(other)) = (properties.get("SubnetId"), properties.get(property)) else { continue };
        let (key, condition) = (subnet.to_string(), conditions.get(*logical));
        // Of two whose conditions are not known, at most one may be there.
        let earlier = match condition {
            None => first_of.get(&key).copied(),
            Some(_) => {
                let with = |condition| first_with.get(&(key.clone(), condition)).copied();
                with(None).into_iter().chain(with(condition)).min()
            }
        };
        first_of.entry(key.clone()).or_insert(at);
        first_with.entry((key, condition)).or_insert(at);
        let Some((first, earlier)) = earlier.and_then(|at| all.get(at)) else { continue };
        let (subnet, other) = (shown(subnet), shown(other));
        let table = earlier.get(property).map(shown).unwrap_or_default();
        let why = message!(
            "서브넷 {subnet}이(가) 두 번 연결돼 있어요: {first}이(가) {table}에, {logical}이(가) {other}에 연결해요. 하나만 되니 {logical} 또는 {first}을(를) 지우세요.",
            "Subnet {subnet} is associated twice: by {first} with {table} and by {logical} with {other}. It takes one: remove {logical} or {first}."
        );
        finder.tell(TWICE, &format!("/Resources/{}/Properties/SubnetId", step(logical)), why);
    }
}

/// A reference as people read it: the name alone.
fn shown(json: &Json) -> String {
    match json.as_object().and_then(call) {
        Some(("Ref", Json::String(name))) => name.clone(),
        Some((_, argument)) => scalar::short(argument),
        None => scalar::short(json),
    }
}

/// The private name of a service leads to one endpoint of a VPC; `known` are those that are there where this one is.
fn endpoint(
    finder: &mut Finder<'_>,
    known: &mut BTreeMap<(String, String), String>,
    logical: &str,
    properties: &Object,
    at: &str,
) {
    let is = |key: &str, value: &str| {
        properties.get(key).is_some_and(|json| scalar::short(json).eq_ignore_ascii_case(value))
    };
    let (Some(vpc), Some(service)) = (properties.get("VpcId"), properties.get("ServiceName")) else { return };
    if !is("VpcEndpointType", "Interface") || !is("PrivateDnsEnabled", "true") {
        return;
    }
    let key = (vpc.to_string(), service.to_string());
    match known.get(&key) {
        Some(first) => {
            let service = scalar::short(service);
            let why = message!(
                "{first}과(와) {logical}이(가) 같은 VPC에서 {service}의 프라이빗 DNS를 함께 켰어요. 하나에서만 켤 수 있으니 {logical}을(를) 지우거나 끄세요.",
                "{first} and {logical} both have private DNS for {service} in the same VPC. Only one can: remove {logical}, or turn it off there."
            );
            finder.tell(DNS, &format!("{at}/PrivateDnsEnabled"), why);
        }
        None => drop(known.insert(key, logical.to_owned())),
    }
}

fn instance(finder: &mut Finder<'_>, logical: &str, properties: &Object, at: &str) {
    if !properties.contains_key("ImageId") && !properties.contains_key("LaunchTemplate") {
        let why = message!(
            "인스턴스 {logical}에 ImageId가 없어서 시작할 수 없어요. AMI를 쓰거나 시작 템플릿을 정하세요.",
            "Instance {logical} has no ImageId and cannot start. Write an AMI, or a launch template."
        );
        finder.tell(MISSING, at, why);
    }
    // Its own address is that of the first interface.
    let interfaces = properties.get("NetworkInterfaces").and_then(Json::as_array).into_iter().flatten().enumerate();
    for (row, interface) in interfaces.filter(|_| properties.contains_key("PrivateIpAddress")) {
        let all = interface.get("PrivateIpAddresses").and_then(Json::as_array).into_iter().flatten();
        let is_primary =
            |one: &Json| one.get("Primary").is_some_and(|json| scalar::short(json).eq_ignore_ascii_case("true"));
        if interface.get("PrivateIpAddress").is_some() || all.into_iter().any(is_primary) {
            let why = message!(
                "인스턴스 {logical}의 PrivateIpAddress와 네트워크 인터페이스의 기본 주소를 함께 쓸 수 없어요. 하나만 남기세요.",
                "Instance {logical} has PrivateIpAddress and a primary address of its network interface, which exclude each other. Keep one."
            );
            finder.tell(super::CONFLICT, &format!("{at}/NetworkInterfaces/{row}"), why);
        }
    }
}
