//! Badges on the nodes; what they look like says [`groundplan::picture::badge`].

use std::collections::BTreeMap;

use groundplan::design::Rect;
use groundplan::id::NodeId;
use groundplan::layout::lettering::Lettering;
use groundplan::picture::badge::{self, Badge};
use web_sys::Element;

use super::Drawing;
use crate::app::canvas::dom::{append, set, svg};

impl Drawing {
    /// What badges and tags cover, relative to the corners of their nodes.
    pub fn marked(&self) -> BTreeMap<NodeId, Vec<Rect>> {
        let mut boxes: BTreeMap<NodeId, Vec<Rect>> = BTreeMap::new();
        for id in self.badges.keys() {
            if let Some(item) = self.items.get(id) {
                boxes.entry(*id).or_default().push(badge::bounds(&item.node));
            }
        }
        for (id, tag) in &self.tags {
            if let Some(item) = self.items.get(id) {
                boxes.entry(*id).or_default().push(tag.pill(&item.node, Lettering::READING));
            }
        }
        boxes
    }

    /// Shows these badges and no others.
    pub fn set_badges(&mut self, badges: BTreeMap<NodeId, Badge>) {
        let before = std::mem::replace(&mut self.badges, badges);
        let mut changed: Vec<NodeId> = before.keys().filter(|id| !self.badges.contains_key(id)).copied().collect();
        changed.extend(self.badges.iter().filter(|(id, badge)| before.get(id) != Some(badge)).map(|(id, _)| *id));
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
        let (Some(badge), Some(item)) = (self.badges.get(&id), self.items.get_mut(&id)) else { return };
        let Some(element) = &item.element else { return };
        let group = svg("g", if badge.is_error() { "badge error" } else { "badge warning" });
        append(&group, &svg("path", ""));
        let text = svg("text", "");
        text.set_text_content(Some(&badge.label()));
        append(&group, &text);
        append(element, &group);
        item.badge = Some(group.into());
        self.place_badge(id);
    }

    pub(super) fn place_badge(&self, id: NodeId) {
        let (Some(badge), Some(item)) = (self.badges.get(&id), self.items.get(&id)) else { return };
        let Some(group) = &item.badge else { return };
        let middle = badge::middle(&item.node) + item.at;
        let shape = group.first_element_child();
        if let Some(text) = shape.as_ref().and_then(Element::next_element_sibling) {
            // Farther away a number would be larger than its badge; the shape alone still says how grave it is.
            set(&text, "display", if self.layers.letters(item.layer) > Lettering::LIFE { "none" } else { "inline" });
            let at = badge.label_at(middle);
            set(&text, "x", &at.x.to_string());
            set(&text, "y", &at.y.to_string());
        }
        if let Some(shape) = shape {
            set(&shape, "d", &badge.outline(middle));
        }
    }
}
