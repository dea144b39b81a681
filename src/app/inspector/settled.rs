//! A moment after the last edit: what is derived from the whole design follows then, never inside a drag.

use leptos::prelude::*;

use crate::app::browser::Timer;
use crate::app::store::{Store, store};

/// Milliseconds without an edit.
const AFTER: i32 = 80;

/// Changes a moment after the design did; `Copy`, from context.
#[derive(Clone, Copy)]
pub struct Settled(RwSignal<u64>);

impl Settled {
    /// Follows the document, for as long as the component that asked is there.
    pub fn follow(store: Store, after: i32) -> Self {
        let pulse = RwSignal::new(0);
        let timer = StoredValue::new_local(None::<Timer>);
        Effect::new(move |first: Option<()>| {
            store.revision.track();
            if first.is_some() {
                let beat = move || {
                    pulse.try_update(|n| *n += 1);
                };
                timer.set_value(Some(Timer::after(after, beat)));
            }
        });
        Self(pulse)
    }

    /// Offers it to everything inside.
    pub fn provide() {
        provide_context(Self::follow(store(), AFTER));
    }

    /// The one that was offered.
    pub fn get() -> Self {
        expect_context()
    }

    /// Tracks it.
    pub fn track(self) {
        self.0.track();
    }
}
