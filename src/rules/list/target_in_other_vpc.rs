//! Targets are instances of the target group's VPC.
use crate::catalog::kinds::TargetGroup;
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "target-in-other-vpc",
    severity: Severity::Error,
    title: t("다른 VPC의 대상", "Target in another VPC"),
    why: t(
        "대상 그룹에는 같은 VPC의 인스턴스만 등록할 수 있고, 로드 밸런서도 같은 VPC에 있어야 해요.",
        "A target group takes instances of its own VPC only, and serves load balancers of that VPC.",
    ),
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-register-targets.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, group) in context.all::<TargetGroup>() {
        // One for functions is in no VPC.
        let Some(own) = context.vpc_of(id).map(|(vpc, _)| vpc) else { continue };
        // A field that does not apply now names nobody.
        let registered: Vec<_> = context.targets(group).map(|(row, ..)| row).collect();
        let strangers = context.strangers(id, id_of!(TargetGroup.targets)).into_iter();
        for stranger in strangers.filter(|stranger| registered.contains(&stranger.row)) {
            let (name, target_name, other) = (&node.name, context.name(stranger.node), context.name(stranger.other));
            report
                .note(
                    id,
                    message!(
                        "대상 그룹 {name}의 대상 {target_name}이(가) 다른 VPC {other}에 있어요. 같은 VPC의 인스턴스를 등록하세요.",
                        "Target {target_name} of target group {name} stands in another VPC, {other}. Register instances of the same VPC."
                    ),
                )
                .field(stranger.field)
                .given(id, id_of!(TargetGroup.target_type))
                .given_all(context.vpcs_of([Some(stranger.own), Some(stranger.other)]))
                .fix(message!("대상 {target_name} 빼기", "Take target {target_name} out"), vec![stranger.taken_out(context.design)]);
        }
        for (balancer, balancer_node, _) in context.balancers(id) {
            let Some((other, _)) = context.vpc_of(balancer).filter(|(other, _)| *other != own) else { continue };
            let vpcs = context.vpcs_of([Some(own), Some(other)]);
            let (name, balancer_name, other) = (&node.name, &balancer_node.name, context.name(other));
            let note = report.note(
                id,
                message!(
                    "대상 그룹 {name}(으)로 전달하는 로드 밸런서 {balancer_name}이(가) 다른 VPC {other}에 있어요. 같은 VPC의 대상 그룹을 쓰세요.",
                    "Load balancer {balancer_name}, which forwards to target group {name}, stands in another VPC, {other}. Use a target group of its VPC."
                ),
            );
            note.given_all(vpcs).given(id, id_of!(TargetGroup.target_type));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::{Instance, Subnet, Target, Vpc};
    use crate::rules::testing::{balanced, fires, quiet};

    #[test]
    fn fires_on_a_foreign_instance_and_a_foreign_balancer() {
        let mut sketch = balanced();
        sketch.add("region", "other", Vpc::default());
        sketch.add("other", "far", Subnet::default());
        let instance = Some(sketch.add("far", "stranger", Instance::default()));
        sketch.rows("tg", "targets", &[Target { instance, ..Target::default() }]);
        fires(&RULE, &sketch, &["tg"]);
    }

    #[test]
    fn quiet_within_a_vpc() {
        quiet(&RULE, &balanced());
    }
}
