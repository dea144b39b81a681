//! Connecting: a rubber wire from one node to another; only ends that take it are lit.

use crate::design::{Design, Point, Session};
use crate::id::NodeId;
use crate::interact::editor::State;
use crate::interact::input::{Pointer, Response, Tool};
use crate::interact::overlay::{Band, Overlay};
use crate::interact::scene::Part;
use crate::interact::{Editor, actions, connect};

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
}

impl Editor {
    pub(in crate::interact) fn begin_wire(&mut self, design: &Design, from: NodeId, pressed: Option<Point>) {
        if design.node(from).is_none() {
            return;
        }
        self.overlay = Overlay::default();
        self.lit(connect::legal_targets(design, from));
        self.overlay.band = Some(Band { from, points: Vec::new(), end: None, refusal: None });
        self.state = State::Wiring(Wiring { from, pressed, first: pressed.is_some() });
    }

    pub(in crate::interact) fn step_wire(&mut self, wiring: &Wiring, world: Point, design: &Design) {
        let hit = self.scene.hit(world, self.camera.zoom).filter(|hit| hit.id != wiring.from);
        let lit = |id: NodeId| self.overlay.lit.contains(&id);
        // The inside of a frame that takes no wire is a way to somewhere else, not an end.
        let end = hit.filter(|hit| lit(hit.id) || hit.part != Part::Body).map(|hit| hit.id);
        let refusal = end.filter(|id| !lit(*id)).and_then(|id| connect::edits(design, wiring.from, id).err());
        let to = end.filter(|_| refusal.is_none()).ok_or(world);
        let points = self.scene.preview(wiring.from, to);
        self.overlay.band = Some(Band { from: wiring.from, points, end, refusal });
    }

    pub(in crate::interact) fn end_wire(
        &mut self,
        wiring: &Wiring,
        event: Pointer,
        session: &mut Session,
        out: &mut Response,
    ) {
        let Wiring { from, pressed, first } = *wiring;
        let stayed = pressed.is_some_and(|at| (at.x - event.screen.x).hypot(at.y - event.screen.y) <= SLOP);
        let end = self.overlay.band.take().and_then(|band| band.end);
        match end {
            // A click on the beginning: the next click is the end.
            None if first && stayed => {
                self.overlay.band = Some(Band { from, points: Vec::new(), end: None, refusal: None });
                self.state = State::Wiring(Wiring { from, pressed: None, first: false });
                return;
            }
            None => {}
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
