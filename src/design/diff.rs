//! What an edit changed, as data: it feeds the views, and undo is its inverse.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::properties::PropertyChanges;
use super::{Design, Node};
use crate::id::NodeId;

/// The difference between two states of a design.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Diff {
    /// Nodes that are new.
    pub added: BTreeMap<NodeId, Arc<Node>>,
    /// Nodes that changed: before and after.
    pub updated: BTreeMap<NodeId, (Arc<Node>, Arc<Node>)>,
    /// Nodes that went.
    pub removed: BTreeMap<NodeId, Arc<Node>>,
    /// What of the document itself changed.
    pub properties: PropertyChanges,
}

impl Diff {
    /// What turns one document into another, whose nodes are others even where they have the same ids.
    pub fn between(before: &Design, after: &Design) -> Self {
        let all = |design: &Design| design.nodes.as_ref().clone();
        let properties = PropertyChanges::between(&before.properties, &after.properties);
        Self { added: all(after), updated: BTreeMap::new(), removed: all(before), properties }
    }

    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.updated.is_empty() && self.removed.is_empty() && self.properties.is_empty()
    }

    /// What turns a document into a later state of it. Nodes that both share are not looked into.
    pub fn since(before: &Design, after: &Design) -> Self {
        let properties = PropertyChanges::between(&before.properties, &after.properties);
        let mut diff = Self { properties, ..Self::default() };
        for (id, new) in after.nodes.iter() {
            match before.nodes.get(id) {
                None => {
                    diff.added.insert(*id, new.clone());
                }
                Some(old) if !Arc::ptr_eq(old, new) && old != new => {
                    diff.updated.insert(*id, (old.clone(), new.clone()));
                }
                Some(_) => {}
            }
        }
        let gone = before.nodes.iter().filter(|(id, _)| !after.nodes.contains_key(id));
        diff.removed = gone.map(|(id, node)| (*id, node.clone())).collect();
        diff
    }

    /// The way back.
    pub fn inverse(&self) -> Self {
        Self {
            added: self.removed.clone(),
            updated: self.updated.iter().map(|(id, (old, new))| (*id, (new.clone(), old.clone()))).collect(),
            removed: self.added.clone(),
            properties: self.properties.inverse(),
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
        self.properties = self.properties.then(next.properties);
        self
    }

    /// Every node it touches.
    pub fn touched(&self) -> impl Iterator<Item = NodeId> {
        self.added.keys().chain(self.updated.keys()).chain(self.removed.keys()).copied()
    }
}
