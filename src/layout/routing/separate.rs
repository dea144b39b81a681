//! Moves wires apart that share a stretch: side by side at a small distance, in the order in which they cross least, each within the room
//! that boxes leave it (the nudging of Wybrow, Marriott and Stuckey).

use std::collections::{BTreeMap, BTreeSet};

use crate::design::{Point, Rect};

use super::ends::Way;
use super::search::straightened;
use super::{CLEARANCE, Obstacles, Wire};

/// How far wires that run side by side are from each other, in world units.
const LANE: f64 = 8.0;
/// The distances that are tried where there is less room.
const LANES: [f64; 6] = [LANE, 6.0, 5.0, 4.0, 3.0, 2.0];
/// How long the last piece of a wire stays at least: the arrow head.
const HEAD: f64 = 10.0;
/// How long the first one stays.
const TAIL: f64 = 4.0;
/// How near pieces may come to boxes where they have no room for each other otherwise.
const NEAREST: f64 = 2.0;
/// The most by which a free piece leaves the place where it was found for the middle of its room.
const CENTRING: f64 = 400.0;
/// Rounds of both directions: what was moved may come to lie beside others.
const ROUNDS: usize = 3;
/// Steps by which the pieces of a group find their places.
const STEPS: usize = 120;
/// Positions nearer than this are the same.
const SAME: f64 = 0.5;

/// A wire with its way, which is moved; or one that stays where it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Lane {
    /// Whose way it is.
    pub wire: Wire,
    /// Its corners.
    pub points: Vec<Point>,
    /// Whether others make room for it and it for none.
    pub fixed: bool,
}

/// Which coordinate is changed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Axis {
    /// Upright pieces move left and right.
    X,
    /// Level pieces move up and down.
    Y,
}

impl Axis {
    const fn of(self, p: Point) -> f64 {
        match self {
            Self::X => p.x,
            Self::Y => p.y,
        }
    }

    const fn other(self) -> Self {
        match self {
            Self::X => Self::Y,
            Self::Y => Self::X,
        }
    }

    const fn write(self, p: &mut Point, value: f64) {
        match self {
            Self::X => p.x = value,
            Self::Y => p.y = value,
        }
    }
}

/// A piece of a wire that can move across its direction.
#[derive(Clone, Debug)]
struct Piece {
    wire: usize,
    /// Index of its first point.
    first: usize,
    /// Where it is, and where it may be.
    at: f64,
    low: f64,
    high: f64,
    /// Where it would like to be.
    want: f64,
    /// What it covers in its own direction.
    from: f64,
    to: f64,
}

/// Moves ways apart. Those that are fixed stay.
pub(super) fn separate(lanes: &mut [Lane], obstacles: &Obstacles) {
    for _ in 0..ROUNDS {
        for axis in [Axis::X, Axis::Y] {
            let mut pieces = pieces(lanes, axis);
            let pairs = conflicts(&pieces, lanes, axis);
            let crowded: BTreeSet<usize> = pairs.iter().flat_map(|pair| [pair.lower, pair.upper]).collect();
            for index in crowded {
                let Some(piece) = pieces.get_mut(index) else { continue };
                let Some(lane) = lanes.get(piece.wire) else { continue };
                give_room(piece, lane, axis, obstacles);
                piece.want = piece.at;
            }
            settle(&mut pieces, &pairs);
            write(&pieces, lanes, axis);
        }
    }
    for lane in lanes {
        lane.points = straightened(std::mem::take(&mut lane.points));
    }
}

/// Moves the pieces of a way that are free to slide into the middle of their room.
pub(super) fn centre(lane: &mut Lane, obstacles: &Obstacles) {
    let lanes = std::slice::from_mut(lane);
    for axis in [Axis::X, Axis::Y] {
        let mut pieces = pieces(lanes, axis);
        for piece in &mut pieces {
            if let Some(lane) = lanes.get(piece.wire) {
                give_room(piece, lane, axis, obstacles);
                piece.at = piece.want;
            }
        }
        write(&pieces, lanes, axis);
    }
}

fn write(pieces: &[Piece], lanes: &mut [Lane], axis: Axis) {
    for piece in pieces {
        let Some(lane) = lanes.get_mut(piece.wire) else { continue };
        for index in [piece.first, piece.first + 1] {
            if let Some(p) = lane.points.get_mut(index) {
                axis.write(p, piece.at);
            }
        }
    }
}

/// The pieces that run across an axis.
fn pieces(lanes: &[Lane], axis: Axis) -> Vec<Piece> {
    let mut found = Vec::new();
    for (wire, lane) in lanes.iter().enumerate() {
        for (first, pair) in lane.points.windows(2).enumerate() {
            let [a, b] = pair else { continue };
            if (axis.of(*a) - axis.of(*b)).abs() > SAME / 10.0 {
                continue;
            }
            let along = axis.other();
            let (from, to) = (along.of(*a).min(along.of(*b)), along.of(*a).max(along.of(*b)));
            let at = axis.of(*a);
            found.push(Piece { wire, first, at, low: at, high: at, want: at, from, to });
        }
    }
    found
}

/// Finds how far a piece can move, and where it would like to be.
fn give_room(piece: &mut Piece, lane: &Lane, axis: Axis, obstacles: &Obstacles) {
    if lane.fixed {
        return;
    }
    for clearance in [CLEARANCE, NEAREST] {
        give_room_at(clearance, piece, lane, axis, obstacles);
        if piece.high - piece.low >= LANE {
            break;
        }
    }
}

fn give_room_at(clearance: f64, piece: &mut Piece, lane: &Lane, axis: Axis, obstacles: &Obstacles) {
    let last = lane.points.len().saturating_sub(2);
    let (is_first, is_last) = (piece.first == 0, piece.first == last);
    let (mut low, mut high) = (piece.at - CENTRING, piece.at + CENTRING);
    for (id, found) in obstacles.within(strip(piece, axis)) {
        // A piece that ends at a thing lies on it.
        if (is_first && id == lane.wire.from) || (is_last && id == lane.wire.to) {
            continue;
        }
        let (start, end) = match axis {
            Axis::X => (found.x, found.right()),
            Axis::Y => (found.y, found.bottom()),
        };
        let (start, end) = (start - clearance, end + clearance);
        if end <= piece.at + SAME {
            low = low.max(end);
        } else if start >= piece.at - SAME {
            high = high.min(start);
        } else {
            // It is nearer than it should be already.
            (low, high) = (piece.at, piece.at);
        }
    }
    let side = match axis {
        Axis::X => Way::Up,
        Axis::Y => Way::Left,
    };
    for (is_end, end) in [(is_first, lane.wire.start), (is_last, lane.wire.end)] {
        if is_end {
            let (from, to) = end.span(side);
            (low, high) = (low.max(from), high.min(to));
        }
    }
    // Neighbours keep their direction, and the last pieces their length.
    let mut free = !is_first && !is_last;
    let neighbours = [(piece.first.checked_sub(1), 1), (piece.first.checked_add(2), last)];
    let mut sides = [0.0, 0.0];
    for ((far, end), side) in neighbours.into_iter().zip(&mut sides) {
        let Some(p) = far.and_then(|far| lane.points.get(far)) else { continue };
        let by = piece.at - axis.of(*p);
        *side = by;
        let least = match end {
            1 if piece.first == 1 => TAIL.min(by.abs()),
            end if end > 1 && piece.first + 1 == last => HEAD.min(by.abs()),
            _ => 0.0,
        };
        if by > 0.0 {
            low = low.max(axis.of(*p) + least);
        } else {
            high = high.min(axis.of(*p) - least);
        }
    }
    free &= sides[0] * sides[1] < 0.0;
    // What is against a bound by a rounding stays where it is.
    (piece.low, piece.high) = (low.min(piece.at), high.max(piece.at));
    if free {
        piece.want = f64::midpoint(piece.low, piece.high);
    }
}

/// What a piece would sweep if it moved as far as it might.
fn strip(piece: &Piece, axis: Axis) -> Rect {
    let length = (piece.to - piece.from).max(0.1) + 2.0 * CLEARANCE;
    let from = piece.from - CLEARANCE;
    match axis {
        Axis::X => Rect::new(piece.at - CENTRING, from, 2.0 * CENTRING, length),
        Axis::Y => Rect::new(from, piece.at - CENTRING, length, 2.0 * CENTRING),
    }
}

/// A pair of pieces of which the first has to stay on the lower side of the second, at a lane's distance if they are of two wires.
#[derive(Clone, Copy, Debug)]
struct Pair {
    lower: usize,
    upper: usize,
    apart: bool,
}

/// The pairs of pieces that lie side by side, in the order in which they should.
fn conflicts(pieces: &[Piece], lanes: &[Lane], axis: Axis) -> Vec<Pair> {
    let mut order: Vec<usize> = (0..pieces.len()).collect();
    let at = |index: &usize| pieces.get(*index).map_or(0.0, |piece| piece.want);
    order.sort_by(|a, b| at(a).total_cmp(&at(b)).then(a.cmp(b)));
    let mut pairs = Vec::new();
    for (n, i) in order.iter().enumerate() {
        let Some(a) = pieces.get(*i) else { continue };
        for j in order.iter().skip(n + 1) {
            let Some(b) = pieces.get(*j) else { continue };
            if b.want - a.want >= LANE {
                break;
            }
            // Pieces that meet end to end look like one.
            if a.from >= b.to + LANE / 2.0 || b.from >= a.to + LANE / 2.0 {
                continue;
            }
            if a.wire == b.wire {
                if a.first + 2 == b.first || b.first + 2 == a.first {
                    let (lower, upper) = if a.at <= b.at { (*i, *j) } else { (*j, *i) };
                    pairs.push(Pair { lower, upper, apart: false });
                }
                continue;
            }
            let first_is_lower = if (a.want - b.want).abs() > SAME { true } else { is_lower(a, b, lanes, axis) };
            let (lower, upper) = if first_is_lower { (*i, *j) } else { (*j, *i) };
            pairs.push(Pair { lower, upper, apart: true });
        }
    }
    pairs
}

/// Whether of two pieces on one line the first should come to lie on the lower side, so that the wires cross least.
fn is_lower(a: &Piece, b: &Piece, lanes: &[Lane], axis: Axis) -> bool {
    let (Some(one), Some(two)) = (lanes.get(a.wire), lanes.get(b.wire)) else { return true };
    // Walking on from the upper ends, then from the lower ones.
    for up in [true, false] {
        let turn = parting(&walk(&one.points, a.first, axis, up), &walk(&two.points, b.first, axis, up));
        if turn == 0 {
            continue;
        }
        // Who turns right is on the right hand: walking towards larger y that is smaller x, towards larger x it is larger y.
        let right_is_lower = match axis {
            Axis::X => up,
            Axis::Y => !up,
        };
        return (turn > 0) == right_is_lower;
    }
    (a.wire, a.first) < (b.wire, b.first)
}

/// The points of a wire from a piece on, in the direction in which the piece's other coordinate grows (`up`) or falls.
fn walk(points: &[Point], first: usize, axis: Axis, up: bool) -> Vec<Point> {
    let along = axis.other();
    let grows = points.get(first).zip(points.get(first + 1)).is_some_and(|(a, b)| along.of(*b) > along.of(*a));
    if grows == up {
        points.iter().skip(first).copied().collect()
    } else {
        points.iter().take(first + 2).rev().copied().collect()
    }
}

/// Where two walks along one line part: 1 if the first goes to the right of the second there, -1 if to the left, 0 if that cannot be told.
fn parting(one: &[Point], two: &[Point]) -> i8 {
    for at in 0.. {
        let (Some([a0, a1]), Some([b0, b1])) = (pair(one, at), pair(two, at)) else { break };
        let (da, db) = (direction(a0, a1), direction(b0, b1));
        if da != db {
            // Both come the same way, so they turned here.
            let before = at.checked_sub(1).and_then(|at| pair(one, at)).map(|[from, to]| direction(from, to));
            return before.map_or(0, |came| turn(came, da) - turn(came, db)).signum();
        }
        let ahead = |p: Point| if da.0 == 0 { p.y * f64::from(da.1) } else { p.x * f64::from(da.0) };
        let (end_a, end_b) = (ahead(a1), ahead(b1));
        if (end_a - end_b).abs() > SAME {
            // The one that ends first turns away first.
            let (walk, sign) = if end_a < end_b { (one, 1) } else { (two, -1) };
            let Some([from, to]) = pair(walk, at + 1) else { return 0 };
            return sign * turn(da, direction(from, to));
        }
    }
    0
}

fn pair(points: &[Point], at: usize) -> Option<[Point; 2]> {
    Some([*points.get(at)?, *points.get(at + 1)?])
}

fn direction(from: Point, to: Point) -> (i8, i8) {
    let sign = |v: f64| {
        if v > SAME {
            1
        } else if v < -SAME {
            -1
        } else {
            0
        }
    };
    (sign(to.x - from.x), sign(to.y - from.y))
}

/// 1 for a turn to the right, -1 to the left, with y downwards; 0 straight on.
const fn turn(from: (i8, i8), to: (i8, i8)) -> i8 {
    (from.0 * to.1 - from.1 * to.0).signum()
}

/// Brings the pieces of each group to places that are far enough apart, as near as can be to where they would like to be.
fn settle(pieces: &mut [Piece], pairs: &[Pair]) {
    for piece in pieces.iter_mut() {
        piece.at = piece.want.clamp(piece.low, piece.high);
    }
    for group in groups(pieces.len(), pairs) {
        let start: BTreeMap<usize, f64> = group
            .iter()
            .flat_map(|pair| [pair.lower, pair.upper])
            .filter_map(|i| Some((i, pieces.get(i)?.at)))
            .collect();
        for lane in LANES {
            for (index, at) in &start {
                if let Some(piece) = pieces.get_mut(*index) {
                    piece.at = *at;
                }
            }
            if spread(pieces, &group, lane) {
                break;
            }
        }
    }
}

/// Pairs that hang together.
fn groups(count: usize, pairs: &[Pair]) -> Vec<Vec<Pair>> {
    let mut root: Vec<usize> = (0..count).collect();
    fn find(root: &mut [usize], mut at: usize) -> usize {
        while let Some(up) = root.get(at).copied().filter(|up| *up != at) {
            let over = root.get(up).copied().unwrap_or(up);
            if let Some(slot) = root.get_mut(at) {
                *slot = over;
            }
            at = up;
        }
        at
    }
    for pair in pairs {
        let (a, b) = (find(&mut root, pair.lower), find(&mut root, pair.upper));
        if let Some(slot) = root.get_mut(a.max(b)) {
            *slot = a.min(b);
        }
    }
    let mut found: BTreeMap<usize, Vec<Pair>> = BTreeMap::new();
    for pair in pairs {
        found.entry(find(&mut root, pair.lower)).or_default().push(*pair);
    }
    found.into_values().collect()
}

/// Pushes pieces apart until all pairs are `lane` apart; whether they came to be.
fn spread(pieces: &mut [Piece], pairs: &[Pair], lane: f64) -> bool {
    for _ in 0..STEPS {
        let mut worst: f64 = 0.0;
        for pair in pairs {
            let (Some(a), Some(b)) = (pieces.get(pair.lower), pieces.get(pair.upper)) else { continue };
            let missing = if pair.apart { lane } else { 0.0 } - (b.at - a.at);
            if missing <= 0.01 {
                continue;
            }
            worst = worst.max(missing);
            let (down, up) = (a.at - a.low, b.high - b.at);
            let by_a = (missing / 2.0).min(down).max((missing - up).min(down));
            let by_b = (missing - by_a).min(up);
            let (at_a, at_b) = (a.at - by_a, b.at + by_b);
            if let Some(piece) = pieces.get_mut(pair.lower) {
                piece.at = at_a;
            }
            if let Some(piece) = pieces.get_mut(pair.upper) {
                piece.at = at_b;
            }
        }
        if worst <= 0.01 {
            return true;
        }
    }
    pairs.iter().all(|pair| match (pieces.get(pair.lower), pieces.get(pair.upper)) {
        (Some(a), Some(b)) => b.at - a.at >= if pair.apart { lane - 0.5 } else { -0.01 },
        _ => true,
    })
}
