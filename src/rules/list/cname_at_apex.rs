//! No CNAME stands at the apex of a zone; an alias may.
use crate::catalog::Value;
use crate::catalog::kinds::{HostedZone, LoadBalancer, RecordSet, RecordType};
use crate::design::Edit;
use crate::facts::Context;
use crate::facts::records::records;
use crate::fixes::only;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "cname-at-apex",
    severity: Severity::Error,
    title: t("도메인 맨 위(apex)의 CNAME", "CNAME at the zone apex"),
    why: t(
        "도메인의 맨 위에는 NS와 SOA 레코드가 있어서 CNAME을 둘 수 없어요. 별칭 A 레코드는 둘 수 있어요.",
        "The apex has NS and SOA records, beside which no CNAME may stand. An alias A record may.",
    ),
    source: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-choosing-alias-non-alias.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for one in records(context.design).iter().filter(|one| one.is_named && one.set.record_type == RecordType::Cname) {
        let (id, record) = (one.holder, &one.set);
        let Some((zone_id, _)) =
            one.hosted_zone(context.design).filter(|(_, zone)| record.domain.is_apex_of(&zone.domain))
        else {
            continue;
        };
        let (name, domain) = (one.name(context.design), &record.domain);
        let note = report
            .note(
                id,
                message!(
                    "레코드 {name}이(가) 도메인의 맨 위 {domain}에 CNAME을 둬요. 유형을 A로 바꾸고 별칭 대상으로 로드 밸런서를 고르세요.",
                    "Record {name} puts a CNAME at the apex {domain}. Change its type to A and choose the load balancer as alias target."
                ),
            )
            .given(zone_id, id_of!(HostedZone.domain));
        if one.row.is_some() {
            continue;
        }
        let note = note.field(id_of!(RecordSet.record_type));
        let only = only(context.all::<LoadBalancer>().map(|(balancer, ..)| balancer));
        if let Some(balancer) = record.alias.or(only) {
            let balancer_name = context.name(balancer);
            note.fix(
                message!("{balancer_name}의 별칭 A 레코드로 바꾸기", "Make it an alias A record of {balancer_name}"),
                vec![
                    Edit::set(id, id_of!(RecordSet.record_type), "A"),
                    Edit::set(id, id_of!(RecordSet.alias), balancer),
                    Edit::set(id, id_of!(RecordSet.values), Value::List(Vec::new())),
                ],
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::Value;
    use crate::rules::testing::{fires, named, quiet};

    #[test]
    fn fires_on_a_cname_for_the_domain_itself() {
        let mut sketch = named();
        sketch.set("www", "alias", Value::None);
        sketch.set("www", "record_type", "CNAME");
        sketch.set("www", "values", vec!["lb.example.net"]);
        sketch.set("www", "domain", "example.com");
        fires(&RULE, &sketch, &["www"]);
    }

    #[test]
    fn quiet_for_an_alias_there_and_a_cname_below() {
        let mut sketch = named();
        sketch.set("www", "domain", "example.com");
        quiet(&RULE, &sketch);
        sketch.set("www", "domain", "www.example.com");
        sketch.set("www", "record_type", "CNAME");
        quiet(&RULE, &sketch);
    }
}
