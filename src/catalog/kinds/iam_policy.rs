//! A managed policy of one's own.

use crate::catalog::permissions::{IamName, fixed_name, reading};
use crate::catalog::{Category, Field, JsonText, Kind, Placement, Resource, Shape, Spec, Widget};
use crate::field;
use crate::text::{Text, t};

/// What is allowed, as a document that users, groups and roles share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IamPolicy {
    /// What it allows.
    pub document: JsonText,
    /// Its name in the account; empty lets CloudFormation choose one.
    pub policy_name: IamName,
}

impl Default for IamPolicy {
    fn default() -> Self {
        Self { document: reading(), policy_name: IamName::default() }
    }
}

impl Resource for IamPolicy {
    const KIND: Kind = Kind::IamPolicy;
    const SPEC: Spec = Spec {
        id: "iam_policy",
        label: t("IAM 정책", "IAM policy"),
        category: Category::Security,
        cloudformation_type: "AWS::IAM::ManagedPolicy",
        placement: Placement { root: true, parents: &[Kind::Region] },
        shape: Shape::Tile,
        ancestors: &[],
        tags: false,
        keywords: &["iam", "policy", "permission", "권한", "정책"],
    };
    const SUMMARY: Text = t(
        "무엇을 할 수 있는지 적은 문서예요. 사용자, 그룹, 역할에 붙여야 효력이 있어요.",
        "A document of what may be done. It takes effect once attached to a user, group or role.",
    );
    const SOURCE: &'static str = "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html";
    const FIELDS: &'static [Field<Self>] = &[
        field!(document, "정책 문서", "Policy document", Widget::Json).property("PolicyDocument").help(
            "Statement마다 Effect, Action, Resource를 적어요. 필요한 것만 허용해요.",
            "Each Statement has Effect, Action and Resource. Allow only what is needed.",
        ),
        fixed_name!(policy_name, "ManagedPolicyName"),
    ];
}
