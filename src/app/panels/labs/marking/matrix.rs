//! The class as a matrix of students and checks. Signs tell marks apart by their form; colour only helps.

use std::sync::Arc;

use groundplan::labs::class::Row;
use groundplan::labs::{Mark, says};
use groundplan::message;
use groundplan::text::t;
use leptos::prelude::*;

use crate::app::actions::lessons::marking;
use crate::app::panels::labs::running::sign;
use crate::app::words::{tr, words};

/// Rows on the page at once: so many are drawn within a moment.
const ROWS: usize = 40;

/// The matrix.
#[component]
pub fn Matrix() -> impl IntoView {
    let (marking, words) = (marking(), words());
    let page = RwSignal::new(0_usize);
    let pages = move || marking.rows.with(|rows| rows.len().div_ceil(ROWS)).max(1);
    let head = move || {
        let ready = marking.ready.get();
        let items = ready.iter().flat_map(|ready| ready.lab.checks.iter().map(|item| (item, says(&ready.lab, item))));
        let one = |(item, says): (&groundplan::labs::Item, groundplan::text::Message)| {
            view! { <th scope="col" title=words.read(&says)>{item.id.clone()}</th> }
        };
        items.map(one).collect_view()
    };
    let failing = move || {
        let all = marking.failing();
        all.into_iter().map(|(_, many)| view! { <td>{many.to_string()}</td> }).collect_view()
    };
    let rows = move || {
        let first = page.get().min(pages() - 1) * ROWS;
        let all = marking.rows.get();
        let shown = all.into_iter().enumerate().skip(first).take(ROWS);
        shown.map(|(at, row)| view! { <Student at row/> }).collect_view()
    };
    let where_ = move || {
        let (now, all) = (page.get().min(pages() - 1) + 1, pages());
        words.read(&message!("{all}쪽 가운데 {now}쪽", "Page {now} of {all}"))
    };
    view! {
        <div class="marking-table scroll" tabindex="0">
            <table data-testid="marking-table">
                <thead>
                    <tr>
                        <th scope="col">{tr(t("학생", "Student"))}</th>
                        <th scope="col">{tr(t("점수", "Points"))}</th>
                        {head}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
                <tfoot>
                    <tr>
                        <th scope="row" colspan="2">{tr(t("놓친 사람", "Missed by"))}</th>
                        {failing}
                    </tr>
                </tfoot>
            </table>
        </div>
        <div class="lab-actions" hidden=move || pages() < 2>
            <button type="button" class="button small" disabled=move || page.get() == 0 on:click=move |_| page.update(|page| *page = page.saturating_sub(1))>
                {tr(t("앞쪽", "Back"))}
            </button>
            <span class="hint">{where_}</span>
            <button type="button" class="button small" data-testid="marking-next" disabled=move || page.get() + 1 >= pages() on:click=move |_| page.update(|page| *page += 1)>
                {tr(t("다음 쪽", "Next"))}
            </button>
        </div>
    }
    .into_any()
}

/// A row of the matrix; its name opens it.
#[component]
fn Student(at: usize, row: Arc<Row>) -> impl IntoView {
    let (marking, words) = (marking(), words());
    let file = row.handed.file.clone();
    let student = row.handed.student().to_owned();
    let name = if student.is_empty() { file.clone() } else { student };
    let noted = !row.notes.is_empty();
    let checks = marking.ready.with_untracked(|ready| ready.as_ref().map_or(0, |ready| ready.lab.checks.len()));
    let cells = match &row.grade {
        Ok(grade) => {
            let one = |mark: &Mark| {
                let (state, points, of) = (mark.state, mark.points, mark.of);
                view! {
                    <td class="marking-cell" data-state=state.id()>
                        {sign(Some(state))}
                        <span class="visually-hidden">{move || words.say(state.label())}" "</span>
                        <small>{format!("{points}/{of}")}</small>
                    </td>
                }
            };
            grade.marks.iter().map(one).collect_view().into_any()
        }
        Err(why) => {
            let why = why.clone();
            view! { <td colspan=checks.to_string() class="marking-why">{move || words.read(&why)}</td> }.into_any()
        }
    };
    let points = row.grade.as_ref().map_or_else(|_| "–".to_owned(), |grade| format!("{}/{}", grade.points, grade.of));
    view! {
        <tr data-testid="marking-row" data-file=file class:chosen=move || marking.chosen.get() == Some(at)>
            <th scope="row">
                <button type="button" class="marking-name" aria-pressed=move || (marking.chosen.get() == Some(at)).to_string() on:click=move |_| marking.chosen.set(Some(at))>
                    {name}
                    {noted.then(|| view! { <span class="marking-note" title=tr(t("알릴 것이 있어요", "There is something to know"))>" ⚑"</span> })}
                </button>
            </th>
            <td>{points}</td>
            {cells}
        </tr>
    }
    .into_any()
}
