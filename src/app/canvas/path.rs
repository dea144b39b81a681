//! A packet's path over the drawing: a line through what carries it, an outline and numbers on everything it meets.

use groundplan::catalog::Kind;
use groundplan::design::{Point, Rect};
use groundplan::id::NodeId;
use groundplan::interact::{Camera, Scene};
use web_sys::{Element, SvgElement};

use super::dom::{append, set, svg};
use super::look;
use crate::app::state::highlight::{Mark, Path};

/// Pixels between a node and its outline.
const AROUND: f64 = 5.0;
/// Height of the pill with the numbers.
const PILL: f64 = 20.0;
/// Width of a letter in it.
const LETTER: f64 = 7.0;
/// A cross, relative to its middle.
const CROSS: &str = "m-3.5 -3.5l7 7m0 -7l-7 7";

/// The elements of a mark.
struct Drawn {
    outline: Element,
    pill: Element,
    cross: Option<Element>,
    text: Element,
}

/// The path's elements.
pub struct PathOver {
    root: SvgElement,
    open: Element,
    beyond: Element,
    path: Path,
    drawn: Vec<Drawn>,
}

impl PathOver {
    /// No path yet, under everything else in `over`.
    pub fn new(over: &SvgElement) -> Self {
        let root = svg("g", "path");
        let (beyond, open) = (svg("path", "path-line beyond"), svg("path", "path-line"));
        // A node goes before nothing that is not there: prepending does not fail.
        over.prepend_with_node_1(&root).ok();
        Self { root, open: open.into(), beyond: beyond.into(), path: Path::default(), drawn: Vec::new() }
    }

    /// Shows another path; whether it differs from the one before.
    pub fn show(&mut self, path: Path) -> bool {
        if self.path == path {
            return false;
        }
        self.root.replace_children_with_node_0();
        self.path = path;
        self.drawn = self.path.marks.iter().map(|mark| draw_mark(&self.root, mark)).collect();
        // Lines go under the marks.
        self.root.prepend_with_node_2(&self.beyond, &self.open).ok();
        true
    }

    /// Puts everything where it is on the screen.
    pub fn draw(&self, camera: Camera, scene: &Scene, kind_of: impl Fn(NodeId) -> Option<Kind>) {
        if self.path.marks.is_empty() {
            return;
        }
        let middle = |id: &NodeId| {
            let rect = scene.rect(*id)?;
            let frame = kind_of(*id)?.spec().shape.is_frame();
            let at = rect.center();
            let icon = Point::new(at.x, rect.y + look::ICON / 2.0);
            Some(camera.screen_from_world(if frame { at } else { icon }))
        };
        let points: Vec<Option<Point>> = self.path.line.iter().map(middle).collect();
        let open = self.path.open.min(points.len());
        set(&self.open, "d", &line(points.get(..open).unwrap_or_default()));
        set(&self.beyond, "d", &line(points.get(open.saturating_sub(1)..).unwrap_or_default()));
        for (mark, drawn) in self.path.marks.iter().zip(&self.drawn) {
            let Some(rect) = scene.rect(mark.node).map(|rect| camera.screen_rect(rect)) else { continue };
            place(drawn, rect.inflated(AROUND), mark);
        }
    }
}

fn draw_mark(root: &SvgElement, mark: &Mark) -> Drawn {
    let mut class = String::from("path-mark");
    for (on, name) in [(mark.blocked, " blocked"), (mark.current, " current")] {
        if on {
            class.push_str(name);
        }
    }
    let group = svg("g", &class);
    let (outline, pill, text) = (svg("rect", "path-outline"), svg("rect", "path-pill"), svg("text", ""));
    set(&text, "class", "path-number");
    text.set_text_content(Some(&mark.numbers));
    let cross = mark.blocked.then(|| svg("path", "path-cross"));
    for (element, name, value) in [(&outline, "rx", 8.0), (&pill, "rx", PILL / 2.0), (&pill, "height", PILL)] {
        set(element, name, &value.to_string());
    }
    append(&group, &outline);
    append(&group, &pill);
    append(&group, &text);
    if let Some(cross) = &cross {
        append(&group, cross);
    }
    append(root, &group);
    Drawn { outline: outline.into(), pill: pill.into(), cross: cross.map(Into::into), text: text.into() }
}

fn place(drawn: &Drawn, rect: Rect, mark: &Mark) {
    let number = |element: &Element, name: &str, value: f64| set(element, name, &format!("{value:.1}"));
    // Numbers are a few ASCII digits and dots.
    #[expect(clippy::cast_precision_loss, reason = "a handful of letters")]
    let letters = mark.numbers.chars().count() as f64 * LETTER;
    let width = (letters + 12.0).max(PILL) + if mark.blocked { 12.0 } else { 0.0 };
    let (x, y) = (rect.x - 8.0, rect.y - PILL / 2.0);
    for (name, value) in [("x", rect.x), ("y", rect.y), ("width", rect.w), ("height", rect.h)] {
        number(&drawn.outline, name, value);
    }
    for (name, value) in [("x", x), ("y", y), ("width", width)] {
        number(&drawn.pill, name, value);
    }
    let text_middle = if mark.blocked { x + (width - 12.0) / 2.0 + 1.0 } else { x + width / 2.0 };
    number(&drawn.text, "x", text_middle);
    number(&drawn.text, "y", y + PILL / 2.0 + 4.0);
    if let Some(cross) = &drawn.cross {
        set(cross, "d", &format!("M{:.1} {:.1}{CROSS}", x + width - 11.0, y + PILL / 2.0));
    }
}

/// A line through points, those of nodes that are gone left out.
fn line(points: &[Option<Point>]) -> String {
    let mut d = String::new();
    for at in points.iter().flatten() {
        d.push_str(&format!("{}{:.1} {:.1}", if d.is_empty() { 'M' } else { 'L' }, at.x, at.y));
    }
    d
}
