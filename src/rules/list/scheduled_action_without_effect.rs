//! A scheduled action needs a time and a size.
use crate::catalog::Value;
use crate::catalog::kinds::{AutoScalingGroup, ScheduledAction};
use crate::design::Edit;
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "scheduled-action-without-effect",
    severity: Severity::Error,
    title: t("언제나 무엇이 빠진 예약된 작업", "Scheduled action without time or size"),
    why: t(
        "반복이나 시작 시각이 없거나 바꿀 용량이 없는 작업은 만들어지지 않아요.",
        "An action without a recurrence or start time, or without a capacity to change, cannot be created.",
    ),
    source: "https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-scheduled-scaling.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, action) in context.all::<ScheduledAction>() {
        let name = &node.name;
        if action.recurrence.is_empty() && action.start_time.is_empty() {
            let message = message!(
                "예약된 작업 {name}에 반복도 시작 시각도 없어요. 언제 할지 적으세요.",
                "Scheduled action {name} has neither a recurrence nor a start time. Say when it runs."
            );
            let title = message!("평일 아침 9시로 정하기", "Run it at 9 in the morning on weekdays");
            report
                .note(id, message)
                .field(id_of!(ScheduledAction.recurrence))
                .fix(title, vec![Edit::set(id, id_of!(ScheduledAction.recurrence), "0 9 * * 1-5")]);
        }
        if action.min_size.is_none() && action.desired.is_none() && action.max_size.is_none() {
            let message = message!(
                "예약된 작업 {name}이(가) 아무 용량도 바꾸지 않아요. 최소, 원하는, 최대 용량 가운데 하나를 적으세요.",
                "Scheduled action {name} changes no capacity. Give a minimum, desired or maximum capacity."
            );
            let note = report.note(id, message).field(id_of!(ScheduledAction.desired));
            if let Some(group) = node.parent.and_then(|up| context.design.get::<AutoScalingGroup>(up)) {
                let max = group.max_size;
                let title = message!(
                    "원하는 용량을 그룹의 최대인 {max}(으)로 정하기",
                    "Set the desired capacity to the group's maximum of {max}"
                );
                note.fix(title, vec![Edit::set(id, id_of!(ScheduledAction.desired), Value::Int(i64::from(max)))]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::Value;
    use crate::rules::testing::{fires, quiet, scaled};

    #[test]
    fn fires_without_a_time_and_without_a_size() {
        let mut sketch = scaled();
        sketch.set("morning", "recurrence", "");
        fires(&RULE, &sketch, &["morning"]);
        sketch.set("morning", "desired", Value::None);
        fires(&RULE, &sketch, &["morning"]);
    }

    #[test]
    fn quiet_with_both() {
        let mut sketch = scaled();
        quiet(&RULE, &sketch);
        sketch.set("morning", "recurrence", "");
        sketch.set("morning", "start_time", "2030-05-01T00:00:00Z");
        quiet(&RULE, &sketch);
    }
}
