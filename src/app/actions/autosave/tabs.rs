//! One design in several tabs: one writes, the others read along and may take over.
//!
//! The tab that holds the design's lock writes. It tells the others when the database has confirmed something, and they read it. One that wants to
//! write asks first, so that what is not written yet is, and then takes the lock away; a tab that does not answer in time is not waited for.
//! When the writing tab goes, the next one in the queue has the lock.

use groundplan::design::Design;
use groundplan::file;
use groundplan::text::{Message, t};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::shelf::{Place, Record as Found};
use super::{Autosave, Origin, READ_ALONG, Saved};
use crate::app::browser::channel::Channel;
use crate::app::browser::locks::{Ask, Lock};
use crate::app::browser::{Timer, cover};
use crate::app::state::ui::Tone;

/// What the writing tab says when the database has confirmed something.
const WROTE: &str = "wrote";
/// What a tab says that wants to write.
const ASKS: &str = "asks";
/// What the writing tab answers when everything is written.
const FREE: &str = "free";
/// Milliseconds that a tab is given to write everything.
const PATIENCE: u32 = 1_500;
/// Milliseconds between two readings of what another tab writes.
const READ_AFTER: u32 = 60;

impl Autosave {
    /// Takes the lock of a record that is this tab's own.
    pub(super) fn hold(self, id: String) {
        spawn_local(async move {
            let lock = self.take_lock(&id, Ask::IfFree).await;
            self.record.try_update_value(|record| {
                if record.id.as_ref() == Some(&id) {
                    record.lock = lock;
                }
            });
        });
    }

    /// Hears what other tabs say of a design.
    pub(super) fn join(self, id: &str) -> Channel {
        let of = id.to_owned();
        Channel::open(&format!("groundplan/{id}"), move |said| {
            if self.is_at(&of) {
                self.heard(&of, &said);
            }
        })
    }

    fn is_at(self, id: &str) -> bool {
        self.record.try_with_value(|record| record.id.as_deref() == Some(id)) == Some(true)
    }

    fn say(self, what: &str) {
        self.record.with_value(|record| {
            if let Some(channel) = &record.channel {
                channel.say(what);
            }
        });
    }

    fn heard(self, id: &str, said: &str) {
        let reader = self.record.with_value(|record| record.reader);
        match (said, reader) {
            (WROTE, true) => {
                let id = id.to_owned();
                self.record.update_value(|record| {
                    record.refresh.get_or_insert_with(|| Timer::after(READ_AFTER, move || self.read_along(id)));
                });
            }
            (FREE, true) if self.record.with_value(|record| record.handing_over) => self.take_now(id.to_owned()),
            (ASKS, false) => {
                self.record.update_value(|record| record.handing_over = true);
                self.flush();
                self.say_wrote();
            }
            _ => {}
        }
    }

    /// Tells the other tabs that something was confirmed, and the one that waits for it that this was all.
    pub(super) fn say_wrote(self) {
        self.say(WROTE);
        let free = self.record.try_update_value(|record| {
            let free = record.handing_over && !record.reader && record.confirmed == record.made;
            record.handing_over &= !free;
            free
        });
        if free == Some(true) {
            self.say(FREE);
        }
    }

    /// Reads what another tab has written.
    fn read_along(self, id: String) {
        self.record.update_value(|record| record.refresh = None);
        self.with_shelf(move |shelf| async move {
            if let (true, Found::Text { text, place }) = (self.is_at(&id), shelf.record(&id).await?)
                && self.record.with_value(|record| record.reader)
                && let Ok((design, _)) = file::recover(&text)
            {
                self.follow(design, &text, place);
            }
            Ok(())
        });
    }

    fn follow(self, design: Design, text: &str, place: Place) {
        cover::text(text);
        self.record.update_value(|record| {
            (record.settled, record.titled, record.place) = (design.clone(), design.title().to_owned(), place);
            record.reading = true;
        });
        self.store.adopt(design);
        self.record.update_value(|record| record.reading = false);
    }

    /// Waits until the writing tab goes.
    pub(super) fn wait_for(self, id: String) {
        spawn_local(async move {
            let lock = self.take_lock(&id, Ask::Wait).await;
            self.write_here(id, lock, None).await;
        });
    }

    /// Makes this the tab that writes.
    pub fn take_over(self) {
        let Some(id) = self.record.with_value(|record| record.id.clone().filter(|_| record.reader)) else { return };
        self.record.update_value(|record| record.handing_over = true);
        self.say(ASKS);
        let late = id;
        let timer = Timer::after(PATIENCE, move || self.take_now(late));
        self.record.update_value(|record| record.retry = Some(timer));
    }

    fn take_now(self, id: String) {
        let asked = self.record.try_update_value(|record| {
            record.retry = None;
            std::mem::take(&mut record.handing_over) && record.reader
        });
        if asked == Some(true) {
            spawn_local(async move {
                let lock = self.take_lock(&id, Ask::Steal).await;
                let done = t("이제 이 탭에서 편집해요.", "This tab edits the design now.");
                self.write_here(id, lock, Some(done.into())).await;
            });
        }
    }

    /// This tab has the lock: it reads once more what is written, and writes from now on.
    async fn write_here(self, id: String, lock: Option<Lock>, done: Option<Message>) {
        let (Some(lock), true) = (lock, self.is_at(&id)) else { return };
        let shelf = self.record.with_value(|record| record.shelf.clone().filter(|_| record.reader));
        let Some(shelf) = shelf else { return };
        match shelf.record(&id).await {
            Ok(Found::Text { text, place }) => {
                if !self.is_at(&id) {
                    return;
                }
                if let Ok((design, _)) = file::recover(&text) {
                    self.follow(design, &text, place);
                }
            }
            // What is shown is written anew.
            Ok(Found::Missing | Found::Odd(_)) => {}
            Err(error) => return self.failed(&error),
        }
        self.record.update_value(|record| {
            (record.reader, record.lock) = (false, Some(lock));
            // The next text has another number, so what the tab before may still write stands behind none.
            record.whole = true;
        });
        self.store.set_guard(None);
        self.say_state(Saved::Yes);
        if let Some(done) = done {
            self.ui.toast(Tone::Plain, done);
        }
    }

    /// Another tab took the lock away.
    pub(super) fn lost(self, id: &str) {
        if !self.is_at(id) || self.record.with_value(|record| record.reader) {
            return;
        }
        self.record.update_value(|record| (record.lock, record.handing_over) = (None, false));
        if self.record.with_value(|record| !record.is_all_kept()) {
            // What this tab could not write in time is not lost: it goes on as a design of its own.
            let design = self.settled();
            self.show(design, Origin::default());
            self.store_now();
            let why = t(
                "다른 탭이 편집을 이어받았어요. 여기서 아직 저장하지 못한 변경이 있어서 사본으로 저장했어요.",
                "Another tab took over. What was not saved here yet was kept as a copy.",
            );
            return self.ui.toast(Tone::Bad, why.into());
        }
        self.record.update_value(|record| record.reader = true);
        self.store.set_guard(Some(READ_ALONG.into()));
        self.say_state(Saved::Elsewhere);
        self.wait_for(id.to_owned());
    }
}
