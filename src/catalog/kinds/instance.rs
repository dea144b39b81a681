//! An EC2 instance with its volumes.

use std::net::Ipv4Addr;

use crate::catalog::data::{amis, instance_types};
use crate::catalog::{Category, Field, Kind, Placement, Record, Resource, Shape, Spec, Suggestion, Widget, columns};
use crate::cloudformation::{Emit, Group, Json, Object, Parameter, Read, object, pascal};
use crate::id::NodeId;
use crate::text::{Message, t};
use crate::{choices, field, record};

choices! {
    /// Whether an instance gets a public address at launch.
    pub enum PublicIp {
        SubnetDefault = "subnet" ("서브넷 설정대로", "As the subnet says"),
        Yes = "yes" ("할당", "Assign"),
        No = "no" ("할당 안 함", "Do not assign"),
    }
}

choices! {
    /// The volume types of EBS.
    pub enum VolumeType {
        Gp3 = "gp3" ("범용 SSD gp3", "General purpose SSD gp3"),
        Gp2 = "gp2" ("범용 SSD gp2", "General purpose SSD gp2"),
        Io1 = "io1" ("프로비저닝된 IOPS SSD io1", "Provisioned IOPS SSD io1"),
        Io2 = "io2" ("프로비저닝된 IOPS SSD io2", "Provisioned IOPS SSD io2"),
        St1 = "st1" ("처리량 최적화 HDD st1", "Throughput optimised HDD st1"),
        Sc1 = "sc1" ("콜드 HDD sc1", "Cold HDD sc1"),
    }
}

/// An EBS volume beside the root volume, created with the instance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Volume {
    /// Device name: `/dev/sdf` to `/dev/sdp`.
    pub device: String,
    /// Size in GiB.
    pub size: u32,
    /// Type.
    pub volume_type: VolumeType,
    /// Whether it goes when the instance is terminated.
    pub delete_on_termination: bool,
    /// Whether it is encrypted at rest.
    pub encrypted: bool,
}

impl Default for Volume {
    fn default() -> Self {
        Self { device: "/dev/sdf".to_owned(), size: 8, volume_type: VolumeType::Gp3, delete_on_termination: true, encrypted: true }
    }
}

impl Record for Volume {
    const COLUMNS: &'static [Field<Self>] = &[
        field!(device, "디바이스 이름", "Device name", Widget::Line)
            .property("DeviceName")
            .help("/dev/sdf부터 /dev/sdp까지 권장해요.", "/dev/sdf to /dev/sdp are recommended."),
        field!(size, "크기", "Size", Widget::Number { min: 1, max: 65_536, unit: t("GiB", "GiB") })
            .property("Ebs.VolumeSize")
            .help("볼륨 크기예요.", "Size of the volume."),
        field!(volume_type, "볼륨 유형", "Volume type", Widget::Choice(VolumeType::CHOICES))
            .property("Ebs.VolumeType")
            .help("보통은 gp3가 알맞아요.", "gp3 suits most uses."),
        field!(delete_on_termination, "종료 시 삭제", "Delete on termination", Widget::Toggle)
            .property("Ebs.DeleteOnTermination")
            .help("끄면 인스턴스를 종료해도 볼륨이 남고 요금이 들어요.", "Off keeps the volume, and its cost, after termination."),
        field!(encrypted, "암호화", "Encrypted", Widget::Toggle)
            .property("Ebs.Encrypted")
            .help("저장된 데이터를 암호화해요.", "Encrypts data at rest."),
    ];
}
record!(Volume);

/// A virtual server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instance {
    /// Family and size: `t3.micro`.
    pub instance_type: String,
    /// Image: an id of [`amis`], a literal `ami-…`, or a public SSM parameter path.
    pub ami: String,
    /// Key for SSH.
    pub key_pair: Option<NodeId>,
    /// Groups of its primary interface; empty means the VPC's default group.
    pub security_groups: Vec<NodeId>,
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
    pub volumes: Vec<Volume>,
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
            key_pair: None,
            security_groups: Vec::new(),
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
    /// The volumes as block device mappings, the root volume first.
    fn mappings(&self, emit: &Emit<'_>) -> Vec<Json> {
        let image = amis::ami(&self.ami);
        let amazon_linux = image.is_none_or(|image| image.user == "ec2-user");
        let root = Volume {
            device: if amazon_linux { "/dev/xvda" } else { "/dev/sda1" }.to_owned(),
            size: self.root_size,
            volume_type: self.root_type,
            delete_on_termination: self.root_delete,
            encrypted: self.root_encrypted,
        };
        let mapping = |volume: &Volume| {
            let mut json = Json::Object(emit.row(volume));
            let ebs = json.get_mut("Ebs").and_then(Json::as_object_mut);
            if let (VolumeType::Io1 | VolumeType::Io2, Some(ebs)) = (volume.volume_type, ebs) {
                // Provisioned volumes must say how much; 50 a GiB is what the smallest may have.
                ebs.insert("Iops".to_owned(), volume.size.saturating_mul(50).clamp(100, 3000).into());
            }
            json
        };
        std::iter::once(&root).chain(&self.volumes).map(mapping).collect()
    }

    /// The image as a parameter that finds the newest one at deployment, or as it is written.
    fn image(&self, emit: &mut Emit<'_>) -> Json {
        let image = amis::ami(&self.ami);
        let path = image.map_or(self.ami.as_str(), |image| image.ssm_path);
        if !path.starts_with('/') {
            return path.into();
        }
        let parameter = Parameter {
            group: Group::Servers,
            type_name: "AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>",
            default: path.to_owned(),
            description: format!("Public parameter with the newest image: {}", image.map_or("your own", |image| image.label.en)),
            pattern: "",
        };
        emit.parameter(format!("Image{}", pascal(&self.ami)), parameter)
    }

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

    /// What must be there before the first boot: a way to the internet, where a script downloads something or an address is public.
    fn waits(&self, emit: &mut Emit<'_>) {
        let (context, node) = (emit.context(), emit.node());
        let subnet = context.subnet_of(node).map(|(id, _)| id);
        let table = subnet.and_then(|subnet| context.route_table_of(subnet));
        let way = table.and_then(|(id, table)| {
            let route = table.routes.iter().find(|route| route.is_default())?;
            // A route through this very instance waits for it, not the other way round.
            let target = context.design.node(route.target?)?.kind();
            (target != Kind::Instance).then(|| emit.part_id(id, &route.suffix()))
        });
        if let (false, Some(subnet), Some(way)) = (self.user_data.is_empty(), subnet, way) {
            emit.depends_on(Some(way));
            emit.depends_on(Some(emit.part_id(subnet, "RouteTableAssociation")));
        } else if self.is_public(emit) {
            emit.depends_on(context.vpc_of(node).and_then(|(vpc, _)| emit.attachment_of(vpc)));
        }
    }
}

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
    const FIELDS: &'static [Field<Self>] = &[
        field!(instance_type, "인스턴스 유형", "Instance type", Widget::Suggest(types)).property("InstanceType").help(
            "vCPU와 메모리를 정해요. 실습에는 t3.micro면 충분해요.",
            "Sets vCPUs and memory. t3.micro is enough for practice.",
        ),
        field!(ami, "AMI", "AMI", Widget::Suggest(images)).help(
            "운영 체제 이미지예요. 목록의 이미지는 배포할 때 최신으로 찾아요.",
            "The operating system image. Listed images resolve to the latest at deployment.",
        ),
        field!(key_pair, "키 페어", "Key pair", Widget::Reference(&[Kind::KeyPair]))
            .property("KeyName")
            .help("SSH로 접속하려면 필요해요.", "Needed to sign in by SSH."),
        field!(security_groups, "보안 그룹", "Security groups", Widget::References(&[Kind::SecurityGroup])).property("SecurityGroupIds").help(
            "여러 개면 규칙이 합쳐져요. 비우면 VPC의 기본 보안 그룹이에요.",
            "Rules of several groups add up. Empty means the VPC's default group.",
        ),
        field!(public_ip, "퍼블릭 IP", "Public IP", Widget::Choice(PublicIp::CHOICES)).help(
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
            .help("NAT 인스턴스처럼 남의 패킷을 전달하려면 꺼요.", "Turn off to forward others' packets, as a NAT instance does."),
        field!(root_size, "루트 볼륨 크기", "Root volume size", Widget::Number { min: 1, max: 65_536, unit: t("GiB", "GiB") })
            .help("운영 체제가 있는 디스크예요.", "The disk with the operating system."),
        field!(root_type, "루트 볼륨 유형", "Root volume type", Widget::Choice(VolumeType::CHOICES))
            .help("보통은 gp3가 알맞아요.", "gp3 suits most uses."),
        field!(root_delete, "종료 시 루트 볼륨 삭제", "Delete root volume on termination", Widget::Toggle)
            .help("끄면 인스턴스를 종료해도 볼륨이 남아요.", "Off keeps the volume after termination."),
        field!(root_encrypted, "루트 볼륨 암호화", "Encrypt root volume", Widget::Toggle)
            .help("저장된 데이터를 암호화해요.", "Encrypts data at rest."),
        field!(volumes, "추가 볼륨", "Additional volumes", Widget::Table(columns::<Volume>))
            .help("루트 볼륨과 따로 붙는 EBS 볼륨이에요.", "EBS volumes beside the root volume."),
        field!(user_data, "사용자 데이터", "User data", Widget::Lines).help(
            "처음 켜질 때 실행되는 스크립트예요. #!/bin/bash로 시작해요.",
            "A script that runs at first boot. Starts with #!/bin/bash.",
        ),
        field!(detailed_monitoring, "세부 모니터링", "Detailed monitoring", Widget::Toggle)
            .property("Monitoring")
            .help("지표를 1분마다 받아요. 요금이 들어요.", "Metrics every minute, at extra cost."),
    ];

    fn export(&self, emit: &mut Emit<'_>) {
        let image = self.image(emit);
        emit.put("ImageId", image);
        if emit.is_usual_type(&self.instance_type) {
            let parameter = Parameter {
                group: Group::Servers,
                type_name: "String",
                default: self.instance_type.clone(),
                description: "Instance type of most servers".to_owned(),
                pattern: r"^[a-z0-9-]+\.[a-z0-9-]+$",
            };
            let usual = emit.parameter("InstanceType", parameter);
            emit.put("InstanceType", usual);
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
        let mappings = self.mappings(emit);
        emit.put("BlockDeviceMappings", mappings);
        emit.put("PropagateTagsToVolumeOnCreation", true);
        if !self.user_data.is_empty() {
            emit.put("UserData", object([("Fn::Base64", Some(self.user_data.as_str().into()))]));
        }
        self.waits(emit);
        let node = emit.node();
        let fixed = emit.context().all::<super::ElasticIp>().any(|(_, _, address)| address.instance == Some(node));
        if self.is_public(emit) && !fixed {
            emit.output("PublicIp", format!("Public address of {}", emit.logical()), emit.attribute_of(node, "PublicIp"));
        }
    }

    fn import(&mut self, read: &Read<'_>) -> Result<(), Message> {
        if let Some(image) = read.get("ImageId").and_then(|image| read.text(image)) {
            self.ami = amis::ami_by_ssm_path(&image).map_or(image, |ami| ami.id.to_owned());
        }
        if let Some(interface) = read.list("NetworkInterfaces").first() {
            let public = interface.get("AssociatePublicIpAddress").and_then(Json::as_bool);
            self.public_ip = public.map_or(PublicIp::SubnetDefault, |yes| if yes { PublicIp::Yes } else { PublicIp::No });
            let groups = interface.get("GroupSet").and_then(Json::as_array).into_iter().flatten();
            self.security_groups = groups.filter_map(|group| read.node(group)).collect();
            let address = interface.get("PrivateIpAddress").and_then(|address| read.text(address));
            self.private_ip = address.and_then(|address| address.parse().ok());
        }
        let mappings: Vec<Volume> = read.list("BlockDeviceMappings").iter().map(|row| read.row(row)).collect::<Result<_, _>>()?;
        if let Some((root, others)) = mappings.split_first() {
            (self.root_size, self.root_type) = (root.size, root.volume_type);
            (self.root_delete, self.root_encrypted) = (root.delete_on_termination, root.encrypted);
            self.volumes = others.to_vec();
        }
        self.user_data = read.get("UserData").and_then(|script| read.text(script)).unwrap_or_default();
        Ok(())
    }

    fn caption(&self) -> Option<String> {
        Some(self.instance_type.clone())
    }
}

fn types() -> Vec<Suggestion> {
    let proposal = |kind: &instance_types::InstanceType| Suggestion {
        value: kind.name.to_owned(),
        label: crate::message!("vCPU {}, 메모리 {}GiB", "{} vCPU, {} GiB", kind.vcpus, f64::from(kind.memory_mib) / 1024.0),
    };
    instance_types::INSTANCE_TYPES.iter().map(proposal).collect()
}

fn images() -> Vec<Suggestion> {
    let proposal = |image: &amis::Ami| Suggestion {
        value: image.id.to_owned(),
        label: image.label.into(),
    };
    amis::AMIS.iter().map(proposal).collect()
}
