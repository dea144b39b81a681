//! The question: from where, to where, by which protocol and port, or a URL.

use std::rc::Rc;

use groundplan::catalog::Kind;
use groundplan::id::NodeId;
use groundplan::net::Protocol;
use groundplan::reach::Endpoint;
use groundplan::text::{Message, Text, t};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::answer::{PROTOCOLS, end_name};
use super::ends;
use super::state::{End, tracer};
use crate::app::icons::glyphs::{AIM, Glyph, KindIcon, SWAP};
use crate::app::state::store::store;
use crate::app::state::ui::{Dialog, Pick, ui};
use crate::app::words::{tr, words};

/// Ports people know by name.
const PRESETS: [(Protocol, u16, &str); 11] = [
    (Protocol::Tcp, 22, "SSH"),
    (Protocol::Tcp, 80, "HTTP"),
    (Protocol::Tcp, 443, "HTTPS"),
    (Protocol::Tcp, 3306, "MySQL"),
    (Protocol::Tcp, 5432, "PostgreSQL"),
    (Protocol::Tcp, 6379, "Redis"),
    (Protocol::Tcp, 8080, "HTTP"),
    (Protocol::Tcp, 3389, "RDP"),
    (Protocol::Tcp, 2049, "NFS"),
    (Protocol::Udp, 53, "DNS"),
    (Protocol::Udp, 123, "NTP"),
];

#[component]
pub fn Form() -> impl IntoView {
    let (tracer, words) = (tracer(), words());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        tracer.ask();
    };
    let mode = move |by_url: bool, label: Text, id: &'static str| {
        view! {
            <button type="button" data-testid=id aria-pressed=move || (tracer.by_url.get() == by_url).to_string()
                on:click=move |_| tracer.by_url.set(by_url)>{tr(label)}</button>
        }
    };
    view! {
        <form class="tracer-form" on:submit=submit>
            <div class="segmented tracer-mode" role="group" aria-label=tr(t("묻는 방법", "What to ask"))>
                {mode(false, t("포트", "Port"), "trace-by-port")}
                {mode(true, t("URL", "URL"), "trace-by-url")}
            </div>
            <EndField end=End::From label=t("출발지", "Source")/>
            <Show when=move || !tracer.by_url.get() fallback=|| view! { <UrlField/> }>
                <EndField end=End::To label=t("목적지", "Destination")/>
                <Traffic/>
            </Show>
            <p class="field-error" id="trace-wrong" role="alert" data-testid="trace-wrong">
                {move || tracer.wrong.get().map(|why| words.read(&why))}
            </p>
            <div class="tracer-ask">
                <button class="button primary" type="submit" data-testid="trace">{tr(t("추적", "Trace"))}</button>
                <button class="button" type="button" data-testid="trace-swap" hidden=move || tracer.by_url.get() on:click=move |_| tracer.swap()>
                    <Glyph path=SWAP/>
                    {tr(t("맞바꾸기", "Swap"))}
                </button>
            </div>
        </form>
    }
    .into_any()
}

/// One end: what it is, a list to choose from, and the canvas to choose on.
#[component]
fn EndField(end: End, label: Text) -> impl IntoView {
    let (tracer, store, words) = (tracer(), store(), words());
    let chosen = tracer.end(end);
    // A name may change.
    let shown = move || {
        store.settled.track();
        let at = chosen.get();
        let kind = |at| match at {
            Endpoint::Node(id) => store.design(|design| design.node(id).map(groundplan::design::Node::kind)),
            _ => Some(Kind::Internet),
        };
        let name = match at {
            Some(at) => words.read(&store.design(|design| end_name(design, at))),
            None => words.say(t("고르세요", "Choose…")).to_owned(),
        };
        view! {
            {at.and_then(kind).map(|kind| view! { <KindIcon kind/> })}
            <span>{name}</span>
        }
    };
    let picking = move || tracer.picking.get() == Some(end);
    let aim = match end {
        End::From => t("캔버스에서 출발지 고르기", "Choose the source on the canvas"),
        End::To => t("캔버스에서 목적지 고르기", "Choose the destination on the canvas"),
    };
    view! {
        <div class="tracer-end">
            <span class="tracer-label" id=format!("trace-{}-label", end.name())>{tr(label)}</span>
            <button
                type="button"
                class="tracer-chosen"
                id=format!("trace-{}", end.name())
                data-testid=format!("trace-{}", end.name())
                aria-labelledby=format!("trace-{0}-label trace-{0}", end.name())
                aria-haspopup="dialog"
                on:click=move |_| ask_end(end, label)
            >
                {shown}
            </button>
            <button
                type="button"
                class="icon-button"
                title=tr(aim)
                data-testid=format!("trace-aim-{}", end.name())
                aria-pressed=move || picking().to_string()
                on:click=move |_| {
                    let next = (!picking()).then_some(end);
                    tracer.picking.set(next);
                    if next.is_some() {
                        ui().speak(t("캔버스에서 하나를 누르세요. Esc로 그만둬요.", "Press one on the canvas; Esc gives up.").into());
                    }
                }
            >
                <Glyph path=AIM/>
                <span class="visually-hidden">{tr(aim)}</span>
            </button>
        </div>
    }
    .into_any()
}

/// Everything that can be an end, in a dialog with a search.
fn ask_end(end: End, label: Text) {
    let tracer = tracer();
    let picks = untrack(|| {
        store().derived(|derived| {
            let pick = |(id, kind, name): (NodeId, Kind, String)| {
                Pick::new(id.to_string(), Message::plain(name), move || tracer.choose(end, id))
                    .kind(kind)
                    .hint(kind.spec().label)
            };
            ends::ends(derived.design(), derived.network()).into_iter().map(pick).collect()
        })
    });
    ui().ask(Dialog::Pick { title: label.into(), picks: Rc::new(picks) });
}

#[component]
fn UrlField() -> impl IntoView {
    let tracer = tracer();
    view! {
        <label class="tracer-end">
            <span class="tracer-label">{tr(t("URL", "URL"))}</span>
            <input
                class="field mono"
                type="text"
                inputmode="url"
                spellcheck="false"
                autocomplete="off"
                data-testid="trace-url"
                aria-describedby="trace-wrong"
                aria-invalid=move || tracer.wrong.get().is_some().then_some("true")
                prop:value=move || tracer.url.get()
                on:input:target=move |event| tracer.url.set(event.target().value())
            />
        </label>
    }
    .into_any()
}

/// Protocol and port, and known services that set both.
#[component]
fn Traffic() -> impl IntoView {
    let tracer = tracer();
    let known = move |(protocol, port, _): &(Protocol, u16, &str)| {
        tracer.protocol.get() == *protocol && tracer.port.get().trim() == port.to_string()
    };
    let service = move |value: &str| {
        let chosen = value.parse::<usize>().ok().and_then(|at| PRESETS.get(at));
        if let Some((protocol, port, _)) = chosen {
            tracer.protocol.set(*protocol);
            tracer.port.set(port.to_string());
            tracer.wrong.set(None);
            tracer.ask_again();
        }
    };
    let protocol = move |value: &str| {
        if let Some(protocol) = PROTOCOLS.into_iter().find(|protocol| protocol.to_string() == value) {
            tracer.protocol.set(protocol);
            tracer.wrong.set(None);
            tracer.ask_again();
        }
    };
    view! {
        <div class="tracer-traffic">
            <select class="field" aria-label=tr(t("서비스", "Service")) data-testid="trace-service" on:change:target=move |event| service(&event.target().value())>
                <option value="" prop:selected=move || !PRESETS.iter().any(known)>{tr(t("직접 입력", "Custom"))}</option>
                {PRESETS.iter().enumerate().map(|(at, preset)| view! {
                    <option value=at.to_string() prop:selected=move || known(preset)>{format!("{} {}", preset.2, preset.1)}</option>
                }).collect_view()}
            </select>
            <select class="field" aria-label=tr(t("프로토콜", "Protocol")) data-testid="trace-protocol" on:change:target=move |event| protocol(&event.target().value())>
                {PROTOCOLS.map(|one| view! {
                    <option value=one.to_string() prop:selected=move || tracer.protocol.get() == one>{one.label().1}</option>
                }).into_iter().collect_view()}
            </select>
            <input
                class="field"
                type="text"
                inputmode="numeric"
                aria-label=tr(t("포트", "Port"))
                data-testid="trace-port"
                aria-describedby="trace-wrong"
                aria-invalid=move || tracer.wrong.get().is_some().then_some("true")
                disabled=move || !tracer.protocol.get().has_ports()
                prop:value=move || tracer.port.get()
                on:input:target=move |event| {
                    tracer.port.set(event.target().value());
                    tracer.wrong.set(None);
                }
            />
        </div>
    }
    .into_any()
}
