//! What the rules found, on the nodes: a red disc with the number of errors, or a yellow triangle with that of warnings. Shape tells them apart
//! where colour does not.

use std::collections::BTreeMap;
use std::fmt::Write;

use groundplan::design::{Node, Point, Rect};
use groundplan::id::NodeId;
use groundplan::rules::{Finding, Severity};
use web_sys::Element;

use super::{Drawing, Mark};
use crate::app::canvas::dom::{append, set, svg};
use crate::app::canvas::look;

/// A disc and a triangle, relative to their middle.
const DISC: &str = "m-9 0a9 9 0 1 0 18 0a9 9 0 1 0-18 0z";
const TRIANGLE: &str = "m0-10.5l10.5 18.5h-21z";

/// Half the side of the box around either shape.
const HALF: f64 = 10.5;

/// The middle of a badge, relative to the corner of its node.
fn middle(node: &Node) -> Point {
    if node.kind().spec().shape.is_frame() {
        Point::new(node.rect.w - 16.0, 16.0)
    } else {
        Point::new((node.rect.w + look::icon_side(node)) / 2.0, 3.0)
    }
}

impl Drawing {
    /// What badges and tags cover, relative to the corners of their nodes.
    pub fn marked(&self) -> BTreeMap<NodeId, Vec<Rect>> {
        let mut boxes: BTreeMap<NodeId, Vec<Rect>> = BTreeMap::new();
        for id in self.marks.keys() {
            if let Some(item) = self.items.get(id) {
                let at = middle(&item.node);
                let rect = Rect::new(at.x - HALF, at.y - HALF, 2.0 * HALF, 2.0 * HALF);
                boxes.entry(*id).or_default().push(rect);
            }
        }
        for (id, tag) in &self.tags {
            if let Some(item) = self.items.get(id) {
                boxes.entry(*id).or_default().push(tag.pill(&item.node));
            }
        }
        boxes
    }

    /// Shows these findings and no others.
    pub fn set_findings<'a>(&mut self, findings: impl Iterator<Item = &'a Finding>) {
        let mut marks: BTreeMap<NodeId, Mark> = BTreeMap::new();
        for finding in findings {
            match finding.severity {
                Severity::Error => marks.entry(finding.node).or_default().errors += 1,
                Severity::Warning => marks.entry(finding.node).or_default().warnings += 1,
                Severity::Info => {}
            }
        }
        let before = std::mem::replace(&mut self.marks, marks);
        let mut changed: Vec<NodeId> = before.keys().filter(|id| !self.marks.contains_key(id)).copied().collect();
        changed.extend(self.marks.iter().filter(|(id, mark)| before.get(id) != Some(mark)).map(|(id, _)| *id));
        for id in changed {
            if let Some(old) = self.items.get_mut(&id).and_then(|item| item.badge.take()) {
                old.remove();
            }
            self.draw_badge(id);
            if let Some(layer) = self.items.get(&id).map(|item| item.layer) {
                self.layers.stale(layer);
            }
        }
    }

    pub(super) fn draw_badge(&mut self, id: NodeId) {
        let (Some(mark), Some(item)) = (self.marks.get(&id), self.items.get_mut(&id)) else { return };
        let Some(element) = &item.element else { return };
        let (class, count) =
            if mark.errors > 0 { ("badge error", mark.errors) } else { ("badge warning", mark.warnings) };
        let badge = svg("g", class);
        append(&badge, &svg("path", ""));
        let text = svg("text", "");
        let label = if count > 9 { "9+".to_owned() } else { count.to_string() };
        text.set_text_content(Some(&label));
        append(&badge, &text);
        append(element, &badge);
        item.badge = Some(badge.into());
        self.place_badge(id);
    }

    pub(super) fn place_badge(&self, id: NodeId) {
        let (Some(mark), Some(item)) = (self.marks.get(&id), self.items.get(&id)) else { return };
        let Some(badge) = &item.badge else { return };
        let middle = middle(&item.node) + item.at;
        let mut d = String::new();
        // Writing to a string cannot fail.
        _ = write!(d, "M{} {}{}", middle.x, middle.y, if mark.errors > 0 { DISC } else { TRIANGLE });
        let shape = badge.first_element_child();
        if let Some(text) = shape.as_ref().and_then(Element::next_element_sibling) {
            set(&text, "x", &middle.x.to_string());
            set(&text, "y", &(middle.y + if mark.errors > 0 { 4.0 } else { 5.0 }).to_string());
        }
        if let Some(shape) = shape {
            set(&shape, "d", &d);
        }
    }
}
