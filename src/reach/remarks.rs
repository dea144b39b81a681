//! Sentences for what happens on a packet's way, and for the reasons behind what stops it.

use std::net::Ipv4Addr;

use super::explain::Explain;
use super::network::{InterfaceIx, Network, RouteNet, SubnetNet};
use super::packet::{Blocker, Remark, Walk};
use crate::design::Design;
use crate::id::NodeId;
use crate::message;
use crate::text::Message;

fn name(design: &Design, id: Option<NodeId>) -> &str {
    id.and_then(|id| design.node(id)).map_or("", |node| node.name.as_str())
}

/// From one public address to another: out of a gateway and in again.
pub(super) fn reflected(design: &Design, holder: Option<NodeId>, gateway: NodeId) -> Message {
    let (holder, gateway) = (name(design, holder), name(design, Some(gateway)));
    message!(
        "{holder}의 퍼블릭 주소로 가는 패킷이라 인터넷 게이트웨이 {gateway}(으)로 나갔다가 다시 들어와요. 받는 쪽에는 퍼블릭 주소에서 온 것으로 보여요.",
        "The packet is for the public address of {holder}, so it leaves by internet gateway {gateway} and comes back in. The receiver sees it come from a public address."
    )
}

pub(super) fn higher_priority(design: &Design, subnet: &SubnetNet, won: RouteNet) -> Message {
    let (table, destination) = (name(design, subnet.table), won.destination);
    message!(
        "라우팅 테이블 {table}에 {destination} 경로가 여럿이고, 그중 우선하는 하나만 쓰여요.",
        "Route table {table} has several routes to {destination}, and only the one of higher priority is used."
    )
}

pub(super) fn more_specific(design: &Design, subnet: &SubnetNet, won: RouteNet, other: RouteNet) -> Message {
    let (table, destination, wider) = (name(design, subnet.table), won.destination, other.destination);
    message!(
        "라우팅 테이블 {table}에서 더 구체적인 {destination} 경로가 {wider} 경로를 이겨요.",
        "In route table {table} the more specific route {destination} wins over {wider}."
    )
}

pub(super) fn only_local(design: &Design, net: &Network, subnet: &SubnetNet, destination: Ipv4Addr) -> Message {
    let blocks = net.vpcs.get(&subnet.vpc).map_or(&[][..], Vec::as_slice);
    let blocks = blocks.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let destination = super::spoken(design, net, destination);
    let (ko, en) = (destination.ko, destination.en);
    message!(
        "local 경로는 VPC의 주소({blocks})로만 가요. {ko}은(는) 그 밖이에요.",
        "The local route leads only to addresses of the VPC ({blocks}), and {en} lies outside."
    )
}

/// What a NAT gateway does to a header.
pub(super) fn translated(
    design: &Design,
    net: &Network,
    nat: NodeId,
    destination: Ipv4Addr,
) -> [(&'static str, Message); 3] {
    let (nat, destination) = (name(design, Some(nat)), super::spoken(design, net, destination));
    let (ko, en) = (destination.ko, destination.en);
    [
        (
            "NGW_SOURCE_ADDRESS_REASSIGN",
            message!(
                "NAT 게이트웨이 {nat}이(가) 출발지 주소를 자기 주소로 바꿔요.",
                "NAT gateway {nat} puts its own address in place of the source."
            ),
        ),
        (
            "REMAP_EPHEMERAL_PORT",
            message!(
                "NAT 게이트웨이 {nat}이(가) 출발지 포트를 1024-65535 가운데 하나로 바꿔요.",
                "NAT gateway {nat} changes the source port to one of 1024-65535."
            ),
        ),
        (
            "NGW_DEST_ADDRESS_PRESERVATION",
            message!(
                "NAT 게이트웨이 {nat}은(는) 목적지({ko})를 그대로 둬요.",
                "NAT gateway {nat} leaves the destination ({en}) as it is."
            ),
        ),
    ]
}

/// Most ICMP messages are never answered.
pub(super) fn one_way(forward: &Walk) -> Remark {
    Remark {
        code: "UNIDIRECTIONAL_PATH_ANALYSIS_ONLY",
        component: None,
        step: forward.steps.len().saturating_sub(1),
        message: message!(
            "이 ICMP 메시지에는 응답이 없어서 가는 길만 봤어요.",
            "Nobody answers this ICMP message, so only the way there was looked at."
        ),
    }
}

impl Explain<'_> {
    /// A rule names the sender's group, and something on the way hides who the sender is.
    pub(super) fn member_hidden(&self, ix: InterfaceIx, origin: InterfaceIx, group: NodeId) -> Blocker {
        let owner = |ix: InterfaceIx| self.net.interfaces.get(ix).map_or("", |of| self.name(of.node));
        let (receiver, sender, group_name) = (owner(ix), owner(origin), self.name(group));
        let message = message!(
            "{receiver}의 규칙은 보안 그룹 {group_name}에서 오는 것을 허용하지만, 오는 길에 주소가 바뀌거나 중간 장비를 거쳐서 {sender}이(가) 그 그룹에 속한다는 것을 알 수 없어요. 보이는 주소를 허용하세요.",
            "A rule of {receiver} admits security group {group_name}, but on the way {sender}'s address changes or something in the middle passes it on, so nobody can tell that it is a member. Admit the address that shows."
        );
        let component = self.net.interfaces.get(ix).and_then(|of| of.groups.as_ref()?.first().copied());
        Blocker::new("SG_REFERENCES_NOT_PRESERVED", component, message)
    }

    /// A NAT gateway serves its own VPC alone.
    pub(super) fn nat_of_peer(&self, nat: NodeId, peer: NodeId) -> Blocker {
        let (name, vpc) = (self.name(nat), self.name(peer));
        let message = message!(
            "NAT 게이트웨이 {name}은(는) VPC {vpc} 안에서 시작한 연결만 내보내요. 피어링으로 들어온 연결은 내보내지 않아요. 이쪽 VPC에 NAT 게이트웨이를 두세요.",
            "NAT gateway {name} serves only what begins in VPC {vpc}, never what comes by peering. Put a NAT gateway into this VPC."
        );
        Blocker::new("NGW_REQUIRES_SOURCE_IN_VPC", Some(nat), message)
    }
}
