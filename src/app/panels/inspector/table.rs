//! Rows with columns. A short row lies open; a long one is a line that says what it holds and opens for editing.

use std::collections::BTreeSet;

use groundplan::catalog::{Columns, Meta, Value, Widget, typed};
use groundplan::fixes::propose;
use groundplan::message;
use groundplan::text::{Text, t};
use leptos::prelude::*;

use super::entry::{Entry, cells};
use super::field::Field;
use super::typing::described_by;
use crate::app::icons::glyphs::{self, Glyph};
use crate::app::state::store::{Store, store};
use crate::app::words::{Words, tr, words};

/// Columns up to which a row lies open.
const OPEN_COLUMNS: usize = 2;
/// What a closed row says at most.
const SAID: usize = 5;

/// A table and which of its rows are open; `Copy`.
#[derive(Clone, Copy)]
struct Rows {
    entry: Entry,
    columns: fn() -> Columns,
    open: RwSignal<BTreeSet<usize>>,
}

/// A table-valued property.
#[component]
pub fn Table(entry: Entry, columns: fn() -> Columns) -> impl IntoView {
    let rows = Rows { entry, columns, open: RwSignal::default() };
    let count = Memo::new(move |_| entry.value.with(|value| value.items().len()));
    let short = columns().len() <= OPEN_COLUMNS;
    let add = move |_| {
        let at = entry.items().len();
        if rows.change(|all| all.push((columns().new_row)(all))) {
            rows.open.update(|open| {
                open.insert(at);
            });
        }
    };
    view! {
        <div
            class="insp-table"
            role="group"
            id=entry.part("field")
            data-testid=entry.part("field")
            aria-labelledby=entry.part("label")
            aria-describedby=described_by(entry)
        >
            <ol class="insp-rows">
                <For each=move || 0..count.get() key=|row| *row let:row>
                    <Row rows row count short/>
                </For>
            </ol>
            <button type="button" class="insp-add" data-testid=entry.part("row-add") on:click=add>
                <Glyph path=glyphs::PLUS/>
                {tr(t("줄 추가", "Add row"))}
            </button>
            <Ready rows/>
        </div>
    }
    .into_any()
}

/// Rows that are often wanted, each added with one press; nothing where the resource knows none.
#[component]
fn Ready(rows: Rows) -> impl IntoView {
    let (store, words) = (store(), words());
    let entry = rows.entry;
    let found = Memo::new(move |_| {
        entry.value.track();
        let owner = entry.owner?;
        Some(store.design(|design| propose::ready_rows(design, owner, entry.meta.id)))
    });
    let row = move |at: usize| {
        let label = move || found.with(|found| found.as_ref()?.get(at).map(|(label, _)| words.read(label)));
        let add = move |_| {
            if let Some((_, row)) =
                found.get_untracked().and_then(|mut found| (at < found.len()).then(|| found.swap_remove(at)))
            {
                rows.change(|all| all.push(row));
            }
        };
        view! {
            <li>
                <button type="button" class="insp-add" data-testid=format!("{}-{at}", entry.part("ready")) on:click=add>
                    <Glyph path=glyphs::PLUS/>
                    {label}
                </button>
            </li>
        }
    };
    let count = Memo::new(move |_| found.with(|found| found.as_ref().map_or(0, Vec::len)));
    view! {
        <details class="insp-ready" data-testid=entry.part("ready") hidden=move || count.get() == 0>
            <summary>{tr(t("자주 쓰는 규칙", "Common rules"))}</summary>
            <ul><For each=move || 0..count.get() key=|at| *at children=row/></ul>
        </details>
    }
    .into_any()
}

impl Rows {
    /// Commits the rows after a change; whether they were taken.
    fn change(self, with: impl FnOnce(&mut Vec<Value>)) -> bool {
        let mut all = self.entry.items();
        with(&mut all);
        self.entry.send(Value::List(all))
    }

    fn remove(self, row: usize) {
        let gone = self.change(|all| drop((row < all.len()).then(|| all.remove(row))));
        if gone {
            // Rows after it move up, open or not.
            let moved = |at: &usize| (*at != row).then(|| if *at > row { at - 1 } else { *at });
            self.open.update(|open| *open = open.iter().filter_map(moved).collect());
        }
    }

    fn duplicate(self, row: usize) {
        self.change(|all| {
            if let Some(copy) = all.get(row).cloned() {
                all.insert(row + 1, copy);
            }
        });
    }

    fn swap(self, row: usize, other: usize) {
        let swapped = self.change(|all| {
            if row.max(other) < all.len() {
                all.swap(row, other);
            }
        });
        if swapped {
            let there = |at: &usize| match *at {
                at if at == row => other,
                at if at == other => row,
                at => at,
            };
            self.open.update(|open| *open = open.iter().map(there).collect());
        }
    }
}

#[component]
fn Row(rows: Rows, row: usize, count: Memo<usize>, short: bool) -> impl IntoView {
    let id = rows.entry.id();
    let open = move || short || rows.open.with(|open| open.contains(&row));
    let shown = Memo::new(move |_| open());
    view! {
        <li class="insp-row" class:open=shown class:short=short data-testid=format!("row-{id}-{row}")>
            <RowHead rows row count short/>
            <Show when=move || shown.get()>
                <RowCells rows row/>
            </Show>
        </li>
    }
    .into_any()
}

#[component]
fn RowHead(rows: Rows, row: usize, count: Memo<usize>, short: bool) -> impl IntoView {
    let (store, words) = (store(), words());
    let entry = rows.entry;
    let open = move || rows.open.with(|open| open.contains(&row));
    let says = move || entry.value.with(|all| all.items().get(row).map(|of| summary(of, rows.columns, store, words)));
    let toggle = move |_| {
        rows.open.update(|open| {
            if !open.remove(&row) {
                open.insert(row);
            }
        });
    };
    let summary = if short {
        view! { <span class="insp-row-number">{row + 1}</span> }.into_any()
    } else {
        view! {
            <button
                type="button"
                class="insp-row-toggle"
                data-testid=format!("row-toggle-{}-{row}", entry.id())
                aria-expanded=move || open().to_string()
                on:click=toggle
            >
                <Glyph path=glyphs::RIGHT/>
                <span class="insp-row-says">{says}</span>
            </button>
        }
        .into_any()
    };
    view! {
        <div class="insp-row-head">
            {summary}
            <span class="insp-row-actions">
                <Action rows row name="up" label=t("위로", "Move up") disabled=Signal::derive(move || row == 0)/>
                <Action rows row name="down" label=t("아래로", "Move down") disabled=Signal::derive(move || row + 1 >= count.get())/>
                <Action rows row name="duplicate" label=t("복제", "Duplicate") disabled=Signal::stored(false)/>
            </span>
            <Action rows row name="remove" label=t("삭제", "Remove") disabled=Signal::stored(false)/>
        </div>
    }
    .into_any()
}

const UP: &str = "M6 15L12 9L18 15";
const COPY: &str = "M8.5 8.5H19.5V19.5H8.5ZM15.5 8.5V4.5H4.5V15.5H8.5";

#[component]
fn Action(rows: Rows, row: usize, name: &'static str, label: Text, disabled: Signal<bool>) -> impl IntoView {
    let words = words();
    let glyph = match name {
        "up" => UP,
        "down" => glyphs::DOWN,
        "duplicate" => COPY,
        _ => glyphs::CLOSE,
    };
    let act = move |_| match name {
        "up" => drop(row.checked_sub(1).map(|above| rows.swap(row, above))),
        "down" => rows.swap(row, row + 1),
        "duplicate" => rows.duplicate(row),
        _ => rows.remove(row),
    };
    let spoken = move || words.read(&message!("{}번째 줄 {}", "{1} row {0}", row + 1, words.say(label)));
    view! {
        <button
            type="button"
            class="icon-button small"
            data-testid=format!("row-{name}-{}-{row}", rows.entry.id())
            aria-label=spoken
            title=tr(label)
            disabled=disabled
            on:click=act
        >
            <Glyph path=glyph/>
        </button>
    }
    .into_any()
}

/// The cells of a row that apply to it as it is now.
#[component]
fn RowCells(rows: Rows, row: usize) -> impl IntoView {
    let entry = rows.entry;
    let columns = (rows.columns)();
    let (metas, applying) = (StoredValue::new(columns.metas), columns.applying);
    let shown = Memo::new(move |_| entry.value.with(|all| all.items().get(row).map(applying).unwrap_or_default()));
    let column = move |id: &'static str| metas.with_value(|all| all.iter().find(|meta| meta.id == id).copied());
    view! {
        <div class="insp-cells">
            <For
                each=move || shown.get()
                key=|id| *id
                children=move |id| column(id).map(|meta| view! { <Field entry=entry.cell(row, meta) cell=true/> })
            />
        </div>
    }
    .into_any()
}

/// What a row holds, in a line: `tcp · 443 · 0.0.0.0/0`.
fn summary(row: &Value, columns: fn() -> Columns, store: Store, words: Words) -> String {
    let columns = columns();
    let applying = (columns.applying)(row);
    let cells = cells(row);
    let metas = columns.iter().filter(|meta| applying.contains(&meta.id));
    let said = metas.filter_map(|meta| says(meta, cells.get(meta.id)?, store, words)).take(SAID);
    said.collect::<Vec<_>>().join(" · ")
}

/// A cell in a few letters; nothing where there is nothing to say.
fn says(meta: &Meta, value: &Value, store: Store, words: Words) -> Option<String> {
    let said = match (meta.widget, value) {
        (Widget::Choice(choices), Value::Text(text)) => choices
            .iter()
            .find(|choice| choice.value == text)
            .map_or(text.clone(), |choice| words.say(choice.label).to_owned()),
        (Widget::Suggest(of), Value::Text(text)) => match of().into_iter().find(|one| one.value == *text) {
            // A code such as -1 is better said in words.
            Some(known) if text.starts_with('-') => words.read(&known.label),
            _ => text.clone(),
        },
        (_, Value::Ref(id)) => store.name(*id),
        (Widget::Toggle, Value::Bool(on)) => on.then(|| words.say(meta.label).to_owned()).unwrap_or_default(),
        (Widget::Table(columns), Value::List(rows)) => {
            let rows = rows.iter().map(|row| summary(row, columns, store, words)).filter(|said| !said.is_empty());
            rows.collect::<Vec<_>>().join(", ")
        }
        (_, Value::List(items)) => items.iter().map(typed::write).collect::<Vec<_>>().join(", "),
        (_, other) => typed::write(other),
    };
    (!said.is_empty()).then_some(said)
}
