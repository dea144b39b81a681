//! An SVG document as pixels, by the browser's own hand, and onto its clipboard.

use js_sys::{Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, CanvasRenderingContext2d, ClipboardItem, HtmlCanvasElement, HtmlImageElement, Url,
};

use super::{document, window};

/// Bytes as something that can be downloaded.
pub fn blob(bytes: &[u8], mime: &str) -> Result<Blob, JsValue> {
    let bag = BlobPropertyBag::new();
    bag.set_type(mime);
    Blob::new_with_u8_array_sequence_and_options(&js_sys::Array::of1(&js_sys::Uint8Array::from(bytes)), &bag)
}

/// An address of a document as long as this lives.
pub struct Address(pub String);

impl Address {
    /// The address of an SVG document.
    pub fn of_svg(text: &str) -> Result<Self, JsValue> {
        Url::create_object_url_with_blob(&blob(text.as_bytes(), "image/svg+xml")?).map(Self)
    }
}

impl Drop for Address {
    fn drop(&mut self) {
        Url::revoke_object_url(&self.0).ok();
    }
}

/// Paints an SVG document as PNG.
///
/// # Errors
/// The browser's reason; a canvas may be too large for it.
pub async fn png(svg: &str, width: u32, height: u32) -> Result<Vec<u8>, JsValue> {
    let address = Address::of_svg(svg)?;
    let image = HtmlImageElement::new()?;
    image.set_src(&address.0);
    JsFuture::from(image.decode()).await?;
    let canvas: HtmlCanvasElement = document().create_element("canvas")?.unchecked_into();
    canvas.set_width(width);
    canvas.set_height(height);
    let context = canvas.get_context("2d")?.ok_or_else(|| JsValue::from_str("canvas"))?;
    let context: CanvasRenderingContext2d = context.unchecked_into();
    context.draw_image_with_html_image_element_and_dw_and_dh(&image, 0.0, 0.0, width.into(), height.into())?;
    let painted = Promise::new(&mut |resolve, reject| {
        if let Err(error) = canvas.to_blob(&resolve) {
            // A function of the browser's own does not fail.
            reject.call1(&JsValue::NULL, &error).ok();
        }
    });
    let painted = JsFuture::from(painted).await?;
    // What is too large to paint comes as nothing.
    let painted: Blob = painted.dyn_into().map_err(|_| JsValue::from_str("canvas"))?;
    let bytes = JsFuture::from(painted.array_buffer()).await?;
    Ok(js_sys::Uint8Array::new(&bytes).to_vec())
}

/// Puts a PNG that is still being painted onto the clipboard. The browser wants to be asked while the press is fresh, so the bytes come later.
pub fn copy_png(painting: impl Future<Output = Result<Vec<u8>, JsValue>> + 'static) -> Result<Promise, JsValue> {
    let coming = wasm_bindgen_futures::future_to_promise(async move {
        let bytes = painting.await?;
        blob(&bytes, "image/png").map(Into::into)
    });
    let parts = Object::new();
    Reflect::set(&parts, &"image/png".into(), &coming)?;
    let item = ClipboardItem::new_with_record_from_str_to_blob_promise(&parts)?;
    Ok(window().navigator().clipboard().write(&js_sys::Array::of1(&item)))
}
