//! The map of the course: every lab under the one that it builds on, with its minutes, what is done of it, and which one is next.

use std::sync::Arc;

use groundplan::labs::{Stop, Trail, next_of, trails};
use groundplan::message;
use groundplan::text::{Message, t};
use leptos::prelude::*;

use super::listed::Entry;
use crate::app::actions::lessons::{best, progress};
use crate::app::icons::glyphs::{CHECK, Glyph};
use crate::app::state::lab::{Asked, lab_signs};
use crate::app::words::{tr, words};

/// A lab of the list, with what this browser remembers of it.
#[derive(Debug)]
struct Known {
    entry: Entry,
    /// The best result, in percent.
    best: Option<u32>,
    /// Whether it was begun and not handed in.
    begun: bool,
}

impl Known {
    fn of(entry: Entry) -> Self {
        let (best, kept) = (best(&entry.id), progress(&entry.id));
        Self { best, begun: kept.is_some_and(|kept| !kept.finished), entry }
    }

    fn is_done(&self) -> bool {
        self.best == Some(100)
    }
}

/// The map, with how far one is on it.
#[component]
pub fn Map(labs: Vec<Entry>) -> impl IntoView {
    let all: Arc<[Known]> = labs.into_iter().map(Known::of).collect();
    let stops: Vec<Stop<'_>> = all
        .iter()
        .map(|known| Stop {
            id: &known.entry.id,
            requires: &known.entry.requires,
            done: known.is_done(),
            begun: known.begun,
        })
        .collect();
    let (trails, next) = (trails(&stops), next_of(&stops));
    let (count, done) = (all.len(), all.iter().filter(|known| known.is_done()).count());
    let left: u32 = all.iter().filter(|known| !known.is_done()).map(|known| u32::from(known.entry.minutes)).sum();
    let words = words();
    let said = if left == 0 {
        message!("실습 {count}개를 모두 다 했어요.", "All {count} labs are done.")
    } else {
        let Message { ko, en } = time(left);
        message!(
            "실습 {count}개 가운데 {done}개를 다 했어요. 남은 것은 {ko}쯤 걸려요.",
            "{done} of {count} labs are done. What is left takes about {en}."
        )
    };
    let onward =
        next.and_then(|at| all.get(at)).map(|known| view! { <Onward known=known.entry.clone() begun=known.begun/> });
    let tree = trails.into_iter().map(|trail| branch(&all, next, trail)).collect_view();
    view! {
        <div class="course-head">
            <p class="hint" data-testid="course-done">{move || words.read(&said)}</p>
            <progress class="lab-progress" max=count.to_string() prop:value=done.to_string() aria-label=tr(t("다 한 실습", "Labs done"))></progress>
            {onward}
        </div>
        <div class="course-map scroll" tabindex="0" role="region" aria-label=tr(t("과정 지도", "Map of the course")) data-testid="course-map">
            <ol>{tree}</ol>
        </div>
    }
    .into_any()
}

/// Minutes as people say them.
fn time(minutes: u32) -> Message {
    let (hours, rest) = (minutes / 60, minutes % 60);
    match (hours, rest) {
        (0, rest) => message!("{rest}분", "{rest} min"),
        (hours, 0) => message!("{hours}시간", "{hours} h"),
        (hours, rest) => message!("{hours}시간 {rest}분", "{hours} h {rest} min"),
    }
}

/// The way on: to what was begun, or what comes next.
#[component]
fn Onward(known: Entry, begun: bool) -> impl IntoView {
    let (signs, words) = (lab_signs(), words());
    let (id, Message { ko, en }) = (known.id, known.title);
    let label = if begun {
        message!("이어서 하기: {ko}", "Go on: {en}")
    } else {
        message!("다음 실습: {ko}", "Next: {en}")
    };
    view! {
        <button type="button" class="button primary" data-testid="course-next" on:click=move |_| signs.asked.set(Asked::One(id.clone()))>
            {move || words.read(&label)}
        </button>
    }
}

/// A lab and all that build on it.
fn branch(all: &Arc<[Known]>, next: Option<usize>, trail: Trail) -> AnyView {
    let Some(known) = all.get(trail.at) else { return ().into_any() };
    let then = (!trail.then.is_empty()).then(|| {
        let after = trail.then.into_iter().map(|trail| branch(all, next, trail)).collect_view();
        view! { <ol>{after}</ol> }
    });
    view! {
        <li>
            {stop(all, trail.at, known, next == Some(trail.at))}
            {then}
        </li>
    }
    .into_any()
}

/// A lab on the map.
fn stop(all: &[Known], at: usize, known: &Known, is_next: bool) -> AnyView {
    let (signs, words) = (lab_signs(), words());
    let Entry { id, title, minutes, points, requires } = known.entry.clone();
    let number = at + 1;
    let facts = message!("{minutes}분 · {points}점", "{minutes} min · {points} points");
    let state = match (known.best, known.begun) {
        (Some(percent), _) => Some(message!("최고 {percent}%", "best {percent}%")),
        (None, true) => Some(t("하는 중", "begun").into()),
        (None, false) => None,
    };
    let open: Vec<&Message> = all
        .iter()
        .filter(|other| requires.contains(&other.entry.id) && !other.is_done())
        .map(|other| &other.entry.title)
        .collect();
    let before = (!open.is_empty()).then(|| {
        let ko = open.iter().map(|title| title.ko.as_str()).collect::<Vec<_>>().join(", ");
        let en = open.iter().map(|title| title.en.as_str()).collect::<Vec<_>>().join(", ");
        message!("먼저 하면 좋은 실습: {ko}", "Better after: {en}")
    });
    let is_done = known.is_done();
    let sign = if is_done { view! { <Glyph path=CHECK/> }.into_any() } else { number.to_string().into_any() };
    let bar = known.best.filter(|percent| *percent < 100).map(|percent| {
        view! { <progress class="lab-progress" max="100" prop:value=percent.to_string() aria-hidden="true"></progress> }
    });
    let test = format!("course-{id}");
    view! {
        <button
            type="button" class="course-lab" class:done=is_done class:next=is_next data-testid=test
            aria-current=is_next.then_some("step")
            on:click=move |_| signs.asked.set(Asked::One(id.clone()))
        >
            <span class="course-number" aria-hidden="true">{sign}</span>
            <b>{move || words.read(&title)}</b>
            <span>
                {move || words.read(&facts)}
                {state.map(|state| view! { " · " <span class="course-state">{move || words.read(&state)}</span> })}
                {is_next.then(|| view! { " " <span class="course-tag">{tr(t("다음", "Next"))}</span> })}
            </span>
            {bar}
            {before.map(|before| view! { <small>{move || words.read(&before)}</small> })}
        </button>
    }
    .into_any()
}
