//! Sentences for what happens at virtual private gateways and VPN connections.

use super::explain::Explain;
use super::packet::Blocker;
use crate::id::NodeId;
use crate::message;

impl Explain<'_> {
    /// What lies beyond a gateway or connection is not written down; BGP or the other side knows.
    pub(super) fn vpn_unknown(&self, id: NodeId) -> Blocker {
        let (name, destination) = (self.name(id), self.spoken(self.packet.destination));
        let (ko, en) = (destination.ko, destination.en);
        let message = message!(
            "{name} 너머에 {ko}이(가) 있는지는 BGP나 온프레미스 쪽에서 정해져서 알 수 없어요. 고객 게이트웨이에 뒤의 네트워크를 적으면 알 수 있어요.",
            "Whether {en} lies beyond {name} is for BGP and the other side to say. Write the networks behind the customer gateway to settle it."
        );
        Blocker::unknown("UNKNOWN_DESTINATION", Some(id), message)
    }

    pub(super) fn no_vpn_route(&self, gateway: NodeId) -> Blocker {
        let (name, destination) = (self.name(gateway), self.packet.destination);
        let message = message!(
            "가상 프라이빗 게이트웨이 {name}의 VPN 연결에 {destination}(으)로 가는 정적 라우팅이 없어요. VPN 연결에 온프레미스의 CIDR을 추가하세요.",
            "No VPN connection of virtual private gateway {name} has a static route to {destination}. Add the network on premises to one."
        );
        Blocker::new("NO_ROUTE_TO_DESTINATION", Some(gateway), message)
    }

    pub(super) fn vpn_gateway_detached(&self, gateway: NodeId) -> Blocker {
        let name = self.name(gateway);
        let message = message!(
            "가상 프라이빗 게이트웨이 {name}이(가) 어느 VPC에도 연결되어 있지 않아요. VPC 안에 두세요.",
            "Virtual private gateway {name} is attached to no VPC. Put it into one."
        );
        Blocker::new("BAD_STATE_ATTACHMENT", Some(gateway), message)
    }

    pub(super) fn beyond_vpn_gateway(&self, gateway: NodeId, vpc: NodeId) -> Blocker {
        let (name, vpc, destination) = (self.name(gateway), self.name(vpc), self.packet.destination);
        let message = message!(
            "가상 프라이빗 게이트웨이 {name}은(는) VPC {vpc}의 프라이빗 주소로만 보내요. {destination}은(는) 그 밖이에요.",
            "Virtual private gateway {name} delivers only to private addresses of VPC {vpc}, and {destination} lies outside."
        );
        Blocker::new("VGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS", Some(gateway), message)
    }
}
