//! All pairs as rows for people: who reaches whom, by what, and whether the answer gets back.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::doubtful::Doubtful;
use super::network::{InterfaceIx, Network};
use super::pairs::{Pairs, Passage};
use super::sets::{Interval, Sets, without, words};
use super::verdict::Verdict;
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
    /// Whether connections come about.
    pub verdict: Verdict,
}

impl Row {
    /// The protocol and the first port of a row's traffic, which stand for all of it.
    fn asked(&self) -> Option<(Protocol, Option<u16>)> {
        let first = self.traffic.protocol.split('-').next()?;
        let protocol = if first == "all" { Protocol::Tcp } else { first.parse().ok()? };
        let ports = self.traffic.ports.first()?;
        let port = ports.split('-').next().and_then(|port| port.parse().ok());
        Some((protocol, port.filter(|_| protocol.has_ports())))
    }
}

/// One protocol, or a run of protocol numbers, with its ports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Traffic {
    /// `tcp`, `udp`, `all`, a number, or a run of numbers `7-16`.
    pub protocol: String,
    /// Its port ranges, or its ICMP types, as people write them; `all` for a protocol without.
    pub ports: Vec<String>,
}

/// The rows of a network, party by party: so many that nobody keeps them all.
pub struct Rows<'a> {
    net: &'a Network,
    pairs: Pairs,
    known: Known,
}

impl<'a> Rows<'a> {
    /// Of a network.
    pub fn new(net: &'a Network) -> Self {
        Self { net, pairs: Pairs::by_rows(net), known: Known::default() }
    }

    /// Everybody who begins or is reached: interfaces in order, the services behind gateway endpoints, the internet.
    pub fn parties(&self) -> Vec<Party> {
        let interfaces = self.pairs.classes.classes.iter().flat_map(|class| &class.members).copied();
        let mut interfaces: Vec<InterfaceIx> = interfaces.collect();
        interfaces.sort_unstable();
        let services = self.pairs.services.keys().map(|endpoint| Party::Service(*endpoint));
        interfaces.into_iter().map(Party::Interface).chain(services).chain([Party::Internet]).collect()
    }

    /// The same where not everything is known: each row has the verdict of a single trace, and what else may pass is a row that says so, by
    /// protocol. `found` has what [`Rows::from`] gave.
    pub fn doubt(&self, from: Party, doubtful: &Doubtful<'_>, found: &mut Vec<Row>) {
        if doubtful.is_empty() || matches!(from, Party::Service(_)) {
            return;
        }
        for row in found.iter_mut().filter(|row| doubtful.touches(from, row.to)) {
            let Some((protocol, port)) = row.asked() else { continue };
            let verdict = doubtful.verdict(from, row.to, protocol, port);
            if !row.reply_blocked || verdict == Verdict::Unknown {
                (row.verdict, row.reply_blocked) = (verdict, false);
            }
        }
        // Large networks have few of whom something is not known.
        let others = if doubtful.touches(from, from) { self.parties() } else { doubtful.parties() };
        for to in others.into_iter().filter(|to| *to != from) {
            for protocol in [Protocol::Tcp, Protocol::Udp, Protocol::Icmp] {
                let name = protocol.to_string();
                let of_both =
                    |row: &&Row| row.to == to && [name.as_str(), "all"].contains(&row.traffic.protocol.as_str());
                let said: Vec<String> =
                    found.iter().filter(of_both).flat_map(|row| row.traffic.ports.clone()).collect();
                let all = PortRange::ALL.to_string();
                if said.contains(&all) {
                    continue;
                }
                let mut open = vec![all];
                if doubtful.verdict(from, to, protocol, None) != Verdict::Unknown {
                    // What is open to the end says nothing of what is not: the ports that the receiver's rules name are asked for one by one.
                    let named = doubtful.admitted(to, protocol).into_iter().map(|ports| (ports, ports.to_string()));
                    let is_open = |(ports, words): &(PortRange, String)| {
                        let port = Some(ports.from_port());
                        !said.contains(words) && doubtful.verdict(from, to, protocol, port) == Verdict::Unknown
                    };
                    open = named.filter(is_open).map(|(_, words)| words).collect();
                }
                if !open.is_empty() {
                    let traffic = Rc::new(Traffic { protocol: name, ports: open });
                    found.push(Row { from, to, traffic, reply_blocked: false, verdict: Verdict::Unknown });
                }
            }
        }
    }

    /// Calls `row` for everything that passes from one party to others.
    pub fn from(&mut self, from: Party, mut row: impl FnMut(Row)) {
        let Self { net, pairs, known } = self;
        let mut passages: Vec<(Party, Passage)> = Vec::new();
        match from {
            Party::Service(_) => {}
            Party::Internet => {
                for (class, passage) in pairs.classes.classes.iter().zip(&pairs.inwards) {
                    passages.extend(class.members.iter().map(|ix| (Party::Interface(*ix), *passage)));
                }
            }
            Party::Interface(source) => {
                let Some(own) = pairs.class_of(source) else { return };
                let to_all = pairs.row(net, own);
                for (class, passage) in pairs.classes.classes.iter().zip(&to_all) {
                    if passage.traffic != super::sets::NOTHING {
                        let others = class.members.iter().filter(|target| **target != source);
                        passages.extend(others.map(|target| (Party::Interface(*target), *passage)));
                    }
                }
                for (endpoint, all) in &pairs.services {
                    passages.extend(all.get(own).map(|passage| (Party::Service(*endpoint), *passage)));
                }
                passages.extend(pairs.outwards.get(own).map(|passage| (Party::Internet, *passage)));
            }
        }
        for (to, passage) in passages {
            for (reply_blocked, traffic) in known.of(&pairs.sets, passage) {
                let verdict = if *reply_blocked { Verdict::No } else { Verdict::Yes };
                row(Row { from, to, traffic: Rc::clone(traffic), reply_blocked: *reply_blocked, verdict });
            }
        }
    }
}

/// What verdicts mean in words; the same few occur millions of times.
#[derive(Default)]
struct Known(BTreeMap<Passage, Vec<(bool, Rc<Traffic>)>>);

impl Known {
    fn of(&mut self, sets: &Sets, verdict: Passage) -> &[(bool, Rc<Traffic>)] {
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
