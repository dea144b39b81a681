//! What groups and ACLs say of a packet, with the rule that said it.

use std::net::Ipv4Addr;

use super::network::Network;
pub use super::packet::{Direction, Peer};
use crate::catalog::kinds::{AclAction, AclRule, GroupRule};
use crate::id::NodeId;
use crate::net::{PortRange, Protocol};

/// A rule of a security group that admits a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GroupMatch {
    /// The group.
    pub group: NodeId,
    /// Its row, counted from 0.
    pub row: usize,
}

/// The first rule of any group of an interface that admits all of `ports`; the groups add up.
pub fn admitted(
    net: &Network,
    groups: &[NodeId],
    direction: Direction,
    peer: Peer,
    protocol: Protocol,
    ports: PortRange,
) -> Option<GroupMatch> {
    groups.iter().find_map(|group| {
        let row = rules(net, *group, direction).iter().position(|rule| {
            rule.protocol.covers(protocol)
                && (!protocol.is_numbered() || rule.numbers().covers(&ports))
                && names(net, rule, peer)
        })?;
        Some(GroupMatch { group: *group, row })
    })
}

/// The rules of a group in one direction.
pub fn rules(net: &Network, group: NodeId, direction: Direction) -> &[GroupRule] {
    match (net.groups.get(&group), direction) {
        (Some((inbound, _)), Direction::Inbound) => inbound,
        (Some((_, outbound)), Direction::Outbound) => outbound,
        (None, _) => &[],
    }
}

/// Whether the peer of a group rule is this one.
pub(super) fn names(net: &Network, rule: &GroupRule, peer: Peer) -> bool {
    let by_block = net.blocks(rule).any(|cidr| cidr.contains_addr(peer.address));
    let by_group = || rule.group.is_some_and(|group| peer.interface.is_some_and(|ix| net.is_member(ix, group)));
    by_block || by_group()
}

/// What an ACL decides about part of a port range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AclVerdict {
    /// The ports it is about.
    pub ports: PortRange,
    /// The number of the rule that decided; `None` is the implicit deny at the end (or a default ACL's allow).
    pub rule: Option<u16>,
    /// Whether it lets the packet pass.
    pub allowed: bool,
}

/// Decides a packet whose destination port is any of `ports`, as disjoint parts in order: the first rule by number that matches decides each.
pub fn acl_verdicts(
    net: &Network,
    acl: Option<NodeId>,
    direction: Direction,
    peer: Ipv4Addr,
    protocol: Protocol,
    ports: PortRange,
) -> Vec<AclVerdict> {
    let Some((inbound, outbound)) = acl.and_then(|acl| net.acls.get(&acl)) else {
        return vec![AclVerdict { ports, rule: None, allowed: true }];
    };
    let rules = if direction == Direction::Inbound { inbound } else { outbound };
    let mut open = vec![ports];
    let mut verdicts = Vec::new();
    for rule in rules.iter().filter(|rule| matches(rule, peer, protocol)) {
        let covered = if protocol.is_numbered() { rule.numbers() } else { PortRange::ALL };
        let mut left = Vec::new();
        for part in open {
            let Some(hit) = part.intersection(&covered) else {
                left.push(part);
                continue;
            };
            verdicts.push(AclVerdict { ports: hit, rule: Some(rule.number), allowed: rule.action == AclAction::Allow });
            let below = hit.from_port().checked_sub(1).and_then(|to| PortRange::new(part.from_port(), to));
            let above = hit.to_port().checked_add(1).and_then(|from| PortRange::new(from, part.to_port()));
            left.extend(below.into_iter().chain(above));
        }
        open = left;
        if open.is_empty() {
            break;
        }
    }
    verdicts.extend(open.into_iter().map(|ports| AclVerdict { ports, rule: None, allowed: false }));
    verdicts.sort_by_key(|verdict| verdict.ports.from_port());
    verdicts
}

fn matches(rule: &AclRule, peer: Ipv4Addr, protocol: Protocol) -> bool {
    rule.protocol.covers(protocol) && rule.cidr.v4().is_some_and(|cidr| cidr.contains_addr(peer))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::kinds::{AclRule, NetworkAcl};

    fn range(text: &str) -> PortRange {
        text.parse().unwrap()
    }

    #[test]
    fn the_first_number_decides_each_part_of_a_range() {
        let rule = |number, action, ports: &str| AclRule {
            number,
            action,
            protocol: Protocol::Tcp,
            ports: range(ports),
            ..AclRule::default()
        };
        let acl = NetworkAcl {
            inbound: vec![rule(90, AclAction::Deny, "2000-2999"), rule(100, AclAction::Allow, "1024-40000")],
            outbound: vec![],
        };
        let mut net = Network::default();
        net.acls.insert(NodeId(1), (acl.inbound, acl.outbound));
        let peer = Ipv4Addr::new(198, 51, 100, 7);
        let verdicts =
            acl_verdicts(&net, Some(NodeId(1)), Direction::Inbound, peer, Protocol::Tcp, range("1024-65535"));
        let shown: Vec<_> = verdicts.iter().map(|v| (v.ports.to_string(), v.rule, v.allowed)).collect();
        assert_eq!(
            shown,
            [
                ("1024-1999".to_owned(), Some(100), true),
                ("2000-2999".to_owned(), Some(90), false),
                ("3000-40000".to_owned(), Some(100), true),
                ("40001-65535".to_owned(), None, false),
            ]
        );
    }

    #[test]
    fn a_subnet_without_an_acl_of_its_own_lets_everything_pass() {
        let verdicts = acl_verdicts(
            &Network::default(),
            None,
            Direction::Inbound,
            Ipv4Addr::LOCALHOST,
            Protocol::Udp,
            PortRange::ALL,
        );
        assert!(verdicts.iter().all(|verdict| verdict.allowed));
    }
}
