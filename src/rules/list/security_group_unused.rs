//! A security group that nothing has does nothing.

use crate::catalog::kinds::SecurityGroup;
use crate::design::Edit;
use crate::facts::Context;
use crate::message;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;

pub const RULE: Rule = Rule {
    id: "security-group-unused",
    severity: Severity::Info,
    title: t("쓰지 않는 보안 그룹", "Unused security group"),
    why: t(
        "붙은 곳이 없는 보안 그룹은 아무것도 막거나 허용하지 않아요. 연결을 잊었거나 지워도 되는 것이에요.",
        "A group on nothing filters nothing: it was forgotten, or can go.",
    ),
    source: "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, _) in context.all::<SecurityGroup>() {
        if !context.members(id).is_empty() || context.is_named_by_rules(id) || context.may_be_used(id) {
            continue;
        }
        let name = &node.name;
        report
            .note(
                id,
                message!(
                    "보안 그룹 {name}을(를) 쓰는 인스턴스나 로드 밸런서가 없어요. 붙일 리소스의 보안 그룹에 넣거나 지우세요.",
                    "No instance or load balancer has security group {name}. Add it to the resource it is meant for, or delete it."
                ),
            )
            .fix(message!("보안 그룹 {name} 지우기", "Delete security group {name}"), vec![Edit::Remove(id)]);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::{GroupRule, SecurityGroup};
    use crate::rules::testing::{balanced, fires, quiet};

    #[test]
    fn fires_on_a_group_that_only_names_itself() {
        let mut sketch = balanced();
        let spare = sketch.add("vpc", "spare-sg", SecurityGroup::default());
        sketch.rows("spare-sg", "inbound", &[GroupRule::tcp_from(80, spare)]);
        fires(&RULE, &sketch, &["spare-sg"]);
    }

    #[test]
    fn quiet_while_attached_or_named_by_another_group() {
        let mut sketch = balanced();
        quiet(&RULE, &sketch);
        let spare = sketch.add("vpc", "spare-sg", SecurityGroup::default());
        sketch.rows("app-sg", "inbound", &[GroupRule::tcp_from(22, spare)]);
        quiet(&RULE, &sketch);
    }
}
