//! A load balancer's subnets are all of its VPC.
use crate::catalog::kinds::LoadBalancer;
use crate::design::Edit;
use crate::facts::Context;
use crate::fixes::rows::without;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "balancer-subnet-other-vpc",
    severity: Severity::Error,
    title: t("다른 VPC의 서브넷을 고른 로드 밸런서", "Load balancer with a subnet of another VPC"),
    why: t(
        "로드 밸런서의 서브넷은 모두 한 VPC에 있어야 만들어져요.",
        "A load balancer is created only with subnets of one VPC.",
    ),
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, balancer) in context.all::<LoadBalancer>() {
        let own = context.vpc_of(id).map(|(vpc, _)| vpc);
        for (row, subnet) in balancer.subnets.iter().enumerate() {
            let Some((other, _)) = context.vpc_of(*subnet).filter(|(other, _)| Some(*other) != own) else { continue };
            let vpcs = context.vpcs_of([own, Some(other)]);
            let (name, subnet, other) = (&node.name, context.name(*subnet), context.name(other));
            report
                .note(
                    id,
                    message!(
                        "로드 밸런서 {name}의 서브넷 {subnet}은(는) 다른 VPC {other}에 있어요. {name}과(와) 같은 VPC의 서브넷을 고르세요.",
                        "Subnet {subnet} of load balancer {name} lies in another VPC, {other}. Choose subnets of its own VPC."
                    ),
                )
                .field(id_of!(LoadBalancer.subnets))
                .given_all(vpcs)
                .fix(message!("서브넷 {subnet} 빼기", "Take subnet {subnet} out"), vec![Edit::set(id, id_of!(LoadBalancer.subnets), without(&balancer.subnets, row))]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::{Subnet, Vpc};
    use crate::rules::testing::{balanced, fires, quiet};

    #[test]
    fn fires_on_a_foreign_subnet() {
        let mut sketch = balanced();
        sketch.add("region", "other", Vpc::default());
        sketch.add("other", "far", Subnet::default());
        sketch.refs("alb", "subnets", &["public-a", "public-c", "far"]);
        fires(&RULE, &sketch, &["alb"]);
    }

    #[test]
    fn quiet_within_a_vpc() {
        quiet(&RULE, &balanced());
    }
}
