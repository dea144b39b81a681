//! A simple or step policy runs when an alarm says so.
use std::collections::BTreeSet;

use crate::catalog::Kind;
use crate::catalog::decimal::Decimal;
use crate::catalog::kinds::{Alarm, Dimension, ScalingPolicy};
use crate::facts::Context;
use crate::fixes::mend;
use crate::id::NodeId;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "scaling-policy-without-alarm",
    severity: Severity::Warning,
    title: t("경보가 실행하지 않는 조정 정책", "Scaling policy that no alarm runs"),
    why: t(
        "단순 조정과 단계 조정은 스스로 지표를 보지 않아서, 경보가 없으면 한 번도 실행되지 않아요.",
        "Simple and step scaling watch no metric themselves; without an alarm they never run.",
    ),
    source: "https://docs.aws.amazon.com/autoscaling/ec2/userguide/step-scaling-create-scaling-policy.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    let run: BTreeSet<NodeId> =
        context.all::<Alarm>().flat_map(|(_, _, alarm)| alarm.targets.iter().copied()).collect();
    for (id, node, policy) in context.all::<ScalingPolicy>() {
        if policy.watches() || run.contains(&id) || context.may_be_used(id) {
            continue;
        }
        let name = &node.name;
        let note = report.note(
            id,
            message!(
                "조정 정책 {name}을(를) 실행할 경보가 없어요. CloudWatch 경보를 두고 이 정책을 연결하세요.",
                "No alarm runs scaling policy {name}. Place a CloudWatch alarm and connect it with this policy."
            ),
        );
        let note = note.given(id, id_of!(ScalingPolicy.policy_type));
        if let (Some(region), Some(group)) = (context.design.ancestor(id, Kind::Region), node.parent) {
            let alarm = Alarm {
                dimensions: vec![Dimension {
                    name: "AutoScalingGroupName".to_owned(),
                    resource: Some(group),
                    value: String::new(),
                }],
                targets: vec![id],
                threshold: Decimal::whole(70),
                period: 60,
                ..Alarm::default()
            };
            note.fix(
                message!("CPU 70% 경보 만들어 연결하기", "Add an alarm on 70 % CPU and connect it"),
                mend::add_tile(context, &format!("{name}-alarm"), region, alarm),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, quiet, scaled};

    #[test]
    fn fires_on_a_step_policy_alone() {
        let mut sketch = scaled();
        sketch.set("cpu", "policy_type", "StepScaling");
        fires(&RULE, &sketch, &["cpu"]);
    }

    #[test]
    fn quiet_on_target_tracking_and_with_an_alarm() {
        let mut sketch = scaled();
        quiet(&RULE, &sketch);
        sketch.set("cpu", "policy_type", "StepScaling");
        let policy = sketch.id("cpu");
        sketch.add("region", "busy", crate::catalog::kinds::Alarm { targets: vec![policy], ..Default::default() });
        quiet(&RULE, &sketch);
    }
}
