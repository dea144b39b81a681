//! A target group speaks a protocol of its load balancer's type.
use crate::catalog::Value;
use crate::catalog::kinds::{BalancerType, HealthProtocol, LoadBalancer, TargetGroup, TargetProtocol};
use crate::design::Edit;
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "target-group-protocol-mismatch",
    severity: Severity::Error,
    title: t(
        "로드 밸런서 유형에 맞지 않는 대상 그룹 프로토콜",
        "Target group protocol of the other load balancer type",
    ),
    why: t(
        "ALB는 HTTP와 HTTPS 대상 그룹에만, NLB는 TCP, UDP, TLS 대상 그룹에만 전달하고, HTTP 대상 그룹의 상태 확인은 TCP일 수 없어요.",
        "An ALB forwards to HTTP and HTTPS target groups only, an NLB to TCP, UDP and TLS ones, and an HTTP target group cannot be checked by TCP.",
    ),
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, group) in context.all::<TargetGroup>() {
        let (name, protocol) = (&node.name, group.protocol.as_str());
        let other = context.balancers(id).find(|(_, _, balancer)| !balancer.forwards_by(group.protocol));
        if let Some((balancer_id, balancer_node, balancer)) = other {
            let fit = match (balancer.balancer_type, group.protocol) {
                (BalancerType::Application, _) => TargetProtocol::Http,
                (BalancerType::Network, TargetProtocol::Https) => TargetProtocol::Tls,
                (BalancerType::Network, _) => TargetProtocol::Tcp,
                (BalancerType::Gateway, _) => TargetProtocol::Geneve,
            };
            let (kind, balancer_name, fit) = (balancer.short_name(), &balancer_node.name, fit.as_str());
            let mut edits = vec![Edit::set(id, id_of!(TargetGroup.protocol), fit)];
            if balancer.is_gateway() {
                edits.push(Edit::set(id, id_of!(TargetGroup.port), Value::Int(6081)));
            }
            if balancer.is_application() && group.health_protocol == HealthProtocol::Tcp {
                edits.push(Edit::set(id, id_of!(TargetGroup.health_protocol), "HTTP"));
            }
            report
                .note(
                    id,
                    message!(
                        "{kind} {balancer_name}은(는) {protocol} 대상 그룹 {name}(으)로 전달할 수 없어요. 대상 그룹의 프로토콜을 {fit}(으)로 바꾸세요.",
                        "{kind} {balancer_name} cannot forward to target group {name}, which speaks {protocol}. Change its protocol to {fit}."
                    ),
                )
                .field(id_of!(TargetGroup.protocol))
                .given(balancer_id, id_of!(LoadBalancer.balancer_type))
                .fix(message!("프로토콜을 {fit}(으)로 바꾸기", "Change the protocol to {fit}"), edits);
        } else if group.protocol.is_http() && group.health_protocol == HealthProtocol::Tcp {
            report
                .note(
                    id,
                    message!(
                        "{protocol} 대상 그룹 {name}의 상태 확인은 TCP로 할 수 없어요. {protocol}(으)로 바꾸세요.",
                        "Target group {name} speaks {protocol} and cannot be checked by TCP. Change the health check to {protocol}."
                    ),
                )
                .field(id_of!(TargetGroup.health_protocol))
                .given(id, id_of!(TargetGroup.protocol))
                .fix(
                    message!("상태 확인을 {protocol}(으)로 바꾸기", "Change the health check to {protocol}"),
                    vec![Edit::set(id, id_of!(TargetGroup.health_protocol), protocol)],
                );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{balanced, fires, quiet};

    #[test]
    fn fires_on_either_type_with_the_others_protocol() {
        let mut sketch = balanced();
        sketch.set("tg", "protocol", "TCP");
        sketch.set("tg", "health_protocol", "TCP");
        fires(&RULE, &sketch, &["tg"]);
        let mut sketch = balanced();
        sketch.set("alb", "balancer_type", "network");
        fires(&RULE, &sketch, &["tg"]);
    }

    #[test]
    fn fires_on_a_tcp_check_of_an_http_group() {
        let mut sketch = balanced();
        sketch.set("tg", "health_protocol", "TCP");
        fires(&RULE, &sketch, &["tg"]);
    }

    #[test]
    fn quiet_when_they_match() {
        let mut sketch = balanced();
        quiet(&RULE, &sketch);
        sketch.set("alb", "balancer_type", "network");
        sketch.set("tg", "protocol", "TCP");
        quiet(&RULE, &sketch);
    }
}
