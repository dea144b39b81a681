//! One field: its label, help, control, refusal and problems. The control follows from the widget.

use groundplan::catalog::{Kind, Widget};
use groundplan::fixes::propose;
use groundplan::text::t;
use leptos::prelude::*;

use super::choice::{Chooser, Segments, Switch, fits_side_by_side};
use super::entry::Entry;
use super::json::Json;
use super::list::List;
use super::problems::FieldProblems;
use super::reference::{Reference, References};
use super::schedule::{Recurrence, Span, When};
use super::suggest::Combo;
use super::table::Table;
use super::typing::{Line, Lines};
use crate::app::icons::glyphs::{Glyph, HELP};
use crate::app::state::store::store;
use crate::app::words::{tr, words};

/// A labelled field. `cell` is one inside a table's row, where space is short.
#[component]
pub fn Field(entry: Entry, #[prop(optional)] cell: bool) -> impl IntoView {
    let words = words();
    let meta = entry.meta;
    let help_open = RwSignal::new(false);
    let error = move || entry.error.with(|error| error.as_ref().map(|why| words.read(why)));
    view! {
        <div
            class=format!("insp-field w-{}", meta.widget.name())
            class:cell=cell
            class:bad=move || entry.error.with(Option::is_some)
        >
            <div class="insp-label">
                <Label entry/>
                <Help entry open=help_open/>
            </div>
            <p class="insp-help" id=entry.part("help") hidden=move || !help_open.get()>
                {tr(meta.help)}
            </p>
            {control(entry, cell)}
            <p class="field-error" role="alert" id=entry.part("error") data-testid=entry.part("field-error") hidden=move || entry.error.with(Option::is_none)>
                {error}
            </p>
            <div id=entry.part("problems")>
                {entry.owner.filter(|_| !cell).map(|node| view! { <FieldProblems node field=meta.id/> })}
            </div>
        </div>
    }
    .into_any()
}

/// The label, tied to the control; groups are named by it instead.
#[component]
fn Label(entry: Entry) -> impl IntoView {
    let words = words();
    let label = entry.meta.label;
    let text = move || {
        view! {
            {words.say(label)}
            <small lang="en">{words.aside(label).map(|aside| format!(" {aside}"))}</small>
        }
    };
    let group = match entry.meta.widget {
        Widget::References(_) | Widget::List | Widget::Table(_) => true,
        Widget::Choice(choices) => fits_side_by_side(choices),
        _ => false,
    };
    if group {
        view! { <span class="insp-name" id=entry.part("label")>{text}</span> }.into_any()
    } else {
        view! { <label class="insp-name" id=entry.part("label") for=entry.part("field")>{text}</label> }.into_any()
    }
}

/// Opens and closes the help beneath the label.
#[component]
fn Help(entry: Entry, open: RwSignal<bool>) -> impl IntoView {
    let words = words();
    let label = entry.meta.label;
    let spoken = move || words.read(&groundplan::message!("{} 도움말", "Help on {}", words.say(label)));
    (!entry.meta.help.is_empty()).then(|| {
        view! {
            <button
                type="button"
                class="insp-help-button"
                data-testid=entry.part("help-button")
                aria-label=spoken
                title=tr(entry.meta.help)
                aria-expanded=move || open.get().to_string()
                aria-controls=entry.part("help")
                on:click=move |_| open.update(|open| *open = !*open)
            >
                <Glyph path=HELP/>
            </button>
        }
    })
}

/// The control that the widget asks for.
fn control(entry: Entry, cell: bool) -> AnyView {
    match entry.meta.widget {
        Widget::Line | Widget::Number { .. } => view! { <Line entry/> }.into_any(),
        Widget::Lines => view! { <Lines entry/> }.into_any(),
        Widget::Json => view! { <Json entry/> }.into_any(),
        Widget::Toggle => view! { <Switch entry/> }.into_any(),
        Widget::Cidr if cell => view! { <KnownBlock entry/> }.into_any(),
        Widget::Cidr => view! { <Block entry/> }.into_any(),
        Widget::Choice(choices) if !cell && fits_side_by_side(choices) => {
            view! { <Segments entry choices/> }.into_any()
        }
        Widget::Choice(choices) => view! { <Chooser entry choices/> }.into_any(),
        Widget::Suggest(of) => view! { <Combo entry proposals=Callback::new(move |()| of())/> }.into_any(),
        Widget::Cron { clock, usual } => view! { <Recurrence entry clock usual/> }.into_any(),
        Widget::Window { weekly } => view! { <Span entry weekly/> }.into_any(),
        Widget::Moment { zone } => view! { <When entry zone/> }.into_any(),
        Widget::Reference(kinds) => view! { <Reference entry kinds cell/> }.into_any(),
        Widget::References(kinds) => view! { <References entry kinds/> }.into_any(),
        Widget::List => view! { <List entry/> }.into_any(),
        Widget::Table(columns) => view! { <Table entry columns/> }.into_any(),
    }
}

/// An address block that a rule or route names: proposals are the blocks of the design.
#[component]
fn KnownBlock(entry: Entry) -> impl IntoView {
    let store = store();
    let proposals = move |()| match entry.owner {
        Some(id) => store.design(|design| propose::known_blocks(design, id)),
        None => Vec::new(),
    };
    view! { <Combo entry proposals=Callback::new(proposals) mono=true/> }.into_any()
}

/// The address block of a resource, its size, and the next free one.
#[component]
fn Block(entry: Entry) -> impl IntoView {
    let (store, words) = (store(), words());
    let proposes = entry.owner.is_some_and(|id| {
        store.design(|design| design.node(id).is_some_and(|node| matches!(node.kind(), Kind::Subnet | Kind::Vpc)))
    });
    let size = move || {
        let block: groundplan::net::Cidr =
            entry.value.with(|value| value.as_text().and_then(|text| text.parse().ok()))?;
        let size = groundplan::text::grouped(block.size());
        Some(words.read(&groundplan::message!("주소 {size}개", "{size} addresses")))
    };
    let next = Memo::new(move |_| {
        entry.owner.and_then(|id| store.derived(|derived| propose::next_block(&derived.context(), id)))
    });
    let take = move |_| {
        if let Some(block) = next.get_untracked() {
            entry.send(block.to_string().as_str().into());
        }
    };
    let label = move || match next.get() {
        Some(block) => words.read(&groundplan::message!("다음 빈 블록 {block}", "Next free {block}")),
        None => words.say(t("빈 블록이 없어요", "No free block")).to_owned(),
    };
    view! {
        <Line entry/>
        <div class="insp-under">
            <small>{move || if entry.error.with(Option::is_none) { size() } else { None }}</small>
            {proposes.then(|| view! {
                <button type="button" class="insp-link" data-testid=entry.part("next-free") disabled=move || next.get().is_none() on:click=take>
                    {label}
                </button>
            })}
        </div>
    }
    .into_any()
}
