//! An attachment of a VPC to a transit gateway.

use super::transit_gateway::Support;
use crate::catalog::{Category, Field, Kind, Placement, Resource, Shape, Spec, Widget};
use crate::field;
use crate::id::NodeId;
use crate::text::{Text, t};

/// Joins the VPC that it stands in to a transit gateway, by one subnet in each zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransitGatewayAttachment {
    /// The gateway.
    pub gateway: Option<NodeId>,
    /// A subnet for each zone; zones without one cannot use the gateway.
    pub subnets: Vec<NodeId>,
    /// The gateway's route table that packets from the VPC follow; nothing is the default one, if the gateway associates it.
    pub association: Option<NodeId>,
    /// The gateway's route tables that learn the VPC's blocks, beside the default one.
    pub propagations: Vec<NodeId>,
    /// Whether both directions of a flow use the same zone, for firewalls in the VPC.
    pub appliance_mode: Support,
    /// Whether rules may name security groups across it; the gateway must allow it too.
    pub group_referencing: Support,
}

impl Default for TransitGatewayAttachment {
    fn default() -> Self {
        Self {
            gateway: None,
            subnets: Vec::new(),
            association: None,
            propagations: Vec::new(),
            appliance_mode: Support::Disable,
            group_referencing: Support::Enable,
        }
    }
}

impl Resource for TransitGatewayAttachment {
    const KIND: Kind = Kind::TransitGatewayAttachment;
    const OTHER_TYPES: &'static [&'static str] = &["AWS::EC2::TransitGatewayVpcAttachment"];
    const SPEC: Spec = Spec {
        id: "transit_gateway_attachment",
        label: t("전송 게이트웨이 연결", "Transit gateway attachment"),
        category: Category::Network,
        cloudformation_type: "AWS::EC2::TransitGatewayAttachment",
        placement: Placement { root: false, parents: &[Kind::Vpc] },
        shape: Shape::Tile,
        ancestors: &[(Kind::Vpc, "VpcId")],
        tags: true,
        keywords: &["tgw attachment", "tgw-attach", "연결", "트랜짓"],
    };
    const SUMMARY: Text = t(
        "VPC를 전송 게이트웨이에 이어요. 가용 영역마다 서브넷을 하나씩 고르고, 고르지 않은 영역에서는 게이트웨이를 쓰지 못해요.",
        "Joins a VPC to a transit gateway. It stands in one subnet of each zone; zones without one cannot use the gateway.",
    );
    const SOURCE: &'static str = "https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html";
    const FIELDS: &'static [Field<Self>] = &[
        field!(gateway, "전송 게이트웨이", "Transit gateway", Widget::Reference(&[Kind::TransitGateway]))
            .property("TransitGatewayId")
            .help("이 VPC를 이을 전송 게이트웨이예요.", "The transit gateway that the VPC is joined to."),
        field!(subnets, "서브넷", "Subnets", Widget::References(&[Kind::Subnet])).of_same_vpc().property("SubnetIds").help(
            "가용 영역마다 하나씩 골라요. 서버가 있는 영역을 모두 넣으세요.",
            "One for each zone. Choose one in every zone that has servers.",
        ),
        field!(
            association,
            "연결된 라우팅 테이블",
            "Associated route table",
            Widget::Reference(&[Kind::TransitGatewayRouteTable])
        )
        .help(
            "이 VPC에서 온 패킷이 따르는 전송 게이트웨이 라우팅 테이블이에요. 비우면 게이트웨이의 기본 테이블을 따라요.",
            "The gateway's route table that packets from this VPC follow. Empty means the gateway's default table.",
        ),
        field!(
            propagations,
            "전파할 라우팅 테이블",
            "Propagates to",
            Widget::References(&[Kind::TransitGatewayRouteTable])
        )
        .help(
            "이 VPC의 CIDR을 알리는 테이블이에요. 이 테이블을 따르는 쪽이 이 VPC로 올 수 있어요.",
            "Tables that learn the VPC's CIDR blocks: whoever follows them can get to this VPC.",
        ),
        field!(appliance_mode, "어플라이언스 모드", "Appliance mode", Widget::Choice(Support::CHOICES))
            .property("Options.ApplianceModeSupport")
            .help(
                "켜면 오가는 패킷이 같은 가용 영역을 지나요. 방화벽이 있는 VPC에서 켜요.",
                "On, both directions of a flow use one zone. For VPCs that hold firewalls.",
            ),
        field!(group_referencing, "보안 그룹 참조", "Security group referencing", Widget::Choice(Support::CHOICES))
            .property("Options.SecurityGroupReferencingSupport")
            .help(
                "전송 게이트웨이와 양쪽 연결에서 모두 켜야 다른 VPC의 보안 그룹을 참조할 수 있어요.",
                "Groups of another VPC can be named only where the gateway and both attachments have it on.",
            ),
    ];
}
