//! The internet is not one address: one of each part of it that rules and routes tell apart, and what each of them finds open.

use std::collections::BTreeSet;
use std::net::Ipv4Addr;

use super::network::{Hop, InterfaceIx, Network, Owner};
use super::pairs::arriving;
use super::sets::{Interval, Sets, intervals};
use crate::catalog::kinds::Listener;
use crate::design::Design;
use crate::facts::routes::SOMEBODY;
use crate::net::{AnyCidr, Cidr, PortRange};

/// Blocks that are no part of the internet (RFC 6890), and those that stand in for addresses nobody knows. The blocks of documentation count as
/// public, because people learn with them.
const ELSEWHERE: [Cidr; 10] = [
    Cidr::literal(0, 0, 0, 0, 8),
    Cidr::literal(10, 0, 0, 0, 8),
    Cidr::literal(100, 64, 0, 0, 10),
    Cidr::literal(127, 0, 0, 0, 8),
    Cidr::literal(169, 254, 0, 0, 16),
    Cidr::literal(172, 16, 0, 0, 12),
    Cidr::literal(192, 168, 0, 0, 16),
    Cidr::literal(198, 18, 0, 0, 15),
    Cidr::literal(224, 0, 0, 0, 4),
    Cidr::literal(240, 0, 0, 0, 4),
];

/// Where in a block somebody usually stands.
const USUAL: u32 = 10;

/// A route of at least this length that leaves what is described leads to a network of somebody's, not to the internet.
const OF_SOMEBODY: u8 = 8;

/// The blocks that some rule, ACL, route, VPN connection, listener or laptop names, the first and widest first.
fn spoken(design: &Design, net: &Network) -> Vec<Cidr> {
    let mut spoken: Vec<Cidr> = net.laptops.values().copied().collect();
    for (inbound, outbound) in net.groups.values() {
        spoken.extend(inbound.iter().chain(outbound).flat_map(|rule| net.blocks(rule)));
    }
    for (inbound, outbound) in net.acls.values() {
        spoken.extend(inbound.iter().chain(outbound).filter_map(|rule| rule.cidr.v4()));
    }
    spoken.extend(net.routes().map(|route| route.destination));
    spoken.extend(net.transit.routes().map(|route| route.destination));
    spoken.extend(net.vpn.connections.values().flat_map(|of| &of.networks));
    let conditions = design.all::<Listener>().flat_map(|(_, _, listener)| &listener.rules);
    spoken.extend(
        conditions.flat_map(|rule| &rule.source_ips).filter_map(|block| block.parse().ok().and_then(AnyCidr::v4)),
    );
    spoken.sort_unstable_by_key(|block| (block.bounds().0, block.prefix_len()));
    spoken.dedup();
    spoken
}

/// One address of every part of a block that the same tell from the rest of it.
pub fn parts_of(design: &Design, net: &Network, block: Cidr) -> Vec<Ipv4Addr> {
    let spoken = spoken(design, net);
    let (low, high) = block.bounds();
    let mut edges = BTreeSet::from([low]);
    for (first, last) in spoken.iter().map(Cidr::bounds) {
        edges.extend(
            [Some(first), last.checked_add(1)].into_iter().flatten().filter(|edge| low < *edge && *edge <= high),
        );
    }
    let mut met: BTreeSet<Option<usize>> = BTreeSet::new();
    let mut edges = edges.into_iter().peekable();
    let mut found = Vec::new();
    while let Some(edge) = edges.next() {
        let last = edges.peek().map_or(high, |after| after - 1);
        if met.insert(innermost(&spoken, edge)) {
            // Not the address of the network itself, where there is another.
            found.push(edge.saturating_add(USUAL).min(last).into());
        }
    }
    found
}

/// One address of every part of the internet that some rule, ACL, route, VPN connection, listener or laptop tells from the rest; the first stands
/// for all that nobody speaks of.
pub fn parts(design: &Design, net: &Network) -> Vec<Ipv4Addr> {
    let spoken = spoken(design, net);
    let mut elsewhere: Vec<Cidr> = ELSEWHERE.to_vec();
    elsewhere.extend(net.vpcs.values().flatten());
    elsewhere.extend(net.gateway_endpoints.values().flat_map(|endpoint| &endpoint.blocks));
    let beyond = net.routes().filter(|route| route.hop == Hop::Beyond && route.destination.prefix_len() >= OF_SOMEBODY);
    elsewhere.extend(beyond.map(|route| route.destination));

    let mut edges: BTreeSet<u32> = BTreeSet::from([0]);
    for block in spoken.iter().chain(&elsewhere) {
        let (first, last) = block.bounds();
        edges.insert(first);
        edges.extend(last.checked_add(1));
    }
    let mut found = vec![SOMEBODY];
    // Blocks nest, so the innermost one tells a part from all others.
    let mut met: BTreeSet<Option<usize>> = BTreeSet::from([innermost(&spoken, SOMEBODY.into())]);
    let mut around: Vec<usize> = Vec::new();
    let mut next = 0;
    let mut edges = edges.into_iter().peekable();
    while let Some(edge) = edges.next() {
        let last = edges.peek().map_or(u32::MAX, |after| after - 1);
        around.retain(|at| spoken.get(*at).is_some_and(|block| block.bounds().1 >= edge));
        while spoken.get(next).is_some_and(|block| block.bounds().0 <= edge) {
            around.push(next);
            next += 1;
        }
        let part = around.last().copied();
        if met.contains(&part) || elsewhere.iter().any(|block| block.contains_addr(edge.into())) {
            continue;
        }
        // Whoever holds an address in the design is not somebody out there.
        let free = (edge..=last).map(Ipv4Addr::from).find(|address| net.by_public(*address).is_none());
        found.extend(free);
        met.extend(free.map(|_| part));
    }
    found
}

/// The position of the smallest of these blocks that holds an address.
fn innermost(blocks: &[Cidr], address: u32) -> Option<usize> {
    let holding = blocks.iter().enumerate().filter(|(_, block)| block.contains_addr(address.into()));
    holding.max_by_key(|(_, block)| block.prefix_len()).map(|(at, _)| at)
}

/// What an address out there finds open at an interface, as intervals of traffic whose answers get back.
pub fn open_to(net: &Network, address: Ipv4Addr, to: InterfaceIx) -> Vec<Interval> {
    let mut sets = Sets::default();
    let open = arriving(net, &mut sets, address, to);
    let Some(balancer) = net.interfaces.get(to).filter(|of| of.owner == Owner::BalancerNode) else {
        return sets.intervals(open).to_vec();
    };
    let listening = net.listeners.get(&balancer.node).into_iter().flatten();
    let taken = listening.map(|of| intervals(of.protocol, PortRange::single(of.port))).collect();
    let taken = sets.of(taken);
    let open = sets.intersection(open, taken);
    sets.intervals(open).to_vec()
}

#[cfg(test)]
mod tests {
    use super::parts;
    use crate::catalog::FieldValue;
    use crate::catalog::kinds::{GroupRule, RouteTable, SecurityGroup};
    use crate::design::{Design, Edit};
    use crate::reach::Network;
    use crate::samples;

    fn of(design: &Design) -> Vec<String> {
        parts(design, &Network::lower(design)).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_part_of_a_block_is_what_rules_and_routes_tell_apart() {
        let mut design = samples::sample("two-az-vpc").unwrap().draw();
        let of = |design: &Design, block: &str| -> Vec<String> {
            let parts = super::parts_of(design, &Network::lower(design), block.parse().unwrap());
            parts.iter().map(ToString::to_string).collect()
        };
        assert_eq!(of(&design, "192.168.0.0/16"), ["192.168.0.10"]);
        assert_eq!(of(&design, "192.168.7.7/32"), ["192.168.7.7"]);
        let (group, _, body) = design.all::<SecurityGroup>().next().unwrap();
        let first = body.inbound.first().cloned().unwrap();
        let inbound: Vec<GroupRule> = ["192.168.0.0/24", "192.168.1.128/25", "10.0.0.0/8"]
            .map(|block| GroupRule { cidr: Some(block.parse().unwrap()), ..first.clone() })
            .to_vec();
        design.apply(&Edit::set(group, "inbound", inbound.to_value())).unwrap();
        assert_eq!(of(&design, "192.168.0.0/16"), ["192.168.0.10", "192.168.1.10", "192.168.1.138"]);
        assert_eq!(of(&design, "192.168.1.0/24"), ["192.168.1.10", "192.168.1.138"]);
    }

    #[test]
    fn each_block_that_a_rule_or_a_route_names_is_a_part() {
        let mut design = samples::sample("two-az-vpc").unwrap().draw();
        let before = of(&design);
        assert_eq!(before.first().map(String::as_str), Some("8.8.8.8"));
        let (group, _, body) = design.all::<SecurityGroup>().next().unwrap();
        let first = body.inbound.first().cloned().unwrap();
        let blocks = ["128.0.0.0/1", "203.0.113.0/24", "10.0.0.0/8", "10.9.0.0/16", "224.0.0.0/8"];
        let inbound: Vec<GroupRule> =
            blocks.map(|block| GroupRule { cidr: Some(block.parse().unwrap()), ..first.clone() }).to_vec();
        design.apply(&Edit::set(group, "inbound", inbound.to_value())).unwrap();
        let (table, _, body) = design.all::<RouteTable>().find(|(_, _, table)| !table.routes.is_empty()).unwrap();
        let mut routes = body.routes.clone();
        for route in &mut routes {
            route.destination = "9.9.9.0/24".parse().unwrap();
        }
        design.apply(&Edit::set(table, "routes", routes.to_value())).unwrap();
        let new: Vec<String> = of(&design).into_iter().filter(|one| !before.contains(one)).collect();
        assert_eq!(new, ["9.9.9.0", "128.0.0.0", "203.0.113.0"], "in order of address; private blocks are no part");
    }
}
