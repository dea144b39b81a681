//! What stands over the page when the program has stopped: `public/cover.js` shows it, outside the program, which cannot be trusted any more then.
//! So that it can say what is kept and give the last text away, it is told while all is well.

use js_sys::{Function, Reflect};
use wasm_bindgen::prelude::*;

use super::window;

/// The whole text of the design as somebody left it.
pub fn text(text: &str) {
    tell("text", text);
}

/// What changed behind that text.
pub fn step(step: &str) {
    tell("step", step);
}

/// How the design's record stands, by its stable name.
pub fn state(state: &str) {
    tell("state", state);
}

/// What the program said when it stopped.
pub fn panicked(message: &str) {
    tell("panicked", message);
}

/// A page without the cover is as good a page as long as nothing happens.
fn tell(what: &str, text: &str) {
    let cover = Reflect::get(&window(), &"groundplanCover".into()).ok().filter(JsValue::is_object);
    let Some(cover) = cover else { return };
    if let Some(tell) = Reflect::get(&cover, &what.into()).ok().and_then(|it| it.dyn_into::<Function>().ok()) {
        // It only notes what it is told.
        tell.call1(&cover, &text.into()).ok();
    }
}
