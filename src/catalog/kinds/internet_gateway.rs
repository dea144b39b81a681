//! An internet gateway. Standing in a VPC it is attached to it; outside, it is detached.

use crate::catalog::{Category, Field, Kind, Placement, Resource, Shape, Spec};
use crate::text::{Text, t};

/// The way between a VPC and the internet: one-to-one NAT for public addresses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InternetGateway;

impl Resource for InternetGateway {
    const KIND: Kind = Kind::InternetGateway;
    const SPEC: Spec = Spec {
        id: "internet_gateway",
        label: t("인터넷 게이트웨이", "Internet gateway"),
        category: Category::Network,
        cloudformation_type: "AWS::EC2::InternetGateway",
        placement: Placement { root: true, parents: &[Kind::Vpc, Kind::Region] },
        shape: Shape::Tile,
        ancestors: &[],
        tags: true,
        keywords: &["igw", "인터넷", "게이트웨이"],
    };
    const SUMMARY: Text = t(
        "VPC와 인터넷을 이어요. VPC에 하나만 연결할 수 있고, 라우팅 테이블에 라우팅이 있어야 쓰여요.",
        "Connects a VPC to the internet. One per VPC, and used only through a route.",
    );
    const SOURCE: &'static str = "https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html";
    const FIELDS: &'static [Field<Self>] = &[];
}
