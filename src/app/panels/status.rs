//! The line at the foot: saved or not, problems, how much is drawn and selected.

use groundplan::command::Command;
use groundplan::cost::Monthly;
use groundplan::message;
use groundplan::rules::Severity;
use groundplan::text::{Message, Text, t};
use leptos::prelude::*;

use super::deploy::dollars;
use super::problems::{called, count, sign};
use crate::app::actions::autosave::{Saved, autosave};
use crate::app::actions::commands;
use crate::app::icons::glyphs::{BOTTOM_PANEL, Glyph, LEFT_PANEL, PATH, PIN, RIGHT_PANEL};
use crate::app::parts::DESK;
use crate::app::state::store::store;
use crate::app::state::ui::{Panel, Side, ui};
use crate::app::words::{tr, words};

#[component]
pub fn Status() -> impl IntoView {
    let (store, words) = (store(), words());
    let nodes = move || words.read(&counted(store.count.get()));
    let selected = move || match store.selection.with(|ids| (ids.len(), ids.first().copied())) {
        (0, _) => words.read(&store.wire_said.get()),
        (1, Some(id)) => words.read(&message!("{}을(를) 선택함", "{} selected", store.name(id))),
        (n, _) => words.read(&message!("{n}개 선택함", "{n} selected")),
    };
    view! {
        <footer class="status" aria-label=tr(t("상태", "Status"))>
            <SavedState/>
            <ProblemCounts/>
            <PinsState/>
            <Cost/>
            <span class="spacer"></span>
            <span class="status-selected" data-testid="status-selected" title=selected>{selected}</span>
            <span class="wide-only" data-testid="status-nodes">{nodes}</span>
            <div class="panel-toggles wide-only" role="group" aria-label=tr(t("패널", "Panels"))>
                <SideButton side=Side::Left label=t("왼쪽 패널", "Left panel") glyph=LEFT_PANEL/>
                <SideButton side=Side::Bottom label=t("아래쪽 패널", "Bottom panel") glyph=BOTTOM_PANEL/>
                <SideButton side=Side::Right label=t("오른쪽 패널", "Right panel") glyph=RIGHT_PANEL/>
            </div>
        </footer>
    }
    .into_any()
}

/// Folds a side of the page away and out again.
#[component]
fn SideButton(side: Side, label: Text, glyph: &'static str) -> impl IntoView {
    let ui = ui();
    view! {
        <button
            class="icon-button small"
            data-testid=format!("toggle-{}", side.name())
            title=tr(label)
            aria-label=tr(label)
            aria-expanded=move || ui.shows(side).to_string()
            on:click=move |_| ui.set_open(side, !untrack(|| ui.shows(side)))
        >
            <Glyph path=glyph/>
        </button>
    }
    .into_any()
}

fn counted(nodes: usize) -> Message {
    let noun = if nodes == 1 { "resource" } else { "resources" };
    message!("리소스 {nodes}개", "{nodes} {noun}")
}

#[component]
fn SavedState() -> impl IntoView {
    let (record, words) = (autosave(), words());
    let saved = record.saved;
    view! {
        <span class="saved" class:bad=move || saved.get().is_bad() data-testid="status-saved" data-state=move || saved.get().id()>
            {move || words.say(called_saved(saved.get()))}
        </span>
        <Show when=move || saved.get().is_bad()>
            <button class="status-button" data-testid="status-keep" on:click=|_| commands::run(Command::Save)>
                {tr(t("파일로 저장", "Save to a file"))}
            </button>
        </Show>
        <Show when=move || saved.get() == Saved::Elsewhere>
            <button class="status-button" data-testid="status-take-over" on:click=|_| DESK.with(|desk| (desk.take_over)())>
                {tr(t("여기서 편집", "Edit here"))}
            </button>
        </Show>
        <Show when=move || saved.get() == Saved::Linked>
            <button class="status-button" data-testid="status-copy" on:click=|_| DESK.with(|desk| (desk.make_copy)())>
                {tr(t("사본 만들기", "Make a copy"))}
            </button>
        </Show>
    }
    .into_any()
}

const fn called_saved(saved: Saved) -> Text {
    match saved {
        Saved::Nothing => t("이 브라우저에 저장해요", "Saves in this browser"),
        Saved::Yes => t("저장됨", "Saved"),
        Saved::Saving => t("저장 중…", "Saving…"),
        Saved::Elsewhere => t("다른 탭에서 편집 중이에요", "Another tab is editing"),
        Saved::Linked => t("링크로 연 설계(보기 전용)", "From a link, read-only"),
        Saved::Full => t("저장 공간이 가득 차서 저장하지 못했어요", "Storage is full: not saved"),
        Saved::Blocked => t("이 브라우저가 저장을 막아서 저장하지 못했어요", "The browser blocks storage: not saved"),
        Saved::Gone => t("저장 공간이 지워져서 저장되어 있지 않아요", "Storage was deleted: not saved"),
        Saved::Newer => {
            t("새 버전이 저장 공간을 써서 저장하지 못했어요", "A newer version uses the storage: not saved")
        }
    }
}

/// Whether what is pinned holds; not there while nothing is.
#[component]
fn PinsState() -> impl IntoView {
    let (summary, ui, words) = (store().summary, ui(), words());
    let said = move || {
        words.read(&match summary.assertions() {
            (1, 0) => message!("기대 1개 지켜짐", "1 assertion holds"),
            (all, 0) => message!("기대 {all}개 지켜짐", "{all} assertions hold"),
            (_, 1) => message!("기대 1개 깨짐", "1 assertion fails"),
            (_, failing) => message!("기대 {failing}개 깨짐", "{failing} assertions fail"),
        })
    };
    let failing = move || summary.assertions().1 != 0;
    view! {
        <button
            class="status-button pins-state"
            class:bad=failing
            data-testid="status-pins"
            hidden=move || summary.assertions().0 == 0
            on:click=move |_| ui.toggle(Panel::Pins)
        >
            <Glyph path=PIN/>
            {said}
        </button>
    }
    .into_any()
}

/// What the design costs a month; not there until that is added up, and where nothing in it is billed.
#[component]
fn Cost() -> impl IntoView {
    let (bill, words) = (store().summary.monthly, words());
    let said = move || match bill.get() {
        Some(Monthly::Dollars(amount)) => {
            let cost = dollars(amount);
            words.read(&message!("월 {cost}", "{cost} a month"))
        }
        Some(Monthly::Unknown) => words.say(t("월 비용 미정", "Monthly cost unknown")).to_owned(),
        Some(Monthly::Nothing) | None => String::new(),
    };
    let silent = move || matches!(bill.get(), Some(Monthly::Nothing) | None);
    view! {
        <button
            class="status-button wide-only"
            data-testid="status-cost"
            title=tr(t("한 달 비용(정가)과 배포 안내", "Cost per month (list price) and how to deploy"))
            hidden=silent
            on:click=move |_| commands::run(Command::Deploy)
        >
            {said}
        </button>
    }
    .into_any()
}

#[component]
fn ProblemCounts() -> impl IntoView {
    let (ui, words, checked) = (ui(), words(), store().summary.known);
    // Until the rules have looked nobody knows.
    let shown = move |severity: Severity| if checked.get() { count(severity).to_string() } else { "…".to_owned() };
    let one = move |severity: Severity| {
        view! {
            <span class=format!("count-of {}", severity.id()) class:zero=move || count(severity) == 0>
                <Glyph path=sign(severity)/>
                <span class="visually-hidden">{move || words.say(called(severity))}</span>
                <span data-testid=format!("status-{}", severity.id())>{move || shown(severity)}</span>
            </span>
        }
    };
    view! {
        <button
            class="status-button"
            data-testid="status-problems"
            title=tr(t("문제 패널", "Problems panel"))
            on:click=move |_| ui.toggle(Panel::Problems)
        >
            {[Severity::Error, Severity::Warning, Severity::Info].map(one).into_iter().collect_view()}
        </button>
        <button class="status-button wide-only" data-testid="status-tracer" on:click=move |_| ui.toggle(Panel::Tracer)>
            <Glyph path=PATH/>
            {tr(t("경로 추적", "Path tracer"))}
        </button>
    }
    .into_any()
}
