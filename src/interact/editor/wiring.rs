//! Connecting: a rubber wire from one node to another; only ends that take it are lit.

use crate::design::{Design, Point, Session};
use crate::id::NodeId;
use crate::interact::editor::State;
use crate::interact::input::{Pointer, Response, Tool};
use crate::interact::overlay::{Band, Overlay};
use crate::interact::scene::Part;
use crate::interact::{Editor, Selection, WireEnd, actions, connect, wires};
use crate::layout::edges::Edge;

/// How far in pixels the pointer goes from where it was pressed before its release ends the wire.
const SLOP: f64 = 6.0;

/// A wire under way.
#[derive(Clone, Debug)]
pub struct Wiring {
    from: NodeId,
    /// Where on the screen the button went down; nothing while it is up and a click is awaited.
    pub(in crate::interact) pressed: Option<Point>,
    /// Whether the button that began it is still down.
    first: bool,
    /// The wire one of whose ends is led elsewhere, and which; nothing for a new one. Then `from` is the end that stays.
    old: Option<(Edge, WireEnd)>,
}

impl Editor {
    pub(in crate::interact) fn begin_wire(&mut self, design: &Design, from: NodeId, pressed: Option<Point>) {
        if design.node(from).is_none() {
            return;
        }
        self.overlay = Overlay::default();
        self.lit(connect::legal_targets(design, from));
        self.overlay.band = Some(Band { from, points: Vec::new(), end: None, refusal: None });
        self.state = State::Wiring(Wiring { from, pressed, first: pressed.is_some(), old: None });
    }

    pub(in crate::interact) fn begin_rewire(
        &mut self,
        design: &Design,
        edge: Edge,
        end: WireEnd,
        pressed: Option<Point>,
    ) {
        let from = end.other().of(edge);
        self.overlay = Overlay::default();
        self.lit(wires::legal_ends(design, edge, end));
        self.overlay.band = Some(Band { from, points: Vec::new(), end: None, refusal: None });
        self.state = State::Wiring(Wiring { from, pressed, first: pressed.is_some(), old: Some((edge, end)) });
    }

    pub(in crate::interact) fn step_wire(&mut self, wiring: &Wiring, world: Point, design: &Design) {
        let hit = self.scene.hit(world, self.camera.zoom).filter(|hit| hit.id != wiring.from);
        let lit = |id: NodeId| self.overlay.lit.contains(&id);
        // The inside of a frame that takes no wire is a way to somewhere else, not an end.
        let end = hit.filter(|hit| lit(hit.id) || hit.part != Part::Body).map(|hit| hit.id);
        // Where it is already it may stay.
        let stays = |id: NodeId| wiring.old.is_some_and(|(edge, end)| end.of(edge) == id);
        let why = |id: NodeId| match wiring.old {
            Some((edge, end)) => wires::reattach(design, edge, end, id).err(),
            None => connect::edits(design, wiring.from, id).err(),
        };
        let refusal = end.filter(|id| !lit(*id) && !stays(*id)).and_then(why);
        let to = end.filter(|_| refusal.is_none()).ok_or(world);
        let mut points = self.scene.preview(wiring.from, to);
        if wiring.old.is_some_and(|(_, end)| end == WireEnd::Start) {
            points.reverse();
        }
        self.overlay.band = Some(Band { from: wiring.from, points, end, refusal });
    }

    pub(in crate::interact) fn end_wire(
        &mut self,
        wiring: &Wiring,
        event: Pointer,
        session: &mut Session,
        out: &mut Response,
    ) {
        let Wiring { from, pressed, first, old } = *wiring;
        let stayed = pressed.is_some_and(|at| (at.x - event.screen.x).hypot(at.y - event.screen.y) <= SLOP);
        let end = self.overlay.band.take().and_then(|band| band.end);
        match end {
            // A click on the beginning: the next click is the end.
            None if first && stayed => {
                self.overlay.band = Some(Band { from, points: Vec::new(), end: None, refusal: None });
                self.state = State::Wiring(Wiring { from, pressed: None, first: false, old });
                return;
            }
            None => {}
            Some(to) if old.is_some_and(|(edge, end)| end.of(edge) == to) => {}
            Some(to) if let Some((edge, end)) = old => {
                let done = actions::reattach(session, edge, end, to);
                let done_so = done.is_ok();
                let keeps = self.selection.clone();
                self.done(session, done, out);
                let ends = (end.other().of(edge), to);
                let new =
                    self.scene.edges_of(ends.0).find(|new| (new.from, new.to) == ends || (new.to, new.from) == ends);
                self.selection = if done_so { new.map(Selection::of_wire).unwrap_or_default() } else { keeps };
            }
            Some(to) => {
                let done = actions::connect(session, from, to);
                if done.is_ok() && !event.modifiers.shift && self.tool == Tool::Connect {
                    self.tool = Tool::Select;
                }
                self.done(session, done, out);
            }
        }
        self.overlay = Overlay::default();
    }
}
