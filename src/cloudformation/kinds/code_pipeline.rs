//! A pipeline: its actions by stage, artifacts between them, and a role of its own.

use super::Irregular;
use super::shared::roles::{allow, read_role, role_of, service_role};
use crate::catalog::kinds::{ActionProvider, CodePipeline, EcsService, PipelineAction};
use crate::catalog::{FieldValue, Record};
use crate::cloudformation::{Emit, Read};
use crate::id::NodeId;
use crate::template::{Json, Object, object, reference};
use crate::text::Message;

impl CodePipeline {
    /// What the id of its connection ends in.
    const CONNECTION: &'static str = "Connection";
    const ARTIFACTS: &'static str = "Artifacts";

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

impl PipelineAction {
    /// What CodePipeline hands to the provider; nothing where something it needs is missing.
    fn configuration(&self, emit: &Emit<'_>) -> Option<Object> {
        let text = |text: &str| (!text.is_empty()).then(|| Json::from(text));
        let refer = |id: Option<NodeId>| id.and_then(|id| emit.refer(id).map(|_| emit.reference_to(id)));
        Some(match self.provider {
            ActionProvider::Connection => object([
                (
                    "ConnectionArn",
                    Some(
                        text(&self.connection)
                            .unwrap_or_else(|| reference(&emit.part_id(emit.node(), CodePipeline::CONNECTION))),
                    ),
                ),
                ("FullRepositoryId", Some(text(&self.repository)?)),
                ("BranchName", Some(text(&self.branch)?)),
            ]),
            ActionProvider::S3Source => {
                object([("S3Bucket", Some(refer(self.bucket)?)), ("S3ObjectKey", Some(text(&self.key)?))])
            }
            ActionProvider::CodeBuild => object([("ProjectName", Some(refer(self.project)?))]),
            ActionProvider::Ecs => {
                let (cluster, service) = match self.ecs_service {
                    Some(id) => service_names(emit, id)?,
                    None => (text(&self.cluster)?, text(&self.service)?),
                };
                object([
                    ("ClusterName", Some(cluster)),
                    ("ServiceName", Some(service)),
                    ("FileName", text(&self.image_file)),
                ])
            }
            ActionProvider::CodeDeploy | ActionProvider::CodeDeployToEcs => {
                let group = refer(self.deployment_group)?;
                let application = emit.context().design.node(self.deployment_group?)?.parent?;
                let mut made = object([
                    ("ApplicationName", Some(emit.reference_to(application))),
                    ("DeploymentGroupName", Some(group)),
                ]);
                if self.provider == ActionProvider::CodeDeployToEcs {
                    made.insert("TaskDefinitionTemplateArtifact".to_owned(), self.input.as_str().into());
                    made.insert("AppSpecTemplateArtifact".to_owned(), self.input.as_str().into());
                }
                made
            }
            ActionProvider::S3Deploy => {
                object([("BucketName", Some(refer(self.bucket)?)), ("Extract", Some("true".into()))])
            }
            ActionProvider::Approval => Object::new(),
        })
    }

    /// As a template has it; nothing where something it needs is missing.
    fn to_json(&self, emit: &Emit<'_>) -> Option<Json> {
        let configuration = self.configuration(emit)?;
        let named = |name: &String| (!name.is_empty()).then(|| serde_json::json!([{ "Name": name }]));
        let applies = |column: &str| Self::COLUMNS.iter().any(|one| one.meta.id == column && (one.applies)(self));
        let mut json = object([
            ("Name", Some(self.name.as_str().into())),
            (
                "ActionTypeId",
                Some(serde_json::json!({
                    "Category": self.provider.category(), "Owner": "AWS", "Provider": self.provider.name(), "Version": "1"
                })),
            ),
            ("Configuration", (!configuration.is_empty()).then(|| configuration.into())),
            ("InputArtifacts", named(&self.input).filter(|_| applies("input"))),
            ("OutputArtifacts", named(&self.output).filter(|_| applies("output"))),
        ]);
        json.insert("RunOrder".to_owned(), self.run_order.into());
        Some(json.into())
    }

    fn from_json(read: &Read<'_>, stage: &str, json: &Json) -> Result<Self, Message> {
        let mut action: Self = read.row(json)?;
        stage.clone_into(&mut action.stage);
        let kind = |key: &str| json.get("ActionTypeId").and_then(|kind| read.text(kind.get(key)?)).unwrap_or_default();
        let (category, provider) = (kind("Category"), kind("Provider"));
        let mut providers =
            ActionProvider::CHOICES.iter().filter_map(|choice| ActionProvider::from_value(&choice.value.into()).ok());
        let found = providers.find(|one| one.name() == provider && one.category() == category);
        if found.is_none() {
            // What CodeCommit or a third party does is not drawn, so what is made of it is not known.
            read.leave_open("actions");
        }
        action.provider = found.unwrap_or(ActionProvider::Approval);
        let set = |key: &str| json.get("Configuration").and_then(|set| set.get(key));
        let text = |key: &str| set(key).and_then(|value| read.text(value));
        let node = |key: &str| set(key).and_then(|value| read.node(value));
        if let Some(arn) = set("ConnectionArn") {
            // A connection of its own is made again with the pipeline.
            action.connection =
                if read.part_at(arn).is_some() { String::new() } else { read.text(arn).unwrap_or_default() };
        }
        for (field, key) in [
            (&mut action.repository, "FullRepositoryId"),
            (&mut action.branch, "BranchName"),
            (&mut action.key, "S3ObjectKey"),
            (&mut action.cluster, "ClusterName"),
            (&mut action.service, "ServiceName"),
            (&mut action.image_file, "FileName"),
        ] {
            if let Some(value) = text(key) {
                *field = value;
            }
        }
        action.ecs_service = node("ServiceName");
        if action.ecs_service.is_some() {
            // Both names are the drawn service's.
            (action.cluster, action.service) = (String::new(), String::new());
        }
        action.project = node("ProjectName");
        action.bucket = node("S3Bucket").or_else(|| node("BucketName"));
        action.deployment_group = node("DeploymentGroupName");
        let artifact = |key: &str| json.get(key).and_then(|list| read.text(list.get(0)?.get("Name")?));
        if let Some(input) = artifact("InputArtifacts") {
            action.input = input;
        }
        if let Some(output) = artifact("OutputArtifacts") {
            action.output = output;
        }
        Ok(action)
    }
}

impl Irregular for CodePipeline {
    fn export(&self, emit: &mut Emit<'_>) {
        let node = emit.node();
        emit.set_property("PipelineType", "V2");
        let stages = self.stages_json(emit);
        emit.set_property("Stages", stages);
        let bucket = self.artifact_bucket.and_then(|id| emit.refer(id)).unwrap_or_else(|| {
            emit.part(Self::ARTIFACTS, "AWS::S3::Bucket", artifact_bucket());
            reference(&emit.part_id(node, Self::ARTIFACTS))
        });
        emit.set_property("ArtifactStore", serde_json::json!({ "Type": "S3", "Location": bucket }));
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
        emit.set_property("RoleArn", role);
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
}

/// A private bucket for what stages hand on.
fn artifact_bucket() -> Object {
    let locks = ["BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"];
    let locks: Object = locks.into_iter().map(|lock| (lock.to_owned(), true.into())).collect();
    object([("PublicAccessBlockConfiguration", Some(locks.into()))])
}

/// The names of a drawn service and its cluster; nothing where either is not in the template.
pub(super) fn service_names(emit: &Emit<'_>, service: NodeId) -> Option<(Json, Json)> {
    emit.refer(service)?;
    let cluster = emit.context().design.get::<EcsService>(service)?.cluster?;
    emit.refer(cluster)?;
    Some((emit.reference_to(cluster), emit.attribute_of(service, "Name")))
}
