//! Points and rectangles in world units (one unit is one CSS pixel at zoom 1).

use serde::{Deserialize, Serialize};

/// A point or a displacement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Downwards.
    pub y: f64,
}

impl Point {
    /// A point from its coordinates.
    pub const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }
}

impl std::ops::Add for Point {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self::new(self.x + other.x, self.y + other.y)
    }
}

impl std::ops::Sub for Point {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self::new(self.x - other.x, self.y - other.y)
    }
}

/// A rectangle by its top left corner and its size.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Rect {
    /// Left edge.
    pub x: f64,
    /// Top edge.
    pub y: f64,
    /// Width, never negative in a design.
    pub w: f64,
    /// Height, never negative in a design.
    pub h: f64,
}

impl Rect {
    /// A rectangle from its corner and size.
    pub const fn new(x: f64, y: f64, w: f64, h: f64) -> Self {
        Self { x, y, w, h }
    }

    /// The rectangle between two opposite corners, whichever they are.
    pub fn between(a: Point, b: Point) -> Self {
        Self::new(a.x.min(b.x), a.y.min(b.y), (a.x - b.x).abs(), (a.y - b.y).abs())
    }

    /// Top left corner.
    pub const fn origin(self) -> Point {
        Point::new(self.x, self.y)
    }

    /// Middle.
    pub const fn center(self) -> Point {
        Point::new(self.x + self.w / 2.0, self.y + self.h / 2.0)
    }

    /// Right edge.
    pub const fn right(self) -> f64 {
        self.x + self.w
    }

    /// Bottom edge.
    pub const fn bottom(self) -> f64 {
        self.y + self.h
    }

    /// The same rectangle elsewhere.
    pub fn shifted(self, by: Point) -> Self {
        Self::new(self.x + by.x, self.y + by.y, self.w, self.h)
    }

    /// Grown by `by` on every side.
    pub fn inflated(self, by: f64) -> Self {
        Self::new(self.x - by, self.y - by, self.w + 2.0 * by, self.h + 2.0 * by)
    }

    /// Whether the point lies inside or on the edge.
    pub fn contains(self, p: Point) -> bool {
        p.x >= self.x && p.y >= self.y && p.x <= self.right() && p.y <= self.bottom()
    }

    /// Whether `other` lies wholly inside.
    pub fn contains_rect(self, other: Self) -> bool {
        other.x >= self.x && other.y >= self.y && other.right() <= self.right() && other.bottom() <= self.bottom()
    }

    /// Whether the insides share a point.
    pub fn intersects(self, other: Self) -> bool {
        self.x < other.right() && other.x < self.right() && self.y < other.bottom() && other.y < self.bottom()
    }

    /// The smallest rectangle around both.
    pub fn union(self, other: Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        Self::new(x, y, self.right().max(other.right()) - x, self.bottom().max(other.bottom()) - y)
    }

    /// The same to the thousandth of a pixel, which is as exact as a file is: short to write and, having few digits, read back as the same number.
    pub fn to_thousandths(self) -> Self {
        const LARGEST: f64 = 9_999_999.999;
        // Adding zero turns -0 into 0.
        let short = |v: f64| ((v * 1000.0).round() / 1000.0).clamp(-LARGEST, LARGEST) + 0.0;
        Self::new(short(self.x), short(self.y), short(self.w).max(0.001), short(self.h).max(0.001))
    }

    /// Whether every number is finite and the size is positive.
    pub fn is_sound(self) -> bool {
        [self.x, self.y, self.w, self.h].iter().all(|v| v.is_finite() && v.abs() < 1e7) && self.w > 0.0 && self.h > 0.0
    }
}
