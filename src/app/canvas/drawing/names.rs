//! The words on a drawing that is looked at from afar, over all layers: there are as many as the screen has room for, however large the design.

use std::collections::BTreeSet;
use std::fmt::Write;

use groundplan::design::{Design, Point};
use groundplan::id::NodeId;
use groundplan::interact::Scene;
use groundplan::layout::far::{self, Class, Far, GAP, LETTERS, Label, SQUARE};
use groundplan::layout::lettering::DETAIL;
use groundplan::picture::glyph;
use groundplan::picture::icons::icon;
use groundplan::text::Lang;
use web_sys::{Element, SvgElement};

use super::Drawing;
use crate::app::canvas::dom::{append, set, svg};

/// Pixels around the canvas that words are written for already.
const MARGIN: f64 = 240.0;
/// From the upper edge of words to their base line, in pixels.
const BASE: f64 = 11.0;

/// The words from afar.
#[derive(Default)]
pub struct Names {
    far: Far,
    root: Option<SvgElement>,
    /// In which language and at which zoom they are written.
    written: Option<(Lang, u64)>,
}

impl Names {
    /// Whether a frame is too small for a name: then it is counted, not drawn.
    pub(super) fn hides(&self, frame: NodeId) -> bool {
        self.far.hidden.contains(&frame)
    }
}

impl Drawing {
    /// Writes the words for the zoom of now, where it is too small for those of the detailed drawing.
    pub fn write_names(&mut self, design: &Design, scene: &Scene, lang: Lang) {
        let camera = self.view.camera;
        let zoom = self.view.reading();
        if zoom >= DETAIL {
            self.wipe_names();
            return;
        }
        let window = camera.visible(self.view.size).inflated(MARGIN / camera.zoom);
        let far = far::far(design, |id| scene.rect(id), window, zoom);
        let written = Some((lang, zoom.to_bits()));
        if self.names.written == written && self.names.far == far {
            return;
        }
        let turned: BTreeSet<NodeId> = self.names.far.hidden.symmetric_difference(&far.hidden).copied().collect();
        self.names.far = far;
        self.names.written = written;
        for id in turned {
            if let Some(item) = self.items.get(&id) {
                self.layers.stale(item.layer);
            }
        }
        let world = self.world.clone();
        let root = self.names.root.get_or_insert_with(|| {
            let root = svg("svg", "layer names");
            append(&world, &root);
            root
        });
        root.replace_children_with_node_0();
        let pixel = 1.0 / zoom;
        root.style().set_property("--pixel", &format!("{pixel:.4}px")).ok();
        set(root, "font-size", &(LETTERS * pixel).to_string());
        for label in &self.names.far.labels {
            append(root, &write_label(label, pixel, lang));
        }
    }

    /// Takes the words away, as soon as the detailed drawing has its own.
    pub fn wipe_names(&mut self) {
        if let Some(root) = self.names.root.take() {
            root.remove();
        }
        self.names.written = None;
    }
}

/// One of the words, a pixel of the screen being so many units of the world.
fn write_label(label: &Label, pixel: f64, lang: Lang) -> Element {
    let class = if label.class == Class::Title { "far-title" } else { "far-count" };
    let group = svg("g", class);
    let (x, y) = (label.place.x * pixel, label.place.y * pixel);
    let mut left = x;
    if let Some(kind) = label.kind {
        let icon = icon(kind);
        let side = SQUARE * pixel;
        let square = svg("path", &format!("tile {}", icon.tint.class()));
        let mut d = String::new();
        // Writing to a string cannot fail.
        _ = write!(d, "M{x} {}h{side}v{side}h-{side}z", y + pixel);
        set(&square, "d", &d);
        append(&group, &square);
        let sign = svg("path", "glyph");
        d.clear();
        let at = glyph::corner(Point::new(x, y + pixel), side);
        _ = write!(d, "M{} {}{}", at.x, at.y, glyph::on_square(icon.path, side));
        set(&sign, "d", &d);
        append(&group, &sign);
        left += (SQUARE + GAP) * pixel;
    }
    let text = svg("text", "");
    text.set_text_content(Some(label.text.get(lang)));
    set(&text, "x", &left.to_string());
    set(&text, "y", &(y + BASE * pixel).to_string());
    append(&group, &text);
    group.into()
}
