//! What follows from the design, on the nodes: how a subnet gets to the internet, and which ports of a resource the internet reaches. A tag is a
//! pill with words: on the lower edge of a frame, at the shoulder of a tile's icon.

use super::shape::{BOLD, Line, Paint, Shape, Words};
use super::{frames, palette};
use crate::design::{Node, Point, Rect};
use crate::layout::lettering::Lettering;
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
    pub fn pill(&self, node: &Node, letters: Lettering) -> Rect {
        let (scale, words) = (Self::scale(letters), self.words(node, letters));
        let around = if words.is_empty() { 5.0 } else { 14.0 };
        let width = (label::width(&words, SIZE) * BOLD + self.globe_room() + around) * scale;
        let height = HEIGHT * scale;
        if node.kind().spec().shape.is_frame() {
            return Rect::new(10.0, node.rect.h - height / 2.0, width, height);
        }
        let left = (node.rect.w - appearance::icon_side(node)) / 2.0;
        Rect::new(left + 11.0 - width, -height / 2.0, width, height)
    }

    /// Its words as they fit: into a frame, or beside a tile. Large ones would cover the tile's neighbour, so there the globe alone is left.
    pub fn words(&self, node: &Node, letters: Lettering) -> String {
        let scale = Self::scale(letters);
        if node.kind().spec().shape.is_frame() {
            let room = (node.rect.w - 34.0) / scale / BOLD - self.globe_room();
            return label::fitted(&self.text, room.min(ROOM), SIZE);
        }
        if self.has_globe() && letters > Lettering::LIFE {
            String::new()
        } else {
            label::fitted(&self.text, ROOM, SIZE)
        }
    }

    /// Size of its letters.
    pub fn size(letters: Lettering) -> f64 {
        letters.caption()
    }

    fn scale(letters: Lettering) -> f64 {
        Self::size(letters) / SIZE
    }

    /// Whether a globe stands in front of its words.
    pub fn has_globe(&self) -> bool {
        self.class == TagClass::Exposed
    }

    /// Where the base line of its words begins, in a pill that stands at `corner`.
    pub fn text_at(&self, corner: Point, letters: Lettering) -> Point {
        let scale = Self::scale(letters);
        Point::new(corner.x + (7.0 + self.globe_room()) * scale, corner.y + 11.8 * scale)
    }

    /// The globe in a pill that stands at `corner`.
    pub fn globe(corner: Point, letters: Lettering) -> String {
        let scale = Self::scale(letters);
        format!("M{} {}{GLOBE}", corner.x + 10.5 * scale, corner.y + HEIGHT / 2.0 * scale)
    }

    /// Its shapes on a node whose corner stands at `at`.
    pub fn shapes(&self, node: &Node, public: bool, at: Point) -> Vec<Shape> {
        let letters = Lettering::LIFE;
        let pill = self.pill(node, letters).shifted(at);
        let frame = frames::line(node.kind(), public);
        let line = match self.class {
            TagClass::Public | TagClass::PrivateWithNat => Line { colour: frame, width: 1.5, dashes: &[] },
            TagClass::Isolated => Line { colour: palette::CAPTION, width: 1.5, dashes: &[3.0, 2.0] },
            TagClass::Exposed => Line { colour: palette::EXPOSED, width: 1.5, dashes: &[] },
        };
        let paint = Paint { fill: Some(palette::PAPER), line: Some(line) };
        let words = Words {
            at: self.text_at(pill.origin(), letters),
            words: self.words(node, letters),
            size: Self::size(letters),
            weight: 600,
            centred: false,
            colour: palette::INK,
        };
        let mut shapes = vec![Shape::Rect { rect: pill, radius: pill.h / 2.0, paint }, Shape::Text(words)];
        if self.has_globe() {
            shapes.push(Shape::Path {
                d: Self::globe(pill.origin(), letters),
                paint: Paint::drawn(palette::EXPOSED, 1.1),
            });
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
