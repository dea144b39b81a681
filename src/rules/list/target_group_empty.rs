//! A target group without targets answers 503.
use crate::catalog::FieldValue;
use crate::catalog::kinds::{AutoScalingGroup, EcsService, Instance, Target, TargetGroup, TargetType};
use crate::design::Edit;
use crate::facts::Context;
use crate::id::NodeId;
use crate::net::Protocol;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "target-group-empty",
    severity: Severity::Warning,
    title: t("대상이 없는 대상 그룹", "Target group without targets"),
    why: t(
        "등록된 대상이 없으면 로드 밸런서가 모든 요청에 503으로 답해요.",
        "Without a registered target the load balancer answers every request with 503.",
    ),
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    // Whom these join, where only a deployment knows it, may be any of them.
    let fleets = context.all::<AutoScalingGroup>().map(|(id, ..)| (id, id_of!(AutoScalingGroup.target_groups)));
    let services = context.all::<EcsService>().map(|(id, ..)| (id, id_of!(EcsService.load_balancers)));
    let joining: Vec<_> = fleets.chain(services).collect();
    for (id, node, group) in context.all::<TargetGroup>() {
        // Instances of a scaling group and tasks of a service join by themselves.
        let joined = !group.targets.is_empty() || !context.fleets(id).is_empty() || !context.services_of(id).is_empty();
        if joined || context.balancers(id).next().is_none() {
            continue;
        }
        let name = &node.name;
        let note = report
            .note(
                id,
                message!(
                    "대상 그룹 {name}에 대상이 없어서 요청에 503으로 답해요. 인스턴스를 대상으로 등록하거나 Auto Scaling 그룹을 연결하세요.",
                    "Target group {name} has no target, so requests are answered with 503. Register instances as targets, or connect an Auto Scaling group."
                ),
            )
            .field(id_of!(TargetGroup.targets))
            .given_all(joining.iter().copied());
        let targets = reachable(context, id, group);
        if !targets.is_empty() {
            let count = targets.len();
            note.fix(
                message!(
                    "받을 수 있는 인스턴스 {count}개를 대상으로 등록하기",
                    "Register the {count} instances that can be reached"
                ),
                vec![Edit::set(id, id_of!(TargetGroup.targets), targets.to_value())],
            );
        }
    }
}

/// The instances of the group's VPC whose security groups admit the balancer on the group's port.
fn reachable(context: &Context, id: NodeId, group: &TargetGroup) -> Vec<Target> {
    let Some((vpc, _)) = context.vpc_of(id).filter(|_| group.target_type == TargetType::Instance) else {
        return Vec::new();
    };
    let Some((_, _, balancer)) = context.balancers(id).next() else { return Vec::new() };
    let instances = context.within::<Instance>(vpc);
    let fit = instances
        .filter(|(_, _, of)| context.admits_nodes(balancer, context.groups_of_instance(of), Protocol::Tcp, group.port));
    fit.map(|(id, ..)| Target { instance: Some(id), ..Target::default() }).collect()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::Target;
    use crate::rules::testing::{balanced, fires, quiet};

    #[test]
    fn fires_on_an_empty_group_in_use() {
        let mut sketch = balanced();
        sketch.rows("tg", "targets", &[] as &[Target]);
        fires(&RULE, &sketch, &["tg"]);
    }

    #[test]
    fn quiet_with_targets_and_while_unused() {
        let mut sketch = balanced();
        quiet(&RULE, &sketch);
        sketch.rows("tg", "targets", &[] as &[Target]);
        sketch.remove("http");
        quiet(&RULE, &sketch);
    }
}
