//! A load balancer has one listener on a port.
use std::collections::BTreeMap;

use crate::catalog::kinds::{Listener, LoadBalancer};
use crate::design::Edit;
use crate::facts::Context;
use crate::id::NodeId;
use crate::rules::pairs::can_compare;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "listener-duplicate-port",
    severity: Severity::Error,
    title: t("같은 포트의 리스너가 둘", "Two listeners on one port"),
    why: t(
        "로드 밸런서의 포트 하나에는 리스너를 하나만 만들 수 있어요. NLB에서 TCP와 UDP를 함께 받으려면 TCP_UDP를 써요.",
        "A port of a load balancer takes one listener. On an NLB, TCP and UDP together are TCP_UDP.",
    ),
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (balancer_id, balancer_node, _) in context.all::<LoadBalancer>() {
        let mut taken: BTreeMap<u16, Vec<(NodeId, &str)>> = BTreeMap::new();
        let mut double = Vec::new();
        for (id, node, listener) in context.listeners(balancer_id) {
            let earlier = taken.entry(listener.port).or_default();
            match earlier.iter().find(|(other, _)| can_compare(context, id, *other, id_of!(Listener.port))) {
                Some((_, first)) => double.push((id, node, listener, *first)),
                None => earlier.push((id, node.name.as_str())),
            }
        }
        for (id, node, listener, first) in double {
            let (name, balancer_name, port) = (&node.name, &balancer_node.name, listener.port);
            let usual = if listener.protocol.is_secure() { 443 } else { 80 };
            let note = report
                .note(
                    id,
                    message!(
                        "로드 밸런서 {balancer_name}의 리스너 {name}과(와) {first}이(가) 같은 포트 {port}을(를) 써요. 한쪽의 포트를 바꾸세요.",
                        "Listeners {name} and {first} of load balancer {balancer_name} are both on port {port}. Change one of them."
                    ),
                )
                .field(id_of!(Listener.port));
            let free = [usual, 8080, 8443].into_iter().chain(8000..=8999).find(|port| !taken.contains_key(port));
            if let Some(free) = free {
                note.fix(
                    message!("{name}의 포트를 {free}(으)로 바꾸기", "Move {name} to port {free}"),
                    vec![Edit::set(id, id_of!(Listener.port), free.to_string().as_str())],
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, named, quiet};

    #[test]
    fn fires_on_the_second_of_a_port() {
        let mut sketch = named();
        sketch.set("https", "port", "80");
        fires(&RULE, &sketch, &["https"]);
    }

    #[test]
    fn quiet_on_different_ports() {
        quiet(&RULE, &named());
    }
}
