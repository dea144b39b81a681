//! Panning at the edge: what is dragged to the border of the canvas takes the drawing along, a step in each frame.

use super::State;
use crate::design::{Point, Session};
use crate::interact::{Editor, Pointer, PointerKind, Response};

/// Pixels along the border in which a drag pans.
const ZONE: f64 = 28.0;
/// Pixels a second at the border itself; further out it is twice that.
const SPEED: f64 = 700.0;

impl Editor {
    /// Whether what is dragged is at the border of the canvas, so that [`Editor::drift`] pans.
    pub fn drifts(&self) -> bool {
        self.drift_speed() != Point::default()
    }

    /// Pans for so many milliseconds towards the border at which something is dragged, and lets the drag follow.
    pub fn drift(&mut self, milliseconds: f64, session: &mut Session) -> Response {
        self.respond(session, |editor, session, out| {
            let speed = editor.drift_speed();
            if speed == Point::default() {
                return;
            }
            // A frame that came late is no leap.
            let seconds = milliseconds.clamp(0.0, 50.0) / 1_000.0;
            editor.camera.pan(-speed.x * seconds, -speed.y * seconds);
            let event = Pointer { modifiers: editor.modifiers, ..Pointer::new(PointerKind::Move, editor.pointer) };
            editor.step(event, session, out);
        })
    }

    /// Pixels a second that the drag pans by; none where nothing is dragged or it is not at the border.
    fn drift_speed(&self) -> Point {
        let dragged = match &self.state {
            State::Marquee(_) | State::Moving(_) | State::Resizing(_) => true,
            State::Wiring(wiring) => wiring.pressed.is_some(),
            State::Idle | State::Pressed(_) | State::Panning(_) | State::Pinching => false,
        };
        let (w, h) = self.viewport;
        if !dragged || w <= 2.0 * ZONE || h <= 2.0 * ZONE {
            return Point::default();
        }
        let along = |at: f64, length: f64| {
            let depth = |inside: f64| ((ZONE - inside) / ZONE).clamp(0.0, 2.0);
            SPEED * (depth(length - at) - depth(at))
        };
        Point::new(along(self.pointer.x, w), along(self.pointer.y, h))
    }
}
