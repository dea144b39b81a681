//! A class beside each other: files in, progress, the marks as a matrix, one student's work, and what goes back.

mod beside;
mod matrix;
mod one;

use groundplan::labs::class::{commonest, feedback};
use groundplan::message;
use groundplan::text::t;
use leptos::ev::DragEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::listed::{Back, Entry, entries};
use crate::app::actions::documents::in_file_name;
use crate::app::actions::lessons::marking;
use crate::app::browser::files;
use crate::app::words::{tr, words};
use matrix::Matrix;
use one::One;

/// The view.
#[component]
pub fn Marked() -> impl IntoView {
    let (marking, words) = (marking(), words());
    let problem = move || marking.problem.get().map(|why| words.read(&why));
    let table =
        move || (!marking.rows.with(Vec::is_empty)).then(|| view! { <Sum/> <Matrix/> <One/> <Foot/> }.into_any());
    view! {
        <Back/>
        <section class="marking scroll" data-testid="marking" tabindex="0">
            <h3>{tr(t("제출물 채점하기", "Mark submissions"))}</h3>
            <p class="hint">
                {tr(t(
                    "학생이 저장한 제출 파일, 폴더, ZIP을 여기에 놓으세요. 이 브라우저 안에서만 읽고 어디에도 보내지 않아요.",
                    "Drop what students saved here: files, a folder, a ZIP. It is read in this browser alone and sent nowhere.",
                ))}
            </p>
            <Which/>
            <Drop/>
            <p class="field-error" role="alert" data-testid="marking-problem">{problem}</p>
            <Progress/>
            {table}
        </section>
    }
    .into_any()
}

/// Which lab it is; by itself the one that most submissions answer.
#[component]
fn Which() -> impl IntoView {
    let (marking, words) = (marking(), words());
    let labs = RwSignal::new(Vec::<Entry>::new());
    spawn_local(async move {
        // Without a list the submissions say it.
        labs.try_set(entries().await.unwrap_or_default());
    });
    let now = move || marking.ready.with(|ready| ready.as_ref().map(|ready| ready.lab.id.clone()));
    let other = move || {
        let ready = marking.ready.get()?;
        let listed = labs.with(|labs| labs.iter().any(|lab| lab.id == ready.lab.id));
        let (id, title) = (ready.lab.id.clone(), ready.lab.title.clone());
        (!listed).then(|| view! { <option value=id selected=true>{words.read(&title)}</option> })
    };
    let options = move || {
        let all = labs.get();
        all.into_iter()
            .map(|lab| {
                let selected = now().is_some_and(|id| id == lab.id);
                view! { <option value=lab.id selected=selected>{words.read(&lab.title)}</option> }
            })
            .collect_view()
    };
    view! {
        <label class="lab-role">
            <span>{tr(t("실습", "Lab"))}</span>
            <select class="field" data-testid="marking-lab" on:change:target=move |event| marking.mark_by(event.target().value())>
                <option value="" selected=move || now().is_none()>{tr(t("제출물을 보고 정하기", "As the submissions say"))}</option>
                {other}
                {options}
            </select>
        </label>
    }
}

/// Where submissions are dropped, and the buttons for those who choose.
#[component]
fn Drop() -> impl IntoView {
    let marking = marking();
    let over = RwSignal::new(false);
    let dropped = move |event: DragEvent| {
        event.prevent_default();
        // The page itself would open what is dropped.
        event.stop_propagation();
        over.set(false);
        if let Some(data) = event.data_transfer() {
            marking.mark_class(files::dropped(&data));
        }
    };
    let enter = move |event: DragEvent| {
        event.prevent_default();
        over.set(true);
    };
    view! {
        <div class="marking-drop" class:over=over data-testid="marking-drop" on:dragover=enter on:dragleave=move |_| over.set(false) on:drop=dropped>
            <button type="button" class="button primary" data-testid="marking-files" on:click=move |_| marking.choose_submissions(false)>
                {tr(t("파일이나 ZIP 고르기", "Choose files or a ZIP"))}
            </button>
            <button type="button" class="button" data-testid="marking-folder" on:click=move |_| marking.choose_submissions(true)>
                {tr(t("폴더 고르기", "Choose a folder"))}
            </button>
        </div>
    }
}

#[component]
fn Progress() -> impl IntoView {
    let (marking, words) = (marking(), words());
    let progress = marking.progress;
    let said = move || {
        progress
            .get()
            .map(|(done, all)| words.read(&message!("{all}개 가운데 {done}개를 봤어요.", "{done} of {all} done.")))
    };
    view! {
        <div class="marking-progress" hidden=move || progress.get().is_none()>
            <progress
                max=move || progress.get().map_or(1, |(_, all)| all.max(1)).to_string()
                prop:value=move || progress.get().map_or(0, |(done, _)| done).to_string()
                aria-label=tr(t("채점 진행", "Progress of marking"))
            ></progress>
            <span data-testid="marking-progress">{said}</span>
        </div>
    }
}

/// How the class did, and what most of it missed.
#[component]
fn Sum() -> impl IntoView {
    let (marking, words) = (marking(), words());
    let sum = move || {
        marking.rows.with(|rows| {
            let marked: Vec<u32> = rows.iter().filter_map(|row| Some(row.grade.as_ref().ok()?.percent())).collect();
            let (all, many, full) =
                (rows.len(), marked.len(), marked.iter().filter(|percent| **percent == 100).count());
            let mean = marked.iter().map(|percent| u64::from(*percent)).sum::<u64>().checked_div(many as u64);
            let mean = mean.unwrap_or_default();
            let unmarked = all - many;
            words.read(&message!(
                "제출물 {all}개, 평균 {mean}%, 만점 {full}개, 채점하지 못한 것 {unmarked}개",
                "{all} submissions; mean {mean}%; {full} with all points; {unmarked} not marked"
            ))
        })
    };
    let most = move || {
        let (id, many) = marking.failing().into_iter().max_by_key(|(_, many)| *many).filter(|(_, many)| *many > 0)?;
        let ready = marking.ready.get()?;
        let item = ready.lab.item(&id)?;
        let says = groundplan::labs::says(&ready.lab, item);
        let (ko, en) = (says.ko, says.en);
        Some(words.read(&message!("가장 많이 놓친 것({many}명): {ko}", "Missed most often ({many}): {en}")))
    };
    let common = move || {
        let rows: Vec<_> = marking.rows.get().iter().map(|row| groundplan::labs::class::Row::clone(row)).collect();
        let (checks, places) = commonest(&rows)?;
        let first = places.first().copied()?;
        let (many, list) = (places.len(), checks.join(", "));
        let label =
            message!("가장 흔한 오답 보기({many}명: {list})", "See the commonest wrong design ({many}: {list})");
        Some(view! {
            <button type="button" class="button small" data-testid="marking-commonest" on:click=move |_| marking.chosen.set(Some(first))>
                {words.read(&label)}
            </button>
        })
    };
    view! {
        <p data-testid="marking-sum" role="status">{sum}</p>
        <p class="hint" data-testid="marking-most">{most}</p>
        <p>{common}</p>
    }
}

/// What leaves: the table and what students get back.
#[component]
fn Foot() -> impl IntoView {
    let (marking, words) = (marking(), words());
    let name = move |end: &str| {
        let lab = marking.ready.with_untracked(|ready| ready.as_ref().map(|ready| ready.lab.id.clone()));
        format!("{}{end}", lab.unwrap_or_default())
    };
    let csv = move |_| {
        // A spreadsheet takes a table for UTF-8 only behind a mark.
        let text = format!("\u{feff}{}", marking.csv(words.lang()));
        files::download(&name("-marks.csv"), "text/csv", &text);
    };
    let back = move |_| {
        let Some(ready) = marking.ready.get_untracked() else { return };
        let comments = marking.comments.get_untracked();
        let rows = marking.rows.get_untracked();
        let one = |(at, row): (usize, &std::sync::Arc<groundplan::labs::class::Row>)| {
            let comment = comments.get(&row.handed.file).map_or("", String::as_str);
            let student = in_file_name(row.handed.student(), 40);
            // Numbers keep two of one name apart.
            (format!("{:03}-{student}.txt", at + 1), feedback(&ready, row, comment, words.lang()))
        };
        let files: Vec<(String, String)> = rows.iter().enumerate().map(one).collect();
        if let Some(bytes) = groundplan::labs::class::archived(&files) {
            files::download_bytes(&name("-feedback.zip"), "application/zip", &bytes);
        }
    };
    view! {
        <div class="lab-actions">
            <button type="button" class="button primary" data-testid="marking-csv" on:click=csv>{tr(t("표로 저장(CSV)", "Save as a table (CSV)"))}</button>
            <button type="button" class="button" data-testid="marking-feedback" on:click=back>{tr(t("돌려줄 파일 저장(ZIP)", "Save feedback files (ZIP)"))}</button>
            <button type="button" class="button" data-testid="marking-clear" on:click=move |_| marking.clear()>{tr(t("비우기", "Clear"))}</button>
        </div>
        <p class="faint">
            {tr(t(
                "봉인은 파일을 가볍게 고친 것만 알려 줘요. 같은 설계라는 것도 사실만 알리는 것이고, 베꼈다는 뜻은 아니에요.",
                "A seal shows casual changes of a file only. That two designs are the same is a fact, and not yet a copy.",
            ))}
        </p>
    }
}
