//! Administrators get their permissions from a group.
use crate::catalog::kinds::{IamGroup, IamUser};
use crate::design::Edit;
use crate::facts::Context;
use crate::facts::policies::{administrator, holder};
use crate::fixes::policies::without_administrator;
use crate::fixes::rows::appended;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "user-administrator-directly",
    severity: Severity::Warning,
    title: t("사용자에게 직접 준 모든 권한", "Administrator access attached to a user"),
    why: t(
        "사용자마다 권한을 붙이면 누가 무엇을 할 수 있는지 알기 어려워요. 관리자 그룹에 붙이면 한눈에 보이고 한 번에 거둘 수 있어요.",
        "With permissions on each user nobody sees who may do what. On an administrators' group they are seen at a glance and taken away at once.",
    ),
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_groups.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    let group = context
        .all::<IamGroup>()
        .find(|(_, node, _)| holder(node).is_some_and(|held| administrator(context, &held).is_some()));
    for (id, node, user) in context.all::<IamUser>() {
        let Some(held) = holder(node) else { continue };
        let Some(through) = administrator(context, &held) else { continue };
        let name = &node.name;
        let note = report
            .note(
                id,
                message!(
                    "사용자 {name}에게 모든 권한이 직접 붙어 있어요. 관리자 그룹에 붙이고 {name}을(를) 그 그룹에 넣으세요.",
                    "User {name} has administrator access of its own. Attach it to an administrators' group and put {name} into that."
                ),
            )
            .field(through.field());
        if let Some((group, group_node, _)) = group {
            let group_name = &group_node.name;
            let mut edits = vec![without_administrator(through, id, &held)];
            if !user.groups.contains(&group) {
                edits.push(Edit::set(id, id_of!(IamUser.groups), appended(&user.groups, &group)));
            }
            note.fix(
                message!(
                    "정책을 떼고 그룹 {group_name}에 넣기",
                    "Take the policy off and put {name} into group {group_name}"
                ),
                edits,
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::permissions::{AwsPolicy, InlinePolicy};
    use crate::catalog::{FieldValue, JsonText, Value};
    use crate::rules::testing::{account, fires, quiet};

    #[test]
    fn fires_on_a_policy_of_aws_and_on_an_inline_one() {
        let mut sketch = account();
        sketch.rows("kim", "aws_policies", &[AwsPolicy::named("AdministratorAccess")]);
        fires(&RULE, &sketch, &["kim"]);
        let mut sketch = account();
        let everything =
            r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["*"], "Resource": ["*"]}]}"#;
        let document = JsonText::from_value(&Value::from(everything)).unwrap();
        sketch.rows("kim", "inline_policies", &[InlinePolicy { document, ..InlinePolicy::default() }]);
        fires(&RULE, &sketch, &["kim"]);
    }

    #[test]
    fn quiet_by_way_of_a_group() {
        quiet(&RULE, &account());
    }
}
