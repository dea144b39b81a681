//! How instances of an Auto Scaling group join a cluster of ECS: by the agent of their image, the cluster's name in their user data, and a role
//! that lets the agent register them.

use super::Context;
use super::draft::Draft;
use crate::catalog::FieldValue;
use crate::catalog::data::{Architecture, ami, ami_by_ssm_path, instance_types};
use crate::catalog::kinds::{AutoScalingGroup, EcsCluster, IamRole, InstanceProfile, LaunchTemplate};
use crate::catalog::launch;
use crate::catalog::permissions::AwsPolicy;
use crate::design::{Design, Edit};
use crate::id::NodeId;

/// The policy that AWS keeps for it.
const POLICY: &str = "service-role/AmazonEC2ContainerServiceforEC2Role";
/// What the agent reads the cluster's name from.
const VARIABLE: &str = "ECS_CLUSTER=";
/// GiB that the ECS-optimised images need.
const ROOT: i64 = 30;

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
    let base = launch::base_image(context, &template.ami, template.image).or_else(|| ami_by_ssm_path(&template.ami));
    // A script may install the agent on any image.
    if base.is_some_and(|image| !image.is_for_ecs())
        && !["ecs-init", "ecs-agent"].iter().any(|agent| script.contains(agent))
    {
        found.push(Lack::Agent);
    }
    let wanted = context.design.get::<EcsCluster>(cluster).map_or("", |cluster| cluster.cluster_name.as_str());
    match named(script) {
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

/// The cluster that a script writes into the agent's configuration.
fn named(script: &str) -> Option<&str> {
    let (_, rest) = script.split_once(VARIABLE)?;
    Some(rest.split([' ', '\n', '\'', '"', ';', '>']).next().unwrap_or_default())
}

/// Whether a role may register instances; policies of one's own are taken to know what they do.
fn may_register(role: &IamRole) -> bool {
    let known = |policy: &AwsPolicy| {
        ["AmazonEC2ContainerServiceforEC2Role", "AmazonECS_FullAccess", "AdministratorAccess"]
            .contains(&policy.short_name())
    };
    role.aws_policies.iter().any(known) || !role.policies.is_empty() || !role.inline_policies.is_empty()
}

/// Everything by which instances of a template join a cluster.
pub fn join(design: &Design, cluster: NodeId, template: NodeId) -> Option<Vec<Edit>> {
    let mut draft = Draft::new(design);
    joined(&mut draft, cluster, template)?;
    draft.finish()
}

/// A new Auto Scaling group whose instances join a cluster, in subnets of a VPC.
pub fn add_instances(design: &Design, cluster: NodeId, vpc: NodeId, subnets: Vec<NodeId>) -> Option<Vec<Edit>> {
    let (node, body) = (design.node(cluster)?, design.get::<EcsCluster>(cluster)?);
    let mut draft = Draft::new(design);
    // Two gibibytes leave room for tasks beside the agent.
    let template = LaunchTemplate { instance_type: "t3.small".to_owned(), ..LaunchTemplate::default() };
    let template = draft.add(&format!("{}-lt", node.name), node.parent, template);
    joined(&mut draft, cluster, template)?;
    let group = AutoScalingGroup { launch_template: Some(template), subnets, ..AutoScalingGroup::default() };
    let group = draft.add(&format!("{}-asg", node.name), Some(vpc), group);
    let groups: Vec<NodeId> = body.groups.iter().copied().chain([group]).collect();
    draft.set(cluster, "groups", groups.to_value());
    draft.finish()
}

fn joined(draft: &mut Draft, cluster: NodeId, template: NodeId) -> Option<()> {
    let body = draft.design().get::<LaunchTemplate>(template)?.clone();
    let found = lacks(&Context::new(draft.design()), cluster, &body);
    if found.contains(&Lack::Agent) {
        let architecture = instance_types::instance_type(&body.instance_type)
            .map_or(Architecture::X86_64, |of| of.family.architecture);
        let image = format!("ecs-al2023-{}", architecture.name());
        draft.set(template, "image", crate::catalog::Value::None);
        draft.set(template, "ami", ami(&image)?.id);
        draft.set(template, "root_size", i64::from(body.root_size).max(ROOT).to_value());
    }
    if found.iter().any(|lack| matches!(lack, Lack::Name | Lack::Other)) {
        let name = cluster_name(draft, cluster)?;
        let script = match named(&body.user_data) {
            Some(other) => body.user_data.replacen(&format!("{VARIABLE}{other}"), &format!("{VARIABLE}{name}"), 1),
            None => {
                let begin = if body.user_data.is_empty() { "#!/bin/bash\n" } else { body.user_data.trim_end() };
                let gap = if begin.ends_with('\n') { "" } else { "\n" };
                format!("{begin}{gap}echo {VARIABLE}{name} >> /etc/ecs/ecs.config\n")
            }
        };
        draft.set(template, "user_data", script.to_value());
    }
    if found.contains(&Lack::Role) {
        allow(draft, template, body.instance_profile);
    }
    Some(())
}

/// The cluster's name; one that CloudFormation would choose cannot stand in a script, so it gets one of its own.
fn cluster_name(draft: &mut Draft, cluster: NodeId) -> Option<String> {
    let body = draft.design().get::<EcsCluster>(cluster)?;
    if !body.cluster_name.is_empty() {
        return Some(body.cluster_name.clone());
    }
    let plain = |c: char| if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' };
    let name: String = draft.design().node(cluster)?.name.chars().map(plain).take(255).collect();
    let name = name.trim_matches('-');
    let name = if name.is_empty() { format!("cluster-{cluster}") } else { name.to_owned() };
    draft.set(cluster, "cluster_name", name.as_str());
    Some(name)
}

/// Lets the agent register instances of a template: by the role that they have, else by a new one.
fn allow(draft: &mut Draft, template: NodeId, profile: Option<NodeId>) {
    let profile = profile.filter(|id| draft.design().get::<InstanceProfile>(*id).is_some());
    let role = profile.and_then(|id| draft.design().get::<InstanceProfile>(id)?.role);
    let policies = role.and_then(|id| Some(draft.design().get::<IamRole>(id)?.aws_policies.clone()));
    if let (Some(role), Some(mut policies)) = (role, policies) {
        policies.push(AwsPolicy::named(POLICY));
        return draft.set(role, "aws_policies", policies.to_value());
    }
    let frame = draft.design().ancestor(template, crate::catalog::Kind::Region);
    let role = IamRole { aws_policies: vec![AwsPolicy::named(POLICY)], ..IamRole::default() };
    let role = draft.add("ecs-instance-role", frame, role);
    match profile {
        Some(profile) => draft.set(profile, "role", role),
        None => {
            let profile = InstanceProfile { role: Some(role), ..InstanceProfile::default() };
            let profile = draft.add("ecs-instance-profile", frame, profile);
            draft.set(template, "instance_profile", profile);
        }
    }
}
