//! The page: Leptos views over the engine.
//!
//! Its layers, lowest first; a file names what stands below it, never above: [`browser`], [`words`] and [`icons`]; [`state`], one owner of each
//! fact; [`parts`], what loads later, as types; [`actions`], what people do; [`canvas`] and [`panels`]; and the root, which is this folder's own
//! files: it fills the parts in and lets them begin.

mod actions;
#[cfg(feature = "bench")]
mod bench;
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

use leptos::mount::mount_to_body;
use leptos::prelude::*;

use actions::autosave::{self, Autosave};
use actions::{clipboard, documents, keyboard, lessons, links};
use page::Layout;
use parts::DESK;
use state::lab::LabSigns;
use state::store::Store;
use state::ui::Ui;
use words::Words;

/// Puts the page into the document, or, in a build that has one, the page that measures where the address asks for it.
pub fn mount() {
    cut::name_parts();
    #[cfg(feature = "bench")]
    if let Some(bench) = bench::asked_for() {
        return parts::STUDIES.alone(bench);
    }
    mount_to_body(App);
}

/// The page's root: everything that lives as long as the page is made here.
#[component]
fn App() -> impl IntoView {
    provide_context(Words::remembered());
    provide_context(Store::new());
    provide_context(Ui::remembered());
    provide_context(LabSigns::new());
    provide_context(Autosave::new());
    parts::listen();
    keyboard::listen();
    clipboard::listen();
    documents::listen();
    lessons::listen();
    // A design from before, or one that a link asks for, is drawn as soon as the page is.
    if autosave::is_expected() || links::is_asked() {
        DESK.fetch();
    }
    view! { <Layout/> }.into_any()
}
