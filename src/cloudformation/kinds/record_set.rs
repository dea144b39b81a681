//! A DNS record: its values, or the alias of what it leads to.

use super::Irregular;
use crate::catalog::Kind;
use crate::catalog::data::website_endpoints::{is_website_endpoint, website_endpoint};
use crate::catalog::kinds::{RecordSet, RecordType};
use crate::cloudformation::{Emit, Read};
use crate::facts::records::attribute_in;
use crate::id::NodeId;
use crate::net::DomainName;
use crate::template::{Json, attribute, substitution};
use crate::text::Message;

/// The zone of every CloudFront distribution
/// (<https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-route53-aliastarget-1.html>).
const CLOUDFRONT_ZONE: &str = "Z2FDTNDATAQYW2";

impl Irregular for RecordSet {
    fn export(&self, emit: &mut Emit<'_>) {
        let name = emit.domain(&self.domain);
        emit.set_property("Name", name);
        if let Some(target) = self.alias {
            match alias_json(emit, target) {
                Some(alias) => emit.set_property("AliasTarget", alias),
                None => emit.leave_out(crate::message!(
                    "별칭 대상이 템플릿에 없거나, 자기 도메인이 없거나, 이 리전의 웹 사이트 엔드포인트를 몰라서 레코드를 넣지 않았어요.",
                    "The alias target is not in the template, has no domain of its own, or this region's website endpoint is not known, so the record is left out."
                )),
            }
            return;
        }
        let addresses =
            self.elastic_ips.iter().filter(|_| self.record_type == RecordType::A).map(|ip| emit.reference_to(*ip));
        // What stands for an attribute of another resource goes back as one.
        let value = |value: &String| match value.contains("${") {
            true => substitution(value),
            false => value.as_str().into(),
        };
        let answers: Vec<Json> = addresses.chain(self.values.iter().map(value)).collect();
        if answers.is_empty() {
            emit.leave_out(crate::message!(
                "가리키는 곳이 없는 레코드라 템플릿에 넣지 않았어요.",
                "The record leads nowhere and is not in the template."
            ));
            return;
        }
        emit.set_property("ResourceRecords", answers);
        emit.set_property("TTL", self.ttl.to_string());
    }

    fn import(&mut self, read: &Read<'_>) -> Result<(), Message> {
        let name = read.get("AliasTarget.DNSName");
        self.alias = name.and_then(|name| alias_target(read, name, &self.domain));
        let answers = read.list("ResourceRecords");
        // An Elastic IP by its address; of any other resource the attribute that is answered: `${Bal.DNSName}`.
        let address = |answer: &&Json| read.type_at(answer) == Some("AWS::EC2::EIP") && read.node(answer).is_some();
        self.elastic_ips = answers.iter().filter(address).filter_map(|answer| read.node(answer)).collect();
        let others = answers.iter().filter(|answer| !address(answer));
        self.values = others.filter_map(|answer| read.text(answer).or_else(|| read.reference_text(answer))).collect();
        // A host that is not drawn, and values that only a deployment knows.
        let some_unknown = read
            .get("ResourceRecords")
            .is_some_and(|all| all.as_array().is_none_or(|all| all.len() > self.values.len() + self.elastic_ips.len()));
        if some_unknown || (name.is_some() && self.alias.is_none()) {
            read.leave_open("alias");
        }
        // A record of another type, such as TXT or MX, is drawn without its type, and its values are not those of the type that is drawn.
        let kind = read.get("Type").and_then(|kind| read.text(kind));
        if some_unknown || kind.is_some_and(|kind| !["A", "AAAA", "CNAME"].contains(&kind.as_str())) {
            read.leave_open("values");
        }
        if let Some(ttl) = read.get("TTL") {
            self.ttl = read.parse(ttl)?;
        }
        Ok(())
    }
}

/// Whom the name of an alias belongs to: a resource by its attribute, however that is put into the text, or the bucket of the record's own name,
/// whose web site answers at an address that is the same for all of a region.
/// See <https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/RoutingToS3Bucket.html>.
fn alias_target(read: &Read<'_>, name: &Json, domain: &DomainName) -> Option<NodeId> {
    if let Some(target) = read.node(name).or_else(|| super::api_gateway::owner_of_domain(read, name)) {
        return Some(target);
    }
    let text = read.text(name).or_else(|| read.reference_text(name))?;
    if let Some((logical, attribute_name)) = attribute_in(&text) {
        let whole = attribute(logical, attribute_name);
        return read.node(&whole).or_else(|| super::api_gateway::owner_of_domain(read, &whole));
    }
    is_website_endpoint(&text).then(|| read.bucket(domain.as_str())).flatten()
}

/// Where an alias leads; nothing for what cannot be led to.
fn alias_json(emit: &Emit<'_>, target: NodeId) -> Option<Json> {
    emit.refer(target)?;
    let context = emit.context();
    Some(match context.design.node(target)?.kind() {
        Kind::Distribution => serde_json::json!({
            "DNSName": emit.attribute_of(target, "DomainName"), "HostedZoneId": CLOUDFRONT_ZONE, "EvaluateTargetHealth": false
        }),
        Kind::S3Bucket => {
            let region =
                context.region_of(target).or_else(|| context.region_of(emit.node())).unwrap_or("ap-northeast-2");
            let (zone, host) = website_endpoint(region)?;
            serde_json::json!({ "DNSName": host, "HostedZoneId": zone, "EvaluateTargetHealth": false })
        }
        Kind::ApiGateway => super::api_gateway::alias(emit, target)?,
        _ => serde_json::json!({
            "DNSName": emit.attribute_of(target, "DNSName"),
            "HostedZoneId": emit.attribute_of(target, "CanonicalHostedZoneID"),
            "EvaluateTargetHealth": true,
        }),
    })
}
