//! What launching asks for, whether an instance is drawn or a template launches it: an image, a type, a key, a profile and volumes.

use super::data::{amis, instance_types};
use super::{Field, Record, Suggestion, Widget};
use crate::text::t;
use crate::{choices, field, record};

choices! {
    /// The volume types of EBS.
    pub enum VolumeType {
        Gp3 = "gp3" ("범용 SSD gp3", "General purpose SSD gp3"),
        Gp2 = "gp2" ("범용 SSD gp2", "General purpose SSD gp2"),
        Io1 = "io1" ("프로비저닝된 IOPS SSD io1", "Provisioned IOPS SSD io1"),
        Io2 = "io2" ("프로비저닝된 IOPS SSD io2", "Provisioned IOPS SSD io2"),
        St1 = "st1" ("처리량 최적화 HDD st1", "Throughput Optimized HDD st1"),
        Sc1 = "sc1" ("콜드 HDD sc1", "Cold HDD sc1"),
    }
}

/// An EBS volume beside the root volume, created with the instance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockDevice {
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

impl Default for BlockDevice {
    fn default() -> Self {
        Self {
            device: "/dev/sdf".to_owned(),
            size: 8,
            volume_type: VolumeType::Gp3,
            delete_on_termination: true,
            encrypted: true,
        }
    }
}

impl Record for BlockDevice {
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
            .help(
                "끄면 인스턴스를 종료해도 볼륨이 남고 요금이 들어요.",
                "Off keeps the volume, and its cost, after termination.",
            ),
        field!(encrypted, "암호화", "Encrypted", Widget::Toggle)
            .property("Ebs.Encrypted")
            .help("저장된 데이터를 암호화해요.", "Encrypts data at rest."),
    ];
}
record!(BlockDevice);

/// The fields that an instance and a launch template share. `$at` is what their properties begin with in the template.
macro_rules! launch_fields {
    ($at:literal; $($first:expr),*; $($middle:expr),*; $($last:expr),* $(,)?) => {
        &[
            $($first,)*
            field!(ami, "AMI", "AMI", Widget::Suggest(launch::images)).help(
                "운영 체제 이미지예요. 목록의 이미지는 배포할 때 최신으로 찾아요.",
                "The operating system image. Listed images resolve to the latest at deployment.",
            ),
            field!(image, "내 AMI", "AMI of my own", Widget::Reference(&[Kind::MachineImage])).help(
                "인스턴스로 만든 AMI예요. 고르면 위의 AMI 대신 써요.",
                "An AMI made from an instance. Used in place of the one above.",
            ),
            field!(key_pair, "키 페어", "Key pair", Widget::Reference(&[Kind::KeyPair]))
                .property(concat!($at, "KeyName"))
                .help("SSH로 접속하려면 필요해요.", "Needed to sign in by SSH."),
            field!(security_groups, "보안 그룹", "Security groups", Widget::References(&[Kind::SecurityGroup])).of_same_vpc()
                .property(concat!($at, "SecurityGroupIds"))
                .help(
                    "여러 개면 규칙이 합쳐져요. 비우면 VPC의 기본 보안 그룹이에요.",
                    "Rules of several groups add up. Empty means the VPC's default group.",
                ),
            field!(instance_profile, "인스턴스 프로파일(역할)", "Instance profile (role)", Widget::Reference(&[Kind::InstanceProfile])).help(
                "서버가 AWS를 쓸 때의 권한이에요. 액세스 키를 서버에 두지 마세요.",
                "What the server may do in AWS. Put no access keys on servers.",
            ),
            $($middle,)*
            field!(root_size, "루트 볼륨 크기", "Root volume size", Widget::Number { min: 1, max: 65_536, unit: t("GiB", "GiB") })
                .help("운영 체제가 있는 디스크예요.", "The disk with the operating system."),
            field!(root_type, "루트 볼륨 유형", "Root volume type", Widget::Choice(VolumeType::CHOICES))
                .help("보통은 gp3가 알맞아요.", "gp3 suits most uses."),
            field!(root_delete, "종료 시 루트 볼륨 삭제", "Delete root volume on termination", Widget::Toggle)
                .help("끄면 인스턴스를 종료해도 볼륨이 남아요.", "Off keeps the volume after termination."),
            field!(root_encrypted, "루트 볼륨 암호화", "Encrypt root volume", Widget::Toggle)
                .help("저장된 데이터를 암호화해요.", "Encrypts data at rest."),
            field!(volumes, "추가 볼륨", "Additional volumes", Widget::Table(columns::<BlockDevice>))
                .help("루트 볼륨과 따로 붙는 EBS 볼륨이에요.", "EBS volumes beside the root volume."),
            field!(user_data, "사용자 데이터", "User data", Widget::Lines).help(
                "처음 켜질 때 실행되는 스크립트예요. #!/bin/bash로 시작해요.",
                "A script that runs at first boot. Starts with #!/bin/bash.",
            ),
            $($last,)*
        ]
    };
}
pub(super) use launch_fields;

/// Instance types to choose from.
pub fn types() -> Vec<Suggestion> {
    let proposal = |kind: &instance_types::InstanceType| Suggestion {
        value: kind.name.to_owned(),
        label: crate::message!(
            "vCPU {}, 메모리 {}GiB",
            "{} vCPU, {} GiB",
            kind.vcpus,
            f64::from(kind.memory_mib) / 1024.0
        ),
    };
    instance_types::INSTANCE_TYPES.iter().map(proposal).collect()
}

/// Public images to choose from.
pub fn images() -> Vec<Suggestion> {
    let proposal = |image: &amis::Ami| Suggestion { value: image.id.to_owned(), label: image.label.into() };
    amis::AMIS.iter().map(proposal).collect()
}
