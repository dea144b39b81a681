//! A task definition: what ECS runs, how large, and with which roles.

mod container;
mod rows;

pub use container::Container;
pub use rows::{EnvironmentFile, PortMapping, PortProtocol, Secret, Variable};

use crate::catalog::data::fargate;
use crate::catalog::{Category, Field, FieldValue, Kind, Placement, Resource, Shape, Spec, Value, Widget, columns};
use crate::id::NodeId;
use crate::text::{Text, t};
use crate::{choices, field};

choices! {
    /// On what a task may run.
    pub enum Compatibility {
        Fargate = "FARGATE" ("Fargate", "Fargate"),
        Ec2 = "EC2" ("EC2", "EC2"),
    }
}

choices! {
    /// How containers are on the network.
    pub enum NetworkMode {
        Awsvpc = "awsvpc" ("awsvpc", "awsvpc"),
        Bridge = "bridge" ("bridge", "bridge"),
        Host = "host" ("host", "host"),
        None = "none" ("없음", "None"),
    }
}

choices! {
    /// The CPU of a task, in units of 1/1024 vCPU.
    pub enum TaskCpu {
        Quarter = "256" ("0.25 vCPU", "0.25 vCPU"),
        Half = "512" ("0.5 vCPU", "0.5 vCPU"),
        One = "1024" ("1 vCPU", "1 vCPU"),
        Two = "2048" ("2 vCPU", "2 vCPU"),
        Four = "4096" ("4 vCPU", "4 vCPU"),
        Eight = "8192" ("8 vCPU", "8 vCPU"),
        Sixteen = "16384" ("16 vCPU", "16 vCPU"),
    }
}

impl TaskCpu {
    /// In CPU units.
    pub fn units(self) -> u32 {
        self.as_str().parse().unwrap_or_default()
    }
}

choices! {
    /// The processor that images are built for.
    pub enum CpuArchitecture {
        X86 = "X86_64" ("x86_64", "x86_64"),
        Arm = "ARM64" ("ARM64(Graviton)", "ARM64 (Graviton)"),
    }
}

/// What ECS runs: containers, their size and their roles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskDefinition {
    /// The name under which its revisions are counted; CloudFormation chooses one where it is empty.
    pub family: String,
    /// On what it may run.
    pub compatibility: Compatibility,
    /// CPU of the whole task.
    pub cpu: TaskCpu,
    /// Memory of the whole task in MiB.
    pub memory: u32,
    /// How its containers are on the network, on EC2; see [`TaskDefinition::mode`].
    pub network_mode: NetworkMode,
    /// The processor its images are built for.
    pub architecture: CpuArchitecture,
    /// What the program in the containers may do.
    pub task_role: Option<NodeId>,
    /// What ECS may do to start the task: pull images, write logs, read secrets. One of its own where it is empty and needed.
    pub execution_role: Option<NodeId>,
    /// What runs.
    pub containers: Vec<Container>,
}

impl Default for TaskDefinition {
    fn default() -> Self {
        Self {
            family: String::new(),
            compatibility: Compatibility::Fargate,
            cpu: TaskCpu::Quarter,
            memory: 512,
            network_mode: NetworkMode::Awsvpc,
            architecture: CpuArchitecture::X86,
            task_role: None,
            execution_role: None,
            containers: vec![Container::default()],
        }
    }
}

impl TaskDefinition {
    /// Whether it may run on Fargate.
    pub fn is_fargate(&self) -> bool {
        self.compatibility == Compatibility::Fargate
    }

    fn is_ec2(&self) -> bool {
        !self.is_fargate()
    }

    /// How its containers are on the network: on Fargate each task has an interface of its own.
    pub fn mode(&self) -> NetworkMode {
        if self.is_fargate() { NetworkMode::Awsvpc } else { self.network_mode }
    }

    /// Whether it needs an execution role.
    pub fn needs_execution_role(&self) -> bool {
        self.containers.iter().any(Container::needs_execution_role)
    }

    /// The container and port that a service registers with a target group: by name and port where they are given, else the first that listens.
    pub fn endpoint<'a>(&'a self, container: &str, port: Option<u16>) -> Option<(&'a Container, u16)> {
        let named = |one: &&Container| container.is_empty() || one.name == container;
        self.containers.iter().filter(named).find_map(|one| {
            let listens = |number: &u16| one.ports.iter().any(|mapping| mapping.container_port == *number);
            let port = match port {
                Some(port) => Some(port).filter(listens),
                None => one.first_port(),
            };
            Some((one, port?))
        })
    }
}

impl Resource for TaskDefinition {
    const KIND: Kind = Kind::TaskDefinition;
    const SPEC: Spec = Spec {
        id: "task_definition",
        label: t("태스크 정의", "Task definition"),
        category: Category::Containers,
        cloudformation_type: "AWS::ECS::TaskDefinition",
        placement: Placement { root: true, parents: &[Kind::Region] },
        shape: Shape::Tile,
        ancestors: &[],
        tags: true,
        keywords: &["ecs", "fargate", "docker", "도커", "container", "컨테이너", "태스크", "task"],
    };
    const SUMMARY: Text = t(
        "ECS가 실행할 컨테이너와 크기, 역할을 적은 설계도예요. 서비스가 이것으로 태스크를 띄워요.",
        "The plan of what ECS runs: containers, size and roles. A service starts tasks from it.",
    );
    const SOURCE: &'static str = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definitions.html";
    const FIELDS: &'static [Field<Self>] = &[
        field!(family, "패밀리", "Family", Widget::Line).property("Family").help(
            "개정이 이 이름 아래 쌓여요. 비우면 CloudFormation이 지어요.",
            "Revisions are counted under it. Empty lets CloudFormation choose.",
        ),
        field!(compatibility, "시작 유형", "Launch type", Widget::Choice(Compatibility::CHOICES))
            .property("RequiresCompatibilities.0")
            .help(
                "Fargate는 서버 없이 돌고, EC2는 클러스터의 인스턴스에서 돌아요.",
                "Fargate runs without servers, EC2 on instances of the cluster.",
            ),
        field!(cpu, "CPU", "CPU", Widget::Choice(TaskCpu::CHOICES))
            .property("Cpu")
            .help("태스크 전체의 CPU예요. 요금이 여기에 달려요.", "CPU of the whole task; it decides the price."),
        field!(memory, "메모리(MiB)", "Memory (MiB)", Widget::Suggest(fargate::memory_sizes)).help(
            "태스크 전체의 메모리예요. Fargate는 CPU마다 정해진 크기만 받아요.",
            "Memory of the whole task. Fargate takes certain sizes for each CPU only.",
        ),
        field!(network_mode, "네트워크 모드", "Network mode", Widget::Choice(NetworkMode::CHOICES))
            .when(Self::is_ec2)
            .help(
                "awsvpc는 태스크마다 네트워크 인터페이스를 가져요. bridge는 인스턴스의 포트를 빌려요.",
                "awsvpc gives each task an interface of its own; bridge borrows ports of the instance.",
            ),
        field!(architecture, "아키텍처", "Architecture", Widget::Choice(CpuArchitecture::CHOICES))
            .property("RuntimePlatform.CpuArchitecture")
            .help(
                "이미지를 빌드한 프로세서예요. 맥에서 빌드했다면 --platform=linux/amd64로 빌드했는지 보세요.",
                "What images are built for. On a Mac, build with --platform=linux/amd64 for x86_64.",
            ),
        field!(task_role, "태스크 역할", "Task role", Widget::Reference(&[Kind::IamRole]))
            .property("TaskRoleArn")
            .help(
                "컨테이너 안의 프로그램이 S3나 DynamoDB 같은 서비스에 쓸 권한이에요.",
                "What the program in the containers may do with S3, DynamoDB and the like.",
            ),
        field!(execution_role, "태스크 실행 역할", "Task execution role", Widget::Reference(&[Kind::IamRole])).help(
            "ECS가 이미지를 내려받고 로그를 쓰고 보안 값을 읽을 권한이에요. 비우면 필요할 때 함께 만들어요.",
            "Lets ECS pull images, write logs and read secrets. Empty makes one where it is needed.",
        ),
        field!(containers, "컨테이너", "Containers", Widget::Table(columns::<Container>)).help(
            "함께 도는 컨테이너예요. 필수 컨테이너가 하나는 있어야 해요.",
            "Containers that run together. At least one is essential.",
        ),
    ];

    fn bare() -> Self {
        let (compatibility, network_mode) = (Compatibility::Ec2, NetworkMode::Bridge);
        Self { compatibility, network_mode, containers: Vec::new(), ..Self::default() }
    }

    fn connect(&self, to: NodeId, other: Kind) -> Option<(&'static str, Value)> {
        let mut containers = self.containers.clone();
        let first = containers.first_mut()?;
        match other {
            Kind::EcrRepository => first.repository = Some(to),
            Kind::LogGroup => containers.iter_mut().for_each(|one| one.log_group = Some(to)),
            Kind::SsmParameter => {
                let secret = Secret { name: "SETTING".to_owned(), parameter: Some(to), value_from: String::new() };
                let known = first.secrets.iter().any(|one| one.parameter == Some(to));
                first.secrets.extend((!known).then_some(secret));
            }
            _ => return None,
        }
        Some(("containers", containers.to_value()))
    }

    fn caption(&self) -> Option<String> {
        let vcpu = f64::from(self.cpu.units()) / 1024.0;
        let memory = f64::from(self.memory) / 1024.0;
        Some(format!("{vcpu} vCPU · {memory} GiB"))
    }
}
