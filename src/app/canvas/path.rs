//! A packet's path over the drawing: there and back in two lanes through what carries it, an outline and numbers on everything it meets, and the
//! packet itself, which is moved from hop to hop.

use groundplan::design::{Point, Rect};
use groundplan::interact::{Camera, Scene};
use groundplan::layout::journey::Journey;
use groundplan::text::Lang;
use web_sys::{Element, HtmlElement, SvgElement};

use super::dom::{append, div, set, svg};
use crate::app::browser::window;
use crate::app::state::highlight::{At, Mark, Note, Path};

/// Pixels between a node and its outline.
const AROUND: f64 = 5.0;
/// Height of the pill with the numbers.
const PILL: f64 = 20.0;
/// Width of a letter in it.
const LETTER: f64 = 7.0;
/// Pixels between the middle of the way and either lane.
const LANE: f64 = 4.0;
/// Pixels from the packet to what is said beside it.
const BESIDE: f64 = 18.0;
/// A cross, relative to its middle.
const CROSS: &str = "m-3.5 -3.5l7 7m0 -7l-7 7";
/// The packet, relative to its middle: a disc with an envelope.
const DISC: &str = "m-11 0a11 11 0 1 0 22 0a11 11 0 1 0-22 0z";
const ENVELOPE: &str = "m-5.5 -4h11v8h-11zm0 0l5.5 4.5l5.5 -4.5";
/// Where a packet died, relative to its middle.
const DEAD: &str = "m-6 -6l12 12m0 -12l-12 12";

/// The elements of a mark.
struct Drawn {
    outline: Element,
    pill: Element,
    cross: Option<Element>,
    text: Element,
}

/// A way with its two lines: what the packet passes, and what is beyond the place where it dies.
struct Lane {
    open: Element,
    beyond: Element,
    journey: Journey,
    d: [String; 2],
}

impl Lane {
    fn new(root: &SvgElement, class: &str) -> Self {
        let (beyond, open) =
            (svg("path", &format!("path-line beyond {class}")), svg("path", &format!("path-line {class}")));
        append(root, &beyond);
        append(root, &open);
        Self { open: open.into(), beyond: beyond.into(), journey: Journey::default(), d: Default::default() }
    }

    /// Draws it as it is seen, up to the hop at which it ends.
    fn draw(&mut self, camera: Camera, dead: Option<usize>) {
        let lane = self.journey.aside(LANE / camera.zoom);
        // Hops are few.
        #[expect(clippy::cast_precision_loss, reason = "a handful of hops")]
        let (open, beyond) = match dead {
            Some(hop) => lane.split(hop as f64),
            None => lane.split(f64::MAX),
        };
        let beyond = if dead.is_some() { beyond } else { Vec::new() };
        for ((element, points), drawn) in [(&self.open, open), (&self.beyond, beyond)].into_iter().zip(&mut self.d) {
            let d = line(camera, &points);
            if *drawn != d {
                set(element, "d", &d);
                *drawn = d;
            }
        }
    }
}

/// How far the packet has come.
#[derive(Clone, Copy, Default)]
struct Motion {
    back: bool,
    /// The hop it came from; a fraction where it was stopped between two.
    from: f64,
    to: f64,
    /// When it left, and how long it takes.
    left: f64,
    takes: f64,
}

impl Motion {
    /// Where it is by now.
    fn hop(self, now: f64) -> f64 {
        let share = if self.takes > 0.0 { ((now - self.left) / self.takes).clamp(0.0, 1.0) } else { 1.0 };
        // Gently off and gently to rest.
        self.from + (self.to - self.from) * share * share * (3.0 - 2.0 * share)
    }
}

/// The path's elements.
pub struct PathOver {
    root: SvgElement,
    lanes: [Lane; 2],
    marks: SvgElement,
    packet: SvgElement,
    disc: Element,
    sign: Element,
    note: HtmlElement,
    path: Path,
    drawn: Vec<Drawn>,
    /// Whether the ways are to be laid anew.
    stale: bool,
    motion: Motion,
    lang: Lang,
    /// How many times as large as usual numbers are.
    loud: f64,
}

impl PathOver {
    /// No path yet, under everything else in `over`; what is said beside the packet goes into `root`.
    pub fn new(over: &SvgElement, canvas: &HtmlElement) -> Self {
        let root = svg("g", "path");
        // A node goes before nothing that is not there: prepending does not fail.
        over.prepend_with_node_1(&root).ok();
        let lanes = [Lane::new(&root, "there"), Lane::new(&root, "back")];
        let (marks, packet) = (svg("g", "path-marks"), svg("g", "packet"));
        let (disc, sign) = (svg("path", "packet-disc"), svg("path", "packet-sign"));
        append(&packet, &disc);
        append(&packet, &sign);
        append(&root, &marks);
        append(&root, &packet);
        let note = div("packet-note");
        note.set_hidden(true);
        append(canvas, &note);
        Self {
            root,
            lanes,
            marks,
            packet,
            disc: disc.into(),
            sign: sign.into(),
            note,
            path: Path::default(),
            drawn: Vec::new(),
            stale: false,
            motion: Motion::default(),
            lang: Lang::default(),
            loud: 1.0,
        }
    }

    /// Shows another path; whether it differs from the one before.
    pub fn show(&mut self, path: Path) -> bool {
        if self.path == path {
            return false;
        }
        let before = std::mem::replace(&mut self.path, path);
        let path = &self.path;
        self.marks.replace_children_with_node_0();
        self.drawn = path.marks.iter().map(|mark| draw_mark(&self.marks, mark)).collect();
        set(&self.root, "class", &format!("path {}", path.look.class()));
        self.stale |= before.there != path.there || before.back != path.back;
        self.go(before.at, before.is_empty() || before.there != path.there);
        self.write_note();
        true
    }

    /// The language of what is said beside the packet.
    pub fn speak(&mut self, lang: Lang) {
        self.lang = lang;
        self.write_note();
    }

    /// Makes numbers so many times as large as usual.
    pub const fn read_aloud(&mut self, loud: f64) {
        self.loud = loud;
    }

    /// Things moved: the way is laid anew when it is drawn next.
    pub const fn disturb(&mut self) {
        self.stale = true;
    }

    /// Sends the packet on its way to the hop that is looked at.
    fn go(&mut self, before: At, jump: bool) {
        let (at, now) = (self.path.at, now());
        #[expect(clippy::cast_precision_loss, reason = "a handful of hops")]
        let to = at.hop as f64;
        let near = at.back == before.back && at.hop.abs_diff(before.hop) <= 1 && !jump;
        if at == before && !jump {
            return;
        }
        let from = if near { self.motion.hop(now) } else { to };
        let takes = if near { f64::from(self.path.pace) } else { 0.0 };
        self.motion = Motion { back: at.back, from, to, left: now, takes };
    }

    /// Whether the packet is on its way, so that the next frame has something to draw.
    pub fn moves(&self) -> bool {
        !self.path.is_empty() && now() < self.motion.left + self.motion.takes
    }

    /// Puts everything where it is on the screen; `moved` while what it passes is dragged about, so that no way is known.
    pub fn draw(&mut self, camera: Camera, scene: &Scene, moved: bool) {
        let empty = self.path.is_empty() || moved;
        set(&self.root, "display", if empty { "none" } else { "inline" });
        if empty {
            self.note.set_hidden(true);
            return;
        }
        if std::mem::take(&mut self.stale) {
            let [there, back] = &mut self.lanes;
            there.journey = Journey::new(&self.path.there, scene);
            back.journey = Journey::new(&self.path.back, scene);
        }
        let dead = |back: bool| match self.path.dead {
            Some(dead) if dead.back == back => Some(dead.hop),
            // No answer to what never came.
            Some(dead) if back && !dead.back => Some(0),
            _ => None,
        };
        let (to, from) = (dead(false), dead(true));
        let [there, back] = &mut self.lanes;
        there.draw(camera, to);
        back.draw(camera, from);
        for (mark, drawn) in self.path.marks.iter().zip(&self.drawn) {
            let Some(rect) = scene.rect(mark.node).map(|rect| camera.screen_rect(rect)) else { continue };
            place(drawn, rect.inflated(AROUND), mark, self.loud);
        }
        self.draw_packet(camera);
    }

    fn draw_packet(&self, camera: Camera) {
        let [there, back] = &self.lanes;
        let lane = if self.motion.back { back } else { there };
        let hop = self.motion.hop(now());
        let Some(at) = lane.journey.aside(LANE / camera.zoom).at(hop) else {
            set(&self.packet, "display", "none");
            self.note.set_hidden(true);
            return;
        };
        let at = camera.screen_from_world(at);
        let died = self.path.dead == Some(self.path.at) && !self.moves();
        set(&self.packet, "display", "inline");
        set(&self.packet, "class", if died { "packet dead" } else { "packet" });
        set(&self.disc, "d", &format!("M{:.1} {:.1}{DISC}", at.x, at.y));
        set(&self.sign, "d", &format!("M{:.1} {:.1}{}", at.x, at.y, if died { DEAD } else { ENVELOPE }));
        self.note.set_hidden(false);
        let (w, h) = (f64::from(self.note.offset_width()), f64::from(self.note.offset_height()));
        let parent = self.note.parent_element();
        let room =
            parent.map_or((w, h), |parent| (f64::from(parent.client_width()), f64::from(parent.client_height())));
        // Below and to the right, where there is room; nowhere beyond the canvas.
        let x = (at.x + BESIDE).min(room.0 - w - 8.0).max(8.0);
        let y = if at.y + BESIDE + h + 8.0 > room.1 { at.y - BESIDE - h } else { at.y + BESIDE };
        let transform = format!("translate({x:.0}px,{:.0}px)", y.max(8.0));
        self.note.style().set_property("transform", &transform).ok();
    }

    /// Writes what is said beside the packet.
    fn write_note(&self) {
        self.note.replace_children_with_node_0();
        if self.path.is_empty() {
            return;
        }
        let Note { title, header, rewritten, end } = &self.path.note;
        let line = |class: &str, text: &str| {
            let line = div(class);
            line.set_text_content(Some(text));
            append(&self.note, &line);
        };
        line("packet-title", title.get(self.lang));
        line(if rewritten.is_some() { "packet-header before" } else { "packet-header" }, header.get(self.lang));
        if let Some(after) = rewritten {
            line("packet-header after", after.get(self.lang));
        }
        if let Some(end) = end {
            line("packet-end", end.get(self.lang));
        }
    }
}

fn now() -> f64 {
    window().performance().map_or(0.0, |clock| clock.now())
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
    set(&outline, "rx", "8");
    append(&group, &outline);
    append(&group, &pill);
    append(&group, &text);
    if let Some(cross) = &cross {
        append(&group, cross);
    }
    append(root, &group);
    Drawn { outline: outline.into(), pill: pill.into(), cross: cross.map(Into::into), text: text.into() }
}

fn place(drawn: &Drawn, rect: Rect, mark: &Mark, loud: f64) {
    let number = |element: &Element, name: &str, value: f64| set(element, name, &format!("{value:.1}"));
    // Numbers are a few ASCII digits and dots.
    #[expect(clippy::cast_precision_loss, reason = "a handful of letters")]
    let letters = mark.numbers.chars().count() as f64 * LETTER * loud;
    let pill = PILL * loud;
    let width = (letters + 12.0).max(pill) + if mark.blocked { 12.0 } else { 0.0 };
    let (x, y) = (rect.x - 8.0, rect.y - pill / 2.0);
    for (name, value) in [("x", rect.x), ("y", rect.y), ("width", rect.w), ("height", rect.h)] {
        number(&drawn.outline, name, value);
    }
    for (name, value) in [("x", x), ("y", y), ("width", width)] {
        number(&drawn.pill, name, value);
    }
    let text_middle = if mark.blocked { x + (width - 12.0) / 2.0 + 1.0 } else { x + width / 2.0 };
    number(&drawn.text, "x", text_middle);
    number(&drawn.text, "y", y + pill / 2.0 + 4.0 * loud);
    number(&drawn.text, "font-size", 12.0 * loud);
    number(&drawn.pill, "height", pill);
    number(&drawn.pill, "rx", pill / 2.0);
    if let Some(cross) = &drawn.cross {
        set(cross, "d", &format!("M{:.1} {:.1}{CROSS}", x + width - 11.0, y + pill / 2.0));
    }
}

/// A line through points of the world, its corners rounded, as it is seen.
fn line(camera: Camera, points: &[Point]) -> String {
    let points: Vec<Point> = points.iter().map(|at| camera.screen_from_world(*at)).collect();
    groundplan::layout::wire::path(&points, Point::default())
}
