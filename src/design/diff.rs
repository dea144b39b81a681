//! What an edit changed, as data: it feeds the views, and undo is its inverse.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Assertion, Node};
use crate::design::Origin;
use crate::id::NodeId;

/// All that is pinned; a design and its history share it.
pub type Pinned = Arc<Vec<Assertion>>;

/// The difference between two states of a design.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Diff {
    /// Nodes that are new.
    pub added: BTreeMap<NodeId, Arc<Node>>,
    /// Nodes that changed: before and after.
    pub updated: BTreeMap<NodeId, (Arc<Node>, Arc<Node>)>,
    /// Nodes that went.
    pub removed: BTreeMap<NodeId, Arc<Node>>,
    /// The document's name, before and after.
    pub title: Option<(String, String)>,
    /// What is pinned, before and after.
    pub assertions: Option<(Pinned, Pinned)>,
    /// The template it was drawn from, before and after.
    pub template: Option<(Drawn, Drawn)>,
}

/// A template that a design was drawn from, or none.
type Drawn = Option<Arc<Origin>>;

impl Diff {
    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty()
            && self.updated.is_empty()
            && self.removed.is_empty()
            && self.title.is_none()
            && self.assertions.is_none()
            && self.template.is_none()
    }

    /// The way back.
    pub fn inverse(&self) -> Self {
        Self {
            added: self.removed.clone(),
            updated: self.updated.iter().map(|(id, (old, new))| (*id, (new.clone(), old.clone()))).collect(),
            removed: self.added.clone(),
            title: self.title.clone().map(|(old, new)| (new, old)),
            assertions: self.assertions.clone().map(|(old, new)| (new, old)),
            template: self.template.clone().map(|(old, new)| (new, old)),
        }
    }

    /// This change and then `next`, as one. What cancels out disappears.
    #[must_use]
    pub fn then(mut self, next: Self) -> Self {
        for (id, node) in next.removed {
            if self.added.remove(&id).is_none() {
                let before = self.updated.remove(&id).map_or(node, |(before, _)| before);
                self.removed.insert(id, before);
            }
        }
        for (id, node) in next.added {
            match self.removed.remove(&id) {
                Some(before) if before == node => {}
                Some(before) => {
                    self.updated.insert(id, (before, node));
                }
                None => {
                    self.added.insert(id, node);
                }
            }
        }
        for (id, (old, new)) in next.updated {
            if let Some(added) = self.added.get_mut(&id) {
                *added = new;
                continue;
            }
            let before = self.updated.remove(&id).map_or(old, |(before, _)| before);
            if before != new {
                self.updated.insert(id, (before, new));
            }
        }
        if let Some((old, new)) = next.title {
            let before = self.title.take().map_or(old, |(before, _)| before);
            self.title = (before != new).then_some((before, new));
        }
        if let Some((old, new)) = next.assertions {
            let before = self.assertions.take().map_or(old, |(before, _)| before);
            self.assertions = (before != new).then_some((before, new));
        }
        if let Some((old, new)) = next.template {
            let before = self.template.take().map_or(old, |(before, _)| before);
            self.template = (before != new).then_some((before, new));
        }
        self
    }

    /// Every node it touches.
    pub fn touched(&self) -> impl Iterator<Item = NodeId> {
        self.added.keys().chain(self.updated.keys()).chain(self.removed.keys()).copied()
    }
}
