//! What is asked of the network, and the answer: one packet's way and its reply's.

use std::net::Ipv4Addr;

use super::packet::Walk;
use crate::id::NodeId;
use crate::net::Protocol;

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
}

impl Trace {
    /// Whether a connection comes about: both ways are open.
    pub const fn reachable(&self) -> bool {
        self.forward.passes() && self.reply.passes()
    }
}
