//! A resource has only properties of its type.

use crate::rules::{Rule, Severity, template};
use crate::text::t;

pub const RULE: Rule = Rule {
    id: "template-property-unknown",
    severity: Severity::Error,
    title: t("없는 속성", "Unknown property"),
    why: t(
        "CloudFormation은 유형에 없는 속성이 있으면 배포를 거절해요. 대소문자가 다른 이름도 없는 속성이에요.",
        "CloudFormation refuses a property that the type does not have. A name in other case is another name.",
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
        let resources = "  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16, EnableDnsSuport: true}}\n";
        assert_eq!(found_in(&RULE, resources), ["Vpc"]);
    }

    #[test]
    fn quiet_on_a_sound_template() {
        let resources = "  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}\n";
        assert_eq!(found_in(&RULE, resources), [""; 0]);
    }
}
