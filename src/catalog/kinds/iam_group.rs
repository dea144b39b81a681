//! A group of IAM users.

use crate::catalog::permissions::{AwsPolicy, IamName, InlinePolicy, fixed_name, permission_fields};
use crate::catalog::{Category, Field, Kind, Placement, Resource, Shape, Spec, Widget, columns};
use crate::field;
use crate::id::NodeId;
use crate::text::{Text, t};

/// Gives its users permissions together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IamGroup {
    /// Its name in the account; empty lets CloudFormation choose one.
    pub group_name: IamName,
    /// Managed policies of AWS.
    pub aws_policies: Vec<AwsPolicy>,
    /// Managed policies of one's own.
    pub policies: Vec<NodeId>,
    /// Policies that belong to it alone.
    pub inline_policies: Vec<InlinePolicy>,
}

impl Resource for IamGroup {
    const KIND: Kind = Kind::IamGroup;
    const SPEC: Spec = Spec {
        id: "iam_group",
        label: t("IAM 그룹", "IAM group"),
        category: Category::Security,
        cloudformation_type: "AWS::IAM::Group",
        placement: Placement { root: true, parents: &[Kind::Region] },
        shape: Shape::Tile,
        ancestors: &[],
        tags: false,
        keywords: &["iam", "group", "admin", "사용자 그룹", "관리자", "권한"],
    };
    const SUMMARY: Text = t(
        "사용자들에게 권한을 한꺼번에 줘요. 권한은 사용자가 아니라 그룹에 붙이는 것이 좋아요.",
        "Gives permissions to users together. Attach permissions to groups rather than to users.",
    );
    const SOURCE: &'static str = "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_groups.html";
    const FIELDS: &'static [Field<Self>] = permission_fields![fixed_name!(group_name, "GroupName")];

    fn caption(&self) -> Option<String> {
        self.aws_policies.first().map(|policy| policy.short_name().to_owned())
    }
}
