//! Where a rule writes what it finds, and what is kept of it.
//!
//! A finding is settled once its rule goes on to the next: what hangs on what only a deployment knows is forgotten, every other is counted, and of
//! many alike the first are listed. So what a check holds stays small, however much is wrong.

use std::collections::{BTreeMap, BTreeSet};

use super::{Finding, Rule, Severity};
use crate::design::{Design, Edit, Fix, Origin};
use crate::facts::Context;
use crate::id::NodeId;
use crate::text::Message;

/// How many findings of a rule are listed of each severity; the others are counted.
pub const MOST_LISTED: usize = 200;

/// Findings by rule and node, with how bad they are and how many.
pub(super) type Counts = BTreeMap<(&'static str, NodeId), (Severity, usize)>;

/// Where a rule writes its findings.
pub struct Report<'a, 'd> {
    rule: &'static str,
    severity: Severity,
    doubts: &'a mut Doubts<'d>,
    look: Look,
    findings: Vec<Finding>,
    /// Whether the last of them is still being written.
    is_open: bool,
    noted: BTreeSet<NodeId>,
    counts: Counts,
    by_severity: BTreeMap<Severity, usize>,
}

/// What of a design only a deployment knows, as far as it was asked. Many findings hang on the same field, and a table may be long.
pub(super) struct Doubts<'d> {
    of: Option<(&'d Design, &'d Origin)>,
    fields: BTreeMap<(NodeId, Option<&'static str>), bool>,
    rows: BTreeMap<(NodeId, &'static str), BTreeSet<usize>>,
}

impl<'d> Doubts<'d> {
    /// Of a design; nothing is asked yet.
    pub(super) fn new(design: &'d Design) -> Self {
        let of = design.template().map(|original| (design, original.as_ref()));
        Self { of, fields: BTreeMap::new(), rows: BTreeMap::new() }
    }

    /// Whether a finding hangs on what only a deployment knows, so that it may be otherwise than it is drawn.
    fn cover(&mut self, finding: &Finding) -> bool {
        let Some((design, original)) = self.of else { return false };
        let mut is_open = |node: NodeId, field: Option<&'static str>| {
            *self.fields.entry((node, field)).or_insert_with(|| original.is_open(design, node, field))
        };
        let own = match (finding.place, finding.field, finding.row) {
            (Some(_), ..) => false,
            (None, Some(field), Some(row)) => {
                let at = (finding.node, field);
                let rows = self.rows.entry(at).or_insert_with(|| original.open_rows(design, finding.node, field));
                rows.contains(&row)
            }
            (None, field, _) => is_open(finding.node, field),
        };
        own || finding.given.iter().any(|(node, field)| is_open(*node, Some(field)))
    }
}

/// For what a rule looks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// For what is wrong, and how to mend it.
    First,
    /// For what is left after a fix: at this node everything is listed, however much there is.
    Again(NodeId),
    /// For how much there is, and no more.
    Count,
}

/// What a rule found.
pub(super) struct Found {
    /// What is listed, in the order of finding.
    pub findings: Vec<Finding>,
    /// How much there is at every node, listed or not.
    pub counts: Counts,
    /// How much there is of each severity, listed or not.
    pub by_severity: BTreeMap<Severity, usize>,
}

impl<'a, 'd> Report<'a, 'd> {
    /// Lets a rule look.
    pub(super) fn of(rule: &Rule, context: &Context<'_>, doubts: &'a mut Doubts<'d>, look: Look) -> Found {
        let mut report = Self {
            rule: rule.id,
            severity: rule.severity,
            doubts,
            look,
            findings: Vec::new(),
            is_open: false,
            noted: BTreeSet::new(),
            counts: Counts::new(),
            by_severity: BTreeMap::new(),
        };
        (rule.check)(context, &mut report);
        report.settle();
        Found { findings: report.findings, counts: report.counts, by_severity: report.by_severity }
    }

    /// The rule that looks.
    pub const fn rule(&self) -> &'static str {
        self.rule
    }

    /// Notes a finding; continue with [`Noted::field`] and [`Noted::fix`].
    pub fn note(&mut self, node: NodeId, message: Message) -> Noted<'_> {
        self.settle();
        self.is_open = true;
        self.noted.insert(node);
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
            more: 0,
        });
        // What is counted only is not mended one by one.
        let alike = self.by_severity.get(&self.severity).copied().unwrap_or_default();
        let wants_fix = self.look == Look::First && alike < MOST_LISTED;
        Noted { finding: self.findings.last_mut(), wants_fix }
    }

    /// Whether something was found at a node already.
    pub fn has(&self, node: NodeId) -> bool {
        self.noted.contains(&node)
    }

    /// Decides whether the last finding is kept, once all is said of it.
    fn settle(&mut self) {
        if !std::mem::take(&mut self.is_open) {
            return;
        }
        let Some(last) = self.findings.last_mut() else { return };
        // What only a deployment knows may be otherwise than it is drawn.
        if self.doubts.cover(last) {
            self.findings.pop();
            return;
        }
        last.given = Vec::new();
        self.counts.entry((self.rule, last.node)).or_insert((last.severity, 0)).1 += 1;
        let alike = self.by_severity.entry(last.severity).or_default();
        *alike += 1;
        if *alike > MOST_LISTED && self.look != Look::Again(last.node) {
            self.findings.pop();
        }
    }
}

/// The finding just noted.
pub struct Noted<'a> {
    finding: Option<&'a mut Finding>,
    wants_fix: bool,
}

impl Noted<'_> {
    /// Names the field at fault.
    pub fn field(mut self, field: &'static str) -> Self {
        if let Some(finding) = &mut self.finding {
            finding.field = Some(field);
        }
        self
    }

    /// Names the row of the field that is at fault by itself.
    pub fn row(mut self, row: usize) -> Self {
        if let Some(finding) = &mut self.finding {
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
        if let Some(finding) = &mut self.finding {
            finding.given.extend(fields);
        }
        self
    }

    /// Makes it less bad than the rule's others: it works once somebody does what is left to people.
    pub fn at_most(mut self, severity: Severity) -> Self {
        if let Some(finding) = &mut self.finding {
            finding.severity = finding.severity.max(severity);
        }
        self
    }

    /// Says where in the text of the template it is.
    pub fn place(mut self, place: (usize, usize)) -> Self {
        if let Some(finding) = &mut self.finding {
            finding.place = Some(place);
        }
        self
    }

    /// Proposes how to mend it: what costs little to say, however large the design is.
    pub fn fix(self, title: Message, edits: Vec<Edit>) -> Self {
        self.offer(Some(Fix { title, edits }))
    }

    /// Says how to mend it, where a way was found.
    pub fn offer(self, fix: Option<Fix>) -> Self {
        self.offer_by(|| fix)
    }

    /// Says how to mend it, where a way is found. It is looked for only if somebody wants to know, so it may take its time.
    pub fn offer_by(mut self, find: impl FnOnce() -> Option<Fix>) -> Self {
        if let (Some(finding), true) = (&mut self.finding, self.wants_fix) {
            finding.fix = find();
        }
        self
    }
}
