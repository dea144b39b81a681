//! Switches, choices and selects: what is chosen is committed at once.

use groundplan::catalog::{Choice, Value};
use groundplan::text::t;
use leptos::prelude::*;

use super::entry::Entry;
use super::typing::{MIXED, described_by};
use crate::app::words::{tr, words};

/// Letters that still fit side by side into the panel.
const SEGMENT_LETTERS: usize = 26;

/// On or off.
#[component]
pub fn Switch(entry: Entry) -> impl IntoView {
    let on = move || entry.value.with(|value| *value == Value::Bool(true));
    let state = move || match (entry.mixed.get(), on()) {
        (true, _) => MIXED,
        (_, true) => t("켜짐", "On"),
        (_, false) => t("꺼짐", "Off"),
    };
    let toggle = move |_| {
        entry.send(Value::Bool(!untrack(on)));
    };
    let words = words();
    view! {
        <button
            type="button"
            role="switch"
            class="insp-switch"
            id=entry.part("field")
            data-testid=entry.part("field")
            aria-checked=move || on().to_string()
            aria-labelledby=entry.part("label")
            aria-describedby=described_by(entry)
            on:click=toggle
        >
            <span class="insp-switch-state" aria-hidden="true">{move || words.say(state())}</span>
            <span class="insp-switch-track" aria-hidden="true"></span>
        </button>
    }
    .into_any()
}

/// Whether a closed list is short enough to lie open.
pub fn fits_side_by_side(choices: &[Choice]) -> bool {
    let letters = |text: fn(&Choice) -> &str| choices.iter().map(|choice| text(choice).chars().count()).sum::<usize>();
    choices.len() <= 3 && letters(|choice| choice.label.en).max(letters(|choice| choice.label.ko)) <= SEGMENT_LETTERS
}

/// One of a short closed list, all in sight.
#[component]
pub fn Segments(entry: Entry, choices: &'static [Choice]) -> impl IntoView {
    let one = move |choice: &'static Choice| {
        let current = move || !entry.mixed.get() && entry.value.with(|value| value.as_text() == Some(choice.value));
        view! {
            <label class="insp-segment">
                <input
                    type="radio"
                    class="visually-hidden"
                    name=entry.part("field")
                    value=choice.value
                    data-testid=format!("{}-{}", entry.part("field"), choice.value)
                    prop:checked=current
                    on:change=move |_| {
                        entry.send(choice.value.into());
                    }
                />
                <span>{tr(choice.label)}</span>
            </label>
        }
    };
    view! {
        <div
            class="insp-segments"
            role="radiogroup"
            id=entry.part("field")
            data-testid=entry.part("field")
            aria-labelledby=entry.part("label")
            aria-describedby=described_by(entry)
        >
            {choices.iter().map(one).collect_view()}
        </div>
    }
    .into_any()
}

/// An option of a [`Select`]: what is stored and what is read.
pub type Opt = (String, String);

/// One of a longer closed list.
#[component]
pub fn Chooser(entry: Entry, choices: &'static [Choice]) -> impl IntoView {
    let words = words();
    let options = Signal::derive(move || {
        choices.iter().map(|choice| (choice.value.to_owned(), words.say(choice.label).to_owned())).collect::<Vec<Opt>>()
    });
    let current = Signal::derive(move || entry.value.with(|value| value.as_text().unwrap_or_default().to_owned()));
    let pick = Callback::new(|value: String| Value::Text(value));
    view! { <Select entry options current pick/> }.into_any()
}

/// A select over any options; `pick` turns the chosen one into the value.
#[component]
pub fn Select(
    entry: Entry,
    options: Signal<Vec<Opt>>,
    current: Signal<String>,
    pick: Callback<String, Value>,
) -> impl IntoView {
    let words = words();
    let change = move |event: leptos::ev::Targeted<leptos::ev::Event, web_sys::HtmlSelectElement>| {
        let select = event.target();
        if !entry.send(pick.run(select.value())) {
            // What was refused must not look chosen.
            select.set_value(&current.get_untracked());
        }
    };
    view! {
        <span class="insp-select">
            <select
                class="field insp-input"
                id=entry.part("field")
                data-testid=entry.part("field")
                aria-describedby=described_by(entry)
                aria-invalid=move || entry.error.get().is_some().then_some("true")
                on:change:target=change
            >
                {move || entry.mixed.get().then(|| view! { <option value="" disabled selected>{words.say(MIXED)}</option> })}
                <For each=move || options.get() key=|option| option.clone() let:option>
                    {
                        let (value, label) = option;
                        let own = value.clone();
                        view! { <option value=value prop:selected=move || !entry.mixed.get() && current.get() == own>{label}</option> }
                    }
                </For>
            </select>
        </span>
    }
    .into_any()
}
