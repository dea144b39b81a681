//! Where a wire may leave a thing: the places along its four sides, each with the way out.

use crate::design::{Point, Rect};

use super::CLEARANCE;

/// Room a wire runs straight out of a thing before it turns, where there is room: the arrow head and a little air.
const STUB: f64 = 12.0;
/// How near the corner of an icon a wire may touch it.
const CORNER: f64 = 6.0;
/// Height of the strip at the top of a frame in which its title stands: no wire ends there.
const TITLE: f64 = 32.0;
/// What a place beside the middle of a side costs, in units of length: the middle is taken where nothing speaks against it.
const BESIDE: f64 = 3.0;

/// What it costs to turn right at the thing.
const NEAR: f64 = 4.0;

/// One of the four directions in which wires run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// Towards smaller x.
    Left,
    /// Towards larger x.
    Right,
    /// Towards smaller y.
    Up,
    /// Towards larger y.
    Down,
}

impl Way {
    /// All four.
    pub const ALL: [Self; 4] = [Self::Left, Self::Right, Self::Up, Self::Down];

    /// The opposite one.
    pub const fn back(self) -> Self {
        match self {
            Self::Left => Self::Right,
            Self::Right => Self::Left,
            Self::Up => Self::Down,
            Self::Down => Self::Up,
        }
    }

    /// Whether it runs along x.
    pub const fn is_level(self) -> bool {
        matches!(self, Self::Left | Self::Right)
    }

    /// The point `by` further on.
    pub fn from(self, p: Point, by: f64) -> Point {
        match self {
            Self::Left => Point::new(p.x - by, p.y),
            Self::Right => Point::new(p.x + by, p.y),
            Self::Up => Point::new(p.x, p.y - by),
            Self::Down => Point::new(p.x, p.y + by),
        }
    }
}

/// What a wire ends at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct End {
    /// What is drawn of it where wires touch it from the sides and from above: a tile's icon, a frame's box.
    pub body: Rect,
    /// All that is drawn of it, words included: wires touch it from below at its lower edge.
    pub hull: Rect,
    /// Whether it is a frame: then a wire may end anywhere along its sides, and comes from inside if the other end is inside.
    pub frame: bool,
}

/// A place where a wire may leave an end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Port {
    /// On the edge of what is drawn.
    pub at: Point,
    /// Where the wire may turn for the first time.
    pub exit: Point,
    /// The direction from `at` to `exit`.
    pub out: Way,
    /// What it costs to take this one, in units of length.
    pub cost: f64,
}

impl End {
    /// Whether the other end stands inside this one.
    pub fn is_around(self, other: Self) -> bool {
        self.frame && self.body.contains_rect(other.body) && self.body != other.body
    }

    /// The interval along a side in which a wire may touch it: x for the upper and lower side, y for the others.
    pub fn span(self, side: Way) -> (f64, f64) {
        let (low, high) = match (side.is_level(), self.frame) {
            (true, true) => (self.body.y + TITLE, self.body.bottom() - CORNER),
            (true, false) => (self.body.y + CORNER, self.body.bottom() - CORNER),
            (false, true) => (self.body.x + CORNER, self.body.right() - CORNER),
            // Below its words, which are wider than the icon, a wire may touch anywhere.
            (false, false) if side == Way::Down => (self.hull.x + CORNER, self.hull.right() - CORNER),
            (false, false) => (self.body.x + CORNER, self.body.right() - CORNER),
        };
        if low <= high { (low, high) } else { (f64::midpoint(low, high), f64::midpoint(low, high)) }
    }

    /// The middle of a side, along it.
    fn middle(self, side: Way) -> f64 {
        let middle = self.body.center();
        let (low, high) = self.span(side);
        (if side.is_level() { middle.y } else { middle.x }).clamp(low, high)
    }

    /// The places from which a wire to `other` may leave. `is_free` says whether a wire may turn at a point.
    pub fn ports(self, other: Self, is_free: impl Fn(Point) -> bool) -> Vec<Port> {
        let inside = self.is_around(other);
        let mut ports = Vec::new();
        for side in Way::ALL {
            let (low, high) = self.span(side);
            let (others_low, others_high) = other.span(side);
            let own = self.middle(side);
            let mut along = vec![own];
            // Places from which a wire could run straight to the other end.
            let theirs = other.middle(side);
            let (from, to) = (low.max(others_low), high.min(others_high));
            along.extend([theirs, f64::midpoint(from, to)].into_iter().filter(|at| (low..=high).contains(at)));
            if self.frame {
                along.push(theirs.clamp(low, high));
            }
            along.sort_by(f64::total_cmp);
            along.dedup_by(|a, b| (*a - *b).abs() < 0.5);
            for along in along {
                let at = self.edge(side, along);
                let out = if inside { side.back() } else { side };
                let border = if inside || self.frame { at } else { self.outer(side, along) };
                let beside = if self.frame || (along - own).abs() < 0.5 { 0.0 } else { BESIDE };
                for (by, price) in [(STUB, 0.0), (CLEARANCE, NEAR)] {
                    let exit = out.from(border, by);
                    if is_free(exit) {
                        ports.push(Port { at, exit, out, cost: beside + price });
                    }
                }
            }
        }
        ports
    }

    /// A point on the edge where wires touch it.
    fn edge(self, side: Way, along: f64) -> Point {
        match side {
            Way::Left => Point::new(self.body.x, along),
            Way::Right => Point::new(self.body.right(), along),
            Way::Up => Point::new(along, self.body.y),
            Way::Down => Point::new(along, if self.frame { self.body.bottom() } else { self.hull.bottom() }),
        }
    }

    /// The point beside it on the edge of all that is drawn.
    fn outer(self, side: Way, along: f64) -> Point {
        match side {
            Way::Left => Point::new(self.hull.x, along),
            Way::Right => Point::new(self.hull.right(), along),
            Way::Up => Point::new(along, self.hull.y),
            Way::Down => Point::new(along, self.hull.bottom()),
        }
    }
}
