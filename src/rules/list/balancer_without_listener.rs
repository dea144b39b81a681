//! A load balancer without a listener accepts nothing.

use crate::catalog::kinds::{BalancerType, Forward, Listener, ListenerProtocol, LoadBalancer, TargetGroup};
use crate::design::Edit;
use crate::facts::Context;
use crate::fixes::draft::Draft;
use crate::fixes::only;
use crate::id::NodeId;
use crate::message;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;

pub const RULE: Rule = Rule {
    id: "balancer-without-listener",
    severity: Severity::Warning,
    title: t("리스너가 없는 로드 밸런서", "Load balancer without a listener"),
    why: t(
        "리스너가 있어야 연결을 받아요. 없으면 로드 밸런서는 요금만 나가고 아무 요청도 처리하지 않아요.",
        "Only listeners accept connections: without one the load balancer costs money and serves nothing.",
    ),
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, balancer) in context.all::<LoadBalancer>() {
        // Another stack may add one to a balancer that it is told of.
        if context.listeners(id).next().is_some() || context.may_be_used(id) {
            continue;
        }
        let name = &node.name;
        let groups = context.vpc_of(id).map_or(&[][..], |(vpc, _)| context.target_groups(vpc));
        let only = only(groups.iter().copied().filter(|group| {
            context.design.get::<TargetGroup>(*group).is_some_and(|group| balancer.forwards_by(group.protocol))
        }));
        let protocol = match balancer.balancer_type {
            BalancerType::Application => ListenerProtocol::Http,
            BalancerType::Network => ListenerProtocol::Tcp,
            BalancerType::Gateway => ListenerProtocol::Geneve,
        };
        // A gateway balancer's listener has no port.
        let shown =
            if balancer.is_gateway() { protocol.as_str().to_owned() } else { format!("{} 80", protocol.as_str()) };
        let note = report.note(
            id,
            message!(
                "로드 밸런서 {name}에 리스너가 없어요. {shown} 같은 리스너를 안에 넣고 대상 그룹으로 전달하세요.",
                "Load balancer {name} has no listener. Put one such as {shown} into it and forward to a target group."
            ),
        );
        // With several target groups only a person knows which is meant, and with none there is nothing to forward to.
        if let Some(edits) = only.and_then(|only| listening(context, id, name, protocol, only)) {
            note.fix(message!("{shown} 리스너 넣기", "Add a listener on {shown}"), edits);
        }
    }
}

/// A listener that forwards to a target group.
fn listening(
    context: &Context,
    balancer: NodeId,
    name: &str,
    protocol: ListenerProtocol,
    group: NodeId,
) -> Option<Vec<Edit>> {
    let mut draft = Draft::new(context.design);
    let forwards = vec![Forward { target_group: Some(group), ..Forward::default() }];
    draft.add(&format!("{name}-listener"), Some(balancer), Listener { protocol, forwards, ..Listener::default() });
    draft.finish()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{balanced, fires, quiet};

    #[test]
    fn fires_after_the_listener_went() {
        let mut sketch = balanced();
        sketch.remove("http");
        fires(&RULE, &sketch, &["alb"]);
        sketch.set("alb", "balancer_type", "network");
        sketch.set("tg", "protocol", "TCP");
        fires(&RULE, &sketch, &["alb"]);
    }

    #[test]
    fn quiet_with_a_listener() {
        quiet(&RULE, &balanced());
    }
}
