//! A security group has a quota of rules in each direction.

use crate::catalog::data::limits::SECURITY_GROUP_RULES_PER_DIRECTION;
use crate::catalog::kinds::{GroupRule, SecurityGroup};
use crate::facts::Context;
use crate::facts::links::directions;
use crate::message;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;

pub const RULE: Rule = Rule {
    id: "security-group-too-many-rules",
    severity: Severity::Warning,
    title: t("보안 그룹 규칙이 너무 많음", "Too many rules in a security group"),
    why: t(
        "기본 할당량은 방향마다, 주소 체계마다 규칙 60개예요. 넘으면 할당량을 늘리기 전에는 만들어지지 않아요.",
        "The default quota is 60 rules for each direction and address family; beyond it creation fails until the quota is raised.",
    ),
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html",
    fixes: false,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, group) in context.all::<SecurityGroup>() {
        for (field, rules) in directions(group) {
            // A reference to a group counts for both families.
            let is_v6 = |rule: &&GroupRule| rule.cidr.is_some_and(|cidr| cidr.v6().is_some());
            let is_v4 = |rule: &&GroupRule| rule.cidr.is_some_and(|cidr| cidr.v4().is_some());
            let count = rules.len() - rules.iter().filter(is_v6).count().min(rules.iter().filter(is_v4).count());
            if count <= SECURITY_GROUP_RULES_PER_DIRECTION {
                continue;
            }
            let name = &node.name;
            report
                .note(
                    id,
                    message!(
                        "보안 그룹 {name}의 한 방향에 규칙이 {count}개 있어요. 기본 할당량은 {SECURITY_GROUP_RULES_PER_DIRECTION}개예요. CIDR을 합치거나 보안 그룹을 참조해서 줄이세요.",
                        "Security group {name} has {count} rules in one direction; the default quota is {SECURITY_GROUP_RULES_PER_DIRECTION}. Merge blocks or refer to groups instead."
                    ),
                )
                .field(field);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::GroupRule;
    use crate::net::AnyCidr;
    use crate::rules::testing::{fires, quiet, two_zones};

    fn rules(count: u16) -> Vec<GroupRule> {
        (1..=count).map(|port| GroupRule::tcp(port, AnyCidr::default())).collect()
    }

    #[test]
    fn fires_above_the_quota() {
        let mut sketch = two_zones();
        sketch.rows("web-sg", "inbound", &rules(61));
        fires(&RULE, &sketch, &["web-sg"]);
    }

    #[test]
    fn quiet_at_the_quota_and_with_both_families() {
        let mut sketch = two_zones();
        let v6 = rules(60).into_iter().map(|rule| GroupRule { cidr: Some("::/0".parse().unwrap()), ..rule });
        sketch.rows("web-sg", "inbound", &rules(60).into_iter().chain(v6).collect::<Vec<_>>());
        quiet(&RULE, &sketch);
    }
}
