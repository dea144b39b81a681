//! The retained drawing: one item per node, fed by diffs. Where items are drawn is `layers`, how is `draw` and `far`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use groundplan::design::{Design, Diff, Node, Point};
use groundplan::id::NodeId;
use groundplan::interact::Scene;
use groundplan::layout::edges::Change;
use web_sys::Element;

use super::names::Names;
use super::{Drawing, Item, Lift, View, Wires};
use crate::app::canvas::dom::{append, div, set};
use crate::app::canvas::draw::Pen;
use crate::app::canvas::layers::{LayerId, Layers, Mode};
use crate::app::canvas::look;

impl Drawing {
    /// An empty drawing.
    pub fn new() -> Self {
        let world = div("world");
        Self {
            pen: Pen::default(),
            items: BTreeMap::new(),
            layers: Layers::new(&world),
            wires: Wires::default(),
            view: View::default(),
            lift: Lift::default(),
            publics: BTreeSet::new(),
            badges: BTreeMap::new(),
            tags: BTreeMap::new(),
            names: Names::default(),
            world,
        }
    }

    /// Draws another design.
    pub fn load(&mut self, design: &Design, scene: &Scene) {
        self.items.clear();
        self.badges.clear();
        self.tags.clear();
        self.layers.roots.clear();
        for (id, _) in design.nodes() {
            if let Some(node) = design.shared(id) {
                self.file(id, node);
            }
        }
        for (id, _) in design.nodes() {
            self.link(id);
        }
        self.wires = Wires::default();
        for edge in scene.edges() {
            self.add_wire(edge, scene);
        }
        self.rebuild(scene);
    }

    /// Follows a change of the design; `scene` is what it led to.
    pub fn apply(&mut self, diff: &Diff, change: &Change, scene: &Scene) {
        for edge in &change.removed {
            self.remove_wire(*edge);
        }
        for (id, node) in &diff.removed {
            if node.parent.is_none_or(|parent| !diff.removed.contains_key(&parent)) {
                self.erase(*id);
                self.unlink(*id, node.parent);
            }
        }
        for id in diff.removed.keys() {
            self.items.remove(id);
            self.badges.remove(id);
            self.tags.remove(id);
            self.publics.remove(id);
        }
        for (id, node) in &diff.added {
            self.file(*id, node.clone());
        }
        for id in diff.added.keys() {
            self.link(*id);
        }
        for (id, (old, new)) in &diff.updated {
            if let Some(item) = self.items.get_mut(id) {
                item.node = new.clone();
            }
            if old.parent != new.parent {
                self.unlink(*id, old.parent);
                self.link(*id);
            }
        }
        for (id, node) in &diff.added {
            if node.parent.is_none_or(|parent| !diff.added.contains_key(&parent)) {
                self.insert(*id, scene);
            }
        }
        for (id, (old, new)) in &diff.updated {
            self.update(*id, old, new, scene);
        }
        for edge in &change.added {
            self.add_wire(*edge, scene);
        }
        self.follow_lift(scene);
        if !self.wires.touched.is_empty() {
            self.follow_wires(scene);
        }
        if self.layers.overflow {
            self.rebuild(scene);
        }
        if self.layers.changed {
            self.refresh(scene);
        }
    }

    fn update(&mut self, id: NodeId, old: &Node, new: &Node, scene: &Scene) {
        let resized = (old.rect.w, old.rect.h) != (new.rect.w, new.rect.h);
        if (resized || old.name != new.name || old.body != new.body)
            && let Some(item) = self.items.get(&id)
            && let Some(element) = &item.element
        {
            let letters = self.layers.letters(item.layer);
            self.pen.write(element, new, self.publics.contains(&id), item.at, letters);
        }
        let moved = old.rect.origin() != new.rect.origin();
        if self.lift.on && (old.parent != new.parent || (moved && !resized)) {
            self.lift(id, scene);
        } else if old.parent != new.parent {
            self.erase(id);
            self.insert(id, scene);
        } else if resized {
            self.bake(id, true, scene);
        } else if moved {
            self.shift(id, scene);
        }
    }

    /// Tells which subnets are public, as derived from the routes.
    pub fn set_publics(&mut self, publics: BTreeSet<NodeId>) {
        let changed: Vec<NodeId> = self.publics.symmetric_difference(&publics).copied().collect();
        self.publics = publics;
        for id in changed {
            let public = self.publics.contains(&id);
            let Some(item) = self.items.get(&id) else { continue };
            if let Some(element) = &item.element {
                set(element, "class", &format!("frame {}", look::frame_class(item.node.kind(), public)));
                self.pen.place(element, &item.node, public, item.at, self.layers.letters(item.layer));
            }
            self.layers.stale(item.layer);
        }
    }

    /// A node's name, if not all of it is drawn.
    pub fn cut_name(&self, id: NodeId) -> Option<String> {
        let item = self.items.get(&id)?;
        let near = self.layers.all.get(&item.layer).is_some_and(|layer| layer.mode == Mode::Near);
        let whole = near && look::words(&item.node, self.layers.letters(item.layer)).says(&item.node.name);
        (!whole).then(|| item.node.name.clone())
    }

    // The tree.

    fn file(&mut self, id: NodeId, node: Arc<Node>) {
        let item = Item {
            node,
            children: Vec::new(),
            layer: LayerId::default(),
            group: None,
            element: None,
            at: Point::default(),
            wires: None,
            badge: None,
            tag: None,
        };
        self.items.insert(id, item);
    }

    fn link(&mut self, id: NodeId) {
        let parent = self.items.get(&id).and_then(|item| item.node.parent);
        if let Some(siblings) = self.siblings(parent) {
            siblings.push(id);
        }
    }

    fn unlink(&mut self, id: NodeId, from: Option<NodeId>) {
        if let Some(siblings) = self.siblings(from) {
            siblings.retain(|other| *other != id);
        }
    }

    fn siblings(&mut self, parent: Option<NodeId>) -> Option<&mut Vec<NodeId>> {
        match parent {
            None => Some(&mut self.layers.roots),
            Some(parent) => self.items.get_mut(&parent).map(|item| &mut item.children),
        }
    }

    /// A node and everything inside it, outermost first.
    pub(super) fn subtree(&self, id: NodeId) -> Vec<NodeId> {
        let mut found = Vec::new();
        let mut open = vec![id];
        while let Some(id) = open.pop() {
            if let Some(item) = self.items.get(&id) {
                found.push(id);
                open.extend(item.children.iter().rev());
            }
        }
        found
    }

    // The elements.

    /// Draws a subtree in detail into its parent's element.
    pub(super) fn draw_tree(&mut self, id: NodeId, into: &Element, scene: &Scene) {
        let mut open = vec![(id, into.clone())];
        while let Some((id, into)) = open.pop() {
            if let Some(element) = self.draw_one(id, &into, scene)
                && let Some(item) = self.items.get(&id)
            {
                open.extend(item.children.iter().rev().map(|child| (*child, element.clone())));
            }
        }
    }

    /// Draws one node's own parts, wires and badge.
    pub(super) fn draw_one(&mut self, id: NodeId, into: &Element, scene: &Scene) -> Option<Element> {
        let layer = self.items.get(&id)?.layer;
        let at = scene.rect(id)?.origin() - self.layers.base(layer);
        let public = self.publics.contains(&id);
        let item = self.items.get_mut(&id)?;
        let element = self.pen.draw(&item.node, public, at, self.layers.letters(layer))?;
        item.at = at;
        item.element = Some(element.clone());
        append(into, &element);
        self.draw_wires_in(Some(id), scene);
        self.draw_badge(id);
        self.draw_tag(id);
        Some(element)
    }

    /// Brings a subtree's elements to where the nodes are, writing only what changed; `resized` if the first one's size did.
    pub(super) fn bake(&mut self, id: NodeId, resized: bool, scene: &Scene) {
        let Some((layer, rect)) = self.items.get(&id).map(|item| item.layer).zip(scene.rect(id)) else { return };
        let mut open = vec![(id, rect.origin() - self.layers.base(layer), resized)];
        while let Some((id, at, resized)) = open.pop() {
            let public = self.publics.contains(&id);
            let Some(item) = self.items.get_mut(&id) else { continue };
            if item.layer != layer {
                self.shift(id, scene);
                continue;
            }
            let changed = resized || item.at != at;
            item.at = at;
            if changed {
                self.wires.touched.push(id);
                if let Some(element) = &item.element {
                    self.pen.place(element, &item.node, public, at, self.layers.letters(layer));
                    self.place_badge(id);
                    self.place_tag(id);
                    self.draw_wires_in(Some(id), scene);
                }
            }
            if let Some(item) = self.items.get(&id) {
                let children = item.children.iter();
                open.extend(
                    children.filter_map(|child| Some((*child, at + self.items.get(child)?.node.rect.origin(), false))),
                );
            }
        }
        self.layers.stale(layer);
    }

    /// Takes a subtree out of the drawing; its items stay for the tree.
    pub(super) fn erase(&mut self, id: NodeId) {
        self.unlift(id);
        if let Some(item) = self.items.get(&id) {
            self.interrupt(item.layer);
        }
        for id in self.subtree(id) {
            let Some(item) = self.items.get_mut(&id) else { continue };
            let (layer, group) = (item.layer, item.group.take());
            (item.badge, item.tag) = (None, None);
            item.wires = None;
            if let Some(element) = item.element.take() {
                element.remove();
            }
            self.layers.leave(layer, id);
            if let Some(group) = group {
                self.layers.remove_group(group);
            }
            self.forget_wires_in(id);
        }
    }

    /// Puts a subtree that is in the tree into the drawing.
    pub(super) fn insert(&mut self, id: NodeId, scene: &Scene) {
        let Some(parent) = self.items.get(&id).map(|item| item.node.parent) else { return };
        let subtree = self.subtree(id);
        // Inside a frame that is drawn whole, the frame's layer; else one of those among the parts of the frame.
        let around = parent
            .and_then(|parent| self.items.get(&parent))
            .map(|item| (item.layer, item.group, item.element.clone()));
        let (layer, into) = match around {
            Some((layer, None, element)) => {
                self.layers.grow(layer, subtree.len());
                (layer, element)
            }
            around => {
                let group = around.and_then(|(_, group, _)| group).unwrap_or_default();
                let layer = self.layers.bucket(group, subtree.len());
                self.interrupt(layer);
                self.layers.enter(layer, id);
                (layer, self.layers.near(layer))
            }
        };
        for id in &subtree {
            if let Some(item) = self.items.get_mut(id) {
                item.layer = layer;
            }
        }
        self.wires.touched.extend(&subtree);
        if let Some(into) = into {
            self.draw_tree(id, &into, scene);
        }
        self.layers.stale(layer);
    }
}
