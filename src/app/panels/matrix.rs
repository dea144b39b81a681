//! The reachability matrix: who reaches whom by which traffic, filtered; a press on traffic traces it.

use std::sync::Arc;

use groundplan::catalog::Kind;
use groundplan::id::NodeId;
use groundplan::message;
use groundplan::net::{IcmpType, PortRange, Protocol};
use groundplan::reach::matrix::{End, Found, Matrix, Query, Row, telling_port};
use groundplan::reach::{Endpoint, Question};
use groundplan::text::{Lang, Text, grouped, t};
use leptos::prelude::*;

use super::tracer;
use crate::app::actions::documents::file_name;
use crate::app::browser::files;
use crate::app::icons::glyphs::{DOWNLOAD, Glyph, KindIcon, SEARCH};
use crate::app::state::store::{Store, store};
use crate::app::state::ui::{Tone, ui};
use crate::app::words::search::{folded, matches};
use crate::app::words::{tr, words};

/// Rows on the page at most: nobody reads further, and a filter finds the rest.
const ROWS: usize = 200;
/// Rows of a file at most.
const ROWS_OF_A_FILE: usize = 100_000;
/// Pieces of traffic shown of one pair.
const CHIPS: usize = 8;

/// What the matrix is asked to show; it outlives the panel.
#[derive(Clone, Copy)]
struct Filter {
    text: RwSignal<String>,
    protocol: RwSignal<Protocol>,
    port: RwSignal<String>,
    internet: RwSignal<bool>,
    reply_blocked: RwSignal<bool>,
}

/// Makes what outlives the panel. Call it once, as the page's root.
pub fn begin() {
    provide_context(Filter {
        text: RwSignal::default(),
        protocol: RwSignal::new(Protocol::All),
        port: RwSignal::default(),
        internet: RwSignal::default(),
        reply_blocked: RwSignal::default(),
    });
}

/// The panel.
#[component]
pub fn MatrixPanel() -> impl IntoView {
    let (store, words) = (store(), words());
    let filter: Filter = expect_context();
    let always = |_: Option<&Arc<Matrix>>, _: Option<&Arc<Matrix>>| true;
    let matrix = Memo::new_with_compare(
        move |_| Arc::new(store.derived(|derived| Matrix::new(derived.network(), derived.pairs()))),
        always,
    );
    let found = Memo::new(move |_| {
        words.lang();
        find(store, &matrix.get(), filter, ROWS)
    });
    let table = move || {
        let lang = words.lang();
        let matrix = matrix.get();
        found.with(|found| found.rows.iter().map(|row| row_view(store, &matrix, *row, lang)).collect_view())
    };
    let none = move || found.with(|found| found.total == 0);
    let empty = move || {
        let nobody = store.derived(|derived| derived.pairs().classes.classes.is_empty());
        words.say(if nobody {
            t(
                "아직 통신하는 것이 없어요. 서브넷에 인스턴스나 로드 밸런서를 놓으면 누가 누구에게 닿는지 여기에 보여요.",
                "Nothing sends or answers yet. Put an instance or a load balancer into a subnet to see here who reaches whom.",
            )
        } else {
            t(
                "이 조건에 맞는 통신이 없어요. 막혀 있다는 뜻이에요. 이유는 경로 추적에서 볼 수 있어요.",
                "No traffic like this gets through. The path tracer shows what blocks it.",
            )
        })
    };
    let count = move || {
        let (shown, total) = found.with(|found| (found.rows.len(), found.total));
        let all = grouped(total);
        words.read(&if shown as u64 == total {
            message!("{all}쌍", "{all} pairs")
        } else {
            message!(
                "{all}쌍 가운데 {shown}쌍을 보여요. 조건을 좁혀 보세요.",
                "Showing {shown} of {all} pairs: narrow the filter."
            )
        })
    };
    view! {
        <div class="matrix" data-testid="matrix">
            <Bar filter count=Signal::derive(count) download=Callback::new(move |()| download(store, &matrix.get_untracked(), filter))/>
            <p class="hint" data-testid="matrix-empty" hidden=move || !none()>{empty}</p>
            <div class="matrix-rows scroll" tabindex="0" role="region" aria-label=tr(t("도달하는 쌍", "Pairs that reach each other")) hidden=none>
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{tr(t("출발지", "Source"))}</th>
                            <th scope="col">{tr(t("목적지", "Destination"))}</th>
                            <th scope="col">{tr(t("통과하는 통신 · 누르면 추적해요", "Traffic that passes · press to trace"))}</th>
                        </tr>
                    </thead>
                    <tbody>{table}</tbody>
                </table>
            </div>
        </div>
    }
    .into_any()
}

/// What the filter finds of the matrix.
fn find(store: Store, matrix: &Matrix, filter: Filter, most: usize) -> Found {
    let query = Query {
        traffic: Query::traffic(filter.protocol.get(), port(filter).flatten()),
        internet: filter.internet.get(),
        reply_blocked: filter.reply_blocked.get(),
    };
    let text = folded(&filter.text.get());
    store.design(|design| {
        let name = |end: End| end.and_then(|id| design.node(id)).map_or_else(String::new, |node| node.name.clone());
        let called = |end: End| match end {
            None => matches(&text, &[INTERNET.ko, INTERNET.en]),
            Some(_) => matches(&text, &[&name(end)]),
        };
        matrix.find(&query, most, called, name)
    })
}

/// The port that is asked for, none, or nothing where what was typed is no port; tracks.
fn port(filter: Filter) -> Option<Option<u16>> {
    filter.port.with(|typed| match typed.trim() {
        "" => Some(None),
        typed => typed.parse::<u16>().ok().filter(|port| *port > 0).map(Some),
    })
}

const INTERNET: Text = t("인터넷", "Internet");

/// Search, protocol, port, and what else narrows the list.
#[component]
fn Bar(filter: Filter, count: Signal<String>, download: Callback<()>) -> impl IntoView {
    let protocols = [Protocol::All, Protocol::Tcp, Protocol::Udp, Protocol::Icmp];
    let option = move |one: Protocol| {
        let (ko, en) = one.label();
        let words = words();
        let label = move || if words.lang() == Lang::Ko { ko.clone() } else { en.clone() };
        view! { <option value=one.to_string() prop:selected=move || filter.protocol.get() == one>{label}</option> }
    };
    let choose = move |value: &str| {
        filter.protocol.set(protocols.into_iter().find(|one| one.to_string() == value).unwrap_or(Protocol::All));
    };
    let check = move |label: Text, id: &'static str, on: RwSignal<bool>| {
        view! {
            <label class="matrix-check">
                <input type="checkbox" data-testid=id prop:checked=on on:change:target=move |event| on.set(event.target().checked())/>
                {tr(label)}
            </label>
        }
    };
    let wrong = move || port(filter).is_none();
    view! {
        <div class="matrix-bar">
            <div class="search">
                <Glyph path=SEARCH/>
                <input
                    type="search"
                    data-testid="matrix-search"
                    aria-label=tr(t("이름으로 찾기", "Find by name"))
                    placeholder=tr(t("이름으로 찾기", "Find by name"))
                    prop:value=filter.text
                    on:input:target=move |event| filter.text.set(event.target().value())
                />
            </div>
            <select class="field" data-testid="matrix-protocol" aria-label=tr(t("프로토콜", "Protocol")) on:change:target=move |event| choose(&event.target().value())>
                {protocols.map(option).into_iter().collect_view()}
            </select>
            <input
                class="field"
                class:invalid=wrong
                type="text"
                inputmode="numeric"
                data-testid="matrix-port"
                aria-label=tr(t("포트", "Port"))
                placeholder=tr(t("포트", "Port"))
                aria-invalid=move || wrong().then_some("true")
                aria-describedby="matrix-count"
                prop:value=filter.port
                on:input:target=move |event| filter.port.set(event.target().value())
            />
            {check(t("인터넷만", "Internet only"), "matrix-internet", filter.internet)}
            {check(t("응답이 막힌 것만", "Reply blocked only"), "matrix-blocked", filter.reply_blocked)}
            <span class="matrix-count" id="matrix-count" role="status" data-testid="matrix-count">
                {move || if wrong() { tr(t("포트는 1부터 65535까지의 숫자예요.", "A port is a number from 1 to 65535."))().to_owned() } else { count.get() }}
            </span>
            <button type="button" class="button small" data-testid="matrix-csv" on:click=move |_| download.run(())>
                <Glyph path=DOWNLOAD/>
                "CSV"
            </button>
        </div>
    }
    .into_any()
}

/// One pair. It is written for one language: the list is written anew when that changes.
fn row_view(store: Store, matrix: &Matrix, row: Row, lang: Lang) -> impl IntoView + use<> {
    let (open, lost) = matrix.traffic_of(row.verdict);
    let all = open.into_iter().map(|part| (part, false)).chain(lost.into_iter().map(|part| (part, true)));
    let pieces = all.flat_map(|((protocol, ports), lost)| ports.into_iter().map(move |ports| (protocol, ports, lost)));
    let pieces: Vec<(Protocol, PortRange, bool)> = pieces.collect();
    let more = pieces.len().saturating_sub(CHIPS);
    let ends = format!("{} → {}", name(store, row.from, lang), name(store, row.to, lang));
    let chips = pieces.into_iter().take(CHIPS).map(|piece| chip(row, &ends, piece, lang)).collect_view();
    view! {
        <tr data-testid="matrix-row">
            <th scope="row">{end(store, row.from, lang)}</th>
            <td>{end(store, row.to, lang)}</td>
            <td class="matrix-traffic">
                {chips}
                {(more > 0).then(|| view! { <span class="faint">{format!("+{more}")}</span> })}
            </td>
        </tr>
    }
}

fn name(store: Store, end: End, lang: Lang) -> String {
    end.map_or_else(|| INTERNET.get(lang).to_owned(), |id| store.name(id))
}

fn end(store: Store, end: End, lang: Lang) -> impl IntoView + use<> {
    let kind = end.and_then(|id| store.design(|design| Some(design.node(id)?.kind()))).unwrap_or(Kind::Internet);
    view! { <span class="matrix-end"><KindIcon kind/>{name(store, end, lang)}</span> }
}

/// One piece of traffic, as a button that traces it.
fn chip(
    row: Row,
    ends: &str,
    (protocol, ports, lost): (Protocol, PortRange, bool),
    lang: Lang,
) -> impl IntoView + use<> {
    let label = protocol.label();
    let mut text = if lang == Lang::Ko { label.0 } else { label.1 };
    if protocol.has_ports() && ports.is_all() {
        text = format!("{text} {}", t("모든 포트", "all ports").get(lang));
    } else if protocol.is_numbered() && !ports.is_all() {
        text = format!("{text} {}", protocol.in_words(ports));
    }
    let spoken = t("추적", "Trace").get(lang);
    let spoken = format!("{spoken}: {ends} {text}");
    let lost_text = lost.then(|| t(" · 응답 막힘", " · reply blocked").get(lang));
    let question = question(row, protocol, ports);
    view! {
        <button
            type="button"
            class=if lost { "chip lost" } else { "chip" }
            data-testid="matrix-chip"
            aria-label=format!("{spoken}{}", lost_text.unwrap_or_default())
            on:click=move |_| tracer::show(question)
        >
            {text}
            {lost_text}
        </button>
    }
}

/// What is asked of the tracer.
fn question(row: Row, protocol: Protocol, ports: PortRange) -> Question {
    let end = |end: Option<NodeId>| end.map_or(Endpoint::Internet, Endpoint::Node);
    let protocol = if protocol == Protocol::All { Protocol::Tcp } else { protocol };
    let port = match protocol {
        // A ping, unless only other messages pass.
        Protocol::Icmp => {
            Some(ports.from_port() >> 8).filter(|_| !ports.contains(IcmpType::ECHO_REQUEST.numbers().from_port()))
        }
        protocol => protocol.has_ports().then(|| telling_port(ports)),
    };
    Question { from: end(row.from), to: end(row.to), protocol, port, source_port: None }
}

/// Everything that the filter finds as a file for spreadsheets.
fn download(store: Store, matrix: &Matrix, filter: Filter) {
    let found = untrack(|| find(store, matrix, filter, ROWS_OF_A_FILE));
    let name = format!("{}-reachability.csv", file_name());
    files::download(
        &name,
        "text/csv",
        &matrix.csv(&found.rows, |end| end.map_or_else(|| "internet".to_owned(), |id| store.name(id))),
    );
    let (rows, total) = (grouped(found.rows.len() as u64), grouped(found.total));
    ui().toast(
        Tone::Plain,
        if found.rows.len() as u64 == found.total {
            message!("{rows}쌍을 {name}(으)로 저장했어요", "Saved {rows} pairs as {name}")
        } else {
            message!(
                "{total}쌍 가운데 처음 {rows}쌍을 {name}(으)로 저장했어요",
                "Saved the first {rows} of {total} pairs as {name}"
            )
        },
    );
}
