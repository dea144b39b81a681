//! A load balancer over servers: target group, listener, and groups that let the balancer in and nobody else.
//!
//! <https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html>

use std::collections::{BTreeMap, BTreeSet};

use super::scaling::stem;
use crate::catalog::FieldValue;
use crate::catalog::kinds::{
    Forward, GroupRule, Instance, Listener, LoadBalancer, Scheme, SecurityGroup, Subnet, Target, TargetGroup, Vpc,
};
use crate::design::{Design, Edit};
use crate::facts::Context;
use crate::fixes::draft::Draft;
use crate::fixes::rows::appended;
use crate::id::NodeId;
use crate::id_of;
use crate::message;
use crate::net::PortRange;
use crate::text::Message;

/// The port of the servers and of the listener.
const PORT: u16 = 80;

/// The edits that put an Application Load Balancer before servers, and the balancer's id.
///
/// It faces the internet where the VPC has public subnets in two zones, else it serves the VPC. The servers' security groups admit it.
///
/// # Errors
/// Why not: what is selected are no servers of one VPC, or there are no subnets in two zones.
pub fn balancer_over(design: &Design, ids: &[NodeId]) -> Result<(Vec<Edit>, NodeId), Message> {
    let servers: Vec<NodeId> = ids.iter().copied().filter(|id| design.get::<Instance>(*id).is_some()).collect();
    if servers.is_empty() || servers.len() < ids.len() {
        return Err(message!("EC2 인스턴스만 골라 주세요.", "Select EC2 instances alone."));
    }
    let context = Context::new(design);
    let vpcs: BTreeSet<Option<NodeId>> = servers.iter().map(|id| context.vpc_of(*id).map(|(vpc, _)| vpc)).collect();
    let [Some(vpc)] = vpcs.into_iter().collect::<Vec<_>>()[..] else {
        return Err(message!("모두 한 VPC에 있어야 해요.", "All of them have to be in one VPC."));
    };
    let of_tier = |public: bool| one_a_zone(&context, vpc, public);
    let (public, private) = (of_tier(true), of_tier(false));
    let (scheme, subnets) = match (public.len() >= 2, private.len() >= 2) {
        (true, _) => (Scheme::InternetFacing, public),
        (false, true) => (Scheme::Internal, private),
        (false, false) => {
            return Err(message!(
                "로드 밸런서에는 서로 다른 가용 영역 두 곳의 서브넷이 필요해요. 다른 가용 영역에 서브넷을 하나 더 만드세요.",
                "A load balancer needs subnets in two Availability Zones. Make one more in another zone."
            ));
        }
    };
    let name = stem(design, &servers);
    let mut draft = Draft::new(design);
    let inbound = match (scheme, design.get::<Vpc>(vpc)) {
        (Scheme::Internal, Some(body)) => vec![GroupRule { cidr: Some(body.cidr.into()), ..http() }],
        _ => vec![http()],
    };
    let group = SecurityGroup { inbound, description: format!("HTTP to {name}-alb"), ..SecurityGroup::default() };
    let group = draft.add(&format!("{name}-alb-sg"), Some(vpc), group);
    let targets = servers.iter().map(|id| Target { instance: Some(*id), ..Target::default() }).collect();
    let targets = draft.add(&format!("{name}-tg"), Some(vpc), TargetGroup { targets, ..TargetGroup::default() });
    let balancer = LoadBalancer { scheme, subnets, security_groups: vec![group], ..LoadBalancer::default() };
    let balancer = draft.add(&format!("{name}-alb"), Some(vpc), balancer);
    let forwards = vec![Forward { target_group: Some(targets), ..Forward::default() }];
    draft.add("http", Some(balancer), Listener { forwards, ..Listener::default() });
    admit(&mut draft, &servers, group, (vpc, &name));
    let edits = draft
        .finish()
        .ok_or_else(|| message!("여기에는 로드 밸런서를 그릴 수 없어요.", "A load balancer cannot be drawn here."))?;
    Ok((edits, balancer))
}

fn http() -> GroupRule {
    GroupRule { ports: PortRange::single(PORT), ..GroupRule::default() }
}

/// A subnet of the tier in each zone of a VPC.
pub(super) fn one_a_zone(context: &Context, vpc: NodeId, public: bool) -> Vec<NodeId> {
    let mut found: BTreeMap<&str, NodeId> = BTreeMap::new();
    for (id, ..) in context.design.all::<Subnet>() {
        if context.design.is_inside(id, vpc)
            && context.is_public(id) == public
            && let Some(zone) = context.zone_of(id)
        {
            found.entry(zone).or_insert(id);
        }
    }
    found.into_values().collect()
}

/// Lets the balancer's group in where the servers listen; those without a group of their own get one.
fn admit(draft: &mut Draft, servers: &[NodeId], balancer: NodeId, (vpc, name): (NodeId, &str)) {
    let groups = |draft: &Draft, id: NodeId| {
        draft.design().get::<Instance>(id).map(|one| one.security_groups.clone()).unwrap_or_default()
    };
    let bare: Vec<NodeId> = servers.iter().copied().filter(|id| groups(draft, *id).is_empty()).collect();
    if !bare.is_empty() {
        let body = SecurityGroup { description: format!("HTTP from {name}-alb"), ..SecurityGroup::default() };
        let group = draft.add(&format!("{name}-sg"), Some(vpc), body);
        for id in bare {
            draft.set(id, id_of!(Instance.security_groups), vec![group].to_value());
        }
    }
    // One of a server's groups is enough.
    let first: BTreeSet<NodeId> = servers.iter().filter_map(|id| groups(draft, *id).first().copied()).collect();
    for id in first {
        let Some(body) = draft.design().get::<SecurityGroup>(id).cloned() else { continue };
        let rule = GroupRule::tcp_from(PORT, balancer);
        if !body.inbound.contains(&rule) {
            draft.set(id, id_of!(SecurityGroup.inbound), appended(&body.inbound, &rule));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Kind;
    use crate::rules::testing::two_zones;

    #[test]
    fn servers_get_a_balancer_that_reaches_them() {
        let mut n = two_zones();
        let group = n.add("vpc", "web-sg", SecurityGroup::default());
        let server = Instance { security_groups: vec![group], ..Instance::default() };
        let a = n.add("private-a", "web-a", server);
        let c = n.add("private-c", "web-c", Instance::default());
        let (edits, balancer) = balancer_over(n.design(), &[a, c]).unwrap();
        let mut design = n.design().clone();
        design.apply_all(&edits).unwrap();
        let body = design.get::<LoadBalancer>(balancer).unwrap();
        assert_eq!(design.node(balancer).unwrap().name, "web-alb");
        assert_eq!(
            (body.scheme, body.subnets.as_slice()),
            (Scheme::InternetFacing, &[n.id("public-a"), n.id("public-c")][..])
        );
        let own = body.security_groups[0];
        for id in [a, c] {
            let groups = &design.get::<Instance>(id).unwrap().security_groups;
            let admits = |group: &NodeId| {
                let inbound = &design.get::<SecurityGroup>(*group).unwrap().inbound;
                inbound == &[GroupRule::tcp_from(80, own)]
            };
            assert!(groups.iter().any(admits), "{id}");
        }
        let findings = crate::rules::check(&design);
        let before: Vec<_> = crate::rules::check(n.design());
        let errors = |all: &[crate::rules::Finding]| {
            all.iter().filter(|one| one.severity == crate::rules::Severity::Error).count()
        };
        assert!(errors(&findings) <= errors(&before), "{findings:?}");
    }

    #[test]
    fn what_has_no_two_zones_or_is_no_server_is_refused() {
        let mut sketch = crate::layout::Sketch::new();
        let vpc = sketch.add(None, "vpc", Kind::Vpc.new_body());
        let subnet = sketch.add(Some(vpc), "subnet", Kind::Subnet.new_body());
        let server = sketch.add(Some(subnet), "web", Instance::default());
        assert!(balancer_over(sketch.design(), &[server]).unwrap_err().en.contains("two Availability Zones"));
        assert!(balancer_over(sketch.design(), &[subnet]).unwrap_err().en.contains("instances alone"));
        assert!(balancer_over(sketch.design(), &[]).is_err());
    }
}
