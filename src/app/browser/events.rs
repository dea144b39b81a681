//! Event listeners that remove themselves.

use wasm_bindgen::prelude::*;
use web_sys::{AddEventListenerOptions, Element, Event, EventTarget};

/// A listener on an element, the document or the window; it is removed when this is dropped.
pub struct Listener {
    target: EventTarget,
    name: &'static str,
    /// Whether it hears before those on the elements inside, and before those that came earlier.
    first: bool,
    closure: Closure<dyn FnMut(Event)>,
}

impl Listener {
    /// Listens.
    pub fn new(target: &EventTarget, name: &'static str, handler: impl FnMut(Event) + 'static) -> Self {
        Self::add(target, name, false, Closure::new(handler))
    }

    fn add(target: &EventTarget, name: &'static str, first: bool, closure: Closure<dyn FnMut(Event)>) -> Self {
        let options = AddEventListenerOptions::new();
        // Wheel and touch listeners are passive by default on some targets, and ours prevent the page's own zoom.
        options.set_passive(false);
        options.set_capture(first);
        let added = target.add_event_listener_with_callback_and_add_event_listener_options(
            name,
            closure.as_ref().unchecked_ref(),
            &options,
        );
        // Adding fails only for a malformed options object.
        debug_assert!(added.is_ok());
        Self { target: target.clone(), name, first, closure }
    }

    /// Listens for an event of a known type.
    pub fn of<E: JsCast>(target: &EventTarget, name: &'static str, mut handler: impl FnMut(E) + 'static) -> Self {
        Self::new(target, name, move |event| {
            if let Ok(event) = event.dyn_into::<E>() {
                handler(event);
            }
        })
    }

    /// Listens for an event of a known type, and hears of it before others that listen to the same target or inside it.
    pub fn first<E: JsCast>(target: &EventTarget, name: &'static str, mut handler: impl FnMut(E) + 'static) -> Self {
        let handler = move |event: Event| {
            if let Ok(event) = event.dyn_into::<E>() {
                handler(event);
            }
        };
        Self::add(target, name, true, Closure::new(handler))
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        // Removing what is not there is no error.
        let closure = self.closure.as_ref().unchecked_ref();
        self.target.remove_event_listener_with_callback_and_bool(self.name, closure, self.first).ok();
    }
}

/// Whether an event belongs to an element inside what the selector names.
pub fn is_within(event: &Event, selector: &str) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| target.closest(selector).is_ok_and(|found| found.is_some()))
}

/// Whether an event belongs to something that text is typed into.
pub fn is_typing(event: &Event) -> bool {
    is_within(event, "input, textarea, select, [contenteditable]")
}
