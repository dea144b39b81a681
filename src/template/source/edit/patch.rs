//! Pieces of a text to put in the place of others.

use std::ops::Range;

/// Patches of one text.
#[derive(Debug, Default)]
pub(super) struct Patches {
    all: Vec<(Range<usize>, String)>,
    breaks: &'static str,
}

impl Patches {
    /// No patches yet; line breaks as the text has them.
    pub fn new(text: &str) -> Self {
        let first = text.lines().next().unwrap_or_default().len();
        let breaks = if text.get(first..).is_some_and(|rest| rest.starts_with("\r\n")) { "\r\n" } else { "\n" };
        Self { all: Vec::new(), breaks }
    }

    /// Puts a text in the place of a range.
    pub fn replace(&mut self, range: Range<usize>, text: impl Into<String>) {
        let text = text.into();
        if !range.is_empty() || !text.is_empty() {
            self.all.push((range, text));
        }
    }

    /// The text with all of them; at one place the first comes first, and what is taken out twice goes once.
    pub fn apply(mut self, text: &str) -> String {
        // What is only put in goes before what stands there is replaced.
        self.all.sort_by_key(|(range, _)| (range.start, range.end));
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        for (range, new) in &self.all {
            out.push_str(text.get(at..range.start.max(at)).unwrap_or_default());
            out.push_str(&if self.breaks == "\n" { new.clone() } else { new.replace('\n', self.breaks) });
            at = at.max(range.end);
        }
        out.push_str(text.get(at..).unwrap_or_default());
        out
    }
}
