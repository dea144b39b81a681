//! The small rows of a container: ports, variables, secrets and files.

use crate::catalog::{Field, Kind, Record, Widget};
use crate::id::NodeId;
use crate::text::t;
use crate::{choices, field, record};

choices! {
    /// What a container's port speaks.
    pub enum PortProtocol {
        Tcp = "tcp" ("TCP", "TCP"),
        Udp = "udp" ("UDP", "UDP"),
    }
}

/// A port on which a container listens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PortMapping {
    /// The port inside.
    pub container_port: u16,
    /// The port of the instance, in bridge and host mode; any free one where it is empty.
    pub host_port: Option<u16>,
    /// What it speaks.
    pub protocol: PortProtocol,
}

impl Default for PortMapping {
    fn default() -> Self {
        Self { container_port: 80, host_port: None, protocol: PortProtocol::Tcp }
    }
}

impl Record for PortMapping {
    const COLUMNS: &'static [Field<Self>] = &[
        field!(
            container_port,
            "컨테이너 포트",
            "Container port",
            Widget::Number { min: 1, max: 65_535, unit: t("", "") }
        )
        .property("ContainerPort")
        .help("컨테이너가 듣는 포트예요.", "The port the container listens on."),
        field!(host_port, "호스트 포트", "Host port", Widget::Number { min: 0, max: 65_535, unit: t("", "") })
            .property("HostPort")
            .help(
                "bridge 모드에서 인스턴스의 포트예요. awsvpc 모드에서는 비워요.",
                "The instance's port in bridge mode. Leave it empty in awsvpc mode.",
            ),
        field!(protocol, "프로토콜", "Protocol", Widget::Choice(PortProtocol::CHOICES))
            .property("Protocol")
            .help("보통은 TCP예요.", "TCP in most cases."),
    ];
}
record!(PortMapping);

/// An environment variable in clear.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Variable {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
}

impl Record for Variable {
    const COLUMNS: &'static [Field<Self>] = &[
        field!(name, "이름", "Name", Widget::Line)
            .property("Name")
            .help("예: DJANGO_SETTINGS_MODULE", "Such as DJANGO_SETTINGS_MODULE."),
        field!(value, "값", "Value", Widget::Line)
            .property("Value")
            .help("누구나 볼 수 있는 값이에요.", "What anyone may see."),
    ];
}
record!(Variable);

/// An environment variable whose value is read as the task starts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Secret {
    /// The variable's name.
    pub name: String,
    /// The parameter that holds the value.
    pub parameter: Option<NodeId>,
    /// The ARN of a parameter or a secret of Secrets Manager otherwise.
    pub value_from: String,
}

impl Record for Secret {
    const COLUMNS: &'static [Field<Self>] = &[
        field!(name, "이름", "Name", Widget::Line)
            .help("컨테이너가 읽을 환경 변수 이름이에요.", "The environment variable that the container reads."),
        field!(parameter, "SSM 파라미터", "SSM parameter", Widget::Reference(&[Kind::SsmParameter]))
            .help("값을 보관한 파라미터예요.", "The parameter that holds the value."),
        field!(value_from, "ARN", "ARN", Widget::Line).when(|of: &Self| of.parameter.is_none()).help(
            "그림에 없는 파라미터나 Secrets Manager 보안 암호의 ARN이에요.",
            "Of a parameter that is not drawn, or of a secret of Secrets Manager.",
        ),
    ];
}
record!(Secret);

impl Secret {
    /// Whether the value lies in Secrets Manager.
    pub fn is_of_secrets_manager(&self) -> bool {
        self.parameter.is_none() && self.value_from.contains(":secretsmanager:")
    }
}

/// A file of environment variables in S3.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EnvironmentFile {
    /// The bucket that holds it, if that is in the drawing.
    pub bucket: Option<NodeId>,
    /// The object's key in the bucket: `web.env`; its ARN where the bucket is not drawn.
    pub object: String,
}

impl Record for EnvironmentFile {
    const COLUMNS: &'static [Field<Self>] = &[
        field!(bucket, "S3 버킷", "S3 bucket", Widget::Reference(&[Kind::S3Bucket]))
            .help("파일을 둔 버킷이에요.", "The bucket with the file."),
        field!(object, "객체", "Object", Widget::Line).help(
            "파일 이름이에요. 예: web.env. 버킷이 그림에 없으면 ARN을 적어요. 이름이 .env로 끝나야 해요.",
            "The file's name, such as web.env; its ARN where the bucket is not drawn. The name must end in .env.",
        ),
    ];
}
record!(EnvironmentFile);
