//! Each rule of a network ACL has a number of its own.

use crate::catalog::data::limits::ACL_RULE_NUMBER;
use crate::catalog::kinds::{AclRule, NetworkAcl};
use crate::design::Edit;
use crate::facts::{Context, links};
use crate::fixes::rows;
use crate::message;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use std::collections::BTreeSet;

pub const RULE: Rule = Rule {
    id: "acl-duplicate-number",
    severity: Severity::Error,
    title: t("겹치는 규칙 번호", "Rule number used twice"),
    why: t(
        "같은 방향에 같은 번호의 규칙을 둘 만들 수 없어서 배포가 실패해요.",
        "One direction takes a number once, so the deployment fails.",
    ),
    source: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkAclEntry.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, acl) in context.all::<NetworkAcl>() {
        for (field, rules) in links::acl_directions(acl) {
            let taken: BTreeSet<u16> = rules.iter().map(|rule| rule.number).collect();
            let mut seen = BTreeSet::new();
            for (row, rule) in rules.iter().enumerate() {
                if seen.insert(rule.number) {
                    continue;
                }
                let (name, number, place) = (&node.name, rule.number, links::acl_direction(field));
                let (place_ko, place_en) = (place.ko, place.en);
                let note = report
                    .note(
                        id,
                        message!(
                            "네트워크 ACL {name}의 {place_ko} 규칙에 {number}번이 두 개예요. 한쪽 번호를 바꾸세요.",
                            "Network ACL {name} has two {place_en} rules numbered {number}. Give one another number."
                        ),
                    )
                    .field(field)
                    .row(row);
                let after = (number.saturating_add(1)..=*ACL_RULE_NUMBER.end()).find(|number| !taken.contains(number));
                if let Some(free) = after {
                    note.fix(
                        message!("뒤의 규칙을 {free}번으로 바꾸기", "Renumber the later one {free}"),
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
    fn fires_on_the_second() {
        fires(&RULE, &numbered(&[100, 101, 100]), &["acl"]);
    }

    #[test]
    fn quiet_when_they_differ_and_across_directions() {
        quiet(&RULE, &numbered(&[100, 101]));
    }
}
