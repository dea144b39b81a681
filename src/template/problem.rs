//! What is wrong with a template, and where.

use crate::message;
use crate::text::Message;

/// Something about a place in the text of a template: why it was not opened, or what to know about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong, and what would do.
    pub why: Message,
    /// The line it is about, from 1.
    pub line: Option<usize>,
    /// The column, from 1.
    pub column: Option<usize>,
}

impl Problem {
    /// Place and reason in a line.
    pub fn message(&self) -> Message {
        let Message { ko, en } = &self.why;
        match (self.line, self.column) {
            (Some(line), Some(column)) => {
                message!("{line}번째 줄 {column}번째 칸: {ko}", "line {line}, column {column}: {en}",)
            }
            (Some(line), None) => message!("{line}번째 줄: {ko}", "line {line}: {en}"),
            _ => self.why.clone(),
        }
    }
}
