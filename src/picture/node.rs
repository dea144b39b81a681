//! The shapes of one node: frame or tile, its names as they fit, and what stands on it.

use super::icons::{glyph_of, icon};
use super::shape::{Paint, Shape, Words};
use super::{Changed, Marks, frames, glyph, palette};
use crate::design::{Node, Point, Rect};
use crate::id::NodeId;
use crate::layout::appearance as look;
use crate::layout::lettering::Lettering;
use crate::text::Lang;

/// Radius of the corners of a frame.
const RADIUS: f64 = 4.0;
/// How far the outline of what changed stands off.
const AROUND: f64 = 5.0;
/// Half the side of the sign of what changed.
const SIGN: f64 = 8.0;

/// A node in words.
pub(super) fn says(node: &Node, lang: Lang) -> String {
    let kind = node.kind().spec().label.get(lang);
    match node.body.caption().filter(|caption| *caption != node.name) {
        Some(caption) => format!("{kind} · {} · {caption}", node.name),
        None => format!("{kind} · {}", node.name),
    }
}

/// The shapes of a node whose corner stands at `at`.
pub(super) fn shapes(node: &Node, public: bool, at: Point) -> Vec<Shape> {
    let kind = node.kind();
    let side = look::icon_side(node);
    let letters = Lettering::LIFE;
    let look::Words { name, caption } = look::words(node, letters);
    let rect = Rect::new(at.x, at.y, node.rect.w, node.rect.h);
    if kind.spec().shape.is_frame() {
        let mut shapes = vec![Shape::Rect { rect, radius: RADIUS, paint: frames::paint(kind, public) }];
        shapes.extend(square(at, side, frames::line(kind, public), glyph_of(kind, public), 1.4));
        let left = at.x + side + look::TITLE_LEFT;
        let mut beside = Point::new(left, at.y);
        let bases = look::title_lines(name.len(), letters);
        for (line, base) in name.into_iter().zip(bases) {
            let line = words(Point::new(left, at.y + base), line, letters.title(), palette::INK);
            let line = Words { weight: 600, ..line };
            beside = Point::new(line.bounds().right() + look::TITLE_GAP, line.at.y);
            shapes.push(Shape::Text(line));
        }
        if !caption.is_empty() {
            shapes.push(Shape::Text(words(beside, caption, letters.note(), palette::CAPTION)));
        }
        return shapes;
    }
    let middle = rect.center().x;
    let corner = Point::new(middle - side / 2.0, at.y);
    let mut shapes = square(corner, side, palette::tint(icon(kind).tint), glyph_of(kind, public), 1.6);
    let names = name.into_iter().map(|line| (line, 500, palette::INK, letters.name()));
    let captions = [(caption, 400, palette::CAPTION, letters.caption())];
    let lines = names.chain(captions).filter(|(text, ..)| !text.is_empty());
    for ((text, weight, colour, size), down) in lines.zip(look::tile_lines(node, letters)) {
        let base = Point::new(middle, at.y + down);
        shapes.push(Shape::Text(Words { weight, centred: true, ..words(base, text, size, colour) }));
    }
    shapes
}

/// A glyph on its square.
pub(super) fn square(at: Point, side: f64, colour: palette::Colour, path: &str, width: f64) -> Vec<Shape> {
    let inner = glyph::corner(at, side);
    vec![
        Shape::Path { d: format!("M{} {}{}", at.x, at.y, glyph::square(side)), paint: Paint::filled(colour) },
        Shape::Path {
            d: format!("M{} {}{}", inner.x, inner.y, glyph::on_square(path, side)),
            paint: Paint::drawn(palette::GLYPH, width),
        },
    ]
}

/// A line of words that begins at a point.
pub(super) fn words(at: Point, words: String, size: f64, colour: palette::Colour) -> Words {
    Words { at, words, size, weight: 400, centred: false, colour }
}

/// What stands on a node.
pub(super) fn marks(id: NodeId, node: &Node, marks: &Marks, at: Point) -> Vec<Shape> {
    let mut shapes = Vec::new();
    if let Some(changed) = marks.changes.get(&id) {
        shapes.extend(outline(node, *changed, at));
    }
    if let Some(tag) = marks.tags.get(&id) {
        shapes.extend(tag.shapes(node, marks.publics.contains(&id), at));
    }
    if let Some(badge) = marks.badges.get(&id) {
        shapes.extend(badge.shapes(node, at));
    }
    shapes
}

/// A node that is no more: its shapes within a broken line.
pub(super) fn gone(node: &Node, at: Point) -> Vec<Shape> {
    let mut shapes = shapes(node, false, at);
    shapes.extend(outline(node, Changed::Removed, at));
    shapes
}

/// An outline with a sign: plus, tilde or minus, so that not the colour alone says it.
fn outline(node: &Node, changed: Changed, at: Point) -> Vec<Shape> {
    let (colour, sign) = look_of(changed);
    let hull = if node.kind().spec().shape.is_frame() {
        Rect::new(0.0, 0.0, node.rect.w, node.rect.h)
    } else {
        look::hull(node).inflated(AROUND)
    };
    let rect = hull.shifted(at);
    let paint = Paint::drawn(colour, 2.5);
    let paint = if changed == Changed::Removed { paint.dashed(&[6.0, 4.0]) } else { paint };
    let mut shapes = vec![Shape::Rect { rect, radius: 6.0, paint }];
    shapes.extend(sign_at(Point::new(rect.x, rect.y), colour, sign));
    shapes
}

/// Colour and sign of a change.
pub(super) const fn look_of(changed: Changed) -> (palette::Colour, &'static str) {
    match changed {
        Changed::Added => (palette::ADDED, "+"),
        Changed::Changed => (palette::CHANGED, "~"),
        Changed::Removed => (palette::REMOVED, "\u{2212}"),
    }
}

/// The sign of a change around a middle.
pub(super) fn sign_at(middle: Point, colour: palette::Colour, sign: &str) -> Vec<Shape> {
    let rect = Rect::new(middle.x - SIGN, middle.y - SIGN, 2.0 * SIGN, 2.0 * SIGN);
    let at = Point::new(middle.x, middle.y + 5.0);
    let sign = Words { weight: 700, centred: true, ..words(at, sign.to_owned(), 14.0, palette::PAPER) };
    vec![Shape::Rect { rect, radius: SIGN, paint: Paint::filled(colour).edged(palette::PAPER, 1.5) }, Shape::Text(sign)]
}
