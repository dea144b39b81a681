//! What is wrong with a design, why it matters and what to do.
//!
//! A rule is one file in `list/`: a constant [`Rule`] with its check, and below it examples that make it fire and examples that keep it quiet.
//! A fix is a list of edits, so a click, a test and the command line mend a design the same way.

pub mod list;
mod mention;
mod offer;
pub(crate) mod pairs;
#[cfg(test)]
mod property_tests;
mod report;
pub mod template;
#[cfg(test)]
mod template_tests;
#[cfg(test)]
pub mod testing;
#[cfg(test)]
pub mod testing_services;
#[cfg(test)]
pub mod testing_transit;

use std::collections::BTreeMap;

use serde::Serialize;

pub use offer::{Objection, Offers};
pub use report::{MOST_LISTED, Noted, Report};

use report::{Counts, Doubts, Look};

use crate::design::{Design, Fix};
use crate::facts::Context;
use crate::id::NodeId;
use crate::message;
use crate::text::{Message, Text};

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// It will not deploy, or not work.
    Error,
    /// It deploys and works, and is probably not meant, unsafe or costly.
    Warning,
    /// Worth knowing.
    Info,
}

impl Severity {
    /// Stable name.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

/// One thing to look for.
pub struct Rule {
    /// Stable kebab-case name, the same as its file with dashes.
    pub id: &'static str,
    /// How bad its findings are.
    pub severity: Severity,
    /// What it looks for, in a few words.
    pub title: Text,
    /// Why that matters.
    pub why: Text,
    /// The AWS page it follows.
    pub source: &'static str,
    /// Whether its findings can carry a fix.
    pub fixes: bool,
    /// Looks.
    pub check: fn(&Context, &mut Report),
}

/// Something found.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// By which rule.
    pub rule: &'static str,
    /// How bad.
    pub severity: Severity,
    /// Where.
    pub node: NodeId,
    /// In which field, if one is at fault.
    pub field: Option<&'static str>,
    /// The row of that field, where it is a table and one row by itself is at fault, whatever the others are.
    pub row: Option<usize>,
    /// What is wrong here, naming the resources, and what to do.
    pub message: Message,
    /// What would mend it. Whether that may be offered, [`Offers`] decides.
    pub fix: Option<Fix>,
    /// Line and column, where it is about the text of the template that the design was opened from.
    pub place: Option<(usize, usize)>,
    /// Fields of other resources that it holds by: where only a deployment knows one of them, it may be otherwise. Of what was found, nothing hangs
    /// on such a field any more.
    given: Vec<(NodeId, &'static str)>,
    /// How many more of the same rule and severity there are that are not listed; said of the last that is.
    pub more: usize,
}

impl Finding {
    /// How many it stands for: itself, and those that are not listed behind it.
    pub const fn count(&self) -> usize {
        1 + self.more
    }
}

/// Everything wrong with a design: worst first, then in the order of the nodes. Of one rule [`MOST_LISTED`] are listed of each severity; how many
/// more there are, the last of them says.
pub fn check(design: &Design) -> Vec<Finding> {
    check_in(&Context::new(design))
}

/// The same, where the design was looked through already.
pub fn check_in(context: &Context<'_>) -> Vec<Finding> {
    examine(context, Look::First).0
}

/// What is wrong with a design, and how much of it at every node, listed or not.
fn examine(context: &Context<'_>, look: Look) -> (Vec<Finding>, Counts) {
    let (mut findings, mut counts) = (Vec::new(), Counts::new());
    let mut more: BTreeMap<(&'static str, Severity), usize> = BTreeMap::new();
    let mut doubts = Doubts::new(context.design);
    for rule in list::ALL.iter() {
        let found = Report::of(rule, context, &mut doubts, look);
        more.extend(found.by_severity.into_iter().map(|(severity, all)| ((rule.id, severity), all)));
        findings.extend(found.findings);
        counts.extend(found.counts);
    }
    findings.sort_by(|a, b| (a.severity, a.node, a.rule).cmp(&(b.severity, b.node, b.rule)));
    for finding in &findings {
        if let Some(left) = more.get_mut(&(finding.rule, finding.severity)) {
            *left -= 1;
        }
    }
    for finding in findings.iter_mut().rev() {
        finding.more = more.remove(&(finding.rule, finding.severity)).unwrap_or_default();
    }
    (findings, counts)
}

/// Says how many more findings there are like the one before.
pub fn more_like_this(more: usize) -> Message {
    message!("이런 것이 {more}개 더 있어요.", "And {more} more like this.")
}

/// A rule by its id.
pub fn rule(id: &str) -> Option<&'static Rule> {
    list::ALL.iter().copied().find(|rule| rule.id == id)
}
