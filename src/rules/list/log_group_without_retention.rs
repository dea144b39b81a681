//! Logs are not kept for ever.
use crate::catalog::kinds::{LogGroup, LogRetention};
use crate::design::Edit;
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "log-group-without-retention",
    severity: Severity::Info,
    title: t("만료가 없는 로그 그룹", "Log group that never expires"),
    why: t(
        "보존 기간이 없으면 로그가 끝없이 쌓이고 저장 요금도 함께 늘어요.",
        "Without a retention period logs pile up for ever, and so does their cost.",
    ),
    source: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, _) in context.all::<LogGroup>().filter(|(_, _, group)| group.retention == LogRetention::Never) {
        let name = &node.name;
        report
            .note(
                id,
                message!(
                    "로그 그룹 {name}의 로그가 지워지지 않아서 저장 요금이 계속 늘어요. 보존 기간을 정하세요.",
                    "Logs of group {name} are never deleted, and their cost keeps growing. Choose a retention period."
                ),
            )
            .field(id_of!(LogGroup.retention))
            .fix(
                message!("1개월로 정하기", "Keep them for a month"),
                vec![Edit::set(id, id_of!(LogGroup.retention), LogRetention::Days30.as_str())],
            );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, quiet, tasks};

    #[test]
    fn fires_when_logs_never_expire() {
        let mut n = tasks();
        n.set("logs", "retention", "never");
        fires(&RULE, &n, &["logs"]);
    }

    #[test]
    fn quiet_with_a_period() {
        quiet(&RULE, &tasks());
    }
}
