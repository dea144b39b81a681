//! What can be done here: the menu of the right button, a long press, or Shift+F10.

use std::rc::Rc;

use groundplan::catalog::Kind;
use groundplan::command::Command;
use groundplan::design::Point;
use groundplan::message;
use groundplan::text::{Message, t};
use leptos::prelude::*;

use super::commands;
use crate::app::browser::document;
use crate::app::state::store::store;
use crate::app::state::ui::{Dialog, ui};

/// For resources.
const ON_NODES: &[&[Command]] = &[
    &[Command::Rename, Command::MoveInto, Command::ConnectFromHere],
    &[Command::TraceFromHere, Command::TraceToHere],
    &[Command::BalanceServers, Command::ScaleServer],
    &[
        Command::AlignLeft,
        Command::AlignCenter,
        Command::AlignRight,
        Command::AlignTop,
        Command::AlignMiddle,
        Command::AlignBottom,
        Command::DistributeAcross,
        Command::DistributeDown,
    ],
    &[Command::Duplicate, Command::Cut, Command::Copy, Command::Paste],
    &[Command::ZoomSelection],
    &[Command::TakeAway, Command::Delete],
];
/// For a wire.
const ON_WIRE: &[&[Command]] =
    &[&[Command::WireStart, Command::WireTip], &[Command::SelectPrevious, Command::SelectNext], &[Command::Delete]];
/// Where nothing is selected.
const ON_NOTHING: &[&[Command]] = &[
    &[Command::VpcAndMore, Command::FindResource, Command::Find],
    &[Command::Paste, Command::SelectAll],
    &[Command::ZoomFit, Command::TidyUp, Command::ToggleSnap],
    &[Command::Undo, Command::Redo],
];

/// Offers what can be done with what is selected, at a place in the window; without one, beside what is selected.
pub fn offer(at: Option<(i32, i32)>) {
    let store = store();
    let selected: Vec<_> = store.selection.get_untracked().into_iter().collect();
    let wire = store.wire.get_untracked();
    let (title, offered) = match selected.as_slice() {
        [] if wire.is_some() => (store.wire_said.get_untracked(), ON_WIRE),
        [] => (t("캔버스", "Canvas").into(), ON_NOTHING),
        [id] => (Message::plain(store.name(*id)), ON_NODES),
        many => (message!("리소스 {}개", "{} resources", many.len()), ON_NODES),
    };
    let now = untrack(commands::state);
    let servers = store.design(|design| {
        !selected.is_empty()
            && selected.iter().all(|id| design.node(*id).is_some_and(|node| node.kind() == Kind::Instance))
    });
    let groups = offered.iter().map(|group| {
        let enabled =
            group.iter().copied().filter(|command| command.enabled(&now) && (servers || !of_servers(*command)));
        enabled.map(commands::pick).collect::<Vec<_>>()
    });
    let groups = groups.filter(|group| !group.is_empty()).collect();
    ui().ask(Dialog::Menu { title, groups: Rc::new(groups), at: at.or_else(beside_selection) });
}

/// Whether a command is about servers and nothing else.
const fn of_servers(command: Command) -> bool {
    matches!(command, Command::BalanceServers | Command::ScaleServer)
}

/// Where in the window a menu stands that no pointer asked for: at the middle of what is selected.
fn beside_selection() -> Option<(i32, i32)> {
    let canvas = document().get_element_by_id("canvas")?.get_bounding_client_rect();
    let at = store().editor(|editor, _| {
        let of_wire = || {
            let route = editor.scene.route(editor.selection.wire()?);
            route.get(route.len() / 2).copied()
        };
        let world = match editor.selection.ids().last() {
            Some(id) => editor
                .scene
                .rect(*id)
                .map(|rect| Point::new(rect.x + rect.w.min(96.0) / 2.0, rect.y + rect.h.min(48.0) / 2.0)),
            None => of_wire(),
        };
        world.map(|world| editor.camera.screen_from_world(world))
    })?;
    let within = |at: f64, from: f64, length: f64| whole(from + at.clamp(0.0, length));
    Some((within(at.x, canvas.left(), canvas.width()), within(at.y, canvas.top(), canvas.height())))
}

/// A length in whole pixels.
#[expect(clippy::cast_possible_truncation, reason = "windows are small")]
const fn whole(pixels: f64) -> i32 {
    pixels as i32
}
