//! Where a walk cannot tell: what only a deployment knows, and policies that decide by more than a packet shows.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::{Walker, is_private};
use crate::catalog::kinds::VpcEndpoint;
use crate::id::NodeId;
use crate::reach::filter::{Direction, Peer, rules};
use crate::reach::network::{Hop, RouteNet, SubnetNet};

impl<'a> Walker<'a> {
    /// The groups and ACLs of whose rules in one direction not all are known.
    pub(super) fn hidden(&self, direction: Direction) -> &'a BTreeSet<NodeId> {
        match direction {
            Direction::Inbound => &self.net.unknown.inbound,
            Direction::Outbound => &self.net.unknown.outbound,
        }
    }

    /// Who keeps a route from being known: the subnet if it stands outside the template, or its table if not all its routes are known and the one
    /// found is none that holds whatever the others are.
    pub(super) fn route_unknown(&self, subnet: &SubnetNet, route: Option<RouteNet>) -> Option<NodeId> {
        if matches!(route, Some(RouteNet { hop: Hop::Local, .. })) {
            return None;
        }
        if self.net.unknown.subnets.contains(&subnet.node) {
            return Some(subnet.node);
        }
        // A default route is taken to lead to the internet, whatever leads elsewhere.
        let may_be_hidden =
            route.is_none_or(|route| route.destination.prefix_len() == 0 && is_private(self.packet.destination));
        subnet.table.filter(|table| may_be_hidden && self.net.unknown.tables.contains(table))
    }

    /// Whether a VPC stands outside the template, so that its gateways and whoever is in it are not known.
    pub(super) fn is_elsewhere(&self, vpc: NodeId) -> bool {
        self.design.template().is_some_and(|original| original.is_outside(vpc) && !original.is_default(vpc))
    }

    /// Notes that the account may keep VPCs from the internet, which is not judged, where the template decides that.
    pub(super) fn shut_off(&mut self) {
        if let Some(options) = self.net.unknown.shut_off.filter(|_| self.established.is_none()) {
            self.block(|explain| explain.perhaps_shut_off(options));
        }
    }

    /// The other end, where it is not known of which groups it is a member and a rule admits members of some.
    pub(super) fn unknown_peer(&self, peer: Peer, groups: &[NodeId], direction: Direction) -> Option<NodeId> {
        let owner = self.net.interfaces.get(peer.interface?)?.node;
        let (protocol, ports) = (self.packet.protocol, self.packet.ports);
        let mut all = groups.iter().flat_map(|group| rules(self.net, *group, direction));
        let speaks = all.any(|rule| {
            let numbered = !protocol.is_numbered() || rule.numbers().covers(&ports);
            rule.group.is_some() && rule.protocol.covers(protocol) && numbered
        });
        Some(owner).filter(|owner| speaks && self.net.unknown.members.contains(owner))
    }

    /// What the policy of an endpoint lets through to its service.
    pub(super) fn policy(&mut self, endpoint: NodeId) {
        if self.established.is_some() {
            return;
        }
        let policy = self.design.get::<VpcEndpoint>(endpoint).map_or("", |of| of.policy.as_str());
        match Permits::of(policy) {
            Permits::Everything => {}
            Permits::Nothing => self.block(|explain| explain.policy_denies(endpoint)),
            Permits::Some => self.block(|explain| explain.policy_unknown(endpoint)),
        }
    }
}

/// What an endpoint's policy lets through, as far as its text alone says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permits {
    /// Every request.
    Everything,
    /// None.
    Nothing,
    /// It depends on who asks for what, which no packet shows.
    Some,
}

impl Permits {
    /// Of the text of a policy; none at all is AWS's default, which lets everything through.
    pub fn of(policy: &str) -> Self {
        if policy.trim().is_empty() {
            return Self::Everything;
        }
        let Ok(policy) = serde_json::from_str::<Json>(policy) else { return Self::Some };
        let statements = match policy.get("Statement") {
            Some(Json::Array(all)) => all.clone(),
            Some(one) => vec![one.clone()],
            None => return Self::Some,
        };
        let is = |value: Option<&Json>, wanted: &str| match value {
            Some(Json::String(text)) => text == wanted,
            Some(Json::Array(all)) => all.iter().any(|one| one == wanted),
            _ => false,
        };
        let whole = |statement: &Json, effect: &str| {
            let anybody = is(statement.get("Principal"), "*")
                || statement.get("Principal").and_then(|who| who.get("AWS")).is_some_and(|who| is(Some(who), "*"));
            is(statement.get("Effect"), effect)
                && anybody
                && is(statement.get("Action"), "*")
                && is(statement.get("Resource"), "*")
                && statement.get("Condition").is_none()
        };
        let allows = |statement: &Json| is(statement.get("Effect"), "Allow");
        if statements.iter().any(|statement| whole(statement, "Deny")) || !statements.iter().any(allows) {
            return Self::Nothing;
        }
        let open = statements.iter().all(allows) && statements.iter().any(|statement| whole(statement, "Allow"));
        if open { Self::Everything } else { Self::Some }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_that_depends_on_the_request_is_not_judged() {
        let of = |effect: &str, action: &str, rest: &str| {
            format!(
                r#"{{"Statement":[{{"Effect":"{effect}","Principal":"*","Action":"{action}","Resource":"*"{rest}}}]}}"#
            )
        };
        assert_eq!(Permits::of(""), Permits::Everything);
        assert_eq!(Permits::of(&of("Allow", "*", "")), Permits::Everything);
        assert_eq!(Permits::of(&of("Deny", "*", "")), Permits::Nothing);
        assert_eq!(Permits::of(r#"{"Statement":[]}"#), Permits::Nothing);
        assert_eq!(Permits::of(&of("Allow", "s3:GetObject", "")), Permits::Some);
        assert_eq!(
            Permits::of(&of("Allow", "*", r#","Condition":{"Bool":{"aws:SecureTransport":"true"}}"#)),
            Permits::Some
        );
        assert_eq!(Permits::of("no JSON"), Permits::Some);
    }
}
