//! What the internet reaches, and how each subnet reaches the internet: derived facts for badges, each with its reason.

use std::collections::BTreeMap;

use super::filter::{Direction, Peer, admitted};
use super::network::{Hop, InterfaceIx, Network, Owner, RouteNet, SubnetNet};
use super::pairs::Pairs;
use super::sets::{Interval, words};
use super::transit::TransitHop;
use crate::catalog::kinds::RouteTable;
use crate::design::Design;
use crate::facts::routes::SOMEBODY;
use crate::id::NodeId;
use crate::message;
use crate::net::{PortRange, Protocol};
use crate::text::{Message, Text, t};

/// Ports a label names before it says how many more there are.
const MAX_SHOWN: usize = 4;

/// A resource that anybody on the internet reaches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exposure {
    /// What gets there and is answered.
    pub traffic: Vec<(Protocol, PortRange)>,
    /// In a few words: "open to the internet on 22, 80".
    pub label: Message,
    /// What makes it so.
    pub reason: Message,
}

/// How a subnet reaches the internet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// Its default route leads to an internet gateway.
    Public,
    /// Its default route leads to a NAT gateway or NAT instance that gets out.
    PrivateWithNat,
    /// Nothing leads out.
    Isolated,
}

impl Tier {
    /// Stable name for the command line and style sheets.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::PrivateWithNat => "private_with_nat",
            Self::Isolated => "isolated",
        }
    }

    /// In a word or two.
    pub const fn label(self) -> Text {
        match self {
            Self::Public => t("퍼블릭", "Public"),
            Self::PrivateWithNat => t("프라이빗 · NAT", "Private with NAT"),
            Self::Isolated => t("격리", "Isolated"),
        }
    }
}

/// A subnet's way to the internet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubnetTier {
    /// Which way.
    pub tier: Tier,
    /// What makes it so.
    pub reason: Message,
}

/// The facts of one design.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exposures {
    /// The resources that the internet reaches; others have no entry.
    pub resources: BTreeMap<NodeId, Exposure>,
    /// Every subnet.
    pub subnets: BTreeMap<NodeId, SubnetTier>,
}

impl Exposures {
    /// Derives the facts from a network and its pairs.
    pub fn new(design: &Design, net: &Network, pairs: &Pairs) -> Self {
        let mut intervals: BTreeMap<NodeId, (InterfaceIx, Vec<Interval>)> = BTreeMap::new();
        for (class, verdict) in pairs.classes.classes.iter().zip(&pairs.inwards) {
            let open = pairs.sets.intervals(verdict.answered);
            if open.is_empty() {
                continue;
            }
            for ix in &class.members {
                let Some(interface) = net.interfaces.get(*ix) else { continue };
                intervals.entry(interface.node).or_insert_with(|| (*ix, Vec::new())).1.extend(open);
            }
        }
        let told = Told { design, net };
        let resources = intervals.into_iter().map(|(node, (ix, open))| {
            let mut sets = super::sets::Sets::default();
            let all = sets.of(open);
            let traffic = words(sets.intervals(all));
            let (label, reason) = (label(&traffic), told.admitted(node, ix, &traffic));
            (node, Exposure { traffic, label, reason })
        });
        let subnets = net.subnets.iter().map(|subnet| (subnet.node, told.tier(subnet)));
        Self { resources: resources.collect(), subnets: subnets.collect() }
    }
}

/// "Open to the internet on 22, 80".
fn label(traffic: &[(Protocol, PortRange)]) -> Message {
    let one = |(protocol, ports): &(Protocol, PortRange)| {
        let (ko, en) = protocol.label();
        match protocol {
            Protocol::Tcp if ports.is_all() => (ko, en),
            Protocol::Tcp => (ports.to_string(), ports.to_string()),
            Protocol::Udp if !ports.is_all() => (format!("{ko} {ports}"), format!("{en} {ports}")),
            _ => (ko, en),
        }
    };
    let (ko, en): (Vec<String>, Vec<String>) = traffic.iter().take(MAX_SHOWN).map(one).unzip();
    let (ko, en) = (ko.join(", "), en.join(", "));
    match traffic.len().saturating_sub(MAX_SHOWN) {
        0 => message!("인터넷에 열림: {ko}", "Open to the internet: {en}"),
        more => message!("인터넷에 열림: {ko} 외 {more}개", "Open to the internet: {en} and {more} more"),
    }
}

struct Told<'a> {
    design: &'a Design,
    net: &'a Network,
}

impl Told<'_> {
    fn name(&self, id: NodeId) -> &str {
        self.design.node(id).map_or("", |node| node.name.as_str())
    }

    /// The rules that let the internet in.
    fn admitted(&self, node: NodeId, ix: InterfaceIx, traffic: &[(Protocol, PortRange)]) -> Message {
        let Some((interface, subnet)) = self.net.interface(ix) else { return Message::default() };
        let name = self.name(node);
        let subnet_name = self.name(subnet.node);
        let Some(groups) = &interface.groups else {
            return message!(
                "{name}에는 보안 그룹이 없고, 퍼블릭 IP가 있고, 서브넷 {subnet_name}이(가) 인터넷 게이트웨이로 이어져요.",
                "{name} has no security group, has a public address, and subnet {subnet_name} leads to the internet gateway."
            );
        };
        let peer = Peer { address: SOMEBODY, interface: None };
        let mut by: Vec<(NodeId, usize)> = traffic
            .iter()
            .filter_map(|(protocol, ports)| {
                let first = if protocol.is_numbered() { PortRange::single(ports.from_port()) } else { PortRange::ALL };
                let asked = if *protocol == Protocol::All { Protocol::Tcp } else { *protocol };
                admitted(self.net, groups, Direction::Inbound, peer, asked, first)
            })
            .map(|by| (by.group, by.row + 1))
            .collect();
        by.sort_unstable();
        by.dedup();
        let told = |(group, row): &(NodeId, usize)| {
            let name = self.name(*group);
            (format!("{name} {row}번"), format!("rule {row} of {name}"))
        };
        let (ko, en): (Vec<String>, Vec<String>) = by.iter().take(MAX_SHOWN).map(told).unzip();
        let (ko, en) = (ko.join(", "), en.join(", "));
        let gate = if interface.owner == Owner::BalancerNode {
            message!("인터넷 경계 로드 밸런서이고", "It is an internet-facing load balancer")
        } else {
            message!("퍼블릭 IP가 있고", "It has a public address")
        };
        let (gate_ko, gate_en) = (gate.ko, gate.en);
        message!(
            "{gate_ko}, 서브넷 {subnet_name}이(가) 인터넷 게이트웨이로 이어지고, 보안 그룹 인바운드 규칙({ko})이 누구에게나 열려 있어요.",
            "{gate_en}, subnet {subnet_name} leads to the internet gateway, and inbound security group rules admit anybody ({en})."
        )
    }

    /// The route table of a subnet in words.
    fn table(&self, subnet: &SubnetNet) -> Message {
        let Some(table) = subnet.table else {
            return message!("VPC의 기본 라우팅 테이블", "the VPC's implicit main route table");
        };
        let name = self.name(table);
        message!("라우팅 테이블 {name}", "route table {name}")
    }

    fn tier(&self, subnet: &SubnetNet) -> SubnetTier {
        let Message { ko: table_ko, en: table_en } = self.table(subnet);
        let isolated = |reason| SubnetTier { tier: Tier::Isolated, reason };
        let Some(route) = self.net.route_outwards(subnet) else {
            return isolated(message!(
                "{table_ko}에 인터넷으로 가는 라우팅(0.0.0.0/0)이 없어요.",
                "There is no route to the internet (0.0.0.0/0) in {table_en}."
            ));
        };
        let to = route.destination;
        match route.hop {
            Hop::InternetGateway(gateway) => {
                let name = self.name(gateway);
                let reason = message!(
                    "{table_ko}의 {to} 라우팅이 인터넷 게이트웨이 {name}(으)로 가요.",
                    "Route {to} in {table_en} leads to internet gateway {name}."
                );
                SubnetTier { tier: Tier::Public, reason }
            }
            Hop::Inspection(ix) => self.inspected(ix, &table_ko, &table_en),
            Hop::NatGateway(ix) | Hop::Appliance(ix) => self.through(subnet, ix, &table_ko, &table_en),
            Hop::Beyond => {
                let outside = self.beyond(subnet, route).unwrap_or_default();
                isolated(message!(
                    "{table_ko}의 {to} 라우팅이 그림에 없는 {outside}(으)로 가서, 인터넷으로 나가는지는 알 수 없어요.",
                    "Route {to} in {table_en} leads to {outside}, which is not drawn, so whether it gets out is not known."
                ))
            }
            Hop::Blackhole => isolated(message!(
                "{table_ko}의 {to} 라우팅이 블랙홀이에요. 대상이 없거나 분리됐어요.",
                "Route {to} in {table_en} is a blackhole: its target is gone or detached."
            )),
            Hop::Peering(id) => {
                let name = self.name(id);
                isolated(message!(
                    "{table_ko}의 {to} 라우팅이 피어링 연결 {name}(으)로 가는데, 피어링 연결로는 상대 VPC의 인터넷 게이트웨이를 쓸 수 없어요.",
                    "Route {to} in {table_en} leads to VPC peering {name}, through which the peer's internet gateway cannot be used."
                ))
            }
            Hop::Vpn(id) => {
                let name = self.name(id);
                isolated(message!(
                    "{table_ko}의 {to} 라우팅이 가상 프라이빗 게이트웨이 {name}(으)로 가요. 온프레미스에서 인터넷으로 나가는지는 알 수 없어요.",
                    "Route {to} in {table_en} leads to virtual private gateway {name}. Whether it gets out from on premises is not known."
                ))
            }
            Hop::Transit(gateway) => self.over_transit(subnet, gateway, &table_ko, &table_en),
            Hop::Local | Hop::Endpoint(_) => isolated(message!(
                "{table_ko}의 {to} 라우팅이 인터넷으로 가지 않아요.",
                "Route {to} in {table_en} does not lead to the internet."
            )),
        }
    }

    /// Out over a transit gateway, as the VPC does that it leads to.
    fn over_transit(&self, subnet: &SubnetNet, gateway: NodeId, table_ko: &str, table_en: &str) -> SubnetTier {
        let (net, name) = (self.net, self.name(gateway));
        let transit = &net.transit;
        let leads = || {
            let from = transit.attachment_of(subnet.vpc, gateway)?;
            let (entry, _) = net.entry(from, subnet)?;
            let table = transit.attachments.get(&from)?.table_at(gateway)?;
            let TransitHop::Attachment(to) = transit.route(table, SOMEBODY)?.hop else { return None };
            let exit = net.exit(to, net.zone_at(entry))?;
            let (_, own) = net.interface(exit)?;
            let Hop::NatGateway(nat) = net.route_outwards(own)?.hop else { return None };
            Some((own.vpc, nat))
        };
        let out = leads().filter(|(vpc, _)| *vpc != subnet.vpc);
        let tier = |(_, nat): (NodeId, InterfaceIx)| self.through(subnet, nat, table_ko, table_en).tier;
        match out.filter(|out| tier(*out) == Tier::PrivateWithNat) {
            Some((vpc, _)) => {
                let vpc = self.name(vpc);
                let reason = message!(
                    "{table_ko}의 기본 라우팅이 전송 게이트웨이 {name}(으)로 가서, VPC {vpc}의 NAT 게이트웨이로 나가요.",
                    "The default route in {table_en} leads to transit gateway {name} and out by the NAT gateway of VPC {vpc}."
                );
                SubnetTier { tier: Tier::PrivateWithNat, reason }
            }
            None => SubnetTier {
                tier: Tier::Isolated,
                reason: message!(
                    "{table_ko}의 기본 라우팅이 전송 게이트웨이 {name}(으)로 가는데, 그 너머에서 인터넷으로 나가는 길을 찾지 못했어요.",
                    "The default route in {table_en} leads to transit gateway {name}, beyond which no way to the internet is known."
                ),
            },
        }
    }

    /// What a route leads to outside the drawing.
    fn beyond(&self, subnet: &SubnetNet, route: RouteNet) -> Option<&str> {
        let row = self.design.get::<RouteTable>(subnet.table?)?.routes.get(route.row?)?;
        row.beyond().or_else(|| row.target.map(|target| self.name(target)))
    }

    /// Out past an inspection, as the subnet of its endpoint does.
    fn inspected(&self, ix: InterfaceIx, table_ko: &str, table_en: &str) -> SubnetTier {
        let Some((endpoint, own)) = self.net.interface(ix) else {
            return SubnetTier { tier: Tier::Isolated, reason: Message::default() };
        };
        let (name, own_name) = (self.name(endpoint.node), self.name(own.node));
        if !self.passes(endpoint.node) {
            let reason = message!(
                "{table_ko}의 기본 라우팅이 엔드포인트 {name}(으)로 가는데, 그 뒤에 패킷을 넘겨줄 어플라이언스가 없어서 인터넷으로 나가지 못해요.",
                "The default route in {table_en} leads to endpoint {name}, behind which no appliance passes packets on, so nothing gets out."
            );
            return SubnetTier { tier: Tier::Isolated, reason };
        }
        let (tier, ko, en) = match self.net.route_outwards(own).map(|route| route.hop) {
            Some(Hop::InternetGateway(_)) => (Tier::Public, "인터넷 게이트웨이로 나가요", "the internet gateway"),
            Some(Hop::NatGateway(nat)) => {
                let Message { ko, en } = self.table(own);
                let onward = self.through(own, nat, &ko, &en);
                if onward.tier == Tier::Isolated {
                    return onward;
                }
                (Tier::PrivateWithNat, "NAT 게이트웨이로 나가요", "a NAT gateway")
            }
            _ => (Tier::Isolated, "인터넷으로 나가지 못해요", "nowhere on the internet"),
        };
        let reason = message!(
            "{table_ko}의 기본 라우팅이 엔드포인트 {name}(으)로 가서, 서브넷 {own_name}에서 {ko}.",
            "The default route in {table_en} leads to endpoint {name}, and from subnet {own_name} to {en}."
        );
        SubnetTier { tier, reason }
    }

    /// Whether what comes to the endpoint of a gateway balancer is passed on.
    fn passes(&self, endpoint: NodeId) -> bool {
        self.net.inspections.get(&endpoint).is_some_and(|of| of.blockers.is_empty())
    }

    /// Whether a subnet leads to an internet gateway, itself or past an inspection.
    fn leads_out(&self, subnet: &SubnetNet) -> bool {
        let hop = |subnet: &SubnetNet| self.net.route_outwards(subnet).map(|route| route.hop);
        match hop(subnet) {
            Some(Hop::InternetGateway(_)) => true,
            Some(Hop::Inspection(ix)) => self.net.interface(ix).is_some_and(|(endpoint, own)| {
                self.passes(endpoint.node) && matches!(hop(own), Some(Hop::InternetGateway(_)))
            }),
            _ => false,
        }
    }

    /// Out through a NAT gateway or NAT instance, if it gets out itself.
    fn through(&self, subnet: &SubnetNet, ix: InterfaceIx, table_ko: &str, table_en: &str) -> SubnetTier {
        let isolated = |reason| SubnetTier { tier: Tier::Isolated, reason };
        let Some((nat, own)) = self.net.interface(ix) else { return isolated(Message::default()) };
        let (name, own_name) = (self.name(nat.node), self.name(own.node));
        if own.node == subnet.node {
            return isolated(message!(
                "{table_ko}의 기본 라우팅이 같은 서브넷에 있는 {name}(으)로 가서 밖으로 나가지 못해요.",
                "The default route in {table_en} leads to {name} in the same subnet, and nothing gets out that way."
            ));
        }
        let leads_out = self.leads_out(own);
        if !leads_out || nat.public.is_none() {
            return isolated(if leads_out {
                message!(
                    "{table_ko}의 기본 라우팅이 {name}(으)로 가는데, {name}에 퍼블릭 주소가 없어서 인터넷에 닿지 못해요.",
                    "The default route in {table_en} leads to {name}, which has no public address and does not reach the internet."
                )
            } else {
                message!(
                    "{table_ko}의 기본 라우팅이 {name}(으)로 가는데, {name}이(가) 있는 서브넷 {own_name}이(가) 인터넷 게이트웨이로 이어지지 않아요.",
                    "The default route in {table_en} leads to {name}, but its subnet {own_name} does not lead to an internet gateway."
                )
            });
        }
        if nat.owner != Owner::NatGateway && nat.source_dest_check {
            return isolated(message!(
                "{table_ko}의 기본 라우팅이 인스턴스 {name}(으)로 가는데, 원본/대상 확인이 켜져 있어서 남의 패킷을 전달하지 않아요.",
                "The default route in {table_en} leads to instance {name}, which forwards nothing while its source/destination check is on."
            ));
        }
        let reason = message!(
            "{table_ko}의 기본 라우팅이 {name}(으)로 가고, {name}이(가) 서브넷 {own_name}에서 인터넷 게이트웨이로 나가요. 밖에서 들어오는 연결은 없어요.",
            "The default route in {table_en} leads to {name}, which goes out through the internet gateway from subnet {own_name}. Nothing comes in from outside."
        );
        SubnetTier { tier: Tier::PrivateWithNat, reason }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::FieldValue;
    use crate::catalog::Value;
    use crate::catalog::kinds::{GroupRule, Route};
    use crate::net::AnyCidr;
    use crate::rules::testing::{Named, balanced, two_zones};

    fn facts(n: &Named) -> Exposures {
        let net = Network::lower(n.design());
        Exposures::new(n.design(), &net, &Pairs::new(&net))
    }

    #[test]
    fn what_the_internet_reaches_is_told_with_the_rule() {
        let mut n = two_zones();
        n.rows("web-sg", "inbound", &[22, 80].map(|port| GroupRule::tcp(port, AnyCidr::default())));
        let found = facts(&n);
        assert_eq!(found.resources.keys().copied().collect::<Vec<_>>(), [n.id("web")]);
        let web = &found.resources[&n.id("web")];
        assert_eq!(web.label.en, "Open to the internet: 22, 80");
        assert!(web.reason.en.contains("rule 1 of web-sg, rule 2 of web-sg"), "{}", web.reason.en);
        assert!(web.reason.ko.contains("web-sg 1번"), "{}", web.reason.ko);
        // Behind a NAT gateway, or where the answer cannot leave, nothing is exposed.
        n.set("public-a", "route_table", Value::None);
        assert!(facts(&n).resources.is_empty());
    }

    #[test]
    fn a_balancer_is_exposed_where_it_listens() {
        let mut n = balanced();
        n.rows("alb-sg", "inbound", &[80, 8080].map(|port| GroupRule::tcp(port, AnyCidr::default())));
        let found = facts(&n);
        assert_eq!(found.resources[&n.id("alb")].label.ko, "인터넷에 열림: 80");
    }

    #[test]
    fn subnets_are_public_private_or_isolated_with_the_reason() {
        let mut n = two_zones();
        let tiers = |n: &Named| {
            let found = facts(n);
            ["public-a", "private-a", "private-c"].map(|name| found.subnets[&n.id(name)].tier)
        };
        assert_eq!(tiers(&n), [Tier::Public, Tier::PrivateWithNat, Tier::PrivateWithNat]);
        // The NAT gateway has no address: nothing gets out.
        n.set("nat", "elastic_ip", Value::None);
        assert_eq!(tiers(&n), [Tier::Public, Tier::Isolated, Tier::Isolated]);
        n.remove("nat");
        assert!(facts(&n).subnets[&n.id("private-a")].reason.ko.contains("블랙홀"));
        n.set("private-rt", "routes", Value::List(vec![]));
        assert!(facts(&n).subnets[&n.id("private-a")].reason.en.contains("no route to the internet"));
        // A NAT instance counts once it forwards.
        let web = n.id("web");
        n.set("private-rt", "routes", vec![Route { target: Some(web), ..Route::default() }].to_value());
        assert_eq!(tiers(&n), [Tier::Public, Tier::Isolated, Tier::Isolated]);
        n.set("web", "source_dest_check", false);
        assert_eq!(tiers(&n), [Tier::Public, Tier::PrivateWithNat, Tier::PrivateWithNat]);
    }
}
