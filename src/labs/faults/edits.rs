//! Edits that undo edits, and whether two faults touch the same thing.

use std::collections::BTreeSet;

use crate::design::{Design, Edit};
use crate::id::NodeId;

/// What undoes edits that were made to a design, the last first. Nothing where an edit is refused or would lose more than one resource.
pub fn inverse(design: &Design, edits: &[Edit]) -> Option<Vec<Edit>> {
    let mut state = design.clone();
    let mut undo = Vec::new();
    for edit in edits {
        undo.push(match edit {
            Edit::Set { id, field, .. } | Edit::Row { id, field, .. } => {
                Edit::Set { id: *id, field: field.clone(), value: state.node(*id)?.body.value(field)? }
            }
            Edit::Place { id, .. } => {
                let node = state.node(*id)?;
                Edit::Place { id: *id, parent: node.parent, rect: node.rect }
            }
            Edit::Rename { id, .. } => Edit::Rename { id: *id, name: state.node(*id)?.name.clone() },
            Edit::Add(id, _) => Edit::Remove(*id),
            Edit::Remove(_) | Edit::Title(_) | Edit::Assertions(_) | Edit::Template(_) => return None,
        });
        state.apply(edit).ok()?;
    }
    undo.reverse();
    Some(undo)
}

/// Whether two lists of edits write the same field, or place or make the same resource.
pub(super) fn touch(one: &[Edit], two: &[Edit]) -> bool {
    let places = |edits: &[Edit]| -> BTreeSet<(NodeId, String)> {
        let place = |edit: &Edit| match edit {
            Edit::Set { id, field, .. } | Edit::Row { id, field, .. } => Some((*id, field.clone())),
            Edit::Add(id, _) | Edit::Remove(id) | Edit::Place { id, .. } | Edit::Rename { id, .. } => {
                Some((*id, String::new()))
            }
            Edit::Title(_) | Edit::Assertions(_) | Edit::Template(_) => None,
        };
        edits.iter().filter_map(place).collect()
    };
    !places(one).is_disjoint(&places(two))
}
