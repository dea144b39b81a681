//! An alias record has neither TTL nor values.

use crate::rules::{Rule, Severity, template};
use crate::text::t;

pub const RULE: Rule = Rule {
    id: "record-alias-with-ttl",
    severity: Severity::Error,
    title: t("TTL이나 값이 있는 별칭 레코드", "Alias record with a TTL or values"),
    why: t(
        "별칭은 대상이 값과 TTL을 정해요. 함께 적으면 Route 53이 레코드를 받지 않아요.",
        "The target of an alias decides values and TTL; Route 53 refuses a record that names them as well.",
    ),
    source: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-choosing-alias-non-alias.html",
    fixes: false,
    check: template::faults,
};

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::found_in;

    #[test]
    fn fires_where_the_template_says_so() {
        let resources = "  Zone: {Type: 'AWS::Route53::HostedZone', Properties: {Name: example.com}}\n  Www: {Type: 'AWS::Route53::RecordSet', Properties: {HostedZoneId: !Ref Zone, Name: www.example.com, Type: A, TTL: '300', AliasTarget: {DNSName: lb.example.net, HostedZoneId: Z1}}}\n";
        assert_eq!(found_in(&RULE, resources), ["Www"]);
    }

    #[test]
    fn quiet_on_a_sound_template() {
        let resources = "  Zone: {Type: 'AWS::Route53::HostedZone', Properties: {Name: example.com}}\n  Www: {Type: 'AWS::Route53::RecordSet', Properties: {HostedZoneId: !Ref Zone, Name: www.example.com, Type: A, AliasTarget: {DNSName: lb.example.net, HostedZoneId: Z1}}}\n";
        assert_eq!(found_in(&RULE, resources), [""; 0]);
    }
}
