//! Users get their permissions from groups.
use crate::catalog::Value;
use crate::catalog::kinds::{IamGroup, IamUser};
use crate::design::Edit;
use crate::facts::Context;
use crate::fixes::only;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "user-outside-groups",
    severity: Severity::Info,
    title: t("그룹에 속하지 않은 사용자", "User in no group"),
    why: t(
        "권한은 그룹에 붙이고 사용자를 그룹에 넣으면, 사람이 바뀌어도 권한을 다시 정하지 않아도 돼요.",
        "With permissions on groups, people come and go without anyone deciding on permissions again.",
    ),
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_groups_manage_add-remove-users.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    let only = only(context.all::<IamGroup>()).map(|(group, node, _)| (group, &node.name));
    for (id, node, _) in context.all::<IamUser>().filter(|(_, _, user)| user.groups.is_empty()) {
        let name = &node.name;
        let note = report
            .note(
                id,
                message!(
                    "사용자 {name}이(가) 어느 그룹에도 없어요. 하는 일에 맞는 그룹에 넣으세요.",
                    "User {name} is in no group. Put it into one that fits its work."
                ),
            )
            .field(id_of!(IamUser.groups));
        if let Some((group, group_name)) = only {
            note.fix(
                message!("{name}을(를) 그룹 {group_name}에 넣기", "Put {name} into group {group_name}"),
                vec![Edit::set(id, id_of!(IamUser.groups), Value::List(vec![Value::Ref(group)]))],
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{account, fires, quiet};

    #[test]
    fn fires_on_a_user_without_groups() {
        let mut sketch = account();
        sketch.refs("kim", "groups", &[]);
        fires(&RULE, &sketch, &["kim"]);
    }

    #[test]
    fn quiet_in_a_group() {
        quiet(&RULE, &account());
    }
}
