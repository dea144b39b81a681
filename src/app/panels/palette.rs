//! The palette: every kind by category, to drag onto the canvas, to pick up with a click or to place from the keyboard. What is searched for
//! stands in one list, what is meant first.

use groundplan::catalog::{Category, Kind};
use groundplan::command::search::{fit_of_kind, folded, ranked};
use groundplan::text::t;
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use web_sys::HtmlElement;

use super::menu::{Step, step};
use crate::app::actions::placing;
use crate::app::icons::glyphs::{Glyph, KindIcon, SEARCH};
use crate::app::parts::DESK;
use crate::app::state::lab::lab_signs;
use crate::app::state::store::store;
use crate::app::words::{tr, words};

/// What arrows walk in the palette.
const ITEMS: &str = ".palette-item";

#[component]
pub fn Palette() -> impl IntoView {
    let query = RwSignal::new(String::new());
    let labs = lab_signs();
    let found = Memo::new(move |_| {
        let query = folded(&query.get());
        let offered = Kind::ALL.iter().copied().filter(|kind| labs.offers(*kind));
        (!query.is_empty()).then(|| ranked(&query, offered, |query, kind| fit_of_kind(query, *kind)))
    });
    let list = NodeRef::<html::Div>::new();
    let typed = move |event: KeyboardEvent| {
        let Some(list) = list.get_untracked().filter(|_| !event.is_composing()) else { return };
        match event.key().as_str() {
            "ArrowDown" => step(&list, ITEMS, Step::First),
            "ArrowUp" => step(&list, ITEMS, Step::Last),
            "Enter" => take_first(&list),
            _ => return,
        }
        event.prevent_default();
    };
    let walked = move |event: KeyboardEvent| {
        let Some(list) = list.get_untracked() else { return };
        let to = match event.key().as_str() {
            "ArrowDown" => Step::By(1),
            "ArrowUp" => Step::By(-1),
            "Home" => Step::First,
            "End" => Step::Last,
            _ => return,
        };
        step(&list, ITEMS, to);
        event.prevent_default();
        event.stop_propagation();
    };
    let nothing = move || found.with(|found| found.as_ref().is_some_and(Vec::is_empty));
    let shown = move || match found.get() {
        Some(kinds) => {
            let items = kinds.into_iter().map(|kind| view! { <Item kind/> });
            view! { <ul class="palette-found" data-testid="palette-found">{items.collect_view()}</ul> }.into_any()
        }
        None => Category::ALL.map(|category| view! { <Group category/> }).into_iter().collect_view().into_any(),
    };
    view! {
        <div class="search">
            <Glyph path=SEARCH/>
            <input
                type="search"
                data-testid="palette-search"
                aria-label=tr(t("리소스 찾기", "Find a resource"))
                placeholder=tr(t("리소스 찾기", "Find a resource"))
                aria-describedby="palette-hint"
                prop:value=query
                on:input:target=move |event| query.set(event.target().value())
                on:keydown=typed
            />
        </div>
        <p class="visually-hidden" id="palette-hint">
            {tr(t("Enter는 첫 번째 것을 놓고, 화살표는 목록으로 가요.", "Enter places the first; arrows go to the list."))}
        </p>
        <div node_ref=list class="palette scroll" on:keydown=walked>
            {shown}
            <p class="hint" role="status" hidden=move || !nothing()>{move || nothing().then(|| words().say(t("찾는 리소스가 없어요.", "No resource by that name.")))}</p>
        </div>
    }
    .into_any()
}

/// Places what is meant most: as a click from the keyboard does.
fn take_first(list: &HtmlElement) {
    use web_sys::wasm_bindgen::JsCast;
    let first = list.query_selector(ITEMS).ok().flatten().and_then(|item| item.dyn_into::<HtmlElement>().ok());
    first.into_iter().for_each(|item| item.click());
}

#[component]
fn Group(category: Category) -> impl IntoView {
    let kinds: Vec<Kind> = Kind::ALL.iter().copied().filter(|kind| kind.spec().category == category).collect();
    let labs = lab_signs();
    let empty = {
        let kinds = kinds.clone();
        move || !kinds.iter().any(|kind| labs.offers(*kind))
    };
    view! {
        <section hidden=empty>
            <h3>{tr(category.label())}</h3>
            <ul>{kinds.into_iter().map(|kind| view! { <Item kind/> }).collect_view()}</ul>
        </section>
    }
    .into_any()
}

#[component]
fn Item(kind: Kind) -> impl IntoView {
    let spec = kind.spec();
    let words = words();
    let (store, labs) = (store(), lab_signs());
    view! {
        <li hidden=move || !labs.offers(kind)>
            <button
                class="palette-item"
                data-testid=format!("palette-item-{}", spec.id)
                data-kind=spec.id
                title=move || DESK.get().map(|desk| words.say((desk.summary)(kind)))
                aria-pressed=move || (placing::picked(store) == Some(kind)).to_string()
                on:pointerdown=move |event| DESK.with(move |desk| (desk.press)(kind, &event))
                on:click=move |event| DESK.with(move |desk| (desk.click)(kind, &event))
            >
                <KindIcon kind/>
                <span class="palette-label">
                    {move || words.say(spec.label)}
                    <small>{move || words.aside(spec.label)}</small>
                </span>
            </button>
        </li>
    }
    .into_any()
}
