//! Keeps the design in the browser: every change as soon as it is made, with older versions beside it.
//!
//! What is kept is the design as somebody left it, never the middle of a gesture. "Saved" is said of exactly what the database has confirmed: changes
//! are counted as they are made, as they are handed over and as they are confirmed, and only where the three agree is all saved. A change is handed
//! over in the very task that made it, as a step behind the design's text ([`shelf`]): what is handed over then outlives the page, and what
//! `pagehide` hands over often does not. Only when the database is far behind do changes wait and go together.
//!
//! One tab writes a design, the one that holds its lock; others read along and may take over ([`tabs`]). A record that could not be read is never
//! written at all.

mod opening;
mod shelf;
mod shelving;
mod tabs;
mod versions;
mod writing;

use groundplan::design::{Design, Diff};
use groundplan::file;
use groundplan::text::{Message, Text, t};
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::HtmlElement;
use web_sys::wasm_bindgen::{JsCast, JsValue};

use crate::app::browser::channel::Channel;
use crate::app::browser::locks::Lock;
use crate::app::browser::{
    Listener, Timer, cover, document, forget_fragment, is_embedded, keep, prefs, reason, window,
};
use crate::app::state::store::{Store, store};
use crate::app::state::ui::{Tone, Ui, ui};
pub use shelf::Kept;
use shelf::{Gone, Place, Shelf};
pub use versions::Version;
use versions::Why;

/// The remembered choice that says that something was drawn here before: it is read before the database can be.
const DRAWN: &str = "drawn";
/// What a tab remembers for as long as it lives: the id of its design, empty where it has begun a new one.
const OWN: &str = "design";

/// Whether a design is likely to be in the database for this tab.
pub fn is_expected() -> bool {
    prefs::read(DRAWN).is_some() && prefs::tab_read(OWN).is_none_or(|id| !id.is_empty())
}

/// How the design's record stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saved {
    /// There is nothing to save yet.
    Nothing,
    /// The database has confirmed all that is drawn.
    Yes,
    Saving,
    /// Another tab writes this design.
    Elsewhere,
    /// It came with a link and is only looked at.
    Linked,
    /// The browser's storage is full.
    Full,
    /// The browser allows no storage.
    Blocked,
    /// The browser's storage was deleted or closed while the page was open.
    Gone,
    /// A newer Groundplan has changed the form of the storage.
    Newer,
}

impl Saved {
    /// Whether the work would be lost with the tab.
    pub const fn is_bad(self) -> bool {
        matches!(self, Self::Full | Self::Blocked | Self::Gone | Self::Newer)
    }

    /// Stable name.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Yes => "saved",
            Self::Saving => "saving",
            Self::Elsewhere => "elsewhere",
            Self::Linked => "linked",
            Self::Full => "full",
            Self::Blocked => "blocked",
            Self::Gone => "gone",
            Self::Newer => "newer",
        }
    }
}

#[derive(Default)]
struct Record {
    shelf: Option<Shelf>,
    /// Whether the database is being opened anew.
    connecting: bool,
    /// The id of the design; made with its first change.
    id: Option<String>,
    lock: Option<Lock>,
    /// What is said between the tabs that show this design.
    channel: Option<Channel>,
    /// Whether another tab writes this design.
    reader: bool,
    /// Whether another tab waits for this one to have written everything.
    handing_over: bool,
    /// The design as somebody left it.
    settled: Design,
    /// What changed since the last write, a step for each time it was left.
    waiting: Vec<String>,
    /// The title that was written.
    titled: String,
    /// Whether something changed since it was left.
    touched: bool,
    /// The last change that was made, that was handed to the database, and that it confirmed.
    made: u64,
    sent: u64,
    confirmed: u64,
    /// Writes that the database has not answered.
    flying: u32,
    /// Where in the record the last write went.
    place: Place,
    /// Whether the next write is the whole text: there is none yet, or something behind it was not written.
    whole: bool,
    /// Bytes of the steps behind the text.
    behind: usize,
    /// Writes the whole text when nothing has changed for a while.
    gather: Option<Timer>,
    /// Tries again after a failure.
    retry: Option<Timer>,
    /// Reads what another tab wrote.
    refresh: Option<Timer>,
    /// When a version was last put aside.
    aside_at: f64,
    /// Counts documents, so that what ends after another was opened leaves that one alone.
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

/// Where a document that is shown comes from.
#[derive(Default)]
struct Origin {
    id: Option<String>,
    lock: Option<Lock>,
    reader: bool,
    place: Place,
    /// Whether the record does not hold this very document.
    whole: bool,
    /// Its text, where that is at hand.
    text: Option<String>,
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
            record: StoredValue::new_local(Record { whole: true, ..Record::default() }),
            store: store(),
            ui: ui(),
        }
    }

    /// Opens the database, reopens the last design, and follows every change from then on.
    pub fn start(self) {
        cover::text(&file::save(&Design::new()));
        self.store.watch(move |_, diff| self.touched(diff));
        self.store.on_rest(move |design| self.rested(design));
        // A tab that is hidden may never come back.
        keep(Listener::new(&document(), "visibilitychange", move |_| self.flush()));
        keep(Listener::new(&window(), "pagehide", move |_| {
            self.flush();
            self.leave_words();
        }));
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
            if self.connect().await {
                if let Err(error) = self.reopen().await {
                    self.failed(&error);
                }
                self.send_next();
            }
            self.reopening.try_set(false);
        });
    }

    /// Opens the database; whether that could be done.
    async fn connect(self) -> bool {
        match Shelf::open(move |gone| self.gone(gone)).await {
            Ok(shelf) => {
                self.record.try_update_value(|record| record.shelf = Some(shelf));
                true
            }
            Err(error) => {
                self.failed(&error);
                false
            }
        }
    }

    /// The database ended while it was open: what it held is written again as soon as there is one.
    fn gone(self, gone: Gone) {
        let lost = self.record.try_update_value(|record| {
            record.shelf = None;
            record.whole = true;
            let has_record = record.id.is_some() && !record.reader;
            record.made += u64::from(has_record);
            has_record
        });
        if lost == Some(true) {
            self.set_bad(Saved::Gone);
        }
        // Who upgrades it leaves it to others again; who deletes it may have meant it, so it is only made anew with the next change.
        if gone == Gone::Upgraded {
            self.reconnect();
        }
    }

    fn reconnect(self) {
        let busy = self.record.try_update_value(|record| std::mem::replace(&mut record.connecting, true));
        if busy != Some(false) {
            return;
        }
        spawn_local(async move {
            let connected = self.connect().await;
            self.record.try_update_value(|record| record.connecting = false);
            if connected {
                self.send_next();
            }
        });
    }

    /// Shows a document.
    fn show(self, design: Design, origin: Origin) {
        self.flush();
        let saved = match &origin {
            Origin { reader: true, .. } => Saved::Elsewhere,
            Origin { id: Some(_), .. } => Saved::Yes,
            Origin { id: None, .. } => Saved::Nothing,
        };
        let Origin { id, lock, reader, place, whole, text } = origin;
        cover::text(&text.unwrap_or_else(|| file::save(&design)));
        prefs::tab_write(OWN, id.as_deref().unwrap_or_default());
        let channel = id.as_deref().map(|id| self.join(id));
        self.record.update_value(|record| {
            let (shelf, turn) = (record.shelf.take(), record.turn + 1);
            let (settled, titled) = (design.clone(), design.title().to_owned());
            let whole = whole || id.is_none();
            let fresh =
                Record { shelf, id, lock, channel, reader, settled, titled, place, whole, turn, ..Record::default() };
            *record = Record { reading: true, ..fresh };
        });
        self.store.open(design);
        self.store.set_guard(reader.then(|| READ_ALONG.into()));
        self.record.update_value(|record| record.reading = false);
        if !self.saved.get_untracked().is_bad() || reader {
            self.say_state(saved);
        }
    }

    /// Shows a document that has no record yet; it gets one with the first change, or now if it holds anything.
    pub fn begin(self, design: Design) {
        if is_embedded() {
            return self.look_at(design);
        }
        let empty = design.is_empty();
        self.put_aside(Why::Import);
        self.show(design, Origin::default());
        if !empty {
            self.store_now();
        }
    }

    /// Shows a document to look at: nothing is stored, and nothing can be changed until a copy is made.
    pub fn look_at(self, design: Design) {
        self.put_aside(Why::Import);
        self.show(design, Origin::default());
        self.store.set_guard(Some(LOOK_ONLY.into()));
        self.say_state(Saved::Linked);
    }

    /// Makes what is looked at a design of one's own.
    pub fn make_copy(self) {
        if self.saved.get_untracked() == Saved::Linked {
            forget_fragment();
            self.store.set_guard(None);
            self.say_state(Saved::Nothing);
            self.store_now();
            self.ui.speak(t("사본을 만들었어요.", "Made a copy.").into());
        }
    }

    /// Writes the document that is shown though nothing changed since.
    fn store_now(self) {
        self.record.update_value(|record| record.made += 1);
        self.show_state();
        self.send_next();
    }

    /// Whether what is drawn would be lost if the page went away.
    pub fn would_lose(self) -> bool {
        self.saved.get_untracked().is_bad() && self.store.design(|design| !design.is_empty())
    }

    fn touched(self, diff: &Diff) {
        let ours = self.record.try_update_value(|record| {
            record.touched |= !record.reading;
            record.touched
        });
        if ours == Some(true) {
            self.show_state();
            self.put_aside_before(diff);
        }
    }

    /// The document is as somebody left it.
    fn rested(self, design: &Design) {
        let changed = self.record.try_update_value(|record| {
            let changed = std::mem::take(&mut record.touched);
            if changed {
                record.leave(design);
            }
            changed
        });
        if changed == Some(true) {
            self.send_next();
        }
    }

    /// Says what is known: bad news stays until a write succeeds.
    fn show_state(self) {
        if self.saved.try_get_untracked().is_none_or(Saved::is_bad) {
            return;
        }
        let now = self.record.with_value(|record| match record {
            record if record.reader => Saved::Elsewhere,
            record if !record.is_all_kept() => Saved::Saving,
            record if record.id.is_none() => Saved::Nothing,
            _ => Saved::Yes,
        });
        if self.saved.get_untracked() != now {
            self.say_state(now);
        }
    }

    fn say_state(self, state: Saved) {
        cover::state(state.id());
        self.saved.try_set(state);
    }

    fn failed(self, error: &JsValue) {
        let reason = reason(error);
        let state = match reason.as_str() {
            shelf::NEWER => Saved::Newer,
            // What a database says that is closed already.
            "InvalidStateError" => Saved::Gone,
            full if full.contains("Quota") => Saved::Full,
            _ => Saved::Blocked,
        };
        if state == Saved::Gone {
            self.record.try_update_value(|record| (record.shelf, record.whole) = (None, true));
        }
        self.set_bad(state);
    }

    fn set_bad(self, state: Saved) {
        if self.saved.try_get_untracked().is_some_and(|saved| saved != state) {
            self.say_state(state);
            self.ui.toast(Tone::Bad, not_saved(state));
        }
    }

    fn with_shelf<F: Future<Output = Result<(), JsValue>> + 'static>(self, work: impl FnOnce(Shelf) -> F + 'static) {
        let Some(shelf) = self.record.with_value(|record| record.shelf.clone()) else {
            return self.ui.toast(Tone::Bad, not_saved(self.saved.get_untracked()));
        };
        spawn_local(async move {
            if let Err(error) = work(shelf).await {
                self.failed(&error);
            }
        });
    }
}

/// Why nothing can be changed where another tab writes.
const READ_ALONG: Text = t(
    "다른 탭에서 편집 중이에요. 아래의 ‘여기서 편집’을 누르면 이 탭에서 고칠 수 있어요.",
    "Another tab is editing this design. Press \u{201c}Edit here\u{201d} below to change it in this tab.",
);

/// Why nothing can be changed of a design that came with a link.
const LOOK_ONLY: Text = t(
    "링크로 받은 설계라서 보기만 할 수 있어요. 아래의 ‘사본 만들기’를 누르면 고칠 수 있어요.",
    "This design came with a link and can only be looked at. Press \u{201c}Make a copy\u{201d} below to change it.",
);

/// A design's title as it is shown, which may be empty.
pub fn titled(title: String) -> Message {
    if title.is_empty() { t("제목 없는 설계", "Untitled design").into() } else { Message::plain(title) }
}

fn not_saved(state: Saved) -> Message {
    match state {
        Saved::Full => t(
            "저장 공간이 가득 차서 저장하지 못했어요. 설계는 열려 있으니 파일로 저장해 두세요.",
            "Storage is full, so the design was not saved. It is still open: save it to a file.",
        ),
        Saved::Gone => t(
            "브라우저의 저장 공간이 지워졌거나 닫혔어요. 설계는 열려 있고 다음에 고칠 때 다시 저장해요. 파일로도 저장해 두세요.",
            "The browser's storage was deleted or closed. The design is still open and is saved again with the next change. Save it to a file as well.",
        ),
        Saved::Newer => t(
            "더 새로운 Groundplan이 저장 공간을 쓰고 있어서 여기서는 저장하지 못해요. 파일로 저장한 다음 페이지를 새로 고치세요.",
            "A newer Groundplan uses the browser's storage, so the design is not saved here. Save it to a file, then reload the page.",
        ),
        Saved::Nothing | Saved::Yes | Saved::Saving | Saved::Elsewhere | Saved::Linked | Saved::Blocked => t(
            "이 브라우저가 저장을 막아서 저장하지 못했어요. 설계는 열려 있으니 파일로 저장해 두세요.",
            "The browser blocks storage, so the design was not saved. It is still open: save it to a file.",
        ),
    }
    .into()
}
