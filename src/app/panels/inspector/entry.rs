//! What one control edits: a value to read, a way to commit it, and why the last try was refused.
//!
//! A table's cell is a entry made from its table's entry: it commits the whole table with one cell replaced, so that every commit is one edit and
//! one step to undo, however deep the cell lies.

use std::collections::{BTreeMap, BTreeSet};

use groundplan::catalog::{Meta, Value, Widget};
use groundplan::design::{Design, Edit};
use groundplan::id::NodeId;
use groundplan::interact::fresh;
use groundplan::message;
use groundplan::text::{Message, Text};
use leptos::prelude::*;

use crate::app::state::store::{Store, store};
use crate::app::state::ui::ui;

/// A value that a control shows and commits; `Copy`.
#[derive(Clone, Copy)]
pub struct Entry {
    /// What it is called and how it is edited.
    pub meta: Meta,
    /// The node it belongs to, if it is one.
    pub owner: Option<NodeId>,
    /// The value now.
    pub value: Signal<Value>,
    /// Whether several nodes share the entry and differ.
    pub mixed: Signal<bool>,
    /// Why the last commit was refused.
    pub error: RwSignal<Option<Message>>,
    id: StoredValue<String>,
    commit: Callback<Value, Result<(), Message>>,
}

impl Entry {
    /// A entry of any kind.
    pub fn new(
        id: String,
        meta: Meta,
        value: impl Fn() -> Value + Send + Sync + 'static,
        commit: impl Fn(Value) -> Result<(), Message> + Send + Sync + 'static,
    ) -> Self {
        Self {
            meta,
            owner: None,
            value: Memo::new(move |_| value()).into(),
            mixed: Signal::stored(false),
            error: RwSignal::new(None),
            id: StoredValue::new(id),
            commit: Callback::new(commit),
        }
    }

    /// A property of a node.
    pub fn field(id: NodeId, meta: Meta) -> Self {
        let store = store();
        let node = store.view(id).map(|view| view.node);
        let value = move || node.as_ref().and_then(|node| node.with(|n| n.body.value(meta.id))).unwrap_or_default();
        let commit = move |value: Value| {
            let edits = store.design(|design| fresh::set(design, id, meta.id, value));
            made(store, &edits, meta.label)
        };
        Self { owner: Some(id), ..Self::new(meta.id.to_owned(), meta, value, commit) }
    }

    /// A property that several nodes of one kind have in common.
    pub fn shared(ids: &BTreeSet<NodeId>, meta: Meta) -> Self {
        let store = store();
        let nodes: Vec<_> = ids.iter().filter_map(|id| store.view(*id)).map(|view| view.node).collect();
        let all = Memo::new(move |_| {
            let values = nodes.iter().map(|node| node.with(|n| n.body.value(meta.id)).unwrap_or_default());
            values.collect::<BTreeSet<Value>>()
        });
        let alike = move || all.with(|all| all.first().filter(|_| all.len() == 1).cloned().unwrap_or_default());
        let ids = ids.clone();
        let commit = move |value: Value| {
            let set = |design: &Design| {
                let each = |id: &NodeId| fresh::set(design, *id, meta.id, value.clone());
                ids.iter().flat_map(each).collect::<Vec<Edit>>()
            };
            let edits = store.design(set);
            made(store, &edits, meta.label)
        };
        let mixed = Signal::derive(move || all.with(BTreeSet::len) > 1);
        Self { mixed, ..Self::new(meta.id.to_owned(), meta, alike, commit) }
    }

    /// A cell of this table.
    pub fn cell(self, row: usize, column: Meta) -> Self {
        let value = move || {
            self.value.with(|table| match table.items().get(row) {
                Some(Value::Record(cells)) => cells.get(column.id).cloned().unwrap_or_default(),
                _ => Value::None,
            })
        };
        let commit = move |cell: Value| {
            let mut rows = self.items();
            if let Some(Value::Record(cells)) = rows.get_mut(row) {
                cells.insert(column.id.to_owned(), cell);
            }
            self.send_quietly(Value::List(rows)).map_err(|why| inside(&why, row, Some(column.label)))
        };
        Self { owner: self.owner, ..Self::new(format!("{}-{row}-{}", self.id(), column.id), column, value, commit) }
    }

    /// One text of this list. An emptied one leaves the list.
    pub fn item(self, row: usize) -> Self {
        let meta = Meta { widget: Widget::Line, ..self.meta };
        let value = move || self.value.with(|list| list.items().get(row).cloned().unwrap_or_default());
        let commit = move |text: Value| {
            let mut rows = self.items();
            if text.as_text().is_none_or(str::is_empty) {
                drop((row < rows.len()).then(|| rows.remove(row)));
            } else if let Some(old) = rows.get_mut(row) {
                *old = text;
            }
            self.send_quietly(Value::List(rows)).map_err(|why| inside(&why, row, None))
        };
        Self { owner: self.owner, ..Self::new(format!("{}-{row}", self.id()), meta, value, commit) }
    }

    /// The empty line at the end of this list.
    pub fn newcomer(self) -> Self {
        let meta = Meta { widget: Widget::Line, ..self.meta };
        let commit = move |text: Value| {
            if text.as_text().is_none_or(str::is_empty) {
                return Ok(());
            }
            let mut rows = self.items();
            let row = rows.len();
            rows.push(text);
            self.send_quietly(Value::List(rows)).map_err(|why| inside(&why, row, None))
        };
        Self { owner: self.owner, ..Self::new(format!("{}-new", self.id()), meta, Value::default, commit) }
    }

    /// For ids of elements and tests: `cidr`, `inbound-0-ports`.
    pub fn id(self) -> String {
        self.id.get_value()
    }

    /// The id of an element of this field.
    pub fn part(self, part: &str) -> String {
        self.id.with_value(|id| format!("{part}-{id}"))
    }

    /// The rows or items now; does not track.
    pub fn items(self) -> Vec<Value> {
        self.value.with_untracked(|value| value.items().to_vec())
    }

    /// Commits; whether it was taken. The refusal is kept for the field to show.
    pub fn send(self, value: Value) -> bool {
        // A form that just closed has nothing left to show or to commit to.
        let Some(result) = self.commit.try_run(value) else { return false };
        let why = result.err();
        let taken = why.is_none();
        self.error.try_set(why);
        taken
    }

    fn send_quietly(self, value: Value) -> Result<(), Message> {
        self.commit.try_run(value).unwrap_or(Ok(()))
    }
}

/// Makes edits as one step and says that the field changed.
pub fn made(store: Store, edits: &[Edit], label: Text) -> Result<(), Message> {
    let diff = store.edit(edits).map_err(|refusal| refusal.why)?;
    if !diff.is_empty() {
        let (ko, en) = (label.ko, label.en);
        ui().speak_later(message!("{ko}을(를) 바꿨어요.", "{en} changed."));
    }
    Ok(())
}

/// A refusal of a whole table begins with the row and the column; beside the cell itself they go without saying.
fn inside(why: &Message, row: usize, column: Option<Text>) -> Message {
    let at = row + 1;
    let column = column.map(|label| (format!("{} · ", label.ko), format!("{} · ", label.en))).unwrap_or_default();
    let bare = |text: &str, place: String| text.strip_prefix(&place).unwrap_or(text).to_owned();
    Message {
        ko: bare(&why.ko, format!("{at}번째 · {}", column.0)),
        en: bare(&why.en, format!("Row {at} · {}", column.1)),
    }
}

/// A row's cells; nothing if it is no row.
pub fn cells(row: &Value) -> BTreeMap<String, Value> {
    match row {
        Value::Record(cells) => cells.clone(),
        _ => BTreeMap::new(),
    }
}
