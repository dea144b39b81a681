//! Rules of network ACLs name the ports of their protocol.

use crate::rules::{Rule, Severity, template};
use crate::text::t;

pub const RULE: Rule = Rule {
    id: "acl-rule-ports",
    severity: Severity::Error,
    title: t("포트가 맞지 않는 네트워크 ACL 규칙", "Network ACL rule whose ports do not fit"),
    why: t(
        "TCP와 UDP 규칙에는 PortRange가, ICMP 규칙에는 Icmp가 있어야 해요. 없으면 EC2가 규칙을 받지 않아요.",
        "A rule for TCP or UDP needs PortRange, one for ICMP needs Icmp; EC2 refuses it without them.",
    ),
    source: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-networkaclentry.html",
    fixes: false,
    check: template::faults,
};

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::found_in;

    #[test]
    fn fires_where_the_template_says_so() {
        let resources = "  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}\n  Acl: {Type: 'AWS::EC2::NetworkAcl', Properties: {VpcId: !Ref Vpc}}\n  In: {Type: 'AWS::EC2::NetworkAclEntry', Properties: {NetworkAclId: !Ref Acl, RuleNumber: 100, RuleAction: allow, CidrBlock: 0.0.0.0/0, Protocol: 6}}\n";
        assert_eq!(found_in(&RULE, resources), ["Acl"]);
    }

    #[test]
    fn quiet_on_a_sound_template() {
        let resources = "  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}\n  Acl: {Type: 'AWS::EC2::NetworkAcl', Properties: {VpcId: !Ref Vpc}}\n  In: {Type: 'AWS::EC2::NetworkAclEntry', Properties: {NetworkAclId: !Ref Acl, RuleNumber: 100, RuleAction: allow, CidrBlock: 0.0.0.0/0, Protocol: 6, PortRange: {From: 80, To: 80}}}\n";
        assert_eq!(found_in(&RULE, resources), [""; 0]);
    }
}
