//! All pairs as rows for people: who reaches whom, by what, and whether the answer gets back.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::network::InterfaceIx;
use super::pairs::{Pairs, Verdict};
use super::sets::{Interval, Sets, without, words};
use crate::id::NodeId;
use crate::net::{PortRange, Protocol};

/// One end of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Party {
    /// Anybody on the internet.
    Internet,
    /// An interface of the network.
    Interface(InterfaceIx),
    /// The service behind a gateway endpoint, which never begins.
    Service(NodeId),
}

/// Traffic of one protocol from one end to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Who begins.
    pub from: Party,
    /// Who is reached.
    pub to: Party,
    /// By what; pairs of the same traffic share it.
    pub traffic: Rc<Traffic>,
    /// Whether it gets there and the answer does not get back.
    pub reply_blocked: bool,
}

/// One protocol, or a run of protocol numbers, with its ports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Traffic {
    /// `tcp`, `udp`, `all`, a number, or a run of numbers `7-16`.
    pub protocol: String,
    /// Its port ranges, or its ICMP types, as people write them; `all` for a protocol without.
    pub ports: Vec<String>,
}

/// Calls `row` for every pair of a network between which something passes.
pub fn each_row(pairs: &Pairs, mut row: impl FnMut(Row)) {
    let mut known = Known::default();
    let mut add = |from: Party, to: Party, verdict: Verdict| {
        for (reply_blocked, traffic) in known.of(&pairs.sets, verdict) {
            row(Row { from, to, traffic: Rc::clone(traffic), reply_blocked: *reply_blocked });
        }
    };
    let classes = &pairs.classes.classes;
    for (a, from) in classes.iter().enumerate() {
        for source in &from.members {
            let source_end = Party::Interface(*source);
            for (b, to) in classes.iter().enumerate() {
                let verdict = pairs.between(a, b);
                if verdict.traffic == super::sets::NOTHING {
                    continue;
                }
                for target in to.members.iter().filter(|target| *target != source) {
                    add(source_end, Party::Interface(*target), verdict);
                }
            }
            for (endpoint, verdicts) in &pairs.services {
                add(source_end, Party::Service(*endpoint), verdicts.get(a).copied().unwrap_or_default());
            }
            add(source_end, Party::Internet, pairs.outwards.get(a).copied().unwrap_or_default());
            add(Party::Internet, source_end, pairs.inwards.get(a).copied().unwrap_or_default());
        }
    }
}

/// What verdicts mean in words; the same few occur millions of times.
#[derive(Default)]
struct Known(BTreeMap<Verdict, Vec<(bool, Rc<Traffic>)>>);

impl Known {
    fn of(&mut self, sets: &Sets, verdict: Verdict) -> &[(bool, Rc<Traffic>)] {
        self.0.entry(verdict).or_insert_with(|| {
            let (traffic, answered) = (sets.intervals(verdict.traffic), sets.intervals(verdict.answered));
            let lost = without(traffic, answered);
            let told =
                |part: &[Interval], blocked: bool| in_words(part).into_iter().map(move |told| (blocked, Rc::new(told)));
            told(answered, false).chain(told(&lost, true)).collect()
        })
    }
}

/// Intervals of traffic by protocol; numbers without a name in runs.
pub fn in_words(intervals: &[Interval]) -> Vec<Traffic> {
    let mut out: Vec<Traffic> = Vec::new();
    let mut run: Option<(u8, u8)> = None;
    let end_run = |run: &mut Option<(u8, u8)>, out: &mut Vec<Traffic>| {
        if let Some((first, last)) = run.take() {
            let protocol = if first == last { first.to_string() } else { format!("{first}-{last}") };
            out.push(Traffic { protocol, ports: vec![PortRange::ALL.to_string()] });
        }
    };
    for (protocol, ports) in words(intervals) {
        match (protocol, run) {
            (Protocol::Number(number), Some((first, last))) if last.checked_add(1) == Some(number) => {
                run = Some((first, number));
            }
            (Protocol::Number(number), _) => {
                end_run(&mut run, &mut out);
                run = Some((number, number));
            }
            _ => {
                end_run(&mut run, &mut out);
                let ports = protocol.in_words(ports);
                let protocol = if protocol == Protocol::All { "all".to_owned() } else { protocol.to_string() };
                match out.iter_mut().find(|traffic| traffic.protocol == protocol) {
                    Some(traffic) => traffic.ports.push(ports),
                    None => out.push(Traffic { protocol, ports: vec![ports] }),
                }
            }
        }
    }
    end_run(&mut run, &mut out);
    out
}
