//! What would open a way that is blocked: a blocker keeps the facts, and edits are made of them when somebody asks.
//!
//! A remedy proposes, the gentlest first, and decides nothing: [`crate::rules::Offers`] tries each proposal before one is offered.

use std::net::Ipv4Addr;

use super::addresses::is_stand_in;
use super::asked::Asked;
use super::explain::traffic_in_words;
use super::network::{Hop, Network, SubnetNet};
use super::packet::{Direction, Packet, Peer, Remedy};
use super::question::Endpoint;
use crate::catalog::kinds::{
    AclAction, AclRule, GroupRule, Instance, NetworkAcl, Route, RouteTable, SecurityGroup, VpcEndpoint,
};
use crate::catalog::{FieldValue, Kind, Value};
use crate::design::{Design, Edit, Fix, Node};
use crate::facts::routes::SOMEBODY;
use crate::id::NodeId;
use crate::net::{AnyCidr, Cidr, IcmpType, PortRange, Protocol};
use crate::{id_of, message};

impl Remedy {
    /// What could be done, the gentlest first; `asked` is the question that was blocked.
    pub fn proposals(&self, design: &Design, net: &Network, asked: &Asked) -> Vec<Fix> {
        let draft = Propose { design, net, asked };
        match self {
            Self::Group { groups, direction, peer, packet } => draft.open_groups(groups, *direction, *peer, packet),
            Self::Acl { acl, vpc, direction, denied_by, packet } => {
                draft.open_acl(*acl, *vpc, *direction, *denied_by, packet)
            }
            Self::Route { subnet, row, destination } => draft.lead(*subnet, *row, *destination),
            Self::Associate { endpoint, table } => draft.associate(*endpoint, *table).into_iter().collect(),
            Self::Forward(appliance) => vec![draft.forward(*appliance)],
            Self::PublicAddress(owner) => draft.public_address(*owner).into_iter().collect(),
            Self::InternetGateway(vpc) => vec![draft.internet_gateway(*vpc)],
            Self::Ready(fix) => vec![fix.clone()],
        }
    }
}

/// Whom a new rule of a group is about.
#[derive(Clone, Copy)]
enum Whom {
    Block(AnyCidr),
    Group(NodeId),
    Elastic(NodeId),
}

/// What proposals draw on.
struct Propose<'a> {
    design: &'a Design,
    net: &'a Network,
    asked: &'a Asked,
}

impl Propose<'_> {
    fn name(&self, id: NodeId) -> &str {
        self.design.node(id).map_or("", |node| node.name.as_str())
    }

    /// Whether an address stands for everybody on the internet, and was not itself asked about.
    fn is_anybody(&self, address: Ipv4Addr) -> bool {
        let (from, to) = self.asked.ends();
        address == SOMEBODY && ![Some(from), to].contains(&Some(Endpoint::Address(address)))
    }

    /// The block of a peer that no group stands for: a laptop's, everybody's, else its address alone. Nothing where only a deployment knows that
    /// address: a rule for the one that stands in for it would admit nobody.
    fn block_of(&self, address: Ipv4Addr) -> Option<AnyCidr> {
        let laptop = self.net.laptops.values().find(|block| block.contains_addr(address));
        match laptop {
            Some(laptop) => Some(AnyCidr::V4(*laptop)),
            None if self.is_anybody(address) => Some(AnyCidr::default()),
            None if is_stand_in(address) => None,
            None => Some(AnyCidr::V4(Cidr::host(address))),
        }
    }

    /// The Elastic IP that has a peer's address, where a rule of a group can name it: its user is not in that group, which would have to be there
    /// before it.
    fn elastic_ip_of(&self, address: Ipv4Addr, group: NodeId) -> Option<NodeId> {
        let user = self.net.interfaces.get(self.net.by_public(address)?)?;
        let is_member = user.groups.iter().flatten().any(|own| *own == group);
        user.public.and_then(|public| public.elastic_ip).filter(|_| !is_member)
    }

    fn open_groups(&self, groups: &[NodeId], direction: Direction, peer: Peer, packet: &Packet) -> Vec<Fix> {
        let editable = |group: &NodeId| self.design.get::<SecurityGroup>(*group).is_some();
        let peer_groups = peer.interface.and_then(|ix| self.net.interfaces.get(ix)?.groups.as_deref());
        let peer_groups: Vec<NodeId> = peer_groups.unwrap_or_default().iter().copied().filter(editable).collect();
        let mut found = Vec::new();
        for group in groups.iter().copied().filter(editable) {
            let by_group = peer_groups.iter().copied().map(Whom::Group);
            let by_address = match self.block_of(peer.address) {
                Some(block) => Some(Whom::Block(block)),
                None => self.elastic_ip_of(peer.address, group).map(Whom::Elastic),
            };
            found.extend(by_group.chain(by_address).filter_map(|by| self.open_group(group, direction, by, packet)));
        }
        found
    }

    fn open_group(&self, group: NodeId, direction: Direction, by: Whom, packet: &Packet) -> Option<Fix> {
        let ports = if packet.protocol.has_ports() { packet.ports } else { PortRange::ALL };
        let mut rule = GroupRule {
            protocol: packet.protocol,
            ports,
            icmp: messages(packet),
            cidr: None,
            group: None,
            prefix_list: None,
            address_of: None,
            description: String::new(),
        };
        let from = match by {
            Whom::Block(block) => {
                rule.cidr = Some(block);
                block.to_string()
            }
            Whom::Group(peer) => {
                rule.group = Some(peer);
                self.name(peer).to_owned()
            }
            Whom::Elastic(address) => {
                rule.address_of = Some(address);
                self.name(address).to_owned()
            }
        };
        let field = if direction == Direction::Inbound {
            id_of!(SecurityGroup.inbound)
        } else {
            id_of!(SecurityGroup.outbound)
        };
        let mut rows = self.design.node(group)?.body.value(field)?.items().to_vec();
        rows.push(rule.to_value());
        let (name, what) = (self.name(group), traffic_in_words(packet.protocol, packet.ports));
        let (ko, en) = (what.ko, what.en);
        let title = match direction {
            Direction::Inbound => message!(
                "보안 그룹 {name}에 {from}의 {ko} 인바운드 허용하기",
                "Allow {en} from {from} into security group {name}"
            ),
            Direction::Outbound => message!(
                "보안 그룹 {name}에 {from}(으)로 가는 {ko} 아웃바운드 허용하기",
                "Allow {en} to {from} out of security group {name}"
            ),
        };
        Some(Fix { title, edits: vec![Edit::set(group, field, Value::List(rows))] })
    }

    fn open_acl(
        &self,
        acl_id: NodeId,
        vpc: NodeId,
        direction: Direction,
        denied_by: Option<u16>,
        packet: &Packet,
    ) -> Vec<Fix> {
        let peer = if direction == Direction::Inbound { packet.source } else { packet.destination };
        // An ACL is about subnets more than about hosts.
        let subnets = self.net.subnets.iter().filter(|subnet| subnet.vpc == vpc).map(|subnet| subnet.cidr);
        let around = subnets.filter(|block| block.contains_addr(peer)).map(AnyCidr::V4);
        let mut found = Vec::new();
        for cidr in around.chain(self.block_of(peer)) {
            // Without the answers only where they may pass already.
            for answers in [false, true] {
                found.extend(self.allow(acl_id, direction, denied_by, cidr, packet, answers));
            }
        }
        found
    }

    fn allow(
        &self,
        acl_id: NodeId,
        direction: Direction,
        denied_by: Option<u16>,
        cidr: AnyCidr,
        packet: &Packet,
        answers: bool,
    ) -> Option<Fix> {
        let acl: &NetworkAcl = self.design.get(acl_id)?;
        let mut there = (id_of!(NetworkAcl.inbound), acl.inbound.clone());
        let mut back = (id_of!(NetworkAcl.outbound), acl.outbound.clone());
        if direction == Direction::Outbound {
            std::mem::swap(&mut there, &mut back);
        }
        let number = before(&there.1, denied_by)?;
        let ports = if packet.protocol.has_ports() { packet.ports } else { PortRange::ALL };
        let allow = |number, ports| AclRule {
            number,
            action: AclAction::Allow,
            protocol: packet.protocol,
            ports,
            icmp: messages(packet),
            cidr,
        };
        there.1.push(allow(number, ports));
        let mut edits = vec![there];
        if answers {
            // A rule of every ephemeral port is what AWS says to write.
            let denies = back.1.iter().filter(|rule| rule.action == AclAction::Deny).map(|rule| rule.number).min();
            let number = before(&back.1, denies).filter(|_| packet.protocol.has_ports())?;
            back.1.push(allow(number, PortRange::EPHEMERAL));
            edits.push(back);
        }
        let edits = edits.into_iter().map(|(field, mut rules)| {
            rules.sort_by_key(|rule| rule.number);
            Edit::set(acl_id, field, rules.to_value())
        });
        let (name, what) = (self.name(acl_id), traffic_in_words(packet.protocol, packet.ports));
        let (what_ko, what_en) = (what.ko, what.en);
        let (ko, en) = if direction == Direction::Inbound {
            (
                format!("네트워크 ACL {name}에 {cidr}에서 오는 {what_ko}의 허용 규칙 {number}번 추가하기"),
                format!("Add rule {number} to network ACL {name}: allow {what_en} from {cidr}"),
            )
        } else {
            (
                format!("네트워크 ACL {name}에 {cidr} 쪽으로 나가는 {what_ko}의 허용 규칙 {number}번 추가하기"),
                format!("Add rule {number} to network ACL {name}: allow {what_en} to {cidr}"),
            )
        };
        let title = if answers {
            message!("{ko}(응답의 임시 포트와 함께)", "{en}, with the ephemeral ports of its answers")
        } else {
            message!("{ko}", "{en}")
        };
        Some(Fix { title, edits: edits.collect() })
    }

    /// Routes to what leads to a destination, in the place of one that leads nowhere if there is one.
    fn lead(&self, subnet: NodeId, row: Option<usize>, destination: Ipv4Addr) -> Vec<Fix> {
        let Some(subnet) = self.net.subnets.iter().find(|of| of.node == subnet) else { return Vec::new() };
        let Some(table) = subnet.table else { return Vec::new() };
        let blocks = |endpoint: &&NodeId| {
            let endpoint = self.net.gateway_endpoints.get(*endpoint);
            endpoint.is_some_and(|of| of.vpc == subnet.vpc && of.blocks.iter().any(|of| of.contains_addr(destination)))
        };
        if let Some(endpoint) = self.net.gateway_endpoints.keys().find(blocks) {
            return self.associate(*endpoint, table).into_iter().collect();
        }
        let mut ways: Vec<(AnyCidr, NodeId)> = self.peers(subnet, destination);
        ways.extend(self.over_transit(subnet, destination));
        if !Cidr::host(destination).is_private() {
            ways.extend(self.ways_out(subnet).into_iter().map(|target| (AnyCidr::default(), target)));
        }
        ways.into_iter().filter_map(|(block, target)| self.route(table, row, block, target)).collect()
    }

    fn route(&self, table_id: NodeId, row: Option<usize>, destination: AnyCidr, target: NodeId) -> Option<Fix> {
        let table: &RouteTable = self.design.get(table_id)?;
        let mut routes = table.routes.clone();
        let (table_name, target_name) = (self.name(table_id), self.name(target));
        let title = if let Some(row) = row {
            let route = routes.get_mut(row).filter(|route| route.destination == destination)?;
            route.target = Some(target);
            message!(
                "{destination} 라우팅의 대상을 {target_name}(으)로 바꾸기",
                "Lead route {destination} to {target_name}"
            )
        } else {
            routes.push(Route { destination, target: Some(target), ..Route::default() });
            message!(
                "라우팅 테이블 {table_name}에 {destination} → {target_name} 라우팅 추가하기",
                "Add route {destination} → {target_name} to route table {table_name}"
            )
        };
        Some(Fix { title, edits: vec![Edit::set(table_id, id_of!(RouteTable.routes), routes.to_value())] })
    }

    /// The blocks of a peered VPC that hold a destination, the widest first, and the peering connection that leads there.
    fn peers(&self, subnet: &SubnetNet, destination: Ipv4Addr) -> Vec<(AnyCidr, NodeId)> {
        let mut found = Vec::new();
        for (id, peering) in &self.net.peerings {
            let Some(other) = peering.other(subnet.vpc) else { continue };
            let blocks = self.net.vpcs.get(&other).map_or(&[][..], Vec::as_slice);
            let subnets = self.net.subnets.iter().filter(|of| of.vpc == other).map(|of| &of.cidr);
            let holding = blocks.iter().chain(subnets).filter(|block| block.contains_addr(destination));
            found.extend(holding.map(|block| (AnyCidr::V4(*block), *id)));
        }
        found
    }

    /// The blocks of a VPC across a transit gateway that hold a destination, the widest first, and the gateway.
    fn over_transit(&self, subnet: &SubnetNet, destination: Ipv4Addr) -> Vec<(AnyCidr, NodeId)> {
        let gateways = self.net.transit.gateways.keys();
        let own = gateways.filter(|gateway| self.net.transit.attachment_of(subnet.vpc, **gateway).is_some());
        let holds = |vpc: &&NodeId| **vpc != subnet.vpc && self.net.transit.joins(subnet.vpc, **vpc);
        let blocks =
            self.net.vpcs.keys().filter(holds).filter_map(|vpc| {
                self.net.vpcs.get(vpc)?.iter().find(|block| block.contains_addr(destination)).copied()
            });
        let blocks: Vec<Cidr> = blocks.collect();
        own.flat_map(|gateway| blocks.iter().map(move |block| (AnyCidr::V4(*block), *gateway))).collect()
    }

    /// What leads from a subnet to the internet: where something in it has a public address the internet gateway, else NAT gateways that work. A
    /// subnet in which nothing has one is private, and stays so.
    fn ways_out(&self, subnet: &SubnetNet) -> Vec<NodeId> {
        let addressed = |ix: &super::network::Interface| {
            self.net.subnets.get(ix.subnet).is_some_and(|of| of.node == subnet.node) && ix.public.is_some()
        };
        if self.net.interfaces.iter().any(addressed) {
            return self.net.internet_gateways.get(&subnet.vpc).copied().into_iter().collect();
        }
        let works = |interface: &&super::network::Interface| {
            interface.owner == super::network::Owner::NatGateway
                && interface.public.is_some()
                && self
                    .net
                    .subnets
                    .get(interface.subnet)
                    .is_some_and(|of| of.vpc == subnet.vpc && of.node != subnet.node && self.is_public(of))
        };
        self.net.interfaces.iter().filter(works).map(|interface| interface.node).collect()
    }

    fn is_public(&self, subnet: &SubnetNet) -> bool {
        let hop = self.net.route(subnet, SOMEBODY).map(|route| route.hop);
        matches!(hop, Some(Hop::InternetGateway(_) | Hop::Inspection(_)))
    }

    fn associate(&self, endpoint: NodeId, table: NodeId) -> Option<Fix> {
        let mut tables = self.design.get::<VpcEndpoint>(endpoint)?.route_tables.clone();
        tables.push(table);
        let (name, table_name) = (self.name(endpoint), self.name(table));
        let title = message!(
            "엔드포인트 {name}에 라우팅 테이블 {table_name} 연결하기",
            "Associate route table {table_name} with endpoint {name}"
        );
        Some(Fix { title, edits: vec![Edit::set(endpoint, id_of!(VpcEndpoint.route_tables), tables.to_value())] })
    }

    fn forward(&self, appliance: NodeId) -> Fix {
        let name = self.name(appliance);
        let title = message!("{name}의 원본/대상 확인 끄기", "Turn off {name}'s source/destination check");
        Fix { title, edits: vec![Edit::set(appliance, id_of!(Instance.source_dest_check), false)] }
    }

    /// A public address for an instance in a public subnet. Anything else gets its address another way, and a private subnet stays private.
    fn public_address(&self, owner: NodeId) -> Option<Fix> {
        self.design.get::<Instance>(owner)?;
        let (_, subnet) = self.net.interfaces_of(owner).first().and_then(|ix| self.net.interface(*ix))?;
        if !self.is_public(subnet) {
            return None;
        }
        let name = self.name(owner);
        let title = message!("{name}에 퍼블릭 IP 할당하기", "Assign a public IP to {name}");
        Some(Fix { title, edits: vec![Edit::set(owner, id_of!(Instance.public_ip), "yes")] })
    }

    /// An internet gateway in the VPC: a detached one if there is one, else a new one.
    fn internet_gateway(&self, vpc: NodeId) -> Fix {
        let design = self.design;
        let (w, h) = Kind::InternetGateway.spec().shape.size();
        let rect = design.free_spot(Some(vpc), w, h);
        let detached = design.nodes().find(|(_, node)| {
            let attached =
                node.parent.and_then(|parent| design.node(parent)).is_some_and(|parent| parent.kind() == Kind::Vpc);
            node.kind() == Kind::InternetGateway && !attached
        });
        let name = self.name(vpc);
        match detached {
            Some((id, gateway)) => {
                let gateway = &gateway.name;
                Fix {
                    title: message!(
                        "인터넷 게이트웨이 {gateway}을(를) VPC {name}에 연결하기",
                        "Attach internet gateway {gateway} to VPC {name}"
                    ),
                    edits: vec![Edit::Place { id, parent: Some(vpc), rect }],
                }
            }
            None => {
                let node = Node {
                    name: design.fresh_name("igw"),
                    parent: Some(vpc),
                    rect,
                    body: Kind::InternetGateway.new_body(),
                    origin: String::new(),
                };
                Fix {
                    title: message!(
                        "VPC {name}에 인터넷 게이트웨이 만들기",
                        "Create an internet gateway in VPC {name}"
                    ),
                    edits: vec![Edit::add(design.next_id(), node)],
                }
            }
        }
    }
}

/// The ICMP messages that a new rule should admit.
fn messages(packet: &Packet) -> IcmpType {
    if packet.protocol == Protocol::Icmp { IcmpType::from_numbers(packet.ports) } else { IcmpType::ALL }
}

/// A free number for a rule that comes before another, or else at the usual distance.
fn before(rules: &[AclRule], other: Option<u16>) -> Option<u16> {
    let taken = |number: &u16| rules.iter().any(|rule| rule.number == *number);
    match other {
        Some(other) => (1..other).rev().find(|number| !taken(number)),
        None => (100..=32_766).step_by(10).find(|number| !taken(number)),
    }
}
