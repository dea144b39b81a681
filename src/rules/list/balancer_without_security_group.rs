//! An ALB without a group falls to the VPC's default group.
use crate::catalog::kinds::{GroupRule, LoadBalancer, SecurityGroup};
use crate::catalog::{Shape, Value};
use crate::design::{Edit, Node};
use crate::facts::Context;
use crate::facts::admission::clients_of;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "balancer-without-security-group",
    severity: Severity::Warning,
    title: t("보안 그룹이 없는 ALB", "ALB without a security group"),
    why: t(
        "보안 그룹을 고르지 않으면 VPC의 기본 보안 그룹이 붙고, 그 그룹은 바깥에서 오는 연결을 받지 않아요.",
        "Without a choice the ALB gets the VPC's default group, which admits nothing from outside.",
    ),
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-update-security-groups.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, balancer) in context.all::<LoadBalancer>() {
        if !balancer.is_application() || !balancer.security_groups.is_empty() {
            continue;
        }
        let name = &node.name;
        let from = clients_of(context, id, balancer);
        let mut ports: Vec<u16> = context.listeners(id).map(|(_, _, listener)| listener.port).collect();
        ports.sort_unstable();
        ports.dedup();
        if ports.is_empty() {
            ports.push(80);
        }
        let inbound = ports.into_iter().map(|port| GroupRule::tcp(port, from)).collect();
        let (group, (w, h)) = (context.design.next_id(), Shape::Tile.size());
        let made = Node {
            name: context.design.fresh_name(&format!("{name}-sg")),
            parent: node.parent,
            rect: context.design.free_spot(node.parent, w, h),
            body: SecurityGroup { inbound, ..SecurityGroup::default() }.into(),
            origin: String::new(),
        };
        report
            .note(
                id,
                message!(
                    "로드 밸런서 {name}에 보안 그룹이 없어서 기본 보안 그룹이 붙어요. 리스너 포트를 허용하는 보안 그룹을 붙이세요.",
                    "Load balancer {name} has no security group and gets the default one. Attach a group that admits the listeners' ports."
                ),
            )
            .field(id_of!(LoadBalancer.security_groups))
            .fix(
                message!("리스너 포트를 여는 보안 그룹 만들기", "Create a group that opens the listeners' ports"),
                vec![Edit::add(group, made), Edit::set(id, id_of!(LoadBalancer.security_groups), Value::List(vec![Value::Ref(group)]))],
            );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{balanced, fires, quiet};

    #[test]
    fn fires_on_an_alb_without_one() {
        let mut sketch = balanced();
        sketch.refs("alb", "security_groups", &[]);
        fires(&RULE, &sketch, &["alb"]);
        sketch.set("alb", "scheme", "internal");
        fires(&RULE, &sketch, &["alb"]);
    }

    #[test]
    fn quiet_with_one_and_for_a_network_balancer() {
        let mut sketch = balanced();
        quiet(&RULE, &sketch);
        sketch.refs("alb", "security_groups", &[]);
        sketch.set("alb", "balancer_type", "network");
        quiet(&RULE, &sketch);
    }
}
