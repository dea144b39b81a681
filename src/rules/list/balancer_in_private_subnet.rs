//! An internet-facing load balancer stands in public subnets.
use std::collections::BTreeMap;

use crate::catalog::kinds::{LoadBalancer, Subnet};
use crate::design::Edit;
use crate::facts::Context;
use crate::fixes::rows::replaced;
use crate::id::NodeId;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "balancer-in-private-subnet",
    severity: Severity::Error,
    title: t("프라이빗 서브넷에 둔 인터넷 경계 로드 밸런서", "Internet-facing load balancer in a private subnet"),
    why: t(
        "인터넷 게이트웨이로 가는 라우팅이 없는 서브넷의 노드는 인터넷에서 닿지 않아서 접속이 실패해요.",
        "A node in a subnet without a route to an internet gateway cannot be reached, so connections fail.",
    ),
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    let mut public: BTreeMap<(NodeId, &str), Vec<NodeId>> = BTreeMap::new();
    for (id, ..) in context.all::<Subnet>().filter(|(id, ..)| context.is_public(*id)) {
        if let (Some((vpc, _)), Some(zone)) = (context.vpc_of(id), context.zone_of(id)) {
            public.entry((vpc, zone)).or_default().push(id);
        }
    }
    for (id, node, balancer) in context.all::<LoadBalancer>().filter(|(_, _, b)| b.is_internet_facing()) {
        // Clients of IPv6 may get to a dual-stack balancer, which is not judged.
        let is_dual = context.design.template().is_some_and(|original| original.with_ipv6().any(|of| of == id));
        let is_led = |subnet: NodeId| context.is_public(subnet) || (is_dual && context.leads_out_by_ipv6(subnet));
        for (row, subnet) in balancer.subnets.iter().enumerate().filter(|(_, subnet)| !is_led(**subnet)) {
            let (name, subnet_name) = (&node.name, context.name(*subnet));
            let note = report
                .note(
                    id,
                    message!(
                        "인터넷 경계 로드 밸런서 {name}이(가) 프라이빗 서브넷 {subnet_name}에 있어요. 같은 가용 영역의 퍼블릭 서브넷으로 바꾸거나 체계를 내부로 바꾸세요.",
                        "Internet-facing load balancer {name} stands in private subnet {subnet_name}. Choose the public subnet of that zone, or make the scheme internal."
                    ),
                )
                .field(id_of!(LoadBalancer.subnets))
                .given_all(context.way_of(*subnet))
                .given(id, id_of!(LoadBalancer.scheme));
            let (Some((vpc, _)), Some(zone)) = (context.vpc_of(id), context.zone_of(*subnet)) else { continue };
            if let Some([better]) = public.get(&(vpc, zone)).map(Vec::as_slice)
                && !balancer.subnets.contains(better)
            {
                let better_name = context.name(*better);
                note.fix(
                    message!(
                        "{subnet_name}을(를) {better_name}(으)로 바꾸기",
                        "Replace {subnet_name} by {better_name}"
                    ),
                    vec![Edit::set(id, id_of!(LoadBalancer.subnets), replaced(&balancer.subnets, row, better))],
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{balanced, fires, quiet};

    #[test]
    fn fires_on_a_private_subnet() {
        let mut sketch = balanced();
        sketch.refs("alb", "subnets", &["private-a", "public-c"]);
        fires(&RULE, &sketch, &["alb"]);
    }

    #[test]
    fn quiet_in_public_ones_and_for_an_internal_balancer() {
        let mut sketch = balanced();
        quiet(&RULE, &sketch);
        sketch.refs("alb", "subnets", &["private-a", "private-c"]);
        sketch.set("alb", "scheme", "internal");
        quiet(&RULE, &sketch);
    }
}
