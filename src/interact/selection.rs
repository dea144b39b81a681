//! What is selected: one selection for canvas, outline, inspector and problems.

use crate::design::Design;
use crate::id::NodeId;
use crate::layout::edges::Edge;

/// Selected nodes in the order they were selected, or one wire.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    nodes: Vec<NodeId>,
    wire: Option<Edge>,
}

impl Selection {
    /// A selection of these, each once.
    pub fn of(ids: impl IntoIterator<Item = NodeId>) -> Self {
        let mut selection = Self::default();
        let mut seen = std::collections::BTreeSet::new();
        selection.nodes.extend(ids.into_iter().filter(|id| seen.insert(*id)));
        selection
    }

    /// A selection of one wire.
    pub const fn of_wire(edge: Edge) -> Self {
        Self { nodes: Vec::new(), wire: Some(edge) }
    }

    /// All selected nodes.
    pub fn ids(&self) -> &[NodeId] {
        &self.nodes
    }

    /// The selected wire; then no node is selected.
    pub const fn wire(&self) -> Option<Edge> {
        self.wire
    }

    /// Whether nothing is selected.
    pub const fn is_empty(&self) -> bool {
        self.nodes.is_empty() && self.wire.is_none()
    }

    /// Whether a node is selected.
    pub fn contains(&self, id: NodeId) -> bool {
        self.nodes.contains(&id)
    }

    /// The selected node, if it is only one.
    pub fn single(&self) -> Option<NodeId> {
        match self.nodes.as_slice() {
            [id] => Some(*id),
            _ => None,
        }
    }

    /// Adds a node, or takes it out.
    pub fn toggle(&mut self, id: NodeId) {
        self.wire = None;
        if self.contains(id) {
            self.nodes.retain(|other| *other != id);
        } else {
            self.nodes.push(id);
        }
    }

    /// Takes everything out.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Forgets what is gone.
    pub fn prune(&mut self, design: &Design) {
        self.nodes.retain(|id| design.node(*id).is_some());
        let stands = |edge: &Edge| design.references(edge.from).contains(&(edge.field, edge.to));
        self.wire = self.wire.filter(stands);
    }

    /// The selected nodes that stand in no other selected one: what moves, goes and is copied as a whole.
    pub fn roots(&self, design: &Design) -> Vec<NodeId> {
        roots(design, &self.nodes)
    }
}

/// Those of `ids` that exist and stand in no other of them.
pub fn roots(design: &Design, ids: &[NodeId]) -> Vec<NodeId> {
    let all: std::collections::BTreeSet<NodeId> = ids.iter().copied().collect();
    let outer = |id: &NodeId| design.node(*id).is_some() && !design.ancestors(*id).any(|up| all.contains(&up));
    ids.iter().copied().filter(outer).collect()
}
