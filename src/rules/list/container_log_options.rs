//! A container that logs to CloudWatch names log group and region.

use crate::rules::{Rule, Severity, template};
use crate::text::t;

pub const RULE: Rule = Rule {
    id: "container-log-options",
    severity: Severity::Error,
    title: t("빠진 로그 옵션", "Missing log options"),
    why: t(
        "awslogs 드라이버에는 awslogs-group과 awslogs-region이 있어야 해요. 없으면 컨테이너가 시작하지 못해요.",
        "The driver awslogs needs awslogs-group and awslogs-region; without them containers do not start.",
    ),
    source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html",
    fixes: false,
    check: template::faults,
};

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::found_in;

    #[test]
    fn fires_where_the_template_says_so() {
        let resources = "  Task: {Type: 'AWS::ECS::TaskDefinition', Properties: {RequiresCompatibilities: [FARGATE], NetworkMode: awsvpc, Cpu: 256, Memory: 512, ContainerDefinitions: [{Name: web, Image: nginx, LogConfiguration: {LogDriver: awslogs, Options: {awslogs-region: us-east-1}}}]}}\n";
        assert_eq!(found_in(&RULE, resources), ["Task"]);
    }

    #[test]
    fn quiet_on_a_sound_template() {
        let resources = "  Task: {Type: 'AWS::ECS::TaskDefinition', Properties: {RequiresCompatibilities: [FARGATE], NetworkMode: awsvpc, Cpu: 256, Memory: 512, ContainerDefinitions: [{Name: web, Image: nginx, LogConfiguration: {LogDriver: awslogs, Options: {awslogs-region: us-east-1, awslogs-group: web}}}]}}\n";
        assert_eq!(found_in(&RULE, resources), [""; 0]);
    }
}
