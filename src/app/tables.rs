//! What each part can do. A function that is named here and nowhere else on the page is in the part's file, with all that only it needs.

use groundplan::catalog::kinds::Subnet;
use groundplan::cloudformation;
use groundplan::design::{Design, Edit, Fix};
use groundplan::facts::Context;
use groundplan::file::{self, OpenError, Opened};
use groundplan::id::NodeId;
use groundplan::layout::tidy_up;
use groundplan::rules::{self, Finding};
use groundplan::samples::Sample;
use groundplan::template::Syntax;
use leptos::prelude::*;
use std::collections::BTreeSet;

use groundplan::catalog::Kind;
use groundplan::command::Command;
use web_sys::{ClipboardEvent, HtmlElement, MouseEvent, PointerEvent};

use crate::app::actions::autosave::{Autosave, autosave};
use crate::app::actions::offers::Wanted;
use crate::app::actions::{clipboard, commands, documents, edits, import, offers, placing};
use crate::app::browser::files::Chosen;
use crate::app::canvas::{self, Board};
use crate::app::panels::{deploy, dialogs, inspector, matrix, outline, pins, problems, template, tracer};
use crate::app::state::reach;
use crate::app::state::store::{Store, store};
use crate::app::state::ui::{Dialog, Ui};
use crate::app::{bench, desk};

/// The canvas, the document, and all that one does to them.
pub struct Desk {
    /// Lets everything listen that works on the document; called once, at the page's root.
    pub begin: fn(),
    /// Puts the canvas into its place.
    pub mount: fn(&HtmlElement),
    /// Does what a command says.
    pub run: fn(Command),
    /// A press on an item of the palette.
    pub press: fn(Board, Kind, &PointerEvent),
    /// A click on one.
    pub click: fn(Board, Kind, &MouseEvent),
    /// Begins with a sample.
    pub sample: fn(&'static Sample),
    /// Gives the design another title.
    pub retitle: fn(&str),
    /// Asks for an older version of the design.
    pub versions: fn(),
    /// Lets this tab write in place of another.
    pub take_over: fn(),
    /// Asks for another design of this browser.
    pub designs: fn(),
    /// Opens files and folders that were dropped on the page.
    pub open: fn(Autosave, Ui, Chosen),
    /// Copies what is selected; cuts it if the flag says so.
    pub take: fn(&ClipboardEvent, bool),
    /// Pastes a text, at a place in the window.
    pub put: fn(&str, Option<(f64, f64)>),
}

/// The rules and what they found.
pub struct Checks {
    /// Lets the rules look at the document; called once, at the page's root.
    pub begin: fn(),
    /// What is wrong with a design.
    pub check: fn(&Design) -> Vec<Finding>,
    /// What may be offered to mend or open something, of the document as it is now.
    pub offer: fn(Store, &Wanted) -> Option<Fix>,
    /// The panel that lists it.
    pub problems: fn() -> AnyView,
    /// Which subnets are public.
    pub publics: fn(&Design) -> BTreeSet<NodeId>,
    /// Draws a sample.
    pub draw: fn(&Sample) -> Design,
}

/// Forms, outline and dialogs.
pub struct Forms {
    /// The form of one resource; the signal remembers whether its further fields are open.
    pub one: fn(NodeId, RwSignal<bool>) -> AnyView,
    /// How many of each kind there are.
    pub counts: fn() -> AnyView,
    /// The form of several resources.
    pub many: fn(Signal<BTreeSet<NodeId>>) -> AnyView,
    /// The panel with the document as a tree.
    pub outline: fn() -> AnyView,
    /// A dialog over the page.
    pub dialog: fn(Dialog) -> AnyView,
}

/// The tracer, the matrix and the template.
pub struct Studies {
    /// Makes what outlives the panels, and lets it listen; called once, at the page's root.
    pub begin: fn(),
    /// The path tracer's panel.
    pub tracer: fn() -> AnyView,
    /// The matrix of who reaches whom.
    pub matrix: fn() -> AnyView,
    /// The panel of what must hold.
    pub pins: fn() -> AnyView,
    /// The template's panel.
    pub template: fn() -> AnyView,
    /// The design in the bytes of any file that people may choose.
    pub read: fn(&[u8]) -> Result<Opened, OpenError>,
    /// The design in output of describe commands, by the names of the files; nothing where none of them is any.
    pub describe: fn(&[(String, String)]) -> Option<Opened>,
    /// The edits that put every node in a readable place.
    pub tidy_up: fn(&Design) -> Vec<Edit>,
    /// A design as the text of a template, and how that is written.
    pub export: fn(&Design) -> (String, Syntax),
    /// The body of the deploy sheet.
    pub deploy: fn() -> AnyView,
    /// The page `#bench`.
    pub bench: fn() -> Result<(), wasm_bindgen::JsValue>,
    /// The page `#bench-reach`.
    pub bench_reach: fn(),
}

pub static DESK: Desk = Desk {
    begin: desk::begin,
    mount: canvas::mount,
    run: commands::carry_out,
    press: placing::press,
    click: placing::click,
    sample: documents::begin,
    retitle: edits::retitle,
    versions: documents::ask_version,
    take_over: || autosave().take_over(),
    designs: documents::ask_design,
    open: import::take,
    take: clipboard::take,
    put: clipboard::put,
};

pub static CHECKS: Checks = Checks {
    begin: || store().check_soon(),
    check: rules::check,
    offer: offers::tried,
    problems: || view! { <problems::Problems/> }.into_any(),
    publics,
    draw: Sample::draw,
};

fn publics(design: &Design) -> BTreeSet<NodeId> {
    let context = Context::new(design);
    context.all::<Subnet>().map(|(id, ..)| id).filter(|id| context.is_public(*id)).collect()
}

pub static FORMS: Forms = Forms {
    one: |id, more| view! { <inspector::One id more/> }.into_any(),
    counts: || view! { <inspector::Counts/> }.into_any(),
    many: |ids| view! { <inspector::Many ids/> }.into_any(),
    outline: || view! { <outline::Outline/> }.into_any(),
    dialog: |dialog| view! { <dialogs::Modal dialog/> }.into_any(),
};

fn describe(texts: &[(String, String)]) -> Option<Opened> {
    let any = texts.iter().any(|(_, text)| cloudformation::is_describe(text));
    any.then(|| file::describe(texts.iter().map(|(name, text)| (name.as_str(), text.as_str()))))
}

pub static STUDIES: Studies = Studies {
    begin: || {
        tracer::begin();
        reach::listen();
        pins::listen();
        deploy::listen();
    },
    tracer: || view! { <tracer::TracerPanel/> }.into_any(),
    matrix: || view! { <matrix::MatrixPanel/> }.into_any(),
    pins: || view! { <pins::PinsPanel/> }.into_any(),
    template: || view! { <template::TemplatePanel/> }.into_any(),
    export: |design| {
        let export = cloudformation::export(design);
        (export.text().to_owned(), export.syntax())
    },
    deploy: deploy::sheet,
    read: file::read_bytes,
    describe,
    tidy_up,
    bench: bench::run,
    bench_reach: bench::reach::run,
};
