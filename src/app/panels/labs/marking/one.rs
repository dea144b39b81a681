//! One student's work: what is known of it, each check with its reason, the instructor's comment, and the drawing beside the solution.

use std::sync::Arc;

use groundplan::labs::class::Row;
use groundplan::labs::{Mark, State};
use groundplan::message;
use groundplan::text::t;
use leptos::prelude::*;

use super::beside::Beside;
use crate::app::actions::lessons::marking;
use crate::app::panels::labs::running::sign;
use crate::app::words::{tr, words};

/// The row that is looked at.
#[component]
pub fn One() -> impl IntoView {
    let marking = marking();
    move || {
        let at = marking.chosen.get()?;
        let row = marking.rows.with(|rows| rows.get(at).cloned())?;
        Some(view! { <Work row/> })
    }
}

#[component]
fn Work(row: Arc<Row>) -> impl IntoView {
    let (marking, words) = (marking(), words());
    let file = row.handed.file.clone();
    let student = row.handed.student().to_owned();
    let notes = row.notes.clone();
    let facts = row.handed.work.as_ref().ok().map(|work| {
        let (minutes, hints, seed) = (work.seconds / 60, work.work.hints.len(), work.seed.clone());
        if seed.is_empty() {
            message!("{minutes}분, 힌트 {hints}번", "{minutes} min, {hints} hints")
        } else {
            message!("{minutes}분, 힌트 {hints}번, 시드 {seed}", "{minutes} min, {hints} hints, seed {seed}")
        }
    });
    let marks = match &row.grade {
        Ok(grade) => {
            let one = |mark: &Mark| {
                let Mark { state, says, why, points, of, .. } = mark.clone();
                let reason =
                    (state != State::Holds).then(|| view! { <p class="lab-why">{move || words.read(&why)}</p> });
                view! {
                    <li class="lab-check" data-state=state.id()>
                        {sign(Some(state))}
                        <div class="lab-check-body">
                            <p>
                                <span class="visually-hidden">{move || words.say(state.label())}": "</span>
                                {move || words.read(&says)}" " <small class="lab-points">{format!("{points}/{of}")}</small>
                            </p>
                            {reason}
                        </div>
                    </li>
                }
            };
            view! { <ul class="lab-checks">{grade.marks.iter().map(one).collect_view()}</ul> }.into_any()
        }
        Err(why) => {
            let why = why.clone();
            view! { <p class="lab-why">{move || words.read(&why)}</p> }.into_any()
        }
    };
    let own = file.clone();
    let comment = move || marking.comments.with_untracked(|comments| comments.get(&own).cloned().unwrap_or_default());
    let about = file.clone();
    let write = move |text: String| {
        marking.comments.update(|comments| {
            if text.trim().is_empty() {
                comments.remove(&about);
            } else {
                comments.insert(about.clone(), text);
            }
        });
    };
    let drawn = row.handed.work.is_ok();
    let beside = RwSignal::new(false);
    let (opened, shown) = (Arc::clone(&row), Arc::clone(&row));
    view! {
        <article class="marking-one" data-testid="marking-one">
            <h4>{student} " " <small>{file}</small></h4>
            {facts.map(|facts| view! { <p class="hint">{move || words.read(&facts)}</p> })}
            <ul class="marking-notes">{notes.into_iter().map(|note| view! { <li>{move || words.read(&note)}</li> }).collect_view()}</ul>
            <div class="lab-actions" hidden=!drawn>
                <button type="button" class="button small" data-testid="marking-beside" aria-expanded=move || beside.get().to_string() on:click=move |_| beside.update(|on| *on = !*on)>
                    {tr(t("풀이와 나란히 보기", "Beside the solution"))}
                </button>
                <button type="button" class="button small" data-testid="marking-open" on:click=move |_| marking.open_row(opened.clone())>
                    {tr(t("이 설계 열기", "Open this design"))}
                </button>
            </div>
            {move || beside.get().then(|| view! { <Beside row=shown.clone()/> })}
            {marks}
            <label class="lab-role">
                <span>{tr(t("학생에게 하는 말", "Comment for the student"))}</span>
                <textarea class="field" rows="2" data-testid="marking-comment" prop:value=comment on:input:target=move |event| write(event.target().value())></textarea>
            </label>
        </article>
    }
    .into_any()
}
