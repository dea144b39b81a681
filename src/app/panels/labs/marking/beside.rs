//! A student's drawing beside the solution, each with what the other has not or has otherwise.

use std::collections::BTreeMap;
use std::sync::Arc;

use groundplan::design::Design;
use groundplan::design::compare::{Comparison, compare};
use groundplan::id::NodeId;
use groundplan::labs::class::Row;
use groundplan::message;
use groundplan::picture::{Asked, Changed, Marks, draw, svg};
use groundplan::text::{Message, t};
use leptos::prelude::*;

use crate::app::actions::lessons::marking;
use crate::app::words::{tr, words};

/// Differences that are said in words at most; the drawings show the rest.
const SAID: usize = 40;

/// Both drawings.
#[component]
pub fn Beside(row: Arc<Row>) -> impl IntoView {
    let (marking, words) = (marking(), words());
    move || {
        let ready = marking.ready.get()?;
        let own = &row.handed.work.as_ref().ok()?.design;
        let found = compare(&ready.solution, own, false);
        let changed =
            |old: bool| found.changed.iter().map(move |one| (if old { one.old } else { one.new }, Changed::Changed));
        let there: BTreeMap<NodeId, Changed> =
            found.removed.iter().map(|id| (*id, Changed::Removed)).chain(changed(true)).collect();
        let here: BTreeMap<NodeId, Changed> =
            found.added.iter().map(|id| (*id, Changed::Added)).chain(changed(false)).collect();
        let lang = words.lang();
        let drawn = |design: &Design, changes: BTreeMap<NodeId, Changed>| {
            let marks = Marks { changes, ..Marks::default() };
            let picture = draw(design, &marks, &Asked { legend: true, ..Asked::all(lang) });
            let text = svg::write(&picture, 1.0, None);
            format!("data:image/svg+xml,{}", js_sys::encode_uri_component(&text))
        };
        let (own_picture, solution) = (drawn(own, here), drawn(&ready.solution, there));
        let said = differences(&ready.solution, own, &found);
        let more = said.len().saturating_sub(SAID);
        let rest = (more > 0).then(|| words.read(&message!("그리고 {more}개 더", "and {more} more")));
        let lines = said.into_iter().take(SAID).map(|line| view! { <li>{words.read(&line)}</li> }).collect_view();
        Some(view! {
            <div class="marking-beside" data-testid="marking-pictures">
                <figure>
                    <img src=own_picture alt=tr(t("학생의 설계. 다른 점이 표시되어 있어요.", "The student's design, differences marked."))/>
                    <figcaption>{tr(t("학생의 설계", "The student's design"))}</figcaption>
                </figure>
                <figure>
                    <img src=solution alt=tr(t("풀이. 다른 점이 표시되어 있어요.", "The solution, differences marked."))/>
                    <figcaption>{tr(t("풀이", "The solution"))}</figcaption>
                </figure>
            </div>
            <p class="hint">
                {tr(t(
                    "풀이와 다르다고 틀린 것은 아니에요. 점수는 동작만 보고 정해요.",
                    "Another design than the solution is not a wrong one: points are for what it does.",
                ))}
            </p>
            <ul class="marking-differences" data-testid="marking-differences">{lines} {rest.map(|rest| view! { <li>{rest}</li> })}</ul>
        })
    }
}

/// What differs, a line each.
fn differences(solution: &Design, own: &Design, found: &Comparison) -> Vec<Message> {
    let called = |design: &Design, id: NodeId| {
        design.node(id).map(|node| {
            let label = node.kind().spec().label;
            Message::new(&format!("{} {}", label.ko, node.name), format!("{} {}", label.en, node.name))
        })
    };
    let mut said = Vec::new();
    for Message { ko, en } in found.removed.iter().filter_map(|id| called(solution, *id)) {
        said.push(message!("풀이에만 있음: {ko}", "Only in the solution: {en}"));
    }
    for Message { ko, en } in found.added.iter().filter_map(|id| called(own, *id)) {
        said.push(message!("학생의 설계에만 있음: {ko}", "Only in the student's: {en}"));
    }
    for one in &found.changed {
        let Some(Message { ko, en }) = called(own, one.new) else { continue };
        let (fields_ko, fields_en): (Vec<&str>, Vec<&str>) =
            one.fields.iter().map(|field| (field.label.ko, field.label.en)).unzip();
        let (fields_ko, fields_en) = (fields_ko.join(", "), fields_en.join(", "));
        if !fields_ko.is_empty() {
            said.push(message!("다르게 정함: {ko}({fields_ko})", "Set otherwise: {en} ({fields_en})"));
        }
    }
    said
}
