//! The canvas at work: events into the editor, its responses into the drawing, one animation frame at a time.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use groundplan::design::{Design, Diff, Point, Rect, Session};
use groundplan::id::NodeId;
use groundplan::interact::{Button, Cursor, Editor, Pointer, PointerKind, Response, Selection};
use groundplan::layout::edges::{Change, Edge};
use groundplan::text::Lang;
use web_sys::HtmlElement;

use super::dom::{append, div};
use super::drawing::Drawing;
use super::over::{self, Over, Shown};
use super::path::{Path, PathOver};
use crate::app::browser::{Frame, Timer};

/// Milliseconds without a step until what moved counts as being at rest.
const REST: i32 = 150;
/// Side of a square of the dotted background, in world units.
const DOTS: f64 = 24.0;
/// Pixels that a note beside the pointer may take.
const TIP: f64 = 320.0;
/// Pixels around what a fit shows.
const FIT: f64 = 48.0;
/// Wires that find their way in one frame.
const WIRES: usize = 60;

/// Nodes that are drawn at once; a change of more is drawn from the beginning.
const MANY: usize = 400;

/// Where the document lives.
pub trait Host {
    /// Lets a step work on the session; the diff that it returns is what it changed.
    fn with_session(&self, step: &mut dyn FnMut(&mut Session) -> Diff);
    /// Reads the document.
    fn read(&self, read: &mut dyn FnMut(&Design));
    /// Hears what an event brought about, after it was drawn.
    fn heard(&self, canvas: &Canvas, response: &Response);
}

/// The canvas, shared by its listeners and those who command it.
#[derive(Clone)]
pub struct Canvas(Rc<Shared>);

struct Shared {
    stage: RefCell<Stage>,
    host: Box<dyn Host>,
    /// Whether the change that the host is telling of is the canvas's own.
    own: Cell<bool>,
    /// Whether moves do not snap, as if Ctrl were held, and the wheel zooms in proportion: for measurements.
    free: Cell<bool>,
    /// Who takes the next press in place of the editor.
    chooser: RefCell<Option<Chooser>>,
}

/// Told what the next press is on; nothing on the bare canvas.
pub type Chooser = Rc<dyn Fn(Option<NodeId>)>;

/// Elements and state of the canvas.
struct Stage {
    root: HtmlElement,
    surface: HtmlElement,
    dots: HtmlElement,
    tip: HtmlElement,
    editor: Editor,
    drawing: Drawing,
    over: Over,
    path: PathOver,
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
}

impl Canvas {
    /// Builds the canvas inside an element and draws the host's document.
    pub fn mount(root: &HtmlElement, host: impl Host + 'static) -> Self {
        let (dots, surface, tip) = (div("dots"), div("surface"), div("tip"));
        let drawing = Drawing::new();
        let over = Over::new();
        let path = PathOver::new(&over.svg);
        tip.set_hidden(true);
        for child in [&dots, &drawing.world, &surface] {
            append(root, child);
        }
        append(root, &over.svg);
        append(root, &tip);
        let stage = Stage {
            root: root.clone(),
            surface,
            dots,
            tip,
            editor: Editor::default(),
            drawing,
            over,
            path,
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
        };
        let shared = Shared {
            stage: RefCell::new(stage),
            host: Box::new(host),
            own: Cell::new(false),
            free: Cell::new(false),
            chooser: RefCell::default(),
        };
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
        self.reload_with(&[]);
    }

    /// The same with wires that no reference of the document says.
    pub fn reload_with(&self, edges: &[Edge]) {
        let stage = &mut *self.0.stage.borrow_mut();
        self.0.host.read(&mut |design| {
            let camera = stage.editor.camera;
            stage.editor = Editor::new(design);
            stage.editor.camera = camera;
            stage.editor.scene.add_edges(edges);
            stage.load(design);
        });
        self.schedule(stage);
    }

    /// Looks again at how large the canvas is on the page.
    pub fn measure(&self) {
        let stage = &mut *self.0.stage.borrow_mut();
        let size = (f64::from(stage.root.client_width()), f64::from(stage.root.client_height()));
        stage.editor.resize(std::mem::replace(&mut stage.drawing.view.size, size), size);
        stage.looked = true;
        self.schedule(stage);
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
        let chooser = self.0.chooser.borrow().clone();
        if let Some(chooser) = chooser.filter(|_| event.kind == PointerKind::Down && event.button == Button::Main) {
            let stage = self.0.stage.borrow();
            let camera = stage.editor.camera;
            let hit = stage.editor.scene.hit(camera.world_from_screen(event.screen), camera.zoom);
            drop(stage);
            chooser(hit.map(|hit| hit.id));
            return;
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

    /// Lets the editor do something, draws what came of it and tells the host.
    pub fn step(&self, mut step: impl FnMut(&mut Editor, &mut Session) -> Response) {
        let mut response = Response::default();
        {
            let stage = &mut *self.0.stage.borrow_mut();
            self.0.own.set(true);
            self.0.host.with_session(&mut |session| {
                response = step(&mut stage.editor, session);
                response.diff.clone()
            });
            self.0.own.set(false);
            stage.follow(&response);
            self.schedule(stage);
        }
        self.0.host.heard(self, &response);
    }

    /// Follows a change that was made elsewhere.
    pub fn changed(&self, design: &Design, diff: &Diff) {
        if self.0.own.get() {
            return;
        }
        let stage = &mut *self.0.stage.borrow_mut();
        let edges = stage.editor.follow(design, diff);
        if diff.added.len() + diff.removed.len() > MANY {
            stage.load(design);
            return self.schedule(stage);
        }
        stage.follow(&Response { diff: diff.clone(), edges, overlay_changed: true, ..Response::default() });
        self.schedule(stage);
    }

    /// Selects what is selected elsewhere.
    pub fn select(&self, ids: impl IntoIterator<Item = NodeId>) {
        let stage = &mut *self.0.stage.borrow_mut();
        let selection = Selection::of(ids);
        if stage.editor.selection != selection {
            stage.editor.selection = selection;
            stage.follow(&Response { selection_changed: true, ..Response::default() });
            self.schedule(stage);
        }
    }

    /// Lets `change` move the camera; it is told how large the canvas is.
    pub fn look(&self, change: impl FnOnce(&mut Editor, (f64, f64))) {
        let stage = &mut *self.0.stage.borrow_mut();
        let size = stage.drawing.view.size;
        change(&mut stage.editor, size);
        stage.looked = true;
        self.schedule(stage);
    }

    /// Shows these nodes, or all.
    pub fn fit(&self, ids: &[NodeId]) {
        self.look(|editor, size| {
            let some = ids.iter().filter_map(|id| editor.scene.rect(*id)).reduce(Rect::union);
            if let Some(rect) = some.or_else(|| editor.scene.bounds()) {
                editor.camera.fit(rect, size, FIT);
            }
        });
    }

    /// Reads the editor.
    pub fn read<R>(&self, read: impl FnOnce(&Editor) -> R) -> R {
        read(&self.0.stage.borrow().editor)
    }

    /// Changes something about the drawing.
    pub fn draw(&self, change: impl FnOnce(&mut Drawing)) {
        let stage = &mut *self.0.stage.borrow_mut();
        change(&mut stage.drawing);
        stage.editor.scene.set_marks(stage.drawing.marked());
        stage.looked |= stage.drawing.layers.changed;
        self.schedule(stage);
    }

    /// Makes moves follow the pointer exactly and the wheel zoom in proportion, so that gestures can be compared.
    pub fn set_free(&self, free: bool) {
        self.0.free.set(free);
    }

    /// Draws all that is in sight at once, in detail and sharp, as if nothing had moved for a while.
    pub fn draw_now(&self) {
        let stage = &mut *self.0.stage.borrow_mut();
        stage.rest = None;
        stage.looked = false;
        stage.look();
        stage.drawing.view.busy = false;
        stage.drawing.work_all(&stage.editor.scene);
        if stage.sharp.to_bits() != stage.editor.camera.zoom.to_bits() {
            stage.sharp = stage.editor.camera.zoom;
            stage.drawing.sharpen(true);
            stage.dull = true;
        }
        self.schedule(stage);
    }

    /// Shows a packet's path, or none.
    pub fn show_path(&self, path: Path) {
        let stage = &mut *self.0.stage.borrow_mut();
        if stage.path.show(path) {
            stage.shown = true;
            self.schedule(stage);
        }
    }

    /// Lets presses choose nodes instead of moving them, until it is taken away.
    pub fn choose(&self, chooser: Option<Chooser>) {
        self.0.stage.borrow().root.toggle_attribute_with_force("data-choosing", chooser.is_some()).ok();
        self.0.chooser.replace(chooser);
    }

    /// The language of what is said on the canvas.
    pub fn speak(&self, lang: Lang) {
        self.0.stage.borrow_mut().lang = lang;
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
        stage.frame = Some(Frame::next(move |_| {
            if let Some(shared) = weak.upgrade() {
                Self(shared).tick();
            }
        }));
    }

    fn tick(&self) {
        let frame = self.0.stage.borrow_mut().frame.take();
        self.flush();
        drop(frame);
        let stage = &mut *self.0.stage.borrow_mut();
        if std::mem::take(&mut stage.dull) {
            stage.drawing.sharpen(false);
        }
        if std::mem::take(&mut stage.looked) {
            stage.look();
            stage.drawing.view.busy = true;
            let weak = self.weak();
            stage.rest = Some(Timer::after(REST, move || {
                if let Some(shared) = weak.upgrade() {
                    Self(shared).at_rest();
                }
            }));
        }
        if std::mem::take(&mut stage.shown) {
            self.0.host.read(&mut |design| stage.draw_over(design));
        }
        if !stage.editor.scene.is_settled() {
            stage.editor.scene.settle(WIRES);
            stage.redraw_wires();
            self.schedule(stage);
        }
        if !stage.drawing.view.busy && !stage.drawing.lift.on && stage.drawing.work(&stage.editor.scene) {
            self.schedule(stage);
        }
    }

    /// Nothing moves: details can be drawn, and sharp.
    fn at_rest(&self) {
        let stage = &mut *self.0.stage.borrow_mut();
        stage.drawing.view.busy = false;
        stage.drawing.refresh(&stage.editor.scene);
        if stage.sharp.to_bits() != stage.editor.camera.zoom.to_bits() {
            stage.sharp = stage.editor.camera.zoom;
            // The browser keeps the picture of what may move and scales it; without the promise it draws anew.
            stage.drawing.sharpen(true);
            stage.dull = true;
        }
        self.schedule(stage);
    }
}

impl Stage {
    /// Draws a document from the beginning.
    fn load(&mut self, design: &Design) {
        self.editor.scene.take_rerouted();
        self.drawing.load(design, &self.editor.scene);
        self.drawing.look(self.editor.camera, &self.editor.scene);
        if design.len() <= MANY {
            self.drawing.work_all(&self.editor.scene);
        }
        (self.looked, self.shown) = (true, true);
    }

    /// Draws what an event brought about.
    fn follow(&mut self, response: &Response) {
        let Self { editor, drawing, .. } = self;
        if editor.overlay().gesture.is_some() {
            drawing.begin();
        }
        if !response.diff.is_empty() || response.edges != Change::default() {
            drawing.apply(&response.diff, &response.edges, &editor.scene);
            self.shown = true;
        }
        if drawing.lift.on && editor.overlay().gesture.is_none() {
            drawing.settle(&editor.scene);
        }
        self.redraw_wires();
        let Self { editor, drawing, .. } = self;
        if response.selection_changed || response.overlay_changed {
            let hover = editor.overlay().hover;
            let quiet = editor.overlay().gesture.is_some();
            let name = hover.and_then(|id| drawing.cut_name(id)).unwrap_or_default();
            if self.surface.title() != name {
                self.surface.set_title(&name);
            }
            if !quiet {
                drawing.show_wires_of(editor.selection.ids().iter().copied().chain(hover), &editor.scene);
            }
            self.shown = true;
        }
        self.looked |= response.camera_changed;
        if self.cursor != response.cursor {
            self.cursor = response.cursor;
            super::dom::set(&self.surface, "data-cursor", cursor_name(self.cursor));
        }
    }

    fn redraw_wires(&mut self) {
        let rerouted = self.editor.scene.take_rerouted();
        self.drawing.redraw_wires(rerouted, &self.editor.scene);
    }

    fn look(&mut self) {
        let camera = self.editor.camera;
        self.drawing.look(camera, &self.editor.scene);
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

    fn draw_over(&mut self, design: &Design) {
        let editor = &self.editor;
        let shown = Shown {
            camera: editor.camera,
            scene: &editor.scene,
            overlay: editor.overlay(),
            selection: editor.selection.ids(),
            handles: editor.resize_handles(design).map(|(_, handles)| handles.map(|(_, at)| at)),
            connect: editor.connect_handle(design).map(|(_, at)| at),
        };
        self.over.draw(&shown);
        self.path.draw(editor.camera, &editor.scene, |id| design.node(id).map(groundplan::design::Node::kind));
        let refusal = over::refusal(editor.overlay()).map(|why| why.get(self.lang).to_owned());
        if self.tip.hidden() != refusal.is_none() {
            self.tip.set_hidden(refusal.is_none());
        }
        if let Some(why) = refusal {
            if self.tip.text_content().as_deref() != Some(&why) {
                self.tip.set_text_content(Some(&why));
            }
            let at = self.pointer;
            let (w, h) = self.drawing.view.size;
            // In the right and lower part of the canvas it stands on the other side of the pointer, so that it is not cut off.
            let beside = |at: f64, size: f64, gap: f64| {
                if at > size - TIP { format!("calc({}px - 100%)", at - gap) } else { format!("{}px", at + gap) }
            };
            let transform = format!("translate({},{})", beside(at.x, w, 16.0), beside(at.y, h, 20.0));
            self.tip.style().set_property("transform", &transform).ok();
        }
    }
}

const fn cursor_name(cursor: Cursor) -> &'static str {
    match cursor {
        Cursor::Default => "default",
        Cursor::Move => "move",
        Cursor::Grab => "grab",
        Cursor::Grabbing => "grabbing",
        Cursor::Crosshair => "crosshair",
        Cursor::Copy => "copy",
        Cursor::NotAllowed => "not-allowed",
        Cursor::ResizeEw => "ew-resize",
        Cursor::ResizeNs => "ns-resize",
        Cursor::ResizeNesw => "nesw-resize",
        Cursor::ResizeNwse => "nwse-resize",
    }
}
