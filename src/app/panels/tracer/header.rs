//! A packet's header in words. Addresses that AWS chooses at launch are named by whose they are.

use groundplan::design::Design;
use groundplan::net::PortRange;
use groundplan::reach::{Network, Packet, spoken};
use groundplan::text::Message;

/// The header as it is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Header {
    pub protocol: Message,
    pub source: Message,
    /// Empty for a protocol without ports.
    pub source_ports: String,
    pub destination: Message,
    /// Empty for a protocol without ports.
    pub ports: String,
}

impl Header {
    /// On one line.
    pub fn line(&self) -> Message {
        let line = |protocol: &str, source: &str, destination: &str| {
            format!("{protocol} {source}{} → {destination}{}", self.source_ports, self.ports)
        };
        Message {
            ko: line(&self.protocol.ko, &self.source.ko, &self.destination.ko),
            en: line(&self.protocol.en, &self.source.en, &self.destination.en),
        }
    }

    /// Names a packet's header.
    pub fn new(design: &Design, net: &Network, packet: &Packet) -> Self {
        let (ko, en) = packet.protocol.label();
        let ports = |range: PortRange| {
            if packet.protocol.has_ports() && range != PortRange::ALL { format!(":{range}") } else { String::new() }
        };
        Self {
            protocol: Message { ko, en },
            source: spoken(design, net, packet.source),
            source_ports: ports(packet.source_ports),
            destination: spoken(design, net, packet.destination),
            ports: ports(packet.ports),
        }
    }
}
