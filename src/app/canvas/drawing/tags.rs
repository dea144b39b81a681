//! Tags on the nodes; what they look like says [`groundplan::picture::tag`].

use std::collections::BTreeMap;

use groundplan::id::NodeId;
use groundplan::picture::Tag;

use super::Drawing;
use crate::app::canvas::dom::{append, set, svg};

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
        let group = svg("g", &format!("tag {}", tag.class.class()));
        append(&group, &svg("rect", ""));
        let text = svg("text", "");
        append(&group, &text);
        if tag.has_globe() {
            append(&group, &svg("path", ""));
        }
        append(element, &group);
        item.tag = Some(group.into());
        self.place_tag(id);
    }

    pub(super) fn place_tag(&self, id: NodeId) {
        let (Some(tag), Some(item)) = (self.tags.get(&id), self.items.get(&id)) else { return };
        let Some(group) = &item.tag else { return };
        let letters = self.layers.letters(item.layer);
        let pill_box = tag.pill(&item.node, letters).shifted(item.at);
        let corner = pill_box.origin();
        let Some(pill) = group.first_element_child() else { return };
        for (name, value) in [("x", corner.x), ("y", corner.y), ("width", pill_box.w), ("height", pill_box.h)] {
            set(&pill, name, &value.to_string());
        }
        let Some(text) = pill.next_element_sibling() else { return };
        let words = tag.words(&item.node, letters);
        if text.text_content().as_deref() != Some(&words) {
            text.set_text_content(Some(&words));
        }
        let at = tag.text_at(corner, letters);
        set(&text, "x", &at.x.to_string());
        set(&text, "y", &at.y.to_string());
        set(&text, "font-size", &Tag::size(letters).to_string());
        if let Some(globe) = text.next_element_sibling() {
            set(&globe, "d", &Tag::globe(corner, letters));
        }
    }
}
