//! A record of a hosted zone.

use crate::catalog::{Category, Field, Kind, Placement, Resource, Shape, Spec, Widget};
use crate::id::NodeId;
use crate::net::DomainName;
use crate::text::{Text, t};
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
    /// What tells it from others of its name and type, where a routing policy (weighted, latency, failover, geolocation, multivalue) chooses
    /// among them; empty for a simple record.
    pub set_identifier: String,
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
            set_identifier: String::new(),
        }
    }
}

impl Resource for RecordSet {
    const KIND: Kind = Kind::RecordSet;
    const SPEC: Spec = Spec {
        id: "record_set",
        label: t("레코드", "Record"),
        category: Category::Names,
        cloudformation_type: "AWS::Route53::RecordSet",
        placement: Placement { root: false, parents: &[Kind::HostedZone] },
        shape: Shape::Tile,
        ancestors: &[(Kind::HostedZone, "HostedZoneId")],
        tags: false,
        keywords: &["dns", "cname", "alias", "별칭", "레코드 세트"],
    };
    const SUMMARY: Text = t(
        "이름 하나가 어디를 가리키는지예요. 별칭은 로드 밸런서 같은 리소스를 바로 가리켜요.",
        "Where a name leads. An alias points straight at a resource such as a load balancer.",
    );
    const SOURCE: &'static str =
        "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-choosing-alias-non-alias.html";
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
        field!(set_identifier, "레코드 ID", "Record ID", Widget::Line)
            .property("SetIdentifier")
            .when(|of: &Self| !of.set_identifier.is_empty())
            .help(
                "라우팅 정책(가중치, 지연 시간, 장애 조치, 지리적 위치, 다중값)으로 나눠 답하는 레코드들을 구분해요.",
                "Tells apart records of one name among which a routing policy chooses: weighted, latency, failover, geolocation or multivalue.",
            ),
    ];

    fn caption(&self) -> Option<String> {
        Some(format!("{} {}", self.record_type.as_str(), self.domain))
    }
}
