//! A Route 53 hosted zone; its records stand inside it.

use crate::catalog::{Category, Field, Kind, Placement, Resource, Shape, Spec, Widget};
use crate::field;
use crate::id::NodeId;
use crate::net::DomainName;
use crate::text::{Text, t};

/// The records of one domain. Private if VPCs are associated.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HostedZone {
    /// The domain it answers for.
    pub domain: DomainName,
    /// VPCs in which a private zone answers; empty is a public zone.
    pub vpcs: Vec<NodeId>,
}

impl HostedZone {
    /// Whether it answers only inside VPCs.
    pub const fn is_private(&self) -> bool {
        !self.vpcs.is_empty()
    }
}

impl Resource for HostedZone {
    const KIND: Kind = Kind::HostedZone;
    const SPEC: Spec = Spec {
        id: "hosted_zone",
        label: t("호스팅 영역", "Hosted zone"),
        category: Category::Names,
        cloudformation_type: "AWS::Route53::HostedZone",
        placement: Placement { root: true, parents: &[Kind::Region] },
        shape: Shape::Frame { w: 240.0, h: 128.0 },
        ancestors: &[],
        tags: false,
        keywords: &["route 53", "route53", "dns", "도메인", "zone"],
    };
    const SUMMARY: Text = t(
        "도메인 하나의 DNS 레코드를 담아요. VPC를 연결하면 그 안에서만 답하는 프라이빗 영역이에요.",
        "Holds the DNS records of a domain. With VPCs associated it is private and answers only there.",
    );
    const SOURCE: &'static str =
        "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zones-working-with.html";
    const FIELDS: &'static [Field<Self>] = &[
        field!(domain, "도메인 이름", "Domain name", Widget::Line).property("Name").help(
            "예: example.com. 도메인은 따로 등록해 두어야 해요.",
            "Such as example.com. The domain is registered separately.",
        ),
        field!(vpcs, "프라이빗 영역의 VPC", "VPCs of a private zone", Widget::References(&[Kind::Vpc])).help(
            "비워 두면 인터넷에 답하는 퍼블릭 영역이에요.",
            "Empty makes a public zone that answers the internet.",
        ),
    ];

    fn caption(&self) -> Option<String> {
        Some(self.domain.to_string())
    }
}
