//! Sentences for what blocks: what is wrong, at which component, and what to do. Codes are those of AWS Reachability Analyzer.
//!
//! See <https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html>.

use super::filter::{AclVerdict, Direction, Peer, rules};
use super::network::{InterfaceIx, Network, RouteNet, SubnetNet};
use super::packet::{Blocker, Packet, Remedy};
use crate::catalog::kinds::{InternetGateway, RouteTable, TransitGateway};
use crate::design::Design;
use crate::id::NodeId;
use crate::message;
use crate::net::{Cidr, IcmpType, PortRange, Protocol};
use crate::text::Message;

/// Addresses that carriers share among their customers (RFC 6598), private as far as the internet is concerned.
pub(super) const SHARED: Cidr = Cidr::literal(100, 64, 0, 0, 10);

/// What a sentence can draw on.
pub struct Explain<'a> {
    pub(super) design: &'a Design,
    pub(super) net: &'a Network,
    pub(super) packet: Packet,
    /// Whether the packet is an answer.
    pub(super) answer: bool,
}

/// Traffic in words: "TCP 443", "ICMP echo request (ping)", "all of TCP". Port 0 stands for a stretch of ports that begins there, and is not said.
pub(super) fn traffic_in_words(protocol: Protocol, numbers: PortRange) -> Message {
    let (ko, en) = protocol.label();
    if protocol.has_ports() && numbers.is_all() {
        return message!("{ko} 전체", "all of {en}");
    }
    if !protocol.is_numbered() || numbers.is_all() || protocol.has_ports() && numbers == PortRange::single(0) {
        return Message { ko, en };
    }
    if protocol != Protocol::Icmp {
        return Message { ko: format!("{ko} {numbers}"), en: format!("{en} {numbers}") };
    }
    match IcmpType::from_numbers(numbers) {
        IcmpType::ECHO_REQUEST => message!("ICMP 에코 요청(ping)", "ICMP echo request (ping)"),
        IcmpType::ECHO_REPLY => message!("ICMP 에코 응답", "ICMP echo reply"),
        _ => {
            let kind = protocol.in_words(numbers);
            message!("ICMP 유형 {kind}", "ICMP type {kind}")
        }
    }
}

impl Explain<'_> {
    fn blocker(&self, code: &'static str, component: Option<NodeId>, message: Message, fix: Option<Remedy>) -> Blocker {
        Blocker::new(code, component, message).with(fix)
    }

    /// A resource's name; empty if it is gone.
    pub(super) fn name(&self, id: NodeId) -> &str {
        self.design.node(id).map_or("", |node| node.name.as_str())
    }

    /// An address in words.
    pub(super) fn spoken(&self, address: std::net::Ipv4Addr) -> Message {
        super::spoken(self.design, self.net, address)
    }

    /// The traffic in words: "TCP 443".
    pub(super) fn traffic(&self) -> Message {
        traffic_in_words(self.packet.protocol, self.packet.ports)
    }

    /// An address with the name of who holds it.
    fn holder(&self, vpc: Option<NodeId>, address: std::net::Ipv4Addr) -> Message {
        let inside = vpc.and_then(|vpc| self.net.by_private(vpc, address));
        match inside.and_then(|ix| self.net.interface(ix)) {
            Some((interface, _)) => Message::plain(format!("{} ({address})", self.name(interface.node))),
            None => self.spoken(address),
        }
    }

    pub(super) fn group_denies(&self, ix: InterfaceIx, direction: Direction, peer: Peer) -> Blocker {
        let Some((interface, subnet)) = self.net.interface(ix) else { return self.gone() };
        let groups = interface.groups.clone().unwrap_or_default();
        let owner = self.name(interface.node);
        let listed = groups.iter().map(|group| self.group_name(*group, subnet.vpc)).collect::<Vec<_>>().join(", ");
        let traffic = self.traffic();
        let peer_name = self.holder(Some(subnet.vpc), peer.address);
        let empty = groups.iter().all(|group| rules(self.net, *group, direction).is_empty());
        let code = if empty { "SG_HAS_NO_RULES" } else { "ENI_SG_RULES_MISMATCH" };
        let message = match direction {
            Direction::Inbound => Message::new(
                &format!(
                    "{owner}의 보안 그룹({listed})에 {}에서 오는 {}을(를) 허용하는 인바운드 규칙이 없어요. 규칙을 추가하세요.",
                    peer_name.ko, traffic.ko
                ),
                format!(
                    "No inbound rule of {owner}'s security groups ({listed}) admits {} from {}. Add one.",
                    traffic.en, peer_name.en
                ),
            ),
            Direction::Outbound => Message::new(
                &format!(
                    "{owner}의 보안 그룹({listed})에 {}(으)로 가는 {}을(를) 허용하는 아웃바운드 규칙이 없어요. 규칙을 추가하세요.",
                    peer_name.ko, traffic.ko
                ),
                format!(
                    "No outbound rule of {owner}'s security groups ({listed}) admits {} to {}. Add one.",
                    traffic.en, peer_name.en
                ),
            ),
        };
        let component = groups.first().copied();
        let fix = Remedy::Group { groups, direction, peer, packet: self.packet };
        self.blocker(code, component, message, Some(fix))
    }

    fn group_name(&self, group: NodeId, vpc: NodeId) -> String {
        if group == vpc { "default".to_owned() } else { self.name(group).to_owned() }
    }

    pub(super) fn acl_denies(&self, subnet: &SubnetNet, direction: Direction, verdict: AclVerdict) -> Blocker {
        let acl = subnet.acl.map_or("", |acl| self.name(acl));
        let (subnet_name, ports) = (self.name(subnet.node), verdict.ports);
        let Message { ko: traffic_ko, en: traffic_en } = traffic_in_words(self.packet.protocol, ports);
        let rule_ko =
            verdict.rule.map_or_else(|| "어느 규칙에도 맞지 않아서".to_owned(), |number| format!("규칙 {number}번이"));
        let rule_en =
            verdict.rule.map_or_else(|| "no rule matches, so it".to_owned(), |number| format!("rule {number}"));
        let (way_ko, way_en) = match direction {
            Direction::Inbound => ("인바운드", "inbound"),
            Direction::Outbound => ("아웃바운드", "outbound"),
        };
        let (what_ko, what_en) = if self.answer {
            (
                " 네트워크 ACL은 상태를 기억하지 않아서, 응답이 돌아가는 임시 포트도 허용해야 해요.",
                " Network ACLs are stateless: the ephemeral ports of the reply must be allowed too.",
            )
        } else {
            (" 앞 번호로 허용 규칙을 추가하세요.", " Add an allow rule with a lower number.")
        };
        let message = Message::new(
            &format!(
                "서브넷 {subnet_name}의 네트워크 ACL {acl}에서 {way_ko} {traffic_ko}을(를) {rule_ko} 거부해요.{what_ko}"
            ),
            format!("Network ACL {acl} of subnet {subnet_name}: {rule_en} denies {way_en} {traffic_en}.{what_en}"),
        );
        let fix = subnet.acl.map(|acl| Remedy::Acl {
            acl,
            vpc: subnet.vpc,
            direction,
            denied_by: verdict.rule,
            packet: self.packet,
        });
        self.blocker("SUBNET_ACL_RESTRICTION", subnet.acl.or(Some(subnet.node)), message, fix)
    }

    pub(super) fn no_route(&self, subnet: &SubnetNet) -> Blocker {
        let destination = self.spoken(self.packet.destination);
        let (ko, en) = (destination.ko, destination.en);
        let subnet_name = self.name(subnet.node);
        let message = match subnet.table {
            Some(table) => {
                let table = self.name(table);
                message!(
                    "서브넷 {subnet_name}의 라우팅 테이블 {table}에 {ko}(으)로 가는 라우팅이 없어요. 라우팅을 추가하세요.",
                    "Route table {table} of subnet {subnet_name} has no route to {en}. Add one."
                )
            }
            None => message!(
                "서브넷 {subnet_name}은(는) VPC 안으로만 가는 기본 라우팅 테이블을 따라서 {ko}(으)로 갈 수 없어요. 라우팅 테이블을 연결하세요.",
                "Subnet {subnet_name} follows the implicit main route table, which leads only into the VPC, so {en} is out of reach. Associate a route table."
            ),
        };
        self.blocker(
            "NO_ROUTE_TO_DESTINATION",
            subnet.table.or(Some(subnet.node)),
            message,
            Some(Remedy::Route { subnet: subnet.node, row: None, destination: self.packet.destination }),
        )
    }

    pub(super) fn blackhole(&self, subnet: &SubnetNet, route: RouteNet) -> Blocker {
        let table = subnet.table.map_or("", |table| self.name(table));
        let destination = route.destination;
        let listed = subnet.table.and_then(|table| self.design.get::<RouteTable>(table));
        let row = listed.and_then(|table| table.routes.get(route.row?));
        let detached =
            row.and_then(|row| row.target).filter(|target| self.design.get::<InternetGateway>(*target).is_some());
        if let Some(gateway) = detached {
            let (gateway_name, vpc) = (self.name(gateway), self.name(subnet.vpc));
            let message = message!(
                "라우팅 테이블 {table}의 {destination} 라우팅이 인터넷 게이트웨이 {gateway_name}(으)로 가지만, 이 게이트웨이는 VPC {vpc}에 연결되어 있지 않아서 패킷이 버려져요. 게이트웨이를 VPC에 연결하세요.",
                "Route {destination} of route table {table} leads to internet gateway {gateway_name}, which is not attached to VPC {vpc}, so packets are dropped. Attach it."
            );
            let fix = Remedy::InternetGateway(subnet.vpc);
            return self.blocker("BAD_STATE_ROUTE", subnet.table, message, Some(fix));
        }
        let unattached =
            row.and_then(|row| row.target).filter(|target| self.design.get::<TransitGateway>(*target).is_some());
        if let Some(gateway) = unattached {
            return self.not_attached(subnet, gateway, destination);
        }
        let message = message!(
            "라우팅 테이블 {table}의 {destination} 라우팅이 블랙홀이에요. 가리키는 대상이 없거나 이 VPC에 연결되어 있지 않아요. 대상을 다시 고르세요.",
            "Route {destination} of route table {table} is a blackhole: its target is gone or not attached to this VPC. Choose another target."
        );
        let fix = Remedy::Route { subnet: subnet.node, row: route.row, destination: self.packet.destination };
        self.blocker("BAD_STATE_ROUTE", subnet.table, message, route.row.map(|_| fix))
    }

    pub(super) fn circle(&self, subnet: &SubnetNet) -> Blocker {
        let subnet_name = self.name(subnet.node);
        let message = message!(
            "라우팅이 서브넷 {subnet_name}에서 제자리를 돌아요. 라우팅 테이블의 대상을 확인하세요.",
            "The routes go in a circle at subnet {subnet_name}. Check the targets of its route table."
        );
        self.blocker("NO_PATH", Some(subnet.node), message, None)
    }

    pub(super) fn nobody_home(&self, vpc: NodeId) -> Blocker {
        let (destination, vpc_name) = (self.packet.destination, self.name(vpc));
        let message = message!(
            "{destination}은(는) VPC {vpc_name}의 주소지만 그 주소를 가진 인터페이스가 없어서 버려져요.",
            "{destination} lies in VPC {vpc_name}, but no interface holds it, so the packet is dropped."
        );
        self.blocker("NO_POSSIBLE_DESTINATION", Some(vpc), message, None)
    }

    pub(super) fn unsolicited(&self, nat: NodeId) -> Blocker {
        let name = self.name(nat);
        let message = message!(
            "NAT 게이트웨이 {name}은(는) 안에서 시작한 연결의 응답만 들여보내요. 밖에서 시작한 연결은 받지 않아요.",
            "NAT gateway {name} admits only answers to connections begun inside, never a connection from outside."
        );
        self.blocker("NO_POSSIBLE_DESTINATION", Some(nat), message, None)
    }

    pub(super) fn held_twice(&self, nat: NodeId, address: std::net::Ipv4Addr) -> Blocker {
        let name = self.name(nat);
        let message = message!(
            "주소 {address}을(를) {name}과(와) 처음 보낸 쪽이 함께 가지고 있어서 응답이 돌아갈 곳을 찾지 못해요. 서브넷의 CIDR 블록이 겹치지 않게 하세요.",
            "Both {name} and whoever began hold the address {address}, so the answer does not find its way back. Make the blocks of the subnets apart."
        );
        self.blocker("NO_POSSIBLE_DESTINATION", Some(nat), message, None)
    }

    pub(super) fn nat_from_own_subnet(&self, nat: NodeId) -> Blocker {
        let name = self.name(nat);
        let message = message!(
            "NAT 게이트웨이 {name}과(와) 같은 서브넷에서 보낸 패킷은 버려져요. 이 서브넷의 라우팅은 인터넷 게이트웨이로 가야 해요.",
            "Packets to NAT gateway {name} from its own subnet are dropped. That subnet's route must lead to the internet gateway."
        );
        self.blocker("NO_POSSIBLE_DESTINATION", Some(nat), message, None)
    }

    pub(super) fn nat_protocol(&self, nat: NodeId) -> Blocker {
        let name = self.name(nat);
        let traffic = self.traffic();
        let message = Message::new(
            &format!(
                "NAT 게이트웨이 {name}은(는) TCP, UDP, ICMP만 지나가게 해요. {}은(는) 지나갈 수 없어요.",
                traffic.ko
            ),
            format!("NAT gateway {name} carries TCP, UDP and ICMP only, not {}.", traffic.en),
        );
        self.blocker("PROTOCOL_RESTRICTION", Some(nat), message, None)
    }

    pub(super) fn source_dest_check(&self, appliance: NodeId) -> Blocker {
        let name = self.name(appliance);
        let message = message!(
            "인스턴스 {name}은(는) 원본/대상 확인이 켜져 있어서 남의 패킷을 전달하지 않아요. 원본/대상 확인을 끄세요.",
            "Instance {name} does not forward others' packets while its source/destination check is on. Turn it off."
        );
        let fix = Remedy::Forward(appliance);
        self.blocker("ENI_SOURCE_DEST_CHECK_RESTRICTION", Some(appliance), message, Some(fix))
    }

    pub(super) fn private_destination(&self, gateway: NodeId) -> Blocker {
        let (destination, name) = (self.packet.destination, self.name(gateway));
        let message = message!(
            "인터넷 게이트웨이 {name}은(는) 프라이빗 주소 {destination}(으)로 보내지 않아요.",
            "Internet gateway {name} sends nothing to the private address {destination}."
        );
        let shared = SHARED.contains_addr(destination);
        let code = if shared {
            "IGW_DESTINATION_ADDRESS_NOT_IN_RFC6598_EGRESS"
        } else {
            "IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS"
        };
        self.blocker(code, Some(gateway), message, None)
    }

    pub(super) fn no_public_address(&self, owner: NodeId, gateway: NodeId) -> Blocker {
        let (owner_name, gateway_name) = (self.name(owner), self.name(gateway));
        let message = message!(
            "{owner_name}에 퍼블릭 IP가 없어서 인터넷 게이트웨이 {gateway_name}을(를) 지나갈 수 없어요. 퍼블릭 IP를 할당하거나 탄력적 IP를 붙이세요.",
            "{owner_name} has no public address, so internet gateway {gateway_name} drops its packets. Assign a public IP or attach an Elastic IP."
        );
        self.blocker("IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS", Some(owner), message, Some(Remedy::PublicAddress(owner)))
    }

    pub(super) fn no_such_public_address(&self) -> Blocker {
        let destination = self.packet.destination;
        let message = if Cidr::host(destination).is_private() {
            message!(
                "{destination}은(는) 프라이빗 주소라서 인터넷에서 찾아갈 수 없어요. 퍼블릭 IP가 필요해요.",
                "{destination} is a private address and cannot be reached from the internet. A public address is needed."
            )
        } else {
            message!(
                "퍼블릭 주소 {destination}을(를) 가진 리소스가 없어요.",
                "No resource has the public address {destination}."
            )
        };
        let held = self.net.vpcs.keys().any(|vpc| self.net.holds(*vpc, destination));
        let code = match (Cidr::host(destination).is_private(), held) {
            (true, true) => "IGW_EXPECTS_PUBLIC_ADDRESS",
            (true, false) => "IGW_DESTINATION_ADDRESS_IN_VPC_CIDRS",
            (false, _) => "IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS",
        };
        self.blocker(code, None, message, None)
    }

    pub(super) fn not_public(&self, owner: NodeId) -> Blocker {
        let name = self.name(owner);
        let message = message!(
            "{name}에 퍼블릭 IP가 없어서 인터넷에서 찾아갈 수 없어요. 퍼블릭 IP를 할당하거나 탄력적 IP를 붙이세요.",
            "{name} has no public address, so it cannot be reached from the internet. Assign a public IP or attach an Elastic IP."
        );
        self.blocker("IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS", Some(owner), message, Some(Remedy::PublicAddress(owner)))
    }

    pub(super) fn no_internet_gateway(&self, vpc: NodeId) -> Blocker {
        let name = self.name(vpc);
        let message = message!(
            "VPC {name}에 연결된 인터넷 게이트웨이가 없어요. 인터넷 게이트웨이를 VPC 안에 두세요.",
            "No internet gateway is attached to VPC {name}. Put one into the VPC."
        );
        self.blocker("BAD_STATE_ATTACHMENT", Some(vpc), message, Some(Remedy::InternetGateway(vpc)))
    }

    pub(super) fn private_source(&self, owner: NodeId) -> Blocker {
        let source = self.packet.source;
        let held = self.net.interfaces.iter().any(|interface| interface.private == source);
        let message = if held {
            message!(
                "출발지 {source}은(는) 프라이빗 주소라서 인터넷을 거쳐 올 수 없어요.",
                "The source {source} is a private address and cannot come over the internet."
            )
        } else {
            message!(
                "출발지 {source}을(를) 가진 리소스가 없어서 밖에서 온 것으로 봤는데, 프라이빗 주소는 인터넷을 거쳐 올 수 없어요. 출발지를 리소스로 고르세요.",
                "No resource has the source address {source}, so it was taken to come from outside, and a private address cannot come over the internet. Choose a resource as the source."
            )
        };
        let code = if SHARED.contains_addr(source) {
            "IGW_SOURCE_ADDRESS_NOT_IN_RFC6598_INGRESS"
        } else {
            "IGW_SOURCE_ADDRESS_NOT_IN_RFC1918_INGRESS"
        };
        self.blocker(code, Some(owner), message, None)
    }

    pub(super) fn asymmetric(&self, from: NodeId, expected: std::net::Ipv4Addr) -> Blocker {
        let (name, source, expected) = (self.name(from), self.spoken(self.packet.source), self.spoken(expected));
        let (seen_ko, seen_en, expected_ko, expected_en) = (source.ko, source.en, expected.ko, expected.en);
        let message = message!(
            "{name}의 응답이 {expected_ko}이(가) 아니라 {seen_ko}에서 온 것처럼 보여서 상대가 버려요. 응답도 같은 길로 나가도록 서브넷의 라우팅을 인터넷 게이트웨이로 바꾸세요.",
            "The answer of {name} comes from {seen_en} instead of {expected_en}, so the other side drops it. Route its subnet through the internet gateway so that the answer goes the same way."
        );
        self.blocker("CANNOT_ROUTE", Some(from), message, None)
    }

    /// The packet arrived, and not where it was meant to: another VPC has the same addresses.
    pub(super) fn another_holder(&self, meant: InterfaceIx, arrived: Option<InterfaceIx>) -> Blocker {
        let name = |ix: InterfaceIx| self.net.interfaces.get(ix).map_or("", |interface| self.name(interface.node));
        let (meant_name, address) = (name(meant), self.packet.destination);
        let owner = self.net.interfaces.get(meant).map(|interface| interface.node);
        let message = match arrived {
            Some(arrived) => {
                let arrived = name(arrived);
                message!(
                    "패킷이 같은 주소({address})를 가진 {arrived}에 도착해요. {meant_name}에는 닿지 않아요. 두 VPC를 이으려면 주소가 겹치지 않아야 해요.",
                    "The packet arrives at {arrived}, which has the same address ({address}), and never at {meant_name}. VPCs that are to be connected must not share addresses."
                )
            }
            None => message!(
                "패킷이 {meant_name}이(가) 아닌 곳으로 가요.",
                "The packet goes somewhere else than to {meant_name}."
            ),
        };
        self.blocker("ENI_ADDRESS_RESTRICTION", owner, message, None)
    }

    /// Nothing joins the two VPCs, and the target has no public address.
    pub(super) fn disconnected(&self, from: NodeId, to: NodeId) -> Blocker {
        let (from, name) = (self.name(from), self.name(to));
        let message = message!(
            "VPC {from}과(와) VPC {name}을(를) 잇는 것이 없어요. 주소가 겹치지 않으면 피어링 연결으로 이을 수 있어요.",
            "Nothing connects VPC {from} to VPC {name}. If their addresses do not overlap, a VPC peering connection can."
        );
        self.blocker("DISCONNECTED_VPCS", Some(to), message, None)
    }

    fn gone(&self) -> Blocker {
        let message = message!("출발지나 목적지가 없어요.", "The source or the destination is missing.");
        self.blocker("NO_SOURCE_OR_DESTINATION", None, message, None)
    }
}
