//! What follows from the design, on the nodes: how a subnet gets to the internet, and which ports of a resource the internet reaches. A tag is a
//! pill with words: on the lower edge of a frame, at the shoulder of a tile's icon.

use std::collections::BTreeMap;
use std::fmt::Write;

use groundplan::design::{Node, Rect};
use groundplan::id::NodeId;
use groundplan::layout::label;

use super::{Drawing, Tag};
use crate::app::canvas::dom::{append, set, svg};
use crate::app::canvas::look;

/// Height of a tag.
const HEIGHT: f64 = 16.0;
/// Room for the words of a tag.
const ROOM: f64 = 120.0;
/// Size of its letters.
const SIZE: f64 = 10.5;
/// How much wider than usual letters its bold ones are.
const BOLD: f64 = 1.15;
/// Width of the globe in front of ports, with its gap.
const GLOBE_ROOM: f64 = 13.0;
/// A globe, relative to its middle.
const GLOBE: &str = "m-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0h9m-4.5-4.5c-3 2.5-3 6.5 0 9c3-2.5 3-6.5 0-9";

impl Tag {
    /// Where its pill stands, relative to the corner of its node.
    pub(super) fn pill(&self, node: &Node) -> Rect {
        let width = label::width(&label::fitted(&self.text, ROOM, SIZE), SIZE) * BOLD + self.globe_room() + 14.0;
        if node.kind().spec().shape.is_frame() {
            return Rect::new(10.0, node.rect.h - HEIGHT / 2.0, width, HEIGHT);
        }
        let left = (node.rect.w - look::icon_side(node)) / 2.0;
        Rect::new(left + 11.0 - width, -HEIGHT / 2.0, width, HEIGHT)
    }

    const fn globe_room(&self) -> f64 {
        if self.globe { GLOBE_ROOM } else { 0.0 }
    }
}

impl Drawing {
    /// Shows these tags and no others.
    pub fn set_tags(&mut self, tags: BTreeMap<NodeId, Tag>) {
        let before = std::mem::replace(&mut self.tags, tags);
        let mut changed: Vec<NodeId> = before.keys().filter(|id| !self.tags.contains_key(id)).copied().collect();
        changed.extend(self.tags.iter().filter(|(id, tag)| before.get(id) != Some(tag)).map(|(id, _)| *id));
        for id in changed {
            if let Some(old) = self.items.get_mut(&id).and_then(|item| item.tag.take()) {
                old.remove();
            }
            self.draw_tag(id);
        }
    }

    pub(super) fn draw_tag(&mut self, id: NodeId) {
        let (Some(tag), Some(item)) = (self.tags.get(&id), self.items.get_mut(&id)) else { return };
        let Some(element) = &item.element else { return };
        let group = svg("g", &format!("tag {}", tag.class));
        append(&group, &svg("rect", ""));
        let text = svg("text", "");
        text.set_text_content(Some(&label::fitted(&tag.text, ROOM, SIZE)));
        append(&group, &text);
        if tag.globe {
            append(&group, &svg("path", ""));
        }
        append(element, &group);
        item.tag = Some(group.into());
        self.place_tag(id);
    }

    pub(super) fn place_tag(&self, id: NodeId) {
        let (Some(tag), Some(item)) = (self.tags.get(&id), self.items.get(&id)) else { return };
        let Some(group) = &item.tag else { return };
        let pill_box = tag.pill(&item.node).shifted(item.at);
        let (corner, room) = (pill_box.origin(), tag.globe_room());
        let Some(pill) = group.first_element_child() else { return };
        for (name, value) in [("x", corner.x), ("y", corner.y), ("width", pill_box.w), ("height", pill_box.h)] {
            set(&pill, name, &value.to_string());
        }
        let Some(text) = pill.next_element_sibling() else { return };
        set(&text, "x", &(corner.x + 7.0 + room).to_string());
        set(&text, "y", &(corner.y + 11.8).to_string());
        if let Some(globe) = text.next_element_sibling() {
            let mut d = String::new();
            // Writing to a string cannot fail.
            _ = write!(d, "M{} {}{GLOBE}", corner.x + 10.5, corner.y + HEIGHT / 2.0);
            set(&globe, "d", &d);
        }
    }
}
