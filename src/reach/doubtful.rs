//! All pairs where not everything is known: what is listed is then asked for again, pair by pair, as a single trace answers it.

use std::collections::BTreeSet;

use super::filter::{Direction, rules};
use super::ipv6;
use super::network::{InterfaceIx, Network};
use super::question::{Endpoint, Question};
use super::rows::Party;
use super::trace::trace;
use super::verdict::Verdict;
use crate::design::Design;
use crate::id::NodeId;
use crate::net::{PortRange, Protocol};

/// The pairs of a design of which a part hangs on what only a deployment knows, or on a policy that is not judged.
pub struct Doubtful<'a> {
    design: &'a Design,
    net: &'a Network,
    /// Interfaces whose groups, ACL, routes or public address are not known to the end.
    touched: BTreeSet<InterfaceIx>,
}

impl<'a> Doubtful<'a> {
    /// Of a design and the network that comes of it.
    pub fn new(design: &'a Design, net: &'a Network) -> Self {
        let unknown = &net.unknown;
        let is_open = |ix: InterfaceIx| {
            let Some((interface, subnet)) = net.interface(ix) else { return false };
            let hidden = |id: &_| unknown.inbound.contains(id) || unknown.outbound.contains(id);
            net.policed.contains(&interface.node)
                || unknown.members.contains(&interface.node)
                || unknown.public.contains(&interface.node)
                || unknown.balancers.contains(&interface.node)
                || ipv6::touches(design, net, ix)
                || interface.groups.iter().flatten().any(hidden)
                || subnet.acl.as_ref().is_some_and(hidden)
                || subnet.table.is_some_and(|table| unknown.tables.contains(&table))
                || unknown.subnets.contains(&subnet.node)
        };
        let is_known = unknown.is_empty() && net.policed.is_empty();
        let touched = (0..net.interfaces.len()).filter(|ix| !is_known && is_open(*ix)).collect();
        Self { design, net, touched }
    }

    /// Whether an answer about two parties may be that it is not known.
    pub fn touches(&self, from: Party, to: Party) -> bool {
        let is_touched = |party: Party| match party {
            Party::Interface(ix) => self.touched.contains(&ix),
            Party::Service(endpoint) => self.net.policed.contains(&endpoint),
            Party::Internet => self.net.unknown.shut_off.is_some(),
        };
        is_touched(from) || is_touched(to)
    }

    /// Those of whom something is not known.
    pub fn parties(&self) -> Vec<Party> {
        let is_gateway = |endpoint: &&NodeId| self.net.gateway_endpoints.contains_key(*endpoint);
        let services = self.net.policed.iter().filter(is_gateway).map(|endpoint| Party::Service(*endpoint));
        self.touched.iter().map(|ix| Party::Interface(*ix)).chain(services).collect()
    }

    /// Whether anything is touched at all.
    pub fn is_empty(&self) -> bool {
        self.touched.is_empty() && self.net.policed.is_empty()
    }

    /// What a single trace says of a protocol and a port; without a port, of every one.
    pub fn verdict(&self, from: Party, to: Party, protocol: Protocol, port: Option<u16>) -> Verdict {
        let (Some(from), Some(to)) = (self.end(from), self.end(to)) else { return Verdict::Unknown };
        let question = Question { from, to, protocol, port, source_port: None };
        trace(self.design, self.net, question).map_or(Verdict::Unknown, |trace| trace.verdict())
    }

    /// The ports of a protocol that rules of the receiver's groups name.
    pub fn admitted(&self, to: Party, protocol: Protocol) -> BTreeSet<PortRange> {
        let Party::Interface(ix) = to else { return BTreeSet::new() };
        let groups = self.net.interfaces.get(ix).and_then(|interface| interface.groups.as_deref());
        let inbound = groups.unwrap_or_default().iter().flat_map(|group| rules(self.net, *group, Direction::Inbound));
        inbound.filter(|rule| protocol.has_ports() && rule.protocol == protocol).map(|rule| rule.ports).collect()
    }

    fn end(&self, party: Party) -> Option<Endpoint> {
        Some(match party {
            Party::Internet => Endpoint::Internet,
            Party::Interface(ix) => Endpoint::Node(self.net.interfaces.get(ix)?.node),
            Party::Service(endpoint) => Endpoint::Node(endpoint),
        })
    }
}
