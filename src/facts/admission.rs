//! Whether security groups let a connection in. Rules about a path between two resources share this.

use super::Context;
use crate::catalog::kinds::{
    GroupRule, Instance, ListenerProtocol, LoadBalancer, Scheme, SecurityGroup, Subnet, TargetGroup, TargetProtocol,
    TargetType,
};
use crate::design::Node;
use crate::id::NodeId;
use crate::net::{AnyCidr, Cidr, PortRange, Protocol};

/// Whether a rule speaks about a port of a protocol, whoever the peer is.
pub fn is_about(rule: &GroupRule, protocol: Protocol, port: u16) -> bool {
    rule.protocol == Protocol::All || (rule.protocol == protocol && rule.ports.contains(port))
}

/// Whether all packets of `narrow` are packets of `wide`, peers aside.
pub fn traffic_covers(wide: &GroupRule, narrow: &GroupRule) -> bool {
    wide.protocol.covers(narrow.protocol) && wide.numbers().covers(&narrow.numbers())
}

/// What a rule admits, in Korean and English: `TCP 22`.
pub fn traffic(rule: &GroupRule) -> (String, String) {
    let (ko, en) = rule.protocol.label();
    let numbers = rule.numbers();
    if !rule.protocol.has_ports() && numbers.is_all() {
        return (ko, en);
    }
    let numbers = rule.protocol.in_words(numbers);
    (format!("{ko} {numbers}"), format!("{en} {numbers}"))
}

/// Whether AWS takes a text as the description of a group or a rule: ASCII letters, digits and some marks
/// (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html>).
pub fn is_describable(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_alphanumeric() || " ._-:/()#,@[]+=&;{}!$*".contains(c))
}

/// Whether the blocks together hold every address of `whole`. One sweep over the sorted blocks.
pub fn covered(whole: Cidr, blocks: impl Iterator<Item = Cidr>) -> bool {
    let mut bounds: Vec<(u32, u32)> =
        blocks.filter(|block| block.overlaps(&whole)).map(|block| block.bounds()).collect();
    bounds.sort_unstable();
    let (first, last) = whole.bounds();
    let mut next = u64::from(first);
    for (from, to) in bounds {
        if u64::from(from) > next {
            return false;
        }
        next = next.max(u64::from(to) + 1);
    }
    next > u64::from(last)
}

/// The transport protocols a listener accepts.
pub const fn listener_protocols(protocol: ListenerProtocol) -> &'static [Protocol] {
    match protocol {
        ListenerProtocol::Udp | ListenerProtocol::Geneve => &[Protocol::Udp],
        ListenerProtocol::TcpUdp => &[Protocol::Tcp, Protocol::Udp],
        ListenerProtocol::Http | ListenerProtocol::Https | ListenerProtocol::Tcp | ListenerProtocol::Tls => {
            &[Protocol::Tcp]
        }
    }
}

/// From where the clients of a load balancer come: anywhere, or its VPC if it is internal.
pub fn clients_of(context: &Context, id: NodeId, balancer: &LoadBalancer) -> AnyCidr {
    match (balancer.scheme, context.vpc_of(id)) {
        (Scheme::Internal, Some((_, vpc))) => vpc.cidrs().next().map_or_else(AnyCidr::default, AnyCidr::V4),
        _ => AnyCidr::default(),
    }
}

/// What a target group's traffic is carried by.
pub const fn target_protocols(protocol: TargetProtocol) -> &'static [Protocol] {
    match protocol {
        TargetProtocol::Udp | TargetProtocol::Geneve => &[Protocol::Udp],
        TargetProtocol::TcpUdp => &[Protocol::Tcp, Protocol::Udp],
        TargetProtocol::Http | TargetProtocol::Https | TargetProtocol::Tcp | TargetProtocol::Tls => &[Protocol::Tcp],
    }
}

impl<'a> Context<'a> {
    /// Whether groups admit what the nodes of a load balancer send from their own addresses: all of an ALB's requests, and health checks.
    /// A balancer without subnets has no nodes, so nothing is said against it.
    pub fn admits_nodes(&self, balancer: &LoadBalancer, groups: &'a [NodeId], protocol: Protocol, port: u16) -> bool {
        if groups.is_empty() {
            // The default group admits its own members only.
            return balancer.is_application() && balancer.security_groups.is_empty();
        }
        let rules = self.admitting(groups, protocol, port);
        if rules.clone().any(|rule| rule.group.is_some_and(|group| balancer.security_groups.contains(&group))) {
            return true;
        }
        let subnets = balancer.subnets.iter().filter_map(|subnet| self.design.get::<Subnet>(*subnet));
        let blocks = rules.filter(|rule| rule.group.is_none()).filter_map(|rule| rule.cidr?.v4());
        subnets.into_iter().all(|subnet| covered(subnet.cidr, blocks.clone()))
    }

    /// The rules that would admit the nodes of a load balancer: from its group, else from each of its subnets that is not admitted yet.
    pub fn opening(
        &self,
        balancer: &LoadBalancer,
        groups: &'a [NodeId],
        protocol: Protocol,
        port: u16,
    ) -> Vec<GroupRule> {
        let rule = GroupRule { protocol, ports: PortRange::single(port), cidr: None, ..GroupRule::default() };
        if let Some(group) = balancer.security_groups.first() {
            return vec![GroupRule { group: Some(*group), ..rule }];
        }
        let rules = self.admitting(groups, protocol, port).filter(|rule| rule.group.is_none());
        let blocks: Vec<Cidr> = rules.filter_map(|rule| rule.cidr?.v4()).collect();
        let subnets = balancer.subnets.iter().filter_map(|subnet| self.design.get::<Subnet>(*subnet));
        let open = subnets.map(|subnet| subnet.cidr).filter(|cidr| !covered(*cidr, blocks.iter().copied()));
        open.map(|cidr| GroupRule { cidr: Some(AnyCidr::V4(cidr)), ..rule.clone() }).collect()
    }

    /// Whether groups admit some client of an NLB, which hands on the client's own address to instances. References to an NLB's groups match too
    /// (<https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html>).
    pub fn admits_clients(
        &self,
        id: NodeId,
        balancer: &LoadBalancer,
        groups: &'a [NodeId],
        protocol: Protocol,
        port: u16,
    ) -> bool {
        let vpc: Vec<Cidr> = self.vpc_of(id).map(|(_, vpc)| vpc.cidrs().collect()).unwrap_or_default();
        let outside =
            |cidr: Cidr| balancer.scheme == Scheme::Internal || !vpc.iter().any(|block| block.contains(&cidr));
        self.admitting(groups, protocol, port).any(|rule| match (rule.group, rule.cidr) {
            (Some(group), _) => balancer.security_groups.contains(&group),
            (None, Some(cidr)) => cidr.v4().is_some_and(outside),
            (None, None) => false,
        })
    }

    /// The instances registered in a target group, by themselves or by their address, each with its row and port.
    pub fn targets(
        &self,
        group: &'a TargetGroup,
    ) -> impl Iterator<Item = (usize, NodeId, &'a Node, &'a Instance, u16)> {
        let by_instance = group.target_type == TargetType::Instance;
        let rows = group.targets.iter().enumerate().filter(move |(_, row)| by_instance || row.address.is_empty());
        rows.filter_map(|(row, target)| {
            let node = self.design.node(target.instance?)?;
            Some((row, target.instance?, node, node.get()?, target.port.unwrap_or(group.port)))
        })
    }

    /// The inbound rules of some groups that speak about a port.
    pub fn admitting(
        &self,
        groups: &'a [NodeId],
        protocol: Protocol,
        port: u16,
    ) -> impl Iterator<Item = &'a GroupRule> + Clone {
        let design = self.design;
        let held = groups.iter().filter_map(move |id| design.get::<SecurityGroup>(*id));
        held.flat_map(|group| &group.inbound).filter(move |rule| is_about(rule, protocol, port))
    }

    /// Who a rule admits, for messages: a block or a group's name.
    pub fn peer(&self, rule: &GroupRule) -> String {
        match (rule.group, rule.cidr) {
            (Some(group), _) => self.name(group).to_owned(),
            (None, Some(cidr)) => cidr.to_string(),
            (None, None) => rule.address_of.or(rule.prefix_list).map(|id| self.name(id).to_owned()).unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_halves_cover_a_block_and_a_gap_does_not() {
        let block = |text: &str| text.parse::<Cidr>().unwrap();
        let whole = block("10.0.1.0/24");
        assert!(covered(whole, ["10.0.1.128/25", "10.0.1.0/25"].map(block).into_iter()));
        assert!(covered(whole, ["0.0.0.0/0"].map(block).into_iter()));
        assert!(!covered(whole, ["10.0.1.0/25", "10.0.1.192/26"].map(block).into_iter()));
        assert!(!covered(whole, std::iter::empty()));
    }

    #[test]
    fn all_protocols_cover_every_port_and_one_port_only_itself() {
        let ssh = GroupRule::tcp(22, AnyCidr::default());
        let low = GroupRule { ports: PortRange::new(0, 1023).unwrap(), ..ssh.clone() };
        assert!(traffic_covers(&GroupRule::everything(), &ssh) && traffic_covers(&low, &ssh));
        assert!(!traffic_covers(&ssh, &low) && !traffic_covers(&low, &GroupRule::everything()));
        assert!(is_about(&low, Protocol::Tcp, 80) && !is_about(&low, Protocol::Udp, 80));
        assert_eq!(traffic(&ssh).1, "TCP 22");
        assert_eq!(traffic(&GroupRule::everything()).0, "모든 프로토콜");
    }
}
