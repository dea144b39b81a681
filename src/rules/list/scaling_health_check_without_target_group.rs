//! A load balancer's health checks need a target group.
use crate::catalog::kinds::{AutoScalingGroup, HealthCheckType};
use crate::design::Edit;
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "scaling-health-check-without-target-group",
    severity: Severity::Warning,
    title: t("대상 그룹 없이 로드 밸런서 상태 확인을 씀", "Load balancer health checks without target group"),
    why: t(
        "대상 그룹이 없으면 로드 밸런서가 상태를 확인하지 않아서, 멈춘 웹 서버를 알아채지 못해요.",
        "Without a target group no load balancer checks anything, and a web server that has stopped goes unnoticed.",
    ),
    source: "https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-health-checks.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, group) in context.all::<AutoScalingGroup>() {
        if group.health_check != HealthCheckType::Elb || !group.target_groups.is_empty() {
            continue;
        }
        let name = &node.name;
        report
            .note(
                id,
                message!(
                    "Auto Scaling 그룹 {name}이(가) 로드 밸런서의 상태 확인을 쓰는데 대상 그룹이 없어요. 대상 그룹을 연결하거나 EC2 상태 검사로 바꾸세요.",
                    "Auto Scaling group {name} goes by a load balancer's health checks and has no target group. Connect one, or go by EC2 status checks."
                ),
            )
            .field(id_of!(AutoScalingGroup.health_check))
                .given(id, id_of!(AutoScalingGroup.target_groups))
            .fix(message!("EC2 상태 검사로 바꾸기", "Go by EC2 status checks"), vec![Edit::set(id, id_of!(AutoScalingGroup.health_check), "EC2")]);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, quiet, scaled};

    #[test]
    fn fires_without_a_target_group() {
        let mut sketch = scaled();
        sketch.refs("asg", "target_groups", &[]);
        fires(&RULE, &sketch, &["asg"]);
    }

    #[test]
    fn quiet_with_one_and_on_ec2_checks() {
        let mut sketch = scaled();
        quiet(&RULE, &sketch);
        sketch.refs("asg", "target_groups", &[]);
        sketch.set("asg", "health_check", "EC2");
        quiet(&RULE, &sketch);
    }
}
