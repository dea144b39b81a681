//! IndexedDB as futures: a handful of stores of text, keyed by text.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    EventTarget, IdbDatabase, IdbKeyRange, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransaction,
    IdbTransactionMode,
};

use super::{Listener, window};

/// A change of the database.
#[derive(Clone, Copy)]
pub enum Write<'a> {
    /// Puts a text under a key.
    Put { store: &'static str, key: &'a str, text: &'a str },
    /// Takes what is under a key away.
    Delete { store: &'static str, key: &'a str },
}

impl Write<'_> {
    const fn store(&self) -> &'static str {
        match self {
            Self::Put { store, .. } | Self::Delete { store, .. } => store,
        }
    }
}

/// An open database.
#[derive(Clone)]
pub struct Database(IdbDatabase);

impl Database {
    /// Opens the database, making its stores if it is new.
    ///
    /// # Errors
    /// The browser's reason: storage is blocked, or a newer page made the database.
    pub async fn open(name: &str, version: u32, stores: &'static [&'static str]) -> Result<Self, JsValue> {
        let factory = window().indexed_db()?.ok_or_else(|| JsValue::from_str("IndexedDB"))?;
        let request: IdbOpenDbRequest = factory.open_with_u32(name, version)?;
        let made = request.clone();
        let _upgrade = Listener::new(&request, "upgradeneeded", move |_| {
            let Some(database) = made.result().ok().and_then(|it| it.dyn_into::<IdbDatabase>().ok()) else { return };
            for store in stores {
                // One that exists already is refused, and is what was wanted.
                database.create_object_store(store).ok();
            }
        });
        let opened = settled(&request, "success", &["error", "blocked"]).await;
        opened.map_err(|()| why(request.error()))?;
        Ok(Self(request.result()?.dyn_into()?))
    }

    /// The text under a key.
    ///
    /// # Errors
    /// The browser's reason.
    pub async fn get(&self, store: &str, key: &str) -> Result<Option<String>, JsValue> {
        let request = self.store(store, IdbTransactionMode::Readonly)?.1.get(&key.into())?;
        Ok(answer(&request).await?.as_string())
    }

    /// The keys that begin with `prefix`, in order.
    ///
    /// # Errors
    /// The browser's reason.
    pub async fn keys(&self, store: &str, prefix: &str) -> Result<Vec<String>, JsValue> {
        let range = IdbKeyRange::bound(&prefix.into(), &format!("{prefix}\u{ffff}").into())?;
        let request = self.store(store, IdbTransactionMode::Readonly)?.1.get_all_keys_with_key(&range)?;
        let keys: js_sys::Array = answer(&request).await?.dyn_into()?;
        Ok(keys.iter().filter_map(|key| key.as_string()).collect())
    }

    /// Writes all of it or nothing. The writes are under way when this returns, and whatever becomes of the page they are not given up; that
    /// they are done is known when the answer's future is.
    ///
    /// # Errors
    /// The browser's reason, `QuotaExceededError` when storage is full. What was there before stays.
    pub fn write(&self, writes: &[Write<'_>]) -> Result<impl Future<Output = Result<(), JsValue>> + use<>, JsValue> {
        let names: BTreeSet<&str> = writes.iter().map(Write::store).collect();
        let names: js_sys::Array = names.into_iter().map(JsValue::from).collect();
        let transaction = self.0.transaction_with_str_sequence_and_mode(&names, IdbTransactionMode::Readwrite)?;
        if let Err(why) = begun(&transaction, writes) {
            // What was begun goes with it; one that is over already needs no end.
            transaction.abort().ok();
            return Err(why);
        }
        let done = settled(&transaction, "complete", &["error", "abort"]);
        Ok(async move { done.await.map_err(|()| transaction.error().map_or(JsValue::UNDEFINED, JsValue::from)) })
    }

    fn store(&self, name: &str, mode: IdbTransactionMode) -> Result<(IdbTransaction, IdbObjectStore), JsValue> {
        let transaction = self.0.transaction_with_str_and_mode(name, mode)?;
        let store = transaction.object_store(name)?;
        Ok((transaction, store))
    }
}

async fn answer(request: &IdbRequest) -> Result<JsValue, JsValue> {
    settled(request, "success", &["error"]).await.map_err(|()| why(request.error()))?;
    request.result()
}

/// Makes the writes and asks for their commit at once: a transaction that waits for the page to say so goes with the page.
fn begun(transaction: &IdbTransaction, writes: &[Write<'_>]) -> Result<(), JsValue> {
    for write in writes {
        let store = transaction.object_store(write.store())?;
        match write {
            Write::Put { key, text, .. } => store.put_with_key(&(*text).into(), &(*key).into())?,
            Write::Delete { key, .. } => store.delete(&(*key).into())?,
        };
    }
    transaction.commit()
}

fn why(error: Result<Option<web_sys::DomException>, JsValue>) -> JsValue {
    error.map_or_else(|thrown| thrown, |error| error.map_or(JsValue::UNDEFINED, JsValue::from))
}

/// Waits for one of the events, from now on; the listeners go when it has come.
fn settled(
    target: &EventTarget,
    good: &'static str,
    bad: &'static [&'static str],
) -> impl Future<Output = Result<(), ()>> + use<> {
    let listeners: Rc<RefCell<Vec<Listener>>> = Rc::default();
    let held = listeners.clone();
    let promise = Promise::new(&mut |resolve, reject| {
        let listen = |name: &'static str, settle: js_sys::Function| {
            Listener::new(target, name, move |_| {
                settle.call0(&JsValue::UNDEFINED).ok();
            })
        };
        held.borrow_mut().push(listen(good, resolve));
        held.borrow_mut().extend(bad.iter().map(|name| listen(name, reject.clone())));
    });
    async move {
        let result = JsFuture::from(promise).await;
        listeners.borrow_mut().clear();
        result.map(|_| ()).map_err(|_| ())
    }
}
