//! What is marked on the drawing beside the document: a packet's path, and whether the next press chooses a node instead of moving it.

use std::rc::Rc;

use groundplan::id::NodeId;
use leptos::prelude::*;

/// What a path shows at one node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Which node.
    pub node: NodeId,
    /// Its places on the way: `2·5`.
    pub numbers: String,
    /// Whether it stops the packet.
    pub blocked: bool,
    /// Whether it is the place that is looked at.
    pub current: bool,
}

/// A path to show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Path {
    /// Everything the packet meets.
    pub marks: Vec<Mark>,
    /// What carries it, in order.
    pub line: Vec<NodeId>,
    /// How many of those it gets to; the rest of the line is where it would go.
    pub open: usize,
}

/// Told what the next press is on; nothing on the bare canvas.
pub type Chooser = Rc<dyn Fn(Option<NodeId>)>;

/// What is marked; `Copy`, from context.
#[derive(Clone, Copy)]
pub struct Highlight {
    /// The path of a packet.
    pub path: RwSignal<Path>,
    /// Who takes the next press in place of the editor.
    pub chooser: RwSignal<Option<Chooser>, LocalStorage>,
}

impl Highlight {
    /// Nothing is marked. Call it once, when the canvas begins.
    pub fn new() -> Self {
        Self { path: RwSignal::default(), chooser: RwSignal::new_local(None) }
    }
}

/// What is marked on the drawing.
pub fn highlight() -> Highlight {
    expect_context()
}
