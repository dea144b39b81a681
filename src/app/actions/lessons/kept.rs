//! What this browser remembers of labs: for each the state it was left in, as a submission, and the best result. Where storage is blocked it lasts as
//! long as the page.

use groundplan::labs::Submission;

use crate::app::browser::prefs;

/// The lab that this tab is at.
const NOW: &str = "lab";

/// The name of the lab that this tab is at: an id, or the address of a file.
pub fn now() -> Option<String> {
    prefs::tab_read(NOW).filter(|name| !name.is_empty())
}

/// Remembers the lab that this tab is at, or that it is at none.
pub fn set_now(name: &str) {
    prefs::tab_write(NOW, name);
}

/// How far a lab was done.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    /// All that would be handed in.
    pub submission: Submission,
    /// Whether it was handed in.
    pub finished: bool,
}

/// How far a lab was done, if it was begun.
pub fn progress(id: &str) -> Option<Progress> {
    let submission = Submission::read(&prefs::read(&format!("lab.{id}"))?).ok()?;
    Some(Progress { submission, finished: prefs::read(&format!("lab.{id}.done")).is_some() })
}

/// Remembers how far a lab was done.
pub fn keep(progress: &Progress) {
    let id = &progress.submission.lab;
    prefs::write(&format!("lab.{id}"), &progress.submission.save());
    let done = format!("lab.{id}.done");
    if progress.finished { prefs::write(&done, "yes") } else { prefs::forget(&done) }
}

/// Forgets how far a lab was done.
pub fn forget(id: &str) {
    prefs::forget(&format!("lab.{id}"));
    prefs::forget(&format!("lab.{id}.done"));
}

/// The best result of a lab, in percent.
pub fn best(id: &str) -> Option<u32> {
    prefs::read(&format!("lab.{id}.best"))?.parse().ok()
}

/// Remembers a result if it is the best so far.
pub fn reached(id: &str, percent: u32) {
    if best(id).is_none_or(|best| percent > best) {
        prefs::write(&format!("lab.{id}.best"), &percent.to_string());
    }
}
