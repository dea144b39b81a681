//! Which two resources may be held against each other: what a template never makes together is no pair.

use crate::cloudformation::excludes;
use crate::facts::Context;
use crate::id::NodeId;

/// Whether what two nodes have in a field can be compared: both may be there at the same time, and of the other it is known.
pub fn can_compare(context: &Context<'_>, id: NodeId, other: NodeId, field: &'static str) -> bool {
    !context.design.is_open(other, field) && !excludes(context.design, id, other)
}
