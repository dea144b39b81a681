//! An Application Load Balancer needs room in its subnets.
use crate::catalog::data::limits::{ALB_FREE_ADDRESSES, ALB_SUBNET_LONGEST_PREFIX};
use crate::catalog::kinds::{LoadBalancer, Subnet};
use crate::facts::Context;
use crate::fixes::mend;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "alb-subnet-too-small",
    severity: Severity::Error,
    title: t("ALB에는 너무 작은 서브넷", "Subnet too small for an ALB"),
    why: t(
        "ALB의 서브넷은 /27 이상이고 빈 주소가 8개 이상이어야 노드를 늘릴 수 있어요.",
        "A subnet of an ALB is a /27 or larger with eight free addresses, so that nodes can be added.",
    ),
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, balancer) in context.all::<LoadBalancer>().filter(|(_, _, balancer)| balancer.is_application()) {
        for subnet_id in &balancer.subnets {
            let Some(subnet) = context.design.get::<Subnet>(*subnet_id) else { continue };
            let (name, subnet_name, cidr) = (&node.name, context.name(*subnet_id), subnet.cidr);
            if cidr.prefix_len() > ALB_SUBNET_LONGEST_PREFIX {
                let note = report
                    .note(
                        id,
                        message!(
                            "로드 밸런서 {name}의 서브넷 {subnet_name}({cidr})이(가) 너무 작아요. /{ALB_SUBNET_LONGEST_PREFIX} 이상인 서브넷을 고르거나 CIDR을 넓히세요.",
                            "Subnet {subnet_name} ({cidr}) is too small for load balancer {name}. Choose one of /{ALB_SUBNET_LONGEST_PREFIX} or larger, or widen its block."
                        ),
                    )
                    .field(id_of!(LoadBalancer.subnets));
                // A /27 and more have as many.
                if let Some((title, edit)) = mend::widened(context, *subnet_id, 27) {
                    note.fix(title, vec![edit]);
                }
                continue;
            }
            // Every resource in a subnet holds an address of it.
            let held = u64::try_from(context.design.children(Some(*subnet_id)).count()).unwrap_or(u64::MAX);
            let free = cidr.usable().saturating_sub(held);
            if free < ALB_FREE_ADDRESSES {
                let note = report
                    .note(
                        id,
                        message!(
                            "로드 밸런서 {name}의 서브넷 {subnet_name}({cidr})에 빈 주소가 {free}개뿐이에요. {ALB_FREE_ADDRESSES}개 이상 비우거나 더 큰 서브넷을 고르세요.",
                            "Subnet {subnet_name} ({cidr}) of load balancer {name} has {free} free addresses left. Free {ALB_FREE_ADDRESSES}, or choose a larger subnet."
                        ),
                    )
                    .field(id_of!(LoadBalancer.subnets));
                if let Some((title, edit)) = mend::widened(context, *subnet_id, held + ALB_FREE_ADDRESSES) {
                    note.fix(title, vec![edit]);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::Instance;
    use crate::rules::testing::{balanced, fires, quiet};

    #[test]
    fn fires_on_a_28_and_on_a_full_27() {
        let mut sketch = balanced();
        sketch.set("public-a", "cidr", "10.0.1.0/28");
        fires(&RULE, &sketch, &["alb"]);
        sketch.set("public-a", "cidr", "10.0.1.0/27");
        quiet(&RULE, &sketch);
        for n in 0..20 {
            sketch.add("public-a", &format!("i{n}"), Instance::default());
        }
        fires(&RULE, &sketch, &["alb"]);
    }

    #[test]
    fn quiet_on_a_24() {
        quiet(&RULE, &balanced());
    }
}
