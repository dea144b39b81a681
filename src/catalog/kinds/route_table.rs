//! A route table with its routes.

use crate::catalog::{
    Category, Field, FieldValue, Kind, Placement, Record, Resource, Shape, Spec, Value, Widget, columns,
};
use crate::id::NodeId;
use crate::net::AnyCidr;
use crate::text::{Text, t};
use crate::{field, record};

/// One route. The local route is implicit and not listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Route {
    /// Where packets go; longest prefix wins.
    pub destination: AnyCidr,
    /// Where packets go as a list of blocks, in place of `destination`.
    pub prefix_list: Option<NodeId>,
    /// Through what. Nothing is a blackhole: the route still wins and drops.
    pub target: Option<NodeId>,
    /// What it leads to where that cannot be drawn, such as a carrier gateway, as AWS or a template names it.
    pub outside: String,
}

/// What a route may lead to.
pub const ROUTE_TARGETS: &[Kind] = &[
    Kind::InternetGateway,
    Kind::NatGateway,
    Kind::Instance,
    Kind::NetworkInterface,
    Kind::VpcPeering,
    Kind::VpcEndpoint,
    Kind::TransitGateway,
    Kind::VpnGateway,
];

impl Record for Route {
    const COLUMNS: &'static [Field<Self>] = &[
        field!(destination, "대상 주소", "Destination", Widget::Cidr)
            .when(|route: &Self| route.prefix_list.is_none())
            .help("0.0.0.0/0은 다른 라우팅에 없는 모든 주소예요.", "0.0.0.0/0 is every address no other route covers."),
        field!(prefix_list, "접두사 목록", "Prefix list", Widget::Reference(&[Kind::PrefixList]))
            .help("CIDR 대신 접두사 목록을 대상으로 써요.", "Takes the blocks of a prefix list as the destination instead."),
        field!(target, "대상", "Target", Widget::Reference(ROUTE_TARGETS)).of_same_vpc()
            .help("비어 있으면 블랙홀이라 패킷이 버려져요.", "Empty is a blackhole: packets are dropped."),
        field!(outside, "그림 밖의 대상", "Target outside the drawing", Widget::Line)
            .when(|route: &Self| route.target.is_none() && !route.outside.is_empty())
            .help("통신 사업자 게이트웨이처럼 여기에 그리지 못하는 대상이에요. 대상을 고르면 그쪽이 쓰여요.", "Something that cannot be drawn here, such as a carrier gateway. A target that is chosen takes its place."),
    ];
}
record!(Route);

impl Route {
    /// What it leads to outside the drawing, if it does.
    pub fn beyond(&self) -> Option<&str> {
        Some(self.outside.as_str()).filter(|outside| self.target.is_none() && !outside.is_empty())
    }

    /// Whether it is the default route of IPv4, which takes whatever no other route does.
    pub fn is_default(&self) -> bool {
        self.prefix_list.is_none() && self.destination.is_any() && self.destination.v4().is_some()
    }

    /// What the id of the route's own resource ends in.
    pub fn suffix(&self) -> String {
        if let Some(list) = self.prefix_list {
            return format!("RouteToPrefixList{}", list.0);
        }
        match (self.destination.is_any(), self.destination.v4().is_some()) {
            (true, true) => "DefaultRoute".to_owned(),
            (true, false) => "DefaultIpv6Route".to_owned(),
            _ => format!("RouteTo{}", self.destination.to_string().replace(['.', ':', '/'], "x")),
        }
    }
}

/// Decides where packets that leave its subnets go.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RouteTable {
    /// Whether subnets without an association follow it.
    pub main: bool,
    /// Routes beside the local one.
    pub routes: Vec<Route>,
    /// The internet gateway whose packets into the VPC follow it.
    pub gateway: Option<NodeId>,
    /// The virtual private gateways whose VPN connections write their routes into it.
    pub propagating: Vec<NodeId>,
}

impl Resource for RouteTable {
    const KIND: Kind = Kind::RouteTable;
    const SPEC: Spec = Spec {
        id: "route_table",
        label: t("라우팅 테이블", "Route table"),
        category: Category::Network,
        cloudformation_type: "AWS::EC2::RouteTable",
        placement: Placement { root: false, parents: &[Kind::Vpc] },
        shape: Shape::Tile,
        ancestors: &[(Kind::Vpc, "VpcId")],
        tags: true,
        keywords: &["rt", "rtb", "route", "경로", "라우트", "라우팅"],
    };
    const SUMMARY: Text = t(
        "서브넷에서 나가는 패킷의 길을 정해요. 인터넷 게이트웨이로 가는 라우팅이 있으면 그 서브넷은 퍼블릭이에요.",
        "Decides where packets leaving a subnet go. A route to an internet gateway makes its subnets public.",
    );
    const SOURCE: &'static str = "https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html";
    const FIELDS: &'static [Field<Self>] = &[
        field!(main, "기본 라우팅 테이블", "Main route table", Widget::Toggle).help(
            "따로 연결하지 않은 서브넷은 모두 이 테이블을 따라요. VPC마다 하나예요.",
            "Every subnet without an association of its own follows it. One per VPC.",
        ),
        field!(routes, "라우팅", "Routes", Widget::Table(columns::<Route>)).help(
            "VPC 안으로 가는 local 라우팅은 늘 있어서 적지 않아요. 가장 긴 접두사가 이겨요.",
            "The local route into the VPC is always there and not listed. The longest prefix wins.",
        ),
        field!(propagating, "라우팅 전파", "Route propagation", Widget::References(&[Kind::VpnGateway])).of_same_vpc().help(
            "고르면 이 게이트웨이의 VPN 연결이 아는 온프레미스 네트워크로 가는 라우팅이 저절로 들어와요.",
            "Routes to the networks that the gateway's VPN connections know enter the table by themselves.",
        ),
        field!(gateway, "엣지 연결", "Edge association", Widget::Reference(&[Kind::InternetGateway])).of_same_vpc().help(
            "고르면 이 인터넷 게이트웨이로 VPC에 들어오는 패킷이 이 테이블을 따라요. 방화벽을 먼저 거치게 할 때 써요.",
            "Packets that enter the VPC through this internet gateway follow the table: to lead them through a firewall first.",
        ),
    ];

    fn connect_row(&self, to: NodeId, other: Kind) -> Option<(&'static str, Value)> {
        let route = Route { target: Some(to), ..Route::default() };
        // An endpoint of another type takes the table into a field of its own.
        (other != Kind::VpcEndpoint && ROUTE_TARGETS.contains(&other)).then(|| ("routes", route.to_value()))
    }

    fn caption(&self) -> Option<String> {
        self.main.then(|| "main".to_owned())
    }
}
