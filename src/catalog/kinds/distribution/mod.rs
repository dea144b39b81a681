//! A CloudFront distribution: edge locations before a bucket, a load balancer or any other server.

mod behavior;
mod origin;

pub use behavior::{CacheBehavior, ErrorPage};
pub use origin::{Origin, OriginAccess, OriginProtocol};

use crate::catalog::{Category, Field, FieldValue, Kind, Placement, Resource, Shape, Spec, Value, Widget, columns};
use crate::id::NodeId;
use crate::net::DomainName;
use crate::text::{Text, t};
use crate::{choices, field};

choices! {
    /// What viewers may use.
    pub enum ViewerProtocol {
        Redirect = "redirect-to-https" ("HTTP를 HTTPS로 리디렉션", "Redirect HTTP to HTTPS"),
        HttpsOnly = "https-only" ("HTTPS만 허용", "HTTPS only"),
        All = "allow-all" ("HTTP와 HTTPS 모두 허용", "HTTP and HTTPS"),
    }
}

choices! {
    /// AWS's own cache policies.
    pub enum CachePolicy {
        Optimized = "658327ea-f89d-4fab-a63d-7e88639e58f6" ("CachingOptimized(정적 파일)", "CachingOptimized (static files)"),
        Disabled = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad" ("CachingDisabled(캐시 안 함)", "CachingDisabled"),
        Origin = "83da9c7e-98b4-4e11-a168-04f0df8e2c65" ("UseOriginCacheControlHeaders(원본의 헤더대로)", "UseOriginCacheControlHeaders"),
        Uncompressed = "b2884449-e4de-46a7-ac36-70bc7f1ddd6d" ("CachingOptimizedForUncompressedObjects", "CachingOptimizedForUncompressedObjects"),
    }
}

choices! {
    /// AWS's own policies on what of a request goes on to the origin.
    pub enum OriginRequestPolicy {
        None = "none" ("보내지 않음", "Nothing more"),
        AllViewer = "216adef6-5c7f-47e4-b989-5492eafa07d3" ("AllViewer(헤더, 쿠키, 쿼리 모두)", "AllViewer (headers, cookies, query)"),
        ExceptHost = "b689b0a8-53d0-40ab-baf2-68738e2966ac" ("AllViewerExceptHostHeader", "AllViewerExceptHostHeader"),
        Cors = "88a5eaf4-2fd4-4709-b370-b4c650ea3fcf" ("CORS-S3Origin", "CORS-S3Origin"),
    }
}

choices! {
    /// Which requests are let through.
    pub enum AllowedMethods {
        Read = "read" ("GET, HEAD", "GET, HEAD"),
        Options = "options" ("GET, HEAD, OPTIONS", "GET, HEAD, OPTIONS"),
        All = "all" ("모두(POST, PUT, DELETE 포함)", "All, POST, PUT and DELETE too"),
    }
}

impl AllowedMethods {
    /// As a list of methods.
    pub const fn methods(self) -> &'static [&'static str] {
        match self {
            Self::Read => &["GET", "HEAD"],
            Self::Options => &["GET", "HEAD", "OPTIONS"],
            Self::All => &["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"],
        }
    }
}

choices! {
    /// Which edge locations serve it.
    pub enum PriceClass {
        Us = "PriceClass_100" ("북미와 유럽", "North America and Europe"),
        Asia = "PriceClass_200" ("북미, 유럽, 아시아, 중동, 아프리카", "The same, Asia, Middle East and Africa"),
        All = "PriceClass_All" ("모든 엣지 로케이션", "All edge locations"),
    }
}

choices! {
    /// The oldest TLS version for viewers.
    pub enum ViewerTls {
        V12Of2021 = "TLSv1.2_2021" ("TLSv1.2_2021(권장)", "TLSv1.2_2021 (recommended)"),
        V12Of2019 = "TLSv1.2_2019" ("TLSv1.2_2019", "TLSv1.2_2019"),
        V12Of2018 = "TLSv1.2_2018" ("TLSv1.2_2018", "TLSv1.2_2018"),
        V11 = "TLSv1.1_2016" ("TLSv1.1_2016", "TLSv1.1_2016"),
        V1 = "TLSv1" ("TLSv1", "TLSv1"),
    }
}

/// Serves an origin's content from edge locations near the viewer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Distribution {
    /// Where content comes from.
    pub origins: Vec<Origin>,
    /// Name of the origin of the default behaviour; empty is the first.
    pub default_origin: String,
    /// The object for the root of the site.
    pub default_root_object: String,
    /// Names of its own beside `….cloudfront.net`.
    pub aliases: Vec<DomainName>,
    /// Certificate for the aliases; of us-east-1.
    pub certificate: Option<NodeId>,
    /// Oldest TLS version.
    pub minimum_tls: ViewerTls,
    /// Whether viewers may use HTTP.
    pub viewer_protocol: ViewerProtocol,
    /// Which methods pass.
    pub methods: AllowedMethods,
    /// How long content is kept.
    pub cache_policy: CachePolicy,
    /// What of a request goes on to the origin.
    pub origin_request_policy: OriginRequestPolicy,
    /// Whether text is compressed on its way.
    pub compress: bool,
    /// Behaviours for some paths, tried before the default one.
    pub behaviors: Vec<CacheBehavior>,
    /// Pages shown instead of errors of the origin.
    pub error_pages: Vec<ErrorPage>,
    /// Which edge locations serve it.
    pub price_class: PriceClass,
    /// Whether it answers by IPv6 too.
    pub ipv6: bool,
    /// Whether it serves at all.
    pub enabled: bool,
}

impl Default for Distribution {
    fn default() -> Self {
        Self {
            origins: Vec::new(),
            default_origin: String::new(),
            default_root_object: "index.html".to_owned(),
            aliases: Vec::new(),
            certificate: None,
            minimum_tls: ViewerTls::V12Of2021,
            viewer_protocol: ViewerProtocol::Redirect,
            methods: AllowedMethods::Read,
            cache_policy: CachePolicy::Optimized,
            origin_request_policy: OriginRequestPolicy::None,
            compress: true,
            behaviors: Vec::new(),
            error_pages: Vec::new(),
            price_class: PriceClass::Asia,
            ipv6: true,
            enabled: true,
        }
    }
}

impl Distribution {
    /// Whether one of its own names is this, or a wildcard over it.
    pub fn answers_to(&self, name: &DomainName) -> bool {
        self.aliases.iter().any(|alias| alias.covers(name))
    }

    /// The origin of the default behaviour.
    pub fn main_origin(&self) -> Option<&Origin> {
        let named = self.origins.iter().find(|origin| origin.name == self.default_origin);
        named.or_else(|| self.origins.first())
    }
}

impl Resource for Distribution {
    const KIND: Kind = Kind::Distribution;
    const SPEC: Spec = Spec {
        id: "cloudfront_distribution",
        label: t("CloudFront 배포", "CloudFront distribution"),
        category: Category::Network,
        cloudformation_type: "AWS::CloudFront::Distribution",
        placement: Placement { root: true, parents: &[Kind::Region] },
        shape: Shape::Tile,
        ancestors: &[],
        tags: true,
        keywords: &["cloudfront", "cdn", "edge", "엣지", "캐시", "cache", "클라우드프런트", "oac"],
    };
    const SUMMARY: Text = t(
        "전 세계 엣지 로케이션에서 콘텐츠를 빠르게 전달하는 CDN이에요. 비공개 S3 버킷을 HTTPS와 내 도메인으로 공개할 때 써요.",
        "A CDN that serves content from edge locations around the world; publishes a private S3 bucket by HTTPS under your own name.",
    );
    const SOURCE: &'static str = "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/Introduction.html";
    const FIELDS: &'static [Field<Self>] = &[
        field!(origins, "원본", "Origins", Widget::Table(columns::<Origin>)).help(
            "콘텐츠를 가져올 곳이에요. S3 버킷, 로드 밸런서 또는 도메인 이름이에요.",
            "Where content comes from: an S3 bucket, a load balancer or a domain name.",
        ),
        field!(default_origin, "기본 원본", "Default origin", Widget::Line).help(
            "기본 동작이 쓰는 원본의 이름이에요. 비우면 첫 번째 원본이에요.",
            "Name of the origin of the default behaviour. Empty is the first one.",
        ),
        field!(default_root_object, "기본 루트 객체", "Default root object", Widget::Line)
            .property("DistributionConfig.DefaultRootObject")
            .help(
                "주소만 입력했을 때 보여 줄 파일이에요. 예: index.html",
                "The file for the bare address, such as index.html.",
            ),
        field!(aliases, "대체 도메인 이름", "Alternate domain names", Widget::List).help(
            "이 배포에 쓸 내 도메인이에요. 인증서가 이 이름을 덮어야 해요.",
            "Your own names for it. The certificate must cover them.",
        ),
        field!(certificate, "인증서", "Certificate", Widget::Reference(&[Kind::Certificate])).help(
            "버지니아 북부(us-east-1)에서 만든 ACM 인증서만 쓸 수 있어요.",
            "Only an ACM certificate made in N. Virginia (us-east-1) works.",
        ),
        field!(minimum_tls, "보안 정책", "Security policy", Widget::Choice(ViewerTls::CHOICES))
            .when(|of: &Self| of.certificate.is_some())
            .help("받아들일 가장 낮은 TLS 버전이에요.", "The oldest TLS version it accepts."),
        field!(viewer_protocol, "뷰어 프로토콜", "Viewer protocol", Widget::Choice(ViewerProtocol::CHOICES))
            .help("HTTP로 온 요청을 HTTPS로 돌려보내는 것이 좋아요.", "Sending HTTP requests on to HTTPS is best."),
        field!(methods, "허용된 HTTP 메서드", "Allowed methods", Widget::Choice(AllowedMethods::CHOICES))
            .help("정적 사이트는 GET과 HEAD면 충분해요.", "GET and HEAD are enough for a static site."),
        field!(cache_policy, "캐시 정책", "Cache policy", Widget::Choice(CachePolicy::CHOICES)).help(
            "정적 파일은 CachingOptimized, API는 CachingDisabled가 알맞아요.",
            "CachingOptimized for files, CachingDisabled for an API.",
        ),
        field!(
            origin_request_policy,
            "원본 요청 정책",
            "Origin request policy",
            Widget::Choice(OriginRequestPolicy::CHOICES)
        )
        .help(
            "쿠키나 쿼리 문자열처럼 원본에 함께 보낼 것이에요.",
            "What goes on to the origin, such as cookies and query strings.",
        ),
        field!(compress, "자동 압축", "Compress objects", Widget::Toggle)
            .help("글자 파일을 압축해서 보내요.", "Compresses text on its way."),
        field!(behaviors, "경로별 동작", "Behaviours by path", Widget::Table(columns::<CacheBehavior>)).help(
            "어떤 경로는 다른 원본으로 보내거나 다르게 캐시해요. 위에서부터 맞춰 봐요.",
            "Other origins or caching for some paths, tried from the top.",
        ),
        field!(error_pages, "오류 페이지", "Error pages", Widget::Table(columns::<ErrorPage>))
            .property("DistributionConfig.CustomErrorResponses")
            .help(
                "원본의 오류 대신 보여 줄 페이지예요. SPA는 403과 404를 /index.html로 답해요.",
                "Pages instead of the origin's errors. A single-page app answers 403 and 404 with /index.html.",
            ),
        field!(price_class, "가격 분류", "Price class", Widget::Choice(PriceClass::CHOICES))
            .property("DistributionConfig.PriceClass")
            .help("한국의 엣지 로케이션은 두 번째부터 들어가요.", "Edge locations in Korea come with the second."),
        field!(ipv6, "IPv6", "IPv6", Widget::Toggle).property("DistributionConfig.IPV6Enabled").help(
            "IPv6 주소로도 답해요. 그러면 AAAA 별칭 레코드도 만들 수 있어요.",
            "Answers by IPv6 too; an AAAA alias then works as well.",
        ),
        field!(enabled, "사용", "Enabled", Widget::Toggle).property("DistributionConfig.Enabled").help(
            "끄면 요청에 답하지 않아요. 지우려면 먼저 꺼야 해요.",
            "Off answers nothing. It must be off before it can be deleted.",
        ),
    ];

    fn connect_row(&self, to: NodeId, other: Kind) -> Option<(&'static str, Value)> {
        let (base, protocol) = match other {
            Kind::S3Bucket => ("site", OriginProtocol::Https),
            // The name of a balancer is on nobody's certificate.
            Kind::LoadBalancer => ("app", OriginProtocol::Http),
            _ => return None,
        };
        let taken = |name: &String| self.origins.iter().any(|origin| origin.name == *name);
        let mut names = std::iter::once(base.to_owned()).chain((2..).map(|number| format!("{base}-{number}")));
        let name = names.find(|name| !taken(name)).unwrap_or_default();
        let origin = Origin { name, target: Some(to), protocol, ..Origin::default() };
        Some(("origins", origin.to_value()))
    }

    fn caption(&self) -> Option<String> {
        self.aliases.first().map(ToString::to_string)
    }
}
