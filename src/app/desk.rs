//! What works on the document as long as the page lives: it begins with the part of the page that holds canvas and commands.

use groundplan::rules::Severity;
use leptos::prelude::*;
use web_sys::MouseEvent;

use crate::app::actions::autosave::autosave;
use crate::app::actions::{commands, edits, placing};
use crate::app::browser::{Listener, document, keep, window};
use crate::app::canvas::board;
use crate::app::panels::pins;
use crate::app::state::reach::Reach;
use crate::app::state::store::store;
use crate::app::state::ui::{Tone, ui};

/// Lets everything listen, and reopens the last design. Call it once, as the page's root.
pub fn begin() {
    provide_context(Reach::new());
    pins::fetch_judge();
    placing::listen();
    follow_canvas();
    autosave().start();
}

/// What the canvas has to say becomes notices, words and a dialog.
fn follow_canvas() {
    let (board, ui) = (board(), ui());
    Effect::new(move || {
        if let Some(why) = board.refused.get() {
            ui.toast(Tone::Bad, why);
        }
    });
    Effect::new(move || {
        if let Some(done) = board.announced.get() {
            ui.speak_later(done);
        }
    });
    let store = store();
    Effect::new(move || {
        store.settled.track();
        ui.speak_now(
            store.findings.with_untracked(|all| all.iter().filter(|one| one.severity != Severity::Info).count()),
        );
    });
    // A sheet over the lower half of a phone must not hide what it is about.
    Effect::new(move || {
        if ui.sheet.get().is_some()
            && let Some(id) = untrack(|| store.selected_one())
        {
            edits::bring_into_view(id);
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
        if commands::is_within(&event, "#canvas") {
            event.prevent_default();
            owner.with(|| edits::offer(Some((event.client_x(), event.client_y()))));
        }
    }));
    // Nothing is computed while something is dragged.
    for (name, pressed) in [("pointerdown", true), ("pointerup", false), ("pointercancel", false)] {
        keep(Listener::new(&window(), name, move |_| store.press(pressed)));
    }
    Effect::new(move || {
        if let Some(id) = board.placed.get() {
            edits::show_whole(id);
        }
    });
    Effect::new(move || {
        if let Some(id) = board.activated.get() {
            edits::ask_name(id);
        }
    });
}
