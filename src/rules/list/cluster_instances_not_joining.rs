//! Instances that a cluster counts on join it.
use std::collections::BTreeSet;

use crate::catalog::kinds::{AutoScalingGroup, EcsCluster, LaunchTemplate};
use crate::facts::Context;
use crate::facts::joining::{Lack, is_on_instances, lacks, names_clusters, with_agent};
use crate::facts::tasks::WayOut;
use crate::fixes::joining::join;
use crate::id::NodeId;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "cluster-instances-not-joining",
    severity: Severity::Error,
    title: t("ECS 클러스터에 참여하지 못하는 인스턴스", "Instances that do not join their ECS cluster"),
    why: t(
        "인스턴스는 ECS 에이전트가 있고, 설정에 클러스터 이름이 있고, 역할이 등록을 허용해야 클러스터에 들어와요. 하나라도 없으면 태스크가 대기 상태로 남아요.",
        "An instance joins a cluster by the ECS agent, with the cluster's name in its configuration and a role that allows to register. Without any of them tasks stay pending.",
    ),
    source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/launch_container_instance.html",
    fixes: true,
    check,
};

/// The services that the agent calls, by their endpoints.
const AGENT: [&str; 3] = ["ecs", "ecs-agent", "ecs-telemetry"];

fn check(context: &Context, report: &mut Report) {
    nameless(context, report);
    for (cluster, node, body) in context.all::<EcsCluster>() {
        // A group that is listed twice is one.
        for group in body.groups.iter().copied().collect::<BTreeSet<NodeId>>() {
            let Some(fleet) = context.design.get::<AutoScalingGroup>(group) else { continue };
            cut_off(context, report, group, fleet);
            let Some(template) = fleet.launch_template else { continue };
            let Some(body) = context.design.get::<LaunchTemplate>(template) else { continue };
            for lack in lacks(context, cluster, body) {
                let (name, cluster_name) = (context.name(template), &node.name);
                let (field, message) = match lack {
                    Lack::Agent => (
                        "ami",
                        message!(
                            "시작 템플릿 {name}의 AMI에는 ECS 에이전트가 없어서 인스턴스가 클러스터 {cluster_name}에 들어오지 못해요. ECS 최적화 AMI로 바꾸세요.",
                            "The image of launch template {name} has no ECS agent, so its instances do not join cluster {cluster_name}. Choose an ECS-optimized image."
                        ),
                    ),
                    Lack::Name => (
                        "user_data",
                        message!(
                            "시작 템플릿 {name}의 사용자 데이터에 클러스터 이름이 없어서 인스턴스가 {cluster_name} 대신 default 클러스터를 찾아요. /etc/ecs/ecs.config에 ECS_CLUSTER를 적으세요.",
                            "The user data of launch template {name} names no cluster, so its instances look for the cluster default instead of {cluster_name}. Write ECS_CLUSTER to /etc/ecs/ecs.config."
                        ),
                    ),
                    Lack::Other => (
                        "user_data",
                        message!(
                            "시작 템플릿 {name}의 사용자 데이터에 적힌 클러스터는 {cluster_name}의 이름이 아니에요. ECS_CLUSTER를 클러스터의 이름과 같게 적으세요.",
                            "The cluster in the user data of launch template {name} is not the name of {cluster_name}. Make ECS_CLUSTER the cluster's name."
                        ),
                    ),
                    Lack::Role => (
                        "instance_profile",
                        message!(
                            "시작 템플릿 {name}의 역할에 AmazonEC2ContainerServiceforEC2Role 정책이 없어서 인스턴스가 클러스터 {cluster_name}에 등록되지 못해요. 그 정책이 있는 역할을 연결하세요.",
                            "No role with the policy AmazonEC2ContainerServiceforEC2Role comes with launch template {name}, so its instances cannot register in cluster {cluster_name}. Connect one."
                        ),
                    ),
                };
                let profile = body.instance_profile.map(|profile| (profile, "role"));
                let note = report.note(template, message).field(field).given_all(profile);
                if let Some(edits) = join(context.design, cluster, template) {
                    note.fix(message!("{cluster_name}에 참여하게 하기", "Make them join {cluster_name}"), edits);
                }
            }
        }
    }
}

/// Instances that no capacity provider speaks for join by their user data alone: without a name they all look for the cluster `default`.
fn nameless(context: &Context, report: &mut Report) {
    if names_clusters(context) {
        return;
    }
    let awaits = |cluster: NodeId, of: &EcsCluster| {
        let mut services = context.services().filter(|(.., service, _)| service.cluster == Some(cluster));
        of.groups.is_empty()
            && of.cluster_name != "default"
            && services.any(|(_, _, service, task)| is_on_instances(context, service, task))
    };
    let Some((cluster, node, _)) = context.all::<EcsCluster>().find(|(id, _, of)| awaits(*id, of)) else { return };
    for (_, plan, _) in with_agent(context) {
        let (name, cluster_name) = (context.name(plan), &node.name);
        report
            .note(
                plan,
                message!(
                    "시작 템플릿 {name}의 사용자 데이터에 클러스터 이름이 없어서 인스턴스가 {cluster_name} 대신 default 클러스터를 찾고, 서비스의 태스크가 시작하지 못해요. /etc/ecs/ecs.config에 ECS_CLUSTER를 적으세요.",
                    "The user data of launch template {name} names no cluster, so its instances look for the cluster default instead of {cluster_name}, and the tasks of its service do not start. Write ECS_CLUSTER to /etc/ecs/ecs.config."
                ),
            )
            .field(id_of!(LaunchTemplate.user_data))
            .given_all([(cluster, id_of!(EcsCluster.groups)), (cluster, id_of!(EcsCluster.cluster_name))]);
    }
}

/// The agent needs a way to ECS.
fn cut_off(context: &Context, report: &mut Report, group: NodeId, fleet: &AutoScalingGroup) {
    let served = |subnet| {
        context
            .vpc_of(subnet)
            .is_some_and(|(vpc, _)| AGENT.iter().all(|service| context.interface_endpoint(vpc, service).is_some()))
    };
    let cut = fleet.subnets.iter().find(|subnet| context.way_out(**subnet) == WayOut::None && !served(**subnet));
    let Some(cut) = cut else { return };
    let (name, subnet) = (context.name(group), context.name(*cut));
    report
        .note(
            group,
            message!(
                "Auto Scaling 그룹 {name}의 서브넷 {subnet}에서 ECS로 가는 길이 없어서 인스턴스가 클러스터에 등록되지 못해요. NAT 게이트웨이로 가는 라우팅이나 ecs, ecs-agent, ecs-telemetry 엔드포인트를 만드세요.",
                "No way leads to ECS from subnet {subnet} of Auto Scaling group {name}, so its instances cannot register. Add a route to a NAT gateway, or endpoints for ecs, ecs-agent and ecs-telemetry."
            ),
        )
        .field(id_of!(AutoScalingGroup.subnets))
        .given_all(context.way_of(*cut));
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::Value;
    use crate::catalog::kinds::{IamRole, InstanceProfile, LaunchTemplate};
    use crate::fixes::joining::join;
    use crate::rules::check;
    use crate::rules::testing::{Named, fires, found_in, quiet, scaled, tasks};

    /// [`scaled`] with a cluster whose instances are those of the group.
    fn counted_on() -> Named {
        let mut n = scaled();
        n.add("region", "cluster", crate::catalog::kinds::EcsCluster::default());
        n.refs("cluster", "groups", &["asg"]);
        n
    }

    fn joined() -> Named {
        let mut n = counted_on();
        let edits = join(n.design(), n.id("cluster"), n.id("template")).unwrap();
        for edit in &edits {
            n.edit(edit);
        }
        n
    }

    #[test]
    fn fires_on_servers_that_know_nothing_of_it() {
        fires(&RULE, &counted_on(), &["template"]);
        let found = check(counted_on().design()).into_iter().filter(|finding| finding.rule == RULE.id);
        assert_eq!(
            found.filter_map(|finding| finding.field).collect::<Vec<_>>(),
            ["ami", "user_data", "instance_profile"]
        );
    }

    #[test]
    fn fires_on_the_name_of_another_and_on_a_role_that_may_not() {
        let mut n = joined();
        let body = n.design().get::<LaunchTemplate>(n.id("template")).unwrap();
        assert_eq!(body.user_data, "#!/bin/bash\necho ECS_CLUSTER=cluster >> /etc/ecs/ecs.config\n");
        n.set("cluster", "cluster_name", "other");
        fires(&RULE, &n, &["template"]);
        let mut n = joined();
        let role = n.add("region", "plain", IamRole::default());
        let profile =
            n.add("region", "plain-profile", InstanceProfile { role: Some(role), ..InstanceProfile::default() });
        n.set("template", "instance_profile", profile);
        fires(&RULE, &n, &["template"]);
    }

    #[test]
    fn fires_without_a_capacity_provider_where_nobody_tells_the_agent_its_cluster() {
        let cluster = |script: &str| {
            format!(
                "  Cluster: {{Type: 'AWS::ECS::Cluster'}}
  Plan: {{Type: 'AWS::EC2::LaunchTemplate', Properties: {{LaunchTemplateData: {{ImageId: '{{{{resolve:ssm:/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id}}}}', InstanceType: t3.small{script}}}}}}}
  Fleet: {{Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: {{MinSize: '1', MaxSize: '3', VPCZoneIdentifier: [subnet-0123456789abcdef0], LaunchTemplate: {{LaunchTemplateId: !Ref Plan, Version: !GetAtt Plan.LatestVersionNumber}}}}}}
  Task: {{Type: 'AWS::ECS::TaskDefinition', Properties: {{ContainerDefinitions: [{{Name: web, Image: nginx, Memory: 128}}]}}}}
  Tasks: {{Type: 'AWS::ECS::Service', Properties: {{Cluster: !Ref Cluster, TaskDefinition: !Ref Task, DesiredCount: 1}}}}
"
            )
        };
        assert_eq!(found_in(&RULE, &cluster("")), ["Plan"]);
        let joins =
            ", UserData: !Base64 {'Fn::Sub': \"#!/bin/bash\\necho ECS_CLUSTER=${Cluster} >> /etc/ecs/ecs.config\"}";
        assert_eq!(found_in(&RULE, &cluster(joins)), [""; 0]);
        assert_eq!(found_in(&RULE, &cluster(", UserData: !ImportValue boot-Script")), [""; 0]);
    }

    #[test]
    fn fires_where_no_way_leads_to_ecs() {
        let mut n = counted_on();
        n.set("private-rt", "routes", Value::List(Vec::new()));
        fires(&RULE, &n, &["template", "asg"]);
    }

    #[test]
    fn quiet_once_they_join_and_on_what_is_not_known() {
        quiet(&RULE, &joined());
        quiet(&RULE, &tasks());
        let mut n = joined();
        n.set("cluster", "cluster_name", "default");
        n.set("template", "user_data", "");
        quiet(&RULE, &n);
        let mut n = joined();
        n.set("template", "user_data", "#!/bin/bash\necho ECS_CLUSTER=${Cluster} >> /etc/ecs/ecs.config\n");
        n.set("template", "ami", "ami-0123456789abcdef0");
        quiet(&RULE, &n);
    }
}
