//! The page: Leptos views over the engine.

mod actions;
mod autosave;
pub mod bench;
mod bench_reach;
pub mod browser;
pub mod canvas;
mod clipboard;
mod commands;
mod deploy;
mod dialogs;
mod documents;
pub mod glyphs;
pub mod icons;
mod import;
mod inspector;
mod later;
mod layout;
mod matrix;
mod menu;
mod outline;
mod paint;
mod palette;
mod parameters;
mod picker;
mod pins;
mod place;
mod problems;
mod reach;
mod search;
mod status;
pub mod store;
mod template_panel;
mod toolbar;
mod tracer;
pub mod ui;
mod welcome;
pub mod words;

use groundplan::rules::Severity;
use leptos::prelude::*;
use web_sys::MouseEvent;

use autosave::Autosave;
use browser::{Listener, keep};
use canvas::Board;
use layout::Layout;
use store::Store;
use ui::{Tone, Ui};
use words::Words;

/// The page's root: everything that lives as long as the page is made here.
#[component]
pub fn App() -> impl IntoView {
    provide_context(Words::remembered());
    provide_context(Store::new());
    provide_context(Ui::remembered());
    provide_context(Board::new());
    provide_context(reach::Reach::new());
    provide_context(pins::Pins::new());
    provide_context(deploy::Bill::new());
    let autosave = Autosave::new();
    provide_context(autosave);
    place::listen();
    later::listen();
    pins::fetch_judge();
    commands::listen();
    clipboard::listen();
    documents::listen();
    follow_canvas();
    autosave.start();
    view! { <Layout/> }.into_any()
}

/// What the canvas has to say becomes notices, words and a dialog.
fn follow_canvas() {
    let (board, ui) = (canvas::board(), ui::ui());
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
    let store = store::store();
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
            actions::bring_into_view(id);
        }
    });
    Effect::new(move || {
        let title = store.title.get();
        let name = if title.is_empty() { "Groundplan".to_owned() } else { format!("{title} · Groundplan") };
        browser::document().set_title(&name);
    });
    let owner = Owner::current().unwrap_or_default();
    // The canvas has selected what the press was on by the time the browser asks for a menu.
    keep(Listener::of::<MouseEvent>(&browser::document(), "contextmenu", move |event| {
        if commands::is_within(&event, "#canvas") {
            event.prevent_default();
            owner.with(|| actions::offer(Some((event.client_x(), event.client_y()))));
        }
    }));
    // Nothing is computed while something is dragged.
    for (name, pressed) in [("pointerdown", true), ("pointerup", false), ("pointercancel", false)] {
        keep(Listener::new(&browser::window(), name, move |_| store.press(pressed)));
    }
    Effect::new(move || {
        if let Some(id) = board.activated.get() {
            actions::ask_name(id);
        }
    });
}
