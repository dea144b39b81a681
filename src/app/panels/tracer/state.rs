//! The tracer's question and its answer, which outlive the panel: the path stays on the canvas while its tab is in front.

use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;

use groundplan::catalog::Kind;
use groundplan::design::{Assertion, Expect, Subject, Wanted};
use groundplan::id::NodeId;
use groundplan::net::Protocol;
use groundplan::reach::{Asked, Endpoint, Question};
use groundplan::text::{Message, Text, t};
use leptos::prelude::*;
use web_sys::KeyboardEvent;

use super::answer::{Answer, answer};
use super::drawn::path_of;
use super::ends;
use super::player::Player;
use crate::app::actions::edits::{bring_into_view, complain};
use crate::app::browser::{Listener, document, keep};
use crate::app::state::highlight::{Chooser, Path, highlight};
use crate::app::state::store::store;
use crate::app::state::ui::{Panel, Side, ui};

/// Which end of the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    From,
    To,
}

impl End {
    /// For test ids.
    pub const fn name(self) -> &'static str {
        match self {
            Self::From => "from",
            Self::To => "to",
        }
    }
}

/// What was found, or why nothing was.
pub type Found = Arc<Result<Answer, Message>>;

/// The tracer; `Copy`, from context.
#[derive(Clone, Copy)]
pub struct Tracer {
    from: RwSignal<Option<Endpoint>>,
    to: RwSignal<Option<Endpoint>>,
    /// Whether a URL is asked for in place of a port.
    pub by_url: RwSignal<bool>,
    pub protocol: RwSignal<Protocol>,
    pub port: RwSignal<String>,
    pub url: RwSignal<String>,
    /// What is wrong with the port or the URL.
    pub wrong: RwSignal<Option<Message>>,
    /// The end that the next press on the canvas chooses.
    pub picking: RwSignal<Option<End>>,
    asked: RwSignal<Option<Asked>>,
    pub found: RwSignal<Option<Found>>,
    /// The hop that is looked at, counted through all ways.
    pub at: RwSignal<usize>,
    /// Moves the packet.
    pub player: Player,
    /// Whether the path is on the drawing: Escape takes it off.
    shown: RwSignal<bool>,
    /// Whether the answer is that of the design as it is now.
    current: RwSignal<bool>,
}

impl Tracer {
    /// Nothing asked yet.
    fn new() -> Self {
        Self {
            from: RwSignal::default(),
            to: RwSignal::default(),
            by_url: RwSignal::new(false),
            protocol: RwSignal::new(Protocol::Tcp),
            port: RwSignal::new("80".to_owned()),
            url: RwSignal::new("https://www.example.com/".to_owned()),
            wrong: RwSignal::default(),
            picking: RwSignal::default(),
            asked: RwSignal::default(),
            found: RwSignal::default(),
            at: RwSignal::default(),
            player: Player::new(),
            shown: RwSignal::new(true),
            current: RwSignal::new(true),
        }
    }

    /// One of the ends.
    pub const fn end(self, end: End) -> RwSignal<Option<Endpoint>> {
        match end {
            End::From => self.from,
            End::To => self.to,
        }
    }

    /// Whether the panel is in front; tracks.
    fn is_open(self) -> bool {
        let ui = ui();
        ui.presenting.get() || ui.shown(Side::Bottom).get() == Panel::Tracer && ui.open(Side::Bottom).get()
    }

    /// Takes another end; what was asked before is asked of it.
    pub fn choose(self, end: End, node: NodeId) {
        self.end(end).set(Some(Endpoint::Node(node)));
        self.picking.set(None);
        // Whoever points at the second end wants to know; so does whoever asked before.
        let both = self.from.get_untracked().is_some() && self.to.get_untracked().is_some();
        if both && !self.by_url.get_untracked() {
            self.ask();
        } else {
            self.ask_again();
        }
    }

    /// Takes what was pointed at as one end and shows the panel; asks where the other end was chosen before, and else waits for it to be pointed at.
    pub fn begin_at(self, end: End, node: NodeId) {
        let at = untrack(|| store().derived(|derived| ends::end_at(derived.design(), derived.network(), node)));
        let Some(at) = at else {
            return complain(t(
                "통신하는 것이 아니라서 경로를 추적할 수 없어요. 인스턴스, 로드 밸런서, 인터넷, 내 컴퓨터를 고르세요.",
                "Nothing is sent from or to it. Choose an instance, a load balancer, the internet or a laptop.",
            )
            .into());
        };
        let other = match end {
            End::From => End::To,
            End::To => End::From,
        };
        let chosen = self.end(other).get_untracked().filter(|chosen| *chosen != Endpoint::Node(at));
        self.end(other).set(chosen);
        self.by_url.set(false);
        self.end(end).set(Some(Endpoint::Node(at)));
        ui().show(Panel::Tracer);
        if chosen.is_some() {
            self.ask();
        } else {
            self.picking.set(Some(other));
        }
    }

    /// Changes source and destination about.
    pub fn swap(self) {
        let (from, to) = (self.from.get_untracked(), self.to.get_untracked());
        self.from.set(to);
        self.to.set(from);
        self.ask_again();
    }

    /// Asks once more if there is an answer already.
    pub fn ask_again(self) {
        if self.found.with_untracked(Option::is_some) {
            self.ask();
        }
    }

    /// Asks what the form says.
    pub fn ask(self) {
        match self.question() {
            Ok(asked) => self.ask_for(asked),
            Err(why) => self.wrong.set(Some(why)),
        }
    }

    /// Puts a question into the form and asks it.
    pub fn ask_for(self, asked: Asked) {
        self.wrong.set(None);
        match &asked {
            Asked::Packet(question) => {
                self.by_url.set(false);
                self.from.set(Some(question.from));
                self.to.set(Some(question.to));
                self.protocol.set(question.protocol);
                if let Some(port) = question.port {
                    self.port.set(port.to_string());
                }
            }
            Asked::Url(from, url) => {
                self.by_url.set(true);
                self.from.set(Some(*from));
                self.url.set(url.to_string());
            }
        }
        self.asked.set(Some(asked));
        self.answer(true);
        self.bring_path_into_view();
    }

    /// Shows the whole path unless all of it is in sight already.
    fn bring_path_into_view(self) {
        let nodes: Vec<NodeId> = untrack(|| self.path()).marks.into_iter().map(|mark| mark.node).collect();
        store().step(|editor, _| editor.bring_all_into_view(&nodes));
    }

    fn question(self) -> Result<Asked, Message> {
        let no_end = |end| Message::from(missing(end));
        let from = self.from.get_untracked().ok_or_else(|| no_end(End::From))?;
        if self.by_url.get_untracked() {
            let typed = self.url.get_untracked();
            let typed = typed.trim();
            let whole = if typed.contains("://") { typed.to_owned() } else { format!("https://{typed}") };
            return Ok(Asked::Url(from, whole.parse()?));
        }
        let to = self.to.get_untracked().ok_or_else(|| no_end(End::To))?;
        let protocol = self.protocol.get_untracked();
        let port = if protocol.has_ports() {
            let bad = || Message::from(t("포트는 1부터 65535까지의 숫자예요.", "A port is a number from 1 to 65535."));
            let typed = self.port.get_untracked().trim().parse::<u16>().ok().filter(|port| *port > 0);
            Some(typed.ok_or_else(bad)?)
        } else {
            None
        };
        Ok(Asked::Packet(Question { from, to, protocol, port, source_port: None }))
    }

    /// Answers what was asked, of the document as it is now; a fresh question begins at the hop worth seeing.
    fn answer(self, fresh: bool) {
        let Some(asked) = self.asked.get_untracked() else { return };
        let found = untrack(|| store().derived(|derived| answer(derived.design(), derived.network(), &asked)));
        self.current.set(true);
        if fresh {
            self.shown.set(true);
        }
        if let Ok(answer) = &found {
            let last = answer.len().saturating_sub(1);
            let at = if fresh { answer.worth_seeing() } else { self.at.get_untracked().min(last) };
            self.at.set(at);
        }
        if self.found.with_untracked(|before| before.as_deref() != Some(&found)) {
            self.found.set(Some(Arc::new(found)));
        }
    }

    /// What is shown, as what must hold from now on; nothing where the question made no sense.
    pub fn claim(self) -> Option<Assertion> {
        let found = self.found.get_untracked()?;
        let answer = found.as_ref().as_ref().ok()?;
        let subject = |end| match end {
            Endpoint::Internet => Subject::Internet,
            Endpoint::Address(address) => Subject::Address(address),
            Endpoint::Node(id) => {
                let outside =
                    store().design(|design| design.node(id).is_some_and(|node| node.kind() == Kind::Internet));
                if outside { Subject::Internet } else { Subject::Node(id) }
            }
        };
        let (from, wanted) = match self.asked.get_untracked()? {
            Asked::Packet(Question { from, to, protocol, port, .. }) => {
                (from, Wanted::Traffic { to: subject(to), protocol, port })
            }
            Asked::Url(from, url) => (from, Wanted::Page(url.to_string())),
        };
        let expect = if answer.verdict.connects() { Expect::Reaches } else { Expect::Unreached };
        Some(Assertion { expect, from: subject(from), wanted, lost: None })
    }

    /// Looks at another hop, and brings it into view.
    pub fn show_hop(self, at: usize) {
        let found = self.found.get_untracked();
        let Some(Ok(answer)) = found.as_deref() else { return };
        if let Some((_, hop)) = answer.hop(at) {
            self.shown.set(true);
            self.at.set(at);
            if let Some(node) = hop.node {
                bring_into_view(node);
            }
        }
    }

    /// The hop before or after.
    pub fn step(self, forward: bool) {
        self.player.stop();
        let at = self.at.get_untracked();
        let to = if forward { Some(at + 1) } else { at.checked_sub(1) };
        to.into_iter().for_each(|to| self.show_hop(to));
    }

    /// Forgets everything: another document was opened.
    fn forget(self) {
        self.player.stop();
        self.from.set(None);
        self.to.set(None);
        self.asked.set(None);
        self.found.set(None);
        self.picking.set(None);
        self.wrong.set(None);
    }

    /// Fills empty ends: from the internet to what is selected, else to the first balancer or instance.
    fn propose(self) {
        let selected = store().selection.with_untracked(|ids| ids.first().copied().filter(|_| ids.len() == 1));
        let (internet, to) = store().derived(|derived| {
            let (design, net) = (derived.design(), derived.network());
            let chosen = selected.and_then(|id| ends::end_at(design, net, id));
            let inside = || {
                ends::ends(design, net)
                    .into_iter()
                    .find(|(_, kind, _)| !matches!(kind, Kind::Internet | Kind::Laptop))
                    .map(|(id, ..)| id)
            };
            (ends::internet(design), chosen.or_else(inside))
        });
        if self.from.get_untracked().is_none() {
            self.from.set(Some(internet));
        }
        let to = to.map(Endpoint::Node).filter(|to| Some(*to) != self.from.get_untracked());
        if self.to.get_untracked().is_none() && to.is_some() {
            self.to.set(to);
        }
    }

    /// The path to draw: the answer to what was asked of the design as it is now, or none.
    fn path(self) -> Path {
        let found = self.found.get();
        let shows = self.shown.get() && self.current.get();
        let Some(Ok(answer)) = found.as_deref().filter(|_| shows && self.is_open()) else { return Path::default() };
        path_of(answer, self.at.get(), self.player.pace())
    }

    /// Takes the path off the drawing until something is asked or looked at again.
    pub fn hide(self) {
        self.player.stop();
        self.shown.set(false);
    }
}

/// What is missing.
const fn missing(end: End) -> Text {
    match end {
        End::From => t("출발지를 고르세요.", "Choose a source."),
        End::To => t("목적지를 고르세요.", "Choose a destination."),
    }
}

/// The tracer.
pub fn tracer() -> Tracer {
    expect_context()
}

/// Makes the tracer, and keeps answer and path up with the document. Call it once, as the page's root.
pub fn begin() {
    provide_context(Tracer::new());
    let (tracer, store, highlight, ui) = (tracer(), store(), highlight(), ui());
    Effect::new(move || {
        store.settled.track();
        if tracer.is_open() {
            untrack(|| tracer.propose());
            tracer.answer(false);
        }
    });
    Effect::new(move |before: Option<u64>| {
        let opened = store.opened.get();
        if before.is_some_and(|before| before != opened) {
            tracer.forget();
        }
        opened
    });
    // Between an edit and its answer no path is better than one of the design before.
    Effect::new(move |before: Option<u64>| {
        let revision = store.revision.get();
        if before.is_some_and(|before| before != revision) {
            tracer.current.set(false);
        }
        revision
    });
    Effect::new(move || {
        let path = tracer.path();
        if highlight.path.with_untracked(|shown| *shown != path) {
            highlight.path.set(path);
        }
    });
    let owner = Owner::current().unwrap_or_default();
    Effect::new(move || {
        let picking = tracer.picking.get().filter(|_| tracer.is_open());
        let owner = owner.clone();
        highlight.chooser.set(picking.map(|end| -> Chooser { Rc::new(move |hit| owner.with(|| chosen(end, hit))) }));
    });
    // Before the commands hear of it: Escape puts a pick down first.
    keep(Listener::first(&document(), "keydown", move |event: KeyboardEvent| {
        if event.key() != "Escape" || ui.presenting.get_untracked() {
            return;
        }
        if tracer.picking.with_untracked(Option::is_some) {
            tracer.picking.set(None);
            event.prevent_default();
        } else if untrack(|| store.selection.with(BTreeSet::is_empty)) {
            // With a selection the first Escape is the canvas's.
            tracer.hide();
        }
    }));
}

fn chosen(end: End, hit: Option<NodeId>) {
    let end_at = |id| untrack(|| store().derived(|derived| ends::end_at(derived.design(), derived.network(), id)));
    match hit.and_then(end_at) {
        Some(id) => tracer().choose(end, id),
        None => complain(
            t(
                "인스턴스, 로드 밸런서, 인터넷, 내 컴퓨터처럼 통신하는 것을 고르세요. 그만두려면 Esc를 누르세요.",
                "Choose something that sends or answers: an instance, a load balancer, the internet, a laptop. Esc gives up.",
            )
            .into(),
        ),
    }
}
