//! A peering attachment between two transit gateways.

use crate::catalog::{Category, Field, Kind, Placement, Resource, Shape, Spec, Widget};
use crate::field;
use crate::id::NodeId;
use crate::text::{Text, t};

/// Joins two transit gateways, of one region or two. It carries what static routes on both sides lead to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransitGatewayPeering {
    /// The gateway that asked.
    pub gateway: Option<NodeId>,
    /// The gateway that was asked.
    pub peer: Option<NodeId>,
    /// Whether the other side has accepted.
    pub accepted: bool,
    /// The table of the asking gateway that packets from the other one follow.
    pub association: Option<NodeId>,
    /// The table of the other gateway that packets from the asking one follow.
    pub peer_association: Option<NodeId>,
}

impl Default for TransitGatewayPeering {
    fn default() -> Self {
        Self { gateway: None, peer: None, accepted: true, association: None, peer_association: None }
    }
}

impl TransitGatewayPeering {
    /// The gateway at the other end.
    pub fn other(&self, gateway: NodeId) -> Option<NodeId> {
        match (self.gateway, self.peer) {
            (Some(own), other) if own == gateway => other,
            (other, Some(own)) if own == gateway => other,
            _ => None,
        }
    }
}

impl Resource for TransitGatewayPeering {
    const KIND: Kind = Kind::TransitGatewayPeering;
    const SPEC: Spec = Spec {
        id: "transit_gateway_peering",
        label: t("전송 게이트웨이 피어링", "Transit gateway peering"),
        category: Category::Network,
        cloudformation_type: "AWS::EC2::TransitGatewayPeeringAttachment",
        placement: Placement { root: true, parents: &[Kind::Region] },
        shape: Shape::Tile,
        ancestors: &[],
        tags: true,
        keywords: &["tgw peering", "inter-region", "피어링", "트랜짓"],
    };
    const SUMMARY: Text = t(
        "전송 게이트웨이 둘을 이어요. 라우팅을 전파하지 않아서, 양쪽 테이블에 정적 라우팅이 있어야 해요.",
        "Joins two transit gateways. It propagates nothing: both sides need static routes to it.",
    );
    const SOURCE: &'static str = "https://docs.aws.amazon.com/vpc/latest/tgw/tgw-peering.html";
    const FIELDS: &'static [Field<Self>] = &[
        field!(gateway, "요청한 게이트웨이", "Requester gateway", Widget::Reference(&[Kind::TransitGateway]))
            .property("TransitGatewayId")
            .help("피어링을 요청하는 전송 게이트웨이예요.", "The transit gateway that asks for the peering."),
        field!(peer, "수락한 게이트웨이", "Accepter gateway", Widget::Reference(&[Kind::TransitGateway]))
            .property("PeerTransitGatewayId")
            .help("요청을 받는 전송 게이트웨이예요.", "The transit gateway that is asked."),
        field!(accepted, "수락됨", "Accepted", Widget::Toggle)
            .help("수락해야 패킷이 지나가요.", "Only an accepted peering carries packets."),
        field!(
            association,
            "요청한 쪽 라우팅 테이블",
            "Requester's route table",
            Widget::Reference(&[Kind::TransitGatewayRouteTable])
        )
        .help(
            "상대에서 온 패킷이 요청한 쪽 게이트웨이에서 따르는 테이블이에요.",
            "The table that packets from the other side follow at the requester's gateway.",
        ),
        field!(
            peer_association,
            "수락한 쪽 라우팅 테이블",
            "Accepter's route table",
            Widget::Reference(&[Kind::TransitGatewayRouteTable])
        )
        .help(
            "요청한 쪽에서 온 패킷이 수락한 쪽 게이트웨이에서 따르는 테이블이에요.",
            "The table that packets from the requester follow at the accepter's gateway.",
        ),
    ];
}
