//! What of the derived facts stands on the nodes of a drawing, whoever draws it.

use std::collections::{BTreeMap, BTreeSet};

use super::Derived;
use crate::id::NodeId;
use crate::net::{PortRange, Protocol};
use crate::picture::{Badge, Marks, Tag, TagClass};
use crate::reach::{Exposure, Exposures, SubnetTier, Tier};
use crate::rules::{Finding, Severity};
use crate::text::Lang;

impl Derived {
    /// What stands on the nodes.
    pub fn marks(&self, lang: Lang) -> Marks {
        let exposures = self.exposures();
        Marks {
            publics: publics(exposures),
            badges: badges(self.findings().iter()),
            tags: tags(exposures, lang),
            changes: BTreeMap::new(),
        }
    }
}

/// The subnets that are public.
pub fn publics(exposures: &Exposures) -> BTreeSet<NodeId> {
    exposures.subnets.iter().filter(|(_, of)| of.tier == Tier::Public).map(|(id, _)| *id).collect()
}

/// The badges of what the rules found.
pub fn badges<'a>(findings: impl Iterator<Item = &'a Finding>) -> BTreeMap<NodeId, Badge> {
    let mut badges: BTreeMap<NodeId, Badge> = BTreeMap::new();
    for finding in findings {
        match finding.severity {
            Severity::Error => badges.entry(finding.node).or_default().errors += 1,
            Severity::Warning => badges.entry(finding.node).or_default().warnings += 1,
            Severity::Info => {}
        }
    }
    badges
}

/// The tags: how subnets get out, and what of resources the internet reaches.
pub fn tags(exposures: &Exposures, lang: Lang) -> BTreeMap<NodeId, Tag> {
    let subnet = |(id, of): (&NodeId, &SubnetTier)| {
        let class = match of.tier {
            Tier::Public => TagClass::Public,
            Tier::PrivateWithNat => TagClass::PrivateWithNat,
            Tier::Isolated => TagClass::Isolated,
        };
        (*id, Tag { class, text: of.tier.label().get(lang).to_owned() })
    };
    let exposed = |(id, of): (&NodeId, &Exposure)| (*id, Tag { class: TagClass::Exposed, text: brief(of) });
    exposures.subnets.iter().map(subnet).chain(exposures.resources.iter().map(exposed)).collect()
}

/// The ports that are open, as a tag has room for: `22, 80`, `UDP 53`, `ICMP`.
fn brief(of: &Exposure) -> String {
    let one = |(protocol, ports): &(Protocol, PortRange)| match protocol {
        Protocol::Tcp => ports.to_string(),
        Protocol::Udp => format!("UDP {ports}"),
        other => other.label().1,
    };
    of.traffic.iter().map(one).collect::<Vec<_>>().join(", ")
}
