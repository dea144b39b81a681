//! A distribution's certificate covers its own names.
use crate::catalog::kinds::{Certificate, Distribution};
use crate::design::Edit;
use crate::facts::Context;
use crate::net::DomainName;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "distribution-alias-not-covered",
    severity: Severity::Error,
    title: t("인증서가 덮지 않는 대체 도메인 이름", "Alternate name that no certificate covers"),
    why: t(
        "CloudFront는 인증서에 없는 이름을 받지 않아서 배포가 만들어지지 않아요. *.example.com은 example.com에 맞지 않아요.",
        "CloudFront refuses names that are not on its certificate, and the distribution fails. *.example.com does not cover example.com.",
    ),
    source: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/CNAMEs.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, distribution) in context.all::<Distribution>() {
        let certificate = distribution.certificate.and_then(|id| Some((id, context.design.get::<Certificate>(id)?)));
        let missing: Vec<&DomainName> = distribution
            .aliases
            .iter()
            .filter(|alias| !certificate.is_some_and(|(_, one)| one.covers(alias)))
            .collect();
        if missing.is_empty() {
            continue;
        }
        let listed = missing.iter().map(|alias| alias.as_str()).collect::<Vec<_>>().join(", ");
        let name = &node.name;
        let Some((certificate, body)) = certificate else {
            let note = report
                .note(
                    id,
                    message!(
                        "CloudFront 배포 {name}에 대체 도메인 이름({listed})은 있는데 인증서가 없어요. us-east-1의 ACM 인증서를 고르세요.",
                        "CloudFront distribution {name} has alternate names ({listed}) and no certificate. Choose an ACM certificate of us-east-1."
                    ),
                )
                .field(id_of!(Distribution.certificate));
            let covers = |one: &Certificate| distribution.aliases.iter().all(|alias| one.covers(alias));
            let mut fit = context
                .all::<Certificate>()
                .filter(|(id, _, one)| covers(one) && context.region_of(*id).is_none_or(|code| code == "us-east-1"));
            if let (Some((fit, fit_node, _)), None) = (fit.next(), fit.next()) {
                let fit_name = &fit_node.name;
                note.fix(
                    message!("인증서 {fit_name} 붙이기", "Attach certificate {fit_name}"),
                    vec![Edit::set(id, id_of!(Distribution.certificate), fit)],
                );
            }
            continue;
        };
        let certificate_name = context.name(certificate);
        let names =
            body.alternative_names.iter().map(DomainName::as_str).chain(missing.iter().map(|alias| alias.as_str()));
        report
            .note(
                id,
                message!(
                    "CloudFront 배포 {name}의 대체 도메인 이름 {listed}이(가) 인증서 {certificate_name}에 없어요. 인증서의 추가 이름에 넣으세요.",
                    "Alternate names of CloudFront distribution {name} are not on certificate {certificate_name}: {listed}. Add them to its additional names."
                ),
            )
            .field(id_of!(Distribution.aliases))
            .fix(
                message!("인증서 {certificate_name}에 {listed} 넣기", "Add {listed} to certificate {certificate_name}"),
                vec![Edit::set(certificate, id_of!(Certificate.alternative_names), names.collect::<Vec<_>>())],
            );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::Value;
    use crate::rules::testing::{fires, quiet};
    use crate::rules::testing_services::published;

    #[test]
    fn fires_on_a_name_beyond_the_wildcard_and_without_any_certificate() {
        let mut sketch = published();
        sketch.set("cdn", "aliases", vec!["www.example.com", "a.b.example.com"]);
        fires(&RULE, &sketch, &["cdn"]);
        let mut sketch = published();
        sketch.set("cdn", "certificate", Value::None);
        fires(&RULE, &sketch, &["cdn"]);
    }

    #[test]
    fn quiet_when_covered_and_without_names() {
        let mut sketch = published();
        quiet(&RULE, &sketch);
        sketch.set("cdn", "certificate", Value::None);
        sketch.set("cdn", "aliases", Value::None);
        quiet(&RULE, &sketch);
    }
}
