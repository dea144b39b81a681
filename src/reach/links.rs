//! Sentences for what blocks between VPCs and on the way to services of AWS.
use super::explain::Explain;
use super::packet::{Blocker, Remedy};
use crate::catalog::kinds::VpcPeering;
use crate::design::{Edit, Fix};
use crate::id::NodeId;
use crate::text::Message;
use crate::{id_of, message};

fn blocker(code: &'static str, component: NodeId, message: Message, fix: Option<Remedy>) -> Blocker {
    Blocker::new(code, Some(component), message).with(fix)
}

impl Explain<'_> {
    pub(super) fn peering_inactive(&self, id: NodeId) -> Blocker {
        let name = self.name(id);
        if self.design.get::<VpcPeering>(id).is_some_and(|peering| peering.accepted) {
            let message = message!(
                "피어링 연결 {name} 양쪽 VPC의 CIDR이 겹쳐서 연결할 수 없어요. 한쪽 VPC의 CIDR을 바꾸세요.",
                "The CIDR blocks of the VPCs at the ends of peering {name} overlap, so it cannot be active. Change one of them."
            );
            return blocker("BAD_STATE_ATTACHMENT", id, message, None);
        }
        let message = message!(
            "피어링 연결 {name}이(가) 아직 수락되지 않아서 패킷이 지나갈 수 없어요. 수락자 쪽에서 수락하세요.",
            "VPC peering {name} is not accepted yet and carries nothing. Accept it on the accepter's side."
        );
        let title = message!("피어링 연결 {name} 수락하기", "Accept VPC peering {name}");
        blocker(
            "BAD_STATE_ATTACHMENT",
            id,
            message,
            Some(Remedy::Ready(Fix { title, edits: vec![Edit::set(id, id_of!(VpcPeering.accepted), true)] })),
        )
    }

    pub(super) fn peering_source(&self, id: NodeId, vpc: NodeId) -> Blocker {
        let (name, vpc, source) = (self.name(id), self.name(vpc), self.packet.source);
        let message = message!(
            "피어링 연결 {name}은(는) VPC {vpc}의 주소에서 온 패킷만 넘겨요. {source}은(는) 그 VPC의 주소가 아니에요.",
            "VPC peering {name} passes on only packets from addresses of VPC {vpc}, and {source} is not one."
        );
        blocker("PCX_REQUIRES_ADDRESS_IN_VPC_CIDR", id, message, None)
    }

    pub(super) fn peering_beyond(&self, id: NodeId, other: NodeId) -> Blocker {
        let (name, other, destination) = (self.name(id), self.name(other), self.packet.destination);
        let message = message!(
            "피어링 연결 {name}(으)로는 VPC {other} 안의 주소에만 갈 수 있어요. {destination}은(는) 그 밖이에요. 상대 VPC의 게이트웨이나 다른 피어링을 거쳐 갈 수는 없어요.",
            "VPC peering {name} leads only to addresses in VPC {other}, and {destination} lies beyond. The gateways and other peerings of the peer cannot be used."
        );
        blocker("PCX_REQUIRES_ADDRESS_IN_VPC_CIDR", id, message, None)
    }

    pub(super) fn endpoint_protocol(&self, id: NodeId) -> Blocker {
        let name = self.name(id);
        let (protocol, _) = self.packet.protocol.label();
        let message = message!(
            "게이트웨이 엔드포인트 {name}은(는) TCP와 ICMP 에코만 지나가게 해요. {protocol}은(는) 지나갈 수 없어요.",
            "Gateway endpoint {name} carries TCP and ICMP echo only, not {protocol}."
        );
        blocker("VPCE_GATEWAY_PROTOCOL_RESTRICTION", id, message, None)
    }

    /// A packet for the service of a gateway endpoint that takes another way, or none.
    pub(super) fn not_through_endpoint(&self, id: NodeId, subnet: NodeId, table: Option<NodeId>) -> Blocker {
        let (name, subnet_name) = (self.name(id), self.name(subnet));
        let message = match table {
            Some(table) => {
                let table = self.name(table);
                message!(
                    "서브넷 {subnet_name}의 라우팅 테이블 {table}에 엔드포인트 {name}(으)로 가는 라우팅이 없어요. 엔드포인트에 이 라우팅 테이블을 연결하세요.",
                    "Route table {table} of subnet {subnet_name} has no route to endpoint {name}. Associate the table with the endpoint."
                )
            }
            None => message!(
                "서브넷 {subnet_name}에는 엔드포인트 {name}을(를) 연결할 라우팅 테이블이 없어요. 라우팅 테이블을 만들어 서브넷과 엔드포인트에 연결하세요.",
                "Subnet {subnet_name} has no route table to associate with endpoint {name}. Create one for the subnet and the endpoint."
            ),
        };
        blocker(
            "NO_ROUTE_TO_DESTINATION",
            table.unwrap_or(subnet),
            message,
            table.map(|table| Remedy::Associate { endpoint: id, table }),
        )
    }

    /// That a function is called, and never reached by its network
    /// (<https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html>).
    pub(super) fn function_takes_none(&self, id: NodeId) -> Blocker {
        let name = self.name(id);
        let message = message!(
            "함수 {name}은(는) VPC 안으로 연결을 시작할 뿐, 네트워크로 오는 연결을 받지 않아요. 함수 URL이나 API, 이벤트로 호출하세요.",
            "Function {name} only begins connections in its VPC and takes none from the network. Call it by a function URL, an API or an event."
        );
        blocker("NO_POSSIBLE_DESTINATION", id, message, None)
    }

    pub(super) fn endpoint_begins(&self, id: NodeId) -> Blocker {
        let name = self.name(id);
        let message = message!(
            "엔드포인트 {name}은(는) 받은 요청에 답할 뿐, 먼저 연결을 시작하지 않아요.",
            "Endpoint {name} answers requests and never begins a connection itself."
        );
        blocker("VPCE_INTRA_VPC_TRAFFIC", id, message, None)
    }
}
