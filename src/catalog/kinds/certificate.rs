//! A certificate of AWS Certificate Manager.

use crate::catalog::{Category, Field, Kind, Placement, Resource, Shape, Spec, Widget};
use crate::id::NodeId;
use crate::net::DomainName;
use crate::text::{Text, t};
use crate::{choices, field};

choices! {
    /// How ownership of the domain is shown.
    pub enum Validation {
        Dns = "DNS" ("DNS 검증", "DNS validation"),
        Email = "EMAIL" ("이메일 검증", "Email validation"),
    }
}

/// A TLS certificate for one or more names, for use in its region only.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Certificate {
    /// Its main name; `*.` covers exactly one label.
    pub domain: DomainName,
    /// Further names.
    pub alternative_names: Vec<DomainName>,
    /// How ownership is shown.
    pub validation: Validation,
    /// The zone that gets the validation record.
    pub hosted_zone: Option<NodeId>,
}

impl Certificate {
    /// Every name on it.
    pub fn names(&self) -> impl Iterator<Item = &DomainName> {
        std::iter::once(&self.domain).chain(&self.alternative_names)
    }

    /// Whether it may be shown for a name.
    pub fn covers(&self, name: &DomainName) -> bool {
        self.names().any(|own| own.covers(name))
    }
}

impl Resource for Certificate {
    const KIND: Kind = Kind::Certificate;
    const SPEC: Spec = Spec {
        id: "certificate",
        label: t("ACM 인증서", "ACM certificate"),
        category: Category::Names,
        cloudformation_type: "AWS::CertificateManager::Certificate",
        placement: Placement { root: true, parents: &[Kind::Region] },
        shape: Shape::Tile,
        ancestors: &[],
        tags: true,
        keywords: &["cert", "acm", "tls", "ssl", "https", "인증서"],
    };
    const SUMMARY: Text = t(
        "HTTPS에 쓰는 무료 인증서예요. 로드 밸런서에 붙이고, EC2 인스턴스에는 붙일 수 없어요.",
        "A free certificate for HTTPS. Goes onto a load balancer, never onto an EC2 instance.",
    );
    const SOURCE: &'static str =
        "https://docs.aws.amazon.com/acm/latest/userguide/acm-certificate-characteristics.html";
    const FIELDS: &'static [Field<Self>] = &[
        field!(domain, "도메인 이름", "Domain name", Widget::Line).property("DomainName").help(
            "*.example.com은 www.example.com에 맞고 example.com에는 맞지 않아요.",
            "*.example.com covers www.example.com and not example.com.",
        ),
        field!(alternative_names, "추가 이름", "Additional names", Widget::List)
            .property("SubjectAlternativeNames")
            .help("인증서에 함께 넣을 이름이에요.", "Further names on the certificate."),
        field!(validation, "검증 방법", "Validation method", Widget::Choice(Validation::CHOICES))
            .property("ValidationMethod")
            .help("DNS 검증은 자동으로 갱신돼요.", "DNS validation renews by itself."),
        field!(
            hosted_zone,
            "검증 레코드를 만들 호스팅 영역",
            "Hosted zone for validation",
            Widget::Reference(&[Kind::HostedZone])
        )
        .when(|of: &Self| of.validation == Validation::Dns)
        .help(
            "여기에 검증 레코드가 만들어져야 인증서를 쓸 수 있어요.",
            "The certificate works only once its validation record is here.",
        ),
    ];

    fn bare() -> Self {
        Self { validation: Validation::Email, ..Self::default() }
    }

    fn caption(&self) -> Option<String> {
        Some(self.domain.to_string())
    }
}
