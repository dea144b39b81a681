//! A function: its code, variables and a role of its own.

use super::Irregular;
use super::shared::roles::{read_role, role_of, service_role};
use crate::catalog::data::lambda_runtimes::takes_inline_code;
use crate::catalog::kinds::{CodeSource, LambdaFunction, S3Bucket, Variable};
use crate::cloudformation::{DEFAULT_GROUP, Emit, Read, pattern};
use crate::message;
use crate::template::{Json, Object};
use crate::text::Message;

impl LambdaFunction {
    /// The code as a template has it; nothing where there is none that could be created.
    fn code_json(&self, emit: &Emit<'_>) -> Option<Json> {
        if self.is_inline() {
            let fits = takes_inline_code(&self.runtime) && !self.code.is_empty();
            return fits.then(|| serde_json::json!({ "ZipFile": self.code }));
        }
        let drawn = self.bucket.filter(|id| emit.context().design.get::<S3Bucket>(*id).is_some());
        let named = (!self.code_bucket.is_empty()).then(|| pattern(&self.code_bucket));
        let bucket = drawn.and_then(|id| emit.refer(id)).or(named)?;
        (!self.code_key.is_empty()).then(|| serde_json::json!({ "S3Bucket": bucket, "S3Key": self.code_key }))
    }
}

impl Irregular for LambdaFunction {
    fn export(&self, emit: &mut Emit<'_>) {
        let Some(code) = self.code_json(emit) else {
            emit.leave_out(message!(
                "템플릿에 담을 코드가 없어서 템플릿에 넣지 못했어요. Python이나 Node.js 코드를 적거나 S3의 zip 파일을 고르세요.",
                "It has no code that a template could hold and is not in it. Write Python or Node.js code, or name a zip file in S3."
            ));
            return;
        };
        emit.set_property("Code", code);
        let mut variables = Object::new();
        for Variable { name, value } in self.environment.iter().filter(|one| !one.name.is_empty()) {
            variables.insert(name.clone(), pattern(value));
        }
        if !variables.is_empty() {
            emit.set_property("Environment.Variables", variables);
        }
        if self.is_in_vpc() && self.security_groups.is_empty() {
            // Lambda asks for a group, and takes none by itself.
            let vpc = self.subnets.iter().find_map(|subnet| emit.context().vpc_of(*subnet));
            let groups: Vec<Json> = vpc.map(|(vpc, _)| emit.attribute_of(vpc, DEFAULT_GROUP)).into_iter().collect();
            emit.set_property("VpcConfig.SecurityGroupIds", groups);
        }
        let policy = if self.is_in_vpc() { "AWSLambdaVPCAccessExecutionRole" } else { "AWSLambdaBasicExecutionRole" };
        let own = service_role("lambda.amazonaws.com", &[&format!("service-role/{policy}")], &[]);
        let role = role_of(emit, self.role, own);
        emit.set_property("Role", role);
    }

    fn import(&mut self, read: &Read<'_>) -> Result<(), Message> {
        self.role = read_role(read, "Role");
        read.note_ipv6(&[read.get("VpcConfig.Ipv6AllowedForDualStack")]);
        let text = |path: &str| read.get(path).and_then(|value| read.pattern(value));
        if let Some(code) = text("Code.ZipFile") {
            self.code = code;
        }
        if let Some(bucket) = read.get("Code.S3Bucket") {
            self.code_source = CodeSource::S3;
            self.bucket = read.node(bucket);
            self.code_bucket =
                if self.bucket.is_none() { text("Code.S3Bucket").unwrap_or_default() } else { String::new() };
            self.code_key = text("Code.S3Key").unwrap_or_default();
        }
        // An image, and what a tool puts in the place of code, say nothing of a runtime or a zip file.
        if read.get("Code.ZipFile").is_none() && read.get("Code.S3Bucket").is_none() {
            ["code_source", "code", "runtime"].into_iter().for_each(|field| read.leave_open(field));
        }
        let variables = read.get("Environment.Variables").and_then(Json::as_object).into_iter().flatten();
        let variable = |(name, value): (&String, &Json)| Variable {
            name: name.clone(),
            value: read.pattern(value).unwrap_or_default(),
        };
        self.environment = variables.map(variable).collect();
        // Who may call it stands with those who do.
        read.parts("AWS::Lambda::Permission", "FunctionName");
        Ok(())
    }
}
