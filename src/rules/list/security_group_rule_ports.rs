//! Rules of security groups name the ports of their protocol.

use crate::rules::{Rule, Severity, template};
use crate::text::t;

pub const RULE: Rule = Rule {
    id: "security-group-rule-ports",
    severity: Severity::Error,
    title: t("포트가 맞지 않는 보안 그룹 규칙", "Security group rule whose ports do not fit"),
    why: t(
        "TCP, UDP, ICMP 규칙에는 FromPort와 ToPort가 있어야 해요. 없으면 EC2가 규칙을 받지 않아요.",
        "A rule for TCP, UDP or ICMP needs FromPort and ToPort; EC2 refuses it without them.",
    ),
    source: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-ec2-securitygroup-ingress.html",
    fixes: false,
    check: template::faults,
};

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::found_in;

    #[test]
    fn fires_where_the_template_says_so() {
        let resources = "  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}\n  Web: {Type: 'AWS::EC2::SecurityGroup', Properties: {GroupDescription: web, VpcId: !Ref Vpc, SecurityGroupIngress: [{IpProtocol: tcp, CidrIp: 10.0.0.0/8}]}}\n";
        assert_eq!(found_in(&RULE, resources), ["Web"]);
    }

    #[test]
    fn quiet_on_a_sound_template() {
        let resources = "  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}\n  Web: {Type: 'AWS::EC2::SecurityGroup', Properties: {GroupDescription: web, VpcId: !Ref Vpc, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 80, ToPort: 80, CidrIp: 10.0.0.0/8}, {IpProtocol: -1, CidrIp: 10.0.0.0/8}]}}\n";
        assert_eq!(found_in(&RULE, resources), [""; 0]);
    }
}
