//! The shapes that a picture is made of. They say nothing of how they are written or shown.

use super::palette::Colour;
use crate::design::{Point, Rect};
use crate::layout::label;

/// One shape, in world coordinates.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A rectangle with rounded corners.
    Rect {
        /// Where.
        rect: Rect,
        /// The radius of its corners.
        radius: f64,
        /// How it is painted.
        paint: Paint,
    },
    /// A path.
    Path {
        /// Its `d`.
        d: String,
        /// How it is painted.
        paint: Paint,
    },
    /// A line of words.
    Text(Words),
}

/// A line of words as it fits.
#[derive(Clone, Debug, PartialEq)]
pub struct Words {
    /// Where its base line begins, or has its middle.
    pub at: Point,
    /// The words.
    pub words: String,
    /// How large its letters are.
    pub size: f64,
    /// How bold: 400 is usual.
    pub weight: u16,
    /// Whether `at` is its middle.
    pub centred: bool,
    /// Its colour.
    pub colour: Colour,
}

/// How much wider than usual letters bold ones are.
pub const BOLD: f64 = 1.15;

impl Words {
    /// The box around the words, as wide as they may be at most.
    pub fn bounds(&self) -> Rect {
        let width = label::width(&self.words, self.size) * if self.weight >= 600 { BOLD } else { 1.0 };
        let left = if self.centred { self.at.x - width / 2.0 } else { self.at.x };
        Rect::new(left, self.at.y - self.size, width, self.size * 1.3)
    }
}

/// Inside and line of a shape.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Paint {
    /// What fills it.
    pub fill: Option<Colour>,
    /// What runs around it.
    pub line: Option<Line>,
}

/// A line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    /// Its colour.
    pub colour: Colour,
    /// Its width.
    pub width: f64,
    /// Lengths of its dashes and gaps; none where it is whole.
    pub dashes: &'static [f64],
}

impl Paint {
    /// Filled, without a line.
    pub const fn filled(fill: Colour) -> Self {
        Self { fill: Some(fill), line: None }
    }

    /// A line of that width around nothing.
    pub const fn drawn(colour: Colour, width: f64) -> Self {
        Self { fill: None, line: Some(Line { colour, width, dashes: &[] }) }
    }

    /// The same with a line around it.
    pub const fn edged(self, colour: Colour, width: f64) -> Self {
        Self { line: Some(Line { colour, width, dashes: &[] }), ..self }
    }

    /// The same with a broken line.
    pub fn dashed(self, dashes: &'static [f64]) -> Self {
        Self { line: self.line.map(|line| Line { dashes, ..line }), ..self }
    }
}
