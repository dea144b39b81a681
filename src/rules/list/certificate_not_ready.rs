//! A certificate by DNS validation needs its record in a public zone of its domain.
use crate::catalog::kinds::{Certificate, HostedZone, Validation};
use crate::design::Edit;
use crate::facts::Context;
use crate::net::DomainName;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "certificate-not-ready",
    severity: Severity::Error,
    title: t("검증할 수 없는 인증서", "Certificate that cannot be validated"),
    why: t(
        "DNS 검증 레코드가 그 도메인의 퍼블릭 호스팅 영역에 만들어져야 인증서가 발급돼요. 그 전에는 배포가 멈춰 기다려요.",
        "A certificate is issued only once its validation record is in a public zone of its domain; until then the deployment waits.",
    ),
    source: "https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, certificate) in context.all::<Certificate>().filter(|(_, _, c)| c.validation == Validation::Dns) {
        let fits =
            |zone: &HostedZone| !zone.is_private() && certificate.names().all(|name| is_below(name, &zone.domain));
        let (name, domain) = (&node.name, &certificate.domain);
        let said = match certificate
            .hosted_zone
            .and_then(|zone| Some((context.name(zone), context.design.get::<HostedZone>(zone)?)))
        {
            Some((_, zone)) if fits(zone) => continue,
            Some((zone_name, zone)) => {
                let zone = &zone.domain;
                message!(
                    "인증서 {name}({domain})의 검증 레코드는 호스팅 영역 {zone_name}({zone})에서 확인할 수 없어요. 인증서의 모든 이름을 담는 퍼블릭 호스팅 영역을 고르세요.",
                    "Certificate {name} ({domain}) cannot be validated through zone {zone_name} ({zone}). Choose a public zone that holds all names of the certificate."
                )
            }
            None => message!(
                "인증서 {name}({domain})에 검증 레코드를 만들 호스팅 영역이 없어요. {domain}의 퍼블릭 호스팅 영역을 고르세요.",
                "Certificate {name} ({domain}) has no zone for its validation record. Choose the public hosted zone of {domain}."
            ),
        };
        let mut note = report
            .note(id, said)
            .field(id_of!(Certificate.hosted_zone))
            .given(id, id_of!(Certificate.validation))
            .given_all(certificate.hosted_zone.map(|zone| (zone, id_of!(HostedZone.domain))));
        if certificate.hosted_zone.is_none() {
            // Somebody may make the record by hand, in a zone of another provider say, while the deployment waits.
            note = note.at_most(Severity::Warning);
        }
        let mut fit = context.all::<HostedZone>().filter(|(_, _, zone)| fits(zone));
        if let (Some((zone, zone_node, _)), None) = (fit.next(), fit.next()) {
            let zone_name = &zone_node.name;
            note.fix(
                message!("호스팅 영역 {zone_name}에서 검증하기", "Validate through zone {zone_name}"),
                vec![Edit::set(id, id_of!(Certificate.hosted_zone), zone)],
            );
        }
    }
}

/// Whether a name's validation record belongs into a zone: that of `*.example.com` is the one of `example.com`.
fn is_below(name: &DomainName, zone: &DomainName) -> bool {
    match name.parent().filter(|_| name.is_wildcard()) {
        Some(base) => base.is_within(zone),
        None => name.is_within(zone),
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::Value;
    use crate::catalog::kinds::HostedZone;
    use crate::rules::testing::{fires, found_in, named, quiet};

    #[test]
    fn fires_without_a_zone_and_on_a_zone_of_another_domain() {
        let mut sketch = named();
        sketch.set("cert", "hosted_zone", Value::None);
        fires(&RULE, &sketch, &["cert"]);
        let mut sketch = named();
        let other =
            sketch.add("region", "other-zone", HostedZone { domain: "example.net".parse().unwrap(), vpcs: Vec::new() });
        sketch.set("cert", "hosted_zone", other);
        fires(&RULE, &sketch, &["cert"]);
    }

    #[test]
    fn quiet_with_its_zone_and_by_email() {
        let mut sketch = named();
        quiet(&RULE, &sketch);
        sketch.set("cert", "hosted_zone", Value::None);
        sketch.set("cert", "validation", "EMAIL");
        quiet(&RULE, &sketch);
    }

    #[test]
    fn quiet_on_a_zone_outside_the_template() {
        let certificate = |more: &str| {
            format!(
                "  Cert: {{Type: 'AWS::CertificateManager::Certificate', Properties: {{DomainName: www.example.com, ValidationMethod: DNS{more}}}}}\n"
            )
        };
        let zone = ", DomainValidationOptions: [{DomainName: www.example.com, HostedZoneId: Z0123456789EXAMPLE}]";
        assert_eq!(found_in(&RULE, &certificate(zone)), Vec::<String>::new());
        assert_eq!(found_in(&RULE, &certificate("")), ["Cert"]);
    }
}
