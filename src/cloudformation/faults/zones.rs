//! Availability Zones and regions that do not fit together, and the hosted zones of what aliases lead to.

use std::collections::BTreeMap;

use super::super::scope::zone_parts;
use super::{Finder, scalar, step};
use crate::catalog::data::balancer_zones::region_of_zone;
use crate::catalog::data::regions::REGIONS;
use crate::cloudformation::evaluate::{call, references};
use crate::message;
use crate::template::{Json, Object, RuleId};

/// A volume and its instance.
const VOLUME: RuleId = RuleId::VOLUME_IN_OTHER_ZONE;
/// A zone of another region.
const REGION: RuleId = RuleId::ZONE_OF_OTHER_REGION;
/// The zone of an alias.
const ALIAS: RuleId = RuleId::ALIAS_ZONE_MISMATCH;

/// The hosted zone of every distribution of CloudFront, and the one in China
/// (<https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-route53-recordset-aliastarget.html>).
const CLOUDFRONT: [&str; 2] = ["Z2FDTNDATAQYW2", "Z3RFFRIM2A3IF5"];

pub(super) fn find(finder: &mut Finder<'_>, resources: &Object) {
    regions(finder);
    for (logical, resource) in resources {
        let Some(properties) = resource.get("Properties").and_then(Json::as_object) else { continue };
        let at = format!("/Resources/{}/Properties", step(logical));
        match resource.get("Type").and_then(Json::as_str).unwrap_or_default() {
            "AWS::EC2::VolumeAttachment" => attachment(finder, resources, logical, properties, &at),
            "AWS::Route53::RecordSet" => {
                alias(finder, resources, logical, properties, properties.get("HostedZoneId"), &at);
            }
            "AWS::Route53::RecordSetGroup" => {
                let records = properties.get("RecordSets").and_then(Json::as_array).into_iter().flatten().enumerate();
                for (row, record) in records.filter_map(|(row, json)| Some((row, json.as_object()?))) {
                    let (name, at) = (format!("{logical}.RecordSets[{row}]"), format!("{at}/RecordSets/{row}"));
                    alias(finder, resources, &name, record, properties.get("HostedZoneId"), &at);
                }
            }
            _ => {}
        }
    }
}

/// The zones that are written out, each at its place. One that a mapping or another function makes follows the region.
fn regions(finder: &mut Finder<'_>) {
    let mut written: Vec<(String, &'static str, String)> = Vec::new();
    for (logical, resource) in finder.resources() {
        let at = format!("/Resources/{}/Properties", step(logical));
        let Some(properties) = resource.get("Properties") else { continue };
        for path in ["AvailabilityZone", "AvailabilityZones", "LaunchTemplateData/Placement/AvailabilityZone"] {
            let Some(json) = properties.pointer(&format!("/{path}")) else { continue };
            let items = json.as_array().map_or_else(|| std::slice::from_ref(json), Vec::as_slice);
            for zone in items.iter().filter_map(|json| zone_of(finder, json)) {
                if let Some((region, _)) = zone_parts(&zone) {
                    written.push((format!("{at}/{path}"), region, zone));
                }
            }
        }
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, region, _) in &written {
        *counts.entry(region).or_default() += 1;
    }
    // The stack is in one region: that of most, the first of those written where it is a draw.
    let most = counts.values().max().copied().unwrap_or_default();
    let usual = written.iter().map(|(_, region, _)| *region).find(|region| counts.get(region) == Some(&most));
    // Where it is said into which region, all are to be of that.
    let said = finder.region.as_deref().and_then(|code| REGIONS.iter().find(|region| region.code == code));
    if let Some(said) = said.map(|region| region.code) {
        for (pointer, region, zone) in written.iter().filter(|(_, region, _)| *region != said) {
            let name = super::place(pointer);
            let why = message!(
                "{name}의 가용 영역 {zone}은(는) 리전 {region}의 것이라 {said}에 배포하면 실패해요. !Select [0, !GetAZs '']처럼 리전에 따라 정해지게 쓰거나 {said}의 영역으로 바꾸세요.",
                "Availability Zone {zone} of {name} is of region {region}, so a deployment into {said} fails. Write a zone of {said}, or one that follows the region, such as !Select [0, !GetAZs '']."
            );
            finder.tell(REGION, pointer, why);
        }
        return;
    }
    let home = usual;
    for (pointer, region, zone) in written.iter().filter(|(_, region, _)| Some(*region) != home) {
        let (name, home) = (super::place(pointer), home.unwrap_or_default());
        let why = message!(
            "{name}의 가용 영역 {zone}은(는) 리전 {region}의 것인데 다른 리소스는 {home}에 있어요. 스택은 한 리전에 배포되니 {home}의 영역으로 바꾸세요.",
            "Availability Zone {zone} of {name} is of region {region}, and other resources are in {home}. A stack is deployed into one region: write a zone of {home}."
        );
        finder.tell(REGION, pointer, why);
    }
}

/// A zone that is written out, or the default of a parameter.
fn zone_of(finder: &Finder<'_>, json: &Json) -> Option<String> {
    let parameter = |json: &Json| {
        let name = json.as_object().and_then(call).filter(|(name, _)| *name == "Ref")?.1.as_str()?;
        finder.section("Parameters")?.get(name)?.get("Default")?.as_str().map(str::to_owned)
    };
    json.as_str().map(str::to_owned).or_else(|| parameter(json))
}

/// A volume is attached to an instance of its own zone (<https://docs.aws.amazon.com/ebs/latest/userguide/ebs-attaching-volume.html>).
fn attachment(finder: &mut Finder<'_>, resources: &Object, logical: &str, properties: &Object, at: &str) {
    let other = |key: &str| {
        let name = references(properties.get(key)?).into_iter().next()?.logical;
        Some((name.clone(), resources.get(&name)?.get("Properties")?))
    };
    let (Some((volume, of_volume)), Some((instance, of_instance))) = (other("VolumeId"), other("InstanceId")) else {
        return;
    };
    let subnet = || {
        let name = references(of_instance.get("SubnetId")?).into_iter().next()?.logical;
        resources.get(&name)?.get("Properties")?.get("AvailabilityZone")
    };
    let (Some(own), Some(wanted)) =
        (of_volume.get("AvailabilityZone"), of_instance.get("AvailabilityZone").or_else(subnet))
    else {
        return;
    };
    let (own, wanted) = (followed(resources, own), followed(resources, wanted));
    if are_apart(own, wanted) {
        let why = message!(
            "{logical}이(가) 붙이는 볼륨 {volume}과(와) 인스턴스 {instance}이(가) 서로 다른 가용 영역에 있어서 배포가 실패해요. 볼륨의 AvailabilityZone을 !GetAtt {instance}.AvailabilityZone으로 쓰세요.",
            "{logical} attaches volume {volume} to instance {instance} in another Availability Zone, so the deployment fails. Write !GetAtt {instance}.AvailabilityZone as the volume's zone."
        );
        finder.tell(VOLUME, &format!("{at}/VolumeId"), why);
    }
}

/// The zone that an expression comes to: that of a subnet or an instance which it takes the zone of.
fn followed<'a>(resources: &'a Object, zone: &'a Json) -> &'a Json {
    let mut zone = zone;
    for _ in 0..4 {
        let Some(of) = references(zone)
            .into_iter()
            .next()
            .filter(|of| zone.get("Fn::GetAtt").is_some() && of.attribute.as_deref() == Some("AvailabilityZone"))
        else {
            break;
        };
        let properties = resources.get(&of.logical).and_then(|one| one.get("Properties"));
        let named = |key: &str| properties.and_then(|properties| properties.get(key));
        let subnet = || {
            let name = references(named("SubnetId")?).into_iter().next()?.logical;
            resources.get(&name)?.get("Properties")?.get("AvailabilityZone")
        };
        let Some(next) = named("AvailabilityZone").or_else(subnet) else { break };
        zone = next;
    }
    zone
}

/// Whether two zones are certainly not the same: two names, or two places in one list of zones.
fn are_apart(one: &Json, other: &Json) -> bool {
    if let (Some(one), Some(other)) = (one.as_str(), other.as_str()) {
        return one != other && zone_parts(one).is_some() && zone_parts(other).is_some();
    }
    let pick = |json: &Json| {
        let (_, argument) = json.as_object().and_then(call).filter(|(name, _)| *name == "Fn::Select")?;
        let index = argument.get(0)?;
        let index = index.as_i64().or_else(|| index.as_str()?.parse().ok())?;
        let list = argument.get(1)?;
        list.as_object().and_then(call).filter(|(name, _)| *name == "Fn::GetAZs")?;
        Some((index, list.to_string()))
    };
    matches!((pick(one), pick(other)), (Some((at, list)), Some((other_at, other_list))) if at != other_at && list == other_list)
}

/// What an alias leads to.
enum Target {
    /// A load balancer, or another resource that says its zone by an attribute.
    Says(&'static str),
    /// A distribution of CloudFront.
    CloudFront,
}

fn target(resources: &Object, name: &Json) -> Option<(String, Target)> {
    if let Some(text) = name.as_str() {
        let host = text.trim_end_matches('.').to_ascii_lowercase();
        let kind = if host.ends_with(".cloudfront.net") {
            Target::CloudFront
        } else if host.ends_with(".elb.amazonaws.com") || host.contains(".elb.") && host.ends_with(".amazonaws.com") {
            Target::Says("CanonicalHostedZoneID")
        } else {
            return None;
        };
        return Some((text.to_owned(), kind));
    }
    references(name).into_iter().find_map(|mention| {
        let type_name = resources.get(&mention.logical)?.get("Type")?.as_str()?;
        let kind = match (type_name, mention.attribute.as_deref()?) {
            ("AWS::ElasticLoadBalancingV2::LoadBalancer", "DNSName") => Target::Says("CanonicalHostedZoneID"),
            ("AWS::ElasticLoadBalancing::LoadBalancer", "DNSName" | "CanonicalHostedZoneName") => {
                Target::Says("CanonicalHostedZoneNameID")
            }
            ("AWS::CloudFront::Distribution", "DomainName") => Target::CloudFront,
            ("AWS::ApiGateway::DomainName" | "AWS::ApiGatewayV2::DomainName", "RegionalDomainName") => {
                Target::Says("RegionalHostedZoneId")
            }
            ("AWS::ApiGateway::DomainName", "DistributionDomainName") => Target::Says("DistributionHostedZoneId"),
            _ => return None,
        };
        Some((mention.logical, kind))
    })
}

/// An alias names the zone of what it leads to, and not the zone that the record is in.
fn alias(finder: &mut Finder<'_>, resources: &Object, logical: &str, record: &Object, own: Option<&Json>, at: &str) {
    let Some(alias) = record.get("AliasTarget").and_then(Json::as_object) else { return };
    let (Some(name), Some(zone)) = (alias.get("DNSName"), alias.get("HostedZoneId")) else { return };
    let Some((shown, kind)) = target(resources, name) else { return };
    let of_zone = |json: &Json| {
        references(json).iter().any(|mention| {
            let named = resources.get(&mention.logical).and_then(|one| one.get("Type")).and_then(Json::as_str);
            named == Some("AWS::Route53::HostedZone")
        })
    };
    let is_own = own == Some(zone) || of_zone(zone);
    // A balancer of the template stands in the region that the template is deployed to.
    let home = finder.region.clone().filter(|_| !name.is_string() && is_balancer(resources, &shown));
    let is_elsewhere =
        |zone: &str| home.as_deref().is_some_and(|home| region_of_zone(zone).is_some_and(|region| region != home));
    let wrong = match (&kind, zone.as_str()) {
        (Target::CloudFront, Some(text)) => !CLOUDFRONT.contains(&text),
        (Target::CloudFront, None) => is_own || mentions_balancer(resources, zone),
        (Target::Says(_), Some(text)) => CLOUDFRONT.contains(&text) || is_own || is_elsewhere(text),
        (Target::Says(_), None) => is_own,
    };
    if !wrong {
        return;
    }
    let right = match kind {
        Target::CloudFront => CLOUDFRONT.first().copied().unwrap_or_default().to_owned(),
        Target::Says(attribute) if name.is_string() => attribute.to_owned(),
        Target::Says(attribute) => format!("!GetAtt {shown}.{attribute}"),
    };
    let given = scalar::short(zone);
    let why = message!(
        "별칭 레코드 {logical}의 HostedZoneId({given})는 대상 {shown}의 영역이 아니라서 배포가 거절돼요. 레코드의 영역이 아니라 대상의 영역인 {right}을(를) 쓰세요.",
        "HostedZoneId ({given}) of alias record {logical} is not the zone of its target {shown}, so the deployment is refused. Write the target's zone, not the record's own: {right}."
    );
    finder.tell(ALIAS, &format!("{at}/AliasTarget/HostedZoneId"), why);
}

/// Whether an expression is the zone of a load balancer.
fn mentions_balancer(resources: &Object, json: &Json) -> bool {
    references(json).iter().any(|mention| is_balancer(resources, &mention.logical))
}

fn is_balancer(resources: &Object, logical: &str) -> bool {
    let named = resources.get(logical).and_then(|one| one.get("Type")).and_then(Json::as_str);
    named.is_some_and(|name| name.starts_with("AWS::ElasticLoadBalancing"))
}
