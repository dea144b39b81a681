//! What is dragged is lifted off: it moves by one transform on a layer of its own, however much it holds, and is written back where it is dropped.

use std::collections::BTreeSet;

use groundplan::design::Point;
use groundplan::id::NodeId;
use groundplan::interact::Scene;
use groundplan::layout::edges::Edge;
use web_sys::Element;

use super::{Drawing, How, Lift, Lifted, Sheet};
use crate::app::canvas::dom::{append, set, svg, translate};
use crate::app::canvas::layers::{LayerId, Mode, size_letters};

impl Lift {
    /// Whether a stand-in moves in a node's place.
    pub(super) fn stands_in(&self, id: NodeId) -> bool {
        self.roots.get(&id).is_some_and(|lifted| matches!(lifted.how, How::StandIn(_)))
    }

    pub(super) fn forget_wire(&mut self, edge: Edge) {
        self.taken.remove(&edge);
    }
}

impl Drawing {
    /// A gesture begins: what moves from now on is lifted.
    pub fn begin(&mut self) {
        self.lift.on = true;
    }

    /// Lifts a subtree that just moved.
    pub(super) fn lift(&mut self, id: NodeId, scene: &Scene) {
        if self.lift.roots.contains_key(&id) || self.is_lifted(id) {
            return;
        }
        let Some(item) = self.items.get(&id) else { return };
        let (layer, parent, element) = (item.layer, item.node.parent, item.element.clone());
        let base = self.layers.base(layer);
        let start = base + item.at;
        let is_near = self.layers.all.get(&layer).is_some_and(|layer| layer.mode == Mode::Near);
        let whole = self.whole(id);
        let how = match (whole, element) {
            (Some(element), _) => {
                element.class_list().add_1("lifted").ok();
                How::Whole(element)
            }
            (None, Some(element)) if is_near => {
                append(&self.sheet(layer, base), &element);
                How::Part(element)
            }
            _ => {
                let element = self.draw_far_tree(id, base, scene);
                append(&self.sheet(layer, base), &element);
                How::StandIn(element)
            }
        };
        // A stand-in is drawn where the node is by now.
        let start =
            if matches!(how, How::StandIn(_)) { scene.rect(id).map_or(start, |rect| rect.origin()) } else { start };
        self.layers.stale(layer);
        self.lift.roots.insert(id, Lifted { parent, start, how });
        self.take_wires(id, scene);
    }

    /// The wires that do not move along as they are.
    fn take_wires(&mut self, id: NodeId, scene: &Scene) {
        let mut taken = BTreeSet::new();
        for inner in self.subtree(id) {
            for edge in scene.edges_of(inner) {
                if let Some(home) = self.wire_home(edge)
                    && !home.is_some_and(|home| home == id || self.is_within(home, id))
                {
                    taken.insert(edge);
                }
            }
        }
        if taken.is_empty() {
            return;
        }
        let wires = self.lift.wires.get_or_insert_with(|| {
            let sheet = svg("svg", "layer lifted");
            append(&self.world, &sheet);
            sheet
        });
        let wires: Element = wires.clone().into();
        for edge in taken {
            if self.lift.taken.insert(edge) {
                self.take_wire(edge, &wires);
            }
        }
    }

    fn is_within(&self, id: NodeId, outer: NodeId) -> bool {
        let parent = |id: NodeId| self.items.get(&id).and_then(|item| item.node.parent);
        std::iter::successors(parent(id), |up| parent(*up)).any(|up| up == outer)
    }

    fn is_lifted(&self, id: NodeId) -> bool {
        self.lift.roots.keys().any(|root| self.is_within(id, *root))
    }

    fn sheet(&mut self, layer: LayerId, base: Point) -> Element {
        let letters = self.layers.letters(layer);
        let sheet = self.lift.sheets.entry(layer).or_insert_with(|| {
            let svg = svg("svg", "layer lifted");
            size_letters(&svg, letters);
            translate(&svg, base.x, base.y);
            append(&self.world, &svg);
            Sheet { svg, base, moved: None }
        });
        sheet.svg.clone().into()
    }

    /// Moves what is lifted to where its nodes are now.
    pub(super) fn follow_lift(&mut self, scene: &Scene) {
        if self.lift.roots.is_empty() {
            return;
        }
        for sheet in self.lift.sheets.values_mut() {
            sheet.moved = None;
        }
        let mut wholes = Vec::new();
        for (id, lifted) in &self.lift.roots {
            let (element, layer) = match (&lifted.how, self.items.get(id)) {
                (How::Whole(_), _) => {
                    wholes.push(*id);
                    continue;
                }
                (How::Part(element) | How::StandIn(element), Some(item)) => (element, item.layer),
                _ => continue,
            };
            let (Some(rect), Some(sheet)) = (scene.rect(*id), self.lift.sheets.get_mut(&layer)) else { continue };
            let by = rect.origin() - lifted.start;
            let Some(moved) = sheet.moved else {
                // All that is dragged moves alike, so the sheet's one transform does for all of it.
                sheet.moved = Some(by);
                translate(&sheet.svg, sheet.base.x + by.x, sheet.base.y + by.y);
                continue;
            };
            if moved != by {
                set(element, "transform", &format!("translate({} {})", by.x - moved.x, by.y - moved.y));
            }
        }
        for id in wholes {
            self.shift(id, scene);
        }
        for edge in self.lift.taken.iter().copied().collect::<Vec<_>>() {
            self.draw_wire(edge, scene);
        }
    }

    /// The gesture is over: what was lifted is written where it is.
    pub fn settle(&mut self, scene: &Scene) {
        let lift = std::mem::take(&mut self.lift);
        let taken: Vec<Edge> = lift.taken.iter().copied().collect();
        for (id, lifted) in lift.roots {
            let Some(item) = self.items.get(&id) else { continue };
            let (parent, layer) = (item.node.parent, item.layer);
            match lifted.how {
                How::Whole(element) => {
                    element.class_list().remove_1("lifted").ok();
                }
                How::StandIn(element) => element.remove(),
                How::Part(element) => {
                    element.remove_attribute("transform").ok();
                    let home = parent.and_then(|parent| self.items.get(&parent)).filter(|item| item.layer == layer);
                    let home = home.map_or_else(|| self.layers.near(layer), |item| item.element.clone());
                    if let Some(home) = home {
                        append(&home, &element);
                    }
                }
            }
            if parent == lifted.parent {
                self.shift(id, scene);
            } else {
                self.erase(id);
                self.insert(id, scene);
            }
            self.wires.touched.push(id);
            self.layers.stale(layer);
        }
        for sheet in lift.sheets.values() {
            sheet.svg.remove();
        }
        for edge in taken {
            self.return_wire(edge, scene);
        }
        if let Some(wires) = lift.wires {
            wires.remove();
        }
        self.follow_wires(scene);
        if self.layers.overflow {
            self.rebuild(scene);
        }
        self.refresh(scene);
    }

    /// A lifted node goes: nothing of it is written back.
    pub(super) fn unlift(&mut self, id: NodeId) {
        match self.lift.roots.remove(&id).map(|lifted| lifted.how) {
            Some(How::Part(element) | How::StandIn(element)) => element.remove(),
            Some(How::Whole(element)) => {
                element.class_list().remove_1("lifted").ok();
            }
            None => {}
        }
    }

    /// Forgets what is lifted, because all is drawn anew.
    pub(super) fn drop_lift(&mut self) {
        let on = self.lift.on;
        let lift = std::mem::take(&mut self.lift);
        for sheet in lift.sheets.values() {
            sheet.svg.remove();
        }
        if let Some(wires) = lift.wires {
            wires.remove();
        }
        self.lift.on = on;
    }
}
