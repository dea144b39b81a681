//! An Auto Scaling group's minimum, desired and maximum capacity must be in this order.
use crate::catalog::Value;
use crate::catalog::kinds::AutoScalingGroup;
use crate::design::Edit;
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "scaling-size-out-of-order",
    severity: Severity::Error,
    title: t("최소와 최대 사이를 벗어난 용량", "Capacity outside its bounds"),
    why: t(
        "원하는 용량은 최소 용량보다 작거나 최대 용량보다 클 수 없어서, 그런 그룹은 만들어지지 않아요.",
        "The desired capacity cannot be below the minimum or above the maximum; such a group cannot be created.",
    ),
    source: "https://docs.aws.amazon.com/autoscaling/ec2/userguide/asg-capacity-limits.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, group) in context.all::<AutoScalingGroup>() {
        let (name, AutoScalingGroup { min_size: min, desired, max_size: max, .. }) = (&node.name, group);
        if min > max {
            let message = message!(
                "Auto Scaling 그룹 {name}의 최소 용량 {min}이(가) 최대 용량 {max}보다 커요. 최대 용량을 늘리거나 최소 용량을 줄이세요.",
                "The minimum capacity {min} of Auto Scaling group {name} is above its maximum of {max}. Raise the maximum or lower the minimum."
            );
            let title = message!("최대 용량을 {min}(으)로 늘리기", "Raise the maximum capacity to {min}");
            report
                .note(id, message)
                .field(id_of!(AutoScalingGroup.max_size))
                .fix(title, vec![Edit::set(id, id_of!(AutoScalingGroup.max_size), Value::Int(i64::from(*min)))]);
        } else if desired < min || desired > max {
            let fit = (*desired).clamp(*min, *max);
            let message = message!(
                "Auto Scaling 그룹 {name}의 원하는 용량 {desired}이(가) 최소 {min}과(와) 최대 {max} 사이를 벗어나요. 그 사이의 값으로 바꾸세요.",
                "The desired capacity {desired} of Auto Scaling group {name} is outside its bounds of {min} and {max}. Choose one between them."
            );
            let title = message!("원하는 용량을 {fit}(으)로 바꾸기", "Change the desired capacity to {fit}");
            report
                .note(id, message)
                .field(id_of!(AutoScalingGroup.desired))
                .fix(title, vec![Edit::set(id, id_of!(AutoScalingGroup.desired), Value::Int(i64::from(fit)))]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::Value;
    use crate::rules::testing::{Named, fires, quiet, scaled};

    fn sized(min: i64, desired: i64, max: i64) -> Named {
        let mut sketch = scaled();
        for (field, size) in [("min_size", min), ("desired", desired), ("max_size", max)] {
            sketch.set("asg", field, Value::Int(size));
        }
        sketch
    }

    #[test]
    fn fires_above_the_maximum_below_the_minimum_and_on_bounds_the_wrong_way_round() {
        for (min, desired, max) in [(2, 7, 6), (2, 1, 6), (5, 4, 3)] {
            fires(&RULE, &sized(min, desired, max), &["asg"]);
        }
    }

    #[test]
    fn quiet_within_and_on_the_bounds() {
        quiet(&RULE, &scaled());
        quiet(&RULE, &sized(2, 2, 6));
        quiet(&RULE, &sized(6, 6, 6));
    }
}
