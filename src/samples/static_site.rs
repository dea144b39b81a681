//! A static site: a private bucket behind a distribution with its own name.

use super::pen::{Pen, domain};
use crate::catalog::kinds::{
    Certificate, Distribution, ErrorPage, HostedZone, Internet, Origin, RecordSet, RecordType, Region, S3Bucket,
};
use crate::design::Design;

/// Draws it: in N. Virginia, where CloudFront wants its certificates, a private bucket that only the distribution may read, a certificate, and
/// alias records for IPv4 and IPv6.
pub fn static_site() -> Design {
    let mut pen = Pen::new("CloudFront로 공개하는 정적 사이트");
    pen.tile(None, "internet", Internet, 32.0, 128.0);
    let region = Region { code: "us-east-1".to_owned() };
    let region = Some(pen.frame(None, "virginia", region, (176.0, 32.0, 592.0, 320.0)));
    let zone = HostedZone { domain: domain("example.com"), ..HostedZone::default() };
    let zone = pen.frame(region, "example-com", zone, (16.0, 48.0, 240.0, 136.0));
    let certificate = Certificate {
        domain: domain("www.example.com"),
        alternative_names: Vec::new(),
        hosted_zone: Some(zone),
        ..Certificate::default()
    };
    let certificate = pen.tile(region, "site-cert", certificate, 320.0, 216.0);
    let bucket = pen.tile(region, "site-bucket", S3Bucket { versioning: true, ..S3Bucket::default() }, 464.0, 72.0);
    let origin = Origin { name: "site".to_owned(), target: Some(bucket), ..Origin::default() };
    // A private bucket answers 403 for a page it does not have.
    let missing = ErrorPage { code: 403, page: "/404.html".to_owned(), response: 404, ttl: 60 };
    let distribution = Distribution {
        origins: vec![origin],
        aliases: vec![domain("www.example.com")],
        certificate: Some(certificate),
        error_pages: vec![missing],
        ..Distribution::default()
    };
    let distribution = pen.tile(region, "site-cdn", distribution, 320.0, 72.0);
    for (name, record_type, x) in [("www", RecordType::A, 16.0), ("www-ipv6", RecordType::Aaaa, 128.0)] {
        let record = RecordSet {
            domain: domain("www.example.com"),
            record_type,
            alias: Some(distribution),
            ..RecordSet::default()
        };
        pen.tile(Some(zone), name, record, x, 48.0);
    }
    pen.finish()
}
