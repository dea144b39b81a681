//! The answer: the verdict, everything that blocks with what opens it, and the ways. Before there is one, questions to begin with.

use groundplan::reach::{self, Asked};
use groundplan::text::{Message, Text, t};
use leptos::html;
use leptos::prelude::*;

use super::answer::{Answer, Blocked, Stop};
use super::ends::suggestions;
use super::state::{Found, tracer};
use super::ways::{Stepper, WayView};
use crate::app::actions::edits;
use crate::app::actions::offers::offered;
use crate::app::icons::glyphs::{BLOCKED, CHECK, ERROR, Glyph, PIN};
use crate::app::parts::Wanted;
use crate::app::state::store::store;
use crate::app::words::{tr, words};

/// What is known of the answer at a glance; the whole is written anew only when something else changes.
#[component]
pub fn Shown() -> impl IntoView {
    let tracer = tracer();
    let verdict = NodeRef::<html::Div>::new();
    let total = move || {
        tracer.found.with(|found| match found.as_deref() {
            Some(Ok(answer)) => answer.len(),
            _ => 0,
        })
    };
    let body = move || match tracer.found.get() {
        None => view! { <Empty/> }.into_any(),
        Some(found) => view! { <Body found verdict/> }.into_any(),
    };
    view! {
        <div class="tracer-result">
            <div class="tracer-top" hidden=move || tracer.found.with(Option::is_none)>
                <div class="tracer-verdict" role="status" tabindex="-1" node_ref=verdict>
                    {move || tracer.found.get().map(|found| view! { <Verdict found/> })}
                </div>
                <button class="button small" data-testid="trace-pin" hidden=move || total() == 0 on:click=move |_| tracer.claim().into_iter().for_each(edits::pin)
                    title=tr(t("고칠 때마다 이대로인지 확인해요", "Checks after every edit that it stays so"))>
                    <Glyph path=PIN/>
                    {tr(t("이대로 고정", "Pin this"))}
                </button>
                <Stepper total=Signal::derive(total)/>
            </div>
            {body}
        </div>
    }
    .into_any()
}

/// Before anything was asked.
#[component]
fn Empty() -> impl IntoView {
    let (tracer, store, words) = (tracer(), store(), words());
    let offered =
        Memo::new(move |_| Offered(store.derived(|derived| suggestions(derived.design(), derived.network()))));
    let row = move |(label, asked): (Message, _)| {
        view! {
            <li>
                <button class="button" data-testid="trace-suggestion" on:click=move |_| tracer.ask_for(Clone::clone(&asked))>
                    {move || words.read(&label)}
                </button>
            </li>
        }
    };
    view! {
        <div class="tracer-empty tracer-scroll scroll" data-testid="trace-empty">
            <p>
                {tr(t(
                    "한 곳에서 다른 곳까지 패킷이 가고 응답이 돌아오는지, 막힌다면 어디서 왜 막히는지 보여 줘요.",
                    "Shows whether a packet gets from one place to another and its answer comes back, and where and why not.",
                ))}
            </p>
            <ul>{move || offered.get().0.into_iter().map(row).collect_view()}</ul>
        </div>
    }
    .into_any()
}

#[derive(Clone, PartialEq)]
struct Offered(Vec<(Message, Asked)>);

/// A verdict in a word or two.
pub const fn verdict_of(answer: &Answer) -> Text {
    match answer.verdict {
        reach::Verdict::Yes => t("도달해요", "Reachable"),
        reach::Verdict::Partly => t("일부만 도달해요", "Partly reachable"),
        reach::Verdict::Unknown => t("알 수 없어요", "Not known"),
        reach::Verdict::No => t("막혔어요", "Not reachable"),
    }
}

#[component]
fn Verdict(found: Found) -> impl IntoView {
    let words = words();
    let Ok(answer) = &*found else {
        return view! {
            <span class="verdict bad" data-testid="verdict" data-verdict="none">
                <Glyph path=ERROR/>
                <b>{tr(t("추적할 수 없어요", "Cannot be traced"))}</b>
            </span>
        }
        .into_any();
    };
    let text = verdict_of(answer);
    let (class, glyph, verdict) = match answer.verdict {
        reach::Verdict::Yes => ("verdict good", CHECK, "open"),
        reach::Verdict::Partly => ("verdict", ERROR, "partly"),
        reach::Verdict::Unknown => ("verdict", ERROR, "unknown"),
        reach::Verdict::No => ("verdict bad", BLOCKED, "blocked"),
    };
    let notes: Vec<Message> = answer.notes.clone();
    let about = answer.about.clone();
    let aside = aside(answer);
    view! {
        <span class=class data-testid="verdict" data-verdict=verdict>
            <Glyph path=glyph/>
            <b>{tr(text)}</b>
        </span>
        <span class="tracer-about">{move || words.read(&about)}</span>
        <span class="tracer-aside">{move || aside.as_ref().map(|aside| words.read(aside))}</span>
        {notes.into_iter().map(|note| view! {
            <span class="tracer-aside" data-testid="trace-note">{move || words.read(&note)}</span>
        }).collect_view()}
    }
    .into_any()
}

/// What the verdict leaves out.
fn aside(answer: &Answer) -> Option<Message> {
    let open =
        |back: bool| answer.ways.iter().filter(|way| way.back == back).all(|way| way.hops.iter().all(|hop| hop.passed));
    match answer.blockers.len() {
        _ if answer.verdict != reach::Verdict::No => None,
        0 => None,
        n if open(false) && answer.stages.is_empty() => Some(groundplan::message!(
            "가는 길은 열려 있지만 응답이 {n}곳에서 막혀요.",
            "The packet gets there, but its answer is blocked in {n} places."
        )),
        1 => Some(t("한 곳에서 막혀요.", "Blocked in one place.").into()),
        n => Some(groundplan::message!("{n}곳에서 막혀요.", "Blocked in {n} places.")),
    }
}

#[component]
fn Body(found: Found, verdict: NodeRef<html::Div>) -> impl IntoView {
    let words = words();
    let answer = match &*found {
        Ok(answer) => answer,
        Err(why) => {
            let why = why.clone();
            return view! { <p class="hint" data-testid="trace-refused">{move || words.read(&why)}</p> }.into_any();
        }
    };
    let blockers =
        answer.blockers.iter().cloned().map(|blocked| view! { <BlockedView blocked verdict/> }).collect_view();
    let stages = answer.stages.iter().cloned().map(|stop| view! { <StopView stop/> }).collect_view();
    let ways = answer.ways.iter().cloned().map(|way| view! { <WayView way/> }).collect_view();
    view! {
        <ul class="tracer-blockers scroll" hidden=answer.blockers.is_empty() aria-label=tr(t("막는 것", "What blocks"))>{blockers}</ul>
        <div class="tracer-scroll scroll">
            <ol class="tracer-stages" hidden=answer.stages.is_empty() aria-label=tr(t("요청의 단계", "Stages of the request"))>{stages}</ol>
            <div class="tracer-ways">{ways}</div>
        </div>
    }
    .into_any()
}

#[component]
fn BlockedView(blocked: Blocked, verdict: NodeRef<html::Div>) -> impl IntoView {
    let (tracer, words) = (tracer(), words());
    let Blocked { code, node, message, blocker, hop } = blocked;
    let wanted = Wanted::Blocker(blocker);
    let offered = offered(wanted.clone());
    let show = move |_| {
        hop.into_iter().for_each(|hop| tracer.show_hop(hop));
        node.into_iter().for_each(edits::reveal);
    };
    view! {
        <li class="tracer-blocker" data-testid="blocker" data-code=code>
            <Glyph path=BLOCKED/>
            <div class="tracer-blocker-body">
                <button class="problem-what" on:click=show>{move || words.read(&message)}</button>
                <code>{code}</code>
            </div>
            {move || offered.get().map(|fix| {
                let wanted = wanted.clone();
                let mend = move |_| {
                    if edits::mend_as(&wanted) {
                        // The button goes with what it mended; the keyboard stays in the panel.
                        verdict.get_untracked().into_iter().for_each(|verdict| drop(verdict.focus()));
                    }
                };
                view! { <button class="button small" data-testid="blocker-fix" on:click=mend>{move || words.read(&fix.title)}</button> }
            })}
        </li>
    }
    .into_any()
}

#[component]
fn StopView(stop: Stop) -> impl IntoView {
    let words = words();
    let Stop { label, node, ok, message, targets } = stop;
    let no_targets = targets.is_empty();
    let target = move |(instance, message, ok): (Option<groundplan::id::NodeId>, Message, bool)| {
        view! {
            <li>
                <button class="tracer-target" class:bad=!ok on:click=move |_| instance.into_iter().for_each(edits::reveal)>
                    <Glyph path=mark(ok)/>
                    {move || words.read(&message)}
                </button>
            </li>
        }
    };
    view! {
        <li class="tracer-stage" class:bad=!ok data-testid="stage" data-ok=ok.to_string()>
            <Glyph path=mark(ok)/>
            <div>
                <button class="problem-what" on:click=move |_| node.into_iter().for_each(edits::reveal)>
                    <b>{tr(label)}</b>
                    <span class="visually-hidden">{tr(passes(ok))}</span>
                    " "
                    {move || words.read(&message)}
                </button>
                <ul class="tracer-targets" hidden=no_targets>{targets.into_iter().map(target).collect_view()}</ul>
            </div>
        </li>
    }
    .into_any()
}

/// The sign of what passes or not: its shape tells.
pub const fn mark(ok: bool) -> &'static str {
    if ok { CHECK } else { BLOCKED }
}

/// The same in a word.
pub const fn passes(ok: bool) -> Text {
    if ok { t("통과", "passes") } else { t("차단", "blocked") }
}
