//! In what a template is evaluated: values for its parameters, its region, and parameters that stand for resources.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::evaluate::{DEFAULT_REGION, Resource, Scope, references};
use crate::catalog::data::regions::REGIONS;
use crate::template::{Json, Object};

/// A template's scope: by these values, in the region that suits it, with the parameters that stand for nodes as if they were resources.
pub(super) fn scope<'a>(
    template: &'a Json,
    values: &BTreeMap<String, String>,
    stand_ins: &[&str],
    room: &'a mut Cow<'a, Json>,
) -> Scope<'a> {
    let mut given = values.clone();
    given.entry("AWS::Region".to_owned()).or_insert_with(|| region(template).to_owned());
    *room = with_stand_ins(template, values, stand_ins);
    Scope::new(room, &given)
}

/// The resources of a template, each with its properties evaluated; those that are known not to exist are left out.
pub(super) fn evaluated(scope: &Scope<'_>) -> Object {
    let mut all = Object::new();
    for resource in scope.resources() {
        if resource.exists == Ok(false) {
            continue;
        }
        let mut json = Object::new();
        for key in ["Type", "DependsOn"] {
            json.extend(resource.json.get(key).map(|value| (key.to_owned(), value.clone())));
        }
        if let Some(properties @ Json::Object(_)) =
            resource.json.get("Properties").map(|json| scope.evaluate(json).symbolic())
        {
            json.insert("Properties".to_owned(), properties);
        }
        all.insert(resource.logical.to_owned(), json.into());
    }
    all
}

/// What is a row of another resource, and which: the property that names it, and the fields that hold the rows.
const ROWS: [(&str, &str, &[&str]); 6] = [
    ("AWS::EC2::SecurityGroupIngress", "GroupId", &["inbound"]),
    ("AWS::EC2::SecurityGroupEgress", "GroupId", &["outbound"]),
    ("AWS::EC2::NetworkAclEntry", "NetworkAclId", &["inbound", "outbound"]),
    ("AWS::EC2::Route", "RouteTableId", &["routes"]),
    ("AWS::ElasticLoadBalancingV2::ListenerRule", "ListenerArn", &["rules"]),
    ("AWS::EC2::SubnetRouteTableAssociation", "SubnetId", &["route_table"]),
];

/// A rule, a route or an association of which it is not known whether it exists, with the property that names whose it is and the fields that
/// lack it. Drawn, it would be an answer that nobody knows.
pub(super) fn row_in_doubt<'a>(resource: &Resource<'a>) -> Option<(&'a Json, &'static [&'static str])> {
    resource.exists.as_ref().err()?;
    let type_name = resource.json.get("Type")?.as_str()?;
    let (_, property, fields) = ROWS.iter().find(|(name, ..)| *name == type_name)?;
    Some((resource.json.get("Properties")?.get(property)?, fields))
}

/// What of [`evaluated`] is drawn: all but the rows of which it is not known whether they exist.
pub(super) fn drawn(scope: &Scope<'_>) -> Object {
    let mut all = evaluated(scope);
    for resource in scope.resources().iter().filter(|one| row_in_doubt(one).is_some()) {
        all.shift_remove(resource.logical);
    }
    all
}

/// Parameters that stand for nodes move among the resources, so that what refers to them stays a reference.
fn with_stand_ins<'a>(template: &'a Json, values: &BTreeMap<String, String>, stand_ins: &[&str]) -> Cow<'a, Json> {
    if stand_ins.is_empty() {
        return Cow::Borrowed(template);
    }
    let mut moved = template.clone();
    for name in stand_ins {
        let parameters = moved.get_mut("Parameters").and_then(Json::as_object_mut);
        let Some(mut parameter) = parameters.and_then(|parameters| parameters.shift_remove(*name)) else { continue };
        if let (Some(value), Some(parameter)) = (values.get(*name), parameter.as_object_mut()) {
            parameter.insert("Default".to_owned(), value.as_str().into());
        }
        if let Some(resources) = moved.get_mut("Resources").and_then(Json::as_object_mut) {
            resources.insert((*name).to_owned(), parameter);
        }
    }
    Cow::Owned(moved)
}

/// The region that a template is read for: the one of its literal zones, else the first usual one that all its mappings by region know.
pub(super) fn region(template: &Json) -> &'static str {
    let mut zone = None;
    let resources = template.get("Resources").and_then(Json::as_object).into_iter().flatten();
    for (_, resource) in resources {
        let literal = resource.get("Properties").and_then(|properties| properties.get("AvailabilityZone")?.as_str());
        zone = zone.or_else(|| literal.and_then(|name| zone_parts(name)).map(|(region, _)| region));
    }
    let mappings = template.get("Mappings").and_then(Json::as_object);
    let by_region: Vec<&Object> = mappings
        .into_iter()
        .flat_map(|mappings| mappings.values())
        .filter_map(Json::as_object)
        .filter(|mapping| mapping.keys().any(|key| REGIONS.iter().any(|region| region.code == key)))
        .collect();
    let known = |code: &&str| by_region.iter().all(|mapping| mapping.contains_key(*code));
    // CloudFront takes certificates of us-east-1 alone, so a template with both is for there.
    let lists = |code: &str| by_region.iter().all(|mapping| mapping.contains_key(code));
    let by_certificate = serves_own_certificate(template).then_some("us-east-1").filter(|code| lists(code));
    let zone = zone.or(by_certificate);
    let usual = [DEFAULT_REGION, "us-east-1", "us-west-2", "eu-west-1"].into_iter();
    zone.or_else(|| usual.chain(REGIONS.iter().map(|region| region.code)).find(known)).unwrap_or(DEFAULT_REGION)
}

/// Whether a distribution of a template shows a certificate of the same template.
fn serves_own_certificate(template: &Json) -> bool {
    let resources = template.get("Resources").and_then(Json::as_object);
    let is_of = |resource: &Json, name: &str| resource.get("Type").and_then(Json::as_str) == Some(name);
    let shown = |resource: &Json| {
        let arn = resource
            .get("Properties")?
            .get("DistributionConfig")?
            .get("ViewerCertificate")?
            .get("AcmCertificateArn")?;
        let named = references(arn).into_iter().any(|mention| {
            let certificate = resources.and_then(|all| all.get(&mention.logical));
            certificate.is_some_and(|one| is_of(one, "AWS::CertificateManager::Certificate"))
        });
        Some(named)
    };
    let mut all = resources.into_iter().flatten().map(|(_, resource)| resource);
    all.any(|resource| is_of(resource, "AWS::CloudFront::Distribution") && shown(resource) == Some(true))
}

/// Region and letter of a zone: `ap-northeast-2a`.
pub(super) fn zone_parts(zone: &str) -> Option<(&'static str, &str)> {
    let region =
        REGIONS.iter().filter(|region| zone.starts_with(region.code)).max_by_key(|region| region.code.len())?;
    let letter = zone.get(region.code.len()..)?;
    (letter.len() == 1 && letter.bytes().all(|byte| byte.is_ascii_lowercase())).then_some((region.code, letter))
}
