//! Placing: a ghost follows the pointer, and a click or the end of a drag puts a new resource there.

use crate::catalog::Kind;
use crate::design::{Design, Point, Rect, Session};
use crate::interact::actions::place_at;
use crate::interact::input::{Pointer, Response, Tool};
use crate::interact::overlay::{Drop, Ghost};
use crate::interact::{Editor, fresh};
use crate::layout;

impl Editor {
    pub(in crate::interact) fn hover_ghost(&mut self, kind: Kind, world: Point, design: &Design) {
        let pointed = self.scene.frame_at(world);
        let (frame, refusal) = match fresh::taker(design, pointed, &[kind]) {
            Ok(frame) => (frame, None),
            Err(why) => (pointed, Some(why)),
        };
        self.overlay.drop = Some(Drop { frame, refusal });
        self.overlay.ghost = Some(Ghost { kind, rect: ghost_rect(kind, world) });
    }

    pub(in crate::interact) fn place(&mut self, kind: Kind, event: Pointer, session: &mut Session, out: &mut Response) {
        let world = self.camera.world_from_screen(event.screen);
        let pointed = self.scene.frame_at(world);
        // Where none takes it, the frame at the pointer says why.
        let frame = fresh::taker(session.design(), pointed, &[kind]).unwrap_or(pointed);
        let spot = ghost_rect(kind, world).origin() - session.design().origin(frame);
        let done = place_at(session, kind, frame, Some(spot));
        if let Ok(done) = &done {
            out.placed = done.ids.first().copied();
            if !event.modifiers.shift {
                self.tool = Tool::Select;
            }
        }
        self.done(session, done, out);
    }
}

/// Tiles hang by their middle, frames by the corner where their icon and name stand, so that a large one does not cover what was aimed at.
fn ghost_rect(kind: Kind, at: Point) -> Rect {
    let (w, h) = kind.spec().shape.size();
    let grip = if kind.spec().shape.is_frame() {
        Point::new(layout::HEADER / 2.0, layout::HEADER / 2.0)
    } else {
        Point::new(w / 2.0, h / 2.0)
    };
    let corner = layout::snapped(at - grip);
    Rect::new(corner.x, corner.y, w, h)
}
