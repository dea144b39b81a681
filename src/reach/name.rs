//! Names: which zone answers, and what its record leads to.

use super::url::{StageKind, UrlTrace};
use crate::catalog::Kind;
use crate::catalog::kinds::{ElasticIp, HostedZone, LoadBalancer, RecordSet, RecordType, Vpc};
use crate::design::{Design, logical_ids};
use crate::id::NodeId;
use crate::id_of;
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
    /// An address, or an instance by its Elastic IP.
    Address(Endpoint),
}

/// Answers a name: the longest zone wins, private zones answer only inside their VPCs.
pub(super) fn resolve(design: &Design, vpc: Option<NodeId>, host: &DomainName, out: &mut UrlTrace) -> Option<Found> {
    let resolves = vpc.and_then(|vpc| design.get::<Vpc>(vpc)).is_none_or(|vpc| vpc.dns_support && vpc.dns_hostnames);
    let inside = |zone: &HostedZone| vpc.is_some_and(|vpc| zone.vpcs.contains(&vpc));
    let visible = |zone: &HostedZone| !zone.is_private() || (inside(zone) && resolves);
    let zone = design
        .all::<HostedZone>()
        .filter(|(_, _, zone)| visible(zone) && host.is_within(&zone.domain))
        .max_by_key(|(id, _, zone)| (zone.domain.labels().count(), zone.is_private(), std::cmp::Reverse(*id)));
    let Some((zone_id, zone_node, zone_body)) = zone else {
        let own = design.all::<LoadBalancer>().find(|(_, node, _)| is_own_name(&node.name, host.as_str()));
        if let Some((balancer, ..)) = own {
            return Some(Found::Balancer(balancer));
        }
        let hidden = design.all::<HostedZone>().find(|(_, _, zone)| inside(zone) && host.is_within(&zone.domain));
        if let Some((zone, node, _)) = hidden {
            let name = &node.name;
            out.add(
                StageKind::Name,
                Some(zone),
                false,
                message!(
                    "프라이빗 호스팅 영역 {name}은(는) VPC의 DNS 확인과 DNS 호스트 이름이 모두 켜져 있을 때만 답해요. VPC에서 둘 다 켜세요.",
                    "Private hosted zone {name} answers only while both DNS resolution and DNS hostnames of the VPC are on. Turn both on."
                ),
            );
            return None;
        }
        out.add(
            StageKind::Name,
            None,
            false,
            message!(
                "{host}에 답할 호스팅 영역이 없어요. 도메인의 호스팅 영역과 레코드를 만드세요.",
                "No hosted zone answers for {host}. Create the domain's zone and a record."
            ),
        );
        return None;
    };
    let mut name = host.clone();
    for _ in 0..8 {
        let exact = records(design, zone_id)
            .find(|(_, record)| record.domain == name && record.record_type != RecordType::Aaaa);
        let wildcard = || {
            records(design, zone_id).find(|(_, record)| {
                record.domain.is_wildcard()
                    && record.domain.parent().is_some_and(|above| name.is_within(&above) && name != above)
            })
        };
        let Some((record_id, record)) = exact.or_else(wildcard) else {
            let zone_name = &zone_node.name;
            out.add(
                StageKind::Name,
                Some(zone_id),
                false,
                message!(
                    "호스팅 영역 {zone_name}에 {name} 레코드가 없어요. 레코드를 추가하세요.",
                    "Hosted zone {zone_name} has no record {name}. Add one."
                ),
            );
            return None;
        };
        if let Some(why) = refused(record, &zone_body.domain) {
            out.add(StageKind::Name, Some(record_id), false, why);
            return None;
        }
        if let Some(target) = record.alias {
            let (target_name, kind) =
                design.node(target).map_or(("", Kind::LoadBalancer), |node| (node.name.as_str(), node.kind()));
            let Text { ko, en } = kind.spec().label;
            out.add(
                StageKind::Name,
                Some(record_id),
                true,
                message!(
                    "{name}은(는) {ko} {target_name}의 별칭이에요.",
                    "{name} is an alias of {target_name} ({en})."
                ),
            );
            let found = if kind == Kind::LoadBalancer { Found::Balancer(target) } else { Found::Edge(target) };
            return Some(found);
        }
        if let Some(target) = record.values.iter().find_map(|value| referred(design, value)) {
            let node = design.node(target)?;
            let (target_name, Text { ko, en }) = (&node.name, node.kind().spec().label);
            out.add(
                StageKind::Name,
                Some(record_id),
                true,
                message!(
                    "{name}은(는) {ko} {target_name}의 주소로 이어져요.",
                    "{name} leads to the address of {target_name} ({en})."
                ),
            );
            return Some(match node.kind() {
                Kind::LoadBalancer => Found::Balancer(target),
                Kind::Distribution | Kind::S3Bucket | Kind::ApiGateway => Found::Edge(target),
                _ => Found::Address(Endpoint::Node(target)),
            });
        }
        if record.record_type == RecordType::Cname {
            let Some(next) = record.values.first().and_then(|value| value.parse::<DomainName>().ok()) else {
                out.add(
                    StageKind::Name,
                    Some(record_id),
                    false,
                    message!("CNAME 레코드 {name}에 값이 없어요.", "CNAME record {name} has no value."),
                );
                return None;
            };
            out.add(
                StageKind::Name,
                Some(record_id),
                true,
                message!("{name}은(는) {next}의 다른 이름이에요.", "{name} is another name of {next}."),
            );
            name = next;
            continue;
        }
        return address_of(design, record_id, record, out);
    }
    out.add(
        StageKind::Name,
        Some(zone_id),
        false,
        message!("CNAME이 제자리를 돌아요.", "The CNAME records go in a circle."),
    );
    None
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

/// The resource whose name or address a value is: `${Bal.DNSName}`.
fn referred(design: &Design, value: &str) -> Option<NodeId> {
    let (logical, _) = value.strip_prefix("${")?.strip_suffix('}')?.split_once('.')?;
    logical_ids(design).into_iter().find(|(_, name)| name == logical).map(|(id, _)| id)
}

fn records(design: &Design, zone: NodeId) -> impl Iterator<Item = (NodeId, &RecordSet)> {
    // One of another type, such as MX or TXT, is drawn without its type and answers no browser.
    let has_type = move |id: &NodeId| !design.is_open(*id, id_of!(RecordSet.record_type));
    design.children(Some(zone)).filter(has_type).filter_map(|id| Some((id, design.get::<RecordSet>(id)?)))
}

fn address_of(design: &Design, id: NodeId, record: &RecordSet, out: &mut UrlTrace) -> Option<Found> {
    let name = &record.domain;
    let instance = record.elastic_ips.iter().find_map(|eip| design.get::<ElasticIp>(*eip)?.instance);
    if let Some(instance) = instance {
        let target = design.node(instance).map_or("", |node| node.name.as_str());
        out.add(
            StageKind::Name,
            Some(id),
            true,
            message!("{name}은(는) {target}의 탄력적 IP로 답해요.", "{name} answers with the Elastic IP of {target}."),
        );
        return Some(Found::Address(Endpoint::Node(instance)));
    }
    if let Some(address) = record.values.iter().find_map(|value| value.parse().ok()) {
        out.add(
            StageKind::Name,
            Some(id),
            true,
            message!("{name}은(는) {address}(으)로 답해요.", "{name} answers with {address}."),
        );
        return Some(Found::Address(Endpoint::Address(address)));
    }
    if let Some(eip) = record.elastic_ips.iter().find_map(|eip| design.node(*eip)) {
        let eip = &eip.name;
        out.add(
            StageKind::Name,
            Some(id),
            false,
            message!(
                "{name}은(는) 탄력적 IP {eip}(으)로 답하는데, 이 주소가 인스턴스에 연결되어 있지 않아요. 탄력적 IP를 인스턴스에 연결하세요.",
                "{name} answers with Elastic IP {eip}, which is associated with no instance. Associate it with one."
            ),
        );
        return None;
    }
    out.add(
        StageKind::Name,
        Some(id),
        false,
        message!(
            "레코드 {name}에 값이 없어요. 별칭이나 주소를 정하세요.",
            "Record {name} has no value. Give it an alias or an address."
        ),
    );
    None
}
