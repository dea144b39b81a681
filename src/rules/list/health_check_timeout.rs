//! A health check times out before the next one starts.
use crate::catalog::kinds::TargetGroup;
use crate::design::Edit;
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "health-check-timeout",
    severity: Severity::Error,
    title: t("상태 확인 제한 시간이 간격보다 김", "Health check timeout not below its interval"),
    why: t(
        "제한 시간은 확인 간격보다 짧아야 대상 그룹이 만들어져요.",
        "A target group is created only with a timeout below the interval.",
    ),
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, group) in context.all::<TargetGroup>() {
        let (timeout, interval) = (group.health_timeout, group.health_interval);
        if timeout < interval {
            continue;
        }
        let (name, better) = (&node.name, (interval / 2).max(2));
        let note = report
            .note(
                id,
                message!(
                    "대상 그룹 {name}의 상태 확인 제한 시간 {timeout}초가 간격 {interval}초보다 짧지 않아요. 제한 시간을 줄이거나 간격을 늘리세요.",
                    "The health check timeout of target group {name}, {timeout} s, is not below its interval of {interval} s. Shorten the timeout or lengthen the interval."
                ),
            )
            .field(id_of!(TargetGroup.health_timeout));
        if better < interval {
            note.fix(
                message!("제한 시간을 {better}초로 바꾸기", "Change the timeout to {better} s"),
                vec![Edit::set(id, id_of!(TargetGroup.health_timeout), better.to_string().as_str())],
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{balanced, fires, quiet};

    #[test]
    fn fires_when_they_are_equal() {
        let mut sketch = balanced();
        sketch.set("tg", "health_timeout", "30");
        fires(&RULE, &sketch, &["tg"]);
    }

    #[test]
    fn quiet_below_the_interval() {
        let mut sketch = balanced();
        sketch.set("tg", "health_timeout", "29");
        quiet(&RULE, &sketch);
    }
}
