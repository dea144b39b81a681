//! The page: Leptos views over the engine.

mod actions;
mod autosave;
pub mod browser;
pub mod canvas;
mod commands;
mod dialogs;
mod documents;
pub mod glyphs;
pub mod icons;
mod layout;
mod menu;
mod outline;
mod palette;
mod picker;
mod place;
mod problems;
mod search;
mod status;
pub mod store;
mod toolbar;
pub mod ui;
mod welcome;
pub mod words;

use leptos::prelude::*;

use autosave::Autosave;
use layout::Layout;
use place::Placing;
use store::Store;
use ui::Ui;
use words::Words;

/// The page's root: everything that lives as long as the page is made here.
#[component]
pub fn App() -> impl IntoView {
    provide_context(Words::remembered());
    provide_context(Store::new());
    provide_context(Ui::remembered());
    provide_context(Placing::new());
    let autosave = Autosave::new();
    provide_context(autosave);
    commands::listen();
    autosave.start();
    view! { <Layout/> }.into_any()
}
