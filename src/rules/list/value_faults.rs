//! Values that a template which was opened gives, and AWS or the template itself does not take. The faults are found with their lines in
//! `cloudformation/faults/`; here stands what each is called and why it matters.

use crate::rules::template::fault;
use crate::rules::{Rule, Severity};
use crate::template::RuleId;
use crate::text::t;

/// The rules of these faults.
pub const RULES: [Rule; 5] =
    [ALIAS_ZONE_MISMATCH, NAME_TOO_LONG, TEMPLATE_RULE_BROKEN, USER_DATA_NOT_BASE64, ZONE_OF_OTHER_REGION];

/// An alias record names the hosted zone of its target.
const ALIAS_ZONE_MISMATCH: Rule = fault(
    RuleId::ALIAS_ZONE_MISMATCH,
    Severity::Error,
    t("대상과 다른 호스팅 영역을 적은 별칭", "Alias with another zone than its target's"),
    t(
        "별칭에는 레코드의 영역이 아니라 대상의 호스팅 영역을 적어야 해요. 다르면 Route 53이 레코드를 거절해요.",
        "An alias names the hosted zone of its target, not the one of the record. Route 53 refuses a record with another.",
    ),
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-route53-recordset-aliastarget.html",
);

/// Names keep to the length and the letters that AWS takes.
const NAME_TOO_LONG: Rule = fault(
    RuleId::NAME_TOO_LONG,
    Severity::Error,
    t("AWS가 받지 않는 긴 이름", "Name longer than AWS takes it"),
    t(
        "이름의 길이와 글자에는 종류마다 한도가 있고, 넘으면 배포가 거절돼요.",
        "Each kind of resource has a limit to the length and the letters of its name, beyond which a deployment is refused.",
    ),
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-elasticloadbalancingv2-loadbalancer.html",
);

/// The values of the parameters keep the rules of the template.
const TEMPLATE_RULE_BROKEN: Rule = fault(
    RuleId::TEMPLATE_RULE_BROKEN,
    Severity::Warning,
    t("템플릿 규칙에 어긋나는 파라미터 값", "Values that break a rule of the template"),
    t(
        "Rules 섹션의 Assertions는 배포하기 전에 확인되고, 어긋나면 아무것도 만들어지지 않아요.",
        "The Assertions in the section Rules are checked before a deployment; if one fails, nothing is created.",
    ),
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/rules-section-structure.html",
);

/// User data is encoded in Base64.
const USER_DATA_NOT_BASE64: Rule = fault(
    RuleId::USER_DATA_NOT_BASE64,
    Severity::Error,
    t("Base64가 아닌 사용자 데이터", "User data that is not in Base64"),
    t(
        "EC2는 사용자 데이터를 Base64로만 받아요. 글 그대로면 인스턴스 시작이 거절돼요.",
        "EC2 takes user data in Base64 only, and refuses to start an instance with a plain text.",
    ),
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-instance.html",
);

/// All zones that a template writes out are of one region.
const ZONE_OF_OTHER_REGION: Rule = fault(
    RuleId::ZONE_OF_OTHER_REGION,
    Severity::Error,
    t("다른 리전의 가용 영역", "Availability Zone of another region"),
    t(
        "스택은 한 리전에 배포되고, 그 리전의 가용 영역만 쓸 수 있어요.",
        "A stack is deployed into one region and can use the zones of that region only.",
    ),
    "https://docs.aws.amazon.com/vpc/latest/userguide/configure-subnets.html",
);

#[cfg(test)]
mod tests {
    mod alias_zone_mismatch {
        use super::super::ALIAS_ZONE_MISMATCH;
        use crate::rules::testing::found_in;

        fn record(name: &str, zone: &str) -> String {
            format!(
                "  Zone: {{Type: 'AWS::Route53::HostedZone', Properties: {{Name: example.com}}}}\n  Alb: {{Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: {{Subnets: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]}}}}\n  Www: {{Type: 'AWS::Route53::RecordSet', Properties: {{HostedZoneId: !Ref Zone, Name: example.com, Type: A, AliasTarget: {{DNSName: {name}, HostedZoneId: {zone}}}}}}}\nMappings:\n  Zones: {{ap-northeast-2: {{Id: ZWKZPGTI48KDX}}}}\n"
            )
        }

        #[test]
        fn fires_where_the_template_says_so() {
            for zone in ["!Ref Zone", "Z2FDTNDATAQYW2", "!GetAtt Zone.Id"] {
                assert_eq!(found_in(&ALIAS_ZONE_MISMATCH, &record("!GetAtt Alb.DNSName", zone)), ["Www"], "{zone}");
            }
            assert_eq!(
                found_in(&ALIAS_ZONE_MISMATCH, &record("!Sub 'dualstack.${Alb.DNSName}'", "!Ref Zone")),
                ["Www"]
            );
            for zone in ["!Ref Zone", "Z3W03O7B5YMIYP", "!GetAtt Alb.CanonicalHostedZoneID"] {
                assert_eq!(
                    found_in(&ALIAS_ZONE_MISMATCH, &record("d111111abcdef8.cloudfront.net", zone)),
                    ["Www"],
                    "{zone}"
                );
            }
        }

        #[test]
        fn quiet_on_sound_templates() {
            assert_eq!(
                found_in(&ALIAS_ZONE_MISMATCH, &record("!GetAtt Alb.DNSName", "!GetAtt Alb.CanonicalHostedZoneID")),
                [""; 0]
            );
            assert_eq!(
                found_in(
                    &ALIAS_ZONE_MISMATCH,
                    &record("!GetAtt Alb.DNSName", "!FindInMap [Zones, !Ref 'AWS::Region', Id]")
                ),
                [""; 0]
            );
            assert_eq!(
                found_in(&ALIAS_ZONE_MISMATCH, &record("d111111abcdef8.cloudfront.net", "Z2FDTNDATAQYW2")),
                [""; 0]
            );
            assert_eq!(
                found_in(&ALIAS_ZONE_MISMATCH, &record("www.example.com", "!Ref Zone")),
                [""; 0],
                "another record of the same zone"
            );
        }

        #[test]
        fn a_zone_of_another_region_is_no_zone_of_a_balancer_here() {
            let found = |region: Option<&str>, zone: &str| {
                let text = format!("Resources:\n{}", record("!GetAtt Alb.DNSName", zone));
                let design = crate::cloudformation::import_in(&text, region).unwrap().design;
                crate::rules::check(&design)
                    .into_iter()
                    .filter(|finding| finding.rule == ALIAS_ZONE_MISMATCH.id)
                    .count()
            };
            assert_eq!(found(Some("ap-northeast-2"), "Z35SXDOTRQ7X7K"), 1);
            assert_eq!(found(Some("us-east-1"), "Z35SXDOTRQ7X7K"), 0);
            assert_eq!(found(None, "Z35SXDOTRQ7X7K"), 0, "without a region it may be right");
            assert_eq!(found(Some("ap-northeast-2"), "ZIBE1TIR4HY56"), 0);
        }
    }

    mod name_too_long {
        use super::super::NAME_TOO_LONG;
        use crate::rules::testing::found_in;

        fn named(name: &str) -> String {
            format!(
                "  Tg: {{Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: {{Name: {name}, Port: 80, Protocol: HTTP, VpcId: vpc-0123456789abcdef0}}}}\n"
            )
        }

        #[test]
        fn fires_where_the_template_says_so() {
            assert_eq!(found_in(&NAME_TOO_LONG, &named(&"n".repeat(33))), ["Tg"]);
            assert_eq!(
                found_in(&NAME_TOO_LONG, &named(&format!("!Sub '${{AWS::StackName}}-{}'", "n".repeat(32)))),
                ["Tg"]
            );
            for name in ["-web", "web-", "web_targets", "web.targets"] {
                assert_eq!(found_in(&NAME_TOO_LONG, &named(name)), ["Tg"], "{name}");
            }
            let queue =
                format!("  Queue: {{Type: 'AWS::SQS::Queue', Properties: {{QueueName: {}}}}}\n", "q".repeat(81));
            assert_eq!(found_in(&NAME_TOO_LONG, &queue), ["Queue"]);
        }

        #[test]
        fn quiet_on_sound_templates() {
            assert_eq!(found_in(&NAME_TOO_LONG, &named(&"n".repeat(32))), [""; 0]);
            assert_eq!(found_in(&NAME_TOO_LONG, &named("!Sub '${AWS::StackName}-web'")), [""; 0]);
            assert_eq!(found_in(&NAME_TOO_LONG, &named("!Ref AWS::StackName")), [""; 0]);
        }
    }

    mod template_rule_broken {
        use super::super::TEMPLATE_RULE_BROKEN;
        use crate::cloudformation::import;
        use crate::rules::template::elsewhere;

        /// A template whose rule wants large instances in production, by the size that is the default.
        fn breaks(size: &str) -> bool {
            let text = format!(
                "Parameters: {{Env: {{Type: String, Default: prod}}, Size: {{Type: String, Default: {size}}}}}\nRules:\n  Large:\n    RuleCondition: !Equals [!Ref Env, prod]\n    Assertions:\n    - Assert: !Contains [[m5.large, m5.xlarge], !Ref Size]\n      AssertDescription: production is large\nResources:\n  Topic: {{Type: 'AWS::SNS::Topic'}}\n"
            );
            let design = import(&text).unwrap().design;
            elsewhere(&design).any(|fault| {
                fault.rule.as_str() == TEMPLATE_RULE_BROKEN.id
                    && fault.line == 6
                    && fault.why.en.contains("production is large")
            })
        }

        #[test]
        fn fires_on_an_assertion_that_fails_and_is_quiet_on_one_that_holds() {
            assert!(breaks("t3.micro") && !breaks("m5.large"));
        }
    }

    mod user_data_not_base64 {
        use super::super::USER_DATA_NOT_BASE64;
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
                assert_eq!(found_in(&USER_DATA_NOT_BASE64, &instance(script)), ["Web"], "{script}");
            }
            let template = "  Shape: {Type: 'AWS::EC2::LaunchTemplate', Properties: {LaunchTemplateData: {ImageId: ami-0123456789abcdef0, UserData: '#!/bin/sh'}}}\n";
            assert_eq!(found_in(&USER_DATA_NOT_BASE64, template), ["Shape"]);
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
                assert_eq!(found_in(&USER_DATA_NOT_BASE64, &resources), [""; 0], "{script}");
            }
        }
    }

    mod zone_of_other_region {
        use super::super::ZONE_OF_OTHER_REGION;
        use crate::rules::testing::found_in;

        fn subnets(zones: [&str; 2]) -> String {
            let [one, other] = zones;
            format!(
                "  Vpc: {{Type: 'AWS::EC2::VPC', Properties: {{CidrBlock: 10.0.0.0/16}}}}\n  A: {{Type: 'AWS::EC2::Subnet', Properties: {{VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24, AvailabilityZone: {one}}}}}\n  B: {{Type: 'AWS::EC2::Subnet', Properties: {{VpcId: !Ref Vpc, CidrBlock: 10.0.2.0/24, AvailabilityZone: {other}}}}}\nParameters:\n  Zone: {{Type: String, Default: ap-south-1a}}\n"
            )
        }

        #[test]
        fn fires_where_the_template_says_so() {
            assert_eq!(found_in(&ZONE_OF_OTHER_REGION, &subnets(["us-east-1a", "ap-northeast-2c"])), ["B"]);
            assert_eq!(
                found_in(&ZONE_OF_OTHER_REGION, &subnets(["eu-west-1a", "!Ref Zone"])),
                ["B"],
                "a parameter's default counts"
            );
            let volume = "  Disk: {Type: 'AWS::EC2::Volume', Properties: {Size: 8, AvailabilityZone: us-west-2a}}\n";
            assert_eq!(
                found_in(&ZONE_OF_OTHER_REGION, &(volume.to_owned() + &subnets(["us-east-1a", "us-east-1b"]))),
                ["Disk"]
            );
        }

        #[test]
        fn quiet_on_sound_templates() {
            assert_eq!(found_in(&ZONE_OF_OTHER_REGION, &subnets(["us-east-1a", "us-east-1b"])), [""; 0]);
            assert_eq!(found_in(&ZONE_OF_OTHER_REGION, &subnets(["us-east-1a", "!Select [1, !GetAZs '']"])), [""; 0]);
            assert_eq!(
                found_in(&ZONE_OF_OTHER_REGION, &subnets(["us-west-2a", "us-west-2-lax-1a"])),
                [""; 0],
                "a local zone is of its region"
            );
            assert_eq!(found_in(&ZONE_OF_OTHER_REGION, &subnets(["!Sub '${AWS::Region}a'", "us-east-1b"])), [""; 0]);
        }

        #[test]
        fn a_region_that_is_said_decides() {
            let found = |region: &str, zones: [&str; 2]| {
                let text = format!("Resources:\n{}", subnets(zones));
                let design = crate::cloudformation::import_in(&text, Some(region)).unwrap().design;
                crate::rules::check(&design)
                    .into_iter()
                    .filter(|finding| finding.rule == ZONE_OF_OTHER_REGION.id)
                    .count()
            };
            assert_eq!(found("us-east-1", ["ap-northeast-2a", "ap-northeast-2c"]), 2);
            assert_eq!(found("ap-northeast-2", ["ap-northeast-2a", "ap-northeast-2c"]), 0);
            assert_eq!(found("us-east-1", ["!Select [0, !GetAZs '']", "!Sub '${AWS::Region}b'"]), 0);
            assert_eq!(
                found("moon-1", ["us-east-1a", "us-east-1b"]),
                0,
                "of a region that is not known nothing is said"
            );
        }
    }
}
