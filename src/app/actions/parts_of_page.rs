//! From one part of the page to the next by F6, as between panes of a window.

use web_sys::HtmlElement;
use web_sys::wasm_bindgen::JsCast;

use crate::app::browser::document;

/// The parts in the order in which they are met.
const PARTS: [&str; 6] = [".toolbar", ".region.left", "#canvas", ".region.right", ".region.bottom", ".status"];
/// What takes the keyboard in a part.
const FIRST: &str = "[role=tab][tabindex='0'], input, button:not([disabled]), [tabindex='0']";

/// Moves the focus to the next or the previous part that is shown.
pub fn go(forward: bool) {
    let find = |selector: &str| document().query_selector(selector).ok().flatten();
    let shown = |part: &HtmlElement| part.client_width() > 0 && part.client_height() > 0;
    let parts: Vec<HtmlElement> =
        PARTS.iter().filter_map(|part| find(part)?.dyn_into::<HtmlElement>().ok()).filter(shown).collect();
    let focused = document().active_element();
    let here = focused.as_ref().and_then(|focused| parts.iter().position(|part| part.contains(Some(focused))));
    let next = match (here, forward) {
        (Some(here), true) => here + 1,
        (Some(here), false) => here + parts.len() - 1,
        // The drawing is what one came for.
        (None, _) => parts.iter().position(|part| part.id() == "canvas").unwrap_or_default(),
    };
    let Some(part) = next.checked_rem(parts.len()).and_then(|at| parts.get(at)) else { return };
    let inside = part.query_selector(FIRST).ok().flatten().and_then(|first| first.dyn_into::<HtmlElement>().ok());
    let target = if part.id() == "canvas" { part.clone() } else { inside.unwrap_or_else(|| part.clone()) };
    // Focusing an element that is on the page does not fail.
    target.focus().ok();
}
