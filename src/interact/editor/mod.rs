//! The editor: tools as one state machine over pointer and key events.
//!
//! A gesture is a mark in the history, edits at every step, and at the end either one undo step or no trace at all.

mod drifting;
mod moving;
mod placing;
mod pointer;
mod resizing;
mod wiring;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::actions::{self, Done};
use super::input::{Cursor, Key, Modifiers, Pointer, Response, Tool};
use super::scene::{BORDER, Direction, Hit, Part};
use super::{Camera, Overlay, Scene, Selection, WireEnd, connect};
use crate::design::{Design, Diff, Edit, Mark, Node, Point, Rect, Session};
use crate::id::NodeId;
use crate::layout;
use crate::layout::edges::{Change, Edge};
use crate::text::Message;
use moving::Moving;
use pointer::{Marquee, Press};
use resizing::Resizing;
use wiring::Wiring;

/// A resize handle takes this many pixels around it; a target is at least 24 wide.
pub(super) const HANDLE: f64 = 12.0;
/// How far outside its node the connection handle stands, in pixels.
const CONNECT_AWAY: f64 = 22.0;
/// Pixels that an arrow key pans by where nothing is selected.
const ARROW_PANS: f64 = 64.0;
/// The share of the canvas that a page key pans by.
const PAGE_PANS: f64 = 0.85;
/// How near in pixels the pointer has to be to a wire to take it.
const WIRE: f64 = 6.0;
/// On the screen a frame smaller than this shows no resize handles.
const LEAST_RESIZABLE: f64 = 56.0;

/// Camera, scene, selection and the tool in hand.
#[derive(Clone, Debug, Default)]
pub struct Editor {
    /// Where the viewer looks; may be set freely between events.
    pub camera: Camera,
    /// How large the canvas is on the page, in pixels.
    pub(super) viewport: (f64, f64),
    /// How large it was before a gesture under way began, if it became another size meanwhile.
    pub(super) outgrown: Option<(f64, f64)>,
    /// The camera that shows all, while nothing else has been chosen and nothing changed.
    pub(super) fitted: Option<Camera>,
    /// Where everything stands; follows the document through [`Editor::follow`].
    pub scene: Scene,
    /// What is selected; may be set freely between events.
    pub selection: Selection,
    pub(super) tool: Tool,
    state: State,
    pub(super) overlay: Overlay,
    /// Where the pointer was last, on the screen.
    pub(super) pointer: Point,
    pub(super) cursor: Cursor,
    pub(super) touches: BTreeMap<i32, Point>,
    /// Where the held arrow key began, so that its repeats become one step.
    pub(super) nudged: Option<Mark>,
    /// What is held beside the pointer, as the last event said.
    modifiers: Modifiers,
    /// Whether moves do not snap unless Ctrl is held, instead of the other way round.
    pub(super) loose: bool,
    /// Whether the space bar is held, so that a press would pan.
    pub(super) space: bool,
    /// The node from which its wires are walked one after the other.
    pub(super) walked: Option<NodeId>,
}

/// What is going on.
#[derive(Clone, Debug, Default)]
enum State {
    #[default]
    Idle,
    /// A button is down and has not gone far.
    Pressed(Press),
    Panning(Point),
    /// Two fingers; lasts until both are gone.
    Pinching,
    Marquee(Marquee),
    Moving(Moving),
    Resizing(Resizing),
    Wiring(Wiring),
}

impl Editor {
    /// An editor on a design.
    pub fn new(design: &Design) -> Self {
        Self { scene: Scene::new(design), ..Self::default() }
    }

    /// The tool in hand.
    pub const fn tool(&self) -> Tool {
        self.tool
    }

    /// What is drawn over the document.
    pub const fn overlay(&self) -> &Overlay {
        &self.overlay
    }

    /// Whether a gesture is under way; undo and other commands wait for its end.
    pub const fn is_busy(&self) -> bool {
        !matches!(self.state, State::Idle)
    }

    /// Takes another tool. A gesture under way leaves no trace.
    pub fn set_tool(&mut self, tool: Tool, session: &mut Session) -> Response {
        self.respond(session, |editor, session, out| {
            editor.cancel(session, out);
            editor.tool = tool;
            editor.hover(session.design());
        })
    }

    /// Brings everything up to a change that was made elsewhere. A gesture under way ends where it is.
    pub(super) fn adopt(&mut self, design: &Design, diff: &Diff) -> Change {
        self.state = State::Idle;
        self.fitted = None;
        self.scene.end_drag();
        let change = self.scene.apply(design, diff);
        self.scene.settle_small();
        self.selection.prune(design);
        self.overlay = Overlay::default();
        change
    }

    /// Begins to connect from a node; the next click ends it. For "connect from here" in menus.
    pub fn connect_from(&mut self, id: NodeId, session: &mut Session) -> Response {
        self.respond(session, |editor, session, out| {
            editor.cancel(session, out);
            editor.begin_wire(session.design(), id, None);
        })
    }

    /// Answers a pointer event.
    pub fn pointer(&mut self, event: Pointer, session: &mut Session) -> Response {
        self.respond(session, |editor, session, out| {
            if event.screen.x.is_finite() && event.screen.y.is_finite() {
                editor.route(event, session, out);
            }
        })
    }

    /// Answers a key. `repeat` says that it is held, so that all its nudges become one undo step.
    pub fn key(&mut self, key: Key, modifiers: Modifiers, repeat: bool, session: &mut Session) -> Response {
        self.respond(session, |editor, session, out| {
            let (x, y) = match key {
                Key::Escape => return editor.escape(session, out),
                _ if editor.is_busy() => return,
                Key::Delete => {
                    let done = match editor.selection.wire() {
                        Some(wire) => actions::disconnect(session, wire),
                        None => actions::delete(session, editor.selection.ids()),
                    };
                    return editor.done(session, done, out);
                }
                Key::PageUp => return editor.page(-1.0, modifiers.shift),
                Key::PageDown => return editor.page(1.0, modifiers.shift),
                Key::Left => (-1.0, 0.0),
                Key::Right => (1.0, 0.0),
                Key::Up => (0.0, -1.0),
                Key::Down => (0.0, 1.0),
            };
            let far = if modifiers.shift { 10.0 } else { 1.0 };
            if editor.selection.ids().is_empty() {
                let step = ARROW_PANS * if modifiers.shift { 4.0 } else { 1.0 };
                editor.camera.pan(-x * step, -y * step);
            } else {
                let step = far * layout::GRID;
                editor.nudge(Point::new(x * step, y * step), modifiers.ctrl, repeat, session, out);
            }
        })
    }

    /// The resize handles of the selected frame, on the screen; none where it is too small to tell them apart.
    pub fn resize_handles(&self, design: &Design) -> Option<(NodeId, [(Direction, Point); 8])> {
        let id = self.selection.single()?;
        let shown = design.node(id)?.kind().spec().shape.is_frame() && self.tool == Tool::Select;
        let rect = self.camera.screen_rect(self.scene.rect(id)?);
        (shown && rect.w.min(rect.h) >= LEAST_RESIZABLE).then(|| (id, Direction::ALL.map(|to| (to, to.on(rect)))))
    }

    /// Where the selected node's connection handle stands on the screen, if it can be connected with anything.
    pub fn connect_handle(&self, design: &Design) -> Option<(NodeId, Point)> {
        let id = self.selection.single()?;
        let node = design.node(id)?;
        let rect = self.camera.screen_rect(self.scene.rect(id)?);
        let frame = node.kind().spec().shape.is_frame();
        // Beside a frame's header, away from the handle in the middle of its side.
        let down = if frame { (layout::HEADER * self.camera.zoom).min(rect.h) / 2.0 } else { rect.h / 2.0 };
        let shown = self.tool == Tool::Select && connect::has_ends(node.kind());
        // On the right if nothing stands there, else on another side that is free.
        let sides = [
            Point::new(rect.right() + CONNECT_AWAY, rect.y + down),
            Point::new(rect.x - CONNECT_AWAY, rect.y + down),
            Point::new(rect.x + rect.w / 2.0, rect.bottom() + CONNECT_AWAY),
            Point::new(rect.x + rect.w / 2.0, rect.y - CONNECT_AWAY),
        ];
        let free = sides.into_iter().find(|at| !self.covers(*at, id, design));
        shown.then(|| (id, free.unwrap_or(sides[0])))
    }

    /// Whether the connection handle of a node would lie over something that one may want to take hold of.
    fn covers(&self, at: Point, of: NodeId, design: &Design) -> bool {
        let middle = self.camera.world_from_screen(at);
        let reach = HANDLE / self.camera.zoom;
        let around = Rect::new(middle.x - reach, middle.y - reach, 2.0 * reach, 2.0 * reach);
        self.scene.in_rect(around).into_iter().any(|id| {
            let contains = || self.scene.rect(id).is_some_and(|rect| rect.contains_rect(around));
            id != of
                && !design.is_inside(id, of)
                && !(contains() && kind_of(design, id).is_some_and(|kind| kind.spec().shape.is_frame()))
        })
    }

    /// Where the ends of the selected wire stand on the screen: handles to lead them elsewhere.
    pub fn wire_handles(&self) -> Option<(Edge, [(WireEnd, Point); 2])> {
        let edge = self.selection.wire().filter(|_| self.tool == Tool::Select)?;
        let points = self.scene.route(edge);
        let screen = |point: &Point| self.camera.screen_from_world(*point);
        Some((edge, [(WireEnd::Start, screen(points.first()?)), (WireEnd::Tip, screen(points.last()?))]))
    }

    /// The wire under a screen point, unless something that stands above it is there.
    pub fn wire_at(&self, design: &Design, screen: Point) -> Option<Edge> {
        if self.part_at(design, screen).is_some_and(|hit| hit.part != Part::Body) {
            return None;
        }
        let selected = &self.selection;
        let shown = |edge: &Edge| {
            selected.wire() == Some(*edge) || [edge.from, edge.to].iter().any(|end| selected.contains(*end))
        };
        self.scene.wire_at(self.camera.world_from_screen(screen), WIRE / self.camera.zoom, shown)
    }

    /// What is under a screen point, handles included.
    pub fn part_at(&self, design: &Design, screen: Point) -> Option<Hit> {
        if let Some((id, handles)) = self.resize_handles(design)
            && let Some((to, _)) = handles.into_iter().find(|(_, at)| is_near(*at, screen, HANDLE - BORDER / 2.0))
        {
            return Some(Hit { id, part: Part::Handle(to) });
        }
        self.scene.hit(self.camera.world_from_screen(screen), self.camera.zoom)
    }

    /// Runs a step and tells what it changed.
    pub(super) fn respond(
        &mut self,
        session: &mut Session,
        step: impl FnOnce(&mut Self, &mut Session, &mut Response),
    ) -> Response {
        let (camera, tool) = (self.camera, self.tool);
        let (selection, overlay) = (self.selection.clone(), self.overlay.clone());
        let mut out = Response::default();
        step(self, session, &mut out);
        self.scene.settle_small();
        self.catch_up();
        session.set_settled(!matches!(self.state, State::Moving(_) | State::Resizing(_)));
        self.cursor = self.shape(session.design());
        out.cursor = self.cursor;
        out.camera_changed = camera != self.camera;
        out.tool_changed = tool != self.tool;
        out.selection_changed = selection != self.selection;
        out.overlay_changed = overlay != self.overlay;
        out
    }

    /// Ends what is under way as if it had never begun.
    pub(super) fn cancel(&mut self, session: &mut Session, out: &mut Response) {
        match std::mem::take(&mut self.state) {
            State::Marquee(marquee) => self.selection = marquee.before,
            State::Moving(moving) => self.bail_move(&moving, session, out),
            State::Resizing(resizing) => self.bail(resizing.mark, session, out),
            _ => {}
        }
        self.overlay = Overlay::default();
    }

    fn escape(&mut self, session: &mut Session, out: &mut Response) {
        if self.is_busy() {
            self.cancel(session, out);
        } else if self.tool == Tool::Select {
            self.selection.clear();
        } else {
            self.tool = Tool::Select;
            self.overlay = Overlay::default();
        }
    }

    /// Pans by most of the canvas, down or to the right.
    fn page(&mut self, by: f64, across: bool) {
        let (w, h) = self.viewport;
        if across {
            self.camera.pan(-by * w * PAGE_PANS, 0.0);
        } else {
            self.camera.pan(0.0, -by * h * PAGE_PANS);
        }
    }

    /// Moves what is selected, or makes it larger or smaller; the repeats of a held key are one step.
    fn nudge(&mut self, by: Point, stretches: bool, repeat: bool, session: &mut Session, out: &mut Response) {
        let mark = self.nudged.filter(|_| repeat).unwrap_or_else(|| session.mark());
        let ids = self.selection.ids();
        let done = if stretches { actions::stretch(session, ids, by) } else { actions::nudge(session, ids, by) };
        let ids = self.selection.clone();
        self.done(session, done, out);
        self.selection = ids;
        session.squash(mark);
        self.nudged = Some(mark);
    }

    /// Makes edits as a step of the gesture that began at `mark`.
    pub(super) fn edit(
        &mut self,
        mark: Mark,
        edits: &[Edit],
        session: &mut Session,
        out: &mut Response,
    ) -> Result<(), Message> {
        let diff = session.edit(edits).map_err(|refusal| refusal.why)?;
        // Squashed at each step, so that a long drag cannot push older steps out of the history.
        session.squash(mark);
        self.changed(diff, session.design(), out);
        Ok(())
    }

    pub(super) fn bail(&mut self, mark: Mark, session: &mut Session, out: &mut Response) {
        let diff = session.bail(mark);
        self.changed(diff, session.design(), out);
    }

    pub(super) fn changed(&mut self, diff: Diff, design: &Design, out: &mut Response) {
        self.fitted = None;
        let edges = self.scene.apply(design, &diff);
        self.selection.prune(design);
        out.push(diff, edges);
    }

    /// Takes over what an action did: the scene follows, its nodes are selected, its words are spoken.
    pub(super) fn done(&mut self, session: &Session, done: Result<Done, Message>, out: &mut Response) {
        match done {
            Ok(done) => {
                if !done.diff.is_empty() {
                    out.announce = Some(done.said);
                }
                self.changed(done.diff, session.design(), out);
                self.selection = Selection::of(done.ids);
            }
            Err(why) => out.refusal = Some(why),
        }
    }

    pub(super) fn lit(&mut self, ids: Vec<NodeId>) {
        self.overlay.lit = Arc::new(ids.into_iter().collect());
    }

    fn shape(&self, design: &Design) -> Cursor {
        let refused = self.overlay.drop.as_ref().is_some_and(|drop| drop.refusal.is_some())
            || self.overlay.band.as_ref().is_some_and(|band| band.refusal.is_some());
        match (&self.state, self.tool) {
            _ if refused => Cursor::NotAllowed,
            (State::Panning(_) | State::Pinching, _) => Cursor::Grabbing,
            (State::Moving(moving), _) => {
                if moving.copies {
                    Cursor::Copy
                } else {
                    Cursor::Move
                }
            }
            (State::Resizing(resizing), _) => resize_cursor(resizing.to),
            (State::Wiring(_), _) | (_, Tool::Connect | Tool::Place(_)) => Cursor::Crosshair,
            (_, Tool::Pan) => Cursor::Grab,
            _ if self.connect_handle(design).is_some_and(|(_, at)| is_near(at, self.pointer, HANDLE)) => {
                Cursor::Crosshair
            }
            _ if self.space => Cursor::Grab,
            _ if self.wire_end_at(self.pointer).is_some() => Cursor::Crosshair,
            _ if self.overlay.wire.is_some() => Cursor::Pointer,
            _ => match self.part_at(design, self.pointer).map(|hit| hit.part) {
                Some(Part::Handle(to)) => resize_cursor(to),
                Some(Part::Header | Part::Border | Part::Tile) => Cursor::Move,
                Some(Part::Body) | None => Cursor::Default,
            },
        }
    }
}

const fn resize_cursor(to: Direction) -> Cursor {
    match (to.x, to.y) {
        (0, _) => Cursor::ResizeNs,
        (_, 0) => Cursor::ResizeEw,
        (x, y) if x == y => Cursor::ResizeNwse,
        _ => Cursor::ResizeNesw,
    }
}

pub(super) fn is_near(a: Point, b: Point, by: f64) -> bool {
    (a.x - b.x).abs() <= by && (a.y - b.y).abs() <= by
}

/// The kind of a node, if it exists.
pub(super) fn kind_of(design: &Design, id: NodeId) -> Option<crate::catalog::Kind> {
    design.node(id).map(Node::kind)
}
