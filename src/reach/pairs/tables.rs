//! What every filter admits, computed once for each set of groups, ACL and atom.

use std::collections::BTreeMap;

use super::super::classes::{Atoms, Classes, Split};
use super::super::filter::{Direction, rules};
use super::super::network::{Network, SubnetIx};
use super::super::sets::{EVERYTHING, NOTHING, SetId, Sets, intervals, without};
use crate::catalog::kinds::{AclAction, AclRule};
use crate::id::NodeId;
use crate::net::{IcmpType, PortRange, Protocol};

/// What every filter admits.
#[derive(Clone, Debug, Default)]
pub(super) struct Tables {
    pub(super) inbound: Admission,
    pub(super) outbound: Admission,
    /// What each ACL lets pass by atom, inbound and outbound.
    acls: Vec<[Vec<Edge>; 2]>,
    /// Which of them stands at each subnet. Cells ask for it millions of times, so it is a position and not an id.
    acl_of: Vec<Option<usize>>,
}

/// What an ACL lets pass to or from one atom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Edge {
    pub(super) traffic: SetId,
    /// All traffic of the protocols whose answers pass on their way to a client's own ports.
    pub(super) answers: SetId,
    /// The same on their way to a NAT gateway, which uses more ports.
    pub(super) answers_to_nat: SetId,
}

impl Edge {
    /// Without an ACL of its own a subnet lets everything pass.
    pub(super) const OPEN: Self = Self { traffic: EVERYTHING, answers: EVERYTHING, answers_to_nat: EVERYTHING };
}

impl Tables {
    pub(super) fn new(net: &Network, atoms: &Atoms, classes: &Classes, sets: &mut Sets) -> Self {
        let mut tables = Self {
            inbound: Admission::new(net, atoms, classes, Direction::Inbound, sets),
            outbound: Admission::new(net, atoms, classes, Direction::Outbound, sets),
            ..Self::default()
        };
        tables.place_acls(net, atoms, sets);
        tables
    }

    /// Computes what ACLs let pass.
    pub(super) fn place_acls(&mut self, net: &Network, atoms: &Atoms, sets: &mut Sets) {
        let ids: Vec<NodeId> = net.acls.keys().copied().collect();
        self.acl_of = net.subnets.iter().map(|subnet| ids.binary_search(&subnet.acl?).ok()).collect();
        let rows = |rules: &[AclRule], sets: &mut Sets| {
            let mut row = vec![Edge::OPEN; atoms.count()];
            // Neighbouring atoms mostly meet the same rules.
            let mut last: Option<(Vec<usize>, Edge)> = None;
            let ranges: Vec<_> = rules.iter().map(|rule| rule.cidr.v4().map(|cidr| atoms.range(cidr))).collect();
            for (position, atom) in atoms.ordered().enumerate() {
                let met =
                    |range: &Option<(usize, usize)>| range.is_some_and(|(from, to)| from <= position && position < to);
                let hits: Vec<usize> =
                    ranges.iter().enumerate().filter(|(_, range)| met(range)).map(|(ix, _)| ix).collect();
                let edge = match &last {
                    Some((same, edge)) if *same == hits => *edge,
                    _ => Edge::of(hits.iter().filter_map(|ix| rules.get(*ix)), sets),
                };
                row.get_mut(atom).into_iter().for_each(|slot| *slot = edge);
                last = Some((hits, edge));
            }
            row
        };
        self.acls = net.acls.values().map(|(inbound, outbound)| [rows(inbound, sets), rows(outbound, sets)]).collect();
    }

    /// What the ACL of a subnet lets pass to or from an atom.
    pub(super) fn acl(&self, subnet: SubnetIx, direction: Direction, atom: usize) -> Edge {
        let Some(acl) = self.acl_of.get(subnet).copied().flatten() else { return Edge::OPEN };
        let rows = self.acls.get(acl);
        let row = rows.map(|[inbound, outbound]| if direction == Direction::Inbound { inbound } else { outbound });
        row.and_then(|row| row.get(atom).copied()).unwrap_or(Edge::OPEN)
    }

    /// Whether a subnet has an ACL of its own.
    pub(super) fn has_acl(&self, subnet: SubnetIx) -> bool {
        self.acl_of.get(subnet).is_some_and(Option::is_some)
    }

    /// What ACLs let pass from one place to another, and which answers get back; never asked within a subnet.
    pub(super) fn between(&self, sets: &mut Sets, from: (SubnetIx, usize), to: (SubnetIx, usize)) -> (SetId, SetId) {
        if !self.has_acl(from.0) && !self.has_acl(to.0) {
            return (EVERYTHING, EVERYTHING);
        }
        let (leaves, enters) =
            (self.acl(from.0, Direction::Outbound, to.1), self.acl(to.0, Direction::Inbound, from.1));
        let (back_out, back_in) =
            (self.acl(to.0, Direction::Outbound, from.1), self.acl(from.0, Direction::Inbound, to.1));
        (sets.intersection(leaves.traffic, enters.traffic), sets.intersection(back_out.answers, back_in.answers))
    }

    /// The upper part of an atom that was split is treated as the whole was, until what split it is computed.
    pub(super) fn split(&mut self, split: Split) {
        let edge = |row: &mut Vec<Edge>| row.push(row.get(split.atom).copied().unwrap_or(Edge::OPEN));
        self.acls.iter_mut().flatten().for_each(edge);
        for side in [&mut self.inbound, &mut self.outbound] {
            side.by_block.push(side.by_block.get(split.atom).cloned().unwrap_or_default());
            side.of_group.values_mut().for_each(|row| row.push(row.get(split.atom).copied().unwrap_or_default()));
        }
    }
}

impl Edge {
    fn of<'a>(rules: impl Iterator<Item = &'a AclRule>, sets: &mut Sets) -> Self {
        let traffic = acl_traffic(rules, sets);
        let answers = acl_answers(traffic, PortRange::EPHEMERAL_LINUX, sets);
        Self { traffic, answers, answers_to_nat: acl_answers(traffic, PortRange::EPHEMERAL, sets) }
    }
}

/// What ACL rules let pass that all speak of the packet's address: the first by number decides each number of traffic.
pub(super) fn acl_traffic<'a>(rules: impl Iterator<Item = &'a AclRule>, sets: &mut Sets) -> SetId {
    let mut allowed = Vec::new();
    let mut decided = NOTHING;
    for rule in rules {
        let hit = sets.of(vec![intervals(rule.protocol, rule.numbers())]);
        if rule.action == AclAction::Allow {
            allowed.extend(without(sets.intervals(hit), sets.intervals(decided)));
        }
        decided = sets.union(decided, hit);
    }
    sets.of(allowed)
}

/// All traffic of the protocols whose answers pass: an answer goes to any of the client's `ports`, so all of them must be open.
pub(super) fn acl_answers(passes: SetId, ports: PortRange, sets: &mut Sets) -> SetId {
    if matches!(passes, NOTHING | EVERYTHING) {
        return passes;
    }
    let open =
        |interval: (u32, u32)| sets.intervals(passes).iter().any(|(from, to)| *from <= interval.0 && interval.1 <= *to);
    let mut answered: Vec<(u32, u32)> = [Protocol::Tcp, Protocol::Udp]
        .into_iter()
        .filter(|protocol| open(intervals(*protocol, ports)))
        .map(|protocol| intervals(protocol, PortRange::ALL))
        .collect();
    // A message is answered by one of another type, or not at all.
    for kind in 0..=u8::MAX {
        let answer = IcmpType::answer_to(kind).map(|answer| intervals(Protocol::Icmp, IcmpType::asked(answer)));
        if answer.is_some_and(&open) {
            answered.push(intervals(Protocol::Icmp, IcmpType::of(kind).numbers()));
        }
    }
    // The numbers of TCP, UDP and ICMP among them stand for nothing, but a set of everything has them too.
    let portless = (0..=u8::MAX).map(|number| intervals(Protocol::Number(number), PortRange::ALL));
    answered.extend(portless.filter(|interval| open(*interval)));
    sets.of(answered)
}

/// What sets of groups admit in one direction.
#[derive(Clone, Debug, Default)]
pub(super) struct Admission {
    /// By atom and set of groups: through rules that name blocks.
    pub(super) by_block: Vec<Vec<SetId>>,
    /// By the peer's set of groups: the sets of groups whose rules name one of its groups, and what they admit.
    pub(super) by_peer: Vec<Vec<(usize, SetId)>>,
    /// The same by the set of groups that has the rules.
    pub(super) by_own: Vec<Vec<(usize, SetId)>>,
    /// By group and atom: through rules that name blocks.
    of_group: BTreeMap<NodeId, Vec<SetId>>,
    /// The sets of groups that a group is in.
    members: BTreeMap<NodeId, Vec<usize>>,
}

impl Admission {
    /// What a set of groups admits from or to an atom, by blocks and by the peer's groups.
    pub(super) fn admits(&self, sets: &mut Sets, own: usize, atom: usize, peer: Option<usize>) -> SetId {
        let block = self.by_block.get(atom).and_then(|row| row.get(own)).copied().unwrap_or_default();
        let named = peer.and_then(|peer| {
            let row = self.by_own.get(own)?;
            row.iter().find(|(other, _)| *other == peer).map(|(_, set)| *set)
        });
        named.map_or(block, |named| sets.union(block, named))
    }

    /// Whether a set of groups admits everything everywhere.
    pub(super) fn is_open(&self, own: usize) -> bool {
        self.by_block.iter().all(|row| row.get(own) == Some(&EVERYTHING))
    }

    fn new(net: &Network, atoms: &Atoms, classes: &Classes, direction: Direction, sets: &mut Sets) -> Self {
        let width = classes.group_sets.len();
        let mut new = Self {
            by_block: vec![vec![NOTHING; width]; atoms.count()],
            by_peer: vec![Vec::new(); width],
            by_own: vec![Vec::new(); width],
            ..Self::default()
        };
        for (set, groups) in classes.group_sets.iter().enumerate() {
            for group in groups {
                new.members.entry(*group).or_default().push(set);
            }
        }
        let used: Vec<NodeId> = new.members.keys().copied().collect();
        for group in used {
            let row = by_atom(net, atoms, group, direction, sets);
            new.of_group.insert(group, row);
        }
        for own in 0..width {
            new.combine(net, classes, own, direction, sets);
        }
        new
    }

    /// A group's rules changed; the sets of groups that it is in.
    pub(super) fn update(
        &mut self,
        net: &Network,
        atoms: &Atoms,
        classes: &Classes,
        (group, direction): (NodeId, Direction),
        sets: &mut Sets,
    ) -> Vec<usize> {
        let Some(own) = self.members.get(&group).cloned() else { return Vec::new() };
        let row = by_atom(net, atoms, group, direction, sets);
        self.of_group.insert(group, row);
        for own in &own {
            self.combine(net, classes, *own, direction, sets);
        }
        own
    }

    /// What one set of groups admits: its groups add up.
    fn combine(&mut self, net: &Network, classes: &Classes, own: usize, direction: Direction, sets: &mut Sets) {
        let groups = classes.group_sets.get(own).map_or(&[][..], Vec::as_slice);
        let rows: Vec<&Vec<SetId>> = groups.iter().filter_map(|group| self.of_group.get(group)).collect();
        for (atom, row) in self.by_block.iter_mut().enumerate() {
            let of = rows.iter().filter_map(|row| row.get(atom)).copied();
            let all = of.fold(NOTHING, |all, set| sets.union(all, set));
            row.get_mut(own).into_iter().for_each(|slot| *slot = all);
        }
        let mut named: BTreeMap<usize, SetId> = BTreeMap::new();
        for rule in groups.iter().flat_map(|group| rules(net, *group, direction)) {
            let Some(peers) = rule.group.and_then(|peer| self.members.get(&peer)) else { continue };
            let traffic = sets.of(vec![intervals(rule.protocol, rule.numbers())]);
            for peer in peers {
                let slot = named.entry(*peer).or_default();
                *slot = sets.union(*slot, traffic);
            }
        }
        for (peer, _) in self.by_own.get(own).into_iter().flatten() {
            self.by_peer.get_mut(*peer).into_iter().for_each(|row| row.retain(|(other, _)| *other != own));
        }
        for (peer, set) in &named {
            self.by_peer.get_mut(*peer).into_iter().for_each(|row| row.push((own, *set)));
        }
        self.by_own.get_mut(own).into_iter().for_each(|row| *row = named.iter().map(|(p, s)| (*p, *s)).collect());
    }
}

/// What one group's rules that name blocks admit, for each atom.
fn by_atom(net: &Network, atoms: &Atoms, group: NodeId, direction: Direction, sets: &mut Sets) -> Vec<SetId> {
    // Each rule holds from one atom to another: between two edges the same rules hold, so sets are made once a stretch.
    let whole = (0, atoms.count());
    let (mut everywhere, mut spans) = (Vec::new(), Vec::new());
    let mut edges: Vec<usize> = vec![whole.0, whole.1];
    for rule in rules(net, group, direction) {
        for cidr in net.blocks(rule) {
            let (range, traffic) = (atoms.range(cidr), intervals(rule.protocol, rule.numbers()));
            if range == whole {
                everywhere.push(traffic);
            } else if range.0 < range.1 {
                edges.extend([range.0, range.1]);
                spans.push((range, traffic));
            }
        }
    }
    edges.sort_unstable();
    edges.dedup();
    let base = sets.of(everywhere.clone());
    let ordered: Vec<usize> = atoms.ordered().collect();
    let mut out = vec![base; atoms.count()];
    for stretch in edges.windows(2) {
        let &[from, to] = stretch else { continue };
        let mut holding = spans.iter().filter(|((first, after), _)| *first <= from && from < *after).peekable();
        if holding.peek().is_none() {
            continue;
        }
        let set = sets.of(everywhere.iter().copied().chain(holding.map(|(_, traffic)| *traffic)).collect());
        for atom in ordered.get(from..to).into_iter().flatten() {
            out.get_mut(*atom).into_iter().for_each(|slot| *slot = set);
        }
    }
    out
}
