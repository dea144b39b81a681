//! A load balancer's groups let it reach its targets.
use crate::catalog::kinds::{GroupRule, Instance, LoadBalancer, SecurityGroup, Subnet, TargetGroup};
use crate::design::Edit;
use crate::facts::Context;
use crate::facts::admission::{is_about, target_protocols};
use crate::fixes::rows::appended;
use crate::net::{Cidr, PortRange};
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "balancer-outbound-closed",
    severity: Severity::Error,
    title: t("로드 밸런서의 아웃바운드 규칙이 대상을 막음", "Load balancer that may not reach its targets"),
    why: t(
        "로드 밸런서도 보안 그룹의 아웃바운드 규칙을 지켜요. 대상 포트로 나가지 못하면 상태 확인부터 실패해요.",
        "A load balancer keeps to its groups' outbound rules too: where the target port is closed outwards, even health checks fail.",
    ),
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-update-security-groups.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (group_id, group_node, target_group) in context.all::<TargetGroup>() {
        for (balancer_id, balancer_node, balancer) in context.balancers(group_id) {
            let held = || {
                balancer.security_groups.iter().filter_map(|id| Some((*id, context.design.get::<SecurityGroup>(*id)?)))
            };
            let Some((first, first_body)) = held().next() else { continue };
            for (_, target, target_node, instance, port) in context.targets(target_group) {
                let subnet: Option<Cidr> = context.subnet_of(target).map(|(_, subnet): (_, &Subnet)| subnet.cidr);
                let reaches = |rule: &GroupRule| match (rule.group, rule.cidr.and_then(crate::net::AnyCidr::v4)) {
                    (Some(group), _) => context.groups_of_instance(instance).contains(&group),
                    // The target's address is somewhere in its subnet, so a part of it may be enough.
                    (None, Some(cidr)) => subnet.is_none_or(|subnet| subnet.overlaps(&cidr)),
                    (None, None) => false,
                };
                let closed = |protocol: &&crate::net::Protocol| {
                    !held()
                        .flat_map(|(_, group)| &group.outbound)
                        .any(|rule| is_about(rule, **protocol, port) && reaches(rule))
                };
                let Some(protocol) = target_protocols(target_group.protocol).iter().find(closed).copied() else {
                    continue;
                };
                let (name, target_name, target_group_name, names) = (
                    &balancer_node.name,
                    &target_node.name,
                    &group_node.name,
                    context.names(&balancer.security_groups),
                );
                let (_, what) = protocol.label();
                let note = report
                    .note(
                        balancer_id,
                        message!(
                            "로드 밸런서 {name}의 보안 그룹({names})이 대상 그룹 {target_group_name}의 {target_name}에 {what} {port}(으)로 나가는 것을 허용하지 않아요. 아웃바운드 규칙을 더하세요.",
                            "The security groups of load balancer {name} ({names}) do not let {what} {port} out to {target_name} of target group {target_group_name}. Add an outbound rule."
                        ),
                    )
                    .field(id_of!(LoadBalancer.security_groups))
                    .given_all(context.outbound_of(&balancer.security_groups))
                    .given_all([(group_id, id_of!(TargetGroup.targets)), (group_id, id_of!(TargetGroup.target_type)), (group_id, id_of!(TargetGroup.protocol)), (group_id, id_of!(TargetGroup.port))])
                    .given(target, id_of!(Instance.security_groups));
                let rule = GroupRule { protocol, ports: PortRange::single(port), ..GroupRule::default() };
                let rule = match (context.groups_of_instance(instance).first(), subnet) {
                    (Some(group), _) => GroupRule { cidr: None, group: Some(*group), ..rule },
                    (None, Some(subnet)) => GroupRule { cidr: Some(crate::net::AnyCidr::V4(subnet)), ..rule },
                    (None, None) => continue,
                };
                let (peer, first_name) = (context.peer(&rule), context.name(first));
                note.fix(
                    message!(
                        "{first_name}에서 {peer}(으)로 {what} {port} 내보내기",
                        "Let {what} {port} out to {peer} in {first_name}"
                    ),
                    vec![Edit::set(first, id_of!(SecurityGroup.outbound), appended(&first_body.outbound, &rule))],
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::GroupRule;
    use crate::rules::testing::{balanced, fires, quiet};

    #[test]
    fn fires_without_an_outbound_rule_and_on_another_port() {
        let mut sketch = balanced();
        sketch.rows("alb-sg", "outbound", &[] as &[GroupRule]);
        fires(&RULE, &sketch, &["alb"]);
        let group = sketch.id("app-sg");
        sketch.rows("alb-sg", "outbound", &[GroupRule::tcp_from(8080, group)]);
        fires(&RULE, &sketch, &["alb"]);
    }

    #[test]
    fn quiet_when_everything_or_the_targets_group_is_let_out() {
        let mut sketch = balanced();
        quiet(&RULE, &sketch);
        let group = sketch.id("app-sg");
        sketch.rows("alb-sg", "outbound", &[GroupRule::tcp_from(80, group)]);
        quiet(&RULE, &sketch);
    }
}
