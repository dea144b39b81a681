//! An instance that the internet is meant to reach needs a public address.
use std::collections::BTreeSet;

use crate::catalog::kinds::{GroupRule, Instance, SecurityGroup, TargetGroup, Vpc};
use crate::design::Edit;
use crate::facts::Context;
use crate::id::NodeId;
use crate::net::Cidr;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "public-instance-without-address",
    severity: Severity::Warning,
    title: t("퍼블릭 IP가 없는 퍼블릭 인스턴스", "Public instance without a public address"),
    why: t(
        "퍼블릭 서브넷에 있고 보안 그룹이 인터넷을 허용해도 퍼블릭 IP가 없으면 인터넷에서 닿지 않아요.",
        "Even in a public subnet and with an open group, an instance without a public address cannot be reached from the internet.",
    ),
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-igw-internet-access.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    let registered = context.all::<TargetGroup>().flat_map(|(_, _, group)| &group.targets);
    let targets: BTreeSet<NodeId> = registered.filter_map(|target| target.instance).collect();
    for (id, node, instance) in context.all::<Instance>() {
        // A target is reached through its load balancer.
        if targets.contains(&id) || context.has_public_address(id, instance) || context.may_be_used(id) {
            continue;
        }
        let Some((subnet, _)) = context.subnet_of(id).filter(|(subnet, _)| context.is_public(*subnet)) else {
            continue;
        };
        let groups = context
            .groups_of_instance(instance)
            .iter()
            .filter_map(|group| Some((*group, context.design.get::<SecurityGroup>(*group)?)));
        let Some((_, vpc)) = context.vpc_of(id) else { continue };
        let open = |group: &SecurityGroup| group.inbound.iter().any(|rule| is_for_the_internet(rule, vpc));
        let Some((group, _)) = groups.into_iter().find(|(_, group)| open(group)) else { continue };
        let places = context.way_of(subnet).into_iter().chain(context.address_of(id));
        let (name, subnet, group) = (&node.name, context.name(subnet), context.name(group));
        report
            .note(
                id,
                message!(
                    "퍼블릭 서브넷 {subnet}의 인스턴스 {name}은(는) 보안 그룹 {group}이(가) 인터넷을 허용하지만 퍼블릭 IP가 없어요. 인터넷에서 접속하려면 퍼블릭 IP를 할당하세요.",
                    "Instance {name} in public subnet {subnet} is open to the internet by security group {group} but has no public address. Assign one if it is to be reached."
                ),
            )
            .field(id_of!(Instance.public_ip))
                .given_all(places)
            .fix(message!("퍼블릭 IP 할당하기", "Assign a public address"), vec![Edit::set(id, id_of!(Instance.public_ip), "yes")]);
    }
}

/// Whether a rule admits public addresses: everybody's, or somebody's own, as a bastion does.
fn is_for_the_internet(rule: &GroupRule, vpc: &Vpc) -> bool {
    let is_near = |block: &Cidr| block.is_private() || vpc.cidrs().any(|own| own.overlaps(block));
    rule.cidr.is_some_and(|cidr| cidr.is_any() || cidr.v4().is_some_and(|block| !is_near(&block)))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::GroupRule;
    use crate::rules::testing::{fires, quiet, two_zones};

    #[test]
    fn fires_on_an_open_instance_without_one() {
        let mut sketch = two_zones();
        sketch.set("web", "public_ip", "no");
        fires(&RULE, &sketch, &["web"]);
    }

    #[test]
    fn fires_on_a_bastion_for_one_address() {
        let mut sketch = two_zones();
        sketch.set("web", "public_ip", "no");
        let rule = |cidr: &str| GroupRule::tcp(22, cidr.parse().unwrap());
        sketch.rows("web-sg", "inbound", &[rule("198.51.100.7/32")]);
        fires(&RULE, &sketch, &["web"]);
        sketch.rows("web-sg", "inbound", &[rule("10.0.3.0/24"), rule("192.168.0.0/16")]);
        quiet(&RULE, &sketch);
    }

    #[test]
    fn quiet_with_one_and_in_a_private_subnet() {
        quiet(&RULE, &two_zones());
    }
}
