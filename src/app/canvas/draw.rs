//! The detailed drawing of one node: a group with its own parts first, then the wires of a frame, then its children.
//!
//! Parts stand at absolute coordinates of their layer and have no transform. New nodes are clones of a template per look.

use std::collections::BTreeMap;
use std::fmt::Write;

use groundplan::catalog::Kind;
use groundplan::design::{Node, Point};
use groundplan::layout::lettering::Lettering;
use groundplan::picture::glyph;
use groundplan::picture::icons::{glyph_of, icon};
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::dom::{append, set, svg};
use super::look;

/// What is the same for all nodes that look alike.
struct Template {
    element: Element,
    square: String,
    glyph: String,
}

/// Draws nodes.
#[derive(Default)]
pub struct Pen {
    /// By kind, whether it is a public subnet, and the icon's side.
    templates: BTreeMap<(Kind, bool, u8), Template>,
    scratch: String,
}

impl Pen {
    /// A new group with the node's own parts, at a place in its layer.
    pub fn draw(&mut self, node: &Node, public: bool, at: Point, letters: Lettering) -> Option<Element> {
        let element = self.template(node, public).element.clone_node_with_deep(true).ok()?.unchecked_into::<Element>();
        self.write(&element, node, public, at, letters);
        Some(element)
    }

    /// Writes a node's words anew, in letters of a size, and puts its own parts in their places.
    pub fn write(&mut self, group: &Element, node: &Node, public: bool, at: Point, letters: Lettering) {
        write_words(group, node, letters);
        self.place(group, node, public, at, letters);
    }

    /// Moves a node's own parts, and resizes its frame.
    pub fn place(&mut self, group: &Element, node: &Node, public: bool, at: Point, letters: Lettering) {
        let mut scratch = std::mem::take(&mut self.scratch);
        let template = self.template(node, public);
        let side = look::icon_side(node);
        let mut parts = Parts(group.first_element_child());
        let mut number = |element: &Element, name: &str, value: f64| {
            scratch.clear();
            _ = write!(scratch, "{value}");
            set(element, name, &scratch);
        };
        let (corner, glyph_at, left, lines);
        let is_frame = node.kind().spec().shape.is_frame();
        if is_frame {
            if let Some(frame) = parts.next() {
                number(&frame, "x", at.x);
                number(&frame, "y", at.y);
                number(&frame, "width", node.rect.w);
                number(&frame, "height", node.rect.h);
            }
            corner = at;
            left = at.x + side + look::TITLE_LEFT;
            lines = None;
        } else {
            let middle = at.x + node.rect.w / 2.0;
            corner = Point::new(middle - side / 2.0, at.y);
            left = middle;
            lines = Some(look::tile_lines(node, letters));
        }
        glyph_at = glyph::corner(corner, side);
        let paths = [(parts.next(), corner, &template.square), (parts.next(), glyph_at, &template.glyph)];
        for (path, at, shape) in paths {
            if let Some(path) = path {
                scratch.clear();
                _ = write!(scratch, "M{} {}{shape}", at.x, at.y);
                set(&path, "d", &scratch);
            }
        }
        let mut line = |element: &Element, y: f64| {
            scratch.clear();
            _ = write!(scratch, "{left}");
            set(element, "x", &scratch);
            scratch.clear();
            _ = write!(scratch, "{:.1}", at.y + y);
            set(element, "y", &scratch);
        };
        if let Some(name) = parts.next() {
            let wrapped = if is_frame { name.first_element_child() } else { Some(name.clone()) };
            let second = wrapped.and_then(|name| name.first_element_child());
            let [one, two] = lines.unwrap_or_else(|| look::title_lines(if second.is_some() { 2 } else { 1 }, letters));
            line(&name, one);
            for element in second.iter().chain(parts.next().iter()) {
                line(element, two);
            }
        }
        self.scratch = scratch;
    }

    fn template(&mut self, node: &Node, public: bool) -> &Template {
        let side = look::icon_side(node);
        // Sides are small constants.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "24 or 40")]
        let key = (node.kind(), public, side as u8);
        self.templates.entry(key).or_insert_with(|| template(node.kind(), public, side))
    }
}

fn template(kind: Kind, public: bool, side: f64) -> Template {
    let group = if kind.spec().shape.is_frame() {
        let class = look::frame_class(kind, public);
        let group = svg("g", &format!("frame {class}"));
        append(&group, &svg("rect", "box"));
        append(&group, &svg("path", "square"));
        append(&group, &svg("path", "glyph"));
        let text = svg("text", "");
        append(&text, &svg("tspan", "name"));
        let caption = svg("tspan", "caption");
        set(&caption, "dx", &look::TITLE_GAP.to_string());
        append(&text, &caption);
        append(&group, &text);
        group
    } else {
        let group = svg("g", &format!("tile {}", icon(kind).tint.class()));
        append(&group, &svg("path", "square"));
        append(&group, &svg("path", "glyph"));
        append(&group, &svg("text", "name"));
        if side > look::SMALL_ICON {
            append(&group, &svg("text", "caption"));
        }
        group
    };
    Template {
        element: group.unchecked_into(),
        square: glyph::square(side),
        glyph: glyph::on_square(glyph_of(kind, public), side),
    }
}

/// Writes a node's words into its parts. A second line of the name is an element inside the first, so that together they read as the name.
fn write_words(group: &Element, node: &Node, letters: Lettering) {
    let words = look::words(node, letters);
    let is_frame = node.kind().spec().shape.is_frame();
    let mut parts = Parts(group.first_element_child());
    let mut lines =
        if is_frame { Parts(parts.nth(3).and_then(|text| text.first_element_child())) } else { Parts(parts.nth(2)) };
    if let Some(name) = lines.next() {
        let mut texts = words.name.iter();
        name.set_text_content(texts.next().map(String::as_str));
        for text in texts {
            let second = svg("tspan", "");
            second.set_text_content(Some(text));
            append(&name, &second);
        }
    }
    if (is_frame || look::lines(node) > 1)
        && let Some(caption) = lines.next()
    {
        caption.set_text_content(Some(&words.caption));
    }
}

/// The elements inside a group, in order.
struct Parts(Option<Element>);

impl Iterator for Parts {
    type Item = Element;
    fn next(&mut self) -> Option<Element> {
        let this = self.0.take()?;
        self.0 = this.next_element_sibling();
        Some(this)
    }
}
