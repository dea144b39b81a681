//! An instance profile: how an instance carries a role.

use crate::catalog::permissions::{IamName, fixed_name};
use crate::catalog::{Category, Field, Kind, Placement, Resource, Shape, Spec, Widget};
use crate::field;
use crate::id::NodeId;
use crate::text::{Text, t};

/// Hands a role to instances.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InstanceProfile {
    /// The role it hands over; a profile has exactly one.
    pub role: Option<NodeId>,
    /// Its name in the account; empty lets CloudFormation choose one.
    pub profile_name: IamName,
}

impl Resource for InstanceProfile {
    const KIND: Kind = Kind::InstanceProfile;
    const SPEC: Spec = Spec {
        id: "instance_profile",
        label: t("인스턴스 프로파일", "Instance profile"),
        category: Category::Security,
        cloudformation_type: "AWS::IAM::InstanceProfile",
        placement: Placement { root: true, parents: &[Kind::Region] },
        shape: Shape::Tile,
        ancestors: &[],
        tags: false,
        keywords: &["iam", "role of the instance", "인스턴스 역할", "ec2 role"],
    };
    const SUMMARY: Text = t(
        "역할을 EC2 인스턴스에 건네는 그릇이에요. 콘솔에서는 역할을 고르면 저절로 만들어져요.",
        "The container in which an EC2 instance carries a role. The console makes one when you choose a role.",
    );
    const SOURCE: &'static str =
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_switch-role-ec2_instance-profiles.html";
    const FIELDS: &'static [Field<Self>] = &[
        field!(role, "역할", "Role", Widget::Reference(&[Kind::IamRole])).property("Roles.0").help(
            "인스턴스가 맡을 역할이에요. EC2를 신뢰해야 해요.",
            "The role that instances take on. It must trust EC2.",
        ),
        fixed_name!(profile_name, "InstanceProfileName"),
    ];
}
