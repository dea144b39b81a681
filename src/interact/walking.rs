//! The selection by keys: out to the frame around, in, to what stands beside, and along wires.

use super::{Editor, Response, Selection, WireEnd};
use crate::design::Design;
use crate::id::NodeId;
use crate::layout::edges::Edge;

/// Where to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Walk {
    /// The frame around.
    Out,
    /// The first thing inside.
    In,
    /// The next thing in the same frame; of a wire, the end that its arrow points to.
    Next,
    /// The one before; of a wire, its beginning.
    Previous,
    /// The next wire at what is selected.
    Wire,
    /// The wire before.
    WireBack,
}

impl Editor {
    /// Selects what lies in that direction; with nothing selected, the first thing on the canvas. Brings it into view.
    pub fn walk(&mut self, walk: Walk, design: &Design) -> Response {
        let before = self.selection.clone();
        match walk {
            Walk::Wire | Walk::WireBack => {
                if let Some(edge) = self.next_wire(walk == Walk::Wire) {
                    self.selection = Selection::of_wire(edge);
                }
            }
            _ => {
                if let Some(id) = self.next_node(walk, design) {
                    self.walked = None;
                    self.selection = Selection::of([id]);
                }
            }
        }
        let shown = match self.selection.wire() {
            Some(edge) => self.bring_all_into_view(&[edge.from, edge.to]),
            None => self.selection.single().map(|id| self.bring_into_view(id)).unwrap_or_default(),
        };
        Response { selection_changed: before != self.selection, cursor: self.cursor, ..shown }
    }

    fn next_node(&self, walk: Walk, design: &Design) -> Option<NodeId> {
        if let Some(wire) = self.selection.wire() {
            return match walk {
                Walk::Next => Some(WireEnd::Tip.of(wire)),
                Walk::Previous => Some(WireEnd::Start.of(wire)),
                _ => self.walked.or(Some(wire.from)),
            };
        }
        let Some(at) = self.selection.ids().last().copied() else { return design.children(None).next() };
        let parent = design.node(at)?.parent;
        match walk {
            Walk::Out => parent,
            Walk::In => self.in_reading_order(Some(at), design).into_iter().next(),
            _ => {
                let beside = self.in_reading_order(parent, design);
                let here = beside.iter().position(|id| *id == at)?;
                let next = if walk == Walk::Next { here + 1 } else { here + beside.len() - 1 };
                beside.get(next % beside.len()).copied()
            }
        }
    }

    /// What a frame holds as it is read: rows from the top, each from the left.
    fn in_reading_order(&self, frame: Option<NodeId>, design: &Design) -> Vec<NodeId> {
        let mut inside: Vec<NodeId> = design.children(frame).collect();
        let place = |id: &NodeId| design.node(*id).map(|node| (node.rect.y, node.rect.x)).unwrap_or_default();
        inside.sort_by(|a, b| {
            let ((top, left), (other_top, other_left)) = (place(a), place(b));
            top.total_cmp(&other_top).then(left.total_cmp(&other_left))
        });
        inside
    }

    /// The wire after the selected one at the node whose wires are walked, round the end.
    fn next_wire(&mut self, forward: bool) -> Option<Edge> {
        let selected = self.selection.wire();
        let at = match selected {
            Some(wire) => self.walked.filter(|id| [wire.from, wire.to].contains(id)).unwrap_or(wire.from),
            None => self.selection.ids().last().copied()?,
        };
        self.walked = Some(at);
        let all: Vec<Edge> = self.scene.edges_of(at).collect();
        let here = selected.and_then(|wire| all.iter().position(|edge| *edge == wire));
        let next = match (here, forward) {
            (None, true) => 0,
            (None, false) => all.len().checked_sub(1)?,
            (Some(here), true) => here + 1,
            (Some(here), false) => here + all.len() - 1,
        };
        all.get(next.checked_rem(all.len())?).copied()
    }
}
