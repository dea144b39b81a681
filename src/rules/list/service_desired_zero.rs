//! A service keeps at least one task running.
use crate::catalog::Value;
use crate::catalog::kinds::EcsService;
use crate::design::Edit;
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "service-desired-zero",
    severity: Severity::Info,
    title: t("태스크를 띄우지 않는 서비스", "Service that runs no task"),
    why: t(
        "원하는 태스크 수가 0이면 아무것도 돌지 않아서 로드 밸런서가 503으로 답해요. 잠시 멈춘 것이라면 그대로 두세요.",
        "With a desired count of 0 nothing runs, and the load balancer answers 503. Leave it if it is paused on purpose.",
    ),
    source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_services.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, _) in context.all::<EcsService>().filter(|(_, _, service)| service.desired_count == 0) {
        let name = &node.name;
        report
            .note(
                id,
                message!(
                    "서비스 {name}의 원하는 태스크 수가 0이라 아무것도 돌지 않아요. 1 이상으로 올리세요.",
                    "The desired count of service {name} is 0, so nothing runs. Raise it to at least 1."
                ),
            )
            .field(id_of!(EcsService.desired_count))
            .fix(
                message!("1로 올리기", "Raise it to 1"),
                vec![Edit::set(id, id_of!(EcsService.desired_count), Value::Int(1))],
            );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::Value;
    use crate::rules::testing::{fires, quiet, tasks};

    #[test]
    fn fires_on_zero() {
        let mut n = tasks();
        n.set("service", "desired_count", Value::Int(0));
        fires(&RULE, &n, &["service"]);
    }

    #[test]
    fn quiet_on_one() {
        quiet(&RULE, &tasks());
    }
}
