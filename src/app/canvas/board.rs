//! The canvas as a Leptos component, tied to the page's store: it hands events to the editor there, and follows what comes of them.

use groundplan::derived::marks;
use groundplan::design::{Design, Session};
use groundplan::id::NodeId;
use groundplan::interact::{Editor, Response};
use groundplan::text::t;
use leptos::html::Div;
use leptos::prelude::*;

use super::events;
use super::spoken;
use super::stage::{Canvas, Host};
use crate::app::actions::offering;
use crate::app::browser::keep;
use crate::app::parts::{self, CHECKS, DESK};
use crate::app::state::highlight::{Highlight, highlight};
use crate::app::state::store::{Store, store};
use crate::app::state::ui::ui;
use crate::app::words::words;

/// How many times as large as usual words are for an audience: 18 pixels at least.
const LOUD: f64 = 1.8;

/// The page's store as the canvas's document.
struct Document {
    store: Store,
    highlight: Highlight,
    owner: Owner,
}

impl Host for Document {
    fn step(&self, step: &mut dyn FnMut(&mut Editor, &mut Session) -> Response) {
        self.store.step(step);
    }

    fn read(&self, read: &mut dyn FnMut(&mut Editor, &Design)) {
        self.store.with_editor(read);
    }

    fn choose(&self, hit: Option<NodeId>) -> bool {
        let chooser = self.highlight.chooser.get_untracked();
        chooser.is_some_and(|chooser| {
            chooser(hit);
            true
        })
    }

    fn is_choosing(&self) -> bool {
        self.highlight.chooser.with_untracked(Option::is_some)
    }

    fn menu(&self, at: (i32, i32)) {
        if !self.is_choosing() {
            self.owner.with(|| offering::offer(Some(at)));
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
        {move || DESK.get().map(|desk| (desk.renaming)())}
    }
    .into_any()
}

/// Puts the canvas on the store's document into its place, and does what was done there meanwhile.
pub fn mount(root: &web_sys::HtmlElement) {
    let (store, highlight, words) = (store(), highlight(), words());
    let owner = Owner::current().unwrap_or_default();
    // It lives as long as the page: what would take it apart is not in the page's files.
    let canvas: &Canvas = Box::leak(Box::new(Canvas::mount(root, Document { store, highlight, owner })));
    keep((events::listen(root, canvas), events::Resized::watch(root, canvas)));
    store.follow(move |_, response| canvas.follow(response));
    // What is derived from the whole document follows after the drawing.
    Effect::new(move || {
        store.settled.track();
        let lang = words.lang();
        // Known as soon as the part is here that computes it: until then frames are drawn alike.
        let exposures = CHECKS.now().map(|checks| (checks.exposures)()).unwrap_or_default();
        canvas.draw(|drawing| {
            drawing.set_publics(marks::publics(&exposures));
            drawing.set_tags(marks::tags(&exposures, lang));
        });
    });
    Effect::new(move || {
        let findings = store.summary.findings.get();
        canvas.draw(|drawing| drawing.set_badges(marks::badges(findings.iter())));
    });
    spoken::begin(root);
    Effect::new(move || canvas.speak(words.lang()));
    let ui = ui();
    Effect::new(move || canvas.read_aloud(if ui.presenting.get() { LOUD } else { 1.0 }));
    let fit = move || store.step(|editor, _| editor.fit(&[]));
    fit();
    Effect::new(move |before: Option<u64>| {
        let opened = store.opened.get();
        if before.is_some_and(|before| before != opened) {
            fit();
        }
        opened
    });
    Effect::new(move || canvas.show_path(highlight.path.get()));
    Effect::new(move || canvas.show_lost(store.lost.get()));
    Effect::new(move || canvas.show_choosing(highlight.chooser.with(Option::is_some)));
    parts::replay();
}
