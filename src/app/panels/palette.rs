//! The palette: every kind by category, to drag onto the canvas, to pick up with a click or to place from the keyboard.

use groundplan::catalog::{Category, Kind};
use groundplan::text::t;
use leptos::prelude::*;

use crate::app::actions::placing;
use crate::app::icons::glyphs::{Glyph, KindIcon, SEARCH};
use crate::app::parts::DESK;
use crate::app::state::lab::lab_signs;
use crate::app::state::store::store;
use crate::app::words::search::{finds, folded};
use crate::app::words::{tr, words};

#[component]
pub fn Palette() -> impl IntoView {
    let query = RwSignal::new(String::new());
    let folded_query = Memo::new(move |_| folded(&query.get()));
    let labs = lab_signs();
    let none = move || !Kind::ALL.iter().any(|kind| labs.offers(*kind) && finds(&folded_query.get(), *kind));
    view! {
        <div class="search">
            <Glyph path=SEARCH/>
            <input
                type="search"
                data-testid="palette-search"
                aria-label=tr(t("리소스 찾기", "Find a resource"))
                placeholder=tr(t("리소스 찾기", "Find a resource"))
                prop:value=query
                on:input:target=move |event| query.set(event.target().value())
            />
        </div>
        <div class="palette scroll">
            {Category::ALL.map(|category| view! { <Group category query=folded_query/> }).into_iter().collect_view()}
            <p class="hint" hidden=move || !none()>{tr(t("찾는 리소스가 없어요.", "No resource by that name."))}</p>
        </div>
    }
    .into_any()
}

#[component]
fn Group(category: Category, query: Memo<String>) -> impl IntoView {
    let kinds: Vec<Kind> = Kind::ALL.iter().copied().filter(|kind| kind.spec().category == category).collect();
    let labs = lab_signs();
    let empty = {
        let kinds = kinds.clone();
        move || !kinds.iter().any(|kind| labs.offers(*kind) && finds(&query.get(), *kind))
    };
    view! {
        <section hidden=empty>
            <h3>{tr(category.label())}</h3>
            <ul>{kinds.into_iter().map(|kind| view! { <Item kind query/> }).collect_view()}</ul>
        </section>
    }
    .into_any()
}

#[component]
fn Item(kind: Kind, query: Memo<String>) -> impl IntoView {
    let spec = kind.spec();
    let words = words();
    let (store, labs) = (store(), lab_signs());
    view! {
        <li hidden=move || !(labs.offers(kind) && finds(&query.get(), kind))>
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
