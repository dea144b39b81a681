//! What is wrong with a design, why it matters and what to do.
//!
//! A rule is one file in `list/`: a constant [`Rule`] with its check, and below it examples that make it fire and examples that keep it quiet.
//! A fix is a list of edits, so a click, a test and the command line mend a design the same way.

pub mod list;
mod mention;
mod offer;
#[cfg(test)]
mod property_tests;
pub mod template;
#[cfg(test)]
pub mod testing;
#[cfg(test)]
pub mod testing_services;

use serde::Serialize;

pub use offer::{Objection, Offers};

use crate::design::{Design, Edit, Fix, Origin};
use crate::facts::Context;
use crate::id::NodeId;
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
    /// Fields of other resources that it holds by: where only a deployment knows one of them, it may be otherwise.
    pub given: Vec<(NodeId, &'static str)>,
}

impl Finding {
    /// Whether it hangs on what only a deployment knows, so that it may be otherwise than it is drawn.
    fn is_open(&self, design: &Design, original: &Origin) -> bool {
        let own = match (self.place, self.field, self.row) {
            (Some(_), ..) => false,
            (None, Some(field), Some(row)) => original.is_row_open(design, self.node, field, row),
            (None, field, _) => original.is_open(design, self.node, field),
        };
        own || self.given.iter().any(|(node, field)| original.is_open(design, *node, Some(field)))
    }
}

/// Where a rule writes its findings.
pub struct Report {
    rule: &'static str,
    severity: Severity,
    findings: Vec<Finding>,
}

impl Report {
    /// Notes a finding; continue with [`Noted::field`] and [`Noted::fix`].
    pub fn note(&mut self, node: NodeId, message: Message) -> Noted<'_> {
        self.findings.push(Finding {
            rule: self.rule,
            severity: self.severity,
            node,
            field: None,
            row: None,
            message,
            fix: None,
            place: None,
            given: Vec::new(),
        });
        Noted(self.findings.last_mut())
    }
}

impl Report {
    /// The rule that looks.
    pub const fn rule(&self) -> &'static str {
        self.rule
    }

    /// Whether something was found at a node already.
    pub fn has(&self, node: NodeId) -> bool {
        self.findings.iter().any(|finding| finding.node == node)
    }
}

/// The finding just noted.
pub struct Noted<'a>(Option<&'a mut Finding>);

impl Noted<'_> {
    /// Names the field at fault.
    pub fn field(mut self, field: &'static str) -> Self {
        if let Some(finding) = &mut self.0 {
            finding.field = Some(field);
        }
        self
    }

    /// Names the row of the field that is at fault by itself.
    pub fn row(mut self, row: usize) -> Self {
        if let Some(finding) = &mut self.0 {
            finding.row = Some(row);
        }
        self
    }

    /// Names a field, of this resource or another, that the finding holds by beside its own: whoever compares two resources looks at both.
    pub fn given(self, node: NodeId, field: &'static str) -> Self {
        self.given_all([(node, field)])
    }

    /// The same for several fields.
    pub fn given_all(mut self, fields: impl IntoIterator<Item = (NodeId, &'static str)>) -> Self {
        if let Some(finding) = &mut self.0 {
            finding.given.extend(fields);
        }
        self
    }

    /// Makes it less bad than the rule's others: it works once somebody does what is left to people.
    pub fn at_most(mut self, severity: Severity) -> Self {
        if let Some(finding) = &mut self.0 {
            finding.severity = finding.severity.max(severity);
        }
        self
    }

    /// Says where in the text of the template it is.
    pub fn place(mut self, place: (usize, usize)) -> Self {
        if let Some(finding) = &mut self.0 {
            finding.place = Some(place);
        }
        self
    }

    /// Proposes how to mend it.
    pub fn fix(mut self, title: Message, edits: Vec<Edit>) -> Self {
        if let Some(finding) = &mut self.0 {
            finding.fix = Some(Fix { title, edits });
        }
        self
    }

    /// Says how to mend it, where a way was found.
    pub fn offer(self, fix: Option<Fix>) -> Self {
        match fix {
            Some(Fix { title, edits }) => self.fix(title, edits),
            None => self,
        }
    }
}

/// Everything wrong with a design: worst first, then in the order of the nodes.
pub fn check(design: &Design) -> Vec<Finding> {
    check_in(&Context::new(design))
}

/// The same, where the design was looked through already.
pub fn check_in(context: &Context<'_>) -> Vec<Finding> {
    let design = context.design;
    let mut findings = Vec::new();
    for rule in list::ALL.iter() {
        let mut report = Report { rule: rule.id, severity: rule.severity, findings: Vec::new() };
        (rule.check)(context, &mut report);
        findings.append(&mut report.findings);
    }
    if let Some(original) = design.template() {
        // What only a deployment knows may be otherwise than it is drawn.
        findings.retain(|finding| !finding.is_open(design, original));
    }
    findings.sort_by(|a, b| (a.severity, a.node, a.rule).cmp(&(b.severity, b.node, b.rule)));
    findings
}

/// A rule by its id.
pub fn rule(id: &str) -> Option<&'static Rule> {
    list::ALL.iter().copied().find(|rule| rule.id == id)
}
