//! The values of the parameters keep the rules of the template.

use crate::rules::{Rule, Severity, template};
use crate::template::RuleId;
use crate::text::t;

pub const RULE: Rule = Rule {
    id: RuleId::TEMPLATE_RULE_BROKEN.as_str(),
    severity: Severity::Warning,
    title: t("템플릿 규칙에 어긋나는 파라미터 값", "Values that break a rule of the template"),
    why: t(
        "Rules 섹션의 Assertions는 배포하기 전에 확인되고, 어긋나면 아무것도 만들어지지 않아요.",
        "The Assertions in the section Rules are checked before a deployment; if one fails, nothing is created.",
    ),
    source: "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/rules-section-structure.html",
    fixes: false,
    check: template::faults,
};

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::cloudformation::import;
    use crate::rules::template::elsewhere;

    /// A template whose rule wants large instances in production, by the size that is the default.
    fn breaks(size: &str) -> bool {
        let text = format!(
            "Parameters: {{Env: {{Type: String, Default: prod}}, Size: {{Type: String, Default: {size}}}}}\nRules:\n  Large:\n    RuleCondition: !Equals [!Ref Env, prod]\n    Assertions:\n    - Assert: !Contains [[m5.large, m5.xlarge], !Ref Size]\n      AssertDescription: production is large\nResources:\n  Topic: {{Type: 'AWS::SNS::Topic'}}\n"
        );
        let design = import(&text).unwrap().design;
        elsewhere(&design).any(|fault| {
            fault.rule.as_str() == RULE.id && fault.line == 6 && fault.why.en.contains("production is large")
        })
    }

    #[test]
    fn fires_on_an_assertion_that_fails_and_is_quiet_on_one_that_holds() {
        assert!(breaks("t3.micro") && !breaks("m5.large"));
    }
}
