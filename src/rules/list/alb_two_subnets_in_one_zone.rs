//! A load balancer takes one subnet of each zone.
use std::collections::BTreeMap;

use crate::catalog::kinds::LoadBalancer;
use crate::design::Edit;
use crate::facts::Context;
use crate::fixes::rows::without;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "alb-two-subnets-in-one-zone",
    severity: Severity::Error,
    title: t("한 가용 영역의 서브넷 두 개", "Two subnets of one zone"),
    why: t(
        "로드 밸런서는 가용 영역마다 서브넷을 하나만 받아서, 둘을 고르면 만들어지지 않아요.",
        "A load balancer takes one subnet of each zone; with two it is not created.",
    ),
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, balancer) in context.all::<LoadBalancer>() {
        let mut first = BTreeMap::new();
        for (row, subnet) in balancer.subnets.iter().enumerate() {
            let Some(zone) = context.zone_of(*subnet) else { continue };
            let earlier = *first.entry(zone).or_insert(*subnet);
            if earlier == *subnet {
                continue;
            }
            let (name, earlier, later) = (&node.name, context.name(earlier), context.name(*subnet));
            report
                .note(
                    id,
                    message!(
                        "로드 밸런서 {name}의 서브넷 {earlier}과(와) {later}이(가) 같은 가용 영역 {zone}에 있어요. 하나를 빼거나 다른 가용 영역의 서브넷으로 바꾸세요.",
                        "Subnets {earlier} and {later} of load balancer {name} both lie in zone {zone}. Take one out, or choose one of another zone."
                    ),
                )
                .field(id_of!(LoadBalancer.subnets))
                .fix(message!("서브넷 {later} 빼기", "Take subnet {later} out"), vec![Edit::set(id, id_of!(LoadBalancer.subnets), without(&balancer.subnets, row))]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{balanced, fires, quiet};

    #[test]
    fn fires_on_two_of_a_zone() {
        let mut sketch = balanced();
        sketch.refs("alb", "subnets", &["public-a", "private-a", "public-c"]);
        fires(&RULE, &sketch, &["alb"]);
    }

    #[test]
    fn quiet_with_one_of_each() {
        quiet(&RULE, &balanced());
    }
}
