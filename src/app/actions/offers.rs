//! Which fixes have a button: each is tried in a quiet moment, and its button appears when it may be offered.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use groundplan::design::Fix;
use groundplan::rules::Offers;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use crate::app::browser::painted;
use crate::app::parts::{CHECKS, Wanted};
use crate::app::state::store::{Store, store};

/// The fix of the document as it is now, if one may be offered; nothing while the rules are not here.
pub fn offer(store: Store, wanted: &Wanted) -> Option<Fix> {
    if store.summary.veiled.get_untracked() {
        return None;
    }
    let checks = CHECKS.now().filter(|_| wanted.proposes());
    if checks.is_none() && wanted.proposes() {
        CHECKS.fetch();
    }
    (checks?.offer)(store, wanted)
}

/// What waits to be tried, and whether whoever asked is still there.
struct Waiting {
    /// The document; whoever waits is asked later, where there is no context to find it in.
    store: Store,
    wanted: Wanted,
    signal: ArcRwSignal<Option<Fix>>,
    is_gone: Arc<AtomicBool>,
}

thread_local! {
    static WAITING: RefCell<VecDeque<Waiting>> = const { RefCell::new(VecDeque::new()) };
    /// What is tried for the document as it was last.
    static NOW: RefCell<Option<Rc<Offers>>> = const { RefCell::new(None) };
}

/// The fix once it has been tried, one in each frame.
pub fn offered(wanted: Wanted) -> ArcRwSignal<Option<Fix>> {
    let signal = ArcRwSignal::new(None);
    if !wanted.proposes() {
        return signal;
    }
    let is_gone = Arc::new(AtomicBool::new(false));
    on_cleanup({
        let is_gone = Arc::clone(&is_gone);
        move || is_gone.store(true, Ordering::Relaxed)
    });
    let is_first = WAITING.with_borrow_mut(|waiting| {
        waiting.push_back(Waiting { store: store(), wanted, signal: signal.clone(), is_gone });
        waiting.len() == 1
    });
    if is_first {
        spawn_local(try_all());
    }
    signal
}

async fn try_all() {
    // The one that is tried stays in its place, so that nobody begins a second round.
    while WAITING.with_borrow(|waiting| !waiting.is_empty()) {
        painted().await;
        let next = WAITING.with_borrow(|waiting| {
            waiting
                .front()
                .filter(|next| !next.is_gone.load(Ordering::Relaxed))
                .map(|next| (next.store, next.wanted.clone(), next.signal.clone()))
        });
        if let Some((store, wanted, signal)) = next {
            signal.set(offer(store, &wanted));
        }
        WAITING.with_borrow_mut(VecDeque::pop_front);
    }
}

/// Tries; in the part of the rules.
pub fn tried(store: Store, wanted: &Wanted) -> Option<Fix> {
    let design = store.design(Clone::clone);
    let before = NOW.take().filter(|before| *before.design() == design);
    let offers = before.unwrap_or_else(|| Rc::new(Offers::new(&design)));
    NOW.set(Some(Rc::clone(&offers)));
    match wanted {
        Wanted::Finding(finding) => offers.mending(finding),
        Wanted::Blocker(both) => offers.opening(&both.0, &both.1),
    }
}
