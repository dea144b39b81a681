//! An elastic network interface beside the primary one of an instance.

use std::net::Ipv4Addr;

use crate::catalog::{Category, Field, Kind, Placement, Resource, Shape, Spec, Widget};
use crate::field;
use crate::id::NodeId;
use crate::text::{Text, t};

/// A network card of its own: a further one of an instance, or one that waits for an instance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworkInterface {
    /// The instance it is attached to.
    pub instance: Option<NodeId>,
    /// Fixed private address; AWS chooses one otherwise.
    pub private_ip: Option<Ipv4Addr>,
    /// Its groups; empty means the VPC's default group.
    pub security_groups: Vec<NodeId>,
    /// Whether it drops packets that are neither from nor for itself.
    pub source_dest_check: bool,
    /// The public address it has, where that is known from AWS.
    pub public_address: Option<Ipv4Addr>,
}

impl Default for NetworkInterface {
    fn default() -> Self {
        Self {
            instance: None,
            private_ip: None,
            security_groups: Vec::new(),
            source_dest_check: true,
            public_address: None,
        }
    }
}

impl Resource for NetworkInterface {
    const KIND: Kind = Kind::NetworkInterface;
    const SPEC: Spec = Spec {
        id: "network_interface",
        label: t("네트워크 인터페이스", "Network interface"),
        category: Category::Network,
        cloudformation_type: "AWS::EC2::NetworkInterface",
        placement: Placement { root: false, parents: &[Kind::Subnet] },
        shape: Shape::Tile,
        ancestors: &[(Kind::Subnet, "SubnetId")],
        tags: true,
        keywords: &["eni", "network card", "랜카드", "인터페이스"],
    };
    const SUMMARY: Text = t(
        "인스턴스에 더 붙이는 네트워크 카드(ENI)예요. 다른 서브넷에 있어도 되고, 떼어서 다른 인스턴스에 붙일 수 있어요.",
        "A further network card (ENI) of an instance. It may stand in another subnet and move to another instance.",
    );
    const SOURCE: &'static str = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-eni.html";
    const FIELDS: &'static [Field<Self>] = &[
        field!(instance, "인스턴스", "Instance", Widget::Reference(&[Kind::Instance])).help(
            "이 인터페이스가 붙을 인스턴스예요. 같은 가용 영역에 있어야 해요.",
            "The instance it is attached to, in the same zone.",
        ),
        field!(private_ip, "프라이빗 IP", "Private IP", Widget::Line)
            .property("PrivateIpAddress")
            .help("비워 두면 서브넷에서 하나를 받아요.", "Empty takes one from the subnet."),
        field!(security_groups, "보안 그룹", "Security groups", Widget::References(&[Kind::SecurityGroup]))
            .of_same_vpc()
            .property("GroupSet")
            .help(
                "여러 개면 규칙이 합쳐져요. 비우면 VPC의 기본 보안 그룹이에요.",
                "Rules of several groups add up. Empty means the VPC's default group.",
            ),
        field!(source_dest_check, "원본/대상 확인", "Source/destination check", Widget::Toggle)
            .property("SourceDestCheck")
            .help(
                "방화벽처럼 남의 패킷을 전달하려면 꺼요.",
                "Turn off to forward others' packets, as a firewall does.",
            ),
        field!(public_address, "퍼블릭 주소", "Public address", Widget::Line).help(
            "AWS에서 읽어 온 퍼블릭 주소예요. 새로 만들 때는 비워 두고 탄력적 IP를 연결해요.",
            "The public address read from AWS. Leave it empty for a new one and attach an Elastic IP.",
        ),
    ];

    fn caption(&self) -> Option<String> {
        self.private_ip.map(|address| address.to_string())
    }
}
