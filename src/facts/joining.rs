//! What keeps instances of an Auto Scaling group from joining a cluster of ECS: the agent of their image, the cluster's name in their user data,
//! and a role that lets the agent register them.

use std::ops::Range;

use super::Context;
use crate::catalog::data::ami_by_ssm_path;
use crate::catalog::kinds::{EcsCluster, IamRole, InstanceProfile, LaunchTemplate};
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
    let base = context.base_image(&template.ami, template.image).or_else(|| ami_by_ssm_path(&template.ami));
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
