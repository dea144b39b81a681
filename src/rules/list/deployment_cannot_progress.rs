//! A rolling deployment may stop an old task or start a new one.
use crate::catalog::Value;
use crate::catalog::kinds::{Deployment, EcsService};
use crate::design::Edit;
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "deployment-cannot-progress",
    severity: Severity::Error,
    title: t("나아갈 수 없는 롤링 배포", "Rolling deployment that cannot progress"),
    why: t(
        "최소 비율 때문에 옛 태스크를 멈출 수 없고 최대 비율 때문에 새 태스크도 띄울 수 없으면 배포가 끝나지 않아요.",
        "If the minimum lets no old task stop and the maximum lets no new task start, a deployment never ends.",
    ),
    source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html",
    fixes: true,
    check,
};

/// How many tasks must stay and how many may run. AWS rounds the minimum up and the maximum down.
fn bounds(service: &EcsService) -> (u64, u64) {
    let of = |percent: u16| u64::from(service.desired_count) * u64::from(percent);
    (of(service.min_percent).div_ceil(100), of(service.max_percent) / 100)
}

fn check(context: &Context, report: &mut Report) {
    for (id, node, service) in context.all::<EcsService>() {
        let (stay, run) = bounds(service);
        let desired = u64::from(service.desired_count);
        if service.deployment != Deployment::Rolling || desired == 0 || stay < desired || run > desired {
            continue;
        }
        let (name, min, max) = (&node.name, service.min_percent, service.max_percent);
        report
            .note(
                id,
                message!(
                    "서비스 {name}의 태스크 {desired}개 가운데 최소 {min}%({stay}개)가 남아야 하고 최대 {max}%({run}개)까지만 돌 수 있어서 하나도 바꿀 수 없어요. 최대 비율을 올리거나 최소 비율을 내리세요.",
                    "Of the {desired} tasks of service {name}, {min}% ({stay}) must stay and {max}% ({run}) may run at most, so none can be replaced. Raise the maximum or lower the minimum."
                ),
            )
            .field(id_of!(EcsService.max_percent))
                .given_all([(id, id_of!(EcsService.desired_count)), (id, id_of!(EcsService.min_percent)), (id, id_of!(EcsService.deployment))])
            .fix(message!("최대 비율을 200%로 올리기", "Raise the maximum to 200%"), vec![Edit::set(id, id_of!(EcsService.max_percent), Value::Int(200))]);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::Value;
    use crate::rules::testing::{fires, quiet, tasks};

    #[test]
    fn fires_when_nothing_may_stop_or_start() {
        let mut n = tasks();
        n.set("service", "max_percent", Value::Int(100));
        fires(&RULE, &n, &["service"]);
        // A half of one task rounds to one that must stay, and to none more that may run.
        n.set("service", "desired_count", Value::Int(1));
        n.set("service", "min_percent", Value::Int(50));
        n.set("service", "max_percent", Value::Int(150));
        fires(&RULE, &n, &["service"]);
    }

    #[test]
    fn quiet_with_room() {
        let mut n = tasks();
        quiet(&RULE, &n);
        n.set("service", "desired_count", Value::Int(4));
        n.set("service", "max_percent", Value::Int(125));
        quiet(&RULE, &n);
    }
}
