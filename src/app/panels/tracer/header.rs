//! A packet's header in words. Addresses that AWS chooses at launch are named by whose they are.

use std::net::Ipv4Addr;

use groundplan::design::Design;
use groundplan::facts::routes::SOMEBODY;
use groundplan::message;
use groundplan::net::PortRange;
use groundplan::reach::{Network, Packet};
use groundplan::text::{Message, t};

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
    /// Names a packet's header.
    pub fn new(design: &Design, net: &Network, packet: &Packet) -> Self {
        let (ko, en) = packet.protocol.label();
        let ports = |range: PortRange| {
            if packet.protocol.has_ports() && range != PortRange::ALL { format!(":{range}") } else { String::new() }
        };
        Self {
            protocol: Message { ko, en },
            source: address(design, net, packet.source),
            source_ports: ports(packet.source_ports),
            destination: address(design, net, packet.destination),
            ports: ports(packet.ports),
        }
    }
}

fn address(design: &Design, net: &Network, address: Ipv4Addr) -> Message {
    let holder = net.by_public(address).and_then(|ix| net.interfaces.get(ix));
    if let Some((interface, public)) =
        holder.and_then(|of| Some((of, of.public?))).filter(|(_, of)| of.address == address)
    {
        let name = |id| design.node(id).map_or("", |node| node.name.as_str());
        // The address itself is a stand-in: AWS chooses it when the resource is made.
        return match public.elastic_ip {
            Some(eip) => Message::plain(name(eip)),
            None => {
                let name = name(interface.node);
                message!("{name}의 퍼블릭 IP", "public IP of {name}")
            }
        };
    }
    if address == SOMEBODY {
        return t("인터넷", "internet").into();
    }
    Message::plain(address.to_string())
}
