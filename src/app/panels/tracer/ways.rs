//! The ways hop by hop, with the header where it is rewritten and at the hop that is looked at.

use groundplan::text::{Message, t};
use leptos::html;
use leptos::prelude::*;

use super::answer::{Hop, Way};
use super::header::Header;
use super::player::Controls;
use super::result::{mark, passes};
use super::state::tracer;
use crate::app::actions::edits;
use crate::app::icons::glyphs::{Glyph, KindIcon, LEFT, RIGHT};
use crate::app::words::{tr, words};

/// Back and forth along the hops.
#[component]
pub fn Stepper(total: Signal<usize>) -> impl IntoView {
    let tracer = tracer();
    let (at_first, at_last) = (move || tracer.at.get() == 0, move || tracer.at.get() + 1 >= total.get());
    let place = move || format!("{} / {}", tracer.at.get() + 1, total.get());
    view! {
        <Controls total/>
        <div class="tracer-stepper" hidden=move || total.get() == 0>
            <button class="icon-button small" data-testid="hop-back" title=tr(t("이전 단계로", "One hop back"))
                disabled=at_first on:click=move |_| tracer.step(false)>
                <Glyph path=LEFT/>
                <span class="visually-hidden">{tr(t("이전 단계로", "One hop back"))}</span>
            </button>
            <span data-testid="hop-place">{place}</span>
            <button class="icon-button small" data-testid="hop-forward" title=tr(t("다음 단계로", "One hop on"))
                disabled=at_last on:click=move |_| tracer.step(true)>
                <Glyph path=RIGHT/>
                <span class="visually-hidden">{tr(t("다음 단계로", "One hop on"))}</span>
            </button>
        </div>
    }
    .into_any()
}

#[component]
pub fn WayView(way: Way) -> impl IntoView {
    let hops = way.hops.into_iter().map(|hop| view! { <HopView hop/> }).collect_view();
    view! {
        <section class="tracer-way" data-testid=if way.back { "way-back" } else { "way-there" }>
            <h3>{tr(way.title)}</h3>
            <ol>{hops}</ol>
        </section>
    }
    .into_any()
}

#[component]
fn HopView(hop: Hop) -> impl IntoView {
    let (tracer, words) = (tracer(), words());
    let Hop { at, number, node, kind, name, what, decided, passed, before, after, .. } = hop;
    let current = move || tracer.at.get() == at;
    let item = NodeRef::<html::Li>::new();
    Effect::new(move |before: Option<bool>| {
        let now = current();
        // What it begins with is where the list is.
        if let (Some(false), true, Some(item)) = (before, now, item.get_untracked()) {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            item.scroll_into_view_with_scroll_into_view_options(&options);
        }
        now
    });
    let rewritten = before != after;
    let (plain, old, new) = (before.clone(), before, after);
    view! {
        <li class="hop" class:bad=!passed class:current=current node_ref=item data-testid="hop" data-passed=passed.to_string() data-node=node.map(|id| id.to_string())>
            <button
                aria-current=move || current().then_some("step")
                on:click=move |_| {
                    tracer.show_hop(at);
                    node.into_iter().for_each(edits::reveal);
                }
            >
                <span class="hop-number">{number}</span>
                <KindIcon kind/>
                <span class="hop-body">
                    <span class="hop-name">
                        <b>{move || words.read(&name)}</b>
                        <small>{move || words.read(&what)}</small>
                    </span>
                    <span class="hop-decided">{move || words.read(&decided)}</span>
                    {rewritten.then(|| view! {
                        <HeaderLine header=old.clone() other=new.clone() label=t("들어올 때", "In")/>
                        <HeaderLine header=new other=old label=t("나갈 때", "Out")/>
                    })}
                    {(!rewritten).then(|| view! {
                        <span class="hop-header" hidden=move || !current()>
                            <HeaderLine header=plain.clone() other=plain label=t("헤더", "Header")/>
                        </span>
                    })}
                </span>
                <span class="hop-mark">
                    <Glyph path=mark(passed)/>
                    <span class="visually-hidden">{tr(passes(passed))}</span>
                </span>
            </button>
        </li>
    }
    .into_any()
}

/// A header on one line; what differs from the other is marked.
#[component]
fn HeaderLine(header: Header, other: Header, label: groundplan::text::Text) -> impl IntoView {
    let words = words();
    let part = move |text: Message, tail: String, changed: bool| {
        let text = move || format!("{}{tail}", words.read(&text));
        if changed { view! { <mark>{text}</mark> }.into_any() } else { view! { <span>{text}</span> }.into_any() }
    };
    let from_changed = (&header.source, &header.source_ports) != (&other.source, &other.source_ports);
    let to_changed = (&header.destination, &header.ports) != (&other.destination, &other.ports);
    let protocol = header.protocol.clone();
    view! {
        <span class="header-line">
            <small>{tr(label)}</small>
            " "
            {move || words.read(&protocol)}
            " "
            {part(header.source, header.source_ports, from_changed)}
            " → "
            {part(header.destination, header.ports, to_changed)}
        </span>
    }
    .into_any()
}
