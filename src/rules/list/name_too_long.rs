//! Names keep to the length and the letters that AWS takes.

use crate::rules::{Rule, Severity, template};
use crate::template::RuleId;
use crate::text::t;

pub const RULE: Rule = Rule {
    id: RuleId::NAME_TOO_LONG.as_str(),
    severity: Severity::Error,
    title: t("AWS가 받지 않는 긴 이름", "Name longer than AWS takes it"),
    why: t(
        "이름의 길이와 글자에는 종류마다 한도가 있고, 넘으면 배포가 거절돼요.",
        "Each kind of resource has a limit to the length and the letters of its name, beyond which a deployment is refused.",
    ),
    source: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-elasticloadbalancingv2-loadbalancer.html",
    fixes: false,
    check: template::faults,
};

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::found_in;

    fn named(name: &str) -> String {
        format!(
            "  Tg: {{Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: {{Name: {name}, Port: 80, Protocol: HTTP, VpcId: vpc-0123456789abcdef0}}}}\n"
        )
    }

    #[test]
    fn fires_where_the_template_says_so() {
        assert_eq!(found_in(&RULE, &named(&"n".repeat(33))), ["Tg"]);
        assert_eq!(found_in(&RULE, &named(&format!("!Sub '${{AWS::StackName}}-{}'", "n".repeat(32)))), ["Tg"]);
        for name in ["-web", "web-", "web_targets", "web.targets"] {
            assert_eq!(found_in(&RULE, &named(name)), ["Tg"], "{name}");
        }
        let queue = format!("  Queue: {{Type: 'AWS::SQS::Queue', Properties: {{QueueName: {}}}}}\n", "q".repeat(81));
        assert_eq!(found_in(&RULE, &queue), ["Queue"]);
    }

    #[test]
    fn quiet_on_sound_templates() {
        assert_eq!(found_in(&RULE, &named(&"n".repeat(32))), [""; 0]);
        assert_eq!(found_in(&RULE, &named("!Sub '${AWS::StackName}-web'")), [""; 0]);
        assert_eq!(found_in(&RULE, &named("!Ref AWS::StackName")), [""; 0]);
    }
}
