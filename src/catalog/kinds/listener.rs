//! A listener of a load balancer: a port, a default action, and rules by priority.

use crate::catalog::{
    Category, Field, FieldValue, Kind, Placement, Record, Resource, Shape, Spec, Value, Widget, columns, value,
};
use crate::id::NodeId;
use crate::text::{Text, t};
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
            .of_same_vpc()
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
    fn after(rows: &[Self]) -> Self {
        Self { priority: value::number_after(rows.iter().map(|row| row.priority), (1, 1, 50_000)), ..Self::default() }
    }

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

impl ListenerRule {
    /// Whether it has any condition; a rule without one cannot be created.
    pub fn has_condition(&self) -> bool {
        let lists = [&self.hosts, &self.paths, &self.methods, &self.source_ips, &self.queries];
        let header = !self.header_name.is_empty() && !self.header_values.is_empty();
        header || lists.into_iter().any(|list| !list.is_empty())
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
        category: Category::LoadBalancing,
        cloudformation_type: "AWS::ElasticLoadBalancingV2::Listener",
        placement: Placement { root: false, parents: &[Kind::LoadBalancer] },
        shape: Shape::Tile,
        ancestors: &[(Kind::LoadBalancer, "LoadBalancerArn")],
        tags: false,
        keywords: &["http", "https", "포트", "리스너 규칙", "listener rule"],
    };
    const SUMMARY: Text = t(
        "로드 밸런서가 연결을 받는 포트예요. 규칙과 기본 작업이 요청의 갈 곳을 정해요.",
        "A port on which a load balancer accepts connections. Rules and a default action decide where requests go.",
    );
    const SOURCE: &'static str =
        "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html";
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

    fn caption(&self) -> Option<String> {
        if self.protocol == ListenerProtocol::Geneve {
            return Some(self.protocol.as_str().to_owned());
        }
        Some(format!("{}:{}", self.protocol.as_str(), self.port))
    }
}
