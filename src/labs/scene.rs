//! A design as checks look at it, whole or after a loss: what several checks ask is computed once.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use super::select::TierName;
use crate::catalog::kinds::Instance;
use crate::design::Design;
use crate::id::NodeId;
use crate::net::Cidr;
use crate::reach::internet::{parts, parts_of};
use crate::reach::{Exposures, Network, Pairs, SubnetTier, Tier, without};
use crate::rules::{Finding, check};

/// A design with its network and what follows from both.
pub(super) struct Scene {
    pub(super) design: Design,
    pub(super) net: Network,
    /// What was lost, if anything was.
    pub(super) lost: Option<NodeId>,
    pairs: OnceCell<Pairs>,
    tiers: OnceCell<BTreeMap<NodeId, SubnetTier>>,
    findings: OnceCell<Vec<Finding>>,
    internet: OnceCell<Vec<Ipv4Addr>>,
    on_premises: OnceCell<Vec<Ipv4Addr>>,
}

impl Scene {
    pub(super) fn new(design: Design) -> Self {
        let net = Network::lower(&design);
        Self::of(design, net, None)
    }

    fn of(design: Design, net: Network, lost: Option<NodeId>) -> Self {
        let (pairs, tiers, findings, internet, on_premises) = Default::default();
        Self { design, net, lost, pairs, tiers, findings, internet, on_premises }
    }

    /// The same without what is lost.
    pub(super) fn without(&self, lost: &[NodeId]) -> Self {
        let (design, net) = without(&self.design, &self.net, lost);
        Self::of(design, net, lost.first().copied())
    }

    pub(super) fn pairs(&self) -> &Pairs {
        self.pairs.get_or_init(|| Pairs::new(&self.net))
    }

    /// One address of each part of the internet that the design tells apart; the first stands for all that it does not speak of.
    pub(super) fn internet(&self) -> &[Ipv4Addr] {
        self.internet.get_or_init(|| parts(&self.design, &self.net))
    }

    /// One address of each part of a block that the design tells apart.
    pub(super) fn parts_of(&self, block: Cidr) -> Vec<Ipv4Addr> {
        parts_of(&self.design, &self.net, block)
    }

    /// The networks that are known to lie behind a customer gateway and are joined by a VPN connection.
    pub(super) fn networks_behind(&self, customer: NodeId) -> Vec<Cidr> {
        let own = self.net.vpn.connections.values().filter(|of| of.customer == customer);
        let mut blocks: Vec<Cidr> = own.flat_map(|of| of.networks.iter().copied()).collect();
        blocks.sort_unstable_by_key(|block| (block.bounds().0, block.prefix_len()));
        blocks.dedup();
        blocks
    }

    /// One address of each part of the networks that VPN connections join to the design.
    pub(super) fn on_premises(&self) -> &[Ipv4Addr] {
        self.on_premises.get_or_init(|| {
            let blocks = self.net.vpn.connections.values().flat_map(|of| of.networks.iter().copied());
            let mut found: Vec<Ipv4Addr> = blocks.flat_map(|block| self.parts_of(block)).collect();
            found.sort_unstable();
            found.dedup();
            found
        })
    }

    /// Whether it is an instance that does not run, and so neither sends nor answers.
    pub(super) fn is_stopped(&self, id: NodeId) -> bool {
        self.design.get::<Instance>(id).is_some_and(|instance| instance.stopped)
    }

    pub(super) fn findings(&self) -> &[Finding] {
        self.findings.get_or_init(|| check(&self.design))
    }

    /// How a subnet gets out, and why.
    pub(super) fn tier(&self, subnet: NodeId) -> Option<&SubnetTier> {
        let tiers = self.tiers.get_or_init(|| Exposures::new(&self.design, &self.net, self.pairs()).subnets);
        tiers.get(&subnet)
    }

    /// The subnets something stands in: itself, the frame around it, or those of its interfaces.
    pub(super) fn subnets_of(&self, id: NodeId) -> Vec<NodeId> {
        use crate::catalog::Kind;
        if self.design.node(id).is_some_and(|node| node.kind() == Kind::Subnet) {
            return vec![id];
        }
        if let Some(subnet) = self.design.ancestor(id, Kind::Subnet) {
            return vec![subnet];
        }
        let own = self.net.interfaces_of(id).iter().filter_map(|ix| self.net.interface(*ix));
        let mut subnets: Vec<NodeId> = own.map(|(_, subnet)| subnet.node).collect();
        subnets.sort_unstable();
        subnets.dedup();
        subnets
    }

    /// The letters of the zones something stands in.
    pub(super) fn zones_of(&self, id: NodeId) -> Vec<String> {
        use crate::catalog::Kind;
        use crate::catalog::kinds::Zone;
        let letter = |of: NodeId| {
            let zone = self.design.get::<Zone>(of).map(|zone| (of, zone));
            let around =
                || self.design.ancestor(of, Kind::Zone).and_then(|up| Some((up, self.design.get::<Zone>(up)?)));
            zone.or_else(around).map(|(_, zone)| zone.letter.clone())
        };
        if let Some(own) = letter(id) {
            return vec![own];
        }
        let mut zones: Vec<String> = self.subnets_of(id).into_iter().filter_map(letter).collect();
        zones.sort_unstable();
        zones.dedup();
        zones
    }
}

impl From<Tier> for TierName {
    fn from(tier: Tier) -> Self {
        match tier {
            Tier::Public => Self::Public,
            Tier::PrivateWithNat => Self::Private,
            Tier::Isolated => Self::Isolated,
        }
    }
}
