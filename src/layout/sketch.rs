//! Designs written in code: samples, labs, fixtures and benches all draw with this.

use crate::catalog::Body;
use crate::design::{Design, Edit, Node, Rect};
use crate::id::NodeId;

/// A pen that places each new node in the first free spot of its frame.
///
/// What a design refuses is left out and remembered in [`Sketch::refusals`], so that code which draws cannot panic and tests can still see it.
#[derive(Clone, Debug, Default)]
pub struct Sketch {
    design: Design,
    refusals: Vec<crate::design::Refusal>,
}

impl Sketch {
    /// An empty sheet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Goes on drawing on a design.
    pub fn of(design: Design) -> Self {
        Self { design, refusals: Vec::new() }
    }

    /// Adds a resource in a frame (or on the bare canvas) and makes the frames around it grow.
    pub fn add(&mut self, parent: Option<NodeId>, name: &str, body: impl Into<Body>) -> NodeId {
        let body = body.into();
        let (w, h) = body.kind().spec().shape.size();
        let rect = self.design.free_spot(parent, w, h);
        self.add_at(parent, name, body, rect)
    }

    /// Adds a resource at a place relative to its frame.
    pub fn add_at(&mut self, parent: Option<NodeId>, name: &str, body: impl Into<Body>, rect: Rect) -> NodeId {
        let id = self.design.next_id();
        let node = Node { name: name.to_owned(), parent, rect, body: body.into(), origin: String::new() };
        self.edit(&Edit::add(id, node));
        for edit in self.design.growth(id) {
            self.edit(&edit);
        }
        id
    }

    /// Writes a property.
    pub fn set(&mut self, id: NodeId, field: &str, value: impl Into<crate::catalog::Value>) {
        self.edit(&Edit::set(id, field, value));
    }

    /// Makes any edit.
    pub fn edit(&mut self, edit: &Edit) {
        if let Err(refusal) = self.design.apply(edit) {
            self.refusals.push(refusal);
        }
    }

    /// What the design refused so far.
    pub fn refusals(&self) -> &[crate::design::Refusal] {
        &self.refusals
    }

    /// The design so far.
    pub const fn design(&self) -> &Design {
        &self.design
    }

    /// The finished design.
    pub fn finish(self) -> Design {
        self.design
    }
}
