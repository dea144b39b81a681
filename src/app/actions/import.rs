//! Files in, one or many: several at once are the output of describe commands.

use std::sync::Arc;

use groundplan::design::Design;
use groundplan::file;
use groundplan::message;
use groundplan::text::{Message, mebibytes, t};
use leptos::prelude::Set;
use leptos::task::spawn_local;

use super::autosave::{Autosave, autosave};
use crate::app::browser::files::{self, Chosen, Found};
use crate::app::browser::reason;
use crate::app::parts::STUDIES;
use crate::app::state::ui::{Dialog, Tone, Ui, ui};

/// Files taken at once at most.
const MAX_FILES: usize = 500;
/// Entries of a folder that are looked at, at most.
const MAX_ENTRIES: usize = 5_000;
/// Files that were not read and are said by name, at most.
const MAX_NAMED: usize = 20;
/// Bytes of all of them together.
const MAX_BYTES: f64 = 64.0 * 1024.0 * 1024.0;

/// Opens what was chosen or dropped: one file as whatever it is, several or a folder as one account.
pub fn open(chosen: Chosen) {
    let (record, ui) = (autosave(), ui());
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

/// Opens a file that was chosen or dropped; `notes` is what is known of others that came with it.
fn open_file(record: Autosave, ui: Ui, chosen: web_sys::File, mut notes: Vec<Message>) {
    let name = chosen.name();
    // Refused before it is read.
    if chosen.size() > file::MAX_BYTES as f64 {
        let (size, limit) = (mebibytes(chosen.size() as usize), mebibytes(file::MAX_BYTES));
        let why = message!(
            "파일이 너무 커요({size} MiB). {limit} MiB까지 열 수 있어요.",
            "The file is too large ({size} MiB): at most {limit} MiB."
        );
        return ui.ask(Dialog::Damaged { name: Message::plain(name), why, text: None });
    }
    STUDIES.with(move |studies| {
        let read = studies.read;
        spawn_local(async move {
            match files::read(&chosen).await.map(|bytes| read(&bytes)) {
                Ok(Ok(opened)) => {
                    notes.extend(opened.notes);
                    drawn(record, ui, opened.design, notes);
                }
                // The file itself is where it was: there is nothing to keep a copy of.
                Ok(Err(error)) => ui.ask(Dialog::damaged(Message::plain(name), &error, None)),
                Err(error) => {
                    let error = reason(&error);
                    ui.toast(
                        Tone::Bad,
                        message!("{name}을(를) 읽지 못했어요. {error}", "{name} could not be read. {error}"),
                    );
                }
            }
        });
    });
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
