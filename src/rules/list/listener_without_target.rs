//! A forward action names a target group.
use crate::catalog::kinds::{ActionType, Forward, Listener};
use crate::catalog::{FieldValue, Value};
use crate::facts::Context;
use crate::facts::actions::actions;
use crate::fixes::rows::set_in_action;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "listener-without-target",
    severity: Severity::Error,
    title: t("대상 그룹이 없는 전달 작업", "Forward action without a target group"),
    why: t(
        "전달 작업은 대상 그룹이 있어야 만들어져요. 없으면 요청이 갈 곳이 없어요.",
        "A forward action is created only with a target group: requests need somewhere to go.",
    ),
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, listener) in context.all::<Listener>() {
        for action in actions(listener).filter(|action| action.kind == ActionType::Forward) {
            let rest: Vec<&Forward> = action.forwards.iter().filter(|forward| forward.target_group.is_some()).collect();
            if !rest.is_empty() && rest.len() == action.forwards.len() {
                continue;
            }
            let (name, title) = (&node.name, action.title());
            let (ko, en) = (title.ko, title.en);
            let note = report
                .note(
                    id,
                    message!(
                        "리스너 {name}의 {ko}에 전달할 대상 그룹이 없어요. 대상 그룹을 고르세요.",
                        "The {en} of listener {name} forwards to no target group. Choose one."
                    ),
                )
                .field(action.field(id_of!(Listener.forwards)));
            if !rest.is_empty() {
                let rest = rest.into_iter().map(FieldValue::to_value).collect();
                note.fix(
                    message!("비어 있는 줄 지우기", "Delete the empty row"),
                    vec![set_in_action(&action, id, listener, "forwards", Value::List(rest))],
                );
                continue;
            }
            let groups = context.vpc_of(id).map_or(&[][..], |(vpc, _)| context.target_groups(vpc));
            if let [only] = groups {
                let group = context.name(*only);
                let row = Forward { target_group: Some(*only), ..Forward::default() };
                note.fix(
                    message!("대상 그룹 {group}(으)로 전달하기", "Forward to target group {group}"),
                    vec![set_in_action(&action, id, listener, "forwards", Value::List(vec![row.to_value()]))],
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::{Forward, ListenerRule};
    use crate::rules::testing::{balanced, fires, quiet};

    #[test]
    fn fires_on_a_default_action_and_on_a_rule() {
        let mut sketch = balanced();
        let group = Some(sketch.id("tg"));
        sketch.rows("http", "rules", &[ListenerRule::default()]);
        fires(&RULE, &sketch, &["http"]);
        sketch.rows("http", "rules", &[] as &[ListenerRule]);
        sketch.rows("http", "forwards", &[Forward { target_group: group, ..Forward::default() }, Forward::default()]);
        fires(&RULE, &sketch, &["http"]);
        sketch.rows("http", "forwards", &[] as &[Forward]);
        fires(&RULE, &sketch, &["http"]);
    }

    #[test]
    fn quiet_with_one_and_for_a_redirect() {
        let mut sketch = balanced();
        quiet(&RULE, &sketch);
        sketch.rows("http", "forwards", &[] as &[Forward]);
        sketch.set("http", "action", "redirect");
        quiet(&RULE, &sketch);
    }
}
