//! Behind a rule that matches everything no other rule is reached.
use crate::catalog::Value;
use crate::catalog::data::limits::RULE_PRIORITY;
use crate::catalog::kinds::{Listener, ListenerRule};
use crate::design::Edit;
use crate::facts::Context;
use crate::facts::actions::rules;
use crate::fixes::rows::with_cell;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{column_of, id_of, message};

pub const RULE: Rule = Rule {
    id: "listener-rule-unreachable",
    severity: Severity::Warning,
    title: t("닿을 수 없는 리스너 규칙", "Listener rule that is never reached"),
    why: t(
        "우선순위가 작은 규칙부터 보고 처음 맞는 규칙에서 끝나요. 모든 요청에 맞는 규칙 뒤의 규칙은 쓰이지 않아요.",
        "Rules are tried from the lowest priority and the first match ends it: behind one that matches all, none is used.",
    ),
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, listener) in context.all::<Listener>() {
        let rules = rules(listener);
        let mut catching = rules.iter().enumerate().filter(|(_, rule)| catches_all(rule)).collect::<Vec<_>>();
        catching.sort_by_key(|(_, rule)| rule.priority);
        let Some((row, first)) = catching.first() else { continue };
        let hidden = rules.iter().filter(|rule| rule.priority > first.priority && !catches_all(rule)).count();
        if hidden == 0 {
            continue;
        }
        let (name, priority) = (&node.name, first.priority);
        let note = report
            .note(
                id,
                message!(
                    "리스너 {name}의 우선순위 {priority} 규칙이 모든 요청에 맞아서 뒤의 규칙 {hidden}개가 쓰이지 않아요. 그 규칙을 맨 뒤로 옮기세요.",
                    "The rule of priority {priority} of listener {name} matches every request, so {hidden} rule(s) behind it are never used. Move it to the end."
                ),
            )
            .field(id_of!(Listener.rules));
        let last = rules.iter().map(|rule| u32::from(rule.priority)).max().unwrap_or_default() + 1;
        if RULE_PRIORITY.contains(&last) {
            note.fix(
                message!("우선순위를 {last}(으)로 바꾸기", "Change its priority to {last}"),
                vec![Edit::set(
                    id,
                    id_of!(Listener.rules),
                    with_cell(rules, *row, column_of!(ListenerRule.priority), Value::Int(last.into())),
                )],
            );
        }
    }
}

/// Whether every request matches: all conditions hold for anything.
fn catches_all(rule: &ListenerRule) -> bool {
    let any =
        |patterns: &[String], all: &[&str]| patterns.is_empty() || patterns.iter().any(|p| all.contains(&p.as_str()));
    let stated = !rule.paths.is_empty() || !rule.hosts.is_empty() || !rule.source_ips.is_empty();
    let header = rule.header_name.is_empty() || rule.header_values.is_empty();
    stated
        && any(&rule.paths, &["*", "/*"])
        && any(&rule.hosts, &["*"])
        && any(&rule.source_ips, &["0.0.0.0/0"])
        && rule.methods.is_empty()
        && rule.queries.is_empty()
        && header
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::ListenerRule;
    use crate::rules::testing::{balanced, fires, quiet};

    fn rule(priority: u16, path: &str) -> ListenerRule {
        ListenerRule { priority, paths: vec![path.to_owned()], ..ListenerRule::default() }
    }

    #[test]
    fn fires_behind_a_rule_for_every_path() {
        let mut sketch = balanced();
        sketch.rows("http", "rules", &[rule(5, "/api/*"), rule(1, "/*")]);
        fires(&RULE, &sketch, &["http"]);
    }

    #[test]
    fn quiet_when_it_comes_last_or_asks_for_a_host() {
        let mut sketch = balanced();
        let host = ListenerRule { hosts: vec!["api.example.com".to_owned()], ..rule(1, "/*") };
        sketch.rows("http", "rules", &[host, rule(5, "/api/*"), rule(9, "/*")]);
        quiet(&RULE, &sketch);
    }
}
