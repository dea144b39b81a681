//! Resources do not need each other in a circle.

use crate::rules::{Rule, Severity, template};
use crate::text::t;

pub const RULE: Rule = Rule {
    id: "template-circle",
    severity: Severity::Error,
    title: t("서로를 기다리는 리소스", "Resources that wait for each other"),
    why: t(
        "서로를 필요로 하는 리소스는 어느 것도 먼저 만들 수 없어서 배포가 거절돼요.",
        "Of resources that need each other none can be created first, so the deployment is refused.",
    ),
    source: "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/troubleshooting.html#troubleshooting-errors-dependence-error",
    fixes: false,
    check: template::faults,
};

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::found_in;

    #[test]
    fn fires_where_the_template_says_so() {
        let resources = "  Vpc: {Type: 'AWS::EC2::VPC', DependsOn: Net, Properties: {CidrBlock: 10.0.0.0/16}}\n  Net: {Type: 'AWS::EC2::Subnet', Properties: {CidrBlock: 10.0.0.0/24, VpcId: !Ref Vpc}}\n";
        assert_eq!(found_in(&RULE, resources), ["Net"]);
    }

    #[test]
    fn quiet_on_a_sound_template() {
        let resources = "  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}\n";
        assert_eq!(found_in(&RULE, resources), [""; 0]);
    }
}
