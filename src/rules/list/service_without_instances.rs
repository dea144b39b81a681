//! A service on EC2 has instances to run on.
use crate::catalog::kinds::{EcsCluster, EcsService, ServiceLaunch};
use crate::facts::Context;
use crate::fixes::joining::add_instances;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "service-without-instances",
    severity: Severity::Warning,
    title: t("인스턴스가 없는 클러스터의 EC2 서비스", "EC2 service in a cluster without instances"),
    why: t(
        "EC2에서 도는 태스크는 클러스터에 등록된 인스턴스가 있어야 시작해요. 없으면 태스크가 대기 상태로 남고 스택이 끝나지 않아요.",
        "Tasks on EC2 start only on instances registered in the cluster. Without any they stay pending, and the stack does not complete.",
    ),
    source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/asg-capacity-providers.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, name, service, _) in context.services().filter(|(_, _, service, _)| service.launch == ServiceLaunch::Ec2) {
        let Some(cluster) = service.cluster else { continue };
        if context.design.get::<EcsCluster>(cluster).is_none_or(|cluster| !cluster.groups.is_empty()) {
            continue;
        }
        let cluster_name = context.name(cluster);
        let note = report
            .note(
                id,
                message!(
                    "서비스 {name}은(는) EC2에서 도는데 클러스터 {cluster_name}에 인스턴스가 없어요. 클러스터에 Auto Scaling 그룹을 연결하거나 Fargate로 바꾸세요.",
                    "Service {name} runs on EC2, and cluster {cluster_name} has no instances. Give the cluster an Auto Scaling group, or change to Fargate."
                ),
            )
            .field(id_of!(EcsService.launch));
        let Some((vpc, _)) = context.vpc_of(id) else { continue };
        let subnets = if service.subnets.is_empty() { context.private_subnets(vpc) } else { service.subnets.clone() };
        if let Some(edits) = add_instances(context.design, cluster, vpc, subnets) {
            note.fix(
                message!(
                    "{cluster_name}에 참여하는 Auto Scaling 그룹 만들기",
                    "Create an Auto Scaling group that joins {cluster_name}"
                ),
                edits,
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::AutoScalingGroup;
    use crate::rules::testing::{fires, quiet, tasks};
    use crate::rules::{Severity, check};

    #[test]
    fn fires_in_an_empty_cluster() {
        let mut n = tasks();
        n.set("service", "launch", "EC2");
        fires(&RULE, &n, &["service"]);
    }

    #[test]
    fn what_its_fix_creates_is_sound() {
        let mut n = tasks();
        n.set("task", "compatibility", "EC2");
        n.set("service", "launch", "EC2");
        let found = check(n.design()).into_iter().find(|finding| finding.rule == RULE.id).unwrap();
        for edit in found.fix.unwrap().edits {
            n.edit(&edit);
        }
        let left = check(n.design()).into_iter().filter(|finding| finding.severity != Severity::Info);
        assert_eq!(left.collect::<Vec<_>>(), vec![]);
    }

    #[test]
    fn quiet_with_a_group_and_on_fargate() {
        let mut n = tasks();
        quiet(&RULE, &n);
        n.set("service", "launch", "EC2");
        n.add("vpc", "group", AutoScalingGroup::default());
        n.refs("cluster", "groups", &["group"]);
        quiet(&RULE, &n);
    }
}
