//! Properties that exclude each other do not stand together.

use crate::rules::{Rule, Severity, template};
use crate::text::t;

pub const RULE: Rule = Rule {
    id: "template-property-conflict",
    severity: Severity::Error,
    title: t("함께 쓸 수 없는 속성", "Properties that exclude each other"),
    why: t(
        "둘 가운데 하나만 쓸 수 있는 속성을 함께 쓰면 배포가 거절돼요.",
        "Where a type takes only one of several properties, the deployment with more is refused.",
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
        let resources = "  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}\n  Web: {Type: 'AWS::EC2::SecurityGroup', Properties: {GroupDescription: web, VpcId: !Ref Vpc, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 80, ToPort: 80, CidrIp: 10.0.0.0/8, SourcePrefixListId: pl-1}]}}\n";
        assert_eq!(found_in(&RULE, resources), ["Web"]);
    }

    #[test]
    fn quiet_on_a_sound_template() {
        let resources = "  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}\n  Web: {Type: 'AWS::EC2::SecurityGroup', Properties: {GroupDescription: web, VpcId: !Ref Vpc, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 80, ToPort: 80, CidrIp: 10.0.0.0/8}]}}\n";
        assert_eq!(found_in(&RULE, resources), [""; 0]);
    }
}
