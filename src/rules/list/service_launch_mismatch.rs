//! A service runs its tasks where their definition allows.
use crate::catalog::kinds::{Compatibility, EcsService};
use crate::design::Edit;
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "service-launch-mismatch",
    severity: Severity::Error,
    title: t("태스크 정의와 맞지 않는 컴퓨팅", "Service and task definition run on different compute"),
    why: t(
        "EC2용 태스크 정의는 Fargate에서 시작되지 않고, Fargate용은 크기와 네트워크가 Fargate에 맞춰져 있어요.",
        "A task definition for EC2 does not start on Fargate, and one for Fargate is sized and wired for Fargate.",
    ),
    source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/launch_types.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, name, service, task) in context.services() {
        if service.is_fargate() == task.is_fargate() || follows_cluster(service) {
            continue;
        }
        let wanted = if task.is_fargate() { Compatibility::Fargate } else { Compatibility::Ec2 };
        let task_name = service.task_definition.map_or("", |task| context.name(task));
        let wanted = wanted.as_str();
        report
            .note(
                id,
                message!(
                    "태스크 정의 {task_name}은(는) {wanted}용인데 서비스 {name}의 컴퓨팅이 달라요. 둘을 같게 맞추세요.",
                    "Task definition {task_name} is for {wanted}, and the compute of service {name} is another. Make them the same."
                ),
            )
            .field(id_of!(EcsService.launch))
            .given_all(service.task_definition.map(|task| (task, "compatibility")))
            .given(id, id_of!(EcsService.strategy))
            .fix(
                message!("컴퓨팅을 {wanted}(으)로 바꾸기", "Change the compute to {wanted}"),
                vec![Edit::set(id, id_of!(EcsService.launch), wanted)],
            );
    }
}

/// Whether the cluster decides.
fn follows_cluster(service: &EcsService) -> bool {
    service.launch == crate::catalog::kinds::ServiceLaunch::Strategy && service.strategy.is_empty()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, quiet, tasks};

    #[test]
    fn fires_on_instances_for_a_fargate_task_and_the_other_way_round() {
        let mut n = tasks();
        n.set("service", "launch", "EC2");
        fires(&RULE, &n, &["service"]);
        let mut n = tasks();
        n.set("task", "compatibility", "EC2");
        fires(&RULE, &n, &["service"]);
    }

    #[test]
    fn quiet_when_both_say_the_same_or_the_cluster_decides() {
        let mut n = tasks();
        quiet(&RULE, &n);
        n.set("service", "launch", "strategy");
        quiet(&RULE, &n);
    }
}
