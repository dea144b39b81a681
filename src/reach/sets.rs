//! Sets of traffic as interned intervals.
//!
//! Protocol and port together are one number, so a set is a list of disjoint intervals, and unions and intersections are merges. Equal sets have
//! one id; the results of operations on ids are remembered, because the same few sets meet each other millions of times.

use std::collections::BTreeMap;

use crate::net::{PortRange, Protocol};

/// An interned set.
pub type SetId = u32;
/// Nothing passes.
pub const NOTHING: SetId = 0;
/// Everything passes.
pub const EVERYTHING: SetId = 1;

/// First number of UDP; TCP begins at 0.
const UDP: u32 = 0x1_0000;
/// First number of the protocols without ports, each one number.
const PORTLESS: u32 = 0x2_0000;
/// The last number.
const LAST: u32 = PORTLESS + 255;

/// An inclusive interval of traffic numbers.
pub type Interval = (u32, u32);

/// The traffic of a protocol and port range as intervals.
pub fn intervals(protocol: Protocol, ports: PortRange) -> Interval {
    let of = |base: u32| (base + u32::from(ports.from_port()), base + u32::from(ports.to_port()));
    match protocol {
        Protocol::All => (0, LAST),
        Protocol::Tcp => of(0),
        Protocol::Udp => of(UDP),
        other => {
            let number = PORTLESS + u32::from(other.number().unwrap_or(u8::MAX));
            (number, number)
        }
    }
}

/// Intervals in words: each with its protocol and, where it has ports, its range.
pub fn words(intervals: &[Interval]) -> Vec<(Protocol, PortRange)> {
    if intervals == [(0, LAST)] {
        return vec![(Protocol::All, PortRange::ALL)];
    }
    let mut out = Vec::new();
    for (from, to) in intervals {
        for (base, protocol) in [(0, Protocol::Tcp), (UDP, Protocol::Udp)] {
            let (low, high) = ((*from).max(base), (*to).min(base + 0xFFFF));
            if low <= high {
                let port = |number: u32| u16::try_from(number - base).unwrap_or(u16::MAX);
                out.extend(PortRange::new(port(low), port(high)).map(|ports| (protocol, ports)));
            }
        }
        for number in (*from).max(PORTLESS)..=(*to).min(LAST) {
            // TCP and UDP have numbers of their own, a port each.
            if matches!(number - PORTLESS, 6 | 17) {
                continue;
            }
            out.push((Protocol::from_number(u8::try_from(number - PORTLESS).unwrap_or(u8::MAX)), PortRange::ALL));
            if *from <= PORTLESS && *to == LAST {
                // A whole tail of protocols is not listed one by one.
                out.pop();
                out.push((Protocol::All, PortRange::ALL));
                break;
            }
        }
    }
    out
}

/// The parts of sorted intervals that others do not cover.
pub fn without(from: &[Interval], others: &[Interval]) -> Vec<Interval> {
    let mut out = Vec::new();
    for (first, last) in from {
        let mut next = *first;
        for (low, high) in others.iter().filter(|(low, high)| low <= last && first <= high) {
            if *low > next {
                out.push((next, low - 1));
            }
            next = next.max(high + 1);
        }
        if next <= *last {
            out.push((next, *last));
        }
    }
    out
}

/// Gives equal sets one id and remembers what was computed.
#[derive(Clone, Debug)]
pub struct Sets {
    all: Vec<Vec<Interval>>,
    ids: BTreeMap<Vec<Interval>, SetId>,
    unions: BTreeMap<(SetId, SetId), SetId>,
    intersections: Vec<Vec<SetId>>,
}

/// No result remembered yet.
const UNKNOWN: SetId = SetId::MAX;

impl Default for Sets {
    fn default() -> Self {
        let all = vec![Vec::new(), vec![(0, LAST)]];
        let ids = all.iter().cloned().zip(0..).collect();
        Self { all, ids, unions: BTreeMap::new(), intersections: Vec::new() }
    }
}

impl Sets {
    /// The intervals of a set.
    pub fn intervals(&self, id: SetId) -> &[Interval] {
        self.all.get(id as usize).map_or(&[], Vec::as_slice)
    }

    /// The set of any intervals, in any order, overlapping or not.
    pub fn of(&mut self, mut intervals: Vec<Interval>) -> SetId {
        intervals.sort_unstable();
        let mut merged: Vec<Interval> = Vec::with_capacity(intervals.len());
        for (from, to) in intervals {
            match merged.last_mut() {
                Some(last) if from <= last.1.saturating_add(1) => last.1 = last.1.max(to),
                _ => merged.push((from, to)),
            }
        }
        self.intern(merged)
    }

    fn intern(&mut self, merged: Vec<Interval>) -> SetId {
        if let Some(id) = self.ids.get(&merged) {
            return *id;
        }
        let id = SetId::try_from(self.all.len()).unwrap_or(UNKNOWN - 1);
        self.all.push(merged.clone());
        self.ids.insert(merged, id);
        id
    }

    /// What passes one or the other.
    pub fn union(&mut self, a: SetId, b: SetId) -> SetId {
        match (a, b) {
            (NOTHING, other) | (other, NOTHING) => return other,
            (EVERYTHING, _) | (_, EVERYTHING) => return EVERYTHING,
            _ if a == b => return a,
            _ => {}
        }
        let key = (a.min(b), a.max(b));
        if let Some(known) = self.unions.get(&key) {
            return *known;
        }
        let both = [self.intervals(a), self.intervals(b)].concat();
        let id = self.of(both);
        self.unions.insert(key, id);
        id
    }

    /// What passes all three.
    pub fn all_of(&mut self, [a, b, c]: [SetId; 3]) -> SetId {
        let both = self.intersection(a, b);
        self.intersection(both, c)
    }

    /// What passes both.
    pub fn intersection(&mut self, a: SetId, b: SetId) -> SetId {
        match (a, b) {
            (NOTHING, _) | (_, NOTHING) => return NOTHING,
            (EVERYTHING, other) | (other, EVERYTHING) => return other,
            _ if a == b => return a,
            _ => {}
        }
        let (low, high) = (a.min(b) as usize, a.max(b) as usize);
        if let Some(known) = self.intersections.get(low).and_then(|row| row.get(high)).filter(|id| **id != UNKNOWN) {
            return *known;
        }
        let common = common(self.intervals(a), self.intervals(b));
        let id = self.intern(common);
        if self.intersections.len() <= low {
            self.intersections.resize(low + 1, Vec::new());
        }
        if let Some(row) = self.intersections.get_mut(low) {
            if row.len() <= high {
                row.resize(high + 1, UNKNOWN);
            }
            if let Some(cell) = row.get_mut(high) {
                *cell = id;
            }
        }
        id
    }
}

/// The intervals two sorted lists have in common.
fn common(a: &[Interval], b: &[Interval]) -> Vec<Interval> {
    let (mut left, mut right) = (a.iter().peekable(), b.iter().peekable());
    let mut out = Vec::new();
    while let (Some(x), Some(y)) = (left.peek().copied(), right.peek().copied()) {
        let (from, to) = (x.0.max(y.0), x.1.min(y.1));
        if from <= to {
            out.push((from, to));
        }
        if x.1 < y.1 {
            left.next()
        } else {
            right.next()
        };
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn members(intervals: &[Interval]) -> BTreeSet<u32> {
        intervals.iter().flat_map(|(from, to)| *from..=*to).collect()
    }

    proptest! {
        #[test]
        fn unions_and_intersections_agree_with_sets(a in small(), b in small()) {
            let mut sets = Sets::default();
            let (x, y) = (sets.of(a.clone()), sets.of(b.clone()));
            let (union, both) = (sets.union(x, y), sets.intersection(x, y));
            prop_assert_eq!(members(sets.intervals(union)), &members(&a) | &members(&b));
            prop_assert_eq!(members(sets.intervals(both)), &members(&a) & &members(&b));
            prop_assert_eq!(sets.intersection(y, x), both);
        }
    }

    fn small() -> impl Strategy<Value = Vec<Interval>> {
        prop::collection::vec((0_u32..60, 0_u32..12).prop_map(|(from, more)| (from, from + more)), 0..6)
    }

    #[test]
    fn sets_are_told_in_words() {
        let range = |text: &str| text.parse::<PortRange>().unwrap();
        let mut sets = Sets::default();
        let id = sets.of(vec![
            intervals(Protocol::Tcp, range("80")),
            intervals(Protocol::Udp, range("53")),
            intervals(Protocol::Icmp, PortRange::ALL),
        ]);
        assert_eq!(
            words(sets.intervals(id)),
            [(Protocol::Tcp, range("80")), (Protocol::Udp, range("53")), (Protocol::Icmp, PortRange::ALL)]
        );
        assert_eq!(words(sets.intervals(EVERYTHING)), [(Protocol::All, PortRange::ALL)]);
    }
}
