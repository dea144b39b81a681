//! A rule that an earlier one covers entirely never decides.

use crate::catalog::kinds::{AclRule, NetworkAcl};
use crate::design::Edit;
use crate::facts::{Context, links};
use crate::fixes::rows;
use crate::message;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;

pub const RULE: Rule = Rule {
    id: "acl-shadowed-rule",
    severity: Severity::Warning,
    title: t("가려진 규칙", "Shadowed rule"),
    why: t(
        "번호가 작은 규칙부터 보고 처음 맞는 규칙이 정해서, 더 넓은 규칙 뒤의 규칙은 쓰이지 않아요.",
        "The lowest number that matches decides, so a rule behind a wider one is never used.",
    ),
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, acl) in context.all::<NetworkAcl>() {
        for (field, rules) in links::acl_directions(acl) {
            for (row, rule) in rules.iter().enumerate() {
                let Some(wider) = rules.iter().find(|other| other.number < rule.number && covers(other, rule)) else {
                    continue;
                };
                let (name, number, other, place) = (&node.name, rule.number, wider.number, links::acl_direction(field));
                let (place_ko, place_en) = (place.ko, place.en);
                report
                    .note(
                        id,
                        message!(
                            "네트워크 ACL {name}의 {place_ko} 규칙 {number}은(는) 규칙 {other}이(가) 먼저 모두 정해서 쓰이지 않아요. 번호를 {other}보다 작게 바꾸거나 지우세요.",
                            "In network ACL {name}, {place_en} rule {number} is never used: rule {other} decides first. Give it a number below {other} or remove it."
                        ),
                    )
                    .field(field)
                    .row(row)
                    .fix(
                        message!("규칙 {number} 지우기", "Remove rule {number}"),
                        vec![Edit::set(id, field, rows::without(rules, row))],
                    );
            }
        }
    }
}

/// Whether every packet that matches `rule` matches `wider` too. Ports count for protocols that have them, types for ICMP.
fn covers(wider: &AclRule, rule: &AclRule) -> bool {
    wider.protocol.covers(rule.protocol) && wider.cidr.contains(rule.cidr) && wider.numbers().covers(&rule.numbers())
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::{AclRule, NetworkAcl};
    use crate::rules::testing::{fires, quiet, two_zones};

    /// An ACL with two inbound rules: protocol, ports and block of each.
    fn two(first: [&str; 3], second: [&str; 3]) -> crate::rules::testing::Named {
        let rule = |number, [protocol, ports, cidr]: [&str; 3]| AclRule {
            number,
            protocol: protocol.parse().unwrap(),
            ports: ports.parse().unwrap(),
            cidr: cidr.parse().unwrap(),
            ..AclRule::default()
        };
        let mut sketch = two_zones();
        let inbound = vec![rule(100, first), rule(200, second)];
        sketch.add("vpc", "acl", NetworkAcl { inbound, ..NetworkAcl::default() });
        sketch
    }

    #[test]
    fn fires_behind_a_wider_rule() {
        fires(&RULE, &two(["-1", "all", "0.0.0.0/0"], ["tcp", "22", "203.0.113.0/24"]), &["acl"]);
        fires(&RULE, &two(["tcp", "0-1023", "0.0.0.0/0"], ["tcp", "80", "0.0.0.0/0"]), &["acl"]);
        fires(&RULE, &two(["tcp", "80", "0.0.0.0/0"], ["tcp", "80", "0.0.0.0/0"]), &["acl"]);
    }

    #[test]
    fn quiet_where_something_is_left_over() {
        for second in [
            ["tcp", "80-81", "0.0.0.0/0"],
            ["udp", "80", "0.0.0.0/0"],
            ["tcp", "80", "::/0"],
            ["-1", "all", "0.0.0.0/0"],
        ] {
            quiet(&RULE, &two(["tcp", "80", "0.0.0.0/0"], second));
        }
    }
}
