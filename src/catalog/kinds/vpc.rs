//! A virtual private cloud.

use super::GroupRule;
use crate::catalog::{Category, Field, Kind, Placement, Resource, Shape, Spec, Widget, columns};
use crate::net::Cidr;
use crate::text::{Text, t};
use crate::{choices, field};

choices! {
    /// Whether instances share hardware with other customers.
    pub enum Tenancy {
        Default = "default" ("기본", "Default"),
        Dedicated = "dedicated" ("전용", "Dedicated"),
    }
}

/// An isolated network of its own address space.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vpc {
    /// Primary IPv4 block, /16 to /28.
    pub cidr: Cidr,
    /// Further blocks.
    pub secondary_cidrs: Vec<Cidr>,
    /// Whether the resolver at base + 2 answers.
    pub dns_support: bool,
    /// Whether instances with public addresses get public host names.
    pub dns_hostnames: bool,
    /// Default tenancy of instances.
    pub tenancy: Tenancy,
    /// What its default security group admits beside its own members.
    pub default_inbound: Vec<GroupRule>,
    /// What its default security group lets out beside everything, which it does by itself.
    pub default_outbound: Vec<GroupRule>,
}

impl Default for Vpc {
    fn default() -> Self {
        Self {
            cidr: Cidr::new(std::net::Ipv4Addr::new(10, 0, 0, 0), 16).unwrap_or(Cidr::ANY),
            secondary_cidrs: Vec::new(),
            dns_support: true,
            dns_hostnames: true,
            tenancy: Tenancy::Default,
            default_inbound: Vec::new(),
            default_outbound: Vec::new(),
        }
    }
}

impl Vpc {
    /// All its blocks, the primary first.
    pub fn cidrs(&self) -> impl Iterator<Item = Cidr> {
        std::iter::once(self.cidr).chain(self.secondary_cidrs.iter().copied())
    }

    /// What the id of a further block's own resource ends in.
    pub fn block_suffix(cidr: Cidr) -> String {
        format!("CidrBlock{}", cidr.to_string().replace(['.', '/'], "x"))
    }
}

impl Resource for Vpc {
    const KIND: Kind = Kind::Vpc;
    const SPEC: Spec = Spec {
        id: "vpc",
        label: t("VPC", "VPC"),
        category: Category::Network,
        cloudformation_type: "AWS::EC2::VPC",
        placement: Placement { root: true, parents: &[Kind::Region] },
        shape: Shape::Frame { w: 800.0, h: 600.0 },
        ancestors: &[],
        tags: true,
        keywords: &["virtual private cloud", "네트워크", "가상 사설 클라우드"],
    };
    const SUMMARY: Text = t(
        "주소 범위를 직접 정하는 나만의 가상 네트워크예요.",
        "Your own isolated virtual network with an address range you choose.",
    );
    const SOURCE: &'static str = "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html";
    const FIELDS: &'static [Field<Self>] = &[
        field!(cidr, "IPv4 CIDR 블록", "IPv4 CIDR block", Widget::Cidr).property("CidrBlock").help(
            "/16부터 /28까지 쓸 수 있어요. 프라이빗 주소(10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16)를 권장해요.",
            "From /16 to /28. Private ranges (10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16) are recommended.",
        ),
        field!(secondary_cidrs, "보조 CIDR 블록", "Secondary CIDR blocks", Widget::List).help(
            "주소가 모자랄 때 더하는 블록이에요. 기존 블록과 겹칠 수 없어요.",
            "Blocks added when addresses run out. They cannot overlap existing ones.",
        ),
        field!(dns_support, "DNS 확인", "DNS resolution", Widget::Toggle).property("EnableDnsSupport").help(
            "VPC의 DNS 서버(기본 주소 + 2)가 이름에 답해요.",
            "The VPC's DNS server (base address + 2) answers queries.",
        ),
        field!(dns_hostnames, "DNS 호스트 이름", "DNS hostnames", Widget::Toggle).property("EnableDnsHostnames").help(
            "퍼블릭 IP가 있는 인스턴스에 퍼블릭 DNS 이름을 줘요. 프라이빗 호스팅 영역에도 필요해요.",
            "Gives instances with public addresses a public DNS name. Private hosted zones need it too.",
        ),
        field!(tenancy, "테넌시", "Tenancy", Widget::Choice(Tenancy::CHOICES)).property("InstanceTenancy").help(
            "전용을 고르면 하드웨어를 혼자 쓰고 비용이 더 들어요.",
            "Dedicated runs instances on hardware of your own, at extra cost.",
        ),
        field!(default_inbound, "기본 보안 그룹 인바운드", "Default group inbound", Widget::Table(columns::<GroupRule>)).help(
            "보안 그룹을 고르지 않은 리소스가 받는 기본 보안 그룹에 더한 규칙이에요. 자기 구성원끼리는 늘 허용해요.",
            "Rules added to the default security group, which resources without a group get. It always admits its own members.",
        ),
        field!(default_outbound, "기본 보안 그룹 아웃바운드", "Default group outbound", Widget::Table(columns::<GroupRule>)).help(
            "기본 보안 그룹은 모두 내보내기 때문에 비워 두면 돼요.",
            "The default security group lets everything out by itself; leave it empty.",
        ),
    ];

    fn bare() -> Self {
        Self { dns_hostnames: false, ..Self::default() }
    }

    fn caption(&self) -> Option<String> {
        Some(self.cidr.to_string())
    }
}
