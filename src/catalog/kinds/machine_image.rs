//! An image made from an instance. CloudFormation has no type for it: templates ask for its id.

use crate::catalog::{Category, Field, Kind, Placement, Resource, Shape, Spec, Widget};
use crate::field;
use crate::id::NodeId;
use crate::text::{Text, t};

/// A copy of an instance's volumes from which others launch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MachineImage {
    /// The instance it is made from.
    pub instance: Option<NodeId>,
    /// Whether the instance goes on running while it is made.
    pub no_reboot: bool,
}

impl Resource for MachineImage {
    const KIND: Kind = Kind::MachineImage;
    const SPEC: Spec = Spec {
        id: "machine_image",
        label: t("AMI(내 이미지)", "AMI of my own"),
        category: Category::Compute,
        cloudformation_type: "",
        placement: Placement { root: true, parents: &[Kind::Region] },
        shape: Shape::Tile,
        ancestors: &[],
        tags: false,
        keywords: &["ami", "image", "golden image", "이미지", "복제"],
    };
    const SUMMARY: Text = t(
        "설정을 마친 인스턴스를 그대로 찍어 낸 이미지예요. 같은 서버를 더 띄울 때 써요. 템플릿은 이미지 ID를 파라미터로 물어봐요.",
        "An image of an instance that is set up, from which more of the same launch. Templates ask for its id as a parameter.",
    );
    const SOURCE: &'static str = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/creating-an-ami-ebs.html";
    const FIELDS: &'static [Field<Self>] = &[
        field!(instance, "원본 인스턴스", "Source instance", Widget::Reference(&[Kind::Instance]))
            .help("이 인스턴스의 볼륨으로 이미지를 만들어요.", "The image is made from this instance's volumes."),
        field!(no_reboot, "재부팅 안 함", "No reboot", Widget::Toggle).help(
            "켜면 서버가 멈추지 않지만, 디스크에 아직 쓰지 않은 데이터는 빠질 수 있어요.",
            "On, the server keeps running, and data not yet written to disk may be missing.",
        ),
    ];
}
