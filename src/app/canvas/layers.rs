//! Which nodes share an SVG root. A change repaints only its own layer, so layers are the largest subtrees of a few hundred nodes.
//!
//! A frame with more than that heads a group: a `div` with a layer for the frame itself (its shell) and layers or groups for what it holds.
//! Small neighbours share one layer. Moving a group or a layer is one transform, whatever it holds.

use std::collections::BTreeMap;

use groundplan::design::{Point, Rect};
use groundplan::id::NodeId;
use groundplan::layout::lettering::Lettering;
use web_sys::{Element, HtmlElement, SvgElement};

use super::dom::{append, div, svg};

/// Nodes in a layer: more are split.
pub(super) const MOST: usize = 300;
/// From this many nodes a subtree has a layer of its own.
pub(super) const OWN: usize = 24;

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
    /// How large its words are.
    pub letters: Lettering,
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

    pub(super) fn clear(&mut self) {
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
    pub(super) fn group_base(&self, group: GroupId) -> Point {
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

    /// How large the words of a layer are.
    pub fn letters(&self, layer: LayerId) -> Lettering {
        self.all.get(&layer).map(|layer| layer.letters).unwrap_or_default()
    }

    /// Makes the letters of a layer as large as said; its words are to be written anew.
    pub fn set_letters(&mut self, layer: LayerId, letters: Lettering) {
        if let Some(layer) = self.all.get_mut(&layer).filter(|layer| layer.letters != letters) {
            layer.letters = letters;
            size_letters(&layer.svg, letters);
        }
    }

    /// Says that a layer's far drawing and bounds are out of date.
    pub fn stale(&mut self, layer: LayerId) {
        self.changed = true;
        if let Some(layer) = self.all.get_mut(&layer) {
            layer.far = None;
            layer.bounds = None;
        }
    }

    pub(super) fn add(&mut self, group: GroupId, offset: Point, roots: Vec<NodeId>, role: Role) -> LayerId {
        self.next += 1;
        let id = LayerId(self.next);
        let svg = svg("svg", "layer");
        place(&svg.style(), offset);
        svg.style().set_property("display", "none").ok();
        if let Some(group) = self.groups.get(&group) {
            append(&group.element, &svg);
        }
        let layer = Layer {
            group,
            svg,
            offset,
            roots,
            role,
            count: 0,
            mode: Mode::Off,
            near: None,
            letters: Lettering::LIFE,
            far: None,
            bounds: None,
        };
        self.all.insert(id, layer);
        id
    }

    pub(super) fn add_group(&mut self, parent: GroupId, offset: Point) -> GroupId {
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

    /// The element that carries everything in a group.
    pub fn group_element(&self, group: GroupId) -> Option<&HtmlElement> {
        Some(&self.groups.get(&group)?.element)
    }

    /// Moves a group, whatever it holds.
    pub fn move_group(&mut self, group: GroupId, by: Point) {
        if let Some(group) = self.groups.get_mut(&group) {
            group.offset = group.offset + by;
            place(&group.element.style(), group.offset);
        }
    }

    /// Moves a layer, whatever it holds.
    pub fn move_layer(&mut self, layer: LayerId, by: Point) {
        if let Some(layer) = self.all.get_mut(&layer) {
            layer.offset = layer.offset + by;
            place(&layer.svg.style(), layer.offset);
        }
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

/// Tells the style sheet how large words are in an SVG root.
pub fn size_letters(svg: &SvgElement, letters: Lettering) {
    let style = svg.style();
    style.set_property("--scale", &format!("{:.4}", letters.scale())).ok();
    style.set_property("--caption", &format!("{:.3}px", letters.caption())).ok();
}

fn place(style: &web_sys::CssStyleDeclaration, at: Point) {
    style.set_property("transform", &format!("translate({}px,{}px)", at.x, at.y)).ok();
}
