//! What is in each part. A function that is named here and nowhere else on the page is in the part's file, with all that only it needs.

use std::sync::Arc;

use groundplan::catalog::Kind;
use groundplan::cloudformation;
use groundplan::file::{self, Opened};
use groundplan::layout::tidy_up;
use groundplan::samples::Sample;
use leptos::prelude::*;

use super::actions::autosave::autosave;
use super::actions::{clipboard, dispatch, documents, edits, import, lessons, offers, placing};
#[cfg(feature = "bench")]
use super::bench;
use super::panels::{
    deploy, dialogs, inspector, labs, matrix, outline, pins, problems, share, template, tour, tracer, what_if,
};
use super::parts::{Checks, Desk, Forms, Labs, Studies};
use super::state::store::store;
use super::{canvas, desk};

pub static DESK: Desk = Desk {
    begin: desk::begin,
    mount: canvas::mount,
    preview: |design| view! { <canvas::Preview design/> }.into_any(),
    renaming: || view! { <canvas::Renaming/> }.into_any(),
    run: dispatch::carry_out,
    press: placing::press,
    click: placing::click,
    sample: documents::begin,
    summary: Kind::summary,
    retitle: edits::retitle,
    versions: documents::ask_version,
    take_over: || autosave().take_over(),
    make_copy: || autosave().make_copy(),
    open: import::open,
    copy: clipboard::copy_selected,
    paste: clipboard::paste,
};

pub static CHECKS: Checks = Checks {
    settle: || store().settle(),
    offer: offers::tried,
    problems: || view! { <problems::Problems/> }.into_any(),
    exposures: || store().derived(|derived| Arc::clone(derived.exposures())),
    draw: Sample::draw,
};

pub static FORMS: Forms = Forms {
    one: |id, more| view! { <inspector::One id more/> }.into_any(),
    counts: || view! { <inspector::Counts/> }.into_any(),
    wire: || view! { <inspector::Wire/> }.into_any(),
    many: |ids| view! { <inspector::Many ids/> }.into_any(),
    outline: || view! { <outline::Outline/> }.into_any(),
    tour: || view! { <tour::Tour/> }.into_any(),
    dialog: |dialog| view! { <dialogs::Modal dialog/> }.into_any(),
};

fn describe(texts: &[(String, String)]) -> Option<Opened> {
    let any = texts.iter().any(|(_, text)| cloudformation::is_describe(text));
    any.then(|| file::describe(texts.iter().map(|(name, text)| (name.as_str(), text.as_str()))))
}

pub static STUDIES: Studies = Studies {
    begin: || {
        matrix::begin();
        tracer::begin();
    },
    tracer: || view! { <tracer::TracerPanel/> }.into_any(),
    present: || view! { <tracer::Present/> }.into_any(),
    what_if: || view! { <what_if::WhatIf/> }.into_any(),
    trace: tracer::show_asked,
    trace_end: tracer::show_end,
    matrix: || view! { <matrix::MatrixPanel/> }.into_any(),
    pins: || view! { <pins::PinsPanel/> }.into_any(),
    template: || view! { <template::TemplatePanel/> }.into_any(),
    export: |design| {
        let export = cloudformation::export(design);
        (export.text().to_owned(), export.syntax())
    },
    deploy: deploy::sheet,
    share: share::body,
    linked: file::linked,
    read: file::read_bytes,
    describe,
    tidy_up,
    #[cfg(feature = "bench")]
    bench: bench::run,
    #[cfg(feature = "bench")]
    bench_reach: bench::reach::run,
};

pub static LABS: Labs = Labs {
    begin: lessons::begin,
    panel: || view! { <labs::Running/> }.into_any(),
    course: || view! { <labs::Course/> }.into_any(),
};
