//! A route to a gateway waits for the attachment of the gateway.

use crate::rules::{Rule, Severity, template};
use crate::template::RuleId;
use crate::text::t;

pub const RULE: Rule = Rule {
    id: RuleId::ROUTE_BEFORE_ATTACHMENT.as_str(),
    severity: Severity::Warning,
    title: t("연결되기 전에 만들어질 수 있는 경로", "Route that may come before its gateway is attached"),
    why: t(
        "게이트웨이가 VPC에 연결되기 전에 경로를 만들면 배포가 실패해요. CloudFormation은 DependsOn이 없으면 둘을 동시에 만들어요.",
        "A route to a gateway that is not attached yet is refused, and without DependsOn CloudFormation makes both at once.",
    ),
    source: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-dependson.html",
    fixes: false,
    check: template::faults,
};

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::found_in;

    fn network(more: &str, gateway: &str) -> String {
        format!(
            "  Vpc: {{Type: 'AWS::EC2::VPC', Properties: {{CidrBlock: 10.0.0.0/16}}}}\n  Igw: {{Type: 'AWS::EC2::InternetGateway'}}\n  IgwOn: {{Type: 'AWS::EC2::VPCGatewayAttachment', Properties: {{VpcId: !Ref Vpc, InternetGatewayId: !Ref Igw}}}}\n  Ways: {{Type: 'AWS::EC2::RouteTable', Properties: {{VpcId: !Ref Vpc}}}}\n  Out: {{Type: 'AWS::EC2::Route'{more}, Properties: {{RouteTableId: !Ref Ways, DestinationCidrBlock: 0.0.0.0/0, GatewayId: {gateway}}}}}\n"
        )
    }

    #[test]
    fn fires_where_the_template_says_so() {
        assert_eq!(found_in(&RULE, &network("", "!Ref Igw")), ["Ways"]);
        let propagation = "  Vgw: {Type: 'AWS::EC2::VPNGateway', Properties: {Type: ipsec.1}}\n  VgwOn: {Type: 'AWS::EC2::VPCGatewayAttachment', Properties: {VpcId: !Ref Vpc, VpnGatewayId: !Ref Vgw}}\n  More: {Type: 'AWS::EC2::VPNGatewayRoutePropagation', Properties: {RouteTableIds: [!Ref Ways], VpnGatewayId: !Ref Vgw}}\n";
        assert_eq!(found_in(&RULE, &(network(", DependsOn: IgwOn", "!Ref Igw") + propagation)).len(), 1);
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
        assert_eq!(found_in(&RULE, &hub("")), ["Ways"]);
        assert_eq!(found_in(&RULE, &hub(", DependsOn: TwoOn")), ["Ways"]);
        assert_eq!(found_in(&RULE, &hub(", DependsOn: OneOn")), [""; 0]);
    }

    #[test]
    fn quiet_on_sound_templates() {
        assert_eq!(found_in(&RULE, &network(", DependsOn: IgwOn", "!Ref Igw")), [""; 0]);
        assert_eq!(found_in(&RULE, &network(", DependsOn: [IgwOn]", "!Ref Igw")), [""; 0]);
        assert_eq!(
            found_in(&RULE, &network("", "!GetAtt IgwOn.InternetGatewayId")),
            [""; 0],
            "it waits for what it names"
        );
        assert_eq!(found_in(&RULE, &network("", "igw-0123456789abcdef0")), [""; 0]);
        let later =
            network(", DependsOn: Later", "!Ref Igw") + "  Later: {Type: 'AWS::SNS::Topic', DependsOn: IgwOn}\n";
        assert_eq!(found_in(&RULE, &later), [""; 0], "it waits for what waits");
    }
}
