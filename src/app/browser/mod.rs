//! The browser's side doors: every listener, timer, frame, file and record of the page. Each guard undoes itself when it is dropped.

pub mod channel;
pub mod cover;
pub mod events;
pub mod fetch;
pub mod files;
pub mod idb;
pub mod locks;
pub mod paint;
pub mod prefs;
pub mod release;
pub mod scorm;
pub mod time;

pub use events::{Listener, is_typing, is_within};
pub use time::{Frame, Timer, painted};

use leptos::prelude::StoredValue;
use web_sys::wasm_bindgen::JsValue;

/// The window. A page without one does not run.
#[expect(clippy::expect_used, reason = "the page cannot run without a window")]
pub fn window() -> web_sys::Window {
    web_sys::window().expect("a window")
}

/// The document.
#[expect(clippy::expect_used, reason = "the page cannot run without a document")]
pub fn document() -> web_sys::Document {
    window().document().expect("a document")
}

/// Loads the page anew.
pub fn reload() {
    // A page may always do that to itself.
    window().location().reload().ok();
}

/// Whether this is the page that other sites show in a frame (`embed.html`): there nothing of the browser's own is opened or stored.
pub fn is_embedded() -> bool {
    document().document_element().is_some_and(|root| root.has_attribute("data-embed"))
}

/// The address of this page with another fragment, which begins with `#`.
pub fn address_with(fragment: &str) -> String {
    let location = window().location();
    format!("{}{}{fragment}", location.origin().unwrap_or_default(), location.pathname().unwrap_or_default())
}

/// Takes the fragment out of the address, so that a page that is loaded anew does not do again what it asked for.
pub fn forget_fragment() {
    if let (Ok(history), Ok(path)) = (window().history(), window().location().pathname()) {
        history.replace_state_with_url(&JsValue::NULL, "", Some(&path)).ok();
    }
}

/// Keeps a guard until the component that called this goes away.
pub fn keep<T: 'static>(guard: T) {
    let _ = StoredValue::new_local(guard);
}

/// What a browser's error says, for people: its name where it has one.
pub fn reason(error: &JsValue) -> String {
    let named = |key: &str| js_sys::Reflect::get(error, &key.into()).ok().and_then(|value| value.as_string());
    named("name").or_else(|| named("message")).or_else(|| error.as_string()).unwrap_or_default()
}

/// Whether the operating system is Apple's, where the command key takes Control's place.
pub fn is_apple() -> bool {
    window().navigator().platform().is_ok_and(|platform| platform.starts_with("Mac") || platform.starts_with("iP"))
}

/// The languages the reader asks for, the dearest first.
pub fn languages() -> Vec<String> {
    window().navigator().languages().iter().filter_map(|tag| tag.as_string()).collect()
}
