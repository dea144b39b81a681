//! An alias is an A record, or to a distribution an AAAA record too.
use crate::catalog::Kind;
use crate::catalog::kinds::{RecordSet, RecordType};
use crate::design::Edit;
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity};
use crate::text::{Text, t};
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "record-alias-wrong-type",
    severity: Severity::Error,
    title: t("별칭에 맞지 않는 레코드 유형", "Alias of the wrong type"),
    why: t(
        "별칭 대상은 주소로 답하므로 별칭의 유형은 A여야 해요. 여기의 로드 밸런서는 IPv4만 써서 AAAA로 답하지 못하고, CloudFront 배포는 AAAA로도 답해요.",
        "What an alias leads to answers with addresses, so it is an A record. The load balancers here are IPv4 only and have no AAAA answer; a CloudFront distribution has.",
    ),
    source: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-choosing-alias-non-alias.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, record) in context.all::<RecordSet>() {
        let Some((target, kind)) = record.alias.and_then(|id| Some((id, context.design.node(id)?.kind()))) else {
            continue;
        };
        let fits = match kind {
            // It answers by IPv6 too.
            Kind::Distribution => record.record_type != RecordType::Cname,
            _ => record.record_type == RecordType::A,
        };
        if fits {
            continue;
        }
        let Text { ko, en } = kind.spec().label;
        let (name, wrong, target) = (&node.name, record.record_type.as_str(), context.name(target));
        report
            .note(
                id,
                message!(
                    "레코드 {name}은(는) {ko} {target}의 별칭인데 유형이 {wrong}이에요(예요). A로 바꾸세요.",
                    "Record {name} is an alias of {target} ({en}) but of type {wrong}. Change it to A."
                ),
            )
            .field(id_of!(RecordSet.record_type))
            .fix(
                message!("유형을 A로 바꾸기", "Change the type to A"),
                vec![Edit::set(id, id_of!(RecordSet.record_type), "A")],
            );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::Value;
    use crate::rules::testing::{fires, named, quiet};
    use crate::rules::testing_services::published;

    #[test]
    fn fires_on_cname_and_aaaa() {
        for kind in ["CNAME", "AAAA"] {
            let mut sketch = named();
            sketch.set("www", "record_type", kind);
            fires(&RULE, &sketch, &["www"]);
        }
    }

    #[test]
    fn a_distribution_answers_by_ipv6_too() {
        let mut sketch = published();
        sketch.set("www", "record_type", "AAAA");
        quiet(&RULE, &sketch);
        sketch.set("www", "record_type", "CNAME");
        fires(&RULE, &sketch, &["www"]);
    }

    #[test]
    fn quiet_on_a_and_without_an_alias() {
        let mut sketch = named();
        quiet(&RULE, &sketch);
        sketch.set("www", "alias", Value::None);
        sketch.set("www", "record_type", "CNAME");
        quiet(&RULE, &sketch);
    }
}
