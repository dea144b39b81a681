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
use super::marking::Marked;
use crate::app::actions::lessons::{Lessons, best, lessons, progress};
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
        Asked::One(name) => view! { <One name/> }.into_any(),
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
        Some(Ok(labs)) => {
            let done = labs.iter().filter(|lab| best(&lab.id) == Some(100)).count();
            let count = labs.len();
            let words = words();
            let said = message!("실습 {count}개 가운데 {done}개를 다 했어요.", "{done} of {count} labs are done.");
            let titles: Vec<(String, Message)> = labs.iter().map(|lab| (lab.id.clone(), lab.title.clone())).collect();
            view! {
                <p class="hint" data-testid="course-done">{move || words.read(&said)}</p>
                <ul class="course scroll" tabindex="0">
                    {labs.into_iter().map(|lab| view! { <Row lab titles=titles.clone()/> }).collect_view()}
                </ul>
                <Teaching/>
            }
            .into_any()
        }
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

/// A lab in the list.
#[component]
fn Row(lab: Entry, titles: Vec<(String, Message)>) -> impl IntoView {
    let (signs, words) = (lab_signs(), words());
    let reached = best(&lab.id);
    let begun = progress(&lab.id).is_some_and(|progress| !progress.finished);
    let (minutes, points) = (lab.minutes, lab.points);
    let facts = message!("{minutes}분 · {points}점", "{minutes} min · {points} points");
    let state = match (reached, begun) {
        (Some(percent), _) => Some(message!("최고 {percent}%", "best {percent}%")),
        (None, true) => Some(t("하는 중", "begun").into()),
        (None, false) => None,
    };
    let open: Vec<Message> = lab
        .requires
        .iter()
        .filter(|id| best(id).is_none_or(|percent| percent < 100))
        .filter_map(|id| titles.iter().find(|(of, _)| of == id).map(|(_, title)| title.clone()))
        .collect();
    let before = (!open.is_empty()).then(|| {
        let ko = open.iter().map(|title| title.ko.as_str()).collect::<Vec<_>>().join(", ");
        let en = open.iter().map(|title| title.en.as_str()).collect::<Vec<_>>().join(", ");
        message!("먼저 하면 좋은 실습: {ko}", "Better after: {en}")
    });
    let (id, title) = (lab.id.clone(), lab.title.clone());
    view! {
        <li>
            <button type="button" class="course-lab" class:done=reached == Some(100) data-testid=format!("course-{}", lab.id) on:click=move |_| signs.asked.set(Asked::One(id.clone()))>
                <b>{move || words.read(&title)}</b>
                <span>{move || words.read(&facts)}</span>
                {state.map(|state| view! { <span class="course-state">{move || words.read(&state)}</span> })}
                {before.map(|before| view! { <small>{move || words.read(&before)}</small> })}
            </button>
        </li>
    }
    .into_any()
}

#[component]
fn One(name: String) -> impl IntoView {
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
