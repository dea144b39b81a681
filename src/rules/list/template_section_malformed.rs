//! The sections of a template are of the form that CloudFormation reads.

use crate::rules::{Rule, Severity, template};
use crate::text::t;

pub const RULE: Rule = Rule {
    id: "template-section-malformed",
    severity: Severity::Error,
    title: t("형식이 잘못된 템플릿", "Malformed part of a template"),
    why: t(
        "CloudFormation은 섹션과 이름이 정해진 형식이 아니면 템플릿을 받지 않아요.",
        "CloudFormation refuses a template whose sections and names are not of its form.",
    ),
    source: "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html",
    fixes: false,
    check: template::faults,
};

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::found_in;

    #[test]
    fn fires_where_the_template_says_so() {
        let resources = "  my_vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}\n";
        assert_eq!(found_in(&RULE, resources), ["my_vpc"]);
    }

    #[test]
    fn quiet_on_a_sound_template() {
        let resources = "  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}\n";
        assert_eq!(found_in(&RULE, resources), [""; 0]);
    }
}
