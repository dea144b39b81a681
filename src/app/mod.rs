//! The page: Leptos views over the engine.

mod actions;
pub mod bench;
pub mod browser;
mod canvas;
mod cut;
mod desk;
mod icons;
mod page;
mod panels;
mod parts;
mod state;
mod tables;
mod words;

use leptos::prelude::*;

use actions::autosave::Autosave;
use actions::{clipboard, commands, documents};
use canvas::Board;
use page::Layout;
use panels::{deploy, pins};
use state::store::Store;
use state::ui::Ui;
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
    parts::listen();
    commands::listen();
    clipboard::listen();
    documents::listen();
    view! { <Layout/> }.into_any()
}
