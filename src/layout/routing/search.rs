//! The way of one wire among boxes: the cheapest orthogonal path over the lines that pass beside the boxes, by length and bends
//! (Wybrow, Marriott and Stuckey: Orthogonal connector routing, 2009).

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::design::{Point, Rect};

use super::ends::{Port, Way};

/// What a turn costs, in units of length.
pub const BEND: f64 = 30.0;
/// What it costs to cross another wire, in units of length.
pub const CROSS: f64 = 120.0;
/// How many times its length a piece costs that runs along a frame's border.
const ALONG_BORDER: f64 = 1.6;
/// How near to a border counts as along it.
const BORDER: f64 = 3.0;
/// More lines than this in one direction are not searched: such a window is looked at more coarsely by the caller.
const MOST_LINES: usize = 700;
/// How exact coordinates are.
const EXACT: f64 = 0.01;

/// The surroundings of a wire.
pub struct Field<'a> {
    /// No piece leaves it.
    pub window: Rect,
    /// What no piece enters, clearance included: their edges may be run along.
    pub boxes: &'a [Rect],
    /// What pieces may cross and should not run along.
    pub borders: &'a [Rect],
    /// Pieces of other wires, which are dear to cross; each a rectangle without width or height.
    pub lanes: &'a [Rect],
}

impl Field<'_> {
    /// Whether a straight piece keeps clear of all boxes.
    pub fn is_clear(&self, a: Point, b: Point) -> bool {
        let piece = Rect::between(a, b);
        !self.boxes.iter().any(|found| enters(piece, *found))
    }

    /// The cheapest way from one of `from` to one of `to`; `None` if there is none in the window.
    pub fn way(&self, from: &[Port], to: &[Port]) -> Option<Vec<Point>> {
        Lines::new(self, from, to)?.search(from, to)
    }
}

/// Whether a piece (a rectangle without width or height) runs through the inside of a box.
pub fn enters(piece: Rect, found: Rect) -> bool {
    piece.x < found.right() - EXACT
        && piece.right() > found.x + EXACT
        && piece.y < found.bottom() - EXACT
        && piece.bottom() > found.y + EXACT
}

/// The lines on which pieces may run, and what of them is blocked.
struct Lines {
    xs: Vec<f64>,
    ys: Vec<f64>,
    /// Whether the piece from a crossing to the next one to the right, or downwards, is blocked.
    blocked: [Vec<bool>; 2],
    /// What a unit of length costs there.
    rate: [Vec<f64>; 2],
    /// What it costs besides, for the wires that are crossed.
    toll: [Vec<f64>; 2],
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    x: usize,
    y: usize,
    way: Way,
}

impl Lines {
    fn new(field: &Field<'_>, from: &[Port], to: &[Port]) -> Option<Self> {
        let window = field.window;
        let exits = || from.iter().chain(to).map(|port| port.exit);
        let mut xs: Vec<f64> = exits().map(|p| p.x).collect();
        let mut ys: Vec<f64> = exits().map(|p| p.y).collect();
        for found in field.boxes {
            xs.extend([found.x, found.right()]);
            ys.extend([found.y, found.bottom()]);
        }
        for (list, low, high) in [(&mut xs, window.x, window.right()), (&mut ys, window.y, window.bottom())] {
            list.retain(|at| (low..=high).contains(at));
            list.sort_by(f64::total_cmp);
            list.dedup_by(|a, b| (*a - *b).abs() < EXACT);
        }
        if xs.len().max(ys.len()) > MOST_LINES {
            return None;
        }
        let size = xs.len() * ys.len();
        let (free, plain) = (vec![false; size], vec![1.0; size]);
        let toll = if field.lanes.is_empty() { [Vec::new(), Vec::new()] } else { [vec![0.0; size], vec![0.0; size]] };
        let mut lines = Self { xs, ys, blocked: [free.clone(), free], rate: [plain.clone(), plain], toll };
        for found in field.boxes {
            lines.block(*found);
        }
        for border in field.borders {
            lines.discourage(*border);
        }
        for lane in field.lanes {
            lines.charge(*lane);
        }
        Some(lines)
    }

    fn index(&self, x: usize, y: usize) -> usize {
        y * self.xs.len() + x
    }

    /// Blocks every piece that enters a box.
    fn block(&mut self, found: Rect) {
        // Lines strictly inside, and the pieces that begin left of (above) or inside it and end inside or right of (below) it.
        let inside = |list: &[f64], low: f64, high: f64| {
            let first = list.partition_point(|at| *at <= low + EXACT);
            let end = list.partition_point(|at| *at < high - EXACT);
            (first, end)
        };
        let (x0, x1) = inside(&self.xs, found.x, found.right());
        let (y0, y1) = inside(&self.ys, found.y, found.bottom());
        for y in y0..y1 {
            for x in x0.saturating_sub(1)..x1.max(x0) {
                let at = self.index(x, y);
                mark(&mut self.blocked[0], at);
            }
        }
        for x in x0..x1 {
            for y in y0.saturating_sub(1)..y1.max(y0) {
                let at = self.index(x, y);
                mark(&mut self.blocked[1], at);
            }
        }
    }

    /// Makes pieces along a frame's border dearer.
    fn discourage(&mut self, border: Rect) {
        for (x, at) in self.xs.clone().into_iter().enumerate() {
            if (at - border.x).abs() > BORDER && (at - border.right()).abs() > BORDER {
                continue;
            }
            for y in 0..self.ys.len() {
                let beside = self.ys.get(y).is_some_and(|at| *at >= border.y && *at < border.bottom());
                let at = self.index(x, y);
                if let Some(rate) = self.rate[1].get_mut(at).filter(|_| beside) {
                    *rate = ALONG_BORDER;
                }
            }
        }
        for (y, at) in self.ys.clone().into_iter().enumerate() {
            if (at - border.y).abs() > BORDER && (at - border.bottom()).abs() > BORDER {
                continue;
            }
            for x in 0..self.xs.len() {
                let beside = self.xs.get(x).is_some_and(|at| *at >= border.x && *at < border.right());
                let at = self.index(x, y);
                if let Some(rate) = self.rate[0].get_mut(at).filter(|_| beside) {
                    *rate = ALONG_BORDER;
                }
            }
        }
    }

    /// Charges every piece that crosses another wire's.
    fn charge(&mut self, lane: Rect) {
        let between = |list: &[f64], low: f64, high: f64| {
            let first = list.partition_point(|at| *at <= low + EXACT);
            let end = list.partition_point(|at| *at < high - EXACT);
            first..end
        };
        let (at, crossed, axis) = if lane.w < EXACT {
            (self.xs.partition_point(|at| *at < lane.x - EXACT), between(&self.ys, lane.y, lane.bottom()), 0)
        } else {
            (self.ys.partition_point(|at| *at < lane.y - EXACT), between(&self.xs, lane.x, lane.right()), 1)
        };
        // The piece that ends on the other wire or beyond it.
        let Some(before) = at.checked_sub(1) else { return };
        for other in crossed {
            let piece = if axis == 0 { self.index(before, other) } else { self.index(other, before) };
            if let Some(toll) = self.toll.get_mut(axis).and_then(|toll| toll.get_mut(piece)) {
                *toll += CROSS;
            }
        }
    }

    fn point(&self, x: usize, y: usize) -> Option<Point> {
        Some(Point::new(*self.xs.get(x)?, *self.ys.get(y)?))
    }

    /// The crossing at a point.
    fn find(&self, p: Point) -> Option<(usize, usize)> {
        let near = |list: &[f64], at: f64| {
            let index = list.partition_point(|line| *line < at - EXACT);
            list.get(index).filter(|line| (**line - at).abs() <= EXACT).map(|_| index)
        };
        Some((near(&self.xs, p.x)?, near(&self.ys, p.y)?))
    }

    /// The next crossing in a direction, with what the piece to it costs.
    fn step(&self, x: usize, y: usize, way: Way) -> Option<(usize, usize, f64)> {
        let (to_x, to_y) = match way {
            Way::Left => (x.checked_sub(1)?, y),
            Way::Right => (x + 1, y),
            Way::Up => (x, y.checked_sub(1)?),
            Way::Down => (x, y + 1),
        };
        let (a, b) = (self.point(x, y)?, self.point(to_x, to_y)?);
        let axis = usize::from(!way.is_level());
        let piece = self.index(x.min(to_x), y.min(to_y));
        let blocked = self.blocked.get(axis)?.get(piece)?;
        let rate = self.rate.get(axis)?.get(piece)?;
        let toll = self.toll.get(axis)?.get(piece).copied().unwrap_or_default();
        (!blocked).then(|| (to_x, to_y, ((a.x - b.x).abs() + (a.y - b.y).abs()) * rate + toll))
    }

    /// A* over crossings and directions.
    fn search(&self, from: &[Port], to: &[Port]) -> Option<Vec<Point>> {
        let goals: Vec<(usize, usize, &Port)> =
            to.iter().filter_map(|port| self.find(port.exit).map(|(x, y)| (x, y, port))).collect();
        let stub = |port: &Port| (port.at.x - port.exit.x).abs() + (port.at.y - port.exit.y).abs() + port.cost;
        // The least that is still to go: across and down to the nearest goal, and a turn if that is not straight ahead.
        let ahead = |x: usize, y: usize, way: Way| -> f64 {
            let Some(p) = self.point(x, y) else { return 0.0 };
            let least = goals.iter().map(|(_, _, port)| {
                let (dx, dy) = (port.exit.x - p.x, port.exit.y - p.y);
                let enters = port.out.back();
                let straight = match way {
                    Way::Left => dy.abs() < EXACT && dx <= EXACT,
                    Way::Right => dy.abs() < EXACT && dx >= -EXACT,
                    Way::Up => dx.abs() < EXACT && dy <= EXACT,
                    Way::Down => dx.abs() < EXACT && dy >= -EXACT,
                };
                let turns = match (straight, way == enters) {
                    (true, true) => 0.0,
                    (false, true) => 2.0,
                    _ => 1.0,
                };
                dx.abs() + dy.abs() + turns * BEND + stub(port)
            });
            least.fold(f64::MAX, f64::min)
        };
        let size = self.xs.len() * self.ys.len() * Way::ALL.len();
        let slot = |place: Place| self.index(place.x, place.y) * Way::ALL.len() + place.way as usize;
        let mut cost = vec![f64::MAX; size];
        let mut came: Vec<Option<Place>> = vec![None; size];
        let mut open = BinaryHeap::new();
        for port in from {
            let Some((x, y)) = self.find(port.exit) else { continue };
            let place = Place { x, y, way: port.out };
            let begun = stub(port);
            if cost.get(slot(place)).is_some_and(|old| begun < *old) {
                set(&mut cost, slot(place), begun);
                open.push(Reverse((key(begun + ahead(x, y, port.out)), place)));
            }
        }
        let mut best: Option<(f64, Place, &Port)> = None;
        while let Some(Reverse((estimate, place))) = open.pop() {
            if best.as_ref().is_some_and(|(done, ..)| estimate >= key(*done)) {
                break;
            }
            let Some(so_far) = cost.get(slot(place)).copied() else { continue };
            // A dearer entry of a place that was reached more cheaply since.
            if estimate > key(so_far + ahead(place.x, place.y, place.way)) {
                continue;
            }
            for (_, _, port) in goals.iter().filter(|(x, y, _)| (*x, *y) == (place.x, place.y)) {
                let enters = port.out.back();
                if place.way == port.out {
                    continue;
                }
                let turn = if place.way == enters { 0.0 } else { BEND };
                let whole = so_far + turn + stub(port);
                if best.as_ref().is_none_or(|(done, ..)| whole < *done) {
                    best = Some((whole, place, port));
                }
            }
            for way in Way::ALL {
                if way == place.way.back() {
                    continue;
                }
                let Some((x, y, length)) = self.step(place.x, place.y, way) else { continue };
                let next = Place { x, y, way };
                let reached = so_far + length + if way == place.way { 0.0 } else { BEND };
                if cost.get(slot(next)).is_some_and(|old| reached < *old) {
                    set(&mut cost, slot(next), reached);
                    set(&mut came, slot(next), Some(place));
                    open.push(Reverse((key(reached + ahead(x, y, way)), next)));
                }
            }
        }
        let (_, last, arrives) = best?;
        let mut points = vec![arrives.at, arrives.exit];
        let mut at = Some(last);
        let mut first = last;
        while let Some(place) = at {
            points.extend(self.point(place.x, place.y));
            first = place;
            at = came.get(slot(place)).copied().flatten();
        }
        let leaves =
            from.iter().filter(|port| port.out == first.way && self.find(port.exit) == Some((first.x, first.y)));
        let leaves = leaves.min_by(|a, b| stub(a).total_cmp(&stub(b)))?;
        points.push(leaves.at);
        points.reverse();
        Some(straightened(points))
    }
}

/// Costs as whole numbers, so that their order is total; a hundredth of a unit is exact enough.
fn key(cost: f64) -> u64 {
    // `as` saturates; costs are never negative.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates")]
    let whole = (cost * 100.0).round() as u64;
    whole
}

fn mark(list: &mut [bool], at: usize) {
    set(list, at, true);
}

fn set<T>(list: &mut [T], at: usize, value: T) {
    if let Some(slot) = list.get_mut(at) {
        *slot = value;
    }
}

/// Without points on the way of a straight piece, and without pieces of no length.
pub fn straightened(points: Vec<Point>) -> Vec<Point> {
    let mut out: Vec<Point> = Vec::with_capacity(points.len());
    for p in points {
        if out.last().is_some_and(|last| (last.x - p.x).abs() < EXACT && (last.y - p.y).abs() < EXACT) {
            continue;
        }
        if let [.., before, last] = out.as_slice() {
            let level = (before.y - last.y).abs() < EXACT && (last.y - p.y).abs() < EXACT;
            let upright = (before.x - last.x).abs() < EXACT && (last.x - p.x).abs() < EXACT;
            if level || upright {
                out.pop();
            }
        }
        out.push(p);
    }
    out
}
