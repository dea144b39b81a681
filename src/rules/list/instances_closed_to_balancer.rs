//! Instances that run tasks admit from the load balancer the ports that containers take on them.
use crate::catalog::kinds::{EcsCluster, EcsService, LaunchTemplate, NetworkMode, TargetGroup, TaskDefinition};
use crate::facts::Context;
use crate::facts::admission::target_protocols;
use crate::facts::joining::{is_on_instances, named, with_agent};
use crate::fixes::admitting::{admit, sources};
use crate::id::NodeId;
use crate::net::Protocol;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "instances-closed-to-balancer",
    severity: Severity::Error,
    title: t("컨테이너 인스턴스가 로드 밸런서를 막음", "Container instances closed to a load balancer"),
    why: t(
        "awsvpc가 아닌 태스크는 인스턴스의 포트에서 요청을 받아요. 인스턴스의 보안 그룹이 그 호스트 포트를 로드 밸런서에 허용하지 않으면 상태 확인이 실패하고, ECS가 태스크를 계속 바꿔요.",
        "Tasks without awsvpc take requests on ports of their instance. If the instances' groups do not admit that host port from the load balancer, health checks fail and ECS keeps replacing tasks.",
    ),
    source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/troubleshoot-service-load-balancers.html",
    fixes: true,
    check,
};

/// Ports of those that Docker takes where a mapping names none
/// (<https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html>).
const EPHEMERAL: [u16; 2] = [32_768, 49_153];

fn check(context: &Context, report: &mut Report) {
    for (id, name, service, task) in context.services() {
        if !is_on_instances(context, service, task) || task.mode() == NetworkMode::Awsvpc {
            continue;
        }
        for row in &service.load_balancers {
            let Some((group, ports)) = row.target_group.zip(host_ports(task, &row.container, row.port)) else {
                continue;
            };
            let carried = context
                .design
                .get::<TargetGroup>(group)
                .map_or(&[Protocol::Tcp][..], |of| target_protocols(of.protocol));
            for (plan, of) in launched(context, service) {
                for (balancer_id, balancer_node, balancer) in context.balancers(group) {
                    let groups = &of.security_groups;
                    let open =
                        |port: &u16| carried.iter().all(|one| context.admits_nodes(balancer, groups, *one, *port));
                    let Some(port) = ports.first().copied().filter(|_| !ports.iter().any(open)) else { continue };
                    let protocol = carried.first().copied().unwrap_or(Protocol::Tcp);
                    let rules = context.opening(balancer, groups, protocol, port);
                    let from = sources(context, &rules);
                    let (balancer_name, plan_name, (_, what)) =
                        (&balancer_node.name, context.name(plan), protocol.label());
                    let names = if groups.is_empty() { "default".to_owned() } else { context.names(groups) };
                    let note = report
                        .note(
                            plan,
                            message!(
                                "서비스 {name}의 태스크는 인스턴스의 {what} {port}에서 받는데, 시작 템플릿 {plan_name}의 보안 그룹({names})이 로드 밸런서 {balancer_name}에서 오는 그 포트를 막아요. {from}에서 오는 {what} {port} 인바운드 규칙을 더하세요.",
                                "Tasks of service {name} listen on {what} {port} of their instance, and the security groups ({names}) of launch template {plan_name} do not admit that from load balancer {balancer_name}. Add an inbound rule for {what} {port} from {from}."
                            ),
                        )
                        .field(id_of!(LaunchTemplate.security_groups))
                        .given_all(context.inbound_of(groups))
                        .given_all(context.nodes_of(balancer_id, balancer))
                        .given_all([(group, id_of!(TargetGroup.protocol)), (id, id_of!(EcsService.load_balancers)), (id, id_of!(EcsService.launch))])
                        .given_all(service.cluster.map(|cluster| (cluster, id_of!(EcsCluster.groups))))
                        .given_all(service.task_definition.iter().flat_map(|task| {
                            [(*task, id_of!(TaskDefinition.containers)), (*task, id_of!(TaskDefinition.network_mode)),
                                (*task, id_of!(TaskDefinition.compatibility)),]
                        }));
                    // Which of the ports Docker takes is not known before, so no single rule would do.
                    let fix = admit(context, groups, &rules, &what, port).filter(|_| ports.len() == 1);
                    if let Some((title, edits)) = fix {
                        note.fix(title, edits);
                    }
                }
            }
        }
    }
}

/// The ports of the instance by which a container is met: one that the mapping names, else some of those that Docker may take.
fn host_ports(task: &TaskDefinition, container: &str, port: Option<u16>) -> Option<Vec<u16>> {
    let (container, port) = task.endpoint(container, port)?;
    if task.mode() == NetworkMode::Host {
        return Some(vec![port]);
    }
    let mapping = container.ports.iter().find(|mapping| mapping.container_port == port)?;
    Some(mapping.host_port.filter(|port| *port > 0).map_or_else(|| EPHEMERAL.to_vec(), |port| vec![port]))
}

/// The launch templates of the instances that a service may run on: of the cluster's groups, else of those that have the agent and are told of a
/// cluster.
fn launched<'a>(context: &Context<'a>, service: &EcsService) -> Vec<(NodeId, &'a LaunchTemplate)> {
    let listed = service.cluster.and_then(|id| context.design.get::<EcsCluster>(id)).map_or(&[][..], |of| &of.groups);
    let all = with_agent(context).into_iter();
    let mut found: Vec<(NodeId, &LaunchTemplate)> = all
        .filter(
            |(fleet, _, of)| if listed.is_empty() { named(&of.user_data).is_some() } else { listed.contains(fleet) },
        )
        .map(|(_, plan, of)| (plan, of))
        .collect();
    found.dedup_by_key(|(plan, _)| *plan);
    found
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::{Container, GroupRule, PortMapping};
    use crate::fixes::joining::join;
    use crate::rules::testing::{Named, fires, quiet, scaled, tasks};

    /// [`tasks`] on instances of a fleet, by a port of the host.
    fn on_instances(host_port: Option<u16>) -> Named {
        let mut n = tasks();
        let fleet = {
            let other = scaled();
            let template =
                other.design().get::<crate::catalog::kinds::LaunchTemplate>(other.id("template")).unwrap().clone();
            let security_groups = vec![n.id("app-sg")];
            let template = crate::catalog::kinds::LaunchTemplate { security_groups, ..template };
            let template = n.add("region", "template", template);
            let subnets = vec![n.id("private-a"), n.id("private-c")];
            let launch_template = Some(template);
            crate::catalog::kinds::AutoScalingGroup { launch_template, subnets, ..Default::default() }
        };
        n.add("vpc", "asg", fleet);
        n.refs("cluster", "groups", &["asg"]);
        for edit in &join(n.design(), n.id("cluster"), n.id("template")).unwrap() {
            n.edit(edit);
        }
        n.set("service", "launch", "EC2");
        n.set("task", "compatibility", "EC2");
        n.set("task", "network_mode", "bridge");
        n.set("tg", "target_type", "instance");
        let ports = vec![PortMapping { host_port, ..PortMapping::default() }];
        n.rows("task", "containers", &[Container { ports, ..Container::default() }]);
        n
    }

    #[test]
    fn fires_on_a_host_port_that_is_not_admitted() {
        fires(&RULE, &on_instances(Some(8080)), &["template"]);
    }

    #[test]
    fn quiet_where_the_host_port_or_those_of_docker_are_admitted() {
        quiet(&RULE, &on_instances(Some(80)));
        let mut n = on_instances(None);
        let from = n.id("alb-sg");
        let range = crate::net::PortRange::new(32_768, 65_535).unwrap();
        n.rows("app-sg", "inbound", &[GroupRule { ports: range, ..GroupRule::tcp_from(80, from) }]);
        quiet(&RULE, &n);
        quiet(&RULE, &tasks());
    }
}
