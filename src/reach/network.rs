//! A design lowered to what packets meet: interfaces with addresses, route tables with their local routes, groups, ACLs and gateways.

use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;

use super::addresses::{Addresses, stand_in_block};
use crate::catalog::Kind;
use crate::catalog::kinds::{
    AclRule, Connectivity, GroupRule, Instance, InternetGateway, Laptop, LoadBalancer, NatGateway, NetworkAcl,
    NetworkInterface, PrefixList, PublicIp, RouteTable, Scheme, SecurityGroup, Subnet, Vpc, VpcEndpoint, VpcPeering,
};
use crate::design::Design;
use crate::id::NodeId;
use crate::net::{Cidr, PortRange, Protocol};

/// Position of a [`SubnetNet`] in [`Network::subnets`].
pub type SubnetIx = usize;
/// Position of an [`Interface`] in [`Network::interfaces`].
pub type InterfaceIx = usize;

/// What an interface belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Owner {
    /// An EC2 instance.
    Instance,
    /// A NAT gateway: no groups, translates.
    NatGateway,
    /// The node of a load balancer in one of its subnets.
    BalancerNode,
    /// A network interface of its own, attached to an instance or not.
    NetworkInterface,
    /// The interface of an endpoint in one of its subnets.
    Endpoint,
}

/// Where an interface's public address comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicAddress {
    /// The address; a stand-in if AWS chooses it at launch.
    pub address: Ipv4Addr,
    /// The Elastic IP, if it is one.
    pub elastic_ip: Option<NodeId>,
}

/// An elastic network interface.
#[derive(Clone, Debug)]
pub struct Interface {
    /// The resource it belongs to.
    pub node: NodeId,
    /// What that is.
    pub owner: Owner,
    /// Its subnet.
    pub subnet: SubnetIx,
    /// Its private address.
    pub private: Ipv4Addr,
    /// Its public address, if it has one.
    pub public: Option<PublicAddress>,
    /// Its groups; `None` where no group filters it.
    pub groups: Option<Vec<NodeId>>,
    /// Whether it drops what is neither from nor for itself.
    pub source_dest_check: bool,
}

/// A subnet as packets meet it.
#[derive(Clone, Debug)]
pub struct SubnetNet {
    /// The subnet.
    pub node: NodeId,
    /// Its VPC.
    pub vpc: NodeId,
    /// Its block.
    pub cidr: Cidr,
    /// The route table it follows; `None` is the VPC's implicit main table, local routes only.
    pub table: Option<NodeId>,
    /// The network ACL at its edge; `None` is the default ACL, which allows everything.
    pub acl: Option<NodeId>,
}

/// Where a route leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hop {
    /// Into the VPC.
    Local,
    /// To an internet gateway that is attached to the VPC.
    InternetGateway(NodeId),
    /// To a NAT gateway of the VPC.
    NatGateway(InterfaceIx),
    /// To an instance or interface that forwards.
    Appliance(InterfaceIx),
    /// Through a peering connection into the VPC at its other end.
    Peering(NodeId),
    /// Through a gateway endpoint to its service.
    Endpoint(NodeId),
    /// Nowhere: what it led to is gone, detached, or in another VPC.
    Blackhole,
}

/// One route.
#[derive(Clone, Copy, Debug)]
pub struct RouteNet {
    /// Where packets go.
    pub destination: Cidr,
    /// Through what.
    pub hop: Hop,
    /// Its row in the table; local routes and those of endpoints have none.
    pub row: Option<usize>,
    /// Whether it comes from a prefix list: of equal destinations a block of the table itself wins.
    pub listed: bool,
}

/// A peering connection.
#[derive(Clone, Copy, Debug)]
pub struct PeeringNet {
    /// The VPCs at its ends.
    pub ends: (NodeId, NodeId),
    /// Whether it carries packets.
    pub active: bool,
    /// Whether both ends lie in one region: only then do rules that name groups see the other side's members.
    pub same_region: bool,
}

impl PeeringNet {
    /// The VPC at the other end.
    pub fn other(&self, vpc: NodeId) -> Option<NodeId> {
        let (a, b) = self.ends;
        if a == vpc { Some(b) } else { Some(a).filter(|_| b == vpc) }
    }
}

/// A gateway endpoint.
#[derive(Clone, Debug)]
pub struct EndpointNet {
    /// Its VPC.
    pub vpc: NodeId,
    /// The addresses of its service.
    pub blocks: Vec<Cidr>,
    /// The route tables that lead to it.
    pub tables: Vec<NodeId>,
}

/// The lowered network.
#[derive(Clone, Debug, Default)]
pub struct Network {
    /// All subnets, by node id.
    pub subnets: Vec<SubnetNet>,
    /// All interfaces, by node id.
    pub interfaces: Vec<Interface>,
    /// Blocks of each VPC.
    pub vpcs: BTreeMap<NodeId, Vec<Cidr>>,
    /// The attached internet gateway of each VPC.
    pub internet_gateways: BTreeMap<NodeId, NodeId>,
    /// Group rules: inbound, outbound.
    pub groups: BTreeMap<NodeId, (Vec<GroupRule>, Vec<GroupRule>)>,
    /// ACL rules by number: inbound, outbound.
    pub acls: BTreeMap<NodeId, (Vec<AclRule>, Vec<AclRule>)>,
    /// Addresses of the laptops.
    pub laptops: BTreeMap<NodeId, Cidr>,
    /// The blocks of each prefix list.
    pub prefix_lists: BTreeMap<NodeId, Vec<Cidr>>,
    /// The peering connections with a VPC at both ends.
    pub peerings: BTreeMap<NodeId, PeeringNet>,
    /// The gateway endpoints.
    pub gateway_endpoints: BTreeMap<NodeId, EndpointNet>,
    tables: BTreeMap<(NodeId, Option<NodeId>), Vec<RouteNet>>,
    by_private: BTreeMap<(NodeId, Ipv4Addr), InterfaceIx>,
    by_public: BTreeMap<Ipv4Addr, InterfaceIx>,
    by_node: BTreeMap<NodeId, Vec<InterfaceIx>>,
}

impl Network {
    /// Lowers a design.
    pub fn lower(design: &Design) -> Self {
        let mut net = Self::default();
        net.lower_frames(design);
        net.lower_links(design);
        net.lower_interfaces(design);
        net.lower_tables(design);
        net
    }

    /// The interface with a private address in a VPC.
    pub fn by_private(&self, vpc: NodeId, address: Ipv4Addr) -> Option<InterfaceIx> {
        self.by_private.get(&(vpc, address)).copied()
    }

    /// The interface with a public address.
    pub fn by_public(&self, address: Ipv4Addr) -> Option<InterfaceIx> {
        self.by_public.get(&address).copied()
    }

    /// The interfaces of a resource.
    pub fn interfaces_of(&self, node: NodeId) -> &[InterfaceIx] {
        self.by_node.get(&node).map_or(&[], Vec::as_slice)
    }

    /// An interface with its subnet.
    pub fn interface(&self, ix: InterfaceIx) -> Option<(&Interface, &SubnetNet)> {
        let interface = self.interfaces.get(ix)?;
        Some((interface, self.subnets.get(interface.subnet)?))
    }

    /// The route a packet to `address` takes out of a subnet: the longest prefix wins.
    pub fn route(&self, subnet: &SubnetNet, address: Ipv4Addr) -> Option<RouteNet> {
        // Sorted by prefix length, longest first, so the first that matches wins.
        self.tables
            .get(&(subnet.vpc, subnet.table))?
            .iter()
            .find(|route| route.destination.contains_addr(address))
            .copied()
    }

    /// The interface whose private address a packet from a VPC bears, where groups can tell: in the VPC, or in an actively peered one of the region.
    pub fn known_peer(&self, vpc: NodeId, address: Ipv4Addr) -> Option<InterfaceIx> {
        self.by_private(vpc, address).or_else(|| {
            let near = self.peerings.values().filter(|peering| peering.active && peering.same_region);
            near.filter_map(|peering| self.by_private(peering.other(vpc)?, address)).next()
        })
    }

    /// Whether an address lies in a block of a VPC.
    pub fn holds(&self, vpc: NodeId, address: Ipv4Addr) -> bool {
        self.vpcs.get(&vpc).is_some_and(|blocks| blocks.iter().any(|block| block.contains_addr(address)))
    }

    /// The peering connection between two VPCs, one that is active if there is one.
    pub fn peering_between(&self, a: NodeId, b: NodeId) -> Option<NodeId> {
        let between = self.peerings.iter().filter(|(_, peering)| peering.other(a) == Some(b));
        between.max_by_key(|(_, peering)| peering.active).map(|(id, _)| *id)
    }

    /// The IPv4 blocks that a group rule names, itself or by a prefix list.
    pub fn blocks<'a>(&'a self, rule: &'a GroupRule) -> impl Iterator<Item = Cidr> + 'a {
        let listed = rule.prefix_list.and_then(|list| self.prefix_lists.get(&list));
        rule.cidr.and_then(|cidr| cidr.v4()).into_iter().chain(listed.into_iter().flatten().copied())
    }

    /// All routes of all tables in use.
    pub fn routes(&self) -> impl Iterator<Item = &RouteNet> {
        self.tables.values().flatten()
    }

    /// Whether an interface is a member of a group.
    pub fn is_member(&self, ix: InterfaceIx, group: NodeId) -> bool {
        self.interfaces
            .get(ix)
            .and_then(|interface| interface.groups.as_ref())
            .is_some_and(|groups| groups.contains(&group))
    }

    fn lower_frames(&mut self, design: &Design) {
        for (id, _, vpc) in design.all::<Vpc>() {
            self.vpcs.insert(id, vpc.cidrs().collect());
            // The default group, which instances without a group belong to: admits its own members, lets everything out. It goes by the VPC's id.
            let own = GroupRule {
                protocol: Protocol::All,
                ports: PortRange::ALL,
                cidr: None,
                group: Some(id),
                prefix_list: None,
                description: String::new(),
            };
            self.groups.insert(id, (vec![own], vec![GroupRule::everything()]));
        }
        for (id, node, _) in design.all::<InternetGateway>() {
            if let Some(vpc) = node.parent.filter(|parent| self.vpcs.contains_key(parent)) {
                self.internet_gateways.entry(vpc).or_insert(id);
            }
        }
        for (id, _, group) in design.all::<SecurityGroup>() {
            self.groups.insert(id, (group.inbound.clone(), group.outbound.clone()));
        }
        for (id, _, acl) in design.all::<NetworkAcl>() {
            let by_number = |rules: &[AclRule]| {
                let mut rules = rules.to_vec();
                rules.sort_by_key(|rule| rule.number);
                rules
            };
            self.acls.insert(id, (by_number(&acl.inbound), by_number(&acl.outbound)));
        }
        for (id, _, laptop) in design.all::<Laptop>() {
            self.laptops.insert(id, laptop.address);
        }
        let mut mains: BTreeMap<NodeId, NodeId> = BTreeMap::new();
        for (id, _, table) in design.all::<RouteTable>() {
            if let Some(vpc) = design.ancestor(id, Kind::Vpc).filter(|_| table.main) {
                mains.entry(vpc).or_insert(id);
            }
        }
        for (id, _, subnet) in design.all::<Subnet>() {
            let Some(vpc) = design.ancestor(id, Kind::Vpc) else { continue };
            let table = subnet.route_table.or_else(|| mains.get(&vpc).copied());
            self.subnets.push(SubnetNet { node: id, vpc, cidr: subnet.cidr, table, acl: subnet.network_acl });
        }
    }

    fn lower_links(&mut self, design: &Design) {
        for (id, _, list) in design.all::<PrefixList>() {
            let unknown = list.entries.is_empty() && !list.service.is_empty();
            let blocks = if unknown { vec![stand_in_block(&list.service)] } else { list.entries.clone() };
            self.prefix_lists.insert(id, blocks);
        }
        for (id, _, peering) in design.all::<VpcPeering>() {
            let (Some(a), Some(b)) = (peering.requester, peering.accepter) else { continue };
            let region = |vpc| design.ancestor(vpc, Kind::Region);
            let overlap = self
                .vpcs
                .get(&a)
                .into_iter()
                .flatten()
                .any(|block| self.vpcs.get(&b).into_iter().flatten().any(|other| block.overlaps(other)));
            // AWS refuses to join VPCs with a common address: such a connection never becomes active.
            let active = peering.accepted && a != b && !overlap;
            self.peerings.insert(id, PeeringNet { ends: (a, b), active, same_region: region(a) == region(b) });
        }
        for (id, _, endpoint) in design.all::<VpcEndpoint>().filter(|(_, _, endpoint)| endpoint.is_gateway()) {
            let Some(vpc) = design.ancestor(id, Kind::Vpc) else { continue };
            let service = endpoint.short_service();
            let of_service = |list: &PrefixList| list.service == service && !list.entries.is_empty();
            let known = design.all::<PrefixList>().find(|(_, _, list)| of_service(list));
            let blocks = known.map_or_else(|| vec![stand_in_block(service)], |(_, _, list)| list.entries.clone());
            self.gateway_endpoints.insert(id, EndpointNet { vpc, blocks, tables: endpoint.route_tables.clone() });
        }
    }

    fn lower_interfaces(&mut self, design: &Design) {
        let subnet_ix: BTreeMap<NodeId, SubnetIx> =
            self.subnets.iter().enumerate().map(|(ix, subnet)| (subnet.node, ix)).collect();
        let mut addresses = Addresses::new(design);
        for (id, node) in design.nodes() {
            let inside = design.ancestor(id, Kind::Subnet).and_then(|subnet| subnet_ix.get(&subnet).copied());
            if let (Some(instance), Some(subnet)) = (node.get::<Instance>(), inside) {
                self.add_instance(design, id, instance, subnet, &mut addresses);
            } else if let (Some(interface), Some(subnet)) = (node.get::<NetworkInterface>(), inside) {
                self.add_interface(id, interface, subnet, &mut addresses);
            } else if let (Some(nat), Some(subnet)) = (node.get::<NatGateway>(), inside) {
                let eip = nat.elastic_ip.filter(|_| nat.connectivity == Connectivity::Public);
                let public = eip.map(|eip| addresses.public(Some(eip), None));
                self.add(id, Owner::NatGateway, subnet, public, None, nat.private_ip, &mut addresses);
            } else if let Some(balancer) = node.get::<LoadBalancer>() {
                for (row, subnet) in balancer.subnets.iter().enumerate() {
                    let Some(subnet) = subnet_ix.get(subnet).copied() else { continue };
                    let known = balancer.public_addresses.get(row).copied();
                    let public = (balancer.scheme == Scheme::InternetFacing).then(|| addresses.public(None, known));
                    let private = self.address_in(subnet, &balancer.addresses);
                    // An NLB created without groups has none ever; an ALB always has some, the VPC's default if none is chosen.
                    let groups = match (balancer.security_groups.is_empty(), balancer.is_application()) {
                        (true, false) => None,
                        (true, true) => self.subnets.get(subnet).map(|of| vec![of.vpc]),
                        (false, _) => Some(balancer.security_groups.clone()),
                    };
                    self.add(id, Owner::BalancerNode, subnet, public, groups, private, &mut addresses);
                }
            } else if let Some(endpoint) = node.get::<VpcEndpoint>().filter(|endpoint| endpoint.is_interface()) {
                for subnet in endpoint.subnets.iter().filter_map(|subnet| subnet_ix.get(subnet).copied()) {
                    let groups = self.groups_or_default(subnet, &endpoint.security_groups);
                    let private = self.address_in(subnet, &endpoint.addresses);
                    self.add(id, Owner::Endpoint, subnet, None, groups, private, &mut addresses);
                }
            }
        }
    }

    /// The address of a list that lies in a subnet.
    fn address_in(&self, subnet: SubnetIx, known: &[Ipv4Addr]) -> Option<Ipv4Addr> {
        let cidr = self.subnets.get(subnet)?.cidr;
        known.iter().find(|address| cidr.contains_addr(**address)).copied()
    }

    /// The groups chosen, else the VPC's default group, which goes by the VPC's id.
    fn groups_or_default(&self, subnet: SubnetIx, groups: &[NodeId]) -> Option<Vec<NodeId>> {
        if groups.is_empty() { self.subnets.get(subnet).map(|of| vec![of.vpc]) } else { Some(groups.to_vec()) }
    }

    fn add_interface(&mut self, id: NodeId, of: &NetworkInterface, subnet: SubnetIx, addresses: &mut Addresses) {
        let elastic = addresses.elastic_of(id);
        let public =
            (elastic.is_some() || of.public_address.is_some()).then(|| addresses.public(elastic, of.public_address));
        let groups = self.groups_or_default(subnet, &of.security_groups);
        let ix = self.add(id, Owner::NetworkInterface, subnet, public, groups, of.private_ip, addresses);
        if let Some(interface) = self.interfaces.get_mut(ix) {
            interface.source_dest_check = of.source_dest_check;
            if let Some(instance) = of.instance {
                self.by_node.entry(instance).or_default().push(ix);
            }
        }
    }

    fn add_instance(
        &mut self,
        design: &Design,
        id: NodeId,
        instance: &Instance,
        subnet: SubnetIx,
        addresses: &mut Addresses,
    ) {
        let Some(of) = self.subnets.get(subnet) else { return };
        let assigned = match instance.public_ip {
            PublicIp::Yes => true,
            PublicIp::No => false,
            PublicIp::SubnetDefault => design.get::<Subnet>(of.node).is_some_and(|subnet| subnet.auto_assign_public_ip),
        };
        let elastic = addresses.elastic_of(id);
        let public = (assigned || elastic.is_some() || instance.public_address.is_some())
            .then(|| addresses.public(elastic, instance.public_address));
        let groups = self.groups_or_default(subnet, &instance.security_groups);
        let ix = self.add(id, Owner::Instance, subnet, public, groups, instance.private_ip, addresses);
        // Further interfaces may have come before: the primary one stands first.
        if let Some(all) = self.by_node.get_mut(&id) {
            all.retain(|other| *other != ix);
            all.insert(0, ix);
        }
        if let Some(interface) = self.interfaces.get_mut(ix) {
            interface.source_dest_check = instance.source_dest_check;
        }
    }

    #[expect(clippy::too_many_arguments, reason = "one place makes interfaces, and these are what an interface is")]
    fn add(
        &mut self,
        node: NodeId,
        owner: Owner,
        subnet: SubnetIx,
        public: Option<PublicAddress>,
        groups: Option<Vec<NodeId>>,
        fixed: Option<Ipv4Addr>,
        addresses: &mut Addresses,
    ) -> InterfaceIx {
        let ix = self.interfaces.len();
        let Some(of) = self.subnets.get(subnet) else { return ix };
        let private = fixed.unwrap_or_else(|| addresses.private(of));
        self.by_private.entry((of.vpc, private)).or_insert(ix);
        if let Some(public) = public {
            self.by_public.entry(public.address).or_insert(ix);
        }
        self.by_node.entry(node).or_default().push(ix);
        self.interfaces.push(Interface {
            node,
            owner,
            subnet,
            private,
            public,
            groups,
            source_dest_check: matches!(owner, Owner::Instance | Owner::NetworkInterface),
        });
        ix
    }

    fn lower_tables(&mut self, design: &Design) {
        let followed: BTreeSet<(NodeId, Option<NodeId>)> =
            self.subnets.iter().map(|subnet| (subnet.vpc, subnet.table)).collect();
        for (vpc, table) in followed {
            let local = |cidr: &Cidr| RouteNet { destination: *cidr, hop: Hop::Local, row: None, listed: false };
            let mut routes: Vec<RouteNet> = self.vpcs.get(&vpc).into_iter().flatten().map(local).collect();
            let listed = table.and_then(|table| design.get::<RouteTable>(table)).map_or(&[][..], |table| &table.routes);
            for (row, route) in listed.iter().enumerate() {
                let hop = route.target.map_or(Hop::Blackhole, |target| self.hop(vpc, target));
                let of = |listed: bool| move |destination: Cidr| RouteNet { destination, hop, row: Some(row), listed };
                match route.prefix_list {
                    Some(list) => {
                        routes.extend(self.prefix_lists.get(&list).into_iter().flatten().copied().map(of(true)));
                    }
                    None => routes.extend(route.destination.v4().map(of(false))),
                }
            }
            for (id, endpoint) in &self.gateway_endpoints {
                if endpoint.vpc == vpc && table.is_some_and(|table| endpoint.tables.contains(&table)) {
                    let of = |block: &Cidr| RouteNet {
                        destination: *block,
                        hop: Hop::Endpoint(*id),
                        row: None,
                        listed: true,
                    };
                    routes.extend(endpoint.blocks.iter().map(of));
                }
            }
            // A stable sort: of equal destinations the local route, then the first row, stays in front, and prefix lists come last.
            routes.sort_by_key(|route| (std::cmp::Reverse(route.destination.prefix_len()), route.listed));
            self.tables.insert((vpc, table), routes);
        }
    }

    fn hop(&self, vpc: NodeId, target: NodeId) -> Hop {
        if self.internet_gateways.get(&vpc) == Some(&target) {
            return Hop::InternetGateway(target);
        }
        if let Some(peering) = self.peerings.get(&target) {
            return if peering.other(vpc).is_some() { Hop::Peering(target) } else { Hop::Blackhole };
        }
        let Some(ix) = self.interfaces_of(target).first().copied() else { return Hop::Blackhole };
        match self.interface(ix) {
            Some((interface, subnet)) if subnet.vpc == vpc => match interface.owner {
                Owner::NatGateway => Hop::NatGateway(ix),
                Owner::Instance | Owner::NetworkInterface => Hop::Appliance(ix),
                Owner::BalancerNode | Owner::Endpoint => Hop::Blackhole,
            },
            _ => Hop::Blackhole,
        }
    }
}
