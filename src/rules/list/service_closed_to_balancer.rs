//! A service's groups admit the container's port from its load balancer.
use crate::catalog::kinds::{EcsService, NetworkMode, TargetGroup};
use crate::facts::Context;
use crate::facts::admission::target_protocols;
use crate::fixes::admitting::{admit, sources};
use crate::net::Protocol;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "service-closed-to-balancer",
    severity: Severity::Error,
    title: t("서비스의 보안 그룹이 로드 밸런서를 막음", "Service closed to its load balancer"),
    why: t(
        "태스크의 보안 그룹이 로드 밸런서에서 오는 컨테이너 포트를 허용하지 않으면 상태 확인이 실패하고, ECS가 태스크를 계속 바꿔요.",
        "If the tasks' groups do not admit the container's port from the load balancer, health checks fail and ECS keeps replacing tasks.",
    ),
    source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/troubleshoot-service-load-balancers.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, name, service, task) in context.services().filter(|(.., task)| task.mode() == NetworkMode::Awsvpc) {
        for row in &service.load_balancers {
            let Some((group, (_, port))) = row.target_group.zip(task.endpoint(&row.container, row.port)) else {
                continue;
            };
            for (balancer_id, balancer_node, balancer) in context.balancers(group) {
                let groups = &service.security_groups;
                // A UDP target group sends UDP; what its checks need is another matter.
                let carried = context
                    .design
                    .get::<TargetGroup>(group)
                    .map_or(&[Protocol::Tcp][..], |of| target_protocols(of.protocol));
                let closed = |protocol: &&Protocol| !context.admits_nodes(balancer, groups, **protocol, port);
                let Some(protocol) = carried.iter().find(closed).copied() else { continue };
                let rules = context.opening(balancer, groups, protocol, port);
                let from = sources(context, &rules);
                let (balancer_name, (_, what)) = (&balancer_node.name, protocol.label());
                let names = if groups.is_empty() { "default".to_owned() } else { context.names(groups) };
                let note = report
                    .note(
                        id,
                        message!(
                            "서비스 {name}의 보안 그룹({names})이 로드 밸런서 {balancer_name}에서 오는 {what} {port}을(를) 막아요. {from}에서 오는 {what} {port} 인바운드 규칙을 더하세요.",
                            "The security groups ({names}) of service {name} do not admit {what} {port} from load balancer {balancer_name}. Add an inbound rule for {what} {port} from {from}."
                        ),
                    )
                    .field(id_of!(EcsService.security_groups))
                        .given_all(context.inbound_of(groups))
                        .given_all(context.nodes_of(balancer_id, balancer))
                        .given_all([(group, id_of!(TargetGroup.protocol)), (id, id_of!(EcsService.load_balancers))])
                        .given_all(service.task_definition.iter().flat_map(|task| [(*task, "containers"), (*task, "network_mode")]));
                if let Some((title, edits)) = admit(context, groups, &rules, &what, port) {
                    note.fix(title, edits);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::Value;
    use crate::catalog::kinds::{Container, PortMapping};
    use crate::rules::testing::{fires, quiet, tasks};

    #[test]
    fn fires_on_another_port_and_on_the_default_group() {
        let mut n = tasks();
        let ports = vec![PortMapping { container_port: 8000, ..PortMapping::default() }];
        n.rows("task", "containers", &[Container { ports, ..Container::default() }]);
        fires(&RULE, &n, &["service"]);
        let mut n = tasks();
        n.set("service", "security_groups", Value::List(vec![]));
        let found = crate::rules::check(n.design());
        assert!(found.iter().any(|finding| finding.rule == RULE.id && finding.fix.is_none()));
    }

    #[test]
    fn fires_once_for_all_subnets_of_a_balancer_without_a_group() {
        let mut n = tasks();
        n.set("alb", "security_groups", Value::List(vec![]));
        n.set("app-sg", "inbound", Value::List(vec![]));
        fires(&RULE, &n, &["service"]);
    }

    #[test]
    fn quiet_when_the_balancers_group_is_admitted() {
        quiet(&RULE, &tasks());
    }
}
