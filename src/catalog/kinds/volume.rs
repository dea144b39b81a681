//! An EBS volume of its own, which can be attached to an instance and taken off again.

use crate::catalog::launch::VolumeType;
use crate::catalog::{Category, Field, Kind, Placement, Resource, Shape, Spec, Widget};
use crate::id::NodeId;
use crate::text::{Text, t};
use crate::{choices, field};

choices! {
    /// What happens to a volume when its stack is deleted.
    pub enum OnDeletion {
        Snapshot = "Snapshot" ("스냅샷을 남겨요", "Leaves a snapshot"),
        Delete = "Delete" ("지워요", "Is deleted"),
        Retain = "Retain" ("그대로 둬요", "Stays"),
    }
}

/// A disk in one zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Volume {
    /// Size in GiB.
    pub size: u32,
    /// Type.
    pub volume_type: VolumeType,
    /// Operations a second; nothing where the type decides.
    pub iops: Option<u32>,
    /// MiB a second (gp3); nothing means 125.
    pub throughput: Option<u32>,
    /// Whether it is encrypted at rest.
    pub encrypted: bool,
    /// The snapshot it begins as.
    pub snapshot: Option<NodeId>,
    /// The instance it is attached to.
    pub instance: Option<NodeId>,
    /// Device name on that instance: `/dev/sdf` to `/dev/sdp`.
    pub device: String,
    /// What happens to it when the stack is deleted.
    pub on_deletion: OnDeletion,
}

impl Default for Volume {
    fn default() -> Self {
        Self {
            size: 10,
            volume_type: VolumeType::Gp3,
            iops: None,
            throughput: None,
            encrypted: true,
            snapshot: None,
            instance: None,
            device: "/dev/sdg".to_owned(),
            on_deletion: OnDeletion::Snapshot,
        }
    }
}

impl Volume {
    const fn takes_iops(&self) -> bool {
        matches!(self.volume_type, VolumeType::Gp3 | VolumeType::Io1 | VolumeType::Io2)
    }
}

impl Resource for Volume {
    const KIND: Kind = Kind::Volume;
    const SPEC: Spec = Spec {
        id: "volume",
        label: t("EBS 볼륨", "EBS volume"),
        category: Category::Storage,
        cloudformation_type: "AWS::EC2::Volume",
        placement: Placement { root: false, parents: &[Kind::Zone, Kind::Subnet] },
        shape: Shape::Tile,
        ancestors: &[],
        tags: true,
        keywords: &["ebs", "disk", "storage", "디스크", "하드디스크", "추가 볼륨"],
    };
    const SUMMARY: Text = t(
        "인스턴스에 붙이는 디스크예요. 같은 가용 영역의 인스턴스에만 붙고, 떼어서 다른 인스턴스에 붙일 수 있어요.",
        "A disk for an instance of the same zone. It can be taken off and attached to another.",
    );
    const SOURCE: &'static str = "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volumes.html";
    const FIELDS: &'static [Field<Self>] = &[
        field!(size, "크기", "Size", Widget::Number { min: 1, max: 65_536, unit: t("GiB", "GiB") })
            .property("Size")
            .help("나중에 늘릴 수는 있지만 줄일 수는 없어요.", "It can grow later and never shrink."),
        field!(volume_type, "볼륨 유형", "Volume type", Widget::Choice(VolumeType::CHOICES))
            .property("VolumeType")
            .help("보통은 gp3가 알맞아요.", "gp3 suits most uses."),
        field!(iops, "IOPS", "IOPS", Widget::Number { min: 100, max: 256_000, unit: t("", "") })
            .property("Iops")
            .when(Self::takes_iops)
            .help(
                "1초에 읽고 쓰는 횟수예요. gp3는 비우면 3,000이에요.",
                "Reads and writes a second. Empty means 3,000 for gp3.",
            ),
        field!(throughput, "처리량", "Throughput", Widget::Number { min: 125, max: 2000, unit: t("MiB/초", "MiB/s") })
            .property("Throughput")
            .when(|of: &Self| of.volume_type == VolumeType::Gp3)
            .help("비우면 초당 125MiB예요.", "Empty means 125 MiB a second."),
        field!(encrypted, "암호화", "Encrypted", Widget::Toggle)
            .property("Encrypted")
            .help("저장된 데이터를 암호화해요.", "Encrypts data at rest."),
        field!(snapshot, "스냅샷에서 만들기", "From snapshot", Widget::Reference(&[Kind::Snapshot]))
            .property("SnapshotId")
            .help("비우면 빈 볼륨이에요.", "Empty means a blank volume."),
        field!(instance, "인스턴스", "Instance", Widget::Reference(&[Kind::Instance])).help(
            "붙일 인스턴스예요. 같은 가용 영역에 있어야 해요.",
            "The instance it is attached to, in the same zone.",
        ),
        field!(device, "디바이스 이름", "Device name", Widget::Line)
            .when(|of: &Self| of.instance.is_some())
            .help("/dev/sdf부터 /dev/sdp까지 권장해요.", "/dev/sdf to /dev/sdp are recommended."),
        field!(on_deletion, "스택을 지울 때", "When the stack is deleted", Widget::Choice(OnDeletion::CHOICES))
            .help("남은 볼륨과 스냅샷에는 요금이 들어요.", "Volumes and snapshots that stay are billed."),
    ];

    fn bare() -> Self {
        Self { encrypted: false, ..Self::default() }
    }

    fn caption(&self) -> Option<String> {
        Some(format!("{} GiB", self.size))
    }
}
