//! A scheduled action must leave its group's minimum, desired and maximum capacity in this order.
use crate::catalog::Value;
use crate::catalog::kinds::{AutoScalingGroup, ScheduledAction};
use crate::design::Edit;
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "scheduled-action-out-of-bounds",
    severity: Severity::Error,
    title: t("그룹의 범위를 벗어난 예약된 작업", "Scheduled action outside its group's bounds"),
    why: t(
        "예약한 용량이 그때의 최소와 최대 사이를 벗어나면 작업이 실패해요.",
        "A scheduled capacity outside the minimum and maximum of that time makes the action fail.",
    ),
    source: "https://docs.aws.amazon.com/autoscaling/ec2/userguide/scheduled-scaling-troubleshooting.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, action) in context.all::<ScheduledAction>() {
        let Some(group) = node.parent.and_then(|up| context.design.get::<AutoScalingGroup>(up)) else { continue };
        // What the action does not change stays as the group has it.
        let (min, max) = (action.min_size.unwrap_or(group.min_size), action.max_size.unwrap_or(group.max_size));
        let name = &node.name;
        if min > max {
            let field = if action.max_size.is_some() { "max_size" } else { "min_size" };
            let message = message!(
                "예약된 작업 {name}을(를) 하면 최소 용량이 {min}, 최대 용량이 {max}이(가) 돼요. 최대 용량이 최소 용량보다 작지 않게 하세요.",
                "Scheduled action {name} leaves a minimum of {min} and a maximum of {max}. The maximum must not be below the minimum."
            );
            let title = message!("최대 용량을 {min}(으)로 정하기", "Set the maximum capacity to {min}");
            report
                .note(id, message)
                .field(field)
                .fix(title, vec![Edit::set(id, id_of!(ScheduledAction.max_size), Value::Int(i64::from(min)))]);
        } else if let Some(desired) = action.desired.filter(|desired| *desired < min || *desired > max) {
            let fit = desired.clamp(min, max);
            let message = message!(
                "예약된 작업 {name}의 원하는 용량 {desired}이(가) 그때의 최소 {min}과(와) 최대 {max} 사이를 벗어나요. 범위 안의 값으로 바꾸거나 최대 용량도 함께 늘리세요.",
                "The desired capacity {desired} of scheduled action {name} is outside the bounds of that time, {min} and {max}. Choose one between them, or raise the maximum too."
            );
            let title = message!("원하는 용량을 {fit}(으)로 바꾸기", "Change the desired capacity to {fit}");
            report
                .note(id, message)
                .field(id_of!(ScheduledAction.desired))
                .fix(title, vec![Edit::set(id, id_of!(ScheduledAction.desired), Value::Int(i64::from(fit)))]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::Value;
    use crate::rules::testing::{fires, quiet, scaled};

    #[test]
    fn fires_above_the_groups_maximum_and_on_bounds_the_wrong_way_round() {
        let mut sketch = scaled();
        sketch.set("morning", "desired", Value::Int(9));
        fires(&RULE, &sketch, &["morning"]);
        sketch.set("morning", "min_size", Value::Int(5));
        fires(&RULE, &sketch, &["morning"]);
    }

    #[test]
    fn quiet_where_the_action_moves_the_bound_too() {
        let mut sketch = scaled();
        quiet(&RULE, &sketch);
        sketch.set("morning", "desired", Value::Int(9));
        sketch.set("morning", "max_size", Value::Int(9));
        quiet(&RULE, &sketch);
    }
}
