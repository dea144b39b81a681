//! An HTTP API of API Gateway: routes to functions and other servers, a stage, and a domain of one's own.

use std::collections::BTreeMap;

use crate::catalog::{
    Category, Field, FieldValue, Kind, Placement, Record, Resource, Shape, Spec, Value, Widget, columns,
};
use crate::cloudformation::{Emit, Read, pattern};
use crate::id::NodeId;
use crate::net::DomainName;
use crate::template::{Json, Object, attribute, object, reference, substitution};
use crate::text::{Message, pascal, t};
use crate::{choices, field, message, record};

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
            .when(|of: &Self| of.path != CATCH_ALL)
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
const CATCH_ALL: &str = "$default";
const ROUTE: &str = "AWS::ApiGatewayV2::Route";
const INTEGRATION: &str = "AWS::ApiGatewayV2::Integration";
const STAGE: &str = "AWS::ApiGatewayV2::Stage";
const MAPPING: &str = "AWS::ApiGatewayV2::ApiMapping";
const DOMAIN: &str = "AWS::ApiGatewayV2::DomainName";
const DEPLOYMENT: &str = "AWS::ApiGatewayV2::Deployment";
/// What the id of the domain's resource ends in.
const DOMAIN_PART: &str = "DomainName";

impl ApiRoute {
    /// Method and path as AWS writes them: `GET /users`.
    pub fn key(&self) -> String {
        if self.path == CATCH_ALL { CATCH_ALL.to_owned() } else { format!("{} {}", self.method.as_str(), self.path) }
    }

    /// Whether anyone answers.
    pub fn leads_somewhere(&self) -> bool {
        self.function.is_some() || !self.url.is_empty()
    }

    fn read_key(&mut self, key: &str) -> Result<(), Message> {
        match key.split_once(' ') {
            Some((method, path)) => {
                self.method = HttpMethod::from_value(&method.into())?;
                path.clone_into(&mut self.path);
            }
            None => key.clone_into(&mut self.path),
        }
        Ok(())
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
            stage: CATCH_ALL.to_owned(),
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

    /// Adds the integration that a route leads to, once, and gives its logical id.
    fn integration(emit: &mut Emit<'_>, route: &ApiRoute, made: &mut BTreeMap<String, String>) -> Option<String> {
        let of_function =
            route.function.filter(|id| emit.context().design.node(*id).is_some_and(|node| node.body.is_deployed()));
        let api = emit.refer(emit.node());
        let (suffix, properties) = match of_function {
            Some(function) => {
                let name = emit.logical_of(function);
                let properties = object([
                    ("ApiId", api.clone()),
                    ("IntegrationType", Some("AWS_PROXY".into())),
                    ("IntegrationUri", emit.refer(function)),
                    ("PayloadFormatVersion", Some("2.0".into())),
                ]);
                (format!("To{name}"), properties)
            }
            None if route.url.is_empty() => return None,
            None => {
                let properties = object([
                    ("ApiId", api.clone()),
                    ("IntegrationType", Some("HTTP_PROXY".into())),
                    ("IntegrationMethod", Some("ANY".into())),
                    ("IntegrationUri", Some(pattern(&route.url))),
                    ("PayloadFormatVersion", Some("1.0".into())),
                ]);
                (format!("ToUrl{}", pascal(&route.url)), properties)
            }
        };
        let id = emit.part_id(emit.node(), &suffix);
        if made.insert(suffix.clone(), id.clone()).is_none() {
            emit.part(suffix, INTEGRATION, properties);
            if let Some(function) = of_function {
                let calls = object([
                    ("FunctionName", emit.refer(function)),
                    ("Action", Some("lambda:InvokeFunction".into())),
                    ("Principal", Some("apigateway.amazonaws.com".into())),
                    ("SourceArn", Some(substitution(&format!("{CALLERS}${{{}}}/*", emit.logical())))),
                ]);
                emit.part(format!("Calls{}", emit.logical_of(function)), "AWS::Lambda::Permission", calls);
            }
        }
        Some(id)
    }

    fn put_stage(&self, emit: &mut Emit<'_>, routes: Vec<String>) {
        let api = emit.refer(emit.node());
        let mut stage = object([("ApiId", api.clone()), ("StageName", Some(self.stage_name().into()))]);
        if self.auto_deploy {
            stage.insert("AutoDeploy".to_owned(), true.into());
        } else {
            emit.part("Deployment", DEPLOYMENT, object([("ApiId", api.clone())]));
            for route in routes {
                emit.part_depends_on(Some(route));
            }
            stage.insert("DeploymentId".to_owned(), reference(&emit.part_id(emit.node(), "Deployment")));
        }
        emit.part("Stage", STAGE, stage);
        let certificate = self.certificate.and_then(|id| emit.refer(id));
        if let (Some(domain), Some(certificate)) = (&self.domain, certificate) {
            let name = emit.domain(domain);
            let configuration = serde_json::json!([{
                "CertificateArn": certificate, "EndpointType": "REGIONAL", "SecurityPolicy": "TLS_1_2",
            }]);
            let properties = object([("DomainName", Some(name)), ("DomainNameConfigurations", Some(configuration))]);
            emit.part(DOMAIN_PART, DOMAIN, properties);
            let part = |suffix: &str| reference(&emit.part_id(emit.node(), suffix));
            let mapping =
                object([("ApiId", api), ("DomainName", Some(part(DOMAIN_PART))), ("Stage", Some(part("Stage")))]);
            emit.part("Mapping", MAPPING, mapping);
        }
    }

    fn stage_name(&self) -> &str {
        if self.stage.is_empty() { CATCH_ALL } else { &self.stage }
    }

    fn read_routes(read: &Read<'_>) -> Result<Vec<ApiRoute>, Message> {
        let mut routes = Vec::new();
        // What no route leads to any more is this API's own all the same.
        read.parts(INTEGRATION, "ApiId");
        for json in read.parts(ROUTE, "ApiId") {
            let mut route = ApiRoute::default();
            if let Some(key) = json.get("RouteKey").and_then(|key| read.text(key)) {
                route.read_key(&key)?;
            }
            let target = json.get("Target").and_then(|target| read.text(target)).unwrap_or_default();
            let target = target.strip_prefix("integrations/${").and_then(|rest| rest.strip_suffix('}'));
            let integration = target.map(reference).and_then(|to| read.part_at(&to));
            if let Some(uri) = integration.and_then(|properties| properties.get("IntegrationUri")) {
                route.function = read.node(uri);
                if route.function.is_none() {
                    route.url = read.pattern(uri).unwrap_or_default();
                }
            }
            // A service of AWS, a queue say, answers too, and a mock does; what answers a WebSocket has other keys.
            if integration.is_some() && !route.leads_somewhere() || target.is_none() && json.contains_key("Target") {
                read.leave_undecided("routes");
            }
            routes.push(route);
        }
        if read.get("ProtocolType").and_then(Json::as_str) != Some("HTTP") {
            read.leave_undecided("routes");
        }
        Ok(routes)
    }
}

/// The alias of a record that leads to an API by its own domain; nothing for an API without one, or for another resource.
pub(super) fn alias(emit: &Emit<'_>, target: NodeId) -> Option<Json> {
    emit.context().design.get::<ApiGateway>(target).filter(|api| api.has_domain())?;
    let domain = emit.part_id(target, DOMAIN_PART);
    Some(serde_json::json!({
        "DNSName": attribute(&domain, "RegionalDomainName"),
        "HostedZoneId": attribute(&domain, "RegionalHostedZoneId"),
        "EvaluateTargetHealth": false,
    }))
}

/// The API whose domain's resource an expression names.
pub(super) fn owner_of_domain(read: &Read<'_>, json: &Json) -> Option<NodeId> {
    let name = json.get("Fn::GetAtt")?.get(0)?.as_str()?.strip_suffix(DOMAIN_PART)?;
    read.node(&reference(name))
}

/// What the ARN begins with that calls of an API have.
const CALLERS: &str = "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:";

impl Resource for ApiGateway {
    const KIND: Kind = Kind::ApiGateway;
    const SPEC: Spec = Spec {
        id: "api_gateway",
        label: t("API Gateway", "API Gateway"),
        summary: t(
            "인터넷의 HTTP 요청을 받아 Lambda 함수나 다른 서버로 넘겨요. 요청 수만큼 요금이 들어요.",
            "Takes HTTP requests from the internet and hands them to Lambda functions or servers. Billed by the request.",
        ),
        category: Category::Serverless,
        cloudformation_type: "AWS::ApiGatewayV2::Api",
        placement: Placement { root: true, parents: &[Kind::Region] },
        shape: Shape::Tile,
        ancestors: &[],
        tags: false,
        keywords: &["api", "http api", "rest", "serverless", "서버리스", "라우트"],
        source: "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api.html",
    };
    const FIELDS: &'static [Field<Self>] = &[
        field!(api_name, "API 이름", "API name", Widget::Line)
            .property("Name")
            .help("콘솔에 보이는 이름이에요.", "What the console calls it."),
        field!(routes, "라우트", "Routes", Widget::Table(columns::<ApiRoute>))
            .help("메서드와 경로에 따라 요청이 갈 곳이에요.", "Where requests go by method and path."),
        field!(stage, "스테이지", "Stage", Widget::Line)
            .help("$default면 주소에 스테이지 이름이 붙지 않아요.", "$default adds no name to the address."),
        field!(auto_deploy, "자동 배포", "Automatic deployment", Widget::Toggle).help(
            "끄면 배포할 때까지 바뀐 라우트가 쓰이지 않아요.",
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
        let path = if self.routes.is_empty() { "/" } else { CATCH_ALL };
        let row = ApiRoute { method: HttpMethod::Any, path: path.to_owned(), function: Some(to), url: String::new() };
        (other == Kind::LambdaFunction).then(|| ("routes", row.to_value()))
    }

    fn export(&self, emit: &mut Emit<'_>) {
        if self.api_name.is_empty() {
            emit.put("Name", emit.name());
        }
        emit.put("ProtocolType", "HTTP");
        let (mut integrations, mut routes) = (BTreeMap::new(), Vec::new());
        for route in &self.routes {
            let Some(integration) = Self::integration(emit, route, &mut integrations) else {
                let key = route.key();
                emit.note(message!(
                    "라우트 {key}은(는) 갈 곳이 없어서 템플릿에 넣지 못했어요.",
                    "Route {key} leads nowhere and is not in the template."
                ));
                continue;
            };
            let mut properties = Object::new();
            properties.extend(emit.refer(emit.node()).map(|api| ("ApiId".to_owned(), api)));
            properties.insert("RouteKey".to_owned(), route.key().into());
            properties.insert("Target".to_owned(), substitution(&format!("integrations/${{{integration}}}")));
            let suffix = format!("Route{}", pascal(&route.key()));
            routes.push(emit.part_id(emit.node(), &suffix));
            emit.part(suffix, ROUTE, properties);
        }
        self.put_stage(emit, routes);
        let endpoint = emit.attribute_of(emit.node(), "ApiEndpoint");
        emit.output("Url", format!("Address of {}", emit.logical()), endpoint);
    }

    fn import(&mut self, read: &Read<'_>) -> Result<(), Message> {
        self.routes = Self::read_routes(read)?;
        read.parts(DEPLOYMENT, "ApiId");
        if let Some(stage) = read.parts(STAGE, "ApiId").first() {
            self.stage = stage.get("StageName").and_then(|name| read.text(name)).unwrap_or_default();
            self.auto_deploy = stage.get("AutoDeploy").and_then(Json::as_bool).unwrap_or_default();
        }
        let mapping = read.parts(MAPPING, "ApiId").first().and_then(|mapping| mapping.get("DomainName"));
        if let Some(domain) = mapping.and_then(|name| read.part_at(name)) {
            self.domain = domain.get("DomainName").map(|name| read.parse(name)).transpose()?;
            let configuration = domain.get("DomainNameConfigurations").and_then(|list| list.get(0));
            self.certificate = configuration.and_then(|one| read.node(one.get("CertificateArn")?));
        }
        Ok(())
    }
}
