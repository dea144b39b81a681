//! An IAM user: a person who signs in with long-lived credentials.

use crate::catalog::permissions::{AwsPolicy, IamName, InlinePolicy, fixed_name, permission_fields};
use crate::catalog::{Category, Field, Kind, Placement, Resource, Shape, Spec, Widget, columns};
use crate::field;
use crate::id::NodeId;
use crate::text::{Text, t};

/// A person with a name, a password and permissions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IamUser {
    /// Its name in the account; empty lets CloudFormation choose one.
    pub user_name: IamName,
    /// The groups it is in.
    pub groups: Vec<NodeId>,
    /// Whether it signs in to the console by password.
    pub console_access: bool,
    /// Whether a second factor is set up for it.
    pub mfa: bool,
    /// Managed policies of AWS.
    pub aws_policies: Vec<AwsPolicy>,
    /// Managed policies of one's own.
    pub policies: Vec<NodeId>,
    /// Policies that belong to it alone.
    pub inline_policies: Vec<InlinePolicy>,
}

impl Resource for IamUser {
    const KIND: Kind = Kind::IamUser;
    const SPEC: Spec = Spec {
        id: "iam_user",
        label: t("IAM 사용자", "IAM user"),
        category: Category::Security,
        cloudformation_type: "AWS::IAM::User",
        placement: Placement { root: true, parents: &[Kind::Region] },
        shape: Shape::Tile,
        ancestors: &[],
        tags: true,
        keywords: &["iam", "user", "person", "admin", "root", "mfa", "사용자", "루트", "관리자"],
    };
    const SUMMARY: Text = t(
        "루트 계정 대신 로그인하는 사람이에요. 권한은 그룹에서 받게 해요.",
        "A person who signs in instead of the root user. Let it get its permissions from groups.",
    );
    const SOURCE: &'static str = "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_users.html";
    const FIELDS: &'static [Field<Self>] = permission_fields![
        fixed_name!(user_name, "UserName"),
        field!(groups, "그룹", "Groups", Widget::References(&[Kind::IamGroup]))
            .property("Groups")
            .help("속한 그룹의 권한을 모두 받아요.", "It gets the permissions of every group it is in."),
        field!(console_access, "콘솔 로그인", "Console access", Widget::Toggle).help(
            "비밀번호로 AWS 콘솔에 로그인해요. 첫 비밀번호는 Secrets Manager가 만들어 두고, 로그인하면 바꾸게 돼요.",
            "Signs in to the console by password. Secrets Manager makes the first one, which must be changed on signing in.",
        ),
        field!(mfa, "다중 인증(MFA)", "Multi-factor authentication (MFA)", Widget::Toggle).help(
            "기기 등록은 사용자가 콘솔에서 직접 해요. 템플릿으로는 할 수 없어요.",
            "The user registers the device in the console. A template cannot do it.",
        ),
    ];

    fn caption(&self) -> Option<String> {
        (!self.user_name.as_str().is_empty()).then(|| self.user_name.as_str().to_owned())
    }
}
