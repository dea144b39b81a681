//! Free text with proposals: a combobox that filters in both languages.

use groundplan::catalog::{Suggestion, Value};
use groundplan::text::t;
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

use super::entry::Entry;
use super::typing::{MIXED, Typing, described_by, show};
use crate::app::words::search::{folded, matches};
use crate::app::words::{tr, words};

/// Proposals shown at most.
const SHOWN: usize = 200;

/// The popup's state; `Copy`.
#[derive(Clone, Copy)]
struct Popup {
    open: RwSignal<bool>,
    /// Which proposal the arrow keys are on.
    at: RwSignal<Option<usize>>,
    found: Memo<Vec<Suggestion>>,
}

impl Popup {
    fn new(typing: Typing, proposals: Callback<(), Vec<Suggestion>>) -> Self {
        let open = RwSignal::new(false);
        let found = Memo::new(move |_| {
            if !open.get() {
                return Vec::new();
            }
            // Until something is typed all are shown: the committed value is no query.
            let query = folded(&typing.draft().unwrap_or_default());
            let hit = |one: &Suggestion| matches(&query, &[&one.value, &one.label.ko, &one.label.en]);
            proposals.run(()).into_iter().filter(hit).take(SHOWN).collect()
        });
        Self { open, at: RwSignal::new(None), found }
    }

    fn show(self, open: bool) {
        self.open.set(open);
        self.at.set(None);
    }

    /// Opens on the proposal that the field holds.
    fn show_at(self, value: &str) {
        self.show(true);
        self.at.set(self.found.with_untracked(|found| found.iter().position(|one| one.value == value)));
    }

    fn step(self, forward: bool) {
        self.open.set(true);
        let last = self.found.with_untracked(Vec::len).saturating_sub(1);
        self.at.update(|at| {
            *at = Some(match (*at, forward) {
                (Some(at), true) if at < last => at + 1,
                (Some(at), false) if at > 0 => at - 1,
                (None | Some(_), true) => 0,
                (None | Some(_), false) => last,
            });
        });
    }

    fn current(self) -> Option<Suggestion> {
        let at = self.at.get_untracked().filter(|_| self.open.get_untracked())?;
        self.found.with_untracked(|found| found.get(at).cloned())
    }
}

/// A text field with proposals.
#[component]
pub fn Combo(entry: Entry, proposals: Callback<(), Vec<Suggestion>>, #[prop(optional)] mono: bool) -> impl IntoView {
    let words = words();
    let typing = Typing::new(entry);
    let popup = Popup::new(typing, proposals);
    let input = NodeRef::<html::Input>::new();
    show(typing, input);
    let choose = Callback::new(move |one: Suggestion| {
        typing.restore();
        entry.send(Value::Text(one.value));
        popup.show(false);
    });
    let keydown = move |event: KeyboardEvent| {
        let busy = event.is_composing() || event.key_code() == 229;
        match event.key().as_str() {
            "ArrowDown" if !busy => popup.step(true),
            "ArrowUp" if !busy => popup.step(false),
            "Escape" if !busy && popup.open.get_untracked() => popup.show(false),
            "Enter" if !busy => match popup.current() {
                Some(one) => choose.run(one),
                None => {
                    popup.show(false);
                    typing.commit();
                }
            },
            _ => return typing.keydown(&event, false),
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let meaning = move || {
        let value = typing.text();
        let known = untrack(|| proposals.run(())).into_iter().find(|one| one.value == value);
        known.map(|one| words.read(&one.label)).filter(|label| !label.eq_ignore_ascii_case(&value))
    };
    view! {
        <div class="insp-combo">
            <input
                node_ref=input
                type="text"
                role="combobox"
                class="field insp-input"
                class:mono=mono
                id=entry.part("field")
                data-testid=entry.part("field")
                autocomplete="off"
                spellcheck="false"
                placeholder=move || if entry.mixed.get() { words.say(MIXED) } else { "" }
                aria-expanded=move || popup.open.get().to_string()
                aria-autocomplete="list"
                aria-controls=entry.part("list")
                aria-activedescendant=move || popup.at.get().map(|at| format!("{}-{at}", entry.part("option")))
                aria-describedby=described_by(entry)
                aria-invalid=move || entry.error.get().is_some().then_some("true")
                on:input:target=move |event| {
                    typing.input(event.target().value());
                    popup.show(true);
                }
                on:click=move |_| popup.show_at(&typing.text())
                on:focus=move |_| typing.focus(true)
                on:blur=move |_| {
                    popup.show(false);
                    typing.focus(false);
                }
                on:keydown=keydown
            />
            <Proposals entry popup choose/>
            <small class="insp-meaning" hidden=move || meaning().is_none()>{meaning}</small>
        </div>
    }
    .into_any()
}

#[component]
fn Proposals(entry: Entry, popup: Popup, choose: Callback<Suggestion>) -> impl IntoView {
    let numbered = move || popup.found.get().into_iter().enumerate().collect::<Vec<_>>();
    view! {
        <ul
            class="insp-proposals scroll"
            role="listbox"
            id=entry.part("list")
            aria-label=tr(t("제안", "Suggestions"))
            hidden=move || !popup.open.get() || popup.found.with(Vec::is_empty)
        >
            <For each=numbered key=|(at, one)| (*at, one.value.clone()) let:row>
                <Proposal entry at=row.0 one=row.1 popup choose/>
            </For>
        </ul>
    }
    .into_any()
}

#[component]
fn Proposal(entry: Entry, at: usize, one: Suggestion, popup: Popup, choose: Callback<Suggestion>) -> impl IntoView {
    let words = words();
    let item = NodeRef::<html::Li>::new();
    let current = move || popup.at.get() == Some(at);
    Effect::new(move |_| {
        if let (true, Some(item)) = (current(), item.get()) {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            item.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
    let (testid, value, label, picked) =
        (format!("{}-{}", entry.part("option"), one.value), one.value.clone(), one.label.clone(), one);
    view! {
        <li
            node_ref=item
            role="option"
            class="insp-proposal"
            id=format!("{}-{at}", entry.part("option"))
            data-testid=testid
            aria-selected=move || current().to_string()
            // The press would take the focus, and with it the popup, before the click arrives.
            on:pointerdown=move |event| event.prevent_default()
            on:mousedown=move |event| event.prevent_default()
            on:click=move |_| choose.run(picked.clone())
        >
            <span>{value}</span>
            <small>{move || words.read(&label)}</small>
        </li>
    }
    .into_any()
}
