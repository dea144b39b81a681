//! The cells: what passes from one class to another.
//!
//! Nearly all pairs lie in one VPC whose tables hold nothing but local routes for its own addresses: there a cell is the intersection of what is
//! computed already. Peerings and public addresses are looked up as well; only what meets appliances is walked.

use std::collections::BTreeMap;

use super::super::classes::{AtomIx, Atoms, Class, Classes, Place};
use super::super::network::{Hop, InterfaceIx, Network, SubnetNet};
use super::super::sets::{EVERYTHING, NOTHING, SetId, Sets, intervals};
use super::outside::Outside;
use super::tables::Tables;
use super::{Passage, flow};
use crate::net::{PortRange, Protocol};

/// How packets get from one place to another by private addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// Not at all.
    None,
    /// Within the VPC.
    Near,
    /// Through a peering connection; whether groups know each other's members across it.
    Peered(bool),
    /// Past something that must be walked.
    Odd,
}

/// A way with what ACLs let pass on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Edge {
    way: Way,
    traffic: SetId,
    answers: SetId,
}

impl Edge {
    const OPEN: Self = Self { way: Way::Near, traffic: EVERYTHING, answers: EVERYTHING };
    const NONE: Self = Self { way: Way::None, traffic: NOTHING, answers: NOTHING };
}

/// What load balancers take from whom, remembered.
pub(super) type Takes = BTreeMap<(InterfaceIx, AtomIx, Option<InterfaceIx>), SetId>;

/// Fills cells.
pub(super) struct Fill<'a> {
    pub(super) net: &'a Network,
    pub(super) atoms: &'a Atoms,
    pub(super) classes: &'a Classes,
    pub(super) tables: &'a Tables,
    pub(super) outside: &'a Outside,
    pub(super) sets: &'a mut Sets,
    pub(super) takes: &'a mut Takes,
    /// Cells that were walked: a change anywhere may change them.
    pub(super) odd: &'a mut Vec<(usize, usize)>,
    /// The ways from the place of the last row.
    ways: Ways,
    columns: Vec<Column>,
}

/// The ways from one place to all.
struct Ways {
    from: usize,
    edges: Vec<Edge>,
    /// Whether everything passes on the way.
    open: Vec<bool>,
}

/// What the usual cell needs to know of a class: millions of cells are filled, so it is small.
#[derive(Clone, Copy)]
struct Column {
    place: usize,
    /// The set of groups; one more than there are stands for no filter.
    groups: usize,
    /// Whether it takes whatever its groups admit.
    plain: bool,
}

impl<'a> Fill<'a> {
    #[expect(clippy::too_many_arguments, reason = "the parts of `Pairs`, each borrowed in its own way")]
    pub(super) fn new(
        net: &'a Network,
        atoms: &'a Atoms,
        classes: &'a Classes,
        tables: &'a Tables,
        outside: &'a Outside,
        sets: &'a mut Sets,
        takes: &'a mut Takes,
        odd: &'a mut Vec<(usize, usize)>,
    ) -> Self {
        let none = classes.group_sets.len();
        let column = |class: &Class| Column {
            place: class.place,
            groups: class.groups.unwrap_or(none),
            plain: class.balancer.is_none() && !class.policed && class.takes,
        };
        let columns = classes.classes.iter().map(column).collect();
        let ways = Ways { from: usize::MAX, edges: Vec::new(), open: Vec::new() };
        Self { net, atoms, classes, tables, outside, sets, takes, odd, ways, columns }
    }

    /// From one class to all, in their order.
    pub(super) fn row(&mut self, from_ix: usize, row: &mut [Passage]) {
        let classes = self.classes;
        let Some(from) = classes.classes.get(from_ix).filter(|from| from.begins) else {
            row.fill(Passage::default());
            return;
        };
        if self.ways.from != from.place {
            let here = classes.places.get(from.place);
            let edges: Vec<Edge> =
                here.map_or_else(Vec::new, |here| classes.places.iter().map(|there| self.way(here, there)).collect());
            let open = edges.iter().map(|edge| *edge == Edge::OPEN).collect();
            self.ways = Ways { from: from.place, edges, open };
        }
        let mut lets_in = self.tables.inbound.by_block.get(from.atom).cloned().unwrap_or_default();
        lets_in.push(EVERYTHING);
        let named = from.groups.and_then(|own| self.tables.inbound.by_peer.get(own));
        for (own, set) in named.into_iter().flatten() {
            if let Some(slot) = lets_in.get_mut(*own) {
                *slot = self.sets.union(*slot, *set);
            }
        }
        let open = from.groups.is_none_or(|own| self.tables.outbound.is_open(own));
        let mut rest = Vec::new();
        for ((to, column), cell) in self.columns.iter().enumerate().zip(row.iter_mut()) {
            let inbound = lets_in.get(column.groups).copied().unwrap_or_default();
            if open && column.plain && self.ways.open.get(column.place) == Some(&true) {
                *cell = Passage { traffic: inbound, answered: inbound };
            } else {
                rest.push((to, inbound));
            }
        }
        for (to_ix, inbound) in rest {
            let (Some(to), Some(cell)) = (classes.classes.get(to_ix), row.get_mut(to_ix)) else { continue };
            let edge = self.ways.edges.get(to.place).copied().unwrap_or(Edge::NONE);
            let outbound = if open { EVERYTHING } else { self.outbound(from, to) };
            *cell = self.cell((from_ix, from), (to_ix, to), (inbound, outbound), edge);
        }
    }

    /// From one class to another.
    pub(super) fn one(&mut self, from_ix: usize, to_ix: usize) -> Passage {
        let classes = self.classes;
        let (Some(from), Some(to)) = (classes.classes.get(from_ix), classes.classes.get(to_ix)) else {
            return Passage::default();
        };
        let (Some(here), Some(there), true) =
            (classes.places.get(from.place), classes.places.get(to.place), from.begins)
        else {
            return Passage::default();
        };
        let edge = self.way(here, there);
        let admits = |own: usize, sets: &mut Sets| self.tables.inbound.admits(sets, own, from.atom, from.groups);
        let inbound = to.groups.map_or(EVERYTHING, |own| admits(own, self.sets));
        let outbound = self.outbound(from, to);
        self.cell((from_ix, from), (to_ix, to), (inbound, outbound), edge)
    }

    fn outbound(&mut self, from: &Class, to: &Class) -> SetId {
        let Some(own) = from.groups else { return EVERYTHING };
        self.tables.outbound.admits(self.sets, own, to.atom, to.groups)
    }

    fn cell(
        &mut self,
        (from_ix, from): (usize, &Class),
        (to_ix, to): (usize, &Class),
        (inbound, outbound): (SetId, SetId),
        edge: Edge,
    ) -> Passage {
        if !to.takes {
            return Passage::default();
        }
        if to.policed {
            // What its policy lets through is not judged, so it is not told as open.
            return Passage::default();
        }
        // The name of an internet-facing balancer leads to its public addresses, from its own VPC too.
        let by_name = to.balancer.is_some() && to.public.is_some();
        let way = if by_name { Way::None } else { edge.way };
        let mut verdict = match way {
            Way::None => Passage::default(),
            Way::Near | Way::Peered(true) => self.meet([outbound, inbound, edge.traffic], edge.answers),
            Way::Peered(false) => {
                let admission =
                    [(&self.tables.inbound, to.groups, from.atom), (&self.tables.outbound, from.groups, to.atom)];
                let [inbound, outbound] = admission
                    .map(|(side, own, atom)| own.map_or(EVERYTHING, |own| side.admits(self.sets, own, atom, None)));
                self.meet([outbound, inbound, edge.traffic], edge.answers)
            }
            Way::Odd => {
                self.odd.push((from_ix, to_ix));
                self.walked(from, to, false)
            }
        };
        if verdict.traffic != NOTHING && to.balancer.is_some() {
            let takes = self.takes(to, from.atom, from.hairpins);
            verdict = self.only(verdict, takes);
        }
        if (from.vpc != to.vpc || by_name)
            && let Some(public) = to.public
        {
            let (mut over, seen) = self.outside.between(from_ix, (to_ix, public), self.sets);
            if seen == AtomIx::MAX {
                self.odd.push((from_ix, to_ix));
                over = self.walked(from, to, true);
            }
            if over.traffic != NOTHING && to.balancer.is_some() {
                let client = if seen == AtomIx::MAX { self.outside.anybody() } else { seen };
                // By way of the internet nobody has the address of the target itself.
                let takes = self.takes(to, client, None);
                over = self.only(over, takes);
            }
            verdict.traffic = self.sets.union(verdict.traffic, over.traffic);
            verdict.answered = self.sets.union(verdict.answered, over.answered);
        }
        verdict.settled(self.sets)
    }

    fn meet(&mut self, all: [SetId; 3], answers: SetId) -> Passage {
        let traffic = self.sets.all_of(all);
        Passage { traffic, answered: self.sets.intersection(traffic, answers) }
    }

    fn only(&mut self, verdict: Passage, takes: SetId) -> Passage {
        let Passage { traffic, answered } = verdict;
        Passage { traffic: self.sets.intersection(traffic, takes), answered: self.sets.intersection(answered, takes) }
    }

    /// Walked with all traffic at once, to the private or the public address.
    fn walked(&mut self, from: &Class, to: &Class, public: bool) -> Passage {
        // Within a class one interface stands for all, but it must not meet itself.
        let target = to.members.iter().find(|ix| from.members.first() != Some(ix)).or(to.members.first());
        let target = target.and_then(|ix| self.net.interfaces.get(*ix));
        let address =
            target.and_then(|of| if public { of.public.map(|public| public.address) } else { Some(of.private) });
        let (Some(source), Some(address)) = (from.members.first(), address) else { return Passage::default() };
        flow::pair(self.net, self.sets, *source, address)
    }

    fn way(&mut self, from: &Place, to: &Place) -> Edge {
        if from.subnet == to.subnet {
            return Edge::OPEN;
        }
        let (Some(here), Some(there)) = (self.net.subnets.get(from.subnet), self.net.subnets.get(to.subnet)) else {
            return Edge::NONE;
        };
        let back;
        let way = if here.vpc == there.vpc {
            let (out, home) = (self.near(here, to), self.near(there, from));
            back = home == Way::Near;
            match (out, home) {
                (Way::Near, Way::Odd) => Way::Odd,
                (out, _) => out,
            }
        } else {
            if !self.net.are_joined(here.vpc, there.vpc) {
                return Edge::NONE;
            }
            let (out, home) = (self.far(here, there, to), self.far(there, here, from));
            back = matches!(home, Way::Peered(_));
            match (out, home) {
                (Way::Peered(_), Way::Odd) => Way::Odd,
                (out, _) => out,
            }
        };
        if matches!(way, Way::None | Way::Odd) {
            return Edge { way, ..Edge::NONE };
        }
        let (traffic, answers) = self.tables.between(self.sets, (from.subnet, from.atom), (to.subnet, to.atom));
        Edge { way, traffic, answers: if back { answers } else { NOTHING } }
    }

    /// The way to another subnet of the VPC.
    fn near(&self, from: &SubnetNet, to: &Place) -> Way {
        if self.net.is_plain(from) {
            return Way::Near;
        }
        match self.net.route(from, to.address).map(|route| route.hop) {
            Some(Hop::Local) => Way::Near,
            None | Some(Hop::Blackhole | Hop::Beyond | Hop::Vpn(_)) => Way::None,
            Some(_) => Way::Odd,
        }
    }

    /// The way to another VPC.
    fn far(&self, from: &SubnetNet, to: &SubnetNet, place: &Place) -> Way {
        match self.net.route(from, place.address).map(|route| route.hop) {
            Some(Hop::Peering(id)) => match self.net.peerings.get(&id) {
                Some(peering) if peering.active && peering.other(from.vpc) == Some(to.vpc) => {
                    Way::Peered(peering.same_region)
                }
                _ => Way::None,
            },
            Some(Hop::Appliance(_) | Hop::NatGateway(_) | Hop::Inspection(_) | Hop::Transit(_)) => Way::Odd,
            _ => Way::None,
        }
    }

    /// What a balancer takes from an atom of addresses: what it listens on and, where it is an NLB, what reaches a target. One that keeps its clients'
    /// addresses leads no target back to itself.
    pub(super) fn takes(&mut self, class: &Class, client: AtomIx, itself: Option<InterfaceIx>) -> SetId {
        let (Some(balancer), Some(node)) = (class.balancer, class.members.first().copied()) else { return EVERYTHING };
        if let Some(known) = self.takes.get(&(node, client, itself)) {
            return *known;
        }
        let address =
            if client == self.outside.anybody() { crate::facts::routes::SOMEBODY } else { self.atoms.address(client) };
        let mut open = Vec::new();
        for listening in self.net.listeners.get(&balancer).into_iter().flatten() {
            if listening.goals.as_deref().is_none_or(|goals| self.serves(node, goals, (address, itself))) {
                open.push(intervals(listening.protocol, PortRange::single(listening.port)));
            }
        }
        let set = self.sets.of(open);
        self.takes.insert((node, client, itself), set);
        set
    }

    /// Whether a target of an NLB is reached. Where none is healthy it sends to all.
    fn serves(
        &mut self,
        own: InterfaceIx,
        goals: &[super::super::network::Goal],
        (client, itself): (std::net::Ipv4Addr, Option<InterfaceIx>),
    ) -> bool {
        let (mut well, mut unwell, mut any_healthy) = (false, false, false);
        for goal in goals.iter().filter(|goal| goal.node == own) {
            let (Some(node), Some(to)) = (self.net.interfaces.get(goal.node), self.net.interfaces.get(goal.to)) else {
                continue;
            };
            let mut reaches = |source, protocol, port| {
                let verdict = flow::from_node(self.net, self.sets, goal.node, source, to.private);
                let (from, last) = intervals(protocol, PortRange::single(port));
                let answered = self.sets.intervals(verdict.answered);
                answered.iter().any(|(low, high)| *low <= from && last <= *high)
            };
            let healthy = reaches(node.private, Protocol::Tcp, goal.probe);
            let source = if goal.keeps_client { client } else { node.private };
            any_healthy |= healthy;
            let is_hairpin = goal.keeps_client && itself == Some(goal.to);
            if !is_hairpin && reaches(source, goal.protocol, goal.port) {
                (well, unwell) = (well || healthy, unwell || !healthy);
            }
        }
        well || (unwell && !any_healthy)
    }
}
