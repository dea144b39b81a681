//! What is drawn over the document while something goes on: plain data that the renderer reads after each event.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::snap::Guide;
use crate::catalog::Kind;
use crate::design::{Point, Rect};
use crate::id::NodeId;
use crate::layout::edges::Edge;
use crate::text::Message;

/// Everything that is drawn over the document. Rectangles and points are in world units.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overlay {
    /// The node under the idle pointer.
    pub hover: Option<NodeId>,
    /// The wire under the idle pointer.
    pub wire: Option<Edge>,
    /// The rubber rectangle.
    pub marquee: Option<Rect>,
    /// Lines that show what a move snapped to.
    pub guides: Vec<Guide>,
    /// The frame that would take what is dragged or placed.
    pub drop: Option<Drop>,
    /// What would be placed.
    pub ghost: Option<Ghost>,
    /// The wire that is being drawn.
    pub band: Option<Band>,
    /// The nodes a wire may end at.
    pub lit: Arc<BTreeSet<NodeId>>,
    /// What is being moved, to be drawn on a layer of its own.
    pub gesture: Option<Gesture>,
}

/// A place to drop into.
#[derive(Clone, Debug, PartialEq)]
pub struct Drop {
    /// The frame; `None` is the bare canvas.
    pub frame: Option<NodeId>,
    /// Why it may not hold it; `None` if it may.
    pub refusal: Option<Message>,
}

/// A resource before it is placed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ghost {
    /// What it will be.
    pub kind: Kind,
    /// Where it would stand.
    pub rect: Rect,
}

/// A wire before it is connected.
#[derive(Clone, Debug, PartialEq)]
pub struct Band {
    /// Where it begins.
    pub from: NodeId,
    /// Its line, empty while the pointer is over its beginning.
    pub points: Vec<Point>,
    /// The node under the pointer.
    pub end: Option<NodeId>,
    /// Why it may not end there.
    pub refusal: Option<Message>,
}

/// A move under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gesture {
    /// The roots of what moves; everything inside them moves along.
    pub roots: Vec<NodeId>,
}
