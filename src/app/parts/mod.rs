//! What the page loads after its first picture.
//!
//! The program comes in parts. The first file draws the page and its palette. The desk, which all other parts work on, comes with the first
//! touch; they arrive when something of theirs is needed, or in the first quiet moment after it. Each part gives a table of functions ([`tables`]), and what only a table reaches is
//! in the part's file: `cargo xtask build` cuts the program there. Without that cut all is in one file and every part is at hand at once.

mod replay;

use std::pin::Pin;
use std::sync::{LazyLock, OnceLock};

use groundplan::text::{Text, t};
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use crate::app::actions::autosave;
use crate::app::browser::{self, Listener, Timer, keep};
use crate::app::cut;
use crate::app::state::ui::{Tone, Ui};

pub use crate::app::tables::{Checks, Desk, Forms, Studies};
pub use replay::replay;

/// The canvas, the document, and all that one does to them.
pub static DESK: Part<Desk> = Part::new(cut::desk, false, |desk| (desk.begin)());
/// The rules, what they found, and the samples, whose designs need them.
pub static CHECKS: Part<Checks> = Part::new(cut::checks, true, |checks| (checks.begin)());
/// Forms, outline and dialogs.
pub static FORMS: Part<Forms> = Part::new(cut::forms, true, |_| {});
/// The tracer and the template.
pub static STUDIES: Part<Studies> = Part::new(cut::studies, true, |studies| (studies.begin)());

/// Milliseconds of quiet after the first touch before everything else is fetched.
const QUIET: i32 = 600;

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

/// A part of the program; its table lies behind it once it is here.
pub struct Part<T: 'static> {
    load: fn() -> cut::Loading<T>,
    /// Whether it works on what the desk has begun.
    on_desk: bool,
    /// Called once, as the page's root, when the part has arrived.
    begin: fn(&'static T),
    table: OnceLock<&'static T>,
    stage: LazyLock<ArcRwSignal<Stage>>,
}

/// The owner of what lives as long as the page.
static ROOT: OnceLock<Owner> = OnceLock::new();

impl<T: Sync + 'static> Part<T> {
    const fn new(load: fn() -> cut::Loading<T>, on_desk: bool, begin: fn(&'static T)) -> Self {
        Self { load, on_desk, begin, table: OnceLock::new(), stage: LazyLock::new(ArcRwSignal::default) }
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
        let loaded = (self.load)().await.ok();
        let ready = !self.on_desk || desk_is_here().await;
        if let Some(table) = loaded.filter(|_| ready)
            && self.table.set(table).is_ok()
        {
            ROOT.get().map_or_else(|| (self.begin)(table), |root| root.with(|| (self.begin)(table)));
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
    pub fn alone(&'static self, then: impl FnOnce(&'static T) + 'static) {
        spawn_local(async move {
            if let Ok(table) = (self.load)().await {
                then(table);
            }
        });
    }

    /// Does it with the part: at once if it is here, else as soon as it is. Says so if it cannot be loaded.
    pub fn with(&'static self, then: impl FnOnce(&'static T) + 'static) {
        if let Some(table) = self.now() {
            return then(table);
        }
        let (owner, ui) = (Owner::current(), use_context::<Ui>());
        spawn_local(async move {
            match (self.wait().await, owner) {
                (Some(table), Some(owner)) => owner.with(|| then(table)),
                (Some(table), None) => then(table),
                (None, _) => {
                    let outdated = self.stage.get_untracked() == Stage::Outdated;
                    let why = if outdated { OUTDATED } else { FAILED };
                    if let Some(ui) = ui {
                        ui.toast(Tone::Bad, why.into());
                    }
                }
            }
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
    // A design from before is drawn as soon as the page is.
    let waiting = StoredValue::new_local(None::<Timer>);
    if autosave::is_expected() {
        DESK.fetch();
        // What is wrong with it, what the internet reaches and what it costs is as much of it as its lines: nobody need touch the page for that.
        waiting.set_value(Some(Timer::after(QUIET, fetch_all)));
    }
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
    }));
}

fn fetch_all() {
    CHECKS.fetch();
    FORMS.fetch();
    STUDIES.fetch();
}
