//! A CodePipeline: from a push to a deployment, stage by stage.

mod action;

pub(super) use action::service_names;
pub use action::{ActionProvider, PipelineAction};

use crate::catalog::{Category, Field, FieldValue, Kind, Placement, Resource, Shape, Spec, Value, Widget, columns};
use crate::cloudformation::{Emit, Read, allow, read_role, role_of, service_role};
use crate::field;
use crate::id::NodeId;
use crate::template::{Json, Object, object, reference};
use crate::text::{Message, t};

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
    /// What the id of its connection ends in.
    const CONNECTION: &'static str = "Connection";
    const ARTIFACTS: &'static str = "Artifacts";

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

    fn makes_connection(&self) -> bool {
        self.actions.iter().any(|action| action.provider == ActionProvider::Connection && action.connection.is_empty())
    }

    /// The stages as a template has them. Actions that lack what they need are left out, and an approval stands where fewer than two stages are left.
    fn stages_json(&self, emit: &mut Emit<'_>) -> Vec<Json> {
        let mut stages = Vec::new();
        for (stage, actions) in self.stages() {
            let mut made = Vec::new();
            for action in actions {
                let name = &action.name;
                match action.to_json(emit) {
                    Some(json) => made.push(json),
                    None => emit.note(crate::message!(
                        "작업 {name}은(는) 프로젝트나 배포 대상이 정해지지 않아서 템플릿에 넣지 않았어요.",
                        "Action {name} has no project or target yet and is not in the template."
                    )),
                }
            }
            if !made.is_empty() {
                stages.push(serde_json::json!({ "Name": stage, "Actions": made }));
            }
        }
        if stages.len() < 2 {
            let approval = PipelineAction {
                name: "Approve".to_owned(),
                provider: ActionProvider::Approval,
                ..PipelineAction::default()
            };
            stages.extend(
                approval.to_json(emit).map(|action| serde_json::json!({ "Name": "Approve", "Actions": [action] })),
            );
            emit.note(crate::message!(
                "파이프라인에는 스테이지가 둘 이상 있어야 해서 수동 승인을 넣어 내보냈어요.",
                "A pipeline needs two stages; a manual approval stands in for the second."
            ));
        }
        stages
    }

    /// What the role of the pipeline may do.
    fn statements(&self) -> Vec<Json> {
        let has = |provider| self.actions.iter().any(|action| action.provider == provider);
        let mut statements = vec![allow(
            &[
                "s3:GetObject",
                "s3:GetObjectVersion",
                "s3:PutObject",
                "s3:GetBucketVersioning",
                "s3:GetBucketLocation",
                "s3:ListBucket",
            ],
            "*",
        )];
        if has(ActionProvider::Connection) {
            statements.push(allow(&["codestar-connections:UseConnection", "codeconnections:UseConnection"], "*"));
        }
        if has(ActionProvider::CodeBuild) {
            statements.push(allow(&["codebuild:StartBuild", "codebuild:BatchGetBuilds"], "*"));
        }
        if has(ActionProvider::Ecs) || has(ActionProvider::CodeDeployToEcs) {
            statements.push(allow(
                &[
                    "ecs:DescribeServices",
                    "ecs:DescribeTaskDefinition",
                    "ecs:DescribeTasks",
                    "ecs:ListTasks",
                    "ecs:RegisterTaskDefinition",
                    "ecs:TagResource",
                    "ecs:UpdateService",
                ],
                "*",
            ));
            let mut pass = allow(&["iam:PassRole"], "*");
            if let Some(statement) = pass.as_object_mut() {
                // Tasks and nothing else may get the roles it hands on.
                let to = serde_json::json!({ "StringEquals": { "iam:PassedToService": "ecs-tasks.amazonaws.com" } });
                statement.insert("Condition".to_owned(), to);
            }
            statements.push(pass);
        }
        if has(ActionProvider::CodeDeploy) || has(ActionProvider::CodeDeployToEcs) {
            statements.push(allow(
                &[
                    "codedeploy:CreateDeployment",
                    "codedeploy:GetApplication",
                    "codedeploy:GetApplicationRevision",
                    "codedeploy:GetDeployment",
                    "codedeploy:GetDeploymentConfig",
                    "codedeploy:RegisterApplicationRevision",
                ],
                "*",
            ));
        }
        statements
    }
}

impl Resource for CodePipeline {
    const KIND: Kind = Kind::CodePipeline;
    const SPEC: Spec = Spec {
        id: "code_pipeline",
        label: t("CodePipeline 파이프라인", "CodePipeline"),
        summary: t(
            "소스가 바뀌면 빌드하고 배포하는 일을 스테이지 순서대로 해요.",
            "When the source changes, builds and deploys it stage by stage.",
        ),
        category: Category::Delivery,
        cloudformation_type: "AWS::CodePipeline::Pipeline",
        placement: Placement { root: true, parents: &[Kind::Region] },
        shape: Shape::Tile,
        ancestors: &[],
        tags: true,
        keywords: &["codepipeline", "pipeline", "ci/cd", "파이프라인", "배포", "deploy"],
        source: "https://docs.aws.amazon.com/codepipeline/latest/userguide/concepts.html",
    };
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

    fn export(&self, emit: &mut Emit<'_>) {
        let node = emit.node();
        emit.put("PipelineType", "V2");
        let stages = self.stages_json(emit);
        emit.put("Stages", stages);
        let bucket = self.artifact_bucket.and_then(|id| emit.refer(id)).unwrap_or_else(|| {
            emit.part(Self::ARTIFACTS, "AWS::S3::Bucket", artifact_bucket());
            reference(&emit.part_id(node, Self::ARTIFACTS))
        });
        emit.put("ArtifactStore", serde_json::json!({ "Type": "S3", "Location": bucket }));
        if self.makes_connection() {
            let name: String = emit.logical().chars().take(32).collect();
            let connection = object([("ConnectionName", Some(name.into())), ("ProviderType", Some("GitHub".into()))]);
            emit.part(Self::CONNECTION, "AWS::CodeConnections::Connection", connection);
            emit.note(crate::message!(
                "배포한 뒤 콘솔의 개발자 도구 > 연결에서 GitHub 연결을 승인해야 파이프라인이 소스를 읽어요.",
                "After deployment, authorise the GitHub connection under Developer Tools > Connections in the console; only then can the pipeline read the source."
            ));
        }
        let own = service_role("codepipeline.amazonaws.com", &[], &self.statements());
        let role = role_of(emit, self.role, own);
        emit.put("RoleArn", role);
    }

    fn import(&mut self, read: &Read<'_>) -> Result<(), Message> {
        self.actions = Vec::new();
        for stage in read.list("Stages") {
            let name = stage.get("Name").and_then(|name| read.text(name)).unwrap_or_default();
            let actions = stage.get("Actions").and_then(Json::as_array).into_iter().flatten();
            self.actions.extend(read.each("actions", actions, |action| PipelineAction::from_json(read, &name, action)));
        }
        let bucket = read.get("ArtifactStore.Location");
        self.artifact_bucket = bucket.and_then(|bucket| read.node(bucket));
        if let Some(bucket) = bucket {
            // A bucket of its own is made again with it.
            read.part_at(bucket);
        }
        self.role = read_role(read, "RoleArn");
        Ok(())
    }

    fn caption(&self) -> Option<String> {
        Some(self.stages().iter().map(|(stage, _)| *stage).collect::<Vec<_>>().join(" > "))
    }
}

/// A private bucket for what stages hand on.
fn artifact_bucket() -> Object {
    let locks = ["BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"];
    let locks: Object = locks.into_iter().map(|lock| (lock.to_owned(), true.into())).collect();
    object([("PublicAccessBlockConfiguration", Some(locks.into()))])
}
