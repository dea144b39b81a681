//! How wires run: orthogonal ways that keep clear of tiles, words, titles and badges, with few bends, and apart from each other.
//!
//! ```text
//! boxes in the way ─ Obstacles ─▶ route(wire) ─▶ a way by itself ─ arrange ─▶ ways around each other, side by side
//! ```
//!
//! A way by itself depends on the boxes around it alone, so after a change only the wires whose surroundings changed are routed anew.
//! Where several ways share a stretch they are then moved apart, each within the room that the boxes leave it.

mod ends;
mod obstacles;
mod search;
mod separate;
mod untangle;
mod wiring;

pub use ends::{End, Way};
pub use obstacles::Obstacles;
pub(super) use search::CROSS;
pub use separate::Lane;
pub use untangle::arrange;
pub use wiring::{Tally, Thing, Wiring};

use crate::design::{Point, Rect};
use crate::id::NodeId;
use ends::Port;
use search::{BEND, Field, straightened};

/// How far wires keep from what they pass, in world units.
pub const CLEARANCE: f64 = 4.0;
/// How far they keep where there is no more room.
const TIGHT: f64 = 1.0;
/// How far around its ends a wire looks for a way, at first and when that was too narrow.
const SURROUNDINGS: [f64; 3] = [64.0, 256.0, 1024.0];
/// With more boxes than this in a wire's surroundings, frames that hold neither end are passed as a whole.
const MANY_BOXES: usize = 240;

/// A wire that wants a way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wire {
    /// The node where it begins.
    pub from: NodeId,
    /// The node where its arrow ends.
    pub to: NodeId,
    /// What is drawn where it begins.
    pub start: End,
    /// What is drawn where it ends.
    pub end: End,
}

/// A wire's way.
#[derive(Clone, Debug, PartialEq)]
pub struct Route {
    /// Its corners, from end to end.
    pub points: Vec<Point>,
    /// What it depends on: it stays as it is until something in here changes.
    pub surroundings: Rect,
    /// Whether it keeps clear of everything; no way may exist.
    pub clear: bool,
}

/// The way of a wire by itself: of all that keep clear of the boxes, the cheapest by length and bends.
pub fn route(wire: &Wire, obstacles: &Obstacles) -> Route {
    route_beside(wire, obstacles, &[])
}

/// The same, with pieces of other wires that are dear to cross.
fn route_beside(wire: &Wire, obstacles: &Obstacles, lanes: &[Rect]) -> Route {
    let both = wire.start.hull.union(wire.end.hull);
    for around in SURROUNDINGS {
        let window = both.inflated(around);
        let things = Things::new(wire, obstacles, window);
        for clearance in [CLEARANCE, TIGHT] {
            if let Some(points) = things.way(wire, clearance, lanes) {
                let mut lane = Lane { wire: *wire, points, fixed: false };
                if lanes.is_empty() {
                    separate::centre(&mut lane, obstacles);
                }
                return Route { points: lane.points, surroundings: window, clear: true };
            }
        }
    }
    let window = both.inflated(SURROUNDINGS.into_iter().fold(0.0, f64::max));
    Route { points: through(wire), surroundings: window, clear: false }
}

/// The boxes around a wire.
struct Things {
    window: Rect,
    /// Boxes of others.
    others: Vec<Rect>,
    /// All that is drawn of its ends that are no frames.
    own: Vec<Rect>,
    borders: Vec<Rect>,
}

impl Things {
    fn new(wire: &Wire, obstacles: &Obstacles, window: Rect) -> Self {
        let mut others: Vec<Rect> = Vec::new();
        let mut own: Vec<Rect> = Vec::new();
        let borders = obstacles.borders_within(window);
        for (id, found) in obstacles.within(window) {
            let end = [(wire.from, wire.start), (wire.to, wire.end)].into_iter().find(|(end, _)| *end == id);
            match end {
                Some((_, end)) if !end.frame => own.push(end.hull),
                _ => others.push(found),
            }
        }
        if others.len() > MANY_BOXES {
            let foreign: Vec<Rect> = borders
                .iter()
                .filter(|frame| !frame.intersects(wire.start.body) && !frame.intersects(wire.end.body))
                .copied()
                .collect();
            others.retain(|found| !foreign.iter().any(|frame| frame.contains_rect(*found)));
            others.extend(foreign);
        }
        own.dedup();
        Self { window, others, own, borders }
    }

    fn way(&self, wire: &Wire, clearance: f64, lanes: &[Rect]) -> Option<Vec<Point>> {
        let others: Vec<Rect> = self.others.iter().map(|found| found.inflated(clearance)).collect();
        let own: Vec<Rect> = self.own.iter().map(|found| found.inflated(clearance)).collect();
        let is_free = |p: Point| {
            let inside = |found: &&Rect| found.inflated(-0.5).contains(p);
            others.iter().chain(&own).find(inside).is_none() && self.window.contains(p)
        };
        // A straight piece needs no place to turn.
        let (from, to) = (wire.start.ports(wire.end, |_| true), wire.end.ports(wire.start, |_| true));
        let field = Field { window: self.window, boxes: &others, borders: &self.borders, lanes };
        if let Some(points) = straight(&field, &from, &to, wire) {
            return Some(points);
        }
        let boxes: Vec<Rect> = others.iter().chain(&own).copied().collect();
        let field = Field { boxes: &boxes, ..field };
        // A way out that ends in a box leads nowhere.
        let open = |ports: Vec<Port>| -> Vec<Port> {
            let leads = |port: &Port| is_free(port.exit) && leaves(port, &others);
            ports.into_iter().filter(leads).collect()
        };
        field.way(&open(from), &open(to))
    }
}

fn leaves(port: &Port, others: &[Rect]) -> bool {
    let piece = Rect::between(port.at, port.exit);
    !others.iter().any(|found| search::enters(piece, *found))
}

/// The shortest straight piece between two facing places with nothing between, if there is one.
fn straight(field: &Field<'_>, from: &[Port], to: &[Port], wire: &Wire) -> Option<Vec<Point>> {
    let mut best: Option<(f64, &Port, &Port)> = None;
    for a in from {
        for b in to.iter().filter(|b| b.out == a.out.back()) {
            let (dx, dy) = (b.at.x - a.at.x, b.at.y - a.at.y);
            let (ahead, aside) = match a.out {
                Way::Left => (-dx, dy),
                Way::Right => (dx, dy),
                Way::Up => (-dy, dx),
                Way::Down => (dy, dx),
            };
            let cost = ahead + a.cost + b.cost;
            if aside.abs() >= 0.5
                || ahead <= 0.0
                || field.lanes.iter().any(|lane| crosses(Rect::between(a.at, b.at), *lane))
            {
                continue;
            }
            if best.is_none_or(|(least, ..)| cost < least) && field.is_clear(a.at, b.at) {
                best = Some((cost, a, b));
            }
        }
    }
    // A straight way that leads around nothing is still a detour where the sides that face each other are others.
    let (cost, a, b) = best?;
    let direct = gap(wire.start.hull, wire.end.hull);
    (wire.start.is_around(wire.end) || wire.end.is_around(wire.start) || cost <= direct + 4.0 * BEND).then(|| {
        vec![
            a.at,
            Point::new(if a.out.is_level() { b.at.x } else { a.at.x }, if a.out.is_level() { a.at.y } else { b.at.y }),
        ]
    })
}

/// Whether two pieces cross inside both.
fn crosses(a: Rect, b: Rect) -> bool {
    let (level, upright) = match (a.h <= 0.0, b.h <= 0.0) {
        (true, false) => (a, b),
        (false, true) => (b, a),
        _ => return false,
    };
    upright.x > level.x + 0.01
        && upright.x < level.right() - 0.01
        && level.y > upright.y + 0.01
        && level.y < upright.bottom() - 0.01
}

/// The straight pieces of a way.
pub(super) fn pieces_of(points: &[Point]) -> impl Iterator<Item = Rect> {
    points.windows(2).filter_map(|pair| match pair {
        [a, b] => Some(Rect::between(*a, *b)),
        _ => None,
    })
}

/// How far two boxes are from each other, across and down.
fn gap(a: Rect, b: Rect) -> f64 {
    let across = (b.x - a.right()).max(a.x - b.right()).max(0.0);
    let down = (b.y - a.bottom()).max(a.y - b.bottom()).max(0.0);
    across + down
}

/// A way that looks at nothing in between, for where no other exists: from side to side with at most two bends.
pub fn through(wire: &Wire) -> Vec<Point> {
    let (from, to) = (wire.start.ports(wire.end, |_| true), wire.end.ports(wire.start, |_| true));
    let length = |a: Point, b: Point| (a.x - b.x).abs() + (a.y - b.y).abs();
    let pairs = from.iter().flat_map(|a| to.iter().map(move |b| (a, b)));
    let best = pairs.min_by(|(a, b), (c, d)| {
        let cost = |a: &Port, b: &Port| {
            length(a.exit, b.exit) + a.cost + b.cost + if a.out == b.out.back() { 0.0 } else { BEND }
        };
        cost(a, b).total_cmp(&cost(c, d))
    });
    let Some((a, b)) = best else { return Vec::new() };
    let corners = if a.out.is_level() {
        let x = f64::midpoint(a.exit.x, b.exit.x);
        [Point::new(x, a.exit.y), Point::new(x, b.exit.y)]
    } else {
        let y = f64::midpoint(a.exit.y, b.exit.y);
        [Point::new(a.exit.x, y), Point::new(b.exit.x, y)]
    };
    straightened([a.at, a.exit].into_iter().chain(corners).chain([b.exit, b.at]).collect())
}

#[cfg(test)]
mod tests;
