//! A Site-to-Site VPN connection.

use crate::catalog::{Category, Field, Kind, Placement, Resource, Shape, Spec, Widget};
use crate::field;
use crate::id::NodeId;
use crate::net::Cidr;
use crate::text::{Text, t};

/// Joins a customer gateway to a virtual private gateway or a transit gateway.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VpnConnection {
    /// The end on premises.
    pub customer_gateway: Option<NodeId>,
    /// The end at a VPC.
    pub vpn_gateway: Option<NodeId>,
    /// The end at a transit gateway.
    pub transit_gateway: Option<NodeId>,
    /// Whether its routes are written and not learned by BGP.
    pub static_only: bool,
    /// Its static routes: the networks beyond it.
    pub routes: Vec<Cidr>,
    /// The transit gateway's route table that packets from it follow; nothing is the default one, if the gateway associates it.
    pub association: Option<NodeId>,
    /// The transit gateway's route tables that learn its networks, beside the default one.
    pub propagations: Vec<NodeId>,
}

impl VpnConnection {
    fn is_static(&self) -> bool {
        self.static_only
    }

    fn is_of_transit(&self) -> bool {
        self.transit_gateway.is_some()
    }
}

impl Resource for VpnConnection {
    const KIND: Kind = Kind::VpnConnection;
    const SPEC: Spec = Spec {
        id: "vpn_connection",
        label: t("VPN 연결", "VPN connection"),
        category: Category::Network,
        cloudformation_type: "AWS::EC2::VPNConnection",
        placement: Placement { root: true, parents: &[Kind::Region] },
        shape: Shape::Tile,
        ancestors: &[],
        tags: true,
        keywords: &["vpn", "site-to-site", "ipsec", "터널"],
    };
    const SUMMARY: Text = t(
        "온프레미스 네트워크를 VPC나 전송 게이트웨이에 암호화한 터널로 이어요. 라우팅은 직접 적거나(정적) BGP로 배워요.",
        "Joins an on-premises network to a VPC or a transit gateway by encrypted tunnels. Its routes are written (static) or learned by BGP.",
    );
    const SOURCE: &'static str = "https://docs.aws.amazon.com/vpn/latest/s2svpn/VPC_VPN.html";
    const FIELDS: &'static [Field<Self>] = &[
        field!(customer_gateway, "고객 게이트웨이", "Customer gateway", Widget::Reference(&[Kind::CustomerGateway]))
            .property("CustomerGatewayId")
            .help("온프레미스 쪽 끝이에요.", "The end on premises."),
        field!(
            vpn_gateway,
            "가상 프라이빗 게이트웨이",
            "Virtual private gateway",
            Widget::Reference(&[Kind::VpnGateway])
        )
        .property("VpnGatewayId")
        .help("VPC 하나에 이을 때 골라요.", "Chosen to join one VPC."),
        field!(transit_gateway, "전송 게이트웨이", "Transit gateway", Widget::Reference(&[Kind::TransitGateway]))
            .property("TransitGatewayId")
            .help("전송 게이트웨이에 이을 때 골라요.", "Chosen to join a transit gateway."),
        field!(static_only, "정적 라우팅만", "Static routes only", Widget::Toggle).property("StaticRoutesOnly").help(
            "켜면 BGP를 쓰지 않아요. 온프레미스 CIDR을 아래에 적어야 해요.",
            "On, BGP is not used, and the networks on premises are written below.",
        ),
        field!(routes, "정적 라우팅", "Static routes", Widget::List).when(Self::is_static).help(
            "온프레미스의 CIDR 블록이에요. 예: 192.168.0.0/16",
            "CIDR blocks on premises, such as 192.168.0.0/16.",
        ),
        field!(
            association,
            "연결된 라우팅 테이블",
            "Associated route table",
            Widget::Reference(&[Kind::TransitGatewayRouteTable])
        )
        .when(Self::is_of_transit)
        .help(
            "이 VPN에서 온 패킷이 따르는 테이블이에요. 비우면 게이트웨이의 기본 테이블을 따라요.",
            "The table that packets from the VPN follow. Empty means the gateway's default table.",
        ),
        field!(
            propagations,
            "전파할 라우팅 테이블",
            "Propagates to",
            Widget::References(&[Kind::TransitGatewayRouteTable])
        )
        .when(Self::is_of_transit)
        .help("온프레미스의 CIDR을 알리는 테이블이에요.", "Tables that learn the networks on premises."),
    ];
}
