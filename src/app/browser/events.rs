//! Event listeners that remove themselves.

use gloo_events::{EventListener, EventListenerOptions, EventListenerPhase};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, EventTarget};

/// A listener on an element, the document or the window; it is removed when this is dropped.
pub struct Listener {
    _listener: EventListener,
}

impl Listener {
    /// Listens.
    pub fn new(target: &EventTarget, name: &'static str, mut handler: impl FnMut(Event) + 'static) -> Self {
        Self::add(target, name, EventListenerPhase::Bubble, Box::new(move |event| handler(event.clone())))
    }

    /// One function for every kind of handler: what stands in it is in the bundle once.
    fn add(target: &EventTarget, name: &'static str, phase: EventListenerPhase, handler: Handler) -> Self {
        // Wheel and touch listeners are passive by default on some targets, and ours prevent the page's own zoom.
        let options = EventListenerOptions { phase, passive: false };
        Self { _listener: EventListener::new_with_options(target, name, options, handler) }
    }

    /// Listens for an event of a known type.
    pub fn of<E: JsCast>(target: &EventTarget, name: &'static str, handler: impl FnMut(E) + 'static) -> Self {
        Self::add(target, name, EventListenerPhase::Bubble, typed(handler))
    }

    /// Listens for an event of a known type, and hears of it before others that listen to the same target or inside it.
    pub fn first<E: JsCast>(target: &EventTarget, name: &'static str, handler: impl FnMut(E) + 'static) -> Self {
        Self::add(target, name, EventListenerPhase::Capture, typed(handler))
    }
}

type Handler = Box<dyn FnMut(&Event)>;

fn typed<E: JsCast>(mut handler: impl FnMut(E) + 'static) -> Handler {
    Box::new(move |event| {
        if let Ok(event) = event.clone().dyn_into::<E>() {
            handler(event);
        }
    })
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
