//! A target group: who gets a load balancer's requests, and how their health is checked.

use crate::catalog::{
    Category, Field, FieldValue, Kind, Placement, Record, Resource, Shape, Spec, Value, Widget, columns,
};
use crate::id::NodeId;
use crate::text::{Text, t};
use crate::{choices, field, record};

choices! {
    /// What the targets are.
    pub enum TargetType {
        Instance = "instance" ("인스턴스", "Instances"),
        Ip = "ip" ("IP 주소", "IP addresses"),
    }
}

choices! {
    /// How the balancer talks to targets.
    pub enum TargetProtocol {
        Http = "HTTP" ("HTTP", "HTTP"),
        Https = "HTTPS" ("HTTPS", "HTTPS"),
        Tcp = "TCP" ("TCP", "TCP"),
        Udp = "UDP" ("UDP", "UDP"),
        TcpUdp = "TCP_UDP" ("TCP_UDP", "TCP_UDP"),
        Tls = "TLS" ("TLS", "TLS"),
        Geneve = "GENEVE" ("GENEVE(GWLB)", "GENEVE (GWLB)"),
    }
}

impl TargetProtocol {
    /// Whether an ALB uses it.
    pub const fn is_http(self) -> bool {
        matches!(self, Self::Http | Self::Https)
    }
}

choices! {
    /// How health is probed.
    pub enum HealthProtocol {
        Http = "HTTP" ("HTTP", "HTTP"),
        Https = "HTTPS" ("HTTPS", "HTTPS"),
        Tcp = "TCP" ("TCP", "TCP"),
    }
}

choices! {
    /// Which target gets the next request (ALB).
    pub enum Algorithm {
        RoundRobin = "round_robin" ("라운드 로빈", "Round robin"),
        LeastOutstanding = "least_outstanding_requests" ("최소 미해결 요청", "Least outstanding requests"),
        WeightedRandom = "weighted_random" ("가중치 기반 랜덤", "Weighted random"),
    }
}

choices! {
    /// Whether targets see the client's own address (NLB).
    pub enum KeepClient {
        Default = "" ("AWS 기본값", "AWS's default"),
        On = "true" ("유지", "Keep"),
        Off = "false" ("유지 안 함", "Do not keep"),
    }
}

/// One registered target.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Target {
    /// The instance; for ip targets without an address, the one whose private address is meant.
    pub instance: Option<NodeId>,
    /// The address, for ip targets.
    pub address: String,
    /// Port if it differs from the group's.
    pub port: Option<u16>,
}

impl Record for Target {
    const COLUMNS: &'static [Field<Self>] = &[
        field!(instance, "인스턴스", "Instance", Widget::Reference(&[Kind::Instance])).of_same_vpc().help(
            "대상 유형이 인스턴스일 때 골라요. IP 주소일 때는 주소를 비워 두면 이 인스턴스의 주소예요.",
            "For target type instance. For type ip it is this instance's address where none is written.",
        ),
        field!(address, "IP 주소", "IP address", Widget::Line)
            .help("대상 유형이 IP 주소일 때 적어요.", "For target type ip."),
        field!(port, "포트", "Port", Widget::Number { min: 1, max: 65_535, unit: t("", "") })
            .property("Port")
            .help("비우면 대상 그룹의 포트예요.", "Empty means the group's port."),
    ];
}
record!(Target);

/// A set of targets with one protocol, port and health check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TargetGroup {
    /// Instances or addresses.
    pub target_type: TargetType,
    /// Towards the targets.
    pub protocol: TargetProtocol,
    /// Towards the targets.
    pub port: u16,
    /// Who is registered.
    pub targets: Vec<Target>,
    /// How health is probed.
    pub health_protocol: HealthProtocol,
    /// `traffic-port` or a number.
    pub health_port: String,
    /// Path for HTTP and HTTPS.
    pub health_path: String,
    /// Codes that mean healthy: `200`, `200-299`.
    pub health_codes: String,
    /// Seconds between probes.
    pub health_interval: u16,
    /// Seconds to wait for an answer.
    pub health_timeout: u16,
    /// Successes in a row until healthy.
    pub healthy_threshold: u16,
    /// Failures in a row until unhealthy.
    pub unhealthy_threshold: u16,
    /// Whether a client stays with its target.
    pub stickiness: bool,
    /// Seconds a client stays.
    pub stickiness_seconds: u32,
    /// Which target is next (ALB).
    pub algorithm: Algorithm,
    /// Seconds in which a new target's share grows; 0 is off (ALB).
    pub slow_start: u16,
    /// Seconds in which a leaving target finishes.
    pub deregistration_delay: u16,
    /// Whether targets see the client's own address (NLB).
    pub keep_client: KeepClient,
}

impl Default for TargetGroup {
    fn default() -> Self {
        Self {
            target_type: TargetType::Instance,
            protocol: TargetProtocol::Http,
            port: 80,
            targets: Vec::new(),
            health_protocol: HealthProtocol::Http,
            health_port: "traffic-port".to_owned(),
            health_path: "/".to_owned(),
            health_codes: "200".to_owned(),
            health_interval: 30,
            health_timeout: 5,
            healthy_threshold: 5,
            unhealthy_threshold: 2,
            stickiness: false,
            stickiness_seconds: 86_400,
            algorithm: Algorithm::RoundRobin,
            slow_start: 0,
            deregistration_delay: 300,
            keep_client: KeepClient::Default,
        }
    }
}

impl TargetGroup {
    /// The port on which health is probed, if it is a port at all.
    pub fn probe_port(&self) -> Option<u16> {
        if self.health_port == "traffic-port" { Some(self.port) } else { self.health_port.parse().ok() }
    }

    /// Whether an NLB lets the targets see the client's own address: by default instances do, addresses do not by TCP and TLS; by UDP always.
    /// A GWLB wraps the whole packet and sends it under its own.
    /// See <https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html>.
    pub fn keeps_client(&self) -> bool {
        match (self.protocol, self.keep_client) {
            (TargetProtocol::Geneve | TargetProtocol::Http | TargetProtocol::Https, _) => false,
            (TargetProtocol::Udp | TargetProtocol::TcpUdp, _) => true,
            (_, KeepClient::Default) => self.target_type == TargetType::Instance,
            (_, chosen) => chosen == KeepClient::On,
        }
    }

    fn probes_http(&self) -> bool {
        self.health_protocol != HealthProtocol::Tcp
    }
}

const SECONDS: Text = t("초", "s");
const TIMES: Text = t("번", "times");

impl Resource for TargetGroup {
    const KIND: Kind = Kind::TargetGroup;
    const SPEC: Spec = Spec {
        id: "target_group",
        label: t("대상 그룹", "Target group"),
        category: Category::LoadBalancing,
        cloudformation_type: "AWS::ElasticLoadBalancingV2::TargetGroup",
        placement: Placement { root: false, parents: &[Kind::Vpc] },
        shape: Shape::Tile,
        ancestors: &[(Kind::Vpc, "VpcId")],
        tags: true,
        keywords: &["tg", "health check", "상태 확인", "타깃 그룹"],
    };
    const SUMMARY: Text = t(
        "로드 밸런서가 요청을 보낼 대상들이에요. 상태 확인을 통과한 대상만 요청을 받아요.",
        "The targets of a load balancer. Only those that pass the health check get requests.",
    );
    const SOURCE: &'static str =
        "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html";
    const FIELDS: &'static [Field<Self>] = &[
        field!(target_type, "대상 유형", "Target type", Widget::Choice(TargetType::CHOICES))
            .property("TargetType")
            .help("인스턴스로 등록할지 IP 주소로 등록할지예요.", "Whether targets are instances or addresses."),
        field!(protocol, "프로토콜", "Protocol", Widget::Choice(TargetProtocol::CHOICES))
            .property("Protocol")
            .help("로드 밸런서가 대상에 말할 때 쓰는 프로토콜이에요.", "What the load balancer speaks to targets."),
        field!(port, "포트", "Port", Widget::Number { min: 1, max: 65_535, unit: t("", "") })
            .property("Port")
            .help("대상이 듣는 포트예요.", "The port targets listen on."),
        field!(targets, "대상", "Targets", Widget::Table(columns::<Target>))
            .help("요청을 받을 인스턴스나 주소예요.", "The instances or addresses that get requests."),
        field!(health_protocol, "상태 확인 프로토콜", "Health check protocol", Widget::Choice(HealthProtocol::CHOICES))
            .property("HealthCheckProtocol")
            .help("ALB는 HTTP나 HTTPS로 확인해요.", "An ALB checks by HTTP or HTTPS."),
        field!(health_port, "상태 확인 포트", "Health check port", Widget::Line)
            .property("HealthCheckPort")
            .help("traffic-port는 대상의 포트 그대로예요.", "traffic-port means the target's own port."),
        field!(health_path, "상태 확인 경로", "Health check path", Widget::Line)
            .property("HealthCheckPath")
            .when(Self::probes_http)
            .help("예: /, /health", "Such as / or /health."),
        field!(health_codes, "정상 코드", "Success codes", Widget::Line)
            .property("Matcher.HttpCode")
            .when(Self::probes_http)
            .help("예: 200, 200-299", "Such as 200 or 200-299."),
        field!(health_interval, "확인 간격", "Interval", Widget::Number { min: 5, max: 300, unit: SECONDS })
            .property("HealthCheckIntervalSeconds")
            .help("확인과 확인 사이의 시간이에요.", "Time between checks."),
        field!(health_timeout, "제한 시간", "Timeout", Widget::Number { min: 2, max: 120, unit: SECONDS })
            .property("HealthCheckTimeoutSeconds")
            .help(
                "이 시간 안에 답이 없으면 실패예요. 간격보다 짧아야 해요.",
                "No answer by then is a failure. Shorter than the interval.",
            ),
        field!(healthy_threshold, "정상 임계값", "Healthy threshold", Widget::Number { min: 2, max: 10, unit: TIMES })
            .property("HealthyThresholdCount")
            .help("연달아 성공하면 정상이 되는 횟수예요.", "Successes in a row until healthy."),
        field!(
            unhealthy_threshold,
            "비정상 임계값",
            "Unhealthy threshold",
            Widget::Number { min: 2, max: 10, unit: TIMES }
        )
        .property("UnhealthyThresholdCount")
        .help("연달아 실패하면 비정상이 되는 횟수예요.", "Failures in a row until unhealthy."),
        field!(stickiness, "고정", "Stickiness", Widget::Toggle)
            .property("TargetGroupAttributes[stickiness.enabled]")
            .help("같은 클라이언트를 같은 대상으로 보내요.", "Keeps a client on the same target."),
        field!(
            stickiness_seconds,
            "고정 시간",
            "Stickiness duration",
            Widget::Number { min: 1, max: 604_800, unit: SECONDS }
        )
        .property("TargetGroupAttributes[stickiness.lb_cookie.duration_seconds]")
        .when(|of: &Self| of.stickiness && of.protocol.is_http())
        .help("쿠키가 살아 있는 시간이에요.", "How long the cookie lives."),
        field!(algorithm, "알고리즘", "Algorithm", Widget::Choice(Algorithm::CHOICES))
            .property("TargetGroupAttributes[load_balancing.algorithm.type]")
            .when(|of: &Self| of.protocol.is_http())
            .help("다음 요청을 받을 대상을 고르는 방법이에요.", "How the next target is chosen."),
        field!(slow_start, "느린 시작", "Slow start", Widget::Number { min: 0, max: 900, unit: SECONDS })
            .property("TargetGroupAttributes[slow_start.duration_seconds]")
            .when(|of: &Self| of.protocol.is_http())
            .help(
                "새 대상의 몫을 천천히 늘려요. 0은 끔, 켜면 30초 이상이에요.",
                "Grows a new target's share slowly. 0 is off; otherwise at least 30.",
            ),
        field!(
            deregistration_delay,
            "등록 취소 지연",
            "Deregistration delay",
            Widget::Number { min: 0, max: 3600, unit: SECONDS }
        )
        .property("TargetGroupAttributes[deregistration_delay.timeout_seconds]")
        .help("빠지는 대상이 하던 일을 마칠 시간이에요.", "Time for a leaving target to finish."),
        field!(keep_client, "클라이언트 IP 유지", "Client IP preservation", Widget::Choice(KeepClient::CHOICES))
            .property("TargetGroupAttributes[preserve_client_ip.enabled]")
            .when(|of: &Self| matches!(of.protocol, TargetProtocol::Tcp | TargetProtocol::Tls))
            .help(
                "NLB의 대상이 클라이언트 주소를 볼지예요. 기본값은 인스턴스면 유지, IP 주소면 유지 안 함이에요.",
                "Whether targets of an NLB see the client's address. By default instances do, IP addresses do not.",
            ),
    ];

    fn connect_row(&self, to: NodeId, other: Kind) -> Option<(&'static str, Value)> {
        let target = Target { instance: Some(to), ..Target::default() };
        (other == Kind::Instance).then(|| ("targets", target.to_value()))
    }

    fn caption(&self) -> Option<String> {
        Some(format!("{}:{}", self.protocol.as_str(), self.port))
    }
}
