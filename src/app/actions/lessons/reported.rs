//! What a learning management system is told of a lab, where the page was opened by one: points, how far it is, and what it takes to go on.

use groundplan::file;
use groundplan::labs::scorm::MAX_KEPT;
use groundplan::labs::{Grade, Submission};
use groundplan::text::t;
use leptos::prelude::*;

use super::kept::{self, Progress};
use crate::app::browser::scorm::Scorm;
use crate::app::browser::time::now;
use crate::app::browser::{Listener, keep, window};
use crate::app::state::ui::{Tone, Ui};

/// Milliseconds between two times that a system is asked to keep what it was told: many write to a server each time.
const EVERY: f64 = 30_000.0;

/// The system, if there is one; `Copy`, from the lessons.
#[derive(Clone, Copy)]
pub struct Reported {
    system: StoredValue<Option<Scorm>, LocalStorage>,
    ui: Ui,
    kept_at: StoredValue<f64>,
    /// Whether it was said that there is no room.
    said: StoredValue<bool>,
}

impl Reported {
    /// Looks for a system. It is told when the page goes.
    pub fn begin(ui: Ui, seconds: RwSignal<u64>) -> Self {
        let own = Self {
            system: StoredValue::new_local(Scorm::begin()),
            ui,
            kept_at: StoredValue::new(0.0),
            said: StoredValue::default(),
        };
        own.with(|scorm| {
            if matches!(scorm.get("cmi.core.lesson_status").as_str(), "not attempted" | "") {
                scorm.set("cmi.core.lesson_status", "incomplete");
                scorm.commit();
            }
            let before = own.progress().map_or(0, |progress| progress.submission.seconds);
            keep(Listener::new(&window(), "pagehide", move |_| {
                own.with(|scorm| {
                    let spent = seconds.get_untracked().saturating_sub(before);
                    let (hours, minutes, rest) = (spent / 3_600, spent / 60 % 60, spent % 60);
                    scorm.set("cmi.core.session_time", &format!("{:04}:{minutes:02}:{rest:02}", hours.min(9_999)));
                    scorm.set("cmi.core.exit", "suspend");
                    scorm.commit();
                    scorm.finish();
                });
            }));
        });
        own
    }

    fn with(self, then: impl FnOnce(&Scorm)) {
        self.system.with_value(|scorm| {
            if let Some(scorm) = scorm {
                then(scorm);
            }
        });
    }

    /// Who the system says the learner is.
    pub fn student(self) -> Option<String> {
        let mut found = None;
        self.with(|scorm| found = Some(scorm.get("cmi.core.student_id")).filter(|id| !id.trim().is_empty()));
        found
    }

    /// Lets what the system kept of a lab stand for what this browser remembers: others may have done it here before.
    pub fn recall(self, lab: &str) {
        self.with(|_| match self.progress().filter(|progress| progress.submission.lab == lab) {
            Some(progress) => kept::keep(&progress),
            None => kept::forget(lab),
        });
    }

    fn progress(self) -> Option<Progress> {
        let mut found = None;
        self.with(|scorm| {
            let text = file::unpack_text(&scorm.get("cmi.suspend_data")).ok();
            let submission = text.and_then(|text| Submission::read(&text).ok());
            let finished = matches!(scorm.get("cmi.core.lesson_status").as_str(), "completed" | "passed");
            found = submission.map(|submission| Progress { submission, finished });
        });
        found
    }

    /// Tells what was done so far, and from time to time lets the system keep it.
    pub fn tell(self, submission: &Submission) {
        self.with(|scorm| {
            let packed = file::pack_text(&submission.save());
            if packed.len() > MAX_KEPT {
                // Half of it helps nobody.
                if !self.said.get_value() {
                    self.said.set_value(true);
                    let why = t(
                        "설계가 커서 학습 관리 시스템에는 더 저장되지 않아요. 이 브라우저에만 남으니, 다른 컴퓨터에서 이어 하려면 제출 파일을 저장하세요.",
                        "The design has become too large for the learning management system to keep. Only this browser keeps it now: save the submission to go on elsewhere.",
                    );
                    self.ui.toast(Tone::Bad, why.into());
                }
                return;
            }
            self.said.set_value(false);
            scorm.set("cmi.suspend_data", &packed);
            if now() - self.kept_at.get_value() > EVERY {
                self.keep_now();
            }
        });
    }

    /// Lets the system keep all that it was told.
    pub fn keep_now(self) {
        self.kept_at.set_value(now());
        self.with(Scorm::commit);
    }

    /// Tells the result of what was handed in.
    pub fn result(self, grade: &Grade) {
        self.with(|scorm| {
            scorm.set("cmi.core.score.min", "0");
            scorm.set("cmi.core.score.max", "100");
            scorm.set("cmi.core.score.raw", &grade.percent().to_string());
            scorm.set("cmi.core.lesson_status", if grade.is_full() { "passed" } else { "completed" });
        });
        self.keep_now();
    }
}
