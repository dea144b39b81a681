//! A design lowered to what packets meet: interfaces with addresses, route tables with their local routes, groups, ACLs and gateways.

use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;

use crate::catalog::Kind;
use crate::catalog::kinds::{
    AclRule, ElasticIp, GroupRule, Instance, InternetGateway, Laptop, LoadBalancer, NatGateway, NetworkAcl, PublicIp,
    RouteTable, Scheme, SecurityGroup, Subnet, Vpc,
};
use crate::design::Design;
use crate::id::NodeId;
use crate::net::{Cidr, PortRange, Protocol};

/// Position of a [`SubnetNet`] in [`Network::subnets`].
pub type SubnetIx = usize;
/// Position of an [`Interface`] in [`Network::interfaces`].
pub type InterfaceIx = usize;

/// Public addresses AWS chooses at launch are unknown before; these stand in for them (RFC 2544 addresses, which no real rule names).
const UNKNOWN_PUBLIC: u32 = u32::from_be_bytes([198, 18, 0, 0]);

/// What an interface belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Owner {
    /// An EC2 instance.
    Instance,
    /// A NAT gateway: no groups, translates.
    NatGateway,
    /// The node of a load balancer in one of its subnets.
    BalancerNode,
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
    /// To an instance that forwards.
    Appliance(InterfaceIx),
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
    /// Its row in the table; local routes have none.
    pub row: Option<usize>,
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

    fn lower_interfaces(&mut self, design: &Design) {
        let subnet_ix: BTreeMap<NodeId, SubnetIx> =
            self.subnets.iter().enumerate().map(|(ix, subnet)| (subnet.node, ix)).collect();
        let mut addresses = Addresses::new(design);
        let elastic: BTreeMap<NodeId, NodeId> =
            design.all::<ElasticIp>().filter_map(|(id, _, eip)| Some((eip.instance?, id))).collect();
        for (id, node) in design.nodes() {
            let inside = design.ancestor(id, Kind::Subnet).and_then(|subnet| subnet_ix.get(&subnet).copied());
            if let (Some(instance), Some(subnet)) = (node.get::<Instance>(), inside) {
                self.add_instance(design, id, instance, subnet, elastic.get(&id).copied(), &mut addresses);
            } else if let (Some(nat), Some(subnet)) = (node.get::<NatGateway>(), inside) {
                let public = nat.elastic_ip.map(|eip| addresses.public(Some(eip)));
                self.add(id, Owner::NatGateway, subnet, public, None, None, &mut addresses);
            } else if let Some(balancer) = node.get::<LoadBalancer>() {
                for subnet in balancer.subnets.iter().filter_map(|subnet| subnet_ix.get(subnet).copied()) {
                    let public = (balancer.scheme == Scheme::InternetFacing).then(|| addresses.public(None));
                    // An NLB created without groups has none ever; an ALB always has some, the VPC's default if none is chosen.
                    let groups = match (balancer.security_groups.is_empty(), balancer.is_application()) {
                        (true, false) => None,
                        (true, true) => self.subnets.get(subnet).map(|of| vec![of.vpc]),
                        (false, _) => Some(balancer.security_groups.clone()),
                    };
                    self.add(id, Owner::BalancerNode, subnet, public, groups, None, &mut addresses);
                }
            }
        }
    }

    fn add_instance(
        &mut self,
        design: &Design,
        id: NodeId,
        instance: &Instance,
        subnet: SubnetIx,
        elastic: Option<NodeId>,
        addresses: &mut Addresses,
    ) {
        let Some(of) = self.subnets.get(subnet) else { return };
        let assigned = match instance.public_ip {
            PublicIp::Yes => true,
            PublicIp::No => false,
            PublicIp::SubnetDefault => design.get::<Subnet>(of.node).is_some_and(|subnet| subnet.auto_assign_public_ip),
        };
        let public = (assigned || elastic.is_some()).then(|| addresses.public(elastic));
        let groups = if instance.security_groups.is_empty() { vec![of.vpc] } else { instance.security_groups.clone() };
        let ix = self.add(id, Owner::Instance, subnet, public, Some(groups), instance.private_ip, addresses);
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
            source_dest_check: owner == Owner::Instance,
        });
        ix
    }

    fn lower_tables(&mut self, design: &Design) {
        let followed: BTreeSet<(NodeId, Option<NodeId>)> =
            self.subnets.iter().map(|subnet| (subnet.vpc, subnet.table)).collect();
        for (vpc, table) in followed {
            let local = |cidr: &Cidr| RouteNet { destination: *cidr, hop: Hop::Local, row: None };
            let mut routes: Vec<RouteNet> = self.vpcs.get(&vpc).into_iter().flatten().map(local).collect();
            let listed = table.and_then(|table| design.get::<RouteTable>(table)).map_or(&[][..], |table| &table.routes);
            for (row, route) in listed.iter().enumerate() {
                let Some(destination) = route.destination.v4() else { continue };
                let hop = route.target.map_or(Hop::Blackhole, |target| self.hop(vpc, target));
                routes.push(RouteNet { destination, hop, row: Some(row) });
            }
            // A stable sort: of equal destinations the local route, then the first row, stays in front.
            routes.sort_by_key(|route| std::cmp::Reverse(route.destination.prefix_len()));
            self.tables.insert((vpc, table), routes);
        }
    }

    fn hop(&self, vpc: NodeId, target: NodeId) -> Hop {
        if self.internet_gateways.get(&vpc) == Some(&target) {
            return Hop::InternetGateway(target);
        }
        let Some(ix) = self.interfaces_of(target).first().copied() else { return Hop::Blackhole };
        match self.interface(ix) {
            Some((interface, subnet)) if subnet.vpc == vpc => match interface.owner {
                Owner::NatGateway => Hop::NatGateway(ix),
                Owner::Instance => Hop::Appliance(ix),
                Owner::BalancerNode => Hop::Blackhole,
            },
            _ => Hop::Blackhole,
        }
    }
}

/// Hands out addresses that AWS would choose: the lowest free one of the subnet, in the order of node ids, so that they stay while others are added.
struct Addresses {
    fixed: BTreeSet<Ipv4Addr>,
    next: BTreeMap<NodeId, u32>,
    public: u32,
}

impl Addresses {
    fn new(design: &Design) -> Self {
        let fixed = design.all::<Instance>().filter_map(|(_, _, instance)| instance.private_ip).collect();
        Self { fixed, next: BTreeMap::new(), public: 0 }
    }

    fn private(&mut self, subnet: &SubnetNet) -> Ipv4Addr {
        // The first four addresses are AWS's own.
        let next = self.next.entry(subnet.node).or_insert(4);
        loop {
            let address = subnet.cidr.nth(*next).unwrap_or(subnet.cidr.last());
            *next += 1;
            if !self.fixed.contains(&address) || subnet.cidr.nth(*next).is_none() {
                return address;
            }
        }
    }

    fn public(&mut self, elastic_ip: Option<NodeId>) -> PublicAddress {
        self.public += 1;
        PublicAddress { address: Ipv4Addr::from(UNKNOWN_PUBLIC + self.public), elastic_ip }
    }
}
