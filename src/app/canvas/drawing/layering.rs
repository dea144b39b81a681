//! Which nodes are in which layer, and how a node's move becomes a move of its layer.

use std::collections::BTreeMap;

use groundplan::design::Point;
use groundplan::id::NodeId;
use groundplan::interact::Scene;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::Drawing;
use crate::app::canvas::layers::{GroupId, LayerId, MOST, OWN, Role};

impl Drawing {
    /// Lays all nodes out in layers anew; every element is made again when it is needed.
    pub(super) fn rebuild(&mut self, scene: &Scene) {
        self.drop_lift();
        self.layers.clear();
        self.view.forget();
        for item in self.items.values_mut() {
            (item.element, item.wires, item.badge, item.tag, item.group) = (None, None, None, None, None);
        }
        self.wires.forget_elements();
        let mut sizes = BTreeMap::new();
        let roots = self.layers.roots.clone();
        for root in &roots {
            for id in self.subtree(*root).into_iter().rev() {
                let inside: usize = self
                    .items
                    .get(&id)
                    .map_or(0, |item| item.children.iter().filter_map(|child| sizes.get(child)).sum());
                sizes.insert(id, inside + 1);
            }
        }
        self.layers.add(GroupId::default(), Point::default(), Vec::new(), Role::Shell);
        self.split(GroupId::default(), &roots, &sizes, scene);
    }

    fn split(&mut self, group: GroupId, nodes: &[NodeId], sizes: &BTreeMap<NodeId, usize>, scene: &Scene) {
        let base = self.layers.group_base(group);
        let mut bucket: Option<LayerId> = None;
        for id in nodes {
            let (Some(size), Some(rect)) = (sizes.get(id).copied(), scene.rect(*id)) else { continue };
            let offset = rect.origin() - base;
            if size > MOST {
                let inner = self.layers.add_group(group, offset);
                let shell = self.layers.add(inner, Point::default(), vec![*id], Role::Shell);
                self.settle_in(*id, shell, 1);
                let children = self.items.get_mut(id).map(|item| {
                    item.group = Some(inner);
                    item.children.clone()
                });
                self.split(inner, &children.unwrap_or_default(), sizes, scene);
            } else if size >= OWN {
                let layer = self.layers.add(group, offset, vec![*id], Role::Own);
                self.settle_in(*id, layer, size);
            } else {
                let room = bucket.filter(|layer| self.layers.all.get(layer).is_some_and(|l| l.count + size <= MOST));
                let layer = room.unwrap_or_else(|| self.layers.add(group, Point::default(), Vec::new(), Role::Bucket));
                self.layers.enter(layer, *id);
                self.settle_in(*id, layer, size);
                bucket = Some(layer);
            }
        }
    }

    fn settle_in(&mut self, id: NodeId, layer: LayerId, count: usize) {
        let nodes = if count == 1 { vec![id] } else { self.subtree(id) };
        for id in nodes {
            if let Some(item) = self.items.get_mut(&id) {
                item.layer = layer;
                item.at = Point::default();
            }
        }
        self.layers.grow(layer, count);
    }

    /// What moves as a whole when this node moves: the element of its group, or of the layer that is its alone.
    pub(super) fn whole(&self, id: NodeId) -> Option<Element> {
        let item = self.items.get(&id)?;
        if let Some(group) = item.group.and_then(|group| self.layers.group_element(group)) {
            return Some(group.clone().unchecked_into());
        }
        let layer = self.layers.all.get(&item.layer)?;
        (layer.role == Role::Own && layer.roots == [id]).then(|| layer.svg.clone().unchecked_into())
    }

    /// Brings a node that moved without changing its size to where it is, the cheapest way.
    pub(super) fn shift(&mut self, id: NodeId, scene: &Scene) {
        let Some(item) = self.items.get(&id) else { return };
        let (layer, group, at) = (item.layer, item.group, item.at);
        if self.whole(id).is_none() {
            self.bake(id, false, scene);
            return;
        }
        if !self.lift.on {
            self.wires.touched.extend(self.subtree(id));
        }
        // Its element stands still in the layer; the layer moves by what is left.
        let Some(rect) = scene.rect(id) else { return };
        let by = rect.origin() - self.layers.base(layer) - at;
        match group {
            Some(group) => self.layers.move_group(group, by),
            None => self.layers.move_layer(layer, by),
        }
    }
}
