//! A certificate: its names, and the hosted zone in which it is proved.

use super::Irregular;
use crate::catalog::kinds::{Certificate, HostedZone, Validation};
use crate::cloudformation::{Emit, Read};
use crate::net::DomainName;
use crate::template::Json;
use crate::text::Message;

impl Irregular for Certificate {
    fn export(&self, emit: &mut Emit<'_>) {
        let name = emit.domain(&self.domain);
        emit.set_property("DomainName", name);
        if !self.alternative_names.is_empty() {
            let names: Vec<Json> = self.alternative_names.iter().map(|name| emit.domain(name)).collect();
            emit.set_property("SubjectAlternativeNames", names);
        }
        if self.validation != Validation::Dns {
            return;
        }
        let zone = self.hosted_zone.and_then(|id| Some((id, emit.context().design.get::<HostedZone>(id)?)));
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
            emit.set_property("DomainValidationOptions", options);
        }
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
}
