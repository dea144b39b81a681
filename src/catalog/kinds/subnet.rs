//! A subnet: a block of a VPC's addresses in one zone.

use crate::catalog::{Category, Field, Kind, Placement, Resource, Shape, Spec, Widget};
use crate::field;
use crate::id::NodeId;
use crate::net::Cidr;
use crate::text::{Text, t};

/// A range of addresses in one Availability Zone. Whether it is public follows from its route table and is not stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subnet {
    /// IPv4 block inside the VPC's, /16 to /28; AWS keeps five addresses of it.
    pub cidr: Cidr,
    /// Whether instances started here get a public address.
    pub auto_assign_public_ip: bool,
    /// Explicitly associated route table; without one the VPC's main table decides.
    pub route_table: Option<NodeId>,
    /// Explicitly associated network ACL; without one the VPC's default ACL, which allows everything.
    pub network_acl: Option<NodeId>,
}

impl Default for Subnet {
    fn default() -> Self {
        Self {
            cidr: Cidr::new(std::net::Ipv4Addr::new(10, 0, 0, 0), 24).unwrap_or(Cidr::ANY),
            auto_assign_public_ip: false,
            route_table: None,
            network_acl: None,
        }
    }
}

impl Resource for Subnet {
    const KIND: Kind = Kind::Subnet;
    const SPEC: Spec = Spec {
        id: "subnet",
        label: t("서브넷", "Subnet"),
        category: Category::Network,
        cloudformation_type: "AWS::EC2::Subnet",
        placement: Placement { root: false, parents: &[Kind::Zone, Kind::Vpc] },
        shape: Shape::Frame { w: 320.0, h: 144.0 },
        ancestors: &[(Kind::Vpc, "VpcId")],
        tags: true,
        keywords: &["퍼블릭 서브넷", "프라이빗 서브넷", "public subnet", "private subnet"],
    };
    const SUMMARY: Text = t(
        "VPC 주소의 일부로, 가용 영역 하나에 있어요. 퍼블릭인지 프라이빗인지는 라우팅 테이블이 정해요.",
        "A part of the VPC's addresses in one zone. Its route table makes it public or private.",
    );
    const SOURCE: &'static str = "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html";
    const FIELDS: &'static [Field<Self>] = &[
        field!(cidr, "IPv4 CIDR 블록", "IPv4 CIDR block", Widget::Cidr).property("CidrBlock").help(
            "VPC 블록 안에서 다른 서브넷과 겹치지 않게 정해요. AWS가 주소 5개를 미리 써요.",
            "Inside the VPC's block and apart from other subnets. AWS reserves five addresses.",
        ),
        field!(auto_assign_public_ip, "퍼블릭 IP 자동 할당", "Auto-assign public IP", Widget::Toggle)
            .property("MapPublicIpOnLaunch")
            .help("여기서 시작하는 인스턴스가 퍼블릭 IP를 받아요.", "Instances launched here get a public address."),
        field!(route_table, "라우팅 테이블", "Route table", Widget::Reference(&[Kind::RouteTable]))
            .of_same_vpc()
            .help("비워 두면 VPC의 기본 라우팅 테이블을 따라요.", "Empty means the VPC's main route table."),
        field!(network_acl, "네트워크 ACL", "Network ACL", Widget::Reference(&[Kind::NetworkAcl])).of_same_vpc().help(
            "비워 두면 모두 허용하는 기본 네트워크 ACL을 따라요.",
            "Empty means the VPC's default network ACL, which allows everything.",
        ),
    ];

    fn caption(&self) -> Option<String> {
        Some(self.cidr.to_string())
    }
}
