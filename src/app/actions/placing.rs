//! Bringing a new resource from the palette onto the canvas: dragged, picked up and put down with two clicks, or from the keyboard.

use groundplan::catalog::Kind;
use groundplan::interact::Tool;
use leptos::prelude::*;
use web_sys::wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent, PointerEvent};

use super::edits;
use crate::app::browser::{Listener, document, keep};
use crate::app::state::store::{Store, store};
use crate::app::state::ui::ui;

/// What is picked up; tracks.
pub fn picked(store: Store) -> Option<Kind> {
    match store.tool.get() {
        Tool::Place(kind) => Some(kind),
        _ => None,
    }
}

/// A press of a mouse or pen on a palette item picks it up: released over the canvas it is placed there, released where it is it stays in hand.
pub fn press(kind: Kind, event: &PointerEvent) {
    let store = store();
    if event.button() != 0 || event.pointer_type() == "touch" {
        return;
    }
    if store.tool.get_untracked() == Tool::Place(kind) {
        // The release on the item itself must not put it into the hand again.
        return store.set_tool(Tool::Select);
    }
    store.set_tool(Tool::Place(kind));
}

/// A click: from the keyboard it asks for the frame; a finger picks up, and the palette makes room for the canvas.
pub fn click(kind: Kind, event: &web_sys::MouseEvent) {
    let by = event.dyn_ref::<PointerEvent>().map(PointerEvent::pointer_type).unwrap_or_default();
    if event.detail() == 0 {
        edits::ask_place(kind);
    } else if by == "touch" {
        store().set_tool(Tool::Place(kind));
        ui().sheet.set(None);
    }
}

/// What is released anywhere else is put down, and so it is by Escape.
pub fn listen() {
    let store = store();
    let put_down = move || {
        let held = matches!(store.tool.get_untracked(), Tool::Place(_));
        if held {
            store.set_tool(Tool::Select);
        }
        held
    };
    keep(Listener::of::<PointerEvent>(&document(), "pointerup", move |event| {
        let on = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let within = |selector: &str| on.as_ref().and_then(|on| on.closest(selector).ok().flatten());
        if let Some(canvas) = within("#canvas") {
            focus_instead_of_palette(canvas);
        } else if within(".palette-item").is_none() {
            put_down();
        }
    }));
    keep(Listener::of::<KeyboardEvent>(&document(), "keydown", move |event| {
        if event.key() == "Escape" && !event.default_prevented() && put_down() {
            event.prevent_default();
        }
    }));
}

/// What was just dragged here is worked on here: the keyboard follows the pointer.
fn focus_instead_of_palette(canvas: Element) {
    let from = document().active_element().is_some_and(|focused| focused.class_list().contains("palette-item"));
    if let (true, Ok(canvas)) = (from, canvas.dyn_into::<HtmlElement>()) {
        // Focusing an element that is on the page does not fail.
        canvas.focus().ok();
    }
}
