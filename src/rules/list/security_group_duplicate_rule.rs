//! AWS refuses the same rule twice in a security group.

use std::collections::BTreeMap;

use crate::catalog::kinds::SecurityGroup;
use crate::design::Edit;
use crate::facts::Context;
use crate::facts::admission::traffic;
use crate::facts::links::directions;
use crate::fixes::rows::without;
use crate::message;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;

pub const RULE: Rule = Rule {
    id: "security-group-duplicate-rule",
    severity: Severity::Error,
    title: t("같은 보안 그룹 규칙이 두 번 있음", "Security group rule twice"),
    why: t(
        "프로토콜, 포트, 상대가 모두 같은 규칙은 설명이 달라도 중복이라 거절돼요.",
        "Rules with the same protocol, ports and peer are duplicates whatever their descriptions, and refused.",
    ),
    source: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AuthorizeSecurityGroupIngress.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, group) in context.all::<SecurityGroup>() {
        for (field, rules) in directions(group) {
            let mut first = BTreeMap::new();
            for (row, rule) in rules.iter().enumerate() {
                let ports = rule.numbers();
                let Some(earlier) = first.insert(
                    (rule.protocol, ports, rule.cidr, rule.group, rule.prefix_list.or(rule.address_of)),
                    row + 1,
                ) else {
                    continue;
                };
                let (name, number, peer, (what_ko, what_en)) = (&node.name, row + 1, context.peer(rule), traffic(rule));
                report
                    .note(
                        id,
                        message!(
                            "보안 그룹 {name}의 {number}번째 규칙({what_ko}, {peer})은(는) {earlier}번째 규칙과 같아요. 하나를 지우세요.",
                            "Rule {number} ({what_en}, {peer}) of security group {name} is the same as rule {earlier}. Delete one."
                        ),
                    )
                    .field(field)
                    .row(row)
                    .fix(
                        message!("{number}번째 규칙 지우기", "Delete rule {number}"),
                        vec![Edit::set(id, field, without(rules, row))],
                    );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::GroupRule;
    use crate::net::AnyCidr;
    use crate::rules::testing::{fires, quiet, two_zones};

    #[test]
    fn fires_on_a_copy_with_another_description() {
        let mut sketch = two_zones();
        let rule = GroupRule::tcp(80, AnyCidr::default());
        let copy = GroupRule { description: "again".to_owned(), ..rule.clone() };
        sketch.rows("web-sg", "inbound", &[rule, copy]);
        fires(&RULE, &sketch, &["web-sg"]);
    }

    #[test]
    fn quiet_when_one_part_differs() {
        let mut sketch = two_zones();
        sketch.rows(
            "web-sg",
            "inbound",
            &[GroupRule::tcp(80, AnyCidr::default()), GroupRule::tcp(443, AnyCidr::default())],
        );
        quiet(&RULE, &sketch);
    }
}
