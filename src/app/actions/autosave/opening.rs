//! Designs out of the database: the last one, another one, and what to say of one that cannot be read.

use groundplan::file;
use groundplan::message;
use groundplan::text::{Message, t};
use leptos::prelude::*;
use web_sys::wasm_bindgen::JsValue;

use super::shelf::{Kept, Record, Shelf, last_words};
use super::{Autosave, OWN, Origin, titled};
use crate::app::browser::locks::{self, Ask};
use crate::app::browser::{is_embedded, prefs};
use crate::app::state::ui::{Dialog, Tone};

impl Autosave {
    pub(super) async fn reopen(self) -> Result<(), JsValue> {
        // Who reads another site did not come to go on with what they drew.
        if is_embedded() {
            return Ok(());
        }
        let Some(shelf) = self.record.with_value(|record| record.shelf.clone()) else { return Ok(()) };
        let id = match prefs::tab_read(OWN) {
            Some(own) if own.is_empty() => return Ok(()),
            Some(own) => own,
            None => match shelf.last().await? {
                Some(last) => last,
                None => return Ok(()),
            },
        };
        // Someone who began to draw meanwhile is not interrupted; the last design is still in the list.
        if self.store.design(|design| !design.is_empty()) {
            return Ok(());
        }
        self.read(&shelf, id).await
    }

    /// Opens the design of another record.
    pub fn open_record(self, id: String) {
        self.with_shelf(move |shelf| async move { self.read(&shelf, id).await });
    }

    async fn read(self, shelf: &Shelf, id: String) -> Result<(), JsValue> {
        let turn = self.record.with_value(|record| record.turn);
        if self.record.with_value(|record| record.id.as_ref() == Some(&id)) {
            return Ok(());
        }
        let lock = self.take_lock(&id, Ask::IfFree).await;
        let (text, place) = match shelf.record(&id).await? {
            Record::Text { text, place } => (Some(text), Some(place)),
            Record::Missing => (None, None),
            Record::Odd(shown) => {
                self.damaged(shelf, &id, &not_text(), &shown).await?;
                return Ok(());
            }
        };
        if self.record.with_value(|record| record.turn != turn) {
            return Ok(());
        }
        // What a page left that could not wait for the database stands in the place of what is there.
        let left = last_words::younger(&id, place).filter(|left| lock.is_some() && file::open(left).is_ok());
        let whole = left.is_some();
        let Some(text) = left.or(text) else {
            self.ui.toast(Tone::Bad, missing());
            return Ok(());
        };
        let place = place.unwrap_or_default();
        match file::recover(&text) {
            Ok((design, None)) => {
                let reader = lock.is_none();
                self.show(design, Origin { id: Some(id.clone()), lock, reader, place, whole, text: Some(text) });
                if reader {
                    self.wait_for(id);
                } else if whole {
                    self.store_now();
                }
            }
            // What can be read of it becomes a design of its own, and the record stays as it is.
            Ok((design, Some(why))) => {
                self.begin(design);
                self.damaged(shelf, &id, &why, &text).await?;
            }
            Err(why) => self.damaged(shelf, &id, &why, &text).await?,
        }
        Ok(())
    }

    async fn damaged(self, shelf: &Shelf, id: &str, why: &file::OpenError, text: &str) -> Result<(), JsValue> {
        let title = shelf.title(id).await?;
        self.ui.ask(Dialog::damaged(titled(title), why, Some(text)));
        Ok(())
    }

    pub(super) async fn take_lock(self, id: &str, ask: Ask) -> Option<locks::Lock> {
        let turn_of = id.to_owned();
        locks::acquire(&format!("groundplan/{id}"), ask, move || self.lost(&turn_of)).await
    }

    /// Lists the designs that are kept, for `then`.
    pub fn designs(self, then: impl FnOnce(Vec<Kept>) + 'static) {
        self.with_shelf(|shelf| async move {
            then(shelf.designs().await?);
            Ok(())
        });
    }
}

fn not_text() -> file::OpenError {
    file::OpenError::new(message!(
        "저장 공간에 있는 것이 설계의 글이 아니에요.",
        "What is in the browser's storage is not the text of a design."
    ))
}

fn missing() -> Message {
    t(
        "이 탭의 설계가 브라우저의 저장 공간에 없어요. 파일 메뉴의 ‘내 설계’에서 찾아보세요.",
        "The design of this tab is not in the browser's storage. See \u{201c}My designs\u{201d} in the File menu.",
    )
    .into()
}
