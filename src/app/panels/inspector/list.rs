//! A list of short texts: every one a line, an empty line at the end adds one.

use groundplan::catalog::Value;
use groundplan::message;
use groundplan::text::t;
use leptos::prelude::*;

use super::entry::Entry;
use super::typing::{Line, described_by};
use crate::app::icons::glyphs::{CLOSE, Glyph};
use crate::app::words::words;

/// Short texts in order.
#[component]
pub fn List(entry: Entry) -> impl IntoView {
    let rows = Memo::new(move |_| entry.value.with(|value| value.items().len()));
    let newcomer = entry.newcomer();
    view! {
        <div
            class="insp-list"
            role="group"
            id=entry.part("field")
            data-testid=entry.part("field")
            aria-labelledby=entry.part("label")
            aria-describedby=described_by(entry)
        >
            <For each=move || 0..rows.get() key=|row| *row let:row>
                <Item entry row/>
            </For>
            <ItemLine entry=newcomer name=t("추가", "Add")/>
        </div>
    }
    .into_any()
}

#[component]
fn Item(entry: Entry, row: usize) -> impl IntoView {
    let words = words();
    let item = entry.item(row);
    let remove = move |_| {
        let mut rows = entry.items();
        if row < rows.len() {
            rows.remove(row);
        }
        entry.send(Value::List(rows));
    };
    let called = move || words.read(&message!("{}번째 지우기", "Remove row {}", row + 1));
    view! {
        <div class="insp-list-row">
            <ItemLine entry=item name=t("값", "Value")/>
            <button type="button" class="icon-button small" data-testid=format!("row-remove-{}-{row}", entry.id()) aria-label=called title=called on:click=remove>
                <Glyph path=CLOSE/>
            </button>
        </div>
    }
    .into_any()
}

/// A line with its own refusal beneath.
#[component]
fn ItemLine(entry: Entry, name: groundplan::text::Text) -> impl IntoView {
    let words = words();
    let label = entry.meta.label;
    let spoken = move || format!("{} {}", words.say(label), words.say(name));
    view! {
        <div class="insp-entry" class:bad=move || entry.error.with(Option::is_some)>
            <label class="visually-hidden" for=entry.part("field")>{spoken}</label>
            <Line entry placeholder=name/>
            <p class="field-error" role="alert" id=entry.part("error") data-testid=entry.part("field-error") hidden=move || entry.error.with(Option::is_none)>
                {move || entry.error.with(|error| error.as_ref().map(|why| words.read(why)))}
            </p>
        </div>
    }
    .into_any()
}
