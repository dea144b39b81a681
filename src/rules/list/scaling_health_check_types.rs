//! The health checks of an Auto Scaling group are ones that go together.

use crate::rules::{Rule, Severity, template};
use crate::text::t;

pub const RULE: Rule = Rule {
    id: "scaling-health-check-types",
    severity: Severity::Error,
    title: t("맞지 않는 상태 확인 유형", "Health check types that do not go together"),
    why: t(
        "EC2 상태 확인은 늘 켜져 있어서 다른 유형과 함께 적으면 거절돼요.",
        "EC2 health checks are always on, and naming them together with others is refused.",
    ),
    source: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-autoscaling-autoscalinggroup.html",
    fixes: false,
    check: template::faults,
};

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::found_in;

    #[test]
    fn fires_where_the_template_says_so() {
        let resources = "  Asg: {Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: {MinSize: 1, MaxSize: 2, HealthCheckType: 'EC2,ELB', AvailabilityZones: [us-east-1a], LaunchConfigurationName: old}}\n";
        assert_eq!(found_in(&RULE, resources), ["Asg"]);
    }

    #[test]
    fn quiet_on_a_sound_template() {
        let resources = "  Asg: {Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: {MinSize: 1, MaxSize: 2, HealthCheckType: 'ELB,EBS', AvailabilityZones: [us-east-1a], LaunchConfigurationName: old}}\n";
        assert_eq!(found_in(&RULE, resources), [""; 0]);
    }
}
