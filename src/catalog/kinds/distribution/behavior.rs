//! How a distribution treats the requests of some path, and what it answers instead of errors.

use super::{AllowedMethods, CachePolicy, OriginRequestPolicy, ViewerProtocol};
use crate::catalog::{Field, Record, Widget};
use crate::text::t;
use crate::{field, record};

/// What happens to the requests of some path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CacheBehavior {
    /// Path pattern, `*` and `?` allowed.
    pub path: String,
    /// Name of the origin.
    pub origin: String,
    /// Whether viewers may use HTTP.
    pub viewer_protocol: ViewerProtocol,
    /// Which methods pass.
    pub methods: AllowedMethods,
    /// How long content is kept.
    pub cache_policy: CachePolicy,
    /// What of a request goes on to the origin.
    pub origin_request_policy: OriginRequestPolicy,
    /// Whether text is compressed.
    pub compress: bool,
}

impl Default for CacheBehavior {
    fn default() -> Self {
        Self {
            path: "/api/*".to_owned(),
            origin: String::new(),
            viewer_protocol: ViewerProtocol::Redirect,
            methods: AllowedMethods::All,
            cache_policy: CachePolicy::Disabled,
            origin_request_policy: OriginRequestPolicy::ExceptHost,
            compress: true,
        }
    }
}

impl Record for CacheBehavior {
    const COLUMNS: &'static [Field<Self>] = &[
        field!(path, "경로 패턴", "Path pattern", Widget::Line).help("예: /api/*, *.jpg", "Such as /api/* or *.jpg."),
        field!(origin, "원본 이름", "Origin name", Widget::Line).help(
            "원본 표에 적은 이름이에요. 비우면 첫 번째 원본이에요.",
            "A name of the origins table. Empty is the first.",
        ),
        field!(viewer_protocol, "뷰어 프로토콜", "Viewer protocol", Widget::Choice(ViewerProtocol::CHOICES))
            .help("HTTP로 온 요청을 어떻게 할지예요.", "What to do with HTTP requests."),
        field!(methods, "허용된 HTTP 메서드", "Allowed methods", Widget::Choice(AllowedMethods::CHOICES))
            .help("API는 보통 모두 허용해요.", "An API usually needs all."),
        field!(cache_policy, "캐시 정책", "Cache policy", Widget::Choice(CachePolicy::CHOICES))
            .help("API는 CachingDisabled가 알맞아요.", "CachingDisabled suits an API."),
        field!(
            origin_request_policy,
            "원본 요청 정책",
            "Origin request policy",
            Widget::Choice(OriginRequestPolicy::CHOICES)
        )
        .help("원본에 함께 보낼 것이에요.", "What goes on to the origin."),
        field!(compress, "자동 압축", "Compress objects", Widget::Toggle)
            .help("글자 파일을 압축해서 보내요.", "Compresses text on its way."),
    ];
}
record!(CacheBehavior);

/// A page shown instead of an error of the origin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorPage {
    /// The origin's code.
    pub code: u16,
    /// The page shown.
    pub page: String,
    /// The code it is shown with.
    pub response: u16,
    /// Seconds the error is kept.
    pub ttl: u32,
}

impl Default for ErrorPage {
    fn default() -> Self {
        Self { code: 403, page: "/index.html".to_owned(), response: 200, ttl: 10 }
    }
}

const CODE: Widget = Widget::Number { min: 200, max: 599, unit: t("", "") };

impl Record for ErrorPage {
    const COLUMNS: &'static [Field<Self>] = &[
        field!(code, "원본의 오류 코드", "Error code", CODE)
            .property("ErrorCode")
            .help("비공개 버킷은 없는 파일에 403으로 답해요.", "A private bucket answers 403 for a file it lacks."),
        field!(page, "보여 줄 페이지", "Page", Widget::Line)
            .property("ResponsePagePath")
            .help("/로 시작하는 경로예요. 예: /index.html", "A path that begins with /, such as /index.html."),
        field!(response, "응답 코드", "Response code", CODE)
            .property("ResponseCode")
            .help("뷰어에게 보낼 코드예요.", "The code that viewers get."),
        field!(ttl, "캐시 시간", "Cached for", Widget::Number { min: 0, max: 31_536_000, unit: t("초", "s") })
            .property("ErrorCachingMinTTL")
            .help("이 오류를 기억해 두는 시간이에요.", "How long the error is kept."),
    ];
}
record!(ErrorPage);
