//! A service registers a port that its container opens.
use crate::catalog::kinds::EcsService;
use crate::design::Edit;
use crate::facts::Context;
use crate::fixes::rows::replaced;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "service-container-port-missing",
    severity: Severity::Error,
    title: t("컨테이너가 열지 않은 포트를 등록하는 서비스", "Service that registers a port no container opens"),
    why: t(
        "서비스는 태스크 정의의 포트 매핑에 있는 컨테이너와 포트만 대상 그룹에 등록할 수 있어요.",
        "A service registers only a container and port from its task definition's port mappings.",
    ),
    source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-load-balancing.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, name, service, task) in context.services() {
        for (row, balancer) in service.load_balancers.iter().enumerate() {
            if task.endpoint(&balancer.container, balancer.port).is_some() {
                continue;
            }
            let group = balancer.target_group.map_or("", |group| context.name(group));
            let task_name = service.task_definition.map_or("", |task| context.name(task));
            let asked = match (balancer.container.as_str(), balancer.port) {
                ("", None) => String::new(),
                (container, None) => container.to_owned(),
                (container, Some(port)) => format!("{container}:{port}"),
            };
            let note = report
                .note(
                    id,
                    message!(
                        "서비스 {name}이(가) 대상 그룹 {group}에 등록할 컨테이너 포트({asked})가 태스크 정의 {task_name}의 포트 매핑에 없어요. 포트 매핑을 더하거나 다른 포트를 고르세요.",
                        "The container port ({asked}) that service {name} registers in target group {group} is not in the port mappings of task definition {task_name}. Add the mapping, or choose another port."
                    ),
                )
                .field(id_of!(EcsService.load_balancers))
                    .given_all(service.task_definition.map(|task| (task, "containers")));
            if let Some((container, port)) = task.endpoint("", None) {
                let mut mended = balancer.clone();
                mended.container.clone_from(&container.name);
                mended.port = Some(port);
                let container = &container.name;
                note.fix(
                    message!("{container}의 포트 {port}(으)로 바꾸기", "Register port {port} of {container}"),
                    vec![Edit::set(
                        id,
                        id_of!(EcsService.load_balancers),
                        replaced(&service.load_balancers, row, &mended),
                    )],
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::ServiceBalancer;
    use crate::rules::testing::{fires, quiet, tasks};

    #[test]
    fn fires_on_another_port_and_another_container() {
        let mut n = tasks();
        let group = Some(n.id("tg"));
        let row = |container: &str, port| ServiceBalancer {
            target_group: group,
            container: container.to_owned(),
            port,
            green_group: None,
        };
        n.rows("service", "load_balancers", &[row("", Some(9000))]);
        fires(&RULE, &n, &["service"]);
        n.rows("service", "load_balancers", &[row("api", None)]);
        fires(&RULE, &n, &["service"]);
        n.rows("service", "load_balancers", &[row("web", Some(80))]);
        quiet(&RULE, &n);
    }

    #[test]
    fn quiet_when_the_first_port_is_taken() {
        quiet(&RULE, &tasks());
    }
}
