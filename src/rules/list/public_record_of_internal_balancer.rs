//! A public name of an internal load balancer leads to private addresses.
use crate::catalog::kinds::{HostedZone, LoadBalancer, RecordSet, Scheme};
use crate::design::Edit;
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "public-record-of-internal-balancer",
    severity: Severity::Warning,
    title: t("내부 로드 밸런서를 가리키는 퍼블릭 레코드", "Public record of an internal load balancer"),
    why: t(
        "내부 로드 밸런서는 프라이빗 주소만 가져서, 이름은 풀려도 인터넷에서는 접속할 수 없어요.",
        "An internal load balancer has private addresses only: the name resolves, but the internet cannot connect.",
    ),
    source: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-to-elb-load-balancer.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, record) in context.all::<RecordSet>() {
        let Some(zone) = node.parent.and_then(|zone| context.design.get::<HostedZone>(zone)) else { continue };
        let Some(balancer) = record.alias.filter(|_| !zone.is_private()) else { continue };
        if context.design.get::<LoadBalancer>(balancer).is_none_or(|of| of.scheme != Scheme::Internal) {
            continue;
        }
        let (name, domain, internal) = (&node.name, &record.domain, balancer);
        let balancer = context.name(internal);
        let note = report
            .note(
                id,
                message!(
                    "퍼블릭 레코드 {name}({domain})이(가) 내부 로드 밸런서 {balancer}을(를) 가리켜서 인터넷에서는 접속할 수 없어요. 체계를 인터넷 경계로 바꾸거나 프라이빗 호스팅 영역을 쓰세요.",
                    "Public record {name} ({domain}) leads to internal load balancer {balancer}, which the internet cannot reach. Make it internet-facing or use a private hosted zone."
                ),
            )
            .field(id_of!(RecordSet.alias))
                .given(internal, id_of!(LoadBalancer.scheme))
                .given_all(node.parent.map(|zone| (zone, id_of!(HostedZone.vpcs))));
        // One in private subnets would be no more reachable for it.
        let subnets = context.design.get::<LoadBalancer>(internal).map_or(&[][..], |of| &of.subnets);
        if !subnets.is_empty() && subnets.iter().all(|subnet| context.is_public(*subnet)) {
            note.fix(
                message!("{balancer}을(를) 인터넷 경계로 바꾸기", "Make {balancer} internet-facing"),
                vec![Edit::set(internal, id_of!(LoadBalancer.scheme), Scheme::InternetFacing.as_str())],
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, named, quiet};

    #[test]
    fn fires_on_an_internal_target() {
        let mut sketch = named();
        sketch.set("alb", "scheme", "internal");
        fires(&RULE, &sketch, &["www"]);
    }

    #[test]
    fn quiet_for_an_internet_facing_one_and_in_a_private_zone() {
        let mut sketch = named();
        quiet(&RULE, &sketch);
        sketch.set("alb", "scheme", "internal");
        sketch.refs("example-zone", "vpcs", &["vpc"]);
        quiet(&RULE, &sketch);
    }
}
