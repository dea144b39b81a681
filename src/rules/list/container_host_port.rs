//! The host port of a container fits its network mode.

use crate::rules::{Rule, Severity, template};
use crate::text::t;

pub const RULE: Rule = Rule {
    id: "container-host-port",
    severity: Severity::Error,
    title: t("맞지 않는 호스트 포트", "Host port that does not fit"),
    why: t(
        "awsvpc에서는 태스크가 자기 인터페이스를 가져서 호스트 포트가 컨테이너 포트와 같아야 해요.",
        "With awsvpc a task has an interface of its own, so the host port must be the container port.",
    ),
    source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking-awsvpc.html",
    fixes: false,
    check: template::faults,
};

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::found_in;

    #[test]
    fn fires_where_the_template_says_so() {
        let resources = "  Task: {Type: 'AWS::ECS::TaskDefinition', Properties: {RequiresCompatibilities: [FARGATE], NetworkMode: awsvpc, Cpu: 256, Memory: 512, ContainerDefinitions: [{Name: web, Image: nginx, PortMappings: [{ContainerPort: 80, HostPort: 8080}]}]}}\n";
        assert_eq!(found_in(&RULE, resources), ["Task"]);
    }

    #[test]
    fn quiet_on_a_sound_template() {
        let resources = "  Task: {Type: 'AWS::ECS::TaskDefinition', Properties: {RequiresCompatibilities: [FARGATE], NetworkMode: awsvpc, Cpu: 256, Memory: 512, ContainerDefinitions: [{Name: web, Image: nginx, PortMappings: [{ContainerPort: 80, HostPort: 80}]}]}}\n";
        assert_eq!(found_in(&RULE, resources), [""; 0]);
    }
}
