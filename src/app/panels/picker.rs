//! A dialog that picks one of a list: commands, frames to put something into, ends to connect to.

use std::rc::Rc;

use groundplan::command::search::{folded, ranked};
use groundplan::text::t;
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

use crate::app::icons::glyphs::{Glyph, KindIcon, SEARCH};
use crate::app::state::ui::{Pick, ui};
use crate::app::words::{tr, words};

/// Rows shown at most: nobody reads further, and more would be slow.
const ROWS: usize = 100;

#[component]
pub fn Picker(picks: Rc<Vec<Pick>>) -> impl IntoView {
    let ui = ui();
    let picks = StoredValue::new_local(picks);
    let query = RwSignal::new(String::new());
    let at = RwSignal::new(0_usize);
    let found = Memo::new(move |_| {
        let query = folded(&query.get());
        picks.with_value(|all| {
            let mut hits = ranked(&query, all.iter().enumerate(), |query, (_, pick)| pick.rank(query));
            hits.truncate(ROWS);
            hits.into_iter().map(|(index, _)| index).collect::<Vec<_>>()
        })
    });
    let pick = move |index: usize| {
        let then = picks.with_value(|all| all.get(index).map(|pick| pick.then.clone()));
        ui.close();
        if let Some(then) = then {
            then();
        }
    };
    let keydown = move |event: KeyboardEvent| {
        let last = found.with_untracked(Vec::len).saturating_sub(1);
        match event.key().as_str() {
            _ if event.is_composing() => return,
            "ArrowDown" => at.update(|at| *at = if *at >= last { 0 } else { *at + 1 }),
            "ArrowUp" => at.update(|at| *at = at.checked_sub(1).unwrap_or(last)),
            "Enter" => {
                if let Some(index) = found.with_untracked(|found| found.get(at.get_untracked()).copied()) {
                    pick(index);
                }
            }
            _ => return,
        }
        event.prevent_default();
    };
    let input = NodeRef::<html::Input>::new();
    view! {
        <div class="search">
            <Glyph path=SEARCH/>
            <input
                node_ref=input
                type="text"
                role="combobox"
                aria-expanded="true"
                aria-controls="picks"
                aria-autocomplete="list"
                aria-activedescendant=move || found.with(|found| found.get(at.get()).map(|index| format!("pick-{index}")))
                data-testid="picker-search"
                autofocus
                aria-label=tr(t("찾기", "Find"))
                placeholder=tr(t("찾기", "Find"))
                on:input:target=move |event| {
                    query.set(event.target().value());
                    at.set(0);
                }
                on:keydown=keydown
            />
        </div>
        <ul class="picks scroll" id="picks" role="listbox" aria-label=tr(t("고를 것", "Choices"))>
            <For
                each=move || found.get()
                key=|index| *index
                children=move |index| {
                    let one = picks.with_value(|all| all.get(index).cloned());
                    one.map(|one| view! { <Choice index one current=Signal::derive(move || found.with(|found| found.get(at.get()) == Some(&index))) pick=Callback::new(pick)/> })
                }
            />
        </ul>
        <p class="hint" hidden=move || !found.with(Vec::is_empty)>{tr(t("찾는 것이 없어요.", "Nothing by that name."))}</p>
    }
    .into_any()
}

#[component]
fn Choice(index: usize, one: Pick, current: Signal<bool>, pick: Callback<usize>) -> impl IntoView {
    let words = words();
    let Pick { label, hint, kind, id, .. } = one;
    let item = NodeRef::<html::Li>::new();
    Effect::new(move |_| {
        if let (true, Some(item)) = (current.get(), item.get()) {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            item.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
    view! {
        <li
            node_ref=item
            id=format!("pick-{index}")
            role="option"
            class="pick"
            data-testid=format!("pick-{id}")
            aria-selected=move || current.get().to_string()
            on:click=move |_| pick.run(index)
        >
            {kind.map(|kind| view! { <KindIcon kind/> })}
            <span>{move || words.read(&label)}</span>
            <small>{move || words.read(&hint)}</small>
        </li>
    }
    .into_any()
}
