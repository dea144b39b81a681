//! What each command does on the page.

use std::rc::Rc;

use groundplan::command::Command;
use groundplan::id::NodeId;
use groundplan::interact::{Key, Modifiers, Tool, Walk, WireEnd};
use groundplan::text::{Lang, t};
use leptos::prelude::*;
use web_sys::HtmlElement;
use web_sys::wasm_bindgen::JsCast;

use super::commands::{pick, state};
use super::{clipboard, composing, documents, edits, find, parts_of_page};
use crate::app::browser::{document, window};
use crate::app::parts::{FORMS, STUDIES};
use crate::app::state::store::store;
use crate::app::state::ui::{Dialog, Panel, Pick, Theme, Tone, ui};
use crate::app::words::words;

/// Does what the command says, if it can be done now.
pub fn carry_out(command: Command) {
    // A gesture under way has the document; only giving it up is heard meanwhile.
    let busy = store().editor(|editor, _| editor.is_busy());
    if busy && command != Command::Cancel || !command.enabled(&untrack(state)) {
        return;
    }
    let (store, ui, words) = (store(), ui(), words());
    match command {
        Command::Undo if store.undo() => ui.speak_later(t("실행을 취소했어요.", "Undone.").into()),
        Command::Redo if store.redo() => ui.speak_later(t("다시 실행했어요.", "Redone.").into()),
        Command::Undo | Command::Redo => {}
        Command::Cut => clipboard::copy_by_menu(true),
        Command::Copy => clipboard::copy_by_menu(false),
        Command::Paste => clipboard::paste_by_menu(),
        Command::Duplicate => edits::duplicate(),
        Command::Delete => edits::remove_selected(),
        Command::SelectAll => edits::select_all(),
        Command::Rename => drop(untrack(|| store.selected_one()).map(edits::name_in_place)),
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
        Command::Widen | Command::Narrow | Command::Heighten | Command::Lower => {
            command.stretch().into_iter().for_each(edits::stretch);
        }
        Command::VpcAndMore => composing::ask_vpc(),
        Command::BalanceServers => composing::balance(),
        Command::ScaleServer => composing::scale(),
        Command::WireStart => edits::ask_wire_end(WireEnd::Start),
        Command::WireTip => edits::ask_wire_end(WireEnd::Tip),
        Command::SelectFrame
        | Command::SelectInside
        | Command::SelectNext
        | Command::SelectPrevious
        | Command::NextWire
        | Command::PreviousWire => walk(command),
        Command::TraceFromHere => drop(untrack(|| store.selected_one()).map(|id| trace(id, false))),
        Command::TraceToHere => drop(untrack(|| store.selected_one()).map(|id| trace(id, true))),
        Command::PanUp => pan(Key::PageUp, false),
        Command::PanDown => pan(Key::PageDown, false),
        Command::PanLeft => pan(Key::PageUp, true),
        Command::PanRight => pan(Key::PageDown, true),
        Command::ToggleSnap => toggle_snap(),
        Command::Cancel => cancel(),
        Command::SelectTool => store.set_tool(Tool::Select),
        Command::PanTool => store.set_tool(Tool::Pan),
        Command::ConnectTool => store.set_tool(Tool::Connect),
        Command::ZoomIn => store.step(|editor, _| editor.zoom_by(1)),
        Command::ZoomOut => store.step(|editor, _| editor.zoom_by(-1)),
        Command::ZoomTo100 => store.step(|editor, _| editor.zoom_to_life()),
        Command::ZoomFit => store.step(|editor, _| editor.fit(&[])),
        Command::ZoomSelection => store.step(|editor, _| {
            let selected = editor.selection.ids().to_vec();
            editor.fit(&selected)
        }),
        Command::TakeAway => {
            let selected: Vec<_> = store.selection.with_untracked(|ids| ids.iter().copied().collect());
            store.take_away(selected);
        }
        Command::Present => {
            store.select([]);
            ui.presenting.update(|on| *on = !*on);
            store.step(|editor, _| editor.fit(&[]));
        }
        Command::FindResource => find_resource(),
        Command::New => documents::ask_new(),
        Command::Open => documents::ask_open(),
        Command::Gallery => ui.ask(Dialog::Gallery),
        Command::Designs => documents::ask_design(),
        Command::Save => documents::download(),
        Command::ExportTemplate => documents::export(),
        Command::Deploy => ui.ask(Dialog::Deploy),
        Command::Share => ui.ask(Dialog::Share),
        Command::ImportNotes => ui.ask(Dialog::Notes),
        Command::Labs => ui.ask(Dialog::Course),
        Command::CommandPalette => ask_command(),
        Command::Tour => {
            FORMS.fetch();
            ui.tour.set(Some(0));
        }
        Command::NextPart => parts_of_page::go(true),
        Command::PreviousPart => parts_of_page::go(false),
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

/// Selects what lies that way, and says what it is.
fn walk(command: Command) {
    let store = store();
    let way = match command {
        Command::SelectFrame => Walk::Out,
        Command::SelectInside => Walk::In,
        Command::SelectNext => Walk::Next,
        Command::SelectPrevious => Walk::Previous,
        Command::NextWire => Walk::Wire,
        _ => Walk::WireBack,
    };
    let before = (store.wire.get_untracked(), store.selection.get_untracked());
    store.step(|editor, session| editor.walk(way, session.design()));
    if before == (store.wire.get_untracked(), store.selection.get_untracked()) {
        ui().speak(t("그쪽에는 더 없어요.", "There is nothing more that way.").into());
    }
}

/// Asks the tracer for a way from or to a node.
fn trace(id: NodeId, to: bool) {
    STUDIES.with(move |studies| (studies.trace_end)(id, to));
}

fn pan(key: Key, across: bool) {
    let held = Modifiers { shift: across, ..Modifiers::default() };
    store().step(|editor, session| editor.key(key, held, false, session));
}

fn toggle_snap() {
    let snaps = store().with_editor(|editor, _| {
        let snaps = !editor.snaps();
        editor.set_snaps(snaps);
        snaps
    });
    let said = if snaps {
        t("맞춤을 켰어요. Ctrl을 누르고 끌면 잠깐 꺼져요.", "Snapping is on. Ctrl suspends it during a drag.")
    } else {
        t("맞춤을 껐어요. Ctrl을 누르고 끌면 잠깐 켜져요.", "Snapping is off. Ctrl brings it back during a drag.")
    };
    ui().toast(Tone::Plain, said.into());
}

/// What Escape does where no gesture is under way: it puts the tool down, else it clears the selection.
fn cancel() {
    let store = store();
    if store.tool.get_untracked() == Tool::Select {
        store.select([]);
    } else {
        store.set_tool(Tool::Select);
    }
}

/// Whether the page is dark now, by choice or by the system's.
fn is_dark() -> bool {
    match ui().theme.get_untracked() {
        Theme::Dark => true,
        Theme::Light => false,
        Theme::System => {
            let query = window().match_media("(prefers-color-scheme: dark)");
            query.ok().flatten().is_some_and(|query| query.matches())
        }
    }
}

fn ask_command() {
    let now = untrack(state);
    let enabled = Command::ALL.iter().copied().filter(|command| command.enabled(&now));
    let mut picks: Vec<Pick> = enabled.filter(|command| *command != Command::CommandPalette).map(pick).collect();
    // What is drawn is found here too, after the commands.
    picks.extend(store().design(find::picks));
    let title = Command::CommandPalette.spec().text.into();
    ui().ask(Dialog::Pick { title, picks: Rc::new(picks) });
}

fn find_resource() {
    ui().show(Panel::Palette);
    let search = document().query_selector("[data-testid=palette-search]").ok().flatten();
    if let Some(search) = search.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        // Focusing an element that is on the page does not fail.
        search.focus().ok();
    }
}
