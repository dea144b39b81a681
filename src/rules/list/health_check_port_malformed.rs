//! A health check port is traffic-port or a number.
use crate::catalog::kinds::TargetGroup;
use crate::design::Edit;
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "health-check-port-malformed",
    severity: Severity::Error,
    title: t("잘못 쓴 상태 확인 포트", "Malformed health check port"),
    why: t(
        "상태 확인 포트는 traffic-port 또는 1부터 65535까지의 번호예요.",
        "A health check port is traffic-port or a number from 1 to 65535.",
    ),
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, group) in context.all::<TargetGroup>() {
        // The traffic port is always well formed; whether it is right is not this field's fault.
        if group.health_port == "traffic-port" || group.probe_port().is_some_and(|port| port > 0) {
            continue;
        }
        let (name, port) = (&node.name, &group.health_port);
        report
            .note(
                id,
                message!(
                    "대상 그룹 {name}의 상태 확인 포트 '{port}'은(는) 포트가 아니에요. traffic-port나 8080 같은 번호를 쓰세요.",
                    "The health check port \"{port}\" of target group {name} is no port. Write traffic-port or a number such as 8080."
                ),
            )
            .field(id_of!(TargetGroup.health_port))
            .fix(message!("traffic-port로 바꾸기", "Change it to traffic-port"), vec![Edit::set(id, id_of!(TargetGroup.health_port), "traffic-port")]);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{balanced, fires, quiet};

    #[test]
    fn fires_on_words_zero_and_too_large_a_number() {
        for port in ["http", "0", "70000", ""] {
            let mut sketch = balanced();
            sketch.set("tg", "health_port", port);
            fires(&RULE, &sketch, &["tg"]);
        }
    }

    #[test]
    fn quiet_on_a_number_and_on_the_traffic_port() {
        let mut sketch = balanced();
        quiet(&RULE, &sketch);
        sketch.set("tg", "health_port", "8080");
        quiet(&RULE, &sketch);
    }
}
