//! What a template refers to is in the template.

use crate::rules::{Rule, Severity, template};
use crate::text::t;

pub const RULE: Rule = Rule {
    id: "template-reference-dangling",
    severity: Severity::Error,
    title: t("가리키는 것이 없는 참조", "Reference to what is not there"),
    why: t(
        "Ref, GetAtt, Sub, DependsOn과 조건이 가리키는 이름이 템플릿에 없으면 배포가 거절돼요.",
        "A deployment is refused where Ref, GetAtt, Sub, DependsOn or a condition names what the template does not have.",
    ),
    source: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-ref.html",
    fixes: false,
    check: template::faults,
};

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::found_in;

    #[test]
    fn fires_where_the_template_says_so() {
        let resources = "  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}\n  Net: {Type: 'AWS::EC2::Subnet', Properties: {CidrBlock: 10.0.0.0/24, VpcId: !Ref Vcp}}\n";
        assert_eq!(found_in(&RULE, resources), ["Net"]);
    }

    #[test]
    fn quiet_on_a_sound_template() {
        let resources = "  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}\n  Net: {Type: 'AWS::EC2::Subnet', Properties: {CidrBlock: 10.0.0.0/24, VpcId: !Ref Vpc}}\n";
        assert_eq!(found_in(&RULE, resources), [""; 0]);
    }
}
