//! "Break it for me": faults in whatever is on the canvas, to be found and mended.

use std::sync::Arc;

use groundplan::derived::Derived;
use groundplan::design::{Assertion, Design};
use groundplan::file;
use groundplan::labs::faults::{self, Asked, Broken, derived};
use groundplan::reach::judge;
use groundplan::text::{Message, t};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};

use super::kept;
use super::run::{Lessons, Page, lessons};
use crate::app::browser::{painted, prefs};
use crate::app::state::ui::{Panel, Side, Tone};

/// Frames that are waited for a drawing of before.
const WAITS: usize = 120;
/// Where this tab remembers what it broke.
const BROKEN: &str = "broken";

/// What was broken; `Copy`, from context.
#[derive(Clone, Copy)]
pub struct Breaking {
    lessons: Lessons,
    /// The faults, with what the design did before.
    pub now: RwSignal<Option<Arc<Fault>>>,
    /// How many of those claims that held before hold now: so many of so many.
    pub holding: RwSignal<Option<(usize, usize)>>,
    /// Whether what was broken is told.
    pub revealed: RwSignal<bool>,
    /// Whether faults are being looked for.
    pub busy: RwSignal<bool>,
    /// Why nothing could be broken.
    pub refused: RwSignal<Option<Message>>,
}

/// A design that was broken.
#[derive(Debug)]
pub struct Fault {
    /// What the design did before it was broken.
    pub claims: Vec<Assertion>,
    /// What was done to it.
    pub broken: Broken,
}

/// What the tab remembers: the same gives the same faults.
#[derive(Serialize, Deserialize)]
struct Kept {
    seed: String,
    level: Option<u8>,
    count: usize,
    design: String,
}

impl Kept {
    fn fault(&self, design: &Design) -> Result<Fault, Message> {
        let claims = derived(design);
        let asked = Asked { seed: &self.seed, level: self.level, count: self.count };
        let broken = faults::of_design(design, &claims, asked)?;
        Ok(Fault { claims, broken })
    }
}

/// Goes on with what this tab broke, and follows the document. Call it once, as the page's root.
pub fn begin() {
    let breaking = Breaking::new(lessons());
    provide_context(breaking);
    let Page { store, signs, .. } = breaking.lessons.page;
    Effect::new(move |before: Option<u64>| {
        let opened = store.opened.get();
        if before.is_some_and(|before| before != opened) && signs.broken.get_untracked() {
            untrack(|| breaking.leave_fault());
        }
        opened
    });
    if is_kept() && kept::now().is_none() {
        breaking.go_on();
    }
}

/// What was broken and is looked for.
pub fn breaking() -> Breaking {
    expect_context()
}

/// Whether this tab has something broken to go on with.
pub(super) fn is_kept() -> bool {
    prefs::tab_read(BROKEN).is_some_and(|kept| !kept.is_empty())
}

impl Breaking {
    fn new(lessons: Lessons) -> Self {
        Self {
            lessons,
            now: RwSignal::default(),
            holding: RwSignal::default(),
            revealed: RwSignal::default(),
            busy: RwSignal::default(),
            refused: RwSignal::default(),
        }
    }
}

impl Breaking {
    /// Breaks what is on the canvas: `count` faults, no harder to find than `level`.
    pub fn break_it(self, level: u8, count: usize) {
        let breaking = self;
        breaking.busy.set(true);
        breaking.refused.set(None);
        // Who practises alone wants another fault each time.
        let seed = format!("{:.0}", js_sys::Math::random() * 1e15);
        spawn_local(async move {
            painted().await;
            let design = self.lessons.page.store.design(Clone::clone);
            let kept = Kept { seed, level: Some(level), count, design: file::save(&design) };
            let found = kept.fault(&design);
            breaking.busy.set(false);
            match found {
                Err(why) => breaking.refused.set(Some(why)),
                Ok(fault) => {
                    prefs::tab_write(BROKEN, &serde_json::to_string(&kept).unwrap_or_default());
                    self.lessons.page.store.turn_into(fault.broken.design.clone());
                    self.lessons.page.ui.close();
                    self.show_fault(fault);
                }
            }
        });
    }

    fn show_fault(self, fault: Fault) {
        let breaking = self;
        breaking.revealed.set(false);
        breaking.now.set(Some(Arc::new(fault)));
        self.lessons.veil(true);
        self.lessons.page.signs.broken.set(true);
        self.lessons.page.ui.show(Panel::Lab);
        self.check_mended();
    }

    /// After a reload: the same seed breaks the same design in the same way.
    fn go_on(self) {
        let Some(kept) = prefs::tab_read(BROKEN).and_then(|text| serde_json::from_str::<Kept>(&text).ok()) else {
            return;
        };
        // The drawing itself comes back by itself, and counts as another one until it is there.
        spawn_local(async move {
            for _ in 0..WAITS {
                if self.lessons.page.store.count.get_untracked() > 0 {
                    break;
                }
                painted().await;
            }
            let fault = file::open(&kept.design).ok().and_then(|design| kept.fault(&design).ok());
            match fault.filter(|_| self.lessons.page.store.count.get_untracked() > 0) {
                Some(fault) => self.show_fault(fault),
                None => prefs::tab_write(BROKEN, ""),
            }
        });
    }

    /// Looks whether the design does again what it did.
    pub fn check_mended(self) {
        let Some(fault) = self.now.get_untracked() else { return };
        // Of the design as it is drawn: what is taken away to see what happens is there again for this.
        let drawn = Derived::new(self.lessons.page.store.design(Clone::clone));
        let outcomes = judge(drawn.design(), drawn.network(), &std::collections::BTreeMap::new(), &fault.claims);
        let held = outcomes.iter().filter(|outcome| outcome.holds()).count();
        self.holding.set(Some((held, outcomes.len())));
        if held == outcomes.len() {
            self.revealed.set(true);
            self.lessons.veil(false);
        }
    }

    /// Tells what was broken.
    pub fn reveal_fault(self) {
        self.revealed.set(true);
        self.lessons.veil(false);
    }

    /// Undoes what was broken, as one step that can be undone, and keeps what was drawn since.
    pub fn mend_fault(self) {
        let Some(fault) = self.now.get_untracked() else { return };
        self.reveal_fault();
        if self.lessons.page.store.edit(&fault.broken.mend()).is_err() {
            self.lessons.page.ui.toast(
                Tone::Bad,
                t(
                    "그사이에 바뀐 것이 있어서 저절로 고칠 수 없어요. 아래에 적힌 것을 보고 고쳐 주세요.",
                    "Something was changed since, so it cannot be mended by itself. Mend it as it is told below.",
                )
                .into(),
            );
        }
        self.check_mended();
    }

    /// No longer looks for the fault; the drawing stays as it is.
    pub fn leave_fault(self) {
        prefs::tab_write(BROKEN, "");
        self.now.set(None);
        self.holding.set(None);
        self.lessons.page.signs.broken.set(false);
        self.lessons.veil(false);
        self.lessons.page.ui.shown(Side::Right).set(Panel::Inspector);
    }
}
