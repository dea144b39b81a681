//! What a listener does with requests: its default action and its rules' actions, looked at alike.

use crate::catalog::kinds::{ActionType, Forward, Listener, ListenerRule};
use crate::text::Message;
use crate::{id_of, message};

/// The default action of a listener, or the action of one of its rules.
pub struct Action<'a> {
    /// The row of the rule; nothing for the default action.
    pub row: Option<usize>,
    /// What happens.
    pub kind: ActionType,
    /// Where a forward goes.
    pub forwards: &'a [Forward],
    /// Protocol, port, host, path and query of a redirect.
    pub redirect: [&'a str; 5],
    /// Status of a fixed response.
    pub response_code: &'a str,
    priority: u16,
}

impl<'a> Action<'a> {
    /// What a listener does with requests that no rule takes.
    pub fn of_listener(listener: &'a Listener) -> Self {
        Self {
            row: None,
            kind: listener.action,
            forwards: &listener.forwards,
            redirect: [
                &listener.redirect_protocol,
                &listener.redirect_port,
                &listener.redirect_host,
                &listener.redirect_path,
                &listener.redirect_query,
            ],
            response_code: &listener.response_code,
            priority: 0,
        }
    }

    /// What a rule does, by its row.
    pub fn of_rule(row: usize, rule: &'a ListenerRule) -> Self {
        Self {
            row: Some(row),
            kind: rule.action,
            forwards: &rule.forwards,
            redirect: [
                &rule.redirect_protocol,
                &rule.redirect_port,
                &rule.redirect_host,
                &rule.redirect_path,
                &rule.redirect_query,
            ],
            response_code: &rule.response_code,
            priority: rule.priority,
        }
    }
}

/// Every action of a listener, the default one first. Rules of a listener that is not HTTP do not apply.
pub fn actions(listener: &Listener) -> impl Iterator<Item = Action<'_>> {
    let of_rules = rules(listener).iter().enumerate().map(|(row, rule)| Action::of_rule(row, rule));
    std::iter::once(Action::of_listener(listener)).chain(of_rules)
}

/// The rules of a listener that takes rules.
pub fn rules(listener: &Listener) -> &[ListenerRule] {
    if listener.protocol.is_http() { &listener.rules } else { &[] }
}

impl Action<'_> {
    /// What to call it in messages.
    pub fn title(&self) -> Message {
        match self.row {
            None => message!("기본 작업", "default action"),
            Some(_) => {
                let priority = self.priority;
                message!("우선순위 {priority} 규칙", "rule of priority {priority}")
            }
        }
    }

    /// The field of the listener that holds `field` of this action.
    pub fn field(&self, field: &'static str) -> &'static str {
        if self.row.is_some() { id_of!(Listener.rules) } else { field }
    }
}
