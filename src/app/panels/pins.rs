//! Assertions: what people pinned that must hold, judged after every edit; a form adds more, and the tracer pins what it shows.

use groundplan::catalog::Kind;
use groundplan::catalog::kinds::Zone;
use groundplan::derived::Derived;
use groundplan::design::{Assertion, Design, Edit, Expect, Loss, Subject, Wanted};
use groundplan::net::Protocol;
use groundplan::reach::{Outcome, Standing, Way};
use groundplan::text::{Lang, Message, Text, t};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::tracer;
use crate::app::actions::edits;
use crate::app::icons::glyphs::{BLOCKED, CHECK, CLOSE, Glyph, PATH};
use crate::app::state::store::{Store, store};
use crate::app::words::{tr, words};

fn unpin(at: usize) {
    let mut all = store().design(|design| design.assertions().to_vec());
    if at < all.len() {
        all.remove(at);
        edits::make(&[Edit::Assertions(all)], t("고정을 풀었어요.", "Unpinned.").into());
    }
}

/// The panel.
#[component]
pub fn PinsPanel() -> impl IntoView {
    let (outcomes, words) = (store().summary.outcomes, words());
    // Written for one language, and anew when that changes: the list is short.
    let rows = move || {
        let lang = words.lang();
        outcomes.with(|all| all.iter().enumerate().map(|(at, one)| row(at, one, lang)).collect_view())
    };
    let none = move || outcomes.with(|all| all.is_empty());
    view! {
        <div class="pins" data-testid="pins">
            <Form/>
            <div class="pins-list scroll" tabindex="0" role="region" aria-label=tr(t("고정한 기대", "Assertions"))>
                <p class="hint" data-testid="pins-empty" hidden=move || !none()>
                    {tr(t(
                        "꼭 지켜져야 하는 것을 고정해 두세요. 예: 인터넷은 데이터베이스에 닿지 않는다. 고칠 때마다 다시 확인해서, 깨지면 바로 알려 줘요.",
                        "Pin what must hold, such as: the internet does not reach the database. It is checked after every edit, and you hear at once when it breaks.",
                    ))}
                </p>
                <ul hidden=none>{rows}</ul>
            </div>
        </div>
    }
    .into_any()
}

fn row(at: usize, one: &Outcome, lang: Lang) -> impl IntoView + use<> {
    let (glyph, class) = match one.standing {
        Standing::Holds => (CHECK, "pin good"),
        Standing::Partly | Standing::Unknown => (BLOCKED, "pin"),
        Standing::Fails => (BLOCKED, "pin bad"),
    };
    let said = one.standing.label();
    let evidence =
        one.evidence.as_ref().filter(|evidence| evidence.lost.is_none()).map(|evidence| evidence.way.clone());
    let (trace, remove) = (t("추적", "Trace").get(lang), t("고정 풀기", "Unpin").get(lang));
    view! {
        <li class=class data-testid="pin" data-holds=one.holds().to_string() data-standing=one.standing.id()>
            <Glyph path=glyph/>
            <div class="pin-body">
                <p><b>{said.get(lang)}":"</b>" "{one.claim.get(lang).to_owned()}</p>
                <p class="faint">{one.why.get(lang).to_owned()}</p>
            </div>
            {evidence.map(|way| view! {
                <button type="button" class="icon-button small" title=trace aria-label=trace data-testid="pin-trace" on:click=move |_| show(&way)><Glyph path=PATH/></button>
            })}
            <button type="button" class="icon-button small" title=remove aria-label=remove data-testid="pin-remove" on:click=move |_| unpin(at)><Glyph path=CLOSE/></button>
        </li>
    }
}

/// Shows in the tracer what decided.
fn show(way: &Way) {
    match way {
        Way::Packet(question, _) => tracer::show(*question),
        Way::Page(from, url, _) => tracer::show_url(*from, url.clone()),
    }
}

/// Something to choose for an end, by its value in the form.
fn ends(derived: &Derived, lang: Lang) -> Vec<(String, String)> {
    let design = derived.design();
    let mut all = vec![("internet".to_owned(), t("인터넷", "Internet").get(lang).to_owned())];
    let kinds = [Kind::Instance, Kind::LoadBalancer];
    let every = |kind: Kind| {
        let label = kind.spec().label;
        (format!("kind {}", kind.spec().id), format!("{}{}", t("모든 ", "Every ").get(lang), label.get(lang)))
    };
    all.extend(kinds.into_iter().filter(|kind| design.nodes().any(|(_, node)| node.kind() == *kind)).map(every));
    all.extend(
        tracer::all_ends(design, derived.network())
            .into_iter()
            .filter(|(_, kind, _)| *kind != Kind::Internet)
            .map(|(id, _, name)| (id.to_string(), name)),
    );
    let groups = [Kind::Subnet, Kind::SecurityGroup, Kind::TargetGroup];
    let groups = design.nodes().filter(|(_, node)| groups.contains(&node.kind()));
    all.extend(
        groups.map(|(id, node)| (id.to_string(), format!("{} ({})", node.name, node.kind().spec().label.get(lang)))),
    );
    all
}

/// What a value of the form means.
fn subject(design: &Design, value: &str) -> Option<Subject> {
    if value == "internet" {
        return Some(Subject::Internet);
    }
    match value.strip_prefix("kind ") {
        Some(id) => Kind::ALL.iter().copied().find(|kind| kind.spec().id == id).map(Subject::Kind),
        None => design.nodes().map(|(id, _)| id).find(|id| id.to_string() == value).map(Subject::Node),
    }
}

/// The letters of the zones, each once.
fn zones(design: &Design) -> Vec<String> {
    let letters: std::collections::BTreeSet<&str> =
        design.all::<Zone>().map(|(_, _, zone)| zone.letter.as_str()).collect();
    letters.into_iter().map(str::to_owned).collect()
}

/// What the form holds.
#[derive(Clone, Copy)]
struct Draft {
    from: RwSignal<String>,
    expect: RwSignal<String>,
    to: RwSignal<String>,
    protocol: RwSignal<String>,
    port: RwSignal<String>,
    lost: RwSignal<String>,
    wrong: RwSignal<Option<Message>>,
}

impl Draft {
    fn read(self, store: Store) -> Result<Assertion, Message> {
        let end = |value: RwSignal<String>, missing: Text| {
            store.design(|design| subject(design, &value.get_untracked())).ok_or_else(|| Message::from(missing))
        };
        let from = end(self.from, t("출발지를 고르세요.", "Choose a source."))?;
        let to = end(self.to, t("목적지를 고르세요.", "Choose a destination."))?;
        let protocol: Protocol = self.protocol.get_untracked().parse().unwrap_or(Protocol::Tcp);
        let typed = self.port.get_untracked();
        let port = match typed.trim() {
            _ if !protocol.has_ports() => None,
            "" => None,
            typed => Some(typed.parse::<u16>().ok().filter(|port| *port > 0).ok_or_else(|| {
                Message::from(t("포트는 1부터 65535까지의 숫자예요.", "A port is a number from 1 to 65535."))
            })?),
        };
        let expect = match self.expect.get_untracked().as_str() {
            "unreached" => Expect::Unreached,
            "any" => Expect::ReachesAny,
            _ => Expect::Reaches,
        };
        let lost = match self.lost.get_untracked().as_str() {
            "" => None,
            "any" => Some(Loss::AnyZone),
            letter => Some(Loss::Zone(letter.to_owned())),
        };
        Ok(Assertion { expect, from, wanted: Wanted::Traffic { to, protocol, port }, lost })
    }
}

/// A new assertion.
#[component]
fn Form() -> impl IntoView {
    let (store, words) = (store(), words());
    let signal = |value: &str| RwSignal::new(value.to_owned());
    let draft = Draft {
        from: signal("internet"),
        expect: signal("reaches"),
        to: signal(""),
        protocol: signal("tcp"),
        port: signal("443"),
        lost: signal(""),
        wrong: RwSignal::new(None),
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let read = draft.read(store);
        draft.wrong.set(read.as_ref().err().cloned());
        if let Ok(assertion) = read {
            edits::pin(assertion);
        }
    };
    let listed = Memo::new(move |_| {
        let lang = words.lang();
        store.derived(|derived| (ends(derived, lang), zones(derived.design())))
    });
    let pairs = move |all: &[(&str, Text)]| -> Vec<(String, String)> {
        all.iter().map(|(value, text)| ((*value).to_owned(), words.say(*text).to_owned())).collect()
    };
    let expects = move || {
        pairs(&[
            ("reaches", t("닿아야 해요", "must reach")),
            ("any", t("하나라도 닿아야 해요", "must reach at least one of")),
            ("unreached", t("닿으면 안 돼요", "must not reach")),
        ])
    };
    let destinations = move || {
        let mut all = pairs(&[("", t("목적지 고르기", "Choose a destination"))]);
        all.extend(listed.with(|(ends, _)| ends.clone()));
        all
    };
    let protocols = move || ["tcp", "udp", "icmp"].map(|name| (name.to_owned(), name.to_uppercase())).to_vec();
    let losses = move || {
        let mut all = pairs(&[
            ("", t("지금 그대로", "As it is")),
            ("any", t("어느 가용 영역을 잃어도", "Whichever zone is lost")),
        ]);
        let zone = |letter: &String| {
            (
                letter.clone(),
                words.read(&groundplan::message!("가용 영역 {letter}을(를) 잃어도", "When zone {letter} is lost")),
            )
        };
        listed.with(|(_, zones)| all.extend(zones.iter().map(zone)));
        all
    };
    view! {
        <form class="tracer-form" on:submit=submit data-testid="pins-form">
            {choice(t("출발지", "Source"), "pin-from", draft.from, move || listed.with(|(ends, _)| ends.clone()))}
            {choice(t("기대", "Expect"), "pin-expect", draft.expect, expects)}
            {choice(t("목적지", "Destination"), "pin-to", draft.to, destinations)}
            {choice(t("프로토콜", "Protocol"), "pin-protocol", draft.protocol, protocols)}
            <label class="pins-field">
                <span class="tracer-label">{tr(t("포트", "Port"))}</span>
                <input
                    class="field"
                    type="text"
                    inputmode="numeric"
                    data-testid="pin-port"
                    aria-describedby="pin-wrong"
                    disabled=move || draft.protocol.get() == "icmp"
                    placeholder=tr(t("모든 포트", "Every port"))
                    prop:value=draft.port
                    on:input:target=move |event| draft.port.set(event.target().value())
                />
            </label>
            {choice(t("조건", "When"), "pin-lost", draft.lost, losses)}
            <p class="field-error" id="pin-wrong" role="alert" data-testid="pin-wrong">{move || draft.wrong.get().map(|why| words.read(&why))}</p>
            <button class="button primary" type="submit" data-testid="pin-add">{tr(t("고정", "Pin"))}</button>
        </form>
    }
    .into_any()
}

/// A labelled list to choose from.
fn choice(
    label: Text,
    id: &'static str,
    value: RwSignal<String>,
    options: impl Fn() -> Vec<(String, String)> + Send + 'static,
) -> AnyView {
    let listed = move || {
        let one = |(key, text): (String, String)| {
            let own = key.clone();
            view! { <option value=key prop:selected=move || value.get() == own>{text}</option> }
        };
        options().into_iter().map(one).collect_view()
    };
    view! {
        <label class="pins-field">
            <span class="tracer-label">{tr(label)}</span>
            <select class="field" data-testid=id on:change:target=move |event| value.set(event.target().value())>{listed}</select>
        </label>
    }
    .into_any()
}
