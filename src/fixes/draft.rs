//! Several edits of one fix that build on each other: each sees what those before it made.

use crate::catalog::Body;
use crate::design::{Design, Edit, Node, Setting};
use crate::id::NodeId;

/// A design being mended, and the edits that do it.
pub struct Draft {
    design: Design,
    edits: Vec<Edit>,
    refused: bool,
}

impl Draft {
    /// Nothing done yet.
    pub fn new(design: &Design) -> Self {
        Self { design: design.clone(), edits: Vec::new(), refused: false }
    }

    /// The design as it is by now.
    pub const fn design(&self) -> &Design {
        &self.design
    }

    /// Adds a resource to a frame at a free spot, and makes room.
    pub fn add(&mut self, name: &str, parent: Option<NodeId>, body: impl Into<Body>) -> NodeId {
        let body = body.into();
        let id = self.design.next_id();
        let (w, h) = body.kind().spec().shape.size();
        let rect = self.design.free_spot(parent, w, h);
        let name = self.design.fresh_name(name);
        self.make(Edit::add(id, Node { name, parent, rect, body, origin: String::new() }));
        for edit in self.design.growth_around(parent, rect) {
            self.make(edit);
        }
        id
    }

    /// Writes a property.
    pub fn set(&mut self, id: NodeId, field: &str, to: impl Setting) {
        self.make(Edit::set(id, field, to));
    }

    fn make(&mut self, edit: Edit) {
        self.refused |= self.design.apply(&edit).is_err();
        self.edits.push(edit);
    }

    /// The edits; nothing if one of them would be refused.
    pub fn finish(self) -> Option<Vec<Edit>> {
        (!self.refused && !self.edits.is_empty()).then_some(self.edits)
    }
}
