//! What several rules need to know of a design, computed once: who is where, and which table and ACL each subnet follows.

use std::collections::BTreeMap;

use crate::catalog::Kind;
use crate::catalog::kinds::{Held, Region, RouteTable, Subnet, Vpc, Zone};
use crate::design::{Design, Node};
use crate::id::NodeId;

/// A design with the facts rules ask for.
pub struct Context<'a> {
    /// The design.
    pub design: &'a Design,
    by_kind: BTreeMap<Kind, Vec<NodeId>>,
    main_tables: BTreeMap<NodeId, NodeId>,
    pub(super) links: super::links::Links,
}

impl<'a> Context<'a> {
    /// Looks through the design once.
    pub fn new(design: &'a Design) -> Self {
        let mut by_kind: BTreeMap<Kind, Vec<NodeId>> = BTreeMap::new();
        let mut main_tables = BTreeMap::new();
        for (id, node) in design.nodes() {
            by_kind.entry(node.kind()).or_default().push(id);
            if let Some(table) = node.get::<RouteTable>()
                && table.main
                && let Some(vpc) = design.ancestor(id, Kind::Vpc)
            {
                main_tables.entry(vpc).or_insert(id);
            }
        }
        Self { design, by_kind, main_tables, links: super::links::Links::new(design) }
    }

    /// All resources of a kind, by id.
    pub fn all<T: Held>(&self) -> impl Iterator<Item = (NodeId, &'a Node, &'a T)> {
        let ids = self.by_kind.get(&T::KIND).map_or(&[][..], Vec::as_slice);
        ids.iter().filter_map(|id| {
            let node = self.design.node(*id)?;
            Some((*id, node, node.get::<T>()?))
        })
    }

    /// A name for messages; empty if the node is gone.
    pub fn name(&self, id: NodeId) -> &'a str {
        self.design.node(id).map_or("", |node| node.name.as_str())
    }

    /// The VPC around a node.
    pub fn vpc_of(&self, id: NodeId) -> Option<(NodeId, &'a Vpc)> {
        let vpc = self.design.ancestor(id, Kind::Vpc)?;
        Some((vpc, self.design.get(vpc)?))
    }

    /// The subnet around a node.
    pub fn subnet_of(&self, id: NodeId) -> Option<(NodeId, &'a Subnet)> {
        let subnet = self.design.ancestor(id, Kind::Subnet)?;
        Some((subnet, self.design.get(subnet)?))
    }

    /// The letter of the zone around a node.
    pub fn zone_of(&self, id: NodeId) -> Option<&'a str> {
        let zone = self.design.ancestor(id, Kind::Zone)?;
        Some(self.design.get::<Zone>(zone)?.letter.as_str())
    }

    /// The code of the region around a node.
    pub fn region_of(&self, id: NodeId) -> Option<&'a str> {
        let region = self.design.ancestor(id, Kind::Region)?;
        Some(self.design.get::<Region>(region)?.code.as_str())
    }

    /// The route table a subnet follows: its own, else the VPC's main one. Nothing means AWS's implicit main table with the local route only.
    pub fn route_table_of(&self, subnet: NodeId) -> Option<(NodeId, &'a RouteTable)> {
        let explicit = self.design.get::<Subnet>(subnet)?.route_table;
        let table = explicit.or_else(|| self.main_tables.get(&self.design.ancestor(subnet, Kind::Vpc)?).copied())?;
        Some((table, self.design.get(table)?))
    }

    /// Where a subnet's default route (0.0.0.0/0) leads: the outer option is whether there is one, the inner whether its target still is.
    pub fn default_route_of(&self, subnet: NodeId) -> Option<Option<NodeId>> {
        let (_, table) = self.route_table_of(subnet)?;
        let default =
            table.routes.iter().find(|route| route.destination.is_any() && route.destination.v4().is_some())?;
        Some(default.target)
    }

    /// Whether a subnet is public: its default route leads to an internet gateway that stands in its VPC.
    pub fn is_public(&self, subnet: NodeId) -> bool {
        self.default_route_of(subnet).flatten().is_some_and(|target| {
            self.design.node(target).is_some_and(|node| {
                node.kind() == Kind::InternetGateway && node.parent == self.design.ancestor(subnet, Kind::Vpc)
            })
        })
    }
}
