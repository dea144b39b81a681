//! What a lab that was handed in came to, as it is shown and printed.

use std::sync::Arc;

use groundplan::labs::{Ready, State};
use groundplan::message;
use groundplan::text::t;
use leptos::prelude::*;

use super::check::Checked;
use super::quiz::Quizzes;
use crate::app::actions::lessons::lessons;
use crate::app::browser::window;
use crate::app::state::ui::{Dialog, ui};
use crate::app::words::{tr, words};

/// The result.
#[component]
pub fn Outcome(ready: Arc<Ready>) -> impl IntoView {
    let (lessons, words, ui) = (lessons(), words(), ui());
    let title = ready.lab.title.clone();
    let graded = move || lessons.grade.get();
    let score = move || {
        graded().map(|graded| {
            let (points, of, percent) = (graded.points, graded.of, graded.percent());
            words.read(&message!("{of}점 가운데 {points}점({percent}%)", "{points} of {of} points ({percent}%)"))
        })
    };
    let held = move || {
        graded().map(|graded| {
            let held = graded.marks.iter().filter(|mark| mark.state == State::Holds).count();
            let all = graded.marks.len();
            words.read(&message!("{all}개 가운데 {held}개가 맞아요.", "{held} of {all} checks hold."))
        })
    };
    let spent = move || {
        let (minutes, seconds) = (lessons.seconds.get() / 60, lessons.seconds.get() % 60);
        words.read(&message!("걸린 시간 {minutes}분 {seconds}초", "Time: {minutes} min {seconds} s"))
    };
    let hints = move || {
        graded().map(|graded| {
            let (read, cost) = (lessons.work.with(|work| work.hints.len()), graded.hint_cost);
            words.read(&message!("힌트 {read}번({cost}점)", "Hints: {read} ({cost} points)"))
        })
    };
    let open = move || {
        graded().filter(|graded| graded.open > 0).map(|graded| {
            let open = graded.open;
            words.read(&message!(
                "{open}점은 그린 것만으로는 알 수 없어서 세지 않았어요. 틀렸다는 뜻이 아니에요.",
                "{open} points could not be decided from the drawing alone and are not counted. That does not mean they are wrong."
            ))
        })
    };
    let changed = move || {
        graded()
            .filter(|graded| !graded.unlocked.is_empty())
            .map(|_| words.say(t("잠긴 것이 바뀌어 있어요.", "Something that is locked was changed.")))
    };
    let student = move || lessons.student.get();
    let items = ready.lab.checks.clone();
    view! {
        <section class="lab-result" data-testid="lab-result">
            <h2>{move || words.read(&title)}</h2>
            <p class="lab-student" hidden=move || student().is_empty()>{student}</p>
            <p class="lab-total" data-testid="lab-total">{score}</p>
            <ul class="lab-facts"><li>{held}</li><li>{spent}</li><li>{hints}</li></ul>
            {move || open().map(|text| view! { <p class="hint">{text}</p> })}
            {move || changed().map(|text| view! { <p class="hint">{text}</p> })}
            <div class="lab-actions">
                <button class="button primary" data-testid="lab-download" on:click=move |_| lessons.download()>
                    {tr(t("제출 파일 저장", "Save the submission"))}
                </button>
                // A browser that cannot print says so itself.
                <button class="button" data-testid="lab-print" on:click=|_| drop(window().print())>{tr(t("인쇄하기", "Print"))}</button>
                <button class="button" data-testid="lab-again" on:click=move |_| lessons.again()>{tr(t("다시 하기", "Do it again"))}</button>
                <button class="button" data-testid="lab-others" on:click=move |_| ui.ask(Dialog::Course)>{tr(t("다른 실습", "Other labs"))}</button>
                <button class="button" data-testid="lab-leave" on:click=move |_| lessons.leave()>{tr(t("닫기", "Close"))}</button>
            </div>
            <ul class="lab-checks">{items.into_iter().map(|item| view! { <Checked item/> }).collect_view()}</ul>
            {lessons.mode.get_untracked().asks().then(|| view! { <Quizzes ready/> })}
            <p class="faint lab-preview">
                {tr(t("이 점수는 미리 보기예요. 강사가 제출 파일을 채점한 결과가 확정 점수예요.", "This is a preview. What counts is how the instructor's run marks the submission."))}
            </p>
        </section>
    }
    .into_any()
}
