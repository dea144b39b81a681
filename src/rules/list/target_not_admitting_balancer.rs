//! A target's groups admit what the load balancer sends.
use crate::catalog::kinds::{AutoScalingGroup, GroupRule, Instance, LaunchTemplate, SecurityGroup, TargetGroup};
use crate::facts::Context;
use crate::facts::admission::{clients_of, target_protocols};
use crate::fixes::admitting::{admit, sources};
use crate::id::NodeId;
use crate::net::PortRange;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "target-not-admitting-balancer",
    severity: Severity::Error,
    title: t("대상의 보안 그룹이 로드 밸런서를 막음", "Target closed to its load balancer"),
    why: t(
        "대상의 보안 그룹이 로드 밸런서에서 오는 대상 포트를 허용하지 않으면 상태 확인이 실패하고 요청이 닿지 않아요. NLB는 클라이언트의 주소를 그대로 넘겨요.",
        "If a target's groups do not admit the target port from the load balancer, health checks fail and requests do not arrive. An NLB hands on the client's own address.",
    ),
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-register-targets.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    fleets(context, report);
    for (group_id, group_node, target_group) in context.all::<TargetGroup>() {
        for (balancer_id, balancer_node, balancer) in context.balancers(group_id) {
            for (_, id, node, instance, port) in context.targets(target_group) {
                let groups = context.groups_of_instance(instance);
                // A GWLB, as an ALB, sends from its own addresses; an NLB does where it does not keep the client's.
                let from_nodes = balancer.is_application() || balancer.is_gateway() || !target_group.keeps_client();
                let closed = |protocol: &&crate::net::Protocol| {
                    if from_nodes || groups.is_empty() {
                        !context.admits_nodes(balancer, groups, **protocol, port)
                    } else {
                        !context.admits_clients(balancer_id, balancer, groups, **protocol, port)
                    }
                };
                let Some(protocol) = target_protocols(target_group.protocol).iter().find(closed).copied() else {
                    continue;
                };
                let (name, balancer_name, target_group_name) = (&node.name, &balancer_node.name, &group_node.name);
                let (_, what) = protocol.label();
                let by_node = from_nodes || !balancer.security_groups.is_empty();
                let rules = if by_node {
                    context.opening(balancer, groups, protocol, port)
                } else {
                    let cidr = Some(clients_of(context, balancer_id, balancer));
                    vec![GroupRule { protocol, ports: PortRange::single(port), cidr, ..GroupRule::default() }]
                };
                let from = sources(context, &rules);
                let names = if groups.is_empty() { "default".to_owned() } else { context.names(groups) };
                let note = report
                    .note(
                        id,
                        message!(
                            "대상 그룹 {target_group_name}의 대상 {name}에 붙은 보안 그룹({names})이 로드 밸런서 {balancer_name}에서 오는 {what} {port}을(를) 막아요. {from}에서 오는 {what} {port} 인바운드 규칙을 더하세요.",
                            "The security groups ({names}) of {name}, a target of {target_group_name}, do not admit {what} {port} from load balancer {balancer_name}. Add an inbound rule for {what} {port} from {from}."
                        ),
                    )
                    .field(id_of!(Instance.security_groups))
                        .given_all(context.inbound_of(groups))
                        .given_all(context.nodes_of(balancer_id, balancer))
                        .given_all([(group_id, id_of!(TargetGroup.targets)), (group_id, id_of!(TargetGroup.target_type)), (group_id, id_of!(TargetGroup.protocol)), (group_id, id_of!(TargetGroup.port))]);
                if let Some((title, edits)) = admit(context, groups, &rules, &what, port) {
                    note.fix(title, edits);
                }
            }
        }
    }
}

/// The instances of an Auto Scaling group have the groups of its launch template.
fn fleets(context: &Context, report: &mut Report) {
    for (group_id, group_node, target_group) in context.all::<TargetGroup>() {
        let port = target_group.port;
        for (balancer_id, balancer_node, balancer) in context.balancers(group_id) {
            for fleet in context.fleets(group_id) {
                let template = context.design.get::<AutoScalingGroup>(*fleet).and_then(|fleet| fleet.launch_template);
                let body = template.and_then(|id| context.design.get::<LaunchTemplate>(id));
                let (Some(template), Some(body)) = (template, body) else { continue };
                let groups = &body.security_groups;
                let from_nodes = balancer.is_application() || balancer.is_gateway();
                let closed = |protocol: &&crate::net::Protocol| {
                    if from_nodes {
                        !context.admits_nodes(balancer, groups, **protocol, port)
                    } else {
                        !context.admits_clients(balancer_id, balancer, groups, **protocol, port)
                    }
                };
                let is_drawn = |id: &NodeId| context.design.get::<SecurityGroup>(*id).is_some();
                let protocol = target_protocols(target_group.protocol).iter().find(closed).copied();
                let Some(protocol) = protocol.filter(|_| groups.iter().any(is_drawn)) else { continue };
                let rules = if from_nodes || !balancer.security_groups.is_empty() {
                    context.opening(balancer, groups, protocol, port)
                } else {
                    let cidr = Some(clients_of(context, balancer_id, balancer));
                    vec![GroupRule { protocol, ports: PortRange::single(port), cidr, ..GroupRule::default() }]
                };
                let from = sources(context, &rules);
                let (_, what) = protocol.label();
                let (name, balancer_name, target_group_name, names) =
                    (context.name(*fleet), &balancer_node.name, &group_node.name, context.names(groups));
                let note = report
                    .note(
                        *fleet,
                        message!(
                            "대상 그룹 {target_group_name}에 들어가는 Auto Scaling 그룹 {name}의 보안 그룹({names})이 로드 밸런서 {balancer_name}에서 오는 {what} {port}을(를) 막아요. {from}에서 오는 {what} {port} 인바운드 규칙을 더하세요.",
                            "The security groups ({names}) of Auto Scaling group {name}, whose instances join {target_group_name}, do not admit {what} {port} from load balancer {balancer_name}. Add an inbound rule for {what} {port} from {from}."
                        ),
                    )
                    .field("launch_template")
                    .given_all(context.inbound_of(groups))
                    .given_all(context.nodes_of(balancer_id, balancer))
                    .given_all([(template, "security_groups"), (*fleet, "target_groups"), (group_id, "protocol"), (group_id, "port")]);
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
    use crate::catalog::kinds::GroupRule;
    use crate::net::AnyCidr;
    use crate::rules::testing::{Named, balanced, fires, quiet, scaled};

    #[test]
    fn fires_on_a_fleet_that_is_closed() {
        let mut sketch = scaled();
        quiet(&RULE, &sketch);
        sketch.rows("app-sg", "inbound", &[GroupRule::tcp(22, AnyCidr::default())]);
        fires(&RULE, &sketch, &["app", "app-c", "asg"]);
    }

    fn network() -> Named {
        let mut sketch = balanced();
        sketch.set("alb", "balancer_type", "network");
        sketch.set("http", "protocol", "TCP");
        sketch.set("tg", "protocol", "TCP");
        sketch.refs("alb", "security_groups", &[]);
        sketch
    }

    #[test]
    fn clients_need_not_be_admitted_where_their_addresses_are_not_kept() {
        let mut sketch = network();
        let nodes = ["10.0.0.0/23"].map(|block| GroupRule::tcp(80, block.parse().unwrap()));
        sketch.rows("app-sg", "inbound", &nodes);
        fires(&RULE, &sketch, &["app", "app-c"]);
        sketch.set("tg", "keep_client", "false");
        let whole = [GroupRule::tcp(80, "10.0.0.0/16".parse().unwrap())];
        sketch.rows("app-sg", "inbound", &whole);
        quiet(&RULE, &sketch);
    }

    #[test]
    fn fires_on_another_port_another_source_and_the_default_group() {
        let mut sketch = balanced();
        sketch.set("tg", "port", "8080");
        fires(&RULE, &sketch, &["app", "app-c"]);
        let mut sketch = balanced();
        sketch.rows("app-sg", "inbound", &[GroupRule::tcp(80, "10.0.1.0/24".parse().unwrap())]);
        sketch.refs("app-c", "security_groups", &[]);
        fires(&RULE, &sketch, &["app", "app-c"]);
    }

    #[test]
    fn a_gateway_balancer_sends_from_its_own_addresses() {
        let mut sketch = network();
        sketch.set("alb", "balancer_type", "gateway");
        sketch.set("http", "protocol", "GENEVE");
        sketch.set("tg", "protocol", "GENEVE");
        sketch.set("tg", "port", "6081");
        fires(&RULE, &sketch, &["app", "app-c"]);
        let udp = |cidr: &str| GroupRule {
            protocol: crate::net::Protocol::Udp,
            ..GroupRule::tcp(6081, cidr.parse().unwrap())
        };
        sketch.rows("app-sg", "inbound", &[udp("10.0.1.0/24"), udp("10.0.2.0/24")]);
        quiet(&RULE, &sketch);
    }

    #[test]
    fn fires_when_an_nlb_hands_on_clients_who_are_not_admitted() {
        let mut sketch = network();
        sketch.rows("app-sg", "inbound", &[GroupRule::tcp(80, "10.0.0.0/16".parse().unwrap())]);
        fires(&RULE, &sketch, &["app", "app-c"]);
    }

    #[test]
    fn quiet_when_the_group_or_the_subnets_of_the_nodes_are_admitted() {
        let mut sketch = balanced();
        quiet(&RULE, &sketch);
        let from = ["10.0.1.0/24", "10.0.2.0/24"].map(|cidr| GroupRule::tcp(80, cidr.parse().unwrap()));
        sketch.rows("app-sg", "inbound", &from);
        quiet(&RULE, &sketch);
        let mut sketch = network();
        sketch.rows("app-sg", "inbound", &[GroupRule::tcp(80, AnyCidr::default())]);
        quiet(&RULE, &sketch);
    }
}
