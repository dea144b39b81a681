//! A design lowered to what packets meet: interfaces with addresses, route tables with their local routes, groups, ACLs and gateways.

use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;

use super::packet::Blocker;
pub use super::packet::InterfaceIx;
use super::transit::Transit;
use super::unknown::Unknown;
use super::vpn::Vpn;
use crate::catalog::kinds::{AclRule, GroupRule};
use crate::id::NodeId;
use crate::net::{Cidr, Protocol};

/// Position of a [`SubnetNet`] in [`Network::subnets`].
pub type SubnetIx = usize;

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
    /// The interface of an endpoint that leads packets to a gateway balancer: nothing ends or begins at it.
    Inspection,
    /// The interface of an attachment of a transit gateway in one of its subnets: nothing ends or begins at it.
    Transit,
    /// The interface of something that AWS runs: a database, a task.
    Managed,
    /// The interface by which a function begins connections: it receives none.
    Function,
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
    /// To an endpoint that has packets inspected behind a gateway balancer.
    Inspection(InterfaceIx),
    /// To a transit gateway that the VPC is attached to.
    Transit(NodeId),
    /// To a virtual private gateway that is attached to the VPC.
    Vpn(NodeId),
    /// Out of what is described: to a carrier gateway, a VPC of somebody else.
    Beyond,
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

/// What an endpoint of a gateway balancer does with packets.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Inspection {
    /// The gateway balancer and the appliance that packets pass, where they are drawn.
    pub through: Vec<NodeId>,
    /// Why nothing comes back out of it; empty where it does.
    pub blockers: Vec<Blocker>,
}

/// A listener of a load balancer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listening {
    /// What it takes.
    pub protocol: Protocol,
    /// On which port.
    pub port: u16,
    /// Where a connection goes on to; nothing for an ALB, which answers itself.
    pub goals: Option<Vec<Goal>>,
}

/// A target of an NLB that is in reach of one of its nodes but for filters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Goal {
    /// The node that serves it.
    pub node: InterfaceIx,
    /// The target.
    pub to: InterfaceIx,
    /// What it is sent.
    pub protocol: Protocol,
    /// To which port.
    pub port: u16,
    /// The port of its health check.
    pub probe: u16,
    /// Whether it sees the client's own address.
    pub keeps_client: bool,
}

/// What an edit changed of a network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Changed {
    /// Nothing that packets meet.
    Nothing,
    /// Rules of these groups and ACLs, and nothing else.
    Filters {
        /// Security groups.
        groups: BTreeSet<NodeId>,
        /// Network ACLs.
        acls: BTreeSet<NodeId>,
    },
    /// Who is there, or by which ways.
    Ways,
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
    /// The DNS resolver of each VPC that has one: the base of its first block and two.
    pub resolvers: BTreeMap<NodeId, Ipv4Addr>,
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
    /// The transit gateways.
    pub transit: Transit,
    /// The VPN connections.
    pub vpn: Vpn,
    /// The letter of each subnet's zone, where it is known.
    pub zones: BTreeMap<NodeId, String>,
    /// The gateway endpoints.
    pub gateway_endpoints: BTreeMap<NodeId, EndpointNet>,
    /// The endpoints of gateway balancers.
    pub inspections: BTreeMap<NodeId, Inspection>,
    /// The table that packets follow which enter a VPC through its internet gateway, where it has one.
    pub edges: BTreeMap<NodeId, NodeId>,
    /// What each load balancer listens on.
    pub listeners: BTreeMap<NodeId, Vec<Listening>>,
    /// The interfaces that routes lead through.
    pub forwarders: BTreeSet<InterfaceIx>,
    /// By VPC and table: the row by which most of the internet is reached.
    pub(super) outwards: BTreeMap<(NodeId, Option<NodeId>), usize>,
    /// The tables that lead some of their VPC's own addresses elsewhere than into the VPC.
    pub(super) odd_tables: BTreeSet<(NodeId, Option<NodeId>)>,
    /// Members of fleets that join a target group, with the port where it is not the group's.
    pub joined: BTreeMap<NodeId, Vec<(InterfaceIx, Option<u16>)>>,
    /// Endpoints with a policy that lets through less than everything.
    pub policed: BTreeSet<NodeId>,
    /// What only a deployment knows.
    pub unknown: Unknown,
    pub(super) tables: BTreeMap<(NodeId, Option<NodeId>), Vec<RouteNet>>,
    pub(super) by_private: BTreeMap<(NodeId, Ipv4Addr), InterfaceIx>,
    pub(super) by_public: BTreeMap<Ipv4Addr, InterfaceIx>,
    pub(super) by_node: BTreeMap<NodeId, Vec<InterfaceIx>>,
}

impl Network {
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

    /// Whether a packet from an interface comes to a subnet from outside it, so that its network ACL is asked. One from no interface always does.
    pub fn enters(&self, from: Option<InterfaceIx>, subnet: &SubnetNet) -> bool {
        from.and_then(|from| self.interface(from)).is_none_or(|(_, of)| of.node != subnet.node)
    }

    /// The route by which most of the internet is reached from a subnet.
    pub fn route_outwards(&self, subnet: &SubnetNet) -> Option<RouteNet> {
        let table = (subnet.vpc, subnet.table);
        let row = Some(*self.outwards.get(&table)?);
        self.tables.get(&table)?.iter().find(|route| route.row == row).copied()
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

    /// All routes that hold an address, the one that wins first.
    pub(super) fn routes_for(&self, subnet: &SubnetNet, address: Ipv4Addr) -> impl Iterator<Item = RouteNet> + '_ {
        let all = self.tables.get(&(subnet.vpc, subnet.table)).map_or(&[][..], Vec::as_slice);
        all.iter().filter(move |route| route.destination.contains_addr(address)).copied()
    }

    /// The route of a packet that has entered a VPC through its internet gateway, where a table of the gateway decides.
    pub fn edge_route(&self, vpc: NodeId, address: Ipv4Addr) -> Option<RouteNet> {
        let routes = self.tables.get(&(vpc, Some(*self.edges.get(&vpc)?)))?;
        routes.iter().find(|route| route.destination.contains_addr(address)).copied()
    }

    /// Whose packet passes an internet gateway that an interface hands it to: whoever holds the source address, else that interface.
    pub(super) fn sender(&self, ix: InterfaceIx, source: Ipv4Addr) -> InterfaceIx {
        let vpc = self.interface(ix).map(|(_, subnet)| subnet.vpc);
        vpc.and_then(|vpc| self.by_private(vpc, source)).unwrap_or(ix)
    }

    /// Whether an appliance sends on under its own address: on the way to an internet gateway, unless the gateway's answers to the sender's own
    /// public address come by the appliance too.
    pub(super) fn is_nat_instance(&self, ix: InterfaceIx, source: Ipv4Addr, destination: Ipv4Addr) -> bool {
        let Some((_, subnet)) = self.interface(ix) else { return false };
        let outwards = self.route(subnet, destination).map(|route| route.hop);
        let public =
            self.interfaces.get(self.sender(ix, source)).is_some_and(|of| of.private == source && of.public.is_some());
        let back = self.edge_route(subnet.vpc, source).map(|route| route.hop);
        matches!(outwards, Some(Hop::InternetGateway(_))) && !(public && back == Some(Hop::Appliance(ix)))
    }

    /// Whether packets that enter a VPC through its internet gateway go straight to an address.
    pub fn comes_straight(&self, vpc: NodeId, address: Ipv4Addr) -> bool {
        self.edge_route(vpc, address).is_none_or(|route| route.hop == Hop::Local)
    }

    /// Whether an address is answered by AWS itself beside every interface of a VPC: its resolver, or instance metadata and time on the link.
    /// Neither groups nor ACLs nor routes are asked then.
    pub fn is_own_service(&self, vpc: NodeId, address: Ipv4Addr) -> bool {
        const RESOLVER: Ipv4Addr = Ipv4Addr::new(169, 254, 169, 253);
        const METADATA: Ipv4Addr = Ipv4Addr::new(169, 254, 169, 254);
        const TIME: Ipv4Addr = Ipv4Addr::new(169, 254, 169, 123);
        match self.resolvers.get(&vpc) {
            Some(resolver) if address == *resolver || address == RESOLVER => true,
            _ => matches!(address, METADATA | TIME),
        }
    }

    /// Whether a subnet's table leads all addresses of its VPC into the VPC.
    pub fn is_plain(&self, subnet: &SubnetNet) -> bool {
        !self.odd_tables.contains(&(subnet.vpc, subnet.table))
    }

    /// The interface whose private address a packet out of a subnet is for, where groups can tell: in the VPC, or in the actively peered one of the
    /// region that its route leads to. Several peers may have the same addresses.
    pub fn known_peer(&self, subnet: &SubnetNet, address: Ipv4Addr) -> Option<InterfaceIx> {
        self.by_private(subnet.vpc, address).or_else(|| {
            let near = |peering: &&PeeringNet| peering.active && peering.same_region;
            match self.route(subnet, address).map(|route| route.hop) {
                Some(Hop::Peering(id)) => {
                    let peering = self.peerings.get(&id).filter(near)?;
                    self.by_private(peering.other(subnet.vpc)?, address)
                }
                // Across a transit gateway outbound rules see no members.
                Some(Hop::Local | Hop::InternetGateway(_) | Hop::Transit(_) | Hop::Vpn(_)) | None => None,
                // Past something in the middle: whoever has the address beyond it.
                Some(_) => {
                    let all = self.peerings.values().filter(near);
                    all.filter_map(|peering| self.by_private(peering.other(subnet.vpc)?, address)).next()
                }
            }
        })
    }

    /// Whether resources may meet each other by public addresses: those of several VPCs, and whoever uses the name of an internet-facing balancer.
    pub(super) fn meets_by_public_addresses(&self) -> bool {
        let balanced = |of: &Interface| of.owner == Owner::BalancerNode && of.public.is_some();
        self.vpcs.len() > 1 || self.interfaces.iter().any(balanced)
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

    /// The IPv4 blocks that a group rule names: itself, by a prefix list, or as the address of a resource.
    pub fn blocks<'a>(&'a self, rule: &'a GroupRule) -> impl Iterator<Item = Cidr> + 'a {
        let listed = rule.prefix_list.and_then(|list| self.prefix_lists.get(&list));
        let holder = rule.address_of.and_then(|holder| self.address_of(holder)).map(Cidr::host);
        rule.cidr.and_then(|cidr| cidr.v4()).into_iter().chain(listed.into_iter().flatten().copied()).chain(holder)
    }

    /// The address that a template means by a resource: of an Elastic IP the public one, of anything else the private one of its first interface.
    fn address_of(&self, holder: NodeId) -> Option<Ipv4Addr> {
        let first = self.interfaces_of(holder).first().and_then(|ix| self.interfaces.get(*ix));
        first.map(|interface| interface.private).or_else(|| self.elastic(holder).map(|(_, public)| public))
    }

    /// The interface that has an Elastic IP, and the address.
    pub fn elastic(&self, elastic_ip: NodeId) -> Option<(InterfaceIx, Ipv4Addr)> {
        let mut all = self.interfaces.iter().enumerate();
        all.find_map(|(ix, interface)| {
            let public = interface.public.filter(|public| public.elastic_ip == Some(elastic_ip))?;
            Some((ix, public.address))
        })
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
}
