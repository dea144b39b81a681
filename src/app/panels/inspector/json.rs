//! A JSON document as text: its first fault is named while one types, with a way to it, and a button lays the document out.

use groundplan::catalog::JsonText;
use groundplan::message;
use groundplan::text::t;
use leptos::html;
use leptos::prelude::*;

use super::entry::Entry;
use super::typing::{Typing, described_by, show_area};
use crate::app::words::{tr, words};

/// Where a text stops being JSON.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Fault {
    line: usize,
    column: usize,
}

fn fault(text: &str) -> Option<Fault> {
    if text.trim().is_empty() {
        return None;
    }
    let error = serde_json::from_str::<serde_json::Value>(text).err()?;
    Some(Fault { line: error.line(), column: error.column() })
}

/// The place of a fault in UTF-16 units, as the browser counts.
fn offset(text: &str, fault: Fault) -> u32 {
    let before: usize =
        text.split_inclusive('\n').take(fault.line.saturating_sub(1)).map(|line| line.encode_utf16().count()).sum();
    let line = text.split_inclusive('\n').nth(fault.line.saturating_sub(1)).unwrap_or_default();
    // The parser counts bytes.
    let within = line.get(..fault.column.saturating_sub(1)).unwrap_or(line).encode_utf16().count();
    u32::try_from(before + within).unwrap_or(u32::MAX)
}

/// The editor.
#[component]
pub fn Json(entry: Entry) -> impl IntoView {
    let (typing, words) = (Typing::new(entry), words());
    let area = NodeRef::<html::Textarea>::new();
    show_area(typing, area);
    let wrong = Memo::new(move |_| fault(&typing.text()));
    let rows = move || typing.text().lines().count().clamp(6, 24).to_string();
    let lay_out = move |_| {
        if let Ok(json) = serde_json::from_str::<serde_json::Value>(&untrack(|| typing.text())) {
            typing.input(JsonText::of(&json).as_str().to_owned());
            typing.commit();
        }
    };
    let go = move |_| {
        if let (Some(area), Some(fault)) = (area.get_untracked(), wrong.get_untracked()) {
            let at = offset(&area.value(), fault);
            // Both fail only where the element is no text field.
            area.focus().ok();
            area.set_selection_range(at, at + 1).ok();
        }
    };
    let said = move || {
        wrong.get().map(|Fault { line, column }| {
            words.read(&message!(
                "{line}번째 줄 {column}번째 칸이 JSON이 아니에요",
                "Not JSON at line {line}, column {column}"
            ))
        })
    };
    view! {
        <textarea
            node_ref=area
            class="field insp-input mono insp-json"
            wrap="off"
            rows=rows
            id=entry.part("field")
            data-testid=entry.part("field")
            spellcheck="false"
            autocomplete="off"
            aria-describedby=described_by(entry)
            aria-invalid=move || (entry.error.get().is_some() || wrong.get().is_some()).then_some("true")
            on:input:target=move |event| typing.input(event.target().value())
            on:focus=move |_| typing.focus(true)
            on:blur=move |_| typing.focus(false)
            on:keydown=move |event| typing.keydown(&event, true)
        ></textarea>
        <div class="insp-under">
            <button type="button" class="insp-link bad" data-testid=entry.part("json-fault") hidden=move || wrong.get().is_none() on:click=go>{said}</button>
            <small hidden=move || wrong.get().is_some()>{tr(t("Ctrl+Enter로 저장해요", "Ctrl+Enter commits"))}</small>
            // The text keeps the focus, so that what was typed and its new layout are one step.
            <button type="button" class="insp-link" on:mousedown=|event| event.prevent_default() data-testid=entry.part("json-format") disabled=move || wrong.get().is_some() || typing.text().trim().is_empty() on:click=lay_out>
                {tr(t("정렬", "Format"))}
            </button>
        </div>
    }
    .into_any()
}
