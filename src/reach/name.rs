//! Names: which zone answers, and what its record leads to.

use super::network::Network;
use super::trace::By;
use super::url::{StageKind, UrlTrace};
use crate::catalog::Kind;
use crate::catalog::kinds::{ElasticIp, HostedZone, LoadBalancer, RecordSet, RecordType, Vpc};
use crate::design::{Design, logical_ids};
use crate::facts::records::{Record, attribute_in, records};
use crate::id::NodeId;
use crate::message;
use crate::net::DomainName;
use crate::reach::question::Endpoint;
use crate::text::{Message, Text};

/// What a name leads to.
pub(super) enum Found {
    /// A load balancer.
    Balancer(NodeId),
    /// What AWS answers for outside every network: a distribution, a bucket's web site, an API.
    Edge(NodeId),
    /// An address, or a resource by one of its addresses.
    Address(Endpoint, By),
}

/// Answers a name: the longest zone wins, private zones answer only inside their VPCs.
pub(super) fn resolve(
    design: &Design,
    net: &Network,
    vpc: Option<NodeId>,
    host: &DomainName,
    out: &mut UrlTrace,
) -> Option<Found> {
    let known = records(design);
    let mut name = host.clone();
    for _ in 0..8 {
        let zone = zone_for(design, vpc, &name);
        let in_zone = |record: &&Record<'_>| match (record.zone, zone) {
            (Some(own), Some((zone, _))) => own == zone,
            // Whose zone is not drawn stands in one that everybody sees.
            (None, _) => record.row.is_some(),
            (Some(_), None) => false,
        };
        let of_zone: Vec<&Record<'_>> = known.iter().filter(in_zone).collect();
        let Some(record) = matching(&of_zone, &name) else {
            return nobody_answers(design, vpc, (host, &name), zone, &of_zone, out);
        };
        let (record_id, set) = (record.holder, record.set.as_ref());
        if let Some(why) = zone.and_then(|(_, zone)| refused(set, &zone.domain)) {
            out.add(StageKind::Name, Some(record_id), false, why);
            return None;
        }
        if let Some(target) = set.alias {
            return alias_of(design, &name, record_id, target, out);
        }
        if let Some((target, attribute)) = set.values.iter().find_map(|value| referred(design, value)) {
            return attribute_of(design, &name, record_id, (target, attribute), out);
        }
        let next = set.values.first().and_then(|value| value.parse::<DomainName>().ok());
        if let Some(next) = next.filter(|_| record.is_known && set.record_type == RecordType::Cname) {
            out.add(
                StageKind::Name,
                Some(record_id),
                true,
                message!("{name}은(는) {next}의 다른 이름이에요.", "{name} is another name of {next}."),
            );
            name = next;
            continue;
        }
        return address_of(design, net, record, out);
    }
    out.add(StageKind::Name, None, false, message!("CNAME이 제자리를 돌아요.", "The CNAME records go in a circle."));
    None
}

/// The zone that answers a name to whoever stands in a VPC or outside.
fn zone_for<'a>(design: &'a Design, vpc: Option<NodeId>, name: &DomainName) -> Option<(NodeId, &'a HostedZone)> {
    let resolves = vpc.and_then(|vpc| design.get::<Vpc>(vpc)).is_none_or(|vpc| vpc.dns_support && vpc.dns_hostnames);
    let inside = |zone: &HostedZone| vpc.is_some_and(|vpc| zone.vpcs.contains(&vpc));
    let visible = |zone: &HostedZone| !zone.is_private() || (inside(zone) && resolves);
    let all = design.all::<HostedZone>().filter(|(_, _, zone)| visible(zone) && name.is_within(&zone.domain));
    let longest =
        all.max_by_key(|(id, _, zone)| (zone.domain.labels().count(), zone.is_private(), std::cmp::Reverse(*id)));
    longest.map(|(id, _, zone)| (id, zone))
}

/// The record that answers a name: its own, else that of a wildcard.
fn matching<'a, 'b>(of_zone: &[&'a Record<'b>], name: &DomainName) -> Option<&'a Record<'b>> {
    let is_ours = |record: &&&Record<'_>| record.is_named && record.set.record_type != RecordType::Aaaa;
    let exact = of_zone.iter().filter(is_ours).find(|record| record.set.domain == *name);
    let wildcard = || {
        of_zone.iter().filter(is_ours).find(|record| {
            let domain = &record.set.domain;
            domain.is_wildcard() && domain.parent().is_some_and(|above| name.is_within(&above) && *name != above)
        })
    };
    exact.or_else(wildcard).copied()
}

/// What becomes of a name that no record has: nobody answers, unless it leads out of what is drawn.
fn nobody_answers(
    design: &Design,
    vpc: Option<NodeId>,
    (host, name): (&DomainName, &DomainName),
    zone: Option<(NodeId, &HostedZone)>,
    of_zone: &[&Record<'_>],
    out: &mut UrlTrace,
) -> Option<Found> {
    let holder = zone.map(|(id, _)| id);
    if of_zone.iter().any(|record| record.set.domain == *name && record.set.record_type == RecordType::Aaaa) {
        let why = message!(
            "{name}에는 AAAA 레코드만 있는데, IPv6은 여기서 판단하지 않아서 답하는지 알 수 없어요.",
            "{name} has AAAA records alone, and IPv6 is not judged here, so whether it answers is not known."
        );
        out.not_known(StageKind::Name, holder, why);
        return None;
    }
    if let Some(open) = of_zone.iter().find(|record| !record.is_named) {
        let holder = design.node(open.holder).map_or("", |node| node.name.as_str());
        let why = message!(
            "레코드 {holder}의 이름은 배포할 때 정해져서, {name}에 답하는지 알 수 없어요. 매개변수에 값을 넣어 보세요.",
            "The name of record {holder} is decided at deployment, so whether it answers for {name} is not known. Give the parameters values."
        );
        out.not_known(StageKind::Name, Some(open.holder), why);
        return None;
    }
    if let Some((id, _)) = zone {
        let zone_name = design.node(id).map_or("", |node| node.name.as_str());
        let why = message!(
            "호스팅 영역 {zone_name}에 {name} 레코드가 없어요. 레코드를 추가하세요.",
            "Hosted zone {zone_name} has no record {name}. Add one."
        );
        out.add(StageKind::Name, Some(id), false, why);
        return None;
    }
    let own = design.all::<LoadBalancer>().find(|(_, node, _)| is_own_name(&node.name, name.as_str()));
    if let Some((balancer, ..)) = own {
        return Some(Found::Balancer(balancer));
    }
    let inside = |zone: &HostedZone| vpc.is_some_and(|vpc| zone.vpcs.contains(&vpc));
    let hidden = design.all::<HostedZone>().find(|(_, _, zone)| inside(zone) && name.is_within(&zone.domain));
    if let Some((zone, node, _)) = hidden {
        let zone_name = &node.name;
        let why = message!(
            "프라이빗 호스팅 영역 {zone_name}은(는) VPC의 DNS 확인과 DNS 호스트 이름이 모두 켜져 있을 때만 답해요. VPC에서 둘 다 켜세요.",
            "Private hosted zone {zone_name} answers only while both DNS resolution and DNS hostnames of the VPC are on. Turn both on."
        );
        out.add(StageKind::Name, Some(zone), false, why);
        return None;
    }
    if name != host {
        let why = message!(
            "{name}은(는) 여기에 그리지 않은 도메인의 이름이라, 누가 답하는지 알 수 없어요.",
            "{name} belongs to a domain that is not drawn here, so who answers is not known."
        );
        out.not_known(StageKind::Name, None, why);
        return None;
    }
    let why = message!(
        "{host}에 답할 호스팅 영역이 없어요. 도메인의 호스팅 영역과 레코드를 만드세요.",
        "No hosted zone answers for {host}. Create the domain's zone and a record."
    );
    out.add(StageKind::Name, None, false, why);
    None
}

/// What an alias leads to.
fn alias_of(design: &Design, name: &DomainName, record: NodeId, target: NodeId, out: &mut UrlTrace) -> Option<Found> {
    let node = design.node(target);
    let (target_name, kind) = node.map_or(("", Kind::LoadBalancer), |node| (node.name.as_str(), node.kind()));
    let Text { ko, en } = kind.spec().label;
    let leads =
        message!("{name}은(는) {ko} {target_name}의 별칭이에요.", "{name} is an alias of {target_name} ({en}).");
    out.add(StageKind::Name, Some(record), true, leads);
    Some(if kind == Kind::LoadBalancer { Found::Balancer(target) } else { Found::Edge(target) })
}

/// What an attribute of a resource leads to: which of its addresses that is decides who gets there.
/// See <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-instance.html>.
fn attribute_of(
    design: &Design,
    name: &DomainName,
    record: NodeId,
    (target, attribute): (NodeId, &str),
    out: &mut UrlTrace,
) -> Option<Found> {
    let node = design.node(target)?;
    let (target_name, Text { ko, en }) = (&node.name, node.kind().spec().label);
    let by = match attribute {
        "PrivateIp" | "PrivateDnsName" | "PrimaryPrivateIpAddress" => By::Private,
        "PublicIp" => By::Public,
        // What AWS names answers with the private address inside, and with the public one elsewhere.
        _ => By::Any,
    };
    let leads = match by {
        By::Private => message!(
            "{name}은(는) {ko} {target_name}의 프라이빗 주소로 이어져요.",
            "{name} leads to the private address of {target_name} ({en})."
        ),
        By::Public | By::Any => message!(
            "{name}은(는) {ko} {target_name}의 주소로 이어져요.",
            "{name} leads to the address of {target_name} ({en})."
        ),
    };
    out.add(StageKind::Name, Some(record), true, leads);
    Some(match node.kind() {
        Kind::LoadBalancer => Found::Balancer(target),
        Kind::Distribution | Kind::S3Bucket | Kind::ApiGateway => Found::Edge(target),
        _ => Found::Address(Endpoint::Node(target), by),
    })
}

/// Why Route 53 takes no such record, so that nobody answers by it.
/// See <https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-choosing-alias-non-alias.html>.
fn refused(record: &RecordSet, apex: &DomainName) -> Option<Message> {
    let name = &record.domain;
    if record.record_type != RecordType::Cname {
        return None;
    }
    if name == apex {
        return Some(message!(
            "도메인의 맨 위인 {name}에는 CNAME 레코드를 만들 수 없어요. A 유형의 별칭 레코드를 쓰세요.",
            "There can be no CNAME record at {name}, the top of the domain. Use an alias record of type A."
        ));
    }
    record.alias.is_some().then(|| {
        message!(
            "AWS 리소스를 가리키는 별칭 레코드 {name}은(는) CNAME 유형일 수 없어요. 유형을 A로 바꾸세요.",
            "{name} is an alias of an AWS resource, which cannot be of type CNAME. Make it type A."
        )
    })
}

/// Whether a host is a balancer's own name, which resolves from anywhere: its name in the design, or what AWS makes of it,
/// `internal-NAME-1234567890.REGION.elb.amazonaws.com`.
fn is_own_name(name: &str, host: &str) -> bool {
    if name.eq_ignore_ascii_case(host) {
        return true;
    }
    let Some((first, rest)) = host.split_once('.') else { return false };
    let of_aws = rest.ends_with(".elb.amazonaws.com") || (rest.starts_with("elb.") && rest.ends_with(".amazonaws.com"));
    let first = first.strip_prefix("internal-").unwrap_or(first);
    of_aws && first.rsplit_once('-').is_some_and(|(own, _)| own.eq_ignore_ascii_case(name))
}

/// The resource whose name or address a value is, and which of its attributes: `${Bal.DNSName}`.
fn referred<'a>(design: &Design, value: &'a str) -> Option<(NodeId, &'a str)> {
    let (logical, attribute) = attribute_in(value)?;
    logical_ids(design).into_iter().find(|(_, name)| name == logical).map(|(id, _)| (id, attribute))
}

fn address_of(design: &Design, net: &Network, record: &Record<'_>, out: &mut UrlTrace) -> Option<Found> {
    let (id, set) = (record.holder, record.set.as_ref());
    let name = &set.domain;
    let user = |eip: NodeId| {
        let drawn = design.get::<ElasticIp>(eip)?.instance;
        drawn.or_else(|| net.elastic(eip).and_then(|(ix, _)| Some(net.interfaces.get(ix)?.node)))
    };
    let used = set.elastic_ips.iter().find_map(|eip| Some((*eip, user(*eip)?)));
    if let Some((eip, user)) = used {
        let target = design.node(user).map_or("", |node| node.name.as_str());
        out.add(
            StageKind::Name,
            Some(id),
            true,
            message!("{name}은(는) {target}의 탄력적 IP로 답해요.", "{name} answers with the Elastic IP of {target}."),
        );
        // Whoever asks goes to that address and to no other of the machine.
        let to = if net.elastic(eip).is_some() { eip } else { user };
        return Some(Found::Address(Endpoint::Node(to), By::Public));
    }
    if let Some(address) = set.values.iter().find_map(|value| value.parse().ok()) {
        out.add(
            StageKind::Name,
            Some(id),
            true,
            message!("{name}은(는) {address}(으)로 답해요.", "{name} answers with {address}."),
        );
        return Some(Found::Address(Endpoint::Address(address), By::Any));
    }
    if !record.is_known {
        let why = message!(
            "레코드 {name}이(가) 무엇으로 답하는지는 배포할 때 정해지거나 여기에 그릴 수 없는 것에 달려 있어서 알 수 없어요. 매개변수에 값을 넣어 보세요.",
            "What record {name} answers hangs on what only a deployment knows or what cannot be drawn here, so this is not known. Give the parameters values."
        );
        out.not_known(StageKind::Name, Some(id), why);
        return None;
    }
    let why = if let Some(eip) = set.elastic_ips.iter().find_map(|eip| design.node(*eip)) {
        let eip = &eip.name;
        message!(
            "{name}은(는) 탄력적 IP {eip}(으)로 답하는데, 이 주소가 인스턴스에 연결되어 있지 않아요. 탄력적 IP를 인스턴스에 연결하세요.",
            "{name} answers with Elastic IP {eip}, which is associated with no instance. Associate it with one."
        )
    } else if set.record_type == RecordType::Cname {
        message!("CNAME 레코드 {name}에 값이 없어요.", "CNAME record {name} has no value.")
    } else {
        message!(
            "레코드 {name}에 값이 없어요. 별칭이나 주소를 정하세요.",
            "Record {name} has no value. Give it an alias or an address."
        )
    };
    out.add(StageKind::Name, Some(id), false, why);
    None
}
