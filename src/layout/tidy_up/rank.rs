//! Which subnets stand above which: public ones, then those that reach out, then the rest.

use std::collections::BTreeMap;

use crate::catalog::kinds::Subnet;
use crate::design::Design;
use crate::facts::Context;
use crate::id::NodeId;

/// 0 for a public subnet, 1 for one with another way to the internet, 2 for one without.
pub(super) fn subnets(design: &Design) -> BTreeMap<NodeId, u8> {
    let context = Context::new(design);
    let rank = |id: NodeId| match context.route_outwards(id) {
        Some(_) if context.is_public(id) => 0,
        Some(_) => 1,
        None => 2,
    };
    context.all::<Subnet>().map(|(id, ..)| (id, rank(id))).collect()
}
