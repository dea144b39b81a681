//! The canvas as a Leptos component, tied to the page's store: it hands events to the editor there, and follows what comes of them.

use std::collections::BTreeMap;

use groundplan::design::{Design, Session};
use groundplan::id::NodeId;
use groundplan::interact::{Editor, Response};
use groundplan::net::{PortRange, Protocol};
use groundplan::reach::{Exposure, Exposures, SubnetTier, Tier};
use groundplan::text::{Lang, t};
use leptos::html::Div;
use leptos::prelude::*;

use super::drawing::Tag;
use super::events;
use super::stage::{Canvas, Host};
use crate::app::browser::keep;
use crate::app::parts::{self, CHECKS, DESK};
use crate::app::state::highlight::{Highlight, highlight};
use crate::app::state::store::{Store, store};
use crate::app::words::words;

/// The page's store as the canvas's document.
struct Document {
    store: Store,
    highlight: Highlight,
}

impl Host for Document {
    fn step(&self, step: &mut dyn FnMut(&mut Editor, &mut Session) -> Response) {
        self.store.step(step);
    }

    fn read(&self, read: &mut dyn FnMut(&mut Editor, &Design)) {
        self.store.with_editor(read);
    }

    fn choose(&self, hit: Option<NodeId>) -> bool {
        let chooser = self.highlight.chooser.get_untracked();
        chooser.is_some_and(|chooser| {
            chooser(hit);
            true
        })
    }

    fn is_choosing(&self) -> bool {
        self.highlight.chooser.with_untracked(Option::is_some)
    }
}

/// The place of the canvas; the canvas itself comes with its part of the page.
#[component]
pub fn CanvasView() -> impl IntoView {
    let words = words();
    let root = NodeRef::<Div>::new();
    let owner = Owner::current().unwrap_or_default();
    Effect::new(move |mounted: Option<bool>| {
        if mounted == Some(true) {
            return true;
        }
        let (Some(root), Some(desk)) = (root.get(), DESK.get()) else { return false };
        owner.with(|| untrack(|| (desk.mount)(&root.into())));
        true
    });
    view! {
        <div
            class="canvas"
            node_ref=root
            id="canvas"
            tabindex="0"
            role="application"
            aria-label=move || words.say(t("그림판", "Canvas"))
        ></div>
    }
    .into_any()
}

/// Puts the canvas on the store's document into its place, and does what was done there meanwhile.
pub fn mount(root: &web_sys::HtmlElement) {
    let (store, highlight, words) = (store(), highlight(), words());
    // It lives as long as the page: what would take it apart is not in the page's files.
    let canvas: &Canvas = Box::leak(Box::new(Canvas::mount(root, Document { store, highlight })));
    keep((events::listen(root, canvas), events::Resized::watch(root, canvas)));
    store.follow(move |_, response| canvas.follow(response));
    // What is derived from the whole document follows after the drawing.
    Effect::new(move || {
        store.settled.track();
        let lang = words.lang();
        // Known as soon as the part is here that computes it: until then frames are drawn alike.
        let exposures = CHECKS.now().map(|checks| (checks.exposures)()).unwrap_or_default();
        canvas.draw(|drawing| {
            drawing.set_publics(
                exposures.subnets.iter().filter(|(_, of)| of.tier == Tier::Public).map(|(id, _)| *id).collect(),
            );
            drawing.set_tags(tags(&exposures, lang));
        });
    });
    Effect::new(move || {
        let findings = store.summary.findings.get();
        canvas.draw(|drawing| drawing.set_findings(findings.iter()));
    });
    Effect::new(move || canvas.speak(words.lang()));
    let fit = move || store.step(|editor, _| editor.fit(&[]));
    fit();
    Effect::new(move |before: Option<u64>| {
        let opened = store.opened.get();
        if before.is_some_and(|before| before != opened) {
            fit();
        }
        opened
    });
    Effect::new(move || canvas.show_path(highlight.path.get()));
    Effect::new(move || canvas.show_choosing(highlight.chooser.with(Option::is_some)));
    parts::replay();
}

/// What of the derived facts stands on the nodes.
fn tags(exposures: &Exposures, lang: Lang) -> BTreeMap<NodeId, Tag> {
    let subnet = |(id, of): (&NodeId, &SubnetTier)| {
        (*id, Tag { class: of.tier.id(), text: of.tier.label().get(lang).to_owned(), globe: false })
    };
    let exposed = |(id, of): (&NodeId, &Exposure)| (*id, Tag { class: "exposed", text: brief(of), globe: true });
    exposures.subnets.iter().map(subnet).chain(exposures.resources.iter().map(exposed)).collect()
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
