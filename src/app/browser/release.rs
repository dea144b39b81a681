//! Whether the site has a newer page than this one.

use web_sys::HtmlLinkElement;
use web_sys::wasm_bindgen::JsCast;

use super::{document, fetch, window};

/// Whether the site gives another program now than the one that runs here; no where it does not answer.
pub async fn is_outdated() -> bool {
    newer().await.unwrap_or_default()
}

async fn newer() -> Option<bool> {
    let here = document().get_element_by_id("app-js")?.dyn_into::<HtmlLinkElement>().ok()?.href();
    let file = here.rsplit('/').next()?;
    let address = window().location().pathname().ok()?;
    let page = fetch::text(&address).await.ok()?;
    // The names of a page's files change with what is in them.
    Some(page.contains("app-js") && !page.contains(file))
}
