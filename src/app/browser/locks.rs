//! Web Locks: one tab at a time holds a name.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::window;

/// A held name; other tabs can have it when this is dropped, and when the tab goes.
pub struct Lock(Option<Function>);

impl Drop for Lock {
    fn drop(&mut self) {
        if let Some(release) = &self.0 {
            // Settling a promise never throws.
            release.call0(&JsValue::UNDEFINED).ok();
        }
    }
}

/// Takes a name unless another tab holds it. Where the browser has no locks nobody is kept out.
pub async fn take(name: &str) -> Option<Lock> {
    let release: Rc<RefCell<Option<Function>>> = Rc::default();
    let kept = release.clone();
    let answered: Rc<RefCell<Option<Function>>> = Rc::default();
    let answer = answered.clone();
    let answer = Promise::new(&mut |resolve, _| drop(answer.borrow_mut().replace(resolve)));
    // The browser holds the lock until the promise that this returns is settled.
    let granted = Closure::<dyn FnMut(JsValue) -> JsValue>::new(move |lock: JsValue| {
        if let Some(answered) = answered.borrow_mut().take() {
            answered.call1(&JsValue::UNDEFINED, &JsValue::from_bool(!lock.is_null())).ok();
        }
        if lock.is_null() {
            return JsValue::UNDEFINED;
        }
        Promise::new(&mut |resolve, _| drop(kept.borrow_mut().replace(resolve))).into()
    });
    let navigator = window().navigator();
    let Some((locks, request)) = requester(&navigator) else { return Some(Lock(None)) };
    let options = js_sys::Object::new();
    // A plain object takes any property.
    Reflect::set(&options, &"ifAvailable".into(), &JsValue::TRUE).ok();
    request.call3(&locks, &name.into(), &options, granted.as_ref()).ok()?;
    let got = JsFuture::from(answer).await.is_ok_and(|got| got.is_truthy());
    let release = release.borrow_mut().take();
    got.then_some(Lock(release))
}

/// `navigator.locks` and its `request`. web-sys calls them unstable, so they are looked up by name.
fn requester(navigator: &JsValue) -> Option<(JsValue, Function)> {
    let locks = Reflect::get(navigator, &"locks".into()).ok().filter(JsValue::is_object)?;
    let request = Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
    Some((locks, request))
}
