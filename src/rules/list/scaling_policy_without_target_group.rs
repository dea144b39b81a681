//! A policy that counts requests must know whose.
use crate::catalog::kinds::{AutoScalingGroup, ScalingPolicy};
use crate::design::Edit;
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "scaling-policy-without-target-group",
    severity: Severity::Error,
    title: t("요청을 셀 대상 그룹이 없는 조정 정책", "Scaling policy that counts no one's requests"),
    why: t(
        "ALB 요청 수를 보는 정책은 ALB가 전달하는 대상 그룹을 알아야 만들어져요.",
        "A policy by ALB requests needs a target group that an ALB forwards to; otherwise it cannot be created.",
    ),
    source: "https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-scaling-target-tracking.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, policy) in context.all::<ScalingPolicy>().filter(|(_, _, policy)| policy.counts_requests()) {
        let behind =
            |group: crate::id::NodeId| context.balancers(group).any(|(_, _, balancer)| balancer.is_application());
        if policy.target_group.is_some_and(behind) {
            continue;
        }
        let name = &node.name;
        let note = report
            .note(
                id,
                message!(
                    "조정 정책 {name}이(가) 요청 수를 보는데 ALB가 전달하는 대상 그룹이 없어요. 요청을 셀 대상 그룹을 고르세요.",
                    "Scaling policy {name} goes by requests and names no target group that an ALB forwards to. Choose whose requests are counted."
                ),
            )
            .field(id_of!(ScalingPolicy.target_group));
        let group = node.parent.and_then(|up| context.design.get::<AutoScalingGroup>(up));
        if let Some(fit) = group.and_then(|group| group.target_groups.iter().copied().find(|targets| behind(*targets)))
        {
            let target = context.name(fit);
            note.fix(
                message!("대상 그룹 {target}의 요청을 세기", "Count the requests of target group {target}"),
                vec![Edit::set(id, id_of!(ScalingPolicy.target_group), fit)],
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, quiet, scaled};

    #[test]
    fn fires_on_requests_of_nobody() {
        let mut sketch = scaled();
        sketch.set("cpu", "metric", "ALBRequestCountPerTarget");
        fires(&RULE, &sketch, &["cpu"]);
    }

    #[test]
    fn quiet_on_another_metric_and_with_a_target_group() {
        let mut sketch = scaled();
        quiet(&RULE, &sketch);
        sketch.set("cpu", "metric", "ALBRequestCountPerTarget");
        let group = sketch.id("tg");
        sketch.set("cpu", "target_group", group);
        quiet(&RULE, &sketch);
    }
}
