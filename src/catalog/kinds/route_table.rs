//! A route table with its routes.

use crate::catalog::{Category, Field, FieldValue, Kind, Placement, Record, Resource, Shape, Spec, Value, Widget, columns};
use crate::id::NodeId;
use crate::net::AnyCidr;
use crate::text::t;
use crate::{field, record};

/// One route. The local route is implicit and not listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Route {
    /// Where packets go; longest prefix wins.
    pub destination: AnyCidr,
    /// Through what. Nothing is a blackhole: the route still wins and drops.
    pub target: Option<NodeId>,
}

/// What a route may lead to.
pub const ROUTE_TARGETS: &[Kind] = &[Kind::InternetGateway, Kind::NatGateway, Kind::Instance];

impl Record for Route {
    const COLUMNS: &'static [Field<Self>] = &[
        field!(destination, "대상", "Destination", Widget::Cidr)
            .help("0.0.0.0/0은 다른 경로에 없는 모든 주소예요.", "0.0.0.0/0 is every address no other route covers."),
        field!(target, "경유", "Target", Widget::Reference(ROUTE_TARGETS))
            .help("비어 있으면 블랙홀이라 패킷이 버려져요.", "Empty is a blackhole: packets are dropped."),
    ];
}
record!(Route);

/// Decides where packets that leave its subnets go.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RouteTable {
    /// Whether subnets without an association follow it.
    pub main: bool,
    /// Routes beside the local one.
    pub routes: Vec<Route>,
}

impl Resource for RouteTable {
    const KIND: Kind = Kind::RouteTable;
    const SPEC: Spec = Spec {
        id: "route_table",
        label: t("라우팅 테이블", "Route table"),
        summary: t(
            "서브넷에서 나가는 패킷의 길을 정해요. 인터넷 게이트웨이로 가는 경로가 있으면 그 서브넷은 퍼블릭이에요.",
            "Decides where packets leaving a subnet go. A route to an internet gateway makes its subnets public.",
        ),
        category: Category::Network,
        cloudformation_type: "AWS::EC2::RouteTable",
        placement: Placement { root: false, parents: &[Kind::Vpc] },
        shape: Shape::Tile,
        ancestors: &[(Kind::Vpc, "VpcId")],
        tags: true,
        keywords: &["rtb", "route", "경로", "라우트", "라우팅"],
        source: "https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html",
    };
    const FIELDS: &'static [Field<Self>] = &[
        field!(main, "기본 라우팅 테이블", "Main route table", Widget::Toggle).help(
            "따로 연결하지 않은 서브넷은 모두 이 테이블을 따라요. VPC마다 하나예요.",
            "Every subnet without an association of its own follows it. One per VPC.",
        ),
        field!(routes, "경로", "Routes", Widget::Table(columns::<Route>)).help(
            "VPC 안으로 가는 local 경로는 늘 있어서 적지 않아요. 가장 긴 접두사가 이겨요.",
            "The local route into the VPC is always there and not listed. The longest prefix wins.",
        ),
    ];

    fn connect_row(&self, to: NodeId, other: Kind) -> Option<(&'static str, Value)> {
        let route = Route { destination: AnyCidr::default(), target: Some(to) };
        ROUTE_TARGETS.contains(&other).then(|| ("routes", route.to_value()))
    }

    fn caption(&self) -> Option<String> {
        self.main.then(|| "main".to_owned())
    }
}
