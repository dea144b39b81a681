//! Functions have the arguments that they take.

use crate::rules::{Rule, Severity, template};
use crate::text::t;

pub const RULE: Rule = Rule {
    id: "template-function-malformed",
    severity: Severity::Error,
    title: t("인수가 맞지 않는 함수", "Function with other arguments than it takes"),
    why: t(
        "함수의 인수가 맞지 않으면 CloudFormation이 템플릿을 받지 않아요.",
        "CloudFormation refuses a template in which a function has arguments that do not fit.",
    ),
    source: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html",
    fixes: false,
    check: template::faults,
};

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::found_in;

    #[test]
    fn fires_where_the_template_says_so() {
        let resources = "  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: !Join [10.0.0.0/16]}}\n";
        assert_eq!(found_in(&RULE, resources), ["Vpc"]);
    }

    #[test]
    fn quiet_on_a_sound_template() {
        let resources = "  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}\n";
        assert_eq!(found_in(&RULE, resources), [""; 0]);
    }
}
