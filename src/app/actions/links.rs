//! What the address asks for: a design that it carries (`#d=…`), a sample (`#sample=ID`).

use groundplan::message;
use groundplan::samples;
use groundplan::text::{Message, t};
use leptos::prelude::*;

use super::autosave::autosave;
use super::documents;
use crate::app::browser::{Listener, forget_fragment, keep, window};
use crate::app::parts::STUDIES;
use crate::app::state::ui::{Dialog, ui};

/// In front of a design's word in the address.
pub const DESIGN: &str = "#d=";
/// In front of a sample's id.
const SAMPLE: &str = "#sample=";

fn fragment() -> String {
    window().location().hash().unwrap_or_default()
}

/// Whether the address asks for a design.
pub fn is_asked() -> bool {
    let asked = fragment();
    asked.starts_with(DESIGN) || asked.starts_with(SAMPLE)
}

/// Shows what the address asks for, once the design from before is there, and whenever another is asked for. Call it once, at the page's root.
pub fn listen() {
    let record = autosave();
    let owner = Owner::current().unwrap_or_default();
    let again = owner.clone();
    Effect::new(move |done: Option<bool>| {
        if done == Some(true) || record.reopening.get() {
            return done.unwrap_or_default();
        }
        owner.with(|| untrack(follow));
        true
    });
    keep(Listener::new(&window(), "hashchange", move |_| again.with(|| untrack(follow))));
}

fn follow() {
    let asked = fragment();
    if let Some(word) = asked.strip_prefix(DESIGN) {
        open(word.to_owned());
    } else if let Some(id) = asked.strip_prefix(SAMPLE) {
        forget_fragment();
        match samples::list().iter().find(|sample| sample.id == id) {
            Some(sample) => documents::begin(sample),
            None => {
                let known = samples::list().iter().map(|sample| sample.id).collect::<Vec<_>>().join(", ");
                refuse(message!(
                    "그런 예제가 없어요. 있는 예제: {known}",
                    "There is no such sample. There are: {known}"
                ));
            }
        }
    }
}

/// Shows the design of a link, to look at.
fn open(word: String) {
    let (record, ui) = (autosave(), ui());
    documents::instead(move || {
        let word = word.clone();
        STUDIES.with(move |studies| match (studies.linked)(&word) {
            Ok(design) => record.look_at(design),
            Err(error) => {
                forget_fragment();
                ui.ask(Dialog::Damaged { name: called(), why: error.message(), text: None });
            }
        });
    });
}

fn called() -> Message {
    t("링크에 담긴 설계", "The design of the link").into()
}

fn refuse(why: Message) {
    ui().ask(Dialog::Damaged { name: called(), why, text: None });
}
