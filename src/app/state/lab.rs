//! What the page shows of a lab that is being done. The part that runs labs writes it; palette, problems and tabs read it.

use std::collections::BTreeSet;
use std::sync::Arc;

use groundplan::catalog::Kind;
use leptos::prelude::*;

/// Signs of a lab; `Copy`, from context.
#[derive(Clone, Copy)]
pub struct LabSigns {
    /// Whether one is being done.
    pub running: RwSignal<bool>,
    /// Whether something was broken and is looked for.
    pub broken: RwSignal<bool>,
    /// The kinds that its palette offers; nothing means every one.
    pub palette: RwSignal<Option<Arc<BTreeSet<Kind>>>>,
    /// What of the labs is to be shown.
    pub asked: RwSignal<Asked>,
}

/// What of the labs can be shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Asked {
    /// All of them.
    #[default]
    All,
    /// One of them: its id, or the address of its file.
    One(String),
    /// The task of one of them, for the wall of a classroom.
    Wall(String),
    /// How a class did.
    Marking,
    /// Writing one.
    Author,
    /// Breaking the design on the canvas.
    Break,
}

impl LabSigns {
    /// No lab. Call it once, at the page's root.
    pub fn new() -> Self {
        Self {
            running: RwSignal::new(false),
            broken: RwSignal::new(false),
            palette: RwSignal::default(),
            asked: RwSignal::default(),
        }
    }

    /// Whether the palette offers a kind; tracks.
    pub fn offers(self, kind: Kind) -> bool {
        self.palette.with(|kinds| kinds.as_ref().is_none_or(|kinds| kinds.contains(&kind)))
    }
}

/// What the page shows of a lab.
pub fn lab_signs() -> LabSigns {
    expect_context()
}
