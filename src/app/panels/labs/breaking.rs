//! "Break it for me": how hard it should be, and the fault that is looked for.

use std::sync::Arc;

use groundplan::labs::faults::class;
use groundplan::message;
use groundplan::reach::assertion_in_words;
use groundplan::text::{Text, t};
use leptos::prelude::*;

use super::listed::Back;
use crate::app::actions::lessons::{Fault, breaking};
use crate::app::state::store::store;
use crate::app::words::{tr, words};

/// How hard faults are to find.
const LEVELS: [(u8, Text); 3] = [
    (1, t("쉬움: 그림에서 보여요", "Easy: it shows in the drawing")),
    (2, t("보통: 표를 열어야 보여요", "Medium: it shows in a table")),
    (3, t("어려움: 생각해야 보여요", "Hard: one has to think")),
];
/// Faults at once at most.
const MOST: usize = 3;

/// What is asked before anything is broken.
#[component]
pub fn Break() -> impl IntoView {
    let (breaking, words, store) = (breaking(), words(), store());
    let (level, count) = (RwSignal::new(2_u8), RwSignal::new(1_usize));
    let levels = LEVELS.map(|(value, label)| {
        view! { <option value=value.to_string() selected=value == 2>{tr(label)}</option> }
    });
    let counts = (1..=MOST).map(|many| {
        let label = message!("{many}개", "{many}");
        view! { <option value=many.to_string()>{move || words.read(&label)}</option> }
    });
    let is_empty = move || store.count.get() == 0;
    view! {
        <Back/>
        <section class="marking" data-testid="break">
            <h3>{tr(t("이 설계로 장애 연습하기", "Break this design for me"))}</h3>
            <p>
                {tr(t(
                    "지금 그려 둔 설계를 사람들이 흔히 하는 실수로 고장 내요. 문제 목록은 숨기니까, 되던 것이 왜 안 되는지 직접 찾아서 고쳐 보세요. 실행 취소하면 원래대로 돌아가요.",
                    "What is on the canvas is broken by mistakes that people make. Problems are hidden: find out why what worked does not, and mend it. Undo brings everything back.",
                ))}
            </p>
            <label class="lab-role">
                <span>{tr(t("난이도", "How hard"))}</span>
                <select class="field" data-testid="break-level" on:change:target=move |event| level.set(event.target().value().parse().unwrap_or(2))>
                    {levels}
                </select>
            </label>
            <label class="lab-role">
                <span>{tr(t("장애의 수", "How many faults"))}</span>
                <select class="field" data-testid="break-count" on:change:target=move |event| count.set(event.target().value().parse().unwrap_or(1))>
                    {counts.collect_view()}
                </select>
            </label>
            <p class="field-error" role="alert" data-testid="break-refused">{move || breaking.refused.get().map(|why| words.read(&why))}</p>
            <div class="lab-actions">
                <button type="button" class="button primary" data-testid="break-go" disabled=move || is_empty() || breaking.busy.get() on:click=move |_| breaking.break_it(level.get_untracked(), count.get_untracked())>
                    {tr(t("고장 내기", "Break it"))}
                </button>
                <span class="hint" role="status">
                    {move || breaking.busy.get().then(|| words.say(t("고장 낼 곳을 찾는 중이에요…", "Looking for a place…")))}
                    {move || is_empty().then(|| words.say(t("먼저 설계를 그리거나 여세요.", "Draw or open a design first.")))}
                </span>
            </div>
        </section>
    }
    .into_any()
}

/// The panel while something is broken.
#[component]
pub fn Hunt(fault: Arc<Fault>) -> impl IntoView {
    let (breaking, words, store) = (breaking(), words(), store());
    let is_mended = move || breaking.holding.get().is_some_and(|(held, all)| held == all);
    let state = move || {
        let (held, all) = breaking.holding.get()?;
        Some(words.read(&if held == all {
            message!(
                "다 고쳤어요. 되던 것 {all}가지가 모두 다시 돼요.",
                "Mended: all {all} things that worked work again."
            )
        } else {
            let gone = all - held;
            message!("되던 것 {all}가지 가운데 {gone}가지가 안 돼요.", "{gone} of {all} things that worked do not.")
        }))
    };
    let claims = {
        let fault = Arc::clone(&fault);
        let mut places: Vec<usize> =
            fault.broken.faults.iter().flat_map(|made| &made.breaks).filter_map(|place| place.parse().ok()).collect();
        places.sort_unstable();
        places.dedup();
        let claims = places.into_iter().filter_map(|at| fault.claims.get(at).cloned()).take(8);
        let said = claims.map(|claim| store.design(|design| assertion_in_words(design, &claim)));
        said.map(|says| view! { <li>{move || words.read(&says)}</li> }).collect_view()
    };
    let told = move || {
        breaking.revealed.get().then(|| {
            let one = |made: &groundplan::labs::faults::Made| {
                let title = class(made.class).map(|class| class.title);
                let what = made.what.clone();
                view! {
                    <li>
                        <b>{title.map(|title| words.say(title))}</b>
                        <p>{words.read(&what)}</p>
                    </li>
                }
            };
            view! { <ul class="lab-facts" data-testid="break-told">{fault.broken.faults.iter().map(one).collect_view()}</ul> }
        })
    };
    view! {
        <section class="lab-part" data-testid="hunt">
            <h2>{tr(t("장애 찾기", "Find the fault"))}</h2>
            <p role="status" data-testid="hunt-state" data-mended=move || is_mended().to_string()>{state}</p>
            <h3>{tr(t("되던 것", "What worked before"))}</h3>
            <ul class="lab-facts" data-testid="hunt-claims">{claims}</ul>
            <div class="lab-actions">
                <button type="button" class="button primary" data-testid="hunt-check" on:click=move |_| breaking.check_mended()>{tr(t("지금 확인하기", "Check now"))}</button>
                <button type="button" class="button" data-testid="hunt-reveal" hidden=move || breaking.revealed.get() on:click=move |_| breaking.reveal_fault()>
                    {tr(t("무엇이 고장났는지 보기", "Tell me what is broken"))}
                </button>
                <button type="button" class="button" data-testid="hunt-mend" hidden=is_mended on:click=move |_| breaking.mend_fault()>{tr(t("고쳐 주세요", "Mend it for me"))}</button>
                <button type="button" class="button" data-testid="hunt-leave" on:click=move |_| breaking.leave_fault()>{tr(t("그만하기", "Stop"))}</button>
            </div>
            {told}
        </section>
    }
    .into_any()
}
