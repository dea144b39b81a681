//! A load balancer's groups admit its listeners' ports.
use crate::catalog::kinds::{GroupRule, Listener, LoadBalancer, SecurityGroup};
use crate::design::Edit;
use crate::facts::Context;
use crate::facts::admission::{clients_of, listener_protocols};
use crate::fixes::rows::appended;
use crate::net::PortRange;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "listener-port-not-admitted",
    severity: Severity::Error,
    title: t("로드 밸런서의 보안 그룹이 리스너 포트를 막음", "Listener port closed by the load balancer's groups"),
    why: t(
        "로드 밸런서의 보안 그룹에 리스너 포트를 허용하는 인바운드 규칙이 없으면 클라이언트의 연결이 시간 초과돼요.",
        "Without an inbound rule for the listener's port on the load balancer's groups, clients time out.",
    ),
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-update-security-groups.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (balancer_id, balancer_node, balancer) in context.all::<LoadBalancer>() {
        // A gateway balancer has no groups.
        if balancer.is_gateway() {
            continue;
        }
        let groups = &balancer.security_groups;
        let Some((group_id, group)) =
            groups.iter().find_map(|id| Some((*id, context.design.get::<SecurityGroup>(*id)?)))
        else {
            continue;
        };
        for (id, node, listener) in context.listeners(balancer_id) {
            let port = listener.port;
            let closed =
                |protocol: &&crate::net::Protocol| context.admitting(groups, **protocol, port).next().is_none();
            let Some(protocol) = listener_protocols(listener.protocol).iter().find(closed).copied() else { continue };
            let (name, balancer_name, names, group_name) =
                (&node.name, &balancer_node.name, context.names(groups), context.name(group_id));
            let from = clients_of(context, balancer_id, balancer);
            let (_, what) = protocol.label();
            let rule = GroupRule { protocol, ports: PortRange::single(port), ..GroupRule::tcp(port, from) };
            report
                .note(
                    id,
                    message!(
                        "로드 밸런서 {balancer_name}의 보안 그룹({names})이 리스너 {name}의 {what} {port}을(를) 허용하지 않아요. {group_name}에 {from}에서 오는 {what} {port} 인바운드 규칙을 더하세요.",
                        "The security groups of load balancer {balancer_name} ({names}) do not admit {what} {port} of listener {name}. Add an inbound rule for {what} {port} from {from} to {group_name}."
                    ),
                )
                .field(id_of!(Listener.port))
                    .given_all(context.inbound_of(groups))
                    .given_all([(balancer_id, id_of!(LoadBalancer.security_groups)), (id, "protocol")])
                .fix(
                    message!("{group_name}에서 {what} {port} 열기", "Open {what} {port} in {group_name}"),
                    vec![Edit::set(group_id, id_of!(SecurityGroup.inbound), appended(&group.inbound, &rule))],
                );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{balanced, fires, named, quiet};

    #[test]
    fn fires_on_a_port_nobody_may_reach() {
        let mut sketch = balanced();
        sketch.set("http", "port", "8080");
        fires(&RULE, &sketch, &["http"]);
        sketch.set("alb", "balancer_type", "network");
        sketch.set("http", "protocol", "TCP_UDP");
        sketch.set("http", "port", "80");
        fires(&RULE, &sketch, &["http"]);
    }

    #[test]
    fn quiet_when_admitted_and_without_groups() {
        quiet(&RULE, &named());
        let mut sketch = balanced();
        sketch.refs("alb", "security_groups", &[]);
        quiet(&RULE, &sketch);
    }
}
