//! An alias to a load balancer is an A record.

use crate::catalog::kinds::{RecordSet, RecordType};
use crate::design::Edit;
use crate::message;
use crate::rules::{Context, Report, Rule, Severity};
use crate::text::t;

pub const RULE: Rule = Rule {
    id: "record-alias-wrong-type",
    severity: Severity::Error,
    title: t("로드 밸런서 별칭에 맞지 않는 레코드 유형", "Alias to a load balancer of the wrong type"),
    why: t(
        "로드 밸런서는 주소로 답하므로 별칭의 유형은 A여야 해요. 여기의 로드 밸런서는 IPv4만 써서 AAAA로도 답하지 못해요.",
        "A load balancer answers with addresses, so its alias is an A record. The load balancers here are IPv4 only and have no AAAA answer.",
    ),
    source: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-choosing-alias-non-alias.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, record) in context.all::<RecordSet>() {
        let Some(balancer) = record.alias.filter(|_| record.record_type != RecordType::A) else { continue };
        let (name, kind, balancer) = (&node.name, record.record_type.as_str(), context.name(balancer));
        report
            .note(
                id,
                message!(
                    "레코드 {name}은(는) 로드 밸런서 {balancer}의 별칭인데 유형이 {kind}예요. A로 바꾸세요.",
                    "Record {name} is an alias of load balancer {balancer} but of type {kind}. Change it to A."
                ),
            )
            .field("record_type")
            .fix(message!("유형을 A로 바꾸기", "Change the type to A"), vec![Edit::set(id, "record_type", "A")]);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::Value;
    use crate::rules::testing::{fires, named, quiet};

    #[test]
    fn fires_on_cname_and_aaaa() {
        for kind in ["CNAME", "AAAA"] {
            let mut sketch = named();
            sketch.set("www", "record_type", kind);
            fires(&RULE, &sketch, &["www"]);
        }
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
