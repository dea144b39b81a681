//! A record answers something.
use crate::catalog::kinds::{LoadBalancer, RecordSet, RecordType};
use crate::design::Edit;
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "record-without-value",
    severity: Severity::Error,
    title: t("답이 없는 레코드", "Record without an answer"),
    why: t(
        "레코드에는 별칭 대상, 탄력적 IP, 값 가운데 하나가 있어야 만들어져요.",
        "A record is created only with an alias target, an Elastic IP or a value.",
    ),
    source: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, record) in context.all::<RecordSet>() {
        let by_address = record.record_type == RecordType::A && !record.elastic_ips.is_empty();
        if record.alias.is_some() || by_address || !record.values.is_empty() {
            continue;
        }
        let (name, domain) = (&node.name, &record.domain);
        let note = report
            .note(
                id,
                message!(
                    "레코드 {name}({domain})이(가) 가리키는 곳이 없어요. 별칭 대상이나 탄력적 IP를 고르거나 값을 적으세요.",
                    "Record {name} ({domain}) points nowhere. Choose an alias target or an Elastic IP, or write a value."
                ),
            )
            .field(id_of!(RecordSet.alias))
                .given_all([(id, id_of!(RecordSet.values)), (id, id_of!(RecordSet.elastic_ips)), (id, id_of!(RecordSet.record_type))]);
        let mut balancers = context.all::<LoadBalancer>();
        if let (Some((balancer, balancer_node, _)), None) = (balancers.next(), balancers.next())
            && record.record_type == RecordType::A
        {
            let balancer_name = &balancer_node.name;
            note.fix(
                message!(
                    "로드 밸런서 {balancer_name}의 별칭으로 만들기",
                    "Make it an alias of load balancer {balancer_name}"
                ),
                vec![Edit::set(id, id_of!(RecordSet.alias), balancer)],
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::Value;
    use crate::rules::testing::{fires, found_in, named, quiet};

    #[test]
    fn fires_after_the_alias_went() {
        let mut sketch = named();
        sketch.set("www", "alias", Value::None);
        fires(&RULE, &sketch, &["www"]);
    }

    #[test]
    fn quiet_with_an_alias_an_address_or_a_value() {
        let mut sketch = named();
        quiet(&RULE, &sketch);
        sketch.set("www", "alias", Value::None);
        sketch.refs("www", "elastic_ips", &["eip"]);
        quiet(&RULE, &sketch);
        sketch.refs("www", "elastic_ips", &[]);
        sketch.set("www", "values", vec!["198.51.100.7"]);
        quiet(&RULE, &sketch);
    }

    #[test]
    fn quiet_on_an_alias_of_a_host_that_is_not_drawn() {
        let record = |what: &str| {
            format!(
                "  Zone: {{Type: 'AWS::Route53::HostedZone', Properties: {{Name: example.com}}}}\n  Www: {{Type: 'AWS::Route53::RecordSet', Properties: {{HostedZoneId: !Ref Zone, Name: www.example.com, {what}}}}}\n"
            )
        };
        let sound = "Type: A, AliasTarget: {DNSName: d111111abcdef8.cloudfront.net, HostedZoneId: Z2FDTNDATAQYW2}";
        assert_eq!(found_in(&RULE, &record(sound)), Vec::<String>::new());
        assert_eq!(found_in(&RULE, &record("Type: A, TTL: '300', ResourceRecords: []")).len(), 1);
    }
}
