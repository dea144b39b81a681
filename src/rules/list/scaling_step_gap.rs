//! The steps of a policy cover the metric without gaps and overlaps.
use crate::catalog::decimal::Decimal;
use crate::catalog::kinds::{PolicyType, ScalingPolicy, Step};
use crate::design::Edit;
use crate::facts::Context;
use crate::fixes::rows::replaced;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "scaling-step-gap",
    severity: Severity::Error,
    title: t("틈이 있거나 겹치는 단계", "Steps with a gap or an overlap"),
    why: t(
        "단계는 빈틈없이 이어지고 겹치지 않아야 해서, 그렇지 않으면 정책을 만들 수 없어요.",
        "Steps must follow on one another without gap or overlap; otherwise the policy cannot be created.",
    ),
    source: "https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-scaling-simple-step.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, policy) in context.all::<ScalingPolicy>().filter(|(_, _, of)| of.policy_type == PolicyType::Step) {
        let name = &node.name;
        if policy.steps.is_empty() {
            let message = message!(
                "단계 조정 정책 {name}에 단계가 없어요. 단계를 하나 이상 적으세요.",
                "Step scaling policy {name} has no steps. Give it at least one."
            );
            let rows = crate::catalog::FieldValue::to_value(&vec![Step::default()]);
            let title = message!("인스턴스 하나를 늘리는 단계 더하기", "Add a step that adds one instance");
            report
                .note(id, message)
                .field(id_of!(ScalingPolicy.steps))
                .fix(title, vec![Edit::set(id, id_of!(ScalingPolicy.steps), rows)]);
            continue;
        }
        let bound = |bound: Option<&Decimal>, open: f64| bound.map_or(open, Decimal::number);
        let lower = |step: &Step| bound(step.lower.as_ref(), f64::NEG_INFINITY);
        let upper = |step: &Step| bound(step.upper.as_ref(), f64::INFINITY);
        if let Some(row) = policy.steps.iter().position(|step| lower(step) >= upper(step)) {
            let number = row + 1;
            report
                .note(
                    id,
                    message!(
                        "조정 정책 {name}의 {number}번째 단계는 하한이 상한보다 작지 않아요. 하한을 더 작게 하세요.",
                        "The lower bound of step {number} of scaling policy {name} is not below its upper bound. Lower it."
                    ),
                )
                .field(id_of!(ScalingPolicy.steps));
            continue;
        }
        let mut order: Vec<(usize, &Step)> = policy.steps.iter().enumerate().collect();
        order.sort_by(|(_, a), (_, b)| lower(a).total_cmp(&lower(b)));
        for pair in order.windows(2) {
            let [(_, before), (row, after)] = pair else { continue };
            let (end, start) = (upper(before), lower(after));
            if end.total_cmp(&start).is_eq() {
                continue;
            }
            let number = row + 1;
            let message = if end < start {
                message!(
                    "조정 정책 {name}의 단계 사이 {end}부터 {start}까지가 비어 있어요. {number}번째 단계의 하한을 앞 단계의 상한에 맞추세요.",
                    "Between {end} and {start} scaling policy {name} has no step. Let step {number} begin where the one before it ends."
                )
            } else {
                message!(
                    "조정 정책 {name}의 {number}번째 단계가 앞 단계와 겹쳐요. 하한을 앞 단계의 상한에 맞추세요.",
                    "Step {number} of scaling policy {name} overlaps the one before it. Let it begin where that one ends."
                )
            };
            let note = report.note(id, message).field(id_of!(ScalingPolicy.steps));
            if let Some(joint) = before.upper.clone().filter(|joint| joint.number() < upper(after)) {
                let title = message!("{number}번째 단계를 {joint}부터로 바꾸기", "Let step {number} begin at {joint}");
                let step = Step { lower: Some(joint), ..(*after).clone() };
                note.fix(title, vec![Edit::set(id, id_of!(ScalingPolicy.steps), replaced(&policy.steps, *row, &step))]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::decimal::Decimal;
    use crate::catalog::kinds::Step;
    use crate::rules::testing::{Named, fires, quiet, scaled};

    fn stepped(bounds: &[(Option<i32>, Option<i32>)]) -> Named {
        let mut sketch = scaled();
        sketch.set("cpu", "policy_type", "StepScaling");
        let whole = |bound: Option<i32>| bound.map(Decimal::whole);
        let rows: Vec<Step> = bounds
            .iter()
            .map(|(lower, upper)| Step { lower: whole(*lower), upper: whole(*upper), adjustment: 1 })
            .collect();
        sketch.rows("cpu", "steps", &rows);
        sketch
    }

    #[test]
    fn fires_on_gaps_overlaps_and_no_steps() {
        fires(&RULE, &stepped(&[(Some(0), Some(10)), (Some(20), None)]), &["cpu"]);
        fires(&RULE, &stepped(&[(Some(0), Some(30)), (Some(20), None)]), &["cpu"]);
        fires(&RULE, &stepped(&[]), &["cpu"]);
    }

    #[test]
    fn fires_without_a_fix_on_a_step_the_wrong_way_round() {
        let found = crate::rules::check(stepped(&[(Some(10), Some(10))]).design());
        assert!(found.iter().any(|finding| finding.rule == RULE.id && finding.fix.is_none()));
    }

    #[test]
    fn quiet_on_steps_that_follow_on_one_another_in_any_order() {
        quiet(&RULE, &stepped(&[(Some(20), None), (Some(0), Some(20))]));
        quiet(&RULE, &stepped(&[(None, Some(-10)), (Some(-10), None)]));
        quiet(&RULE, &scaled());
    }
}
