//! Addresses in words. Where AWS chooses an address at launch, a stand-in is walked with, and nobody should read that.

use std::net::Ipv4Addr;

use super::addresses::stand_in_service;
use super::network::{Network, Owner};

use crate::design::Design;
use crate::facts::routes::SOMEBODY;
use crate::message;
use crate::text::Message;

/// An address as people know it: by who has it where it is a stand-in, "anybody on the internet", else as it is written.
pub fn spoken(design: &Design, net: &Network, address: Ipv4Addr) -> Message {
    let name = |id| design.node(id).map_or("", |node| node.name.as_str());
    if address == SOMEBODY {
        return message!("인터넷", "anybody on the internet");
    }
    if let Some(service) = stand_in_service(address) {
        return message!("{service} 서비스의 주소", "the addresses of {service}");
    }
    if let Some(interface) = net.by_public(address).and_then(|ix| net.interfaces.get(ix)) {
        let owner = name(interface.node);
        let elastic = interface.public.and_then(|public| public.elastic_ip).map(name);
        return match (elastic, interface.owner) {
            (Some(elastic), Owner::NatGateway) => {
                message!("NAT 게이트웨이 {owner}의 주소({elastic})", "the NAT gateway's address ({elastic} of {owner})")
            }
            (Some(elastic), _) => message!("{owner}의 주소({elastic})", "the address of {owner} ({elastic})"),
            (None, Owner::NatGateway) => {
                message!("NAT 게이트웨이 {owner}의 주소", "the NAT gateway's address ({owner})")
            }
            (None, _) => message!("{owner}의 퍼블릭 IP", "the public IP of {owner}"),
        };
    }
    if let Some((laptop, _)) = net.laptops.iter().find(|(_, block)| block.contains_addr(address)) {
        return Message::plain(format!("{} ({address})", name(*laptop)));
    }
    Message::plain(address.to_string())
}
