//! The canvas at work: events into the editor, its responses into the drawing, one animation frame at a time.

mod said;

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::rc::{Rc, Weak};

use groundplan::design::{Design, Point, Session};
use groundplan::id::NodeId;
use groundplan::interact::{Button, Cursor, Editor, Pointer, PointerKind, Response, wires};
use groundplan::layout::edges::Change;
use groundplan::layout::lettering::DETAIL;
use groundplan::text::Lang;
use web_sys::HtmlElement;

use super::cursor;
use super::dom::{append, div};
use super::drawing::Drawing;
use super::over::Over;
use super::path::PathOver;
use crate::app::browser::{Frame, Timer};
use crate::app::state::highlight::Path;

/// Milliseconds without a step until what moved counts as being at rest.
const REST: u32 = 150;
/// Side of a square of the dotted background, in world units.
const DOTS: f64 = 24.0;
/// Wires that find their way in one frame.
const WIRES: usize = 60;

/// Nodes that are drawn at once; a change of more is drawn from the beginning.
const MANY: usize = 400;

/// Where document and editor live. Whoever it is calls [`Canvas::follow`] with every response.
pub trait Host {
    /// Lets the editor do something to the document.
    fn step(&self, step: &mut dyn FnMut(&mut Editor, &mut Session) -> Response);
    /// Lets the canvas read them, and find the ways of wires a slice at a time.
    fn read(&self, read: &mut dyn FnMut(&mut Editor, &Design));
    /// Takes a press in place of the editor; whether it did. It is told what is beneath.
    fn choose(&self, hit: Option<NodeId>) -> bool;
    /// Whether presses are taken in place of the editor.
    fn is_choosing(&self) -> bool;
    /// Offers what can be done with what is selected, at a place in the window.
    fn menu(&self, _at: (i32, i32)) {}
}

/// The canvas, shared by its listeners and those who command it.
#[derive(Clone)]
pub struct Canvas(Rc<Shared>);

struct Shared {
    stage: RefCell<Stage>,
    host: Box<dyn Host>,
    /// Whether moves do not snap, as if Ctrl were held, and the wheel zooms in proportion: for measurements.
    free: Cell<bool>,
}

/// Elements and state of the canvas.
struct Stage {
    root: HtmlElement,
    surface: HtmlElement,
    dots: HtmlElement,
    tip: HtmlElement,
    /// The name of what is pointed at or selected, where the drawing has no room for all of it.
    whole_name: HtmlElement,
    drawing: Drawing,
    over: Over,
    path: PathOver,
    lost: BTreeSet<NodeId>,
    lang: Lang,
    /// Where the pointer was last.
    pointer: Point,
    /// The last move, until the next frame.
    pending: Option<Pointer>,
    frame: Option<Frame>,
    rest: Option<Timer>,
    /// Whether the camera moved since the last frame.
    looked: bool,
    /// Whether the overlay may differ from what is drawn.
    shown: bool,
    /// The zoom at which the drawing was last drawn sharp.
    sharp: f64,
    /// Whether the drawing waits to be kept as a picture again.
    dull: bool,
    cursor: Cursor,
    /// The time of the last frame, in milliseconds.
    framed: f64,
}

impl Canvas {
    /// Builds the canvas inside an element and draws the host's document.
    pub fn mount(root: &HtmlElement, host: impl Host + 'static) -> Self {
        let (dots, surface, tip, whole_name) = (div("dots"), div("surface"), div("tip"), div("whole-name"));
        let drawing = Drawing::new();
        let over = Over::new();
        let path = PathOver::new(&over.svg, root);
        tip.set_hidden(true);
        whole_name.set_hidden(true);
        for child in [&dots, &drawing.world, &surface] {
            append(root, child);
        }
        append(root, &over.svg);
        append(root, &whole_name);
        append(root, &tip);
        let stage = Stage {
            root: root.clone(),
            surface,
            dots,
            tip,
            whole_name,
            drawing,
            over,
            path,
            lost: BTreeSet::new(),
            lang: Lang::default(),
            pointer: Point::default(),
            pending: None,
            frame: None,
            rest: None,
            looked: true,
            shown: true,
            sharp: 1.0,
            dull: false,
            cursor: Cursor::default(),
            framed: 0.0,
        };
        let shared = Shared { stage: RefCell::new(stage), host: Box::new(host), free: Cell::new(false) };
        let canvas = Self(Rc::new(shared));
        canvas.measure();
        canvas.reload();
        canvas
    }

    /// The element that takes pointer events.
    pub fn surface(&self) -> HtmlElement {
        self.0.stage.borrow().surface.clone()
    }

    /// Draws the host's document from the beginning.
    pub fn reload(&self) {
        self.with_stage(|stage, editor, design| stage.load(editor, design));
    }

    /// Looks again at how large the canvas is on the page.
    pub fn measure(&self) {
        let size = {
            let stage = self.0.stage.borrow();
            (f64::from(stage.root.client_width()), f64::from(stage.root.client_height()))
        };
        self.step(|editor, _| editor.resize(size));
    }

    /// Answers a pointer event; moves wait for the next frame, of which only the last counts.
    pub fn pointer(&self, mut event: Pointer) {
        self.0.stage.borrow_mut().pointer = event.screen;
        if self.0.free.get() {
            match &mut event.kind {
                // A notch is 1.27 times, too much for a comparison: the smaller steps, and only they, are proportional.
                PointerKind::Wheel { dy, .. } => *dy *= 0.24,
                _ => event.modifiers.ctrl = true,
            }
        }
        if event.kind == PointerKind::Down && event.button == Button::Main && self.0.host.is_choosing() {
            let mut hit = None;
            self.0.host.read(&mut |editor, _| {
                let camera = editor.camera;
                hit = editor.scene.hit(camera.world_from_screen(event.screen), camera.zoom);
            });
            if self.0.host.choose(hit.map(|hit| hit.id)) {
                return;
            }
        }
        if event.kind == PointerKind::Move {
            let stage = &mut *self.0.stage.borrow_mut();
            stage.pending = Some(event);
            self.schedule(stage);
            return;
        }
        self.flush();
        self.step(|editor, session| editor.pointer(event, session));
    }

    /// Offers what can be done here.
    pub fn menu(&self, at: (i32, i32)) {
        self.0.host.menu(at);
    }

    /// Lets the editor do something; what came of it is drawn when the host tells.
    pub fn step(&self, step: impl FnOnce(&mut Editor, &mut Session) -> Response) {
        let mut step = Some(step);
        self.0.host.step(&mut |editor, session| step.take().map(|step| step(editor, session)).unwrap_or_default());
    }

    /// Draws what happened.
    pub fn follow(&self, response: &Response) {
        self.with_stage(|stage, editor, design| stage.follow(editor, design, response));
    }

    /// Works on the elements beside editor and document as they are now.
    fn with_stage(&self, work: impl FnOnce(&mut Stage, &mut Editor, &Design)) {
        let stage = &mut *self.0.stage.borrow_mut();
        let mut work = Some(work);
        self.0.host.read(&mut |editor, design| {
            if let Some(work) = work.take() {
                work(stage, editor, design);
            }
        });
        self.schedule(stage);
    }

    /// Changes something about the drawing.
    pub fn draw(&self, change: impl FnOnce(&mut Drawing)) {
        self.with_stage(|stage, editor, _| {
            change(&mut stage.drawing);
            editor.scene.set_marks(stage.drawing.marked());
            stage.looked |= stage.drawing.layers.changed;
        });
    }

    /// Makes moves follow the pointer exactly and the wheel zoom in proportion, so that gestures can be compared.
    #[cfg(feature = "bench")]
    pub fn set_free(&self, free: bool) {
        self.0.free.set(free);
    }

    /// Draws all that is in sight at once, in detail and sharp, as if nothing had moved for a while.
    #[cfg(feature = "bench")]
    pub fn draw_now(&self) {
        self.with_stage(|stage, editor, _| {
            stage.rest = None;
            stage.looked = false;
            stage.look(editor);
            stage.drawing.view.busy = false;
            stage.drawing.refresh(&editor.scene);
            stage.drawing.work_all(&editor.scene);
            stage.sharpen(editor);
        });
    }

    /// Shows a packet's path, or none.
    pub fn show_path(&self, path: Path) {
        let stage = &mut *self.0.stage.borrow_mut();
        if stage.path.show(path) {
            stage.shown = true;
            self.schedule(stage);
        }
    }

    /// Makes words so many times as large as usual, for an audience.
    pub fn read_aloud(&self, loud: f64) {
        self.with_stage(|stage, _, _| {
            stage.drawing.view.loud = loud;
            stage.path.read_aloud(loud);
            stage.looked = true;
        });
    }

    /// Marks what is taken away to see what would still work.
    pub fn show_lost(&self, lost: BTreeSet<NodeId>) {
        self.with_stage(|stage, _, _| {
            stage.lost = lost;
            stage.shown = true;
        });
    }

    /// Shows that presses choose nodes instead of moving them, or do no longer.
    pub fn show_choosing(&self, choosing: bool) {
        // An attribute with a fixed name is never refused.
        self.0.stage.borrow().root.toggle_attribute_with_force("data-choosing", choosing).ok();
    }

    /// The language of what is said on the canvas.
    pub fn speak(&self, lang: Lang) {
        {
            let stage = &mut *self.0.stage.borrow_mut();
            stage.lang = lang;
            stage.path.speak(lang);
        }
        self.with_stage(|stage, _, _| stage.looked = true);
    }

    fn flush(&self) {
        let pending = self.0.stage.borrow_mut().pending.take();
        if let Some(event) = pending {
            self.step(|editor, session| editor.pointer(event, session));
        }
    }

    fn weak(&self) -> Weak<Shared> {
        Rc::downgrade(&self.0)
    }

    fn schedule(&self, stage: &mut Stage) {
        if stage.frame.is_some() {
            return;
        }
        let weak = self.weak();
        stage.frame = Some(Frame::next(move |time| {
            if let Some(shared) = weak.upgrade() {
                Self(shared).tick(time);
            }
        }));
    }

    fn tick(&self, time: f64) {
        let (frame, since) = {
            let stage = &mut *self.0.stage.borrow_mut();
            (stage.frame.take(), time - std::mem::replace(&mut stage.framed, time))
        };
        self.flush();
        drop(frame);
        let mut drifts = false;
        self.0.host.read(&mut |editor, _| drifts = editor.drifts());
        if drifts {
            // What is drawn of it asks for the next frame.
            self.step(|editor, session| editor.drift(since, session));
        }
        let weak = self.weak();
        let stage = &mut *self.0.stage.borrow_mut();
        let mut more = false;
        self.0.host.read(&mut |editor, design| more = stage.tick(editor, design, &weak));
        if more {
            self.schedule(stage);
        }
    }
}

impl Stage {
    /// Draws a document from the beginning.
    fn load(&mut self, editor: &mut Editor, design: &Design) {
        editor.scene.take_rerouted();
        self.drawing.load(design, &editor.scene);
        self.drawing.view.busy = false;
        self.drawing.look(editor.camera, editor.viewport(), &editor.scene);
        if design.len() <= MANY {
            self.drawing.work_all(&editor.scene);
        }
        (self.looked, self.shown) = (true, true);
    }

    /// Draws what waited for this frame; whether the next one has something to draw too.
    fn tick(&mut self, editor: &mut Editor, design: &Design, shared: &Weak<Shared>) -> bool {
        if std::mem::take(&mut self.dull) {
            self.drawing.sharpen(false);
        }
        if std::mem::take(&mut self.looked) {
            self.drawing.view.busy = true;
            self.look(editor);
            let weak = shared.clone();
            self.rest = Some(Timer::after(REST, move || {
                if let Some(shared) = weak.upgrade() {
                    Canvas(shared).with_stage(|stage, editor, design| stage.at_rest(editor, design));
                }
            }));
        }
        if std::mem::take(&mut self.shown) {
            self.draw_over(editor, design);
        }
        let mut more = self.path.moves();
        self.shown |= more;
        if !editor.scene.is_settled() {
            editor.scene.settle(WIRES);
            self.redraw_wires(editor);
            more = true;
        }
        more | (!self.drawing.view.busy && !self.drawing.lift.on && self.drawing.work(&editor.scene))
    }

    /// Nothing moves: details can be drawn, and sharp.
    fn at_rest(&mut self, editor: &Editor, design: &Design) {
        self.drawing.view.busy = false;
        self.drawing.write_names(design, &editor.scene, self.lang);
        self.drawing.refresh(&editor.scene);
        self.shown = true;
        self.sharpen(editor);
    }

    /// Draws sharp what was scaled. The browser keeps the picture of what may move and scales it; without the promise it draws anew.
    fn sharpen(&mut self, editor: &Editor) {
        if self.sharp.to_bits() != editor.camera.zoom.to_bits() {
            self.sharp = editor.camera.zoom;
            self.drawing.sharpen(true);
            self.dull = true;
        }
    }

    /// Draws what happened.
    fn follow(&mut self, editor: &mut Editor, design: &Design, response: &Response) {
        let dragged = editor.overlay().gesture.is_some();
        if !response.diff.is_empty() {
            self.path.disturb();
        }
        if dragged {
            self.drawing.begin();
        }
        if !dragged && response.diff.added.len() + response.diff.removed.len() > MANY {
            self.load(editor, design);
        } else if !response.diff.is_empty() || response.edges != Change::default() {
            self.drawing.apply(&response.diff, &response.edges, &editor.scene);
            self.shown = true;
        }
        if self.drawing.lift.on && !dragged {
            self.drawing.settle(&editor.scene);
        }
        // From afar what changed is counted anew as soon as nothing moves.
        self.looked |= !dragged && !response.diff.is_empty() && editor.camera.zoom < DETAIL;
        self.redraw_wires(editor);
        let drawing = &mut self.drawing;
        if response.selection_changed || response.overlay_changed {
            let hover = editor.overlay().hover;
            let said = editor.overlay().wire.and_then(|wire| wires::says(design, wire));
            let said = said.map(|said| said.get(self.lang).to_owned()).unwrap_or_default();
            if self.surface.title() != said {
                self.surface.set_title(&said);
            }
            if !dragged {
                drawing.show_wires_of(editor.selection.ids().iter().copied().chain(hover), &editor.scene);
            }
            self.shown = true;
        }
        self.looked |= response.camera_changed;
        if self.cursor != response.cursor {
            self.cursor = response.cursor;
            super::dom::set(&self.surface, "data-cursor", cursor::name(self.cursor));
        }
    }

    fn redraw_wires(&mut self, editor: &mut Editor) {
        let rerouted = editor.scene.take_rerouted();
        self.drawing.redraw_wires(rerouted, &editor.scene);
    }

    fn look(&mut self, editor: &Editor) {
        let camera = editor.camera;
        if camera.zoom / self.drawing.view.loud.max(1.0) >= DETAIL {
            self.drawing.wipe_names();
        }
        self.drawing.look(camera, editor.viewport(), &editor.scene);
        self.shown = true;
        // Dots would be a grey haze from afar.
        let shows = camera.zoom >= 0.4;
        if self.dots.hidden() == shows {
            self.dots.set_hidden(!shows);
        }
        if shows {
            let side = DOTS * camera.zoom;
            let style = self.dots.style();
            let size = format!("{side}px {side}px");
            if style.get_property_value("background-size").is_ok_and(|old| old != size) {
                style.set_property("background-size", &size).ok();
            }
            let by = format!("translate({}px,{}px)", camera.x.rem_euclid(side), camera.y.rem_euclid(side));
            style.set_property("transform", &by).ok();
        }
    }
}
