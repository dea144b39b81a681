//! All zones that a template writes out are of one region.

use crate::rules::{Rule, Severity, template};
use crate::template::RuleId;
use crate::text::t;

pub const RULE: Rule = Rule {
    id: RuleId::ZONE_OF_OTHER_REGION.as_str(),
    severity: Severity::Error,
    title: t("다른 리전의 가용 영역", "Availability Zone of another region"),
    why: t(
        "스택은 한 리전에 배포되고, 그 리전의 가용 영역만 쓸 수 있어요.",
        "A stack is deployed into one region and can use the zones of that region only.",
    ),
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/configure-subnets.html",
    fixes: false,
    check: template::faults,
};

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::found_in;

    fn subnets(zones: [&str; 2]) -> String {
        let [one, other] = zones;
        format!(
            "  Vpc: {{Type: 'AWS::EC2::VPC', Properties: {{CidrBlock: 10.0.0.0/16}}}}\n  A: {{Type: 'AWS::EC2::Subnet', Properties: {{VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24, AvailabilityZone: {one}}}}}\n  B: {{Type: 'AWS::EC2::Subnet', Properties: {{VpcId: !Ref Vpc, CidrBlock: 10.0.2.0/24, AvailabilityZone: {other}}}}}\nParameters:\n  Zone: {{Type: String, Default: ap-south-1a}}\n"
        )
    }

    #[test]
    fn fires_where_the_template_says_so() {
        assert_eq!(found_in(&RULE, &subnets(["us-east-1a", "ap-northeast-2c"])), ["B"]);
        assert_eq!(found_in(&RULE, &subnets(["eu-west-1a", "!Ref Zone"])), ["B"], "a parameter's default counts");
        let volume = "  Disk: {Type: 'AWS::EC2::Volume', Properties: {Size: 8, AvailabilityZone: us-west-2a}}\n";
        assert_eq!(found_in(&RULE, &(volume.to_owned() + &subnets(["us-east-1a", "us-east-1b"]))), ["Disk"]);
    }

    #[test]
    fn quiet_on_sound_templates() {
        assert_eq!(found_in(&RULE, &subnets(["us-east-1a", "us-east-1b"])), [""; 0]);
        assert_eq!(found_in(&RULE, &subnets(["us-east-1a", "!Select [1, !GetAZs '']"])), [""; 0]);
        assert_eq!(
            found_in(&RULE, &subnets(["us-west-2a", "us-west-2-lax-1a"])),
            [""; 0],
            "a local zone is of its region"
        );
        assert_eq!(found_in(&RULE, &subnets(["!Sub '${AWS::Region}a'", "us-east-1b"])), [""; 0]);
    }

    #[test]
    fn a_region_that_is_said_decides() {
        let found = |region: &str, zones: [&str; 2]| {
            let text = format!("Resources:\n{}", subnets(zones));
            let design = crate::cloudformation::import_in(&text, Some(region)).unwrap().design;
            crate::rules::check(&design).into_iter().filter(|finding| finding.rule == RULE.id).count()
        };
        assert_eq!(found("us-east-1", ["ap-northeast-2a", "ap-northeast-2c"]), 2);
        assert_eq!(found("ap-northeast-2", ["ap-northeast-2a", "ap-northeast-2c"]), 0);
        assert_eq!(found("us-east-1", ["!Select [0, !GetAZs '']", "!Sub '${AWS::Region}b'"]), 0);
        assert_eq!(found("moon-1", ["us-east-1a", "us-east-1b"]), 0, "of a region that is not known nothing is said");
    }
}
