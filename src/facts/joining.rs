//! What keeps instances of an Auto Scaling group from joining a cluster of ECS: the agent of their image, the cluster's name in their user data,
//! and a role that lets the agent register them.

use std::ops::Range;

use super::Context;
use crate::catalog::data::amis::known_image;
use crate::catalog::kinds::{
    AutoScalingGroup, EcsCluster, EcsService, IamRole, Instance, InstanceProfile, LaunchTemplate, ServiceLaunch,
    TaskDefinition,
};
use crate::catalog::permissions::AwsPolicy;
use crate::id::NodeId;

/// What the agent reads the cluster's name from.
pub const VARIABLE: &str = "ECS_CLUSTER=";
/// What starts the agent on Windows, and takes the name
/// (<https://docs.aws.amazon.com/AmazonECS/latest/developerguide/bootstrap_windows_container_instance.html>).
pub const WINDOWS: &str = "Initialize-ECSAgent";
/// The settings of Bottlerocket that have the name
/// (<https://docs.aws.amazon.com/AmazonECS/latest/developerguide/bottlerocket-launch.html>).
pub const BOTTLEROCKET: &str = "[settings.ecs]";
/// The cluster that an agent joins which is told of none.
const DEFAULT: &str = "default";

/// What keeps instances of a launch template from joining a cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    /// The image has no agent.
    Agent,
    /// The user data names no cluster.
    Name,
    /// It names another.
    Other,
    /// Nothing lets the agent register the instance.
    Role,
}

/// What keeps instances of a template from joining a cluster. What a template says in a way that is not known here is taken to do.
pub fn lacks(context: &Context, cluster: NodeId, template: &LaunchTemplate) -> Vec<Lack> {
    let mut found = Vec::new();
    let script = &template.user_data;
    let base = context.base_image(&template.ami, template.image).or_else(|| known_image(&template.ami));
    // A script may install the agent on any image.
    if base.is_some_and(|image| !image.is_for_ecs())
        && !["ecs-init", "ecs-agent", WINDOWS].iter().any(|agent| script.contains(agent))
    {
        found.push(Lack::Agent);
    }
    let wanted = context.design.get::<EcsCluster>(cluster).map_or("", |cluster| cluster.cluster_name.as_str());
    match named(script).and_then(|range| script.get(range)) {
        None if wanted == DEFAULT => {}
        None => found.push(Lack::Name),
        // A name that CloudFormation fills in is not known yet.
        Some(name) if !name.contains('$') && name != wanted => found.push(Lack::Other),
        Some(_) => {}
    }
    let role = template.instance_profile.and_then(|id| context.design.get::<InstanceProfile>(id)?.role);
    if !role.and_then(|id| context.design.get::<IamRole>(id)).is_some_and(may_register) {
        found.push(Lack::Role);
    }
    found
}

/// Where user data tells the agent the name of its cluster, without the quotes around it.
pub fn named(script: &str) -> Option<Range<usize>> {
    let after = |text: &str, mark: &str| Some(text.find(mark)? + mark.len());
    let begin = after(script, VARIABLE).or_else(|| {
        let begin = after(script, WINDOWS)?;
        let line = script.get(begin..)?.lines().next()?;
        Some(begin + after(line, "-Cluster")?)
    });
    let begin = begin.or_else(|| {
        let mut begin = after(script, BOTTLEROCKET)?;
        for line in script.get(begin..)?.split_inclusive('\n') {
            let value = line.trim_start().strip_prefix("cluster").and_then(|rest| rest.trim_start().strip_prefix('='));
            match value {
                Some(value) => return Some(begin + line.len() - value.len()),
                None if line.starts_with('[') => return None,
                None => begin += line.len(),
            }
        }
        None
    })?;
    let rest = script.get(begin..)?;
    // A variable of a shell has its value right behind it.
    let inner = if script.get(..begin)?.ends_with(VARIABLE) { rest } else { rest.trim_start_matches([' ', ':']) };
    let inner = inner.strip_prefix('\\').unwrap_or(inner);
    let inner = inner.strip_prefix(['"', '\'']).unwrap_or(inner);
    let begin = script.len() - inner.len();
    let length = inner.find(['"', '\'', '\\', ';', '>', ' ', '\r', '\n']).unwrap_or(inner.len());
    Some(begin..begin + length)
}

/// Whether a role may register instances; policies of one's own are taken to know what they do.
fn may_register(role: &IamRole) -> bool {
    let known = |policy: &AwsPolicy| {
        ["AmazonEC2ContainerServiceforEC2Role", "AmazonECS_FullAccess", "PowerUserAccess", "AdministratorAccess"]
            .contains(&policy.short_name())
    };
    role.aws_policies.iter().any(known) || !role.policies.is_empty() || !role.inline_policies.is_empty()
}

/// Whether the tasks of a service run on instances of its cluster: by its launch type, or, where neither it nor the cluster chooses providers and
/// the task definition is not made for Fargate, because AWS takes EC2 then.
pub fn is_on_instances(context: &Context, service: &EcsService, task: &TaskDefinition) -> bool {
    let chooses = || {
        service
            .cluster
            .and_then(|id| context.design.get::<EcsCluster>(id))
            .is_none_or(|of| !of.default_strategy.is_empty())
    };
    match service.launch {
        ServiceLaunch::Ec2 => true,
        ServiceLaunch::Fargate => false,
        ServiceLaunch::Strategy => service.strategy.is_empty() && !chooses() && !task.is_fargate(),
    }
}

/// The fleets whose instances a cluster without capacity providers may have: those launched with the agent. Each with its launch template.
pub fn with_agent<'a>(context: &Context<'a>) -> Vec<(NodeId, NodeId, &'a LaunchTemplate)> {
    let fleets = context.all::<AutoScalingGroup>();
    let launched = fleets.filter_map(|(id, _, fleet)| {
        let plan = fleet.launch_template?;
        let of = context.design.get::<LaunchTemplate>(plan)?;
        let base = context.base_image(&of.ami, of.image).or_else(|| known_image(&of.ami));
        base.is_some_and(|image| image.is_for_ecs()).then_some((id, plan, of))
    });
    launched.collect()
}

/// Whether something that is launched tells its agent of a cluster, of whichever, or may: then it is not known that nobody joins one.
pub fn names_clusters(context: &Context) -> bool {
    let open = |id: NodeId, field: &str| context.design.is_open(id, field);
    let plans = context.all::<LaunchTemplate>().map(|(id, _, of)| (id, of.user_data.as_str()));
    let servers = context.all::<Instance>().map(|(id, _, of)| (id, of.user_data.as_str()));
    plans.chain(servers).any(|(id, script)| named(script).is_some() || open(id, "user_data"))
}
