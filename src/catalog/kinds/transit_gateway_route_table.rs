//! A route table of a transit gateway.

use crate::catalog::FieldValue;
use crate::catalog::{Category, Field, Kind, Placement, Record, Resource, Shape, Spec, Value, Widget, columns};
use crate::id::NodeId;
use crate::net::AnyCidr;
use crate::text::{Text, t};
use crate::{field, record};

/// What a route of a transit gateway may lead to.
pub const TRANSIT_TARGETS: &[Kind] =
    &[Kind::TransitGatewayAttachment, Kind::TransitGatewayPeering, Kind::VpnConnection];

/// A static route of a transit gateway.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TransitRoute {
    /// Where packets go; the longest prefix wins, and of equal ones a static route before one that was propagated.
    pub destination: AnyCidr,
    /// Whether it drops them.
    pub blackhole: bool,
    /// By which attachment they leave. Nothing drops them as well.
    pub attachment: Option<NodeId>,
    /// What it leads to where that cannot be drawn, as AWS or a template names it.
    pub outside: String,
}

impl Record for TransitRoute {
    const COLUMNS: &'static [Field<Self>] = &[
        field!(destination, "대상 주소", "Destination", Widget::Cidr)
            .help("가장 긴 접두사가 이겨요.", "The longest prefix wins."),
        field!(blackhole, "블랙홀", "Blackhole", Widget::Toggle)
            .help("켜면 이 대상으로 가는 패킷을 버려요.", "On, packets to the destination are dropped."),
        field!(attachment, "연결", "Attachment", Widget::Reference(TRANSIT_TARGETS))
            .when(|route: &Self| !route.blackhole)
            .help("패킷이 나가는 연결이에요.", "The attachment by which packets leave."),
        field!(outside, "그림 밖의 연결", "Attachment outside the drawing", Widget::Line)
            .when(|route: &Self| route.beyond().is_some())
            .help(
                "여기에 그리지 못하는 연결이에요. 연결을 고르면 그쪽이 쓰여요.",
                "An attachment that cannot be drawn here. One that is chosen takes its place.",
            ),
    ];
}
record!(TransitRoute);

impl TransitRoute {
    /// What it leads to outside the drawing, if it does.
    pub fn beyond(&self) -> Option<&str> {
        Some(self.outside.as_str())
            .filter(|outside| self.attachment.is_none() && !self.blackhole && !outside.is_empty())
    }

    /// What the id of the route's own resource ends in.
    pub fn suffix(&self) -> String {
        format!("RouteTo{}", self.destination.to_string().replace(['.', ':', '/'], "x"))
    }
}

/// Says where packets go that enter a transit gateway by the attachments associated with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TransitGatewayRouteTable {
    /// The gateway that it belongs to.
    pub gateway: Option<NodeId>,
    /// Whether it is the table that AWS made with the gateway: no template creates it.
    pub default_table: bool,
    /// Its static routes; those that attachments propagate are not listed.
    pub routes: Vec<TransitRoute>,
    /// Whether it has routes that are not known, such as those a VPN connection learned.
    pub partial: bool,
}

impl Resource for TransitGatewayRouteTable {
    const KIND: Kind = Kind::TransitGatewayRouteTable;
    const SPEC: Spec = Spec {
        id: "transit_gateway_route_table",
        label: t("전송 게이트웨이 라우팅 테이블", "Transit gateway route table"),
        category: Category::Network,
        cloudformation_type: "AWS::EC2::TransitGatewayRouteTable",
        placement: Placement { root: true, parents: &[Kind::Region] },
        shape: Shape::Tile,
        ancestors: &[],
        tags: true,
        keywords: &["tgw-rtb", "tgw route table", "전송 게이트웨이", "트랜짓"],
    };
    const SUMMARY: Text = t(
        "전송 게이트웨이에 들어온 패킷이 어느 연결로 나갈지 정해요. 연결은 한 테이블을 따르고, 여러 테이블에 자기 CIDR을 알릴 수 있어요.",
        "Says by which attachment packets leave the transit gateway. An attachment follows one table and may make itself known to many.",
    );
    const SOURCE: &'static str = "https://docs.aws.amazon.com/vpc/latest/tgw/tgw-route-tables.html";
    const FIELDS: &'static [Field<Self>] = &[
        field!(gateway, "전송 게이트웨이", "Transit gateway", Widget::Reference(&[Kind::TransitGateway]))
            .property("TransitGatewayId")
            .help("이 테이블이 속한 전송 게이트웨이예요.", "The transit gateway that it belongs to."),
        field!(default_table, "기본 라우팅 테이블", "Default route table", Widget::Toggle).help(
            "게이트웨이와 함께 만들어진 테이블이에요. 템플릿으로 만들 수 없어요.",
            "The table that was made with the gateway. No template creates it.",
        ),
        field!(routes, "정적 라우팅", "Static routes", Widget::Table(columns::<TransitRoute>)).help(
            "연결이 전파한 라우팅은 적지 않아요. 같은 대상이면 정적 라우팅이 이겨요.",
            "Routes that attachments propagate are not listed. For the same destination a static one wins.",
        ),
        field!(partial, "모르는 라우팅이 있음", "Has routes that are not known", Widget::Toggle).help(
            "켜면 맞는 라우팅이 없을 때 막힌 것이 아니라 알 수 없는 것으로 답해요.",
            "On, where no route matches the answer is that it is not known, instead of no.",
        ),
    ];

    fn connect_row(&self, to: NodeId, other: Kind) -> Option<(&'static str, Value)> {
        let route = TransitRoute { attachment: Some(to), ..TransitRoute::default() };
        TRANSIT_TARGETS.contains(&other).then(|| ("routes", route.to_value()))
    }

    fn is_deployed(&self) -> bool {
        !self.default_table
    }

    fn caption(&self) -> Option<String> {
        self.default_table.then(|| "default".to_owned())
    }
}
