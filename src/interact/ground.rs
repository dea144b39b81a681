//! The scene as what a packet's way is laid on.

use super::Scene;
use crate::design::{Point, Rect};
use crate::id::NodeId;
use crate::layout::appearance::CORNER;
use crate::layout::edges::WireClass;
use crate::layout::journey::Ground;
use crate::layout::routing::End;

impl Ground for Scene {
    fn place(&self, id: NodeId, whole: bool) -> Option<Rect> {
        let end = self.end_of(id)?;
        Some(if whole || !end.frame { end.body } else { corner(end.body) })
    }

    /// Along a wire where there is one, else around everything between.
    fn between(&self, from: NodeId, to: NodeId) -> Vec<Point> {
        let joins = |other: NodeId, end: NodeId| other == end;
        let wire = self
            .edges_of(from)
            .find(|edge| edge.class == WireClass::Always && (joins(edge.to, to) || joins(edge.from, to)));
        let frames = [from, to].into_iter().any(|id| self.end_of(id).is_some_and(|end| end.frame));
        if let Some(wire) = wire.filter(|_| !frames) {
            let mut points = self.route(wire);
            if wire.from != from {
                points.reverse();
            }
            if points.len() > 1 {
                return points;
            }
        }
        self.way_between(from, to, |end| {
            if end.frame {
                let icon = corner(end.body);
                End { body: icon, hull: icon, frame: false }
            } else {
                end
            }
        })
    }

    fn bounds(&self) -> Rect {
        Self::bounds(self).unwrap_or_default()
    }
}

/// The icon in the corner of a frame.
fn corner(frame: Rect) -> Rect {
    Rect::new(frame.x, frame.y, CORNER.min(frame.w), CORNER.min(frame.h))
}
