//! A service behind a load balancer waits for the listener that sends to it.

use crate::rules::{Rule, Severity, template};
use crate::template::RuleId;
use crate::text::t;

pub const RULE: Rule = Rule {
    id: RuleId::SERVICE_BEFORE_LISTENER.as_str(),
    severity: Severity::Warning,
    title: t("리스너보다 먼저 만들어질 수 있는 ECS 서비스", "ECS service that may come before its listener"),
    why: t(
        "ECS는 대상 그룹이 로드 밸런서에 연결되어 있어야 서비스를 만들어요. 서비스는 대상 그룹만 가리키니, DependsOn이 없으면 리스너보다 먼저 만들다 실패할 수 있어요.",
        "ECS creates a service only once a load balancer sends to its target group. The service names the group alone, so without DependsOn it may be made before the listener, and fail.",
    ),
    source: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecs-service.html",
    fixes: false,
    check: template::faults,
};

#[cfg(test)]
mod tests {
    use super::RULE;
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
        found_in(&RULE, &resources)
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
