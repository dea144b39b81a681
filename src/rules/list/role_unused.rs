//! A role that nothing carries.

use std::collections::BTreeSet;

use crate::catalog::kinds::IamRole;
use crate::design::Edit;
use crate::facts::Context;
use crate::id::NodeId;
use crate::message;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;

pub const RULE: Rule = Rule {
    id: "role-unused",
    severity: Severity::Info,
    title: t("쓰지 않는 역할", "Unused role"),
    why: t(
        "아무것도 맡지 않는 역할은 잊힌 권한이에요. 연결을 잊었거나 지워도 되는 것이에요.",
        "A role that nothing takes on is a forgotten permission: it lacks a connection, or can go.",
    ),
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    let mut roles = context.all::<IamRole>().peekable();
    if roles.peek().is_none() {
        return;
    }
    let used: BTreeSet<NodeId> =
        context.design.nodes().flat_map(|(id, _)| context.design.references(id)).map(|(_, to)| to).collect();
    for (id, node, role) in roles.filter(|(id, ..)| !used.contains(id)) {
        // A role whose trust is written out may be another account's, or a person's.
        if !role.trust.is_empty() || context.may_be_used(id) {
            continue;
        }
        let name = &node.name;
        report
            .note(
                id,
                message!(
                    "역할 {name}을(를) 쓰는 곳이 없어요. 인스턴스라면 인스턴스 프로파일을 거쳐 연결하고, 필요 없으면 지우세요.",
                    "Nothing uses role {name}. Connect it, for an instance by way of an instance profile, or delete it."
                ),
            )
            .fix(message!("역할 {name} 지우기", "Delete role {name}"), vec![Edit::Remove(id)]);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::Value;
    use crate::rules::testing::{account, fires, quiet};

    #[test]
    fn fires_on_a_role_without_a_profile() {
        let mut sketch = account();
        sketch.set("web-profile", "role", Value::None);
        fires(&RULE, &sketch, &["web-role"]);
    }

    #[test]
    fn quiet_while_something_carries_it() {
        quiet(&RULE, &account());
    }
}
