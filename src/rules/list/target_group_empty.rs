//! A target group without targets answers 503.

use crate::catalog::kinds::TargetGroup;
use crate::message;
use crate::rules::{Context, Report, Rule, Severity};
use crate::text::t;

pub const RULE: Rule = Rule {
    id: "target-group-empty",
    severity: Severity::Warning,
    title: t("대상이 없는 대상 그룹", "Target group without targets"),
    why: t(
        "등록된 대상이 없으면 로드 밸런서가 모든 요청에 503으로 답해요.",
        "Without a registered target the load balancer answers every request with 503.",
    ),
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html",
    fixes: false,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, group) in context.all::<TargetGroup>() {
        // Instances of a scaling group and tasks of a service join by themselves.
        let joined = !group.targets.is_empty() || !context.fleets(id).is_empty() || !context.services_of(id).is_empty();
        if joined || context.balancers(id).next().is_none() {
            continue;
        }
        let name = &node.name;
        report
            .note(
                id,
                message!(
                    "대상 그룹 {name}에 대상이 없어서 요청에 503으로 답해요. 인스턴스를 대상으로 등록하거나 Auto Scaling 그룹을 연결하세요.",
                    "Target group {name} has no target, so requests are answered with 503. Register instances as targets, or connect an Auto Scaling group."
                ),
            )
            .field("targets");
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::Target;
    use crate::rules::testing::{balanced, fires, quiet};

    #[test]
    fn fires_on_an_empty_group_in_use() {
        let mut sketch = balanced();
        sketch.rows("tg", "targets", &[] as &[Target]);
        fires(&RULE, &sketch, &["tg"]);
    }

    #[test]
    fn quiet_with_targets_and_while_unused() {
        let mut sketch = balanced();
        quiet(&RULE, &sketch);
        sketch.rows("tg", "targets", &[] as &[Target]);
        sketch.remove("http");
        quiet(&RULE, &sketch);
    }
}
