//! A resource has the properties that its type must have.

use crate::rules::{Rule, Severity, template};
use crate::text::t;

pub const RULE: Rule = Rule {
    id: "template-property-missing",
    severity: Severity::Error,
    title: t("빠진 속성", "Missing property"),
    why: t(
        "꼭 있어야 하는 속성이 없으면 CloudFormation이 배포를 거절하거나 만들다가 실패해요.",
        "Without a property that the type requires, the deployment is refused or fails.",
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
        let resources = "  Net: {Type: 'AWS::EC2::Subnet', Properties: {CidrBlock: 10.0.0.0/24}}\n";
        assert_eq!(found_in(&RULE, resources), ["Net"]);
    }

    #[test]
    fn quiet_on_a_sound_template() {
        let resources = "  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}\n  Net: {Type: 'AWS::EC2::Subnet', Properties: {CidrBlock: 10.0.0.0/24, VpcId: !Ref Vpc}}\n";
        assert_eq!(found_in(&RULE, resources), [""; 0]);
    }
}
