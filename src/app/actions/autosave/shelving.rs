//! What is done to designs of this browser that are not open: looking into them, giving them another title, deleting them.

use groundplan::design::{Design, Edit};
use groundplan::file;
use groundplan::text::t;
use leptos::prelude::*;

use super::Autosave;
use super::shelf::{Place, Record};
use crate::app::browser::locks::Ask;
use crate::app::state::ui::Tone;

impl Autosave {
    /// Whether a record is the one of the design at hand.
    pub fn is_open(self, id: &str) -> bool {
        self.record.with_value(|record| record.id.as_deref() == Some(id))
    }

    /// Reads a design for a picture; one that cannot be read has none.
    pub fn look_into(self, id: String, then: impl FnOnce(Design) + 'static) {
        self.with_shelf(|shelf| async move {
            if let Record::Text { text, .. } = shelf.record(&id).await?
                && let Ok((design, _)) = file::recover(&text)
            {
                then(design);
            }
            Ok(())
        });
    }

    /// Gives a design another title, then calls `then`. One that another tab writes is left alone.
    pub fn retitle_record(self, id: String, title: String, then: impl FnOnce() + 'static) {
        if self.is_open(&id) {
            // A title is refused only where nothing may be changed, which is said by the page itself.
            self.store.edit(&[Edit::Title(title)]).ok();
            return then();
        }
        self.with_shelf(move |shelf| async move {
            let Some(_lock) = self.take_lock(&id, Ask::IfFree).await else {
                self.busy();
                return Ok(());
            };
            if let Record::Text { text, place } = shelf.record(&id).await?
                && let Ok(mut design) = file::open(&text)
                && design.apply(&Edit::Title(title.clone())).is_ok()
            {
                let next = Place { text: place.text + 1, step: 0 };
                shelf.rewrite(&id, next.text, &file::save(&design), &title)?.await?;
                then();
            } else {
                let why = t(
                    "읽을 수 없는 설계라서 이름을 바꾸지 않았어요. 열면 까닭을 볼 수 있어요.",
                    "The design cannot be read, so it was not renamed. Open it to see why.",
                );
                self.ui.toast(Tone::Bad, why.into());
            }
            Ok(())
        });
    }

    /// Deletes a design with all its older versions, then calls `then`. One that is open here or in another tab is left alone.
    pub fn remove_record(self, id: String, then: impl FnOnce() + 'static) {
        self.with_shelf(move |shelf| async move {
            let Some(_lock) = self.take_lock(&id, Ask::IfFree).await.filter(|_| !self.is_open(&id)) else {
                self.busy();
                return Ok(());
            };
            shelf.remove(&id)?.await?;
            super::shelf::last_words::forget(&id);
            then();
            Ok(())
        });
    }

    fn busy(self) {
        let why = t(
            "다른 곳에서 열려 있는 설계예요. 그 탭을 닫고 다시 해 주세요.",
            "The design is open elsewhere. Close it there and try again.",
        );
        self.ui.toast(Tone::Bad, why.into());
    }
}
