//! The lab that is being done.

use std::collections::BTreeMap;
use std::sync::Arc;

use groundplan::catalog::Kind;
use groundplan::design::{Design, Edit};
use groundplan::id::NodeId;
use groundplan::labs::faults;
use groundplan::labs::{self, Grade, HintLevel, Mode, Ready, State, Submission, Work, grade};
use groundplan::message;
use groundplan::text::{Message, t};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::kept::{self, Progress};
use super::reported::Reported;
use crate::app::actions::autosave::{Autosave, autosave};
use crate::app::actions::documents;
use crate::app::browser::{Timer, document, files, forget_fragment, prefs};
use crate::app::parts::CHECKS;
use crate::app::state::lab::{Asked, LabSigns, lab_signs};
use crate::app::state::store::{Store, store};
use crate::app::state::ui::{Panel, Side, Tone, Ui, ui};
use crate::app::words::{Words, words};

/// Milliseconds between two ticks of the clock.
const TICK: u32 = 1_000;
/// Seconds after which the time that was spent is remembered.
const REMEMBERED: u64 = 10;
/// Where the name or number of the student is remembered.
const STUDENT: &str = "student";

/// What labs need of the page.
#[derive(Clone, Copy)]
pub(super) struct Page {
    pub(super) store: Store,
    pub(super) ui: Ui,
    pub(super) words: Words,
    pub(super) record: Autosave,
    pub(super) signs: LabSigns,
}

/// The lab that is being done; `Copy`, from context.
#[derive(Clone, Copy)]
pub struct Lessons {
    pub(super) page: Page,
    /// The lab, if one is being done.
    pub ready: RwSignal<Option<Arc<Ready>>>,
    /// By what it was asked for.
    name: StoredValue<String>,
    /// How it is done.
    pub mode: RwSignal<Mode>,
    /// Who does it: what they typed.
    pub student: RwSignal<String>,
    /// Roles, answers, hints.
    pub work: RwSignal<Work>,
    /// The last result.
    pub grade: RwSignal<Option<Arc<Grade>>>,
    /// Whether something was changed since.
    pub stale: RwSignal<bool>,
    /// Whether it was handed in.
    pub finished: RwSignal<bool>,
    /// Seconds spent.
    pub seconds: RwSignal<u64>,
    /// The design as it was when each step of the way was begun.
    begun: StoredValue<Vec<Design>>,
    /// Whether the document that is opened now is the lab's.
    opening: StoredValue<bool>,
    clock: StoredValue<Option<Timer>, LocalStorage>,
    /// The learning management system around the page.
    reported: Reported,
}

/// The lab that is being done.
pub fn lessons() -> Lessons {
    expect_context()
}

/// Goes on with the lab that this tab was at, and follows the document. Call it once, as the page's root.
pub fn begin() {
    let seconds = RwSignal::default();
    let lessons = Lessons {
        page: Page { store: store(), ui: ui(), words: words(), record: autosave(), signs: lab_signs() },
        ready: RwSignal::default(),
        name: StoredValue::default(),
        mode: RwSignal::new(Mode::Guided),
        student: RwSignal::new(prefs::read(STUDENT).unwrap_or_default()),
        work: RwSignal::default(),
        grade: RwSignal::default(),
        stale: RwSignal::default(),
        finished: RwSignal::default(),
        seconds,
        begun: StoredValue::default(),
        opening: StoredValue::default(),
        clock: StoredValue::new_local(None),
        reported: Reported::begin(ui(), seconds),
    };
    provide_context(lessons);
    lessons.follow();
    if let Some(student) = lessons.reported.student() {
        lessons.student.set(student);
    }
    if let Asked::One(lab) = lessons.page.signs.asked.get_untracked() {
        lessons.reported.recall(&lab);
    }
    if let Some(name) = kept::now() {
        lessons.go_on(name);
    }
}

impl Lessons {
    fn follow(self) {
        let Page { store, ui, signs, .. } = self.page;
        // What is marked is the document at rest.
        Effect::new(move |before: Option<u64>| {
            let now = store.settled.get();
            if before.is_some_and(|before| before != now) && signs.running.get_untracked() {
                untrack(|| self.settled());
            }
            now
        });
        Effect::new(move |before: Option<u64>| {
            let opened = store.opened.get();
            let is_other = before.is_some_and(|before| before != opened) && !self.opening.get_value();
            if is_other && signs.running.get_untracked() {
                let why = t(
                    "다른 설계를 열어서 실습을 멈췄어요. 실습 목록에서 이어서 할 수 있어요.",
                    "Another design was opened, so the lab rests. Go on with it from the list of labs.",
                );
                untrack(|| self.leave());
                ui.toast(Tone::Plain, why.into());
            }
            opened
        });
        // The form of what is selected, else the lab.
        Effect::new(move || {
            let none = store.selection.with(|ids| ids.is_empty());
            if signs.running.get() || signs.broken.get() {
                ui.shown(Side::Right).set(if none { Panel::Lab } else { Panel::Inspector });
            }
        });
    }

    /// Reads a lab by its id or the address of its file.
    ///
    /// # Errors
    /// Why it cannot be done, with the places where its file is wrong.
    pub async fn read(self, name: &str) -> Result<Arc<Ready>, Vec<Message>> {
        let text = super::load(name).await.map_err(|why| vec![why])?;
        match labs::read(&text) {
            Ok(ready) => Ok(Arc::new(ready)),
            Err(errors) => Err(errors.iter().map(labs::LabError::message).collect()),
        }
    }

    /// Begins a lab, whatever was done of it before.
    pub fn start(self, ready: &Arc<Ready>, name: &str, mode: Mode) {
        let (ready, name) = (Arc::clone(ready), name.to_owned());
        documents::instead(move || {
            let student = self.student.get_untracked().trim().to_owned();
            prefs::write(STUDENT, &student);
            let (mut design, roles) = match mode {
                Mode::FindTheFault => {
                    match faults::of_lab(
                        &ready,
                        &ready.lab.faults,
                        faults::Asked { seed: &student, level: None, count: 1 },
                    ) {
                        Ok(broken) => (broken.design, broken.roles),
                        Err(why) => return self.page.ui.toast(Tone::Bad, why),
                    }
                }
                _ => (ready.start.clone(), labs::Choices::new()),
            };
            // A title is never refused.
            design.apply(&Edit::Title(ready.lab.title.get(untrack(|| self.page.words.lang())).to_owned())).ok();
            let submission = Submission {
                lab: ready.lab.id.clone(),
                lab_version: ready.lab.version,
                seed: if mode == Mode::FindTheFault { student.clone() } else { String::new() },
                student,
                work: Work { roles, mode: Some(mode), ..Work::default() },
                design,
                ..Submission::default()
            };
            self.open(&ready, &name, Progress { submission, finished: false });
        });
    }

    /// Goes on where a lab was left.
    pub fn resume(self, ready: &Arc<Ready>, name: &str, progress: &Progress) {
        let (ready, name, progress) = (Arc::clone(ready), name.to_owned(), progress.clone());
        documents::instead(move || self.open(&ready, &name, progress.clone()));
    }

    fn open(self, ready: &Arc<Ready>, name: &str, progress: Progress) {
        self.opening.set_value(true);
        let design = progress.submission.design.clone();
        self.page.record.begin(design);
        self.enter(ready, name, progress);
        // The signal that tells of the document is heard after this.
        self.clock.set_value(Some(Timer::after(0, move || {
            self.opening.set_value(false);
            self.tick();
        })));
        self.page.ui.close();
        // A page that is loaded anew goes on with what was done and does not begin again.
        forget_fragment();
    }

    /// After a reload: the document is kept by itself, all else is in the submission.
    fn go_on(self, name: String) {
        spawn_local(async move {
            let Ok(ready) = self.read(&name).await else { return kept::set_now("") };
            let Some(progress) = kept::progress(&ready.lab.id) else { return kept::set_now("") };
            if self.page.store.count.get_untracked() == 0 && !progress.submission.design.is_empty() {
                return self.open(&ready, &name, progress);
            }
            self.enter(&ready, &name, progress);
            self.tick();
        });
    }

    fn enter(self, ready: &Arc<Ready>, name: &str, progress: Progress) {
        let Page { store, ui, signs, .. } = self.page;
        let Progress { submission, finished } = progress;
        let mode = submission.work.mode.unwrap_or(Mode::Goal);
        kept::set_now(name);
        self.name.set_value(name.to_owned());
        self.mode.set(mode);
        self.student.set(submission.student);
        self.work.set(submission.work);
        self.seconds.set(submission.seconds);
        self.grade.set(None);
        self.stale.set(false);
        self.begun.set_value(vec![submission.design]);
        self.finished.set(finished);
        self.ready.set(Some(Arc::clone(ready)));
        let palette = ready.lab.palette.as_ref().map(|ids| {
            let named = |kind: &Kind| ids.iter().any(|id| id == kind.spec().id);
            Arc::new(Kind::ALL.iter().copied().filter(named).collect())
        });
        signs.palette.set(palette);
        self.veil(mode == Mode::FindTheFault && !finished);
        let locks = ready.lab.locked.iter().filter_map(|lock| Some((lock.node.parse().ok()?, lock.why.clone())));
        store.set_locks(locks.collect());
        signs.running.set(true);
        ui.show(Panel::Lab);
        self.keep();
        if finished || mode == Mode::Guided {
            self.mark();
        }
    }

    /// Keeps to themselves what the rules find, or no more.
    pub(super) fn veil(self, on: bool) {
        let veiled = self.page.store.summary.veiled;
        if veiled.get_untracked() != on {
            veiled.set(on);
            // What runs after a wait has no owner of its own, and settling asks for the page's.
            if CHECKS.now().is_some() {
                CHECKS.with(|checks| (checks.settle)());
            }
        }
    }

    /// Leaves the lab; the drawing stays, and what was done of it is remembered.
    pub fn leave(self) {
        let Page { store, signs, ui, .. } = self.page;
        kept::set_now("");
        self.clock.set_value(None);
        self.ready.set(None);
        self.grade.set(None);
        signs.running.set(false);
        signs.palette.set(None);
        store.set_locks(BTreeMap::new());
        self.veil(false);
        ui.shown(Side::Right).set(Panel::Inspector);
    }

    fn tick(self) {
        if !self.page.signs.running.get_untracked() || self.finished.get_untracked() {
            return;
        }
        if !document().hidden() {
            self.seconds.update(|n| *n += 1);
        }
        let seconds = self.seconds.get_untracked();
        if seconds.is_multiple_of(REMEMBERED) {
            self.keep();
        }
        if untrack(|| self.left()) == Some(0) {
            self.page.ui.toast(
                Tone::Plain,
                t("시간이 다 됐어요. 지금까지 한 것을 제출했어요.", "Time is up. What you did so far was handed in.")
                    .into(),
            );
            return self.finish();
        }
        self.clock.set_value(Some(Timer::after(TICK, move || self.tick())));
    }

    /// Seconds left of an exam; nothing in other modes. Tracks.
    pub fn left(self) -> Option<u64> {
        let minutes = self.ready.with(|ready| ready.as_ref().map(|ready| u64::from(ready.lab.minutes)))?;
        (self.mode.get() == Mode::Exam).then(|| (minutes * 60).saturating_sub(self.seconds.get()))
    }

    fn settled(self) {
        self.keep();
        if self.finished.get_untracked() {
            return;
        }
        if self.mode.get_untracked() == Mode::Guided {
            self.mark();
        } else if self.grade.with_untracked(Option::is_some) {
            self.stale.set(true);
        }
    }

    /// Marks the design as it is now.
    fn mark(self) {
        let Some(ready) = self.ready.get_untracked() else { return };
        let work = self.work.get_untracked();
        let graded = self.page.store.design(|design| grade(&ready, design, &work));
        self.note_steps(&ready, &graded);
        self.stale.set(false);
        self.grade.set(Some(Arc::new(graded)));
    }

    /// Remembers the design at the beginning of the step that is next.
    fn note_steps(self, ready: &Ready, graded: &Grade) {
        let done = steps_done(ready, graded);
        self.begun.update_value(|begun| {
            begun.truncate(done + 1);
            if begun.len() < done + 1 {
                let now = self.page.store.design(Clone::clone);
                begun.resize(done + 1, now);
            }
        });
    }

    /// Marks it and says how it went.
    pub fn check(self) {
        self.mark();
        self.reported.keep_now();
        self.say_result();
    }

    fn say_result(self) {
        let Some(graded) = self.grade.get_untracked() else { return };
        let held = graded.marks.iter().filter(|mark| mark.state == State::Holds).count();
        let (all, points, of) = (graded.marks.len(), graded.points, graded.of);
        self.page.ui.speak(message!(
            "{all}개 가운데 {held}개가 맞아요. {points}/{of}점이에요.",
            "{held} of {all} hold: {points} of {of} points."
        ));
    }

    /// Hands it in: it is marked as it is, and the result stays.
    pub fn finish(self) {
        self.mark();
        self.finished.set(true);
        self.veil(false);
        self.clock.set_value(None);
        if let Some(graded) = self.grade.get_untracked() {
            kept::reached(&graded.lab, graded.percent());
            self.reported.result(&graded);
        }
        self.keep();
        self.reported.keep_now();
        self.page.ui.show(Panel::Lab);
        self.say_result();
    }

    /// Begins the same lab once more in the same way.
    pub fn again(self) {
        if let Some(ready) = self.ready.get_untracked() {
            self.start(&ready, &self.name.get_value(), self.mode.get_untracked());
        }
    }

    /// Brings the design back to where the step that is next was begun, as one step that can be undone.
    pub fn reset_step(self) {
        let Some(design) = self.begun.with_value(|begun| begun.last().cloned()) else { return };
        if self.page.store.turn_into(design) {
            self.page.ui.toast(
                Tone::Plain,
                t(
                    "이 단계를 시작할 때로 되돌렸어요. 실행 취소할 수 있어요.",
                    "The design is as it was when this step began. You can undo that.",
                )
                .into(),
            );
        }
    }

    /// Takes a hint, which may cost points.
    pub fn read_hint(self, check: &str, level: HintLevel) {
        self.work.update(|work| {
            work.hints.insert((check.to_owned(), level));
        });
        self.keep();
        if self.grade.with_untracked(Option::is_some) && !self.stale.get_untracked() {
            self.mark();
        }
    }

    /// Says who fills a role.
    pub fn choose(self, role: &str, nodes: Vec<NodeId>) {
        self.work.update(|work| {
            work.roles.insert(role.to_owned(), nodes);
        });
        self.keep();
        self.mark();
    }

    /// Answers a question.
    pub fn answer(self, quiz: &str, answer: Vec<String>) {
        self.work.update(|work| {
            work.answers.insert(quiz.to_owned(), answer);
        });
        self.keep();
        self.stale.set(self.grade.with_untracked(Option::is_some));
    }

    /// What would be handed in now.
    fn submission(self) -> Option<Submission> {
        let ready = self.ready.get_untracked()?;
        let (mode, student) = (self.mode.get_untracked(), self.student.get_untracked());
        Some(Submission {
            lab: ready.lab.id.clone(),
            lab_version: ready.lab.version,
            seed: if mode == Mode::FindTheFault { student.clone() } else { String::new() },
            student,
            seconds: self.seconds.get_untracked(),
            work: self.work.get_untracked(),
            design: self.page.store.design(Clone::clone),
        })
    }

    fn keep(self) {
        if let Some(submission) = self.submission() {
            self.reported.tell(&submission);
            kept::keep(&Progress { submission, finished: self.finished.get_untracked() });
        }
    }

    /// Asks for a lab's file on this computer and shows it.
    pub fn ask_lab_file(self) {
        let (ui, signs) = (self.page.ui, self.page.signs);
        files::choose(".json", false, move |chosen| {
            let Some(found) = chosen.files.into_iter().next() else { return };
            spawn_local(async move {
                let text = files::read(&found.file).await.ok().and_then(|bytes| String::from_utf8(bytes).ok());
                let Some(text) = text else {
                    return ui
                        .toast(Tone::Bad, t("실습 파일을 읽지 못했어요.", "The lab file could not be read.").into());
                };
                prefs::tab_write(super::DRAFT, &text);
                signs.asked.set(Asked::One(super::DRAFT.to_owned()));
            });
        });
    }

    /// Hands the submission to the browser's downloads.
    pub fn download(self) {
        let Some(submission) = self.submission() else { return };
        let student = documents::in_file_name(&submission.student, 40);
        let name = match student.as_str() {
            "" => format!("{}.submission.json", submission.lab),
            student => format!("{}-{student}.submission.json", submission.lab),
        };
        files::download(&name, "application/json", &submission.save());
        self.page.ui.toast(Tone::Plain, message!("{name}(으)로 저장했어요", "Saved as {name}"));
    }
}

/// How many steps are done, counted from the first without a gap.
pub(super) fn steps_done(ready: &Ready, graded: &Grade) -> usize {
    let holds = |id: &String| graded.mark(id).is_some_and(|mark| mark.state == State::Holds);
    ready.lab.steps.iter().take_while(|step| step.checks.iter().all(holds)).count()
}
