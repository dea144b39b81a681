//! A listener rule has at least one condition.
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
    id: "listener-rule-without-condition",
    severity: Severity::Error,
    title: t("조건이 없는 리스너 규칙", "Listener rule without a condition"),
    why: t(
        "기본 작업이 아닌 규칙은 조건이 하나 이상 있어야 만들어져요.",
        "Every rule but the default action is created only with a condition.",
    ),
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, listener) in context.all::<Listener>() {
        for (row, rule) in rules(listener).iter().enumerate() {
            let header = !rule.header_name.is_empty() && !rule.header_values.is_empty();
            let lists = [&rule.hosts, &rule.paths, &rule.methods, &rule.queries, &rule.source_ips];
            if header || lists.iter().any(|list| !list.is_empty()) {
                continue;
            }
            let (name, priority) = (&node.name, rule.priority);
            report
                .note(
                    id,
                    message!(
                        "리스너 {name}의 우선순위 {priority} 규칙에 조건이 없어요. 경로 패턴(/api/*)이나 호스트(api.example.com) 같은 조건을 넣으세요.",
                        "The rule of priority {priority} of listener {name} has no condition. Add one, such as a path (/api/*) or a host (api.example.com)."
                    ),
                )
                .field(id_of!(Listener.rules))
                .fix(
                    message!("모든 경로(/*)를 조건으로 넣기", "Make every path (/*) its condition"),
                    vec![Edit::set(id, id_of!(Listener.rules), with_cell(rules(listener), row, column_of!(ListenerRule.paths), Value::from(vec!["/*"])))],
                );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::ListenerRule;
    use crate::rules::testing::{balanced, fires, quiet};

    #[test]
    fn fires_on_a_bare_rule_and_on_a_header_without_values() {
        let mut sketch = balanced();
        let bare = ListenerRule { paths: Vec::new(), header_name: "X-Beta".to_owned(), ..ListenerRule::default() };
        sketch.rows("http", "rules", &[bare]);
        fires(&RULE, &sketch, &["http"]);
    }

    #[test]
    fn quiet_with_one_condition() {
        let mut sketch = balanced();
        let get = ListenerRule { paths: Vec::new(), methods: vec!["GET".to_owned()], ..ListenerRule::default() };
        sketch.rows("http", "rules", &[ListenerRule { priority: 2, ..ListenerRule::default() }, get]);
        quiet(&RULE, &sketch);
    }
}
