//! A target gets requests only in a zone in which the load balancer has a subnet.
use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::kinds::{LoadBalancer, Subnet, TargetGroup};
use crate::design::Edit;
use crate::facts::Context;
use crate::fixes::rows::appended;
use crate::id::NodeId;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "target-zone-not-enabled",
    severity: Severity::Warning,
    title: t("로드 밸런서가 쓰지 않는 가용 영역의 대상", "Target in a zone the load balancer does not use"),
    why: t(
        "로드 밸런서가 서브넷을 고르지 않은 가용 영역의 대상은 요청을 받지 못해요.",
        "Targets in a zone in which the load balancer has no subnet get no requests.",
    ),
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-register-targets.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    let mut subnets: BTreeMap<(NodeId, &str, bool), Vec<NodeId>> = BTreeMap::new();
    for (id, ..) in context.all::<Subnet>() {
        if let (Some((vpc, _)), Some(zone)) = (context.vpc_of(id), context.zone_of(id)) {
            subnets.entry((vpc, zone, context.is_public(id))).or_default().push(id);
        }
    }
    for (group_id, group_node, group) in context.all::<TargetGroup>() {
        for (id, node, balancer) in context.balancers(group_id) {
            let enabled: BTreeSet<Option<&str>> =
                balancer.subnets.iter().map(|subnet| context.zone_of(*subnet)).collect();
            // A subnet outside every lane may be in any zone.
            if enabled.is_empty() || enabled.contains(&None) {
                continue;
            }
            for (_, target, target_node, ..) in context.targets(group) {
                let Some(zone) = context.zone_of(target).filter(|zone| !enabled.contains(&Some(zone))) else {
                    continue;
                };
                let (name, group_name, target_name) = (&node.name, &group_node.name, &target_node.name);
                let note = report
                    .note(
                        group_id,
                        message!(
                            "대상 그룹 {group_name}의 대상 {target_name}은(는) 가용 영역 {zone}에 있는데 로드 밸런서 {name}에 그 영역의 서브넷이 없어 요청을 받지 못해요. {name}에 영역 {zone}의 서브넷을 더하세요.",
                            "Target {target_name} of target group {group_name} lies in zone {zone}, where load balancer {name} has no subnet, so it gets no requests. Add a subnet of zone {zone} to {name}."
                        ),
                    )
                    .field(id_of!(TargetGroup.targets))
                        .given_all([(id, id_of!(LoadBalancer.subnets)), (group_id, id_of!(TargetGroup.target_type))])
                        .given_all(context.zones_given(balancer.subnets.iter().copied().chain([target])));
                let public = balancer.is_internet_facing();
                let fit = context.vpc_of(id).and_then(|(vpc, _)| subnets.get(&(vpc, zone, public)));
                if let Some([subnet]) = fit.map(Vec::as_slice) {
                    note.fix(
                        with_subnet_title(context, *subnet, node.name.as_str()),
                        with_subnet(id, balancer, *subnet),
                    );
                }
            }
        }
    }
}

fn with_subnet_title(context: &Context, subnet: NodeId, balancer: &str) -> crate::text::Message {
    let subnet = context.name(subnet);
    message!("{balancer}에 서브넷 {subnet} 더하기", "Add subnet {subnet} to {balancer}")
}

fn with_subnet(id: NodeId, balancer: &LoadBalancer, subnet: NodeId) -> Vec<Edit> {
    vec![Edit::set(id, id_of!(LoadBalancer.subnets), appended(&balancer.subnets, &subnet))]
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{balanced, fires, quiet};

    #[test]
    fn fires_on_a_target_of_a_further_zone() {
        let mut sketch = balanced();
        sketch.refs("alb", "subnets", &["public-a"]);
        fires(&RULE, &sketch, &["tg"]);
    }

    #[test]
    fn quiet_where_every_zone_is_enabled() {
        quiet(&RULE, &balanced());
    }
}
