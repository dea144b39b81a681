//! A target group has the properties that its type of targets needs.

use crate::rules::{Rule, Severity, template};
use crate::text::t;

pub const RULE: Rule = Rule {
    id: "target-group-not-for-type",
    severity: Severity::Error,
    title: t("대상 유형에 맞지 않는 대상 그룹", "Target group that does not fit its type of targets"),
    why: t(
        "함수가 아닌 대상에는 포트, 프로토콜, VPC가 있어야 하고, Lambda 대상에는 없어야 해요.",
        "All targets but functions need port, protocol and VPC; a group of Lambda functions must not have them.",
    ),
    source: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-elasticloadbalancingv2-targetgroup.html",
    fixes: false,
    check: template::faults,
};

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::found_in;

    #[test]
    fn fires_where_the_template_says_so() {
        let resources = "  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}\n  Tg: {Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: {Port: 80, Protocol: HTTP}}\n";
        assert_eq!(found_in(&RULE, resources), ["Tg"]);
    }

    #[test]
    fn quiet_on_a_sound_template() {
        let resources = "  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}\n  Tg: {Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: {Port: 80, Protocol: HTTP, VpcId: !Ref Vpc}}\n";
        assert_eq!(found_in(&RULE, resources), [""; 0]);
    }
}
