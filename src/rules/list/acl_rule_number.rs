//! Rules of a network ACL are numbered from 1 to 32766.

use crate::catalog::data::limits::ACL_RULE_NUMBER;
use crate::catalog::kinds::{AclRule, NetworkAcl};
use crate::design::Edit;
use crate::facts::{Context, links};
use crate::fixes::rows;
use crate::message;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;

pub const RULE: Rule = Rule {
    id: "acl-rule-number",
    severity: Severity::Error,
    title: t("쓸 수 없는 규칙 번호", "Rule number out of range"),
    why: t(
        "네트워크 ACL 규칙 번호는 1부터 32766까지예요. 32767은 모두 거부하는 마지막 규칙이 써요.",
        "Numbers of network ACL rules go from 1 to 32766; 32767 is the last rule, which denies everything.",
    ),
    source: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkAclEntry.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, acl) in context.all::<NetworkAcl>() {
        for (field, rules) in links::acl_directions(acl) {
            for (row, rule) in rules.iter().enumerate().filter(|(_, rule)| !ACL_RULE_NUMBER.contains(&rule.number)) {
                let (name, number, place) = (&node.name, rule.number, links::acl_direction(field));
                let (place_ko, place_en) = (place.ko, place.en);
                let note = report
                    .note(
                        id,
                        message!(
                            "네트워크 ACL {name}의 {place_ko} 규칙 번호 {number}은(는) 쓸 수 없어요. 1부터 32766 사이로 바꾸세요.",
                            "In network ACL {name}, {place_en} rule {number} has a number AWS does not allow. Use 1 to 32766."
                        ),
                    )
                    .field(field)
                    .row(row);
                let taken = |number: &u16| rules.iter().any(|rule| rule.number == *number);
                // The nearest free number keeps the order of the rules.
                let mut numbers = ACL_RULE_NUMBER;
                let free = if number < *numbers.start() {
                    numbers.find(|number| !taken(number))
                } else {
                    numbers.rfind(|number| !taken(number))
                };
                if let Some(free) = free {
                    note.fix(
                        message!("규칙 번호를 {free}(으)로 바꾸기", "Change the number to {free}"),
                        vec![Edit::set(
                            id,
                            field,
                            rows::replaced(rules, row, &AclRule { number: free, ..rule.clone() }),
                        )],
                    );
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, numbered, quiet};

    #[test]
    fn fires_below_and_above() {
        fires(&RULE, &numbered(&[0, 100]), &["acl"]);
        fires(&RULE, &numbered(&[100, 32767]), &["acl"]);
        fires(&RULE, &numbered(&[32766, 65535]), &["acl"]);
    }

    #[test]
    fn quiet_at_the_limits() {
        quiet(&RULE, &numbered(&[1, 32766]));
    }
}
