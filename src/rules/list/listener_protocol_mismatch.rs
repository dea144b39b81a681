//! An ALB takes HTTP and HTTPS, an NLB TCP, UDP and TLS.
use crate::catalog::kinds::{BalancerType, Listener, ListenerProtocol, LoadBalancer};
use crate::design::Edit;
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "listener-protocol-mismatch",
    severity: Severity::Error,
    title: t("로드 밸런서 유형에 맞지 않는 리스너 프로토콜", "Listener protocol of the other load balancer type"),
    why: t(
        "ALB의 리스너는 HTTP와 HTTPS만, NLB의 리스너는 TCP, UDP, TLS만 쓸 수 있어요.",
        "Listeners of an ALB speak HTTP or HTTPS only, those of an NLB TCP, UDP or TLS only.",
    ),
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-listeners.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (balancer_id, balancer_node, balancer) in context.all::<LoadBalancer>() {
        for (id, node, listener) in context.listeners(balancer_id) {
            if balancer.listens_to(listener.protocol) {
                continue;
            }
            let fit = match (balancer.balancer_type, listener.protocol.is_secure()) {
                (BalancerType::Application, true) => ListenerProtocol::Https,
                (BalancerType::Application, false) => ListenerProtocol::Http,
                (BalancerType::Network, true) => ListenerProtocol::Tls,
                (BalancerType::Network, false) => ListenerProtocol::Tcp,
                (BalancerType::Gateway, _) => ListenerProtocol::Geneve,
            };
            let (name, balancer_name, kind) = (&node.name, &balancer_node.name, balancer.short_name());
            let (protocol, fit) = (listener.protocol.as_str(), fit.as_str());
            report
                .note(
                    id,
                    message!(
                        "{kind} {balancer_name}의 리스너 {name}은(는) {protocol}을(를) 쓸 수 없어요. {fit}(으)로 바꾸세요.",
                        "Listener {name} of {kind} {balancer_name} cannot speak {protocol}. Change it to {fit}."
                    ),
                )
                .field(id_of!(Listener.protocol))
                .given(balancer_id, id_of!(LoadBalancer.balancer_type))
                .fix(message!("{fit}(으)로 바꾸기", "Change to {fit}"), vec![Edit::set(id, id_of!(Listener.protocol), fit)]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{balanced, fires, named, quiet};

    #[test]
    fn fires_on_tcp_behind_an_alb_and_on_http_behind_an_nlb() {
        let mut sketch = balanced();
        sketch.set("http", "protocol", "TCP");
        fires(&RULE, &sketch, &["http"]);
        let mut sketch = named();
        sketch.set("alb", "balancer_type", "network");
        fires(&RULE, &sketch, &["http", "https"]);
    }

    #[test]
    fn quiet_when_they_match() {
        quiet(&RULE, &named());
        let mut sketch = balanced();
        sketch.set("alb", "balancer_type", "gateway");
        fires(&RULE, &sketch, &["http"]);
        sketch.set("http", "protocol", "GENEVE");
        quiet(&RULE, &sketch);
    }
}
