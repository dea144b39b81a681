//! Timers and animation frames that cancel themselves.

use wasm_bindgen::prelude::*;

use super::window;

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
