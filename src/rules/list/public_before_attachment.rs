//! What has a public address waits for the attachment of its VPC's internet gateway.

use crate::rules::{Rule, Severity, template};
use crate::template::RuleId;
use crate::text::t;

pub const RULE: Rule = Rule {
    id: RuleId::PUBLIC_BEFORE_ATTACHMENT.as_str(),
    severity: Severity::Warning,
    title: t(
        "인터넷 게이트웨이보다 먼저 만들어질 수 있는 퍼블릭 리소스",
        "Public resource that may come before the internet gateway",
    ),
    why: t(
        "NAT 게이트웨이, 인터넷 경계 로드 밸런서, 연결된 탄력적 IP는 VPC에 인터넷 게이트웨이가 연결된 뒤에야 만들어져요. DependsOn이 없으면 CloudFormation이 동시에 만들다 실패할 수 있어요.",
        "NAT gateways, internet-facing load balancers and Elastic IPs in use are made only in a VPC with an attached internet gateway. Without DependsOn CloudFormation makes both at once, and may fail.",
    ),
    source: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-dependson.html",
    fixes: false,
    check: template::faults,
};

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::found_in;

    const NETWORK: &str = "  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}
  Igw: {Type: 'AWS::EC2::InternetGateway'}
  IgwOn: {Type: 'AWS::EC2::VPCGatewayAttachment', Properties: {VpcId: !Ref Vpc, InternetGatewayId: !Ref Igw}}
  A: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24}}
  B: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.2.0/24}}
  Web: {Type: 'AWS::EC2::Instance', Properties: {ImageId: ami-0123456789abcdef0, SubnetId: !Ref A}}
";

    /// A resource of each kind, with what stands beside its type and what is added to its properties.
    fn all(waits: &str, more: [&str; 3]) -> Vec<String> {
        let [nat, alb, ip] = more;
        let resources = format!(
            "{NETWORK}  NatIp: {{Type: 'AWS::EC2::EIP', Properties: {{Domain: vpc}}}}
  Nat: {{Type: 'AWS::EC2::NatGateway'{waits}, Properties: {{SubnetId: !Ref A, AllocationId: !GetAtt NatIp.AllocationId{nat}}}}}
  Alb: {{Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer'{waits}, Properties: {{Subnets: [!Ref A, !Ref B]{alb}}}}}
  Ip: {{Type: 'AWS::EC2::EIP'{waits}, Properties: {{Domain: vpc{ip}}}}}
"
        );
        found_in(&RULE, &resources)
    }

    #[test]
    fn fires_where_nothing_is_waited_for() {
        assert_eq!(all("", ["", "", ", InstanceId: !Ref Web"]), ["Nat", "Alb", "Ip"]);
        assert_eq!(all(", DependsOn: Web", ["", "", ", InstanceId: !Ref Web"]), ["Nat", "Alb", "Ip"]);
    }

    #[test]
    fn quiet_where_it_is_waited_for_and_on_what_needs_no_gateway() {
        assert_eq!(all(", DependsOn: IgwOn", ["", "", ", InstanceId: !Ref Web"]), [""; 0]);
        let inner = [", ConnectivityType: private", ", Scheme: internal", ""];
        assert_eq!(all("", inner), [""; 0], "an address that nothing has needs no gateway");
        let later = format!(
            "{NETWORK}  Nat: {{Type: 'AWS::EC2::NatGateway', Properties: {{SubnetId: !Ref A, AllocationId: !GetAtt Ip.AllocationId}}}}
  Ip: {{Type: 'AWS::EC2::EIP', DependsOn: [IgwOn]}}
"
        );
        assert_eq!(found_in(&RULE, &later), [""; 0], "its address waits for it");
    }
}
