//! An alarm does something when it goes off.

use crate::catalog::kinds::Alarm;
use crate::message;
use crate::rules::{Context, Report, Rule, Severity};
use crate::text::t;

pub const RULE: Rule = Rule {
    id: "alarm-without-action",
    severity: Severity::Info,
    title: t("작업이 없는 경보", "Alarm without an action"),
    why: t(
        "작업이 없는 경보는 콘솔에서 빨갛게 보일 뿐 아무에게도 알리지 않아요.",
        "An alarm without an action turns red in the console and tells nobody.",
    ),
    source: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-actions.html",
    fixes: false,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, _) in context.all::<Alarm>().filter(|(_, _, alarm)| !alarm.has_action()) {
        let name = &node.name;
        report
            .note(
                id,
                message!(
                    "경보 {name}이(가) 울려도 아무 일도 일어나지 않아요. SNS 주제의 ARN이나 조정 정책을 작업으로 더하세요.",
                    "Nothing happens when alarm {name} goes off. Add the ARN of an SNS topic, or a scaling policy, as an action."
                ),
            )
            .field("actions");
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::Alarm;
    use crate::rules::testing::{fires, quiet, two_zones};

    #[test]
    fn fires_without_any() {
        let mut n = two_zones();
        n.add("region", "cpu", Alarm::default());
        fires(&RULE, &n, &["cpu"]);
    }

    #[test]
    fn quiet_with_a_topic() {
        let mut n = two_zones();
        let actions = vec!["arn:aws:sns:ap-northeast-2:123456789012:operators".to_owned()];
        n.add("region", "cpu", Alarm { actions, ..Alarm::default() });
        quiet(&RULE, &n);
    }
}
