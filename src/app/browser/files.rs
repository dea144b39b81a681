//! Files in and out: choosing, reading, downloading.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, File, FileList, HtmlAnchorElement, HtmlInputElement, Url};

use super::{Listener, document};

/// Files as a list.
pub fn listed(files: &FileList) -> Vec<File> {
    (0..files.length()).filter_map(|at| files.get(at)).collect()
}

/// Asks for files, or for a folder with all that is in it. `then` is called when something was chosen.
pub fn choose(accept: &str, folder: bool, then: impl FnOnce(Vec<File>) + 'static) {
    let Some(input) = document().create_element("input").ok().and_then(|e| e.dyn_into::<HtmlInputElement>().ok())
    else {
        return;
    };
    input.set_type("file");
    input.set_accept(accept);
    input.set_multiple(true);
    if folder {
        // An attribute with a fixed name is never refused.
        input.set_attribute("webkitdirectory", "").ok();
    }
    // The listener lives in its own handler's slot until the choice is made; a cancelled choice frees it too.
    let slot: Rc<RefCell<Vec<Listener>>> = Rc::default();
    let mut then = Some(then);
    let (chosen, held) = (input.clone(), slot.clone());
    let on_change = Listener::new(&input, "change", move |_| {
        if let (Some(files), Some(then)) = (chosen.files(), then.take()) {
            then(listed(&files));
        }
        held.borrow_mut().clear();
    });
    let held = slot.clone();
    let on_cancel = Listener::new(&input, "cancel", move |_| held.borrow_mut().clear());
    slot.borrow_mut().extend([on_change, on_cancel]);
    input.click();
}

/// Reads a file's bytes.
///
/// # Errors
/// The browser's reason: the file went away or may not be read.
pub async fn read(file: &File) -> Result<Vec<u8>, JsValue> {
    let bytes = JsFuture::from(file.array_buffer()).await?;
    Ok(js_sys::Uint8Array::new(&bytes).to_vec())
}

/// Hands a text file to the browser's downloads.
pub fn download(name: &str, mime: &str, text: &str) {
    let bag = BlobPropertyBag::new();
    bag.set_type(mime);
    let parts = js_sys::Array::of1(&text.into());
    let Ok(blob) = Blob::new_with_str_sequence_and_options(&parts, &bag) else { return };
    let Ok(address) = Url::create_object_url_with_blob(&blob) else { return };
    if let Some(link) = document().create_element("a").ok().and_then(|e| e.dyn_into::<HtmlAnchorElement>().ok()) {
        link.set_href(&address);
        link.set_download(name);
        link.click();
    }
    // The download has its own hold on the bytes by the time the click returns.
    Url::revoke_object_url(&address).ok();
}
