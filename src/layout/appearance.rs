//! How much room what is drawn of a node takes: its icon, its words as they fit, the boxes that wires keep clear of.

use super::label::{fitted, two_lines, width};
use super::lettering::Lettering;
use super::routing::End;
use crate::design::{Node, Point, Rect};

/// Side of a tile's icon.
pub const ICON: f64 = 40.0;
/// Side of the icon of a tile that is too low for the usual one.
pub const SMALL_ICON: f64 = 24.0;
/// Side of the icon in a frame's corner.
pub const CORNER: f64 = 24.0;
/// How much wider than usual letters the bold ones of a frame's name are.
const BOLD: f64 = 1.15;
/// From a frame's corner to its title.
pub const TITLE_LEFT: f64 = 8.0;
/// Between a frame's name and what follows it.
pub const TITLE_GAP: f64 = 8.0;
/// How much wider than the tile its words may be: what is left between neighbours is a lane for wires.
const WIDER: f64 = 4.0;
/// How far letters reach below their base line, at most, as a share of their size.
const DESCENT: f64 = 0.3;
/// How far they reach above it.
const ASCENT: f64 = 1.0;

/// The side of the icon of a node.
pub fn icon_side(node: &Node) -> f64 {
    if node.kind().spec().shape.is_frame() {
        CORNER
    } else if node.rect.h < ICON + 24.0 {
        SMALL_ICON
    } else {
        ICON
    }
}

/// How many text elements a node has: a frame's header is one, a low tile has no second line.
pub fn lines(node: &Node) -> usize {
    if node.kind().spec().shape.is_frame() || icon_side(node) < ICON { 1 } else { 2 }
}

/// The words of a node as they fit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// Its name, on one line or two; one after the other they are the whole name, unless one has an ellipsis.
    pub name: Vec<String>,
    /// What follows the name; empty where there is no room.
    pub caption: String,
}

impl Words {
    /// Whether all of a name is read.
    pub fn says(&self, name: &str) -> bool {
        self.name.concat() == name
    }
}

/// The words of a node in letters of a size.
pub fn words(node: &Node, letters: Lettering) -> Words {
    let caption = node.body.caption().filter(|caption| *caption != node.name).unwrap_or_default();
    if node.kind().spec().shape.is_frame() {
        return title(node, &caption, letters);
    }
    let room = node.rect.w + WIDER;
    let roomy = lines(node) > 1 && letters.has_two_lines();
    let name = if roomy {
        two_lines(&node.name, room, letters.name())
    } else {
        vec![fitted(&node.name, room, letters.name())]
    };
    let caption = if roomy && name.len() == 1 { fitted(&caption, room, letters.caption()) } else { String::new() };
    Words { name, caption }
}

/// The title of a frame: its name, and what follows it where there is room for both.
fn title(node: &Node, caption: &str, letters: Lettering) -> Words {
    let room = node.rect.w - CORNER - 2.0 * TITLE_LEFT;
    let size = letters.title() * BOLD;
    let name =
        if letters.has_two_titles() { two_lines(&node.name, room, size) } else { vec![fitted(&node.name, room, size)] };
    let beside =
        |letters: Lettering| width(&node.name, letters.title() * BOLD) + TITLE_GAP + width(caption, letters.note());
    let fits = name.len() == 1 && letters <= Lettering::READING && beside(letters) <= room;
    Words { name, caption: if fits { caption.to_owned() } else { String::new() } }
}

/// The base lines of the words of a tile, from its upper edge: those of the first and of the second line.
pub fn tile_lines(node: &Node, letters: Lettering) -> [f64; 2] {
    let (side, scale) = (icon_side(node), letters.scale());
    if letters == Lettering::LIFE {
        return [side + 15.0, side + 29.0];
    }
    let first = side + 2.0 + 11.5 * scale;
    [first, first + 12.8 * scale]
}

/// The base lines of a frame's title, from its upper edge, where it has so many lines.
pub fn title_lines(lines: usize, letters: Lettering) -> [f64; 2] {
    let size = letters.title();
    let first = if lines > 1 { size } else { CORNER / 2.0 + 0.385 * size };
    [first, first + 1.15 * size]
}

/// Where a tile's icon stands, relative to the tile.
fn icon(node: &Node) -> Rect {
    let side = icon_side(node);
    Rect::new((node.rect.w - side) / 2.0, 0.0, side, side)
}

/// What is drawn of a node, relative to its corner: a tile's icon with its words, or the title of a frame. Words count in the sizes in which
/// they are read, so that what keeps clear of them needs no other way after a zoom.
pub fn hull(node: &Node) -> Rect {
    if node.kind().spec().shape.is_frame() {
        let sizes = [Lettering::LIFE, Lettering::READING, Lettering::LARGEST];
        return sizes.map(|letters| title_box(node, letters)).into_iter().fold(corner(node), Rect::union);
    }
    let sizes = [Lettering::LIFE, Lettering::READING, Lettering::LARGEST];
    sizes.into_iter().fold(icon(node), |hull, letters| tile_words(node, letters).into_iter().fold(hull, Rect::union))
}

/// The corner of a frame in which its icon stands.
fn corner(node: &Node) -> Rect {
    Rect::new(0.0, 0.0, CORNER.min(node.rect.w), CORNER.min(node.rect.h))
}

fn title_box(node: &Node, letters: Lettering) -> Rect {
    let Words { name, caption } = words(node, letters);
    let size = letters.title();
    let mut text = name.iter().map(|line| width(line, size * BOLD)).fold(0.0, f64::max);
    if !caption.is_empty() {
        text += TITLE_GAP + width(&caption, letters.note());
    }
    let w = if text > 0.0 { CORNER + TITLE_LEFT + text } else { CORNER };
    let [first, second] = title_lines(name.len(), letters);
    let base = if name.len() > 1 { second } else { first };
    Rect::new(0.0, 0.0, w.min(node.rect.w), CORNER.max(base + DESCENT * size).min(node.rect.h))
}

fn tile_words(node: &Node, letters: Lettering) -> Vec<Rect> {
    let Words { name, caption } = words(node, letters);
    let names = name.iter().map(|line| (line, letters.name()));
    let texts = names.chain([(&caption, letters.caption())]).filter(|(text, _)| !text.is_empty());
    let line = |((text, size), base): ((&String, f64), f64)| {
        let w = width(text, size);
        Rect::new((node.rect.w - w) / 2.0, base - size * ASCENT, w, size * (ASCENT + DESCENT))
    };
    texts.zip(tile_lines(node, letters)).map(line).collect()
}

/// What wires to or from a node end at; `at` is where its corner stands.
pub fn end(node: &Node, at: Point) -> End {
    if node.kind().spec().shape.is_frame() {
        let body = Rect::new(at.x, at.y, node.rect.w, node.rect.h);
        return End { body, hull: body, frame: true };
    }
    End { body: icon(node).shifted(at), hull: hull(node).shifted(at), frame: false }
}
