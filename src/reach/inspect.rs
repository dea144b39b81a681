//! Endpoints of gateway load balancers: whether what routes lead to them comes back out, inspected by an appliance.
//!
//! A packet goes from the endpoint to the balancer's node of its zone without meeting routes or filters of the two VPCs. The node hands it, wrapped
//! in GENEVE, to a healthy target and takes it back; only that part meets filters. All of it is decided when a network is lowered, so single traces
//! and all pairs say the same.
use std::collections::BTreeMap;

use super::balancer::{TargetReach, inspecting, zone_of};
use super::behind::why;
use super::explain::Explain;
use super::network::{Inspection, InterfaceIx, Network};
use super::packet::{Blocker, Remedy};
use crate::catalog::Kind;
use crate::catalog::kinds::{Listener, LoadBalancer, VpcEndpoint};
use crate::design::{Design, Edit, Fix};
use crate::id::NodeId;
use crate::text::Message;
use crate::{id_of, message};

impl Network {
    /// Decides what the endpoints of gateway balancers do with packets.
    pub(super) fn inspect(&mut self, design: &Design) {
        // While one is decided none is there: an appliance that is reached only through an endpoint is not reached.
        self.inspections.clear();
        let endpoints = design.all::<VpcEndpoint>().filter(|(_, _, endpoint)| endpoint.is_balanced());
        let decided: BTreeMap<NodeId, Inspection> =
            endpoints.map(|(id, _, endpoint)| (id, decide(design, self, id, endpoint))).collect();
        self.inspections = decided;
    }
}

fn name(design: &Design, id: NodeId) -> &str {
    design.node(id).map_or("", |node| node.name.as_str())
}

fn closed(code: &'static str, component: NodeId, message: Message, fix: Option<Remedy>) -> Inspection {
    let blocker = Blocker::new(code, Some(component), message).with(fix);
    Inspection { through: Vec::new(), blockers: vec![blocker] }
}

fn decide(design: &Design, net: &Network, id: NodeId, endpoint: &VpcEndpoint) -> Inspection {
    let own = name(design, id);
    let Some(balancer_id) = endpoint.balancer else {
        // The appliances of somebody else's service are not drawn, and are taken to do their work.
        if endpoint.service.contains(".vpce.") {
            return Inspection::default();
        }
        let message = message!(
            "엔드포인트 {own}이(가) 어느 게이트웨이 로드 밸런서로 가는지 정해지지 않아서 패킷이 버려져요. 엔드포인트 서비스를 켠 GWLB를 고르세요.",
            "Endpoint {own} leads to no Gateway Load Balancer, so packets are dropped. Choose one whose endpoint service is on."
        );
        return closed("BAD_STATE", id, message, None);
    };
    let Some(balancer) = design.get::<LoadBalancer>(balancer_id).filter(|balancer| balancer.is_gateway()) else {
        let balancer = name(design, balancer_id);
        let message = message!(
            "엔드포인트 {own}이(가) 가리키는 {balancer}은(는) 게이트웨이 로드 밸런서가 아니에요. GWLB를 고르세요.",
            "{balancer}, to which endpoint {own} leads, is no Gateway Load Balancer. Choose one."
        );
        return closed("BAD_STATE", id, message, None);
    };
    let balancer_name = name(design, balancer_id);
    if !balancer.endpoint_service {
        let message = message!(
            "게이트웨이 로드 밸런서 {balancer_name}의 엔드포인트 서비스가 꺼져 있어서 엔드포인트 {own}이(가) 이어지지 않아요. 켜세요.",
            "The endpoint service of Gateway Load Balancer {balancer_name} is off, so endpoint {own} has nothing to connect to. Turn it on."
        );
        let title =
            message!("{balancer_name}의 엔드포인트 서비스 켜기", "Turn on the endpoint service of {balancer_name}");
        let edits = vec![Edit::set(balancer_id, id_of!(LoadBalancer.endpoint_service), true)];
        return closed("BAD_STATE_ATTACHMENT", balancer_id, message, Some(Remedy::Ready(Fix { title, edits })));
    }
    let Some(node) = node_of(design, net, id, balancer_id) else {
        let message = message!(
            "게이트웨이 로드 밸런서 {balancer_name}에는 엔드포인트 {own}과(와) 같은 리전, 같은 가용 영역의 서브넷이 없어요. 그 영역의 서브넷을 로드 밸런서에 추가하세요.",
            "Gateway Load Balancer {balancer_name} has no subnet in the Region and zone of endpoint {own}. Add one of that zone to it."
        );
        return closed("ELB_INSTALLED_AZ_RESTRICTION", balancer_id, message, None);
    };
    let groups = design.children(Some(balancer_id)).filter_map(|id| design.get::<Listener>(id));
    let groups: Vec<NodeId> =
        groups.flat_map(|listener| &listener.forwards).filter_map(|forward| forward.target_group).collect();
    let appliances: Vec<TargetReach> = groups.iter().flat_map(|group| inspecting(design, net, *group, node)).collect();
    // Unlike an NLB it sends nothing to targets that are not healthy.
    if let Some(appliance) = appliances.iter().find(|appliance| appliance.serves()) {
        let through = std::iter::once(balancer_id).chain(appliance.instance).collect();
        return Inspection { through, blockers: Vec::new() };
    }
    let message = message!(
        "게이트웨이 로드 밸런서 {balancer_name}의 리스너에 어플라이언스가 하나도 등록되어 있지 않아서 패킷이 버려져요. GENEVE 대상 그룹에 어플라이언스를 등록하고 리스너가 그 그룹으로 보내게 하세요.",
        "No appliance is registered behind a listener of Gateway Load Balancer {balancer_name}, so packets are dropped. Register one in a GENEVE target group to which a listener forwards."
    );
    let first = appliances.iter().map(why).find(|why| !why.is_empty());
    let none = closed("ELBV2_LISTENER_HAS_NO_TG", balancer_id, message, None);
    first.map_or(none, |blockers| Inspection { through: Vec::new(), blockers })
}

/// The balancer's node that serves an endpoint: the one of its zone.
fn node_of(design: &Design, net: &Network, endpoint: NodeId, balancer: NodeId) -> Option<InterfaceIx> {
    let place = |ix: InterfaceIx| {
        let (_, subnet) = net.interface(ix)?;
        Some((design.ancestor(subnet.node, Kind::Region), zone_of(design, subnet.node)))
    };
    let own = place(*net.interfaces_of(endpoint).first()?)?;
    net.interfaces_of(balancer).iter().copied().find(|node| place(*node) == Some(own))
}

impl Explain<'_> {
    /// A packet for the interface of the endpoint itself.
    pub(super) fn nothing_ends_here(&self, endpoint: NodeId) -> Blocker {
        let name = self.name(endpoint);
        let message = message!(
            "게이트웨이 로드 밸런서 엔드포인트 {name}은(는) 라우팅을 따라 온 패킷을 넘길 뿐, 패킷의 목적지가 될 수 없어요.",
            "Gateway Load Balancer endpoint {name} passes on what routes lead to it; it is never itself a destination."
        );
        Blocker::new("NO_POSSIBLE_DESTINATION", Some(endpoint), message)
    }
}
