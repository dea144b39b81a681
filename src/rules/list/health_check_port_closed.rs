//! A target's groups admit the health check, which comes from the load balancer's own addresses.
use crate::catalog::kinds::{GroupRule, LoadBalancer, SecurityGroup, Subnet, TargetGroup};
use crate::catalog::{FieldValue, Value};
use crate::design::Edit;
use crate::facts::Context;
use crate::facts::admission::is_about;
use crate::net::{AnyCidr, Protocol};
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "health-check-port-closed",
    severity: Severity::Error,
    title: t("상태 확인 포트가 막힘", "Health check port closed"),
    why: t(
        "상태 확인은 로드 밸런서 노드의 주소에서 와요. 그 포트가 막히면 대상이 비정상이 되어 요청을 받지 못해요.",
        "Health checks come from the load balancer's nodes. Where that port is closed, targets turn unhealthy and get no requests.",
    ),
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (group_id, group_node, target_group) in context.all::<TargetGroup>() {
        let by_traffic = target_group.health_port == "traffic-port";
        for (balancer_id, balancer_node, balancer) in context.balancers(group_id) {
            // An ALB sends requests and checks alike, so its traffic port is target-not-admitting-balancer's.
            if by_traffic && balancer.is_application() {
                continue;
            }
            for (_, id, node, instance, port) in context.targets(target_group) {
                let Some(probe) = (if by_traffic { Some(port) } else { target_group.probe_port() }) else { continue };
                let groups = context.groups_of_instance(instance);
                let same = probe == port && balancer.is_application();
                if same || groups.is_empty() || context.admits_nodes(balancer, groups, Protocol::Tcp, probe) {
                    continue;
                }
                let missing = missing(context, balancer, groups, probe);
                let from = missing.iter().map(|rule| context.peer(rule)).collect::<Vec<_>>().join(", ");
                let (name, balancer_name, target_group_name, names) =
                    (&node.name, &balancer_node.name, &group_node.name, context.names(groups));
                let note = report
                    .note(
                        id,
                        message!(
                            "로드 밸런서 {balancer_name}이(가) 대상 {name}의 TCP {probe}(으)로 상태를 확인하는데 보안 그룹({names})이 막아서 대상 그룹 {target_group_name}에서 비정상이 돼요. {from}에서 오는 TCP {probe}을(를) 허용하세요.",
                            "Load balancer {balancer_name} checks target {name} on TCP {probe}, which its security groups ({names}) do not admit, so it is unhealthy in {target_group_name}. Admit TCP {probe} from {from}."
                        ),
                    )
                    .field(id_of!(LoadBalancer.security_groups))
                        .given_all(context.inbound_of(groups))
                        .given_all(context.nodes_of(balancer_id, balancer))
                        .given_all([(group_id, id_of!(TargetGroup.targets)), (group_id, id_of!(TargetGroup.target_type)), (group_id, id_of!(TargetGroup.health_port)), (group_id, id_of!(TargetGroup.port))]);
                let first = groups.iter().find_map(|id| Some((*id, context.design.get::<SecurityGroup>(*id)?)));
                if let Some((first, body)) = first {
                    let rows = body.inbound.iter().chain(&missing).map(FieldValue::to_value).collect();
                    let first_name = context.name(first);
                    note.fix(
                        message!(
                            "{first_name}에서 TCP {probe} 상태 확인 허용하기",
                            "Admit health checks on TCP {probe} in {first_name}"
                        ),
                        vec![Edit::set(first, id_of!(SecurityGroup.inbound), Value::List(rows))],
                    );
                }
            }
        }
    }
}

/// The rules that would admit the nodes: from the balancer's group, or from each of its subnets that is not admitted yet.
fn missing(context: &Context, balancer: &LoadBalancer, groups: &[crate::id::NodeId], port: u16) -> Vec<GroupRule> {
    if let Some(group) = balancer.security_groups.first() {
        return vec![GroupRule::tcp_from(port, *group)];
    }
    let held = groups.iter().filter_map(|id| context.design.get::<SecurityGroup>(*id));
    let rules: Vec<&GroupRule> =
        held.flat_map(|group| &group.inbound).filter(|rule| is_about(rule, Protocol::Tcp, port)).collect();
    let blocks = balancer
        .subnets
        .iter()
        .filter_map(|id| context.design.get::<Subnet>(*id))
        .map(|subnet| AnyCidr::V4(subnet.cidr));
    let open = |block: &AnyCidr| !rules.iter().any(|rule| rule.cidr.is_some_and(|cidr| cidr.contains(*block)));
    blocks.filter(open).map(|block| GroupRule::tcp(port, block)).collect()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::GroupRule;
    use crate::rules::testing::{balanced, fires, quiet};

    #[test]
    fn fires_on_a_health_port_of_its_own_that_is_closed() {
        let mut sketch = balanced();
        sketch.set("tg", "health_port", "9000");
        fires(&RULE, &sketch, &["app", "app-c"]);
    }

    #[test]
    fn fires_when_only_the_clients_of_an_nlb_are_admitted() {
        let mut sketch = balanced();
        sketch.set("alb", "balancer_type", "network");
        sketch.set("tg", "protocol", "TCP");
        sketch.refs("alb", "security_groups", &[]);
        sketch.rows("app-sg", "inbound", &[GroupRule::tcp(80, "198.51.100.0/24".parse().unwrap())]);
        fires(&RULE, &sketch, &["app", "app-c"]);
    }

    #[test]
    fn quiet_when_it_is_open_or_the_traffic_port() {
        let mut sketch = balanced();
        quiet(&RULE, &sketch);
        let group = sketch.id("alb-sg");
        sketch.set("tg", "health_port", "9000");
        sketch.rows("app-sg", "inbound", &[80, 9000].map(|port| GroupRule::tcp_from(port, group)));
        quiet(&RULE, &sketch);
    }
}
