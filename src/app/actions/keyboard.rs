//! The keyboard, which calls commands.

use groundplan::command::{self, Command, Focus, Press};
use leptos::prelude::*;
use web_sys::KeyboardEvent;

use super::commands::run;
use crate::app::browser::{Listener, document, is_typing, is_within, keep};
use crate::app::parts::DESK;
use crate::app::state::ui::ui;

/// Listens to the keyboard, once for the whole page.
pub fn listen() {
    // Handlers run outside every owner, so what they need is looked up here.
    let owner = Owner::current();
    let listener = Listener::of(&document(), "keydown", move |event: KeyboardEvent| {
        if let Some(owner) = &owner {
            owner.with(|| keydown(&event));
        }
    });
    keep(listener);
}

fn keydown(event: &KeyboardEvent) {
    if event.default_prevented() || ui().dialog.with_untracked(Option::is_some) {
        return;
    }
    let (key, code) = (event.key(), event.code());
    let press = Press {
        key: &key,
        code: &code,
        ctrl: event.ctrl_key(),
        meta: event.meta_key(),
        shift: event.shift_key(),
        alt: event.alt_key(),
        composing: event.is_composing(),
    };
    let Some(command) = command::find(&press, focus(event)) else { return };
    // The browser asks for cut, copy and paste with events of their own, which carry the clipboard; and the canvas answers the keys that
    // belong to its gestures, so that a held arrow is one step.
    let carried = matches!(command, Command::Cut | Command::Copy | Command::Paste);
    // A canvas that is still on its way answers nothing: there they wait as all other commands do.
    let answered = command.is_gesture() && is_within(event, "#canvas") && DESK.now().is_some();
    if carried || answered {
        return;
    }
    event.prevent_default();
    run(command);
}

/// What has the keyboard.
fn focus(event: &KeyboardEvent) -> Focus {
    if is_typing(event) {
        Focus::Typing
    } else if is_within(event, "#stage, .tree") || !is_within(event, "body *") {
        Focus::Canvas
    } else {
        Focus::Page
    }
}
