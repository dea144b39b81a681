//! What is drawn over the drawing: selection, handles, marquee, guides, the frame that would take what is dragged, ghosts and the rubber band.
//!
//! It stands in screen coordinates, so its lines and handles are as large at every zoom, and has few elements, so it is written anew at every step.

use std::collections::BTreeSet;

use groundplan::design::{Point, Rect};
use groundplan::id::NodeId;
use groundplan::interact::{Camera, Overlay, Scene};
use groundplan::layout::edges::Edge;
use groundplan::layout::wire;
use groundplan::picture::glyph;
use groundplan::picture::icons::icon;
use groundplan::text::Message;
use web_sys::{Element, SvgElement};

use super::dom::{append, set, svg};
use super::look;

/// Side of a handle in pixels.
const HANDLE: f64 = 9.0;
/// Pixels between a node and the line around it when it is selected.
const AROUND: f64 = 3.0;

/// The connection handle, relative to its middle: a disc with an arrow.
const CONNECT: &str = "m-9 0a9 9 0 1 0 18 0a9 9 0 1 0-18 0zm4.5 0h9m-3.5-3.5l3.5 3.5l-3.5 3.5";

/// The handle at an end of a wire, relative to its middle: a disc.
const WIRE_END: &str = "m-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z";

/// The kinds of lines, from the lowest to the topmost; each is one path with this class.
const CLASSES: [&str; 15] = [
    "lost",
    "wire-hover",
    "wire-selection",
    "lit",
    "drop",
    "drop refused",
    "hover",
    "selection",
    "ghost",
    "ghost-glyph",
    "band",
    "guides",
    "marquee",
    "handles",
    "connect",
];

/// The overlay's elements.
pub struct Over {
    /// Its root.
    pub svg: SvgElement,
    paths: Vec<(Element, String)>,
    drawn: Vec<String>,
}

/// What to draw over.
pub struct Shown<'a> {
    /// From where it is looked at.
    pub camera: Camera,
    /// Where things are.
    pub scene: &'a Scene,
    /// What goes on.
    pub overlay: &'a Overlay,
    /// What is selected.
    pub selection: &'a [NodeId],
    /// What is taken away to see what would still work.
    pub lost: &'a BTreeSet<NodeId>,
    /// Where its resize handles stand on the screen.
    pub handles: Option<[Point; 8]>,
    /// Where its connection handle stands on the screen.
    pub connect: Option<Point>,
    /// The selected wire.
    pub wire: Option<Edge>,
    /// Where its ends are on the screen.
    pub ends: Option<[Point; 2]>,
}

impl Over {
    /// Nothing drawn yet.
    pub fn new() -> Self {
        let root = svg("svg", "over");
        let mut paths = Vec::new();
        for class in CLASSES {
            let path = svg("path", class);
            append(&root, &path);
            paths.push((path.into(), String::new()));
        }
        Self { svg: root, drawn: vec![String::new(); paths.len()], paths }
    }

    /// Draws.
    pub fn draw(&mut self, shown: &Shown) {
        let Shown { camera, scene, overlay, .. } = *shown;
        let screen = |id: NodeId| scene.rect(id).map(|rect| camera.screen_rect(rect));
        for rect in shown.lost.iter().filter_map(|id| screen(*id)) {
            self.frame("lost", Some(rect), AROUND);
            let (right, bottom) = (rect.right(), rect.bottom());
            self.write(
                "lost",
                &format!(
                    "M{:.1} {:.1}L{right:.1} {bottom:.1}M{right:.1} {:.1}L{:.1} {bottom:.1}",
                    rect.x, rect.y, rect.y, rect.x
                ),
            );
        }
        if overlay.band.is_none() {
            let hover = overlay.wire.filter(|edge| shown.wire != Some(*edge));
            for (class, edge) in [("wire-hover", hover), ("wire-selection", shown.wire)] {
                let route = edge.map(|edge| scene.route(edge)).unwrap_or_default();
                let points: Vec<_> = route.into_iter().map(|p| camera.screen_from_world(p)).collect();
                let origin = Point::default();
                self.write(class, &(wire::path(&points, origin) + &wire::arrow(&points, origin)));
            }
            for at in shown.ends.into_iter().flatten() {
                self.write("handles", &format!("M{:.1} {:.1}{WIRE_END}", at.x, at.y));
            }
        }
        for id in overlay.lit.iter() {
            self.frame("lit", screen(*id), AROUND);
        }
        if let Some(drop) = &overlay.drop {
            let class = if drop.refusal.is_some() { "drop refused" } else { "drop" };
            self.frame(class, drop.frame.and_then(screen), 1.0);
        }
        if overlay.gesture.is_none() {
            let hover = overlay.hover.filter(|id| !shown.selection.contains(id));
            self.frame("hover", hover.and_then(screen), AROUND);
        }
        for id in shown.selection {
            self.frame("selection", screen(*id), AROUND);
        }
        if let Some(ghost) = &overlay.ghost {
            let rect = camera.screen_rect(ghost.rect);
            self.frame("ghost", Some(rect), 0.0);
            let side = (if ghost.kind.spec().shape.is_frame() { look::CORNER } else { look::ICON }) * camera.zoom;
            let x = if ghost.kind.spec().shape.is_frame() { rect.x } else { rect.x + (rect.w - side) / 2.0 };
            let path = glyph::on_square(icon(ghost.kind).path, side);
            let at = glyph::corner(Point::new(x, rect.y), side);
            self.write("ghost-glyph", &format!("M{} {}{path}", at.x, at.y));
        }
        if let Some(band) = &overlay.band {
            let points: Vec<_> = band.points.iter().map(|p| camera.screen_from_world(*p)).collect();
            let origin = Point::default();
            self.write("band", &(wire::path(&points, origin) + &wire::arrow(&points, origin)));
            let end = band.end.and_then(screen);
            self.frame(if band.refusal.is_some() { "drop refused" } else { "drop" }, end, AROUND);
        }
        for guide in &overlay.guides {
            let (a, b) = (camera.screen_from_world(guide.from), camera.screen_from_world(guide.to));
            self.write("guides", &format!("M{} {}L{} {}", a.x, a.y, b.x, b.y));
        }
        if let Some(marquee) = overlay.marquee {
            self.frame("marquee", Some(camera.screen_rect(marquee)), 0.0);
        }
        if overlay.gesture.is_none() && overlay.band.is_none() {
            for at in shown.handles.into_iter().flatten() {
                let h = HANDLE / 2.0;
                self.frame("handles", Some(Rect::new(at.x - h, at.y - h, HANDLE, HANDLE)), 0.0);
            }
            if let Some(at) = shown.connect {
                self.write("connect", &format!("M{:.1} {:.1}{CONNECT}", at.x, at.y));
            }
        }
        self.flush();
    }

    fn frame(&mut self, class: &str, rect: Option<Rect>, around: f64) {
        if let Some(rect) = rect {
            let r = rect.inflated(around);
            self.write(class, &format!("M{:.1} {:.1}h{:.1}v{:.1}h-{:.1}z", r.x, r.y, r.w, r.h, r.w));
        }
    }

    fn write(&mut self, class: &str, d: &str) {
        let place = CLASSES.iter().position(|known| *known == class);
        if let Some((_, path)) = place.and_then(|place| self.paths.get_mut(place)) {
            path.push_str(d);
        }
    }

    /// Writes what differs from what is there.
    fn flush(&mut self) {
        for ((element, d), drawn) in self.paths.iter_mut().zip(&mut self.drawn) {
            if d != drawn {
                set(element, "d", d);
                std::mem::swap(d, drawn);
            }
            d.clear();
        }
    }
}

/// Why what is dragged, placed or connected may not go here, if it may not.
pub fn refusal(overlay: &Overlay) -> Option<&Message> {
    let drop = overlay.drop.as_ref().and_then(|drop| drop.refusal.as_ref());
    drop.or_else(|| overlay.band.as_ref().and_then(|band| band.refusal.as_ref()))
}
