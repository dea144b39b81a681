//! What the rules found, on the nodes: a red disc with the number of errors, or a yellow triangle with that of warnings. Shape tells them apart
//! where colour does not.

use super::palette;
use super::shape::{Paint, Shape, Words};
use crate::design::{Node, Point, Rect};
use crate::layout::appearance;

/// A disc and a triangle, relative to their middle.
const DISC: &str = "m-9 0a9 9 0 1 0 18 0a9 9 0 1 0-18 0z";
const TRIANGLE: &str = "m0-10.5l10.5 18.5h-21z";
/// Half the side of the box around either shape.
const HALF: f64 = 10.5;

/// How many findings a node has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Badge {
    /// How many are errors.
    pub errors: usize,
    /// How many are warnings.
    pub warnings: usize,
}

impl Badge {
    /// Whether it is that of errors: where there are any, warnings wait.
    pub const fn is_error(self) -> bool {
        self.errors > 0
    }

    /// What stands on it.
    pub fn label(self) -> String {
        let count = if self.is_error() { self.errors } else { self.warnings };
        if count > 9 { "9+".to_owned() } else { count.to_string() }
    }

    /// Its outline around a middle.
    pub fn outline(self, middle: Point) -> String {
        format!("M{} {}{}", middle.x, middle.y, if self.is_error() { DISC } else { TRIANGLE })
    }

    /// Where the base line of its number has its middle.
    pub fn label_at(self, middle: Point) -> Point {
        Point::new(middle.x, middle.y + if self.is_error() { 4.0 } else { 5.0 })
    }

    /// Its shapes on a node whose corner stands at `at`.
    pub fn shapes(self, node: &Node, at: Point) -> Vec<Shape> {
        self.around(middle(node) + at)
    }

    /// Its shapes around a middle.
    pub fn around(self, middle: Point) -> Vec<Shape> {
        let (fill, ink) = if self.is_error() {
            (palette::ERROR, palette::ERROR_INK)
        } else {
            (palette::WARNING, palette::WARNING_INK)
        };
        let number = Words {
            at: self.label_at(middle),
            words: self.label(),
            size: 11.0,
            weight: 700,
            centred: true,
            colour: ink,
        };
        let paint = Paint::filled(fill).edged(palette::PAPER, 1.5);
        vec![Shape::Path { d: self.outline(middle), paint }, Shape::Text(number)]
    }
}

/// The middle of a badge, relative to the corner of its node.
pub fn middle(node: &Node) -> Point {
    if node.kind().spec().shape.is_frame() {
        Point::new(node.rect.w - 16.0, 16.0)
    } else {
        Point::new((node.rect.w + appearance::icon_side(node)) / 2.0, 3.0)
    }
}

/// The box around a badge, relative to the corner of its node.
pub fn bounds(node: &Node) -> Rect {
    let at = middle(node);
    Rect::new(at.x - HALF, at.y - HALF, 2.0 * HALF, 2.0 * HALF)
}
