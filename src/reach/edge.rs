//! Requests that AWS itself answers before any network of the design: at a distribution's edge, from a bucket's web site.

use std::net::Ipv4Addr;

use super::condition::wild;
use super::network::Network;
use super::request::{Client, at_balancer};
use super::url::{Reply, StageKind, Url, UrlTrace};
use crate::catalog::Kind;
use crate::catalog::kinds::{
    CacheBehavior, Certificate, Distribution, LoadBalancer, Origin, OriginAccess, OriginProtocol, Region, S3Bucket,
    ViewerProtocol,
};
use crate::design::Design;
use crate::id::NodeId;
use crate::net::DomainName;
use crate::reach::question::Endpoint;
use crate::text::Message;
use crate::{id_of, message};

/// The region whose certificates CloudFront reads, and no other's.
const CERTIFICATES: &str = "us-east-1";

/// What an alias to a resource outside every VPC answers; the next URL if it ends in a redirect.
pub(super) fn serve(
    design: &Design,
    net: &Network,
    id: NodeId,
    url: &Url,
    out: &mut UrlTrace,
) -> Result<Option<Url>, Message> {
    if let Some(distribution) = design.get::<Distribution>(id) {
        return at_edge(design, net, (id, distribution), url, out);
    }
    let name = design.node(id).map_or("", |node| node.name.as_str());
    match design.get::<S3Bucket>(id) {
        Some(bucket) => {
            let ok = bucket.website && bucket.is_public() && !url.secure;
            let message = match (url.secure, bucket.website && bucket.is_public()) {
                (true, _) => message!(
                    "S3 웹 사이트 엔드포인트는 HTTPS로 답하지 않아요. 앞에 CloudFront 배포를 두세요.",
                    "A website endpoint of S3 does not speak HTTPS. Put a CloudFront distribution before it."
                ),
                (false, true) => message!(
                    "버킷 {name}의 웹 사이트가 {}을(를) 보내요.",
                    "The web site of bucket {name} sends {}.",
                    url.path
                ),
                (false, false) => message!(
                    "버킷 {name}은(는) 공개된 웹 사이트가 아니라 403으로 답해요.",
                    "Bucket {name} is no public web site and answers 403."
                ),
            };
            out.add(StageKind::Answer, Some(id), ok, message);
        }
        None => {
            let label = design.node(id).map_or(Kind::Internet, crate::design::Node::kind).spec().label;
            let (ko, en) = (label.ko, label.en);
            out.add(StageKind::Answer, Some(id), true, message!("{ko} {name}이(가) 답해요.", "{name} ({en}) answers."));
        }
    }
    Ok(None)
}

/// A request at the edge of a distribution.
fn at_edge(
    design: &Design,
    net: &Network,
    edge: (NodeId, &Distribution),
    url: &Url,
    out: &mut UrlTrace,
) -> Result<Option<Url>, Message> {
    let (id, distribution) = edge;
    let name = design.node(id).map_or("", |node| node.name.as_str());
    if !greets(design, id, distribution, url, out) {
        return Ok(None);
    }
    let matching = distribution
        .behaviors
        .iter()
        .find(|one| wild(one.path.trim_start_matches('/'), url.path.trim_start_matches('/')));
    let viewer = matching.map_or(distribution.viewer_protocol, |one| one.viewer_protocol);
    if !url.secure {
        match viewer {
            ViewerProtocol::All => {}
            ViewerProtocol::HttpsOnly => {
                out.add(
                    StageKind::Rule,
                    Some(id),
                    false,
                    message!(
                        "배포 {name}은(는) HTTP를 받지 않고 403으로 답해요.",
                        "Distribution {name} does not take HTTP and answers 403."
                    ),
                );
                return Ok(None);
            }
            ViewerProtocol::Redirect => {
                let next = Url { secure: true, port: 443, ..url.clone() };
                out.add(
                    StageKind::Redirect,
                    Some(id),
                    true,
                    message!("배포 {name}이(가) {next}(으)로 돌려요.", "Distribution {name} redirects to {next}."),
                );
                out.replied(Reply::Redirect(next.to_string()));
                return Ok(Some(next));
            }
        }
    }
    let Some(origin) = origin_of(distribution, matching) else {
        out.add(
            StageKind::Targets,
            Some(id),
            false,
            message!(
                "배포 {name}에 원본이 없어요. S3 버킷이나 로드 밸런서를 연결하세요.",
                "Distribution {name} has no origin. Connect an S3 bucket or a load balancer."
            ),
        );
        return Ok(None);
    };
    fetch(design, net, id, origin, url, out)
}

/// The code of the region around a node.
pub(super) fn region_of(design: &Design, id: NodeId) -> Option<&str> {
    Some(design.get::<Region>(design.ancestor(id, Kind::Region)?)?.code.as_str())
}

/// Whether the edge answers to the name at all, and with a certificate for it.
fn greets(design: &Design, id: NodeId, distribution: &Distribution, url: &Url, out: &mut UrlTrace) -> bool {
    let name = design.node(id).map_or("", |node| node.name.as_str());
    let host = &url.host;
    if !distribution.enabled {
        let message = message!(
            "배포 {name}이(가) 꺼져 있어서 요청을 받지 않아요. '사용'을 켜세요.",
            "Distribution {name} is disabled and takes no requests. Enable it."
        );
        return out.add(StageKind::Name, Some(id), false, message);
    }
    if !distribution.answers_to(host) {
        let message = message!(
            "배포 {name}의 대체 도메인 이름에 {host}이(가) 없어서 403으로 답해요. 대체 도메인 이름에 넣으세요.",
            "{host} is not among the alternate names of distribution {name}, which answers 403. Add it there."
        );
        return out.add(StageKind::Name, Some(id), false, message);
    }
    if !url.secure {
        return true;
    }
    let certificate = distribution.certificate.and_then(|id| Some((id, design.get::<Certificate>(id)?)));
    let Some((certificate_id, certificate)) = certificate else {
        if design.is_open(id, id_of!(Distribution.certificate)) {
            return out.not_known(StageKind::Certificate, Some(id), names_not_known(host));
        }
        let message = message!(
            "배포 {name}에 인증서가 없어요. us-east-1의 ACM 인증서를 붙이세요.",
            "Distribution {name} has no certificate. Attach an ACM certificate of us-east-1."
        );
        return out.add(StageKind::Certificate, Some(id), false, message);
    };
    let certificate_name = design.node(certificate_id).map_or("", |node| node.name.as_str());
    // Outside every region it goes where the template is deployed.
    if let Some(there) = region_of(design, certificate_id).filter(|there| *there != CERTIFICATES) {
        let message = message!(
            "인증서 {certificate_name}이(가) {there}에 있어서 CloudFront가 쓸 수 없어요. {CERTIFICATES}에 만든 인증서를 붙이세요.",
            "Certificate {certificate_name} is in {there}, where CloudFront cannot use it. Attach one made in {CERTIFICATES}."
        );
        return out.add(StageKind::Certificate, Some(certificate_id), false, message);
    }
    let ok = certificate.covers(host);
    if !ok && names_open(design, certificate_id) {
        return out.not_known(StageKind::Certificate, Some(certificate_id), names_not_known(host));
    }
    let message = if ok {
        message!("인증서 {certificate_name}이(가) {host}에 맞아요.", "Certificate {certificate_name} covers {host}.")
    } else {
        message!(
            "인증서 {certificate_name}이(가) {host}에 맞지 않아요. 추가 이름에 넣으세요.",
            "Certificate {certificate_name} does not cover {host}. Add it to its names."
        )
    };
    out.add(StageKind::Certificate, Some(certificate_id), ok, message)
}

/// That a certificate is there of which the names are not known.
pub(super) fn names_not_known(host: &DomainName) -> Message {
    message!(
        "인증서는 있지만 그 이름이 여기에 없거나 배포할 때 정해져서, {host}을(를) 포함하는지 알 수 없어요.",
        "It has a certificate, but its names are not drawn here or decided at deployment, so whether it covers {host} is not known."
    )
}

/// Whether only a deployment knows for which names a certificate is.
pub(super) fn names_open(design: &Design, certificate: NodeId) -> bool {
    let names = [id_of!(Certificate.domain), id_of!(Certificate.alternative_names)];
    names.into_iter().any(|field| design.is_open(certificate, field))
}

fn origin_of<'a>(distribution: &'a Distribution, behavior: Option<&CacheBehavior>) -> Option<&'a Origin> {
    let named = behavior.filter(|one| !one.origin.is_empty());
    let chosen = named.and_then(|one| distribution.origins.iter().find(|origin| origin.name == one.origin));
    match behavior {
        Some(_) => chosen.or_else(|| distribution.origins.first()),
        None => distribution.main_origin(),
    }
}

/// Fetches from an origin.
fn fetch(
    design: &Design,
    net: &Network,
    id: NodeId,
    origin: &Origin,
    url: &Url,
    out: &mut UrlTrace,
) -> Result<Option<Url>, Message> {
    let from = &origin.name;
    let Some(target) = origin.target else {
        let (domain, known) = (&origin.domain, !origin.domain.is_empty());
        out.add(
            StageKind::Targets,
            Some(id),
            known,
            message!(
                "원본 {from}({domain})에서 가져와요. 그림 밖의 서버예요.",
                "Fetched from origin {from} ({domain}), a server outside the drawing."
            ),
        );
        return Ok(None);
    };
    let name = design.node(target).map_or("", |node| node.name.as_str());
    if let Some(bucket) = design.get::<S3Bucket>(target) {
        let ok = match origin.access {
            OriginAccess::Control => true,
            OriginAccess::Public => bucket.is_public(),
            OriginAccess::Website => bucket.is_public() && bucket.website,
        };
        let message = if ok {
            message!("원본 버킷 {name}에서 {}을(를) 가져와요.", "Fetches {} from bucket {name}.", url.path)
        } else {
            message!(
                "버킷 {name}이(가) 비공개라 403이에요. 버킷 접근을 원본 액세스 제어로 바꾸세요.",
                "Bucket {name} is private: 403. Set the origin's bucket access to origin access control."
            )
        };
        out.add(StageKind::Targets, Some(target), ok, message);
        return Ok(None);
    }
    if design.get::<LoadBalancer>(target).is_none() {
        return Ok(None);
    }
    let secure = match origin.protocol {
        OriginProtocol::Https => true,
        OriginProtocol::Http => false,
        OriginProtocol::Match => url.secure,
    };
    let port = if secure { origin.https_port } else { origin.http_port };
    // The request goes on from AWS's own addresses.
    let edge = Client { from: Endpoint::Internet, vpc: None, address: Ipv4Addr::new(198, 51, 100, 1) };
    let next = Url { secure, port, ..url.clone() };
    at_balancer(design, net, edge, target, &next, out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reach::trace_url;
    use crate::rules::testing::{Named, named};
    use crate::rules::testing_services::published;

    #[track_caller]
    fn ask(sketch: &Named, url: &str) -> UrlTrace {
        let design = sketch.design();
        trace_url(design, &Network::lower(design), Endpoint::Internet, &url.parse().unwrap()).unwrap()
    }

    #[test]
    fn a_private_bucket_is_read_through_its_distribution() {
        let sketch = published();
        let plain = ask(&sketch, "http://www.example.com/");
        assert!(plain.reachable(), "{plain:#?}");
        assert_eq!(plain.stages.iter().filter(|stage| stage.kind == StageKind::Redirect).count(), 1);
        let last = plain.stages.last().unwrap();
        assert_eq!((last.kind, last.node), (StageKind::Targets, Some(sketch.id("files"))));
    }

    #[test]
    fn what_is_missing_at_the_edge_is_named() {
        for (field, value, stage) in [
            ("aliases", crate::catalog::Value::from(vec!["shop.example.com"]), StageKind::Name),
            ("certificate", crate::catalog::Value::None, StageKind::Certificate),
            ("enabled", crate::catalog::Value::Bool(false), StageKind::Name),
            ("origins", crate::catalog::Value::None, StageKind::Targets),
        ] {
            let mut sketch = published();
            sketch.set("cdn", field, value);
            let answer = ask(&sketch, "https://www.example.com/");
            assert!(!answer.reachable());
            assert_eq!(answer.stages.last().map(|last| last.kind), Some(stage), "{field}");
        }
    }

    #[test]
    fn a_certificate_of_another_region_greets_nobody() {
        let mut sketch = published();
        sketch.add("", "seoul", Region { code: "ap-northeast-2".to_owned() });
        let aliases = vec!["www.example.com".parse().unwrap()];
        let cert =
            sketch.add("seoul", "seoul-cert", Certificate { alternative_names: aliases, ..Certificate::default() });
        sketch.set("cdn", "certificate", cert);
        let answer = ask(&sketch, "https://www.example.com/");
        assert!(!answer.reachable());
        let last = answer.stages.last().unwrap();
        assert_eq!((last.kind, last.node), (StageKind::Certificate, Some(cert)));
        assert!(last.message.en.contains("us-east-1"), "{}", last.message.en);
    }

    #[test]
    fn a_balancer_behind_it_is_walked_too_and_a_circle_of_redirects_found() {
        let mut sketch = named();
        sketch.add("", "virginia", Region { code: "us-east-1".to_owned() });
        let alternative_names = vec!["*.example.com".parse().unwrap()];
        let cert = sketch.add("virginia", "edge-cert", Certificate { alternative_names, ..Certificate::default() });
        let (target, cert) = (Some(sketch.id("alb")), Some(cert));
        let origins = vec![Origin { target, protocol: OriginProtocol::Http, ..Origin::default() }];
        let aliases = vec!["www.example.com".parse().unwrap()];
        let cdn = Distribution { origins, aliases, certificate: cert, ..Distribution::default() };
        let cdn = sketch.add("region", "cdn", cdn);
        sketch.set("www", "alias", cdn);
        let answer = ask(&sketch, "https://www.example.com/");
        assert!(answer.reachable(), "{answer:#?}");
        // The balancer sends what came by HTTP back to HTTPS, which comes by HTTP again.
        sketch.set("http", "action", "redirect");
        let answer = ask(&sketch, "https://www.example.com/");
        assert!(!answer.reachable(), "{answer:#?}");
    }

    #[test]
    fn a_web_site_of_a_bucket_speaks_http_alone() {
        let mut sketch = published();
        let site = sketch.id("files");
        sketch.set("www", "alias", site);
        sketch.set("files", "website", true);
        assert!(!ask(&sketch, "http://www.example.com/").reachable());
        for lock in ["block_public_policy", "restrict_public_buckets"] {
            sketch.set("files", lock, false);
        }
        let policy = crate::catalog::JsonText::of(&crate::catalog::kinds::public_read_policy());
        sketch.set("files", "policy", policy.as_str());
        assert!(ask(&sketch, "http://www.example.com/").reachable());
        assert!(!ask(&sketch, "https://www.example.com/").reachable());
    }
}
