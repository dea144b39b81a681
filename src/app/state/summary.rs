//! What the first picture shows of the derived facts: status line, problems, assertions. Written by one function, whenever the facts are known.

use std::collections::BTreeMap;
use std::sync::Arc;

use groundplan::cost::Monthly;
use groundplan::derived::Derived;
use groundplan::id::NodeId;
use groundplan::reach::Outcome;
use groundplan::rules::{Finding, Severity};
use leptos::prelude::*;

/// Signals of what is known; `Copy`, part of the store.
#[derive(Clone, Copy)]
pub struct Summary {
    /// What the rules found.
    pub findings: ReadSignal<Arc<Vec<Finding>>>,
    found: WriteSignal<Arc<Vec<Finding>>>,
    /// Whether the facts are of this document: until they can be computed nobody knows what the rules find.
    pub known: RwSignal<bool>,
    /// Whether what the rules find is kept to themselves, as a lab that asks for the fault wants it.
    pub veiled: RwSignal<bool>,
    /// What it costs a month; nothing until that was added up.
    pub monthly: ReadSignal<Option<Monthly>>,
    billed: WriteSignal<Option<Monthly>>,
    /// What became of each assertion.
    pub outcomes: ReadSignal<Arc<Vec<Outcome>>>,
    judged: WriteSignal<Arc<Vec<Outcome>>>,
}

impl Summary {
    /// Nothing is drawn, and nothing follows from that.
    pub fn new() -> Self {
        let ((findings, found), (monthly, billed), (outcomes, judged)) =
            (signal(Arc::default()), signal(None), signal(Arc::default()));
        Self {
            findings,
            found,
            known: RwSignal::new(true),
            veiled: RwSignal::new(false),
            monthly,
            billed,
            outcomes,
            judged,
        }
    }

    /// Shows what is known, and tells the worst that was found about each node.
    pub fn show(self, derived: &Derived) -> BTreeMap<NodeId, Severity> {
        let mut worst: BTreeMap<NodeId, Severity> = BTreeMap::new();
        if self.veiled.get_untracked() {
            self.set(Arc::default(), Some(derived.cost().monthly()), derived.outcomes());
            return worst;
        }
        for finding in derived.findings().iter() {
            let entry = worst.entry(finding.node).or_insert(finding.severity);
            *entry = finding.severity.min(*entry);
        }
        self.set(derived.findings().clone(), Some(derived.cost().monthly()), derived.outcomes());
        worst
    }

    /// Shows that nothing follows.
    pub fn clear(self) {
        self.set(Arc::default(), None, &[]);
    }

    fn set(self, findings: Arc<Vec<Finding>>, monthly: Option<Monthly>, outcomes: &[Outcome]) {
        self.known.set(true);
        if *self.findings.get_untracked() != *findings {
            self.found.set(findings);
        }
        if self.monthly.get_untracked() != monthly {
            self.billed.set(monthly);
        }
        if self.outcomes.get_untracked().as_slice() != outcomes {
            self.judged.set(Arc::new(outcomes.to_vec()));
        }
    }

    /// How many findings of a severity there are; tracks.
    pub fn count(self, severity: Severity) -> usize {
        self.findings.with(|all| all.iter().filter(|finding| finding.severity == severity).map(Finding::count).sum())
    }

    /// How many assertions there are, and how many fail; tracks.
    pub fn assertions(self) -> (usize, usize) {
        self.outcomes.with(|all| (all.len(), all.iter().filter(|one| one.fails()).count()))
    }
}
