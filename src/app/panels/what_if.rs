//! What is taken away to see what would still work: said for as long as it is, so that no answer is taken for that of the design itself.

use std::collections::BTreeSet;

use groundplan::text::t;
use leptos::prelude::*;

use crate::app::state::store::store;
use crate::app::words::tr;

/// How many names are listed.
const NAMED: usize = 3;

/// The strip above the drawing.
#[component]
pub fn WhatIf() -> impl IntoView {
    let store = store();
    // Another document has nothing of this one.
    Effect::new(move |before: Option<u64>| {
        let opened = store.opened.get();
        if before.is_some_and(|before| before != opened) {
            store.set_lost(BTreeSet::new());
        }
        opened
    });
    let names = move || {
        store.settled.track();
        let all: Vec<String> = store.lost.with(|lost| lost.iter().map(|id| store.name(*id)).collect());
        let named: Vec<&str> = all.iter().map(String::as_str).filter(|name| !name.is_empty()).take(NAMED).collect();
        let more = all.len().saturating_sub(named.len());
        let rest = if more > 0 { format!(" +{more}") } else { String::new() };
        format!("{}{rest}", named.join(", "))
    };
    view! {
        <div class="what-if" role="status" data-testid="what-if">
            <b>{tr(t("가정", "What if"))}</b>
            <span class="what-if-names">{names}</span>
            <span>{tr(t("없을 때의 답이에요. 설계는 그대로예요.", "gone: these are the answers without it. The design is unchanged."))}</span>
            <button class="button small" data-testid="what-if-end" on:click=move |_| store.set_lost(BTreeSet::new())>
                {tr(t("모두 되돌리기", "Bring all back"))}
            </button>
        </div>
    }
    .into_any()
}
