//! What follows from the whole design about reachability: computed once after each edit, when the document has come to rest, for all who show it.

use std::collections::BTreeMap;
use std::sync::Arc;

use groundplan::design::{Design, Diff};
use groundplan::id::NodeId;
use groundplan::net::{PortRange, Protocol};
use groundplan::reach::{Exposure, Exposures, SubnetTier};
use groundplan::text::Lang;
use leptos::prelude::*;

use super::store::store;
use crate::app::canvas::{Tag, board};
use crate::app::words::words;

/// All pairs of the design as it last came to rest.
#[derive(Default)]
pub struct Snapshot {
    pub reach: groundplan::reach::Reach,
    /// What the internet reaches, and how subnets reach the internet.
    pub exposures: Exposures,
}

impl Snapshot {
    /// Of a design, whatever it was of before.
    fn of(design: &Design) -> Self {
        let mut snapshot = Self { reach: groundplan::reach::Reach::new(design), exposures: Exposures::default() };
        snapshot.expose(design);
        snapshot
    }

    /// Follows what changed; only what the change touches is computed again.
    fn follow(&mut self, design: &Design, diff: &Diff) {
        self.reach.follow(design, diff);
        self.expose(design);
    }

    fn expose(&mut self, design: &Design) {
        self.exposures = Exposures::new(design, &self.reach.net, &self.reach.pairs);
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
    /// Of nothing yet. Call it once, at the page's root.
    pub fn new() -> Self {
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

/// Keeps it and the tags on the drawing up with the document, once for the whole page.
pub fn listen() {
    let (reach, store, words, board) = (reach(), store(), words(), board());
    let waiting = StoredValue::new_local(Diff::default());
    store.watch(move |_, diff| {
        waiting.update_value(|so_far| *so_far = std::mem::take(so_far).then(diff.clone()));
    });
    Effect::new(move |before: Option<u64>| {
        store.settled.track();
        let diff = waiting.try_update_value(std::mem::take).unwrap_or_default();
        let document = store.opened.get_untracked();
        let same = before == Some(document);
        if !same || !diff.is_empty() {
            store.design(|design| {
                reach.now.update(|now| match Arc::get_mut(now).filter(|_| same) {
                    Some(now) => now.follow(design, &diff),
                    None => *now = Arc::new(Snapshot::of(design)),
                });
            });
        }
        document
    });
    Effect::new(move || {
        let (now, lang) = (reach.now.get(), words.lang());
        board.with(|canvas| canvas.draw(|drawing| drawing.set_tags(tags(&now, lang))));
    });
}

/// What of a snapshot stands on the nodes.
fn tags(now: &Snapshot, lang: Lang) -> BTreeMap<NodeId, Tag> {
    let subnet = |(id, of): (&NodeId, &SubnetTier)| {
        (*id, Tag { class: of.tier.id(), text: of.tier.label().get(lang).to_owned(), globe: false })
    };
    let exposed = |(id, of): (&NodeId, &Exposure)| (*id, Tag { class: "exposed", text: brief(of), globe: true });
    now.exposures.subnets.iter().map(subnet).chain(now.exposures.resources.iter().map(exposed)).collect()
}

/// The ports that are open, as a tag has room for: `22, 80`, `UDP 53`, `ICMP`.
fn brief(of: &Exposure) -> String {
    let one = |(protocol, ports): &(Protocol, PortRange)| match protocol {
        Protocol::Tcp => ports.to_string(),
        Protocol::Udp => format!("UDP {ports}"),
        other => other.label().1,
    };
    of.traffic.iter().map(one).collect::<Vec<_>>().join(", ")
}
