//! An instance without a group falls to the VPC's default group.
use crate::catalog::Value;
use crate::catalog::kinds::{Instance, SecurityGroup};
use crate::design::Edit;
use crate::facts::Context;
use crate::id::NodeId;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "instance-without-security-group",
    severity: Severity::Info,
    title: t("보안 그룹이 없는 인스턴스", "Instance without a security group"),
    why: t(
        "보안 그룹을 고르지 않으면 VPC의 기본 보안 그룹이 붙어요. 그 그룹은 같은 그룹끼리만 받고, 밖으로는 모두 나가요.",
        "Without a choice an instance gets the VPC's default group, which admits only its own members and lets everything out.",
    ),
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    // Where the default group admits more than its own members, it is used on purpose.
    let is_plain = |id: NodeId| context.vpc_of(id).is_none_or(|(_, vpc)| vpc.default_inbound.is_empty());
    for (id, node, _) in context
        .all::<Instance>()
        .filter(|(id, _, instance)| context.groups_of_instance(instance).is_empty() && is_plain(*id))
    {
        let name = &node.name;
        let note = report
            .note(
                id,
                message!(
                    "인스턴스 {name}에는 기본 보안 그룹만 붙어서 바깥에서 오는 연결을 받지 않아요. 필요한 포트를 여는 보안 그룹을 고르세요.",
                    "Instance {name} has the default security group alone, which admits nothing from outside. Choose a group that opens the ports it serves."
                ),
            )
            .field(id_of!(Instance.security_groups));
        let vpc = context.vpc_of(id).map(|(vpc, _)| vpc);
        let mut groups = context.all::<SecurityGroup>().filter(|(_, group, _)| group.parent == vpc);
        if let (Some((group, group_node, _)), None) = (groups.next(), groups.next()) {
            let group_name = &group_node.name;
            note.fix(
                message!("보안 그룹 {group_name} 붙이기", "Attach security group {group_name}"),
                vec![Edit::set(id, id_of!(Instance.security_groups), Value::List(vec![Value::Ref(group)]))],
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, quiet, two_zones};

    #[test]
    fn fires_without_one() {
        let mut sketch = two_zones();
        sketch.refs("app", "security_groups", &[]);
        fires(&RULE, &sketch, &["app"]);
    }

    #[test]
    fn quiet_with_one() {
        quiet(&RULE, &two_zones());
    }
}
