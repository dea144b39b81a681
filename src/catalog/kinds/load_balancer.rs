//! An Application, Network or Gateway Load Balancer; its listeners stand inside it.

use std::net::Ipv4Addr;

use super::{ListenerProtocol, TargetProtocol};
use crate::catalog::{Category, Field, Kind, Placement, Resource, Shape, Spec, Widget};
use crate::id::NodeId;
use crate::text::{Text, t};
use crate::{choices, field};

choices! {
    /// Which load balancer it is.
    pub enum BalancerType {
        Application = "application" ("애플리케이션(ALB)", "Application (ALB)"),
        Network = "network" ("네트워크(NLB)", "Network (NLB)"),
        Gateway = "gateway" ("게이트웨이(GWLB)", "Gateway (GWLB)"),
    }
}

choices! {
    /// Who can reach it.
    pub enum Scheme {
        InternetFacing = "internet-facing" ("인터넷 경계", "Internet-facing"),
        Internal = "internal" ("내부", "Internal"),
    }
}

/// Spreads connections over targets; it has a node in each of its subnets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadBalancer {
    /// Application, network or gateway.
    pub balancer_type: BalancerType,
    /// Internet-facing or internal.
    pub scheme: Scheme,
    /// One subnet a zone, at least two zones for an ALB.
    pub subnets: Vec<NodeId>,
    /// The Elastic IPs of an internet-facing NLB's nodes, in the order of the subnets; without any AWS chooses the addresses.
    pub elastic_ips: Vec<NodeId>,
    /// Its groups; an NLB has groups only if created with one.
    pub security_groups: Vec<NodeId>,
    /// Whether each node serves the targets of every zone. Always on for an ALB.
    pub cross_zone: bool,
    /// Seconds an idle connection is kept (ALB).
    pub idle_timeout: u16,
    /// Whether it refuses to be deleted.
    pub deletion_protection: bool,
    /// Whether other VPCs reach a gateway balancer by endpoints.
    pub endpoint_service: bool,
    /// Private addresses of its nodes, where they are known from AWS; each belongs to the subnet that holds it.
    pub addresses: Vec<Ipv4Addr>,
    /// Public addresses of its nodes, in the order of the subnets, where they are known from AWS.
    pub public_addresses: Vec<Ipv4Addr>,
}

impl Default for LoadBalancer {
    fn default() -> Self {
        Self {
            balancer_type: BalancerType::Application,
            scheme: Scheme::InternetFacing,
            subnets: Vec::new(),
            elastic_ips: Vec::new(),
            security_groups: Vec::new(),
            cross_zone: false,
            idle_timeout: 60,
            deletion_protection: false,
            endpoint_service: false,
            addresses: Vec::new(),
            public_addresses: Vec::new(),
        }
    }
}

impl LoadBalancer {
    /// Whether it is an ALB.
    pub fn is_application(&self) -> bool {
        self.balancer_type == BalancerType::Application
    }

    /// Whether it is a GWLB, which hands whole packets to appliances and has neither scheme nor groups.
    pub fn is_gateway(&self) -> bool {
        self.balancer_type == BalancerType::Gateway
    }

    /// Whether the internet reaches it.
    pub fn is_internet_facing(&self) -> bool {
        self.scheme == Scheme::InternetFacing && !self.is_gateway()
    }

    /// What people call its type.
    pub const fn short_name(&self) -> &'static str {
        match self.balancer_type {
            BalancerType::Application => "ALB",
            BalancerType::Network => "NLB",
            BalancerType::Gateway => "GWLB",
        }
    }

    /// Whether its listeners can have a protocol.
    pub fn listens_to(&self, protocol: ListenerProtocol) -> bool {
        match self.balancer_type {
            BalancerType::Application => protocol.is_http(),
            BalancerType::Network => !protocol.is_http() && protocol != ListenerProtocol::Geneve,
            BalancerType::Gateway => protocol == ListenerProtocol::Geneve,
        }
    }

    /// Whether it can forward to a target group of a protocol.
    pub fn forwards_by(&self, protocol: TargetProtocol) -> bool {
        match self.balancer_type {
            BalancerType::Application => protocol.is_http(),
            BalancerType::Network => !protocol.is_http() && protocol != TargetProtocol::Geneve,
            BalancerType::Gateway => protocol == TargetProtocol::Geneve,
        }
    }
}

impl Resource for LoadBalancer {
    const KIND: Kind = Kind::LoadBalancer;
    const SPEC: Spec = Spec {
        id: "load_balancer",
        label: t("로드 밸런서", "Load balancer"),
        category: Category::LoadBalancing,
        cloudformation_type: "AWS::ElasticLoadBalancingV2::LoadBalancer",
        placement: Placement { root: false, parents: &[Kind::Vpc] },
        shape: Shape::Frame { w: 240.0, h: 128.0 },
        ancestors: &[],
        tags: true,
        keywords: &["alb", "nlb", "gwlb", "elb", "firewall", "방화벽", "로드밸런서", "부하 분산"],
    };
    const SUMMARY: Text = t(
        "들어온 연결을 여러 대상에 나눠요. 고른 서브넷마다 노드가 하나씩 생겨요. 시간당 요금이 들어요.",
        "Spreads connections over targets, with a node in each chosen subnet. Billed by the hour.",
    );
    const SOURCE: &'static str =
        "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html";
    const FIELDS: &'static [Field<Self>] = &[
        field!(balancer_type, "유형", "Type", Widget::Choice(BalancerType::CHOICES)).property("Type").help(
            "ALB는 HTTP를 이해하고 경로와 호스트로 나눠요. NLB는 TCP와 UDP를 빠르게 넘겨요. GWLB는 방화벽 같은 장비로 패킷을 통째로 보내요.",
            "An ALB understands HTTP and routes by path and host. An NLB passes TCP and UDP on, fast. A GWLB sends whole packets through appliances such as firewalls.",
        ),
        field!(scheme, "체계", "Scheme", Widget::Choice(Scheme::CHOICES)).property("Scheme").when(|of: &Self| !of.is_gateway()).help(
            "인터넷 경계는 퍼블릭 서브넷이 필요하고, 내부는 프라이빗 주소만 가져요.",
            "Internet-facing needs public subnets; internal has private addresses only.",
        ),
        field!(subnets, "서브넷", "Subnets", Widget::References(&[Kind::Subnet])).of_same_vpc().property("Subnets").help(
            "가용 영역마다 하나씩 골라요. ALB는 두 영역 이상이 필요해요.",
            "One in each zone. An ALB needs at least two zones.",
        ),
        field!(elastic_ips, "탄력적 IP", "Elastic IPs", Widget::References(&[Kind::ElasticIp]))
            .when(|of: &Self| of.balancer_type == BalancerType::Network && of.is_internet_facing())
            .help(
                "서브넷 순서대로 노드가 가질 고정 주소예요. 비워 두면 AWS가 주소를 정해요.",
                "Fixed addresses of the nodes, in the order of the subnets. Without any AWS chooses them.",
            ),
        field!(security_groups, "보안 그룹", "Security groups", Widget::References(&[Kind::SecurityGroup])).of_same_vpc()
            .property("SecurityGroups")
            .when(|of: &Self| !of.is_gateway())
            .help("리스너 포트를 허용하는 그룹이 필요해요.", "Needs a group that admits the listener's port."),
        field!(cross_zone, "교차 영역 로드 밸런싱", "Cross-zone load balancing", Widget::Toggle)
            .property("LoadBalancerAttributes[load_balancing.cross_zone.enabled]")
            .when(|of: &Self| !of.is_application())
            .help("켜면 노드가 다른 영역의 대상에도 보내요. ALB는 늘 켜져 있어요.", "On, nodes serve targets in every zone. Always on for an ALB."),
        field!(idle_timeout, "유휴 제한 시간", "Idle timeout", Widget::Number { min: 1, max: 4000, unit: t("초", "s") })
            .property("LoadBalancerAttributes[idle_timeout.timeout_seconds]")
            .when(Self::is_application)
            .help("오가는 데이터가 없을 때 연결을 유지하는 시간이에요.", "How long a silent connection is kept."),
        field!(deletion_protection, "삭제 방지", "Deletion protection", Widget::Toggle)
            .property("LoadBalancerAttributes[deletion_protection.enabled]")
            .help("켜면 스택을 지울 때 먼저 꺼야 해요.", "Must be turned off before the stack can be deleted."),
        field!(endpoint_service, "엔드포인트 서비스", "Endpoint service", Widget::Toggle)
            .when(Self::is_gateway)
            .help("켜면 다른 VPC가 게이트웨이 로드 밸런서 엔드포인트로 닿아요.", "On, other VPCs reach it by Gateway Load Balancer endpoints."),
        field!(addresses, "프라이빗 주소", "Private addresses", Widget::List)
            .help("AWS에서 읽어 온 노드 주소예요. 새로 만들 때는 비워 둬요.", "Addresses of its nodes, read from AWS. Leave it empty for a new one."),
        field!(public_addresses, "퍼블릭 주소", "Public addresses", Widget::List)
            .when(Self::is_internet_facing)
            .help("서브넷 순서대로 적은, AWS에서 읽어 온 퍼블릭 주소예요.", "Public addresses in the order of the subnets, read from AWS."),
    ];

    fn caption(&self) -> Option<String> {
        Some(self.short_name().to_owned())
    }
}
