//! A VPC peering connection.

use crate::catalog::{Category, Field, Kind, Placement, Resource, Shape, Spec, Widget};
use crate::field;
use crate::id::NodeId;
use crate::text::{Text, t};

/// Joins two VPCs by private addresses. Both need routes to it; nothing passes through one VPC into a third.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VpcPeering {
    /// The VPC that asked.
    pub requester: Option<NodeId>,
    /// The VPC that was asked.
    pub accepter: Option<NodeId>,
    /// Whether the other side has accepted: only then is it active.
    pub accepted: bool,
}

impl Default for VpcPeering {
    fn default() -> Self {
        Self { requester: None, accepter: None, accepted: true }
    }
}

impl VpcPeering {
    /// The VPC at the other end.
    pub fn other(&self, vpc: NodeId) -> Option<NodeId> {
        match (self.requester, self.accepter) {
            (Some(own), other) if own == vpc => other,
            (other, Some(own)) if own == vpc => other,
            _ => None,
        }
    }
}

impl Resource for VpcPeering {
    const KIND: Kind = Kind::VpcPeering;
    const SPEC: Spec = Spec {
        id: "vpc_peering",
        label: t("피어링 연결", "VPC peering"),
        category: Category::Network,
        cloudformation_type: "AWS::EC2::VPCPeeringConnection",
        placement: Placement { root: true, parents: &[Kind::Region] },
        shape: Shape::Tile,
        ancestors: &[],
        tags: true,
        keywords: &["pcx", "peering", "피어링", "피어링 연결"],
    };
    const SUMMARY: Text = t(
        "두 VPC를 프라이빗 주소로 이어요. 양쪽 라우팅 테이블에 모두 라우팅이 있어야 하고, 한 VPC를 거쳐 다른 곳으로 가지는 못해요.",
        "Joins two VPCs by private addresses. Both sides need routes, and nothing passes through one VPC to elsewhere.",
    );
    const SOURCE: &'static str = "https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html";
    const FIELDS: &'static [Field<Self>] = &[
        field!(requester, "요청자 VPC", "Requester VPC", Widget::Reference(&[Kind::Vpc]))
            .property("VpcId")
            .help("피어링을 요청하는 VPC예요.", "The VPC that asks for the connection."),
        field!(accepter, "수락자 VPC", "Accepter VPC", Widget::Reference(&[Kind::Vpc])).property("PeerVpcId").help(
            "요청을 받는 VPC예요. 두 VPC의 CIDR은 겹칠 수 없어요.",
            "The VPC that is asked. The CIDR blocks of the two must not overlap.",
        ),
        field!(accepted, "수락됨", "Accepted", Widget::Toggle).help(
            "수락해야 연결이 활성화되고 패킷이 지나가요.",
            "Only an accepted connection is active and carries packets.",
        ),
    ];
}
