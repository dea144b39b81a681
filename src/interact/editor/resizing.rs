//! Resizing a frame by a handle. What is inside stays where it is in the world, whichever edge moves.

use crate::design::{Edit, Mark, Point, Rect, Session};
use crate::id::NodeId;
use crate::interact::Editor;
use crate::interact::actions::with_growth;
use crate::interact::editor::State;
use crate::interact::input::{Modifiers, Response};
use crate::interact::overlay::Overlay;
use crate::interact::scene::Direction;
use crate::layout::{GRID, HEADER, PADDING};
use crate::message;

/// A resize under way.
#[derive(Clone, Debug)]
pub struct Resizing {
    pub(in crate::interact) mark: Mark,
    pub(in crate::interact) to: Direction,
    id: NodeId,
    /// Where the pointer took hold, in the world.
    from: Point,
    /// The frame before, in its own frame.
    start: Rect,
    parent: Option<NodeId>,
    /// What stands in it, before.
    children: Vec<(NodeId, Rect)>,
}

impl Editor {
    pub(in crate::interact) fn begin_resize(&mut self, id: NodeId, to: Direction, from: Point, session: &Session) {
        let design = session.design();
        let Some(node) = design.node(id) else { return };
        let children = design.children(Some(id)).filter_map(|child| Some((child, design.node(child)?.rect))).collect();
        let (start, parent) = (node.rect, node.parent);
        self.state = State::Resizing(Resizing { mark: session.mark(), to, id, from, start, parent, children });
    }

    pub(in crate::interact) fn step_resize(
        &mut self,
        resizing: &Resizing,
        world: Point,
        modifiers: Modifiers,
        session: &mut Session,
        out: &mut Response,
    ) {
        let origin = session.design().origin(resizing.parent);
        let grid = |at: f64, origin: f64| {
            if modifiers.ctrl != self.loose { at.round() } else { ((at + origin) / GRID).round() * GRID - origin }
        };
        let by = world - resizing.from;
        let start = resizing.start;
        let inside = resizing.children.iter().map(|(_, rect)| *rect).reduce(Rect::union);
        let first = if resizing.parent.is_some() { (PADDING, HEADER) } else { (f64::MIN, f64::MIN) };
        let x = Axis {
            low: start.x,
            high: start.right(),
            first: first.0,
            least: PADDING * 4.0,
            before: PADDING,
            inside: inside.map(|rect| (rect.x, rect.right())),
        };
        let y = Axis {
            low: start.y,
            high: start.bottom(),
            first: first.1,
            least: HEADER + PADDING,
            before: HEADER,
            inside: inside.map(|rect| (rect.y, rect.bottom())),
        };
        let by = if modifiers.shift { in_proportion(by, start, resizing.to) } else { by };
        let (left, right) = x.moved(resizing.to.x, by.x, |at| grid(at, origin.x));
        let (top, bottom) = y.moved(resizing.to.y, by.y, |at| grid(at, origin.y));
        let rect = Rect::new(left, top, right - left, bottom - top);
        let mut edits = vec![Edit::Place { id: resizing.id, parent: resizing.parent, rect }];
        let back = start.origin() - rect.origin();
        edits.extend(resizing.children.iter().map(|(child, was)| Edit::Place {
            id: *child,
            parent: Some(resizing.id),
            rect: was.shifted(back),
        }));
        if resizing.to.x >= 0 && resizing.to.y >= 0 {
            edits.truncate(1);
        }
        // A step beyond the edge of the world is not made; the last sound one stays.
        let _ = self.edit(resizing.mark, &edits, session, out);
    }

    pub(in crate::interact) fn end_resize(&mut self, resizing: &Resizing, session: &mut Session, out: &mut Response) {
        self.overlay = Overlay::default();
        match with_growth(session, &[], &[resizing.id]) {
            Ok(diff) => {
                session.squash(resizing.mark);
                self.changed(diff, session.design(), out);
                if let Some(node) = session.design().node(resizing.id).filter(|node| node.rect != resizing.start) {
                    out.announce = Some(message!("{}의 크기를 바꿨어요.", "Resized {}.", node.name));
                }
            }
            Err(why) => {
                self.bail(resizing.mark, session, out);
                out.refusal = Some(why);
            }
        }
    }
}

/// How far a corner goes that keeps the frame's proportion: as far as the pointer went in the direction in which it went further.
fn in_proportion(by: Point, start: Rect, to: Direction) -> Point {
    if to.x == 0 || to.y == 0 {
        return by;
    }
    let (x, y) = (f64::from(to.x), f64::from(to.y));
    let (wider, higher) = (by.x * x / start.w.max(1.0), by.y * y / start.h.max(1.0));
    let share = if wider.abs() >= higher.abs() { wider } else { higher };
    Point::new(share * start.w * x, share * start.h * y)
}

/// One dimension of a resize.
struct Axis {
    low: f64,
    high: f64,
    /// Where the low edge has to stop in the frame around.
    first: f64,
    /// The least extent.
    least: f64,
    /// The least room between the low edge and what is inside.
    before: f64,
    /// From where to where what is inside reaches, measured from the low edge.
    inside: Option<(f64, f64)>,
}

impl Axis {
    /// The edges after one of them moved by `by`. An edge that is already too near keeps its place; it never jumps.
    fn moved(&self, to: i8, by: f64, grid: impl Fn(f64) -> f64) -> (f64, f64) {
        let (low, high) = (self.low, self.high);
        if to < 0 {
            let inner = self.inside.map_or(f64::MAX, |(from, _)| low + from - self.before);
            let last = inner.min(high - self.least).max(low);
            (grid(low + by).min(last).max(self.first.min(low)), high)
        } else if to > 0 {
            let inner = self.inside.map_or(f64::MIN, |(_, until)| low + until + PADDING);
            let last = inner.max(low + self.least).min(high);
            (low, grid(high + by).max(last))
        } else {
            (low, high)
        }
    }
}
