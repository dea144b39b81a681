//! Ends without interfaces that may well have some: nothing is said to be unreachable for being left out of the drawing.

use super::network::Network;
use super::packet::Blocker;
use super::question::Endpoint;
use super::unknown::is_somewhere;
use crate::catalog::Kind;
use crate::catalog::kinds::CloudformationResource;
use crate::design::Design;
use crate::message;

/// Why nothing can be said of an end without interfaces that may well have some: one whose kind is not judged, or of which it is not known where it
/// stands.
pub(super) fn not_judged(design: &Design, net: &Network, end: Endpoint) -> Option<Blocker> {
    let Endpoint::Node(id) = end else { return None };
    let node = design.node(id).filter(|_| net.interfaces_of(id).is_empty())?;
    let name = &node.name;
    if let Some(generic) = node.get::<CloudformationResource>() {
        let type_name = &generic.type_name;
        let message = message!(
            "{type_name} 유형의 리소스가 네트워크 어디에 있는지는 여기서 판단하지 않아서, {name}에 닿는지 알 수 없어요.",
            "Where resources of type {type_name} stand in the network is not judged here, so whether {name} is reached is not known."
        );
        return Some(Blocker::unknown("UNSUPPORTED_COMPONENT", Some(id), message));
    }
    if node.kind() == Kind::ElasticIp && net.elastic(id).is_some() {
        return None;
    }
    if !is_somewhere(design, id) {
        return None;
    }
    let message = message!(
        "{name}이(가) 네트워크 어디에 있는지는 배포할 때 정해지거나 여기에 그릴 수 없는 것에 달려 있어서 알 수 없어요. 매개변수에 값을 넣거나, 가리키는 것을 함께 그려 보세요.",
        "Where {name} stands in the network hangs on what only a deployment knows or what cannot be drawn here, so this is not known. Give the parameters values, or draw what it refers to."
    );
    Some(Blocker::unknown("UNKNOWN_RESOURCE", Some(id), message))
}

/// The kind that a resource comes nearest to which has none of its own, where claims about that kind mean it as well.
pub(super) fn nearest_kind(type_name: &str) -> Option<Kind> {
    let mut parts = type_name.split("::").skip(1);
    match (parts.next()?, parts.next()?) {
        ("RDS", "DBCluster") | ("Neptune" | "DocDB", "DBInstance" | "DBCluster") => Some(Kind::DbInstance),
        ("ElastiCache", "CacheCluster" | "ReplicationGroup" | "ServerlessCache")
        | ("MemoryDB" | "Redshift", "Cluster") => Some(Kind::DbInstance),
        ("ElasticLoadBalancing", "LoadBalancer") => Some(Kind::LoadBalancer),
        ("EC2", "SpotFleet" | "EC2Fleet") | ("EKS", "Nodegroup") => Some(Kind::AutoScalingGroup),
        _ => None,
    }
}
