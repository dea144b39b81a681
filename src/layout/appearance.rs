//! How much room what is drawn of a node takes: its icon, its words as they fit, the boxes that wires keep clear of.

use super::label::{fitted, width};
use super::routing::End;
use crate::design::{Node, Point, Rect};

/// Side of a tile's icon.
pub const ICON: f64 = 40.0;
/// Side of the icon of a tile that is too low for the usual one.
pub const SMALL_ICON: f64 = 24.0;
/// Side of the icon in a frame's corner.
pub const CORNER: f64 = 24.0;
/// From the icon of a tile to the base line of its first and second line of words.
pub const LINES: [f64; 2] = [15.0, 29.0];
/// Sizes of the letters of a tile's two lines.
pub const TILE_SIZES: [f64; 2] = [12.0, 11.0];
/// Sizes of the letters of a frame's name and of what follows it.
pub const TITLE_SIZES: [f64; 2] = [13.0, 12.0];
/// How much wider than usual letters the bold ones of a frame's name are.
const BOLD: f64 = 1.15;
/// From a frame's corner to its title.
pub const TITLE_LEFT: f64 = 8.0;
/// From a frame's upper edge to the base line of its title.
pub const TITLE_DOWN: f64 = 17.0;
/// Between a frame's name and what follows it.
pub const TITLE_GAP: f64 = 8.0;
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

/// The words of a node as they fit: its name and its second line.
pub fn words(node: &Node) -> (String, String) {
    let caption = node.body.caption().filter(|caption| *caption != node.name).unwrap_or_default();
    if !node.kind().spec().shape.is_frame() {
        let room = node.rect.w + 8.0;
        let caption = if lines(node) > 1 { fitted(&caption, room, TILE_SIZES[1]) } else { String::new() };
        return (fitted(&node.name, room, TILE_SIZES[0]), caption);
    }
    let room = node.rect.w - CORNER - 2.0 * TITLE_LEFT;
    let name = fitted(&node.name, room, TITLE_SIZES[0] * BOLD);
    let left = room - width(&name, TITLE_SIZES[0] * BOLD) - TITLE_GAP;
    let caption = if width(&caption, TITLE_SIZES[1]) <= left { caption } else { String::new() };
    (name, caption)
}

/// Where a tile's icon stands, relative to the tile.
fn icon(node: &Node) -> Rect {
    let side = icon_side(node);
    Rect::new((node.rect.w - side) / 2.0, 0.0, side, side)
}

/// What is drawn of a node, relative to its corner: a tile's icon with its words, or the title of a frame.
pub fn hull(node: &Node) -> Rect {
    let (name, caption) = words(node);
    if node.kind().spec().shape.is_frame() {
        let mut text = width(&name, TITLE_SIZES[0] * BOLD);
        if !caption.is_empty() {
            text += TITLE_GAP + width(&caption, TITLE_SIZES[1]);
        }
        let w = if text > 0.0 { CORNER + TITLE_LEFT + text } else { CORNER };
        return Rect::new(0.0, 0.0, w.min(node.rect.w), CORNER.min(node.rect.h));
    }
    let icon = icon(node);
    let mut hull = icon;
    for ((text, base), size) in [name, caption].iter().zip(LINES).zip(TILE_SIZES) {
        if !text.is_empty() {
            let w = width(text, size);
            let top = icon.bottom() + base - size * ASCENT;
            hull = hull.union(Rect::new((node.rect.w - w) / 2.0, top, w, size * (ASCENT + DESCENT)));
        }
    }
    hull
}

/// What wires to or from a node end at; `at` is where its corner stands.
pub fn end(node: &Node, at: Point) -> End {
    if node.kind().spec().shape.is_frame() {
        let body = Rect::new(at.x, at.y, node.rect.w, node.rect.h);
        return End { body, hull: body, frame: true };
    }
    End { body: icon(node).shifted(at), hull: hull(node).shifted(at), frame: false }
}
