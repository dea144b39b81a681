//! Commands as things to call: whether they are enabled, by which keys, and that they are to be carried out.

use groundplan::command::{Command, State};
use groundplan::text::Message;
use leptos::prelude::*;

use crate::app::browser::is_apple;
use crate::app::parts::DESK;
use crate::app::state::store::store;
use crate::app::state::ui::Pick;

/// What decides whether commands are enabled; tracks.
pub fn state() -> State {
    let store = store();
    let steps = store.steps.get();
    State {
        can_undo: steps.undo,
        can_redo: steps.redo,
        selected: store.selection.with(std::collections::BTreeSet::len),
        wire: store.wire.with(Option::is_some),
        nodes: store.count.get(),
        // Only the browser knows, and asking it would ask the person.
        clipboard: true,
        notes: store.notes.with(|notes| !notes.is_empty()),
        read_only: store.guarded.get(),
    }
}

/// Does what the command says, if it can be done now; as soon as what does it is loaded.
pub fn run(command: Command) {
    DESK.with(move |desk| (desk.run)(command));
}

/// The first shortcut, as people read it.
pub fn shortcut(command: Command) -> Option<String> {
    command.spec().keys.first().map(|keys| keys.label(is_apple()))
}

/// A command as something to pick.
pub fn pick(command: Command) -> Pick {
    let spec = command.spec();
    let hint = Message::plain(shortcut(command).unwrap_or_default());
    Pick::new(spec.id, spec.text, move || run(command)).hint(hint)
}
