//! A target group gets requests only from a listener that forwards to it.

use crate::catalog::kinds::TargetGroup;
use crate::message;
use crate::rules::{Context, Report, Rule, Severity};
use crate::text::t;

pub const RULE: Rule = Rule {
    id: "target-group-unused",
    severity: Severity::Warning,
    title: t("쓰지 않는 대상 그룹", "Unused target group"),
    why: t(
        "리스너가 전달하지 않는 대상 그룹의 대상은 요청을 받지 못하고 상태 확인도 하지 않아요.",
        "Targets of a group to which no listener forwards get no request, and their health is not checked.",
    ),
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html",
    fixes: false,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, _) in context.all::<TargetGroup>() {
        if context.balancers(id).next().is_some() {
            continue;
        }
        let name = &node.name;
        report.note(
            id,
            message!(
                "대상 그룹 {name}(으)로 전달하는 리스너가 없어요. 리스너의 기본 작업이나 규칙에서 이 대상 그룹을 고르세요.",
                "No listener forwards to target group {name}. Choose it in a listener's default action or rule."
            ),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{balanced, fires, quiet};

    #[test]
    fn fires_while_the_listener_only_redirects() {
        let mut sketch = balanced();
        sketch.set("http", "action", "redirect");
        fires(&RULE, &sketch, &["tg"]);
    }

    #[test]
    fn quiet_while_forwarded_to() {
        quiet(&RULE, &balanced());
    }
}
