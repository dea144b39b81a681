//! A property refers to a resource of the kind that it is about.

use crate::rules::{Rule, Severity, template};
use crate::text::t;

pub const RULE: Rule = Rule {
    id: "template-reference-of-other-kind",
    severity: Severity::Error,
    title: t("다른 종류를 가리키는 속성", "Reference to a resource of another kind"),
    why: t(
        "서브넷이 올 곳에 VPC를 적은 것처럼 종류가 다르면 그 ID를 받지 않아 배포가 실패해요.",
        "A VPC where a subnet belongs has an ID that AWS does not take there, and the deployment fails.",
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
        let resources = "  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}\n  Nat: {Type: 'AWS::EC2::NatGateway', Properties: {SubnetId: !Ref Vpc, ConnectivityType: private}}
";
        assert_eq!(found_in(&RULE, resources), ["Nat"]);
    }

    #[test]
    fn quiet_on_a_sound_template() {
        let resources = "  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}\n  Net: {Type: 'AWS::EC2::Subnet', Properties: {CidrBlock: 10.0.0.0/24, VpcId: !Ref Vpc}}
  Nat: {Type: 'AWS::EC2::NatGateway', Properties: {SubnetId: !Ref Net, ConnectivityType: private}}
";
        assert_eq!(found_in(&RULE, resources), [""; 0]);
    }
}
