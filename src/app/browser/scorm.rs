//! The learning management system around the page, where it was opened by one: SCORM 1.2, by the object `API` of a window above.
//!
//! By hand: what is on npm is for the other side, or wraps these eight calls.

use js_sys::{Function, Reflect};
use web_sys::wasm_bindgen::{JsCast, JsValue};

use super::window;

/// Windows upwards that are looked at, as the specification says.
const MAX_UP: usize = 7;

/// A system that answers.
#[derive(Clone)]
pub struct Scorm(JsValue);

impl Scorm {
    /// The system that this page was opened by, if there is one and it begins.
    pub fn begin() -> Option<Self> {
        let api = |of: &JsValue| Reflect::get(of, &"API".into()).ok().filter(|api| api.is_object());
        let up = |from: JsValue| {
            let mut here = from;
            for _ in 0..=MAX_UP {
                // A window of another site says nothing.
                if let Some(found) = api(&here) {
                    return Some(Self(found));
                }
                here = Reflect::get(&here, &"parent".into()).ok().filter(|above| *above != here)?;
            }
            None
        };
        let own: JsValue = window().into();
        // Some systems open a window of its own.
        let opener = || Reflect::get(&own, &"opener".into()).ok().filter(JsValue::is_object);
        let found = up(own.clone()).or_else(|| up(opener()?))?;
        found.call("LMSInitialize", &[""]).is_some_and(|answer| answer == "true").then_some(found)
    }

    fn call(&self, name: &str, arguments: &[&str]) -> Option<String> {
        let function: Function = Reflect::get(&self.0, &name.into()).ok()?.dyn_into().ok()?;
        let arguments: js_sys::Array = arguments.iter().map(|one| JsValue::from_str(one)).collect();
        let answer = function.apply(&self.0, &arguments).ok()?;
        answer.as_string().or_else(|| answer.as_bool().map(|is| is.to_string()))
    }

    /// What it knows; empty where it knows nothing.
    pub fn get(&self, name: &str) -> String {
        self.call("LMSGetValue", &[name]).unwrap_or_default()
    }

    /// Tells it something.
    pub fn set(&self, name: &str, value: &str) {
        self.call("LMSSetValue", &[name, value]);
    }

    /// Lets it keep what it was told.
    pub fn commit(&self) {
        self.call("LMSCommit", &[""]);
    }

    /// Says that the page goes.
    pub fn finish(&self) {
        self.call("LMSFinish", &[""]);
    }
}
