//! Where a distribution's content comes from.

use crate::catalog::{Field, Kind, Record, Widget};
use crate::id::NodeId;
use crate::text::t;
use crate::{choices, field, record};

choices! {
    /// How a bucket is read.
    pub enum OriginAccess {
        Control = "control" ("원본 액세스 제어(OAC)", "Origin access control (OAC)"),
        Public = "public" ("공개 버킷 그대로", "Public bucket as it is"),
        Website = "website" ("웹 사이트 엔드포인트", "Website endpoint"),
    }
}

choices! {
    /// How edge locations speak with an origin that is no bucket.
    pub enum OriginProtocol {
        Https = "https-only" ("HTTPS", "HTTPS"),
        Http = "http-only" ("HTTP", "HTTP"),
        Match = "match-viewer" ("뷰어와 같게", "As the viewer does"),
    }
}

/// One origin: a bucket, a load balancer, or any server by its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// By which behaviours name it.
    pub name: String,
    /// The bucket or the load balancer.
    pub target: Option<NodeId>,
    /// The host, where it is neither.
    pub domain: String,
    /// How a bucket is read.
    pub access: OriginAccess,
    /// What is put before the path of every request.
    pub path: String,
    /// How edge locations speak with it.
    pub protocol: OriginProtocol,
    /// Its port for HTTP.
    pub http_port: u16,
    /// Its port for HTTPS.
    pub https_port: u16,
}

impl Default for Origin {
    fn default() -> Self {
        Self {
            name: "origin".to_owned(),
            target: None,
            domain: String::new(),
            access: OriginAccess::Control,
            path: String::new(),
            protocol: OriginProtocol::Https,
            http_port: 80,
            https_port: 443,
        }
    }
}

const PORT: Widget = Widget::Number { min: 1, max: 65_535, unit: t("", "") };

impl Record for Origin {
    const COLUMNS: &'static [Field<Self>] = &[
        field!(name, "이름", "Name", Widget::Line)
            .property("Id")
            .help("동작이 원본을 고를 때 쓰는 이름이에요.", "The name by which behaviours choose it."),
        field!(
            target,
            "S3 버킷 또는 로드 밸런서",
            "Bucket or load balancer",
            Widget::Reference(&[Kind::S3Bucket, Kind::LoadBalancer])
        )
        .help("콘텐츠가 있는 곳이에요.", "Where the content is."),
        field!(domain, "도메인 이름", "Domain name", Widget::Line).when(|of: &Self| of.target.is_none()).help(
            "버킷도 로드 밸런서도 아니면 서버의 이름을 적어요.",
            "The name of a server that is neither bucket nor balancer.",
        ),
        field!(access, "버킷 접근", "Bucket access", Widget::Choice(OriginAccess::CHOICES)).help(
            "S3 버킷이면 원본 액세스 제어로 비공개 버킷을 읽어요. 버킷 정책에 필요한 문이 저절로 들어가요.",
            "Of a bucket: origin access control reads a private one; its policy gets the statement by itself.",
        ),
        field!(path, "원본 경로", "Origin path", Widget::Line).property("OriginPath").help(
            "모든 요청 앞에 붙는 경로예요. /로 시작하고 /로 끝나지 않아요.",
            "Put before every request. Begins with / and does not end in it.",
        ),
        field!(protocol, "원본 프로토콜", "Origin protocol", Widget::Choice(OriginProtocol::CHOICES))
            .help("로드 밸런서나 서버와 통신하는 방법이에요.", "How to speak with a load balancer or a server."),
        field!(http_port, "HTTP 포트", "HTTP port", PORT).help("보통 80이에요.", "Usually 80."),
        field!(https_port, "HTTPS 포트", "HTTPS port", PORT).help("보통 443이에요.", "Usually 443."),
    ];
}
record!(Origin);

impl Origin {
    /// Whether a bucket is read by origin access control.
    pub fn is_controlled(&self) -> bool {
        self.target.is_some() && self.access == OriginAccess::Control
    }
}
