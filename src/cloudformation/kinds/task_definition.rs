//! A task definition: containers, volumes and the two roles.

use super::Irregular;
use super::shared::roles::{allow, read_role, role_of, service_role};
use crate::catalog::kinds::{
    Container, EcrRepository, EnvironmentFile, S3Bucket, Secret, SsmParameter, TaskDefinition,
};
use crate::cloudformation::{Emit, Read, pattern};
use crate::id::NodeId;
use crate::template::{Json, Object, object, reference, substitution};
use crate::text::Message;

impl TaskDefinition {
    /// The role that pulls images, writes logs and reads secrets, where none is drawn.
    fn own_execution_role(&self, emit: &Emit<'_>) -> Object {
        let secrets = || self.containers.iter().flat_map(|one| &one.secrets);
        let (in_manager, in_store): (Vec<&Secret>, Vec<&Secret>) =
            secrets().partition(|secret| secret.is_of_secrets_manager());
        let arns = |secrets: Vec<&Secret>| secrets.into_iter().filter_map(|secret| secret.arn(emit)).collect();
        let files = self.containers.iter().flat_map(|one| &one.environment_files);
        let files: Vec<Json> = files.filter_map(|file| file.arn(emit)).collect();
        let reads: [(&str, Vec<Json>); 3] = [
            ("ssm:GetParameters", arns(in_store)),
            ("secretsmanager:GetSecretValue", arns(in_manager)),
            ("s3:GetObject", files),
        ];
        let mut statements = Vec::new();
        for (action, mut resources) in reads {
            // A statement may name a resource once.
            let mut seen = std::collections::BTreeSet::new();
            resources.retain(|arn| seen.insert(arn.to_string()));
            if !resources.is_empty() {
                statements.push(allow(&[action], resources));
            }
        }
        service_role("ecs-tasks.amazonaws.com", &["service-role/AmazonECSTaskExecutionRolePolicy"], &statements)
    }
}

impl Container {
    /// The container as a template has it.
    fn to_json(&self, emit: &Emit<'_>) -> Object {
        let mut json = emit.row(self);
        json.insert("Image".to_owned(), self.image_json(emit));
        let secrets: Vec<Json> = self.secrets.iter().filter_map(|secret| secret.to_json(emit)).collect();
        let files: Vec<Json> = self.environment_files.iter().filter_map(|file| file.to_json(emit)).collect();
        for (property, list) in [("Secrets", secrets), ("EnvironmentFiles", files)] {
            if !list.is_empty() {
                json.insert(property.to_owned(), list.into());
            }
        }
        if let Some(group) = self.log_group.and_then(|group| emit.refer(group)) {
            let prefix = if self.log_prefix.is_empty() { &self.name } else { &self.log_prefix };
            let options = serde_json::json!({
                "awslogs-group": group,
                "awslogs-region": reference("AWS::Region"),
                "awslogs-stream-prefix": prefix,
            });
            json.insert(
                "LogConfiguration".to_owned(),
                serde_json::json!({ "LogDriver": "awslogs", "Options": options }),
            );
        }
        if self.is_checked()
            && let Some(check) = json.get_mut("HealthCheck").and_then(Json::as_object_mut)
        {
            check.insert("Command".to_owned(), serde_json::json!(["CMD-SHELL", self.health_command]));
        }
        json
    }

    fn image_json(&self, emit: &Emit<'_>) -> Json {
        let repository = self.repository.filter(|id| emit.context().design.get::<EcrRepository>(*id).is_some());
        let Some(repository) = repository else { return pattern(&self.image) };
        let tag = if self.tag.is_empty() { "latest" } else { &self.tag };
        substitution(&format!("${{{}.RepositoryUri}}:{tag}", emit.logical_of(repository)))
    }

    fn from_json(read: &Read<'_>, json: &Json) -> Result<Self, Message> {
        let mut found: Self = read.row(json)?;
        if json.get("PortMappings").is_none() {
            found.ports.clear();
        }
        if let Some(image) = json.get("Image") {
            match repository_of(read, image) {
                Some((id, tag)) => (found.repository, found.tag) = (Some(id), tag),
                None => found.image = read.pattern(image).unwrap_or_default(),
            }
        }
        let list = |property: &str| json.get(property).and_then(Json::as_array).into_iter().flatten();
        found.secrets = list("Secrets").map(|one| Secret::from_json(read, one)).collect();
        found.environment_files = list("EnvironmentFiles").map(|one| EnvironmentFile::from_json(read, one)).collect();
        let options = json.get("LogConfiguration").and_then(|log| log.get("Options"));
        if let Some(options) = options {
            found.log_group = options.get("awslogs-group").and_then(|group| read.node(group));
            let prefix = options.get("awslogs-stream-prefix").and_then(|prefix| read.text(prefix));
            found.log_prefix = prefix.filter(|prefix| *prefix != found.name).unwrap_or_default();
        }
        let check = json.get("HealthCheck").and_then(|check| check.get("Command"));
        let words = read.texts(check);
        found.health_command = match words.split_first() {
            Some((form, rest)) if form == "CMD-SHELL" || form == "CMD" => rest.join(" "),
            _ => words.join(" "),
        };
        Ok(found)
    }
}

impl Secret {
    /// The ARN of what holds the value.
    fn arn(&self, emit: &Emit<'_>) -> Option<Json> {
        let text = (!self.value_from.is_empty()).then(|| pattern(&self.value_from));
        let drawn = self.parameter.and_then(|id| Some(emit.context().design.get::<SsmParameter>(id)?.arn(emit, id)));
        drawn.or(text)
    }

    fn to_json(&self, emit: &Emit<'_>) -> Option<Json> {
        let arn = self.arn(emit).filter(|_| !self.name.is_empty())?;
        Some(serde_json::json!({ "Name": self.name, "ValueFrom": arn }))
    }

    fn from_json(read: &Read<'_>, json: &Json) -> Self {
        let arn = json.get("ValueFrom");
        let parameter = arn.and_then(|arn| parameter_of(read, arn));
        let text = arn.filter(|_| parameter.is_none()).and_then(|arn| read.pattern(arn));
        let name = json.get("Name").and_then(|name| read.text(name)).unwrap_or_default();
        Self { name, parameter, value_from: text.unwrap_or_default() }
    }
}

impl EnvironmentFile {
    /// The ARN of the object.
    fn arn(&self, emit: &Emit<'_>) -> Option<Json> {
        if self.object.is_empty() {
            return None;
        }
        let bucket = self.bucket.filter(|id| emit.context().design.get::<S3Bucket>(*id).is_some());
        let in_bucket = bucket.map(|id| substitution(&format!("${{{}.Arn}}/{}", emit.logical_of(id), self.object)));
        Some(in_bucket.unwrap_or_else(|| pattern(&self.object)))
    }

    fn to_json(&self, emit: &Emit<'_>) -> Option<Json> {
        Some(object([("Type", Some("s3".into())), ("Value", Some(self.arn(emit)?))]).into())
    }

    fn from_json(read: &Read<'_>, json: &Json) -> Self {
        let text = json.get("Value").and_then(|value| read.pattern(value)).unwrap_or_default();
        let in_bucket = text.strip_prefix("${").and_then(|rest| rest.split_once(".Arn}/"));
        match in_bucket.and_then(|(name, key)| Some((read.node(&reference(name))?, key.to_owned()))) {
            Some((bucket, object)) => Self { bucket: Some(bucket), object },
            None => Self { bucket: None, object: text },
        }
    }
}

impl Irregular for TaskDefinition {
    fn export(&self, emit: &mut Emit<'_>) {
        emit.set_property("Memory", self.memory.to_string());
        emit.set_property("NetworkMode", self.mode().as_str());
        emit.set_property("RuntimePlatform.OperatingSystemFamily", "LINUX");
        if self.execution_role.is_some() || self.needs_execution_role() {
            let own = self.own_execution_role(emit);
            let role = role_of(emit, self.execution_role, own);
            emit.set_property("ExecutionRoleArn", role);
        }
        let containers: Vec<Json> = self.containers.iter().map(|one| Json::Object(one.to_json(emit))).collect();
        emit.set_property("ContainerDefinitions", containers);
        if self.containers.is_empty() {
            emit.leave_out(crate::message!(
                "컨테이너가 없어서 템플릿에 넣지 못했어요. 컨테이너를 더하세요.",
                "It has no container and is not in the template. Add one."
            ));
        }
    }

    fn import(&mut self, read: &Read<'_>) -> Result<(), Message> {
        read.read_into("memory", read.get("Memory"), &mut self.memory);
        read.read_into("network_mode", read.get("NetworkMode"), &mut self.network_mode);
        // One for several launch types is drawn as the first of them. One that names none runs on Fargate too if it has what Fargate asks for
        // (<https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskDefinition.html>, compatibilities).
        let named = read.list("RequiresCompatibilities").len();
        let suits_fargate = || {
            let is_awsvpc =
                read.get("NetworkMode").is_some_and(|mode| mode.as_str().is_none_or(|mode| mode == "awsvpc"));
            is_awsvpc && ["Cpu", "Memory"].into_iter().all(|size| read.get(size).is_some())
        };
        if named > 1 || named == 0 && suits_fargate() {
            read.leave_undecided("compatibility");
        }
        self.execution_role = read_role(read, "ExecutionRoleArn");
        let containers = read.list("ContainerDefinitions").iter();
        self.containers = read.each("containers", containers, |json| Container::from_json(read, json));
        Ok(())
    }
}

/// The repository and the tag of an image that lies in one of the drawing.
fn repository_of(read: &Read<'_>, image: &Json) -> Option<(NodeId, String)> {
    let text = read.text(image)?;
    let (name, tag) = text.strip_prefix("${")?.split_once(".RepositoryUri}:")?;
    Some((read.node(&reference(name))?, tag.to_owned()))
}

/// The parameter whose ARN an expression is.
fn parameter_of(read: &Read<'_>, arn: &Json) -> Option<NodeId> {
    read.node(&reference(SsmParameter::logical_in_arn(&read.text(arn)?)?))
}
