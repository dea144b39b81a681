//! Sentences for what happens at transit gateways.

use super::explain::Explain;
use super::network::SubnetNet;
use super::packet::{Blocker, Remedy};
use super::transit::TransitRouteNet;
use crate::catalog::FieldValue;
use crate::catalog::kinds::{TransitGatewayAttachment, TransitGatewayPeering, TransitGatewayRouteTable, TransitRoute};
use crate::design::{Design, Edit, Fix};
use crate::id::NodeId;
use crate::text::Message;
use crate::{id_of, message};

fn name(design: &Design, id: NodeId) -> &str {
    design.node(id).map_or("", |node| node.name.as_str())
}

/// A table in words: the default one goes by its gateway.
fn table_name(design: &Design, table: NodeId) -> Message {
    let called = name(design, table);
    if design.get::<TransitGatewayRouteTable>(table).is_some() {
        message!("전송 게이트웨이 라우팅 테이블 {called}", "transit gateway route table {called}")
    } else {
        message!("전송 게이트웨이 {called}의 기본 라우팅 테이블", "the default route table of transit gateway {called}")
    }
}

pub(super) fn higher_priority(design: &Design, table: NodeId, won: TransitRouteNet) -> Message {
    let (Message { ko, en }, destination) = (table_name(design, table), won.destination);
    message!(
        "{ko}에 {destination} 라우팅이 여럿이고, 정적 라우팅이 전파된 것을 이겨요.",
        "There are several routes to {destination} in {en}; a static one wins over what was propagated."
    )
}

pub(super) fn more_specific(design: &Design, table: NodeId, won: TransitRouteNet, other: TransitRouteNet) -> Message {
    let (Message { ko, en }, destination, wider) = (table_name(design, table), won.destination, other.destination);
    message!(
        "{ko}에서 더 구체적인 {destination} 라우팅이 {wider} 라우팅을 이겨요.",
        "In {en} the more specific route {destination} wins over {wider}."
    )
}

impl Explain<'_> {
    /// A route to a gateway that the VPC is not attached to.
    pub(super) fn not_attached(&self, subnet: &SubnetNet, gateway: NodeId, destination: crate::net::Cidr) -> Blocker {
        let (table, vpc) = (subnet.table.map_or("", |table| self.name(table)), self.name(subnet.vpc));
        let gateway = self.name(gateway);
        let message = message!(
            "라우팅 테이블 {table}의 {destination} 라우팅이 전송 게이트웨이 {gateway}(으)로 가지만, VPC {vpc}이(가) 이 게이트웨이에 연결되어 있지 않아서 패킷이 버려져요. 전송 게이트웨이 연결을 만드세요.",
            "Route {destination} of route table {table} leads to transit gateway {gateway}, to which VPC {vpc} is not attached, so packets are dropped. Create an attachment."
        );
        Blocker::new("BAD_STATE_ROUTE", subnet.table, message)
    }

    pub(super) fn attachment_without_subnet(&self, vpc: NodeId, gateway: NodeId) -> Blocker {
        let attachment = self.net.transit.attachment_of(vpc, gateway);
        let (called, vpc) = (attachment.map_or("", |id| self.name(id)), self.name(vpc));
        let message = message!(
            "전송 게이트웨이 연결 {called}에 서브넷이 없어서 VPC {vpc}에서 쓰지 못해요. 가용 영역마다 서브넷을 하나씩 고르세요.",
            "Transit gateway attachment {called} has no subnet, so VPC {vpc} cannot use it. Choose a subnet in each zone."
        );
        Blocker::new("BAD_STATE_ATTACHMENT", attachment.or(Some(gateway)), message)
    }

    pub(super) fn zone_not_attached(&self, attachment: NodeId, subnet: &SubnetNet) -> Blocker {
        let (called, subnet_name) = (self.name(attachment), self.name(subnet.node));
        let zone = self.net.zones.get(&subnet.node).map_or("", String::as_str);
        let message = message!(
            "전송 게이트웨이 연결 {called}에 가용 영역 {zone}의 서브넷이 없어서, 그 영역에 있는 서브넷 {subnet_name}에서는 전송 게이트웨이를 쓰지 못해요. 그 영역의 서브넷을 연결에 추가하세요.",
            "Transit gateway attachment {called} has no subnet in zone {zone}, so subnet {subnet_name} there cannot use the gateway. Add a subnet of that zone to it."
        );
        let of = self.design.get::<TransitGatewayAttachment>(attachment);
        let fix = of.map(|of| {
            let mut subnets = of.subnets.clone();
            subnets.push(subnet.node);
            let title = message!(
                "전송 게이트웨이 연결 {called}에 서브넷 {subnet_name} 추가하기",
                "Add subnet {subnet_name} to transit gateway attachment {called}"
            );
            let edits = vec![Edit::set(attachment, id_of!(TransitGatewayAttachment.subnets), subnets.to_value())];
            Remedy::Ready(Fix { title, edits })
        });
        Blocker::new("TGW_ROUTE_AZ_RESTRICTION", Some(attachment), message).with(fix)
    }

    pub(super) fn zone_not_known(&self, attachment: NodeId, subnet: &SubnetNet) -> Blocker {
        let (called, subnet_name) = (self.name(attachment), self.name(subnet.node));
        let message = message!(
            "서브넷 {subnet_name}의 가용 영역에 전송 게이트웨이 연결 {called}의 서브넷이 있는지 알 수 없어요. 서브넷들을 가용 영역 안에 두면 알 수 있어요.",
            "Whether transit gateway attachment {called} has a subnet in the zone of subnet {subnet_name} is not known. Put the subnets into zones to settle it."
        );
        Blocker::unknown("TGW_ROUTE_AZ_RESTRICTION", Some(attachment), message)
    }

    pub(super) fn transit_circle(&self, gateway: NodeId) -> Blocker {
        let name = self.name(gateway);
        let message = message!(
            "라우팅이 전송 게이트웨이 {name}에서 제자리를 돌아요. 라우팅 테이블을 확인하세요.",
            "The routes go in a circle at transit gateway {name}. Check the route tables."
        );
        Blocker::new("NO_PATH", Some(gateway), message)
    }

    /// Routes that are not described; `holder` is the table or the gateway.
    pub(super) fn transit_unknown(&self, holder: NodeId, gateway: NodeId) -> Blocker {
        let (name, destination) = (self.name(gateway), self.spoken(self.packet.destination));
        let (ko, en) = (destination.ko, destination.en);
        let message = message!(
            "전송 게이트웨이 {name}의 라우팅을 다 알지 못해서 {ko}(으)로 가는지 알 수 없어요. 라우팅 테이블과 연결을 함께 그리면 알 수 있어요.",
            "Not all routes of transit gateway {name} are known, so whether one leads to {en} is not known. Draw its route tables and attachments to settle it."
        );
        Blocker::unknown("TGW_RTB_ROUTES_ARE_UNKNOWN", Some(holder), message)
    }

    pub(super) fn not_associated(&self, attachment: NodeId, gateway: NodeId) -> Blocker {
        let (called, gateway_name) = (self.name(attachment), self.name(gateway));
        let open = self.design.template().is_some_and(|original| {
            original.is_open(self.design, attachment, Some(id_of!(TransitGatewayAttachment.association)))
        });
        if open {
            return self.transit_unknown(attachment, gateway);
        }
        let message = message!(
            "{called}이(가) 전송 게이트웨이 {gateway_name}의 어느 라우팅 테이블에도 연결되어 있지 않아서, 여기서 온 패킷이 버려져요. 라우팅 테이블에 연결하세요.",
            "{called} is associated with no route table of transit gateway {gateway_name}, so packets from it are dropped. Associate one."
        );
        Blocker::new("TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION", Some(attachment), message)
    }

    pub(super) fn no_transit_route(&self, table: NodeId, from: NodeId) -> Blocker {
        let (Message { ko, en }, destination) = (table_name(self.design, table), self.packet.destination);
        let from = self.name(from);
        let message = message!(
            "{from}이(가) 따르는 {ko}에 {destination}(으)로 가는 라우팅이 없어요. 그쪽 연결을 이 테이블에 전파하거나 정적 라우팅을 추가하세요.",
            "There is no route to {destination} in {en}, which {from} follows. Propagate the attachment there to it, or add a static route."
        );
        Blocker::new("TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT", Some(table), message).with(self.propagate(table))
    }

    /// Lets the attachment of the VPC that holds the destination make itself known to a table.
    fn propagate(&self, table: NodeId) -> Option<Remedy> {
        let gateway = self.design.get::<TransitGatewayRouteTable>(table)?.gateway?;
        let there = |vpc: &&NodeId| self.net.by_private(**vpc, self.packet.destination).is_some();
        let vpc =
            self.net.vpcs.keys().filter(there).find(|vpc| self.net.transit.attachment_of(**vpc, gateway).is_some());
        let attachment = self.net.transit.attachment_of(*vpc?, gateway)?;
        let mut tables = self.design.get::<TransitGatewayAttachment>(attachment)?.propagations.clone();
        tables.push(table);
        let (called, table_name) = (self.name(attachment), self.name(table));
        let title = message!(
            "{called}을(를) 라우팅 테이블 {table_name}에 전파하기",
            "Propagate {called} to route table {table_name}"
        );
        let edits = vec![Edit::set(attachment, id_of!(TransitGatewayAttachment.propagations), tables.to_value())];
        Some(Remedy::Ready(Fix { title, edits }))
    }

    pub(super) fn transit_blackhole(&self, table: NodeId, route: TransitRouteNet) -> Blocker {
        let (Message { ko, en }, destination) = (table_name(self.design, table), route.destination);
        let listed = self.design.get::<TransitGatewayRouteTable>(table);
        let meant = listed.and_then(|of| of.routes.get(route.row?)).is_some_and(|route| route.blackhole);
        let message = if meant {
            message!(
                "{ko}의 {destination} 라우팅이 블랙홀이라 패킷이 버려져요. 막으려던 것이 아니면 지우세요.",
                "Route {destination} in {en} is a blackhole and drops packets. Remove it if they are not meant to be dropped."
            )
        } else {
            message!(
                "{ko}의 {destination} 라우팅이 가리키는 연결이 없어서 패킷이 버려져요. 연결을 다시 고르세요.",
                "The attachment of route {destination} in {en} is gone, so packets are dropped. Choose another."
            )
        };
        Blocker::new("TGW_RTB_BAD_STATE_ROUTE", Some(table), message)
    }

    pub(super) fn transit_beyond(&self, table: NodeId, route: TransitRouteNet) -> Blocker {
        let (Message { ko, en }, destination) = (table_name(self.design, table), route.destination);
        let listed = self.design.get::<TransitGatewayRouteTable>(table);
        let row = listed.and_then(|of| of.routes.get(route.row?));
        let outside = row.and_then(TransitRoute::beyond).unwrap_or_default();
        let message = message!(
            "{ko}의 {destination} 라우팅이 {outside}(으)로 나가요. 그 너머의 네트워크는 그려져 있지 않아서 닿는지 알 수 없어요. 그 너머까지 그리거나 그쪽에서 확인하세요.",
            "Route {destination} in {en} leaves by {outside}. The network beyond is not described, so whether anything there is reached is not known. Describe it, or look from its side."
        );
        Blocker::unknown("UNKNOWN_DESTINATION", Some(table), message)
    }

    pub(super) fn transit_peering_inactive(&self, id: NodeId) -> Blocker {
        let name = self.name(id);
        let message = message!(
            "전송 게이트웨이 피어링 {name}이(가) 아직 수락되지 않아서 패킷이 지나갈 수 없어요. 수락자 쪽에서 수락하세요.",
            "Transit gateway peering {name} is not accepted yet and carries nothing. Accept it on the accepter's side."
        );
        let title = message!("전송 게이트웨이 피어링 {name} 수락하기", "Accept transit gateway peering {name}");
        let edits = vec![Edit::set(id, id_of!(TransitGatewayPeering.accepted), true)];
        Blocker::new("BAD_STATE_ATTACHMENT", Some(id), message).with(Some(Remedy::Ready(Fix { title, edits })))
    }

    /// A rule names a group of the sender's, and a transit gateway or an attachment does not let groups be named across it.
    pub(super) fn referencing_off(&self, gateway: NodeId, group: NodeId) -> Blocker {
        let (gateway_name, group) = (self.name(gateway), self.name(group));
        let message = message!(
            "규칙이 보안 그룹 {group}을(를) 참조하지만, 전송 게이트웨이 {gateway_name}이나 그 연결의 보안 그룹 참조가 꺼져 있어서 맞지 않아요. 게이트웨이와 양쪽 연결에서 켜거나 CIDR로 허용하세요.",
            "A rule names security group {group}, but transit gateway {gateway_name} or an attachment of it has security group referencing off, so it does not match. Turn it on at the gateway and both attachments, or allow by CIDR block."
        );
        Blocker::new("SG_REFERENCING_SUPPORT", Some(gateway), message)
    }
}
