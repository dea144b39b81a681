//! Text that is being typed: it is not an edit until Enter or leaving, Escape takes it back, and what is refused stays to be mended.

use groundplan::catalog::{Value, Widget, typed};
use groundplan::text::t;
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

use super::entry::Entry;
use crate::app::state::store::store;
use crate::app::words::{tr, words};

/// What stands in a text field besides the committed value; `Copy`.
#[derive(Clone, Copy)]
pub struct Typing {
    entry: Entry,
    draft: RwSignal<Option<String>>,
    focused: RwSignal<bool>,
}

impl Typing {
    /// Nothing typed yet.
    pub fn new(entry: Entry) -> Self {
        let (draft, focused) = (RwSignal::new(None), RwSignal::new(false));
        // A change from elsewhere (undo, a fix) goes before what lies here half typed, but not under someone's fingers.
        Effect::new(move |before: Option<Value>| {
            let now = entry.value.get();
            if before.is_some_and(|before| before != now) && !focused.get_untracked() {
                draft.set(None);
                entry.error.set(None);
            }
            now
        });
        // A form that closes under the typing keeps what was typed, in the document it was typed for.
        let store = store();
        let opened = store.opened.get_untracked();
        let typing = Self { entry, draft, focused };
        on_cleanup(move || {
            let refused = entry.error.try_get_untracked().flatten().is_some();
            if !refused && store.opened.get_untracked() == opened {
                typing.commit();
            }
        });
        typing
    }

    /// What the field shows; tracks.
    pub fn text(self) -> String {
        self.draft.get().unwrap_or_else(|| self.entry.value.with(typed::write))
    }

    /// What was typed and is not committed; tracks.
    pub fn draft(self) -> Option<String> {
        self.draft.get()
    }

    /// Takes what the field holds as typed.
    pub fn input(self, text: String) {
        self.draft.set(Some(text));
    }

    /// Commits what was typed, if anything; whether nothing is left to mend.
    pub fn commit(self) -> bool {
        let Some(text) = self.draft.try_get_untracked().flatten() else { return true };
        let taken = match typed::read(&self.entry.meta.widget, &text) {
            Ok(value) => self.entry.send(value),
            Err(why) => {
                self.entry.error.try_set(Some(why));
                false
            }
        };
        if taken {
            self.draft.try_set(None);
        }
        taken
    }

    /// Goes back to the committed value; whether there was anything to take back.
    pub fn restore(self) -> bool {
        let any = self.draft.get_untracked().is_some() || self.entry.error.get_untracked().is_some();
        self.draft.set(None);
        self.entry.error.set(None);
        any
    }

    /// Notes whether the field has the focus; leaving commits.
    pub fn focus(self, focused: bool) {
        self.focused.set(focused);
        if !focused {
            self.commit();
        }
    }

    /// Enter, Escape, and undo where nothing typed is left to undo.
    pub fn keydown(self, event: &KeyboardEvent, lines: bool) {
        // While a letter is composed the keys belong to the input method.
        if event.is_composing() || event.key_code() == 229 {
            return;
        }
        let command = event.ctrl_key() || event.meta_key();
        let undo = command && !event.alt_key() && (event.key().eq_ignore_ascii_case("z") || event.code() == "KeyZ");
        match event.key().as_str() {
            "Enter" if !lines || command => {
                self.commit();
            }
            "Escape" if self.restore() => event.stop_propagation(),
            _ if undo && self.draft.get_untracked().is_none() => {
                let store = store();
                if event.shift_key() {
                    store.redo();
                } else {
                    store.undo();
                }
                event.stop_propagation();
            }
            _ => return,
        }
        event.prevent_default();
    }
}

/// One line of text, a number or an address block.
#[component]
pub fn Line(
    entry: Entry,
    #[prop(optional)] class: &'static str,
    #[prop(optional)] placeholder: Option<groundplan::text::Text>,
) -> impl IntoView {
    let (typing, words) = (Typing::new(entry), words());
    let input = NodeRef::<html::Input>::new();
    show(typing, input);
    let (numeric, unit) = match entry.meta.widget {
        Widget::Number { unit, .. } => (true, unit),
        _ => (false, t("", "")),
    };
    let hint = move || match placeholder {
        _ if entry.mixed.get() => words.say(MIXED),
        Some(text) => words.say(text),
        None => "",
    };
    view! {
        <span class="insp-line">
            <input
                node_ref=input
                type="text"
                class=format!("field insp-input {class}")
                class:mono=is_mono(&entry.meta.widget)
                class:numeric=numeric
                id=entry.part("field")
                data-testid=entry.part("field")
                inputmode=numeric.then_some("numeric")
                autocomplete="off"
                spellcheck="false"
                placeholder=hint
                aria-describedby=described_by(entry)
                aria-invalid=move || entry.error.get().is_some().then_some("true")
                on:input:target=move |event| typing.input(event.target().value())
                on:focus=move |_| typing.focus(true)
                on:blur=move |_| typing.focus(false)
                on:keydown=move |event| typing.keydown(&event, false)
            />
            {(!unit.is_empty()).then(|| view! { <span class="insp-unit" aria-hidden="true">{tr(unit)}</span> })}
        </span>
    }
    .into_any()
}

/// Several lines of text.
#[component]
pub fn Lines(entry: Entry) -> impl IntoView {
    let (typing, words) = (Typing::new(entry), words());
    let area = NodeRef::<html::Textarea>::new();
    show_area(typing, area);
    let rows = move || typing.text().lines().count().clamp(3, 14).to_string();
    view! {
        <textarea
            node_ref=area
            class="field insp-input mono"
            rows=rows
            id=entry.part("field")
            data-testid=entry.part("field")
            spellcheck="false"
            placeholder=move || if entry.mixed.get() { words.say(MIXED) } else { "" }
            aria-describedby=described_by(entry)
            aria-invalid=move || entry.error.get().is_some().then_some("true")
            on:input:target=move |event| typing.input(event.target().value())
            on:focus=move |_| typing.focus(true)
            on:blur=move |_| typing.focus(false)
            on:keydown=move |event| typing.keydown(&event, true)
        ></textarea>
    }
    .into_any()
}

/// What stands where several nodes differ.
pub const MIXED: groundplan::text::Text = t("서로 달라요", "Mixed");

/// Keeps an input showing what `typing` says. It is written only where it differs, so that the caret and a letter in the making stay.
pub fn show(typing: Typing, input: NodeRef<html::Input>) {
    Effect::new(move |_| {
        let text = typing.text();
        if let Some(input) = input.get()
            && input.value() != text
        {
            input.set_value(&text);
        }
    });
}

/// As [`show`], for several lines.
pub fn show_area(typing: Typing, area: NodeRef<html::Textarea>) {
    Effect::new(move |_| {
        let text = typing.text();
        if let Some(area) = area.get()
            && area.value() != text
        {
            area.set_value(&text);
        }
    });
}

/// Help, refusal and problems of a field, and what a schedule means, for `aria-describedby`.
pub fn described_by(entry: Entry) -> String {
    let schedule: &[&str] = match entry.meta.widget {
        Widget::Cron { .. } => &["words", "next"],
        Widget::Window { .. } => &["words"],
        _ => &[],
    };
    let parts = ["help", "error", "problems"].iter().chain(schedule);
    parts.map(|part| entry.part(part)).collect::<Vec<_>>().join(" ")
}

/// Whether the text is read character by character.
const fn is_mono(widget: &Widget) -> bool {
    matches!(widget, Widget::Cidr | Widget::Lines | Widget::Json)
}
