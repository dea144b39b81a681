//! What must go before what, and one order that keeps to it.

use std::collections::{BTreeMap, BTreeSet};

use super::Why;
use crate::catalog::kinds::{
    AutoScalingGroup, EcsService, ElasticIp, Instance, InternetGateway, LoadBalancer, NatGateway,
};
use crate::catalog::{Kind, Value};
use crate::design::{Design, Node};
use crate::facts::Context;
use crate::id::NodeId;

/// By resource: what must be gone before it can go.
pub(super) type Constraints = BTreeMap<NodeId, BTreeMap<NodeId, Why>>;

/// Every constraint of a design.
pub(super) fn constraints(context: &Context) -> Constraints {
    let design = context.design;
    let mut found = Constraints::new();
    let mut add = |before: NodeId, after: NodeId, why: Why| {
        let deployed = |id| design.node(id).is_some_and(|node| node.body.is_deployed());
        if before != after && deployed(before) && deployed(after) {
            let reason = found.entry(after).or_default().entry(before).or_insert(why);
            *reason = (*reason).min(why);
        }
    };
    for (id, node) in design.nodes() {
        let mut frame = node.parent;
        while let Some(around) = frame {
            add(id, around, Why::Inside);
            frame = design.node(around).and_then(|node| node.parent);
        }
        for field in node.kind().reference_fields() {
            // A route to something that is gone leads nowhere and is no obstacle.
            if matches!(node.kind(), Kind::RouteTable | Kind::TransitGatewayRouteTable) && field == "routes" {
                continue;
            }
            visit(&node.body.value(field).unwrap_or_default(), &mut |to| add(id, to, Why::Uses));
        }
    }
    for (gateway, ..) in context.all::<InternetGateway>() {
        let Some((vpc, _)) = context.vpc_of(gateway) else { continue };
        for (id, node) in design.nodes() {
            if has_public_address(context, id, node, vpc) {
                add(id, gateway, Why::PublicAddress);
            }
        }
    }
    found
}

fn visit(value: &Value, f: &mut dyn FnMut(NodeId)) {
    value.visit_refs(f);
}

/// Whether it keeps the internet gateway of a VPC from being detached.
fn has_public_address(context: &Context, id: NodeId, node: &Node, vpc: NodeId) -> bool {
    let here = context.vpc_of(id).is_some_and(|(own, _)| own == vpc);
    if let Some(address) = node.get::<ElasticIp>() {
        let users = context.users_of(id).iter().copied().chain(address.instance);
        return users.into_iter().any(|user| context.vpc_of(user).is_some_and(|(own, _)| own == vpc));
    }
    if !here {
        return false;
    }
    let instance = node.get::<Instance>().is_some_and(|instance| context.has_public_address(id, instance));
    let balancer = node.get::<LoadBalancer>().is_some_and(|balancer| balancer.is_internet_facing());
    let tasks = node.get::<EcsService>().is_some_and(|service| service.assign_public_ip);
    // A group in a public subnet launches instances with public addresses, or may.
    let fleet = node
        .get::<AutoScalingGroup>()
        .is_some_and(|group| group.subnets.iter().any(|subnet| context.is_public(*subnet)));
    tasks || fleet || instance || balancer || node.get::<NatGateway>().is_some_and(|nat| nat.elastic_ip.is_some())
}

/// What people delete first: names and entries, then what runs, then what it ran in.
const fn rank(kind: Kind) -> u8 {
    match kind {
        Kind::RecordSet | Kind::CodePipeline | Kind::ScalingPolicy | Kind::ScheduledAction | Kind::Alarm => 0,
        Kind::Distribution | Kind::Listener | Kind::CodeDeployGroup | Kind::CodeBuildProject | Kind::ApiGateway => 1,
        Kind::EcsService | Kind::AutoScalingGroup | Kind::LoadBalancer | Kind::CodeDeployApplication => 2,
        Kind::TargetGroup | Kind::EcsCluster | Kind::LaunchTemplate | Kind::TaskDefinition => 3,
        Kind::Instance | Kind::DbInstance | Kind::LambdaFunction => 4,
        Kind::NatGateway
        | Kind::VpcEndpoint
        | Kind::VpcPeering
        | Kind::TransitGatewayAttachment
        | Kind::TransitGatewayPeering
        | Kind::VpnConnection => 5,
        Kind::InternetGateway => 7,
        Kind::Subnet => 8,
        Kind::RouteTable | Kind::NetworkAcl | Kind::SecurityGroup => 9,
        Kind::Vpc => 10,
        _ => 6,
    }
}

/// Everything deployed in an order that keeps to the constraints, each with those it had to be freed of, because they went round in a circle.
pub(super) fn sorted(design: &Design, constraints: &Constraints) -> Vec<(NodeId, Vec<NodeId>)> {
    let mut open: BTreeMap<NodeId, BTreeSet<NodeId>> = BTreeMap::new();
    let mut frees: BTreeMap<NodeId, Vec<NodeId>> = BTreeMap::new();
    for (id, _) in design.nodes().filter(|(_, node)| node.body.is_deployed()) {
        let before: BTreeSet<NodeId> = constraints.get(&id).into_iter().flat_map(BTreeMap::keys).copied().collect();
        for other in &before {
            frees.entry(*other).or_default().push(id);
        }
        open.insert(id, before);
    }
    let ranked = |id: NodeId| (design.node(id).map_or(u8::MAX, |node| rank(node.kind())), id);
    let mut ready: BTreeSet<(u8, NodeId)> =
        open.iter().filter(|(_, before)| before.is_empty()).map(|(id, _)| ranked(*id)).collect();
    let mut order = Vec::new();
    while !open.is_empty() {
        let (id, cut) = match ready.pop_first() {
            Some((_, id)) => (id, Vec::new()),
            // A circle: the one that waits for the fewest goes first.
            None => {
                let stuck = open.iter().min_by_key(|(id, before)| (before.len(), ranked(**id)));
                let Some((id, before)) = stuck else { break };
                (*id, before.iter().copied().collect())
            }
        };
        open.remove(&id);
        order.push((id, cut));
        for freed in frees.get(&id).into_iter().flatten() {
            if let Some(before) = open.get_mut(freed)
                && before.remove(&id)
                && before.is_empty()
            {
                ready.insert(ranked(*freed));
            }
        }
    }
    order
}
