//! The smallest edit that opens what blocks.
use super::explain::Explain;
use super::filter::{AclVerdict, Direction, Peer};
use super::network::{RouteNet, SubnetNet};
use crate::catalog::kinds::{
    AclAction, AclRule, GroupRule, Instance, NatGateway, NetworkAcl, Route, RouteTable, SecurityGroup, VpcEndpoint,
};
use crate::catalog::{FieldValue, Kind, Value};
use crate::design::{Edit, Fix, Node};
use crate::id::NodeId;
use crate::net::{AnyCidr, Cidr, IcmpType, PortRange, Protocol};
use crate::{id_of, message};

/// A rule for just this traffic in the first group that can be edited: from the peer's group where the peer is a member of one, else from its address.
pub(super) fn open_group(explain: &Explain<'_>, groups: &[NodeId], direction: Direction, peer: Peer) -> Option<Fix> {
    let packet = explain.packet;
    let group = *groups
        .iter()
        .find(|group| explain.design.node(**group).is_some_and(|node| node.kind() == Kind::SecurityGroup))?;
    let peer_group = peer.interface.and_then(|ix| explain.net.interfaces.get(ix)).and_then(|interface| {
        let editable =
            |group: &&NodeId| explain.design.node(**group).is_some_and(|node| node.kind() == Kind::SecurityGroup);
        interface.groups.as_ref()?.iter().find(editable).copied()
    });
    let laptop = explain.net.laptops.values().find(|block| block.contains_addr(peer.address));
    let block = match (peer_group, laptop) {
        (Some(_), _) => None,
        (None, Some(laptop)) => Some(AnyCidr::V4(*laptop)),
        (None, None) if Cidr::host(peer.address).is_private() => Some(AnyCidr::V4(Cidr::host(peer.address))),
        (None, None) => Some(AnyCidr::default()),
    };
    let ports = if explain.has_ports() { packet.ports } else { PortRange::ALL };
    let rule = GroupRule {
        protocol: packet.protocol,
        ports,
        icmp: messages(explain),
        cidr: block,
        group: peer_group,
        prefix_list: None,
        address_of: None,
        description: String::new(),
    };
    let field =
        if direction == Direction::Inbound { id_of!(SecurityGroup.inbound) } else { id_of!(SecurityGroup.outbound) };
    let mut rows = explain.design.node(group)?.body.value(field)?.items().to_vec();
    rows.push(rule.to_value());
    let name = explain.name(group);
    let from = peer_group.map_or_else(
        || block.map(|block| block.to_string()).unwrap_or_default(),
        |group| explain.name(group).to_owned(),
    );
    let what = super::explain::traffic_in_words(packet.protocol, packet.ports);
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

/// An allow rule for just this traffic, numbered before the rule that denies.
pub(super) fn open_acl(
    explain: &Explain<'_>,
    subnet: &SubnetNet,
    direction: Direction,
    verdict: AclVerdict,
) -> Option<Fix> {
    let acl_id = subnet.acl?;
    let acl: &NetworkAcl = explain.design.get(acl_id)?;
    let (field, rules) = if direction == Direction::Inbound {
        (id_of!(NetworkAcl.inbound), &acl.inbound)
    } else {
        (id_of!(NetworkAcl.outbound), &acl.outbound)
    };
    let taken = |number: u16| rules.iter().any(|rule| rule.number == number);
    let number = match verdict.rule {
        Some(denies) => (1..denies).rev().find(|number| !taken(*number))?,
        None => (1..=32_766).step_by(10).map(|n| n + 99).find(|number| *number <= 32_766 && !taken(*number))?,
    };
    let peer = if direction == Direction::Inbound { explain.packet.source } else { explain.packet.destination };
    let cidr =
        if Cidr::host(peer).is_private() { AnyCidr::V4(vpc_block(explain, subnet, peer)) } else { AnyCidr::default() };
    let ports = if explain.has_ports() { explain.packet.ports } else { PortRange::ALL };
    let mut rows = rules.clone();
    rows.push(AclRule {
        number,
        action: AclAction::Allow,
        protocol: explain.packet.protocol,
        ports,
        icmp: messages(explain),
        cidr,
    });
    rows.sort_by_key(|rule| rule.number);
    let name = explain.name(acl_id);
    let title = message!(
        "네트워크 ACL {name}에 허용 규칙 {number}번 추가하기",
        "Add allow rule {number} to network ACL {name}"
    );
    Some(Fix { title, edits: vec![Edit::set(acl_id, field, rows.to_value())] })
}

/// The ICMP messages that a new rule should admit.
fn messages(explain: &Explain<'_>) -> IcmpType {
    let is_icmp = explain.packet.protocol == Protocol::Icmp;
    if is_icmp { IcmpType::from_numbers(explain.packet.ports) } else { IcmpType::ALL }
}

/// The block of the VPC that a private peer lies in, else just the peer: an ACL is about networks, not about one host.
fn vpc_block(explain: &Explain<'_>, subnet: &SubnetNet, peer: std::net::Ipv4Addr) -> Cidr {
    let blocks = explain.net.vpcs.get(&subnet.vpc).map_or(&[][..], Vec::as_slice);
    blocks.iter().find(|block| block.contains_addr(peer)).copied().unwrap_or_else(|| Cidr::host(peer))
}

/// A default route in the subnet's table: to a NAT gateway where the VPC has one elsewhere and the subnet looks private, else to the internet gateway.
pub(super) fn add_route(explain: &Explain<'_>, subnet: &SubnetNet) -> Option<Fix> {
    let table_id = subnet.table?;
    let table: &RouteTable = explain.design.get(table_id)?;
    let (destination, target) = match to_peer(explain, subnet) {
        Some(peer) => peer,
        None if Cidr::host(explain.packet.destination).is_private() => return None,
        None => (AnyCidr::default(), way_out(explain, subnet)?),
    };
    let mut routes = table.routes.clone();
    routes.push(Route { destination, target: Some(target), ..Route::default() });
    let (table_name, target_name) = (explain.name(table_id), explain.name(target));
    let title = message!(
        "라우팅 테이블 {table_name}에 {destination} → {target_name} 라우팅 추가하기",
        "Add route {destination} → {target_name} to route table {table_name}"
    );
    Some(Fix { title, edits: vec![Edit::set(table_id, id_of!(RouteTable.routes), routes.to_value())] })
}

/// The block of a peered VPC that holds the destination, and the peering connection that leads there.
fn to_peer(explain: &Explain<'_>, subnet: &SubnetNet) -> Option<(AnyCidr, NodeId)> {
    explain.net.peerings.iter().find_map(|(id, peering)| {
        let blocks = explain.net.vpcs.get(&peering.other(subnet.vpc)?)?;
        let block = blocks.iter().find(|block| block.contains_addr(explain.packet.destination))?;
        Some((AnyCidr::V4(*block), *id))
    })
}

/// The route table among those that lead to a gateway endpoint.
pub(super) fn associate(explain: &Explain<'_>, endpoint: NodeId, table: NodeId) -> Option<Fix> {
    let mut tables = explain.design.get::<VpcEndpoint>(endpoint)?.route_tables.clone();
    tables.push(table);
    let (name, table_name) = (explain.name(endpoint), explain.name(table));
    let title = message!(
        "엔드포인트 {name}에 라우팅 테이블 {table_name} 연결하기",
        "Associate route table {table_name} with endpoint {name}"
    );
    Some(Fix { title, edits: vec![Edit::set(endpoint, id_of!(VpcEndpoint.route_tables), tables.to_value())] })
}

/// The blackhole's row led to what the subnet should go out through.
pub(super) fn retarget(explain: &Explain<'_>, subnet: &SubnetNet, route: RouteNet) -> Option<Fix> {
    let table_id = subnet.table?;
    let table: &RouteTable = explain.design.get(table_id)?;
    let target = way_out(explain, subnet)?;
    let mut routes = table.routes.clone();
    routes.get_mut(route.row?)?.target = Some(target);
    let (destination, target_name) = (route.destination, explain.name(target));
    let title = message!(
        "{destination} 라우팅의 대상을 {target_name}(으)로 바꾸기",
        "Lead route {destination} to {target_name}"
    );
    Some(Fix { title, edits: vec![Edit::set(table_id, id_of!(RouteTable.routes), routes.to_value())] })
}

fn way_out(explain: &Explain<'_>, subnet: &SubnetNet) -> Option<NodeId> {
    let gateway = explain.net.internet_gateways.get(&subnet.vpc).copied();
    let addressed = |ix: &super::network::Interface| {
        explain.net.subnets.get(ix.subnet).is_some_and(|of| of.node == subnet.node) && ix.public.is_some()
    };
    if explain.net.interfaces.iter().any(addressed) {
        return gateway;
    }
    let elsewhere = |id: &NodeId| {
        explain.design.ancestor(*id, Kind::Subnet) != Some(subnet.node)
            && explain.design.ancestor(*id, Kind::Vpc) == Some(subnet.vpc)
    };
    explain.design.all::<NatGateway>().map(|(id, ..)| id).find(elsewhere).or(gateway)
}

/// Source/destination check off.
pub(super) fn forward(explain: &Explain<'_>, appliance: NodeId) -> Fix {
    let name = explain.name(appliance);
    let title = message!("{name}의 원본/대상 확인 끄기", "Turn off {name}'s source/destination check");
    Fix { title, edits: vec![Edit::set(appliance, id_of!(Instance.source_dest_check), false)] }
}

/// A public address for an instance. Anything else gets its address another way.
pub(super) fn public_address(explain: &Explain<'_>, owner: NodeId) -> Option<Fix> {
    explain.design.get::<Instance>(owner)?;
    let name = explain.name(owner);
    let title = message!("{name}에 퍼블릭 IP 할당하기", "Assign a public IP to {name}");
    Some(Fix { title, edits: vec![Edit::set(owner, id_of!(Instance.public_ip), "yes")] })
}

/// An internet gateway in the VPC: a detached one if there is one, else a new one.
pub(super) fn internet_gateway(explain: &Explain<'_>, vpc: NodeId) -> Option<Fix> {
    let design = explain.design;
    let (w, h) = Kind::InternetGateway.spec().shape.size();
    let rect = design.free_spot(Some(vpc), w, h);
    let detached = design.nodes().find(|(_, node)| {
        let attached =
            node.parent.and_then(|parent| design.node(parent)).is_some_and(|parent| parent.kind() == Kind::Vpc);
        node.kind() == Kind::InternetGateway && !attached
    });
    let name = explain.name(vpc);
    Some(match detached {
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
                title: message!("VPC {name}에 인터넷 게이트웨이 만들기", "Create an internet gateway in VPC {name}"),
                edits: vec![Edit::add(design.next_id(), node)],
            }
        }
    })
}
