//! What of the drawing is shown, and how much of it: layers out of sight are off, below a zoom they are a few paths, and details are drawn while
//! nothing moves, a few milliseconds a frame.

use groundplan::design::{Point, Rect};
use groundplan::id::NodeId;
use groundplan::interact::{Camera, Scene};
use groundplan::layout::lettering::{DETAIL, Lettering};
use web_sys::Element;

use super::{Building, Drawing, View};
use crate::app::browser::window;
use crate::app::canvas::dom::svg;
use crate::app::canvas::layers::{LayerId, Mode, Role};

/// While something moves, details stay until the zoom is this share of that, so that a wheel at the threshold does not draw back and forth.
const KEEP: f64 = 0.8;
/// What is nearer than this to the viewport, in pixels, is shown already.
const MARGIN: f64 = 150.0;
/// Milliseconds of a frame that may be spent on details.
const SLICE: f64 = 4.0;

impl View {
    /// The zoom by which it is decided what is read: louder words are as if they were seen from farther away.
    pub fn reading(&self) -> f64 {
        self.camera.zoom / self.loud.max(1.0)
    }

    /// Forgets what was to be drawn: the layers are others now.
    pub fn forget(&mut self) {
        self.queue.clear();
        self.building = None;
    }

    /// Whether details wait to be drawn.
    pub fn has_work(&self) -> bool {
        !self.queue.is_empty()
    }
}

impl Drawing {
    /// Looks from elsewhere.
    pub fn look(&mut self, camera: Camera, viewport: (f64, f64), scene: &Scene) {
        (self.view.camera, self.view.size) = (camera, viewport);
        let transform = format!("translate({}px,{}px) scale({})", camera.x, camera.y, camera.zoom);
        self.world.style().set_property("transform", &transform).ok();
        self.refresh(scene);
    }

    /// Decides for every layer what it shows. What is cheap happens at once, the rest waits for [`Drawing::work`].
    pub fn refresh(&mut self, scene: &Scene) {
        let view = self.view.camera.visible(self.view.size).inflated(MARGIN / self.view.camera.zoom);
        let zoom = self.view.reading();
        if !self.view.busy {
            self.view.letters = Lettering::at(zoom);
        }
        let ids: Vec<LayerId> = self.layers.all.keys().copied().collect();
        self.view.queue.clear();
        self.layers.changed = false;
        for id in ids {
            let bounds = self.bounds(id, scene);
            let Some(layer) = self.layers.all.get(&id) else { continue };
            let base = self.layers.base(id);
            if bounds.is_some_and(|bounds| !bounds.shifted(base).intersects(view)) {
                // A detailed layer out of sight costs nothing and comes back for nothing.
                if layer.mode == Mode::Far {
                    self.show(id, Mode::Off, scene);
                }
                continue;
            }
            let mode = layer.mode;
            let want = match mode {
                Mode::Near if self.view.busy && zoom >= DETAIL * KEEP => Mode::Near,
                _ if zoom >= DETAIL => Mode::Near,
                _ => Mode::Far,
            };
            if mode == want {
                if want == Mode::Far && layer.far.is_none() {
                    // What is dragged leaves at once; else the old drawing does until there is time.
                    if self.lift.on {
                        self.show(id, Mode::Far, scene);
                    } else {
                        self.view.queue.push_back((id, Mode::Far));
                    }
                } else if want == Mode::Near && layer.letters != self.view.letters {
                    self.view.queue.push_back((id, Mode::Near));
                }
            } else if want == Mode::Far && mode == Mode::Off {
                self.show(id, Mode::Far, scene);
            } else {
                if mode == Mode::Off {
                    self.show(id, Mode::Far, scene);
                }
                self.view.queue.push_back((id, want));
            }
        }
    }

    /// Draws details for a few milliseconds; whether more is left.
    pub fn work(&mut self, scene: &Scene) -> bool {
        let clock = window().performance();
        let now = || clock.as_ref().map_or(0.0, web_sys::Performance::now);
        let end = now() + SLICE;
        while !self.view.busy && now() < end {
            let Some(&(id, mode)) = self.view.queue.front() else { break };
            if mode == Mode::Near && !self.build(id, scene, || now() < end) {
                break;
            }
            self.view.queue.pop_front();
            self.show(id, mode, scene);
        }
        self.view.has_work()
    }

    /// Draws all that is in sight at once.
    pub fn work_all(&mut self, scene: &Scene) {
        while let Some((id, mode)) = self.view.queue.pop_front() {
            if mode == Mode::Near {
                self.build(id, scene, || true);
            }
            self.show(id, mode, scene);
        }
    }

    /// Draws a layer's nodes in detail while there is time; whether it is done.
    fn build(&mut self, id: LayerId, scene: &Scene, has_time: impl Fn() -> bool) -> bool {
        let started = self.view.building.take().filter(|building| building.layer == id);
        let Some(mut building) = started.or_else(|| self.start(id, scene)) else {
            self.write_anew(id);
            return true;
        };
        while let Some((node, into)) = building.open.pop() {
            if let Some(element) = self.draw_one(node, &into, scene)
                && let Some(item) = self.items.get(&node).filter(|item| item.group.is_none())
            {
                building.open.extend(item.children.iter().rev().map(|child| (*child, element.clone())));
            }
            if !building.open.is_empty() && !has_time() {
                self.view.building = Some(building);
                return false;
            }
        }
        if let Some(layer) = self.layers.all.get_mut(&id) {
            layer.near = Some(building.near);
        }
        // It may have taken several frames, and the drawing been seen from nearer or farther since it began.
        self.write_anew(id);
        true
    }

    fn start(&mut self, id: LayerId, scene: &Scene) -> Option<Building> {
        let layer = self.layers.all.get(&id)?;
        if layer.near.is_some() {
            return None;
        }
        self.layers.set_letters(id, self.view.letters);
        let layer = self.layers.all.get(&id)?;
        let near: Element = svg("g", "near").into();
        let open: Vec<_> = layer.roots.iter().rev().map(|root| (*root, near.clone())).collect();
        if layer.role == Role::Shell && open.is_empty() {
            self.wires.world = Some(near.clone());
            self.draw_wires_in(None, scene);
        }
        Some(Building { layer: id, near, open })
    }

    /// Writes the words of a layer anew, in letters of the size in which they are read now.
    fn write_anew(&mut self, id: LayerId) {
        let letters = self.view.letters;
        let Some(layer) = self.layers.all.get(&id).filter(|layer| layer.letters != letters) else { return };
        let mut open = layer.roots.clone();
        self.layers.set_letters(id, letters);
        while let Some(node) = open.pop() {
            let Some(item) = self.items.get(&node).filter(|item| item.layer == id) else { continue };
            open.extend(item.children.iter().copied());
            if let Some(element) = &item.element {
                self.pen.write(element, &item.node, self.publics.contains(&node), item.at, letters);
                self.place_badge(node);
                self.place_tag(node);
            }
        }
    }

    /// Stops a build that a change of the tree made wrong; what it drew is dropped.
    pub(super) fn interrupt(&mut self, layer: LayerId) {
        if self.view.building.take_if(|building| building.layer == layer).is_some() {
            let within: Vec<NodeId> =
                self.items.iter().filter(|(_, item)| item.layer == layer).map(|(id, _)| *id).collect();
            for id in within {
                if let Some(item) = self.items.get_mut(&id) {
                    (item.element, item.wires, item.badge, item.tag) = (None, None, None, None);
                }
                self.forget_wires_in(id);
            }
        }
    }

    fn show(&mut self, id: LayerId, mode: Mode, scene: &Scene) {
        let far = match self.layers.all.get(&id) {
            Some(layer) if mode == Mode::Far && layer.far.is_none() => Some(self.draw_far(id, scene)),
            _ => None,
        };
        let Some(layer) = self.layers.all.get_mut(&id) else { return };
        if far.is_some() {
            layer.far = far;
        }
        let content = match mode {
            Mode::Off => None,
            Mode::Far => layer.far.as_ref(),
            Mode::Near => layer.near.as_ref(),
        };
        if let Some(content) = content {
            layer.svg.replace_children_with_node_1(content);
        }
        if (layer.mode == Mode::Off) != (mode == Mode::Off) {
            layer.svg.style().set_property("display", if mode == Mode::Off { "none" } else { "block" }).ok();
        }
        layer.mode = mode;
    }

    /// Around a layer's roots in its own coordinates; nothing for the world's shell, which is everywhere.
    fn bounds(&mut self, id: LayerId, scene: &Scene) -> Option<Rect> {
        let layer = self.layers.all.get(&id)?;
        if layer.bounds.is_none() {
            let around = layer.roots.iter().filter_map(|root| scene.rect(*root)).reduce(Rect::union);
            let base = self.layers.base(id);
            let bounds = around.map(|rect| rect.shifted(Point::default() - base));
            self.layers.all.get_mut(&id)?.bounds = bounds;
        }
        self.layers.all.get(&id)?.bounds
    }

    /// Lets the browser draw the scaled picture sharp again, after a zoom. Lines of the far drawing become as thick on the screen as before.
    pub fn sharpen(&self, sharp: bool) {
        let style = self.world.style();
        style.set_property("will-change", if sharp { "auto" } else { "transform" }).ok();
        let zoom = self.view.camera.zoom;
        if sharp && zoom < DETAIL {
            style.set_property("--far-line", &format!("{}px", 1.5 / zoom)).ok();
        }
    }
}
