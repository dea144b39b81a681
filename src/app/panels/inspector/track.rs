//! A least, a wanted and a most on one track: moved by the pointer or by keys, a step to undo for each gesture and each held key.

use groundplan::catalog::{Thumb, Value, Widget};
use groundplan::id::NodeId;
use groundplan::interact::track::{self, Stop, Stride};
use groundplan::text::{Message, Text};
use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::html;
use leptos::prelude::*;
use web_sys::HtmlElement;
use web_sys::wasm_bindgen::JsCast;

use super::entry::Entry;
use crate::app::state::store::store;
use crate::app::words::words;

/// Pixels from the end of the bar to the beginning of the track: room for a thumb beside another.
const INSET: f64 = 36.0;
/// Pixels by which the outer thumbs stand beside their place, so that three at one place are three.
const APART: f64 = 24.0;

/// What a gesture has come to.
#[derive(Clone, Debug, PartialEq)]
struct Draft {
    thumb: Thumb,
    track: track::Track,
    /// Pixels from the pointer to the thumb's place; nothing while a key does it.
    grip: Option<f64>,
}

/// The track; `Copy`.
#[derive(Clone, Copy)]
struct Bar {
    entries: StoredValue<Vec<(Thumb, Entry)>>,
    draft: RwSignal<Option<Draft>>,
    now: Memo<track::Track>,
    element: NodeRef<html::Div>,
}

/// Every field of a resource that stands on its track.
#[component]
pub fn Track(id: NodeId) -> impl IntoView {
    let words = words();
    let metas = store().design(|design| design.node(id).map(|node| node.kind().fields()).unwrap_or_default());
    let on_track = metas.iter().filter_map(|meta| Some((meta.thumb?, Entry::field(id, **meta))));
    let entries: Vec<(Thumb, Entry)> = on_track.collect();
    let all = entries.clone();
    let settled =
        Memo::new(move |_| track::Track::new(all.iter().filter_map(|(thumb, entry)| stop(*thumb, *entry)).collect()));
    let draft: RwSignal<Option<Draft>> = RwSignal::new(None);
    let now = Memo::new(move |_| {
        draft.with(|draft| draft.as_ref().map(|draft| draft.track.clone())).unwrap_or_else(|| settled.get())
    });
    let bar = Bar { entries: StoredValue::new(entries), draft, now, element: NodeRef::new() };
    let name = move || {
        let labels =
            bar.entries.with_value(|all| all.iter().map(|(_, entry)| words.say(entry.meta.label)).collect::<Vec<_>>());
        labels.join(" · ")
    };
    let thumbs = move || now.with(|now| now.stops().iter().map(|stop| stop.thumb).collect::<Vec<_>>());
    let place =
        move |thumb: Thumb, without: f64| now.with(|now| now.value(thumb).map_or(without, |_| now.place(thumb)));
    view! {
        <div class="insp-track" role="group" aria-label=name data-testid="track" hidden=move || now.with(|now| now.stops().is_empty())>
            <div
                node_ref=bar.element
                class="insp-track-bar"
                style:--inset=format!("{INSET}px")
                style:--apart=format!("{APART}px")
                style:--from=move || place(Thumb::Least, 0.0).to_string()
                style:--to=move || place(Thumb::Most, 1.0).to_string()
                on:pointerdown=move |event| bar.press(&event)
                on:pointermove=move |event| bar.pull(&event)
                on:pointerup=move |_| bar.commit()
                on:pointercancel=move |_| bar.draft.set(None)
            >
                <span class="insp-track-rail" aria-hidden="true"></span>
                <For each=thumbs key=|thumb| *thumb let:thumb>
                    <Handle bar thumb/>
                </For>
            </div>
            <span class="insp-track-ends" aria-hidden="true">
                <span>"0"</span>
                <span>{move || now.with(track::Track::end)}</span>
            </span>
        </div>
    }
    .into_any()
}

/// A field's number on the track; nothing where it is not set.
fn stop(thumb: Thumb, entry: Entry) -> Option<Stop> {
    match (entry.meta.widget, entry.value.get()) {
        (Widget::Number { min, max, .. }, Value::Int(value)) => Some(Stop { thumb, value, min, max }),
        _ => None,
    }
}

#[component]
fn Handle(bar: Bar, thumb: Thumb) -> impl IntoView {
    let words = words();
    let value = move || bar.now.with(|now| now.value(thumb).unwrap_or_default());
    let range = move || bar.now.with(|now| now.range(thumb));
    let entry = bar.entries.with_value(|all| all.iter().find(|(of, _)| *of == thumb).map(|(_, entry)| *entry));
    entry.map(|entry| {
        let said = move || words.read(&spoken(entry, value()));
        let keydown = move |event: KeyboardEvent| bar.key(&event, thumb);
        view! {
            <span
                role="slider"
                tabindex="0"
                class=format!("insp-thumb {}", side(thumb))
                class:held=move || bar.draft.with(|draft| draft.as_ref().is_some_and(|draft| draft.thumb == thumb))
                style:--at=move || bar.now.with(|now| now.place(thumb)).to_string()
                data-testid=entry.part("thumb")
                aria-label=move || words.say(entry.meta.label)
                aria-valuemin=move || range().0.to_string()
                aria-valuemax=move || range().1.to_string()
                aria-valuenow=move || value().to_string()
                aria-valuetext=said
                on:keydown=keydown
                on:keyup=move |_| bar.release()
                on:blur=move |_| bar.commit()
            >
                <span class="insp-thumb-value" aria-hidden="true">{value}</span>
            </span>
        }
    })
}

/// `3대`: the number with what is counted.
fn spoken(entry: Entry, value: i64) -> Message {
    match entry.meta.widget {
        Widget::Number { unit: Text { ko, en }, .. } => {
            let gap = if en.is_empty() { "" } else { " " };
            Message { ko: format!("{value}{ko}"), en: format!("{value}{gap}{en}") }
        }
        _ => Message::plain(value.to_string()),
    }
}

const fn side(thumb: Thumb) -> &'static str {
    match thumb {
        Thumb::Least => "least",
        Thumb::Wanted => "wanted",
        Thumb::Most => "most",
    }
}

/// By how many pixels a thumb stands beside its place.
const fn aside(thumb: Thumb) -> f64 {
    match thumb {
        Thumb::Least => -APART,
        Thumb::Wanted => 0.0,
        Thumb::Most => APART,
    }
}

impl Bar {
    /// Where the track begins on the page, and how long it is.
    fn extent(self) -> Option<(f64, f64)> {
        let rect = self.element.get_untracked()?.get_bounding_client_rect();
        Some((rect.left() + INSET, (rect.width() - 2.0 * INSET).max(1.0)))
    }

    /// Takes the thumb under the pointer, or brings the nearest one there.
    fn press(self, event: &PointerEvent) {
        let (Some((left, length)), Some(element)) = (self.extent(), self.element.get_untracked()) else { return };
        if event.button() != 0 {
            return;
        }
        let x = f64::from(event.client_x());
        let track = self.now.get_untracked();
        let away = |thumb: Thumb| x - (left + track.place(thumb) * length + aside(thumb));
        let nearest =
            track.stops().iter().map(|stop| stop.thumb).min_by(|a, b| away(*a).abs().total_cmp(&away(*b).abs()));
        let Some(thumb) = nearest else { return };
        // Pressed on, a thumb stays where it is; beside, it comes to the pointer.
        let off = away(thumb);
        let grip = if off.abs() <= APART / 2.0 { off + aside(thumb) } else { aside(thumb) };
        // Another thumb that had the focus commits as it loses it.
        self.focus(thumb);
        self.draft.set(Some(Draft { thumb, track, grip: Some(grip) }));
        self.pull(event);
        element.set_pointer_capture(event.pointer_id()).ok();
        event.prevent_default();
    }

    fn focus(self, thumb: Thumb) {
        let selector = format!(".insp-thumb.{}", side(thumb));
        let found = self.element.get_untracked().and_then(|bar| bar.query_selector(&selector).ok().flatten());
        if let Some(found) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
            // Focusing an element that is on the page does not fail.
            found.focus().ok();
        }
    }

    fn pull(self, event: &PointerEvent) {
        if !self.is_pulled() {
            return;
        }
        let (Some((left, length)), x) = (self.extent(), f64::from(event.client_x())) else { return };
        self.draft.update(|draft| {
            if let Some(Draft { thumb, track, grip: Some(grip) }) = draft {
                track.set_place(*thumb, (x - *grip - left) / length);
            }
        });
    }

    fn key(self, event: &KeyboardEvent, thumb: Thumb) {
        let stride = match event.key().as_str() {
            _ if event.ctrl_key() || event.meta_key() || event.alt_key() => return,
            "ArrowRight" | "ArrowUp" => Stride::One(true),
            "ArrowLeft" | "ArrowDown" => Stride::One(false),
            "PageUp" => Stride::Far(true),
            "PageDown" => Stride::Far(false),
            "Home" => Stride::End(false),
            "End" => Stride::End(true),
            "Escape" if self.draft.with_untracked(Option::is_some) => {
                self.draft.set(None);
                event.prevent_default();
                return event.stop_propagation();
            }
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        let now = self.now.get_untracked();
        self.draft.update(|draft| {
            let draft = draft.get_or_insert(Draft { thumb, track: now, grip: None });
            draft.track.step(draft.thumb, stride);
        });
    }

    /// Whether the pointer holds a thumb.
    fn is_pulled(self) -> bool {
        self.draft.with_untracked(|draft| draft.as_ref().is_some_and(|draft| draft.grip.is_some()))
    }

    /// A key is let go, which ends what keys did and nothing that the pointer does.
    fn release(self) {
        if !self.is_pulled() {
            self.commit();
        }
    }

    /// Makes what the gesture came to one edit.
    fn commit(self) {
        let Some(Some(draft)) = self.draft.try_update(Option::take) else { return };
        let entry =
            self.entries.with_value(|all| all.iter().find(|(of, _)| *of == draft.thumb).map(|(_, entry)| *entry));
        let (Some(entry), Some(value)) = (entry, draft.track.value(draft.thumb)) else { return };
        if entry.value.get_untracked() != Value::Int(value) {
            entry.send(Value::Int(value));
        }
    }
}
