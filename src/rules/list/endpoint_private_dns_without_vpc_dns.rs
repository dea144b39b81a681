//! Private DNS of an endpoint needs both DNS attributes of the VPC.

use crate::catalog::kinds::VpcEndpoint;
use crate::design::Edit;
use crate::facts::Context;
use crate::message;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;

pub const RULE: Rule = Rule {
    id: "endpoint-private-dns-without-vpc-dns",
    severity: Severity::Error,
    title: t("VPC의 DNS 없이 켠 프라이빗 DNS", "Private DNS of an endpoint in a VPC without DNS"),
    why: t(
        "엔드포인트의 프라이빗 DNS는 VPC의 DNS 확인과 DNS 호스트 이름이 모두 켜져 있어야 쓸 수 있어요. 아니면 만들 때 거절돼요.",
        "Private DNS of an endpoint needs both DNS resolution and DNS hostnames of the VPC; without them it is refused.",
    ),
    source: "https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, endpoint) in context.all::<VpcEndpoint>().filter(|(.., of)| of.is_interface() && of.private_dns) {
        let Some((vpc, body)) = context.vpc_of(id) else { continue };
        let off = [("dns_support", body.dns_support), ("dns_hostnames", body.dns_hostnames)];
        let off: Vec<&'static str> = off.into_iter().filter(|(_, on)| !on).map(|(field, _)| field).collect();
        if off.is_empty() {
            continue;
        }
        let (name, vpc_name, service) = (&node.name, context.name(vpc), endpoint.short_service());
        report
            .note(
                id,
                message!(
                    "엔드포인트 {name}({service})의 프라이빗 DNS를 켰는데 VPC {vpc_name}의 DNS 확인이나 DNS 호스트 이름이 꺼져 있어요. 둘 다 켜거나 프라이빗 DNS를 끄세요.",
                    "Endpoint {name} ({service}) has private DNS, and DNS resolution or DNS hostnames of VPC {vpc_name} are off. Turn both on, or private DNS off."
                ),
            )
            .field("private_dns")
            .given_all([(vpc, "dns_support"), (vpc, "dns_hostnames"), (id, "endpoint_type")])
            .fix(
                message!("VPC {vpc_name}의 DNS 켜기", "Turn DNS of VPC {vpc_name} on"),
                off.into_iter().map(|field| Edit::set(vpc, field, true)).collect(),
            );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::kinds::EndpointType;
    use crate::rules::testing::{Named, fires, quiet, two_zones};

    fn with_endpoint(endpoint_type: EndpointType, private_dns: bool) -> Named {
        let mut n = two_zones();
        let subnets = vec![n.id("private-a")];
        let service = "ssm".to_owned();
        n.add("vpc", "ssm", VpcEndpoint { endpoint_type, service, subnets, private_dns, ..VpcEndpoint::default() });
        n
    }

    #[test]
    fn fires_where_either_attribute_is_off() {
        for field in ["dns_support", "dns_hostnames"] {
            let mut n = with_endpoint(EndpointType::Interface, true);
            n.set("vpc", field, false);
            fires(&RULE, &n, &["ssm"]);
        }
    }

    #[test]
    fn quiet_with_both_and_without_private_dns() {
        quiet(&RULE, &with_endpoint(EndpointType::Interface, true));
        for mut n in [with_endpoint(EndpointType::Interface, false), with_endpoint(EndpointType::Gateway, true)] {
            n.set("vpc", "dns_hostnames", false);
            quiet(&RULE, &n);
        }
    }
}
