//! The far drawing of a layer: one path for each look, without words; those are written over it, see [`super::names`].

use std::collections::BTreeMap;
use std::fmt::Write;

use groundplan::design::{Point, Rect};
use groundplan::id::NodeId;
use groundplan::interact::Scene;
use web_sys::Element;

use super::Drawing;
use crate::app::canvas::dom::{append, set, svg};
use crate::app::canvas::layers::{LayerId, Role};
use crate::app::canvas::look;

/// Radius of the disc that says that something was found, in world units.
const MARK: f64 = 14.0;

/// Paths by the class that colours them.
#[derive(Default)]
struct Strokes(BTreeMap<&'static str, String>);

impl Strokes {
    fn rect(&mut self, class: &'static str, rect: Rect) {
        let d = self.0.entry(class).or_default();
        // Writing to a string cannot fail.
        _ = write!(d, "M{} {}h{}v{}h-{}z", rect.x, rect.y, rect.w, rect.h, rect.w);
    }

    fn disc(&mut self, class: &'static str, x: f64, y: f64) {
        let d = self.0.entry(class).or_default();
        _ = write!(d, "M{} {y}a{MARK} {MARK} 0 1 0 {} 0a{MARK} {MARK} 0 1 0-{} 0z", x - MARK, 2.0 * MARK, 2.0 * MARK);
    }

    fn into_group(mut self, wires: &str) -> Element {
        let group = svg("g", "far");
        let add = |kind: &str, class: &str, d: &str| {
            let path = svg("path", &format!("{kind} {class}"));
            set(&path, "d", d);
            append(&group, &path);
        };
        for class in look::FRAMES {
            if let Some(d) = self.0.remove(class) {
                add("frame", class, &d);
            }
        }
        if !wires.is_empty() {
            add("wire", "", wires);
        }
        if let Some(d) = self.0.remove("wrong") {
            add("tile", "wrong", &d);
        }
        group.into()
    }
}

impl Drawing {
    /// Draws a layer from afar, without what is lifted.
    pub(super) fn draw_far(&self, id: LayerId, scene: &Scene) -> Element {
        let base = self.layers.base(id);
        let mut strokes = Strokes::default();
        let mut wires = String::new();
        let Some(layer) = self.layers.all.get(&id) else { return strokes.into_group("") };
        if layer.role == Role::Shell {
            let root = layer.roots.first().copied();
            if let Some(root) = root {
                self.far_node(root, base, &mut strokes, scene);
            }
            self.far_wires(root, base, &mut wires, scene);
        } else {
            for root in &layer.roots {
                self.far_tree(*root, base, &mut strokes, &mut wires, scene);
            }
        }
        strokes.into_group(&wires)
    }

    /// Draws a subtree from afar by itself.
    pub(super) fn draw_far_tree(&self, id: NodeId, base: Point, scene: &Scene) -> Element {
        let (mut strokes, mut wires) = (Strokes::default(), String::new());
        for id in self.subtree(id) {
            self.far_node(id, base, &mut strokes, scene);
            self.far_wires(Some(id), base, &mut wires, scene);
        }
        strokes.into_group(&wires)
    }

    fn far_tree(&self, id: NodeId, base: Point, strokes: &mut Strokes, wires: &mut String, scene: &Scene) {
        let mut open = vec![id];
        while let Some(id) = open.pop() {
            if self.lift.stands_in(id) {
                continue;
            }
            self.far_node(id, base, strokes, scene);
            self.far_wires(Some(id), base, wires, scene);
            if let Some(item) = self.items.get(&id) {
                open.extend(item.children.iter());
            }
        }
    }

    fn far_node(&self, id: NodeId, base: Point, strokes: &mut Strokes, scene: &Scene) {
        let (Some(item), Some(rect)) = (self.items.get(&id), scene.rect(id)) else { return };
        let kind = item.node.kind();
        if self.names.hides(id) {
            return;
        }
        let rect = rect.shifted(Point::default() - base);
        if self.badges.contains_key(&id) {
            strokes.disc("wrong", rect.right() - MARK, rect.y + MARK);
        }
        // Tiles have no room for a name: `names` counts them.
        if kind.spec().shape.is_frame() {
            strokes.rect(look::frame_class(kind, self.publics.contains(&id)), rect);
        }
    }
}
