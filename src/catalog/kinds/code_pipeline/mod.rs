//! A CodePipeline: from a push to a deployment, stage by stage.

mod action;

pub use action::{ActionProvider, PipelineAction};

use crate::catalog::{Category, Field, FieldValue, Kind, Placement, Resource, Shape, Spec, Value, Widget, columns};
use crate::field;
use crate::id::NodeId;
use crate::text::{Text, t};

/// Carries a change from its source through build and approval to where it runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodePipeline {
    /// Its actions, stage by stage.
    pub actions: Vec<PipelineAction>,
    /// Where artifacts lie between stages; none makes a bucket.
    pub artifact_bucket: Option<NodeId>,
    /// What it may do; none makes a role for what it does.
    pub role: Option<NodeId>,
}

impl Default for CodePipeline {
    fn default() -> Self {
        let source = PipelineAction {
            stage: "Source".to_owned(),
            name: "Source".to_owned(),
            provider: ActionProvider::Connection,
            output: "SourceOutput".to_owned(),
            ..PipelineAction::default()
        };
        Self { actions: vec![source], artifact_bucket: None, role: None }
    }
}

impl CodePipeline {
    /// The stages with their actions, in the order in which each begins.
    pub fn stages(&self) -> Vec<(&str, Vec<&PipelineAction>)> {
        let mut stages: Vec<(&str, Vec<&PipelineAction>)> = Vec::new();
        for action in &self.actions {
            match stages.iter_mut().find(|(stage, _)| *stage == action.stage) {
                Some((_, actions)) => actions.push(action),
                None => stages.push((&action.stage, vec![action])),
            }
        }
        stages
    }
}

impl Resource for CodePipeline {
    const KIND: Kind = Kind::CodePipeline;
    const SPEC: Spec = Spec {
        id: "code_pipeline",
        label: t("CodePipeline 파이프라인", "CodePipeline"),
        category: Category::Delivery,
        cloudformation_type: "AWS::CodePipeline::Pipeline",
        placement: Placement { root: true, parents: &[Kind::Region] },
        shape: Shape::Tile,
        ancestors: &[],
        tags: true,
        keywords: &["codepipeline", "pipeline", "ci/cd", "파이프라인", "배포", "deploy"],
    };
    const SUMMARY: Text = t(
        "소스가 바뀌면 빌드하고 배포하는 일을 스테이지 순서대로 해요.",
        "When the source changes, builds and deploys it stage by stage.",
    );
    const SOURCE: &'static str = "https://docs.aws.amazon.com/codepipeline/latest/userguide/concepts.html";
    const FIELDS: &'static [Field<Self>] = &[
        field!(actions, "작업", "Actions", Widget::Table(columns::<PipelineAction>)).help(
            "소스, 빌드, 배포 순서로 적어요. 소스는 첫 스테이지에만 있어야 하고, 스테이지는 둘 이상이어야 해요.",
            "Source, build, deployment. The source stands in the first stage alone, and there are two stages or more.",
        ),
        field!(artifact_bucket, "아티팩트 버킷", "Artifact bucket", Widget::Reference(&[Kind::S3Bucket])).help(
            "스테이지 사이에 주고받는 파일을 두는 곳이에요. 비우면 하나 만들어요.",
            "Where files lie between stages. Empty makes one.",
        ),
        field!(role, "서비스 역할", "Service role", Widget::Reference(&[Kind::IamRole])).help(
            "빌드를 시작하고 배포할 권한이에요. 비우면 필요한 권한만 가진 역할을 만들어요.",
            "What it may start and deploy. Empty makes a role with what it needs.",
        ),
    ];

    fn connect_row(&self, to: NodeId, other: Kind) -> Option<(&'static str, Value)> {
        let action = match other {
            Kind::CodeBuildProject => PipelineAction { project: Some(to), ..PipelineAction::default() },
            Kind::EcsService => PipelineAction {
                stage: "Deploy".to_owned(),
                name: "Deploy".to_owned(),
                provider: ActionProvider::Ecs,
                ecs_service: Some(to),
                input: "BuildOutput".to_owned(),
                ..PipelineAction::default()
            },
            Kind::CodeDeployGroup => PipelineAction {
                stage: "Deploy".to_owned(),
                name: "Deploy".to_owned(),
                provider: ActionProvider::CodeDeploy,
                deployment_group: Some(to),
                input: "BuildOutput".to_owned(),
                ..PipelineAction::default()
            },
            _ => return None,
        };
        Some(("actions", action.to_value()))
    }

    fn caption(&self) -> Option<String> {
        Some(self.stages().iter().map(|(stage, _)| *stage).collect::<Vec<_>>().join(" > "))
    }
}
