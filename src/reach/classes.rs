//! Interfaces that every filter and route treats alike, and the address atoms that tell them apart.

use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;

use super::network::{InterfaceIx, Network, Owner, SubnetIx};
use crate::facts::routes::SOMEBODY;
use crate::id::NodeId;
use crate::net::Cidr;

/// An atom: addresses in use that no rule and no route tells apart.
pub type AtomIx = usize;

/// The addresses in use, cut at every boundary that a rule or a route names. Addresses that nobody has need no atom.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Atoms {
    /// Every address in use, ascending.
    used: Vec<u32>,
    /// Where each atom begins, ascending, and its number. Numbers stay when an atom is split: the upper part gets the next one.
    runs: Vec<(u32, AtomIx)>,
}

/// An atom that was split in two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Split {
    /// The atom as it was; it keeps the lower part.
    pub atom: AtomIx,
    /// The new atom.
    pub upper: AtomIx,
    /// The first address of the upper part.
    pub from: u32,
}

impl Atoms {
    /// Cuts the addresses of a network's interfaces, and the one that stands for the internet.
    pub fn new(net: &Network) -> Self {
        let mut used: Vec<u32> = vec![SOMEBODY.into()];
        for interface in &net.interfaces {
            used.push(interface.private.into());
            used.extend(interface.public.map(|public| u32::from(public.address)));
        }
        used.sort_unstable();
        used.dedup();
        let mut cuts = Vec::new();
        let mut cut = |cidr: Cidr| edges(cidr, |edge| cuts.push(edge));
        for (inbound, outbound) in net.groups.values() {
            inbound.iter().chain(outbound).flat_map(|rule| net.blocks(rule)).for_each(&mut cut);
        }
        for (inbound, outbound) in net.acls.values() {
            inbound.iter().chain(outbound).filter_map(|rule| rule.cidr.v4()).for_each(&mut cut);
        }
        net.routes().for_each(|route| cut(route.destination));
        net.transit.routes().for_each(|route| cut(route.destination));
        cuts.sort_unstable();
        cuts.dedup();
        let mut runs: Vec<(u32, AtomIx)> = Vec::new();
        let mut cuts = cuts.into_iter().peekable();
        for address in &used {
            let mut parted = runs.is_empty();
            while cuts.next_if(|cut| cut <= address).is_some() {
                parted = true;
            }
            if parted {
                runs.push((*address, runs.len()));
            }
        }
        Self { used, runs }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.runs.len()
    }

    /// The atom of an address in use.
    pub fn of(&self, address: Ipv4Addr) -> AtomIx {
        let after = self.runs.partition_point(|(first, _)| *first <= u32::from(address));
        after.checked_sub(1).and_then(|at| self.runs.get(at)).map_or(0, |(_, atom)| *atom)
    }

    /// The atoms in order of address.
    pub fn ordered(&self) -> impl Iterator<Item = AtomIx> + '_ {
        self.runs.iter().map(|(_, atom)| *atom)
    }

    /// An address of an atom, which stands for all of them.
    pub fn address(&self, atom: AtomIx) -> Ipv4Addr {
        let run = self.runs.iter().find(|(_, other)| *other == atom);
        run.map_or(SOMEBODY, |(first, _)| Ipv4Addr::from(*first))
    }

    /// The atoms inside a block, as positions in [`Atoms::ordered`]: the first, and the one after the last.
    pub fn range(&self, cidr: Cidr) -> (usize, usize) {
        let (low, high) = cidr.bounds();
        (self.runs.partition_point(|(first, _)| *first < low), self.runs.partition_point(|(first, _)| *first <= high))
    }

    /// Cuts at the edges of another block, and tells what that splits.
    pub fn cut(&mut self, cidr: Cidr) -> Vec<Split> {
        let mut splits = Vec::new();
        edges(cidr, |edge| {
            let at = self.used.partition_point(|address| *address < edge);
            let (Some(upper), true) = (self.used.get(at).copied(), at > 0) else { return };
            let run = self.runs.partition_point(|(first, _)| *first <= upper);
            let Some((first, atom)) = run.checked_sub(1).and_then(|at| self.runs.get(at)).copied() else { return };
            if first < upper {
                let split = Split { atom, upper: self.runs.len(), from: upper };
                self.runs.insert(run, (upper, split.upper));
                splits.push(split);
            }
        });
        splits
    }
}

/// The first address of a block, and the one after its last.
fn edges(cidr: Cidr, mut edge: impl FnMut(u32)) {
    let (first, last) = cidr.bounds();
    edge(first);
    last.checked_add(1).into_iter().for_each(edge);
}

/// A subnet and an atom: what ACLs and routes can tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The subnet.
    pub subnet: SubnetIx,
    /// The atom of the private addresses.
    pub atom: AtomIx,
    /// One of the addresses, which stands for all.
    pub address: Ipv4Addr,
}

/// Interfaces that cannot be told apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Class {
    /// The subnet they stand in.
    pub subnet: SubnetIx,
    /// Their VPC.
    pub vpc: NodeId,
    /// Their groups, as a position in [`Classes::group_sets`]; `None` where no group filters them.
    pub groups: Option<usize>,
    /// The atom of their private addresses.
    pub atom: AtomIx,
    /// Where they stand, as a position in [`Classes::places`].
    pub place: usize,
    /// The atom of their public addresses, if they have any.
    pub public: Option<AtomIx>,
    /// Whether they begin connections; interfaces of endpoints only answer.
    pub begins: bool,
    /// Whether they take connections; interfaces of functions only begin some.
    pub takes: bool,
    /// Itself, where it is a target of a balancer that keeps its clients' addresses and so never leads it back to itself.
    pub hairpins: Option<InterfaceIx>,
    /// The load balancer whose node it is: it takes only what it listens on.
    pub balancer: Option<NodeId>,
    /// Whether a policy that is not judged decides what they let through to a service.
    pub policed: bool,
    /// Who they are.
    pub members: Vec<InterfaceIx>,
}

/// Subnet, atom, set of groups, public atom, whether it begins and whether it takes connections, whose node it is, and itself if routes lead to it.
type Key = (SubnetIx, AtomIx, Option<usize>, Option<AtomIx>, (bool, bool), Option<NodeId>, Option<InterfaceIx>);

/// All interfaces by class. NAT gateways and endpoints of gateway balancers are left out: nothing ends at them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Classes {
    /// The classes.
    pub classes: Vec<Class>,
    /// Each different set of groups.
    pub group_sets: Vec<Vec<NodeId>>,
    /// Each different place.
    pub places: Vec<Place>,
    /// The class of each interface.
    of: Vec<Option<usize>>,
}

impl Classes {
    /// Sorts interfaces into classes.
    pub fn new(net: &Network, atoms: &Atoms) -> Self {
        let mut sets: BTreeMap<&[NodeId], usize> = BTreeMap::new();
        let mut classes = Self { of: vec![None; net.interfaces.len()], ..Self::default() };
        let mut by_key: BTreeMap<Key, Vec<InterfaceIx>> = BTreeMap::new();
        let goals = net.listeners.values().flatten().filter_map(|listening| listening.goals.as_deref()).flatten();
        let targets: BTreeSet<InterfaceIx> = goals.filter(|goal| goal.keeps_client).map(|goal| goal.to).collect();
        for (ix, interface) in net.interfaces.iter().enumerate() {
            if matches!(interface.owner, Owner::NatGateway | Owner::Inspection | Owner::Transit) {
                continue;
            }
            let groups = interface.groups.as_deref().map(|groups| {
                *sets.entry(groups).or_insert_with(|| {
                    classes.group_sets.push(groups.to_vec());
                    classes.group_sets.len() - 1
                })
            });
            let atom = atoms.of(interface.private);
            let public = interface.public.map(|public| atoms.of(public.address));
            let part = (interface.owner != Owner::Endpoint, interface.owner != Owner::Function);
            let balancer = (interface.owner == Owner::BalancerNode).then_some(interface.node);
            // Each node of a balancer has targets of its own.
            let itself = balancer.is_some()
                || net.forwarders.contains(&ix)
                || net.policed.contains(&interface.node)
                || targets.contains(&ix);
            let forwards = itself.then_some(ix);
            let key = (interface.subnet, atom, groups, public, part, balancer, forwards);
            by_key.entry(key).or_default().push(ix);
        }
        // In order of subnets and atoms, so that neighbours share a place.
        let mut last = None;
        for ((subnet, atom, groups, public, (begins, takes), balancer, _), members) in by_key {
            let Some(vpc) = net.subnets.get(subnet).map(|of| of.vpc) else { continue };
            if last != Some((subnet, atom)) {
                let address = members.first().and_then(|ix| net.interfaces.get(*ix)).map_or(SOMEBODY, |of| of.private);
                classes.places.push(Place { subnet, atom, address });
                last = Some((subnet, atom));
            }
            let place = classes.places.len() - 1;
            for ix in &members {
                classes.of.get_mut(*ix).into_iter().for_each(|slot| *slot = Some(classes.classes.len()));
            }
            let owner = members.first().and_then(|ix| net.interfaces.get(*ix)).map(|interface| interface.node);
            let policed = owner.is_some_and(|owner| net.policed.contains(&owner));
            classes.classes.push(Class {
                subnet,
                vpc,
                groups,
                atom,
                place,
                public,
                begins,
                takes,
                hairpins: members.first().copied().filter(|ix| targets.contains(ix)),
                balancer,
                policed,
                members,
            });
        }
        classes
    }

    /// The class of an interface.
    pub fn of(&self, ix: InterfaceIx) -> Option<usize> {
        self.of.get(ix).copied().flatten()
    }

    /// Parts the classes that a split parts; the new ones come last, each with the class it was part of.
    pub fn split(&mut self, net: &Network, split: Split) -> Vec<usize> {
        let mut parents = Vec::new();
        let is_upper = |address: Option<Ipv4Addr>| address.is_some_and(|address| u32::from(address) >= split.from);
        for public in [false, true] {
            for at in 0..self.classes.len() {
                let Some(class) = self.classes.get_mut(at) else { continue };
                if (if public { class.public } else { Some(class.atom) }) != Some(split.atom) {
                    continue;
                }
                let address = |ix: &InterfaceIx| {
                    let interface = net.interfaces.get(*ix)?;
                    if public { interface.public.map(|public| public.address) } else { Some(interface.private) }
                };
                let (upper, lower): (Vec<_>, Vec<_>) = class.members.iter().partition(|ix| is_upper(address(ix)));
                if upper.is_empty() {
                    continue;
                }
                let mut parted = Class { members: upper, ..class.clone() };
                class.members = lower;
                if public {
                    parted.public = Some(split.upper);
                } else {
                    parted.atom = split.upper;
                    let address = parted.members.first().and_then(address).unwrap_or(SOMEBODY);
                    parted.place = self.place(Place { subnet: parted.subnet, atom: split.upper, address });
                }
                if self.classes.get(at).is_some_and(|class| class.members.is_empty()) {
                    // Nobody stays behind: the class itself moves.
                    self.classes.get_mut(at).into_iter().for_each(|class| *class = parted.clone());
                    continue;
                }
                let new = self.classes.len();
                for ix in &parted.members {
                    self.of.get_mut(*ix).into_iter().for_each(|slot| *slot = Some(new));
                }
                self.classes.push(parted);
                parents.push(at);
            }
        }
        parents
    }

    fn place(&mut self, place: Place) -> usize {
        let known = self.places.iter().position(|other| (other.subnet, other.atom) == (place.subnet, place.atom));
        known.unwrap_or_else(|| {
            self.places.push(place);
            self.places.len() - 1
        })
    }
}
