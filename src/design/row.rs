//! One row of a list or table, changed: an edit that is small however long the list is, so that as many fixes can be held as there are rows.

use super::Edit;
use crate::catalog::Value;
use crate::id::NodeId;
use crate::message;
use crate::text::Message;

/// What becomes of a row. A row that is not any more as it was is left alone.
#[derive(Clone, Debug, PartialEq)]
pub enum RowChange {
    /// It goes.
    Remove {
        /// Which, from 0.
        row: usize,
        /// What it is.
        was: Value,
    },
    /// Another comes in its place.
    Replace {
        /// Which, from 0.
        row: usize,
        /// What it is.
        was: Value,
        /// What it becomes.
        with: Value,
    },
    /// More come at the end.
    Append(Vec<Value>),
}

impl RowChange {
    /// The list with the change.
    ///
    /// # Errors
    /// That the row is not as it was.
    pub fn of(&self, list: &[Value]) -> Result<Vec<Value>, Message> {
        let mut rows = list.to_vec();
        let found = |row: &usize, was: &Value| {
            let changed = || {
                let number = row + 1;
                message!(
                    "{number}번째 행이 그사이 바뀌어서 그대로 두었어요.",
                    "Row {number} has changed since, so it was left as it is."
                )
            };
            list.get(*row).filter(|now| *now == was).map(|_| *row).ok_or_else(changed)
        };
        match self {
            Self::Remove { row, was } => drop(rows.remove(found(row, was)?)),
            Self::Replace { row, was, with } => drop(rows.splice(found(row, was)?..=*row, [with.clone()])),
            Self::Append(more) => rows.extend_from_slice(more),
        }
        Ok(rows)
    }
}

/// What a field can be set to: a whole value, or its list with one row otherwise.
pub trait Setting {
    /// The edit that does.
    fn edit(self, id: NodeId, field: String) -> Edit;
}

impl<V: Into<Value>> Setting for V {
    fn edit(self, id: NodeId, field: String) -> Edit {
        Edit::Set { id, field, value: self.into() }
    }
}

impl Setting for RowChange {
    fn edit(self, id: NodeId, field: String) -> Edit {
        Edit::Row { id, field, change: self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::kinds::{Route, RouteTable};
    use crate::fixes::rows;
    use crate::id_of;
    use crate::rules::testing::two_zones;

    #[test]
    fn a_row_is_changed_where_it_is_as_it_was_and_left_alone_elsewhere() {
        let n = two_zones();
        let id = n.id("public-rt");
        let routes = |design: &crate::design::Design| design.get::<RouteTable>(id).unwrap().routes.clone();
        let first = routes(n.design());
        let second = Route { destination: "10.9.0.0/16".parse().unwrap(), ..Route::default() };
        let set = |change: RowChange| Edit::set(id, id_of!(RouteTable.routes), change);
        let (mut design, append) = (n.design().clone(), set(rows::appended(&first, &second)));
        let diff = design.apply(&append).unwrap();
        assert_eq!(routes(&design).len(), first.len() + 1);
        let both = routes(&design);
        let remove = set(rows::without(&both, 0));
        let other = Route { destination: "10.8.0.0/16".parse().unwrap(), ..Route::default() };
        design.apply(&set(rows::replaced(&both, 1, &other))).unwrap();
        assert_eq!(routes(&design)[1], other);
        design.apply(&remove).unwrap();
        assert_eq!(routes(&design), std::slice::from_ref(&other));
        // What stands there now is another row.
        let why = design.apply(&remove).unwrap_err();
        assert!(why.why.en.contains("has changed since"), "{why:?}");
        assert_eq!((routes(&design), why.field.as_deref()), (vec![other], Some("routes")));
        assert_eq!(diff.updated.len(), 1);
        // A row of what is no list, or of nothing.
        assert!(design.apply(&Edit::set(id, "main", RowChange::Append(vec![true.into()]))).is_err());
        assert!(design.apply(&Edit::set(id, "none", RowChange::Append(Vec::new()))).is_err());
    }
}
