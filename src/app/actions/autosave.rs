//! Keeps the design in the browser: every change as soon as it is made, with the last few versions beside it.
//!
//! What is kept is the design as somebody left it, never the middle of a gesture. "Saved" is said of exactly what the database has confirmed: changes
//! are counted as they are made, as they are handed over and as they are confirmed, and only where the three agree is all saved. A change is handed
//! over in the very task that made it: what is handed over then outlives the page in Chromium, and what `pagehide` hands over often does not. Only
//! when the database is far behind do changes wait and go together.
//!
//! A record is written only by the tab that holds its lock, and a record that could not be read is never written at all.

use groundplan::design::Design;
use groundplan::file;
use groundplan::text::{Message, t};
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::HtmlElement;
use web_sys::wasm_bindgen::{JsCast, JsValue};

use crate::app::browser::idb::{Database, Write};
use crate::app::browser::locks::{self, Lock};
use crate::app::browser::{Listener, document, keep, prefs, reason, window};
use crate::app::state::store::{Store, store};
use crate::app::state::ui::{Dialog, Tone, Ui, ui};

/// Writes that may be under way at once.
const MOST_FLYING: u32 = 8;
/// Milliseconds between two versions that are kept.
const VERSION_EVERY: f64 = 120_000.0;
/// Versions kept of a design.
const VERSIONS: usize = 5;

const DATABASE: &str = "groundplan";
/// The text of each design by its id.
const DESIGNS: &str = "designs";
/// Older texts by the design's id, a slash and the time.
const OLDER: &str = "versions";
/// `last` is the id of the design to reopen; `title/ID` is a design's title.
const NOTES: &str = "notes";

/// The remembered choice that says that something was drawn here before: it is read before the database can be.
const DRAWN: &str = "drawn";

/// Whether a design is likely to be in the database.
pub fn is_expected() -> bool {
    prefs::read(DRAWN).is_some()
}

/// How the design's record stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saved {
    /// There is nothing to save yet.
    Nothing,
    Yes,
    Saving,
    /// The browser's storage is full.
    Full,
    /// The browser allows no storage.
    Blocked,
}

impl Saved {
    /// Whether the work would be lost with the tab.
    pub const fn is_bad(self) -> bool {
        matches!(self, Self::Full | Self::Blocked)
    }

    /// Stable name.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Yes => "saved",
            Self::Saving => "saving",
            Self::Full => "full",
            Self::Blocked => "blocked",
        }
    }
}

/// A design in the browser's storage.
pub struct Kept {
    /// Its id, or the key of a version.
    pub key: String,
    /// Its title, may be empty.
    pub title: String,
}

#[derive(Default)]
struct Record {
    database: Option<Database>,
    /// The id of the design; made with its first change.
    id: Option<String>,
    lock: Option<Lock>,
    /// The design as somebody left it: what is written.
    settled: Design,
    /// Whether something changed since.
    touched: bool,
    /// The last change that was made, that was handed to the database, and that it confirmed.
    made: u64,
    sent: u64,
    confirmed: u64,
    /// Writes that the database has not answered.
    flying: u32,
    /// What the record holds, and when a version was last put aside.
    text: Option<String>,
    aside_at: f64,
    /// Counts documents, so that a save which ends after another was opened leaves that one alone.
    turn: u64,
    /// Whether the document is being read from storage, which is no change.
    reading: bool,
}

impl Record {
    /// Whether the database has confirmed all that is drawn.
    const fn is_all_kept(&self) -> bool {
        !self.touched && self.confirmed == self.made
    }
}

/// The design's record; `Copy`, from context.
#[derive(Clone, Copy)]
pub struct Autosave {
    pub saved: RwSignal<Saved>,
    /// Whether a design from before is still to be shown.
    pub reopening: RwSignal<bool>,
    record: StoredValue<Record, LocalStorage>,
    pub store: Store,
    ui: Ui,
}

/// The design's record.
pub fn autosave() -> Autosave {
    expect_context()
}

impl Autosave {
    /// Call it once, at the page's root, with [`Store`] and [`Ui`] in context.
    pub fn new() -> Self {
        Self {
            saved: RwSignal::new(Saved::Nothing),
            reopening: RwSignal::new(is_expected()),
            record: StoredValue::new_local(Record::default()),
            store: store(),
            ui: ui(),
        }
    }

    /// Opens the database, reopens the last design, and follows every change from then on.
    pub fn start(self) {
        self.store.watch(move |_, _| self.touched());
        self.store.on_rest(move |design| self.rested(design));
        // A tab that is hidden may never come back.
        keep(Listener::new(&document(), "visibilitychange", move |_| self.flush()));
        keep(Listener::new(&window(), "pagehide", move |_| self.flush()));
        keep(Listener::new(&window(), "beforeunload", move |event| {
            // What is being typed becomes an edit when its field is left.
            let typing = document().active_element().and_then(|focused| focused.dyn_into::<HtmlElement>().ok());
            // Leaving an element that has the focus does not fail.
            drop(typing.map(|field| field.blur()));
            self.flush();
            if self.would_lose() {
                event.prevent_default();
            }
        }));
        spawn_local(async move {
            match Database::open(DATABASE, 1, &[DESIGNS, OLDER, NOTES]).await {
                Ok(database) => {
                    self.record.try_update_value(|record| record.database = Some(database.clone()));
                    if let Err(error) = self.reopen(&database).await {
                        self.failed(&error);
                    }
                    self.send_next();
                }
                Err(error) => self.failed(&error),
            }
            self.reopening.try_set(false);
        });
    }

    async fn reopen(self, database: &Database) -> Result<(), JsValue> {
        let Some(id) = database.get(NOTES, "last").await? else { return Ok(()) };
        // Someone who began to draw meanwhile is not interrupted; the last design is still in the list.
        if self.store.design(|design| !design.is_empty()) {
            return Ok(());
        }
        self.read(database, id).await
    }

    /// Opens the design of another record.
    pub fn open_record(self, id: String) {
        self.with_database(move |database| async move { self.read(&database, id).await });
    }

    async fn read(self, database: &Database, id: String) -> Result<(), JsValue> {
        let Some(text) = database.get(DESIGNS, &id).await? else { return Ok(()) };
        let lock = locks::take(&format!("groundplan/{id}")).await;
        match file::open(&text) {
            Ok(design) => {
                let mine = lock.is_some();
                self.show(design, mine.then_some(id), lock, Some(text));
                if !mine {
                    let why = t(
                        "이 설계는 다른 탭에서 열려 있어서 사본으로 열었어요. 고치면 새 설계로 저장돼요.",
                        "This design is open in another tab, so this is a copy: changes are saved as a new design.",
                    );
                    self.ui.toast(Tone::Plain, why.into());
                }
            }
            Err(why) => {
                let title = database.get(NOTES, &format!("title/{id}")).await?.unwrap_or_default();
                self.ui.ask(Dialog::damaged(titled(title), &why, Some(&text)));
            }
        }
        Ok(())
    }

    /// Shows a document that stands in a record already, or in none.
    fn show(self, design: Design, id: Option<String>, lock: Option<Lock>, text: Option<String>) {
        self.flush();
        let saved = if id.is_some() { Saved::Yes } else { Saved::Nothing };
        self.record.update_value(|record| {
            let (database, turn) = (record.database.take(), record.turn + 1);
            let settled = design.clone();
            *record = Record { id, lock, settled, text, reading: true, database, turn, ..Record::default() };
        });
        self.store.open(design);
        self.record.update_value(|record| record.reading = false);
        if !self.saved.get_untracked().is_bad() {
            self.saved.set(saved);
        }
    }

    /// Shows a document that has no record yet; it gets one with the first change, or now if it holds anything.
    pub fn begin(self, design: Design) {
        let empty = design.is_empty();
        self.show(design, None, None, None);
        if !empty {
            self.touched();
            self.store.design(|design| self.rested(design));
        }
    }

    /// Whether what is drawn would be lost if the page went away.
    pub fn would_lose(self) -> bool {
        self.saved.get_untracked().is_bad() && self.store.design(|design| !design.is_empty())
    }

    fn touched(self) {
        let ours = self.record.try_update_value(|record| {
            record.touched |= !record.reading;
            record.touched
        });
        if ours == Some(true) && !self.saved.get_untracked().is_bad() && self.saved.get_untracked() != Saved::Saving {
            self.saved.set(Saved::Saving);
        }
    }

    /// The document is as somebody left it.
    fn rested(self, design: &Design) {
        let changed = self.record.try_update_value(|record| {
            let changed = std::mem::take(&mut record.touched);
            if changed {
                record.settled = design.clone();
                record.made += 1;
            }
            changed
        });
        if changed == Some(true) {
            self.send_next();
        }
    }

    /// Hands over what changed, unless the database is far behind: the next answer takes it along.
    fn send_next(self) {
        if self.record.with_value(|record| record.flying < MOST_FLYING) {
            self.flush();
        }
    }

    /// Hands over what changed without waiting any longer: another document is about to be shown, or the page may go.
    fn flush(self) {
        let Some(database) = self.record.with_value(|record| record.database.clone()) else { return };
        if self.record.with_value(|record| record.sent == record.made) {
            return;
        }
        let id = self.claim();
        let (turn, made, text, title) = self.record.with_value(|record| {
            (record.turn, record.made, file::save(&record.settled), record.settled.title().to_owned())
        });
        self.record.update_value(|record| {
            record.sent = made;
            record.flying += 1;
        });
        let name = format!("title/{id}");
        let written = database.write(&[
            Write::Put { store: DESIGNS, key: &id, text: &text },
            Write::Put { store: NOTES, key: &name, text: &title },
            Write::Put { store: NOTES, key: "last", text: &id },
        ]);
        spawn_local(async move {
            let result = match written {
                Ok(done) => done.await,
                Err(error) => Err(error),
            };
            let current = self.record.try_update_value(|record| {
                let current = record.turn == turn;
                record.flying -= u32::from(current);
                if current && result.is_ok() {
                    record.confirmed = record.confirmed.max(made);
                } else if current {
                    record.sent = record.confirmed;
                }
                current.then(|| record.is_all_kept())
            });
            if let Err(error) = result {
                return self.failed(&error);
            }
            prefs::write(DRAWN, "yes");
            let Some(all) = current.flatten() else { return };
            self.saved.try_set(if all { Saved::Yes } else { Saved::Saving });
            self.send_next();
            if let Err(error) = self.put_aside(&database, &id, text).await {
                self.failed(&error);
            }
        });
    }

    /// The record's id; a fresh one that no other tab can hold where there is none yet.
    fn claim(self) -> String {
        if let Some(id) = self.record.with_value(|record| record.id.clone()) {
            return id;
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "any bits do for a name")]
        let id = format!("{:x}-{:x}", js_sys::Date::now() as u64, (js_sys::Math::random() * 4e9) as u64);
        let turn = self.record.with_value(|record| record.turn);
        self.record.update_value(|record| record.id = Some(id.clone()));
        let name = format!("groundplan/{id}");
        spawn_local(async move {
            let lock = locks::take(&name).await;
            self.record.try_update_value(|record| {
                if record.turn == turn {
                    record.lock = lock;
                }
            });
        });
        id
    }

    /// Keeps what the record held before, now and then.
    async fn put_aside(self, database: &Database, id: &str, text: String) -> Result<(), JsValue> {
        let now = js_sys::Date::now();
        let before = self.record.try_update_value(|record| {
            let before = record.text.replace(text);
            let due = now - record.aside_at > VERSION_EVERY;
            before.filter(|_| due).inspect(|_| record.aside_at = now)
        });
        let Some(before) = before.flatten() else { return Ok(()) };
        let fresh = format!("{id}/{now:014}");
        let keys = database.keys(OLDER, &format!("{id}/")).await?;
        let old = keys.iter().rev().skip(VERSIONS - 1).map(|key| Write::Delete { store: OLDER, key });
        let writes: Vec<Write<'_>> = old.chain([Write::Put { store: OLDER, key: &fresh, text: &before }]).collect();
        database.write(&writes)?.await
    }

    fn failed(self, error: &JsValue) {
        let full = reason(error).contains("Quota");
        let state = if full { Saved::Full } else { Saved::Blocked };
        if self.saved.try_get_untracked().is_some_and(|saved| saved != state) {
            self.saved.set(state);
            self.ui.toast(Tone::Bad, not_saved(full));
        }
    }

    /// Lists the designs that are kept, for `then`.
    pub fn designs(self, then: impl FnOnce(Vec<Kept>) + 'static) {
        self.with_database(|database| async move {
            let mut designs = Vec::new();
            for key in database.keys(DESIGNS, "").await? {
                let title = database.get(NOTES, &format!("title/{key}")).await?.unwrap_or_default();
                designs.push(Kept { key, title });
            }
            designs.reverse();
            then(designs);
            Ok(())
        });
    }

    /// Lists the keys of this design's older versions, latest first, for `then`.
    pub fn versions(self, then: impl FnOnce(Vec<String>) + 'static) {
        let Some(id) = self.record.with_value(|record| record.id.clone()) else { return then(Vec::new()) };
        self.with_database(move |database| async move {
            let mut keys = database.keys(OLDER, &format!("{id}/")).await?;
            keys.reverse();
            then(keys);
            Ok(())
        });
    }

    /// Goes back to an older version; what is drawn now is put aside as one.
    pub fn restore(self, key: String) {
        self.with_database(move |database| async move {
            let Some(text) = database.get(OLDER, &key).await? else { return Ok(()) };
            match file::open(&text) {
                Ok(design) => {
                    self.record.update_value(|record| record.aside_at = 0.0);
                    self.store.open(design);
                }
                Err(why) => self.ui.ask(Dialog::damaged(Message::plain(key), &why, Some(&text))),
            }
            Ok(())
        });
    }

    fn with_database<F: Future<Output = Result<(), JsValue>> + 'static>(
        self,
        work: impl FnOnce(Database) -> F + 'static,
    ) {
        let Some(database) = self.record.with_value(|record| record.database.clone()) else {
            return self.ui.toast(Tone::Bad, not_saved(false));
        };
        spawn_local(async move {
            if let Err(error) = work(database).await {
                self.failed(&error);
            }
        });
    }
}

/// A design's title as it is shown, which may be empty.
pub fn titled(title: String) -> Message {
    if title.is_empty() { t("제목 없는 설계", "Untitled design").into() } else { Message::plain(title) }
}

fn not_saved(full: bool) -> Message {
    if full {
        t(
            "저장 공간이 가득 차서 저장하지 못했어요. 설계는 열려 있으니 파일로 저장해 두세요.",
            "Storage is full, so the design was not saved. It is still open: save it to a file.",
        )
    } else {
        t(
            "이 브라우저가 저장을 막아서 저장하지 못했어요. 설계는 열려 있으니 파일로 저장해 두세요.",
            "The browser blocks storage, so the design was not saved. It is still open: save it to a file.",
        )
    }
    .into()
}
