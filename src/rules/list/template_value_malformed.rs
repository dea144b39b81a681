//! The value of a property is one that its type takes.

use crate::rules::{Rule, Severity, template};
use crate::text::t;

pub const RULE: Rule = Rule {
    id: "template-value-malformed",
    severity: Severity::Error,
    title: t("속성에 맞지 않는 값", "Value that a property does not take"),
    why: t(
        "속성마다 값의 형식이 정해져 있고, 다른 값은 배포에서 거절돼요.",
        "Each property takes values of one form; others are refused at deployment.",
    ),
    source: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html",
    fixes: false,
    check: template::faults,
};

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::found_in;

    #[test]
    fn fires_where_the_template_says_so() {
        let resources = "  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16, InstanceTenancy: [default], EnableDnsSupport: maybe}}\n";
        assert_eq!(found_in(&RULE, resources), ["Vpc", "Vpc"]);
    }

    #[test]
    fn quiet_on_a_sound_template() {
        let resources = "  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}\n";
        assert_eq!(found_in(&RULE, resources), [""; 0]);
    }
}
