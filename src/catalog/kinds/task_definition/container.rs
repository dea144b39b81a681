//! A container of a task: its image, ports, surroundings and logs.

use super::{EnvironmentFile, PortMapping, Secret, Variable};
use crate::catalog::{Field, Kind, Record, Widget, columns};
use crate::id::NodeId;
use crate::text::t;
use crate::{field, record};

/// One container of a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Container {
    /// By which the service's load balancer names it.
    pub name: String,
    /// Where its image lies, if in a repository of the drawing.
    pub repository: Option<NodeId>,
    /// Which image of the repository.
    pub tag: String,
    /// The image as text otherwise: `public.ecr.aws/nginx/nginx:stable`.
    pub image: String,
    /// Whether the task ends with it.
    pub essential: bool,
    /// The ports it listens on.
    pub ports: Vec<PortMapping>,
    /// Environment variables in clear.
    pub environment: Vec<Variable>,
    /// Environment variables whose values are read as the task starts.
    pub secrets: Vec<Secret>,
    /// Files of environment variables in S3.
    pub environment_files: Vec<EnvironmentFile>,
    /// Where its output goes.
    pub log_group: Option<NodeId>,
    /// What the names of its log streams begin with.
    pub log_prefix: String,
    /// A command that succeeds while the container is healthy; empty for none.
    pub health_command: String,
    /// Seconds between two runs of it.
    pub health_interval: u16,
    /// Seconds it may take.
    pub health_timeout: u16,
    /// Failures in a row until the container is unhealthy.
    pub health_retries: u16,
    /// Seconds after the start in which failures do not count.
    pub health_start: u16,
    /// What it runs instead of the image's own command.
    pub command: Vec<String>,
}

impl Default for Container {
    fn default() -> Self {
        Self {
            name: "web".to_owned(),
            repository: None,
            tag: "latest".to_owned(),
            image: "public.ecr.aws/nginx/nginx:stable".to_owned(),
            essential: true,
            ports: vec![PortMapping::default()],
            environment: Vec::new(),
            secrets: Vec::new(),
            environment_files: Vec::new(),
            log_group: None,
            log_prefix: String::new(),
            health_command: String::new(),
            health_interval: 30,
            health_timeout: 5,
            health_retries: 3,
            health_start: 0,
            command: Vec::new(),
        }
    }
}

const SECONDS: crate::text::Text = t("초", "s");

impl Record for Container {
    const COLUMNS: &'static [Field<Self>] = &[
        field!(name, "이름", "Name", Widget::Line)
            .property("Name")
            .help("태스크 안에서 하나뿐인 이름이에요.", "A name that no other container of the task has."),
        field!(repository, "ECR 리포지토리", "ECR repository", Widget::Reference(&[Kind::EcrRepository])).help(
            "이미지를 가져올 리포지토리예요. 고르면 이미지 칸은 쓰지 않아요.",
            "Where the image comes from. It stands instead of the image's name.",
        ),
        field!(tag, "이미지 태그", "Image tag", Widget::Line).when(|of: &Self| of.repository.is_some()).help(
            "예: latest, v1.2. 버전을 적으면 무엇이 배포되는지 분명해요.",
            "Such as latest or v1.2. A version makes clear what is deployed.",
        ),
        field!(image, "이미지", "Image", Widget::Line)
            .when(|of: &Self| of.repository.is_none())
            .help("예: public.ecr.aws/nginx/nginx:stable", "Such as public.ecr.aws/nginx/nginx:stable."),
        field!(essential, "필수 컨테이너", "Essential", Widget::Toggle).property("Essential").help(
            "필수 컨테이너가 멈추면 태스크 전체가 멈춰요. 하나는 있어야 해요.",
            "The task stops when an essential container stops. One is required.",
        ),
        field!(ports, "포트 매핑", "Port mappings", Widget::Table(columns::<PortMapping>))
            .property("PortMappings")
            .help("컨테이너가 듣는 포트예요.", "The ports the container listens on."),
        field!(environment, "환경 변수", "Environment variables", Widget::Table(columns::<Variable>))
            .property("Environment")
            .help(
                "누구나 볼 수 있는 값만 적어요. 암호는 보안 값으로 두세요.",
                "Only what anyone may see. Passwords belong into secrets.",
            ),
        field!(secrets, "보안 값", "Secrets", Widget::Table(columns::<Secret>)).help(
            "태스크가 시작할 때 Parameter Store나 Secrets Manager에서 읽어요.",
            "Read from Parameter Store or Secrets Manager as the task starts.",
        ),
        field!(environment_files, "환경 파일", "Environment files", Widget::Table(columns::<EnvironmentFile>))
            .help("S3에 둔 .env 파일이에요.", "Files in S3 whose names end in .env."),
        field!(log_group, "로그 그룹", "Log group", Widget::Reference(&[Kind::LogGroup])).help(
            "awslogs 드라이버로 출력을 보내요. 비우면 로그가 남지 않아요.",
            "Gets the output by the awslogs driver. Empty keeps no logs.",
        ),
        field!(log_prefix, "로그 스트림 접두사", "Log stream prefix", Widget::Line)
            .when(|of: &Self| of.log_group.is_some())
            .help(
                "로그 스트림 이름이 이것으로 시작해요. 비우면 컨테이너 이름이에요.",
                "Names of log streams begin with it. Empty means the container's name.",
            ),
        field!(health_command, "상태 확인 명령", "Health check command", Widget::Line).help(
            "예: curl -f http://localhost:8000/ || exit 1. 비우면 확인하지 않아요.",
            "Such as curl -f http://localhost:8000/ || exit 1. Empty checks nothing.",
        ),
        field!(health_interval, "확인 간격", "Interval", Widget::Number { min: 5, max: 300, unit: SECONDS })
            .property("HealthCheck.Interval")
            .when(Self::is_checked)
            .help("확인과 확인 사이의 시간이에요.", "Time between checks."),
        field!(health_timeout, "제한 시간", "Timeout", Widget::Number { min: 2, max: 60, unit: SECONDS })
            .property("HealthCheck.Timeout")
            .when(Self::is_checked)
            .help("이 시간 안에 끝나지 않으면 실패예요.", "Not done by then is a failure."),
        field!(health_retries, "재시도", "Retries", Widget::Number { min: 1, max: 10, unit: t("번", "times") })
            .property("HealthCheck.Retries")
            .when(Self::is_checked)
            .help("연달아 실패하면 비정상이 되는 횟수예요.", "Failures in a row until unhealthy."),
        field!(health_start, "시작 유예", "Start period", Widget::Number { min: 0, max: 300, unit: SECONDS })
            .property("HealthCheck.StartPeriod")
            .when(Self::is_checked)
            .help("시작하고 이 시간 동안의 실패는 세지 않아요.", "Failures in this time after the start do not count."),
        field!(command, "명령", "Command", Widget::List).property("Command").help(
            "이미지의 CMD 대신 실행할 명령을 낱말마다 한 줄로 적어요.",
            "Runs instead of the image's CMD, one word a line.",
        ),
    ];
}
record!(Container);

impl Container {
    /// Whether ECS asks it how it is.
    pub fn is_checked(&self) -> bool {
        !self.health_command.is_empty()
    }

    /// Whether its image lies in a private registry of ECR.
    pub fn is_private_image(&self) -> bool {
        self.repository.is_some() || self.image.contains(".dkr.ecr.")
    }

    /// Whether it needs the execution role: to pull its image, to write its log, to read its secrets.
    pub fn needs_execution_role(&self) -> bool {
        self.is_private_image()
            || self.log_group.is_some()
            || !self.secrets.is_empty()
            || !self.environment_files.is_empty()
    }

    /// The first port it listens on.
    pub fn first_port(&self) -> Option<u16> {
        self.ports.first().map(|port| port.container_port)
    }
}
