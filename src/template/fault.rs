//! Something that is wrong in a template, with the rule that it breaks and its place.

use super::problem::Problem;
use super::rule_id::RuleId;
use crate::text::Message;

/// Something wrong at a place of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The rule that it breaks.
    pub rule: RuleId,
    /// The resource that it is in, by logical id.
    pub logical: Option<String>,
    /// The property of that resource as a path with dots, without the places in lists: `LaunchTemplateData.ImageId`.
    pub property: Option<String>,
    /// What is wrong, and what to do.
    pub why: Message,
    /// What was probably meant, where that is known.
    pub meant: Option<String>,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
}

impl From<&Fault> for Problem {
    fn from(fault: &Fault) -> Self {
        Self { why: fault.why.clone(), line: Some(fault.line), column: Some(fault.column) }
    }
}
