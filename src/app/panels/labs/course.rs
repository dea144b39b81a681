//! The labs to choose from with what was done of each, and the one that was chosen: what it is about, and how to begin.

use std::sync::Arc;

use groundplan::labs::{Mode, Ready};
use groundplan::message;
use groundplan::text::{Message, Text, t};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::author::Write;
use super::breaking::Break;
use super::listed::{Back, Entry, entries};
use super::map::Map;
use super::marking::Marked;
use super::wall::Wall;
use crate::app::actions::lessons::{Lessons, lessons, progress};
use crate::app::state::lab::{Asked, lab_signs};
use crate::app::words::{tr, words};

/// Something that is loaded: nothing until it is here.
type Loaded<T> = Option<Result<T, Vec<Message>>>;

/// The dialog's content: the list, or the lab that was asked for.
#[component]
pub fn Course() -> impl IntoView {
    let signs = lab_signs();
    on_cleanup(move || signs.asked.set(Asked::All));
    let content = move || match signs.asked.get() {
        Asked::One(name) => view! { <One name wall=false/> }.into_any(),
        Asked::Wall(name) => view! { <One name wall=true/> }.into_any(),
        Asked::Marking => view! { <Marked/> }.into_any(),
        Asked::Break => view! { <Break/> }.into_any(),
        Asked::Author => view! { <Write/> }.into_any(),
        Asked::All => view! { <List/> }.into_any(),
    };
    view! { <div class="course-inside">{content}</div> }
}

/// That something is coming, or why it is not here and a way to try again.
fn waiting(why: Option<Vec<Message>>, again: Callback<()>) -> AnyView {
    let words = words();
    let Some(why) = why else {
        return view! { <p class="hint" role="status">{tr(t("불러오는 중이에요…", "Loading…"))}</p> }.into_any();
    };
    let lines = why.into_iter().map(move |line| view! { <li>{move || words.read(&line)}</li> }).collect_view();
    view! {
        <div class="lab-refused" role="alert" data-testid="lab-refused">
            <ul>{lines}</ul>
            <button type="button" class="button small" on:click=move |_| again.run(())>{tr(t("다시 시도", "Try again"))}</button>
        </div>
    }
    .into_any()
}

#[component]
fn List() -> impl IntoView {
    let all = RwSignal::new(None as Loaded<Vec<Entry>>);
    let load = Callback::new(move |()| {
        all.set(None);
        spawn_local(async move {
            let found = entries().await;
            // The dialog may be gone by now.
            all.try_set(Some(found.map_err(|why| vec![why])));
        });
    });
    load.run(());
    move || match all.get() {
        Some(Ok(labs)) => view! {
            <Map labs/>
            <Teaching/>
        }
        .into_any(),
        other => waiting(other.and_then(Result::err), load),
    }
}

/// What else can be done here: practise on one's own design, and teach.
#[component]
fn Teaching() -> impl IntoView {
    let (signs, lessons) = (lab_signs(), lessons());
    let go = |asked: Asked, id: &'static str, label: Text| {
        view! {
            <button type="button" class="button small" data-testid=id on:click=move |_| signs.asked.set(asked.clone())>{tr(label)}</button>
        }
    };
    view! {
        <footer class="lab-foot course-teach">
            {go(Asked::Break, "course-break", t("내 설계로 장애 연습하기", "Break my design for me"))}
            <button type="button" class="button small" data-testid="course-file" on:click=move |_| lessons.ask_lab_file()>{tr(t("실습 파일 열기", "Open a lab's file"))}</button>
            {go(Asked::Author, "course-author", t("실습 만들기", "Write a lab"))}
            {go(Asked::Marking, "course-mark", t("제출물 채점하기", "Mark submissions"))}
        </footer>
    }
}

#[component]
fn One(name: String, wall: bool) -> impl IntoView {
    let lessons = lessons();
    let lab = RwSignal::new(None as Loaded<Arc<Ready>>);
    let name = StoredValue::new(name);
    let load = Callback::new(move |()| {
        lab.set(None);
        let name = name.get_value();
        spawn_local(async move {
            let found = lessons.read(&name).await;
            lab.try_set(Some(found));
        });
    });
    load.run(());
    let content = move || match lab.get() {
        Some(Ok(ready)) if wall => view! { <Wall ready name=name.get_value()/> }.into_any(),
        Some(Ok(ready)) => view! { <About ready name=name.get_value()/> }.into_any(),
        other => waiting(other.and_then(Result::err), load),
    };
    view! {
        <Back/>
        {content}
    }
    .into_any()
}

/// What a lab is about, and the ways to do it.
#[component]
fn About(ready: Arc<Ready>, name: String) -> impl IntoView {
    let (lessons, words) = (lessons(), words());
    let lab = &ready.lab;
    let (title, story) = (lab.title.clone(), lab.story.clone());
    let (minutes, points, checks) = (lab.minutes, lab.points(), lab.checks.len());
    let facts =
        message!("{minutes}분 · {points}점 · 확인 {checks}가지", "{minutes} min · {points} points · {checks} checks");
    let kept = progress(&lab.id);
    let modes = lab.modes.clone();
    let student = RwSignal::new(lessons.student.get_untracked());
    let missing = RwSignal::new(false);
    let begin = {
        let (ready, name) = (ready.clone(), name.clone());
        move |mode: Mode| {
            // Everybody else gets another fault: the seed is who one is.
            if mode == Mode::FindTheFault && student.get_untracked().trim().is_empty() {
                return missing.set(true);
            }
            lessons.student.set(student.get_untracked());
            lessons.start(&ready, &name, mode);
        }
    };
    let (signs, wall) = (lab_signs(), name.clone());
    let busy = RwSignal::new(false);
    let save = {
        let (ready, name) = (ready.clone(), name.clone());
        move |_| lessons.save_package(&ready, name.clone(), busy)
    };
    let go_on = kept.map(|kept| {
        let label = if kept.finished { t("결과 보기", "See the result") } else { t("이어서 하기", "Go on") };
        let (ready, name) = (ready.clone(), name);
        view! {
            <button type="button" class="button primary" data-testid="lab-resume" on:click=move |_| Lessons::resume(lessons, &ready, &name, &kept)>
                {tr(label)}
            </button>
        }
    });
    let one = |mode: Mode| {
        let begin = begin.clone();
        view! {
            <button type="button" class="button" data-testid=format!("lab-begin-{}", mode_id(mode)) on:click=move |_| begin(mode)>
                {tr(mode.label())}
            </button>
        }
    };
    view! {
        <article class="course-one scroll" tabindex="0">
            <h3 data-testid="course-title">{move || words.read(&title)}</h3>
            <p class="hint">{move || words.read(&facts)}</p>
            {move || words.read(&story).split("\n\n").map(|part| view! { <p>{part.to_owned()}</p> }).collect_view()}
        </article>
        <label class="lab-role">
            <span>{tr(t("이름이나 학번", "Your name or number"))}</span>
            <input class="field" data-testid="lab-student" maxlength="100" aria-describedby="lab-student-missing" prop:value=student on:input:target=move |event| {
                student.set(event.target().value());
                missing.set(false);
            }/>
        </label>
        <p class="field-error" id="lab-student-missing" role="alert">
            {move || missing.get().then(|| words.say(t(
                "장애는 사람마다 달라요. 먼저 이름이나 학번을 적어 주세요.",
                "Everybody gets another fault. Enter your name or number first.",
            )))}
        </p>
        <div class="lab-actions">{go_on} {modes.into_iter().map(one).collect_view()}</div>
        <footer class="lab-foot course-teach">
            <button type="button" class="button small" data-testid="lab-wall-open" on:click=move |_| signs.asked.set(Asked::Wall(wall.clone()))>
                {tr(t("교실 화면", "For the classroom's wall"))}
            </button>
            <button type="button" class="button small" data-testid="lab-scorm" disabled=busy on:click=save>
                {tr(t("LMS 패키지 저장(SCORM)", "Save for an LMS (SCORM)"))}
            </button>
        </footer>
    }
    .into_any()
}

const fn mode_id(mode: Mode) -> &'static str {
    match mode {
        Mode::Guided => "guided",
        Mode::Goal => "goal",
        Mode::FindTheFault => "find-the-fault",
        Mode::Exam => "exam",
        Mode::Predict => "predict",
        Mode::Quiz => "quiz",
    }
}
