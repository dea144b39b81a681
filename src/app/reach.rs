//! What follows from the whole design about reachability: computed once after each edit, when the document has come to rest, for all who show it.

use std::sync::Arc;

use groundplan::design::Design;
use groundplan::net::Protocol;
use groundplan::reach::{Network, Pairs};
use leptos::prelude::*;

use super::store::store;

/// All pairs of the design as it last came to rest.
#[derive(Default)]
pub struct Snapshot {
    pub net: Network,
    pub pairs: Pairs,
}

impl Snapshot {
    fn of(design: &Design) -> Self {
        let net = Network::lower(design);
        let pairs = Pairs::new(&net);
        Self { net, pairs }
    }
}

/// What the matrix is asked to show; it outlives the panel.
#[derive(Clone, Copy)]
pub struct Filter {
    pub text: RwSignal<String>,
    pub protocol: RwSignal<Protocol>,
    pub port: RwSignal<String>,
    pub internet: RwSignal<bool>,
    pub reply_blocked: RwSignal<bool>,
}

/// Reachability for the page; `Copy`, from context.
#[derive(Clone, Copy)]
pub struct Reach {
    pub now: RwSignal<Arc<Snapshot>>,
    pub filter: Filter,
}

impl Reach {
    /// Of nothing yet.
    fn new() -> Self {
        let filter = Filter {
            text: RwSignal::default(),
            protocol: RwSignal::new(Protocol::All),
            port: RwSignal::default(),
            internet: RwSignal::default(),
            reply_blocked: RwSignal::default(),
        };
        Self { now: RwSignal::default(), filter }
    }
}

/// Reachability for the page.
pub fn reach() -> Reach {
    expect_context()
}

/// Makes it, and keeps it up with the document. Call it once, as the page's root.
pub fn begin() {
    provide_context(Reach::new());
    let (reach, store) = (reach(), store());
    Effect::new(move || {
        store.settled.track();
        reach.now.set(Arc::new(store.design(Snapshot::of)));
    });
}
