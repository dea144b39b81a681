//! An HTTPS or TLS listener shows a certificate.
use std::collections::BTreeMap;

use crate::catalog::Kind;
use crate::catalog::kinds::{Certificate, Listener, RecordSet};
use crate::design::Edit;
use crate::facts::Context;
use crate::id::NodeId;
use crate::net::DomainName;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "https-without-certificate",
    severity: Severity::Error,
    title: t("인증서가 없는 HTTPS 리스너", "HTTPS listener without a certificate"),
    why: t(
        "HTTPS와 TLS 리스너는 인증서가 하나 있어야 만들어져요.",
        "HTTPS and TLS listeners are created only with a certificate.",
    ),
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/https-listener-certificates.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    let mut names: BTreeMap<NodeId, Vec<&DomainName>> = BTreeMap::new();
    for (_, _, record) in context.all::<RecordSet>() {
        if let Some(balancer) = record.alias {
            names.entry(balancer).or_default().push(&record.domain);
        }
    }
    for (id, node, listener) in context.all::<Listener>() {
        if !listener.protocol.is_secure() || listener.certificate.is_some() {
            continue;
        }
        let (name, protocol, port) = (&node.name, listener.protocol.as_str(), listener.port);
        let note = report
            .note(
                id,
                message!(
                    "{protocol} {port} 리스너 {name}에 인증서가 없어요. 같은 리전의 ACM 인증서를 고르세요.",
                    "Listener {name} on {protocol} {port} has no certificate. Choose an ACM certificate of the same region."
                ),
            )
            .field(id_of!(Listener.certificate));
        // The one that fits is of this region and good for every name that leads to the balancer.
        let region = context.region_of(id);
        let wanted = node.parent.and_then(|balancer| names.get(&balancer));
        let mut fit = context.all::<Certificate>().filter(|(id, _, certificate)| {
            let here = context.design.ancestor(*id, Kind::Region).is_none() || context.region_of(*id) == region;
            here && wanted.is_none_or(|names| names.iter().all(|name| certificate.covers(name)))
        });
        if let (Some((certificate, certificate_node, _)), None) = (fit.next(), fit.next()) {
            let certificate_name = &certificate_node.name;
            note.fix(
                message!("인증서 {certificate_name} 붙이기", "Attach certificate {certificate_name}"),
                vec![Edit::set(id, id_of!(Listener.certificate), certificate)],
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::catalog::Value;
    use crate::catalog::kinds::Certificate;
    use crate::rules::testing::{fires, named, quiet};

    #[test]
    fn fires_and_proposes_the_certificate_that_covers_the_name() {
        let mut sketch = named();
        sketch.add(
            "region",
            "other-cert",
            Certificate { domain: "example.net".parse().unwrap(), ..Certificate::default() },
        );
        sketch.set("https", "certificate", Value::None);
        fires(&RULE, &sketch, &["https"]);
    }

    #[test]
    fn quiet_with_one_and_for_plain_http() {
        quiet(&RULE, &named());
    }
}
