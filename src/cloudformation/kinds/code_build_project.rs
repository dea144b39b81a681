//! A CodeBuild project: artifacts, environment, the buildspec, and a role of its own.

use super::Irregular;
use super::shared::roles::{allow, read_role, role_of, service_role};
use crate::catalog::Kind;
use crate::catalog::kinds::{BuildSource, BuildVariable, CodeBuildProject, PLAIN_BUILDSPEC, VariableSource};
use crate::cloudformation::{Emit, Read};
use crate::design::Node;
use crate::template::Json;
use crate::text::Message;

impl BuildVariable {
    fn to_json(&self, emit: &Emit<'_>) -> Json {
        let mut row = emit.row(self);
        let resource = self.resource.filter(|id| emit.refer(*id).is_some());
        let value = resource.map(|id| match emit.context().design.node(id).map(Node::kind) {
            Some(Kind::EcrRepository) => emit.attribute_of(id, "RepositoryUri"),
            _ => emit.reference_to(id),
        });
        row.insert("Value".to_owned(), value.unwrap_or_else(|| self.value.as_str().into()));
        row.into()
    }

    fn from_json(read: &Read<'_>, json: &Json) -> Result<Self, Message> {
        let value = json.get("Value");
        let resource = value.and_then(|value| read.node(value));
        let mut plain = json.clone();
        if let Some(members) = plain.as_object_mut().filter(|_| resource.is_some()) {
            members.shift_remove("Value");
        }
        Ok(Self { resource, ..read.row(&plain)? })
    }
}

impl CodeBuildProject {
    /// What the role of a project without one may do.
    fn statements(&self) -> Vec<Json> {
        let mut statements = vec![
            allow(&["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"], "*"),
            allow(&["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject", "s3:GetBucketLocation"], "*"),
        ];
        if self.runs_docker() || self.buildspec.contains("aws ecr") {
            statements.push(allow(
                &[
                    "ecr:GetAuthorizationToken",
                    "ecr:BatchCheckLayerAvailability",
                    "ecr:GetDownloadUrlForLayer",
                    "ecr:BatchGetImage",
                    "ecr:InitiateLayerUpload",
                    "ecr:UploadLayerPart",
                    "ecr:CompleteLayerUpload",
                    "ecr:PutImage",
                ],
                "*",
            ));
        }
        let reads = |source| self.variables.iter().any(|variable| variable.source == source);
        if reads(VariableSource::Parameter) {
            statements.push(allow(&["ssm:GetParameters"], "*"));
        }
        if reads(VariableSource::Secret) {
            statements.push(allow(&["secretsmanager:GetSecretValue"], "*"));
        }
        statements
    }
}

impl Irregular for CodeBuildProject {
    fn export(&self, emit: &mut Emit<'_>) {
        let artifacts = if self.source == BuildSource::Pipeline { "CODEPIPELINE" } else { "NO_ARTIFACTS" };
        emit.set_property("Artifacts.Type", artifacts);
        if self.source == BuildSource::None && self.buildspec.trim().is_empty() {
            // Without a source there is no file to read.
            emit.set_property("Source.BuildSpec", PLAIN_BUILDSPEC);
        }
        let variables: Vec<Json> =
            self.variables.iter().filter(|one| !one.name.is_empty()).map(|one| one.to_json(emit)).collect();
        if !variables.is_empty() {
            emit.set_property("Environment.EnvironmentVariables", variables);
        }
        let own = service_role("codebuild.amazonaws.com", &[], &self.statements());
        let role = role_of(emit, self.role, own);
        emit.set_property("ServiceRole", role);
    }

    fn import(&mut self, read: &Read<'_>) -> Result<(), Message> {
        if read.get("Source.BuildSpec").is_none() {
            self.buildspec = String::new();
        }
        let variables = read.list("Environment.EnvironmentVariables").iter();
        self.variables = variables.map(|one| BuildVariable::from_json(read, one)).collect::<Result<_, _>>()?;
        self.role = read_role(read, "ServiceRole");
        Ok(())
    }
}
