//! What several rules need to know of a design, computed once: who is where, and which table and ACL each subnet follows.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;
use std::sync::Arc;

use super::routes::{Around, row_outwards};
use crate::catalog::Kind;
use crate::catalog::kinds::{
    Connectivity, ElasticIp, Held, LoadBalancer, NatGateway, PrefixList, Region, Route, RouteTable, Subnet,
    TransitGatewayAttachment, Vpc, VpcEndpoint, Zone,
};
use crate::design::{Design, Node};
use crate::id::NodeId;
use crate::id_of;
use crate::net::Cidr;

/// A design with the facts rules ask for.
#[derive(Clone)]
pub struct Context<'a> {
    /// The design.
    pub design: &'a Design,
    index: Arc<Index>,
}

/// What was looked up in a design once; it holds ids alone, so it can be kept beside the design.
#[derive(Clone)]
pub struct Index {
    /// Every rule asks where things stand, so the walk up the frames is made once for all.
    frames: BTreeMap<NodeId, Frames>,
    /// Subnets whose packets for the internet go to their VPC's internet gateway.
    public: BTreeSet<NodeId>,
    /// By VPC and route table: the row that takes packets for the internet.
    outwards: BTreeMap<(NodeId, NodeId), usize>,
    by_kind: BTreeMap<Kind, Vec<NodeId>>,
    main_tables: BTreeMap<NodeId, NodeId>,
    pub(super) links: super::links::Links,
    /// By VPC, then kind: what stands anywhere inside.
    within: BTreeMap<(NodeId, Kind), Vec<NodeId>>,
    /// By route table: the subnets that follow it.
    followers: BTreeMap<NodeId, Vec<NodeId>>,
    /// By Elastic IP: the instance and the NAT gateways that use it.
    address_users: BTreeMap<NodeId, Vec<NodeId>>,
    /// By subnet: the load balancers with a node there.
    balancers: BTreeMap<NodeId, Vec<NodeId>>,
}

impl Deref for Context<'_> {
    type Target = Index;

    fn deref(&self) -> &Index {
        &self.index
    }
}

/// The nearest frame of each kind around a node.
#[derive(Clone, Copy, Default)]
struct Frames {
    region: Option<NodeId>,
    vpc: Option<NodeId>,
    zone: Option<NodeId>,
    subnet: Option<NodeId>,
}

impl Frames {
    /// The frames around what stands directly in `frame`, which itself stands in these.
    const fn inside(self, frame: NodeId, kind: Kind) -> Self {
        match kind {
            Kind::Region => Self { region: Some(frame), ..self },
            Kind::Vpc => Self { vpc: Some(frame), ..self },
            Kind::Zone => Self { zone: Some(frame), ..self },
            Kind::Subnet => Self { subnet: Some(frame), ..self },
            _ => self,
        }
    }
}

/// The frames around every node, from the bare canvas inwards.
fn frames(design: &Design) -> BTreeMap<NodeId, Frames> {
    let mut found = BTreeMap::new();
    let mut open: Vec<(NodeId, Frames)> = design.children(None).map(|id| (id, Frames::default())).collect();
    while let Some((id, around)) = open.pop() {
        found.insert(id, around);
        if let Some(node) = design.node(id) {
            let inside = around.inside(id, node.kind());
            open.extend(design.children(Some(id)).map(|child| (child, inside)));
        }
    }
    found
}

impl<'a> Context<'a> {
    /// Looks through the design once.
    pub fn new(design: &'a Design) -> Self {
        let frames = frames(design);
        let mut by_kind: BTreeMap<Kind, Vec<NodeId>> = BTreeMap::new();
        let mut main_tables = BTreeMap::new();
        for (id, node) in design.nodes() {
            by_kind.entry(node.kind()).or_default().push(id);
            if let Some(table) = node.get::<RouteTable>()
                && table.main
                && let Some(vpc) = frames.get(&id).and_then(|around| around.vpc)
            {
                main_tables.entry(vpc).or_insert(id);
            }
        }
        let index = Index {
            frames,
            public: BTreeSet::new(),
            outwards: BTreeMap::new(),
            by_kind,
            main_tables,
            links: super::links::Links::new(design),
            within: BTreeMap::new(),
            followers: BTreeMap::new(),
            address_users: BTreeMap::new(),
            balancers: BTreeMap::new(),
        };
        let mut context = Self { design, index: Arc::new(index) };
        for (id, node) in design.nodes() {
            context.note_users(id, node);
        }
        context.note_outwards();
        let public = context.all::<Subnet>().map(|(id, ..)| id).filter(|id| context.leads_out(*id)).collect();
        Arc::make_mut(&mut context.index).public = public;
        context
    }

    /// The design with what was looked up in it before.
    pub const fn with_index(design: &'a Design, index: Arc<Index>) -> Self {
        Self { design, index }
    }

    /// What was looked up, to be kept for [`Context::with_index`] as long as the design stays as it is.
    pub fn index(&self) -> Arc<Index> {
        self.index.clone()
    }

    fn frames(&self, id: NodeId) -> Frames {
        self.frames.get(&id).copied().unwrap_or_default()
    }

    /// Turns round the references that rules follow backwards.
    fn note_users(&mut self, id: NodeId, node: &Node) {
        let table = node.get::<Subnet>().and_then(|_| self.route_table_of(id)).map(|(table, _)| table);
        let vpc = self.frames(id).vpc;
        let index = Arc::make_mut(&mut self.index);
        if let Some(vpc) = vpc {
            index.within.entry((vpc, node.kind())).or_default().push(id);
        }
        if let Some(table) = table {
            index.followers.entry(table).or_default().push(id);
        }
        if let Some(ElasticIp { instance: Some(user), .. } | ElasticIp { interface: Some(user), .. }) = node.get() {
            index.address_users.entry(id).or_default().push(*user);
        }
        // A private NAT gateway keeps the field and does not use it.
        if let Some(NatGateway { connectivity: Connectivity::Public, elastic_ip: Some(address), .. }) = node.get() {
            index.address_users.entry(*address).or_default().push(id);
        }
        for address in node.get::<LoadBalancer>().map_or(&[][..], |balancer| &balancer.elastic_ips) {
            index.address_users.entry(*address).or_default().push(id);
        }
        for subnet in node.get::<LoadBalancer>().map_or(&[][..], |balancer| &balancer.subnets) {
            index.balancers.entry(*subnet).or_default().push(id);
        }
    }

    /// What of a kind stands anywhere in a VPC, by id.
    pub fn within<T: Held>(&self, vpc: NodeId) -> impl Iterator<Item = (NodeId, &'a Node, &'a T)> {
        let ids = self.within.get(&(vpc, T::KIND)).map_or(&[][..], Vec::as_slice);
        ids.iter().filter_map(|id| {
            let node = self.design.node(*id)?;
            Some((*id, node, node.get::<T>()?))
        })
    }

    /// The internet gateway of a VPC; the first if it has several.
    pub fn internet_gateway_of(&self, vpc: NodeId) -> Option<NodeId> {
        self.within.get(&(vpc, Kind::InternetGateway))?.first().copied()
    }

    /// The attachment of a VPC to a transit gateway; the first if it has several.
    pub fn attachment_between(&self, vpc: NodeId, gateway: NodeId) -> Option<NodeId> {
        let mut own = self.within::<TransitGatewayAttachment>(vpc);
        own.find(|(_, _, of)| of.gateway == Some(gateway)).map(|(id, ..)| id)
    }

    /// The subnets that follow a route table, by association or because it is the main one.
    pub fn followers_of(&self, table: NodeId) -> &[NodeId] {
        self.followers.get(&table).map_or(&[], Vec::as_slice)
    }

    /// Who uses an Elastic IP.
    pub fn users_of(&self, elastic_ip: NodeId) -> &[NodeId] {
        self.address_users.get(&elastic_ip).map_or(&[], Vec::as_slice)
    }

    /// The load balancers with a node in a subnet.
    pub fn balancers_in(&self, subnet: NodeId) -> &[NodeId] {
        self.balancers.get(&subnet).map_or(&[], Vec::as_slice)
    }

    /// The first resource of a subnet that works only behind an internet gateway: an instance with a public address, a public NAT gateway,
    /// or a node of an internet-facing load balancer.
    pub fn public_need(&self, subnet: NodeId) -> Option<NodeId> {
        let inside = self.design.children(Some(subnet)).find(|id| match self.design.node(*id).map(Node::kind) {
            Some(Kind::Instance) => self.design.get(*id).is_some_and(|instance| self.has_public_address(*id, instance)),
            Some(Kind::NatGateway) => {
                self.design.get::<NatGateway>(*id).is_some_and(|nat| nat.connectivity == Connectivity::Public)
            }
            _ => false,
        });
        let facing =
            |id: &&NodeId| self.design.get::<LoadBalancer>(**id).is_some_and(|balancer| balancer.is_internet_facing());
        inside.or_else(|| self.balancers_in(subnet).iter().find(facing).copied())
    }

    /// The ids of all resources of a kind.
    pub fn of_kind(&self, kind: Kind) -> &[NodeId] {
        self.by_kind.get(&kind).map_or(&[], Vec::as_slice)
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
        let vpc = self.frames(id).vpc?;
        Some((vpc, self.design.get(vpc)?))
    }

    /// The subnet around a node.
    pub fn subnet_of(&self, id: NodeId) -> Option<(NodeId, &'a Subnet)> {
        let subnet = self.frames(id).subnet?;
        Some((subnet, self.design.get(subnet)?))
    }

    /// The letter of the zone around a node.
    pub fn zone_of(&self, id: NodeId) -> Option<&'a str> {
        let zone = self.frames(id).zone?;
        Some(self.design.get::<Zone>(zone)?.letter.as_str())
    }

    /// What a difference of zones hangs on: the letters of the zones around some nodes.
    pub fn zones_given(&self, ids: impl IntoIterator<Item = NodeId>) -> BTreeSet<(NodeId, &'static str)> {
        ids.into_iter().filter_map(|id| Some((self.frames(id).zone?, id_of!(Zone.letter)))).collect()
    }

    /// The code of the region around a node.
    pub fn region_of(&self, id: NodeId) -> Option<&'a str> {
        let region = self.frames(id).region?;
        Some(self.design.get::<Region>(region)?.code.as_str())
    }

    /// The route table a subnet follows: its own, else the VPC's main one. Nothing means AWS's implicit main table with the local route only.
    pub fn route_table_of(&self, subnet: NodeId) -> Option<(NodeId, &'a RouteTable)> {
        let explicit = self.design.get::<Subnet>(subnet)?.route_table;
        let table = explicit.or_else(|| self.main_tables.get(&self.frames(subnet).vpc?).copied())?;
        Some((table, self.design.get(table)?))
    }

    /// The route that takes a subnet's packets for the internet: 0.0.0.0/0, or the longer prefix that holds everybody's address.
    pub fn route_outwards(&self, subnet: NodeId) -> Option<&'a Route> {
        let (table, body) = self.route_table_of(subnet)?;
        let row = self.outwards.get(&(self.frames(subnet).vpc?, table))?;
        body.routes.get(*row)
    }

    /// Where the route that takes a subnet's packets for the internet leads: the outer option is whether there is one, the inner whether its
    /// target still is.
    pub fn default_route_of(&self, subnet: NodeId) -> Option<Option<NodeId>> {
        Some(self.route_outwards(subnet)?.target)
    }

    /// Whether a subnet has a way out for IPv6, which is not judged, whatever its routes for IPv4.
    pub fn leads_out_by_ipv6(&self, subnet: NodeId) -> bool {
        let routes = self.route_table_of(subnet).map_or(&[][..], |(_, table)| &table.routes);
        let leads = |route: &Route| route.target.is_some() || route.beyond().is_some();
        routes.iter().any(|route| route.destination.is_any() && route.destination.v6().is_some() && leads(route))
    }

    /// Whether a subnet's packets for the internet go to something that is not drawn.
    pub fn leads_beyond(&self, subnet: NodeId) -> bool {
        self.route_outwards(subnet).is_some_and(|route| route.beyond().is_some())
    }

    /// Finds the row of each table in use that takes packets for the internet.
    fn note_outwards(&mut self) {
        let lists: BTreeMap<NodeId, Vec<Cidr>> =
            self.all::<PrefixList>().map(|(id, _, list)| (id, list.entries.clone())).collect();
        let subnets = self.all::<Subnet>().map(|(id, ..)| id);
        let followed = subnets.filter_map(|id| Some((self.frames(id).vpc?, self.route_table_of(id)?.0)));
        let mut found = BTreeMap::new();
        for (vpc, table) in followed.collect::<BTreeSet<_>>() {
            let (Some(locals), Some(body)) = (self.design.get::<Vpc>(vpc), self.design.get::<RouteTable>(table)) else {
                continue;
            };
            let locals: Vec<Cidr> = locals.cidrs().collect();
            // What gateway endpoints serve is never everybody's address.
            let around = Around { locals: &locals, lists: &lists, endpoints: Vec::new(), is_of_gateway: false };
            found.extend(row_outwards(&body.routes, &around).map(|row| ((vpc, table), row)));
        }
        Arc::make_mut(&mut self.index).outwards = found;
    }

    /// Whether a subnet is public: its packets for the internet go to the internet gateway of its VPC.
    pub fn is_public(&self, subnet: NodeId) -> bool {
        self.public.contains(&subnet)
    }

    /// Whether a subnet's table leads some addresses, if not all, to the VPC's internet gateway: that alone makes it a public one
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/configure-subnets.html>).
    pub fn has_route_to_gateway(&self, subnet: NodeId) -> bool {
        let gateway = self.frames(subnet).vpc.and_then(|vpc| self.internet_gateway_of(vpc));
        let table = self.route_table_of(subnet).map(|(_, table)| table);
        gateway.is_some() && table.is_some_and(|table| table.routes.iter().any(|route| route.target == gateway))
    }

    /// By itself, or through an endpoint whose packets go on that way once they are inspected.
    fn leads_out(&self, subnet: NodeId) -> bool {
        let endpoint =
            self.default_route_of(subnet).flatten().and_then(|target| self.design.get::<VpcEndpoint>(target));
        let behind = endpoint.filter(|endpoint| endpoint.is_balanced()).and_then(|endpoint| endpoint.subnets.first());
        self.leads_to_gateway(subnet) || behind.is_some_and(|behind| self.leads_to_gateway(*behind))
    }

    fn leads_to_gateway(&self, subnet: NodeId) -> bool {
        let gateway = self.frames(subnet).vpc.and_then(|vpc| self.internet_gateway_of(vpc));
        gateway.is_some() && self.default_route_of(subnet).flatten() == gateway
    }
}
