//! The type of a resource is one that CloudFormation has.

use crate::rules::{Rule, Severity, template};
use crate::text::t;

pub const RULE: Rule = Rule {
    id: "template-type-unknown",
    severity: Severity::Error,
    title: t("없는 리소스 유형", "Unknown resource type"),
    why: t(
        "CloudFormation은 모르는 Type이 있으면 템플릿을 받지 않아요.",
        "CloudFormation refuses a template with a Type that it does not know.",
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
        let resources = "  Net: {Type: 'AWS::EC2::Vpcs'}\n";
        assert_eq!(found_in(&RULE, resources), ["Net"]);
    }

    #[test]
    fn quiet_on_a_sound_template() {
        let resources = "  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}\n";
        assert_eq!(found_in(&RULE, resources), [""; 0]);
    }
}
