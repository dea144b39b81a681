//! Who reaches whom: every pair of interfaces at once, exactly.
//!
//! Rules name one block and one port interval each, so address space and port space cut at their edges need no solver. What a set of groups admits
//! from an atom of addresses, and from the members of another set of groups, is computed once for each; a pair's traffic is then one intersection of
//! interned sets. See [`super::sets`] and [`super::classes`].

use super::classes::{Atoms, Class, Classes};
use super::filter::{Direction, rules};
use super::network::{Hop, InterfaceIx, Network, SubnetIx};
use super::sets::{EVERYTHING, NOTHING, SetId, Sets, intervals, without};
use super::trace::SOMEBODY;
use crate::catalog::kinds::{AclAction, AclRule};
use crate::id::NodeId;
use crate::net::{PortRange, Protocol};
use std::collections::BTreeMap;
use std::net::Ipv4Addr;

/// What passes from one class to another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Verdict {
    /// The traffic that is let through to the destination.
    pub traffic: SetId,
    /// The part of it whose answer gets back.
    pub answered: SetId,
}

/// All pairs within VPCs, across peering connections, and with the internet.
#[derive(Clone, Debug, Default)]
pub struct Pairs {
    /// The interfaces by class.
    pub classes: Classes,
    /// What the ids of sets mean.
    pub sets: Sets,
    /// Row by row: from the class of the row to the class of the column.
    cells: Vec<Verdict>,
    /// From each class to the internet.
    pub outwards: Vec<Verdict>,
    /// From the internet (any address that no rule singles out) to each class.
    pub inwards: Vec<Verdict>,
}

impl Pairs {
    /// Computes all pairs of a network.
    pub fn new(net: &Network) -> Self {
        let atoms = Atoms::new(net);
        let classes = Classes::new(net, &atoms, atoms.of(SOMEBODY));
        let mut sets = Sets::default();
        let tables = Tables::new(net, &atoms, &classes, &mut sets);
        let takes = takes(net, &classes, &mut sets);
        let mut pairs = Self { classes, sets, cells: Vec::new(), outwards: Vec::new(), inwards: Vec::new() };
        pairs.fill(net, &tables, &takes);
        pairs.fill_internet(net, &tables, &takes);
        pairs
    }

    /// From one class to another, by position in [`Classes::classes`].
    pub fn between(&self, from: usize, to: usize) -> Verdict {
        self.cells.get(from * self.classes.classes.len() + to).copied().unwrap_or_default()
    }

    /// The class of an interface.
    pub fn class_of(&self, ix: InterfaceIx) -> Option<usize> {
        self.classes.classes.iter().position(|class| class.members.binary_search(&ix).is_ok())
    }

    fn fill(&mut self, net: &Network, tables: &Tables, takes: &[SetId]) {
        let Self { classes, sets, cells, .. } = self;
        let all = &classes.classes;
        cells.reserve(all.len() * all.len());
        // What each set of groups lets in from the class of this row, and what ACLs let pass between its place and each other.
        let mut lets_in = vec![NOTHING; classes.group_sets.len()];
        let mut edges = vec![Verdict::default(); classes.places.len()];
        let peered = Peered::new(net);
        for from in all {
            if !from.begins {
                cells.resize(cells.len() + all.len(), Verdict::default());
                continue;
            }
            for (groups, slot) in lets_in.iter_mut().enumerate() {
                *slot = tables.inbound.admits(sets, groups, from.atom, from.groups);
            }
            for (place, slot) in classes.places.iter().zip(&mut edges) {
                *slot = tables.between(sets, (from.subnet, from.atom), *place);
            }
            let here = classes.addresses.get(from.place).copied().unwrap_or(SOMEBODY);
            let cell = |(to, takes): (&Class, &SetId)| {
                let near = from.vpc == to.vpc;
                let inbound = to.groups.map_or(EVERYTHING, |groups| lets_in.get(groups).copied().unwrap_or_default());
                let inbound = sets.intersection(inbound, *takes);
                if inbound == NOTHING || (!near && peered.is_none()) {
                    return Verdict::default();
                }
                if let (false, Some(peered)) = (near, &peered) {
                    let there = classes.addresses.get(to.place).copied().unwrap_or(SOMEBODY);
                    let edge = edges.get(to.place).copied().unwrap_or_default();
                    let edge = Verdict { traffic: sets.intersection(edge.traffic, *takes), ..edge };
                    return peered.verdict(net, tables, sets, (from, here), (to, there), edge);
                }
                let outbound =
                    from.groups.map_or(EVERYTHING, |groups| tables.outbound.admits(sets, groups, to.atom, to.groups));
                let edge = edges.get(to.place).copied().unwrap_or_default();
                let traffic = sets.all_of([outbound, inbound, edge.traffic]);
                Verdict { traffic, answered: sets.intersection(traffic, edge.answered) }
            };
            cells.extend(all.iter().zip(takes).map(cell));
        }
    }

    fn fill_internet(&mut self, net: &Network, tables: &Tables, takes: &[SetId]) {
        let Self { classes, sets, outwards, inwards, .. } = self;
        let outside = tables.outside;
        for (class, own) in classes.classes.iter().zip(takes) {
            if !class.begins {
                outwards.push(Verdict::default());
                inwards.push(Verdict::default());
                continue;
            }
            let Some(subnet) = net.subnets.get(class.subnet) else { continue };
            let (enter, leave) = (
                tables.acl(class.subnet, Direction::Inbound, outside),
                tables.acl(class.subnet, Direction::Outbound, outside),
            );
            let hop = net.route(subnet, SOMEBODY).map(|route| route.hop);
            let sends = class.groups.map_or(EVERYTHING, |groups| tables.outbound.admits(sets, groups, outside, None));
            let edge = sets.intersection(sends, leave.traffic);
            outwards.push(match hop {
                Some(Hop::InternetGateway(_)) if class.public => {
                    Verdict { traffic: edge, answered: sets.intersection(edge, enter.answers) }
                }
                Some(Hop::NatGateway(nat)) => {
                    let traffic = Verdict { traffic: edge, answered: sets.intersection(edge, enter.answers) };
                    through_nat(net, tables, sets, class, nat, traffic)
                }
                _ => Verdict::default(),
            });
            let takes = class.groups.map_or(EVERYTHING, |groups| tables.inbound.admits(sets, groups, outside, None));
            let takes = sets.intersection(takes, *own);
            let gate = class.public && net.internet_gateways.contains_key(&subnet.vpc);
            let traffic = if gate { sets.intersection(takes, enter.traffic) } else { NOTHING };
            // The answer must leave through the internet gateway, or it comes from another address.
            let leads_back = matches!(hop, Some(Hop::InternetGateway(_)));
            let back = if leads_back { leave.answers } else { NOTHING };
            inwards.push(Verdict { traffic, answered: sets.intersection(traffic, back) });
        }
    }
}

/// What each class takes beside what its groups admit: a load balancer's nodes only what it listens on.
fn takes(net: &Network, classes: &Classes, sets: &mut Sets) -> Vec<SetId> {
    let of = |class: &Class| {
        let Some(balancer) = class.balancer else { return EVERYTHING };
        let ports = net.listeners.get(&balancer).into_iter().flatten();
        sets.of(ports.map(|(protocol, port)| intervals(*protocol, PortRange::single(*port))).collect())
    };
    classes.classes.iter().map(of).collect()
}

/// The peering connections that carry packets, by the VPCs at their ends.
struct Peered {
    same_region: BTreeMap<(NodeId, NodeId), bool>,
}

impl Peered {
    /// Nothing where there are none, which is the usual case.
    fn new(net: &Network) -> Option<Self> {
        let active = net.peerings.values().filter(|peering| peering.active);
        let both = active.flat_map(|peering| {
            let (a, b) = peering.ends;
            [((a, b), peering.same_region), ((b, a), peering.same_region)]
        });
        let same_region: BTreeMap<_, _> = both.collect();
        (!same_region.is_empty()).then_some(Self { same_region })
    }

    /// From a class to one of another VPC: both tables must lead through a peering connection, and groups know members in one region only.
    fn verdict(
        &self,
        net: &Network,
        tables: &Tables,
        sets: &mut Sets,
        (from, here): (&Class, Ipv4Addr),
        (to, there): (&Class, Ipv4Addr),
        edge: Verdict,
    ) -> Verdict {
        let Some(known) = self.same_region.get(&(from.vpc, to.vpc)).copied() else { return Verdict::default() };
        let leads = |own: &Class, other: &Class, address| {
            let hop = net.subnets.get(own.subnet).and_then(|subnet| net.route(subnet, address)).map(|route| route.hop);
            let peering = if let Some(Hop::Peering(id)) = hop { net.peerings.get(&id) } else { None };
            peering.is_some_and(|peering| peering.active && peering.other(own.vpc) == Some(other.vpc))
        };
        if !leads(from, to, there) {
            return Verdict::default();
        }
        let (sender, receiver) = (from.groups.filter(|_| known), to.groups.filter(|_| known));
        let inbound = to.groups.map_or(EVERYTHING, |groups| tables.inbound.admits(sets, groups, from.atom, sender));
        let outbound = from.groups.map_or(EVERYTHING, |groups| tables.outbound.admits(sets, groups, to.atom, receiver));
        let traffic = sets.all_of([outbound, inbound, edge.traffic]);
        let answered = if leads(to, from, here) { sets.intersection(traffic, edge.answered) } else { NOTHING };
        Verdict { traffic, answered }
    }
}

/// Out through a NAT gateway: past its subnet's ACL twice, and only if that subnet leads to an internet gateway.
fn through_nat(
    net: &Network,
    tables: &Tables,
    sets: &mut Sets,
    from: &Class,
    nat: InterfaceIx,
    edge: Verdict,
) -> Verdict {
    let Some((gateway, subnet)) = net.interface(nat) else { return Verdict::default() };
    let leads_out = matches!(net.route(subnet, SOMEBODY).map(|route| route.hop), Some(Hop::InternetGateway(_)));
    if gateway.subnet == from.subnet || gateway.public.is_none() || !leads_out {
        return Verdict::default();
    }
    let carried = [Protocol::Tcp, Protocol::Udp, Protocol::Icmp].map(|protocol| intervals(protocol, PortRange::ALL));
    let carried = sets.of(carried.to_vec());
    let acl = |direction, atom| tables.acl(gateway.subnet, direction, atom);
    // The packet still bears its destination on the internet and its source in the VPC when it enters the NAT gateway's subnet.
    let there = [carried, acl(Direction::Inbound, from.atom).traffic, acl(Direction::Outbound, tables.outside).traffic];
    let back = [acl(Direction::Inbound, tables.outside).answers_to_nat, acl(Direction::Outbound, from.atom).answers];
    let traffic = there.into_iter().fold(edge.traffic, |all, set| sets.intersection(all, set));
    let answered =
        back.into_iter().fold(sets.intersection(traffic, edge.answered), |all, set| sets.intersection(all, set));
    Verdict { traffic, answered }
}

/// What every filter admits, by atom and by set of groups.
struct Tables {
    inbound: Admission,
    outbound: Admission,
    /// What each ACL lets pass by atom, inbound and outbound.
    acls: Vec<[Vec<Edge>; 2]>,
    /// Which of them stands at each subnet. Cells ask for it millions of times, so it is a position and not an id.
    acl_of: Vec<Option<usize>>,
    /// The atom that stands for the internet.
    outside: usize,
}

/// What an ACL lets pass to or from one atom.
#[derive(Clone, Copy)]
struct Edge {
    traffic: SetId,
    /// All traffic of the protocols whose answers pass on their way to a client's own ports.
    answers: SetId,
    /// The same on their way to a NAT gateway, which uses more ports.
    answers_to_nat: SetId,
}

impl Edge {
    /// Without an ACL of its own a subnet lets everything pass.
    const OPEN: Self = Self { traffic: EVERYTHING, answers: EVERYTHING, answers_to_nat: EVERYTHING };
}

/// What sets of groups admit in one direction.
struct Admission {
    atoms: usize,
    /// By set of groups and atom: through rules that name blocks.
    by_block: Vec<SetId>,
    /// By set of groups and the peer's set of groups: through rules that name groups.
    by_group: Vec<SetId>,
    sets: usize,
}

impl Admission {
    fn admits(&self, sets: &mut Sets, groups: usize, atom: usize, peer: Option<usize>) -> SetId {
        let block = self.by_block.get(groups * self.atoms + atom).copied().unwrap_or_default();
        let group = peer.and_then(|peer| self.by_group.get(groups * self.sets + peer).copied()).unwrap_or_default();
        if group == NOTHING { block } else { sets.union(block, group) }
    }

    fn new(net: &Network, atoms: &Atoms, classes: &Classes, direction: Direction, sets: &mut Sets) -> Self {
        let used = &classes.atoms_used;
        let mut of_group: BTreeMap<NodeId, Vec<SetId>> = BTreeMap::new();
        let mut members: BTreeMap<NodeId, Vec<usize>> = BTreeMap::new();
        for (set, groups) in classes.group_sets.iter().enumerate() {
            for group in groups {
                members.entry(*group).or_default().push(set);
                of_group.entry(*group).or_insert_with(|| by_atom(net, atoms, used, *group, direction, sets));
            }
        }
        let width = classes.group_sets.len();
        let mut by_block = vec![NOTHING; width * used.len()];
        let mut by_group = vec![NOTHING; width * width];
        for (set, groups) in classes.group_sets.iter().enumerate() {
            for group in groups {
                let Some(row) = by_block.get_mut(set * used.len()..(set + 1) * used.len()) else { continue };
                for (slot, own) in row.iter_mut().zip(of_group.get(group).into_iter().flatten()) {
                    *slot = sets.union(*slot, *own);
                }
                for rule in rules(net, *group, direction) {
                    let Some(peers) = rule.group.and_then(|peer| members.get(&peer)) else { continue };
                    let traffic = sets.of(vec![intervals(rule.protocol, rule.ports)]);
                    for peer in peers {
                        if let Some(slot) = by_group.get_mut(set * width + peer) {
                            *slot = sets.union(*slot, traffic);
                        }
                    }
                }
            }
        }
        Self { atoms: used.len(), by_block, by_group, sets: width }
    }
}

/// What one group's rules that name blocks admit, for each atom in use.
fn by_atom(
    net: &Network,
    atoms: &Atoms,
    used: &[usize],
    group: NodeId,
    direction: Direction,
    sets: &mut Sets,
) -> Vec<SetId> {
    // Each rule holds from one atom to another: between two edges the same rules hold, so sets are made once a stretch.
    let mut edges: Vec<usize> = vec![0];
    let mut spans = Vec::new();
    for rule in rules(net, group, direction) {
        for cidr in net.blocks(rule) {
            let (first, last) = atoms.range(cidr);
            let from = used.partition_point(|atom| *atom < first);
            let to = used.partition_point(|atom| *atom <= last);
            edges.extend([from, to]);
            spans.push((from, to, intervals(rule.protocol, rule.ports)));
        }
    }
    edges.push(used.len());
    edges.sort_unstable();
    edges.dedup();
    let mut out = Vec::with_capacity(used.len());
    for stretch in edges.windows(2) {
        let &[from, to] = stretch else { continue };
        let holding = spans
            .iter()
            .filter(|(first, after, _)| *first <= from && from < *after)
            .map(|(_, _, interval)| *interval)
            .collect();
        let set = sets.of(holding);
        out.resize(to.min(used.len()), set);
        debug_assert!(from <= to, "edges ascend");
    }
    out
}

impl Tables {
    fn new(net: &Network, atoms: &Atoms, classes: &Classes, sets: &mut Sets) -> Self {
        let used = &classes.atoms_used;
        let ids: Vec<NodeId> = net.acls.keys().copied().collect();
        let acls = net
            .acls
            .values()
            .map(|(inbound, outbound)| {
                [inbound, outbound].map(|rules| used.iter().map(|atom| edge(atoms, rules, *atom, sets)).collect())
            })
            .collect();
        let acl_of = net.subnets.iter().map(|subnet| ids.binary_search(&subnet.acl?).ok()).collect();
        let inbound = Admission::new(net, atoms, classes, Direction::Inbound, sets);
        let outbound = Admission::new(net, atoms, classes, Direction::Outbound, sets);
        let outside = used.binary_search(&atoms.of(SOMEBODY)).unwrap_or_default();
        Self { inbound, outbound, acls, acl_of, outside }
    }

    /// What the ACL of a subnet lets pass to or from an atom.
    fn acl(&self, subnet: SubnetIx, direction: Direction, atom: usize) -> Edge {
        let Some(acl) = self.acl_of.get(subnet).copied().flatten() else { return Edge::OPEN };
        self.acls
            .get(acl)
            .and_then(|[inbound, outbound]| {
                let row = if direction == Direction::Inbound { inbound } else { outbound };
                row.get(atom).copied()
            })
            .unwrap_or(Edge::OPEN)
    }

    /// What ACLs let pass from one place to another, and which answers get back; neither is asked within a subnet.
    fn between(&self, sets: &mut Sets, from: (SubnetIx, usize), to: (SubnetIx, usize)) -> Verdict {
        if from.0 == to.0 || !(self.has_acl(from.0) || self.has_acl(to.0)) {
            return Verdict { traffic: EVERYTHING, answered: EVERYTHING };
        }
        let (leaves, enters) =
            (self.acl(from.0, Direction::Outbound, to.1), self.acl(to.0, Direction::Inbound, from.1));
        let (back_out, back_in) =
            (self.acl(to.0, Direction::Outbound, from.1), self.acl(from.0, Direction::Inbound, to.1));
        let traffic = sets.intersection(leaves.traffic, enters.traffic);
        Verdict { traffic, answered: sets.intersection(back_out.answers, back_in.answers) }
    }

    /// Whether a subnet has an ACL of its own.
    fn has_acl(&self, subnet: SubnetIx) -> bool {
        self.acl_of.get(subnet).is_some_and(Option::is_some)
    }
}

/// What an ACL lets pass to or from an atom: the first rule by number decides each number of traffic.
fn acl_traffic(atoms: &Atoms, rules: &[AclRule], atom: usize, sets: &mut Sets) -> SetId {
    let mut allowed = Vec::new();
    let mut decided = NOTHING;
    for rule in rules {
        let Some((first, last)) = rule.cidr.v4().map(|cidr| atoms.range(cidr)) else { continue };
        if atom < first || last < atom {
            continue;
        }
        let hit = sets.of(vec![intervals(rule.protocol, rule.ports)]);
        if rule.action == AclAction::Allow {
            allowed.extend(without(sets.intervals(hit), sets.intervals(decided)));
        }
        decided = sets.union(decided, hit);
    }
    sets.of(allowed)
}

fn edge(atoms: &Atoms, rules: &[AclRule], atom: usize, sets: &mut Sets) -> Edge {
    let traffic = acl_traffic(atoms, rules, atom, sets);
    let answers = acl_answers(traffic, PortRange::EPHEMERAL_LINUX, sets);
    Edge { traffic, answers, answers_to_nat: acl_answers(traffic, PortRange::EPHEMERAL, sets) }
}

/// All traffic of the protocols whose answers pass: an answer goes to any of the client's `ports`, so all of them must be open.
fn acl_answers(passes: SetId, ports: PortRange, sets: &mut Sets) -> SetId {
    let open =
        |interval: (u32, u32)| sets.intervals(passes).iter().any(|(from, to)| *from <= interval.0 && interval.1 <= *to);
    let mut answered: Vec<(u32, u32)> = [Protocol::Tcp, Protocol::Udp]
        .into_iter()
        .filter(|protocol| open(intervals(*protocol, ports)))
        .map(|protocol| intervals(protocol, PortRange::ALL))
        .collect();
    // The numbers of TCP and UDP among them stand for nothing, but a set of everything has them too.
    let portless = (0..=u8::MAX).map(Protocol::Number);
    answered.extend(portless.map(|protocol| intervals(protocol, PortRange::ALL)).filter(|interval| open(*interval)));
    sets.of(answered)
}
