//! Reachability that follows a document: what an edit changed of the network, and only that, is computed again.

use std::collections::BTreeSet;

use super::difference::Side;
use super::network::{Changed, Network};
use super::pairs::Pairs;
use super::unknown::Unknown;
use crate::catalog::kinds::{Instance, SecurityGroup};
use crate::catalog::{Body, Kind};
use crate::design::{Design, Diff, Node};

/// The network of a design with all pairs, kept up with it.
#[derive(Clone, Debug, Default)]
pub struct Reach {
    /// The network.
    pub net: Network,
    /// All pairs of it.
    pub pairs: Pairs,
}

impl Reach {
    /// Of a design.
    pub fn new(design: &Design) -> Self {
        let net = Network::lower(design);
        let pairs = Pairs::new(&net);
        Self { net, pairs }
    }

    /// It beside its design, to compare with another.
    pub const fn side<'a>(&'a self, design: &'a Design) -> Side<'a> {
        Side { design, net: &self.net, pairs: &self.pairs }
    }

    /// Follows an edit; `design` is as the diff left it.
    pub fn follow(&mut self, design: &Design, diff: &Diff) -> Changed {
        let changed = self.net.follow(design, diff);
        self.pairs.follow(&self.net, &changed);
        changed
    }
}

impl Network {
    /// Follows an edit, and tells what it changed; `design` is as the diff left it.
    pub fn follow(&mut self, design: &Design, diff: &Diff) -> Changed {
        let (mut groups, mut acls) = (BTreeSet::new(), BTreeSet::new());
        let others = diff.added.values().chain(diff.removed.values());
        let mut ways = others.map(|node| node.kind()).any(meets_packets);
        for (id, (old, new)) in &diff.updated {
            if old.parent == new.parent && is_same(old, new) {
                continue;
            }
            match &new.body {
                Body::SecurityGroup(group) if old.parent == new.parent => {
                    self.groups.insert(*id, (group.inbound.clone(), group.outbound.clone()));
                    groups.insert(*id);
                }
                Body::NetworkAcl(acl) if old.parent == new.parent => {
                    self.acls.insert(*id, acl.by_number());
                    acls.insert(*id);
                }
                body => ways |= meets_packets(body.kind()),
            }
        }
        if ways {
            *self = Self::lower(design);
            return Changed::Ways;
        }
        self.unknown = Unknown::of(design);
        self.inspect(design);
        if groups.is_empty() && acls.is_empty() { Changed::Nothing } else { Changed::Filters { groups, acls } }
    }
}

/// Whether packets cannot tell the two apart.
fn is_same(old: &Node, new: &Node) -> bool {
    match (old.get::<Instance>(), new.get::<Instance>()) {
        (Some(old), Some(new)) => {
            let of = |of: &Instance| (of.public_ip, of.private_ip, of.public_address, of.source_dest_check);
            of(old) == of(new) && old.security_groups == new.security_groups
        }
        _ => match (old.get::<SecurityGroup>(), new.get::<SecurityGroup>()) {
            (Some(old), Some(new)) => (&old.inbound, &old.outbound) == (&new.inbound, &new.outbound),
            _ => old.body == new.body,
        },
    }
}

/// Whether a resource of a kind can change the way of a packet. Of what is not known yet it is assumed.
const fn meets_packets(kind: Kind) -> bool {
    !matches!(kind, Kind::KeyPair | Kind::HostedZone | Kind::RecordSet | Kind::Certificate | Kind::Internet)
}
