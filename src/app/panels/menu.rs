//! A button that opens a list of actions beneath it.

use std::rc::Rc;

use groundplan::command::Command;
use groundplan::text::Text;
use leptos::ev::{FocusEvent, KeyboardEvent};
use leptos::html;
use leptos::prelude::*;
use web_sys::HtmlElement;
use web_sys::wasm_bindgen::JsCast;

use crate::app::actions::commands;
use crate::app::browser::document;
use crate::app::icons::glyphs::{DOWN, Glyph};
use crate::app::words::tr;

/// One action of a menu.
#[derive(Clone)]
pub struct Item {
    label: Text,
    testid: String,
    command: Option<Command>,
    class: &'static str,
    lang: Option<&'static str>,
    then: Rc<dyn Fn()>,
}

impl Item {
    /// An action that is no command.
    pub fn new(label: Text, testid: &str, then: impl Fn() + 'static) -> Self {
        Self { label, testid: testid.to_owned(), command: None, class: "", lang: None, then: Rc::new(then) }
    }

    /// A command, with its shortcut, shown as disabled while it is.
    pub fn command(command: Command, testid: String) -> Self {
        Self {
            label: command.spec().text,
            testid,
            command: Some(command),
            class: "",
            lang: None,
            then: Rc::new(move || commands::run(command)),
        }
    }

    /// With a class by which a style can leave it out.
    pub fn class(mut self, class: &'static str) -> Self {
        self.class = class;
        self
    }

    /// With the language of its label where that is another than the page's.
    pub fn lang(mut self, code: &'static str) -> Self {
        self.lang = Some(code);
        self
    }
}

#[component]
pub fn Menu(label: Text, testid: &'static str, glyph: Option<&'static str>, items: Vec<Item>) -> impl IntoView {
    let open = RwSignal::new(false);
    let button = NodeRef::<html::Button>::new();
    let list = NodeRef::<html::Div>::new();
    let items = StoredValue::new_local(items);
    Effect::new(move |_| {
        if let (true, Some(list)) = (open.get(), list.get()) {
            step(&list, ROWS, Step::By(1));
        }
    });
    // Focus that leaves the menu closes it; so does a press elsewhere, which takes the focus away.
    let left = move |event: FocusEvent| {
        let to = event.related_target().and_then(|to| to.dyn_into::<web_sys::Node>().ok());
        if let (Some(list), Some(button)) = (list.get_untracked(), button.get_untracked())
            && !list.contains(to.as_ref())
            && !button.contains(to.as_ref())
        {
            open.set(false);
        }
    };
    let keydown = move |event: KeyboardEvent| {
        let Some(list) = list.get_untracked() else { return };
        match event.key().as_str() {
            "ArrowDown" => step(&list, ROWS, Step::By(1)),
            "ArrowUp" => step(&list, ROWS, Step::By(-1)),
            "Escape" => {
                open.set(false);
                give_back(button);
            }
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    view! {
        <div class="menu" on:focusout=left>
            <button
                node_ref=button
                class=if glyph.is_some() { "icon-button" } else { "menu-button" }
                data-testid=testid
                aria-haspopup="menu"
                aria-label=tr(label)
                title=glyph.map(|_| tr(label))
                aria-expanded=move || open.get().to_string()
                on:click=move |_| open.update(|open| *open = !*open)
            >
                {match glyph {
                    Some(path) => view! { <Glyph path/> }.into_any(),
                    None => view! { <span>{tr(label)}</span><Glyph path=DOWN/> }.into_any(),
                }}
            </button>
            <div node_ref=list class="menu-list" role="menu" aria-label=tr(label) hidden=move || !open.get() on:keydown=keydown>
                {items.get_value().into_iter().map(|item| view! { <Row item open button/> }).collect_view()}
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn Row(item: Item, open: RwSignal<bool>, button: NodeRef<html::Button>) -> impl IntoView {
    let Item { label, testid, command, class, lang, then } = item;
    let then = StoredValue::new_local(then);
    let click = move |_| {
        open.set(false);
        give_back(button);
        (then.get_value())();
    };
    view! {
        <button
            role="menuitem"
            class=class
            lang=lang
            tabindex="-1"
            data-testid=testid
            disabled=move || command.is_some_and(|command| !command.enabled(&commands::state()))
            on:click=click
        >
            <span>{tr(label)}</span>
            {command.and_then(commands::shortcut).map(|keys| view! { <kbd>{keys}</kbd> })}
        </button>
    }
    .into_any()
}

/// The focus goes back to the menu's button.
fn give_back(button: NodeRef<html::Button>) {
    if let Some(button) = button.get_untracked() {
        // Focusing an element that is on the page does not fail.
        button.focus().ok();
    }
}

/// What can be chosen in a menu.
const ROWS: &str = "button:not([disabled])";

/// Where the focus goes in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// So many on or back, round the ends; from outside the list to the first.
    By(i32),
    /// The first.
    First,
    /// The last.
    Last,
}

/// Moves the focus among what `rows` finds in a list and is shown.
pub fn step(list: &HtmlElement, rows: &str, to: Step) {
    let Ok(found) = list.query_selector_all(rows) else { return };
    // What is left out of the page has no box to stand in.
    let rows: Vec<HtmlElement> = (0..found.length())
        .filter_map(|at| found.get(at)?.dyn_into::<HtmlElement>().ok())
        .filter(|row| row.offset_parent().is_some())
        .collect();
    let focused = document().active_element();
    let at = rows.iter().position(|row| Some(row.as_ref()) == focused.as_ref());
    let count = i32::try_from(rows.len()).unwrap_or(i32::MAX).max(1);
    let at = at.and_then(|at| i32::try_from(at).ok());
    let next = match (to, at) {
        (Step::By(by), Some(at)) => (at + by).rem_euclid(count),
        (Step::Last, _) => count - 1,
        (Step::First | Step::By(_), _) => 0,
    };
    if let Some(row) = usize::try_from(next).ok().and_then(|next| rows.get(next)) {
        // Focusing an element that is on the page does not fail.
        row.focus().ok();
    }
}
