//! Interfaces that every filter treats alike, and the address atoms that tell them apart.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use super::network::{InterfaceIx, Network, Owner, SubnetIx};
use crate::id::NodeId;
use crate::net::Cidr;

/// Address space cut at every boundary that any rule names: all addresses of an atom match the same rules.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Atoms {
    /// First addresses of the atoms after the first, ascending.
    cuts: Vec<u32>,
}

impl Atoms {
    /// Cuts at the edges of all blocks that groups and ACLs name.
    pub fn new(net: &Network) -> Self {
        let mut cuts = Vec::new();
        let mut cut = |cidr: Option<Cidr>| {
            if let Some(cidr) = cidr {
                let (first, last) = cidr.bounds();
                cuts.push(first);
                cuts.extend(last.checked_add(1));
            }
        };
        for (inbound, outbound) in net.groups.values() {
            inbound.iter().chain(outbound).flat_map(|rule| net.blocks(rule)).for_each(|block| cut(Some(block)));
        }
        for (inbound, outbound) in net.acls.values() {
            inbound.iter().chain(outbound).for_each(|rule| cut(rule.cidr.v4()));
        }
        // Between VPCs routes tell addresses apart too.
        if !net.peerings.is_empty() {
            net.routes().for_each(|route| cut(Some(route.destination)));
        }
        cuts.sort_unstable();
        cuts.dedup();
        Self { cuts }
    }

    /// The atom of an address.
    pub fn of(&self, address: Ipv4Addr) -> usize {
        let address = u32::from(address);
        self.cuts.partition_point(|cut| *cut <= address)
    }

    /// The atoms of a block, first and last.
    pub fn range(&self, cidr: Cidr) -> (usize, usize) {
        (self.of(cidr.first()), self.of(cidr.last()))
    }
}

/// Interfaces that cannot be told apart by any filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Class {
    /// The subnet they stand in.
    pub subnet: SubnetIx,
    /// Their VPC.
    pub vpc: NodeId,
    /// Their groups, as a position in [`Classes::group_sets`]; `None` where no group filters them.
    pub groups: Option<usize>,
    /// Their address atom, as a position in [`Classes::atoms_used`].
    pub atom: usize,
    /// Where they stand, as a position in [`Classes::places`].
    pub place: usize,
    /// Whether they have public addresses.
    pub public: bool,
    /// Whether they begin connections; interfaces of endpoints only answer.
    pub begins: bool,
    /// The load balancer whose nodes they are: it takes only what it listens on.
    pub balancer: Option<NodeId>,
    /// Who they are.
    pub members: Vec<InterfaceIx>,
}

/// Subnet, set of groups, atom, whether public, whether it begins connections, whose node.
type Key = (SubnetIx, Option<usize>, usize, bool, bool, Option<NodeId>);

/// All interfaces by class. NAT gateways are left out: nothing ends at them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Classes {
    /// The classes.
    pub classes: Vec<Class>,
    /// Each different set of groups.
    pub group_sets: Vec<Vec<NodeId>>,
    /// Each different subnet and atom: what ACLs can tell apart.
    pub places: Vec<(SubnetIx, usize)>,
    /// An address of each place, which stands for all that interfaces have there.
    pub addresses: Vec<Ipv4Addr>,
    /// Atoms in which an interface stands, ascending; the last entry stands for the internet.
    pub atoms_used: Vec<usize>,
}

impl Classes {
    /// Sorts interfaces into classes. `outside` is the atom that stands for the internet.
    pub fn new(net: &Network, atoms: &Atoms, outside: usize) -> Self {
        let mut used: Vec<usize> = net.interfaces.iter().map(|interface| atoms.of(interface.private)).collect();
        used.push(outside);
        used.sort_unstable();
        used.dedup();
        let mut sets: BTreeMap<&[NodeId], usize> = BTreeMap::new();
        let mut group_sets = Vec::new();
        let mut by_key: BTreeMap<Key, Vec<InterfaceIx>> = BTreeMap::new();
        for (ix, interface) in
            net.interfaces.iter().enumerate().filter(|(_, interface)| interface.owner != Owner::NatGateway)
        {
            let groups = interface.groups.as_deref().map(|groups| {
                *sets.entry(groups).or_insert_with(|| {
                    group_sets.push(groups.to_vec());
                    group_sets.len() - 1
                })
            });
            let atom = used.binary_search(&atoms.of(interface.private)).unwrap_or_default();
            let begins = interface.owner != Owner::Endpoint;
            let balancer = (interface.owner == Owner::BalancerNode).then_some(interface.node);
            let key = (interface.subnet, groups, atom, interface.public.is_some(), begins, balancer);
            by_key.entry(key).or_default().push(ix);
        }
        let mut places: Vec<(SubnetIx, usize)> = by_key.keys().map(|(subnet, _, atom, ..)| (*subnet, *atom)).collect();
        places.sort_unstable();
        places.dedup();
        let mut addresses = vec![Ipv4Addr::UNSPECIFIED; places.len()];
        for ((subnet, _, atom, ..), members) in &by_key {
            let address = members.first().and_then(|ix| net.interfaces.get(*ix)).map(|interface| interface.private);
            let slot = places.binary_search(&(*subnet, *atom)).ok().and_then(|place| addresses.get_mut(place));
            if let (Some(slot), Some(address)) = (slot, address) {
                *slot = address;
            }
        }
        let classes = by_key
            .into_iter()
            .filter_map(|((subnet, groups, atom, public, begins, balancer), members)| {
                let vpc = net.subnets.get(subnet)?.vpc;
                let place = places.binary_search(&(subnet, atom)).ok()?;
                Some(Class { subnet, vpc, groups, atom, place, public, begins, balancer, members })
            })
            .collect();
        Self { classes, group_sets, places, addresses, atoms_used: used }
    }
}
