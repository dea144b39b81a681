//! A way to mend a design: what it does, and the edits that do it.

use super::Edit;
use crate::text::Message;

/// A fix: edits that mend what was found, made as one step that can be undone.
#[derive(Clone, Debug, PartialEq)]
pub struct Fix {
    /// What it does: "Move the NAT gateway into subnet public-a".
    pub title: Message,
    /// The edits.
    pub edits: Vec<Edit>,
}
