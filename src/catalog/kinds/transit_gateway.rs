//! A transit gateway: a router of a region that joins VPCs, VPN connections and other transit gateways.

use crate::catalog::{Category, Field, Kind, Placement, Resource, Shape, Spec, Widget};
use crate::text::{Text, t};
use crate::{choices, field};

choices! {
    /// Whether a transit gateway or an attachment of one does something.
    pub enum Support {
        Enable = "enable" ("켜기", "On"),
        Disable = "disable" ("끄기", "Off"),
    }
}

impl Support {
    /// Whether it does.
    pub fn is_on(self) -> bool {
        self == Self::Enable
    }
}

/// Routes packets between what is attached to it, by route tables of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransitGateway {
    /// The number of its network in BGP; nothing is AWS's default, 64512.
    pub amazon_side_asn: Option<u32>,
    /// Whether a new attachment follows the default route table.
    pub default_association: Support,
    /// Whether a new attachment makes itself known to the default route table.
    pub default_propagation: Support,
    /// Whether inbound rules may name security groups across it.
    pub group_referencing: Support,
}

impl Default for TransitGateway {
    fn default() -> Self {
        Self {
            amazon_side_asn: None,
            default_association: Support::Enable,
            default_propagation: Support::Enable,
            group_referencing: Support::Disable,
        }
    }
}

impl Resource for TransitGateway {
    const KIND: Kind = Kind::TransitGateway;
    const SPEC: Spec = Spec {
        id: "transit_gateway",
        label: t("전송 게이트웨이", "Transit gateway"),
        category: Category::Network,
        cloudformation_type: "AWS::EC2::TransitGateway",
        placement: Placement { root: true, parents: &[Kind::Region] },
        shape: Shape::Tile,
        ancestors: &[],
        tags: true,
        keywords: &["tgw", "transit", "hub", "트랜짓", "허브"],
    };
    const SUMMARY: Text = t(
        "여러 VPC와 VPN을 한곳에서 이어요. 연결마다 따르는 라우팅 테이블이 어디로 갈지 정하고, VPC 쪽 라우팅 테이블에도 라우팅이 있어야 해요.",
        "Joins many VPCs and VPNs in one place. The route table that an attachment follows says where its packets go, and the VPCs need routes to the gateway too.",
    );
    const SOURCE: &'static str = "https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html";
    const FIELDS: &'static [Field<Self>] = &[
        field!(
            amazon_side_asn,
            "Amazon 측 ASN",
            "Amazon side ASN",
            Widget::Number { min: 64_512, max: 4_294_967_294, unit: t("", "") }
        )
        .property("AmazonSideAsn")
        .help(
            "BGP에서 쓰는 번호예요. 64512–65534나 4200000000–4294967294예요. 비우면 64512예요.",
            "Its number in BGP: 64512 to 65534 or 4200000000 to 4294967294. Empty means 64512.",
        ),
        field!(
            default_association,
            "기본 라우팅 테이블 연결",
            "Default route table association",
            Widget::Choice(Support::CHOICES)
        )
        .property("DefaultRouteTableAssociation")
        .help(
            "켜면 새 연결이 모두 기본 라우팅 테이블을 따라요. 연결마다 테이블을 따로 고르려면 끄세요.",
            "On, every new attachment follows the default route table. Turn it off to choose a table for each attachment.",
        ),
        field!(
            default_propagation,
            "기본 라우팅 테이블 전파",
            "Default route table propagation",
            Widget::Choice(Support::CHOICES)
        )
        .property("DefaultRouteTablePropagation")
        .help(
            "켜면 새 연결의 CIDR이 기본 라우팅 테이블에 저절로 들어가요.",
            "On, the CIDR blocks of every new attachment enter the default route table by themselves.",
        ),
        field!(
            group_referencing,
            "보안 그룹 참조",
            "Security group referencing",
            Widget::Choice(Support::CHOICES)
        )
        .property("SecurityGroupReferencingSupport")
        .help(
            "켜면 연결된 다른 VPC의 보안 그룹을 인바운드 규칙에서 참조할 수 있어요. 연결에서도 켜야 해요.",
            "On, inbound rules may name security groups of other attached VPCs. The attachments must have it on too.",
        ),
    ];

    fn caption(&self) -> Option<String> {
        self.amazon_side_asn.map(|asn| format!("ASN {asn}"))
    }
}
