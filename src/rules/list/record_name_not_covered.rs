//! The certificate of an HTTPS listener covers the names that lead to it.
use crate::catalog::kinds::{Certificate, RecordSet};
use crate::design::Edit;
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "record-name-not-covered",
    severity: Severity::Error,
    title: t("인증서에 없는 이름", "Name that the certificate does not cover"),
    why: t(
        "브라우저는 인증서에 없는 이름이면 경고를 띄우고 막아요. *.example.com은 www.example.com에 맞고 example.com에는 맞지 않아요.",
        "Browsers block a name that is not on the certificate. *.example.com covers www.example.com and not example.com.",
    ),
    source: "https://docs.aws.amazon.com/acm/latest/userguide/acm-certificate-characteristics.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, record) in context.all::<RecordSet>() {
        let Some(balancer) = record.alias else { continue };
        for (_, listener_node, listener) in
            context.listeners(balancer).filter(|(_, _, listener)| listener.protocol.is_secure())
        {
            let Some(certificate_id) = listener.certificate else { continue };
            let Some(certificate) = context.design.get::<Certificate>(certificate_id) else { continue };
            if certificate.covers(&record.domain) {
                continue;
            }
            let names: Vec<&str> = certificate.names().map(crate::net::DomainName::as_str).collect();
            let (name, domain, listener_name, certificate_name, covered) =
                (&node.name, &record.domain, &listener_node.name, context.name(certificate_id), names.join(", "));
            let mut more: Vec<&str> =
                certificate.alternative_names.iter().map(crate::net::DomainName::as_str).collect();
            more.push(domain.as_str());
            report
                .note(
                    id,
                    message!(
                        "레코드 {name}의 이름 {domain}이(가) 리스너 {listener_name}의 인증서 {certificate_name}({covered})에 없어요. 인증서의 추가 이름에 {domain}을(를) 넣으세요.",
                        "The name {domain} of record {name} is not on certificate {certificate_name} ({covered}) of listener {listener_name}. Add it to the certificate's additional names."
                    ),
                )
                .field(id_of!(RecordSet.domain))
                .fix(
                    message!("인증서 {certificate_name}에 {domain} 넣기", "Add {domain} to certificate {certificate_name}"),
                    vec![Edit::set(certificate_id, id_of!(Certificate.alternative_names), more)],
                );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, named, quiet};

    #[test]
    fn fires_on_two_labels_below_and_on_an_apex_with_a_wildcard_only() {
        let mut sketch = named();
        sketch.set("www", "domain", "a.b.example.com");
        fires(&RULE, &sketch, &["www"]);
        let mut sketch = named();
        sketch.set("cert", "domain", "*.example.com");
        sketch.set("www", "domain", "example.com");
        fires(&RULE, &sketch, &["www"]);
    }

    #[test]
    fn quiet_when_covered_and_without_https() {
        let mut sketch = named();
        quiet(&RULE, &sketch);
        sketch.set("www", "domain", "a.b.example.com");
        sketch.remove("https");
        quiet(&RULE, &sketch);
    }
}
