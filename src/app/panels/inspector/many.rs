//! Several selected resources: how many, what they have in common, and how they stand to each other.

use std::collections::{BTreeMap, BTreeSet};

use groundplan::catalog::{Kind, Meta, Widget};
use groundplan::id::NodeId;
use groundplan::message;
use groundplan::text::t;
use leptos::prelude::*;

use super::entry::Entry;
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
        <Arrange/>
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

/// What puts several in line, with their signs.
const WAYS: [(Command, &str, &str); 8] = [
    (Command::AlignLeft, "left", "M4 4V20M7.5 7H19V10.5H7.5ZM7.5 13.5H14V17H7.5Z"),
    (Command::AlignCenter, "center", "M12 3.5V20.5M5 7H19V10.5H5ZM8 13.5H16V17H8Z"),
    (Command::AlignRight, "right", "M20 4V20M5 7H16.5V10.5H5ZM10 13.5H16.5V17H10Z"),
    (Command::AlignTop, "top", "M4 4H20M7 7.5H10.5V19H7ZM13.5 7.5H17V14H13.5Z"),
    (Command::AlignMiddle, "middle", "M3.5 12H20.5M7 5H10.5V19H7ZM13.5 8H17V16H13.5Z"),
    (Command::AlignBottom, "bottom", "M4 20H20M7 5H10.5V16.5H7ZM13.5 10H17V16.5H13.5Z"),
    (Command::DistributeAcross, "across", "M4 4V20M20 4V20M9.5 7H14.5V17H9.5Z"),
    (Command::DistributeDown, "down", "M4 4H20M4 20H20M7 9.5H17V14.5H7Z"),
];

#[component]
fn Arrange() -> impl IntoView {
    let words = words();
    let one = |(command, name, path): (Command, &'static str, &'static str)| {
        let label = command.spec().text;
        let tip = move || {
            let keys = commands::shortcut(command).map(|keys| format!(" ({keys})")).unwrap_or_default();
            format!("{}{keys}", words.say(label))
        };
        view! {
            <button
                type="button"
                class="icon-button"
                data-testid=format!("arrange-{name}")
                aria-label=tr(label)
                title=tip
                disabled=move || !command.enabled(&commands::state())
                on:click=move |_| commands::run(command)
            >
                <Glyph path/>
            </button>
        }
    };
    view! {
        <div class="insp-arrange" role="group" aria-label=tr(t("정렬", "Arrange"))>{WAYS.map(one).into_iter().collect_view()}</div>
    }
    .into_any()
}
