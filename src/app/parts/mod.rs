//! What the page loads after its first picture.
//!
//! The program comes in parts. The first file draws the page and its palette. The desk, which all other parts work on, comes with the first
//! touch; they arrive when something of theirs is needed, or in the first quiet moment after it. Each part is a table of functions ([`tables`]),
//! which the page's root fills in, and what only a table reaches is in the part's file: `cargo xtask build` cuts the program there. Without that
//! cut all is in one file and every part is at hand at once. Nothing here knows what is in a table nor who calls it.

mod replay;
mod tables;

use std::pin::Pin;
use std::sync::{LazyLock, OnceLock};

use groundplan::text::{Text, t};
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use crate::app::browser::{self, Listener, Timer, keep};
use crate::app::state::ui::{Tone, ui};

pub use replay::replay;
pub use tables::{Checks, Desk, Forms, Labs, Studies, Wanted};

/// The canvas, the document, and all that one does to them.
pub static DESK: Part<Desk> = Part::new(false);
/// The rules and what else follows from a design, and the samples, whose designs need them.
pub static CHECKS: Part<Checks> = Part::new(true);
/// Forms, outline and dialogs.
pub static FORMS: Part<Forms> = Part::new(true);
/// The tracer and the template.
pub static STUDIES: Part<Studies> = Part::new(true);

/// Labs: the course, the lab that is being done, and grading.
pub static LABS: Part<Labs> = Part::new(true);

/// Milliseconds of quiet after the first touch before everything else is fetched.
const QUIET: u32 = 600;

/// What is said where a part cannot be loaded.
pub const FAILED: Text = t(
    "이 부분을 불러오지 못했어요. 네트워크 연결을 확인하고 다시 시도하거나 페이지를 새로 고쳐 주세요. 그린 것은 그대로 있어요.",
    "This part could not be loaded. Check the network and try again, or reload the page. What you drew is still there.",
);

/// How far a part is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stage {
    /// Nobody needed it yet.
    #[default]
    Absent,
    /// It is on its way.
    Coming,
    Here,
    /// It could not be loaded; asking again tries again.
    Failed,
    /// It is not there any more, because the site has a newer page.
    Outdated,
}

/// What is said where a part cannot be loaded because the site has a newer page.
pub const OUTDATED: Text = t(
    "Groundplan의 새 버전이 나와서 이 부분을 더는 불러올 수 없어요. 페이지를 새로 고치면 새 버전으로 열려요. 그린 것은 그대로 있어요.",
    "There is a new version of Groundplan, and this part of the old one is gone. Reload the page to open the new one. What you drew is still there.",
);

/// A table, when its part has been loaded; nothing if it cannot be.
pub type Loading<T> = Pin<Box<dyn Future<Output = Option<&'static T>>>>;

/// Where a part comes from.
struct Source<T: 'static> {
    load: fn() -> Loading<T>,
    /// Called once, as the page's root, when the part has arrived.
    begin: fn(&'static T),
}

/// A part of the program; its table lies behind it once it is here.
pub struct Part<T: 'static> {
    source: OnceLock<Source<T>>,
    /// Whether it works on what the desk has begun.
    on_desk: bool,
    table: OnceLock<&'static T>,
    stage: LazyLock<ArcRwSignal<Stage>>,
}

/// The owner of what lives as long as the page.
static ROOT: OnceLock<Owner> = OnceLock::new();

impl<T: Sync + 'static> Part<T> {
    const fn new(on_desk: bool) -> Self {
        Self { source: OnceLock::new(), on_desk, table: OnceLock::new(), stage: LazyLock::new(ArcRwSignal::default) }
    }

    /// Says how it is loaded, and how it begins once it is here. Call it once, before anything else of the page.
    pub fn comes_from(&'static self, load: fn() -> Loading<T>, begin: fn(&'static T)) {
        self.source.get_or_init(|| Source { load, begin });
    }

    /// What the part can do, if it is here; tracks.
    pub fn get(&'static self) -> Option<&'static T> {
        self.stage.track();
        self.table.get().copied()
    }

    /// What the part can do, if it is here; does not track.
    pub fn now(&'static self) -> Option<&'static T> {
        self.table.get().copied()
    }

    /// How far it is; tracks.
    pub fn stage(&'static self) -> Stage {
        self.stage.get()
    }

    /// Begins to load it, unless it is here or on its way.
    pub fn fetch(&'static self) {
        if matches!(self.stage.get_untracked(), Stage::Absent | Stage::Failed | Stage::Outdated) {
            spawn_local(async move {
                self.wait().await;
            });
        }
    }

    /// Begins to load it if nobody has asked for it yet. What failed waits for a reader who asks again, or for the network.
    fn fetch_first(&'static self) {
        if self.stage.get_untracked() == Stage::Absent {
            self.fetch();
        }
    }

    /// Whether the last try to load it failed; does not track.
    fn has_failed(&'static self) -> bool {
        matches!(self.stage.get_untracked(), Stage::Failed | Stage::Outdated)
    }

    fn try_again(&'static self) {
        if self.has_failed() {
            self.fetch();
        }
    }

    /// Waits for it; nothing if it cannot be loaded.
    async fn wait(&'static self) -> Option<&'static T> {
        if let Some(table) = self.now() {
            return Some(table);
        }
        self.stage.set(Stage::Coming);
        browser::painted().await;
        let source = self.source.get()?;
        let loaded = (source.load)().await;
        let ready = !self.on_desk || desk_is_here().await;
        if let Some(table) = loaded.filter(|_| ready)
            && self.table.set(table).is_ok()
        {
            ROOT.get().map_or_else(|| (source.begin)(table), |root| root.with(|| (source.begin)(table)));
        }
        let stage = match self.now() {
            Some(_) => Stage::Here,
            None if browser::release::is_outdated().await => Stage::Outdated,
            None => Stage::Failed,
        };
        self.stage.set(stage);
        self.now()
    }

    /// Does it with the part alone, on a page that has nothing else.
    #[cfg(feature = "bench")]
    pub fn alone(&'static self, then: impl FnOnce(&'static T) + 'static) {
        spawn_local(async move {
            if let Some(source) = self.source.get()
                && let Some(table) = (source.load)().await
            {
                then(table);
            }
        });
    }

    /// Does it with the part: at once if it is here, else as soon as it is. Says so if it cannot be loaded. It is done for the component that
    /// asked; for the page where a listener of the browser's did, which runs for none.
    pub fn with(&'static self, then: impl FnOnce(&'static T) + 'static) {
        let owner = Owner::current().or_else(|| ROOT.get().cloned()).unwrap_or_default();
        if let Some(table) = self.now() {
            return owner.with(|| then(table));
        }
        spawn_local(async move {
            let table = self.wait().await;
            owner.with(|| match table {
                Some(table) => then(table),
                None => {
                    let outdated = self.stage.get_untracked() == Stage::Outdated;
                    ui().toast(Tone::Bad, if outdated { OUTDATED } else { FAILED }.into());
                }
            });
        });
    }
}

/// Whether the desk could be loaded.
fn desk_is_here() -> Pin<Box<dyn Future<Output = bool>>> {
    Box::pin(async { DESK.wait().await.is_some() })
}

/// Fetches what is not here yet once the page was touched and is quiet again, and whatever failed when the network is back.
/// Call it once, at the page's root.
pub fn listen() {
    ROOT.get_or_init(|| Owner::current().unwrap_or_default());
    replay::listen();
    let waiting = StoredValue::new_local(None::<Timer>);
    for touched in ["pointerdown", "keydown"] {
        keep(Listener::new(&browser::window(), touched, move |_| {
            let all = [CHECKS.stage.get_untracked(), FORMS.stage.get_untracked(), STUDIES.stage.get_untracked()];
            if all.contains(&Stage::Absent) {
                waiting.set_value(Some(Timer::after(QUIET, fetch_all)));
            }
        }));
    }
    keep(Listener::new(&browser::window(), "online", move |_| {
        DESK.try_again();
        CHECKS.try_again();
        FORMS.try_again();
        STUDIES.try_again();
        LABS.try_again();
    }));
}

fn fetch_all() {
    CHECKS.fetch_first();
    FORMS.fetch_first();
    STUDIES.fetch_first();
}
