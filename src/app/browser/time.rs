//! Timers and animation frames that cancel themselves, and the clocks of the world.

use groundplan::catalog::schedule::Wall;
use js_sys::{Array, Date, Function, Object, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::{document, window};

/// One call after a time, unless this is dropped before.
pub struct Timer {
    id: i32,
    _closure: Closure<dyn FnMut()>,
}

impl Timer {
    /// Calls `then` after `millis`.
    pub fn after(millis: i32, then: impl FnOnce() + 'static) -> Self {
        let closure = Closure::once(then);
        let id = window()
            .set_timeout_with_callback_and_timeout_and_arguments_0(closure.as_ref().unchecked_ref(), millis)
            .unwrap_or_default();
        Self { id, _closure: closure }
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        window().clear_timeout_with_handle(self.id);
    }
}

/// Waits until what is on the page now has been painted; a hidden page, which is not painted, does not wait.
pub async fn painted() {
    for _ in 0..2 {
        if document().hidden() {
            return;
        }
        let frame = js_sys::Promise::new(&mut |resolve, _| {
            window().request_animation_frame(&resolve).ok();
        });
        // A frame does not fail.
        JsFuture::from(frame).await.ok();
    }
}

/// One call before the next paint, unless this is dropped before.
pub struct Frame {
    id: i32,
    _closure: Closure<dyn FnMut(f64)>,
}

impl Frame {
    /// Calls `then` in the next frame.
    pub fn next(then: impl FnOnce(f64) + 'static) -> Self {
        let closure = Closure::once(then);
        let id = window().request_animation_frame(closure.as_ref().unchecked_ref()).unwrap_or_default();
        Self { id, _closure: closure }
    }
}

impl Drop for Frame {
    fn drop(&mut self) {
        window().cancel_animation_frame(self.id).ok();
    }
}

/// The time now, in milliseconds after the beginning of 1970.
pub fn now() -> f64 {
    Date::now()
}

/// By how many minutes this computer's clock is ahead of UTC.
pub fn ahead() -> i64 {
    // The browser counts the other way.
    -(Date::new_0().get_timezone_offset() as i64)
}

/// What a clock on the wall shows in a time zone, so many milliseconds after the beginning of 1970. Nothing for a zone that the browser does not
/// know.
pub fn wall(zone: &str, millis: f64) -> Option<Wall> {
    let options = Object::new();
    let parts =
        [("year", "numeric"), ("month", "2-digit"), ("day", "2-digit"), ("hour", "2-digit"), ("minute", "2-digit")];
    for (name, value) in parts.into_iter().chain([("hourCycle", "h23"), ("timeZone", zone)]) {
        Reflect::set(&options, &name.into(), &value.into()).ok()?;
    }
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let format = Reflect::get(&intl, &"DateTimeFormat".into()).ok()?.dyn_into::<Function>().ok()?;
    // Swedes write dates as computers do. A zone that does not exist is thrown out here.
    let format = Reflect::construct(&format, &Array::of2(&"sv-SE".into(), &options)).ok()?;
    let write = Reflect::get(&format, &"format".into()).ok()?.dyn_into::<Function>().ok()?;
    let text = write.call1(&JsValue::NULL, &Date::new(&millis.into())).ok()?.as_string()?;
    Wall::from_digits(&text)
}
