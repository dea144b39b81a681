//! Questions beside the drawing.

use std::sync::Arc;

use groundplan::derived::Derived;
use groundplan::id::NodeId;
use groundplan::labs::{Ask, Mode, On, Quiz, QuizMark, Ready};
use groundplan::message;
use groundplan::text::{Message, t};
use leptos::prelude::*;

use crate::app::actions::lessons::lessons;
use crate::app::state::store::store;
use crate::app::words::{tr, words};

/// All questions of a lab.
#[component]
pub fn Quizzes(ready: Arc<Ready>) -> impl IntoView {
    let all = ready.lab.quiz.clone();
    (!all.is_empty()).then(move || {
        view! {
            <section class="lab-part">
                <h3>{tr(t("질문", "Questions"))}</h3>
                {all.into_iter().map(move |quiz| view! { <Question ready=ready.clone() quiz/> }).collect_view()}
            </section>
        }
    })
}

#[component]
fn Question(ready: Arc<Ready>, quiz: Quiz) -> impl IntoView {
    let (lessons, words) = (lessons(), words());
    let id = quiz.id.clone();
    let text = quiz.text.clone();
    let mark = {
        let id = id.clone();
        Memo::new(move |_| {
            let hidden = lessons.mode.get() == Mode::Exam && !lessons.finished.get();
            let find = |all: &[QuizMark]| all.iter().find(|mark| mark.id == id && mark.answered).cloned();
            if hidden || lessons.stale.get() {
                None
            } else {
                lessons.grade.with(|graded| graded.as_ref().and_then(|graded| find(&graded.quiz)))
            }
        })
    };
    let said = move || {
        mark.get().map(|mark| {
            let (points, of) = (mark.points, mark.of);
            let verdict = if points == of {
                message!("맞았어요. {points}/{of}점", "Right: {points}/{of}")
            } else {
                message!("아직이에요. {points}/{of}점", "Not quite: {points}/{of}")
            };
            let feedback = mark.feedback.map(|text| format!(" {}", words.read(&text))).unwrap_or_default();
            format!("{}{feedback}", words.read(&verdict))
        })
    };
    view! {
        <fieldset class="lab-quiz" data-testid="lab-quiz" data-quiz=id disabled=move || lessons.finished.get()>
            <legend>{move || words.read(&text)}</legend>
            {answers(&ready, &quiz)}
            <p class="lab-why" role="status">{said}</p>
        </fieldset>
    }
    .into_any()
}

/// What is answered now; tracks.
fn given(quiz: &str) -> Vec<String> {
    lessons().work.with(|work| work.answers.get(quiz).cloned().unwrap_or_default())
}

fn answers(ready: &Arc<Ready>, quiz: &Quiz) -> AnyView {
    match &quiz.ask {
        Ask::Choose(choose) => {
            let options = choose.options.iter().enumerate().map(|(at, text)| ((at + 1).to_string(), text.clone()));
            ticked(&quiz.id, options.collect(), choose.right.len() > 1)
        }
        Ask::Route(asked) => ticked(&quiz.id, routes(ready, quiz.on, &asked.subnet), false),
        Ask::Select(_) => view! { <Chosen quiz=quiz.id.clone() one=false/> }.into_any(),
        Ask::Predict(_) => view! { <Chosen quiz=quiz.id.clone() one=true/> }.into_any(),
        Ask::Order(order) => {
            view! { <Ordered ready=ready.clone() on=quiz.on quiz=quiz.id.clone() nodes=order.nodes.clone()/> }
                .into_any()
        }
    }
}

/// Answers to tick: one of them, or several.
fn ticked(quiz: &str, options: Vec<(String, Message)>, several: bool) -> AnyView {
    let (lessons, words) = (lessons(), words());
    let one = |(value, text): (String, Message)| {
        let (id, own) = (quiz.to_owned(), value.clone());
        let change = move |on: bool| {
            let mut now = if several {
                lessons.work.with_untracked(|work| work.answers.get(&id).cloned().unwrap_or_default())
            } else {
                Vec::new()
            };
            now.retain(|other| *other != own);
            if on {
                now.push(own.clone());
            }
            lessons.answer(&id, now);
        };
        let (id, own) = (quiz.to_owned(), value);
        view! {
            <label class="lab-option">
                <input
                    type=if several { "checkbox" } else { "radio" }
                    name=format!("quiz-{quiz}")
                    prop:checked=move || given(&id).contains(&own)
                    on:change:target=move |event| change(event.target().checked())
                />
                <span>{move || words.read(&text)}</span>
            </label>
        }
    };
    options.into_iter().map(one).collect_view().into_any()
}

/// The routes of a subnet's table in the design that is asked about.
fn routes(ready: &Ready, on: On, subnet: &str) -> Vec<(String, Message)> {
    let design = match on {
        On::Solution => &ready.solution,
        On::Start => &ready.start,
    };
    let derived = Derived::new(design.clone());
    let context = derived.context();
    let mut all = vec![("local".to_owned(), t("로컬 라우팅", "The local route").into())];
    if let Some((_, table)) = subnet.parse::<NodeId>().ok().and_then(|id| context.route_table_of(id)) {
        for (at, route) in table.routes.iter().enumerate() {
            let destination = route.destination.to_string();
            all.push(((at + 1).to_string(), Message::plain(destination)));
        }
    }
    all.push(("none".to_owned(), t("맞는 라우팅이 없어요", "No route matches").into()));
    all
}

/// Resources to choose on the canvas.
#[component]
fn Chosen(quiz: String, one: bool) -> impl IntoView {
    let (lessons, words, store) = (lessons(), words(), store());
    let quiz = StoredValue::new(quiz);
    let now = move || quiz.with_value(|quiz| given(quiz));
    let take = move |_| {
        let most = if one { 1 } else { usize::MAX };
        let ids = store.selection.with_untracked(|ids| ids.iter().take(most).map(NodeId::to_string).collect());
        lessons.answer(&quiz.get_value(), ids);
    };
    let names = move || {
        let all = now();
        if all.is_empty() {
            return words.say(t("아직 고르지 않았어요.", "Nothing is chosen yet.")).to_owned();
        }
        let named = |word: &String| match word.as_str() {
            "arrives" => words.say(t("끝까지 도착해요", "It arrives")).to_owned(),
            word => word.parse().map_or_else(|_| word.to_owned(), |id| store.name(id)),
        };
        all.iter().map(named).collect::<Vec<_>>().join(", ")
    };
    view! {
        <p class="lab-chosen" data-testid="lab-chosen">{names}</p>
        <div class="lab-actions">
            <button type="button" class="button small" data-testid="lab-take" disabled=move || store.selection.with(|ids| ids.is_empty()) on:click=take>
                {tr(t("캔버스에서 선택한 것으로 답하기", "Answer with what is selected on the canvas"))}
            </button>
            {one.then(|| view! {
                <button type="button" class="button small" data-testid="lab-arrives" on:click=move |_| lessons.answer(&quiz.get_value(), vec!["arrives".to_owned()])>
                    {tr(t("끝까지 도착해요", "It arrives"))}
                </button>
            })}
        </div>
    }
    .into_any()
}

/// Resources to bring into an order: each can be moved up and down.
#[component]
fn Ordered(ready: Arc<Ready>, on: On, quiz: String, nodes: Vec<String>) -> impl IntoView {
    let (lessons, words) = (lessons(), words());
    let quiz = StoredValue::new(quiz);
    let order = move || {
        let mut now = quiz.with_value(|quiz| given(quiz));
        now.retain(|id| nodes.contains(id));
        let missing: Vec<String> = nodes.iter().filter(|id| !now.contains(id)).cloned().collect();
        now.extend(missing);
        now
    };
    let name = move |word: &str| {
        let design = match on {
            On::Solution => &ready.solution,
            On::Start => &ready.start,
        };
        word.parse().ok().and_then(|id| design.node(id)).map(|node| node.name.clone()).unwrap_or_default()
    };
    move || {
        let all = order();
        let last = all.len().saturating_sub(1);
        let one = |(at, id): (usize, &String)| {
            let called = name(id);
            let swapped = |other: usize| {
                let mut all = all.clone();
                all.swap(at, other);
                all
            };
            let (up, down) = ((at > 0).then(|| swapped(at - 1)), (at < last).then(|| swapped(at + 1)));
            let step = |to: Option<Vec<String>>, sign: &'static str, label: Message| {
                let is_off = to.is_none();
                let go = move |_| {
                    if let Some(to) = to.clone() {
                        lessons.answer(&quiz.get_value(), to);
                    }
                };
                view! { <button type="button" class="icon-button small" disabled=is_off aria-label=words.read(&label) on:click=go>{sign}</button> }
            };
            let (above, below) =
                (message!("{called} 위로", "{called} up"), message!("{called} 아래로", "{called} down"));
            view! { <li><span>{called}</span> {step(up, "↑", above)} {step(down, "↓", below)}</li> }
        };
        view! { <ol class="lab-order">{all.iter().enumerate().map(one).collect_view()}</ol> }
    }
}
