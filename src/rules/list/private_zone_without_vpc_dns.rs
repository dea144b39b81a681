//! A private hosted zone answers only in VPCs with both DNS attributes.
use std::collections::BTreeSet;

use crate::catalog::kinds::{HostedZone, Vpc};
use crate::design::Edit;
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "private-zone-without-vpc-dns",
    severity: Severity::Error,
    title: t("DNS를 끈 VPC의 프라이빗 호스팅 영역", "Private hosted zone in a VPC without DNS"),
    why: t(
        "프라이빗 호스팅 영역은 VPC의 DNS 확인과 DNS 호스트 이름이 모두 켜져 있어야 답해요.",
        "A private hosted zone answers only where the VPC has both DNS resolution and DNS hostnames on.",
    ),
    source: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zone-private-considerations.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    let mut told = BTreeSet::new();
    for (zone, zone_node, body) in context.all::<HostedZone>() {
        for id in &body.vpcs {
            let Some(vpc) = context.design.get::<Vpc>(*id) else { continue };
            if vpc.dns_support && vpc.dns_hostnames || !told.insert((zone, *id)) {
                continue;
            }
            let field = if vpc.dns_support { "dns_hostnames" } else { "dns_support" };
            let (name, zone_name, domain) = (context.name(*id), &zone_node.name, &body.domain);
            report
                .note(
                    *id,
                    message!(
                        "프라이빗 호스팅 영역 {zone_name}({domain})이(가) VPC {name}에서 답하지 못해요. DNS 확인과 DNS 호스트 이름을 모두 켜세요.",
                        "Private hosted zone {zone_name} ({domain}) does not answer in VPC {name}. Turn on DNS resolution and DNS hostnames."
                    ),
                )
                .field(field)
                .fix(
                    message!("VPC {name}의 DNS 설정 켜기", "Turn on DNS in VPC {name}"),
                    vec![Edit::set(*id, id_of!(Vpc.dns_support), true), Edit::set(*id, id_of!(Vpc.dns_hostnames), true)],
                );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::HostedZone;
    use crate::rules::testing::{fires, quiet, two_zones};

    #[test]
    fn fires_without_either_attribute() {
        for field in ["dns_support", "dns_hostnames"] {
            let mut sketch = two_zones();
            let vpcs = vec![sketch.id("vpc")];
            sketch.add("region", "internal", HostedZone { vpcs, ..HostedZone::default() });
            sketch.set("vpc", field, false);
            fires(&RULE, &sketch, &["vpc"]);
        }
    }

    #[test]
    fn quiet_with_both_and_for_a_public_zone() {
        let mut sketch = two_zones();
        let vpcs = vec![sketch.id("vpc")];
        sketch.add("region", "internal", HostedZone { vpcs, ..HostedZone::default() });
        quiet(&RULE, &sketch);
        sketch.set("internal", "vpcs", Vec::<&str>::new());
        sketch.set("vpc", "dns_hostnames", false);
        quiet(&RULE, &sketch);
    }
}
