//! Event listeners that remove themselves.

use wasm_bindgen::prelude::*;
use web_sys::{AddEventListenerOptions, Event, EventTarget};

/// A listener on an element, the document or the window; it is removed when this is dropped.
pub struct Listener {
    target: EventTarget,
    name: &'static str,
    closure: Closure<dyn FnMut(Event)>,
}

impl Listener {
    /// Listens.
    pub fn new(target: &EventTarget, name: &'static str, handler: impl FnMut(Event) + 'static) -> Self {
        let closure = Closure::<dyn FnMut(Event)>::new(handler);
        let options = AddEventListenerOptions::new();
        // Wheel and touch listeners are passive by default on some targets, and ours prevent the page's own zoom.
        options.set_passive(false);
        let added = target.add_event_listener_with_callback_and_add_event_listener_options(
            name,
            closure.as_ref().unchecked_ref(),
            &options,
        );
        // Adding fails only for a malformed options object.
        debug_assert!(added.is_ok());
        Self { target: target.clone(), name, closure }
    }

    /// Listens for an event of a known type.
    pub fn of<E: JsCast>(target: &EventTarget, name: &'static str, mut handler: impl FnMut(E) + 'static) -> Self {
        Self::new(target, name, move |event| {
            if let Ok(event) = event.dyn_into::<E>() {
                handler(event);
            }
        })
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        // Removing what is not there is no error.
        self.target.remove_event_listener_with_callback(self.name, self.closure.as_ref().unchecked_ref()).ok();
    }
}
