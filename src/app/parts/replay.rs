//! What is done on the canvas and the palette before the desk is here: it is kept, and done again once it is, so that no gesture is lost.

use std::cell::RefCell;

use leptos::prelude::*;
use web_sys::wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, MouseEvent};

use super::{DESK, Stage};
use crate::app::browser::{Listener, document, window};

/// What someone does to a page. The keys of commands are not among them: commands wait by themselves.
const TOUCHES: [&str; 9] = [
    "pointermove",
    "pointerdown",
    "pointerup",
    "pointercancel",
    "click",
    "contextmenu",
    "wheel",
    "keydown",
    "touchstart",
];
/// What is kept.
const KEPT: &str = "#canvas, .palette-item";

thread_local! {
    /// The events so far.
    static EVENTS: RefCell<Vec<Event>> = const { RefCell::new(Vec::new()) };
    /// What listens for more, until they are done again.
    static LISTENERS: RefCell<Vec<Listener>> = const { RefCell::new(Vec::new()) };
}

/// Fetches the desk at the first touch of any kind, and keeps what it would have heard. Call it once, at the page's root.
pub fn listen() {
    let listener = |name| {
        Listener::first(&window(), name, move |event: Event| {
            // Where it failed, a pointer that only passes by does not try again.
            if name != "pointermove" || !DESK.has_failed() {
                DESK.fetch();
            }
            EVENTS.with_borrow_mut(|events| keep(events, event));
        })
    };
    LISTENERS.replace(TOUCHES.map(listener).into());
    Effect::new(move || {
        // What cannot be done is forgotten: it would come as a surprise later.
        if DESK.stage() == Stage::Failed {
            EVENTS.take();
        }
    });
}

fn keep(events: &mut Vec<Event>, event: Event) {
    let (name, begun) = (event.type_(), !events.is_empty());
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let here = target.is_some_and(|target| target.closest(KEPT).is_ok_and(|found| found.is_some()));
    let moves = name == "pointermove";
    // A gesture that began here goes on wherever the pointer is.
    let kept = if name.starts_with("pointer") && begun { true } else { here && !moves };
    if !kept || matches!(name.as_str(), "keydown" | "touchstart") {
        return;
    }
    event.stop_immediate_propagation();
    if matches!(name.as_str(), "wheel" | "contextmenu") {
        event.prevent_default();
    }
    // Of a way only its end matters.
    if moves && events.last().is_some_and(|last| last.type_() == name) {
        events.pop();
    }
    events.push(event);
}

/// Does again what was kept: each event at what is beneath it now.
pub fn replay() {
    LISTENERS.take();
    for event in EVENTS.take() {
        let mouse = event.dyn_ref::<MouseEvent>().filter(|mouse| mouse.detail() != 0 || mouse.type_() != "click");
        let beneath = mouse.and_then(beneath);
        let Some(target) = beneath.map(Into::into).or_else(|| event.target()) else { continue };
        if let Some(again) = copy(&event) {
            // An event that was just made is not refused.
            target.dispatch_event(&again).ok();
        }
    }
}

/// What a gesture that began on the canvas or the palette is over: what the empty canvas offers lies above it only until something is picked up,
/// and steps aside after the next effects, which do not come between these events.
fn beneath(event: &MouseEvent) -> Option<Element> {
    let all = document().elements_from_point(event.client_x() as f32, event.client_y() as f32);
    let mut all = all.iter().filter_map(|one| one.dyn_into::<Element>().ok());
    all.find(|one| !one.closest(".welcome").is_ok_and(|found| found.is_some()))
}

/// The same event once more: one that was dispatched by the browser cannot be dispatched again.
fn copy(event: &Event) -> Option<Event> {
    let make: js_sys::Function =
        js_sys::Reflect::get(event, &JsValue::from_str("constructor")).ok()?.dyn_into().ok()?;
    let same = js_sys::Array::of2(&event.type_().into(), event);
    js_sys::Reflect::construct(&make, &same).ok()?.dyn_into().ok()
}
