//! Each rule of a listener has its own priority.
use std::collections::BTreeSet;

use crate::catalog::Value;
use crate::catalog::kinds::{Listener, ListenerRule};
use crate::design::Edit;
use crate::facts::Context;
use crate::facts::actions::rules;
use crate::fixes::rows::with_cell;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{column_of, id_of, message};

pub const RULE: Rule = Rule {
    id: "listener-rule-duplicate-priority",
    severity: Severity::Error,
    title: t("우선순위가 같은 리스너 규칙", "Listener rules of the same priority"),
    why: t(
        "우선순위는 리스너 안에서 서로 달라야 해서, 같으면 두 번째 규칙이 만들어지지 않아요.",
        "Priorities differ within a listener; a second rule of the same priority is not created.",
    ),
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, listener) in context.all::<Listener>() {
        let rules = rules(listener);
        let all: BTreeSet<u16> = rules.iter().map(|rule| rule.priority).collect();
        let mut seen = BTreeSet::new();
        for (row, rule) in rules.iter().enumerate() {
            if seen.insert(rule.priority) {
                continue;
            }
            let (name, priority, number) = (&node.name, rule.priority, row + 1);
            let note = report
                .note(
                    id,
                    message!(
                        "리스너 {name}의 {number}번째 규칙이 이미 쓴 우선순위 {priority}을(를) 또 써요. 다른 번호로 바꾸세요.",
                        "Rule {number} of listener {name} repeats priority {priority}. Give it another number."
                    ),
                )
                .field(id_of!(Listener.rules));
            // Right behind its twin, so that the order stays as it was drawn.
            if let Some(free) = (priority..=50_000).find(|number| !all.contains(number)) {
                note.fix(
                    message!("우선순위를 {free}(으)로 바꾸기", "Change the priority to {free}"),
                    vec![Edit::set(
                        id,
                        id_of!(Listener.rules),
                        with_cell(rules, row, column_of!(ListenerRule.priority), Value::Int(free.into())),
                    )],
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::ListenerRule;
    use crate::rules::testing::{balanced, fires, quiet};

    fn rule(priority: u16) -> ListenerRule {
        ListenerRule { priority, ..ListenerRule::default() }
    }

    #[test]
    fn fires_on_a_repeated_priority() {
        let mut sketch = balanced();
        sketch.rows("http", "rules", &[rule(1), rule(2), rule(1)]);
        fires(&RULE, &sketch, &["http"]);
    }

    #[test]
    fn quiet_on_different_ones() {
        let mut sketch = balanced();
        sketch.rows("http", "rules", &[rule(1), rule(10)]);
        quiet(&RULE, &sketch);
    }
}
