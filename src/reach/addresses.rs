//! Addresses that AWS would choose: stand-ins where a design does not know them.

use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;

use super::network::{Network, PublicAddress, SubnetNet};
use crate::catalog::kinds::{ElasticIp, Instance, LoadBalancer, NatGateway, NetworkInterface, VpcEndpoint};
use crate::design::Design;
use crate::id::NodeId;
use crate::net::Cidr;

/// Public addresses AWS chooses at launch are unknown before; these stand in for them (RFC 2544 addresses, which no real rule names).
const UNKNOWN_PUBLIC: u32 = u32::from_be_bytes([198, 18, 0, 0]);

/// The addresses of a service that a gateway endpoint leads to, where its prefix list is not known; one block a service.
pub(super) fn stand_in_block(service: &str) -> Cidr {
    let third = match service {
        "s3" => 0,
        "dynamodb" => 1,
        _ => 2,
    };
    Cidr::literal(198, 19, third, 0, 24)
}

/// The service that such an address stands for.
pub(super) fn stand_in_service(address: Ipv4Addr) -> Option<&'static str> {
    let known = [("s3", "S3"), ("dynamodb", "DynamoDB")];
    known.into_iter().find(|(service, _)| stand_in_block(service).contains_addr(address)).map(|(_, name)| name)
}

/// Whether an address stands in for one that only a deployment knows, or for those of a service.
pub(super) fn is_stand_in(address: Ipv4Addr) -> bool {
    Cidr::literal(198, 18, 0, 0, 15).contains_addr(address)
}

/// Hands out addresses: the lowest free one of the subnet, in the order of node ids, so that they stay while others are added.
pub(super) struct Addresses {
    fixed: BTreeSet<Ipv4Addr>,
    next: BTreeMap<NodeId, u32>,
    public: u32,
    /// By instance or network interface: its Elastic IP.
    elastic: BTreeMap<NodeId, NodeId>,
    /// By Elastic IP: its address, where that is known.
    known: BTreeMap<NodeId, Ipv4Addr>,
}

impl Addresses {
    pub(super) fn new(design: &Design) -> Self {
        let mut fixed = BTreeSet::new();
        let (mut elastic, mut known) = (BTreeMap::new(), BTreeMap::new());
        for (id, node) in design.nodes() {
            fixed.extend(node.get::<Instance>().and_then(|instance| instance.private_ip));
            fixed.extend(node.get::<NetworkInterface>().and_then(|interface| interface.private_ip));
            fixed.extend(node.get::<NatGateway>().and_then(|nat| nat.private_ip));
            fixed
                .extend(node.get::<LoadBalancer>().into_iter().flat_map(|balancer| balancer.addresses.iter().copied()));
            fixed.extend(node.get::<VpcEndpoint>().into_iter().flat_map(|endpoint| endpoint.addresses.iter().copied()));
            if let Some(eip) = node.get::<ElasticIp>() {
                elastic.extend(eip.instance.or(eip.interface).map(|user| (user, id)));
                known.extend(eip.public_address.map(|address| (id, address)));
            }
        }
        Self { fixed, next: BTreeMap::new(), public: 0, elastic, known }
    }

    /// The Elastic IP of an instance or network interface.
    pub(super) fn elastic_of(&self, user: NodeId) -> Option<NodeId> {
        self.elastic.get(&user).copied()
    }

    pub(super) fn private(&mut self, subnet: &SubnetNet) -> Ipv4Addr {
        // The first four addresses are AWS's own.
        let next = self.next.entry(subnet.node).or_insert(4);
        loop {
            let address = subnet.cidr.nth(*next).unwrap_or(subnet.cidr.last());
            *next += 1;
            if !self.fixed.contains(&address) || subnet.cidr.nth(*next).is_none() {
                return address;
            }
        }
    }

    pub(super) fn public(&mut self, elastic_ip: Option<NodeId>, known: Option<Ipv4Addr>) -> PublicAddress {
        self.public += 1;
        let stand_in = Ipv4Addr::from(UNKNOWN_PUBLIC + self.public % 0xFFFF);
        let of_elastic = elastic_ip.and_then(|eip| self.known.get(&eip).copied());
        PublicAddress { address: of_elastic.or(known).unwrap_or(stand_in), elastic_ip }
    }
}

/// Whether a public address belongs to nothing that is drawn: who answers there, and whether anybody does, is not known.
pub(super) fn is_foreign(net: &Network, address: Ipv4Addr) -> bool {
    let holds = |blocks: &[Cidr]| blocks.iter().any(|block| block.contains_addr(address));
    let is_drawn = net.by_public(address).is_some()
        || net.vpcs.values().any(|blocks| holds(blocks))
        || net.laptops.values().any(|block| block.contains_addr(address))
        || net.vpn.site_of(address).is_some();
    !Cidr::host(address).is_private() && !is_drawn
}
