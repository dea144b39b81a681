//! What is asked of the network, and the answer: one packet's way and its reply's.

use std::net::Ipv4Addr;

use super::network::InterfaceIx;
use super::packet::{Blocker, Walk};
use super::verdict::Verdict;
use crate::id::NodeId;
use crate::message;
use crate::net::Protocol;
use crate::text::Message;

/// One end of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Endpoint {
    /// A resource of the design: an instance, a balancer, the internet, a laptop.
    Node(NodeId),
    /// An address, inside or outside.
    Address(Ipv4Addr),
    /// Anybody on the internet.
    Internet,
}

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question {
    /// Who begins.
    pub from: Endpoint,
    /// Who should answer.
    pub to: Endpoint,
    /// Protocol.
    pub protocol: Protocol,
    /// Destination port, where nothing means every port; of ICMP the type, where nothing means a ping. Any other protocol has none.
    pub port: Option<u16>,
    /// Source port; nothing means an ephemeral one.
    pub source_port: Option<u16>,
}

/// The answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trace {
    /// The first packet's way.
    pub forward: Walk,
    /// The answer's way; empty if the first packet has none.
    pub reply: Walk,
    /// Each of those that clients are spread over, where there are several or one answers only in part: nodes of a balancer, zones of a fleet.
    pub parts: Vec<Part>,
    /// What should be known beside it, such as that the instance is stopped.
    pub notes: Vec<Message>,
    /// Whether what IPv4 does not reach may be reached by IPv6, which is not judged; the last of the blockers says so.
    pub perhaps_by_ipv6: bool,
}

/// One of several ends over which clients are spread.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Where it begins, if that is one of several.
    pub from: Option<InterfaceIx>,
    /// Where it ends, if that is one of several.
    pub to: Option<InterfaceIx>,
    /// Which one that is: "the node in subnet a".
    pub label: Message,
    /// Whether it connects.
    pub verdict: Verdict,
    /// What keeps it from connecting, or from always doing so.
    pub blockers: Vec<Blocker>,
}

impl Trace {
    /// Both ways of one packet.
    pub(super) fn of(forward: Walk, reply: Walk) -> Self {
        Self { forward, reply, ..Self::default() }
    }

    /// The answer to a question about somebody who is not there.
    pub fn refused(code: &'static str, why: Message) -> Self {
        let blocker = Blocker::unknown(code, None, why);
        Self::of(Walk { blockers: vec![blocker], ..Walk::default() }, Walk::default())
    }

    /// The four-valued answer: both ways are open, from and to each of those that clients are spread over.
    pub fn verdict(&self) -> Verdict {
        let parts = self.parts.iter().map(|part| part.verdict);
        let by_ipv4 = if self.parts.is_empty() { self.shown() } else { Verdict::spread(parts) };
        if by_ipv4 == Verdict::No && self.perhaps_by_ipv6 { Verdict::Unknown } else { by_ipv4 }
    }

    /// The answer of the way that is shown.
    pub(super) fn shown(&self) -> Verdict {
        match self.forward.verdict() {
            Verdict::No => Verdict::No,
            there if self.forward.arrives => there.and(self.reply.verdict()),
            there => there,
        }
    }

    /// Whether connections come about, for all or for some.
    pub fn reachable(&self) -> bool {
        self.verdict().connects()
    }

    /// Everything that stops it, both ways.
    pub fn blockers(&self) -> impl Iterator<Item = &Blocker> {
        self.forward.blockers.iter().chain(&self.reply.blockers)
    }

    /// How many parts connect and which do not, where that differs.
    pub fn summary(&self) -> Option<Message> {
        let failing: Vec<&Part> = self.parts.iter().filter(|part| part.verdict != Verdict::Yes).collect();
        if failing.is_empty() || !self.reachable() {
            return None;
        }
        let (all, open) = (self.parts.len(), self.parts.len() - failing.len());
        let (ko, en): (Vec<&str>, Vec<&str>) =
            failing.iter().map(|part| (part.label.ko.as_str(), part.label.en.as_str())).unzip();
        let (ko, en) = (ko.join(", "), en.join(", "));
        Some(message!(
            "{all}개 중 {open}개만 늘 연결돼요. 그렇지 않은 것: {ko}",
            "Only {open} of {all} always connect. Not so: {en}"
        ))
    }
}
