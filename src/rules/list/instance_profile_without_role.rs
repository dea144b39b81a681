//! An instance profile hands over a role.
use crate::catalog::kinds::{IamRole, InstanceProfile};
use crate::design::Edit;
use crate::facts::Context;
use crate::facts::policies::may_trust;
use crate::fixes::only;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "instance-profile-without-role",
    severity: Severity::Error,
    title: t("역할이 없는 인스턴스 프로파일", "Instance profile without role"),
    why: t(
        "역할이 없는 프로파일은 CloudFormation으로 만들 수 없고, 인스턴스에 아무 권한도 주지 않아요.",
        "A profile without a role cannot be created by CloudFormation, and gives an instance no permission.",
    ),
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_switch-role-ec2_instance-profiles.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    let only = only(context.all::<IamRole>().filter(|(_, _, role)| may_trust(role, "ec2.amazonaws.com")))
        .map(|(role, node, _)| (role, &node.name));
    for (id, node, _) in context.all::<InstanceProfile>().filter(|(_, _, profile)| profile.role.is_none()) {
        let name = &node.name;
        let note = report
            .note(
                id,
                message!(
                    "인스턴스 프로파일 {name}에 역할이 없어요. EC2를 신뢰하는 역할을 연결하세요.",
                    "Instance profile {name} has no role. Connect one that trusts EC2."
                ),
            )
            .field(id_of!(InstanceProfile.role));
        if let Some((role, role_name)) = only {
            note.fix(
                message!("역할 {role_name} 연결하기", "Connect role {role_name}"),
                vec![Edit::set(id, id_of!(InstanceProfile.role), role)],
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::Value;
    use crate::rules::testing::{account, fires, quiet};

    #[test]
    fn fires_without_a_role() {
        let mut sketch = account();
        sketch.set("web-profile", "role", Value::None);
        fires(&RULE, &sketch, &["web-profile"]);
    }

    #[test]
    fn quiet_with_one() {
        quiet(&RULE, &account());
    }
}
