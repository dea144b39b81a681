//! From a design to the network that packets meet.

use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;

use super::addresses::{Addresses, stand_in_block};
use super::balancer::listening;
use super::network::{
    EndpointNet, Hop, Interface, InterfaceIx, Network, Owner, PeeringNet, PublicAddress, RouteNet, SubnetIx, SubnetNet,
};
use super::unknown::Unknown;
use super::vpn::ConnectionEnd;
use super::walk::Permits;
use crate::catalog::Kind;
use crate::catalog::kinds::{
    Connectivity, GroupRule, Instance, InternetGateway, Laptop, LoadBalancer, NatGateway, NetworkAcl, NetworkInterface,
    PrefixList, PublicIp, RouteTable, SecurityGroup, Subnet, TransitGateway, TransitGatewayAttachment, Vpc,
    VpcEndpoint, VpcPeering,
};
use crate::design::Design;
use crate::facts::routes::{Around, Leg, Way, in_order, row_outwards};
use crate::id::NodeId;
use crate::net::{IcmpType, PortRange, Protocol};

/// An interface to be.
pub(super) struct New {
    pub(super) node: NodeId,
    pub(super) owner: Owner,
    pub(super) subnet: SubnetIx,
    pub(super) public: Option<PublicAddress>,
    pub(super) groups: Option<Vec<NodeId>>,
    /// Its private address, where that is fixed.
    pub(super) fixed: Option<Ipv4Addr>,
}

impl Network {
    /// Lowers a design.
    pub fn lower(design: &Design) -> Self {
        let mut net = Self { unknown: Unknown::of(design), ..Self::default() };
        net.lower_frames(design);
        net.lower_links(design);
        net.lower_interfaces(design);
        net.lower_vpn(design);
        net.lower_transit(design);
        net.lower_tables(design);
        net.lower_listeners(design);
        net.inspect(design);
        net
    }

    fn lower_frames(&mut self, design: &Design) {
        for (id, _, vpc) in design.all::<Vpc>() {
            self.vpcs.insert(id, vpc.cidrs().collect());
            self.resolvers.extend(vpc.cidr.nth(2).filter(|_| vpc.dns_support).map(|resolver| (id, resolver)));
            // The default group, which instances without a group belong to: admits its own members, lets everything out. It goes by the VPC's id.
            let own = GroupRule {
                protocol: Protocol::All,
                ports: PortRange::ALL,
                icmp: IcmpType::ALL,
                cidr: None,
                group: Some(id),
                prefix_list: None,
                address_of: None,
                description: String::new(),
            };
            let inbound = std::iter::once(own).chain(vpc.default_inbound.iter().cloned()).collect();
            let everything = GroupRule::everything();
            let outbound = std::iter::once(everything).chain(vpc.default_outbound.iter().cloned()).collect();
            self.groups.insert(id, (inbound, outbound));
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
            self.acls.insert(id, acl.by_number());
        }
        for (id, _, laptop) in design.all::<Laptop>() {
            self.laptops.insert(id, laptop.address);
        }
        let mut mains: BTreeMap<NodeId, NodeId> = BTreeMap::new();
        for (id, _, table) in design.all::<RouteTable>() {
            let Some(vpc) = design.ancestor(id, Kind::Vpc) else { continue };
            if table.main {
                mains.entry(vpc).or_insert(id);
            }
            if table.gateway.is_some() && table.gateway == self.internet_gateways.get(&vpc).copied() {
                self.edges.entry(vpc).or_insert(id);
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
            // The blocks of a VPC outside the template are invented, and say nothing.
            let is_invented =
                |vpc| design.template().is_some_and(|original| original.is_outside(vpc) && !original.is_default(vpc));
            let overlap = !is_invented(a)
                && !is_invented(b)
                && self
                    .vpcs
                    .get(&a)
                    .into_iter()
                    .flatten()
                    .any(|block| self.vpcs.get(&b).into_iter().flatten().any(|other| block.overlaps(other)));
            // AWS refuses to join VPCs with a common address: such a connection never becomes active.
            let active = peering.accepted && a != b && !overlap;
            self.peerings.insert(id, PeeringNet { ends: (a, b), active, same_region: region(a) == region(b) });
        }
        let policed = design.all::<VpcEndpoint>().filter(|(_, _, of)| Permits::of(&of.policy) != Permits::Everything);
        self.policed = policed.map(|(id, ..)| id).collect();
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
        let primaries: BTreeSet<NodeId> =
            design.all::<Instance>().filter_map(|(_, _, instance)| instance.primary_interface).collect();
        for (id, node) in design.nodes() {
            // An instance has it as its own.
            if primaries.contains(&id) {
                continue;
            }
            let inside = design.ancestor(id, Kind::Subnet).and_then(|subnet| subnet_ix.get(&subnet).copied());
            let own = node.get::<Instance>().and_then(|instance| instance.primary_interface).and_then(|own| {
                let subnet = design.ancestor(own, Kind::Subnet).and_then(|subnet| subnet_ix.get(&subnet).copied())?;
                Some((own, design.get::<NetworkInterface>(own)?, subnet))
            });
            if let Some((own, interface, subnet)) = own {
                self.add_primary(id, (own, interface), subnet, &mut addresses);
            } else if let (Some(instance), Some(subnet)) = (node.get::<Instance>(), inside) {
                self.add_instance(design, id, instance, subnet, &mut addresses);
            } else if let (Some(interface), Some(subnet)) = (node.get::<NetworkInterface>(), inside) {
                self.add_interface(id, interface, subnet, &mut addresses);
            } else if let (Some(nat), Some(subnet)) = (node.get::<NatGateway>(), inside) {
                let eip = nat.elastic_ip.filter(|_| nat.connectivity == Connectivity::Public);
                let public = eip.map(|eip| addresses.public(Some(eip), None));
                let fixed = nat.private_ip;
                let new = New { node: id, owner: Owner::NatGateway, subnet, public, groups: None, fixed };
                self.add(new, &mut addresses);
            } else if let Some(balancer) = node.get::<LoadBalancer>() {
                for (row, subnet) in balancer.subnets.iter().enumerate() {
                    let Some(subnet) = subnet_ix.get(subnet).copied() else { continue };
                    let known = balancer.public_addresses.get(row).copied();
                    let elastic = balancer.elastic_ips.get(row).copied();
                    let public = (balancer.is_internet_facing() && self.is_public_known(id))
                        .then(|| addresses.public(elastic, known));
                    let private = self.address_in(subnet, &balancer.addresses);
                    // An NLB created without groups has none ever; an ALB always has some, the VPC's default if none is chosen.
                    let groups = match (balancer.security_groups.is_empty(), balancer.is_application()) {
                        (true, false) => None,
                        (true, true) => self.subnets.get(subnet).map(|of| vec![of.vpc]),
                        (false, _) => Some(balancer.security_groups.clone()),
                    };
                    let new = New { node: id, owner: Owner::BalancerNode, subnet, public, groups, fixed: private };
                    self.add(new, &mut addresses);
                }
            } else if let Some(endpoint) = node.get::<VpcEndpoint>().filter(|endpoint| !endpoint.is_gateway()) {
                for subnet in endpoint.subnets.iter().filter_map(|subnet| subnet_ix.get(subnet).copied()) {
                    let (owner, groups) = if endpoint.is_interface() {
                        (Owner::Endpoint, self.groups_or_default(subnet, &endpoint.security_groups))
                    } else {
                        (Owner::Inspection, None)
                    };
                    let fixed = self.address_in(subnet, &endpoint.addresses);
                    self.add(New { node: id, owner, subnet, public: None, groups, fixed }, &mut addresses);
                }
            } else if let Some(attachment) = node.get::<TransitGatewayAttachment>() {
                for subnet in attachment.subnets.iter().filter_map(|subnet| subnet_ix.get(subnet).copied()) {
                    let new = New { node: id, owner: Owner::Transit, subnet, public: None, groups: None, fixed: None };
                    self.add(new, &mut addresses);
                }
            } else {
                self.add_fleet(design, (id, node), |subnet| subnet_ix.get(&subnet).copied(), &mut addresses);
            }
        }
    }

    /// Whether it is known whether a resource gets a public address; one that is not known is none, and is told of where it would be needed.
    pub(super) fn is_public_known(&self, id: NodeId) -> bool {
        !self.unknown.public.contains(&id)
    }

    /// The address of a list that lies in a subnet.
    fn address_in(&self, subnet: SubnetIx, known: &[Ipv4Addr]) -> Option<Ipv4Addr> {
        let cidr = self.subnets.get(subnet)?.cidr;
        known.iter().find(|address| cidr.contains_addr(**address)).copied()
    }

    /// The groups chosen, else the VPC's default group, which goes by the VPC's id.
    pub(super) fn groups_or_default(&self, subnet: SubnetIx, groups: &[NodeId]) -> Option<Vec<NodeId>> {
        if groups.is_empty() { self.subnets.get(subnet).map(|of| vec![of.vpc]) } else { Some(groups.to_vec()) }
    }

    fn add_interface(&mut self, id: NodeId, of: &NetworkInterface, subnet: SubnetIx, addresses: &mut Addresses) {
        let elastic = addresses.elastic_of(id);
        let public =
            (elastic.is_some() || of.public_address.is_some()).then(|| addresses.public(elastic, of.public_address));
        let groups = self.groups_or_default(subnet, &of.security_groups);
        let fixed = of.private_ip;
        let new = New { node: id, owner: Owner::NetworkInterface, subnet, public, groups, fixed };
        let ix = self.add(new, addresses);
        if let Some(interface) = self.interfaces.get_mut(ix) {
            interface.source_dest_check = of.source_dest_check;
            if let Some(instance) = of.instance {
                self.by_node.entry(instance).or_default().push(ix);
            }
        }
    }

    /// The interface that an instance has as its own, and that exists by itself. A subnet gives such a one no public address.
    fn add_primary(
        &mut self,
        id: NodeId,
        (own, of): (NodeId, &NetworkInterface),
        subnet: SubnetIx,
        addresses: &mut Addresses,
    ) {
        let elastic = addresses.elastic_of(own).or_else(|| addresses.elastic_of(id));
        let public =
            (elastic.is_some() || of.public_address.is_some()).then(|| addresses.public(elastic, of.public_address));
        let groups = self.groups_or_default(subnet, &of.security_groups);
        let new = New { node: id, owner: Owner::Instance, subnet, public, groups, fixed: of.private_ip };
        let ix = self.add(new, addresses);
        self.stands_first(id, ix);
        self.by_node.entry(own).or_default().push(ix);
        if let Some(interface) = self.interfaces.get_mut(ix) {
            interface.source_dest_check = of.source_dest_check;
        }
    }

    /// Further interfaces of an instance may have come before: the primary one stands first.
    fn stands_first(&mut self, instance: NodeId, primary: InterfaceIx) {
        if let Some(all) = self.by_node.get_mut(&instance) {
            all.retain(|other| *other != primary);
            all.insert(0, primary);
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
        let assigned = assigned && self.is_public_known(id);
        let public = (assigned || elastic.is_some() || instance.public_address.is_some())
            .then(|| addresses.public(elastic, instance.public_address));
        let groups = self.groups_or_default(subnet, &instance.security_groups);
        let fixed = instance.private_ip;
        let new = New { node: id, owner: Owner::Instance, subnet, public, groups, fixed };
        let ix = self.add(new, addresses);
        self.stands_first(id, ix);
        if let Some(interface) = self.interfaces.get_mut(ix) {
            interface.source_dest_check = instance.source_dest_check;
        }
    }

    /// Puts an interface into its subnet.
    pub(super) fn add(&mut self, new: New, addresses: &mut Addresses) -> InterfaceIx {
        let New { node, owner, subnet, public, groups, fixed } = new;
        let ix = self.interfaces.len();
        let Some(of) = self.subnets.get(subnet) else { return ix };
        let private = fixed.unwrap_or_else(|| addresses.private(of));
        self.by_private.entry((of.vpc, private)).or_insert(ix);
        if let Some(public) = public {
            self.by_public.entry(public.address).or_insert(ix);
        }
        self.by_node.entry(node).or_default().push(ix);
        let source_dest_check =
            matches!(owner, Owner::Instance | Owner::NetworkInterface | Owner::Managed | Owner::Function);
        self.interfaces.push(Interface { node, owner, subnet, private, public, groups, source_dest_check });
        ix
    }

    fn lower_tables(&mut self, design: &Design) {
        let of_subnets = self.subnets.iter().map(|subnet| (subnet.vpc, subnet.table));
        let of_gateways = self.edges.iter().map(|(vpc, table)| (*vpc, Some(*table)));
        let followed: BTreeSet<(NodeId, Option<NodeId>)> = of_subnets.chain(of_gateways).collect();
        for (vpc, table) in followed {
            let rows = table.and_then(|table| design.get::<RouteTable>(table)).map_or(&[][..], |table| &table.routes);
            let given = self.gateway_endpoints.iter().filter(|(_, endpoint)| {
                endpoint.vpc == vpc && table.is_some_and(|table| endpoint.tables.contains(&table))
            });
            let around = Around {
                locals: self.vpcs.get(&vpc).map_or(&[][..], Vec::as_slice),
                lists: &self.prefix_lists,
                endpoints: given.map(|(id, endpoint)| (*id, endpoint.blocks.as_slice())).collect(),
                is_of_gateway: table.is_some() && self.edges.get(&vpc).copied() == table,
            };
            self.outwards.extend(row_outwards(rows, &around).map(|row| ((vpc, table), row)));
            let lowered = |Leg { destination, way, listed }: Leg| {
                let target = |row: usize| rows.get(row).and_then(|route| route.target);
                let (hop, row) = match way {
                    Way::Local => (Hop::Local, None),
                    Way::Endpoint(id) => (Hop::Endpoint(id), None),
                    Way::Row(row) => {
                        let beyond = rows.get(row).is_some_and(|route| route.beyond().is_some());
                        let out = if beyond { Hop::Beyond } else { Hop::Blackhole };
                        (target(row).map_or(out, |target| self.hop(design, vpc, target)), Some(row))
                    }
                };
                RouteNet { destination, hop, row, listed }
            };
            let mut routes: Vec<RouteNet> = in_order(rows, &around).into_iter().map(lowered).collect();
            let own = self.vpcs.get(&vpc).map_or(&[][..], Vec::as_slice);
            routes.extend(self.propagated(design, vpc, table));
            // A stable sort: of equal ones, what is propagated comes last.
            routes.sort_by_key(|route| (std::cmp::Reverse(route.destination.prefix_len()), route.listed));
            let elsewhere = |route: &RouteNet| {
                route.hop != Hop::Local && own.iter().any(|block| block.contains(&route.destination))
            };
            if routes.iter().any(elsewhere) {
                self.odd_tables.insert((vpc, table));
            }
            self.forwarders.extend(
                routes.iter().filter_map(|route| if let Hop::Appliance(ix) = route.hop { Some(ix) } else { None }),
            );
            self.tables.insert((vpc, table), routes);
        }
    }

    /// The routes that virtual private gateways write into a table. Where they overlap the VPC, the local route wins whatever their length.
    fn propagated(&self, design: &Design, vpc: NodeId, table: Option<NodeId>) -> Vec<RouteNet> {
        let gateways = table.and_then(|table| design.get::<RouteTable>(table)).map_or(&[][..], |of| &of.propagating);
        let on = gateways.iter().filter(|gateway| self.vpn.gateways.get(gateway) == Some(&vpc));
        let own = self.vpcs.get(&vpc).map_or(&[][..], Vec::as_slice);
        let mut found = Vec::new();
        for gateway in on {
            let connections = self.vpn.connections.values().filter(|of| of.end == ConnectionEnd::Gateway(*gateway));
            for destination in connections.flat_map(|of| of.networks.iter().copied()) {
                if !own.iter().any(|block| block.contains(&destination)) {
                    found.push(RouteNet { destination, hop: Hop::Vpn(*gateway), row: None, listed: true });
                }
            }
        }
        found
    }

    fn lower_listeners(&mut self, design: &Design) {
        let all = design.all::<LoadBalancer>().map(|(id, ..)| (id, listening(design, self, id)));
        self.listeners = all.collect();
    }

    fn hop(&self, design: &Design, vpc: NodeId, target: NodeId) -> Hop {
        if self.internet_gateways.get(&vpc) == Some(&target) {
            return Hop::InternetGateway(target);
        }
        if let Some(peering) = self.peerings.get(&target) {
            return if peering.other(vpc).is_some() { Hop::Peering(target) } else { Hop::Blackhole };
        }
        // A peering connection whose other end is somebody else's, and what a parameter stands for.
        let read = design.template().is_some() || design.node(target).is_some_and(|node| !node.origin.is_empty());
        let half = design.get::<VpcPeering>(target).is_some_and(|of| {
            read && matches!((of.requester, of.accepter), (Some(end), None) | (None, Some(end)) if end == vpc)
        });
        if self.vpn.gateways.get(&target) == Some(&vpc) {
            return Hop::Vpn(target);
        }
        if self.transit.attachment_of(vpc, target).is_some() {
            return Hop::Transit(target);
        }
        if design.get::<TransitGateway>(target).is_some() {
            return self.unattached(design, vpc, target);
        }
        if half || design.template().is_some_and(|original| original.is_outside(target)) {
            return Hop::Beyond;
        }
        let Some(ix) = self.interfaces_of(target).first().copied() else { return Hop::Blackhole };
        match self.interface(ix) {
            Some((interface, subnet)) if subnet.vpc == vpc => match interface.owner {
                Owner::NatGateway => Hop::NatGateway(ix),
                Owner::Instance | Owner::NetworkInterface => Hop::Appliance(ix),
                Owner::Inspection => Hop::Inspection(ix),
                Owner::BalancerNode | Owner::Endpoint | Owner::Managed | Owner::Function | Owner::Transit => {
                    Hop::Blackhole
                }
            },
            _ => Hop::Blackhole,
        }
    }
    /// Where a route to a transit gateway leads from a VPC that no attachment in the design joins to it. A VPC or a gateway of somebody else's template
    /// may be attached there, and an account has no such route without an attachment.
    fn unattached(&self, design: &Design, vpc: NodeId, gateway: NodeId) -> Hop {
        let is_outside = |id| design.template().is_some_and(|original| original.is_outside(id));
        let is_described = design.node(gateway).is_some_and(|node| !node.origin.is_empty());
        if is_outside(gateway) || is_outside(vpc) || is_described { Hop::Beyond } else { Hop::Blackhole }
    }
}
