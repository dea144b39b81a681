//! Lists and tables of a resource with one row added, changed or gone, as an edit writes them.

use crate::catalog::kinds::{Listener, ListenerRule};
use crate::catalog::{FieldValue, Value};
use crate::design::Edit;
use crate::facts::actions::Action;
use crate::id::NodeId;
use crate::id_of;

/// A list without one row, as a fix writes it.
pub fn without<T: FieldValue + Clone>(rows: &[T], row: usize) -> Value {
    Value::List(rows.iter().enumerate().filter(|(at, _)| *at != row).map(|(_, kept)| kept.to_value()).collect())
}

/// A list with one row changed.
pub fn replaced<T: FieldValue + Clone>(rows: &[T], row: usize, with: &T) -> Value {
    let pick = |(at, kept): (usize, &T)| if at == row { with.to_value() } else { kept.to_value() };
    Value::List(rows.iter().enumerate().map(pick).collect())
}

/// A list with one more row at its end.
pub fn appended<T: FieldValue + Clone>(rows: &[T], more: &T) -> Value {
    Value::List(rows.iter().chain(std::iter::once(more)).map(FieldValue::to_value).collect())
}

/// A list with more rows at its end.
pub fn extended<T: FieldValue + Clone>(rows: &[T], more: &[T]) -> Value {
    Value::List(rows.iter().chain(more).map(FieldValue::to_value).collect())
}

/// The rows of a listener's rules with one cell changed.
pub fn with_cell(rules: &[ListenerRule], row: usize, field: &str, value: Value) -> Value {
    let mut rows: Vec<Value> = rules.iter().map(FieldValue::to_value).collect();
    if let Some(Value::Record(cells)) = rows.get_mut(row) {
        cells.insert(field.to_owned(), value);
    }
    Value::List(rows)
}

/// The edit that writes one property of a listener's action: of the listener itself, or of the rule that holds the action.
pub fn set_in_action(action: &Action<'_>, id: NodeId, listener: &Listener, field: &'static str, value: Value) -> Edit {
    let Some(row) = action.row else { return Edit::set(id, field, value) };
    Edit::set(id, id_of!(Listener.rules), with_cell(&listener.rules, row, field, value))
}
