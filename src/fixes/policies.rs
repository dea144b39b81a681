//! Policies of a design written anew: another document, and permission to do everything taken away.

use super::rows::{replaced, without};
use crate::catalog::permissions::InlinePolicy;
use crate::catalog::{FieldValue, JsonText};
use crate::design::Edit;
use crate::facts::Context;
use crate::facts::policies::{Administrator, Holder, Policy, holder};
use crate::id::NodeId;
use crate::template::Json;

/// The edit that takes from a user, group or role that through which it may do everything.
pub fn without_administrator(through: Administrator, id: NodeId, holder: &Holder<'_>) -> Edit {
    let change = match through {
        Administrator::Aws(row) => without(holder.aws, row),
        Administrator::Own(policy) => {
            let row = holder.own.iter().position(|own| *own == policy).unwrap_or(holder.own.len());
            without(holder.own, row)
        }
        Administrator::Inline(row) => without(holder.inline, row),
    };
    Edit::set(id, through.field(), change)
}

/// The edit that writes another document in the place of a policy.
pub fn with_document(context: &Context, policy: &Policy, json: &Json) -> Option<Edit> {
    let text = JsonText::of(json);
    let Some(row) = policy.row else { return Some(Edit::set(policy.node, policy.field, text.to_value())) };
    let holder = holder(context.design.node(policy.node)?)?;
    let inline = InlinePolicy { document: text, ..holder.inline.get(row)?.clone() };
    Some(Edit::set(policy.node, policy.field, replaced(holder.inline, row, &inline)))
}
