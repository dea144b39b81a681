//! An ECS service: keeps tasks running in subnets, behind a load balancer, and replaces them version by version.

mod balancing;

pub use balancing::ServiceBalancer;

use super::CapacityShare;
use crate::catalog::{Category, Field, FieldValue, Kind, Placement, Resource, Shape, Spec, Value, Widget, columns};
use crate::id::NodeId;
use crate::text::{Text, t};
use crate::{choices, field};

choices! {
    /// Where tasks run.
    pub enum ServiceLaunch {
        Fargate = "FARGATE" ("Fargate", "Fargate"),
        Ec2 = "EC2" ("EC2", "EC2"),
        Strategy = "strategy" ("용량 공급자", "Capacity providers"),
    }
}

choices! {
    /// How a new version takes the old one's place.
    pub enum Deployment {
        Rolling = "ROLLING" ("롤링 업데이트", "Rolling update"),
        BlueGreen = "BLUE_GREEN" ("블루/그린(ECS)", "Blue/green (ECS)"),
        CodeDeploy = "CODE_DEPLOY" ("블루/그린(CodeDeploy)", "Blue/green (CodeDeploy)"),
    }
}

/// Keeps a number of tasks running.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EcsService {
    /// Its name; CloudFormation chooses one where it is empty.
    pub service_name: String,
    /// In which cluster.
    pub cluster: Option<NodeId>,
    /// What each task is.
    pub task_definition: Option<NodeId>,
    /// How many tasks it keeps running.
    pub desired_count: u32,
    /// Where tasks run.
    pub launch: ServiceLaunch,
    /// How tasks are shared between capacity providers; empty means the cluster's default.
    pub strategy: Vec<CapacityShare>,
    /// Where each task gets its interface.
    pub subnets: Vec<NodeId>,
    /// The groups of those interfaces; empty means the VPC's default group.
    pub security_groups: Vec<NodeId>,
    /// Whether the interfaces get public addresses.
    pub assign_public_ip: bool,
    /// The target groups in which tasks register.
    pub load_balancers: Vec<ServiceBalancer>,
    /// Seconds after the start of a task in which failed health checks do not count.
    pub health_grace: u32,
    /// How a new version takes the old one's place.
    pub deployment: Deployment,
    /// How much of the desired count must stay healthy while a rolling update runs, in percent.
    pub min_percent: u16,
    /// How much of it may run at most, in percent.
    pub max_percent: u16,
    /// Whether a deployment that does not get healthy is given up.
    pub circuit_breaker: bool,
    /// Whether the version before comes back then.
    pub rollback: bool,
    /// Minutes for which both versions run after the switch.
    pub bake_minutes: u16,
    /// What ECS may do to move requests from the old version to the new; one of its own where it is empty.
    pub switch_role: Option<NodeId>,
    /// Whether a shell can be opened in a running container.
    pub execute_command: bool,
}

impl Default for EcsService {
    fn default() -> Self {
        Self {
            service_name: String::new(),
            cluster: None,
            task_definition: None,
            desired_count: 1,
            launch: ServiceLaunch::Fargate,
            strategy: Vec::new(),
            subnets: Vec::new(),
            security_groups: Vec::new(),
            assign_public_ip: false,
            load_balancers: Vec::new(),
            health_grace: 60,
            deployment: Deployment::Rolling,
            min_percent: 100,
            max_percent: 200,
            circuit_breaker: true,
            rollback: true,
            bake_minutes: 5,
            switch_role: None,
            execute_command: false,
        }
    }
}

impl EcsService {
    /// Whether its tasks run without instances, as far as it says itself: the cluster decides where it has an empty strategy.
    pub fn is_fargate(&self) -> bool {
        let without_instances = |share: &CapacityShare| share.group.is_none() && share.provider.starts_with("FARGATE");
        match self.launch {
            ServiceLaunch::Fargate => true,
            ServiceLaunch::Ec2 => false,
            ServiceLaunch::Strategy => self.strategy.iter().all(without_instances),
        }
    }

    /// Whether new tasks take the place of old ones a few at a time.
    pub fn is_rolling(&self) -> bool {
        self.deployment == Deployment::Rolling
    }

    /// Whether ECS itself moves requests from the old tasks to the new ones.
    pub fn is_blue_green(&self) -> bool {
        self.deployment == Deployment::BlueGreen
    }

    fn is_balanced(&self) -> bool {
        !self.load_balancers.is_empty()
    }
}

impl Resource for EcsService {
    const KIND: Kind = Kind::EcsService;
    const SPEC: Spec = Spec {
        id: "ecs_service",
        label: t("ECS 서비스", "ECS service"),
        category: Category::Containers,
        cloudformation_type: "AWS::ECS::Service",
        placement: Placement { root: false, parents: &[Kind::Vpc] },
        shape: Shape::Tile,
        ancestors: &[],
        tags: true,
        keywords: &["ecs", "fargate", "파게이트", "container", "컨테이너", "rolling", "롤링", "blue/green", "블루그린"],
    };
    const SUMMARY: Text = t(
        "태스크를 정한 수만큼 계속 띄워 두고, 로드 밸런서에 등록하고, 새 버전으로 차례차례 바꿔요.",
        "Keeps a number of tasks running, registers them with a load balancer, and replaces them by new versions.",
    );
    const SOURCE: &'static str = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_services.html";
    const FIELDS: &'static [Field<Self>] = &[
        field!(service_name, "서비스 이름", "Service name", Widget::Line)
            .property("ServiceName")
            .help("비우면 CloudFormation이 지어요.", "Empty lets CloudFormation choose."),
        field!(cluster, "클러스터", "Cluster", Widget::Reference(&[Kind::EcsCluster]))
            .property("Cluster")
            .help("서비스가 속한 클러스터예요.", "The cluster it belongs to."),
        field!(task_definition, "태스크 정의", "Task definition", Widget::Reference(&[Kind::TaskDefinition]))
            .property("TaskDefinition")
            .help("태스크마다 무엇을 실행할지예요.", "What each task runs."),
        field!(desired_count, "원하는 태스크 수", "Desired count", Widget::Number { min: 0, max: 5000, unit: t("개", "tasks") })
            .property("DesiredCount")
            .help("늘 이만큼 돌게 해요. 둘 이상이면 가용 영역에 나눠 둬요.", "Keeps so many running. Two or more are spread over zones."),
        field!(launch, "컴퓨팅", "Compute", Widget::Choice(ServiceLaunch::CHOICES)).help(
            "Fargate는 서버 없이, EC2는 클러스터의 인스턴스에서 돌아요. 용량 공급자는 Fargate Spot을 섞을 수 있어요.",
            "Fargate needs no servers, EC2 runs on instances of the cluster, capacity providers can mix in Fargate Spot.",
        ),
        field!(strategy, "용량 공급자 전략", "Capacity provider strategy", Widget::Table(columns::<CapacityShare>))
            .when(|of: &Self| of.launch == ServiceLaunch::Strategy)
            .help("비우면 클러스터의 기본 전략을 따라요.", "Empty follows the cluster's default."),
        field!(subnets, "서브넷", "Subnets", Widget::References(&[Kind::Subnet])).of_same_vpc()
            .property("NetworkConfiguration.AwsvpcConfiguration.Subnets")
            .help("태스크가 네트워크 인터페이스를 받는 곳이에요. 보통 프라이빗 서브넷을 영역마다 골라요.", "Where tasks get their interfaces: mostly a private subnet in each zone."),
        field!(security_groups, "보안 그룹", "Security groups", Widget::References(&[Kind::SecurityGroup])).of_same_vpc()
            .property("NetworkConfiguration.AwsvpcConfiguration.SecurityGroups")
            .help("로드 밸런서에서 오는 컨테이너 포트를 허용해야 해요. 비우면 VPC의 기본 보안 그룹이에요.", "Must admit the container's port from the load balancer. Empty means the VPC's default group."),
        field!(assign_public_ip, "퍼블릭 IP", "Public IP", Widget::Toggle)
            .help("퍼블릭 서브넷의 태스크는 켜야 이미지를 내려받아요. 프라이빗 서브넷에서는 끄세요.", "Tasks in public subnets need it to pull images. Off in private subnets."),
        field!(load_balancers, "로드 밸런서", "Load balancers", Widget::Table(columns::<ServiceBalancer>))
            .help("태스크가 스스로 등록될 대상 그룹이에요.", "The target groups in which tasks register by themselves."),
        field!(health_grace, "상태 확인 유예 기간", "Health check grace period", Widget::Number { min: 0, max: 2_147_483_647, unit: t("초", "s") })
            .property("HealthCheckGracePeriodSeconds")
            .when(Self::is_balanced)
            .help("태스크가 뜨는 동안 실패한 상태 확인을 무시하는 시간이에요.", "Failed health checks are ignored for so long after a task starts."),
        field!(deployment, "배포 방식", "Deployment", Widget::Choice(Deployment::CHOICES)).help(
            "롤링은 몇 개씩 바꾸고, 블루/그린은 새 버전을 모두 띄운 뒤 로드 밸런서를 돌려요.",
            "Rolling replaces a few at a time; blue/green starts the whole new version and then turns the load balancer.",
        ),
        field!(min_percent, "최소 정상 비율", "Minimum healthy percent", Widget::Number { min: 0, max: 100, unit: t("%", "%") })
            .property("DeploymentConfiguration.MinimumHealthyPercent")
            .when(Self::is_rolling)
            .help("배포하는 동안에도 정상으로 남아 있어야 하는 태스크의 비율이에요.", "How many tasks must stay healthy during a deployment."),
        field!(max_percent, "최대 비율", "Maximum percent", Widget::Number { min: 100, max: 800, unit: t("%", "%") })
            .property("DeploymentConfiguration.MaximumPercent")
            .when(Self::is_rolling)
            .help("배포하는 동안 최대로 도는 태스크의 비율이에요. 200이면 새 태스크를 모두 먼저 띄울 수 있어요.", "How many may run during a deployment. 200 lets all new tasks start first."),
        field!(circuit_breaker, "배포 회로 차단기", "Deployment circuit breaker", Widget::Toggle)
            .property("DeploymentConfiguration.DeploymentCircuitBreaker.Enable")
            .when(Self::is_rolling)
            .help("새 태스크가 계속 실패하면 배포를 멈춰요.", "Gives a deployment up whose tasks keep failing."),
        field!(rollback, "실패하면 되돌리기", "Roll back on failure", Widget::Toggle)
            .when(|of: &Self| of.is_rolling() && of.circuit_breaker)
            .help("멈춘 배포를 이전 버전으로 되돌려요.", "Brings the version before back."),
        field!(bake_minutes, "굽기 시간", "Bake time", Widget::Number { min: 0, max: 1440, unit: t("분", "min") })
            .property("DeploymentConfiguration.BakeTimeInMinutes")
            .when(Self::is_blue_green)
            .help("전환한 뒤 두 버전을 함께 두고 지켜보는 시간이에요. 이때까지는 바로 되돌릴 수 있어요.", "Both versions run for so long after the switch, so that it can be taken back at once."),
        field!(switch_role, "전환 역할", "Switching role", Widget::Reference(&[Kind::IamRole]))
            .when(Self::is_blue_green)
            .help("ECS가 로드 밸런서의 규칙을 바꿀 권한이에요. 비우면 함께 만들어요.", "Lets ECS change the load balancer's rule. Empty makes one."),
        field!(execute_command, "ECS Exec", "ECS Exec", Widget::Toggle)
            .property("EnableExecuteCommand")
            .help("실행 중인 컨테이너에 셸로 들어갈 수 있어요. 태스크 역할에 SSM 권한이 필요해요.", "Opens a shell in a running container. The task role needs permissions for SSM."),
    ];

    fn connect_row(&self, to: NodeId, other: Kind) -> Option<(&'static str, Value)> {
        let row = ServiceBalancer { target_group: Some(to), ..ServiceBalancer::default() };
        (other == Kind::TargetGroup).then(|| ("load_balancers", row.to_value()))
    }

    fn caption(&self) -> Option<String> {
        Some(format!("× {}", self.desired_count))
    }
}
