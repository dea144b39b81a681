//! Out of a VPC and into it: what leaves towards public addresses, and what arrives from them.

use super::super::classes::{AtomIx, Atoms, Class, Classes};
use super::super::filter::Direction;
use super::super::network::{Hop, InterfaceIx, Network};
use super::super::sets::{EVERYTHING, NOTHING, SetId, Sets, intervals};
use super::tables::Tables;
use super::{Passage, flow};
use crate::facts::routes::SOMEBODY;
use crate::net::{Cidr, PortRange, Protocol};

/// What a class sends to an atom of public addresses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Leaving {
    /// What gets out, and the part whose answers get back in.
    pub(super) verdict: Passage,
    /// The atom of the address that others see.
    pub(super) seen: AtomIx,
    /// Whether a NAT gateway or instance chooses the source port.
    pub(super) translated: bool,
}

/// What a class takes from an atom of public addresses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Arriving {
    /// What gets in.
    pub(super) traffic: SetId,
    /// All traffic of the protocols whose answers get out to a client's own ports.
    pub(super) answers: SetId,
    /// The same to the ports of a NAT gateway.
    pub(super) answers_to_nat: SetId,
}

/// What leaves and arrives, by class and by the atoms of public addresses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Outside {
    /// The atoms of public addresses, ascending; only the internet's where nobody meets by them.
    pub(super) atoms: Vec<AtomIx>,
    /// The position of the atom that stands for the internet.
    pub(super) internet: usize,
    leaving: Vec<Leaving>,
    arriving: Vec<Arriving>,
}

impl Outside {
    pub(super) fn new(net: &Network, atoms: &Atoms, classes: &Classes, tables: &Tables, sets: &mut Sets) -> Self {
        let anybody = atoms.of(SOMEBODY);
        let mut public = vec![anybody];
        if net.meets_by_public_addresses() {
            public.extend(net.interfaces.iter().filter_map(|of| of.public).map(|public| atoms.of(public.address)));
            public.sort_unstable();
            public.dedup();
        }
        let internet = public.binary_search(&anybody).unwrap_or_default();
        let mut outside = Self { atoms: public, internet, ..Self::default() };
        let world = World { net, tables, atoms };
        let addresses: Vec<_> = outside
            .atoms
            .iter()
            .map(|atom| (*atom, if *atom == anybody { SOMEBODY } else { atoms.address(*atom) }))
            .collect();
        for class in &classes.classes {
            for (atom, address) in &addresses {
                outside.leaving.push(world.leaving(class, *atom, *address, sets));
                outside.arriving.push(world.arriving(class, *atom, *address, sets));
            }
        }
        outside
    }

    /// The atom that stands for the internet.
    pub(super) fn anybody(&self) -> AtomIx {
        self.atoms.get(self.internet).copied().unwrap_or_default()
    }

    /// What a class sends to the public addresses at a position of [`Outside::atoms`].
    pub(super) fn leaving(&self, class: usize, at: usize) -> Leaving {
        self.leaving.get(class * self.atoms.len() + at).copied().unwrap_or_default()
    }

    pub(super) fn arriving(&self, class: usize, at: usize) -> Arriving {
        self.arriving.get(class * self.atoms.len() + at).copied().unwrap_or_default()
    }

    /// From the internet to a class.
    pub(super) fn inwards(&self, class: usize, takes: SetId, sets: &mut Sets) -> Passage {
        let arriving = self.arriving(class, self.internet);
        let traffic = sets.intersection(arriving.traffic, takes);
        Passage { traffic, answered: sets.intersection(traffic, arriving.answers) }
    }

    /// From one class to the public address of another.
    pub(super) fn between(&self, from: usize, (to, public): (usize, AtomIx), sets: &mut Sets) -> (Passage, AtomIx) {
        let Ok(at) = self.atoms.binary_search(&public) else { return Default::default() };
        let leaving = self.leaving(from, at);
        if leaving.verdict.traffic == NOTHING {
            return (Passage::default(), leaving.seen);
        }
        let Ok(seen) = self.atoms.binary_search(&leaving.seen) else { return Default::default() };
        let arriving = self.arriving(to, seen);
        let back = if leaving.translated { arriving.answers_to_nat } else { arriving.answers };
        let traffic = sets.intersection(leaving.verdict.traffic, arriving.traffic);
        let answered = sets.all_of([traffic, leaving.verdict.answered, back]);
        (Passage { traffic, answered }, leaving.seen)
    }

    /// Whether a class leaves or arrives another way than before.
    pub(super) fn changed(&self, before: &Self, class: usize) -> bool {
        let width = self.atoms.len();
        let row = class * width..(class + 1) * width;
        before.atoms != self.atoms
            || self.leaving.get(row.clone()) != before.leaving.get(row.clone())
            || self.arriving.get(row.clone()) != before.arriving.get(row)
    }
}

struct World<'a> {
    net: &'a Network,
    tables: &'a Tables,
    atoms: &'a Atoms,
}

impl World<'_> {
    fn leaving(&self, class: &Class, atom: AtomIx, address: std::net::Ipv4Addr, sets: &mut Sets) -> Leaving {
        let Some(subnet) = self.net.subnets.get(class.subnet).filter(|_| class.begins) else {
            return Leaving::default();
        };
        if Cidr::host(address).is_private() {
            return Leaving::default();
        }
        match self.net.route(subnet, address).map(|route| route.hop) {
            Some(Hop::InternetGateway(_)) if !self.comes_straight(class) => self.walked(class, address, sets),
            Some(Hop::InternetGateway(_)) => class.public.map_or_else(Leaving::default, |seen| Leaving {
                verdict: self.edge(class, atom, sets),
                seen,
                translated: false,
            }),
            Some(Hop::NatGateway(nat)) => self.through_nat(class, nat, (atom, address), sets),
            Some(
                Hop::Appliance(_)
                | Hop::Inspection(_)
                | Hop::Peering(_)
                | Hop::Endpoint(_)
                | Hop::Local
                | Hop::Transit(_),
            ) => self.walked(class, address, sets),
            Some(Hop::Blackhole | Hop::Beyond | Hop::Vpn(_)) | None => Leaving::default(),
        }
    }

    /// Whether what comes through the internet gateway goes to a class without a detour.
    fn comes_straight(&self, class: &Class) -> bool {
        let member = class.members.first().and_then(|ix| self.net.interfaces.get(*ix));
        member.is_none_or(|member| self.net.comes_straight(class.vpc, member.private))
    }

    /// Past the groups of a class and the ACL of its subnet, and answers back past the ACL.
    fn edge(&self, class: &Class, atom: AtomIx, sets: &mut Sets) -> Passage {
        let sends = class.groups.map_or(EVERYTHING, |own| self.tables.outbound.admits(sets, own, atom, None));
        let leave = self.tables.acl(class.subnet, Direction::Outbound, atom);
        let enter = self.tables.acl(class.subnet, Direction::Inbound, atom);
        let traffic = sets.intersection(sends, leave.traffic);
        Passage { traffic, answered: sets.intersection(traffic, enter.answers) }
    }

    /// Walked packet by packet, with all traffic at once. An appliance's own public address is what others see.
    fn walked(&self, class: &Class, address: std::net::Ipv4Addr, sets: &mut Sets) -> Leaving {
        let Some(member) = class.members.first() else { return Leaving::default() };
        let verdict = flow::pair(self.net, sets, *member, address);
        // Between VPCs such ways are walked whole, see `fill`; what others see is asked for nowhere else.
        Leaving { verdict, seen: AtomIx::MAX, translated: true }
    }

    /// Out through a NAT gateway: past its subnet's ACL twice, and only if that subnet leads to an internet gateway.
    fn through_nat(
        &self,
        class: &Class,
        nat: InterfaceIx,
        (atom, address): (AtomIx, std::net::Ipv4Addr),
        sets: &mut Sets,
    ) -> Leaving {
        let Some((gateway, subnet)) = self.net.interface(nat) else { return Leaving::default() };
        let leads_out = matches!(self.net.route(subnet, address).map(|route| route.hop), Some(Hop::InternetGateway(_)));
        let straight = self.net.is_plain(subnet) && self.net.comes_straight(subnet.vpc, gateway.private);
        if gateway.subnet != class.subnet && (!leads_out || !straight) {
            return self.walked(class, address, sets);
        }
        let Some(public) = gateway.public.filter(|_| gateway.subnet != class.subnet) else { return Leaving::default() };
        let edge = self.edge(class, atom, sets);
        let carried =
            [Protocol::Tcp, Protocol::Udp, Protocol::Icmp].map(|protocol| intervals(protocol, PortRange::ALL));
        let carried = sets.of(carried.to_vec());
        let acl = |direction, atom| self.tables.acl(gateway.subnet, direction, atom);
        // The packet still bears its destination on the internet and its source in the VPC when it enters the NAT gateway's subnet.
        let there = [carried, acl(Direction::Inbound, class.atom).traffic, acl(Direction::Outbound, atom).traffic];
        let back = [acl(Direction::Inbound, atom).answers_to_nat, acl(Direction::Outbound, class.atom).answers];
        let traffic = there.into_iter().fold(edge.traffic, |all, set| sets.intersection(all, set));
        let answered =
            back.into_iter().fold(sets.intersection(traffic, edge.answered), |all, set| sets.intersection(all, set));
        Leaving { verdict: Passage { traffic, answered }, seen: self.atoms.of(public.address), translated: true }
    }

    fn arriving(&self, class: &Class, atom: AtomIx, address: std::net::Ipv4Addr, sets: &mut Sets) -> Arriving {
        let Some(subnet) = self.net.subnets.get(class.subnet).filter(|_| class.begins) else {
            return Arriving::default();
        };
        let gate = class.public.is_some() && self.net.internet_gateways.contains_key(&subnet.vpc);
        if !gate || Cidr::host(address).is_private() {
            return Arriving::default();
        }
        let way_back = self.net.route(subnet, address).map(|route| route.hop);
        let by_appliance = matches!(way_back, Some(Hop::Appliance(_) | Hop::Inspection(_)));
        if let (true, Some(member)) = (by_appliance || !self.comes_straight(class), class.members.first()) {
            let [traffic, answers, answers_to_nat] = flow::inwards(self.net, sets, address, *member);
            return Arriving { traffic, answers, answers_to_nat };
        }
        let takes = class.groups.map_or(EVERYTHING, |own| self.tables.inbound.admits(sets, own, atom, None));
        let traffic = sets.intersection(takes, self.tables.acl(class.subnet, Direction::Inbound, atom).traffic);
        // The answer must leave through the internet gateway, or it comes from another address.
        let leads_back = matches!(way_back, Some(Hop::InternetGateway(_)));
        let leave = self.tables.acl(class.subnet, Direction::Outbound, atom);
        let (answers, answers_to_nat) =
            if leads_back { (leave.answers, leave.answers_to_nat) } else { (NOTHING, NOTHING) };
        Arriving { traffic, answers, answers_to_nat }
    }
}
