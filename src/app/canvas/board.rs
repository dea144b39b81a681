//! The canvas as a Leptos component, tied to the page's store, and what the rest of the page commands it by.

use std::collections::BTreeSet;

use groundplan::design::{Design, Diff, Point, Session};
use groundplan::id::NodeId;
use groundplan::interact::{Response, Tool};
use groundplan::text::{Message, t};
use leptos::html::Div;
use leptos::prelude::*;

use super::events;
use super::stage::{Canvas, Host};
use crate::app::browser::keep;
use crate::app::parts::{self, CHECKS, DESK};
use crate::app::state::store::{Store, store};
use crate::app::words::words;

/// How much one command zooms.
const ZOOM_STEP: f64 = 1.25;

/// The canvas for commands and panels; `Copy`, from context. Without a mounted canvas its commands do nothing.
#[derive(Clone, Copy)]
pub struct Board {
    /// Lives as long as the page: what would take it apart is not in the first file.
    canvas: StoredValue<Option<&'static Canvas>, LocalStorage>,
    /// The tool in hand.
    pub tool: RwSignal<Tool>,
    /// Pixels to a world unit.
    pub zoom: RwSignal<f64>,
    /// Why the last thing was not done, and what was done: for toasts and the live region. Counts up with each.
    pub refused: RwSignal<Option<Message>>,
    /// What was done, for the live region.
    pub announced: RwSignal<Option<Message>>,
    /// The node that was double-clicked.
    pub activated: RwSignal<Option<NodeId>>,
    /// The node that was placed last.
    pub placed: RwSignal<Option<NodeId>>,
}

impl Board {
    /// No canvas yet. Call it once, at the page's root.
    pub fn new() -> Self {
        Self {
            canvas: StoredValue::new_local(None),
            tool: RwSignal::default(),
            zoom: RwSignal::new(1.0),
            refused: RwSignal::default(),
            announced: RwSignal::default(),
            activated: RwSignal::default(),
            placed: RwSignal::default(),
        }
    }

    /// Lets `act` work on the canvas, if there is one.
    pub fn with<R>(self, act: impl FnOnce(&Canvas) -> R) -> Option<R> {
        Some(act(self.canvas.try_get_value().flatten()?))
    }

    /// Takes a tool in hand.
    pub fn take(self, tool: Tool) {
        self.with(|canvas| canvas.step(|editor, session| editor.set_tool(tool, session)));
        self.tool.set(tool);
    }

    /// Shows everything.
    pub fn fit_all(self) {
        self.fit(&[]);
    }

    /// Shows these nodes.
    pub fn fit(self, ids: &[NodeId]) {
        self.with(|canvas| canvas.fit(ids));
        self.follow_zoom();
    }

    /// Zooms in or out at the middle, by steps.
    pub fn zoom_by(self, steps: i32) {
        self.with(|canvas| {
            canvas.look(|editor, (w, h)| editor.camera.zoom_at(Point::new(w / 2.0, h / 2.0), ZOOM_STEP.powi(steps)));
        });
        self.follow_zoom();
    }

    /// Back to life size.
    pub fn zoom_to_life(self) {
        self.with(|canvas| {
            canvas.look(|editor, (w, h)| {
                let factor = 1.0 / editor.camera.zoom;
                editor.camera.zoom_at(Point::new(w / 2.0, h / 2.0), factor);
            });
        });
        self.follow_zoom();
    }

    fn follow_zoom(self) {
        if let Some(zoom) = self.with(|canvas| canvas.read(|editor| editor.camera.zoom))
            && self.zoom.get_untracked().to_bits() != zoom.to_bits()
        {
            self.zoom.set(zoom);
        }
    }
}

/// The canvas for commands and panels.
pub fn board() -> Board {
    expect_context()
}

/// The store as the canvas's document.
struct Document {
    store: Store,
    board: Board,
}

impl Host for Document {
    fn with_session(&self, step: &mut dyn FnMut(&mut Session) -> Diff) {
        self.store.with(|session| (step(session), ()));
    }

    fn read(&self, read: &mut dyn FnMut(&Design)) {
        self.store.design(read);
    }

    fn heard(&self, canvas: &Canvas, response: &Response) {
        let board = self.board;
        if response.selection_changed {
            self.store.select(canvas.read(|editor| editor.selection.ids().to_vec()));
        }
        if response.camera_changed {
            board.follow_zoom();
        }
        if response.tool_changed {
            board.tool.set(canvas.read(groundplan::interact::Editor::tool));
        }
        if let Some(why) = &response.refusal {
            board.refused.set(Some(why.clone()));
        }
        if let Some(done) = &response.announce {
            board.announced.set(Some(done.clone()));
        }
        if response.placed.is_some() {
            board.placed.set(response.placed);
        }
        if let Some(id) = response.activate {
            board.activated.set(Some(id));
        }
    }
}

/// The place of the canvas; the canvas itself comes with its part of the page.
#[component]
pub fn CanvasView() -> impl IntoView {
    let words = words();
    let root = NodeRef::<Div>::new();
    let owner = Owner::current().unwrap_or_default();
    Effect::new(move |mounted: Option<bool>| {
        if mounted == Some(true) {
            return true;
        }
        let (Some(root), Some(desk)) = (root.get(), DESK.get()) else { return false };
        owner.with(|| untrack(|| (desk.mount)(&root.into())));
        true
    });
    view! {
        <div
            class="canvas"
            node_ref=root
            id="canvas"
            tabindex="0"
            role="application"
            aria-label=move || words.say(t("그림판", "Canvas"))
        ></div>
    }
    .into_any()
}

/// Puts the canvas on the store's document into its place, and does what was done there meanwhile.
pub fn mount(root: &web_sys::HtmlElement) {
    let (store, board, words) = (store(), board(), words());
    let canvas: &Canvas = Box::leak(Box::new(Canvas::mount(root, Document { store, board })));
    show_publics(canvas, store);
    keep((events::listen(root, canvas), events::Resized::watch(root, canvas, move || board.follow_zoom())));
    board.canvas.set_value(Some(canvas));
    board.fit_all();
    store.watch(move |design, diff| {
        board.with(|canvas| canvas.changed(design, diff));
    });
    // What is derived from the whole document follows after the drawing.
    Effect::new(move || {
        store.settled.track();
        board.with(|canvas| show_publics(canvas, store));
    });
    Effect::new(move || {
        let findings = store.findings.get();
        board.with(|canvas| canvas.draw(|drawing| drawing.set_findings(findings.iter())));
    });
    Effect::new(move || {
        let selected = store.selection.get();
        board.with(|canvas| {
            let same =
                canvas.read(|editor| editor.selection.ids().iter().copied().collect::<BTreeSet<_>>() == selected);
            if !same {
                canvas.select(selected);
            }
        });
    });
    Effect::new(move || {
        let lang = words.lang();
        board.with(|canvas| canvas.speak(lang));
    });
    Effect::new(move || {
        store.opened.track();
        board.fit_all();
    });
    on_cleanup(move || {
        board.canvas.try_set_value(None);
    });
    parts::replay();
}

/// Shows which subnets are public.
fn show_publics(canvas: &Canvas, store: Store) {
    // Known as soon as the rules are: until then the frames are drawn alike.
    let publics = CHECKS.now().map(|checks| store.design(checks.publics)).unwrap_or_default();
    canvas.draw(|drawing| drawing.set_publics(publics));
}
