//! Which subnets stand above which: public ones, then those that reach out, then the rest.

use std::collections::BTreeMap;

use crate::catalog::Kind;
use crate::catalog::kinds::{RouteTable, Subnet};
use crate::design::Design;
use crate::id::NodeId;

/// 0 for a subnet with a route to an internet gateway, 1 for one with another default route, 2 for one without.
pub(super) fn subnets(design: &Design) -> BTreeMap<NodeId, u8> {
    let mut mains: BTreeMap<NodeId, &RouteTable> = BTreeMap::new();
    for (id, _, table) in design.all::<RouteTable>().filter(|(_, _, table)| table.main) {
        if let Some(vpc) = design.ancestor(id, Kind::Vpc) {
            mains.entry(vpc).or_insert(table);
        }
    }
    let rank = |id: NodeId, subnet: &Subnet| {
        let own = subnet.route_table.and_then(|table| design.get::<RouteTable>(table));
        let table = own.or_else(|| mains.get(&design.ancestor(id, Kind::Vpc)?).copied());
        let leads = |kind: Kind| {
            let to = |target: NodeId| design.node(target).is_some_and(|node| node.kind() == kind);
            table.is_some_and(|table| table.routes.iter().filter_map(|route| route.target).any(to))
        };
        let default = table.is_some_and(|table| table.routes.iter().any(crate::catalog::kinds::Route::is_default));
        if leads(Kind::InternetGateway) { 0 } else { 2 - u8::from(default) }
    };
    design.all::<Subnet>().map(|(id, _, subnet)| (id, rank(id, subnet))).collect()
}
