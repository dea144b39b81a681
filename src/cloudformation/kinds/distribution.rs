//! A CloudFront distribution: origins, behaviours, certificate, and the access control by which it reads buckets.

use super::Irregular;
use crate::catalog::kinds::{
    AllowedMethods, CacheBehavior, CachePolicy, Distribution, LoadBalancer, Origin, OriginAccess, OriginProtocol,
    OriginRequestPolicy, S3Bucket, ViewerProtocol,
};
use crate::cloudformation::{Emit, Read, may_equal};
use crate::id::NodeId;
use crate::template::{Json, Object, attribute, object, substitution};
use crate::text::Message;

/// The origin of a distribution that has none yet: one must be named.
const STAND_IN: &str = "example.com";

impl Distribution {
    fn default_behavior(&self) -> CacheBehavior {
        CacheBehavior {
            path: String::new(),
            origin: self.main_origin().map_or_else(|| STAND_IN.to_owned(), |origin| origin.name.clone()),
            viewer_protocol: self.viewer_protocol,
            methods: self.methods,
            cache_policy: self.cache_policy,
            origin_request_policy: self.origin_request_policy,
            compress: self.compress,
        }
    }

    fn viewer_certificate(&self, emit: &Emit<'_>) -> Option<Json> {
        let arn = self.certificate.and_then(|id| emit.refer(id));
        if arn.is_none() && self.aliases.is_empty() {
            return Some(serde_json::json!({ "CloudFrontDefaultCertificate": true }));
        }
        Some(serde_json::json!({
            "AcmCertificateArn": arn?,
            "SslSupportMethod": "sni-only",
            "MinimumProtocolVersion": self.minimum_tls.as_str(),
        }))
    }
}

impl CacheBehavior {
    /// As a template has it; the default behaviour has no path.
    fn to_json(&self) -> Object {
        let forwards = self.origin_request_policy != OriginRequestPolicy::None;
        object([
            ("PathPattern", (!self.path.is_empty()).then(|| self.path.as_str().into())),
            ("TargetOriginId", Some(self.origin.as_str().into())),
            ("ViewerProtocolPolicy", Some(self.viewer_protocol.as_str().into())),
            ("AllowedMethods", Some(self.methods.methods().into())),
            ("CachePolicyId", Some(self.cache_policy.as_str().into())),
            ("OriginRequestPolicyId", forwards.then(|| self.origin_request_policy.as_str().into())),
            ("Compress", Some(self.compress.into())),
        ])
    }

    /// As a template has it, into these fields: viewer protocol, cache policy and origin request policy. A policy of one's own is not drawn.
    fn from_json(read: &Read<'_>, json: &Json, [protocol, cache, request]: [&'static str; 3]) -> Self {
        let text = |key: &str| json.get(key).and_then(|value| read.text(value));
        let several = read.texts(json.get("AllowedMethods")).len();
        let mut behavior = Self {
            path: text("PathPattern").unwrap_or_default(),
            origin: text("TargetOriginId").unwrap_or_default(),
            viewer_protocol: ViewerProtocol::All,
            methods: match several {
                0..=2 => AllowedMethods::Read,
                3 => AllowedMethods::Options,
                _ => AllowedMethods::All,
            },
            cache_policy: CachePolicy::Optimized,
            origin_request_policy: OriginRequestPolicy::None,
            compress: text("Compress").is_some_and(|on| on.eq_ignore_ascii_case("true")),
        };
        read.read_into(protocol, json.get("ViewerProtocolPolicy"), &mut behavior.viewer_protocol);
        read.read_into(cache, json.get("CachePolicyId"), &mut behavior.cache_policy);
        read.read_into(request, json.get("OriginRequestPolicyId"), &mut behavior.origin_request_policy);
        behavior
    }
}

impl OriginAccess {
    /// What the id of the origin access control ends in.
    const PART: &'static str = "OriginAccessControl";
}

impl Origin {
    fn reads_bucket(&self, emit: &Emit<'_>) -> bool {
        self.target.is_some_and(|id| emit.context().design.get::<S3Bucket>(id).is_some())
    }

    /// Whether no host is known of it.
    const fn is_hostless(&self) -> bool {
        self.target.is_none() && self.domain.is_empty()
    }

    /// All but the host, for one whose host only the template knows.
    fn without_host(&self, emit: &Emit<'_>) -> Json {
        let mut json = emit.row(self);
        json.insert("CustomOriginConfig".to_owned(), self.server(self.protocol));
        Json::Object(json)
    }

    fn server(&self, protocol: OriginProtocol) -> Json {
        serde_json::json!({
            "OriginProtocolPolicy": protocol.as_str(),
            "OriginSSLProtocols": ["TLSv1.2"],
            "HTTPPort": self.http_port,
            "HTTPSPort": self.https_port,
        })
    }

    /// As a template has it; nothing where it leads nowhere.
    fn to_json(&self, emit: &Emit<'_>) -> Option<Json> {
        let mut json = emit.row(self);
        let server = |protocol: OriginProtocol| self.server(protocol);
        let design = emit.context().design;
        match self.target {
            Some(bucket) if design.get::<S3Bucket>(bucket).is_some() => {
                if self.access == OriginAccess::Website {
                    json.insert("DomainName".to_owned(), website_host(&emit.attribute_of(bucket, "WebsiteURL")));
                    json.insert("CustomOriginConfig".to_owned(), server(OriginProtocol::Http));
                } else {
                    json.insert("DomainName".to_owned(), emit.attribute_of(bucket, "RegionalDomainName"));
                    json.insert("S3OriginConfig".to_owned(), serde_json::json!({ "OriginAccessIdentity": "" }));
                }
                if self.access == OriginAccess::Control {
                    let control = emit.part_id(emit.node(), OriginAccess::PART);
                    json.insert("OriginAccessControlId".to_owned(), attribute(&control, "Id"));
                }
            }
            Some(balancer) if design.get::<LoadBalancer>(balancer).is_some() => {
                json.insert("DomainName".to_owned(), emit.attribute_of(balancer, "DNSName"));
                json.insert("CustomOriginConfig".to_owned(), server(self.protocol));
            }
            _ if !self.domain.is_empty() => {
                json.insert("DomainName".to_owned(), self.domain.as_str().into());
                json.insert("CustomOriginConfig".to_owned(), server(self.protocol));
            }
            _ => return None,
        }
        Some(Json::Object(json))
    }

    fn from_json(read: &Read<'_>, json: &Json) -> Result<Self, Message> {
        let mut origin: Self = read.row(json)?;
        let host = json.get("DomainName");
        let website = host.and_then(|host| read.node(host.pointer("/Fn::Select/1/Fn::Split/1")?));
        let named = host.and_then(|host| read.text(host)).and_then(|host| bucket_of_host(read, &host));
        let website = website.or_else(|| named.filter(|(_, is_website)| *is_website).map(|(bucket, _)| bucket));
        origin.target = website.or_else(|| read.node(host?)).or(named.map(|(bucket, _)| bucket));
        origin.domain = match origin.target {
            Some(_) => String::new(),
            None => host.and_then(|host| read.text(host)).unwrap_or_default(),
        };
        // A host that only a deployment knows, and access by the older origin access identity, are not drawn.
        let identity = json.pointer("/S3OriginConfig/OriginAccessIdentity").is_some_and(|identity| identity != "");
        if identity || (origin.target.is_none() && origin.domain.is_empty() && host.is_some()) {
            read.leave_open("origins");
        }
        let control = json.get("OriginAccessControlId");
        if let Some(control) = control {
            // It belongs to the distribution and is written again with it.
            read.part_at(control);
        }
        origin.access = match (website, control, json.get("S3OriginConfig")) {
            (Some(_), ..) => OriginAccess::Website,
            (None, None, Some(_)) => OriginAccess::Public,
            _ => OriginAccess::Control,
        };
        if let Some(server) = json.get("CustomOriginConfig").filter(|_| website.is_none()) {
            if let Some(protocol) = server.get("OriginProtocolPolicy") {
                origin.protocol = read.parse(protocol)?;
            }
            let port = |key: &str| server.get(key).and_then(|port| read.text(port)).and_then(|port| port.parse().ok());
            origin.http_port = port("HTTPPort").unwrap_or(80);
            origin.https_port = port("HTTPSPort").unwrap_or(443);
        }
        Ok(origin)
    }
}

/// The bucket whose host this is, by its reference or its name, and whether it is that of its web site
/// (<https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html>).
fn bucket_of_host(read: &Read<'_>, host: &str) -> Option<(NodeId, bool)> {
    let host = host.strip_suffix(".cn").unwrap_or(host);
    let host = host.strip_suffix(".amazonaws.com").or_else(|| host.strip_suffix(".${AWS::URLSuffix}"))?;
    // The name of a bucket may have dots, and what follows it is one of few.
    let (at, service) = host
        .match_indices(".s3")
        .filter(|(at, _)| matches!(host.as_bytes().get(at + 3), None | Some(b'.' | b'-')))
        .last()?;
    let (bucket, after) = (host.get(..at)?, host.get(at + service.len()..)?);
    read.bucket(bucket).map(|bucket| (bucket, after.starts_with("-website")))
}

impl Irregular for Distribution {
    fn export(&self, emit: &mut Emit<'_>) {
        // An origin whose host only a deployment knows stays as the template has it.
        let drawn = emit.first_drawn::<Self>().cloned();
        let before = drawn.as_ref().map_or(&[][..], |drawn| &drawn.origins);
        let is_unknown = |at: usize, origin: &Origin| {
            let same =
                before.iter().enumerate().any(|(row, one)| one.is_hostless() && (row == at || one.name == origin.name));
            origin.is_hostless() && same
        };
        let one = |(at, origin): (usize, &Origin)| {
            origin.to_json(emit).or_else(|| is_unknown(at, origin).then(|| origin.without_host(emit)))
        };
        let mut origins: Vec<Json> = self.origins.iter().enumerate().filter_map(one).collect();
        if origins.is_empty() {
            emit.note(crate::message!(
                "원본이 없어서 {STAND_IN}을(를) 원본으로 적어 내보냈어요. S3 버킷이나 로드 밸런서를 연결하세요.",
                "There is no origin; {STAND_IN} stands in the template. Connect an S3 bucket or a load balancer."
            ));
            origins.extend(
                Origin { name: STAND_IN.to_owned(), domain: STAND_IN.to_owned(), ..Origin::default() }.to_json(emit),
            );
        }
        let names: Vec<String> =
            origins.iter().filter_map(|origin| Some(origin.get("Id")?.as_str()?.to_owned())).collect();
        let known = |mut behavior: CacheBehavior| {
            // A behaviour that names no origin could not be created.
            if !names.contains(&behavior.origin) {
                behavior.origin = names.first().cloned().unwrap_or_default();
            }
            behavior
        };
        emit.set_property("DistributionConfig.Origins", origins);
        emit.set_property("DistributionConfig.DefaultCacheBehavior", known(self.default_behavior()).to_json());
        let others: Vec<Json> = self
            .behaviors
            .iter()
            .filter(|one| !one.path.is_empty())
            .map(|one| Json::Object(known(one.clone()).to_json()))
            .collect();
        if !others.is_empty() {
            emit.set_property("DistributionConfig.CacheBehaviors", others);
        }
        emit.set_property("DistributionConfig.HttpVersion", "http2");
        match self.viewer_certificate(emit) {
            Some(certificate) => {
                emit.set_property("DistributionConfig.ViewerCertificate", certificate);
                let aliases: Vec<Json> = self.aliases.iter().map(|alias| emit.domain(alias)).collect();
                if !aliases.is_empty() {
                    emit.set_property("DistributionConfig.Aliases", aliases);
                }
            }
            // So does a certificate that is not drawn.
            None if drawn.as_ref().is_some_and(|drawn| drawn.certificate.is_none() && !drawn.aliases.is_empty()) => {
                let aliases: Vec<Json> = self.aliases.iter().map(|alias| emit.domain(alias)).collect();
                emit.set_property("DistributionConfig.Aliases", aliases);
            }
            None => {
                emit.set_property("DistributionConfig.ViewerCertificate.CloudFrontDefaultCertificate", true);
                emit.note(crate::message!(
                    "인증서가 없어서 대체 도메인 이름을 템플릿에 넣지 않았어요. us-east-1의 인증서를 고르세요.",
                    "Without a certificate the alternate domain names are not in the template. Choose one of us-east-1."
                ));
            }
        }
        if self.origins.iter().any(|origin| origin.is_controlled() && origin.reads_bucket(emit)) {
            emit.part(OriginAccess::PART, "AWS::CloudFront::OriginAccessControl", access_control(emit.logical()));
        }
        let logical = emit.logical();
        emit.output("DomainName", format!("Address of {logical}"), emit.attribute_of(emit.node(), "DomainName"));
    }

    fn import(&mut self, read: &Read<'_>) -> Result<(), Message> {
        let origins = read.list("DistributionConfig.Origins");
        self.origins = read.each("origins", origins, |json| Origin::from_json(read, json));
        if self.origins.len() < origins.len() {
            // Whose behaviours these are is not known without the names of all origins.
            ["default_origin", "behaviors"].into_iter().for_each(|field| read.leave_open(field));
        }
        let default = read.get("DistributionConfig.DefaultCacheBehavior");
        if let Some(json) = default {
            let fields = ["viewer_protocol", "cache_policy", "origin_request_policy"];
            let CacheBehavior {
                origin, viewer_protocol, methods, cache_policy, origin_request_policy, compress, ..
            } = CacheBehavior::from_json(read, json, fields);
            let first = self.origins.first().is_some_and(|first| first.name == origin);
            self.default_origin = if first { String::new() } else { origin };
            (self.viewer_protocol, self.methods, self.cache_policy) = (viewer_protocol, methods, cache_policy);
            (self.origin_request_policy, self.compress) = (origin_request_policy, compress);
        }
        let behaviors = read.list("DistributionConfig.CacheBehaviors").iter();
        self.behaviors = behaviors.map(|json| CacheBehavior::from_json(read, json, ["behaviors"; 3])).collect();
        // A behaviour may lead to a group of origins.
        let groups = read.list("DistributionConfig.OriginGroups.Items");
        let ids: Vec<String> = groups.iter().filter_map(|group| read.text(group.get("Id")?)).collect();
        let named = self.origins.iter().map(|origin| &origin.name).chain(&ids);
        read.weigh("default_origin");
        if ids.contains(&self.default_origin) || named.into_iter().any(|name| may_equal(name, &self.default_origin)) {
            read.leave_undecided("default_origin");
        }
        if self.behaviors.iter().any(|one| ids.contains(&one.origin)) {
            read.leave_undecided("behaviors");
        }
        let aliases = read.list("DistributionConfig.Aliases");
        self.aliases = read.each("aliases", aliases, |alias| read.parse(alias));
        self.certificate = read
            .get("DistributionConfig.ViewerCertificate.AcmCertificateArn")
            .and_then(|arn| read.refer("certificate", arn));
        let version = read.get("DistributionConfig.ViewerCertificate.MinimumProtocolVersion");
        read.read_into("minimum_tls", version, &mut self.minimum_tls);
        Ok(())
    }
}

/// How the distribution signs its requests to buckets. The name is the account's, so it begins with the stack's.
fn access_control(logical: &str) -> Object {
    let short: String = logical.chars().take(30).collect();
    let config = serde_json::json!({
        "Name": substitution(&format!("${{AWS::StackName}}-{short}")),
        "OriginAccessControlOriginType": "s3",
        "SigningBehavior": "always",
        "SigningProtocol": "sigv4",
    });
    object([("OriginAccessControlConfig", Some(config))])
}

/// The host of a bucket's web site: the third part of its address, after the scheme and two slashes.
fn website_host(url: &Json) -> Json {
    serde_json::json!({ "Fn::Select": [2, { "Fn::Split": ["/", url] }] })
}
