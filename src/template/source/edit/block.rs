//! Collections by indentation: each member on lines of its own.

use super::super::super::Json;
use super::{Editor, Plan, Slot};

impl Editor<'_> {
    pub(super) fn block_members(&mut self, slots: &[Slot], plan: &Plan<'_>, indent: usize) {
        self.take_out(slots, &plan.removed);
        for (after, key, value) in &plan.added {
            let entry = self.lines_of(*key, value, indent);
            match after.and_then(|at| slots.get(at)) {
                Some(slot) => self.insert_after(slots, slot, &entry),
                None => {
                    let Some(first) = slots.first() else { continue };
                    let pad = " ".repeat(indent);
                    // Where the first member stands after a dash, so does the new first one.
                    let at = if self.begins_line(first.start) { self.line_start(first.start) } else { first.start };
                    let text = if at == first.start { format!("{entry}{pad}") } else { format!("{pad}{entry}") };
                    self.patches.replace(at..at, text);
                }
            }
        }
    }

    /// A member on lines of its own; the first line is not indented.
    fn lines_of(&self, key: Option<&str>, value: &Json, indent: usize) -> String {
        let mut out = String::new();
        match key {
            Some(key) => self.writer.entry(&mut out, key, value, indent),
            None => self.writer.item(&mut out, value, indent),
        }
        out
    }

    fn insert_after(&mut self, slots: &[Slot], slot: &Slot, entry: &str) {
        let indent = self.column(slots.first().map_or(0, |first| first.start));
        let pad = " ".repeat(indent);
        let end = self.line_end(slot.end);
        // Members that are set apart by empty lines stay so.
        let is_apart = slots.windows(2).any(|pair| match pair {
            [one, other] => self.has_empty_line(self.line_end(one.end), other.start),
            _ => false,
        });
        let ends_empty = self.text.get(..slot.end).is_some_and(|before| before.ends_with('\n'));
        let gap = if is_apart && !ends_empty { "\n" } else { "" };
        match self.text.get(end..).unwrap_or_default().is_empty() {
            true => {
                self.patches.replace(end..end, format!("\n{gap}{pad}{}", entry.strip_suffix('\n').unwrap_or(entry)));
            }
            false => self.patches.replace(end + 1..end + 1, format!("{gap}{pad}{entry}")),
        }
    }

    fn take_out(&mut self, slots: &[Slot], removed: &[bool]) {
        let gone = |at: usize| removed.get(at).copied().unwrap_or_default();
        let mut from = 0;
        if let Some(first) = slots.first().filter(|first| gone(0) && !self.begins_line(first.start)) {
            // The first member stands after a dash: the next one that stays takes its place.
            let stays = (0..slots.len()).find(|at| !gone(*at)).unwrap_or(slots.len());
            let next = slots.get(stays).map_or(first.end, |slot| slot.start);
            let end = self.line_end(first.end);
            if self.text.get(end..next).is_some_and(|between| !between.contains('#')) {
                self.patches.replace(first.start..next, "");
                from = stays;
            } else {
                self.patches.replace(first.start..end, "");
                from = 1;
            }
        }
        for (at, slot) in slots.iter().enumerate().skip(from).filter(|(at, _)| gone(*at)) {
            let (start, end) = (self.line_start(slot.start), self.line_end(slot.end));
            // An empty line that set it apart from the one before goes with it.
            let before = at
                .checked_sub(1)
                .and_then(|before| slots.get(before))
                .map_or(start, |slot| self.line_end(slot.end) + 1);
            let blank =
                self.text.get(before..start).is_some_and(|between| !between.is_empty() && between.trim().is_empty());
            let start = if blank { before.min(start) } else { start };
            if end >= self.text.len() {
                self.patches.replace(start.saturating_sub(1)..self.text.len(), "");
            } else {
                self.patches.replace(start..end + 1, "");
            }
        }
    }

    /// Whether an empty line stands between the end of a line and a byte.
    fn has_empty_line(&self, line_end: usize, to: usize) -> bool {
        let between = self.text.get(line_end..to).unwrap_or_default();
        between.split_inclusive('\n').skip(1).any(|line| line.ends_with('\n') && line.trim().is_empty())
    }

    /// Where the line of a byte begins.
    pub(super) fn line_start(&self, at: usize) -> usize {
        self.text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |found| found + 1)
    }

    /// Where the line of a byte ends, before its break.
    pub(super) fn line_end(&self, at: usize) -> usize {
        self.text.get(at..).and_then(|rest| rest.find('\n')).map_or(self.text.len(), |found| at + found)
    }

    /// Whether only spaces stand before a byte in its line.
    pub(super) fn begins_line(&self, at: usize) -> bool {
        self.text.get(self.line_start(at)..at).is_some_and(|before| before.chars().all(|c| c == ' '))
    }

    /// How many characters stand before a byte in its line.
    pub(super) fn column(&self, at: usize) -> usize {
        self.text.get(self.line_start(at)..at).map_or(0, |before| before.chars().count())
    }

    /// The byte after the colon that follows a key.
    pub(super) fn after_colon(&self, key_end: usize) -> Option<usize> {
        let rest = self.text.get(key_end..)?;
        let blank = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        rest.get(blank..)?.starts_with(':').then_some(key_end + blank + 1)
    }

    /// The next dash of a list at a column, from a byte on.
    pub(super) fn dash(&self, from: usize, indent: usize) -> Option<usize> {
        let mut at = self.line_end(from) + 1;
        while at < self.text.len() {
            let line = self.text.get(at..self.line_end(at))?;
            let spaces = line.len() - line.trim_start_matches(' ').len();
            if spaces == indent && line.get(spaces..).is_some_and(|rest| rest.starts_with('-')) {
                return Some(at + spaces);
            }
            at = self.line_end(at) + 1;
        }
        None
    }
}
