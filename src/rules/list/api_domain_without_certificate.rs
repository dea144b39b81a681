//! A domain of an API has a certificate for it.
use crate::catalog::Value;
use crate::catalog::kinds::{ApiGateway, Certificate};
use crate::design::Edit;
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "api-domain-without-certificate",
    severity: Severity::Error,
    title: t("인증서가 없는 API 도메인", "API domain without a certificate"),
    why: t(
        "API Gateway는 HTTPS만 받으므로, 자기 도메인에는 그 이름을 담은 같은 리전의 ACM 인증서가 있어야 해요.",
        "API Gateway takes HTTPS only, so a domain of one's own needs an ACM certificate for it, of the same region.",
    ),
    source: "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-custom-domain-names.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, api) in context.all::<ApiGateway>() {
        let Some(domain) = &api.domain else { continue };
        let certificate = api.certificate.and_then(|id| Some((id, context.design.get::<Certificate>(id)?)));
        let near = |other: crate::id::NodeId| context.region_of(other) == context.region_of(id);
        if certificate.is_some_and(|(id, certificate)| certificate.covers(domain) && near(id)) {
            continue;
        }
        let name = &node.name;
        let message = match certificate {
            None => message!(
                "API {name}의 도메인 {domain}에 인증서가 없어요. 이 이름을 담은 인증서를 고르세요.",
                "Domain {domain} of API {name} has no certificate. Choose one for this name."
            ),
            Some((certificate, body)) if body.covers(domain) => {
                let certificate = context.name(certificate);
                message!(
                    "인증서 {certificate}은(는) API {name}과(와) 다른 리전에 있어요. 같은 리전의 인증서를 고르세요.",
                    "Certificate {certificate} lies in another region than API {name}. Choose one of the same region."
                )
            }
            Some((certificate, _)) => {
                let certificate = context.name(certificate);
                message!(
                    "인증서 {certificate}에 API {name}의 도메인 {domain}이(가) 없어요. 이 이름을 담은 인증서를 고르세요.",
                    "Certificate {certificate} is not for {domain}, the domain of API {name}. Choose one for this name."
                )
            }
        };
        let note = report.note(id, message).field(id_of!(ApiGateway.certificate));
        let fits = context.all::<Certificate>().find(|(other, _, body)| body.covers(domain) && near(*other));
        if let Some((fits, body, _)) = fits {
            let body = &body.name;
            note.fix(
                message!("인증서 {body} 고르기", "Choose certificate {body}"),
                vec![Edit::set(id, id_of!(ApiGateway.certificate), Value::Ref(fits))],
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::kinds::ApiGateway;
    use crate::rules::testing::{fires, named, quiet};

    #[test]
    fn fires_without_a_certificate() {
        let mut n = named();
        n.add("region", "api", ApiGateway { domain: "api.example.com".parse().ok(), ..ApiGateway::default() });
        fires(&RULE, &n, &["api"]);
    }

    #[test]
    fn quiet_with_one_that_covers_it_and_without_a_domain() {
        let mut n = named();
        n.add("region", "plain", ApiGateway::default());
        let certificate = Some(n.id("cert"));
        let domain = "api.example.com".parse().ok();
        n.add("region", "api", ApiGateway { domain, certificate, ..ApiGateway::default() });
        quiet(&RULE, &n);
    }
}
