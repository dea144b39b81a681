//! How instances of an Auto Scaling group join a cluster of ECS: by the agent of their image, the cluster's name in their user data, and a role
//! that lets the agent register them.

use super::draft::Draft;
use crate::catalog::FieldValue;
use crate::catalog::data::{Architecture, ami, instance_types};
use crate::catalog::kinds::{AutoScalingGroup, EcsCluster, IamRole, InstanceProfile, LaunchTemplate};
use crate::catalog::permissions::AwsPolicy;
use crate::design::{Design, Edit};
use crate::facts::Context;
use crate::facts::joining::{BOTTLEROCKET, Lack, VARIABLE, WINDOWS, lacks, named};
use crate::id::NodeId;
use crate::id_of;

/// The policy that AWS keeps for it.
const POLICY: &str = "service-role/AmazonEC2ContainerServiceforEC2Role";
/// User data that tells the agent the name of its cluster, in the way of its system. Nothing where no way is known.
fn naming(script: &str, name: &str) -> Option<String> {
    if let Some(range) = named(script) {
        let mut script = script.to_owned();
        script.replace_range(range, name);
        return Some(script);
    }
    if script.contains(WINDOWS) {
        return Some(script.replacen(WINDOWS, &format!("{WINDOWS} -Cluster '{name}'"), 1));
    }
    if script.contains(BOTTLEROCKET) {
        return Some(script.replacen(BOTTLEROCKET, &format!("{BOTTLEROCKET}\ncluster = \"{name}\""), 1));
    }
    if ["<powershell>", "<script>", "[settings"].iter().any(|other| script.contains(other)) {
        return None;
    }
    let begin = if script.is_empty() { "#!/bin/bash\n" } else { script.trim_end() };
    let gap = if begin.ends_with('\n') { "" } else { "\n" };
    Some(format!("{begin}{gap}echo {VARIABLE}{name} >> /etc/ecs/ecs.config\n"))
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
    draft.set(cluster, id_of!(EcsCluster.groups), groups.to_value());
    draft.finish()
}

fn joined(draft: &mut Draft, cluster: NodeId, template: NodeId) -> Option<()> {
    let body = draft.design().get::<LaunchTemplate>(template)?.clone();
    let found = lacks(&Context::new(draft.design()), cluster, &body);
    if found.contains(&Lack::Agent) {
        let architecture = instance_types::instance_type(&body.instance_type)
            .map_or(Architecture::X86_64, |of| of.family.architecture);
        let image = ami(&format!("ecs-al2023-{}", architecture.name()))?;
        draft.set(template, id_of!(LaunchTemplate.image), crate::catalog::Value::None);
        draft.set(template, id_of!(LaunchTemplate.ami), image.id);
        draft.set(template, id_of!(LaunchTemplate.root_size), body.root_size.max(image.least_root).to_value());
    }
    if found.iter().any(|lack| matches!(lack, Lack::Name | Lack::Other)) {
        let name = cluster_name(draft, cluster)?;
        draft.set(template, id_of!(LaunchTemplate.user_data), naming(&body.user_data, &name)?.to_value());
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
    draft.set(cluster, id_of!(EcsCluster.cluster_name), name.as_str());
    Some(name)
}

/// Lets the agent register instances of a template: by the role that they have, else by a new one.
fn allow(draft: &mut Draft, template: NodeId, profile: Option<NodeId>) {
    let profile = profile.filter(|id| draft.design().get::<InstanceProfile>(*id).is_some());
    let role = profile.and_then(|id| draft.design().get::<InstanceProfile>(id)?.role);
    let policies = role.and_then(|id| Some(draft.design().get::<IamRole>(id)?.aws_policies.clone()));
    if let (Some(role), Some(mut policies)) = (role, policies) {
        policies.push(AwsPolicy::named(POLICY));
        return draft.set(role, id_of!(IamRole.aws_policies), policies.to_value());
    }
    let frame = draft.design().ancestor(template, crate::catalog::Kind::Region);
    let role = IamRole { aws_policies: vec![AwsPolicy::named(POLICY)], ..IamRole::default() };
    let role = draft.add("ecs-instance-role", frame, role);
    match profile {
        Some(profile) => draft.set(profile, id_of!(InstanceProfile.role), role),
        None => {
            let profile = InstanceProfile { role: Some(role), ..InstanceProfile::default() };
            let profile = draft.add("ecs-instance-profile", frame, profile);
            draft.set(template, id_of!(LaunchTemplate.instance_profile), profile);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::naming;
    use crate::facts::joining::named;

    #[test]
    fn every_way_of_naming_a_cluster_is_read_and_changed() {
        for (script, changed) in [
            ("echo ECS_CLUSTER=web >> /etc/ecs/ecs.config\n", "echo ECS_CLUSTER=new >> /etc/ecs/ecs.config\n"),
            ("echo 'ECS_CLUSTER=web' >> a\n", "echo 'ECS_CLUSTER=new' >> a\n"),
            ("ECS_CLUSTER=\"web\"\nECS_X=1\n", "ECS_CLUSTER=\"new\"\nECS_X=1\n"),
            ("echo \"ECS_CLUSTER=\\\"web\\\"\" >> a", "echo \"ECS_CLUSTER=\\\"new\\\"\" >> a"),
            (
                "<powershell>\nInitialize-ECSAgent -Cluster 'web' -EnableTaskIAMRole\n</powershell>",
                "<powershell>\nInitialize-ECSAgent -Cluster 'new' -EnableTaskIAMRole\n</powershell>",
            ),
            ("[settings.ecs]\nbackup = 1\ncluster = \"web\"\n", "[settings.ecs]\nbackup = 1\ncluster = \"new\"\n"),
        ] {
            assert_eq!(named(script).and_then(|range| script.get(range)), Some("web"), "{script}");
            assert_eq!(naming(script, "new").as_deref(), Some(changed));
        }
        assert_eq!(named("ECS_CLUSTER= other"), Some(12..12));
    }

    #[test]
    fn a_name_is_added_in_the_way_of_its_system() {
        for (script, added) in [
            ("", Some("#!/bin/bash\necho ECS_CLUSTER=web >> /etc/ecs/ecs.config\n")),
            (
                "<powershell>\nInitialize-ECSAgent -EnableTaskIAMRole\n</powershell>",
                Some("<powershell>\nInitialize-ECSAgent -Cluster 'web' -EnableTaskIAMRole\n</powershell>"),
            ),
            (
                "[settings.ecs]\nlogging = 1\n[settings.host]\ncluster = 1",
                Some("[settings.ecs]\ncluster = \"web\"\nlogging = 1\n[settings.host]\ncluster = 1"),
            ),
            ("<powershell>\nGet-Date\n</powershell>", None),
        ] {
            assert_eq!(named(script), None, "{script}");
            assert_eq!(naming(script, "web").as_deref(), added);
        }
    }
}
