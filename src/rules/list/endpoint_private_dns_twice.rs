//! One interface endpoint of a VPC answers to the private name of a service.

use crate::rules::{Rule, Severity, template};
use crate::text::t;

pub const RULE: Rule = Rule {
    id: "endpoint-private-dns-twice",
    severity: Severity::Error,
    title: t("프라이빗 DNS가 겹치는 엔드포인트", "Endpoints with the same private name"),
    why: t(
        "VPC 안에서 서비스의 이름은 엔드포인트 하나로만 가요. 두 번째 엔드포인트는 만들어지지 않아요.",
        "Within a VPC the name of a service leads to one endpoint; the second cannot be created.",
    ),
    source: "https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html",
    fixes: false,
    check: template::faults,
};

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::found_in;

    #[test]
    fn fires_where_the_template_says_so() {
        let resources = "  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}\n  One: {Type: 'AWS::EC2::VPCEndpoint', Properties: {VpcId: !Ref Vpc, VpcEndpointType: Interface, ServiceName: com.amazonaws.us-east-1.sqs, PrivateDnsEnabled: true}}
  Two: {Type: 'AWS::EC2::VPCEndpoint', Properties: {VpcId: !Ref Vpc, VpcEndpointType: Interface, ServiceName: com.amazonaws.us-east-1.sqs, PrivateDnsEnabled: true}}
";
        assert_eq!(found_in(&RULE, resources), ["Two"]);
    }

    #[test]
    fn quiet_on_a_sound_template() {
        let resources = "  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}\n  One: {Type: 'AWS::EC2::VPCEndpoint', Properties: {VpcId: !Ref Vpc, VpcEndpointType: Interface, ServiceName: com.amazonaws.us-east-1.sqs, PrivateDnsEnabled: true}}
  Two: {Type: 'AWS::EC2::VPCEndpoint', Properties: {VpcId: !Ref Vpc, VpcEndpointType: Interface, ServiceName: com.amazonaws.us-east-1.sqs, PrivateDnsEnabled: false}}
";
        assert_eq!(found_in(&RULE, resources), [""; 0]);
    }
}
