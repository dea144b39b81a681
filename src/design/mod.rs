//! The document: nodes in a tree of frames, changed only through [`Edit`].
//!
//! [`Design::apply`] turns an edit into a [`Diff`] or a [`Refusal`]; [`History`] keeps diffs, and undo is the inverted diff. Everything else
//! (public or private, findings, reachability, cost) is computed from a design and never stored in it.

mod apply;
mod assertion;
pub mod compare;
mod diff;
mod fix;
pub mod geometry;
mod history;
mod invariants;
mod limits;
mod logical_ids;
mod origin;
mod pairing;
mod properties;
mod row;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub use assertion::{Assertion, Expect, Loss, MAX_ASSERTIONS, MAX_URL, Subject, Wanted};
pub use diff::Diff;
pub use fix::Fix;
pub use geometry::{Point, Rect};
pub use history::{History, Mark, Session};
pub use invariants::broken_invariants;
pub(crate) use limits::check_text;
pub use limits::{MAX_ID, MAX_NAME, MAX_NODES, MAX_TEMPLATE_WEIGHT, MAX_TEXT, MAX_WEIGHT, weight};
pub use logical_ids::{logical_ids, logical_ids_beside};
pub(crate) use origin::Mentions;
pub use origin::{IPV6, Origin, Ties};
pub use pairing::pairing;
pub use properties::{Pinned, Properties, PropertyChanges};
pub use row::{RowChange, Setting};

use crate::catalog::kinds::Held;
use crate::catalog::{Body, Kind, Value};
use crate::id::NodeId;
use crate::text::Message;

/// One thing on the canvas: where it stands and what it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Its name, which becomes the Name tag and the logical id.
    pub name: String,
    /// The frame it stands in; `None` is the bare canvas.
    pub parent: Option<NodeId>,
    /// Where, relative to the parent's top left corner, so that moving a frame changes one node.
    pub rect: Rect,
    /// What it is.
    pub body: Body,
    /// The id of the resource it was read from in a real account (`i-0123abc`); empty for what was drawn. A copy is another resource and has none.
    pub origin: String,
}

impl Node {
    /// Its kind.
    pub const fn kind(&self) -> Kind {
        self.body.kind()
    }

    /// Its properties, if it is a `T`.
    pub fn get<T: Held>(&self) -> Option<&T> {
        T::of(&self.body)
    }
}

/// One change to a design. The mouse, the outline, the command palette, quick fixes and tests all use these.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// A new node under an id that is not in use ([`Design::next_id`]).
    Add(NodeId, Box<Node>),
    /// Takes a node out with everything inside it, and clears every reference to what went.
    Remove(NodeId),
    /// Writes one property.
    Set {
        /// Whose.
        id: NodeId,
        /// The field's id.
        field: String,
        /// What to.
        value: Value,
    },
    /// Changes one row of a list or table.
    Row {
        /// Whose.
        id: NodeId,
        /// The field's id.
        field: String,
        /// Which row, and how.
        change: RowChange,
    },
    /// Gives another name.
    Rename {
        /// Whose.
        id: NodeId,
        /// The new name.
        name: String,
    },
    /// Moves, resizes or puts into another frame.
    Place {
        /// What.
        id: NodeId,
        /// The frame it stands in afterwards.
        parent: Option<NodeId>,
        /// Where, relative to that frame.
        rect: Rect,
    },
    /// Names the document.
    Title(String),
    /// Pins these assertions in the place of all before.
    Assertions(Vec<Assertion>),
    /// Says from which template, and by which values of its parameters, the design was drawn.
    Template(Option<Arc<Origin>>),
}

impl Edit {
    /// Short for [`Edit::Add`].
    pub fn add(id: NodeId, node: Node) -> Self {
        Self::Add(id, Box::new(node))
    }

    /// Short for [`Edit::Set`], or for [`Edit::Row`] where it is given what becomes of a row.
    pub fn set(id: NodeId, field: &str, to: impl Setting) -> Self {
        to.edit(id, field.to_owned())
    }
}

/// Why an edit was not made. The design is as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The node at fault.
    pub node: Option<NodeId>,
    /// The field at fault.
    pub field: Option<String>,
    /// What is wrong, and what would do.
    pub why: Message,
}

/// The document. Cloning is cheap: nodes are shared until they change.
#[derive(Clone, Debug, Default)]
pub struct Design {
    properties: Properties,
    nodes: Arc<BTreeMap<NodeId, Arc<Node>>>,
    /// Derived from `nodes`, kept beside it because every walk down the tree needs it.
    children: Arc<BTreeMap<Option<NodeId>, BTreeSet<NodeId>>>,
    /// Bytes that the nodes take in a file; derived from them as well.
    weight: usize,
}

impl PartialEq for Design {
    fn eq(&self, other: &Self) -> bool {
        self.nodes == other.nodes && self.properties == other.properties
    }
}

impl Design {
    /// An empty document.
    pub fn new() -> Self {
        Self::default()
    }

    /// The document's name; may be empty.
    pub fn title(&self) -> &str {
        &self.properties.title
    }

    /// What people pinned: claims that should hold.
    pub fn assertions(&self) -> &[Assertion] {
        &self.properties.assertions
    }

    /// The template that it was opened from, if that says more than the nodes do.
    pub const fn template(&self) -> Option<&Arc<Origin>> {
        self.properties.template.as_ref()
    }

    /// Whether only a deployment knows a field of a node, as [`Origin::is_open`] says.
    pub fn is_open(&self, id: NodeId, field: &str) -> bool {
        self.template().is_some_and(|original| original.is_open(self, id, Some(field)))
    }

    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether nothing is drawn.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// A node.
    pub fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(&id).map(AsRef::as_ref)
    }

    /// A node that can be kept.
    pub fn shared(&self, id: NodeId) -> Option<Arc<Node>> {
        self.nodes.get(&id).cloned()
    }

    /// A node's properties, if it exists and is a `T`.
    pub fn get<T: Held>(&self, id: NodeId) -> Option<&T> {
        self.node(id)?.get()
    }

    /// All nodes by id.
    pub fn nodes(&self) -> impl DoubleEndedIterator<Item = (NodeId, &Node)> {
        self.nodes.iter().map(|(id, node)| (*id, node.as_ref()))
    }

    /// All nodes of one kind by id.
    pub fn all<T: Held>(&self) -> impl Iterator<Item = (NodeId, &Node, &T)> {
        self.nodes().filter_map(|(id, node)| node.get().map(|body| (id, node, body)))
    }

    /// What stands directly in a frame, or on the bare canvas.
    pub fn children(&self, parent: Option<NodeId>) -> impl DoubleEndedIterator<Item = NodeId> {
        self.children.get(&parent).into_iter().flatten().copied()
    }

    /// The frames around a node, nearest first.
    pub fn ancestors(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        std::iter::successors(self.node(id).and_then(|node| node.parent), |up| self.node(*up)?.parent)
    }

    /// The nearest frame of a kind around a node.
    pub fn ancestor(&self, id: NodeId, kind: Kind) -> Option<NodeId> {
        self.ancestors(id).find(|up| self.node(*up).is_some_and(|node| node.kind() == kind))
    }

    /// Whether `inner` stands somewhere inside `outer`.
    pub fn is_inside(&self, inner: NodeId, outer: NodeId) -> bool {
        self.ancestors(inner).any(|up| up == outer)
    }

    /// A node and everything inside it, outermost first.
    pub fn subtree(&self, id: NodeId) -> Vec<NodeId> {
        let mut found = Vec::new();
        let mut open = vec![id];
        while let Some(id) = open.pop() {
            if self.nodes.contains_key(&id) {
                found.push(id);
                open.extend(self.children(Some(id)).rev());
            }
        }
        found
    }

    /// Where the inside of a frame begins, in world coordinates.
    pub fn origin(&self, frame: Option<NodeId>) -> Point {
        let mut at = Point::default();
        for id in frame.into_iter().chain(frame.into_iter().flat_map(|id| self.ancestors(id))) {
            if let Some(node) = self.node(id) {
                at = at + node.rect.origin();
            }
        }
        at
    }

    /// A node's rectangle in world coordinates.
    pub fn world_rect(&self, id: NodeId) -> Option<Rect> {
        let node = self.node(id)?;
        Some(node.rect.shifted(self.origin(node.parent)))
    }

    /// An id that is not in use; as many as a design may have nodes are free after it.
    pub fn next_id(&self) -> NodeId {
        const ROOM: u32 = MAX_NODES as u32;
        let last = self.nodes.last_key_value().map_or(0, |(last, _)| last.0);
        if last < MAX_ID - ROOM {
            return NodeId(last + 1);
        }
        // Somebody numbered from above. There are far more ids than nodes, so there is room between two of them.
        let befores = std::iter::once(0).chain(self.nodes.keys().map(|id| id.0));
        let mut gaps = befores.zip(self.nodes.keys().map(|id| id.0));
        let wide = gaps.find(|(before, after)| after - before > ROOM + 1);
        NodeId(wide.map_or(last, |(before, _)| before).saturating_add(1))
    }

    /// A name for a new node of a kind that no node has yet: `subnet`, `subnet-2`, `subnet-3`.
    pub fn fresh_name(&self, base: &str) -> String {
        if self.nodes().all(|(_, node)| node.name != base) {
            return base.to_owned();
        }
        let taken: BTreeSet<&str> = self.nodes().map(|(_, node)| node.name.as_str()).collect();
        (2_u32..).map(|n| format!("{base}-{n}")).find(|name| !taken.contains(name.as_str())).unwrap_or_default()
    }

    /// Every reference out of a node: which field, to whom.
    pub fn references(&self, id: NodeId) -> Vec<(&'static str, NodeId)> {
        let Some(node) = self.node(id) else { return Vec::new() };
        let mut found = Vec::new();
        for field in node.kind().reference_fields() {
            if let Some(value) = node.body.value(field) {
                value.visit_refs(&mut |to| found.push((field, to)));
            }
        }
        found
    }
}
