//! IndexedDB as futures: a handful of stores of text, keyed by text.
//!
//! Our own, and not `idb` or `gloo-storage`: what is kept depends on two things that neither lets one say, that a transaction is committed in the
//! task that began it (what waits for a promise first is lost with the page) and how it is to be durable, and on hearing of a database that is
//! closed under us. Each would also bring its own errors and a few more kilobytes for what is two hundred lines here.
//!
//! Durability is `relaxed`: a write that is confirmed has left the browser and is the operating system's. It outlives the page, the tab and the
//! browser whatever becomes of them; only the power going within seconds can take it. `strict` waits for the disk with every edit, which a storm of
//! edits would feel, and the browser's default differs from one to the next.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    EventTarget, IdbDatabase, IdbKeyRange, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransaction,
    IdbTransactionMode, IdbVersionChangeEvent,
};

use super::{Listener, window};

/// A change of the database.
#[derive(Clone, Copy)]
pub enum Write<'a> {
    /// Puts a text under a key.
    Put { store: &'static str, key: &'a str, text: &'a str },
    /// Takes what is under a key away.
    Delete { store: &'static str, key: &'a str },
    /// Takes everything away whose key begins so.
    DeleteAll { store: &'static str, prefix: &'a str },
}

impl Write<'_> {
    const fn store(&self) -> &'static str {
        match self {
            Self::Put { store, .. } | Self::Delete { store, .. } | Self::DeleteAll { store, .. } => store,
        }
    }
}

/// What is under a key.
#[derive(Clone, Debug)]
pub enum Held {
    Nothing,
    Text(String),
    /// Something that this page never wrote, as far as it can be shown.
    Odd(String),
}

impl Held {
    fn of(value: &JsValue) -> Self {
        if value.is_undefined() {
            return Self::Nothing;
        }
        value.as_string().map_or_else(
            || {
                let shown = js_sys::JSON::stringify(value).ok().and_then(|text| text.as_string());
                Self::Odd(shown.unwrap_or_else(|| format!("{value:?}")))
            },
            Self::Text,
        )
    }

    /// The text, if it is one.
    pub fn text(self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text),
            Self::Nothing | Self::Odd(_) => None,
        }
    }
}

/// How a database ended while it was open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gone {
    /// Someone deleted it.
    Deleted,
    /// A page wants another version of it.
    Upgraded,
    /// The browser closed it: its files went away, or site data was cleared.
    Closed,
}

/// An open database.
#[derive(Clone)]
pub struct Database {
    inner: IdbDatabase,
    /// What hears of its end.
    _listeners: Rc<[Listener; 2]>,
}

impl Database {
    /// Opens the database at whatever version it has, and makes the stores that it lacks. `gone` hears when it ends while it is open; it is closed
    /// then, so that nobody waits for this page.
    ///
    /// # Errors
    /// The browser's reason: storage is blocked, or a page that holds the database open does not let it go.
    pub async fn open(
        name: &str,
        stores: &'static [&'static str],
        gone: impl Fn(Gone) + 'static,
    ) -> Result<Self, JsValue> {
        let database = request(name, None, stores).await?;
        let names = database.object_store_names();
        let database = if stores.iter().all(|store| names.contains(store)) {
            database
        } else {
            // A version is a whole number below 2^53.
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a version is a small whole number"
            )]
            let next = database.version() as u32 + 1;
            database.close();
            request(name, Some(next), stores).await?
        };
        let gone = Rc::new(gone);
        let (closing, told) = (database.clone(), gone.clone());
        let changed = Listener::of::<IdbVersionChangeEvent>(&database, "versionchange", move |event| {
            closing.close();
            told(if event.new_version().is_some() { Gone::Upgraded } else { Gone::Deleted });
        });
        let closed = Listener::new(&database, "close", move |_| gone(Gone::Closed));
        Ok(Self { inner: database, _listeners: Rc::new([changed, closed]) })
    }

    /// Begins to read: everything that is asked before anything is waited for is answered as of one moment.
    ///
    /// # Errors
    /// The browser's reason.
    pub fn reading(&self, stores: &[&str]) -> Result<Reading, JsValue> {
        let names: Array = stores.iter().copied().map(JsValue::from).collect();
        Ok(Reading(self.inner.transaction_with_str_sequence_and_mode(&names, IdbTransactionMode::Readonly)?))
    }

    /// What is under a key.
    ///
    /// # Errors
    /// The browser's reason.
    pub async fn get(&self, store: &str, key: &str) -> Result<Held, JsValue> {
        self.reading(&[store])?.get(store, key)?.await
    }

    /// Writes all of it or nothing. The writes are under way and their commit is asked for when this returns; that they are done is known when the
    /// answer's future is.
    ///
    /// # Errors
    /// The browser's reason, `QuotaExceededError` when storage is full. What was there before stays.
    pub fn write(&self, writes: &[Write<'_>]) -> Result<impl Future<Output = Result<(), JsValue>> + use<>, JsValue> {
        let names: BTreeSet<&str> = writes.iter().map(Write::store).collect();
        let names: Array = names.into_iter().map(JsValue::from).collect();
        let transaction = self.relaxed(&names)?;
        if let Err(why) = begin(&transaction, writes) {
            // What was begun goes with it; one that is over already needs no end.
            transaction.abort().ok();
            return Err(why);
        }
        let done = settled(&transaction, "complete", &["error", "abort"]);
        Ok(async move { done.await.map_err(|()| transaction.error().map_or(JsValue::UNDEFINED, JsValue::from)) })
    }

    /// web-sys calls the options of a transaction unstable, so they are handed over by name.
    fn relaxed(&self, names: &Array) -> Result<IdbTransaction, JsValue> {
        let options = Object::new();
        Reflect::set(&options, &"durability".into(), &"relaxed".into())?;
        let begin: Function = Reflect::get(&self.inner, &"transaction".into())?.dyn_into()?;
        begin.call3(&self.inner, names, &"readwrite".into(), &options)?.dyn_into()
    }
}

/// A transaction that only reads.
pub struct Reading(IdbTransaction);

impl Reading {
    /// What is under a key.
    ///
    /// # Errors
    /// The browser's reason.
    pub fn get(&self, store: &str, key: &str) -> Result<impl Future<Output = Result<Held, JsValue>> + use<>, JsValue> {
        let asked = answer(self.0.object_store(store)?.get(&key.into())?);
        Ok(async move { Ok(Held::of(&asked.await?)) })
    }

    /// The keys that begin with `prefix`, in order.
    ///
    /// # Errors
    /// The browser's reason.
    pub fn keys(
        &self,
        store: &str,
        prefix: &str,
    ) -> Result<impl Future<Output = Result<Vec<String>, JsValue>> + use<>, JsValue> {
        let asked = answer(self.0.object_store(store)?.get_all_keys_with_key(&beginning(prefix)?.into())?);
        Ok(async move { Ok(Array::from(&asked.await?).iter().filter_map(|key| key.as_string()).collect()) })
    }

    /// What is under the keys that begin with `prefix`, in their order.
    ///
    /// # Errors
    /// The browser's reason.
    pub fn all(
        &self,
        store: &str,
        prefix: &str,
    ) -> Result<impl Future<Output = Result<Vec<(String, Held)>, JsValue>> + use<>, JsValue> {
        let (range, of) = (beginning(prefix)?, self.0.object_store(store)?);
        let (keys, values) = (answer(of.get_all_keys_with_key(&range)?), answer(of.get_all_with_key(&range)?));
        Ok(async move {
            let (keys, values) = (Array::from(&keys.await?), Array::from(&values.await?));
            let pairs = keys.iter().zip(values.iter());
            Ok(pairs.filter_map(|(key, value)| Some((key.as_string()?, Held::of(&value)))).collect())
        })
    }
}

fn beginning(prefix: &str) -> Result<IdbKeyRange, JsValue> {
    IdbKeyRange::bound(&prefix.into(), &format!("{prefix}\u{ffff}").into())
}

/// Opens a version of the database, or whichever there is.
async fn request(name: &str, version: Option<u32>, stores: &'static [&'static str]) -> Result<IdbDatabase, JsValue> {
    let factory = window().indexed_db()?.ok_or_else(|| JsValue::from_str("IndexedDB"))?;
    let request: IdbOpenDbRequest = match version {
        Some(version) => factory.open_with_u32(name, version)?,
        None => factory.open(name)?,
    };
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
    request.result()?.dyn_into()
}

/// Makes the writes and asks for their commit at once: a transaction that waits for the page to say so goes with the page.
fn begin(transaction: &IdbTransaction, writes: &[Write<'_>]) -> Result<(), JsValue> {
    for write in writes {
        let store: IdbObjectStore = transaction.object_store(write.store())?;
        match write {
            Write::Put { key, text, .. } => store.put_with_key(&(*text).into(), &(*key).into())?,
            Write::Delete { key, .. } => store.delete(&(*key).into())?,
            Write::DeleteAll { prefix, .. } => store.delete(&beginning(prefix)?.into())?,
        };
    }
    #[expect(deprecated, reason = "the binding says so of a method that every browser has")]
    transaction.commit()
}

/// What a request was answered, listened for from now on.
fn answer(request: IdbRequest) -> impl Future<Output = Result<JsValue, JsValue>> {
    let done = settled(&request, "success", &["error"]);
    async move {
        done.await.map_err(|()| why(request.error()))?;
        request.result()
    }
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
        let listen = |name: &'static str, settle: Function| {
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
