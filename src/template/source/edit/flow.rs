//! Collections in brackets: JSON, and YAML on one line.

use super::super::Syntax;
use super::super::tree::Node;
use super::{Editor, Plan, Slot};

impl Editor<'_> {
    pub(super) fn flow_members(&mut self, node: &Node, slots: &[Slot], plan: &Plan<'_>) {
        let gone = |at: usize| plan.removed.get(at).copied().unwrap_or_default();
        let mut at = 0;
        while at < slots.len() {
            if !gone(at) {
                at += 1;
                continue;
            }
            let run = (at..slots.len()).take_while(|at| gone(*at)).count();
            let before = at.checked_sub(1).and_then(|before| slots.get(before));
            let (first, last, next) = (slots.get(at), slots.get(at + run - 1), slots.get(at + run));
            // Up to the next member, or from the end of the one before: one comma goes with each.
            match (first, last, next, before) {
                (Some(first), _, Some(next), _) => self.patches.replace(first.start..next.start, ""),
                (_, Some(last), None, Some(before)) => self.patches.replace(before.end..last.end, ""),
                _ => {}
            }
            at += run;
        }
        let Some(first) = slots.first() else { return };
        let on_lines = self.text.get(node.value_at..first.start).is_some_and(|before| before.contains('\n'));
        let pad = " ".repeat(self.column(first.start));
        let gap = if on_lines { format!("\n{}", self.pad_of(first.start, &pad)) } else { " ".to_owned() };
        for (after, key, value) in &plan.added {
            let value = self.bracketed(value, on_lines.then_some(first.start));
            let member = match (key, self.syntax) {
                (None, _) => value,
                (Some(key), Syntax::Json) => format!("{}: {value}", super::super::super::Json::from(*key)),
                (Some(key), Syntax::Yaml) => format!("{}: {value}", crate::template::print::yaml::text(key)),
            };
            match after.and_then(|at| slots.get(at)) {
                Some(slot) => self.patches.replace(slot.end..slot.end, format!(",{gap}{member}")),
                None => self.patches.replace(first.start..first.start, format!("{member},{gap}")),
            }
        }
    }

    /// What stands before a byte in its line, if that is blank: tabs stay tabs.
    pub(super) fn pad_of(&self, at: usize, otherwise: &str) -> String {
        let before = self.text.get(self.line_start(at)..at).unwrap_or_default();
        if before.chars().all(|c| c == ' ' || c == '\t') { before.to_owned() } else { otherwise.to_owned() }
    }
}
