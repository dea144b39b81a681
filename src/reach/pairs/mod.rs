//! Who reaches whom: every pair of interfaces at once, exactly.
//!
//! Rules name one block and one port interval each, so addresses and ports cut at their edges need no solver. What a set of groups admits from an
//! atom of addresses, and from the members of another set of groups, is computed once for each; a pair's traffic is then one intersection of interned
//! sets. After an edit of a rule only what it touches is computed again. See [`super::sets`] and [`super::classes`].

mod fill;
mod flow;
mod outside;
mod tables;
mod update;

use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use super::classes::{Atoms, Class, Classes};
use super::network::{InterfaceIx, Network};
use super::sets::{ONE_WAY, SetId, Sets};
use crate::id::NodeId;
use fill::{Fill, Takes};
use outside::Outside;
use tables::Tables;

/// What passes from one class to another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Passage {
    /// The traffic that is let through to the destination.
    pub traffic: SetId,
    /// The part of it whose answer gets back.
    pub answered: SetId,
}

impl Passage {
    /// With what needs no answer among what is answered.
    fn settled(self, sets: &mut Sets) -> Self {
        if self.traffic == self.answered {
            return self;
        }
        let one_way = sets.intersection(self.traffic, ONE_WAY);
        Self { answered: sets.union(self.answered, one_way), ..self }
    }
}

/// All pairs within VPCs, across peering connections, by public addresses, with the internet, and with services behind gateway endpoints.
#[derive(Clone, Debug, Default)]
pub struct Pairs {
    /// The interfaces by class.
    pub classes: Classes,
    /// What the ids of sets mean.
    pub sets: Sets,
    /// Row by row: from the class of the row to the class of the column; rows have room for classes that an edit parts.
    cells: Vec<Passage>,
    /// Cells a row has room for.
    stride: usize,
    /// From each class to the internet.
    pub outwards: Vec<Passage>,
    /// From the internet (any address that no rule singles out) to each class.
    pub inwards: Vec<Passage>,
    /// From each class to the services behind the gateway endpoints.
    pub services: BTreeMap<NodeId, Vec<Passage>>,
    atoms: Atoms,
    tables: Tables,
    outside: Outside,
    takes: Takes,
    odd: Vec<(usize, usize)>,
    /// Sets there were when all was computed; edits add more.
    sets_at_first: usize,
}

/// What an address out there finds open at an interface, whose answers get back to it.
pub(super) fn arriving(net: &Network, sets: &mut Sets, from: Ipv4Addr, to: InterfaceIx) -> SetId {
    let [traffic, answers, _] = flow::inwards(net, sets, from, to);
    sets.intersection(traffic, answers)
}

impl Pairs {
    /// Computes all pairs of a network.
    pub fn new(net: &Network) -> Self {
        let mut pairs = Self::bare(net);
        pairs.stride = pairs.classes.classes.len() + update::ROOM;
        pairs.fill(net);
        pairs.sets_at_first = pairs.sets.count();
        pairs
    }

    /// The same to be asked row by row alone ([`Pairs::row`]): where there are very many classes, no room is taken for their pairs.
    pub fn by_rows(net: &Network) -> Self {
        const MOST_CELLS: usize = 16_000_000;
        let pairs = Self::bare(net);
        let classes = pairs.classes.classes.len();
        if classes.saturating_mul(classes) > MOST_CELLS { pairs } else { Self::new(net) }
    }

    /// From one class to all, in their order.
    pub fn row(&mut self, net: &Network, from: usize) -> Vec<Passage> {
        let count = self.classes.classes.len();
        if let Some(row) = self.cells.get(from * self.stride..from * self.stride + count).filter(|row| !row.is_empty())
        {
            return row.to_vec();
        }
        let Self { classes, sets, atoms, tables, outside, takes, odd, .. } = self;
        let mut row = vec![Passage::default(); count];
        Fill::new(net, atoms, classes, tables, outside, sets, takes, odd).row(from, &mut row);
        odd.clear();
        row
    }

    /// Everything but the pairs themselves.
    fn bare(net: &Network) -> Self {
        let atoms = Atoms::new(net);
        let classes = Classes::new(net, &atoms);
        let mut sets = Sets::default();
        let tables = Tables::new(net, &atoms, &classes, &mut sets);
        let outside = Outside::new(net, &atoms, &classes, &tables, &mut sets);
        let mut pairs = Self { classes, sets, atoms, tables, outside, ..Self::default() };
        pairs.fill_internet(net);
        pairs
    }

    /// From one class to another, by position in [`Classes::classes`].
    pub fn between(&self, from: usize, to: usize) -> Passage {
        self.cells.get(from * self.stride + to).copied().unwrap_or_default()
    }

    /// The class of an interface.
    pub fn class_of(&self, ix: InterfaceIx) -> Option<usize> {
        self.classes.of(ix)
    }

    fn fill(&mut self, net: &Network) {
        let Self { classes, sets, cells, stride, atoms, tables, outside, takes, odd, .. } = self;
        let count = classes.classes.len();
        *cells = vec![Passage::default(); count * *stride];
        odd.clear();
        let mut fill = Fill::new(net, atoms, classes, tables, outside, sets, takes, odd);
        for (from, row) in cells.chunks_exact_mut(*stride).enumerate() {
            fill.row(from, row.get_mut(..count).unwrap_or_default());
        }
    }

    fn fill_internet(&mut self, net: &Network) {
        self.fill_services(net);
        let Self { classes, sets, outwards, inwards, atoms, tables, outside, takes, odd, .. } = self;
        let mut fill = Fill::new(net, atoms, classes, tables, outside, sets, takes, odd);
        let all = |class: &Class| fill.takes(class, outside.anybody(), None);
        let takes: Vec<SetId> = classes.classes.iter().map(all).collect();
        let count = classes.classes.len();
        *outwards = (0..count).map(|class| outside.leaving(class, outside.internet).verdict.settled(sets)).collect();
        *inwards =
            (0..count).zip(takes).map(|(class, takes)| outside.inwards(class, takes, sets).settled(sets)).collect();
    }

    fn fill_services(&mut self, net: &Network) {
        let Self { classes, sets, services, .. } = self;
        let to = |endpoint: NodeId, class: &Class, sets: &mut Sets| {
            let first = class.members.first().filter(|_| class.begins && !net.policed.contains(&endpoint));
            first.map_or_else(Passage::default, |member| flow::service(net, sets, *member, endpoint).settled(sets))
        };
        let all = net
            .gateway_endpoints
            .keys()
            .map(|endpoint| (*endpoint, classes.classes.iter().map(|class| to(*endpoint, class, sets)).collect()));
        *services = all.collect();
    }
}
