//! A deployment group of a CodeDeploy application: where to deploy, how fast, and what to do when it fails.

use crate::catalog::{Category, Field, Kind, Placement, Record, Resource, Shape, Spec, Suggestion, Widget, columns};
use crate::id::NodeId;
use crate::text::{Text, t};
use crate::{choices, field, record};

choices! {
    /// How a new version takes the place of the old one.
    pub enum DeploymentType {
        InPlace = "IN_PLACE" ("현재 위치", "In place"),
        BlueGreen = "BLUE_GREEN" ("블루/그린", "Blue/green"),
    }
}

/// A tag by which servers are found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagFilter {
    /// The tag's key.
    pub key: String,
    /// Its value; empty is any.
    pub value: String,
}

impl Default for TagFilter {
    fn default() -> Self {
        Self { key: "Name".to_owned(), value: String::new() }
    }
}

impl Record for TagFilter {
    const COLUMNS: &'static [Field<Self>] = &[
        field!(key, "키", "Key", Widget::Line)
            .property("Key")
            .help("태그의 키예요. 예: Name", "Key of the tag, such as Name."),
        field!(value, "값", "Value", Widget::Line)
            .property("Value")
            .help("비우면 어떤 값이든 맞아요.", "Empty matches any value."),
    ];
}
record!(TagFilter);

/// Where and how an application is deployed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeDeployGroup {
    /// Its name; empty lets AWS choose one.
    pub group_name: String,
    /// How fast.
    pub deployment_config: String,
    /// Whether old servers or tasks stay beside the new ones for a while.
    pub deployment_type: DeploymentType,
    /// Tags of the servers (EC2).
    pub tag_filters: Vec<TagFilter>,
    /// The service (ECS).
    pub ecs_service: Option<NodeId>,
    /// Name of the cluster, where the service is not drawn (ECS).
    pub cluster: String,
    /// Name of the service, where it is not drawn (ECS).
    pub service: String,
    /// The listener for everyone (ECS).
    pub production_listener: Option<NodeId>,
    /// The listener for a look beforehand (ECS).
    pub test_listener: Option<NodeId>,
    /// The target group behind which the old version runs; of servers, the one they leave while they are deployed to.
    pub blue_group: Option<NodeId>,
    /// The target group of the new version (ECS).
    pub green_group: Option<NodeId>,
    /// Minutes until the old version goes.
    pub termination_wait: u16,
    /// What CodeDeploy may do; none makes a role for it.
    pub role: Option<NodeId>,
    /// Whether a failed deployment goes back.
    pub auto_rollback: bool,
}

impl Default for CodeDeployGroup {
    fn default() -> Self {
        Self {
            group_name: String::new(),
            deployment_config: String::new(),
            deployment_type: DeploymentType::InPlace,
            tag_filters: vec![TagFilter { value: "web".to_owned(), ..TagFilter::default() }],
            ecs_service: None,
            cluster: String::new(),
            service: String::new(),
            production_listener: None,
            test_listener: None,
            blue_group: None,
            green_group: None,
            termination_wait: 5,
            role: None,
            auto_rollback: true,
        }
    }
}

fn to_ecs(of: &CodeDeployGroup) -> bool {
    of.ecs_service.is_some()
        || !of.cluster.is_empty()
        || !of.service.is_empty()
        || of.deployment_type == DeploymentType::BlueGreen
}

impl Resource for CodeDeployGroup {
    const KIND: Kind = Kind::CodeDeployGroup;
    const SPEC: Spec = Spec {
        id: "code_deploy_group",
        label: t("배포 그룹", "Deployment group"),
        category: Category::Delivery,
        cloudformation_type: "AWS::CodeDeploy::DeploymentGroup",
        placement: Placement { root: false, parents: &[Kind::CodeDeployApplication] },
        shape: Shape::Tile,
        ancestors: &[(Kind::CodeDeployApplication, "ApplicationName")],
        tags: true,
        keywords: &["codedeploy", "deployment group", "blue/green", "배포 그룹", "블루/그린"],
    };
    const SUMMARY: Text = t(
        "CodeDeploy가 어느 서버나 ECS 서비스에, 얼마나 빨리 배포할지 정해요.",
        "Decides to which servers or ECS service CodeDeploy deploys, and how fast.",
    );
    const SOURCE: &'static str = "https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-groups.html";
    const FIELDS: &'static [Field<Self>] = &[
        field!(group_name, "배포 그룹 이름", "Group name", Widget::Line)
            .property("DeploymentGroupName")
            .help("비우면 AWS가 정해요.", "Empty lets AWS choose one."),
        field!(deployment_config, "배포 구성", "Deployment configuration", Widget::Suggest(configs)).help(
            "한 번에 얼마나 배포할지예요. 비우면 서버는 하나씩, ECS는 한꺼번에 바꿔요.",
            "How much at a time. Empty is one server at a time, or all of an ECS service.",
        ),
        field!(deployment_type, "배포 유형", "Deployment type", Widget::Choice(DeploymentType::CHOICES)).help(
            "ECS는 블루/그린이에요. 새 작업을 띄운 뒤 트래픽을 옮겨요.",
            "ECS is blue/green: traffic moves once the new tasks run.",
        ),
        field!(tag_filters, "EC2 태그", "EC2 tags", Widget::Table(columns::<TagFilter>))
            .when(|of: &Self| !to_ecs(of))
            .help("이 태그가 붙은 인스턴스에 배포해요.", "Deploys to the instances with these tags."),
        field!(ecs_service, "ECS 서비스", "ECS service", Widget::Reference(&[Kind::EcsService])).help(
            "배포 컨트롤러가 CODE_DEPLOY인 서비스예요. 그림에 없으면 아래에 이름을 적어요.",
            "A service whose deployment controller is CODE_DEPLOY. Enter its names below where it is not drawn.",
        ),
        field!(cluster, "ECS 클러스터 이름", "ECS cluster name", Widget::Line)
            .help("ECS에 배포할 때 적어요.", "For a deployment to ECS."),
        field!(service, "ECS 서비스 이름", "ECS service name", Widget::Line).help(
            "배포 컨트롤러가 CODE_DEPLOY인 서비스여야 해요.",
            "A service whose deployment controller is CODE_DEPLOY.",
        ),
        field!(production_listener, "프로덕션 리스너", "Production listener", Widget::Reference(&[Kind::Listener]))
            .when(to_ecs)
            .help("사용자의 요청을 받는 리스너예요.", "The listener that takes everyone's requests."),
        field!(test_listener, "테스트 리스너", "Test listener", Widget::Reference(&[Kind::Listener]))
            .when(to_ecs)
            .help(
                "바꾸기 전에 새 버전을 살펴보는 리스너예요. 없어도 돼요.",
                "For a look at the new version beforehand. Optional.",
            ),
        field!(blue_group, "대상 그룹", "Target group", Widget::Reference(&[Kind::TargetGroup]))
            .help("지금 버전이 있는 대상 그룹이에요.", "The target group of the version that runs now."),
        field!(green_group, "그린 대상 그룹", "Green target group", Widget::Reference(&[Kind::TargetGroup]))
            .when(to_ecs)
            .help("새 버전이 뜰 대상 그룹이에요.", "The target group of the new version."),
        field!(
            termination_wait,
            "이전 버전 종료 대기",
            "Wait before the old version goes",
            Widget::Number { min: 0, max: 2_880, unit: t("분", "min") }
        )
        .when(to_ecs)
        .help("이 시간 안에는 바로 되돌릴 수 있어요.", "Within it, going back is immediate."),
        field!(role, "서비스 역할", "Service role", Widget::Reference(&[Kind::IamRole])).help(
            "CodeDeploy가 서버나 ECS 서비스를 바꿀 권한이에요. 비우면 AWS 관리형 정책을 붙인 역할을 만들어요.",
            "What CodeDeploy may do with servers or services. Empty makes a role with AWS's managed policy.",
        ),
        field!(auto_rollback, "실패하면 되돌리기", "Roll back on failure", Widget::Toggle)
            .help("배포에 실패하면 이전 버전으로 돌아가요.", "A failed deployment goes back to the version before."),
    ];

    fn caption(&self) -> Option<String> {
        let words = self.deployment_config.rsplit('.').next().unwrap_or_default();
        (!words.is_empty()).then(|| words.to_owned())
    }
}

fn configs() -> Vec<Suggestion> {
    [
        ("CodeDeployDefault.OneAtATime", "하나씩(EC2)", "One at a time (EC2)"),
        ("CodeDeployDefault.HalfAtATime", "절반씩(EC2)", "Half at a time (EC2)"),
        ("CodeDeployDefault.AllAtOnce", "한꺼번에(EC2)", "All at once (EC2)"),
        ("CodeDeployDefault.ECSAllAtOnce", "한꺼번에(ECS)", "All at once (ECS)"),
        ("CodeDeployDefault.ECSLinear10PercentEvery1Minutes", "1분마다 10%(ECS)", "10 % every minute (ECS)"),
        ("CodeDeployDefault.ECSLinear10PercentEvery3Minutes", "3분마다 10%(ECS)", "10 % every 3 minutes (ECS)"),
        (
            "CodeDeployDefault.ECSCanary10Percent5Minutes",
            "10%를 먼저, 5분 뒤 나머지(ECS)",
            "10 %, the rest after 5 minutes (ECS)",
        ),
        (
            "CodeDeployDefault.ECSCanary10Percent15Minutes",
            "10%를 먼저, 15분 뒤 나머지(ECS)",
            "10 %, the rest after 15 minutes (ECS)",
        ),
        ("CodeDeployDefault.LambdaAllAtOnce", "한꺼번에(Lambda)", "All at once (Lambda)"),
    ]
    .map(|(value, ko, en)| Suggestion { value: value.to_owned(), label: t(ko, en).into() })
    .into()
}
