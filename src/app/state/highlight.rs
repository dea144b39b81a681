//! What is marked on the drawing beside the document: a packet's path, and whether the next press chooses a node instead of moving it.

use std::rc::Rc;

use groundplan::id::NodeId;
use groundplan::layout::journey::Gate;
use groundplan::text::Message;
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

/// How a path looks: each verdict like itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    /// It comes through.
    #[default]
    Open,
    /// For some of those whom clients meet.
    Partly,
    /// Nobody knows before it is deployed.
    Unknown,
    /// It does not come through.
    Blocked,
}

impl Look {
    /// The class by which the style sheet draws it.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Partly => "partly",
            Self::Unknown => "unknown",
            Self::Blocked => "blocked",
        }
    }
}

/// What is said beside the packet at the hop where it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Note {
    /// Where it is.
    pub title: Message,
    /// Its header as it comes in.
    pub header: Message,
    /// Its header as it goes out, where it is rewritten.
    pub rewritten: Option<Message>,
    /// Why it ends here, if it does.
    pub end: Option<Message>,
}

/// Where a packet is: on its way or on that of its answer, at a hop of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct At {
    /// Whether it is the answer.
    pub back: bool,
    /// The hop, counted on this way from 0.
    pub hop: usize,
}

/// A path to show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Path {
    /// Everything the packet meets in the direction that is looked at.
    pub marks: Vec<Mark>,
    /// The hops there.
    pub there: Vec<Gate>,
    /// Those of the answer.
    pub back: Vec<Gate>,
    /// How it looks.
    pub look: Look,
    /// Where it ends, if it does not come through.
    pub dead: Option<At>,
    /// Where the packet is.
    pub at: At,
    /// What is said beside it.
    pub note: Note,
    /// Milliseconds that it takes from hop to hop; 0 for no motion.
    pub pace: u32,
}

impl Path {
    /// Whether there is nothing to show.
    pub const fn is_empty(&self) -> bool {
        self.there.is_empty() && self.back.is_empty()
    }
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
