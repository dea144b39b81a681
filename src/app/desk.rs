//! What works on the document as long as the page lives: it begins with the part of the page that holds canvas and commands.

use groundplan::design::Design;
use groundplan::rules::{Finding, Severity};
use leptos::prelude::*;
use web_sys::wasm_bindgen::JsCast;
use web_sys::{MouseEvent, PointerEvent};

use super::actions::autosave::autosave;
use super::actions::{edits, links, offering, placing};
use super::browser::{Listener, document, is_within, keep, window};
use super::parts::CHECKS;
use super::state::highlight::Highlight;
use super::state::store::store;
use super::state::ui::{Tone, ui};

/// Lets everything listen, and reopens the last design. Call it once, as the page's root.
pub fn begin() {
    provide_context(Highlight::new());
    placing::listen();
    derive();
    follow_editor();
    autosave().start();
    links::listen();
}

/// Brings what follows from the document up to it whenever it comes to rest, and as soon as the part is here that can.
fn derive() {
    let store = store();
    Effect::new(move || {
        store.rested.track();
        match CHECKS.get() {
            Some(checks) => untrack(checks.settle),
            None if store.design(Design::is_empty) => store.settle_empty(),
            None => {
                store.summary.known.set(false);
                CHECKS.fetch();
            }
        }
    });
}

/// What the editor has to say becomes notices, words and a dialog.
fn follow_editor() {
    let (store, ui) = (store(), ui());
    // Followers are called outside every owner.
    let owner = Owner::current().unwrap_or_default();
    store.follow(move |_, response| {
        if let Some(why) = &response.refusal {
            ui.toast(Tone::Bad, why.clone());
        }
        if let Some(done) = &response.announce {
            ui.speak_later(done.clone());
        }
        if let Some(id) = response.activate {
            owner.with(|| edits::name_in_place(id));
        }
        if let Some(id) = response.placed {
            store.step(|editor, _| editor.show_whole(id));
        }
    });
    Effect::new(move || {
        store.settled.track();
        let findings = store.summary.findings.get_untracked();
        ui.speak_now(findings.iter().filter(|one| one.severity != Severity::Info).map(Finding::count).sum());
    });
    // A sheet over the lower half of a phone must not hide what it is about.
    Effect::new(move || {
        if ui.sheet.get().is_some()
            && let Some(id) = untrack(|| store.selected_one())
        {
            store.step(|editor, _| editor.bring_into_view(id));
        }
    });
    Effect::new(move || {
        let title = store.title.get();
        let name = if title.is_empty() { "Groundplan".to_owned() } else { format!("{title} · Groundplan") };
        document().set_title(&name);
    });
    let owner = Owner::current().unwrap_or_default();
    // The canvas has selected what the press was on by the time the browser asks for a menu.
    keep(Listener::of::<MouseEvent>(&document(), "contextmenu", move |event| {
        if is_within(&event, "#canvas") {
            event.prevent_default();
            // From the keyboard it says no pointer, and where the element is that has the focus.
            let by_key = event.dyn_ref::<PointerEvent>().is_some_and(|event| event.pointer_type().is_empty());
            let at = (!by_key).then(|| (event.client_x(), event.client_y()));
            owner.with(|| offering::offer(at));
        }
    }));
    // Nothing is computed while something is dragged.
    for (name, pressed) in [("pointerdown", true), ("pointerup", false), ("pointercancel", false)] {
        keep(Listener::new(&window(), name, move |_| store.press(pressed)));
    }
}
