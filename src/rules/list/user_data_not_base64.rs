//! User data is encoded in Base64.

use crate::rules::{Rule, Severity, template};
use crate::template::RuleId;
use crate::text::t;

pub const RULE: Rule = Rule {
    id: RuleId::USER_DATA_NOT_BASE64.as_str(),
    severity: Severity::Error,
    title: t("Base64가 아닌 사용자 데이터", "User data that is not in Base64"),
    why: t(
        "EC2는 사용자 데이터를 Base64로만 받아요. 글 그대로면 인스턴스 시작이 거절돼요.",
        "EC2 takes user data in Base64 only, and refuses to start an instance with a plain text.",
    ),
    source: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-instance.html",
    fixes: false,
    check: template::faults,
};

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::found_in;

    fn instance(script: &str) -> String {
        format!(
            "  Web: {{Type: 'AWS::EC2::Instance', Properties: {{ImageId: ami-0123456789abcdef0, InstanceType: t3.micro, UserData: {script}}}}}\n"
        )
    }

    #[test]
    fn fires_where_the_template_says_so() {
        for script in [
            "'#!/bin/bash'",
            "!Sub '#!/bin/bash -x ${AWS::StackName}'",
            "!Join ['', ['#!/bin/bash -x', !Ref AWS::Region]]",
            "{'Fn::Join': ['', ['<powershell>', x, '</powershell>']]}",
        ] {
            assert_eq!(found_in(&RULE, &instance(script)), ["Web"], "{script}");
        }
        let template = "  Shape: {Type: 'AWS::EC2::LaunchTemplate', Properties: {LaunchTemplateData: {ImageId: ami-0123456789abcdef0, UserData: '#!/bin/sh'}}}\n";
        assert_eq!(found_in(&RULE, template), ["Shape"]);
    }

    #[test]
    fn quiet_on_sound_templates() {
        for script in [
            "!Base64 '#!/bin/bash'",
            "{'Fn::Base64': !Sub '#!/bin/bash ${AWS::Region}'}",
            "IyEvYmluL2Jhc2gK",
            "!Ref Script",
            "!ImportValue base-Script",
            "!Sub '${Script}'",
            "'{{resolve:ssm:/base/script}}'",
        ] {
            let resources = instance(script) + "Parameters:\n  Script: {Type: String, Default: ''}\n";
            assert_eq!(found_in(&RULE, &resources), [""; 0], "{script}");
        }
    }
}
