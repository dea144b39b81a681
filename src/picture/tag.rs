//! What follows from the design, on the nodes: how a subnet gets to the internet, and which ports of a resource the internet reaches. A tag is a
//! pill with words: on the lower edge of a frame, at the shoulder of a tile's icon.

use super::shape::{BOLD, Line, Paint, Shape, Words};
use super::{frames, palette};
use crate::design::{Node, Point, Rect};
use crate::layout::{appearance, label};

/// Height of a tag.
const HEIGHT: f64 = 16.0;
/// Room for the words of a tag.
const ROOM: f64 = 120.0;
/// Size of its letters.
const SIZE: f64 = 10.5;
/// Width of the globe in front of ports, with its gap.
const GLOBE_ROOM: f64 = 13.0;
/// A globe, relative to its middle.
const GLOBE: &str = "m-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0h9m-4.5-4.5c-3 2.5-3 6.5 0 9c3-2.5 3-6.5 0-9";

/// What a tag says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// What kind of fact it is.
    pub class: TagClass,
    /// Its words.
    pub text: String,
}

/// The looks of tags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TagClass {
    /// That a subnet is public.
    Public,
    /// That a subnet gets out by network address translation.
    PrivateWithNat,
    /// That a subnet does not get out.
    Isolated,
    /// Which ports the internet reaches.
    Exposed,
}

impl TagClass {
    /// Its name in style sheets.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::PrivateWithNat => "private_with_nat",
            Self::Isolated => "isolated",
            Self::Exposed => "exposed",
        }
    }
}

impl Tag {
    /// Where its pill stands, relative to the corner of its node.
    pub fn pill(&self, node: &Node) -> Rect {
        let width = label::width(&self.words(), SIZE) * BOLD + self.globe_room() + 14.0;
        if node.kind().spec().shape.is_frame() {
            return Rect::new(10.0, node.rect.h - HEIGHT / 2.0, width, HEIGHT);
        }
        let left = (node.rect.w - appearance::icon_side(node)) / 2.0;
        Rect::new(left + 11.0 - width, -HEIGHT / 2.0, width, HEIGHT)
    }

    /// Its words as they fit.
    pub fn words(&self) -> String {
        label::fitted(&self.text, ROOM, SIZE)
    }

    /// Whether a globe stands in front of its words.
    pub fn has_globe(&self) -> bool {
        self.class == TagClass::Exposed
    }

    /// Where the base line of its words begins, in a pill that stands at `corner`.
    pub fn text_at(&self, corner: Point) -> Point {
        Point::new(corner.x + 7.0 + self.globe_room(), corner.y + 11.8)
    }

    /// The globe in a pill that stands at `corner`.
    pub fn globe(corner: Point) -> String {
        format!("M{} {}{GLOBE}", corner.x + 10.5, corner.y + HEIGHT / 2.0)
    }

    /// Its shapes on a node whose corner stands at `at`.
    pub fn shapes(&self, node: &Node, public: bool, at: Point) -> Vec<Shape> {
        let pill = self.pill(node).shifted(at);
        let frame = frames::line(node.kind(), public);
        let line = match self.class {
            TagClass::Public | TagClass::PrivateWithNat => Line { colour: frame, width: 1.5, dashes: &[] },
            TagClass::Isolated => Line { colour: palette::CAPTION, width: 1.5, dashes: &[3.0, 2.0] },
            TagClass::Exposed => Line { colour: palette::EXPOSED, width: 1.5, dashes: &[] },
        };
        let paint = Paint { fill: Some(palette::PAPER), line: Some(line) };
        let words = Words {
            at: self.text_at(pill.origin()),
            words: self.words(),
            size: SIZE,
            weight: 600,
            centred: false,
            colour: palette::INK,
        };
        let mut shapes = vec![Shape::Rect { rect: pill, radius: HEIGHT / 2.0, paint }, Shape::Text(words)];
        if self.has_globe() {
            shapes.push(Shape::Path { d: Self::globe(pill.origin()), paint: Paint::drawn(palette::EXPOSED, 1.1) });
        }
        shapes
    }

    /// The globe alone, around a middle.
    pub fn sign(middle: Point) -> Vec<Shape> {
        let d = format!("M{} {}{GLOBE}", middle.x, middle.y);
        vec![Shape::Path { d, paint: Paint::drawn(palette::EXPOSED, 1.1) }]
    }

    fn globe_room(&self) -> f64 {
        if self.has_globe() { GLOBE_ROOM } else { 0.0 }
    }
}
