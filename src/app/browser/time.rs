//! Timers and animation frames that cancel themselves, and the clocks of the world.

use gloo_render::{AnimationFrame, request_animation_frame};
use gloo_timers::callback::Timeout;
use groundplan::catalog::schedule::Wall;
use js_sys::{Array, Date, Function, Object, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::{document, window};

/// One call after a time, unless this is dropped before.
pub struct Timer {
    _timeout: Timeout,
}

impl Timer {
    /// Calls `then` after `millis`.
    pub fn after(millis: u32, then: impl FnOnce() + 'static) -> Self {
        Self { _timeout: Timeout::new(millis, then) }
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
    _frame: AnimationFrame,
}

impl Frame {
    /// Calls `then` in the next frame, with the frame's time in milliseconds.
    pub fn next(then: impl FnOnce(f64) + 'static) -> Self {
        Self { _frame: request_animation_frame(then) }
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
