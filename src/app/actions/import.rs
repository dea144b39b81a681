//! Files in, one or many: several at once are the output of describe commands. And the dialog that says how to collect an account's.

use std::sync::Arc;

use groundplan::design::Design;
use groundplan::text::{Message, t};
use groundplan::{cloudformation, message};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::autosave::{Autosave, autosave};
use super::clipboard::copy;
use super::documents::{instead, open_file};
use crate::app::browser::files::{self, Chosen, Found};
use crate::app::parts::STUDIES;
use crate::app::state::store::store;
use crate::app::state::ui::{Dialog, Ui, ui};
use crate::app::words::{tr, words};

/// Files taken at once at most.
const MAX_FILES: usize = 500;
/// Entries of a folder that are looked at, at most.
const MAX_ENTRIES: usize = 5_000;
/// Files that were not read and are said by name, at most.
const MAX_NAMED: usize = 20;
/// Bytes of all of them together.
const MAX_BYTES: f64 = 64.0 * 1024.0 * 1024.0;

/// Opens what was chosen or dropped: one file as whatever it is, several or a folder as one account.
pub fn take(record: Autosave, ui: Ui, chosen: Chosen) {
    let Chosen { mut files, folders } = chosen;
    if !folders.is_empty() {
        spawn_local(async move {
            let Some(inside) = files::opened(folders, MAX_ENTRIES).await else {
                let why = message!(
                    "폴더에 든 것이 {MAX_ENTRIES}개를 넘어요. describe 명령의 출력만 모은 폴더를 놓으세요.",
                    "The folder holds more than {MAX_ENTRIES} files and folders. Drop one with output of describe commands alone."
                );
                return refuse(ui, why);
            };
            files.extend(inside.files);
            open_many(record, ui, files, inside.lost);
        });
        return;
    }
    match <[Found; 1]>::try_from(files) {
        Ok([one]) => open_file(record, ui, one.file, Vec::new()),
        Err(chosen) if chosen.is_empty() => {}
        Err(chosen) => open_many(record, ui, chosen, Vec::new()),
    }
}

/// Opens several files as one account. `lost` are the paths of what could not be looked at.
fn open_many(record: Autosave, ui: Ui, mut chosen: Vec<Found>, lost: Vec<String>) {
    // A folder holds other things too.
    let is_text = |found: &Found| [".json", ".txt"].iter().any(|end| found.path.to_lowercase().ends_with(end));
    let others = chosen.extract_if(.., |found| !is_text(found)).map(|found| found.path);
    let others: Vec<String> = lost.into_iter().chain(others).collect();
    let bytes: f64 = chosen.iter().map(|found| found.file.size()).sum();
    if chosen.len() > MAX_FILES || bytes > MAX_BYTES {
        let why = message!(
            "파일이 너무 많거나 커요. {MAX_FILES}개, 모두 합쳐 64 MiB까지 열 수 있어요.",
            "Too many files, or too large: at most {MAX_FILES} files of 64 MiB together."
        );
        return refuse(ui, why);
    }
    if chosen.is_empty() {
        let why = t(
            "JSON 파일이 없어요. describe 명령의 출력을 .json 파일로 저장해서 여세요.",
            "There is no JSON file. Save the output of describe commands as .json files and open those.",
        );
        return refuse(ui, why.into());
    }
    STUDIES.with(move |studies| {
        let describe = studies.describe;
        spawn_local(async move {
            let (mut texts, mut notes) = (Vec::new(), not_read(&others));
            for Found { path, file } in &chosen {
                match files::read(file).await.map(String::from_utf8) {
                    Ok(Ok(text)) => texts.push((path.clone(), text)),
                    _ => notes.push(message!(
                        "{path}은(는) 읽을 수 없어서 건너뛰었어요.",
                        "{path} could not be read and is left out."
                    )),
                }
            }
            let Some(opened) = describe(&texts) else {
                // The one file of a folder may be a design or a template.
                if let Ok([one]) = <[Found; 1]>::try_from(chosen) {
                    return open_file(record, ui, one.file, notes);
                }
                let why = t(
                    "여러 파일을 한꺼번에 열려면 aws … describe 명령의 출력이어야 해요. 설계나 템플릿은 하나씩 여세요.",
                    "Several files can be opened at once only if they are output of describe commands. Open designs and templates one by one.",
                );
                return refuse(ui, why.into());
            };
            notes.extend(opened.notes);
            drawn(record, ui, opened.design, notes);
        });
    });
}

/// Says of every file by its name that it was not read, and of many how many more there are.
fn not_read(others: &[String]) -> Vec<Message> {
    let named = others
        .iter()
        .take(MAX_NAMED)
        .map(|path| message!("{path}은(는) JSON이 아니어서 읽지 않았어요.", "{path} is not JSON and was not read."));
    let more = others.len().saturating_sub(MAX_NAMED);
    let rest = (more > 0).then(|| {
        message!("JSON이 아닌 파일 {more}개를 더 읽지 않았어요.", "{more} more files are not JSON and were not read.")
    });
    named.chain(rest).collect()
}

fn refuse(ui: Ui, why: Message) {
    ui.ask(Dialog::Damaged { name: t("여러 파일", "Several files").into(), why, text: None });
}

/// Shows a design that was read, and what of its file is not in it.
pub fn drawn(record: Autosave, ui: Ui, design: Design, notes: Vec<Message>) {
    let count = design.len();
    record.begin(design);
    if notes.is_empty() {
        return ui.speak(message!("리소스 {count}개를 그렸어요.", "Drew {count} resources."));
    }
    record.store.notes.set(Arc::new(notes));
    ui.ask(Dialog::Notes);
}

/// What was read otherwise than it stood there, numbered.
#[component]
pub fn Notes() -> impl IntoView {
    let (ui, words, notes) = (ui(), words(), store().notes);
    let rows = move || {
        let lang = words.lang();
        notes.with(|notes| notes.iter().map(|note| view! { <li>{note.get(lang).to_owned()}</li> }).collect_view())
    };
    view! {
        <div class="prose notes scroll" tabindex="0" data-testid="notes">
            <p>
                {tr(t(
                    "읽을 수 있는 것은 모두 그렸어요. 아래는 읽지 못했거나 다르게 그린 것이에요.",
                    "Everything that could be read is drawn. These were not read, or are drawn otherwise than they are.",
                ))}
            </p>
            <ol>{rows}</ol>
            <p class="faint">
                {tr(t(
                    "이 목록은 파일 메뉴와 문제 패널에서 다시 볼 수 있어요.",
                    "The File menu and the problems panel show this list again.",
                ))}
            </p>
        </div>
        <footer>
            <button class="button primary" autofocus on:click=move |_| ui.close()>{tr(t("확인", "OK"))}</button>
        </footer>
    }
    .into_any()
}

/// How an account is collected and opened.
#[component]
pub fn Account() -> impl IntoView {
    let (record, ui) = (autosave(), ui());
    let choose = move |folder: bool| {
        move |_| {
            ui.close();
            instead(move || files::choose(".json,application/json", folder, move |chosen| take(record, ui, chosen)));
        }
    };
    view! {
        <div class="prose account" data-testid="account">
            <p>
                {tr(t(
                    "이미 있는 AWS 네트워크를 그려서 검사해요. 자격 증명은 묻지 않아요. 명령은 읽기만 하고, 결과 파일은 이 브라우저 밖으로 나가지 않아요.",
                    "Draws and checks a network that exists in AWS. No credentials are asked for: the command only reads, and its file never leaves this browser.",
                ))}
            </p>
            <ol>
                <li>
                    <p>{tr(t("AWS 콘솔에서 리전을 고르고 CloudShell을 열어서 이 명령을 붙여 넣으세요.", "In the AWS console choose the region, open CloudShell and paste this command."))}</p>
                    <Command text=cloudformation::COLLECT/>
                </li>
                <li>{tr(t("CloudShell의 작업 메뉴에서 ‘파일 다운로드’를 골라 groundplan.json을 내려받으세요.", "In CloudShell's Actions menu choose Download file and fetch groundplan.json."))}</li>
                <li>{tr(t("그 파일을 이 페이지에 끌어다 놓거나, 여기서 고르세요. describe 명령의 출력을 여러 파일로 모아 두었다면 한꺼번에, 또는 폴더째 놓아도 돼요.", "Drop that file on this page or choose it here. Output of describe commands in several files can be dropped or chosen together, or as a folder."))}</li>
            </ol>
        </div>
        <footer>
            <button class="button" data-testid="account-folder" on:click=choose(true)>{tr(t("폴더 고르기", "Choose a folder"))}</button>
            <button class="button primary" data-testid="account-files" on:click=choose(false)>{tr(t("파일 고르기", "Choose files"))}</button>
        </footer>
    }
    .into_any()
}

/// A command to paste elsewhere, with a button that copies it.
#[component]
pub fn Command(#[prop(into)] text: String) -> impl IntoView {
    let shown = text.clone();
    view! {
        <div class="command">
            <pre class="scroll" tabindex="0" role="region" aria-label=tr(t("명령", "Command")) data-testid="command">{shown}</pre>
            <button type="button" class="button small" data-testid="command-copy" on:click=move |_| copy(text.clone(), t("명령을 복사했어요", "Command copied"))>{tr(t("복사", "Copy"))}</button>
        </div>
    }
    .into_any()
}
