//! A service has what its task definition and launch type need.

use crate::rules::{Rule, Severity, template};
use crate::text::t;

pub const RULE: Rule = Rule {
    id: "service-not-for-task",
    severity: Severity::Error,
    title: t("태스크 정의에 맞지 않는 서비스", "Service that does not fit its task definition"),
    why: t(
        "awsvpc 태스크에는 서브넷과 보안 그룹이 필요하고, Fargate는 DAEMON으로 실행하지 못해요.",
        "Tasks with awsvpc need subnets and groups, and Fargate does not run as DAEMON.",
    ),
    source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service_definition_parameters.html",
    fixes: false,
    check: template::faults,
};

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::found_in;

    #[test]
    fn fires_where_the_template_says_so() {
        let resources = "  Task: {Type: 'AWS::ECS::TaskDefinition', Properties: {RequiresCompatibilities: [FARGATE], NetworkMode: awsvpc, Cpu: 256, Memory: 512, ContainerDefinitions: [{Name: web, Image: nginx}]}}\n  Svc: {Type: 'AWS::ECS::Service', Properties: {Cluster: main, TaskDefinition: !Ref Task}}\n";
        assert_eq!(found_in(&RULE, resources), ["Svc"]);
    }

    #[test]
    fn quiet_on_a_sound_template() {
        let resources = "  Task: {Type: 'AWS::ECS::TaskDefinition', Properties: {RequiresCompatibilities: [FARGATE], NetworkMode: awsvpc, Cpu: 256, Memory: 512, ContainerDefinitions: [{Name: web, Image: nginx}]}}\n  Svc: {Type: 'AWS::ECS::Service', Properties: {Cluster: main, TaskDefinition: !Ref Task, NetworkConfiguration: {AwsvpcConfiguration: {Subnets: [subnet-0123456789abcdef0]}}}}\n";
        assert_eq!(found_in(&RULE, resources), [""; 0]);
    }
}
