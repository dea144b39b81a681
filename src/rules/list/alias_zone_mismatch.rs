//! An alias record names the hosted zone of its target.

use crate::rules::{Rule, Severity, template};
use crate::template::RuleId;
use crate::text::t;

pub const RULE: Rule = Rule {
    id: RuleId::ALIAS_ZONE_MISMATCH.as_str(),
    severity: Severity::Error,
    title: t("대상과 다른 호스팅 영역을 적은 별칭", "Alias with another zone than its target's"),
    why: t(
        "별칭에는 레코드의 영역이 아니라 대상의 호스팅 영역을 적어야 해요. 다르면 Route 53이 레코드를 거절해요.",
        "An alias names the hosted zone of its target, not the one of the record. Route 53 refuses a record with another.",
    ),
    source: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-route53-recordset-aliastarget.html",
    fixes: false,
    check: template::faults,
};

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::found_in;

    fn record(name: &str, zone: &str) -> String {
        format!(
            "  Zone: {{Type: 'AWS::Route53::HostedZone', Properties: {{Name: example.com}}}}\n  Alb: {{Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: {{Subnets: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]}}}}\n  Www: {{Type: 'AWS::Route53::RecordSet', Properties: {{HostedZoneId: !Ref Zone, Name: example.com, Type: A, AliasTarget: {{DNSName: {name}, HostedZoneId: {zone}}}}}}}\nMappings:\n  Zones: {{ap-northeast-2: {{Id: ZWKZPGTI48KDX}}}}\n"
        )
    }

    #[test]
    fn fires_where_the_template_says_so() {
        for zone in ["!Ref Zone", "Z2FDTNDATAQYW2", "!GetAtt Zone.Id"] {
            assert_eq!(found_in(&RULE, &record("!GetAtt Alb.DNSName", zone)), ["Www"], "{zone}");
        }
        assert_eq!(found_in(&RULE, &record("!Sub 'dualstack.${Alb.DNSName}'", "!Ref Zone")), ["Www"]);
        for zone in ["!Ref Zone", "Z3W03O7B5YMIYP", "!GetAtt Alb.CanonicalHostedZoneID"] {
            assert_eq!(found_in(&RULE, &record("d111111abcdef8.cloudfront.net", zone)), ["Www"], "{zone}");
        }
    }

    #[test]
    fn quiet_on_sound_templates() {
        assert_eq!(found_in(&RULE, &record("!GetAtt Alb.DNSName", "!GetAtt Alb.CanonicalHostedZoneID")), [""; 0]);
        assert_eq!(
            found_in(&RULE, &record("!GetAtt Alb.DNSName", "!FindInMap [Zones, !Ref 'AWS::Region', Id]")),
            [""; 0]
        );
        assert_eq!(found_in(&RULE, &record("d111111abcdef8.cloudfront.net", "Z2FDTNDATAQYW2")), [""; 0]);
        assert_eq!(
            found_in(&RULE, &record("www.example.com", "!Ref Zone")),
            [""; 0],
            "another record of the same zone"
        );
    }

    #[test]
    fn a_zone_of_another_region_is_no_zone_of_a_balancer_here() {
        let found = |region: Option<&str>, zone: &str| {
            let text = format!("Resources:\n{}", record("!GetAtt Alb.DNSName", zone));
            let design = crate::cloudformation::import_in(&text, region).unwrap().design;
            crate::rules::check(&design).into_iter().filter(|finding| finding.rule == RULE.id).count()
        };
        assert_eq!(found(Some("ap-northeast-2"), "Z35SXDOTRQ7X7K"), 1);
        assert_eq!(found(Some("us-east-1"), "Z35SXDOTRQ7X7K"), 0);
        assert_eq!(found(None, "Z35SXDOTRQ7X7K"), 0, "without a region it may be right");
        assert_eq!(found(Some("ap-northeast-2"), "ZIBE1TIR4HY56"), 0);
    }
}
