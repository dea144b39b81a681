//! Several selected resources: how many, what they have in common, and how they stand to each other.

use std::collections::{BTreeMap, BTreeSet};

use groundplan::catalog::{Kind, Meta, Widget};
use groundplan::design::Edit;
use groundplan::id::NodeId;
use groundplan::layout::arrange::{Align, Axis, align, distribute};
use groundplan::message;
use groundplan::text::{Text, t};
use leptos::prelude::*;

use super::entry::{Entry, made};
use super::field::Field;
use crate::app::actions::commands;
use crate::app::icons::glyphs::{Glyph, KindIcon};
use crate::app::state::store::store;
use crate::app::words::{tr, words};
use groundplan::command::Command;

/// The form of several resources.
#[component]
pub fn Many(ids: Signal<BTreeSet<NodeId>>) -> impl IntoView {
    let words = words();
    let ids = ids.get_untracked();
    let kinds = store().design(|design| {
        let mut kinds: BTreeMap<Kind, usize> = BTreeMap::new();
        for node in ids.iter().filter_map(|id| design.node(*id)) {
            *kinds.entry(node.kind()).or_default() += 1;
        }
        kinds
    });
    let only = kinds.keys().copied().next().filter(|_| kinds.len() == 1);
    let count = ids.len();
    let title = move || words.read(&message!("리소스 {count}개 선택함", "{count} resources selected"));
    let counts = kinds.into_iter().map(|(kind, n)| {
        view! { <li><KindIcon kind/> <span>{move || words.term(kind.spec().label)}</span> <span class="insp-count">{n}</span></li> }
    });
    let fields = only.map(|kind| shared(kind, &ids));
    view! {
        <h2 class="insp-many-title">{title}</h2>
        <ul class="insp-kinds">{counts.collect_view()}</ul>
        <Arrange ids/>
        <div class="insp-actions">
            <button type="button" class="button" data-testid="many-duplicate" on:click=|_| commands::run(Command::Duplicate)>
                {tr(Command::Duplicate.spec().text)}
            </button>
            <button type="button" class="button" data-testid="many-delete" on:click=|_| commands::run(Command::Delete)>
                {tr(Command::Delete.spec().text)}
            </button>
        </div>
        <div class="insp-fields">{fields}</div>
    }
    .into_any()
}

/// The fields of one kind that can be the same in several.
fn shared(kind: Kind, ids: &BTreeSet<NodeId>) -> AnyView {
    let applying: Vec<BTreeSet<&'static str>> = store().design(|design| {
        let nodes = ids.iter().filter_map(|id| design.node(*id));
        nodes.map(|node| node.body.fields().into_iter().map(|meta| meta.id).collect()).collect()
    });
    let common = |meta: &&&'static Meta| {
        // Address blocks differ by nature, and rows of several tables cannot be shown as one.
        let alike = !matches!(meta.widget, Widget::Cidr | Widget::List | Widget::Table(_));
        alike && applying.iter().all(|fields| fields.contains(meta.id))
    };
    let fields = kind.fields();
    let shown = fields.iter().filter(common).map(|meta| view! { <Field entry=Entry::shared(ids, **meta)/> });
    shown.collect_view().into_any()
}

/// Ways to align, with their signs.
const WAYS: [(Align, &str, Text, &str); 6] = [
    (Align::Left, "left", t("왼쪽 맞춤", "Align left"), "M4 4V20M7.5 7H19V10.5H7.5ZM7.5 13.5H14V17H7.5Z"),
    (
        Align::Center,
        "center",
        t("가로 가운데 맞춤", "Align centres across"),
        "M12 3.5V20.5M5 7H19V10.5H5ZM8 13.5H16V17H8Z",
    ),
    (Align::Right, "right", t("오른쪽 맞춤", "Align right"), "M20 4V20M5 7H16.5V10.5H5ZM10 13.5H16.5V17H10Z"),
    (Align::Top, "top", t("위쪽 맞춤", "Align top"), "M4 4H20M7 7.5H10.5V19H7ZM13.5 7.5H17V14H13.5Z"),
    (
        Align::Middle,
        "middle",
        t("세로 가운데 맞춤", "Align centres down"),
        "M3.5 12H20.5M7 5H10.5V19H7ZM13.5 8H17V16H13.5Z",
    ),
    (Align::Bottom, "bottom", t("아래쪽 맞춤", "Align bottom"), "M4 20H20M7 5H10.5V16.5H7ZM13.5 10H17V16.5H13.5Z"),
];

/// Ways to distribute, with their signs.
const SPREADS: [(Axis, &str, Text, &str); 2] = [
    (Axis::Across, "across", t("가로 간격 같게", "Distribute across"), "M4 4V20M20 4V20M9.5 7H14.5V17H9.5Z"),
    (Axis::Down, "down", t("세로 간격 같게", "Distribute down"), "M4 4H20M4 20H20M7 9.5H17V14.5H7Z"),
];

#[component]
fn Arrange(ids: BTreeSet<NodeId>) -> impl IntoView {
    let store = store();
    let count = ids.len();
    let ids = StoredValue::new(ids);
    let aligned = move |way: Align| store.design(|design| ids.with_value(|ids| align(design, ids, way)));
    let spread = move |axis: Axis| store.design(|design| ids.with_value(|ids| distribute(design, ids, axis)));
    let aligns = WAYS.map(|(way, name, label, path)| {
        view! { <Tool name label path disabled=false edits=Callback::new(move |()| aligned(way))/> }
    });
    let spreads = SPREADS.map(|(axis, name, label, path)| {
        view! { <Tool name label path disabled=count < 3 edits=Callback::new(move |()| spread(axis))/> }
    });
    view! {
        <div class="insp-arrange" role="group" aria-label=tr(t("정렬", "Arrange"))>
            {aligns.into_iter().collect_view()}
            {spreads.into_iter().collect_view()}
        </div>
    }
    .into_any()
}

#[component]
fn Tool(
    name: &'static str,
    label: Text,
    path: &'static str,
    disabled: bool,
    edits: Callback<(), Vec<Edit>>,
) -> impl IntoView {
    let store = store();
    // A frame's own place is never refused for being in line; if an edit is, nothing moves.
    let act = move |_| drop(made(store, &edits.run(()), label));
    view! {
        <button
            type="button"
            class="icon-button"
            data-testid=format!("arrange-{name}")
            aria-label=tr(label)
            title=tr(label)
            disabled=disabled
            on:click=act
        >
            <Glyph path/>
        </button>
    }
    .into_any()
}
