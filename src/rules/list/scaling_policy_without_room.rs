//! A policy changes a group's size only between its bounds.
use crate::catalog::Value;
use crate::catalog::kinds::{AutoScalingGroup, ScalingPolicy};
use crate::design::Edit;
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "scaling-policy-without-room",
    severity: Severity::Warning,
    title: t("크기를 바꿀 여지가 없는 조정 정책", "Scaling policy without room"),
    why: t(
        "조정 정책은 최소 크기와 최대 크기 사이에서만 인스턴스 수를 바꿔요. 둘이 같으면 부하가 늘어도 그대로예요.",
        "A policy changes the number of instances only between the minimum and the maximum; where they are equal, load changes nothing.",
    ),
    source: "https://docs.aws.amazon.com/autoscaling/ec2/userguide/asg-capacity-limits.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, _) in context.all::<ScalingPolicy>() {
        let Some(up) = node.parent else { continue };
        let Some(group) = context.design.get::<AutoScalingGroup>(up).filter(|group| group.min_size == group.max_size)
        else {
            continue;
        };
        let (name, group_name, size) = (&node.name, context.name(up), group.max_size);
        let more = size.max(1).saturating_mul(2);
        report
            .note(
            id,
            message!(
                "조정 정책 {name}이(가) 바꿀 Auto Scaling 그룹 {group_name}의 최소 크기와 최대 크기가 모두 {size}개예요. 최대 크기를 늘리세요.",
                "Scaling policy {name} has no room: the minimum and the maximum of Auto Scaling group {group_name} are both {size}. Raise the maximum."
            ),
        )
            .fix(
                message!("최대 크기를 {more}개로 늘리기", "Raise the maximum to {more}"),
                vec![Edit::set(up, id_of!(AutoScalingGroup.max_size), Value::Int(i64::from(more)))],
            );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::Value;
    use crate::catalog::kinds::AutoScalingGroup;
    use crate::rules::testing::{fires, quiet, scaled};

    #[test]
    fn fires_where_the_bounds_are_equal() {
        let mut sketch = scaled();
        let max = sketch.design().get::<AutoScalingGroup>(sketch.id("asg")).unwrap().max_size;
        sketch.set("asg", "min_size", Value::Int(i64::from(max)));
        fires(&RULE, &sketch, &["cpu"]);
    }

    #[test]
    fn quiet_with_room_between_them() {
        quiet(&RULE, &scaled());
    }
}
