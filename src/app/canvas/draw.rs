//! The detailed drawing of one node: a group with its own parts first, then the wires of a frame, then its children.
//!
//! Parts stand at absolute coordinates of their layer and have no transform. New nodes are clones of a template per look.

use std::collections::BTreeMap;
use std::fmt::Write;

use groundplan::catalog::Kind;
use groundplan::design::{Node, Point};
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
    pub fn draw(&mut self, node: &Node, public: bool, at: Point) -> Option<Element> {
        let element = self.template(node, public).element.clone_node_with_deep(true).ok()?.unchecked_into::<Element>();
        write(&element, node);
        self.place(&element, node, public, at);
        Some(element)
    }

    /// Moves a node's own parts, and resizes its frame.
    pub fn place(&mut self, group: &Element, node: &Node, public: bool, at: Point) {
        let mut scratch = std::mem::take(&mut self.scratch);
        let template = self.template(node, public);
        let side = look::icon_side(node);
        let mut parts = Parts(group.first_element_child());
        let mut number = |element: &Element, name: &str, value: f64| {
            scratch.clear();
            _ = write!(scratch, "{value}");
            set(element, name, &scratch);
        };
        let (corner, glyph_at, text);
        if node.kind().spec().shape.is_frame() {
            if let Some(frame) = parts.next() {
                number(&frame, "x", at.x);
                number(&frame, "y", at.y);
                number(&frame, "width", node.rect.w);
                number(&frame, "height", node.rect.h);
            }
            corner = at;
            text = [(at.x + side + look::TITLE_LEFT, at.y + look::TITLE_DOWN), (0.0, 0.0)];
        } else {
            let middle = at.x + node.rect.w / 2.0;
            corner = Point::new(middle - side / 2.0, at.y);
            text = look::LINES.map(|down| (middle, at.y + side + down));
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
        for ((x, y), line) in text.into_iter().take(look::lines(node)).zip(parts) {
            scratch.clear();
            _ = write!(scratch, "{x}");
            set(&line, "x", &scratch);
            scratch.clear();
            _ = write!(scratch, "{y}");
            set(&line, "y", &scratch);
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

/// Writes a node's words into its parts.
pub fn write(group: &Element, node: &Node) {
    let (name, caption) = look::words(node);
    let is_frame = node.kind().spec().shape.is_frame();
    let mut parts = Parts(group.first_element_child());
    let lines =
        if is_frame { Parts(parts.nth(3).and_then(|text| text.first_element_child())) } else { Parts(parts.nth(2)) };
    let count = if is_frame { 2 } else { look::lines(node) };
    for (line, words) in lines.take(count).zip([name, caption]) {
        line.set_text_content(Some(&words));
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
