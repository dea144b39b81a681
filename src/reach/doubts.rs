//! Sentences for what is not known: what it hangs on, and what would settle it.

use super::explain::Explain;
use super::filter::Direction;
use super::network::{InterfaceIx, RouteNet, SubnetNet};
use super::packet::Blocker;
use crate::catalog::kinds::{Route, RouteTable};
use crate::id::NodeId;
use crate::message;

impl Explain<'_> {
    pub(super) fn group_unknown(&self, ix: InterfaceIx, holder: NodeId, direction: Direction) -> Blocker {
        let owner = self.net.interfaces.get(ix).map_or("", |interface| self.name(interface.node));
        let (name, traffic) = (self.name(holder), self.traffic());
        let (ko, en) = (traffic.ko, traffic.en);
        let message = match direction {
            Direction::Inbound => message!(
                "{owner}에 들어오는 {ko}을(를) 허용하는 규칙이 그림에는 없지만, {name}의 규칙이나 보안 그룹 가운데 배포할 때 정해지는 것이 있어서 알 수 없어요. 매개변수에 값을 넣어 보세요.",
                "No rule that is known admits {en} to {owner}, but {name} has rules or groups that only a deployment knows. Give the parameters values."
            ),
            Direction::Outbound => message!(
                "{owner}에서 나가는 {ko}을(를) 허용하는 규칙이 그림에는 없지만, {name}의 규칙이나 보안 그룹 가운데 배포할 때 정해지는 것이 있어서 알 수 없어요. 매개변수에 값을 넣어 보세요.",
                "No rule that is known lets {en} out of {owner}, but {name} has rules or groups that only a deployment knows. Give the parameters values."
            ),
        };
        Blocker::unknown("UNKNOWN_RESOURCE", Some(holder), message)
    }

    pub(super) fn acl_unknown(&self, acl: NodeId, direction: Direction) -> Blocker {
        let name = self.name(acl);
        let (ko, en) =
            if direction == Direction::Inbound { ("인바운드", "inbound") } else { ("아웃바운드", "outbound") };
        let message = message!(
            "네트워크 ACL {name}의 {ko} 규칙 가운데 배포할 때 정해지는 것이 있어서 지나가는지 알 수 없어요. 매개변수에 값을 넣어 보세요.",
            "Network ACL {name} has {en} rules that only a deployment knows, so whether it lets this pass is not known. Give the parameters values."
        );
        Blocker::unknown("UNKNOWN_RESOURCE", Some(acl), message)
    }

    pub(super) fn route_unknown(&self, subnet: &SubnetNet, holder: NodeId) -> Blocker {
        let (subnet_name, destination) = (self.name(subnet.node), self.spoken(self.packet.destination));
        let (ko, en) = (destination.ko, destination.en);
        let message = if holder == subnet.node {
            message!(
                "서브넷 {subnet_name}이(가) 템플릿 밖에 있어서, {ko}(으)로 가는 경로가 있는지 알 수 없어요. 서브넷과 라우팅 테이블을 함께 그리면 알 수 있어요.",
                "Subnet {subnet_name} stands outside the template, so whether it has a route to {en} is not known. Draw the subnet with its route table to settle it."
            )
        } else {
            let table = self.name(holder);
            message!(
                "서브넷 {subnet_name}의 라우팅 테이블 {table}에 배포할 때 정해지는 경로가 있어서, {ko}(으)로 가는지 알 수 없어요. 매개변수에 값을 넣어 보세요.",
                "Route table {table} of subnet {subnet_name} has routes that only a deployment knows, so whether one leads to {en} is not known. Give the parameters values."
            )
        };
        Blocker::unknown("UNKNOWN_RESOURCE", Some(holder), message)
    }

    pub(super) fn public_unknown(&self, owner: NodeId) -> Blocker {
        let name = self.name(owner);
        let message = message!(
            "{name}이(가) 퍼블릭 IP를 받는지는 배포할 때 정해져서 알 수 없어요. 퍼블릭 IP 설정이나 매개변수에 값을 정하면 알 수 있어요.",
            "Whether {name} gets a public address is decided at deployment. Choose it, or give the parameter a value, to settle it."
        );
        Blocker::unknown("UNKNOWN_RESOURCE", Some(owner), message)
    }

    pub(super) fn gateway_unknown(&self, vpc: NodeId) -> Blocker {
        let name = self.name(vpc);
        let message = message!(
            "VPC {name}이(가) 템플릿 밖에 있어서 인터넷 게이트웨이가 연결되어 있는지 알 수 없어요. VPC를 게이트웨이와 함께 그리면 알 수 있어요.",
            "VPC {name} stands outside the template, so whether an internet gateway is attached to it is not known. Draw the VPC with its gateway to settle it."
        );
        Blocker::unknown("UNKNOWN_RESOURCE", Some(vpc), message)
    }

    pub(super) fn peer_unknown(&self, peering: NodeId, vpc: NodeId) -> Blocker {
        let (peering_name, name) = (self.name(peering), self.name(vpc));
        let message = message!(
            "피어링 {peering_name}의 반대편 VPC {name}이(가) 템플릿 밖에 있어서 거기서 닿는지 알 수 없어요. 그 VPC까지 그리거나 그쪽에서 확인하세요.",
            "VPC {name} at the other end of peering connection {peering_name} stands outside the template, so whether anything there is reached is not known. Describe it, or look from its side."
        );
        Blocker::unknown("UNKNOWN_DESTINATION", Some(peering), message)
    }

    pub(super) fn perhaps_shut_off(&self, options: NodeId) -> Blocker {
        let name = self.name(options);
        let message = message!(
            "{name}이(가) VPC 퍼블릭 액세스 차단을 정하는데, 여기서는 판단하지 않아서 인터넷과 통하는지 알 수 없어요. 차단 모드와 제외를 확인하세요.",
            "{name} decides about VPC Block Public Access, which is not judged here, so whether the internet is met is not known. Look at its mode and exclusions."
        );
        Blocker::unknown("UNSUPPORTED_COMPONENT", Some(options), message)
    }

    /// What a route that leads out of what is described leads to, by its table.
    fn outside(&self, subnet: &SubnetNet, route: RouteNet) -> String {
        let listed = subnet.table.and_then(|table| self.design.get::<RouteTable>(table));
        let row = listed.and_then(|table| table.routes.get(route.row?));
        let drawn = || row?.target.map(|target| self.name(target));
        row.and_then(Route::beyond).or_else(drawn).unwrap_or_default().to_owned()
    }

    pub(super) fn beyond(&self, subnet: &SubnetNet, route: RouteNet) -> Blocker {
        let (table, destination) = (subnet.table.map_or("", |table| self.name(table)), route.destination);
        let outside = self.outside(subnet, route);
        let message = message!(
            "라우팅 테이블 {table}의 {destination} 경로가 {outside}(으)로 나가요. 그 너머의 네트워크는 그려져 있지 않아서 닿는지 알 수 없어요. 그 너머까지 그리거나 그쪽에서 확인하세요.",
            "Route {destination} of route table {table} leaves by {outside}. The network beyond is not described, so whether anything there is reached is not known. Describe it, or look from its side."
        );
        Blocker::unknown("UNKNOWN_DESTINATION", subnet.table, message)
    }

    pub(super) fn coming_from_beyond(&self, subnet: &SubnetNet, route: RouteNet) -> Blocker {
        let (outside, source) = (self.outside(subnet, route), self.packet.source);
        let message = message!(
            "{source}은(는) {outside} 너머의 주소예요. 그 네트워크는 그려져 있지 않아서, 거기서 패킷이 오는지 알 수 없어요. 그 너머까지 그리거나 그쪽에서 확인하세요.",
            "{source} lies beyond {outside}. The network there is not described, so whether packets come from it is not known. Describe it, or look from its side."
        );
        Blocker::unknown("UNKNOWN_DESTINATION", subnet.table, message)
    }

    pub(super) fn policy_denies(&self, endpoint: NodeId) -> Blocker {
        let name = self.name(endpoint);
        let message = message!(
            "엔드포인트 {name}의 정책이 모든 요청을 거부해요. 쓰려는 요청을 허용하는 문을 정책에 두세요.",
            "The policy of endpoint {name} denies every request. Let a statement allow those that are meant."
        );
        Blocker::new("NO_POSSIBLE_DESTINATION", Some(endpoint), message)
    }

    pub(super) fn policy_unknown(&self, endpoint: NodeId) -> Blocker {
        let name = self.name(endpoint);
        let message = message!(
            "네트워크는 엔드포인트 {name}까지 열려 있지만, 엔드포인트 정책이 요청마다 허용할지 정해요. 정책은 판단하지 않으니 누가 무엇을 요청하는지 정책과 견줘 보세요.",
            "The network lets this through to endpoint {name}, but its policy decides by who asks for what, which is not judged here. Compare the request with the policy."
        );
        Blocker::unknown("UNSUPPORTED_COMPONENT", Some(endpoint), message)
    }
}
