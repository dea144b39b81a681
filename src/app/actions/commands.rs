//! What each command does on the page, and the keyboard that calls them.

use groundplan::command::{self, Command, Focus, Press, State};
use groundplan::interact::{Editor, Tool};
use groundplan::text::{Lang, Message, t};
use leptos::prelude::*;
use web_sys::wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent};

use super::{clipboard, documents, edits, find};
use crate::app::browser::{Listener, document, is_apple, keep};
use crate::app::canvas::board;
use crate::app::panels::picker::Pick;
use crate::app::parts::DESK;
use crate::app::state::store::store;
use crate::app::state::ui::{Dialog, Panel, Theme, ui};
use crate::app::words::words;

/// What decides whether commands are enabled; tracks.
pub fn state() -> State {
    let store = store();
    let steps = store.steps.get();
    State {
        can_undo: steps.undo,
        can_redo: steps.redo,
        selected: store.selection.with(std::collections::BTreeSet::len),
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

/// Does what the command says, if it can be done now.
pub fn carry_out(command: Command) {
    // A gesture under way has the document; only giving it up is heard meanwhile.
    let busy = board().with(|canvas| canvas.read(Editor::is_busy)) == Some(true);
    if busy && command != Command::Cancel || !command.enabled(&untrack(state)) {
        return;
    }
    let (store, ui, words, board) = (store(), ui(), words(), board());
    match command {
        Command::Undo if store.undo() => ui.speak_later(t("실행을 취소했어요.", "Undone.").into()),
        Command::Redo if store.redo() => ui.speak_later(t("다시 실행했어요.", "Redone.").into()),
        Command::Undo | Command::Redo => {}
        Command::Cut => clipboard::take_by_menu(true),
        Command::Copy => clipboard::take_by_menu(false),
        Command::Paste => clipboard::put_by_menu(),
        Command::Duplicate => edits::duplicate(),
        Command::Delete => edits::remove_selected(),
        Command::SelectAll => edits::select_all(),
        Command::Rename => drop(untrack(|| store.selected_one()).map(edits::ask_name)),
        Command::MoveInto => edits::ask_frame(),
        Command::ConnectFromHere => drop(untrack(|| store.selected_one()).map(edits::ask_end)),
        Command::AlignLeft
        | Command::AlignCenter
        | Command::AlignRight
        | Command::AlignTop
        | Command::AlignMiddle
        | Command::AlignBottom
        | Command::DistributeAcross
        | Command::DistributeDown => edits::arrange(command),
        Command::Find => find::ask(),
        Command::TidyUp => edits::tidy_up(),
        Command::NudgeLeft
        | Command::NudgeRight
        | Command::NudgeUp
        | Command::NudgeDown
        | Command::NudgeFarLeft
        | Command::NudgeFarRight
        | Command::NudgeFarUp
        | Command::NudgeFarDown => drop(command.nudge().map(edits::nudge)),
        Command::Cancel => cancel(),
        Command::SelectTool => board.take(Tool::Select),
        Command::PanTool => board.take(Tool::Pan),
        Command::ConnectTool => board.take(Tool::Connect),
        Command::ZoomIn => board.zoom_by(1),
        Command::ZoomOut => board.zoom_by(-1),
        Command::ZoomTo100 => board.zoom_to_life(),
        Command::ZoomFit => board.fit_all(),
        Command::ZoomSelection => board.fit(&store.selection.get_untracked().into_iter().collect::<Vec<_>>()),
        Command::FindResource => find_resource(),
        Command::New => documents::ask_new(),
        Command::Open => documents::ask_open(),
        Command::Save => documents::download(),
        Command::ExportTemplate => documents::export(),
        Command::Deploy => ui.ask(Dialog::Deploy),
        Command::ImportNotes => ui.ask(Dialog::Notes),
        Command::CommandPalette => ask_command(),
        Command::Shortcuts => ui.ask(Dialog::Shortcuts),
        Command::ToggleOutline => ui.toggle(Panel::Outline),
        Command::ToggleProblems => ui.toggle(Panel::Problems),
        Command::ToggleTracer => ui.toggle(Panel::Tracer),
        Command::ToggleMatrix => ui.toggle(Panel::Matrix),
        Command::TogglePins => ui.toggle(Panel::Pins),
        Command::ToggleTemplate => ui.toggle(Panel::Template),
        Command::ToggleTheme => ui.set_theme(if is_dark() { Theme::Light } else { Theme::Dark }),
        Command::ToggleLanguage => words.set(match untrack(|| words.lang()) {
            Lang::Ko => Lang::En,
            Lang::En => Lang::Ko,
        }),
    }
}

/// What Escape does where no gesture is under way: it puts the tool down, else it clears the selection.
fn cancel() {
    if board().tool.get_untracked() == Tool::Select {
        store().select([]);
    } else {
        board().take(Tool::Select);
    }
}

/// Whether the page is dark now, by choice or by the system's.
fn is_dark() -> bool {
    match ui().theme.get_untracked() {
        Theme::Dark => true,
        Theme::Light => false,
        Theme::System => {
            let query = crate::app::browser::window().match_media("(prefers-color-scheme: dark)");
            query.ok().flatten().is_some_and(|query| query.matches())
        }
    }
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

fn ask_command() {
    let now = untrack(state);
    let enabled = Command::ALL.iter().copied().filter(|command| command.enabled(&now));
    let mut picks: Vec<Pick> = enabled.filter(|command| *command != Command::CommandPalette).map(pick).collect();
    // What is drawn is found here too, after the commands.
    picks.extend(store().design(find::picks));
    let title = Command::CommandPalette.spec().text.into();
    ui().ask(Dialog::Pick { title, picks: std::rc::Rc::new(picks) });
}

fn find_resource() {
    ui().show(Panel::Palette);
    let search = document().query_selector("[data-testid=palette-search]").ok().flatten();
    if let Some(search) = search.and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok()) {
        // Focusing an element that is on the page does not fail.
        search.focus().ok();
    }
}

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
    let gesture = matches!(command, Command::Cancel | Command::Delete) || command.nudge().is_some();
    if carried || (gesture && is_within(event, "#canvas")) {
        return;
    }
    event.prevent_default();
    run(command);
}

/// Whether an event belongs to an element inside what the selector names.
pub fn is_within(event: &Event, selector: &str) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| target.closest(selector).is_ok_and(|found| found.is_some()))
}

/// Whether an event belongs to something that text is typed into.
pub fn is_typing(event: &Event) -> bool {
    is_within(event, "input, textarea, select, [contenteditable]")
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
