//! Placing: a ghost follows the pointer, and a click or the end of a drag puts a new resource there.

use crate::catalog::{Kind, may_hold};
use crate::design::{Design, Point, Rect, Session};
use crate::interact::Editor;
use crate::interact::actions::{kind_of, place_at};
use crate::interact::input::{Pointer, Response, Tool};
use crate::interact::overlay::{Drop, Ghost};
use crate::layout;

impl Editor {
    pub(in crate::interact) fn hover_ghost(&mut self, kind: Kind, world: Point, design: &Design) {
        let frame = self.scene.frame_at(world);
        let refusal = may_hold(kind_of(design, frame), kind).err();
        self.overlay.drop = Some(Drop { frame, refusal });
        self.overlay.ghost = Some(Ghost { kind, rect: ghost_rect(kind, world) });
    }

    pub(in crate::interact) fn place(&mut self, kind: Kind, event: Pointer, session: &mut Session, out: &mut Response) {
        let world = self.camera.world_from_screen(event.screen);
        let frame = self.scene.frame_at(world);
        let spot = ghost_rect(kind, world).origin() - session.design().origin(frame);
        let done = place_at(session, kind, frame, Some(spot));
        if done.is_ok() && !event.modifiers.shift {
            self.tool = Tool::Select;
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
