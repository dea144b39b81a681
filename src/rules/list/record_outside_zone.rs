//! A record's name lies within its hosted zone's domain.
use crate::catalog::kinds::{HostedZone, RecordSet};
use crate::design::Edit;
use crate::facts::Context;
use crate::facts::records::records;
use crate::net::DomainName;
use crate::rules::{Report, Rule, Severity, template};
use crate::template::RuleId;
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: RuleId::RECORD_OUTSIDE_ZONE.as_str(),
    severity: Severity::Error,
    title: t("호스팅 영역 밖의 레코드", "Record outside its hosted zone"),
    why: t(
        "레코드 이름은 호스팅 영역의 도메인으로 끝나야 만들어져요.",
        "A record is created only with a name that ends in its zone's domain.",
    ),
    source: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zones-working-with.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    template::faults(context, report);
    in_groups(context, report);
    for (id, node, record) in context.all::<RecordSet>() {
        let Some((zone_id, zone)) = node.parent.and_then(|id| Some((id, context.design.get::<HostedZone>(id)?))) else {
            continue;
        };
        if record.domain.is_within(&zone.domain) {
            continue;
        }
        let (name, domain, zone) = (&node.name, &record.domain, &zone.domain);
        let inside = format!("{}.{zone}", domain.labels().next().unwrap_or("www"));
        let note = report
            .note(
                id,
                message!(
                    "레코드 {name}의 이름 {domain}이(가) 호스팅 영역의 도메인 {zone}(으)로 끝나지 않아요. {inside}처럼 바꾸거나 맞는 호스팅 영역으로 옮기세요.",
                    "The name {domain} of record {name} does not end in its zone's domain {zone}. Change it, to {inside} for example, or move it to the right zone."
                ),
            )
            .field(id_of!(RecordSet.domain))
            .given(zone_id, id_of!(HostedZone.domain));
        // A zone called *.example.com has no names below it.
        if inside.parse::<DomainName>().is_ok() {
            note.fix(
                message!("{inside}(으)로 바꾸기", "Change it to {inside}"),
                vec![Edit::set(id, id_of!(RecordSet.domain), inside.as_str())],
            );
        }
    }
}

/// Tells of records of a group, which stand in no zone's frame.
fn in_groups(context: &Context, report: &mut Report) {
    for one in records(context.design).iter().filter(|one| one.row.is_some() && one.is_named) {
        let domain = &one.set.domain;
        let outside = one.hosted_zone(context.design).filter(|(_, zone)| !domain.is_within(&zone.domain));
        let Some((zone_id, zone)) = outside else { continue };
        let (name, zone) = (one.name(context.design), &zone.domain);
        report
            .note(
                one.holder,
                message!(
                    "레코드 {name}의 이름 {domain}이(가) 호스팅 영역의 도메인 {zone}(으)로 끝나지 않아요. 이름을 바꾸거나 맞는 호스팅 영역으로 옮기세요.",
                    "The name {domain} of record {name} does not end in its zone's domain {zone}. Change it, or move it to the right zone."
                ),
            )
            .given(zone_id, id_of!(HostedZone.domain));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, named, quiet};

    #[test]
    fn fires_on_another_domain_and_on_a_lookalike() {
        for domain in ["www.example.net", "www.badexample.com"] {
            let mut sketch = named();
            sketch.set("www", "domain", domain);
            fires(&RULE, &sketch, &["www"]);
        }
    }

    #[test]
    fn quiet_at_and_below_the_apex() {
        for domain in ["example.com", "a.b.example.com"] {
            let mut sketch = named();
            sketch.set("www", "domain", domain);
            quiet(&RULE, &sketch);
        }
    }
}
