//! An Auto Scaling group from an instance: a launch template that starts its like, in subnets of the same tier in each zone.
//!
//! <https://docs.aws.amazon.com/autoscaling/ec2/userguide/create-asg-from-instance.html>

use super::balancer::one_a_zone;
use crate::catalog::kinds::{AutoScalingGroup, HealthCheckType, Instance, LaunchTemplate, TargetGroup};
use crate::catalog::{Kind, may_hold};
use crate::design::{Design, Edit, Node};
use crate::facts::Context;
use crate::fixes::draft::Draft;
use crate::id::NodeId;
use crate::message;
use crate::text::Message;

/// The most instances of a new group.
const MOST: u32 = 4;

/// The edits that draw an Auto Scaling group which starts instances like this one, and the group's id. The instance itself stays.
///
/// # Errors
/// Why not: it is no instance, or stands in no VPC.
pub fn scaling_from(design: &Design, id: NodeId) -> Result<(Vec<Edit>, NodeId), Message> {
    let Some(server) = design.get::<Instance>(id).cloned() else {
        return Err(message!("EC2 인스턴스 하나를 골라 주세요.", "Select one EC2 instance."));
    };
    let context = Context::new(design);
    let (Some((vpc, _)), Some((subnet, _))) = (context.vpc_of(id), context.subnet_of(id)) else {
        return Err(message!(
            "인스턴스가 VPC의 서브넷 안에 있어야 해요.",
            "The instance has to stand in a subnet of a VPC."
        ));
    };
    let mut subnets = one_a_zone(&context, vpc, context.is_public(subnet));
    if subnets.is_empty() {
        subnets.push(subnet);
    }
    let name = stem(design, &[id]);
    let mut draft = Draft::new(design);
    let template = LaunchTemplate {
        instance_type: server.instance_type,
        ami: server.ami,
        image: server.image,
        key_pair: server.key_pair,
        security_groups: server.security_groups,
        instance_profile: server.instance_profile,
        public_ip: server.public_ip,
        root_size: server.root_size,
        root_type: server.root_type,
        root_delete: server.root_delete,
        root_encrypted: server.root_encrypted,
        volumes: server.volumes,
        user_data: server.user_data,
        detailed_monitoring: server.detailed_monitoring,
        ..LaunchTemplate::default()
    };
    let region = design.ancestor(vpc, Kind::Region);
    let takes = |frame: Option<NodeId>| {
        may_hold(frame.and_then(|id| design.node(id)).map(Node::kind), Kind::LaunchTemplate).is_ok()
    };
    let home = [region, Some(vpc)].into_iter().find(|frame| takes(*frame)).unwrap_or(region);
    let template = draft.add(&format!("{name}-lt"), home, template);
    let serves = |group: &TargetGroup| group.targets.iter().any(|target| target.instance == Some(id));
    let target_groups: Vec<NodeId> =
        design.all::<TargetGroup>().filter(|(.., group)| serves(group)).map(|(id, ..)| id).collect();
    let health_check = if target_groups.is_empty() { HealthCheckType::Ec2 } else { HealthCheckType::Elb };
    let desired = u32::try_from(subnets.len()).unwrap_or(MOST).clamp(1, 2);
    let group = AutoScalingGroup {
        min_size: 1,
        desired,
        max_size: MOST,
        launch_template: Some(template),
        subnets,
        target_groups,
        health_check,
        ..AutoScalingGroup::default()
    };
    let group = draft.add(&format!("{name}-asg"), Some(vpc), group);
    let edits = draft.finish().ok_or_else(|| {
        message!("여기에는 Auto Scaling 그룹을 그릴 수 없어요.", "An Auto Scaling group cannot be drawn here.")
    })?;
    Ok((edits, group))
}

/// What the names of servers have in common, without the letter or number that tells them apart: `web` of `web-a` and `web-c`.
pub(super) fn stem(design: &Design, ids: &[NodeId]) -> String {
    let name = ids.first().and_then(|id| design.node(*id)).map_or("web", |node| node.name.as_str());
    let tells = |tail: &str| tail.chars().count() == 1 || tail.chars().all(|c| c.is_ascii_digit());
    let stem =
        name.rsplit_once('-').filter(|(stem, tail)| !stem.is_empty() && tells(tail)).map_or(name, |(stem, _)| stem);
    stem.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::kinds::{SecurityGroup, Target};
    use crate::rules::testing::two_zones;

    #[test]
    fn the_group_starts_its_like_where_it_stands_and_serves_what_it_serves() {
        let mut n = two_zones();
        let group = n.add("vpc", "web-sg", SecurityGroup::default());
        let body = Instance {
            security_groups: vec![group],
            user_data: "#!/bin/bash\n".to_owned(),
            instance_type: "t3.small".to_owned(),
            ..Instance::default()
        };
        let server = n.add("private-a", "web-1", body);
        let targets = vec![Target { instance: Some(server), ..Target::default() }];
        let targets = n.add("vpc", "web-tg", TargetGroup { targets, ..TargetGroup::default() });
        let (edits, id) = scaling_from(n.design(), server).unwrap();
        let mut design = n.design().clone();
        design.apply_all(&edits).unwrap();
        let made = design.get::<AutoScalingGroup>(id).unwrap();
        assert_eq!(design.node(id).unwrap().name, "web-asg");
        assert_eq!(made.subnets, [n.id("private-a"), n.id("private-c")]);
        assert_eq!((made.target_groups.as_slice(), made.health_check), (&[targets][..], HealthCheckType::Elb));
        let template = design.get::<LaunchTemplate>(made.launch_template.unwrap()).unwrap();
        assert_eq!((template.instance_type.as_str(), template.security_groups.as_slice()), ("t3.small", &[group][..]));
        assert_eq!(template.user_data, "#!/bin/bash\n");
        assert!(design.get::<Instance>(server).is_some(), "the instance itself stays");
        assert!(scaling_from(n.design(), group).is_err());
    }
}
