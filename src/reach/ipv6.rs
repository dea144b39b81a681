//! IPv6, which is not judged: where it may lead to what IPv4 does not reach. Who has IPv6 addresses, which routes and rules are for them, is
//! known as far as this asks; their addresses are not, so nothing is said to be reached by them.

use super::filter::{Direction, rules};
use super::network::{InterfaceIx, Network, Owner, SubnetNet};
use super::packet::Blocker;
use super::question::{Endpoint, Question};
use crate::catalog::Kind;
use crate::catalog::kinds::{AclAction, AutoScalingGroup, Route, RouteTable};
use crate::design::Design;
use crate::id::NodeId;
use crate::message;
use crate::net::{AnyCidr, Cidr6, IcmpType, PortRange, Protocol};

/// What is asked, and of whom.
struct Ask<'a> {
    design: &'a Design,
    net: &'a Network,
    protocol: Protocol,
    ports: PortRange,
}

/// Why a question that IPv4 answers with no is not answered by that: both ends may meet by IPv6.
pub(super) fn perhaps(design: &Design, net: &Network, question: &Question) -> Option<Blocker> {
    let ports = match (question.protocol, question.port) {
        (Protocol::Icmp, _) => IcmpType::asked(8),
        (_, port) => port.map_or(PortRange::ALL, PortRange::single),
    };
    let ask = Ask { design, net, protocol: question.protocol, ports };
    let (froms, tos) = (ask.holders(question.from)?, ask.holders(question.to)?);
    let holder = match (froms.as_slice(), tos.as_slice()) {
        ([], []) => None,
        ([], tos) => tos.iter().find(|to| ask.comes_in(**to)),
        (froms, []) => froms.iter().find(|from| ask.goes_out(**from)),
        (froms, tos) => tos.iter().find(|to| froms.iter().any(|from| ask.meet(*from, **to))),
    }?;
    let owner = net.interfaces.get(*holder)?.node;
    let name = design.node(owner).map_or("", |node| node.name.as_str());
    let message = message!(
        "IPv4로는 닿지 않아요. {name}에는 IPv6 주소가 있거나 있을 수 있는데, IPv6는 판단하지 않아서 그 길로 닿는지 알 수 없어요. IPv6 라우팅과 규칙을 직접 견줘 보세요.",
        "It is not reached by IPv4. {name} has or may have an IPv6 address, and IPv6 is not judged, so whether it is reached that way is not known. Compare the IPv6 routes and rules yourself."
    );
    Some(Blocker::unknown("UNSUPPORTED_COMPONENT", Some(owner), message))
}

/// Whether an answer about an interface may hang on IPv6.
pub(super) fn touches(design: &Design, net: &Network, ix: InterfaceIx) -> bool {
    let ask = Ask { design, net, protocol: Protocol::All, ports: PortRange::ALL };
    let Some((interface, subnet)) = net.interface(ix) else { return false };
    let named = |group: &NodeId| rules(net, *group, Direction::Inbound).iter().any(|rule| is_v6(rule.cidr));
    ask.has_address(ix) && (ask.routes(subnet).next().is_some() || interface.groups.iter().flatten().any(named))
}

fn is_v6(cidr: Option<AnyCidr>) -> bool {
    cidr.is_some_and(|cidr| cidr.v6().is_some())
}

impl<'a> Ask<'a> {
    /// The interfaces of an end; none for the internet, and nothing where IPv4 is what was asked for.
    fn holders(&self, end: Endpoint) -> Option<Vec<InterfaceIx>> {
        match end {
            Endpoint::Internet => Some(Vec::new()),
            Endpoint::Node(id) if self.design.node(id).is_some_and(|node| node.kind() == Kind::Internet) => {
                Some(Vec::new())
            }
            Endpoint::Node(id) => {
                let all: Vec<InterfaceIx> =
                    self.net.interfaces_of(id).iter().copied().filter(|ix| self.has_address(*ix)).collect();
                Some(all).filter(|all| !all.is_empty())
            }
            Endpoint::Address(_) => None,
        }
    }

    /// Whether an interface has an IPv6 address, or may have one.
    fn has_address(&self, ix: InterfaceIx) -> bool {
        let Some((interface, subnet)) = self.net.interface(ix) else { return false };
        let marked = &self.net.unknown.ipv6;
        // A design that no template stands behind says it by its routes alone.
        let of_subnet = || {
            marked.contains(&subnet.node) || (self.design.template().is_none() && self.routes(subnet).next().is_some())
        };
        let launched = || self.design.get::<AutoScalingGroup>(interface.node).and_then(|group| group.launch_template);
        let is_task = || self.design.node(interface.node).is_some_and(|node| node.kind() == Kind::EcsService);
        let own = marked.contains(&interface.node) || launched().is_some_and(|plan| marked.contains(&plan));
        own || match interface.owner {
            Owner::Instance | Owner::NetworkInterface => of_subnet(),
            Owner::Managed => is_task() && of_subnet(),
            Owner::BalancerNode
            | Owner::NatGateway
            | Owner::Endpoint
            | Owner::Inspection
            | Owner::Transit
            | Owner::Function => false,
        }
    }

    /// The IPv6 routes of a subnet.
    fn routes(&self, subnet: &SubnetNet) -> impl Iterator<Item = &'a Route> + use<'a> {
        let table = subnet.table.and_then(|table| self.design.get::<RouteTable>(table));
        table.map_or(&[][..], |table| &table.routes).iter().filter(|route| is_v6(Some(route.destination)))
    }

    fn is_hidden(&self, subnet: &SubnetNet) -> bool {
        let unknown = &self.net.unknown;
        unknown.subnets.contains(&subnet.node) || subnet.table.is_some_and(|table| unknown.tables.contains(&table))
    }

    /// Whether packets of the internet may come in to an interface.
    fn comes_in(&self, ix: InterfaceIx) -> bool {
        let Some((_, subnet)) = self.net.interface(ix) else { return false };
        let gateway = |route: &Route| {
            let target = route.target.and_then(|target| self.design.node(target));
            target.is_some_and(|target| target.kind() == Kind::InternetGateway)
        };
        let is_led = self.routes(subnet).any(gateway) || self.is_hidden(subnet);
        is_led && self.passes(subnet, Direction::Inbound) && self.admits(ix, Direction::Inbound, None)
    }

    /// Whether packets of an interface may go out to the internet, or to another VPC.
    fn goes_out(&self, ix: InterfaceIx) -> bool {
        let Some((_, subnet)) = self.net.interface(ix) else { return false };
        let is_led = self.routes(subnet).next().is_some() || self.is_hidden(subnet);
        is_led && self.passes(subnet, Direction::Outbound) && self.admits(ix, Direction::Outbound, None)
    }

    /// Whether two interfaces may meet.
    fn meet(&self, from: InterfaceIx, to: InterfaceIx) -> bool {
        let (Some((_, own)), Some((_, other))) = (self.net.interface(from), self.net.interface(to)) else {
            return false;
        };
        if own.vpc != other.vpc {
            let is_led_back = self.routes(other).next().is_some() || self.is_hidden(other);
            return self.goes_out(from)
                && is_led_back
                && self.passes(other, Direction::Inbound)
                && self.admits(to, Direction::Inbound, None);
        }
        let apart = own.node != other.node;
        (!apart || self.passes(own, Direction::Outbound) && self.passes(other, Direction::Inbound))
            && self.admits(from, Direction::Outbound, Some(to))
            && self.admits(to, Direction::Inbound, Some(from))
    }

    /// Whether the ACL of a subnet may let IPv6 pass.
    fn passes(&self, subnet: &SubnetNet, direction: Direction) -> bool {
        let Some(acl) = subnet.acl else { return true };
        let Some((inbound, outbound)) = self.net.acls.get(&acl) else { return true };
        let (rules, hidden) = match direction {
            Direction::Inbound => (inbound, &self.net.unknown.inbound),
            Direction::Outbound => (outbound, &self.net.unknown.outbound),
        };
        let allows = |rule: &crate::catalog::kinds::AclRule| {
            rule.action == AclAction::Allow && rule.cidr.v6().is_some() && rule.protocol.covers(self.protocol)
        };
        hidden.contains(&acl) || rules.iter().any(allows)
    }

    /// Whether the groups of an interface may admit this by IPv6. `peer` is the other end, where it stands in the same VPC.
    fn admits(&self, ix: InterfaceIx, direction: Direction, peer: Option<InterfaceIx>) -> bool {
        let Some(interface) = self.net.interfaces.get(ix) else { return false };
        let Some(groups) = interface.groups.as_deref() else { return true };
        let unknown = &self.net.unknown;
        let hidden = if direction == Direction::Inbound { &unknown.inbound } else { &unknown.outbound };
        if unknown.members.contains(&interface.node) || groups.iter().any(|group| hidden.contains(group)) {
            return true;
        }
        let all = groups.iter().flat_map(|group| rules(self.net, *group, direction));
        let speaks = |rule: &&crate::catalog::kinds::GroupRule| {
            rule.protocol.covers(self.protocol) && (!self.protocol.is_numbered() || rule.numbers().covers(&self.ports))
        };
        all.filter(speaks).any(|rule| {
            // What lets everything out by default does so for IPv6 too.
            let everything = direction == Direction::Outbound
                && rule.protocol == Protocol::All
                && rule.cidr.is_some_and(AnyCidr::is_any);
            let by_group = rule.group.is_some_and(|group| peer.is_some_and(|peer| self.net.is_member(peer, group)));
            let by_block = match (rule.cidr.and_then(AnyCidr::v6), peer) {
                // Anybody of the internet is meant, or an address of the VPC that is not known.
                (Some(block), None) => block == Cidr6::ANY,
                (block, _) => block.is_some(),
            };
            everything || by_group || by_block
        })
    }
}
