//! The way of a wire: orthogonal lines between two rectangles, rounded where they turn, and the arrow head.

use std::fmt::Write;

use crate::design::{Point, Rect};

/// How far a wire runs straight out of a node before it may turn.
pub const STUB: f64 = 12.0;
/// Radius of a turn.
pub const RADIUS: f64 = 8.0;
/// Width of what is drawn of a tile, with a little air.
const BODY_W: f64 = 48.0;
/// Height of a tile's icon, with a little air.
const BODY_H: f64 = 44.0;
/// Length of the arrow head.
const HEAD: f64 = 8.0;

/// A side of a rectangle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The left edge.
    Left,
    /// The right edge.
    Right,
    /// The top edge.
    Top,
    /// The bottom edge.
    Bottom,
}

impl Side {
    /// Whether a wire leaves it to the left or right.
    pub const fn is_horizontal(self) -> bool {
        matches!(self, Self::Left | Self::Right)
    }
}

/// Which of how many places along its side each end takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ports {
    /// Index and count where the wire leaves.
    pub from: (usize, usize),
    /// Index and count where it ends.
    pub to: (usize, usize),
}

impl Default for Ports {
    fn default() -> Self {
        Self { from: (0, 1), to: (0, 1) }
    }
}

/// The sides by which a wire leaves `from` and enters `to`: facing ones across the wider gap; of rectangles that overlap, both right sides.
pub fn sides(from: Rect, to: Rect) -> (Side, Side) {
    let across = (to.x - from.right()).max(from.x - to.right());
    let down = (to.y - from.bottom()).max(from.y - to.bottom());
    if across.max(down) < 0.0 {
        (Side::Right, Side::Right)
    } else if across >= down {
        if to.x >= from.right() { (Side::Right, Side::Left) } else { (Side::Left, Side::Right) }
    } else if to.y >= from.bottom() {
        (Side::Bottom, Side::Top)
    } else {
        (Side::Top, Side::Bottom)
    }
}

/// The part of a tile that a wire at this side should touch: the icon from the side, and the icon or the words beneath it from above and below.
pub fn body(tile: Rect, side: Side) -> Rect {
    let w = tile.w.min(BODY_W);
    let h = if side.is_horizontal() { tile.h.min(BODY_H) } else { tile.h };
    Rect::new(tile.x + (tile.w - w) / 2.0, tile.y, w, h)
}

/// The points of a wire from edge to edge: two if it is straight, four if it turns twice. Neither rectangle is crossed unless they overlap.
pub fn route(from: Rect, to: Rect, ports: Ports) -> Vec<Point> {
    route_by(sides(from, to), from, to, ports)
}

/// [`route`] by sides that are settled already.
pub fn route_by((leaves, enters): (Side, Side), from: Rect, to: Rect, ports: Ports) -> Vec<Point> {
    let (mut start, mut end) = (port(from, leaves, ports.from), port(to, enters, ports.to));
    if leaves == enters {
        let x = from.right().max(to.right()) + STUB;
        return vec![start, Point::new(x, start.y), Point::new(x, end.y), end];
    }
    if leaves.is_horizontal() {
        straighten(&mut start.y, &mut end.y, (from.y, from.bottom()), (to.y, to.bottom()), ports);
        if (start.y - end.y).abs() < 0.5 {
            return vec![start, Point::new(end.x, start.y)];
        }
        let x = f64::midpoint(start.x, end.x);
        vec![start, Point::new(x, start.y), Point::new(x, end.y), end]
    } else {
        straighten(&mut start.x, &mut end.x, (from.x, from.right()), (to.x, to.right()), ports);
        if (start.x - end.x).abs() < 0.5 {
            return vec![start, Point::new(start.x, end.y)];
        }
        let y = f64::midpoint(start.y, end.y);
        vec![start, Point::new(start.x, y), Point::new(end.x, y), end]
    }
}

/// Two lone ports whose sides overlap meet in the middle of the overlap, so that the wire needs no turn.
fn straighten(start: &mut f64, end: &mut f64, from: (f64, f64), to: (f64, f64), ports: Ports) {
    let (low, high) = (from.0.max(to.0), from.1.min(to.1));
    if (ports.from.1, ports.to.1) == (1, 1) && high - low >= STUB {
        // The smaller end keeps its middle where it can.
        let own = if from.1 - from.0 <= to.1 - to.0 { *start } else { *end };
        let at = if own >= low && own <= high { own } else { f64::midpoint(low, high) };
        (*start, *end) = (at, at);
    }
}

fn port(rect: Rect, side: Side, (index, count): (usize, usize)) -> Point {
    // Counts are small; the cast is exact.
    #[allow(clippy::cast_precision_loss)]
    let share = (index + 1) as f64 / (count.max(1) + 1) as f64;
    match side {
        Side::Left => Point::new(rect.x, rect.y + rect.h * share),
        Side::Right => Point::new(rect.right(), rect.y + rect.h * share),
        Side::Top => Point::new(rect.x + rect.w * share, rect.y),
        Side::Bottom => Point::new(rect.x + rect.w * share, rect.bottom()),
    }
}

/// A straight way from the edge of `from` to a loose end, for the rubber band of the connect gesture.
pub fn rubber(from: Rect, to: Point) -> Vec<Point> {
    let end = Rect::new(to.x, to.y, 0.0, 0.0);
    if from.contains(to) { Vec::new() } else { route(from, end, Ports::default()) }
}

/// SVG path data for a line through points, turns rounded; coordinates are relative to `origin`, with one decimal.
pub fn path(points: &[Point], origin: Point) -> String {
    let mut d = String::with_capacity(points.len() * 24);
    let mut last: Option<Point> = None;
    for (n, p) in points.iter().enumerate() {
        let p = *p - origin;
        match (last, points.get(n + 1).map(|next| *next - origin)) {
            (None, _) => push(&mut d, 'M', p),
            (Some(_), None) => push(&mut d, 'L', p),
            (Some(before), Some(next)) => {
                let r = RADIUS.min(length(p - before) / 2.0).min(length(next - p) / 2.0);
                push(&mut d, 'L', towards(p, before, r));
                push(&mut d, 'Q', p);
                d.push(' ');
                push_point(&mut d, towards(p, next, r));
            }
        }
        last = Some(p);
    }
    d
}

/// SVG path data for the arrow head at the end of a line; empty if there is no line.
pub fn arrow(points: &[Point], origin: Point) -> String {
    let [.., before, tip] = points else { return String::new() };
    let along = towards(Point::default(), *tip - *before, 1.0);
    let tip = *tip - origin;
    let back = Point::new(tip.x - along.x * HEAD, tip.y - along.y * HEAD);
    let across = Point::new(-along.y * HEAD / 2.0, along.x * HEAD / 2.0);
    let mut d = String::with_capacity(48);
    push(&mut d, 'M', back + across);
    push(&mut d, 'L', tip);
    push(&mut d, 'L', back - across);
    d
}

fn length(v: Point) -> f64 {
    v.x.hypot(v.y)
}

/// The point `by` away from `p` in the direction of `to`.
fn towards(p: Point, to: Point, by: f64) -> Point {
    let way = to - p;
    let length = length(way);
    if length <= f64::EPSILON {
        return p;
    }
    Point::new(p.x + way.x / length * by, p.y + way.y / length * by)
}

fn push(d: &mut String, letter: char, p: Point) {
    d.push(letter);
    push_point(d, p);
}

fn push_point(d: &mut String, p: Point) {
    push_number(d, p.x);
    d.push(' ');
    push_number(d, p.y);
}

/// One decimal, and none where it is a whole number: most are.
fn push_number(d: &mut String, v: f64) {
    let tenths = (v * 10.0).round();
    // Writing to a string cannot fail.
    let _ = if tenths % 10.0 == 0.0 { write!(d, "{}", tenths / 10.0 + 0.0) } else { write!(d, "{:.1}", tenths / 10.0) };
}

#[cfg(test)]
mod tests {
    use super::*;

    const TILE: Rect = Rect::new(0.0, 0.0, 96.0, 72.0);

    fn at(x: f64, y: f64) -> Rect {
        TILE.shifted(Point::new(x, y))
    }

    #[test]
    fn a_wire_to_a_neighbour_is_straight() {
        let points = route(TILE, at(200.0, 0.0), Ports::default());
        assert_eq!(path(&points, Point::default()), "M96 36L200 36");
        assert_eq!(arrow(&points, Point::default()), "M192 40L200 36L192 32");
    }

    #[test]
    fn a_wire_elsewhere_turns_twice_and_rounds_its_corners() {
        let points = route(TILE, at(200.0, 100.5), Ports::default());
        assert_eq!(
            path(&points, Point::default()),
            "M96 36L140 36Q148 36 148 44L148 128.5Q148 136.5 156 136.5L200 136.5"
        );
        assert_eq!(path(&points, Point::new(96.0, 36.0)), "M0 0L44 0Q52 0 52 8L52 92.5Q52 100.5 60 100.5L104 100.5");
    }

    #[test]
    fn no_wire_crosses_the_inside_of_its_ends() {
        for x in (-300..=300).step_by(25) {
            for y in (-300..=300).step_by(25) {
                let to = at(f64::from(x), f64::from(y));
                if to.intersects(TILE) {
                    continue;
                }
                for ports in [Ports::default(), Ports { from: (0, 3), to: (2, 4) }] {
                    let points = route(TILE, to, ports);
                    assert!((2..=4).contains(&points.len()));
                    for pair in points.windows(2) {
                        let [a, b] = pair else { continue };
                        assert!(a.x == b.x || a.y == b.y, "a slanting piece in {points:?}");
                        // A hair's breadth of width, so that a line has an inside to share.
                        let piece = Rect::between(*a, *b).inflated(0.01);
                        for end in [TILE, to] {
                            assert!(!piece.intersects(end.inflated(-0.1)), "{points:?} crosses {end:?}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn wires_that_share_a_side_spread_along_it() {
        let starts = [0, 1, 2].map(|n| route(TILE, at(300.0, 200.0), Ports { from: (n, 3), to: (0, 1) })[0]);
        assert_eq!(starts.map(|p| p.y), [18.0, 36.0, 54.0]);
    }
}
