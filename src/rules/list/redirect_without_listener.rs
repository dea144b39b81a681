//! A redirect to the same host leads to a port on which the load balancer listens.
use crate::catalog::kinds::{ActionType, Certificate, Listener, ListenerProtocol, LoadBalancer};
use crate::design::Edit;
use crate::facts::Context;
use crate::facts::actions::actions;
use crate::fixes::draft::Draft;
use crate::fixes::only;
use crate::fixes::rows::set_in_action;
use crate::id::NodeId;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "redirect-without-listener",
    severity: Severity::Error,
    title: t("받는 리스너가 없는 리디렉션", "Redirect to a port without a listener"),
    why: t(
        "브라우저가 리디렉션을 따라와도 그 포트에 리스너가 없으면 연결이 실패해요. 자기 자신으로 돌아오면 끝없이 돌아요.",
        "A browser that follows the redirect finds nothing on that port; a redirect to itself never ends.",
    ),
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html",
    fixes: true,
    check,
};

/// A new listener that forwards to the first group to which another of the balancer does, or would if it did not redirect.
fn listening(context: &Context, balancer: NodeId, protocol: &str, port: u16) -> Option<Vec<Edit>> {
    let protocol =
        [ListenerProtocol::Http, ListenerProtocol::Https].into_iter().find(|one| one.as_str() == protocol)?;
    let forwards = context.listeners(balancer).find_map(|(_, _, other)| {
        actions(other).map(|action| action.forwards).find(|forwards| !forwards.is_empty()).map(<[_]>::to_vec)
    });
    // With several certificates only a person knows which one.
    let certificate = only(context.all::<Certificate>()).filter(|_| protocol.is_secure()).map(|(only, ..)| only);
    let body = Listener { protocol, port, certificate, forwards: forwards.unwrap_or_default(), ..Listener::default() };
    let mut draft = Draft::new(context.design);
    draft.add(&protocol.as_str().to_lowercase(), Some(balancer), body);
    draft.finish()
}

fn check(context: &Context, report: &mut Report) {
    for (balancer_id, balancer_node, _) in context.all::<LoadBalancer>() {
        for (id, node, listener) in context.listeners(balancer_id) {
            for action in actions(listener).filter(|action| action.kind == ActionType::Redirect) {
                let [protocol, port, host, path, query] = action.redirect;
                if host != "#{host}" {
                    continue;
                }
                let port = if port == "#{port}" { listener.port } else { port.parse().unwrap_or(listener.port) };
                let protocol = if protocol == "#{protocol}" { listener.protocol.as_str() } else { protocol };
                let (name, balancer_name, title) = (&node.name, &balancer_node.name, action.title());
                let (ko, en) = (title.ko, title.en);
                let same = port == listener.port && protocol == listener.protocol.as_str();
                if same && path == "/#{path}" && query == "#{query}" {
                    let note = report
                        .note(
                            id,
                            message!(
                                "리스너 {name}의 {ko}이(가) 자기 자신({protocol} {port})으로 리디렉션해서 끝없이 돌아요. 다른 프로토콜이나 포트, 경로로 바꾸세요.",
                                "The {en} of listener {name} redirects to itself ({protocol} {port}) without end. Change the protocol, port or path."
                            ),
                        )
                        .field(action.field(id_of!(Listener.redirect_port)));
                    if !action.forwards.is_empty() {
                        note.fix(
                            message!("리디렉션하지 않고 대상 그룹으로 전달하기", "Forward to the target group instead"),
                            vec![set_in_action(&action, id, listener, "action", ActionType::Forward.as_str().into())],
                        );
                    }
                    continue;
                }
                let there = |other: &Listener| other.port == port && other.protocol.as_str() == protocol;
                if context.listeners(balancer_id).any(|(_, _, other)| there(other)) {
                    continue;
                }
                let note = report
                    .note(
                        id,
                        message!(
                            "리스너 {name}의 {ko}이(가) {protocol} {port}(으)로 리디렉션하는데 로드 밸런서 {balancer_name}에 그 리스너가 없어요. {protocol} {port} 리스너를 더하세요.",
                            "The {en} of listener {name} redirects to {protocol} {port}, on which load balancer {balancer_name} has no listener. Add one."
                        ),
                    )
                    .field(action.field(id_of!(Listener.redirect_port)));
                if let Some(edits) = listening(context, balancer_id, protocol, port) {
                    note.fix(message!("{protocol} {port} 리스너 만들기", "Create listener {protocol} {port}"), edits);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, named, quiet};

    #[test]
    fn fires_without_an_https_listener_and_on_a_circle() {
        let mut sketch = named();
        sketch.remove("https");
        sketch.set("http", "action", "redirect");
        fires(&RULE, &sketch, &["http"]);
        let mut sketch = named();
        sketch.set("https", "action", "redirect");
        fires(&RULE, &sketch, &["https"]);
    }

    #[test]
    fn quiet_where_the_listener_is_and_for_another_host() {
        let mut sketch = named();
        sketch.set("http", "action", "redirect");
        quiet(&RULE, &sketch);
        sketch.remove("https");
        sketch.set("http", "redirect_host", "www.example.com");
        quiet(&RULE, &sketch);
    }
}
