//! Nothing selected: the document itself.

use std::collections::BTreeMap;

use groundplan::catalog::Kind;
use groundplan::text::{Text, t};
use leptos::prelude::*;

use crate::app::icons::glyphs::KindIcon;
use crate::app::panels::later::later;
use crate::app::parts::{DESK, FORMS};
use crate::app::state::store::store;
use crate::app::words::{tr, words};

const TITLE: Text = t("설계 제목", "Title");

/// What a newcomer may want to know.
const HINTS: [Text; 3] = [
    t("리소스를 고르면 여기에 속성이 나와요.", "Select a resource to see its properties here."),
    t(
        "왼쪽에서 리소스를 끌어다 놓거나, 고른 다음 놓을 곳을 누르세요.",
        "Drag a resource from the left, or pick it and click where it goes.",
    ),
    t(
        "Shift를 누른 채 누르면 여러 개를 골라 한 번에 바꿀 수 있어요.",
        "Shift-click selects several, to change them at once.",
    ),
];

/// The form of the document.
#[component]
pub fn Nothing() -> impl IntoView {
    let store = store();
    let commit = |title: String| DESK.with(move |desk| (desk.retitle)(&title));
    view! {
        <div class="insp-field w-line">
            <div class="insp-label">
                <label class="insp-name" for="field-title">{tr(TITLE)}</label>
            </div>
            <input
                class="field insp-input"
                id="field-title"
                data-testid="field-title"
                maxlength="255"
                autocomplete="off"
                prop:value=move || store.title.get()
                on:change:target=move |event| commit(event.target().value())
            />
        </div>
        <Show when=move || store.count.get() != 0>{move || later(&FORMS, |forms| (forms.counts)())}</Show>
        <ul class="insp-hints">{HINTS.map(|hint| view! { <li>{tr(hint)}</li> }).into_iter().collect_view()}</ul>
    }
    .into_any()
}

/// How many of each kind there are.
#[component]
pub fn Counts() -> impl IntoView {
    let (store, words) = (store(), words());
    let counts = Memo::new(move |_| {
        store.settled.track();
        let mut counts: BTreeMap<Kind, usize> = BTreeMap::new();
        store.design(|design| design.nodes().for_each(|(_, node)| *counts.entry(node.kind()).or_default() += 1));
        counts.into_iter().collect::<Vec<_>>()
    });
    view! {
        <Show when=move || !counts.with(Vec::is_empty)>
            <h3 class="insp-heading-small">{tr(t("그려진 리소스", "What is drawn"))}</h3>
        </Show>
        <ul class="insp-kinds">
            <For each=move || counts.get() key=|count| *count let:count>
                <li>
                    <KindIcon kind=count.0/>
                    <span>{move || words.term(count.0.spec().label)}</span>
                    <span class="insp-count">{count.1}</span>
                </li>
            </For>
        </ul>
    }
    .into_any()
}
