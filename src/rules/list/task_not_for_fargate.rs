//! A task definition for Fargate has what Fargate needs.

use crate::rules::{Rule, Severity, template};
use crate::text::t;

pub const RULE: Rule = Rule {
    id: "task-not-for-fargate",
    severity: Severity::Error,
    title: t("Fargate에 맞지 않는 태스크 정의", "Task definition that Fargate does not take"),
    why: t(
        "Fargate는 awsvpc 네트워크 모드와 태스크의 CPU, 메모리를 꼭 요구해요.",
        "Fargate requires the network mode awsvpc, and CPU and memory of the task.",
    ),
    source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html",
    fixes: false,
    check: template::faults,
};

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::found_in;

    #[test]
    fn fires_where_the_template_says_so() {
        let resources = "  Task: {Type: 'AWS::ECS::TaskDefinition', Properties: {RequiresCompatibilities: [FARGATE], NetworkMode: awsvpc, ContainerDefinitions: [{Name: web, Image: nginx}]}}\n";
        assert_eq!(found_in(&RULE, resources), ["Task", "Task"]);
    }

    #[test]
    fn quiet_on_a_sound_template() {
        let resources = "  Task: {Type: 'AWS::ECS::TaskDefinition', Properties: {RequiresCompatibilities: [FARGATE], NetworkMode: awsvpc, Cpu: 256, Memory: 512, ContainerDefinitions: [{Name: web, Image: nginx}]}}\n";
        assert_eq!(found_in(&RULE, resources), [""; 0]);
    }
}
