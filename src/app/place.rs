//! Bringing a new resource from the palette onto the canvas: dragged, picked up and put down with two clicks, or from the keyboard.

use groundplan::catalog::Kind;
use groundplan::message;
use leptos::prelude::*;

use super::actions;

/// What is being brought; `Copy`, from context.
#[derive(Clone, Copy)]
pub struct Placing {
    kind: RwSignal<Option<Kind>>,
}

impl Placing {
    /// Nothing yet. Call it once, at the page's root.
    pub fn new() -> Self {
        Self { kind: RwSignal::new(None) }
    }

    /// What is picked up; tracks.
    pub fn picked(self) -> Option<Kind> {
        self.kind.get()
    }

    /// A press on a palette item picks it up.
    pub fn press(self, kind: Kind, _event: &web_sys::PointerEvent) {
        self.kind.set(Some(kind));
    }

    /// From the keyboard: asks for the frame.
    pub fn choose_target(self, kind: Kind) {
        actions::ask_place(kind, move |_frame| {
            let _ = message!("", "");
        });
    }
}

/// What is being brought.
pub fn placing() -> Placing {
    expect_context()
}
