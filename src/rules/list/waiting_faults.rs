//! What a template that was opened lets CloudFormation make too early: what needs another thing and neither names it nor waits for it. The faults are
//! found with their lines in `cloudformation/faults/waiting.rs`; here stands what each is called and why it matters.

use crate::rules::template::fault;
use crate::rules::{Rule, Severity};
use crate::template::RuleId;
use crate::text::t;

/// The rules of these faults.
pub const RULES: [Rule; 3] = [PUBLIC_BEFORE_ATTACHMENT, ROUTE_BEFORE_ATTACHMENT, SERVICE_BEFORE_LISTENER];

/// What has a public address waits for the attachment of its VPC's internet gateway.
const PUBLIC_BEFORE_ATTACHMENT: Rule = fault(
    RuleId::PUBLIC_BEFORE_ATTACHMENT,
    Severity::Warning,
    t(
        "인터넷 게이트웨이보다 먼저 만들어질 수 있는 퍼블릭 리소스",
        "Public resource that may come before the internet gateway",
    ),
    t(
        "NAT 게이트웨이, 인터넷 경계 로드 밸런서, 연결된 탄력적 IP는 VPC에 인터넷 게이트웨이가 연결된 뒤에야 만들어져요. DependsOn이 없으면 CloudFormation이 동시에 만들다 실패할 수 있어요.",
        "NAT gateways, internet-facing load balancers and Elastic IPs in use are made only in a VPC with an attached internet gateway. Without DependsOn CloudFormation makes both at once, and may fail.",
    ),
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-dependson.html",
);

/// A route to a gateway waits for the attachment of the gateway.
const ROUTE_BEFORE_ATTACHMENT: Rule = fault(
    RuleId::ROUTE_BEFORE_ATTACHMENT,
    Severity::Warning,
    t("연결되기 전에 만들어질 수 있는 경로", "Route that may come before its gateway is attached"),
    t(
        "게이트웨이가 VPC에 연결되기 전에 경로를 만들면 배포가 실패해요. CloudFormation은 DependsOn이 없으면 둘을 동시에 만들어요.",
        "A route to a gateway that is not attached yet is refused, and without DependsOn CloudFormation makes both at once.",
    ),
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-dependson.html",
);

/// A service behind a load balancer waits for the listener that sends to it.
const SERVICE_BEFORE_LISTENER: Rule = fault(
    RuleId::SERVICE_BEFORE_LISTENER,
    Severity::Warning,
    t("리스너보다 먼저 만들어질 수 있는 ECS 서비스", "ECS service that may come before its listener"),
    t(
        "ECS는 대상 그룹이 로드 밸런서에 연결되어 있어야 서비스를 만들어요. 서비스는 대상 그룹만 가리키니, DependsOn이 없으면 리스너보다 먼저 만들다 실패할 수 있어요.",
        "ECS creates a service only once a load balancer sends to its target group. The service names the group alone, so without DependsOn it may be made before the listener, and fail.",
    ),
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecs-service.html",
);

#[cfg(test)]
mod tests {
    mod public_before_attachment {
        use super::super::PUBLIC_BEFORE_ATTACHMENT;
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
            found_in(&PUBLIC_BEFORE_ATTACHMENT, &resources)
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
            assert_eq!(found_in(&PUBLIC_BEFORE_ATTACHMENT, &later), [""; 0], "its address waits for it");
        }
    }

    mod route_before_attachment {
        use super::super::ROUTE_BEFORE_ATTACHMENT;
        use crate::rules::testing::found_in;

        fn network(more: &str, gateway: &str) -> String {
            format!(
                "  Vpc: {{Type: 'AWS::EC2::VPC', Properties: {{CidrBlock: 10.0.0.0/16}}}}\n  Igw: {{Type: 'AWS::EC2::InternetGateway'}}\n  IgwOn: {{Type: 'AWS::EC2::VPCGatewayAttachment', Properties: {{VpcId: !Ref Vpc, InternetGatewayId: !Ref Igw}}}}\n  Ways: {{Type: 'AWS::EC2::RouteTable', Properties: {{VpcId: !Ref Vpc}}}}\n  Out: {{Type: 'AWS::EC2::Route'{more}, Properties: {{RouteTableId: !Ref Ways, DestinationCidrBlock: 0.0.0.0/0, GatewayId: {gateway}}}}}\n"
            )
        }

        #[test]
        fn fires_where_the_template_says_so() {
            assert_eq!(found_in(&ROUTE_BEFORE_ATTACHMENT, &network("", "!Ref Igw")), ["Ways"]);
            let propagation = "  Vgw: {Type: 'AWS::EC2::VPNGateway', Properties: {Type: ipsec.1}}\n  VgwOn: {Type: 'AWS::EC2::VPCGatewayAttachment', Properties: {VpcId: !Ref Vpc, VpnGatewayId: !Ref Vgw}}\n  More: {Type: 'AWS::EC2::VPNGatewayRoutePropagation', Properties: {RouteTableIds: [!Ref Ways], VpnGatewayId: !Ref Vgw}}\n";
            assert_eq!(
                found_in(&ROUTE_BEFORE_ATTACHMENT, &(network(", DependsOn: IgwOn", "!Ref Igw") + propagation)).len(),
                1
            );
        }

        #[test]
        fn a_route_to_a_transit_gateway_waits_for_the_attachment_of_its_own_vpc() {
            let hub = |more: &str| {
                let vpc = |name: &str, block: &str| {
                    format!(
                        "  {name}: {{Type: 'AWS::EC2::VPC', Properties: {{CidrBlock: {block}}}}}\n  {name}Net: {{Type: 'AWS::EC2::Subnet', Properties: {{VpcId: !Ref {name}, CidrBlock: {block}}}}}\n  {name}On: {{Type: 'AWS::EC2::TransitGatewayVpcAttachment', Properties: {{VpcId: !Ref {name}, SubnetIds: [!Ref {name}Net], TransitGatewayId: !Ref Hub}}}}\n"
                    )
                };
                format!(
                    "  Hub: {{Type: 'AWS::EC2::TransitGateway'}}\n{}{}  Ways: {{Type: 'AWS::EC2::RouteTable', Properties: {{VpcId: !Ref One}}}}\n  There: {{Type: 'AWS::EC2::Route'{more}, Properties: {{RouteTableId: !Ref Ways, DestinationCidrBlock: 10.1.0.0/16, TransitGatewayId: !Ref Hub}}}}\n",
                    vpc("One", "10.0.0.0/16"),
                    vpc("Two", "10.1.0.0/16")
                )
            };
            assert_eq!(found_in(&ROUTE_BEFORE_ATTACHMENT, &hub("")), ["Ways"]);
            assert_eq!(found_in(&ROUTE_BEFORE_ATTACHMENT, &hub(", DependsOn: TwoOn")), ["Ways"]);
            assert_eq!(found_in(&ROUTE_BEFORE_ATTACHMENT, &hub(", DependsOn: OneOn")), [""; 0]);
        }

        #[test]
        fn quiet_on_sound_templates() {
            assert_eq!(found_in(&ROUTE_BEFORE_ATTACHMENT, &network(", DependsOn: IgwOn", "!Ref Igw")), [""; 0]);
            assert_eq!(found_in(&ROUTE_BEFORE_ATTACHMENT, &network(", DependsOn: [IgwOn]", "!Ref Igw")), [""; 0]);
            assert_eq!(
                found_in(&ROUTE_BEFORE_ATTACHMENT, &network("", "!GetAtt IgwOn.InternetGatewayId")),
                [""; 0],
                "it waits for what it names"
            );
            assert_eq!(found_in(&ROUTE_BEFORE_ATTACHMENT, &network("", "igw-0123456789abcdef0")), [""; 0]);
            let later =
                network(", DependsOn: Later", "!Ref Igw") + "  Later: {Type: 'AWS::SNS::Topic', DependsOn: IgwOn}\n";
            assert_eq!(found_in(&ROUTE_BEFORE_ATTACHMENT, &later), [""; 0], "it waits for what waits");
        }
    }

    mod service_before_listener {
        use super::super::SERVICE_BEFORE_LISTENER;
        use crate::rules::testing::found_in;

        /// A service with what stands beside its type, and who sends to its target group.
        fn service(waits: &str, sender: &str) -> Vec<String> {
            let resources = format!(
                "  Vpc: {{Type: 'AWS::EC2::VPC', Properties: {{CidrBlock: 10.0.0.0/16}}}}
  Group: {{Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: {{VpcId: !Ref Vpc, Port: 80, Protocol: HTTP, TargetType: ip}}}}
  Alb: {{Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: {{Subnets: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]}}}}
  {sender}
  Tasks: {{Type: 'AWS::ECS::Service'{waits}, Properties: {{TaskDefinition: web, LoadBalancers: [{{ContainerName: web, ContainerPort: 80, TargetGroupArn: !Ref Group}}]}}}}
"
            );
            found_in(&SERVICE_BEFORE_LISTENER, &resources)
        }

        const LISTENER: &str = "Way: {Type: 'AWS::ElasticLoadBalancingV2::Listener', Properties: {LoadBalancerArn: !Ref Alb, Port: 80, Protocol: HTTP, DefaultActions: [{Type: forward, TargetGroupArn: !Ref Group}]}}";
        const RULES: &str = "Way: {Type: 'AWS::ElasticLoadBalancingV2::ListenerRule', Properties: {ListenerArn: !ImportValue web-Listener, Priority: 1, Conditions: [{Field: path-pattern, Values: [/]}], Actions: [{Type: forward, ForwardConfig: {TargetGroups: [{TargetGroupArn: !Ref Group}]}}]}}";

        #[test]
        fn fires_where_it_waits_for_nothing_and_for_something_else() {
            assert_eq!(service("", LISTENER), ["Tasks"]);
            assert_eq!(service("", RULES), ["Tasks"]);
            assert_eq!(service(", DependsOn: Alb", LISTENER), ["Tasks"]);
        }

        #[test]
        fn quiet_where_it_waits_and_where_nobody_here_sends() {
            assert_eq!(service(", DependsOn: Way", LISTENER), [""; 0]);
            assert_eq!(service(", DependsOn: [Way]", RULES), [""; 0]);
            assert_eq!(service("", "Topic: {Type: 'AWS::SNS::Topic'}"), [""; 0]);
        }
    }
}
