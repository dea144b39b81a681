//! An EC2 instance with its volumes.

use std::net::Ipv4Addr;

use crate::catalog::launch::{self, BlockDevice, VolumeType, launch_fields, launched};
use crate::catalog::{Category, Field, Kind, Placement, Resource, Shape, Spec, Widget, columns};
use crate::cloudformation::{Emit, Read};
use crate::id::NodeId;
use crate::template::{Json, Object};
use crate::text::{Message, t};
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
            security_groups: Vec::new(),
            instance_profile: None,
            public_ip: PublicIp::SubnetDefault,
            private_ip: None,
            public_address: None,
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

impl Instance {
    /// Whether it gets a public address at launch.
    fn is_public(&self, emit: &Emit<'_>) -> bool {
        match self.public_ip {
            PublicIp::Yes => true,
            PublicIp::No => false,
            PublicIp::SubnetDefault => {
                emit.context().subnet_of(emit.node()).is_some_and(|(_, subnet)| subnet.auto_assign_public_ip)
            }
        }
    }

    /// What must be there before the first boot.
    fn waits(&self, emit: &mut Emit<'_>) {
        let public = self.is_public(emit);
        if let Some((subnet, _)) = emit.context().subnet_of(emit.node()) {
            launch::wait_for_way_out(emit, subnet, !self.user_data.is_empty(), public);
        }
    }
}

launched!(Instance, "");

impl Resource for Instance {
    const KIND: Kind = Kind::Instance;
    const SPEC: Spec = Spec {
        id: "instance",
        label: t("EC2 인스턴스", "EC2 instance"),
        summary: t("서브넷 안에서 도는 가상 서버예요.", "A virtual server in a subnet."),
        category: Category::Compute,
        cloudformation_type: "AWS::EC2::Instance",
        placement: Placement { root: false, parents: &[Kind::Subnet] },
        shape: Shape::Tile,
        ancestors: &[(Kind::Subnet, "SubnetId")],
        tags: true,
        keywords: &["ec2", "server", "서버", "bastion", "배스천", "가상 머신", "ebs"],
        source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Instances.html",
    };
    const FIELDS: &'static [Field<Self>] = launch_fields![""
        ; field!(instance_type, "인스턴스 유형", "Instance type", Widget::Suggest(launch::types)).property("InstanceType").help(
            "vCPU와 메모리를 정해요. 실습에는 t3.micro면 충분해요.",
            "Sets vCPUs and memory. t3.micro is enough for practice.",
        )
        ; field!(public_ip, "퍼블릭 IP", "Public IP", Widget::Choice(PublicIp::CHOICES)).help(
            "중지했다 시작하면 바뀌어요. 고정하려면 탄력적 IP를 쓰세요.",
            "Changes on stop and start. Use an Elastic IP to keep it.",
        ),
        field!(private_ip, "프라이빗 IP", "Private IP", Widget::Line)
            .property("PrivateIpAddress")
            .help("비워 두면 서브넷에서 하나를 받아요.", "Empty takes one from the subnet."),
        field!(public_address, "퍼블릭 주소", "Public address", Widget::Line).help(
            "AWS에서 읽어 온 퍼블릭 주소예요. 새로 만들 때는 비워 두면 AWS가 정해요.",
            "The public address read from AWS. Leave it empty for a new instance: AWS chooses one.",
        ),
        field!(source_dest_check, "원본/대상 확인", "Source/destination check", Widget::Toggle)
            .property("SourceDestCheck")
            .help("NAT 인스턴스처럼 남의 패킷을 전달하려면 꺼요.", "Turn off to forward others' packets, as a NAT instance does.")
        ; field!(detailed_monitoring, "세부 모니터링", "Detailed monitoring", Widget::Toggle)
            .property("Monitoring")
            .help("지표를 1분마다 받아요. 요금이 들어요.", "Metrics every minute, at extra cost."),
    ];

    fn bare() -> Self {
        Self { root_encrypted: false, ..Self::default() }
    }

    fn export(&self, emit: &mut Emit<'_>) {
        self.put_launch(emit);
        if let Some(profile) = self.instance_profile.and_then(|profile| emit.refer(profile)) {
            emit.put("IamInstanceProfile", profile);
        }
        if self.public_ip != PublicIp::SubnetDefault {
            // An address that the subnet does not decide is a property of the network interface, which then takes the rest over too.
            let mut interface = Object::new();
            interface.insert("DeviceIndex".to_owned(), "0".into());
            interface.insert("AssociatePublicIpAddress".to_owned(), (self.public_ip == PublicIp::Yes).into());
            for (property, at) in
                [("SubnetId", "SubnetId"), ("SecurityGroupIds", "GroupSet"), ("PrivateIpAddress", "PrivateIpAddress")]
            {
                interface.extend(emit.take(property).map(|value| (at.to_owned(), value)));
            }
            emit.put("NetworkInterfaces", vec![Json::Object(interface)]);
        }
        emit.put("PropagateTagsToVolumeOnCreation", true);
        self.waits(emit);
        let node = emit.node();
        let fixed = emit.context().all::<super::ElasticIp>().any(|(_, _, address)| address.instance == Some(node));
        if self.is_public(emit) && !fixed {
            emit.output(
                "PublicIp",
                format!("Public address of {}", emit.logical()),
                emit.attribute_of(node, "PublicIp"),
            );
        }
    }

    fn import(&mut self, read: &Read<'_>) -> Result<(), Message> {
        self.instance_profile = read.get("IamInstanceProfile").and_then(|profile| read.node(profile));
        if let Some(interface) = read.list("NetworkInterfaces").first() {
            let address = interface.get("PrivateIpAddress").and_then(|address| read.text(address));
            self.private_ip = address.and_then(|address| address.parse().ok());
        }
        self.read_launch(read, "GroupSet")
    }

    fn caption(&self) -> Option<String> {
        Some(self.instance_type.clone())
    }
}
