//! A record's values are of its type: IPv4 addresses, IPv6 addresses or one name.
use std::net::{Ipv4Addr, Ipv6Addr};

use crate::catalog::kinds::{HostedZone, RecordSet, RecordType};
use crate::design::Edit;
use crate::facts::Context;
use crate::net::DomainName;
use crate::rules::{Report, Rule, Severity, template};
use crate::template::RuleId;
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: RuleId::RECORD_VALUE_MALFORMED.as_str(),
    severity: Severity::Error,
    title: t("유형에 맞지 않는 레코드 값", "Record value not of its type"),
    why: t(
        "A 레코드는 IPv4 주소, AAAA는 IPv6 주소, CNAME은 이름 하나만 값으로 가져요.",
        "An A record holds IPv4 addresses, an AAAA record IPv6 ones, a CNAME exactly one name.",
    ),
    source: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html",
    fixes: true,
    check,
};

/// The type whose value a text is.
fn type_of(value: &str) -> Option<RecordType> {
    let value = value.trim();
    if value.parse::<Ipv4Addr>().is_ok() {
        Some(RecordType::A)
    } else if value.parse::<Ipv6Addr>().is_ok() {
        Some(RecordType::Aaaa)
    } else {
        value.parse::<DomainName>().is_ok().then_some(RecordType::Cname)
    }
}

fn check(context: &Context, report: &mut Report) {
    template::faults(context, report);
    for (id, node, record) in context.all::<RecordSet>().filter(|(_, _, record)| record.alias.is_none()) {
        let (name, kind) = (&node.name, record.record_type.as_str());
        if record.record_type == RecordType::Cname && record.values.len() > 1 {
            let count = record.values.len();
            report
                .note(
                    id,
                    message!(
                        "CNAME 레코드 {name}에 값이 {count}개 있어요. 이름 하나만 남기세요.",
                        "CNAME record {name} has {count} values. Keep one name."
                    ),
                )
                .field(id_of!(RecordSet.values))
                .given(id, id_of!(RecordSet.alias));
        }
        for value in &record.values {
            let fit = type_of(value);
            // What is an attribute of another resource is known once that is there.
            if fit == Some(record.record_type) || value.contains("${") {
                continue;
            }
            let wanted_ko = match record.record_type {
                RecordType::A => ("IPv4 주소", "198.51.100.7"),
                RecordType::Aaaa => ("IPv6 주소", "2001:db8::1"),
                RecordType::Cname => ("이름", "lb.example.com"),
            };
            let ((ko, example), en) =
                (wanted_ko, if record.record_type == RecordType::Cname { "a name" } else { "an address" });
            let short: String = value.chars().take(60).collect();
            let note = report
                .note(
                    id,
                    message!(
                        "{kind} 레코드 {name}의 값 '{short}'은(는) {ko}이(가) 아니에요. {example}처럼 적거나 유형을 바꾸세요.",
                        "The value \"{short}\" of {kind} record {name} is not {en} of that type. Write one such as {example}, or change the type."
                    ),
                )
                .field(id_of!(RecordSet.values))
                .given_all([(id, id_of!(RecordSet.alias)), (id, id_of!(RecordSet.record_type))]);
            // A CNAME cannot stand at the apex, so there the value is what has to change.
            let apex = node
                .parent
                .and_then(|zone| context.design.get::<HostedZone>(zone))
                .is_some_and(|zone| record.domain.is_apex_of(&zone.domain));
            if let Some(fit) = fit.filter(|fit| record.values.len() == 1 && !(apex && *fit == RecordType::Cname)) {
                let fit = fit.as_str();
                note.fix(
                    message!("유형을 {fit}(으)로 바꾸기", "Change the type to {fit}"),
                    vec![Edit::set(id, id_of!(RecordSet.record_type), fit)],
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::Value;
    use crate::rules::testing::{Named, fires, found_in, named, quiet};

    fn record(kind: &str, values: Vec<&str>) -> Named {
        let mut sketch = named();
        sketch.set("www", "alias", Value::None);
        sketch.set("www", "record_type", kind);
        sketch.set("www", "values", values);
        sketch
    }

    #[test]
    fn fires_on_a_name_for_an_address_and_an_address_for_a_name() {
        fires(&RULE, &record("A", vec!["lb.example.net"]), &["www"]);
        fires(&RULE, &record("CNAME", vec!["198.51.100.7"]), &["www"]);
        fires(&RULE, &record("AAAA", vec!["198.51.100.7"]), &["www"]);
    }

    #[test]
    fn quiet_on_values_of_the_type() {
        quiet(&RULE, &record("A", vec!["198.51.100.7", "198.51.100.8"]));
        quiet(&RULE, &record("AAAA", vec!["2001:db8::1"]));
        quiet(&RULE, &record("CNAME", vec!["lb.example.net."]));
    }

    #[test]
    fn quiet_on_a_record_of_a_type_that_is_not_drawn() {
        let record = |what: &str| {
            format!(
                "  Zone: {{Type: 'AWS::Route53::HostedZone', Properties: {{Name: example.com}}}}\n  Www: {{Type: 'AWS::Route53::RecordSet', Properties: {{HostedZoneId: !Ref Zone, Name: www.example.com, {what}}}}}\n"
            )
        };
        let sound = "Type: MX, TTL: '300', ResourceRecords: ['10 mail.example.com']";
        assert_eq!(found_in(&RULE, &record(sound)), Vec::<String>::new());
        assert_eq!(found_in(&RULE, &record("Type: A, TTL: '300', ResourceRecords: ['10 mail.example.com']")).len(), 1);
    }
}
