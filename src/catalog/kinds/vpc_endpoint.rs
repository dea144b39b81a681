//! A VPC endpoint: a private way to a service of AWS.

use std::net::Ipv4Addr;

use crate::catalog::{Category, Field, Kind, Placement, Resource, Shape, Spec, Suggestion, Widget};
use crate::id::NodeId;
use crate::text::{Message, Text, t};
use crate::{choices, field};

choices! {
    /// How an endpoint is reached.
    pub enum EndpointType {
        Gateway = "Gateway" ("게이트웨이", "Gateway"),
        Interface = "Interface" ("인터페이스", "Interface"),
        GatewayLoadBalancer = "GatewayLoadBalancer" ("게이트웨이 로드 밸런서", "Gateway Load Balancer"),
    }
}

/// Leads to a service without the internet: by a route (gateway) or by interfaces in subnets (interface).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VpcEndpoint {
    /// Gateway, interface or gateway balancer.
    pub endpoint_type: EndpointType,
    /// The service, short (`s3`) or as AWS writes it in full.
    pub service: String,
    /// The gateway balancer it leads to, of this VPC or another.
    pub balancer: Option<NodeId>,
    /// The tables that get the route of a gateway endpoint.
    pub route_tables: Vec<NodeId>,
    /// The subnets in which an interface endpoint has interfaces.
    pub subnets: Vec<NodeId>,
    /// The groups of those interfaces; empty means the VPC's default group.
    pub security_groups: Vec<NodeId>,
    /// Whether the service's usual name leads here inside the VPC. Needs both DNS attributes of the VPC.
    pub private_dns: bool,
    /// Who may do what through it, as JSON; empty allows everything.
    pub policy: String,
    /// Addresses of its interfaces, where they are known from AWS; each belongs to the subnet that holds it.
    pub addresses: Vec<Ipv4Addr>,
}

impl Default for VpcEndpoint {
    fn default() -> Self {
        Self {
            endpoint_type: EndpointType::Gateway,
            service: "s3".to_owned(),
            balancer: None,
            route_tables: Vec::new(),
            subnets: Vec::new(),
            security_groups: Vec::new(),
            private_dns: true,
            policy: String::new(),
            addresses: Vec::new(),
        }
    }
}

impl VpcEndpoint {
    /// Whether it is reached by a route.
    pub fn is_gateway(&self) -> bool {
        self.endpoint_type == EndpointType::Gateway
    }

    /// Whether it is reached by interfaces.
    pub fn is_interface(&self) -> bool {
        self.endpoint_type == EndpointType::Interface
    }

    /// Whether it leads packets to a gateway balancer.
    pub fn is_balanced(&self) -> bool {
        self.endpoint_type == EndpointType::GatewayLoadBalancer
    }

    /// The service's short name: `s3` of `com.amazonaws.ap-northeast-2.s3`.
    pub fn short_service(&self) -> &str {
        let whole = self.service.as_str();
        whole.strip_prefix("com.amazonaws.").and_then(|rest| rest.split_once('.')).map_or(whole, |(_, service)| service)
    }
}

impl Resource for VpcEndpoint {
    const KIND: Kind = Kind::VpcEndpoint;
    const SPEC: Spec = Spec {
        id: "vpc_endpoint",
        label: t("VPC 엔드포인트", "VPC endpoint"),
        category: Category::Network,
        cloudformation_type: "AWS::EC2::VPCEndpoint",
        placement: Placement { root: false, parents: &[Kind::Vpc] },
        shape: Shape::Tile,
        ancestors: &[(Kind::Vpc, "VpcId")],
        tags: false,
        keywords: &["vpce", "privatelink", "s3", "dynamodb", "ecr", "엔드포인트"],
    };
    const SUMMARY: Text = t(
        "인터넷을 거치지 않고 S3 같은 AWS 서비스에 닿게 해요. 게이트웨이 유형은 무료이고, 인터페이스 유형은 시간당 요금이 들어요.",
        "Reaches AWS services such as S3 without the internet. Gateway endpoints are free; interface endpoints are billed by the hour.",
    );
    const SOURCE: &'static str = "https://docs.aws.amazon.com/vpc/latest/privatelink/concepts.html";
    const FIELDS: &'static [Field<Self>] = &[
        field!(endpoint_type, "유형", "Type", Widget::Choice(EndpointType::CHOICES)).property("VpcEndpointType").help(
            "S3와 DynamoDB는 게이트웨이로, 다른 서비스는 인터페이스로 만들어요. 게이트웨이 로드 밸런서는 방화벽을 거치게 해요.",
            "S3 and DynamoDB take a gateway, other services an interface. A Gateway Load Balancer endpoint leads through firewalls.",
        ),
        field!(service, "서비스", "Service", Widget::Suggest(services))
            .help("닿으려는 AWS 서비스예요.", "The AWS service to reach."),
        field!(balancer, "게이트웨이 로드 밸런서", "Gateway Load Balancer", Widget::Reference(&[Kind::LoadBalancer]))
            .when(Self::is_balanced)
            .help("엔드포인트 서비스를 켠 GWLB예요. 비우면 위에 적은 서비스로 가요.", "A GWLB with its endpoint service on. Empty means the service written above."),
        field!(route_tables, "라우팅 테이블", "Route tables", Widget::References(&[Kind::RouteTable])).of_same_vpc()
            .property("RouteTableIds")
            .when(Self::is_gateway)
            .help("고른 테이블에 서비스로 가는 라우팅이 생겨요.", "The chosen tables get a route to the service."),
        field!(subnets, "서브넷", "Subnets", Widget::References(&[Kind::Subnet])).of_same_vpc()
            .property("SubnetIds")
            .when(|of: &Self| !of.is_gateway())
            .help("고른 서브넷마다 인터페이스가 하나씩 생겨요. 가용 영역마다 하나씩 골라요.", "Each gets an interface. Choose one in each zone."),
        field!(security_groups, "보안 그룹", "Security groups", Widget::References(&[Kind::SecurityGroup])).of_same_vpc()
            .property("SecurityGroupIds")
            .when(Self::is_interface)
            .help("쓰는 쪽에서 오는 443 포트를 허용해야 해요.", "Must admit port 443 from those who use it."),
        field!(private_dns, "프라이빗 DNS", "Private DNS", Widget::Toggle)
            .property("PrivateDnsEnabled")
            .when(Self::is_interface)
            .help("서비스의 원래 이름이 VPC 안에서 이 엔드포인트를 가리켜요. VPC의 DNS 설정 둘 다 켜야 해요.", "Inside the VPC the service's own name leads here. Needs both DNS settings of the VPC."),
        field!(policy, "정책", "Policy", Widget::Lines)
            .when(|of: &Self| !of.is_balanced())
            .help("누가 무엇을 할 수 있는지 JSON으로 적어요. 비우면 모두 허용해요.", "Who may do what, as JSON. Empty allows everything."),
        field!(addresses, "주소", "Addresses", Widget::List)
            .when(Self::is_interface)
            .help("AWS에서 읽어 온 인터페이스 주소예요. 새로 만들 때는 비워 둬요.", "Addresses of the interfaces, read from AWS. Leave it empty for a new one."),
    ];

    fn bare() -> Self {
        Self { private_dns: false, ..Self::default() }
    }

    fn caption(&self) -> Option<String> {
        Some(self.short_service().to_owned())
    }
}

fn services() -> Vec<Suggestion> {
    [
        ("s3", "Amazon S3"),
        ("dynamodb", "Amazon DynamoDB"),
        ("ecr.api", "Amazon ECR API"),
        ("ecr.dkr", "Amazon ECR Docker"),
        ("logs", "CloudWatch Logs"),
        ("ssm", "Systems Manager"),
        ("secretsmanager", "Secrets Manager"),
    ]
    .into_iter()
    .map(|(value, label)| Suggestion { value: value.to_owned(), label: Message::plain(label) })
    .collect()
}
