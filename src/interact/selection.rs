//! What is selected: one selection for canvas, outline, inspector and problems.

use crate::design::Design;
use crate::id::NodeId;

/// Selected nodes in the order they were selected.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection(Vec<NodeId>);

impl Selection {
    /// A selection of these, each once.
    pub fn of(ids: impl IntoIterator<Item = NodeId>) -> Self {
        let mut selection = Self::default();
        let mut seen = std::collections::BTreeSet::new();
        selection.0.extend(ids.into_iter().filter(|id| seen.insert(*id)));
        selection
    }

    /// All selected nodes.
    pub fn ids(&self) -> &[NodeId] {
        &self.0
    }

    /// Whether nothing is selected.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a node is selected.
    pub fn contains(&self, id: NodeId) -> bool {
        self.0.contains(&id)
    }

    /// The selected node, if it is only one.
    pub fn single(&self) -> Option<NodeId> {
        match self.0.as_slice() {
            [id] => Some(*id),
            _ => None,
        }
    }

    /// Adds a node, or takes it out.
    pub fn toggle(&mut self, id: NodeId) {
        if self.contains(id) {
            self.0.retain(|other| *other != id);
        } else {
            self.0.push(id);
        }
    }

    /// Takes everything out.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Forgets nodes that are gone.
    pub fn prune(&mut self, design: &Design) {
        self.0.retain(|id| design.node(*id).is_some());
    }

    /// The selected nodes that stand in no other selected one: what moves, goes and is copied as a whole.
    pub fn roots(&self, design: &Design) -> Vec<NodeId> {
        roots(design, &self.0)
    }
}

/// Those of `ids` that exist and stand in no other of them.
pub fn roots(design: &Design, ids: &[NodeId]) -> Vec<NodeId> {
    let all: std::collections::BTreeSet<NodeId> = ids.iter().copied().collect();
    let outer = |id: &NodeId| design.node(*id).is_some() && !design.ancestors(*id).any(|up| all.contains(&up));
    ids.iter().copied().filter(outer).collect()
}
