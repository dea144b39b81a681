//! A service's subnets and groups are of its VPC.

use crate::catalog::kinds::EcsService;
use crate::design::Edit;
use crate::facts::Context;
use crate::fixes::rows::without;
use crate::message;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;

pub const RULE: Rule = Rule {
    id: "service-subnet-other-vpc",
    severity: Severity::Error,
    title: t("다른 VPC의 서브넷이나 보안 그룹을 고른 서비스", "Service with a subnet or group of another VPC"),
    why: t(
        "태스크의 네트워크 인터페이스는 서브넷과 같은 VPC의 보안 그룹만 가질 수 있고, 서비스의 서브넷은 모두 한 VPC여야 해요.",
        "A task's interface takes groups of its subnet's VPC only, and all subnets of a service lie in one VPC.",
    ),
    source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking-awsvpc.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, service) in context.all::<EcsService>() {
        let own = context.vpc_of(id).map(|(vpc, _)| vpc);
        for (field, held) in [("subnets", &service.subnets), ("security_groups", &service.security_groups)] {
            for (row, one) in held.iter().enumerate() {
                let Some((other, _)) = context.vpc_of(*one).filter(|(other, _)| Some(*other) != own) else { continue };
                let vpcs = context.vpcs_of([own, Some(other)]);
                let (name, one, other) = (&node.name, context.name(*one), context.name(other));
                report
                    .note(
                        id,
                        message!(
                            "서비스 {name}이(가) 고른 {one}은(는) 다른 VPC {other}에 있어요. {name}과(와) 같은 VPC에서 고르세요.",
                            "{one}, chosen for service {name}, lies in another VPC, {other}. Choose from its own VPC."
                        ),
                    )
                    .field(field)
                    .given_all(vpcs)
                    .fix(message!("{one} 빼기", "Take {one} out"), vec![Edit::set(id, field, without(held, row))]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::{SecurityGroup, Subnet, Vpc};
    use crate::rules::testing::{fires, quiet, tasks};

    #[test]
    fn fires_on_a_subnet_and_a_group_of_another_vpc() {
        let mut n = tasks();
        n.add("region", "other", Vpc { cidr: "10.1.0.0/16".parse().unwrap(), ..Vpc::default() });
        n.add("other", "far", Subnet { cidr: "10.1.1.0/24".parse().unwrap(), ..Subnet::default() });
        n.add("other", "far-sg", SecurityGroup::default());
        n.refs("service", "subnets", &["private-a", "far"]);
        fires(&RULE, &n, &["service"]);
        n.refs("service", "subnets", &["private-a"]);
        n.refs("service", "security_groups", &["far-sg"]);
        fires(&RULE, &n, &["service"]);
    }

    #[test]
    fn quiet_within_one() {
        quiet(&RULE, &tasks());
    }
}
