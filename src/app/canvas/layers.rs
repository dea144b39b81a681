//! Which nodes share an SVG root. A change repaints only its own layer, so layers are the largest subtrees of a few hundred nodes.
//!
//! A frame with more than that heads a group: a `div` with a layer for the frame itself (its shell) and layers or groups for what it holds.
//! Small neighbours share one layer. Moving a group or a layer is one transform, whatever it holds.

use std::collections::BTreeMap;

use groundplan::design::{Point, Rect};
use groundplan::id::NodeId;
use groundplan::interact::Scene;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, SvgElement};

use super::dom::{append, div, svg};
use super::drawing::Drawing;

/// Nodes in a layer: more are split.
const MOST: usize = 300;
/// From this many nodes a subtree has a layer of its own.
const OWN: usize = 24;

/// Which layer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct LayerId(u32);

/// Which group; the default is the world.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct GroupId(u32);

/// How much of a layer is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Nothing: it is out of sight.
    Off,
    /// A few paths.
    Far,
    /// Every node with its words.
    Near,
}

/// What a layer is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Its root's own parts; what is inside the root has layers of its own. The world's has no root, and holds the wires between roots.
    Shell,
    /// One subtree.
    Own,
    /// Small neighbours.
    Bucket,
}

/// An SVG root.
pub struct Layer {
    /// The group it is part of.
    pub group: GroupId,
    /// Its element.
    pub svg: SvgElement,
    /// Its origin in the group.
    pub offset: Point,
    /// The outermost nodes in it.
    pub roots: Vec<NodeId>,
    /// What it is for.
    pub role: Role,
    /// How many nodes it holds.
    pub count: usize,
    /// What it shows.
    pub mode: Mode,
    /// The detailed drawing, once made.
    pub near: Option<Element>,
    /// The far drawing, if it is up to date.
    pub far: Option<Element>,
    /// Around its roots, in its own coordinates, if up to date.
    pub bounds: Option<Rect>,
}

struct Group {
    parent: Option<GroupId>,
    element: HtmlElement,
    offset: Point,
}

/// All layers and groups.
pub struct Layers {
    pub(super) all: BTreeMap<LayerId, Layer>,
    groups: BTreeMap<GroupId, Group>,
    /// The nodes outside every frame.
    pub roots: Vec<NodeId>,
    /// Whether a layer grew so large that all should be laid out anew.
    pub overflow: bool,
    /// Whether a layer became stale since all were last looked through.
    pub changed: bool,
    next: u32,
}

impl Layers {
    /// No layers yet.
    pub fn new(world: &HtmlElement) -> Self {
        let groups = BTreeMap::from([(
            GroupId::default(),
            Group { parent: None, element: world.clone(), offset: Point::default() },
        )]);
        Self { all: BTreeMap::new(), groups, roots: Vec::new(), overflow: false, changed: false, next: 0 }
    }

    fn clear(&mut self) {
        for layer in self.all.values() {
            layer.svg.remove();
        }
        for (id, group) in &self.groups {
            if *id != GroupId::default() {
                group.element.remove();
            }
        }
        self.all.clear();
        self.groups.retain(|id, _| *id == GroupId::default());
        self.overflow = false;
    }

    /// The world point at a group's origin.
    fn group_base(&self, group: GroupId) -> Point {
        let mut at = Point::default();
        let mut open = self.groups.get(&group);
        while let Some(group) = open {
            at = at + group.offset;
            open = group.parent.and_then(|parent| self.groups.get(&parent));
        }
        at
    }

    /// The world point at a layer's origin.
    pub fn base(&self, layer: LayerId) -> Point {
        self.all.get(&layer).map(|layer| self.group_base(layer.group) + layer.offset).unwrap_or_default()
    }

    /// The element for a layer's detailed drawing, once that was begun.
    pub fn near(&self, layer: LayerId) -> Option<Element> {
        self.all.get(&layer)?.near.clone()
    }

    /// The layer with the wires between the outermost nodes.
    pub fn world_shell(&self) -> Option<LayerId> {
        self.all
            .iter()
            .find(|(_, layer)| layer.role == Role::Shell && layer.group == GroupId::default())
            .map(|(id, _)| *id)
    }

    /// Says that a layer's far drawing and bounds are out of date.
    pub fn stale(&mut self, layer: LayerId) {
        self.changed = true;
        if let Some(layer) = self.all.get_mut(&layer) {
            layer.far = None;
            layer.bounds = None;
        }
    }

    fn add(&mut self, group: GroupId, offset: Point, roots: Vec<NodeId>, role: Role) -> LayerId {
        self.next += 1;
        let id = LayerId(self.next);
        let svg = svg("svg", "layer");
        place(&svg.style(), offset);
        svg.style().set_property("display", "none").ok();
        if let Some(group) = self.groups.get(&group) {
            append(&group.element, &svg);
        }
        let layer =
            Layer { group, svg, offset, roots, role, count: 0, mode: Mode::Off, near: None, far: None, bounds: None };
        self.all.insert(id, layer);
        id
    }

    fn add_group(&mut self, parent: GroupId, offset: Point) -> GroupId {
        self.next += 1;
        let id = GroupId(self.next);
        let element = div("group");
        place(&element.style(), offset);
        if let Some(parent) = self.groups.get(&parent) {
            append(&parent.element, &element);
        }
        self.groups.insert(id, Group { parent: Some(parent), element, offset });
        id
    }

    /// Forgets a group with its layers; its nodes must have left.
    pub fn remove_group(&mut self, id: GroupId) {
        if let Some(group) = self.groups.remove(&id) {
            group.element.remove();
        }
        self.all.retain(|_, layer| layer.group != id);
    }

    /// A layer in a group with room for `count` nodes more.
    pub fn bucket(&mut self, group: GroupId, count: usize) -> LayerId {
        let has_room =
            |layer: &Layer| layer.group == group && layer.role == Role::Bucket && layer.count + count <= MOST;
        let found = self.all.iter().find(|(_, layer)| has_room(layer)).map(|(id, _)| *id);
        let id = found.unwrap_or_else(|| self.add(group, Point::default(), Vec::new(), Role::Bucket));
        self.grow(id, count);
        id
    }

    /// Counts nodes that came into a layer.
    pub fn grow(&mut self, layer: LayerId, by: usize) {
        if let Some(layer) = self.all.get_mut(&layer) {
            layer.count += by;
            self.overflow |= layer.count > 2 * MOST;
        }
    }

    /// Makes a node one of a layer's outermost.
    pub fn enter(&mut self, layer: LayerId, root: NodeId) {
        if let Some(layer) = self.all.get_mut(&layer) {
            layer.roots.push(root);
        }
    }

    /// Takes a node out of a layer. A layer that had it as its only root goes.
    pub fn leave(&mut self, id: LayerId, node: NodeId) {
        let Some(layer) = self.all.get_mut(&id) else { return };
        layer.count = layer.count.saturating_sub(1);
        layer.roots.retain(|root| *root != node);
        if layer.count == 0 {
            layer.svg.remove();
            self.all.remove(&id);
            return;
        }
        self.stale(id);
    }
}

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
        if let Some(group) = item.group.and_then(|group| self.layers.groups.get(&group)) {
            return Some(group.element.clone().unchecked_into());
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
        if let Some(group) = group.and_then(|group| self.layers.groups.get_mut(&group)) {
            group.offset = group.offset + by;
            place(&group.element.style(), group.offset);
        } else if let Some(layer) = self.layers.all.get_mut(&layer) {
            layer.offset = layer.offset + by;
            place(&layer.svg.style(), layer.offset);
        }
    }
}

fn place(style: &web_sys::CssStyleDeclaration, at: Point) {
    style.set_property("transform", &format!("translate({}px,{}px)", at.x, at.y)).ok();
}
