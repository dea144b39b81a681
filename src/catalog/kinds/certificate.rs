//! A certificate of AWS Certificate Manager.

use crate::catalog::{Category, Field, Kind, Placement, Resource, Shape, Spec, Widget};
use crate::cloudformation::{Emit, Read};
use crate::id::NodeId;
use crate::net::DomainName;
use crate::template::Json;
use crate::text::{Message, t};
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
        summary: t(
            "HTTPS에 쓰는 무료 인증서예요. 로드 밸런서에 붙이고, EC2 인스턴스에는 붙일 수 없어요.",
            "A free certificate for HTTPS. Goes onto a load balancer, never onto an EC2 instance.",
        ),
        category: Category::Names,
        cloudformation_type: "AWS::CertificateManager::Certificate",
        placement: Placement { root: true, parents: &[Kind::Region] },
        shape: Shape::Tile,
        ancestors: &[],
        tags: true,
        keywords: &["cert", "acm", "tls", "ssl", "https", "인증서"],
        source: "https://docs.aws.amazon.com/acm/latest/userguide/acm-certificate-characteristics.html",
    };
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

    fn export(&self, emit: &mut Emit<'_>) {
        let name = emit.domain(&self.domain);
        emit.put("DomainName", name);
        if !self.alternative_names.is_empty() {
            let names: Vec<Json> = self.alternative_names.iter().map(|name| emit.domain(name)).collect();
            emit.put("SubjectAlternativeNames", names);
        }
        if self.validation != Validation::Dns {
            return;
        }
        let zone = self.hosted_zone.and_then(|id| Some((id, emit.context().design.get::<super::HostedZone>(id)?)));
        let Some((id, zone)) = zone else {
            emit.note(crate::message!(
                "검증 레코드를 만들 호스팅 영역이 없어요. 레코드를 직접 만들 때까지 스택이 기다려요.",
                "No hosted zone gets the validation record. The stack waits until you add it yourself."
            ));
            return;
        };
        // A wildcard and the name beneath it share one validation record.
        let own = |name: &&DomainName| {
            !(name.is_wildcard() && self.names().any(|other| Some(other) == name.parent().as_ref()))
        };
        let within = self.names().filter(own).filter(|name| name.is_within(&zone.domain));
        let option =
            |name: &DomainName| serde_json::json!({ "DomainName": emit.domain(name), "HostedZoneId": emit.refer(id) });
        let options: Vec<Json> = within.map(option).collect();
        if !options.is_empty() {
            emit.put("DomainValidationOptions", options);
        }
    }

    fn bare() -> Self {
        Self { validation: Validation::Email, ..Self::default() }
    }

    fn import(&mut self, read: &Read<'_>) -> Result<(), Message> {
        self.hosted_zone =
            read.get("DomainValidationOptions.0.HostedZoneId").and_then(|zone| read.refer("hosted_zone", zone));
        // A private authority asks for no record.
        if read.get("CertificateAuthorityArn").is_some() {
            read.leave_undecided("hosted_zone");
        }
        Ok(())
    }

    fn caption(&self) -> Option<String> {
        Some(self.domain.to_string())
    }
}
