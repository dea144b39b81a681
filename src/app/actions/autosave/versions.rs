//! Older versions of a design: put aside now and then, before every large change, and by hand under a name.

use groundplan::design::{Design, Diff};
use groundplan::file;
use groundplan::text::{Message, Text, t};
use leptos::prelude::*;

use super::Autosave;
use super::shelf::{Held, Shelf};
use crate::app::browser::time;
use crate::app::state::ui::{Dialog, Tone};

/// Milliseconds between two versions that are put aside as time goes by.
const EVERY: f64 = 120_000.0;
/// Resources that a change touches to be large.
const LARGE: usize = 20;

/// Why a version was put aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// As time went by.
    Time,
    /// Another document was about to take its place on the page.
    Import,
    /// Before a change of many resources.
    Large,
    /// Before an older version was restored.
    Restore,
    /// Somebody asked for it.
    Named,
}

impl Why {
    const ALL: [Self; 5] = [Self::Time, Self::Import, Self::Large, Self::Restore, Self::Named];

    /// What it is called in storage.
    pub(super) const fn id(self) -> &'static str {
        match self {
            Self::Time => "time",
            Self::Import => "import",
            Self::Large => "large",
            Self::Restore => "restore",
            Self::Named => "named",
        }
    }

    /// By what it is called in storage; versions of before say nothing.
    pub(super) fn from_id(id: &str) -> Self {
        Self::ALL.into_iter().find(|why| why.id() == id).unwrap_or(Self::Time)
    }

    /// What people read.
    pub const fn text(self) -> Text {
        match self {
            Self::Time => t("자동으로 남긴 저장본", "Kept as time went by"),
            Self::Import => t("다른 설계를 열기 전", "Before another design was opened"),
            Self::Large => t("여러 리소스를 한 번에 바꾸기 전", "Before a change of many resources"),
            Self::Restore => t("이전 저장본으로 되돌리기 전", "Before an older version was restored"),
            Self::Named => t("이름을 붙여 남긴 저장본", "Kept under a name"),
        }
    }
}

/// An older version of a design.
#[derive(Clone, Debug)]
pub struct Version {
    /// Its key in storage.
    pub key: String,
    /// When it was put aside, in milliseconds after the beginning of 1970.
    pub at: f64,
    pub why: Why,
    /// What somebody called it; mostly empty.
    pub name: String,
}

impl Autosave {
    /// Puts the design aside as it was last left, if it holds anything.
    pub(super) fn put_aside(self, why: Why) {
        self.keep_version(why, String::new());
    }

    /// Puts the design aside as it is, under a name.
    pub fn name_version(self, name: String) {
        if self.keep_version(Why::Named, name) {
            self.ui.toast(Tone::Plain, t("저장본을 남겼어요.", "Kept this version.").into());
        }
    }

    /// Puts the design aside before the change that `diff` begins, if that is large or the last version is old.
    pub(super) fn put_aside_before(self, diff: &Diff) {
        let due = self.record.with_value(|record| time::now() - record.aside_at > EVERY);
        if diff.touched().nth(LARGE - 1).is_some() {
            self.put_aside(Why::Large);
        } else if due {
            self.put_aside(Why::Time);
        }
    }

    fn keep_version(self, why: Why, name: String) -> bool {
        let kept = self.record.with_value(|record| {
            let kept = (record.shelf.clone()?, record.id.clone()?, record.settled.clone());
            (!record.reader && !kept.2.is_empty()).then_some(kept)
        });
        let Some((_, id, design)) = kept else { return false };
        let now = time::now();
        self.record.update_value(|record| record.aside_at = now);
        self.with_shelf(move |shelf| async move {
            let versions = shelf.versions(&id).await?;
            let ages: Vec<file::Kept> =
                versions.iter().map(|one| file::Kept { at: one.at, named: one.why == Why::Named }).collect();
            let surplus = file::surplus(&ages, now);
            let old = surplus.iter().filter_map(|at| versions.get(*at)).map(|old| old.key.as_str());
            shelf.put_aside(&id, &file::save(&design), now, why, &name, old).await
        });
        true
    }

    /// Lists this design's older versions, youngest first, for `then`.
    pub fn versions(self, then: impl FnOnce(Vec<Version>) + 'static) {
        let Some(id) = self.record.with_value(|record| record.id.clone()) else { return then(Vec::new()) };
        self.with_shelf(move |shelf| async move {
            then(shelf.versions(&id).await?);
            Ok(())
        });
    }

    /// Reads an older version for `then`; says why where it cannot be read.
    pub fn with_version(self, version: Version, then: impl FnOnce(Design) + 'static) {
        self.with_shelf(move |shelf: Shelf| async move {
            let text = match shelf.version(&version.key).await? {
                Held::Text(text) | Held::Odd(text) => text,
                Held::Nothing => String::new(),
            };
            match file::open(&text) {
                Ok(design) => then(design),
                Err(why) => self.ui.ask(Dialog::damaged(Message::plain(version.key), &why, Some(&text))),
            }
            Ok(())
        });
    }

    /// Goes back to an older version, as one step that can be undone; what is drawn now is put aside as one.
    pub fn restore(self, version: Version) {
        self.with_version(version, move |design| {
            self.put_aside(Why::Restore);
            if self.store.turn_into(design) {
                self.ui.toast(Tone::Plain, t("이전 저장본으로 되돌렸어요.", "Went back to an older version.").into());
            }
        });
    }
}
