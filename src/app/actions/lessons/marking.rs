//! Marking a class in the browser: what was dropped or chosen is read and marked piece by piece, so that the page stays quick.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use groundplan::labs::class::{self, Archive, Handed, MAX_ARCHIVE, MAX_FILES, Row, is_beside};
use groundplan::labs::{self, Ready};
use groundplan::message;
use groundplan::text::{Lang, Message, t};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::run::{Lessons, lessons};
use crate::app::actions::documents;
use crate::app::browser::Timer;
use crate::app::browser::files::{self, Chosen, Found};
use crate::app::browser::time::now;
use crate::app::state::ui::Tone;

/// Milliseconds of work between two pauses: a page that pauses so often feels quick.
const SPELL: f64 = 12.0;

/// A class that is being marked, or has been; `Copy`, from context.
#[derive(Clone, Copy)]
pub struct Marking {
    lessons: Lessons,
    /// The lab that is marked.
    pub ready: RwSignal<Option<Arc<Ready>>>,
    /// The rows so far, in the order of the files.
    pub rows: RwSignal<Vec<Arc<Row>>>,
    /// How many files are done, and of how many, while some are not.
    pub progress: RwSignal<Option<(usize, usize)>>,
    /// What went wrong as a whole.
    pub problem: RwSignal<Option<Message>>,
    /// What the instructor says of each, by file.
    pub comments: RwSignal<BTreeMap<String, String>>,
    /// The row that is looked at.
    pub chosen: RwSignal<Option<usize>>,
    /// Which run this is: one that was begun anew leaves the one before.
    run: StoredValue<u32>,
}

/// A file before it is marked.
enum Waiting {
    File(Found),
    Inside(Box<Archive>, String, usize),
}

/// Begins without a class. Call it once, as the page's root.
pub fn begin() {
    provide_context(Marking::new(lessons()));
}

/// The class that is being marked.
pub fn marking() -> Marking {
    expect_context()
}

impl Marking {
    fn new(lessons: Lessons) -> Self {
        Self {
            lessons,
            ready: RwSignal::default(),
            rows: RwSignal::default(),
            progress: RwSignal::default(),
            problem: RwSignal::default(),
            comments: RwSignal::default(),
            chosen: RwSignal::default(),
            run: StoredValue::default(),
        }
    }

    /// Forgets what was marked.
    pub fn clear(self) {
        self.run.update_value(|run| *run += 1);
        self.ready.set(None);
        self.rows.set(Vec::new());
        self.progress.set(None);
        self.problem.set(None);
        self.comments.set(BTreeMap::new());
        self.chosen.set(None);
    }

    /// What of a check failed how often: by check, in the order of the lab.
    pub fn failing(self) -> Vec<(String, usize)> {
        let Some(ready) = self.ready.get() else { return Vec::new() };
        let holds = |row: &Row, id: &str| {
            row.grade.as_ref().is_ok_and(|grade| grade.mark(id).is_some_and(|mark| mark.state == labs::State::Holds))
        };
        self.rows.with(|rows| {
            let failed = |id: &str| rows.iter().filter(|row| row.grade.is_ok() && !holds(row, id)).count();
            ready.lab.checks.iter().map(|item| (item.id.clone(), failed(&item.id))).collect()
        })
    }

    /// The marks as a table for a spreadsheet.
    pub fn csv(self, lang: Lang) -> String {
        let Some(ready) = self.ready.get_untracked() else { return String::new() };
        let rows: Vec<Row> = self.rows.with_untracked(|rows| rows.iter().map(|row| Row::clone(row)).collect());
        self.comments.with_untracked(|comments| class::csv(&ready, &rows, comments, lang))
    }

    /// Asks for files or a folder of submissions.
    pub fn choose_submissions(self, folder: bool) {
        files::choose("", folder, move |chosen| self.mark_class(chosen));
    }

    /// Marks what was dropped or chosen, beside what was marked before.
    pub fn mark_class(self, chosen: Chosen) {
        let marking = self;
        marking.run.update_value(|run| *run += 1);
        let run = marking.run.get_value();
        marking.problem.set(None);
        marking.progress.set(Some((0, 0)));
        spawn_local(async move {
            let done = self.marked(chosen, run).await;
            if marking.run.get_value() != run {
                return;
            }
            marking.progress.set(None);
            if let Err(why) = done {
                marking.problem.set(Some(why));
            }
        });
    }

    async fn marked(self, chosen: Chosen, run: u32) -> Result<(), Message> {
        let marking = self;
        let Chosen { mut files, folders } = chosen;
        if !folders.is_empty() {
            let inside = files::opened(folders, MAX_FILES).await.ok_or_else(too_many)?;
            files.extend(inside.files);
        }
        let hidden = |found: &Found| found.path.split('/').any(is_beside);
        files.retain(|found| !hidden(found));
        if files.len() > MAX_FILES {
            return Err(too_many());
        }
        let mut waiting: VecDeque<Waiting> = files.into_iter().map(Waiting::File).collect();
        let mut handed: Vec<Handed> = Vec::new();
        let mut spell = Spell::new();
        let mut own: Option<Arc<Ready>> = None;
        while let Some(next) = waiting.pop_front() {
            if marking.run.get_value() != run {
                return Ok(());
            }
            marking.progress.set(Some((handed.len(), handed.len() + waiting.len() + 1)));
            let (path, bytes) = match next {
                Waiting::File(found) => {
                    let path = found.path.clone();
                    (path, bytes_of(&found).await)
                }
                Waiting::Inside(mut archive, name, at) => {
                    let Some((file, bytes)) = archive.file(at) else { continue };
                    let path = format!("{name}/{file}");
                    waiting.push_front(Waiting::Inside(archive, name, at + 1));
                    (path, bytes)
                }
            };
            if is_archive(&path) {
                match bytes.and_then(Archive::open) {
                    Ok(archive) => waiting.push_front(Waiting::Inside(Box::new(archive), path, 0)),
                    Err(why) => handed.push(Handed::new(path, Err(why), None)),
                }
            } else if let Some(lab) = bytes.as_ref().ok().filter(|_| path.ends_with(".lab.json")) {
                // An instructor's own lab, handed in with what answers it.
                match labs::read(&String::from_utf8_lossy(lab)) {
                    Ok(ready) => own = Some(Arc::new(ready)),
                    Err(errors) => {
                        let why = errors.first().map(labs::LabError::message).unwrap_or_default();
                        handed.push(Handed::new(path, Err(why), None));
                    }
                }
            } else {
                handed.push(Handed::new(path, bytes, None));
            }
            if handed.len() > MAX_FILES {
                return Err(too_many());
            }
            spell.pause().await;
        }
        let ready = match own {
            Some(ready) => ready,
            None => self.lab_of(&handed).await?,
        };
        self.mark_all(&ready, handed, run, spell).await;
        Ok(())
    }

    /// The lab that was chosen, or the one that most of the submissions answer.
    async fn lab_of(self, handed: &[Handed]) -> Result<Arc<Ready>, Message> {
        if let Some(ready) = self.ready.get_untracked() {
            return Ok(ready);
        }
        let mut count: BTreeMap<&str, usize> = BTreeMap::new();
        for work in handed.iter().filter_map(|one| one.work.as_ref().ok()) {
            if let Some(lab) = &work.lab {
                *count.entry(lab).or_default() += 1;
            }
        }
        let Some((lab, _)) = count.into_iter().max_by_key(|(_, many)| *many) else {
            return Err(t(
                "제출 파일이 없어서 어느 실습인지 알 수 없어요. 위에서 실습을 고르거나 실습 파일(.lab.json)을 함께 놓으세요.",
                "There is no submission that says which lab it answers. Choose the lab above, or drop its .lab.json file too.",
            )
            .into());
        };
        self.lessons.read(lab).await.map_err(|_| {
            message!(
                "'{lab}' 실습을 이 사이트에서 찾지 못했어요. 실습 파일(.lab.json)을 함께 놓으세요.",
                "This site has no lab \"{lab}\". Drop its .lab.json file too."
            )
        })
    }

    async fn mark_all(self, ready: &Arc<Ready>, handed: Vec<Handed>, run: u32, mut spell: Spell) {
        let marking = self;
        let all = handed.len();
        let mut rows: Vec<Row> = Vec::with_capacity(all);
        for (at, one) in handed.into_iter().enumerate() {
            if marking.run.get_value() != run {
                return;
            }
            if spell.is_over() {
                marking.progress.set(Some((at, all)));
            }
            spell.pause().await;
            rows.push(class::mark(ready, one));
        }
        class::compare(ready, &mut rows);
        rows.sort_by(|a, b| a.handed.file.cmp(&b.handed.file));
        marking.ready.set(Some(Arc::clone(ready)));
        marking.chosen.set(None);
        marking.rows.set(rows.into_iter().map(Arc::new).collect());
    }

    /// Chooses the lab before anything is dropped.
    pub fn mark_by(self, name: String) {
        let marking = self;
        marking.clear();
        if name.is_empty() {
            return;
        }
        spawn_local(async move {
            match self.lessons.read(&name).await {
                Ok(ready) => marking.ready.set(Some(ready)),
                Err(why) => marking.problem.set(why.into_iter().next()),
            }
        });
    }

    /// Opens the design of a row on the canvas.
    pub fn open_row(self, row: Arc<Row>) {
        let (record, ui) = (self.lessons.page.record, self.lessons.page.ui);
        documents::instead(move || {
            let Ok(work) = &row.handed.work else { return };
            record.begin(work.design.clone());
            ui.close();
            let file = &row.handed.file;
            ui.toast(Tone::Plain, message!("{file}의 설계를 열었어요.", "The design of {file} is open."));
        });
    }
}

/// A spell of work that ends in a pause.
struct Spell(f64);

impl Spell {
    fn new() -> Self {
        Self(now())
    }

    fn is_over(&self) -> bool {
        now() - self.0 > SPELL
    }

    /// Lets the page breathe, if it has worked long enough.
    async fn pause(&mut self) {
        if !self.is_over() {
            return;
        }
        rest().await;
        self.0 = now();
    }
}

/// Waits until the browser has done what waits in the queue.
async fn rest() {
    let mut timer = None;
    let waited = js_sys::Promise::new(&mut |resolve, _| {
        timer = Some(Timer::after(0, move || drop(resolve.call0(&wasm_bindgen::JsValue::NULL))));
    });
    // A timer does not fail.
    wasm_bindgen_futures::JsFuture::from(waited).await.ok();
    drop(timer);
}

fn is_archive(path: &str) -> bool {
    path.to_lowercase().ends_with(".zip")
}

async fn bytes_of(found: &Found) -> Result<Vec<u8>, Message> {
    let most = if is_archive(&found.path) { MAX_ARCHIVE } else { groundplan::file::MAX_BYTES };
    if found.file.size() > most as f64 {
        let limit = most >> 20;
        return Err(message!(
            "파일이 너무 커요. {limit} MiB까지 읽어요.",
            "The file is too large. At most {limit} MiB are read."
        ));
    }
    files::read(&found.file).await.map_err(|_| t("파일을 읽지 못했어요.", "The file could not be read.").into())
}

fn too_many() -> Message {
    message!(
        "파일이 {MAX_FILES}개가 넘어요. 제출물만 모은 폴더를 고르세요.",
        "There are more than {MAX_FILES} files. Choose a folder of submissions alone."
    )
}
