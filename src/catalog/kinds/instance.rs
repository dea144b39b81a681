//! An EC2 instance with its volumes.

use std::net::Ipv4Addr;

use crate::catalog::launch::{self, BlockDevice, VolumeType, launch_fields};
use crate::catalog::{Category, Field, Kind, Placement, Resource, Shape, Spec, Widget, columns};
use crate::id::NodeId;
use crate::text::{Text, t};
use crate::{choices, field};

choices! {
    /// Whether an instance gets a public address at launch.
    pub enum PublicIp {
        SubnetDefault = "subnet" ("서브넷 설정대로", "As the subnet says"),
        Yes = "yes" ("할당", "Assign"),
        No = "no" ("할당 안 함", "Do not assign"),
    }
}

/// A virtual server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instance {
    /// Family and size: `t3.micro`.
    pub instance_type: String,
    /// Image: an id of [`amis`], a literal `ami-…`, or a public SSM parameter path.
    pub ami: String,
    /// The machine image it starts from instead, made from another instance.
    pub image: Option<NodeId>,
    /// Key for SSH.
    pub key_pair: Option<NodeId>,
    /// The interface that it has as its own, where that exists by itself: its groups and addresses count, and none that are said here.
    pub primary_interface: Option<NodeId>,
    /// Groups of its primary interface; empty means the VPC's default group.
    pub security_groups: Vec<NodeId>,
    /// The role it carries.
    pub instance_profile: Option<NodeId>,
    /// Public address at launch.
    pub public_ip: PublicIp,
    /// Fixed private address; AWS chooses one otherwise.
    pub private_ip: Option<Ipv4Addr>,
    /// The public address it has, where that is known from AWS.
    pub public_address: Option<Ipv4Addr>,
    /// Whether it is stopped, where that is known from AWS.
    pub stopped: bool,
    /// Whether it drops packets that are neither from nor for itself; off for a NAT instance.
    pub source_dest_check: bool,
    /// Root volume in GiB.
    pub root_size: u32,
    /// Root volume type.
    pub root_type: VolumeType,
    /// Whether the root volume goes with the instance.
    pub root_delete: bool,
    /// Whether the root volume is encrypted.
    pub root_encrypted: bool,
    /// Further volumes.
    pub volumes: Vec<BlockDevice>,
    /// Script of the first boot.
    pub user_data: String,
    /// Whether metrics come every minute, at extra cost.
    pub detailed_monitoring: bool,
}

impl Default for Instance {
    fn default() -> Self {
        Self {
            instance_type: "t3.micro".to_owned(),
            ami: "al2023-x86_64".to_owned(),
            image: None,
            key_pair: None,
            primary_interface: None,
            security_groups: Vec::new(),
            instance_profile: None,
            public_ip: PublicIp::SubnetDefault,
            private_ip: None,
            public_address: None,
            stopped: false,
            source_dest_check: true,
            root_size: 8,
            root_type: VolumeType::Gp3,
            root_delete: true,
            root_encrypted: true,
            volumes: Vec::new(),
            user_data: String::new(),
            detailed_monitoring: false,
        }
    }
}

/// Whether the instance decides itself what its primary interface has.
fn has_own(of: &Instance) -> bool {
    of.primary_interface.is_none()
}

impl Resource for Instance {
    const KIND: Kind = Kind::Instance;
    const SPEC: Spec = Spec {
        id: "instance",
        label: t("EC2 인스턴스", "EC2 instance"),
        category: Category::Compute,
        cloudformation_type: "AWS::EC2::Instance",
        placement: Placement { root: false, parents: &[Kind::Subnet] },
        shape: Shape::Tile,
        ancestors: &[(Kind::Subnet, "SubnetId")],
        tags: true,
        keywords: &["ec2", "server", "서버", "bastion", "배스천", "가상 머신", "ebs"],
    };
    const SUMMARY: Text = t("서브넷 안에서 도는 가상 서버예요.", "A virtual server in a subnet.");
    const SOURCE: &'static str = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Instances.html";
    const FIELDS: &'static [Field<Self>] = launch_fields![""
        ; field!(instance_type, "인스턴스 유형", "Instance type", Widget::Suggest(launch::types)).property("InstanceType").help(
            "vCPU와 메모리를 정해요. 실습에는 t3.micro면 충분해요.",
            "Sets vCPUs and memory. t3.micro is enough for practice.",
        ),
        field!(primary_interface, "기본 네트워크 인터페이스", "Primary network interface", Widget::Reference(&[Kind::NetworkInterface]))
            .when(|of: &Self| of.primary_interface.is_some())
            .help(
                "따로 만든 인터페이스를 0번 장치로 써요. 보안 그룹과 주소는 그 인터페이스에서 정해요.",
                "An interface made by itself is device 0. It decides the groups and addresses.",
            ),
        field!(public_ip, "퍼블릭 IP", "Public IP", Widget::Choice(PublicIp::CHOICES)).when(has_own).help(
            "중지했다 시작하면 바뀌어요. 고정하려면 탄력적 IP를 쓰세요.",
            "Changes on stop and start. Use an Elastic IP to keep it.",
        )
        ; field!(private_ip, "프라이빗 IP", "Private IP", Widget::Line)
            .property("PrivateIpAddress")
            .when(has_own)
            .help("비워 두면 서브넷에서 하나를 받아요.", "Empty takes one from the subnet."),
        field!(public_address, "퍼블릭 주소", "Public address", Widget::Line).help(
            "AWS에서 읽어 온 퍼블릭 주소예요. 새로 만들 때는 비워 두면 AWS가 정해요.",
            "The public address read from AWS. Leave it empty for a new instance: AWS chooses one.",
        ),
        field!(stopped, "중지됨", "Stopped", Widget::Toggle)
            .when(|of: &Self| of.stopped)
            .help("AWS에서 읽었을 때 꺼져 있었어요. 꺼진 인스턴스는 아무것도 보내거나 받지 못해요.", "It was off when it was read from AWS. A stopped instance sends and answers nothing."),
        field!(source_dest_check, "원본/대상 확인", "Source/destination check", Widget::Toggle)
            .property("SourceDestCheck")
            .when(has_own)
            .help("NAT 인스턴스처럼 남의 패킷을 전달하려면 꺼요.", "Turn off to forward others' packets, as a NAT instance does.")
        ; field!(detailed_monitoring, "세부 모니터링", "Detailed monitoring", Widget::Toggle)
            .property("Monitoring")
            .help("지표를 1분마다 받아요. 요금이 들어요.", "Metrics every minute, at extra cost."),
    ];

    fn bare() -> Self {
        Self { root_encrypted: false, ..Self::default() }
    }

    fn caption(&self) -> Option<String> {
        Some(self.instance_type.clone())
    }
}
