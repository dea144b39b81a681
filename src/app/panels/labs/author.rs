//! Writing a lab: what the engine proposes of the drawing, ticked and worded, tried and saved.

use groundplan::labs::Item;
use groundplan::labs::author::Draft;
use groundplan::message;
use groundplan::text::{Message, Text, t};
use leptos::prelude::*;

use super::listed::Back;
use crate::app::actions::lessons::author;
use crate::app::state::store::store;
use crate::app::words::{tr, words};

/// The view.
#[component]
pub fn Write() -> impl IntoView {
    let (author, words, store) = (author(), words(), store());
    if author.proposal.with_untracked(Option::is_none) && store.count.get_untracked() > 0 {
        author.propose();
    }
    let is_empty = move || store.count.get() == 0 && author.proposal.with(Option::is_none);
    let rest = move || {
        author
            .proposal
            .with(Option::is_some)
            .then(|| view! { <Words/> <Start/> <Checks/> <Faults/> <Foot/> }.into_any())
    };
    view! {
        <Back/>
        <section class="marking scroll" data-testid="author" tabindex="0">
            <h3>{tr(t("실습 만들기", "Write a lab"))}</h3>
            <p class="hint">
                {tr(t(
                    "캔버스에 그린 것이 풀이예요. 거기서 무엇이 되고 무엇이 안 되는지 엔진이 찾아서 확인 항목으로 제안해요. 고르고 말을 다듬으세요.",
                    "What is on the canvas is the solution. The engine finds what works in it and what does not, and proposes checks. Tick and word them.",
                ))}
            </p>
            <p class="hint" role="status">
                {move || is_empty().then(|| words.say(t("먼저 풀이를 그리거나 여세요.", "Draw or open the solution first.")))}
                {move || author.busy.get().then(|| words.say(t("살펴보는 중이에요…", "Looking…")))}
            </p>
            {rest}
        </section>
    }
    .into_any()
}

/// A line of the form for a text of the draft.
fn line(id: &'static str, label: Text, get: fn(&Draft) -> String, set: fn(&mut Draft, String)) -> impl IntoView {
    let draft = author().draft;
    view! {
        <label class="lab-role">
            <span>{tr(label)}</span>
            <input class="field" data-testid=id prop:value=move || draft.with(get) on:change:target=move |event| draft.update(|draft| set(draft, event.target().value()))/>
        </label>
    }
}

fn area(id: &'static str, label: Text, get: fn(&Draft) -> String, set: fn(&mut Draft, String)) -> impl IntoView {
    let draft = author().draft;
    view! {
        <label class="lab-role">
            <span>{tr(label)}</span>
            <textarea class="field" rows="3" data-testid=id prop:value=move || draft.with(get) on:change:target=move |event| draft.update(|draft| set(draft, event.target().value()))></textarea>
        </label>
    }
}

/// Name, title, story and time.
#[component]
fn Words() -> impl IntoView {
    view! {
        <div class="author-form">
            {line("author-id", t("실습 이름(영문 소문자, 숫자, 붙임표)", "Name (small letters, digits, hyphens)"), |draft| draft.id.clone(), |draft, text| draft.id = text)}
            {line("author-minutes", t("걸리는 시간(분)", "Minutes"), |draft| draft.minutes.to_string(), |draft, text| draft.minutes = text.trim().parse().unwrap_or_default())}
            {line("author-title-ko", t("한국어 제목", "Title in Korean"), |draft| draft.title.ko.clone(), |draft, text| draft.title.ko = text)}
            {line("author-title-en", t("영어 제목", "Title in English"), |draft| draft.title.en.clone(), |draft, text| draft.title.en = text)}
            {area("author-story-ko", t("한국어 과제", "Task in Korean"), |draft| draft.story.ko.clone(), |draft, text| draft.story.ko = text)}
            {area("author-story-en", t("영어 과제", "Task in English"), |draft| draft.story.en.clone(), |draft, text| draft.story.en = text)}
        </div>
        <p class="hint">{tr(t("한 언어로만 써도 돼요. 다른 언어에서는 그렇다고 알려 줘요.", "One language is enough; readers of the other are told so."))}</p>
    }
}

/// What students begin with, from what is selected on the canvas.
#[component]
fn Start() -> impl IntoView {
    let (author, words) = (author(), words());
    let count = move || author.selected.with(Vec::len);
    let said = move || {
        let (picked, without, locked) =
            (count(), author.draft.with(|draft| draft.without.len()), author.draft.with(|draft| draft.locked.len()));
        words.read(&message!(
            "캔버스에서 고른 것 {picked}개 · 시작에서 빠지는 것 {without}개(0개면 빈 캔버스에서 시작) · 잠긴 것 {locked}개",
            "{picked} selected on the canvas · {without} left out of the start (none: it begins empty) · {locked} locked"
        ))
    };
    let leave_out = move |_| author.draft.update(|draft| draft.without = author.selected.get_untracked());
    let lock = move |_| author.draft.update(|draft| draft.locked = author.selected.get_untracked());
    let none = move |_| {
        author.draft.update(|draft| {
            draft.without.clear();
            draft.locked.clear();
        });
    };
    view! {
        <h4>{tr(t("시작 설계", "The start"))}</h4>
        <p class="hint">{said}</p>
        <div class="lab-actions">
            <button type="button" class="button small" data-testid="author-without" disabled=move || count() == 0 on:click=leave_out>{tr(t("고른 것 없이 시작하기", "Begin without what is selected"))}</button>
            <button type="button" class="button small" data-testid="author-lock" disabled=move || count() == 0 on:click=lock>{tr(t("고른 것 잠그기", "Lock what is selected"))}</button>
            <button type="button" class="button small" on:click=none>{tr(t("빈 캔버스에서 시작하기", "Begin with an empty canvas"))}</button>
            <button type="button" class="button small" data-testid="author-again" on:click=move |_| author.propose()>{tr(t("캔버스 다시 보기", "Look at the canvas again"))}</button>
        </div>
    }
}

/// What could be asked.
#[component]
fn Checks() -> impl IntoView {
    let author = author();
    let all = move || {
        let proposal = author.proposal.get();
        let roles = proposal.as_ref().map(|proposal| proposal.roles.clone()).unwrap_or_default();
        let draft = Draft { roles, ..Draft::default() };
        let items = proposal.map(|proposal| proposal.checks.clone()).unwrap_or_default();
        items
            .into_iter()
            .map(|item| {
                let says = draft.says(&item);
                view! { <Proposed item says/> }
            })
            .collect_view()
    };
    view! {
        <h4>{tr(t("확인 항목", "Checks"))}</h4>
        <ul class="lab-checks author-checks">{all}</ul>
    }
}

/// One proposed check: ticked, its points, its words and a hint.
#[component]
fn Proposed(item: Item, says: Message) -> impl IntoView {
    let (author, words) = (author(), words());
    let id = StoredValue::new(item.id.clone());
    let own = move || author.ticked.with(|ticked| id.with_value(|id| ticked.get(id).cloned()));
    let is_on = Memo::new(move |_| own().is_some());
    let field = move |label: Text,
                      get: fn(&crate::app::actions::lessons::Own) -> String,
                      set: fn(&mut crate::app::actions::lessons::Own, String)| {
        view! {
            <label class="lab-role">
                <span>{tr(label)}</span>
                <input class="field" prop:value=move || own().map(|own| get(&own)) on:change:target=move |event| id.with_value(|id| author.change(id, |own| set(own, event.target().value())))/>
            </label>
        }
    };
    let more = move || {
        is_on.get().then(|| {
            view! {
                <details>
                    <summary>{tr(t("점수와 말", "Points and words"))}</summary>
                    <div class="author-form">
                        {field(t("점수(비우면 나눠요)", "Points (empty: shared)"), |own| own.points.map(|points| points.to_string()).unwrap_or_default(), |own, text| own.points = text.trim().parse().ok())}
                        {field(t("한국어 문장(두 언어 모두 적을 때만)", "Sentence in Korean (with both only)"), |own| own.says.ko.clone(), |own, text| own.says.ko = text)}
                        {field(t("영어 문장", "Sentence in English"), |own| own.says.en.clone(), |own, text| own.says.en = text)}
                        {field(t("한국어 힌트", "Hint in Korean"), |own| own.hint.ko.clone(), |own, text| own.hint.ko = text)}
                        {field(t("영어 힌트", "Hint in English"), |own| own.hint.en.clone(), |own, text| own.hint.en = text)}
                    </div>
                </details>
            }
        })
    };
    view! {
        <li>
            <label class="lab-option">
                <input type="checkbox" data-testid="author-check" data-check=item.id prop:checked=is_on on:change:target=move |event| id.with_value(|id| author.tick(id, event.target().checked()))/>
                <span>{move || words.read(&says)}</span>
            </label>
            {more}
        </li>
    }
    .into_any()
}

/// The classes of faults that the lab can have, once it was looked at.
#[component]
fn Faults() -> impl IntoView {
    let (author, words) = (author(), words());
    move || {
        let classes = author.faults.get()?;
        let one = |(class, title): (&'static str, Text)| {
            let on = move || author.draft.with(|draft| draft.faults.iter().any(|one| one == class));
            view! {
                <label class="lab-option">
                    <input type="checkbox" data-testid="author-fault" prop:checked=on on:change:target=move |event| author.tick_fault(class, event.target().checked())/>
                    <span>{move || words.say(title)}</span>
                </label>
            }
        };
        Some(view! {
            <h4>{tr(t("장애 찾기에 쓸 장애", "Faults to find"))}</h4>
            <div class="author-form">{classes.into_iter().map(one).collect_view()}</div>
        })
    }
}

/// Whether it is sound, and the ways out.
#[component]
fn Foot() -> impl IntoView {
    let (author, words) = (author(), words());
    let wrong = move || {
        let all = author.wrong.get()?;
        if all.is_empty() {
            let fine = t(
                "이상이 없어요. 풀이는 만점이고, 빈 캔버스는 0점이에요.",
                "It is sound: the solution makes every point, an empty canvas none.",
            );
            return Some(view! { <p role="status" data-testid="author-sound">{words.say(fine)}</p> }.into_any());
        }
        let lines = all.into_iter().map(|line| view! { <li>{words.read(&line)}</li> }).collect_view();
        Some(view! { <ul class="lab-refused" role="alert" data-testid="author-wrong">{lines}</ul> }.into_any())
    };
    let none = move || author.ticked.with(std::collections::BTreeMap::is_empty);
    let busy = RwSignal::new(false);
    view! {
        {wrong}
        <div class="lab-actions">
            <button type="button" class="button" data-testid="author-look" disabled=none on:click=move |_| author.look_at_draft()>{tr(t("살펴보기", "Check it"))}</button>
            <button type="button" class="button" data-testid="author-try" disabled=none on:click=move |_| author.try_draft()>{tr(t("학생으로 해 보기", "Try it as a student"))}</button>
            <button type="button" class="button" data-testid="author-scorm" disabled=move || none() || busy.get() on:click=move |_| author.download_package(busy)>{tr(t("LMS 패키지 저장(SCORM)", "Save for an LMS (SCORM)"))}</button>
            <button type="button" class="button primary" data-testid="author-save" disabled=none on:click=move |_| author.download_draft()>{tr(t("실습 파일 저장", "Save the lab's file"))}</button>
        </div>
    }
}
