//! A network interface has a quota of security groups.
use crate::catalog::data::limits::SECURITY_GROUPS_PER_INTERFACE;
use crate::catalog::kinds::{Instance, LoadBalancer};
use crate::facts::Context;
use crate::facts::links::groups_of;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "interface-too-many-groups",
    severity: Severity::Warning,
    title: t("보안 그룹이 너무 많이 붙음", "Too many security groups on one interface"),
    why: t(
        "네트워크 인터페이스 하나에는 보안 그룹을 5개까지 붙일 수 있어요(기본 할당량).",
        "By default a network interface takes at most five security groups.",
    ),
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html",
    fixes: false,
    check,
};

fn check(context: &Context, report: &mut Report) {
    let instances = context.all::<Instance>().map(|(id, node, _)| (id, node));
    for (id, node) in instances.chain(context.all::<LoadBalancer>().map(|(id, node, _)| (id, node))) {
        let (name, count) = (&node.name, groups_of(node).len());
        if count > SECURITY_GROUPS_PER_INTERFACE {
            report
                .note(
                    id,
                    message!(
                        "{name}에 보안 그룹이 {count}개 붙었어요. {SECURITY_GROUPS_PER_INTERFACE}개까지 남기고 규칙을 합치세요.",
                        "{name} has {count} security groups. Keep at most {SECURITY_GROUPS_PER_INTERFACE} and merge their rules."
                    ),
                )
                .field(id_of!(LoadBalancer.security_groups));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::SecurityGroup;
    use crate::rules::testing::{Named, balanced, fires, quiet};

    fn with_groups(count: usize) -> Named {
        let mut sketch = balanced();
        let names: Vec<String> = (0..count).map(|n| format!("sg{n}")).collect();
        for name in &names {
            sketch.add("vpc", name, SecurityGroup::default());
        }
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        sketch.refs("web", "security_groups", &names);
        sketch.refs("alb", "security_groups", &names);
        sketch
    }

    #[test]
    fn fires_on_six() {
        fires(&RULE, &with_groups(6), &["web", "alb"]);
    }

    #[test]
    fn quiet_on_five() {
        quiet(&RULE, &with_groups(5));
    }
}
