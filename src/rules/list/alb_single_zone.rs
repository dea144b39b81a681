//! An Application Load Balancer needs subnets in two zones.
use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::Value;
use crate::catalog::data::limits::{ALB_FEWEST_ZONES, ALB_SUBNET_LONGEST_PREFIX};
use crate::catalog::kinds::{LoadBalancer, Subnet};
use crate::design::Edit;
use crate::facts::Context;
use crate::id::NodeId;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "alb-single-zone",
    severity: Severity::Error,
    title: t("가용 영역이 하나뿐인 ALB", "ALB in fewer than two zones"),
    why: t(
        "ALB는 서로 다른 가용 영역의 서브넷이 둘 이상이어야 만들어져요.",
        "An ALB is created only with subnets in at least two zones.",
    ),
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html",
    fixes: true,
    check,
};

/// Subnets fit for an ALB by VPC, publicness and zone.
type Fit<'a> = BTreeMap<(NodeId, bool), BTreeMap<&'a str, Vec<NodeId>>>;

fn check(context: &Context, report: &mut Report) {
    let mut fit = Fit::new();
    for (id, _, subnet) in context.all::<Subnet>() {
        let (Some((vpc, _)), Some(zone)) = (context.vpc_of(id), context.zone_of(id)) else { continue };
        if subnet.cidr.prefix_len() <= ALB_SUBNET_LONGEST_PREFIX {
            fit.entry((vpc, context.is_public(id))).or_default().entry(zone).or_default().push(id);
        }
    }
    for (id, node, balancer) in context.all::<LoadBalancer>().filter(|(_, _, balancer)| balancer.is_application()) {
        let zones: BTreeSet<&str> = balancer.subnets.iter().filter_map(|subnet| context.zone_of(*subnet)).collect();
        // A subnet outside every lane gets a zone at deployment, which may be another.
        let open = balancer.subnets.iter().filter(|subnet| context.zone_of(**subnet).is_none()).count();
        if zones.len() + open >= ALB_FEWEST_ZONES {
            continue;
        }
        let (name, count) = (&node.name, zones.len() + open);
        let note = report
            .note(
                id,
                message!(
                    "로드 밸런서 {name}의 서브넷이 가용 영역 {count}개에만 있어요. 다른 가용 영역의 서브넷을 더해 {ALB_FEWEST_ZONES}개 이상으로 만드세요.",
                    "The subnets of load balancer {name} lie in {count} zone(s). Add a subnet of another zone, for at least {ALB_FEWEST_ZONES}."
                ),
            )
            .field(id_of!(LoadBalancer.subnets));
        let Some((vpc, _)) = context.vpc_of(id) else { continue };
        let Some(candidates) = fit.get(&(vpc, balancer.is_internet_facing())) else { continue };
        // Only where a zone has a single fitting subnet is it clear which one is meant.
        let others = candidates.iter().filter(|(zone, subnets)| !zones.contains(*zone) && subnets.len() == 1);
        let more: Vec<NodeId> =
            others.flat_map(|(_, subnets)| subnets).copied().take(ALB_FEWEST_ZONES - count).collect();
        if more.len() + count >= ALB_FEWEST_ZONES {
            let added = context.names(&more);
            let all = balancer.subnets.iter().chain(&more).map(|subnet| Value::Ref(*subnet)).collect();
            note.fix(
                message!("서브넷 {added} 더하기", "Add subnet {added}"),
                vec![Edit::set(id, id_of!(LoadBalancer.subnets), Value::List(all))],
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{balanced, fires, quiet};

    #[test]
    fn fires_on_one_subnet_and_on_none() {
        let mut sketch = balanced();
        sketch.refs("alb", "subnets", &["public-a"]);
        fires(&RULE, &sketch, &["alb"]);
        sketch.refs("alb", "subnets", &[]);
        fires(&RULE, &sketch, &["alb"]);
    }

    #[test]
    fn quiet_in_two_zones_and_for_a_network_balancer() {
        let mut sketch = balanced();
        quiet(&RULE, &sketch);
        sketch.refs("alb", "subnets", &["public-a"]);
        sketch.set("alb", "balancer_type", "network");
        quiet(&RULE, &sketch);
    }
}
