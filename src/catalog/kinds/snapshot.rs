//! A snapshot of a volume. CloudFormation has no type for it: templates ask for its id.

use crate::catalog::{Category, Field, Kind, Placement, Resource, Shape, Spec, Widget};
use crate::field;
use crate::id::NodeId;
use crate::text::{Text, t};

/// A copy of a volume at one moment, from which volumes in any zone can be made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snapshot {
    /// The volume it is of, or the instance whose root volume it is of.
    pub source: Option<NodeId>,
}

impl Resource for Snapshot {
    const KIND: Kind = Kind::Snapshot;
    const SPEC: Spec = Spec {
        id: "snapshot",
        label: t("EBS 스냅샷", "EBS snapshot"),
        category: Category::Storage,
        cloudformation_type: "",
        placement: Placement { root: true, parents: &[Kind::Region] },
        shape: Shape::Tile,
        ancestors: &[],
        tags: false,
        keywords: &["ebs", "backup", "백업", "복구"],
    };
    const SUMMARY: Text = t(
        "어느 한 순간의 볼륨 백업이에요. 다른 가용 영역에서 볼륨으로 되살릴 수 있어요. 템플릿은 스냅샷 ID를 파라미터로 물어봐요.",
        "A backup of a volume at one moment, which becomes a volume again in any zone. Templates ask for its id as a parameter.",
    );
    const SOURCE: &'static str = "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-snapshots.html";
    const FIELDS: &'static [Field<Self>] =
        &[field!(source, "원본", "Source", Widget::Reference(&[Kind::Volume, Kind::Instance])).help(
            "백업할 볼륨이에요. 인스턴스를 고르면 그 루트 볼륨이에요.",
            "The volume that is backed up. An instance means its root volume.",
        )];
}
