//! A record of a hosted zone.

use crate::catalog::data::website_endpoints::website_endpoint;
use crate::catalog::{Category, Field, Kind, Placement, Resource, Shape, Spec, Widget};
use crate::cloudformation::{Emit, Read};
use crate::id::NodeId;
use crate::net::DomainName;
use crate::template::Json;
use crate::text::{Message, t};
use crate::{choices, field};

choices! {
    /// Record types.
    pub enum RecordType {
        A = "A" ("A (IPv4 주소)", "A (IPv4 address)"),
        Aaaa = "AAAA" ("AAAA (IPv6 주소)", "AAAA (IPv6 address)"),
        Cname = "CNAME" ("CNAME (다른 이름)", "CNAME (another name)"),
    }
}

/// One name with its answer: an alias to a resource, Elastic IPs, or literal values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordSet {
    /// Full name: `www.example.com`.
    pub domain: DomainName,
    /// Type.
    pub record_type: RecordType,
    /// The resource it is an alias of. An alias has no TTL and may stand at the apex.
    pub alias: Option<NodeId>,
    /// Elastic IPs whose addresses are answered.
    pub elastic_ips: Vec<NodeId>,
    /// Literal answers: addresses or a name.
    pub values: Vec<String>,
    /// Seconds a resolver may keep the answer.
    pub ttl: u32,
}

impl Default for RecordSet {
    fn default() -> Self {
        Self {
            domain: "www.example.com".parse().unwrap_or_default(),
            record_type: RecordType::A,
            alias: None,
            elastic_ips: Vec::new(),
            values: Vec::new(),
            ttl: 300,
        }
    }
}

impl Resource for RecordSet {
    const KIND: Kind = Kind::RecordSet;
    const SPEC: Spec = Spec {
        id: "record_set",
        label: t("레코드", "Record"),
        summary: t(
            "이름 하나가 어디를 가리키는지예요. 별칭은 로드 밸런서 같은 리소스를 바로 가리켜요.",
            "Where a name leads. An alias points straight at a resource such as a load balancer.",
        ),
        category: Category::Names,
        cloudformation_type: "AWS::Route53::RecordSet",
        placement: Placement { root: false, parents: &[Kind::HostedZone] },
        shape: Shape::Tile,
        ancestors: &[(Kind::HostedZone, "HostedZoneId")],
        tags: false,
        keywords: &["dns", "cname", "alias", "별칭", "레코드 세트"],
        source: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-choosing-alias-non-alias.html",
    };
    const FIELDS: &'static [Field<Self>] = &[
        field!(domain, "레코드 이름", "Record name", Widget::Line)
            .property("Name")
            .help("호스팅 영역의 도메인으로 끝나는 전체 이름이에요.", "The full name, ending in the zone's domain."),
        field!(record_type, "레코드 유형", "Record type", Widget::Choice(RecordType::CHOICES))
            .property("Type")
            .help("도메인의 맨 위(apex)에는 CNAME을 둘 수 없어요.", "A CNAME cannot stand at the domain's apex."),
        field!(
            alias,
            "별칭 대상",
            "Alias target",
            Widget::Reference(&[Kind::LoadBalancer, Kind::Distribution, Kind::S3Bucket, Kind::ApiGateway])
        )
        .help("리소스를 바로 가리켜요. TTL은 대상이 정해요.", "Points at a resource, which sets the TTL."),
        field!(elastic_ips, "탄력적 IP", "Elastic IPs", Widget::References(&[Kind::ElasticIp]))
            .when(|of: &Self| of.alias.is_none() && of.record_type == RecordType::A)
            .help("이 주소들로 답해요.", "Answers with these addresses."),
        field!(values, "값", "Values", Widget::List)
            .when(|of: &Self| of.alias.is_none())
            .help("주소(A, AAAA) 또는 다른 이름(CNAME)이에요.", "Addresses (A, AAAA) or another name (CNAME)."),
        field!(ttl, "TTL", "TTL", Widget::Number { min: 0, max: 2_147_483_647, unit: t("초", "s") })
            .when(|of: &Self| of.alias.is_none())
            .help("답을 기억해 두는 시간이에요.", "How long resolvers keep the answer."),
    ];

    fn export(&self, emit: &mut Emit<'_>) {
        let name = emit.domain(&self.domain);
        emit.put("Name", name);
        if let Some(target) = self.alias {
            match alias_json(emit, target) {
                Some(alias) => emit.put("AliasTarget", alias),
                None => emit.leave_out(crate::message!(
                    "별칭 대상이 템플릿에 없거나, 자기 도메인이 없거나, 이 리전의 웹 사이트 엔드포인트를 몰라서 레코드를 넣지 않았어요.",
                    "The alias target is not in the template, has no domain of its own, or this region's website endpoint is not known, so the record is left out."
                )),
            }
            return;
        }
        let addresses =
            self.elastic_ips.iter().filter(|_| self.record_type == RecordType::A).map(|ip| emit.reference_to(*ip));
        let answers: Vec<Json> = addresses.chain(self.values.iter().map(|value| value.as_str().into())).collect();
        if answers.is_empty() {
            emit.leave_out(crate::message!(
                "가리키는 곳이 없는 레코드라 템플릿에 넣지 않았어요.",
                "The record leads nowhere and is not in the template."
            ));
            return;
        }
        emit.put("ResourceRecords", answers);
        emit.put("TTL", self.ttl.to_string());
    }

    fn import(&mut self, read: &Read<'_>) -> Result<(), Message> {
        let name = read.get("AliasTarget.DNSName");
        self.alias = name.and_then(|name| read.node(name).or_else(|| super::api_gateway::owner_of_domain(read, name)));
        let answers = read.list("ResourceRecords");
        self.elastic_ips = answers.iter().filter_map(|answer| read.node(answer)).collect();
        self.values = read.texts(read.get("ResourceRecords"));
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

    fn caption(&self) -> Option<String> {
        Some(format!("{} {}", self.record_type.as_str(), self.domain))
    }
}

/// The zone of every CloudFront distribution
/// (<https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-route53-aliastarget-1.html>).
const CLOUDFRONT_ZONE: &str = "Z2FDTNDATAQYW2";

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
