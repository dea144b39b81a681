//! A reference for reachability: one packet at a time, hop by hop, by AWS's documents and nothing else. No atoms, no classes, no sets, and nothing of the
//! engine: it sees the plain data of a world.

use std::net::Ipv4Addr;

use super::world::{Balancing, Block, Entry, NAT_ADDRESS, Peer, Rule, STORAGE, SUBNETS, To, VPCS, World, node_address};

/// A packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Packet {
    pub protocol: u8,
    pub from: (Ipv4Addr, u16),
    pub to: (Ipv4Addr, u16),
}

/// Something with an interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    Host(usize),
    Nat,
    /// The balancer's node in a subnet.
    Node(usize),
}

/// Where a packet ended up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    At(Who),
    Internet,
    Storage,
}

/// Who starts a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    Of(Who),
    Internet,
    Storage,
}

/// A translation that a NAT gateway or NAT instance keeps.
#[derive(Clone, Copy, Debug)]
struct Kept {
    by: Who,
    inside: (Ipv4Addr, u16),
    port: u16,
}

pub struct Net<'a> {
    pub world: &'a World,
    /// The port a NAT gateway happens to choose.
    pub nat_port: u16,
}

fn within(address: Ipv4Addr, (first, length): Block) -> bool {
    length == 0 || (u32::from(address) ^ u32::from(first)) >> (32 - u32::from(length)) == 0
}

fn is_private(address: Ipv4Addr) -> bool {
    let blocks = [([10, 0, 0, 0], 8), ([172, 16, 0, 0], 12), ([192, 168, 0, 0], 16), ([100, 64, 0, 0], 10)];
    blocks.into_iter().any(|(first, length)| within(address, (Ipv4Addr::from(first), length)))
}

/// One packet under way.
struct Way<'a> {
    net: &'a Net<'a>,
    packet: Packet,
    /// Whether it answers: groups let it pass and NAT knows it.
    answers: Option<Vec<Kept>>,
    kept: Vec<Kept>,
    /// Whether the source is still the private address of who sent it, for rules that name groups.
    known: Option<Who>,
    hops: usize,
}

impl Net<'_> {
    fn everybody(&self) -> Vec<Who> {
        let nodes = self.world.balancing.iter().flat_map(Balancing::subnets).map(Who::Node);
        let nat = self.world.nat.map(|_| Who::Nat);
        (0..self.world.hosts.len()).map(Who::Host).chain(nat).chain(nodes).collect()
    }

    fn subnet(&self, who: Who) -> usize {
        match who {
            Who::Host(ix) => self.world.hosts[ix].subnet,
            Who::Nat => self.world.nat.unwrap().0,
            Who::Node(subnet) => subnet,
        }
    }

    fn vpc(&self, who: Who) -> usize {
        SUBNETS[self.subnet(who)].0
    }

    pub fn private(&self, who: Who) -> Ipv4Addr {
        match who {
            Who::Host(ix) => self.world.hosts[ix].private,
            Who::Nat => self.world.nat_private().unwrap(),
            Who::Node(subnet) => node_address(subnet).0,
        }
    }

    pub fn public(&self, who: Who) -> Option<Ipv4Addr> {
        match who {
            Who::Host(ix) => self.world.hosts[ix].public,
            Who::Nat => self.world.nat.filter(|(_, elastic)| *elastic).map(|_| NAT_ADDRESS),
            Who::Node(subnet) => Some(node_address(subnet).1),
        }
    }

    fn holder(&self, vpc: usize, address: Ipv4Addr) -> Option<Who> {
        self.everybody().into_iter().find(|who| self.vpc(*who) == vpc && self.private(*who) == address)
    }

    fn joined(&self) -> bool {
        self.world.peering.is_some_and(|(accepted, _)| accepted)
    }

    /// The groups of an interface: `None` has no filter, an empty list is the default group.
    fn groups(&self, who: Who) -> Option<&[usize]> {
        match who {
            Who::Host(ix) => Some(&self.world.hosts[ix].groups),
            Who::Nat => None,
            Who::Node(_) => {
                let of = self.world.balancing.as_ref().unwrap();
                if of.network && of.groups.is_empty() { None } else { Some(&of.groups) }
            }
        }
    }

    /// Whether two interfaces share the default group of their VPC.
    fn default_together(&self, a: Who, b: Who) -> bool {
        let in_default = |who: Who| self.groups(who).is_some_and(<[usize]>::is_empty);
        in_default(a) && in_default(b) && self.vpc(a) == self.vpc(b)
    }

    fn group_admits(&self, who: Who, inbound: bool, packet: &Packet, peer: Option<Who>) -> bool {
        let Some(groups) = self.groups(who) else { return true };
        if groups.is_empty() {
            return !inbound || peer.is_some_and(|peer| self.default_together(who, peer));
        }
        let address = if inbound { packet.from.0 } else { packet.to.0 };
        let speaks = |rule: &Rule| {
            let of_protocol = rule.protocol.is_none_or(|protocol| protocol == packet.protocol);
            let portless = rule.protocol.is_none() || !matches!(packet.protocol, 6 | 17);
            let of_port = portless || (rule.ports.0..=rule.ports.1).contains(&packet.to.1);
            let of_peer = match rule.peer {
                Peer::Block(block) => within(address, block),
                Peer::Group(group) => {
                    peer.is_some_and(|peer| self.groups(peer).is_some_and(|own| own.contains(&group)))
                }
            };
            of_protocol && of_port && of_peer
        };
        groups.iter().any(|group| {
            let (inbound_rules, outbound_rules) = &self.world.groups[*group];
            if inbound { inbound_rules } else { outbound_rules }.iter().any(speaks)
        })
    }

    fn acl_admits(&self, subnet: usize, inbound: bool, packet: &Packet) -> bool {
        let Some(acl) = self.world.guarded[subnet] else { return true };
        let address = if inbound { packet.from.0 } else { packet.to.0 };
        let speaks = |entry: &&Entry| {
            let portless = entry.protocol.is_none() || !matches!(packet.protocol, 6 | 17);
            entry.protocol.is_none_or(|protocol| protocol == packet.protocol)
                && (portless || (entry.ports.0..=entry.ports.1).contains(&packet.to.1))
                && within(address, entry.block)
        };
        let (inbound_rules, outbound_rules) = &self.world.acls[acl];
        let rules = if inbound { inbound_rules } else { outbound_rules };
        rules.iter().find(speaks).is_some_and(|entry| entry.allow)
    }

    /// Sends a packet; where it ends, as what, and what NAT keeps of it.
    fn send(&self, start: Start, packet: Packet, answers: Option<Vec<Kept>>) -> Option<(End, Packet, Vec<Kept>)> {
        let mut way = Way { net: self, packet, answers, kept: Vec::new(), known: None, hops: 0 };
        let end = match start {
            Start::Of(who) => {
                let own = self.private(who) == packet.from.0 || matches!(who, Who::Node(_));
                way.known = own.then_some(who);
                way.leave(who)
            }
            Start::Internet => way.come_in(),
            Start::Storage => way.enter(0),
        }?;
        Some((end, way.packet, way.kept))
    }

    /// Where a packet ends.
    pub fn end(&self, start: Start, packet: Packet) -> Option<End> {
        self.send(start, packet, None).map(|(end, ..)| end)
    }

    /// Whether a connection comes about: a packet there and its answer back. First whether the packet gets there.
    pub fn connects(&self, start: Start, packet: Packet) -> (bool, bool) {
        let Some((end, seen, kept)) = self.send(start, packet, None) else { return (false, false) };
        let answer = Packet { protocol: seen.protocol, from: seen.to, to: seen.from };
        let from = match end {
            End::At(who) => Start::Of(who),
            End::Internet => Start::Internet,
            End::Storage => Start::Storage,
        };
        let Some((back, seen, _)) = self.send(from, answer, Some(kept)) else { return (true, false) };
        let home = match (start, back) {
            (Start::Of(who), End::At(other)) => who == other,
            (Start::Internet, End::Internet) => true,
            _ => false,
        };
        // The client drops an answer that comes from another address than it wrote to.
        (true, home && (!matches!(end, End::At(_)) || seen.from.0 == packet.to.0))
    }

    /// Whether the balancer's node in a subnet accepts a connection for a client and, where it is a network load balancer, passes it on.
    pub fn accepted(
        &self,
        (of, at): (&Balancing, usize),
        client: Ipv4Addr,
        protocol: u8,
        port: u16,
        ports: &[u16],
    ) -> bool {
        if (protocol, port) != (6, 80) {
            return false;
        }
        if !of.network {
            return true;
        }
        let placed = of.subnets();
        let goals: Vec<(Who, Who)> = [0, 1]
            .into_iter()
            .filter_map(|ix| {
                let host = &self.world.hosts[ix];
                let (vpc, _, zone) = SUBNETS[host.subnet];
                // A target of the other VPC cannot be registered by address here, and by instance it is never reached.
                let node = placed.iter().find(|subnet| SUBNETS[**subnet].2 == zone).filter(|_| vpc == 0)?;
                Some((Who::Node(*node), Who::Host(ix)))
            })
            .collect();
        let reaches = |(node, target): (Who, Who), source: Ipv4Addr| {
            ports.iter().all(|own| {
                let to = (self.private(target), 80);
                let Some((end, seen, _)) =
                    self.send(Start::Of(node), Packet { protocol: 6, from: (source, *own), to }, None)
                else {
                    return false;
                };
                let answer = Packet { protocol: 6, from: seen.to, to: (self.private(node), *own) };
                end == End::At(target)
                    && self
                        .send(Start::Of(target), answer, Some(Vec::new()))
                        .is_some_and(|(end, ..)| end == End::At(node))
            })
        };
        let healthy = |goal: &(Who, Who)| reaches(*goal, self.private(goal.0));
        let seen = |goal: &(Who, Who)| if of.by_address { self.private(goal.0) } else { client };
        let none_healthy = !goals.iter().any(healthy);
        // A target that sees itself as the client does not answer itself.
        let itself = |goal: &(Who, Who)| seen(goal) == self.private(goal.1);
        // Without cross-zone balancing a node serves the targets of its own zone alone.
        let own = |goal: &(Who, Who)| of.cross_zone || goal.0 == Who::Node(at);
        let serves = |goal: &&(Who, Who)| own(goal) && !itself(goal) && reaches(**goal, seen(goal));
        goals.iter().any(|goal| serves(&goal) && (none_healthy || healthy(goal)))
    }
}

impl Balancing {
    pub fn subnets(&self) -> Vec<usize> {
        if self.both { vec![0, 2] } else { vec![0] }
    }
}

impl Way<'_> {
    fn leave(&mut self, who: Who) -> Option<End> {
        let net = self.net;
        let (subnet, vpc) = (net.subnet(who), net.vpc(who));
        if self.answers.is_none() {
            let near = net.holder(vpc, self.packet.to.0);
            let across = || {
                let joined = net.joined() && net.world.peering.is_some_and(|(_, near)| near);
                if joined { net.holder(1 - vpc, self.packet.to.0) } else { None }
            };
            net.group_admits(who, false, &self.packet, near.or_else(across)).then_some(())?;
        }
        if let Some(near) = net.holder(vpc, self.packet.to.0).filter(|near| net.subnet(*near) == subnet) {
            return self.arrive(near);
        }
        net.acl_admits(subnet, false, &self.packet).then_some(())?;
        self.route(who)
    }

    fn route(&mut self, who: Who) -> Option<End> {
        let net = self.net;
        self.hops += 1;
        if self.hops > 30 {
            return None;
        }
        let (subnet, vpc, to) = (net.subnet(who), net.vpc(who), self.packet.to.0);
        let table = net.world.follows[subnet];
        // The longest prefix wins; of equal ones the local route, then the table's own, then the endpoint's.
        let mut best = within(to, VPCS[vpc]).then_some((VPCS[vpc].1, None));
        for (block, target) in table.map(|table| &net.world.tables[table][..]).unwrap_or_default() {
            if within(to, *block) && best.is_none_or(|(length, _)| length < block.1) {
                best = Some((block.1, Some(*target)));
            }
        }
        let by_endpoint = vpc == 0 && table.is_some_and(|table| net.world.endpoint.contains(&table));
        if by_endpoint && within(to, STORAGE) && best.is_none_or(|(length, _)| length < STORAGE.1) {
            return matches!(self.packet.protocol, 6 | 1).then_some(End::Storage);
        }
        match best?.1 {
            None => self.enter(vpc),
            Some(To::Gateway(ix)) => {
                if ix == vpc && net.world.gateways[ix] {
                    self.out(who)
                } else {
                    None
                }
            }
            Some(To::Nat) => {
                let (nat, _) = net.world.nat.filter(|_| vpc == 0)?;
                (nat != subnet && matches!(self.packet.protocol, 6 | 17 | 1)).then_some(())?;
                net.acl_admits(nat, true, &self.packet).then_some(())?;
                self.translate(Who::Nat);
                net.acl_admits(nat, false, &self.packet).then_some(())?;
                self.route(Who::Nat)
            }
            Some(To::Peering) => self.across(vpc),
            Some(To::Host(ix)) => self.through(who, Who::Host(ix)),
            Some(To::Nothing) => None,
        }
    }

    fn translate(&mut self, by: Who) {
        let port = if matches!(self.packet.protocol, 6 | 17) { self.net.nat_port } else { self.packet.from.1 };
        self.kept.push(Kept { by, inside: self.packet.from, port });
        self.packet.from = (self.net.private(by), port);
        self.known = None;
    }

    fn enter(&mut self, vpc: usize) -> Option<End> {
        let holder = self.net.holder(vpc, self.packet.to.0)?;
        self.net.acl_admits(self.net.subnet(holder), true, &self.packet).then_some(())?;
        self.arrive(holder)
    }

    fn across(&mut self, vpc: usize) -> Option<End> {
        let (accepted, near) = self.net.world.peering?;
        let carried = accepted && within(self.packet.from.0, VPCS[vpc]) && within(self.packet.to.0, VPCS[1 - vpc]);
        carried.then_some(())?;
        if !near {
            self.known = None;
        }
        self.enter(1 - vpc)
    }

    /// Through a host that forwards; towards an internet gateway it can only do so under its own address.
    fn through(&mut self, from: Who, by: Who) -> Option<End> {
        let net = self.net;
        let Who::Host(ix) = by else { return None };
        (net.vpc(from) == net.vpc(by) && !net.world.hosts[ix].check).then_some(())?;
        let subnet = net.subnet(by);
        if net.subnet(from) != subnet {
            net.acl_admits(subnet, true, &self.packet).then_some(())?;
        }
        if self.answers.is_none() {
            net.group_admits(by, true, &self.packet, self.known).then_some(())?;
        }
        self.known = None;
        if self.leads_to_gateway(by) {
            self.translate(by);
        }
        if self.answers.is_none() {
            let vpc = net.vpc(by);
            let joined = net.joined() && net.world.peering.is_some_and(|(_, near)| near);
            let across = || if joined { net.holder(1 - vpc, self.packet.to.0) } else { None };
            let peer = net.holder(vpc, self.packet.to.0).or_else(across);
            net.group_admits(by, false, &self.packet, peer).then_some(())?;
        }
        net.acl_admits(subnet, false, &self.packet).then_some(())?;
        self.route(by)
    }

    fn leads_to_gateway(&self, by: Who) -> bool {
        let net = self.net;
        let (vpc, to) = (net.vpc(by), self.packet.to.0);
        let table = net.world.follows[net.subnet(by)];
        let routes = table.map(|table| &net.world.tables[table][..]).unwrap_or_default();
        let longest = routes.iter().filter(|(block, _)| within(to, *block)).max_by_key(|(block, _)| block.1);
        let endpoint =
            vpc == 0 && table.is_some_and(|table| net.world.endpoint.contains(&table)) && within(to, STORAGE);
        longest.is_some_and(|((_, length), target)| {
            let local = within(to, VPCS[vpc]) && *length <= VPCS[vpc].1;
            let listed = endpoint && *length < STORAGE.1;
            !local && !listed && matches!(target, To::Gateway(ix) if *ix == vpc && net.world.gateways[*ix])
        })
    }

    fn out(&mut self, who: Who) -> Option<End> {
        let net = self.net;
        let public =
            net.public(who).filter(|_| self.packet.from.0 == net.private(who) && !is_private(self.packet.to.0))?;
        self.packet.from.0 = public;
        self.known = None;
        if net.everybody().into_iter().any(|other| net.public(other) == Some(self.packet.to.0)) {
            return self.come_in();
        }
        Some(End::Internet)
    }

    fn come_in(&mut self) -> Option<End> {
        let net = self.net;
        let holder = net.everybody().into_iter().find(|who| net.public(*who) == Some(self.packet.to.0))?;
        (net.world.gateways[net.vpc(holder)] && !is_private(self.packet.from.0)).then_some(())?;
        self.packet.to.0 = net.private(holder);
        net.acl_admits(net.subnet(holder), true, &self.packet).then_some(())?;
        self.arrive(holder)
    }

    fn arrive(&mut self, who: Who) -> Option<End> {
        let ported = matches!(self.packet.protocol, 6 | 17);
        let kept =
            self.answers.iter().flatten().find(|kept| kept.by == who && (!ported || kept.port == self.packet.to.1));
        if let Some(kept) = kept.copied() {
            self.packet.to = kept.inside;
            return self.leave(who);
        }
        if who == Who::Nat {
            return None;
        }
        let admitted = self.answers.is_some() || self.net.group_admits(who, true, &self.packet, self.known);
        admitted.then_some(End::At(who))
    }
}
