//! What can be done here, as a menu: arrows walk it, a letter jumps, a press outside closes it.

use std::rc::Rc;

use groundplan::command::search::folded;
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use web_sys::HtmlElement;
use web_sys::wasm_bindgen::JsCast;

use super::menu::{Step, step};
use crate::app::browser::document;
use crate::app::icons::glyphs::KindIcon;
use crate::app::state::ui::{Pick, ui};
use crate::app::words::words;

/// What can be chosen.
const ROWS: &str = "[role=menuitem]";

#[component]
#[expect(clippy::needless_pass_by_value, reason = "a view owns its properties")]
pub fn ContextMenu(groups: Rc<Vec<Vec<Pick>>>) -> impl IntoView {
    let list = NodeRef::<html::Div>::new();
    list.on_load(|list| {
        // The dialog around it is open first.
        request_animation_frame(move || step(&list, ROWS, Step::First));
    });
    let keydown = move |event: KeyboardEvent| {
        let Some(list) = list.get_untracked() else { return };
        let key = event.key();
        match key.as_str() {
            "ArrowDown" => step(&list, ROWS, Step::By(1)),
            "ArrowUp" => step(&list, ROWS, Step::By(-1)),
            "Home" => step(&list, ROWS, Step::First),
            "End" => step(&list, ROWS, Step::Last),
            // A menu is left by Tab as by Escape.
            "Tab" => ui().close(),
            letter if letter.chars().count() == 1 && letter != " " && !event.ctrl_key() && !event.meta_key() => {
                jump(&list, letter);
            }
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let groups = groups.iter().enumerate().map(|(at, picks)| {
        let line = (at > 0).then(|| view! { <hr role="separator"/> });
        view! { {line} {picks.iter().cloned().map(|pick| view! { <Row pick/> }).collect_view()} }
    });
    view! {
        <div node_ref=list class="picks context scroll" role="menu" aria-labelledby="dialog-title" on:keydown=keydown>
            {groups.collect_view()}
        </div>
    }
    .into_any()
}

#[component]
fn Row(pick: Pick) -> impl IntoView {
    let (ui, words) = (ui(), words());
    let Pick { label, hint, kind, id, then, .. } = pick;
    let then = StoredValue::new_local(then);
    let click = move |_| {
        let then = then.get_value();
        ui.close();
        then();
    };
    view! {
        <button type="button" role="menuitem" class="pick" tabindex="-1" data-testid=format!("pick-{id}") on:click=click>
            {kind.map(|kind| view! { <KindIcon kind/> })}
            <span>{move || words.read(&label)}</span>
            <small>{move || words.read(&hint)}</small>
        </button>
    }
    .into_any()
}

fn rows(list: &HtmlElement) -> Vec<HtmlElement> {
    let Ok(found) = list.query_selector_all(ROWS) else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.get(at)?.dyn_into().ok()).collect()
}

/// Moves the focus to the next row that begins with a letter.
fn jump(list: &HtmlElement, letter: &str) {
    let (letter, found) = (folded(letter), rows(list));
    let begins = |row: &HtmlElement| folded(&row.text_content().unwrap_or_default()).starts_with(&letter);
    let focused = document().active_element();
    let at = found.iter().position(|row| Some(row.as_ref()) == focused.as_ref()).map_or(0, |at| at + 1);
    let order = (at..found.len()).chain(0..at.min(found.len()));
    let next = order.filter_map(|at| found.get(at)).find(|row| begins(row));
    // Focusing an element that is on the page does not fail.
    next.into_iter().for_each(|row| drop(row.focus()));
}
