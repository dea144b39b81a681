//! A rule's description takes only some ASCII characters.

use crate::catalog::data::limits::SECURITY_GROUP_TEXT;
use crate::catalog::kinds::{GroupRule, SecurityGroup};
use crate::design::Edit;
use crate::facts::Context;
use crate::facts::admission::is_describable;
use crate::facts::links::directions;
use crate::fixes::rows::replaced;
use crate::message;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;

pub const RULE: Rule = Rule {
    id: "security-group-rule-description-not-ascii",
    severity: Severity::Error,
    title: t("보안 그룹 규칙 설명에 쓸 수 없는 글자", "Rule description with letters AWS refuses"),
    why: t(
        "규칙 설명도 영문, 숫자와 몇 가지 기호로 255자까지라, 한글이 있으면 규칙이 만들어지지 않아요.",
        "A rule's description takes ASCII letters, digits and some marks, up to 255; with any other the rule is not created.",
    ),
    source: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpRange.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, group) in context.all::<SecurityGroup>() {
        for (field, rules) in directions(group) {
            for (row, rule) in rules.iter().enumerate() {
                let text = &rule.description;
                if is_describable(text) && text.len() <= SECURITY_GROUP_TEXT {
                    continue;
                }
                let (name, number) = (&node.name, row + 1);
                let short: String = text.chars().take(40).collect();
                let bare = GroupRule { description: String::new(), ..rule.clone() };
                report
                    .note(
                        id,
                        message!(
                            "보안 그룹 {name}의 {number}번째 규칙 설명 '{short}'은(는) AWS가 받지 않아요. 영문으로 255자까지 적으세요.",
                            "AWS refuses the description \"{short}\" of rule {number} of security group {name}. Write it in ASCII, up to 255 characters."
                        ),
                    )
                    .field(field)
                    .row(row)
                    .fix(message!("규칙 설명 비우기", "Clear the rule's description"), vec![Edit::set(id, field, replaced(rules, row, &bare))]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::GroupRule;
    use crate::rules::testing::{fires, quiet, two_zones};

    #[test]
    fn fires_on_korean_in_either_direction() {
        for field in ["inbound", "outbound"] {
            let mut sketch = two_zones();
            sketch.rows("web-sg", field, &[GroupRule { description: "웹".to_owned(), ..GroupRule::default() }]);
            fires(&RULE, &sketch, &["web-sg"]);
        }
    }

    #[test]
    fn quiet_on_ascii() {
        let mut sketch = two_zones();
        sketch.rows(
            "web-sg",
            "inbound",
            &[GroupRule { description: "HTTP from all".to_owned(), ..GroupRule::default() }],
        );
        quiet(&RULE, &sketch);
    }
}
