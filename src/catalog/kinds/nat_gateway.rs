//! A NAT gateway.

use std::net::Ipv4Addr;

use crate::catalog::{Category, Field, Kind, Placement, Resource, Shape, Spec, Widget};
use crate::id::NodeId;
use crate::text::{Text, t};
use crate::{choices, field};

choices! {
    /// Where a NAT gateway leads.
    pub enum Connectivity {
        Public = "public" ("퍼블릭", "Public"),
        Private = "private" ("프라이빗", "Private"),
    }
}

/// Lets private subnets start connections outwards and admits none inwards.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NatGateway {
    /// To the internet, or to other private networks.
    pub connectivity: Connectivity,
    /// The address it sends from; a public one needs it.
    pub elastic_ip: Option<NodeId>,
    /// Fixed private address; AWS chooses one otherwise.
    pub private_ip: Option<Ipv4Addr>,
}

impl Resource for NatGateway {
    const KIND: Kind = Kind::NatGateway;
    const SPEC: Spec = Spec {
        id: "nat_gateway",
        label: t("NAT 게이트웨이", "NAT gateway"),
        category: Category::Network,
        cloudformation_type: "AWS::EC2::NatGateway",
        placement: Placement { root: false, parents: &[Kind::Subnet] },
        shape: Shape::Tile,
        ancestors: &[(Kind::Subnet, "SubnetId")],
        tags: true,
        keywords: &["nat", "ngw", "게이트웨이"],
    };
    const SUMMARY: Text = t(
        "프라이빗 서브넷이 인터넷으로 나가게 해요. 퍼블릭 서브넷에 두고 탄력적 IP를 붙여요. 시간당 요금이 들어요.",
        "Lets private subnets reach the internet. Stands in a public subnet with an Elastic IP. Billed by the hour.",
    );
    const SOURCE: &'static str = "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html";
    const FIELDS: &'static [Field<Self>] = &[
        field!(connectivity, "연결 유형", "Connectivity type", Widget::Choice(Connectivity::CHOICES))
            .property("ConnectivityType")
            .help("인터넷으로 나가려면 퍼블릭이어야 해요.", "Public reaches the internet; private reaches other VPCs."),
        field!(elastic_ip, "탄력적 IP", "Elastic IP", Widget::Reference(&[Kind::ElasticIp]))
            .property("AllocationId")
            .when(|nat: &Self| nat.connectivity == Connectivity::Public)
            .help(
                "밖에서 보이는 주소예요. 퍼블릭 NAT 게이트웨이에 꼭 필요해요.",
                "The address the internet sees. A public NAT gateway needs one.",
            ),
        field!(private_ip, "프라이빗 IP", "Private IP", Widget::Line)
            .property("PrivateIpAddress")
            .help("비워 두면 서브넷에서 하나를 받아요.", "Empty takes one from the subnet."),
    ];
}
