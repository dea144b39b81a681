//! What follows from one state of a design, each fact computed when it is first asked for, and once: panels, badges, tracer, inspector and command
//! line read the same facts, so that no two of them can disagree.
//!
//! It knows the engine's questions and not who asks them. [`Derived::follow`] brings it from one state of a document to the next; what an edit does
//! not touch of the network is not computed again.

pub mod marks;

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use crate::cost::{self, Cost};
use crate::design::{Design, Diff};
use crate::facts::{Context, Index};
use crate::id::NodeId;
use crate::reach::{self, Exposures, Network, Outcome, Pairs, judge};
use crate::rules::{self, Finding};

/// The facts of one state of a design.
#[derive(Default)]
pub struct Derived {
    design: Design,
    index: OnceLock<Arc<Index>>,
    network: OnceLock<Network>,
    pairs: OnceLock<Pairs>,
    exposures: OnceLock<Arc<Exposures>>,
    findings: OnceLock<Arc<Vec<Finding>>>,
    cost: OnceLock<Cost>,
    outcomes: OnceLock<Vec<Outcome>>,
}

impl Derived {
    /// Of a design; nothing is computed yet.
    pub fn new(design: Design) -> Self {
        Self { design, ..Self::default() }
    }

    /// Goes on to the state of the document that `diff` led to.
    pub fn follow(&mut self, design: &Design, diff: &Diff) {
        let (mut network, mut pairs) = (self.network.take(), self.pairs.take());
        if let Some(network) = &mut network {
            let changed = network.follow(design, diff);
            if let Some(pairs) = &mut pairs {
                pairs.follow(network, &changed);
            }
        }
        *self = Self {
            network: network.map_or_else(OnceLock::new, OnceLock::from),
            pairs: pairs.map_or_else(OnceLock::new, OnceLock::from),
            ..Self::new(design.clone())
        };
    }

    /// The facts of what is left when nodes are lost, and what falls with them. Nothing of the design is edited.
    pub fn without(&self, lost: &[NodeId]) -> Self {
        let (design, network) = reach::without(&self.design, self.network(), lost);
        Self { network: OnceLock::from(network), ..Self::new(design) }
    }

    /// The design they are of.
    pub const fn design(&self) -> &Design {
        &self.design
    }

    /// Who is where, what follows which table, what refers to what.
    pub fn context(&self) -> Context<'_> {
        match self.index.get() {
            Some(index) => Context::with_index(&self.design, index.clone()),
            None => {
                let context = Context::new(&self.design);
                // Another thread's is the same.
                _ = self.index.set(context.index());
                context
            }
        }
    }

    /// What packets meet.
    pub fn network(&self) -> &Network {
        self.network.get_or_init(|| Network::lower(&self.design))
    }

    /// Who reaches whom.
    pub fn pairs(&self) -> &Pairs {
        self.pairs.get_or_init(|| Pairs::new(self.network()))
    }

    /// What the internet reaches, and how each subnet reaches the internet.
    pub fn exposures(&self) -> &Arc<Exposures> {
        self.exposures.get_or_init(|| Arc::new(Exposures::new(&self.design, self.network(), self.pairs())))
    }

    /// Everything wrong, worst first.
    pub fn findings(&self) -> &Arc<Vec<Finding>> {
        self.findings.get_or_init(|| Arc::new(rules::check_in(&self.context())))
    }

    /// What it costs a month.
    pub fn cost(&self) -> &Cost {
        self.cost.get_or_init(|| cost::cost_in(&self.context()))
    }

    /// What became of each of the design's assertions, in order.
    pub fn outcomes(&self) -> &[Outcome] {
        self.outcomes.get_or_init(|| match self.design.assertions() {
            [] => Vec::new(),
            all => judge(&self.design, self.network(), &BTreeMap::new(), all),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::Edit;
    use crate::samples;

    /// What a fresh look says of the same design.
    #[track_caller]
    fn is_fresh(followed: &Derived) {
        let fresh = Derived::new(followed.design.clone());
        assert_eq!(followed.findings(), fresh.findings());
        assert_eq!(followed.exposures(), fresh.exposures());
        assert_eq!(followed.cost().total().to_bits(), fresh.cost().total().to_bits());
        assert_eq!(followed.outcomes(), fresh.outcomes());
    }

    #[test]
    fn what_follows_an_edit_is_what_a_fresh_look_says() {
        for sample in samples::list() {
            let mut design = sample.draw();
            let mut derived = Derived::new(design.clone());
            is_fresh(&derived);
            let ids: Vec<NodeId> = design.nodes().map(|(id, _)| id).collect();
            for id in ids.into_iter().step_by(7) {
                let Ok(diff) = design.apply(&Edit::Remove(id)) else { continue };
                derived.follow(&design, &diff);
                is_fresh(&derived);
            }
        }
    }

    #[test]
    fn what_is_left_after_a_loss_is_what_a_fresh_look_says_and_the_design_stays() {
        for sample in samples::list() {
            let design = sample.draw();
            let derived = Derived::new(design.clone());
            for (id, node) in design.nodes().step_by(5) {
                let rest = derived.without(&[id]);
                is_fresh(&rest);
                assert!(rest.design().node(id).is_none(), "{} is still there", node.name);
            }
            assert_eq!(derived.design().len(), design.len());
        }
    }

    #[test]
    fn the_parts_agree_with_what_they_are_made_of() {
        for sample in samples::list() {
            let design = sample.draw();
            let derived = Derived::new(design.clone());
            // Twice: the second time from what was looked up before.
            for _ in 0..2 {
                assert_eq!(**derived.findings(), rules::check(derived.context().design));
            }
            assert_eq!(derived.cost().items.len(), cost::cost(&design).items.len());
        }
    }
}
