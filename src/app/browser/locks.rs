//! Web Locks: one tab at a time holds a name.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

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

/// How a name that another tab holds is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Not at all.
    IfFree,
    /// By waiting for it.
    Wait,
    /// By taking it away.
    Steal,
}

/// Takes a name; `lost` is called if another tab takes it away. Where the browser has no locks nobody is kept out.
pub async fn acquire(name: &str, ask: Ask, lost: impl FnOnce() + 'static) -> Option<Lock> {
    let navigator = window().navigator();
    let Some((locks, request)) = requester(&navigator) else { return (ask != Ask::Wait).then_some(Lock(None)) };
    let release: Rc<RefCell<Option<Function>>> = Rc::default();
    let kept = release.clone();
    let answered: Rc<RefCell<Option<Function>>> = Rc::default();
    let (answer, unanswered) = (answered.clone(), answered.clone());
    let answer = Promise::new(&mut |resolve, _| drop(answer.borrow_mut().replace(resolve)));
    // The browser holds the lock until the promise that this returns is settled.
    let granted = Closure::once_into_js(move |lock: JsValue| -> JsValue {
        let held = if lock.is_null() {
            JsValue::UNDEFINED
        } else {
            Promise::new(&mut |resolve, _| drop(kept.borrow_mut().replace(resolve))).into()
        };
        if let Some(answered) = answered.borrow_mut().take() {
            answered.call1(&JsValue::UNDEFINED, &JsValue::from_bool(!lock.is_null())).ok();
        }
        held
    });
    let options = Object::new();
    let option = match ask {
        Ask::IfFree => Some("ifAvailable"),
        Ask::Wait => None,
        Ask::Steal => Some("steal"),
    };
    if let Some(option) = option {
        // A plain object takes any property.
        Reflect::set(&options, &option.into(), &JsValue::TRUE).ok();
    }
    let held = request.call3(&locks, &name.into(), &options, &granted).ok()?;
    let held: Promise = held.dyn_into().ok()?;
    spawn_local(async move {
        // It ends well when it is released, and badly when it is taken away or was never to be had.
        if JsFuture::from(held).await.is_err() {
            let waiting = unanswered.borrow_mut().take();
            match waiting {
                Some(answer) => drop(answer.call1(&JsValue::UNDEFINED, &JsValue::FALSE)),
                None => lost(),
            }
        }
    });
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
