//! Handing changes to the database, and hearing what became of them.

use std::pin::Pin;

use groundplan::design::Design;
use groundplan::file;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::wasm_bindgen::JsValue;

use super::shelf::{Place, Shelf, last_words};
use super::{Autosave, DRAWN, OWN, Record, Saved};
use crate::app::browser::{Timer, cover, prefs};

/// Writes that may be under way at once; a storm of more goes together.
const MOST_FLYING: u32 = 16;
/// Milliseconds without a change until the whole text is written in the place of what is behind it.
const GATHER_AFTER: u32 = 3_000;
/// Bytes of steps that are worth a whole text when it is quiet, and whether it is quiet or not.
const WORTH_GATHERING: usize = 16 << 10;
const MOST_BEHIND: usize = file::MAX_STEP_BYTES / 2;
/// Milliseconds until a write that failed is tried again.
const RETRY_AFTER: u32 = 5_000;

/// A write that is under way.
type Writing = Pin<Box<dyn Future<Output = Result<(), JsValue>>>>;

impl Record {
    /// Notes the design as somebody left it, and what that changed.
    pub(super) fn leave(&mut self, design: &Design) {
        let step = file::step(&self.settled, design);
        self.settled = design.clone();
        self.made += 1;
        let Some(step) = step else { return };
        cover::step(&step);
        self.behind += step.len() + 1;
        // A whole text says it all by itself.
        if !self.whole {
            self.waiting.push(step);
        } else if self.behind > MOST_BEHIND {
            cover::text(&file::save(&self.settled));
            self.behind = 0;
        }
    }

    /// Begins to write what changed. Nothing where it comes to the same as what was written.
    fn hand_over(&mut self, shelf: &Shelf, id: &str) -> Option<Result<Writing, JsValue>> {
        self.sent = self.made;
        let steps = std::mem::take(&mut self.waiting);
        let begun = if self.whole || self.behind > MOST_BEHIND {
            let text = file::save(&self.settled);
            cover::text(&text);
            self.place = Place { text: self.place.text + 1, step: 0 };
            (self.whole, self.behind) = (false, 0);
            shelf.put_text(id, self.place.text, &text, self.settled.title()).map(|done| Box::pin(done) as Writing)
        } else if steps.is_empty() {
            return None;
        } else {
            let title = (self.titled != self.settled.title()).then(|| self.settled.title());
            let first = self.place.step + 1;
            self.place.step += steps.len() as u32;
            let begun = shelf.put_steps(id, Place { step: first, ..self.place }, &steps, title);
            begun.map(|done| Box::pin(done) as Writing)
        };
        self.titled = self.settled.title().to_owned();
        self.flying += 1;
        Some(begun)
    }

    /// Notes what became of the write that went to `place` with the change `made`.
    fn answered(&mut self, place: Place, made: u64, went_well: bool) {
        self.flying = self.flying.saturating_sub(1);
        if !went_well {
            // What came behind it stands on nothing.
            self.whole = true;
            self.waiting.clear();
            self.sent = self.confirmed;
        } else if !self.whole && place.text == self.place.text {
            self.confirmed = self.confirmed.max(made);
            if self.flying == 0 {
                self.confirmed = self.sent;
            }
        }
    }
}

impl Autosave {
    /// Hands over what changed, unless the database is far behind: an answer takes it along.
    pub(super) fn send_next(self) {
        if self.record.with_value(|record| record.flying < MOST_FLYING) {
            self.flush();
        }
    }

    /// Hands over what changed without waiting any longer: another document is about to be shown, or the page may go.
    pub(super) fn flush(self) {
        if self.record.with_value(|record| record.sent == record.made || record.reader) {
            return;
        }
        let Some(shelf) = self.record.with_value(|record| record.shelf.clone()) else {
            // Where it is being opened for the first time, what changed is sent then.
            if self.saved.get_untracked() == Saved::Gone {
                self.reconnect();
            }
            return;
        };
        let id = self.claim();
        let begun = self.record.try_update_value(|record| record.hand_over(&shelf, &id));
        let (turn, place, made) = self.record.with_value(|record| (record.turn, record.place, record.sent));
        match begun.flatten() {
            Some(Ok(writing)) => spawn_local(async move { self.hear(writing.await, &id, turn, place, made) }),
            Some(Err(error)) => self.hear(Err(error), &id, turn, place, made),
            None => {
                self.record.update_value(|record| {
                    if record.flying == 0 && !record.whole {
                        record.confirmed = record.sent;
                    }
                });
                self.show_state();
            }
        }
    }

    /// Hears what became of a write.
    fn hear(self, result: Result<(), JsValue>, id: &str, turn: u64, place: Place, made: u64) {
        let current = self.record.try_update_value(|record| {
            let current = record.turn == turn;
            if current {
                record.answered(place, made, result.is_ok());
            }
            current
        });
        let current = current == Some(true);
        if let Err(error) = result {
            self.failed(&error);
            let retry = Timer::after(RETRY_AFTER, move || self.send_next());
            self.record.update_value(|record| record.retry = Some(retry));
            return;
        }
        prefs::write(DRAWN, "yes");
        last_words::forget(id);
        if !current {
            return;
        }
        if self.record.with_value(|record| !record.whole) && self.saved.get_untracked().is_bad() {
            self.say_state(Saved::Saving);
        }
        self.show_state();
        self.say_wrote();
        self.send_next();
        let gather = Timer::after(GATHER_AFTER, move || self.gather());
        self.record.update_value(|record| record.gather = Some(gather));
    }

    /// Writes the whole text in the place of the steps behind it, while nothing else is to be done.
    fn gather(self) {
        let worth = self.record.with_value(|record| {
            record.is_all_kept() && !record.reader && record.flying == 0 && record.behind > WORTH_GATHERING
        });
        if worth {
            self.record.update_value(|record| {
                record.whole = true;
                record.made += 1;
            });
            self.send_next();
        }
    }

    /// What cannot be waited for any more is left in the small storage.
    pub(super) fn leave_words(self) {
        self.record.with_value(|record| {
            if let (Some(id), false, true) = (&record.id, record.reader, record.confirmed != record.made) {
                last_words::leave(id, Place { step: record.place.step + 1, ..record.place }, &record.settled);
            }
        });
    }

    /// The record's id; a fresh one that no other tab can hold where there is none yet.
    pub(super) fn claim(self) -> String {
        if let Some(id) = self.record.with_value(|record| record.id.clone()) {
            return id;
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "any bits do for a name")]
        let id = format!("{:x}-{:x}", js_sys::Date::now() as u64, (js_sys::Math::random() * 4e9) as u64);
        let channel = self.join(&id);
        self.record.update_value(|record| {
            record.id = Some(id.clone());
            record.channel = Some(channel);
        });
        prefs::tab_write(OWN, &id);
        self.hold(id.clone());
        id
    }

    /// The document as it was last left.
    pub(super) fn settled(self) -> Design {
        self.record.with_value(|record| record.settled.clone())
    }
}
