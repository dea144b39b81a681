//! An alarm does something when it goes off.
use crate::catalog::FieldValue;
use crate::catalog::kinds::{Alarm, ScalingPolicy};
use crate::design::{Edit, Node};
use crate::facts::Context;
use crate::id::NodeId;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "alarm-without-action",
    severity: Severity::Info,
    title: t("작업이 없는 경보", "Alarm without an action"),
    why: t(
        "작업이 없는 경보는 콘솔에서 빨갛게 보일 뿐 아무에게도 알리지 않아요.",
        "An alarm without an action turns red in the console and tells nobody.",
    ),
    source: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-actions.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, alarm) in context.all::<Alarm>().filter(|(_, _, alarm)| !alarm.has_action()) {
        let name = &node.name;
        let note = report
            .note(
                id,
                message!(
                    "경보 {name}이(가) 울려도 아무 일도 일어나지 않아요. SNS 주제의 ARN이나 조정 정책을 작업으로 더하세요.",
                    "Nothing happens when alarm {name} goes off. Add the ARN of an SNS topic, or a scaling policy, as an action."
                ),
            )
            .field(id_of!(Alarm.actions))
            .given(id, id_of!(Alarm.targets));
        // The policies of a group that it watches and that wait for an alarm.
        let watched: Vec<NodeId> = alarm.dimensions.iter().filter_map(|of| of.resource).collect();
        let waits =
            |of: &Node, policy: &ScalingPolicy| !policy.watches() && of.parent.is_some_and(|up| watched.contains(&up));
        let mut policies = context.all::<ScalingPolicy>().filter(|(_, of, policy)| waits(of, policy));
        if let (Some((policy, of, _)), None) = (policies.next(), policies.next()) {
            let policy_name = &of.name;
            note.fix(
                message!("조정 정책 {policy_name}을(를) 실행하게 하기", "Let it run scaling policy {policy_name}"),
                vec![Edit::set(id, id_of!(Alarm.targets), vec![policy].to_value())],
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::{Alarm, Dimension, PolicyType, ScalingPolicy};
    use crate::rules::check;
    use crate::rules::testing::{fires, quiet, scaled, two_zones};

    #[test]
    fn fires_without_any() {
        let mut n = scaled();
        n.add("asg", "rush", ScalingPolicy { policy_type: PolicyType::Step, ..ScalingPolicy::default() });
        let group = Some(n.id("asg"));
        let dimensions =
            vec![Dimension { name: "AutoScalingGroupName".to_owned(), resource: group, value: String::new() }];
        n.add("region", "busy", Alarm { dimensions, ..Alarm::default() });
        fires(&RULE, &n, &["busy"]);
        let mut n = two_zones();
        n.add("region", "cpu", Alarm::default());
        let found = check(n.design()).into_iter().find(|finding| finding.rule == RULE.id).unwrap();
        assert_eq!((found.node, found.fix), (n.id("cpu"), None));
    }

    #[test]
    fn quiet_with_a_topic() {
        let mut n = two_zones();
        let actions = vec!["arn:aws:sns:ap-northeast-2:123456789012:operators".to_owned()];
        n.add("region", "cpu", Alarm { actions, ..Alarm::default() });
        quiet(&RULE, &n);
    }
}
