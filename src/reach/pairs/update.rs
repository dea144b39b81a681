//! After an edit: only what it touches is computed again.

use std::collections::BTreeSet;

use super::super::classes::Split;
use super::super::filter::Direction;
use super::super::network::{Changed, Network};
use super::fill::Fill;
use super::outside::Outside;
use super::{Pairs, Passage};

/// Classes that edits may part before everything is computed again.
pub(super) const ROOM: usize = 32;
/// Cells that are walked after each edit; with more of them everything is computed again.
const MAX_ODD: usize = 2_000;

impl Pairs {
    /// Follows a change of the network, which must be the one these pairs are of, after the change.
    pub fn follow(&mut self, net: &Network, changed: &Changed) {
        match changed {
            Changed::Nothing => {}
            Changed::Filters { groups, acls } => {
                let kept = self.odd.len() <= MAX_ODD && self.sets.count() < self.sets_at_first * 2 + 10_000;
                if !kept || !self.filters(net, groups, acls) {
                    *self = Self::new(net);
                }
            }
            Changed::Ways => *self = Self::new(net),
        }
    }

    /// Whether there was room to follow a change of groups and ACLs.
    fn filters(
        &mut self,
        net: &Network,
        groups: &BTreeSet<crate::id::NodeId>,
        acls: &BTreeSet<crate::id::NodeId>,
    ) -> bool {
        let mut blocks = Vec::new();
        for group in groups {
            let (inbound, outbound) = net.groups.get(group).map_or((&[][..], &[][..]), |(i, o)| (i, o));
            blocks.extend(inbound.iter().chain(outbound).flat_map(|rule| net.blocks(rule)));
        }
        for acl in acls {
            let (inbound, outbound) = net.acls.get(acl).map_or((&[][..], &[][..]), |(i, o)| (i, o));
            blocks.extend(inbound.iter().chain(outbound).filter_map(|rule| rule.cidr.v4()));
        }
        let splits: Vec<Split> = blocks.into_iter().flat_map(|block| self.atoms.cut(block)).collect();
        for split in &splits {
            self.tables.split(*split);
            let first_new = self.classes.classes.len();
            for (more, parent) in self.classes.split(net, *split).into_iter().enumerate() {
                if first_new + more >= self.stride {
                    return false;
                }
                self.double(parent, first_new + more);
            }
        }
        let (mut rows, mut columns) = (BTreeSet::new(), BTreeSet::new());
        for group in groups {
            for (direction, touched) in [(Direction::Inbound, &mut columns), (Direction::Outbound, &mut rows)] {
                let Self { atoms, classes, tables, sets, .. } = self;
                let side = if direction == Direction::Inbound { &mut tables.inbound } else { &mut tables.outbound };
                let own = side.update(net, atoms, classes, (*group, direction), sets);
                let of = |class: &super::Class| class.groups.is_some_and(|set| own.contains(&set));
                touched.extend(classes.classes.iter().enumerate().filter(|(_, class)| of(class)).map(|(ix, _)| ix));
            }
        }
        if !acls.is_empty() {
            self.tables.place_acls(net, &self.atoms, &mut self.sets);
            let behind = |class: &super::Class| {
                let acl = net.subnets.get(class.subnet).and_then(|subnet| subnet.acl);
                acl.is_some_and(|acl| acls.contains(&acl))
            };
            let touched = self.classes.classes.iter().enumerate().filter(|(_, class)| behind(class)).map(|(ix, _)| ix);
            let touched: Vec<usize> = touched.collect();
            rows.extend(&touched);
            columns.extend(&touched);
        }
        let outside = Outside::new(net, &self.atoms, &self.classes, &self.tables, &mut self.sets);
        let before = std::mem::replace(&mut self.outside, outside);
        if net.meets_by_public_addresses() {
            let other = (0..self.classes.classes.len()).filter(|class| self.outside.changed(&before, *class));
            let other: Vec<usize> = other.collect();
            rows.extend(&other);
            columns.extend(&other);
        }
        // Targets of NLBs are behind filters of their own.
        self.takes.clear();
        let balancers = self.classes.classes.iter().enumerate().filter(|(_, class)| class.balancer.is_some());
        columns.extend(balancers.map(|(ix, _)| ix));
        // Rows are cheap to fill whole, single cells are not.
        if columns.len() * 16 > self.classes.classes.len() {
            self.fill(net);
        } else {
            self.fill_again(net, &rows, &columns);
        }
        self.fill_internet(net);
        true
    }

    /// Gives a new class the cells of the one it was part of.
    fn double(&mut self, parent: usize, new: usize) {
        let stride = self.stride;
        let row = self.cells.get(parent * stride..(parent + 1) * stride).map(<[Passage]>::to_vec).unwrap_or_default();
        self.cells.truncate(new * stride);
        self.cells.extend(row);
        for row in self.cells.chunks_exact_mut(stride) {
            let of_parent = row.get(parent).copied().unwrap_or_default();
            row.get_mut(new).into_iter().for_each(|cell| *cell = of_parent);
        }
        let odd: Vec<(usize, usize)> = self
            .odd
            .iter()
            .flat_map(|(a, b)| {
                let twice = |ix: usize| if ix == parent { vec![ix, new] } else { vec![ix] };
                twice(*a).into_iter().flat_map(move |a| twice(*b).into_iter().map(move |b| (a, b)))
            })
            .collect();
        self.odd = odd;
    }

    fn fill_again(&mut self, net: &Network, rows: &BTreeSet<usize>, columns: &BTreeSet<usize>) {
        let Self { classes, sets, cells, stride, atoms, tables, outside, takes, odd, .. } = self;
        let count = classes.classes.len();
        let walked: BTreeSet<(usize, usize)> = std::mem::take(odd).into_iter().collect();
        let mut fill = Fill::new(net, atoms, classes, tables, outside, sets, takes, odd);
        for (from, row) in cells.chunks_exact_mut(*stride).enumerate() {
            if rows.contains(&from) {
                fill.row(from, row.get_mut(..count).unwrap_or_default());
                continue;
            }
            for to in columns {
                row.get_mut(*to).into_iter().for_each(|cell| *cell = fill.one(from, *to));
            }
        }
        for (from, to) in walked.into_iter().filter(|(from, to)| !rows.contains(from) && !columns.contains(to)) {
            let verdict = fill.one(from, to);
            cells.get_mut(from * *stride + to).into_iter().for_each(|cell| *cell = verdict);
        }
    }
}
