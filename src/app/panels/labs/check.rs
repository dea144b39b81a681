//! One thing that is marked: what it asks, whether it holds and why, the way that decided it, and hints.

use groundplan::labs::{Hint, HintLevel, Item, Mark, Mode, Proof, State, says};
use groundplan::message;
use groundplan::reach::{Asked, Way};
use groundplan::text::{Message, Text, t};
use leptos::prelude::*;

use super::running::{points, sign};
use crate::app::actions::edits;
use crate::app::actions::lessons::lessons;
use crate::app::parts::STUDIES;
use crate::app::state::store::store;
use crate::app::words::{tr, words};

/// A check of the lab.
#[component]
pub fn Checked(item: Item) -> impl IntoView {
    let (lessons, words) = (lessons(), words());
    let is_exam = move || lessons.mode.get() == Mode::Exam && !lessons.finished.get();
    let sentence = lessons
        .ready
        .with_untracked(|ready| ready.as_ref().map(|ready| begun(says(&ready.lab, &item))))
        .unwrap_or_default();
    let Item { id: check, points: worth, hints, .. } = item;
    let (id, named) = (check.clone(), check.clone());
    let mark = Memo::new(move |_| {
        if is_exam() {
            None
        } else {
            lessons.grade.with(|graded| graded.as_ref().and_then(|graded| graded.mark(&id).cloned()))
        }
    });
    let state = move || mark.with(|mark| mark.as_ref().map(|mark| mark.state));
    let said = move || state().map_or_else(String::new, |state| format!("{}: ", words.say(state.label())));
    let why = move || {
        mark.with(|mark| mark.as_ref().filter(|mark| mark.state != State::Holds).map(|mark| words.read(&mark.why)))
    };
    let feedback =
        move || mark.with(|mark| mark.as_ref().and_then(|mark| mark.feedback.as_ref().map(|text| words.read(text))));
    let earned = move || {
        let said = match mark.with(|mark| mark.as_ref().map(|mark| mark.points)) {
            Some(points) => message!("{points}/{worth}점", "{points}/{worth}"),
            None => points(worth),
        };
        words.read(&said)
    };
    view! {
        <li class="lab-check" data-testid="lab-mark" data-check=named data-state=move || state().map_or("open", State::id)>
            {move || sign(state())}
            <div class="lab-check-body">
                <p><span class="visually-hidden">{said}</span>{move || words.read(&sentence)} " " <small class="lab-points">{earned}</small></p>
                {move || why().map(|why| view! { <p class="lab-why" data-testid="lab-why">{why}</p> })}
                {move || feedback().map(|text| view! { <p class="lab-feedback">{text}</p> })}
                <Evidence mark/>
                <Hints check hints mark/>
            </div>
        </li>
    }
    .into_any()
}

/// What decided: a packet's way, or resources on the drawing.
#[component]
fn Evidence(mark: Memo<Option<Mark>>) -> impl IntoView {
    let store = store();
    move || {
        let proof = mark
            .with(|mark| mark.as_ref().filter(|mark| mark.state != State::Holds).and_then(|mark| mark.proof.clone()))?;
        let (label, act): (Text, Callback<()>) = match proof {
            // The tracer shows the design as it is; after a loss it would show another way than the one that decided.
            Proof::Way(evidence) if evidence.lost.is_none() => {
                let asked = match &evidence.way {
                    Way::Packet(question, _) => Asked::Packet(*question),
                    Way::Page(from, url, _) => Asked::Url(*from, url.clone()),
                };
                let trace = move |()| {
                    let asked = asked.clone();
                    STUDIES.with(move |studies| (studies.trace)(asked));
                };
                (t("어디서 막히는지 보기", "See where it stops"), Callback::new(trace))
            }
            Proof::Way(evidence) => {
                let lost = evidence.lost?;
                (t("잃은 것 보기", "See what was lost"), Callback::new(move |()| edits::reveal(lost)))
            }
            Proof::Nodes(nodes) => {
                (t("그림에서 보기", "Show on the drawing"), Callback::new(move |()| store.select(nodes.clone())))
            }
        };
        Some(
            view! { <button class="button small" data-testid="lab-proof" on:click=move |_| act.run(())>{tr(label)}</button> },
        )
    }
}

/// With a capital letter, as English sentences begin; addresses keep theirs.
fn begun(mut says: Message) -> Message {
    let is_word = says.en.starts_with(|c: char| c.is_ascii_lowercase()) && !says.en.starts_with("http");
    if is_word && let Some(first) = says.en.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    says
}

const fn called(level: HintLevel) -> Text {
    match level {
        HintLevel::Concept => t("개념", "concept"),
        HintLevel::Where => t("어디를 볼지", "where to look"),
        HintLevel::How => t("어떻게 할지", "what to do"),
    }
}

/// The hints that were taken, and the way to the next.
#[component]
fn Hints(check: String, hints: Vec<Hint>, mark: Memo<Option<Mark>>) -> impl IntoView {
    let (lessons, words) = (lessons(), words());
    move || {
        if lessons.mode.get() == Mode::Exam || lessons.finished.get() {
            return None;
        }
        let fitting = mark.with(|mark| mark.as_ref().map(|mark| mark.hints.clone())).unwrap_or_default();
        let of = |level: HintLevel| {
            let fits = fitting.iter().filter_map(|at| hints.get(*at)).find(|hint| hint.level == level);
            fits.or_else(|| hints.iter().find(|hint| hint.level == level))
        };
        let is_read = |level: HintLevel| lessons.work.with(|work| work.hints.contains(&(check.clone(), level)));
        let read = HintLevel::ALL.into_iter().filter(|level| is_read(*level)).filter_map(of).map(|hint| {
            view! { <p class="lab-hint" data-testid="lab-hint"><b>{words.say(called(hint.level))}": "</b>{words.read(&hint.text)}</p> }
        });
        let next = HintLevel::ALL.into_iter().filter(|level| !is_read(*level)).find_map(of);
        // Help is for what was tried and is wrong.
        let next = next.filter(|_| !fitting.is_empty()).map(|hint| {
            let (check, level, cost) = (check.clone(), hint.level, hint.cost);
            let (ko, en) = (called(level).ko, called(level).en);
            let label = match cost {
                0 => message!("힌트 보기: {ko}", "Hint: {en}"),
                cost => message!("힌트 보기: {ko}(−{cost}점)", "Hint: {en} (−{cost})"),
            };
            view! {
                <button class="button small" data-testid="lab-hint-next" on:click=move |_| lessons.read_hint(&check, level)>
                    {words.read(&label)}
                </button>
            }
        });
        Some(view! { <div class="lab-hints" aria-live="polite">{read.collect_view()} {next}</div> })
    }
}
