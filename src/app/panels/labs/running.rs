//! The lab that is being done: its story, the way there, what is marked, and the way to hand it in.

use std::collections::BTreeSet;
use std::sync::Arc;

use groundplan::design::Design;
use groundplan::labs::{Card, Drawing, Grade, Item, Lab, Mode, Ready, State};
use groundplan::message;
use groundplan::text::{Message, t};
use leptos::prelude::*;

use super::breaking::Hunt;
use super::check::Checked;
use super::quiz::Quizzes;
use super::result::Outcome;
use crate::app::actions::lessons::{breaking, lessons};
use crate::app::icons::glyphs::{CHECK, Glyph};
use crate::app::parts::DESK;
use crate::app::state::store::store;
use crate::app::words::{tr, words};

/// The panel.
#[component]
pub fn Running() -> impl IntoView {
    let (lessons, breaking) = (lessons(), breaking());
    move || {
        if let Some(fault) = breaking.now.get() {
            return view! { <Hunt fault/> }.into_any();
        }
        let Some(ready) = lessons.ready.get() else { return ().into_any() };
        if lessons.finished.get() {
            return view! { <Outcome ready/> }.into_any();
        }
        let mode = lessons.mode.get();
        view! {
            <Head ready=ready.clone()/>
            <Story lab=ready.lab.clone()/>
            <Roles ready=ready.clone()/>
            {if mode == Mode::Guided && !ready.lab.steps.is_empty() {
                view! { <Steps ready=ready.clone()/> }.into_any()
            } else if mode == Mode::Quiz {
                ().into_any()
            } else {
                view! { <Aims ready=ready.clone()/> }.into_any()
            }}
            {mode.asks().then(|| view! { <Quizzes ready=ready.clone()/> })}
            <Cards ready=ready.clone()/>
            <Foot/>
        }
        .into_any()
    }
}

/// Title, clock, progress, and the button that marks.
#[component]
fn Head(ready: Arc<Ready>) -> impl IntoView {
    let (lessons, words) = (lessons(), words());
    let title = ready.lab.title.clone();
    let mode = lessons.mode;
    let of = ready.lab.points_in(Some(mode.get_untracked()));
    let points = move || lessons.grade.with(|graded| graded.as_ref().map(|graded| (graded.points, graded.of)));
    let score = move || {
        let said = match points() {
            Some((points, of)) => message!("{points}/{of}점", "{points} of {of} points"),
            None => message!("{of}점 만점", "{of} points"),
        };
        words.read(&said)
    };
    let clock = move || match lessons.left() {
        Some(left) => {
            let (minutes, seconds) = (left / 60, left % 60);
            words.read(&message!("{minutes}분 {seconds}초 남음", "{minutes} min {seconds} s left"))
        }
        None => {
            let minutes = lessons.seconds.get() / 60;
            words.read(&message!("{minutes}분째", "{minutes} min"))
        }
    };
    let is_exam = move || mode.get() == Mode::Exam;
    view! {
        <header class="lab-head">
            <h2 data-testid="lab-title">{move || words.read(&title)}</h2>
            <p class="lab-line">
                <span class="lab-mode" data-testid="lab-mode">{move || words.say(mode.get().label())}</span>
                <span class="lab-clock" data-testid="lab-clock">{clock}</span>
                <span data-testid="lab-score" hidden=is_exam>{score}</span>
            </p>
            <progress
                class="lab-progress"
                hidden=is_exam
                max=move || points().map_or(of, |(_, of)| of).to_string()
                prop:value=move || points().map_or(0, |(points, _)| points).to_string()
                aria-label=tr(t("점수", "Points"))
            ></progress>
            <p class="hint lab-stale" hidden=move || !lessons.stale.get() || is_exam() data-testid="lab-stale">
                {tr(t("확인한 뒤에 바뀐 것이 있어요. 다시 확인해 보세요.", "Something changed since the last check. Check again."))}
            </p>
            <div class="lab-actions">
                <button class="button primary" data-testid="lab-check" hidden=is_exam on:click=move |_| lessons.check()>
                    {tr(t("지금 확인하기", "Check now"))}
                </button>
                <button class="button" data-testid="lab-finish" on:click=move |_| lessons.finish()>
                    {tr(t("제출하기", "Hand in"))}
                </button>
            </div>
        </header>
    }
    .into_any()
}

/// What is asked for, in paragraphs.
#[component]
fn Story(lab: Lab) -> impl IntoView {
    let words = words();
    let story = move || {
        let text = words.read(&lab.story);
        text.split("\n\n").map(|part| view! { <p>{part.to_owned()}</p> }).collect_view()
    };
    view! {
        <details class="lab-story" open>
            <summary>{tr(t("과제", "Task"))}</summary>
            {story}
        </details>
    }
    .into_any()
}

/// Who is meant, where the design leaves it open.
#[component]
fn Roles(ready: Arc<Ready>) -> impl IntoView {
    let (lessons, words, store) = (lessons(), words(), store());
    move || {
        let graded = lessons.grade.get()?;
        let open: Vec<_> =
            graded.cast.roles.iter().filter(|(_, filled)| filled.one && filled.candidates.len() > 1).collect();
        let one = |(role, filled): (&String, &groundplan::labs::Filled)| {
            let name = ready.lab.role(role).map(|role| role.name.clone()).unwrap_or_default();
            let (ko, en) = (name.ko, name.en);
            let asked = words.read(&message!("'{ko}' 역할은 어느 것인가요?", "Which one is {en}?"));
            let chosen = filled.chosen.then(|| filled.nodes.first().copied()).flatten();
            let options = filled.candidates.iter().map(|id| {
                view! { <option value=id.to_string() selected=chosen == Some(*id)>{store.name(*id)}</option> }
            });
            let role = role.clone();
            let choose = move |value: String| {
                if let Ok(id) = value.parse() {
                    lessons.choose(&role, vec![id]);
                }
            };
            view! {
                <label class="lab-role">
                    <span>{asked}</span>
                    <select class="field" data-testid="lab-role" on:change:target=move |event| choose(event.target().value())>
                        <option value="" selected=chosen.is_none()>{tr(t("골라 주세요", "Choose one"))}</option>
                        {options.collect_view()}
                    </select>
                </label>
            }
        };
        Some(open.into_iter().map(one).collect_view())
    }
}

/// Whether a check holds as the design was last marked; tracks.
fn holds(graded: Option<&Arc<Grade>>, id: &str) -> bool {
    graded.and_then(|graded| graded.mark(id)).is_some_and(|mark| mark.state == State::Holds)
}

/// The way there, step by step: what is done is ticked, and what is next is open.
#[component]
fn Steps(ready: Arc<Ready>) -> impl IntoView {
    let (lessons, words) = (lessons(), words());
    let lab = ready.lab.clone();
    let stepped: BTreeSet<String> = lab.steps.iter().flat_map(|step| step.checks.iter().cloned()).collect();
    let next = {
        let steps = lab.steps.clone();
        Memo::new(move |_| {
            let graded = lessons.grade.get();
            steps.iter().position(|step| !step.checks.iter().all(|id| holds(graded.as_ref(), id)))
        })
    };
    let one = |(at, step): (usize, &groundplan::labs::Stage)| {
        let (text, checks) = (step.text.clone(), step.checks.clone());
        let is_done = {
            let checks = checks.clone();
            move || lessons.grade.with(|graded| checks.iter().all(|id| holds(graded.as_ref(), id)))
        };
        let is_done_too = is_done.clone();
        let items: Vec<Item> = lab.checks.iter().filter(|item| checks.contains(&item.id)).cloned().collect();
        let is_next = move || next.get() == Some(at);
        view! {
            <li class="lab-step" class:done=is_done data-testid="lab-step" data-done=move || is_done_too().to_string() aria-current=move || is_next().then_some("step")>
                <p>
                    <span class="lab-number" aria-hidden="true">{(at + 1).to_string()}</span>
                    <span>{move || words.read(&text)}</span>
                </p>
                <ul class="lab-checks">
                    {items.into_iter().map(|item| view! { <Checked item/> }).collect_view()}
                </ul>
                <button class="button small" hidden=move || !is_next() data-testid="lab-reset" on:click=move |_| lessons.reset_step()>
                    {tr(t("이 단계 처음으로", "Reset this step"))}
                </button>
            </li>
        }
    };
    let others: Vec<Item> = lab.checks.iter().filter(|item| !stepped.contains(&item.id)).cloned().collect();
    let further = (!others.is_empty()).then(|| {
        view! {
            <h3>{tr(t("그 밖에 보는 것", "What is looked at besides"))}</h3>
            <ul class="lab-checks">{others.into_iter().map(|item| view! { <Checked item/> }).collect_view()}</ul>
        }
    });
    view! {
        <section class="lab-part">
            <h3>{tr(t("단계", "Steps"))}</h3>
            <ol class="lab-steps">{lab.steps.iter().enumerate().map(one).collect_view()}</ol>
            {further}
        </section>
    }
    .into_any()
}

/// What is marked, without a way.
#[component]
fn Aims(ready: Arc<Ready>) -> impl IntoView {
    let mode = lessons().mode.get_untracked();
    let shown = move |item: &&Item| !(mode == Mode::Exam && item.hidden);
    let items: Vec<Item> = ready.lab.checks.iter().filter(shown).cloned().collect();
    let title = if mode == Mode::FindTheFault {
        t("모두 되어야 하는 것", "All of this should hold")
    } else {
        t("목표", "Aims")
    };
    view! {
        <section class="lab-part">
            <h3>{tr(title)}</h3>
            <ul class="lab-checks">{items.into_iter().map(|item| view! { <Checked item/> }).collect_view()}</ul>
        </section>
    }
    .into_any()
}

/// What the lab teaches beyond its task.
#[component]
fn Cards(ready: Arc<Ready>) -> impl IntoView {
    let cards = ready.lab.cards.clone();
    let any = !cards.is_empty();
    any.then(|| {
        view! {
            <section class="lab-part">
                <h3>{tr(t("개념 카드", "Concept cards"))}</h3>
                {cards.into_iter().map(|card| view! { <Concept ready=ready.clone() card/> }).collect_view()}
            </section>
        }
    })
}

/// A concept card; its drawing is made when it is first opened.
#[component]
fn Concept(ready: Arc<Ready>, card: Card) -> impl IntoView {
    let words = words();
    let open = RwSignal::new(false);
    let (title, text, source) = (card.title.clone(), card.text.clone(), card.source.clone());
    // What is taken from the solution gives nothing away where it is looked for.
    let of_solution = matches!(card.picture, Some(Drawing::SolutionOnly(_) | Drawing::SolutionWithout(_)));
    let veiled = of_solution && matches!(lessons().mode.get_untracked(), Mode::Exam | Mode::FindTheFault);
    let drawn = (card.picture.is_some() && !veiled).then(|| {
        let picture = Memo::new(move |_| open.get().then(|| ready.picture(&card).map(Arc::new)).flatten());
        move || picture.get().map(|design| view! { <Drawn design/> })
    });
    view! {
        <details class="lab-card" data-testid="lab-card" on:toggle=move |_| open.set(true)>
            <summary>{move || words.read(&title)}</summary>
            <p>{move || words.read(&text)}</p>
            {drawn}
            {source.map(|source| view! {
                <a href=source target="_blank" rel="noreferrer">{tr(t("AWS 문서", "AWS documentation"))}</a>
            })}
        </details>
    }
    .into_any()
}

/// A small drawing, and in words what is in it.
#[component]
fn Drawn(design: Arc<Design>) -> impl IntoView {
    let words = words();
    let (ko, en): (Vec<String>, Vec<String>) = design
        .nodes()
        .map(|(_, node)| {
            let label = node.kind().spec().label;
            (format!("{} {}", label.ko, node.name), format!("{} {}", label.en, node.name))
        })
        .unzip();
    let (ko, en) = (ko.join(", "), en.join(", "));
    let said = message!("그림에 있는 것: {ko}", "In the drawing: {en}");
    let shown = Signal::derive(move || Some(design.clone()));
    view! {
        <figure class="lab-drawn" data-testid="lab-drawn">
            {move || DESK.get().map(|desk| (desk.preview)(shown))}
            <figcaption class="visually-hidden">{move || words.read(&said)}</figcaption>
        </figure>
    }
    .into_any()
}

#[component]
fn Foot() -> impl IntoView {
    let lessons = lessons();
    view! {
        <footer class="lab-foot">
            <button class="button small" data-testid="lab-leave" on:click=move |_| lessons.leave()>
                {tr(t("실습 멈추기", "Leave the lab"))}
            </button>
            <button class="button small" data-testid="lab-download" on:click=move |_| lessons.download()>
                {tr(t("제출 파일 저장", "Save the submission"))}
            </button>
        </footer>
    }
    .into_any()
}

/// A mark's sign: its form tells it apart without colour.
pub(super) fn sign(state: Option<State>) -> AnyView {
    match state {
        Some(State::Holds) => view! { <Glyph path=CHECK/> }.into_any(),
        Some(State::Fails) => view! { <span class="lab-sign" aria-hidden="true">"×"</span> }.into_any(),
        Some(State::Partly) => view! { <span class="lab-sign" aria-hidden="true">"◐"</span> }.into_any(),
        Some(State::Unknown) => view! { <span class="lab-sign" aria-hidden="true">"?"</span> }.into_any(),
        Some(State::NotYet) | None => view! { <span class="lab-sign" aria-hidden="true">"○"</span> }.into_any(),
    }
}

/// Points as people say them.
pub(super) fn points(n: u32) -> Message {
    let s = if n == 1 { "" } else { "s" };
    message!("{n}점", "{n} point{s}")
}
