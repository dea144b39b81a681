//! The validation domain of a certificate is the domain or one above it.

use crate::rules::{Rule, Severity, template};
use crate::text::t;

pub const RULE: Rule = Rule {
    id: "certificate-validation-domain",
    severity: Severity::Error,
    title: t("위 도메인이 아닌 검증 도메인", "Validation domain that is not above the domain"),
    why: t(
        "ACM은 검증 메일을 인증서의 도메인이나 그 위 도메인으로만 보내요. 다른 도메인은 받지 않아요.",
        "ACM sends validation mail only to the domain of the certificate or one above it, and refuses others.",
    ),
    source: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-certificatemanager-certificate-domainvalidationoption.html",
    fixes: false,
    check: template::faults,
};

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::found_in;

    #[test]
    fn fires_where_the_template_says_so() {
        let resources = "  Tls: {Type: 'AWS::CertificateManager::Certificate', Properties: {DomainName: www.example.com, DomainValidationOptions: [{DomainName: www.example.com, ValidationDomain: example.org}]}}\n";
        assert_eq!(found_in(&RULE, resources), ["Tls"]);
    }

    #[test]
    fn quiet_on_a_sound_template() {
        let resources = "  Tls: {Type: 'AWS::CertificateManager::Certificate', Properties: {DomainName: www.example.com, DomainValidationOptions: [{DomainName: www.example.com, ValidationDomain: example.com}]}}\n";
        assert_eq!(found_in(&RULE, resources), [""; 0]);
    }
}
