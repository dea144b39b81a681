//! Sets of traffic as interned intervals.
//!
//! Protocol and port together are one number, so a set is a list of disjoint intervals, and unions and intersections are merges. Equal sets have
//! one id; the results of operations on ids are remembered, because the same few sets meet each other millions of times.

use crate::net::{IcmpType, PortRange, Protocol};

/// An interned set.
pub type SetId = u32;
/// Nothing passes.
pub const NOTHING: SetId = 0;
/// Everything passes.
pub const EVERYTHING: SetId = 1;
/// What is never answered: most ICMP messages.
pub const ONE_WAY: SetId = 2;

/// First number of UDP; TCP begins at 0.
const UDP: u32 = 0x1_0000;
/// First number of ICMP, a number for each type and code.
const ICMP: u32 = 0x2_0000;
/// First number of the other protocols, each one number.
const PORTLESS: u32 = 0x3_0000;
/// The last number.
const LAST: u32 = PORTLESS + 255;

/// An inclusive interval of traffic numbers.
pub type Interval = (u32, u32);

/// The traffic of a protocol and its numbers (ports, or ICMP messages) as intervals.
pub fn intervals(protocol: Protocol, ports: PortRange) -> Interval {
    let of = |base: u32| (base + u32::from(ports.from_port()), base + u32::from(ports.to_port()));
    match protocol {
        Protocol::All => (0, LAST),
        Protocol::Tcp => of(0),
        Protocol::Udp => of(UDP),
        Protocol::Icmp => of(ICMP),
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
        for (base, protocol) in [(0, Protocol::Tcp), (UDP, Protocol::Udp), (ICMP, Protocol::Icmp)] {
            let (low, high) = ((*from).max(base), (*to).min(base + 0xFFFF));
            if low <= high {
                let port = |number: u32| u16::try_from(number - base).unwrap_or(u16::MAX);
                out.extend(PortRange::new(port(low), port(high)).map(|ports| (protocol, ports)));
            }
        }
        for number in (*from).max(PORTLESS)..=(*to).min(LAST) {
            // TCP, UDP and ICMP have numbers of their own, one for each port or message.
            if matches!(number - PORTLESS, 1 | 6 | 17) {
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
    all: Vec<Box<[Interval]>>,
    ids: Known,
    unions: Memo,
    intersections: Memo,
}

impl Default for Sets {
    fn default() -> Self {
        let mut sets =
            Self { all: Vec::new(), ids: Known::default(), unions: Memo::default(), intersections: Memo::default() };
        sets.intern(&[]);
        sets.intern(&[(0, LAST)]);
        let unanswered = (0..=u8::MAX).filter(|kind| IcmpType::answer_to(*kind).is_none());
        sets.of(unanswered.map(|kind| intervals(Protocol::Icmp, IcmpType::of(kind).numbers())).collect());
        sets
    }
}

impl Sets {
    /// How many different sets there are.
    pub fn count(&self) -> usize {
        self.all.len()
    }

    /// The intervals of a set.
    pub fn intervals(&self, id: SetId) -> &[Interval] {
        self.all.get(id as usize).map_or(&[], AsRef::as_ref)
    }

    /// The set of any intervals, in any order, overlapping or not.
    pub fn of(&mut self, mut intervals: Vec<Interval>) -> SetId {
        intervals.sort_unstable();
        // Merged in place: `kept` is how many are done.
        let mut kept: usize = 0;
        for at in 0..intervals.len() {
            let Some((from, to)) = intervals.get(at).copied() else { break };
            match kept.checked_sub(1).and_then(|last| intervals.get_mut(last)) {
                Some(last) if from <= last.1.saturating_add(1) => last.1 = last.1.max(to),
                _ => {
                    if let Some(slot) = intervals.get_mut(kept) {
                        *slot = (from, to);
                    }
                    kept += 1;
                }
            }
        }
        intervals.truncate(kept);
        self.intern(&intervals)
    }

    fn intern(&mut self, merged: &[Interval]) -> SetId {
        let next = SetId::try_from(self.all.len()).unwrap_or(UNKNOWN - 1);
        let id = self.ids.find_or_add(merged, next, &self.all);
        if id == next {
            self.all.push(merged.into());
        }
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
        let (low, high) = (a.min(b), a.max(b));
        if let Some(known) = self.unions.get(low, high) {
            return known;
        }
        let both = [self.intervals(a), self.intervals(b)].concat();
        let id = self.of(both);
        self.unions.insert(low, high, id);
        id
    }

    /// What passes all three.
    pub fn all_of(&mut self, [a, b, c]: [SetId; 3]) -> SetId {
        let both = self.intersection(a, b);
        self.intersection(both, c)
    }

    /// What passes both.
    #[inline]
    pub fn intersection(&mut self, a: SetId, b: SetId) -> SetId {
        match (a, b) {
            (NOTHING, _) | (_, NOTHING) => NOTHING,
            (EVERYTHING, other) | (other, EVERYTHING) => other,
            _ if a == b => a,
            _ => self.common(a.min(b), a.max(b)),
        }
    }

    fn common(&mut self, low: SetId, high: SetId) -> SetId {
        if let Some(known) = self.intersections.get(low, high) {
            return known;
        }
        let common = common(self.intervals(low), self.intervals(high));
        let id = self.intern(&common);
        self.intersections.insert(low, high, id);
        id
    }
}

/// No id.
const UNKNOWN: SetId = SetId::MAX;

/// Spreads keys over a table (the multiplier of Knuth's multiplicative hashing).
const fn spread(key: u64) -> u64 {
    let mixed = key.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed ^ (mixed >> 29)
}

/// The position in a table of a power of two to begin looking at. The upper half of the hash, because a position has 32 bits in WebAssembly: what does
/// not fit there would all begin at the same one.
fn slot(hash: u64, len: usize) -> usize {
    u32::try_from(hash >> 32).map_or(0, |upper| upper as usize) & len.wrapping_sub(1)
}

/// What two ids make, as an open table: it is asked millions of times and its order never shows.
#[derive(Clone, Debug, Default)]
struct Memo {
    slots: Vec<(SetId, SetId, SetId)>,
    used: usize,
}

impl Memo {
    fn place(&self, low: SetId, high: SetId) -> usize {
        let mut at = slot(spread((u64::from(low) << 32) | u64::from(high)), self.slots.len());
        while self.slots.get(at).is_some_and(|(a, b, id)| *id != UNKNOWN && (*a, *b) != (low, high)) {
            at = (at + 1) & (self.slots.len() - 1);
        }
        at
    }

    fn get(&self, low: SetId, high: SetId) -> Option<SetId> {
        let (.., id) = self.slots.get(self.place(low, high))?;
        (*id != UNKNOWN).then_some(*id)
    }

    fn insert(&mut self, low: SetId, high: SetId, id: SetId) {
        if self.used * 2 >= self.slots.len() {
            let room = (self.slots.len() * 2).max(64);
            let before = std::mem::replace(&mut self.slots, vec![(0, 0, UNKNOWN); room]);
            for (a, b, id) in before.into_iter().filter(|(.., id)| *id != UNKNOWN) {
                let at = self.place(a, b);
                self.slots.get_mut(at).into_iter().for_each(|slot| *slot = (a, b, id));
            }
        }
        let at = self.place(low, high);
        self.slots.get_mut(at).into_iter().for_each(|slot| *slot = (low, high, id));
        self.used += 1;
    }
}

/// The ids of sets by what is in them, as an open table.
#[derive(Clone, Debug, Default)]
struct Known {
    slots: Vec<SetId>,
    used: usize,
}

impl Known {
    fn hash(set: &[Interval]) -> u64 {
        set.iter().fold(0, |hash, (from, to)| spread(hash ^ ((u64::from(*from) << 32) | u64::from(*to))))
    }

    fn place(&self, set: &[Interval], all: &[Box<[Interval]>]) -> usize {
        let other = |id: &SetId| *id != UNKNOWN && all.get(*id as usize).is_none_or(|known| **known != *set);
        let mut at = slot(Self::hash(set), self.slots.len());
        while self.slots.get(at).is_some_and(other) {
            at = (at + 1) & (self.slots.len() - 1);
        }
        at
    }

    /// The id of a set; `next` if it is new.
    fn find_or_add(&mut self, set: &[Interval], next: SetId, all: &[Box<[Interval]>]) -> SetId {
        if self.used * 2 >= self.slots.len() {
            let room = (self.slots.len() * 2).max(64);
            let before = std::mem::replace(&mut self.slots, vec![UNKNOWN; room]);
            for id in before.into_iter().filter(|id| *id != UNKNOWN) {
                let at = all.get(id as usize).map(|known| self.place(known, all));
                at.and_then(|at| self.slots.get_mut(at)).into_iter().for_each(|slot| *slot = id);
            }
        }
        let at = self.place(set, all);
        let Some(slot) = self.slots.get_mut(at) else { return next };
        if *slot == UNKNOWN {
            *slot = next;
            self.used += 1;
        }
        *slot
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
    fn positions_are_spread_over_a_table() {
        let pairs = (0_u64..100).flat_map(|low| (0_u64..100).map(move |high| (low << 32) | high));
        let places: BTreeSet<usize> = pairs.map(|pair| slot(spread(pair), 1 << 15)).collect();
        assert!(places.len() > 7_500, "{} of 10,000", places.len());
        assert!(slot(u64::MAX, 1 << 15) > 0);
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
