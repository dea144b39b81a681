//! What goes into the editor and what comes out: pointer and key events without a browser, and the response to each.

use crate::catalog::Kind;
use crate::design::{Diff, Point};
use crate::id::NodeId;
use crate::layout::edges::Change;
use crate::text::Message;

/// What the pointer did.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PointerKind {
    /// A button went down, a finger touched.
    Down,
    /// It moved, pressed or not.
    Move,
    /// The button went up.
    Up,
    /// The browser took it away; the gesture leaves no trace.
    Cancel,
    /// It left the canvas.
    Leave,
    /// The wheel turned by so many pixels. A pinch on a trackpad arrives as a wheel with Ctrl.
    Wheel {
        /// To the right.
        dx: f64,
        /// Downwards.
        dy: f64,
    },
}

/// Which button.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Button {
    /// The left one, a finger, the tip of a pen.
    #[default]
    Main,
    /// The middle one: pans.
    Middle,
    /// The right one: selects what its menu is about.
    Second,
}

/// Keys held meanwhile.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Modifiers {
    /// Adds to the selection; keeps a move on one axis; ten times the nudge; keeps a tool armed.
    pub shift: bool,
    /// Ctrl or Command: toggles what is clicked, suspends snapping, makes the wheel zoom and the arrows resize.
    pub ctrl: bool,
    /// A drag duplicates.
    pub alt: bool,
    /// The space bar: a drag pans.
    pub space: bool,
}

/// What points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PointerType {
    /// A mouse or trackpad.
    #[default]
    Mouse,
    /// A pen.
    Pen,
    /// A finger: pans on empty canvas, two fingers pinch.
    Touch,
}

/// A pointer event. Screen points are CSS pixels from the canvas's top left corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pointer {
    /// What it did.
    pub kind: PointerKind,
    /// Where.
    pub screen: Point,
    /// Which button, for `Down` and `Up`.
    pub button: Button,
    /// Keys held meanwhile.
    pub modifiers: Modifiers,
    /// How many times in quick succession, for `Down`: 2 is a double click.
    pub clicks: u8,
    /// What points.
    pub pointer_type: PointerType,
    /// Which finger.
    pub pointer_id: i32,
}

impl Pointer {
    /// A mouse event at a screen point with no key held.
    pub const fn new(kind: PointerKind, screen: Point) -> Self {
        Self {
            kind,
            screen,
            button: Button::Main,
            modifiers: Modifiers { shift: false, ctrl: false, alt: false, space: false },
            clicks: 1,
            pointer_type: PointerType::Mouse,
            pointer_id: 1,
        }
    }
}

/// A key that the canvas itself answers; everything else is a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// Ends a gesture without a trace, else puts a tool down, else clears the selection.
    Escape,
    /// Removes the selection.
    Delete,
    /// Nudges.
    Left,
    /// Nudges.
    Right,
    /// Nudges.
    Up,
    /// Nudges.
    Down,
    /// Pans by most of the canvas.
    PageUp,
    /// Pans by most of the canvas.
    PageDown,
}

/// What the main button does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tool {
    /// Selects, moves, resizes.
    #[default]
    Select,
    /// Pans.
    Pan,
    /// Connects from where it is pressed to where it is released.
    Connect,
    /// Puts a new resource where it is released.
    Place(Kind),
}

/// The pointer's shape.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Cursor {
    /// An arrow.
    #[default]
    Default,
    /// Something that can be moved is here.
    Move,
    /// A wire is here.
    Pointer,
    /// The drawing can be panned.
    Grab,
    /// The drawing is being panned.
    Grabbing,
    /// A tool is armed.
    Crosshair,
    /// A copy is being dragged.
    Copy,
    /// It cannot go here.
    NotAllowed,
    /// Resizes to left and right.
    ResizeEw,
    /// Resizes up and down.
    ResizeNs,
    /// Resizes along the rising diagonal.
    ResizeNesw,
    /// Resizes along the falling diagonal.
    ResizeNwse,
}

/// What an event brought about.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Response {
    /// What changed in the document; the session's history holds it already.
    pub diff: Diff,
    /// Which edges came and went with it.
    pub edges: Change,
    /// Whether the camera moved.
    pub camera_changed: bool,
    /// Whether the selection is another.
    pub selection_changed: bool,
    /// Whether [`super::Overlay`] is another.
    pub overlay_changed: bool,
    /// Whether the tool is another (a placed resource puts its tool down).
    pub tool_changed: bool,
    /// The pointer's shape now.
    pub cursor: Cursor,
    /// Why something was not done.
    pub refusal: Option<Message>,
    /// What was done, for the live region.
    pub announce: Option<Message>,
    /// What was placed, which the viewer wants to see whole.
    pub placed: Option<NodeId>,
    /// A double click: rename or open this node.
    pub activate: Option<NodeId>,
}

impl Response {
    /// Adds a change of the document.
    pub(super) fn push(&mut self, diff: Diff, edges: Change) {
        self.diff = std::mem::take(&mut self.diff).then(diff);
        self.edges.merge(edges);
    }
}
