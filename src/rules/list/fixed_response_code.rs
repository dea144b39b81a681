//! A fixed response answers with a 2XX, 4XX or 5XX code.
use crate::catalog::Value;
use crate::catalog::kinds::{ActionType, Listener};
use crate::facts::Context;
use crate::facts::actions::actions;
use crate::fixes::rows::set_in_action;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "fixed-response-code",
    severity: Severity::Error,
    title: t("고정 응답에 쓸 수 없는 코드", "Fixed response with a code it cannot have"),
    why: t(
        "고정 응답의 코드는 2XX, 4XX, 5XX만 받아요. 다른 주소로 보내려면 리디렉션을 써요.",
        "A fixed response takes 2XX, 4XX and 5XX codes. Sending elsewhere is a redirect.",
    ),
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, listener) in context.all::<Listener>() {
        for action in actions(listener).filter(|action| action.kind == ActionType::FixedResponse) {
            let code = action.response_code;
            if matches!(code.as_bytes(), [b'2' | b'4' | b'5', b, c] if b.is_ascii_digit() && c.is_ascii_digit()) {
                continue;
            }
            let (name, title) = (&node.name, action.title());
            let (ko, en) = (title.ko, title.en);
            report
                .note(
                    id,
                    message!(
                        "리스너 {name}의 {ko}이(가) 응답 코드 '{code}'을(를) 써요. 404처럼 2XX, 4XX, 5XX 가운데 하나로 바꾸세요.",
                        "The {en} of listener {name} answers with code \"{code}\". Use a 2XX, 4XX or 5XX code such as 404."
                    ),
                )
                .field(action.field(id_of!(Listener.response_code)))
                .fix(message!("404로 바꾸기", "Change it to 404"), vec![set_in_action(&action, id, listener, "response_code", Value::from("404"))]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::{ActionType, ListenerRule};
    use crate::rules::testing::{balanced, fires, quiet};

    #[test]
    fn fires_on_a_redirect_code_and_on_words() {
        let mut sketch = balanced();
        sketch.set("http", "action", "fixed-response");
        sketch.set("http", "response_code", "301");
        let rule = ListenerRule {
            action: ActionType::FixedResponse,
            response_code: "ok".to_owned(),
            ..ListenerRule::default()
        };
        sketch.rows("http", "rules", &[rule]);
        fires(&RULE, &sketch, &["http"]);
    }

    #[test]
    fn quiet_on_503_and_while_forwarding() {
        let mut sketch = balanced();
        sketch.set("http", "response_code", "301");
        quiet(&RULE, &sketch);
        sketch.set("http", "action", "fixed-response");
        sketch.set("http", "response_code", "503");
        quiet(&RULE, &sketch);
    }
}
