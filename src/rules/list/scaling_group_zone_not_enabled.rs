//! An Auto Scaling group launches only where its load balancer has a subnet.
use std::collections::BTreeSet;

use crate::catalog::Value;
use crate::catalog::kinds::{AutoScalingGroup, LoadBalancer, Subnet};
use crate::design::Edit;
use crate::facts::Context;
use crate::fixes::rows::appended;
use crate::id::NodeId;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "scaling-group-zone-not-enabled",
    severity: Severity::Warning,
    title: t(
        "로드 밸런서가 쓰지 않는 가용 영역의 Auto Scaling 그룹",
        "Auto Scaling group in a zone the load balancer does not use",
    ),
    why: t(
        "로드 밸런서가 서브넷을 고르지 않은 가용 영역에 뜬 인스턴스는 요청을 받지 못해요.",
        "Instances launched in a zone in which the load balancer has no subnet get no requests.",
    ),
    source: "https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-add-availability-zone.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, group) in context.all::<AutoScalingGroup>() {
        for (balancer_id, balancer, body) in group.target_groups.iter().flat_map(|targets| context.balancers(*targets))
        {
            let enabled: BTreeSet<Option<&str>> = body.subnets.iter().map(|subnet| context.zone_of(*subnet)).collect();
            // A subnet outside every lane may be in any zone.
            if enabled.is_empty() || enabled.contains(&None) {
                continue;
            }
            for subnet in &group.subnets {
                let Some(zone) = context.zone_of(*subnet).filter(|zone| !enabled.contains(&Some(zone))) else {
                    continue;
                };
                let (name, balancer, subnet_name) = (&node.name, &balancer.name, context.name(*subnet));
                let note = report
                    .note(
                        id,
                        message!(
                            "Auto Scaling 그룹 {name}의 서브넷 {subnet_name}은(는) 가용 영역 {zone}에 있는데 로드 밸런서 {balancer}에 그 영역의 서브넷이 없어요. {balancer}에 영역 {zone}의 서브넷을 더하거나 {name}에서 이 서브넷을 빼세요.",
                            "Subnet {subnet_name} of Auto Scaling group {name} lies in zone {zone}, where load balancer {balancer} has no subnet. Add a subnet of zone {zone} to {balancer}, or take this one from {name}."
                        ),
                    )
                    .field(id_of!(AutoScalingGroup.subnets))
                        .given_all([(balancer_id, id_of!(LoadBalancer.subnets)), (id, id_of!(AutoScalingGroup.target_groups))])
                        .given_all(context.zones_given(body.subnets.iter().copied().chain([*subnet])));
                // The one subnet of the zone that is as public as those the balancer has.
                let like = body.subnets.first().map(|first| context.is_public(*first));
                let vpc = context.vpc_of(balancer_id).map(|(vpc, _)| vpc);
                let mut fit =
                    vpc.into_iter().flat_map(|vpc| context.within::<Subnet>(vpc)).map(|(id, ..)| id).filter(|other| {
                        context.zone_of(*other) == Some(zone) && Some(context.is_public(*other)) == like
                    });
                if let (Some(fit), None) = (fit.next(), fit.next()) {
                    let fit_name = context.name(fit);
                    note.fix(
                        message!("{balancer}에 서브넷 {fit_name} 더하기", "Add subnet {fit_name} to {balancer}"),
                        vec![Edit::set(balancer_id, id_of!(LoadBalancer.subnets), appended(&body.subnets, &fit))],
                    );
                    continue;
                }
                let kept: Vec<NodeId> = group.subnets.iter().copied().filter(|kept| kept != subnet).collect();
                if !kept.is_empty() {
                    let kept = kept.into_iter().map(Value::Ref).collect();
                    note.fix(
                        message!("{name}에서 서브넷 {subnet_name} 빼기", "Take subnet {subnet_name} from {name}"),
                        vec![Edit::set(id, id_of!(AutoScalingGroup.subnets), Value::List(kept))],
                    );
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, quiet, scaled};

    #[test]
    fn fires_on_a_subnet_of_a_further_zone() {
        let mut sketch = scaled();
        sketch.refs("alb", "subnets", &["public-a"]);
        fires(&RULE, &sketch, &["asg"]);
    }

    #[test]
    fn quiet_where_every_zone_is_enabled_and_without_a_balancer() {
        let mut sketch = scaled();
        quiet(&RULE, &sketch);
        sketch.refs("alb", "subnets", &["public-a"]);
        sketch.refs("asg", "target_groups", &[]);
        quiet(&RULE, &sketch);
    }
}
