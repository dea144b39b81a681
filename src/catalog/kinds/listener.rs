//! A listener of a load balancer: a port, a default action, and rules by priority.

use crate::catalog::{
    Category, Field, FieldValue, Kind, Placement, Record, Resource, Shape, Spec, Value, Widget, columns,
};
use crate::cloudformation::{Emit, Read};
use crate::id::NodeId;
use crate::template::{Json, Object, object};
use crate::text::{Message, t};
use crate::{choices, field, record};

choices! {
    /// What a listener accepts.
    pub enum ListenerProtocol {
        Http = "HTTP" ("HTTP", "HTTP"),
        Https = "HTTPS" ("HTTPS", "HTTPS"),
        Tcp = "TCP" ("TCP", "TCP"),
        Udp = "UDP" ("UDP", "UDP"),
        TcpUdp = "TCP_UDP" ("TCP_UDP", "TCP_UDP"),
        Tls = "TLS" ("TLS", "TLS"),
        Geneve = "GENEVE" ("GENEVE(GWLB)", "GENEVE (GWLB)"),
    }
}

impl ListenerProtocol {
    /// Whether it needs a certificate.
    pub const fn is_secure(self) -> bool {
        matches!(self, Self::Https | Self::Tls)
    }

    /// Whether it is an ALB's.
    pub const fn is_http(self) -> bool {
        matches!(self, Self::Http | Self::Https)
    }
}

choices! {
    /// What happens to a request.
    pub enum ActionType {
        Forward = "forward" ("전달", "Forward"),
        Redirect = "redirect" ("리디렉션", "Redirect"),
        FixedResponse = "fixed-response" ("고정 응답", "Fixed response"),
    }
}

choices! {
    /// How a redirect answers.
    pub enum RedirectStatus {
        Permanent = "HTTP_301" ("영구 이동(301)", "Moved permanently (301)"),
        Temporary = "HTTP_302" ("임시 이동(302)", "Found (302)"),
    }
}

/// A target group with its share of a forward action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forward {
    /// Where to.
    pub target_group: Option<NodeId>,
    /// Share among the groups of the action, 0 to 999.
    pub weight: u16,
}

impl Default for Forward {
    fn default() -> Self {
        Self { target_group: None, weight: 1 }
    }
}

impl Record for Forward {
    const COLUMNS: &'static [Field<Self>] = &[
        field!(target_group, "대상 그룹", "Target group", Widget::Reference(&[Kind::TargetGroup]))
            .property("TargetGroupArn")
            .help("요청을 받을 대상 그룹이에요.", "The target group that gets the requests."),
        field!(weight, "가중치", "Weight", Widget::Number { min: 0, max: 999, unit: t("", "") })
            .property("Weight")
            .help("여러 대상 그룹에 나누는 비율이에요.", "Its share among several target groups."),
    ];
}
record!(Forward);

/// Declares the members that a default action and a rule's action share, as fields of the struct at hand.
macro_rules! action_fields {
    ($at:literal; $($rest:expr),* $(,)?) => {
        &[
            $($rest,)*
            field!(action, "작업", "Action", Widget::Choice(ActionType::CHOICES))
                .property(concat!($at, ".Type"))
                .help("요청을 전달하거나, 다른 주소로 돌리거나, 바로 답해요.", "Pass requests on, send them elsewhere, or answer at once."),
            field!(forwards, "전달할 대상 그룹", "Forward to", Widget::Table(columns::<Forward>))
                .property(concat!($at, ".ForwardConfig.TargetGroups"))
                .when(|of: &Self| of.action == ActionType::Forward)
                .help("하나면 모두 그리로, 여럿이면 가중치대로 나눠요.", "One gets all; several share by weight."),
            field!(redirect_protocol, "리디렉션 프로토콜", "Redirect protocol", Widget::Line)
                .property(concat!($at, ".RedirectConfig.Protocol"))
                .when(|of: &Self| of.action == ActionType::Redirect)
                .help("HTTP, HTTPS 또는 그대로 두는 #{protocol}이에요.", "HTTP, HTTPS, or #{protocol} to keep it."),
            field!(redirect_port, "리디렉션 포트", "Redirect port", Widget::Line)
                .property(concat!($at, ".RedirectConfig.Port"))
                .when(|of: &Self| of.action == ActionType::Redirect)
                .help("포트 번호 또는 그대로 두는 #{port}예요.", "A port number, or #{port} to keep it."),
            field!(redirect_host, "리디렉션 호스트", "Redirect host", Widget::Line)
                .property(concat!($at, ".RedirectConfig.Host"))
                .when(|of: &Self| of.action == ActionType::Redirect)
                .help("호스트 이름 또는 그대로 두는 #{host}예요.", "A host name, or #{host} to keep it."),
            field!(redirect_path, "리디렉션 경로", "Redirect path", Widget::Line)
                .property(concat!($at, ".RedirectConfig.Path"))
                .when(|of: &Self| of.action == ActionType::Redirect)
                .help("/로 시작하는 경로 또는 그대로 두는 /#{path}예요.", "A path that starts with /, or /#{path} to keep it."),
            field!(redirect_query, "리디렉션 쿼리", "Redirect query", Widget::Line)
                .property(concat!($at, ".RedirectConfig.Query"))
                .when(|of: &Self| of.action == ActionType::Redirect)
                .help("쿼리 문자열 또는 그대로 두는 #{query}예요.", "A query string, or #{query} to keep it."),
            field!(redirect_status, "리디렉션 상태 코드", "Redirect status", Widget::Choice(RedirectStatus::CHOICES))
                .property(concat!($at, ".RedirectConfig.StatusCode"))
                .when(|of: &Self| of.action == ActionType::Redirect)
                .help("301은 브라우저가 기억하고, 302는 기억하지 않아요.", "Browsers remember a 301 and not a 302."),
            field!(response_code, "응답 코드", "Response code", Widget::Line)
                .property(concat!($at, ".FixedResponseConfig.StatusCode"))
                .when(|of: &Self| of.action == ActionType::FixedResponse)
                .help("2XX, 4XX, 5XX 가운데 하나예요. 예: 404", "A 2XX, 4XX or 5XX code, such as 404."),
            field!(response_type, "응답 형식", "Content type", Widget::Line)
                .property(concat!($at, ".FixedResponseConfig.ContentType"))
                .when(|of: &Self| of.action == ActionType::FixedResponse)
                .help("예: text/plain, text/html, application/json", "Such as text/plain, text/html or application/json."),
            field!(response_body, "응답 본문", "Response body", Widget::Lines)
                .property(concat!($at, ".FixedResponseConfig.MessageBody"))
                .when(|of: &Self| of.action == ActionType::FixedResponse)
                .help("1,024바이트까지 쓸 수 있어요.", "At most 1,024 bytes."),
        ]
    };
}

/// A rule of a listener: conditions that must all hold, and an action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListenerRule {
    /// 1 to 50000; the lowest that matches decides.
    pub priority: u16,
    /// Host names, `*` and `?` allowed; empty matches any.
    pub hosts: Vec<String>,
    /// Path patterns; empty matches any.
    pub paths: Vec<String>,
    /// Name of a header to look at.
    pub header_name: String,
    /// Values of that header.
    pub header_values: Vec<String>,
    /// Request methods.
    pub methods: Vec<String>,
    /// Query conditions, `key=value` or `value`.
    pub queries: Vec<String>,
    /// Blocks of client addresses.
    pub source_ips: Vec<String>,
    /// What happens.
    pub action: ActionType,
    /// Where a forward goes.
    pub forwards: Vec<Forward>,
    /// Protocol of a redirect.
    pub redirect_protocol: String,
    /// Port of a redirect.
    pub redirect_port: String,
    /// Host of a redirect.
    pub redirect_host: String,
    /// Path of a redirect.
    pub redirect_path: String,
    /// Query of a redirect.
    pub redirect_query: String,
    /// Status of a redirect.
    pub redirect_status: RedirectStatus,
    /// Status of a fixed response.
    pub response_code: String,
    /// Content type of a fixed response.
    pub response_type: String,
    /// Body of a fixed response.
    pub response_body: String,
}

impl Default for ListenerRule {
    fn default() -> Self {
        let Listener {
            action,
            forwards,
            redirect_protocol,
            redirect_port,
            redirect_host,
            redirect_path,
            redirect_query,
            redirect_status,
            ..
        } = Listener::default();
        Self {
            priority: 1,
            hosts: Vec::new(),
            paths: vec!["/*".to_owned()],
            header_name: String::new(),
            header_values: Vec::new(),
            methods: Vec::new(),
            queries: Vec::new(),
            source_ips: Vec::new(),
            action,
            forwards,
            redirect_protocol,
            redirect_port,
            redirect_host,
            redirect_path,
            redirect_query,
            redirect_status,
            response_code: "404".to_owned(),
            response_type: "text/plain".to_owned(),
            response_body: String::new(),
        }
    }
}

impl Record for ListenerRule {
    const COLUMNS: &'static [Field<Self>] = action_fields!["Actions.0";
        field!(priority, "우선순위", "Priority", Widget::Number { min: 1, max: 50_000, unit: t("", "") })
            .property("Priority")
            .help("작은 번호부터 보고, 처음 맞는 규칙이 정해요.", "Lowest first; the first match decides."),
        field!(hosts, "호스트 헤더", "Host header", Widget::List)
            .help("예: api.example.com, *.example.com", "Such as api.example.com or *.example.com."),
        field!(paths, "경로 패턴", "Path pattern", Widget::List).help("예: /api/*, /images/*", "Such as /api/* or /images/*."),
        field!(header_name, "HTTP 헤더 이름", "HTTP header name", Widget::Line).help("살펴볼 헤더의 이름이에요.", "The header to look at."),
        field!(header_values, "HTTP 헤더 값", "HTTP header values", Widget::List).help("하나라도 맞으면 돼요.", "Any one of them matches."),
        field!(methods, "요청 메서드", "Request methods", Widget::List).help("예: GET, POST", "Such as GET or POST."),
        field!(queries, "쿼리 문자열", "Query strings", Widget::List).help("키=값 또는 값으로 써요.", "As key=value or value."),
        field!(source_ips, "소스 IP", "Source IPs", Widget::List).help("클라이언트 주소의 CIDR 블록이에요.", "CIDR blocks of client addresses."),
    ];
}
record!(ListenerRule);

/// The conditions of a rule that are plain lists: field, its configuration, the list.
type Conditions<'a> = [(&'static str, &'static str, &'a Vec<String>); 4];

impl ListenerRule {
    fn plain_conditions(&self) -> Conditions<'_> {
        [
            ("host-header", "HostHeaderConfig", &self.hosts),
            ("path-pattern", "PathPatternConfig", &self.paths),
            ("http-request-method", "HttpRequestMethodConfig", &self.methods),
            ("source-ip", "SourceIpConfig", &self.source_ips),
        ]
    }

    /// Whether it has any condition; a rule without one cannot be created.
    pub fn has_condition(&self) -> bool {
        !self.conditions().is_empty()
    }

    fn conditions(&self) -> Vec<Json> {
        let plain = self.plain_conditions().into_iter().filter(|(.., values)| !values.is_empty());
        let mut conditions: Vec<Json> = plain
            .map(|(field, config, values)| serde_json::json!({ "Field": field, config: { "Values": values } }))
            .collect();
        if !self.header_name.is_empty() && !self.header_values.is_empty() {
            let config = serde_json::json!({ "HttpHeaderName": self.header_name, "Values": self.header_values });
            conditions.push(serde_json::json!({ "Field": "http-header", "HttpHeaderConfig": config }));
        }
        if !self.queries.is_empty() {
            let pair = |query: &String| match query.split_once('=') {
                Some((key, value)) => serde_json::json!({ "Key": key, "Value": value }),
                None => serde_json::json!({ "Value": query }),
            };
            let values: Vec<Json> = self.queries.iter().map(pair).collect();
            conditions.push(serde_json::json!({ "Field": "query-string", "QueryStringConfig": { "Values": values } }));
        }
        conditions
    }

    fn from_json(read: &Read<'_>, json: &Object) -> Result<Self, Message> {
        let mut rule: Self = read.row(&Json::Object(json.clone()))?;
        if let Some(group) = single_target(read, json.get("Actions")) {
            rule.forwards = vec![group];
        }
        rule.paths = Vec::new();
        for condition in json.get("Conditions").and_then(Json::as_array).into_iter().flatten() {
            let values = |config: &str| read.texts(condition.get(config).and_then(|config| config.get("Values")));
            match condition.get("Field").and_then(Json::as_str).unwrap_or_default() {
                "host-header" => rule.hosts = values("HostHeaderConfig"),
                "path-pattern" => rule.paths = values("PathPatternConfig"),
                "http-request-method" => rule.methods = values("HttpRequestMethodConfig"),
                "source-ip" => rule.source_ips = values("SourceIpConfig"),
                "http-header" => {
                    let name = condition.get("HttpHeaderConfig").and_then(|config| config.get("HttpHeaderName"));
                    rule.header_name = name.and_then(|name| read.text(name)).unwrap_or_default();
                    rule.header_values = values("HttpHeaderConfig");
                }
                "query-string" => {
                    let pairs = condition.get("QueryStringConfig").and_then(|config| config.get("Values"));
                    let pair = |pair: &Json| {
                        let value = read.text(pair.get("Value")?)?;
                        let key = pair.get("Key").and_then(|key| read.text(key));
                        Some(key.map_or_else(|| value.clone(), |key| format!("{key}={value}")))
                    };
                    rule.queries = pairs.and_then(Json::as_array).into_iter().flatten().filter_map(pair).collect();
                }
                _ => {}
            }
        }
        Ok(rule)
    }
}

/// The target group of an action that names just one.
fn single_target(read: &Read<'_>, actions: Option<&Json>) -> Option<Forward> {
    let target_group = read.node(actions?.get(0)?.get("TargetGroupArn")?)?;
    Some(Forward { target_group: Some(target_group), ..Forward::default() })
}

/// Writes a forward to one group in the short form. One that leads nowhere could not be created: it becomes an answer that says so.
fn shorten(emit: &mut Emit<'_>, action: Option<&mut Json>, is_http: bool) {
    let Some(action) = action.and_then(Json::as_object_mut) else { return };
    if action.get("Type").and_then(Json::as_str) != Some(ActionType::Forward.as_str()) {
        return;
    }
    let groups =
        action.shift_remove("ForwardConfig").and_then(|mut config| config.get_mut("TargetGroups").map(Json::take));
    let groups = groups.as_ref().and_then(Json::as_array).cloned().unwrap_or_default();
    let mut groups: Vec<Json> = groups.into_iter().filter(|group| group.get("TargetGroupArn").is_some()).collect();
    match groups.as_mut_slice() {
        [] => {
            emit.note(crate::message!(
                "전달할 대상 그룹이 없는 작업이 있어요. ALB라면 503으로 답하게 내보냈어요.",
                "An action has no target group to forward to. On an ALB it is exported as an answer of 503."
            ));
            if is_http {
                action.insert("Type".to_owned(), ActionType::FixedResponse.as_str().into());
                action.insert("FixedResponseConfig".to_owned(), serde_json::json!({ "StatusCode": "503" }));
            }
        }
        [one] if one.get("Weight").and_then(Json::as_u64) == Some(1) => {
            action.extend(one.get_mut("TargetGroupArn").map(|arn| ("TargetGroupArn".to_owned(), arn.take())));
        }
        _ => {
            action.insert("ForwardConfig".to_owned(), serde_json::json!({ "TargetGroups": groups }));
        }
    }
}

/// Accepts connections on one port of its load balancer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listener {
    /// What it accepts.
    pub protocol: ListenerProtocol,
    /// On which port.
    pub port: u16,
    /// Certificate shown to clients (HTTPS and TLS).
    pub certificate: Option<NodeId>,
    /// Which protocol versions and ciphers are allowed (HTTPS and TLS).
    pub ssl_policy: String,
    /// Default action: when no rule matches.
    pub action: ActionType,
    /// Where a forward goes.
    pub forwards: Vec<Forward>,
    /// Protocol of a redirect.
    pub redirect_protocol: String,
    /// Port of a redirect.
    pub redirect_port: String,
    /// Host of a redirect.
    pub redirect_host: String,
    /// Path of a redirect.
    pub redirect_path: String,
    /// Query of a redirect.
    pub redirect_query: String,
    /// Status of a redirect.
    pub redirect_status: RedirectStatus,
    /// Status of a fixed response.
    pub response_code: String,
    /// Content type of a fixed response.
    pub response_type: String,
    /// Body of a fixed response.
    pub response_body: String,
    /// Rules, by priority before the default action.
    pub rules: Vec<ListenerRule>,
}

impl Default for Listener {
    fn default() -> Self {
        Self {
            protocol: ListenerProtocol::Http,
            port: 80,
            certificate: None,
            ssl_policy: "ELBSecurityPolicy-TLS13-1-2-2021-06".to_owned(),
            action: ActionType::Forward,
            forwards: Vec::new(),
            redirect_protocol: "HTTPS".to_owned(),
            redirect_port: "443".to_owned(),
            redirect_host: "#{host}".to_owned(),
            redirect_path: "/#{path}".to_owned(),
            redirect_query: "#{query}".to_owned(),
            redirect_status: RedirectStatus::Permanent,
            response_code: "404".to_owned(),
            response_type: "text/plain".to_owned(),
            response_body: String::new(),
            rules: Vec::new(),
        }
    }
}

impl Resource for Listener {
    const KIND: Kind = Kind::Listener;
    const SPEC: Spec = Spec {
        id: "listener",
        label: t("리스너", "Listener"),
        summary: t(
            "로드 밸런서가 연결을 받는 포트예요. 규칙과 기본 작업이 요청의 갈 곳을 정해요.",
            "A port on which a load balancer accepts connections. Rules and a default action decide where requests go.",
        ),
        category: Category::LoadBalancing,
        cloudformation_type: "AWS::ElasticLoadBalancingV2::Listener",
        placement: Placement { root: false, parents: &[Kind::LoadBalancer] },
        shape: Shape::Tile,
        ancestors: &[(Kind::LoadBalancer, "LoadBalancerArn")],
        tags: false,
        keywords: &["http", "https", "포트", "리스너 규칙", "listener rule"],
        source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html",
    };
    const FIELDS: &'static [Field<Self>] = action_fields!["DefaultActions.0";
        field!(protocol, "프로토콜", "Protocol", Widget::Choice(ListenerProtocol::CHOICES)).property("Protocol").help(
            "ALB는 HTTP와 HTTPS, NLB는 TCP, UDP, TLS를 받아요. GWLB는 GENEVE로 모든 패킷을 받아요.",
            "An ALB takes HTTP and HTTPS, an NLB TCP, UDP and TLS, a GWLB every packet by GENEVE.",
        ),
        field!(port, "포트", "Port", Widget::Number { min: 1, max: 65_535, unit: t("", "") })
            .property("Port")
            .when(|of: &Self| of.protocol != ListenerProtocol::Geneve)
            .help("클라이언트가 접속하는 포트예요.", "The port clients connect to."),
        field!(certificate, "인증서", "Certificate", Widget::Reference(&[Kind::Certificate]))
            .when(|of: &Self| of.protocol.is_secure())
            .help("HTTPS와 TLS에 필요해요. 같은 리전의 ACM 인증서를 골라요.", "HTTPS and TLS need an ACM certificate of the same region."),
        field!(ssl_policy, "보안 정책", "Security policy", Widget::Line)
            .property("SslPolicy")
            .when(|of: &Self| of.protocol.is_secure())
            .help("허용할 TLS 버전과 암호예요.", "Which TLS versions and ciphers are allowed."),
        field!(rules, "리스너 규칙", "Listener rules", Widget::Table(columns::<ListenerRule>))
            .when(|of: &Self| of.protocol.is_http())
            .help("우선순위 순서로 보고, 맞는 것이 없으면 기본 작업을 해요.", "Tried by priority; the default action is for what none matches."),
    ];

    fn connect_row(&self, to: NodeId, other: Kind) -> Option<(&'static str, Value)> {
        let forward = Forward { target_group: Some(to), ..Forward::default() };
        (other == Kind::TargetGroup).then(|| ("forwards", forward.to_value()))
    }

    fn export(&self, emit: &mut Emit<'_>) {
        let is_http = self.protocol.is_http();
        if self.protocol == ListenerProtocol::Geneve {
            // A gateway balancer takes every packet; naming a protocol or port is an error.
            emit.take("Protocol");
        }
        let mut actions = emit.take("DefaultActions");
        shorten(emit, actions.as_mut().and_then(|actions| actions.get_mut(0)), is_http);
        if let Some(actions) = actions {
            emit.put("DefaultActions", actions);
        }
        if let Some(certificate) = self.certificate.filter(|_| self.protocol.is_secure()).and_then(|id| emit.refer(id))
        {
            emit.put("Certificates", vec![Json::Object(object([("CertificateArn", Some(certificate))]))]);
        }
        for rule in self.rules.iter().filter(|_| is_http) {
            let conditions = rule.conditions();
            if conditions.is_empty() {
                emit.note(crate::message!(
                    "우선순위 {}인 규칙은 조건이 없어서 템플릿에 넣지 못했어요.",
                    "The rule of priority {} has no condition and is not in the template.",
                    rule.priority
                ));
                continue;
            }
            let mut json = emit.row(rule);
            shorten(emit, json.get_mut("Actions").and_then(|actions| actions.get_mut(0)), is_http);
            json.insert("Conditions".to_owned(), conditions.into());
            json.extend(emit.refer(emit.node()).map(|listener| ("ListenerArn".to_owned(), listener)));
            emit.part(format!("Rule{}", rule.priority), "AWS::ElasticLoadBalancingV2::ListenerRule", json);
        }
    }

    fn import(&mut self, read: &Read<'_>) -> Result<(), Message> {
        if read.get("Protocol").is_none() && read.get("DefaultActions").is_some() {
            self.protocol = ListenerProtocol::Geneve;
        }
        if let Some(group) = single_target(read, read.get("DefaultActions")) {
            self.forwards = vec![group];
        }
        self.certificate = read.get("Certificates.0.CertificateArn").and_then(|arn| read.refer("certificate", arn));
        let rules = read.parts("AWS::ElasticLoadBalancingV2::ListenerRule", "ListenerArn");
        self.rules = read.each("rules", rules, |json| ListenerRule::from_json(read, json));
        Ok(())
    }

    fn caption(&self) -> Option<String> {
        if self.protocol == ListenerProtocol::Geneve {
            return Some(self.protocol.as_str().to_owned());
        }
        Some(format!("{}:{}", self.protocol.as_str(), self.port))
    }
}
