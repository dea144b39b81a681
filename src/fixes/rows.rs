//! Lists and tables of a resource with one row added, changed or gone, as an edit writes them. The list is named for its type, and for what the row
//! was: the edit itself holds no more than the row.

use crate::catalog::kinds::{Listener, ListenerRule};
use crate::catalog::{FieldValue, Value};
use crate::design::{Edit, RowChange};
use crate::facts::actions::Action;
use crate::id::NodeId;
use crate::id_of;

/// A list without one row, as a fix writes it.
pub fn without<T: FieldValue>(rows: &[T], row: usize) -> RowChange {
    RowChange::Remove { row, was: written(rows, row) }
}

/// A list with one row changed.
pub fn replaced<T: FieldValue>(rows: &[T], row: usize, with: &T) -> RowChange {
    RowChange::Replace { row, was: written(rows, row), with: with.to_value() }
}

/// A list with one more row at its end.
pub fn appended<T: FieldValue>(rows: &[T], more: &T) -> RowChange {
    extended(rows, std::slice::from_ref(more))
}

/// A list with more rows at its end.
pub fn extended<T: FieldValue>(_: &[T], more: &[T]) -> RowChange {
    RowChange::Append(more.iter().map(FieldValue::to_value).collect())
}

/// The rows of a listener's rules with one cell changed.
pub fn with_cell(rules: &[ListenerRule], row: usize, field: &str, value: Value) -> RowChange {
    let was = written(rules, row);
    let mut with = was.clone();
    if let Value::Record(cells) = &mut with {
        cells.insert(field.to_owned(), value);
    }
    RowChange::Replace { row, was, with }
}

/// A row as the design has it; nothing where there is none, so that nothing is changed.
fn written<T: FieldValue>(rows: &[T], row: usize) -> Value {
    rows.get(row).map(FieldValue::to_value).unwrap_or_default()
}

/// The edit that writes one property of a listener's action: of the listener itself, or of the rule that holds the action.
pub fn set_in_action(action: &Action<'_>, id: NodeId, listener: &Listener, field: &'static str, value: Value) -> Edit {
    let Some(row) = action.row else { return Edit::set(id, field, value) };
    Edit::set(id, id_of!(Listener.rules), with_cell(&listener.rules, row, field, value))
}
