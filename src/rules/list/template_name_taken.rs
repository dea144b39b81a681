//! No two resources have a name that AWS takes once.

use crate::rules::{Rule, Severity, template};
use crate::text::t;

pub const RULE: Rule = Rule {
    id: "template-name-taken",
    severity: Severity::Error,
    title: t("두 리소스의 같은 이름", "Name that two resources share"),
    why: t(
        "역할, 버킷, 함수 같은 이름은 계정이나 리전에 하나뿐이라 두 번째 리소스는 만들어지지 않아요.",
        "Names of roles, buckets, functions and the like exist once in an account or region; the second resource cannot be created.",
    ),
    source: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-name.html",
    fixes: false,
    check: template::faults,
};

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::found_in;

    #[test]
    fn fires_where_the_template_says_so() {
        let resources = "  One: {Type: 'AWS::SNS::Topic', Properties: {TopicName: news}}
  Two: {Type: 'AWS::SNS::Topic', Properties: {TopicName: news}}
";
        assert_eq!(found_in(&RULE, resources), ["Two"]);
    }

    #[test]
    fn quiet_on_a_sound_template() {
        let resources = "  One: {Type: 'AWS::SNS::Topic', Properties: {TopicName: news}}
  Two: {Type: 'AWS::SNS::Topic', Properties: {TopicName: olds}}
";
        assert_eq!(found_in(&RULE, resources), [""; 0]);
    }
}
