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
mod desk;
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

use leptos::prelude::*;

use autosave::Autosave;
use canvas::Board;
use layout::Layout;
use store::Store;
use ui::Ui;
use words::Words;

/// The page's root: everything that lives as long as the page is made here.
#[component]
pub fn App() -> impl IntoView {
    provide_context(Words::remembered());
    provide_context(Store::new());
    provide_context(Ui::remembered());
    provide_context(Board::new());
    provide_context(pins::Pins::new());
    provide_context(deploy::Bill::new());
    provide_context(Autosave::new());
    later::listen();
    commands::listen();
    clipboard::listen();
    documents::listen();
    view! { <Layout/> }.into_any()
}
