//! Networks to begin with, each with its picture: the samples, and the usual architectures.

use std::sync::Arc;

use groundplan::design::Design;
use groundplan::interact::compose::{NETWORKS, Network};
use groundplan::samples::{self, Sample};
use groundplan::text::{Text, t};
use leptos::prelude::*;

use crate::app::actions::documents;
use crate::app::browser::painted;
use crate::app::parts::{CHECKS, DESK};
use crate::app::state::ui::ui;
use crate::app::words::{tr, words};
use leptos::task::spawn_local;

/// The dialog's body.
#[component]
pub fn Gallery() -> impl IntoView {
    CHECKS.fetch();
    // One picture in each frame, so that the dialog is there at once.
    let ready = RwSignal::new(0_usize);
    let all = samples::list().len() + NETWORKS.len();
    spawn_local(async move {
        for at in 1..=all {
            painted().await;
            if ready.try_set(at).is_some() {
                return;
            }
        }
    });
    let samples = samples::list().iter().enumerate().map(|(at, sample)| view! { <OfSample sample at ready/> });
    let networks = NETWORKS.iter().enumerate().map(|(at, network)| {
        let at = at + samples::list().len();
        view! { <OfNetwork network at ready/> }
    });
    view! {
        <div class="gallery scroll" tabindex="0" data-testid="gallery">
            <h3>{tr(t("과정의 네트워크", "Networks of the course"))}</h3>
            <ul>{samples.collect_view()}</ul>
            <h3>{tr(t("흔히 쓰는 구성", "Usual architectures"))}</h3>
            <ul>{networks.collect_view()}</ul>
        </div>
    }
    .into_any()
}

#[component]
fn OfSample(sample: &'static Sample, at: usize, ready: RwSignal<usize>) -> impl IntoView {
    let shown = Memo::new(move |_| ready.get() > at);
    let picture = Memo::new(move |_| {
        let checks = CHECKS.get().filter(|_| shown.get())?;
        Some(Arc::new((checks.draw)(sample)))
    });
    let begin = Callback::new(move |()| documents::begin(sample));
    view! { <Card id=sample.id title=sample.title description=sample.description picture=picture.into() begin/> }
        .into_any()
}

#[component]
fn OfNetwork(network: &'static Network, at: usize, ready: RwSignal<usize>) -> impl IntoView {
    let shown = Memo::new(move |_| ready.get() > at);
    let picture = Memo::new(move |_| if shown.get() { network.draw().ok().map(Arc::new) } else { None });
    let begin = Callback::new(move |()| {
        if let Ok(design) = network.draw() {
            documents::begin_with(design, network.title);
        }
    });
    view! { <Card id=network.id title=network.title description=network.description picture=picture.into() begin/> }
        .into_any()
}

#[component]
fn Card(
    id: &'static str,
    title: Text,
    description: Text,
    picture: Signal<Option<Arc<Design>>>,
    begin: Callback<()>,
) -> impl IntoView {
    let (ui, words) = (ui(), words());
    let take = move |_| {
        ui.close();
        begin.run(());
    };
    view! {
        <li>
            <button type="button" class="card" data-testid=format!("gallery-{id}") on:click=take>
                {move || DESK.get().map(|desk| (desk.preview)(picture))}
                <b>{move || words.say(title)}</b>
                <span>{move || words.say(description)}</span>
            </button>
        </li>
    }
    .into_any()
}
