//! An Auto Scaling group in one zone goes down with that zone.
use std::collections::BTreeSet;

use crate::catalog::kinds::{AutoScalingGroup, Subnet};
use crate::design::Edit;
use crate::facts::Context;
use crate::fixes::rows::appended;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "scaling-group-single-zone",
    severity: Severity::Warning,
    title: t("한 가용 영역에만 있는 Auto Scaling 그룹", "Auto Scaling group in one zone"),
    why: t(
        "그 가용 영역에 문제가 생기면 인스턴스가 모두 멈추고 다른 곳에 다시 뜨지 못해요.",
        "When that zone fails all its instances stop, and none can be launched elsewhere.",
    ),
    source: "https://docs.aws.amazon.com/autoscaling/ec2/userguide/auto-scaling-benefits.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, group) in context.all::<AutoScalingGroup>() {
        let zones: BTreeSet<Option<&str>> = group.subnets.iter().map(|subnet| context.zone_of(*subnet)).collect();
        let (1, Some(Some(zone))) = (zones.len(), zones.first().copied()) else { continue };
        let name = &node.name;
        let note = report
            .note(
                id,
                message!(
                    "Auto Scaling 그룹 {name}의 서브넷이 모두 가용 영역 {zone}에 있어요. 다른 영역의 서브넷도 고르세요.",
                    "All subnets of Auto Scaling group {name} lie in zone {zone}. Choose one of another zone too."
                ),
            )
            .field(id_of!(AutoScalingGroup.subnets));
        let Some((vpc, _)) = context.vpc_of(id) else { continue };
        let public = group.subnets.iter().any(|subnet| context.is_public(*subnet));
        let other = context.within::<Subnet>(vpc).map(|(subnet, ..)| subnet).find(|subnet| {
            context.is_public(*subnet) == public && context.zone_of(*subnet).is_some_and(|other| other != zone)
        });
        if let Some(other) = other {
            let subnet = context.name(other);
            note.fix(
                message!("서브넷 {subnet} 더하기", "Add subnet {subnet}"),
                vec![Edit::set(id, id_of!(AutoScalingGroup.subnets), appended(&group.subnets, &other))],
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, quiet, scaled};

    #[test]
    fn fires_on_subnets_of_one_zone() {
        let mut sketch = scaled();
        sketch.refs("asg", "subnets", &["private-a"]);
        fires(&RULE, &sketch, &["asg"]);
    }

    #[test]
    fn quiet_on_two_zones() {
        quiet(&RULE, &scaled());
    }
}
