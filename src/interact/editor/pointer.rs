//! Pointer events on their way to gestures: what a press begins, how it goes on, what a click means.

use std::collections::BTreeMap;

use super::super::input::{Button, Pointer, PointerKind, PointerType, Response, Tool};
use super::super::scene::{Direction, Hit, Part};
use super::super::{Editor, Selection, WireEnd};
use super::{HANDLE, State, is_near};
use crate::design::{Design, Point, Rect, Session};
use crate::id::NodeId;
use crate::layout::edges::Edge;

/// Pixels a mouse may stray before a click becomes a drag.
const SLOP: f64 = 3.0;
/// The same for a finger.
const TOUCH_SLOP: f64 = 8.0;
/// A button that went down: what a drag will do, and what a click does.
#[derive(Clone, Debug)]
pub(super) struct Press {
    at: Point,
    slop: f64,
    drag: Drag,
    click: Click,
    /// What a double click opens, unless its second press becomes a drag.
    activate: Option<NodeId>,
}

impl Press {
    /// A press on a wire, which is selected: a drag leads the end elsewhere.
    const fn on_wire(edge: Edge, end: WireEnd, at: Point, slop: f64) -> Self {
        Self { at, slop, drag: Drag::Rewire(edge, end), click: Click::Nothing, activate: None }
    }
}

/// A rubber rectangle.
#[derive(Clone, Debug)]
pub(super) struct Marquee {
    /// Its fixed corner, in the world.
    from: Point,
    /// What stays selected beside what it takes.
    base: Selection,
    /// What was selected before.
    pub(super) before: Selection,
}

#[derive(Clone, Copy, Debug)]
enum Drag {
    Move(NodeId),
    Resize(NodeId, Direction),
    Marquee,
    Pan,
    /// Leads an end of a wire elsewhere.
    Rewire(Edge, WireEnd),
}

#[derive(Clone, Copy, Debug)]
enum Click {
    Nothing,
    Select(NodeId),
    Toggle(NodeId),
    Clear,
}

impl Editor {
    pub(super) fn route(&mut self, event: Pointer, session: &mut Session, out: &mut Response) {
        let before = std::mem::replace(&mut self.pointer, event.screen);
        (self.modifiers, self.space) = (event.modifiers, event.modifiers.space);
        if event.pointer_type == PointerType::Touch && self.fingers(event, session, out) {
            return;
        }
        match event.kind {
            PointerKind::Down => self.down(event, session, out),
            PointerKind::Move => self.step(event, session, out),
            PointerKind::Up => self.up(event, session, out),
            PointerKind::Cancel => self.cancel(session, out),
            PointerKind::Leave => {
                (self.overlay.hover, self.overlay.wire) = (None, None);
                if !self.is_busy() {
                    (self.overlay.ghost, self.overlay.drop) = (None, None);
                }
            }
            PointerKind::Wheel { dx, dy } => {
                if event.modifiers.ctrl {
                    // A wheel's notch is a hundred pixels, a pinch a few: the clamp keeps a notch to a quarter.
                    self.camera.zoom_at(event.screen, (-dy.clamp(-24.0, 24.0) * 0.01).exp());
                } else if event.modifiers.shift {
                    self.camera.pan(-dy, -dx);
                } else {
                    self.camera.pan(-dx, -dy);
                }
                self.pointer = if matches!(self.state, State::Panning(_)) { before } else { event.screen };
            }
        }
    }

    /// Two fingers pinch; whether the event was theirs.
    fn fingers(&mut self, event: Pointer, session: &mut Session, out: &mut Response) -> bool {
        match event.kind {
            PointerKind::Down => {
                self.touches.insert(event.pointer_id, event.screen);
                if self.touches.len() == 2 {
                    self.cancel(session, out);
                    self.state = State::Pinching;
                }
            }
            PointerKind::Move => {
                let before = spread(&self.touches);
                if let Some(at) = self.touches.get_mut(&event.pointer_id) {
                    *at = event.screen;
                }
                let after = spread(&self.touches);
                if let (State::Pinching, Some((old, wide)), Some((new, wider))) = (&self.state, before, after) {
                    self.camera.pan(new.x - old.x, new.y - old.y);
                    if wide > 1.0 && wider > 1.0 {
                        self.camera.zoom_at(new, wider / wide);
                    }
                }
            }
            PointerKind::Up | PointerKind::Cancel => {
                self.touches.remove(&event.pointer_id);
                if matches!(self.state, State::Pinching) {
                    if self.touches.is_empty() {
                        self.state = State::Idle;
                    }
                    return true;
                }
            }
            _ => {}
        }
        matches!(self.state, State::Pinching)
    }

    fn down(&mut self, event: Pointer, session: &mut Session, out: &mut Response) {
        self.nudged = None;
        if let State::Wiring(wiring) = &mut self.state {
            wiring.pressed = Some(event.screen);
            return self.step(event, session, out);
        }
        if self.is_busy() {
            return;
        }
        let design = session.design();
        let pans = event.button == Button::Middle || event.modifiers.space || self.tool == Tool::Pan;
        match (event.button, self.tool) {
            _ if pans => self.state = State::Panning(event.screen),
            (Button::Main, Tool::Place(_)) => self.hover(design),
            (Button::Main, Tool::Connect) => {
                if let Some(hit) = self.part_at(design, event.screen) {
                    self.begin_wire(design, hit.id, Some(event.screen));
                }
            }
            (Button::Main, _) => self.press(event, design),
            (_, Tool::Place(_)) => {}
            _ => {
                let hit = self.part_at(design, event.screen).map(|hit| hit.id);
                if let Some(edge) = self.wire_at(design, event.screen) {
                    self.selection = Selection::of_wire(edge);
                } else if let Some(id) = hit.filter(|id| !self.selection.contains(*id)) {
                    self.selection = Selection::of([id]);
                }
            }
        }
    }

    /// The end of the selected wire at a screen point.
    pub(super) fn wire_end_at(&self, screen: Point) -> Option<(Edge, WireEnd)> {
        let (edge, ends) = self.wire_handles()?;
        let near = ends.into_iter().find(|(_, at)| is_near(*at, screen, HANDLE));
        near.map(|(end, _)| (edge, end))
    }

    /// The end of a wire that is nearer to a screen point.
    fn nearer_end(&self, edge: Edge, screen: Point) -> WireEnd {
        let points = self.scene.route(edge);
        let away = |point: Option<&Point>| {
            let at = point.map(|point| self.camera.screen_from_world(*point)).unwrap_or_default();
            (at.x - screen.x).hypot(at.y - screen.y)
        };
        if away(points.first()) < away(points.last()) { WireEnd::Start } else { WireEnd::Tip }
    }

    fn press(&mut self, event: Pointer, design: &Design) {
        let touch = event.pointer_type == PointerType::Touch;
        let slop = if touch { TOUCH_SLOP } else { SLOP };
        if let Some((id, at)) = self.connect_handle(design)
            && is_near(at, event.screen, HANDLE)
        {
            return self.begin_wire(design, id, Some(event.screen));
        }
        if let Some((edge, end)) = self.wire_end_at(event.screen) {
            return self.state = State::Pressed(Press::on_wire(edge, end, event.screen, slop));
        }
        if let Some(edge) = self.wire_at(design, event.screen) {
            self.selection = Selection::of_wire(edge);
            let end = self.nearer_end(edge, event.screen);
            return self.state = State::Pressed(Press::on_wire(edge, end, event.screen, slop));
        }
        let hit = self.part_at(design, event.screen);
        // Both add to what is selected and take from it. Ctrl is held for moves that do not snap as well, so a press alone selects nothing yet.
        let (shift, ctrl) = (event.modifiers.shift || event.modifiers.ctrl, event.modifiers.ctrl);
        let selected = hit.is_some_and(|hit| self.selection.contains(hit.id));
        let sweep = if touch { Drag::Pan } else { Drag::Marquee };
        let (drag, click) = match hit {
            None => (sweep, if shift { Click::Nothing } else { Click::Clear }),
            Some(Hit { id, part: Part::Handle(to) }) => (Drag::Resize(id, to), Click::Nothing),
            Some(Hit { id, part: Part::Body }) => (sweep, if shift { Click::Toggle(id) } else { Click::Select(id) }),
            Some(Hit { id, .. }) if selected => {
                (Drag::Move(id), if shift { Click::Toggle(id) } else { Click::Select(id) })
            }
            Some(Hit { id, .. }) if ctrl => (Drag::Move(id), Click::Toggle(id)),
            Some(Hit { id, .. }) => {
                // Selected at once, so that the drag that may follow moves it.
                if shift {
                    self.selection.toggle(id);
                } else {
                    self.selection = Selection::of([id]);
                }
                (Drag::Move(id), Click::Nothing)
            }
        };
        let activate = hit.map(|hit| hit.id).filter(|_| event.clicks == 2 && !shift);
        self.state = State::Pressed(Press { at: event.screen, slop, drag, click, activate });
    }

    pub(super) fn step(&mut self, event: Pointer, session: &mut Session, out: &mut Response) {
        let world = self.camera.world_from_screen(event.screen);
        match std::mem::take(&mut self.state) {
            State::Idle => self.hover(session.design()),
            State::Pinching => self.state = State::Pinching,
            State::Pressed(press) => {
                if is_near(press.at, event.screen, press.slop) {
                    self.state = State::Pressed(press);
                } else {
                    self.begin(&press, event, session, out);
                    if self.is_busy() {
                        self.step(event, session, out);
                    }
                }
            }
            State::Panning(last) => {
                self.camera.pan(event.screen.x - last.x, event.screen.y - last.y);
                self.state = State::Panning(event.screen);
            }
            State::Marquee(marquee) => {
                self.sweep(Rect::between(marquee.from, world), &marquee.base, session.design());
                self.state = State::Marquee(marquee);
            }
            State::Moving(mut moving) => {
                self.step_move(&mut moving, world, event.modifiers, session, out);
                self.state = State::Moving(moving);
            }
            State::Resizing(resizing) => {
                self.step_resize(&resizing, world, event.modifiers, session, out);
                self.state = State::Resizing(resizing);
            }
            State::Wiring(wiring) => {
                self.step_wire(&wiring, world, session.design());
                self.state = State::Wiring(wiring);
            }
        }
    }

    fn begin(&mut self, press: &Press, event: Pointer, session: &mut Session, out: &mut Response) {
        let from = self.camera.world_from_screen(press.at);
        (self.overlay.hover, self.overlay.wire) = (None, None);
        match press.drag {
            Drag::Pan => self.state = State::Panning(press.at),
            Drag::Rewire(edge, end) => self.begin_rewire(session.design(), edge, end, Some(press.at)),
            Drag::Marquee => {
                let before = self.selection.clone();
                let adds = event.modifiers.shift || event.modifiers.ctrl;
                let base = if adds { before.clone() } else { Selection::default() };
                self.state = State::Marquee(Marquee { from, base, before });
            }
            Drag::Move(id) => {
                if self.selection.ids().iter().all(|held| *held != id && !session.design().is_inside(id, *held)) {
                    self.selection = Selection::of([id]);
                }
                self.begin_move(id, from, event.modifiers.alt, session, out);
            }
            Drag::Resize(id, to) => self.begin_resize(id, to, from, session),
        }
    }

    fn up(&mut self, event: Pointer, session: &mut Session, out: &mut Response) {
        if matches!(self.state, State::Panning(_)) {
            self.state = State::Idle;
            return;
        }
        if event.button != Button::Main {
            return;
        }
        // What was last drawn is what is kept: the release may be elsewhere than the last move.
        if !matches!(self.state, State::Pressed(_)) {
            self.step(event, session, out);
        }
        match std::mem::take(&mut self.state) {
            State::Idle => {
                if let Tool::Place(kind) = self.tool {
                    self.place(kind, event, session, out);
                }
            }
            State::Pressed(press) => {
                match press.click {
                    Click::Nothing => {}
                    Click::Select(id) => self.selection = Selection::of([id]),
                    Click::Toggle(id) => self.selection.toggle(id),
                    Click::Clear => self.selection.clear(),
                }
                self.selection.prune(session.design());
                out.activate = press.activate;
            }
            State::Panning(_) | State::Pinching => {}
            State::Marquee(_) => self.overlay.marquee = None,
            State::Moving(moving) => self.drop_move(&moving, session, out),
            State::Resizing(resizing) => self.end_resize(&resizing, session, out),
            State::Wiring(wiring) => self.end_wire(&wiring, event, session, out),
        }
        if !self.is_busy() {
            self.hover(session.design());
        }
    }

    /// Looks at what is under the idle pointer.
    pub(super) fn hover(&mut self, design: &Design) {
        let world = self.camera.world_from_screen(self.pointer);
        (self.overlay.ghost, self.overlay.drop) = (None, None);
        if let Tool::Place(kind) = self.tool {
            self.hover_ghost(kind, world, design);
            self.overlay.hover = None;
        } else {
            let hit = self.scene.hit(world, self.camera.zoom);
            self.overlay.hover = hit.filter(|hit| hit.part != Part::Body).map(|hit| hit.id);
            let idle = matches!(self.state, State::Idle) && self.tool == Tool::Select;
            self.overlay.wire = if idle { self.wire_at(design, self.pointer) } else { None };
        }
    }

    /// Selects what a rectangle touches: tiles by a corner, frames only as a whole.
    fn sweep(&mut self, rect: Rect, base: &Selection, design: &Design) {
        let frame = |id: NodeId| design.node(id).is_some_and(|node| node.kind().spec().shape.is_frame());
        let whole = |id: NodeId| self.scene.rect(id).is_some_and(|its| rect.contains_rect(its));
        let swept: Vec<NodeId> = self.scene.in_rect(rect).into_iter().filter(|id| !frame(*id) || whole(*id)).collect();
        let swept = super::super::selection::roots(design, &swept);
        self.selection = Selection::of(base.ids().iter().copied().chain(swept));
        self.overlay.marquee = Some(rect);
    }
}

/// The middle of the fingers and how far apart they are; nothing unless there are two.
fn spread(touches: &BTreeMap<i32, Point>) -> Option<(Point, f64)> {
    let mut points = touches.values();
    let (a, b) = (points.next()?, points.next()?);
    Some((Point::new(f64::midpoint(a.x, b.x), f64::midpoint(a.y, b.y)), (a.x - b.x).hypot(a.y - b.y)))
}
