//! One action of a pipeline: a source, a build, a deployment or a person's approval.

use crate::catalog::{Field, Kind, Record, Widget};
use crate::id::NodeId;
use crate::text::t;
use crate::{choices, field, record};

choices! {
    /// Who does it.
    pub enum ActionProvider {
        Connection = "CodeStarSourceConnection" ("GitHub 소스(연결)", "GitHub source (connection)"),
        S3Source = "S3Source" ("S3 소스", "S3 source"),
        CodeBuild = "CodeBuild" ("CodeBuild 빌드", "CodeBuild build"),
        Ecs = "ECS" ("ECS 롤링 배포", "ECS rolling deployment"),
        CodeDeployToEcs = "CodeDeployToECS" ("ECS 블루/그린 배포(CodeDeploy)", "ECS blue/green deployment (CodeDeploy)"),
        CodeDeploy = "CodeDeploy" ("CodeDeploy 배포", "CodeDeploy deployment"),
        S3Deploy = "S3" ("S3에 배포", "S3 deployment"),
        Approval = "Manual" ("수동 승인", "Manual approval"),
    }
}

impl ActionProvider {
    /// Its category, as CodePipeline calls it.
    pub const fn category(self) -> &'static str {
        match self {
            Self::Connection | Self::S3Source => "Source",
            Self::CodeBuild => "Build",
            Self::Ecs | Self::CodeDeployToEcs | Self::CodeDeploy | Self::S3Deploy => "Deploy",
            Self::Approval => "Approval",
        }
    }

    /// Whether it brings the source.
    pub const fn is_source(self) -> bool {
        matches!(self, Self::Connection | Self::S3Source)
    }

    /// Whether it deploys.
    pub const fn is_deploy(self) -> bool {
        matches!(self, Self::Ecs | Self::CodeDeployToEcs | Self::CodeDeploy | Self::S3Deploy)
    }

    /// As CloudFormation writes it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::S3Source => "S3",
            other => other.as_str(),
        }
    }
}

/// A step of a stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PipelineAction {
    /// The stage it is in; actions of one stage stand together.
    pub stage: String,
    /// Its name.
    pub name: String,
    /// Who does it.
    pub provider: ActionProvider,
    /// `owner/repository`
    pub repository: String,
    /// The branch.
    pub branch: String,
    /// ARN of a connection that exists; empty makes one.
    pub connection: String,
    /// The project of a build.
    pub project: Option<NodeId>,
    /// The bucket of a source or a deployment.
    pub bucket: Option<NodeId>,
    /// The object of an S3 source.
    pub key: String,
    /// The service to deploy to.
    pub ecs_service: Option<NodeId>,
    /// Name of the cluster to deploy to, where the service is not drawn.
    pub cluster: String,
    /// Name of the service to deploy to, where it is not drawn.
    pub service: String,
    /// The deployment group.
    pub deployment_group: Option<NodeId>,
    /// The file that names the images to deploy.
    pub image_file: String,
    /// The artifact it works on.
    pub input: String,
    /// The artifact it makes.
    pub output: String,
    /// When it runs within its stage; actions of one number run together.
    pub run_order: u16,
}

impl Default for PipelineAction {
    fn default() -> Self {
        Self {
            stage: "Build".to_owned(),
            name: "Build".to_owned(),
            provider: ActionProvider::CodeBuild,
            repository: "example/app".to_owned(),
            branch: "main".to_owned(),
            connection: String::new(),
            project: None,
            bucket: None,
            key: "source.zip".to_owned(),
            ecs_service: None,
            cluster: String::new(),
            service: String::new(),
            deployment_group: None,
            image_file: "imagedefinitions.json".to_owned(),
            input: "SourceOutput".to_owned(),
            output: "BuildOutput".to_owned(),
            run_order: 1,
        }
    }
}

impl Record for PipelineAction {
    const COLUMNS: &'static [Field<Self>] = &[
        field!(stage, "스테이지", "Stage", Widget::Line).help(
            "같은 이름끼리 한 스테이지예요. 위에서부터 차례로 진행해요.",
            "Actions of one name form a stage; stages run from the top.",
        ),
        field!(name, "작업 이름", "Action name", Widget::Line)
            .property("Name")
            .help("영문, 숫자와 .@_-로 써요.", "Letters, digits and .@_-."),
        field!(provider, "공급자", "Provider", Widget::Choice(ActionProvider::CHOICES))
            .help("무엇을 하는 작업인지예요.", "What the action does."),
        field!(repository, "리포지토리", "Repository", Widget::Line)
            .when(|of: &Self| of.provider == ActionProvider::Connection)
            .help("소유자/리포지토리로 써요. 예: example/app", "As owner/repository, such as example/app."),
        field!(branch, "브랜치", "Branch", Widget::Line)
            .when(|of: &Self| of.provider == ActionProvider::Connection)
            .help("이 브랜치에 푸시하면 파이프라인이 시작돼요.", "A push to it starts the pipeline."),
        field!(connection, "연결 ARN", "Connection ARN", Widget::Line)
            .when(|of: &Self| of.provider == ActionProvider::Connection)
            .help(
                "이미 있는 연결의 ARN이에요. 비우면 연결을 만들고, 콘솔에서 승인해야 해요.",
                "Of a connection that exists. Empty makes one, which you then authorise in the console.",
            ),
        field!(project, "CodeBuild 프로젝트", "CodeBuild project", Widget::Reference(&[Kind::CodeBuildProject]))
            .when(|of: &Self| of.provider == ActionProvider::CodeBuild)
            .help("빌드할 프로젝트예요.", "The project that builds."),
        field!(bucket, "S3 버킷", "S3 bucket", Widget::Reference(&[Kind::S3Bucket]))
            .when(|of: &Self| matches!(of.provider, ActionProvider::S3Source | ActionProvider::S3Deploy))
            .help("소스가 있거나 배포할 버킷이에요.", "The bucket with the source, or to deploy to."),
        field!(key, "객체 키", "Object key", Widget::Line)
            .when(|of: &Self| of.provider == ActionProvider::S3Source)
            .help(
                "소스 압축 파일이에요. 버킷에 버전 관리를 켜야 해요.",
                "The zipped source. The bucket needs versioning.",
            ),
        field!(ecs_service, "ECS 서비스", "ECS service", Widget::Reference(&[Kind::EcsService]))
            .when(|of: &Self| of.provider == ActionProvider::Ecs)
            .help(
                "배포할 서비스예요. 그림에 없으면 아래에 이름을 적어요.",
                "The service to deploy to. Enter its names below where it is not drawn.",
            ),
        field!(cluster, "ECS 클러스터 이름", "ECS cluster name", Widget::Line)
            .when(|of: &Self| of.provider == ActionProvider::Ecs && of.ecs_service.is_none())
            .help("배포할 클러스터예요.", "The cluster to deploy to."),
        field!(service, "ECS 서비스 이름", "ECS service name", Widget::Line)
            .when(|of: &Self| of.provider == ActionProvider::Ecs && of.ecs_service.is_none())
            .help("배포할 서비스예요.", "The service to deploy to."),
        field!(deployment_group, "배포 그룹", "Deployment group", Widget::Reference(&[Kind::CodeDeployGroup]))
            .when(|of: &Self| matches!(of.provider, ActionProvider::CodeDeploy | ActionProvider::CodeDeployToEcs))
            .help("CodeDeploy 애플리케이션의 배포 그룹이에요.", "A deployment group of a CodeDeploy application."),
        field!(image_file, "이미지 정의 파일", "Image definitions file", Widget::Line)
            .when(|of: &Self| of.provider == ActionProvider::Ecs)
            .help(
                "빌드가 만든 imagedefinitions.json이에요. 컨테이너 이름과 이미지를 담아요.",
                "The build's imagedefinitions.json, with container names and images.",
            ),
        field!(input, "입력 아티팩트", "Input artifact", Widget::Line)
            .when(|of: &Self| !of.provider.is_source() && of.provider != ActionProvider::Approval)
            .help("앞의 작업이 만든 아티팩트의 이름이에요.", "Name of an artifact that an earlier action made."),
        field!(output, "출력 아티팩트", "Output artifact", Widget::Line)
            .when(|of: &Self| of.provider.is_source() || of.provider == ActionProvider::CodeBuild)
            .help("이 작업이 만들 아티팩트의 이름이에요.", "Name of the artifact it makes."),
        field!(run_order, "실행 순서", "Run order", Widget::Number { min: 1, max: 999, unit: t("", "") })
            .property("RunOrder")
            .help("같은 스테이지 안에서 실행하는 순서예요.", "When it runs within its stage."),
    ];
}
record!(PipelineAction);
