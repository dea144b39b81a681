//! Files of this site.

use wasm_bindgen_futures::JsFuture;
use web_sys::Response;
use web_sys::wasm_bindgen::JsCast;

use super::window;

/// Why a file is not here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absent {
    /// The site has no such file.
    NotThere,
    /// The site did not answer.
    NoAnswer,
}

async fn answer(address: &str) -> Result<Response, Absent> {
    let asked = JsFuture::from(window().fetch_with_str(address)).await;
    let answer: Response = asked.map_err(|_| Absent::NoAnswer)?.dyn_into().map_err(|_| Absent::NoAnswer)?;
    if answer.ok() { Ok(answer) } else { Err(Absent::NotThere) }
}

/// The bytes of a file of this site, by its address from the page's.
///
/// # Errors
/// Why it is not here.
pub async fn bytes(address: &str) -> Result<Vec<u8>, Absent> {
    let bytes = answer(address).await?.array_buffer().map_err(|_| Absent::NoAnswer)?;
    let bytes = JsFuture::from(bytes).await.map_err(|_| Absent::NoAnswer)?;
    Ok(js_sys::Uint8Array::new(&bytes).to_vec())
}

/// The text of a file of this site, by its address from the page's.
///
/// # Errors
/// Why it is not here.
pub async fn text(address: &str) -> Result<String, Absent> {
    let answer = answer(address).await?;
    let text = answer.text().map_err(|_| Absent::NoAnswer)?;
    let text = JsFuture::from(text).await.map_err(|_| Absent::NoAnswer)?;
    text.as_string().ok_or(Absent::NoAnswer)
}
