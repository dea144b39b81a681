//! Rules that let a load balancer in, added to the first group of whom it sends to.

use super::rows::extended;
use crate::catalog::kinds::{GroupRule, SecurityGroup};
use crate::design::Edit;
use crate::facts::Context;
use crate::id::NodeId;
use crate::text::Message;
use crate::{id_of, message};

/// The title and the edit that add `rules`, all for `what` (TCP or UDP) and `port`, to the first of these groups that is drawn; nothing where none is.
pub fn admit(
    context: &Context,
    groups: &[NodeId],
    rules: &[GroupRule],
    what: &str,
    port: u16,
) -> Option<(Message, Vec<Edit>)> {
    let (first, body) = groups.iter().find_map(|id| Some((*id, context.design.get::<SecurityGroup>(*id)?)))?;
    let (name, from) = (context.name(first), sources(context, rules));
    let title = message!("{name}에 {from}의 {what} {port} 허용하기", "Admit {what} {port} from {from} in {name}");
    Some((title, vec![Edit::set(first, id_of!(SecurityGroup.inbound), extended(&body.inbound, rules))]))
}

/// Whom rules let in, in words.
pub fn sources(context: &Context, rules: &[GroupRule]) -> String {
    rules.iter().map(|rule| context.peer(rule)).collect::<Vec<_>>().join(", ")
}
