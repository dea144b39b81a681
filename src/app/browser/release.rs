//! Whether the site has a newer page than this one.

use wasm_bindgen_futures::JsFuture;
use web_sys::wasm_bindgen::JsCast;
use web_sys::{HtmlLinkElement, Response};

use super::{document, window};

/// Whether the site gives another program now than the one that runs here; no where it does not answer.
pub async fn is_outdated() -> bool {
    newer().await.unwrap_or_default()
}

async fn newer() -> Option<bool> {
    let here = document().get_element_by_id("app-js")?.dyn_into::<HtmlLinkElement>().ok()?.href();
    let file = here.rsplit('/').next()?;
    let address = window().location().pathname().ok()?;
    let answer: Response = JsFuture::from(window().fetch_with_str(&address)).await.ok()?.dyn_into().ok()?;
    if !answer.ok() {
        return None;
    }
    let page = JsFuture::from(answer.text().ok()?).await.ok()?.as_string()?;
    // The names of a page's files change with what is in them.
    Some(page.contains("app-js") && !page.contains(file))
}
