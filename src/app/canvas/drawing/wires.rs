//! The lines between nodes. Each stands in the frame around both its ends, beneath what the frame holds: icons cover wires, and the soft fills of
//! frames let them through.

use std::collections::BTreeSet;

use groundplan::design::Point;
use groundplan::id::NodeId;
use groundplan::interact::Scene;
use groundplan::layout::edges::{Edge, WireClass};
use groundplan::layout::wire;
use web_sys::Element;

use super::{Drawing, Line, Wires};
use crate::app::canvas::dom::{append, set, svg};
use crate::app::canvas::layers::LayerId;

impl Wires {
    /// Forgets every element: the layers are made anew.
    pub(super) fn forget_elements(&mut self) {
        self.world = None;
        for line in self.lines.values_mut() {
            (line.element, line.away) = (None, false);
        }
    }
}

impl Drawing {
    /// Shows the wires at these nodes that are hidden otherwise.
    pub fn show_wires_of(&mut self, nodes: impl Iterator<Item = NodeId>, scene: &Scene) {
        let hidden = |edge: &Edge| edge.class == WireClass::OnSelect;
        let now: BTreeSet<Edge> = nodes.flat_map(|id| scene.edges_of(id).filter(hidden).collect::<Vec<_>>()).collect();
        let before = std::mem::replace(&mut self.wires.shown, now.clone());
        for edge in before.difference(&now) {
            self.drop_wire(*edge);
        }
        for edge in now.difference(&before) {
            self.put_wire(*edge, scene);
        }
    }

    pub(super) fn add_wire(&mut self, edge: Edge, scene: &Scene) {
        if edge.class == WireClass::Always {
            self.put_wire(edge, scene);
            self.wires.touched.extend([edge.from, edge.to]);
        }
    }

    pub(super) fn remove_wire(&mut self, edge: Edge) {
        self.wires.shown.remove(&edge);
        self.drop_wire(edge);
        self.wires.touched.extend([edge.from, edge.to]);
    }

    /// Draws a line of any origin; [`Drawing::add_wire`] is for those of the design.
    pub(super) fn put_wire(&mut self, edge: Edge, scene: &Scene) {
        let home = self.home_of(edge);
        self.wires.lines.entry(edge).or_insert(Line { home, element: None, away: false });
        self.wires.homes.entry(home).or_default().insert(edge);
        self.draw_wire(edge, scene);
        self.stale_home(home);
    }

    fn drop_wire(&mut self, edge: Edge) {
        let Some(line) = self.wires.lines.remove(&edge) else { return };
        if let Some(element) = line.element {
            element.remove();
        }
        self.lift.forget_wire(edge);
        self.leave_home(edge, line.home);
        self.stale_home(line.home);
    }

    fn leave_home(&mut self, edge: Edge, home: Option<NodeId>) {
        if let Some(edges) = self.wires.homes.get_mut(&home) {
            edges.remove(&edge);
            if edges.is_empty() {
                self.wires.homes.remove(&home);
            }
        }
    }

    fn stale_home(&mut self, home: Option<NodeId>) {
        let layer = match home {
            Some(id) => self.items.get(&id).map(|item| item.layer),
            None => self.layers.world_shell(),
        };
        if let Some(layer) = layer {
            self.layers.stale(layer);
        }
    }

    /// The smallest frame around both ends.
    fn home_of(&self, edge: Edge) -> Option<NodeId> {
        let parent = |id: NodeId| self.items.get(&id).and_then(|item| item.node.parent);
        let around = |id| std::iter::successors(parent(id), |up| parent(*up));
        around(edge.from).find(|frame| around(edge.to).any(|other| other == *frame))
    }

    /// Draws the wires among what a frame holds, or again where they are.
    pub(super) fn draw_wires_in(&mut self, home: Option<NodeId>, scene: &Scene) {
        let Some(edges) = self.wires.homes.get(&home) else { return };
        for edge in edges.iter().copied().collect::<Vec<_>>() {
            self.draw_wire(edge, scene);
        }
    }

    pub(super) fn draw_wire(&mut self, edge: Edge, scene: &Scene) {
        let Some(line) = self.wires.lines.get(&edge) else { return };
        if line.away {
            if let Some(element) = &line.element {
                set(element, "d", &outline(edge, Point::default(), scene));
            }
            return;
        }
        let home = line.home;
        let Some((container, layer)) = self.container(home) else { return };
        let base = layer.map(|layer| self.layers.base(layer)).unwrap_or_default();
        let Some(line) = self.wires.lines.get_mut(&edge) else { return };
        let element = line.element.get_or_insert_with(|| {
            let element: Element =
                svg("path", if edge.class == WireClass::Always { "wire" } else { "wire hint" }).into();
            append(&container, &element);
            element
        });
        set(element, "d", &outline(edge, base, scene));
    }

    /// Draws wires again that run elsewhere now.
    pub fn redraw_wires(&mut self, edges: impl IntoIterator<Item = Edge>, scene: &Scene) {
        for edge in edges {
            self.draw_wire(edge, scene);
            if let Some(home) = self.wires.lines.get(&edge).map(|line| line.home) {
                self.stale_home(home);
            }
        }
    }

    /// The group for the wires of a frame that is drawn in detail, and the layer it is in.
    fn container(&mut self, home: Option<NodeId>) -> Option<(Element, Option<LayerId>)> {
        let Some(id) = home else { return self.wires.world.clone().map(|world| (world, None)) };
        let item = self.items.get_mut(&id)?;
        let frame = item.element.as_ref()?;
        let wires = item.wires.get_or_insert_with(|| {
            let wires: Element = svg("g", "wires").into();
            // After the frame's four own parts, beneath what it holds.
            let first = std::iter::successors(frame.first_element_child(), Element::next_element_sibling).nth(4);
            frame.insert_before(&wires, first.as_deref()).ok();
            wires
        });
        Some((wires.clone(), Some(item.layer)))
    }

    /// The elements of the wires in a frame went with the frame's.
    pub(super) fn forget_wires_in(&mut self, id: NodeId) {
        for edge in self.wires.homes.get(&Some(id)).into_iter().flatten() {
            if let Some(line) = self.wires.lines.get_mut(edge)
                && !line.away
            {
                line.element = None;
            }
        }
    }

    /// Lets the wires at everything that moved follow.
    pub(super) fn follow_wires(&mut self, scene: &Scene) {
        let touched: BTreeSet<NodeId> = std::mem::take(&mut self.wires.touched).into_iter().collect();
        let all: BTreeSet<Edge> = touched.iter().flat_map(|id| scene.edges_of(*id).collect::<Vec<_>>()).collect();
        for edge in all {
            let Some(line) = self.wires.lines.get(&edge) else { continue };
            let (old, new) = (line.home, self.home_of(edge));
            if old != new {
                self.leave_home(edge, old);
                self.stale_home(old);
                self.wires.homes.entry(new).or_default().insert(edge);
                if let Some(line) = self.wires.lines.get_mut(&edge) {
                    line.home = new;
                    if !line.away
                        && let Some(element) = line.element.take()
                    {
                        element.remove();
                    }
                }
            }
            self.draw_wire(edge, scene);
            self.stale_home(new);
        }
    }

    /// Gives a wire to the drag: it follows in a layer above all.
    pub(super) fn take_wire(&mut self, edge: Edge, sheet: &Element) {
        let Some(line) = self.wires.lines.get_mut(&edge) else { return };
        line.away = true;
        let element = line.element.get_or_insert_with(|| svg("path", "wire").into());
        append(sheet, element);
        let home = line.home;
        self.stale_home(home);
    }

    /// Takes a wire back from the drag.
    pub(super) fn return_wire(&mut self, edge: Edge, scene: &Scene) {
        let Some(home) = self.wires.lines.get_mut(&edge).map(|line| {
            line.away = false;
            line.home
        }) else {
            return;
        };
        match self.container(home) {
            Some((container, _)) => {
                if let Some(element) = self.wires.lines.get(&edge).and_then(|line| line.element.as_ref()) {
                    append(&container, element);
                }
                self.draw_wire(edge, scene);
            }
            None => {
                if let Some(element) = self.wires.lines.get_mut(&edge).and_then(|line| line.element.take()) {
                    element.remove();
                }
            }
        }
        self.stale_home(home);
    }

    /// Whether a wire is drawn and, if so, the frame it stands in.
    pub(super) fn wire_home(&self, edge: Edge) -> Option<Option<NodeId>> {
        self.wires.lines.get(&edge).map(|line| line.home)
    }

    /// The wires of a frame for the far drawing.
    pub(super) fn far_wires(&self, home: Option<NodeId>, base: Point, d: &mut String, scene: &Scene) {
        for edge in self.wires.homes.get(&home).into_iter().flatten() {
            if self.wires.lines.get(edge).is_some_and(|line| !line.away) {
                d.push_str(&wire::path(&scene.route(*edge), base));
            }
        }
    }
}

fn outline(edge: Edge, base: Point, scene: &Scene) -> String {
    let points = scene.route(edge);
    let mut d = wire::path(&points, base);
    d.push_str(&wire::arrow(&points, base));
    d
}
