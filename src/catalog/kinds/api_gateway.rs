//! An HTTP API of API Gateway: routes to functions and other servers, a stage, and a domain of one's own.

use crate::catalog::{
    Category, Field, FieldValue, Kind, Placement, Record, Resource, Shape, Spec, Value, Widget, columns,
};
use crate::id::NodeId;
use crate::net::DomainName;
use crate::text::{Text, t};
use crate::{choices, field, record};

choices! {
    /// The method of a request.
    pub enum HttpMethod {
        Any = "ANY" ("모두", "Any"),
        Get = "GET" ("GET", "GET"),
        Post = "POST" ("POST", "POST"),
        Put = "PUT" ("PUT", "PUT"),
        Patch = "PATCH" ("PATCH", "PATCH"),
        Delete = "DELETE" ("DELETE", "DELETE"),
        Head = "HEAD" ("HEAD", "HEAD"),
        Options = "OPTIONS" ("OPTIONS", "OPTIONS"),
    }
}

/// Where requests of a method and path go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiRoute {
    /// Which method.
    pub method: HttpMethod,
    /// Which path, `/users/{id}`; `$default` takes what no other route does.
    pub path: String,
    /// The function that answers.
    pub function: Option<NodeId>,
    /// The address of another server that answers.
    pub url: String,
}

impl Default for ApiRoute {
    fn default() -> Self {
        Self { method: HttpMethod::Get, path: "/".to_owned(), function: None, url: String::new() }
    }
}

impl Record for ApiRoute {
    const COLUMNS: &'static [Field<Self>] = &[
        field!(method, "메서드", "Method", Widget::Choice(HttpMethod::CHOICES))
            .when(|of: &Self| of.path != DEFAULT_ROUTE)
            .help("받을 요청의 메서드예요.", "The method of requests it takes."),
        field!(path, "경로", "Path", Widget::Line).help(
            "예: /, /users/{id}, /files/{proxy+}. $default는 나머지를 모두 받아요.",
            "Such as /, /users/{id} or /files/{proxy+}. $default takes all the rest.",
        ),
        field!(function, "Lambda 함수", "Lambda function", Widget::Reference(&[Kind::LambdaFunction]))
            .help("요청에 답할 함수예요.", "The function that answers."),
        field!(url, "HTTP 주소", "HTTP URL", Widget::Line).when(|of: &Self| of.function.is_none()).help(
            "함수 대신 답할 서버의 주소예요. 예: https://example.com/api",
            "A server that answers instead, such as https://example.com/api.",
        ),
    ];
}
record!(ApiRoute);

/// The route that takes what no other does.
pub const DEFAULT_ROUTE: &str = "$default";

impl ApiRoute {
    /// Method and path as AWS writes them: `GET /users`.
    pub fn key(&self) -> String {
        if self.path == DEFAULT_ROUTE {
            DEFAULT_ROUTE.to_owned()
        } else {
            format!("{} {}", self.method.as_str(), self.path)
        }
    }

    /// Whether anyone answers.
    pub fn leads_somewhere(&self) -> bool {
        self.function.is_some() || !self.url.is_empty()
    }
}

/// Takes requests from the internet and hands them to functions or servers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiGateway {
    /// Its name.
    pub api_name: String,
    /// Where requests go.
    pub routes: Vec<ApiRoute>,
    /// The stage that is called; `$default` stands in no path.
    pub stage: String,
    /// Whether each change is live at once.
    pub auto_deploy: bool,
    /// Pages of which sites may call it from a browser: `https://www.example.com`, or `*`.
    pub cors_origins: Vec<String>,
    /// With which methods.
    pub cors_methods: Vec<String>,
    /// With which headers.
    pub cors_headers: Vec<String>,
    /// A name of one's own.
    pub domain: Option<DomainName>,
    /// The certificate for that name.
    pub certificate: Option<NodeId>,
}

impl Default for ApiGateway {
    fn default() -> Self {
        Self {
            api_name: "api".to_owned(),
            routes: Vec::new(),
            stage: DEFAULT_ROUTE.to_owned(),
            auto_deploy: true,
            cors_origins: Vec::new(),
            cors_methods: Vec::new(),
            cors_headers: Vec::new(),
            domain: None,
            certificate: None,
        }
    }
}

impl ApiGateway {
    fn has_cors(&self) -> bool {
        !self.cors_origins.is_empty()
    }

    /// Whether it has a name of its own that can be made: one with a certificate.
    pub fn has_domain(&self) -> bool {
        self.domain.is_some() && self.certificate.is_some()
    }
}

impl Resource for ApiGateway {
    const KIND: Kind = Kind::ApiGateway;
    const SPEC: Spec = Spec {
        id: "api_gateway",
        label: t("API Gateway", "API Gateway"),
        category: Category::Serverless,
        cloudformation_type: "AWS::ApiGatewayV2::Api",
        placement: Placement { root: true, parents: &[Kind::Region] },
        shape: Shape::Tile,
        ancestors: &[],
        tags: false,
        keywords: &["api", "http api", "rest", "serverless", "서버리스", "라우트"],
    };
    const SUMMARY: Text = t(
        "인터넷의 HTTP 요청을 받아 Lambda 함수나 다른 서버로 넘겨요. 요청 수만큼 요금이 들어요.",
        "Takes HTTP requests from the internet and hands them to Lambda functions or servers. Billed by the request.",
    );
    const SOURCE: &'static str = "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api.html";
    const FIELDS: &'static [Field<Self>] = &[
        field!(api_name, "API 이름", "API name", Widget::Line)
            .property("Name")
            .help("콘솔에 보이는 이름이에요.", "What the console calls it."),
        field!(routes, "라우팅", "Routes", Widget::Table(columns::<ApiRoute>))
            .help("메서드와 경로에 따라 요청이 갈 곳이에요.", "Where requests go by method and path."),
        field!(stage, "스테이지", "Stage", Widget::Line)
            .help("$default면 주소에 스테이지 이름이 붙지 않아요.", "$default adds no name to the address."),
        field!(auto_deploy, "자동 배포", "Automatic deployment", Widget::Toggle).help(
            "끄면 배포할 때까지 바뀐 라우팅이 쓰이지 않아요.",
            "Off, changed routes are not used until they are deployed.",
        ),
        field!(cors_origins, "CORS 출처", "CORS origins", Widget::List)
            .property("CorsConfiguration.AllowOrigins")
            .help(
                "브라우저에서 이 API를 부를 수 있는 사이트예요. 예: https://www.example.com",
                "Sites whose pages may call it, such as https://www.example.com.",
            ),
        field!(cors_methods, "CORS 메서드", "CORS methods", Widget::List)
            .property("CorsConfiguration.AllowMethods")
            .when(Self::has_cors)
            .help("예: GET, POST, *", "Such as GET, POST or *."),
        field!(cors_headers, "CORS 헤더", "CORS headers", Widget::List)
            .property("CorsConfiguration.AllowHeaders")
            .when(Self::has_cors)
            .help("예: content-type, authorization", "Such as content-type or authorization."),
        field!(domain, "사용자 지정 도메인", "Custom domain", Widget::Line).help(
            "예: api.example.com. 이 이름의 별칭 레코드도 필요해요.",
            "Such as api.example.com. The name needs an alias record too.",
        ),
        field!(certificate, "인증서", "Certificate", Widget::Reference(&[Kind::Certificate])).help(
            "도메인을 담은, 같은 리전의 ACM 인증서예요.",
            "An ACM certificate for the domain, of the same region.",
        ),
    ];

    fn connect_row(&self, to: NodeId, other: Kind) -> Option<(&'static str, Value)> {
        let path = if self.routes.is_empty() { "/" } else { DEFAULT_ROUTE };
        let row = ApiRoute { method: HttpMethod::Any, path: path.to_owned(), function: Some(to), url: String::new() };
        (other == Kind::LambdaFunction).then(|| ("routes", row.to_value()))
    }
}
