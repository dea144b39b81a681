//! What a class of faults is.

use crate::catalog::FieldValue;
use crate::design::Edit;
use crate::facts::Context;
use crate::id::NodeId;
use crate::text::{Message, Text};

/// A class of faults.
pub struct Class {
    /// Stable name.
    pub id: &'static str,
    /// What is wrong, in a few words.
    pub title: Text,
    /// How hard it is to find: 1 shows in the drawing, 2 in a table, 3 only to whoever thinks it through.
    pub level: u8,
    /// Every way to make it in a design.
    pub sites: fn(&Context) -> Vec<Site>,
}

/// One way to break a design.
#[derive(Clone, Debug, PartialEq)]
pub struct Site {
    /// What is done.
    pub edits: Vec<Edit>,
    /// What was done, for whoever may know.
    pub what: Message,
}

impl Site {
    pub(super) fn new(what: Message, edits: Vec<Edit>) -> Self {
        Self { edits, what }
    }
}

/// Writes a table.
pub(super) fn rows<R: FieldValue + Clone>(id: NodeId, field: &str, rows: &[R]) -> Edit {
    Edit::Set { id, field: field.to_owned(), value: rows.to_vec().to_value() }
}

/// Every list that lacks one row, with the row.
pub(super) fn without_each<R: Clone>(all: &[R]) -> impl Iterator<Item = (&R, Vec<R>)> {
    all.iter().enumerate().map(|(at, row)| {
        let rest = all.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, row)| row.clone()).collect();
        (row, rest)
    })
}

/// Every list in which one row is another, with the row.
pub(super) fn with_each<R: Clone>(all: &[R], other: impl Fn(&R) -> Option<R>) -> Vec<(R, Vec<R>)> {
    let changed = |(at, row): (usize, &R)| {
        let new = other(row)?;
        let list = all.iter().enumerate().map(|(other, row)| if other == at { new.clone() } else { row.clone() });
        Some((row.clone(), list.collect()))
    };
    all.iter().enumerate().filter_map(changed).collect()
}
