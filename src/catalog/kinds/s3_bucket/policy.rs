//! Who may do what with a bucket: its policy, in the design and as it is deployed.

use super::S3Bucket;
use crate::catalog::JsonText;
use crate::catalog::kinds::Distribution;
use crate::cloudformation::{Emit, Read};
use crate::template::{Json, Object, substitution};

/// The policy that lets everyone read every object.
pub fn public_read_policy() -> Json {
    serde_json::json!({
        "Version": "2012-10-17",
        "Statement": [{
            "Sid": "PublicRead", "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": format!("arn:aws:s3:::{OWN_NAME}/*")
        }]
    })
}

/// What stands for the bucket's own name in its policy.
const OWN_NAME: &str = "${BucketName}";
/// How the statements begin that admit distributions.
const ADMITS: &str = "AllowDistribution";

impl S3Bucket {
    /// The statements of its policy.
    pub fn statements(&self) -> Vec<Json> {
        match self.policy.json().as_mut().and_then(|policy| policy.get_mut("Statement")).map(Json::take) {
            Some(Json::Array(statements)) => statements,
            Some(one) => vec![one],
            None => Vec::new(),
        }
    }

    /// Whether its policy lets everyone do something.
    pub fn policy_admits_everyone(&self) -> bool {
        self.statements().iter().any(Self::admits_everyone)
    }

    /// Whether a statement lets everyone do something.
    pub fn admits_everyone(statement: &Json) -> bool {
        let allows = statement.get("Effect").and_then(Json::as_str) == Some("Allow");
        allows && statement.get("Condition").is_none() && statement.get("Principal").is_some_and(is_everyone)
    }

    /// Whether everyone on the internet may read its objects.
    pub fn is_public(&self) -> bool {
        !self.block_public_policy && !self.restrict_public_buckets && self.policy_admits_everyone()
    }

    /// The policy as it is deployed: its own statements, and one for each distribution that reads it by origin access control.
    pub(super) fn deployed_policy(&self, emit: &Emit<'_>) -> Option<Json> {
        let mut policy = self.policy.json().unwrap_or_else(|| serde_json::json!({ "Version": "2012-10-17" }));
        let mut statements: Vec<Json> =
            self.statements().into_iter().map(|json| with_name(json, emit.logical())).collect();
        let bucket = emit.node();
        for (id, _, distribution) in emit.context().all::<Distribution>() {
            if !distribution.origins.iter().any(|origin| origin.is_controlled() && origin.target == Some(bucket)) {
                continue;
            }
            let logical = emit.logical_of(id);
            statements.push(serde_json::json!({
                "Sid": format!("{ADMITS}{logical}"),
                "Effect": "Allow",
                "Principal": { "Service": "cloudfront.amazonaws.com" },
                "Action": "s3:GetObject",
                "Resource": substitution(&format!("${{{}.Arn}}/*", emit.logical())),
                "Condition": { "StringEquals": { "AWS:SourceArn": substitution(
                    &format!("arn:${{AWS::Partition}}:cloudfront::${{AWS::AccountId}}:distribution/${{{logical}}}")) } },
            }));
        }
        if statements.is_empty() {
            return None;
        }
        policy.as_object_mut()?.insert("Statement".to_owned(), statements.into());
        Some(policy)
    }

    /// Reads what [`S3Bucket::deployed_policy`] wrote, without what it adds by itself.
    pub(super) fn read_policy(&mut self, read: &Read<'_>) {
        let policies = read.parts("AWS::S3::BucketPolicy", "Bucket");
        let Some(Json::Object(policy)) = policies.first().and_then(|part| part.get("PolicyDocument")) else { return };
        let own =
            |statement: &&Json| !statement.get("Sid").and_then(Json::as_str).is_some_and(|sid| sid.starts_with(ADMITS));
        let mut policy = policy.clone();
        if let Some(Json::Array(statements)) = policy.get("Statement") {
            let statements: Vec<Json> =
                statements.iter().filter(own).map(|statement| without_name(statement, read)).collect();
            if statements.is_empty() {
                return;
            }
            policy.insert("Statement".to_owned(), statements.into());
        }
        self.policy = JsonText::of(&policy.into());
    }
}

/// Whether a principal is everyone.
fn is_everyone(principal: &Json) -> bool {
    match principal {
        Json::String(one) => one == "*",
        Json::Array(several) => several.iter().any(is_everyone),
        Json::Object(kinds) => kinds.get("AWS").is_some_and(is_everyone),
        _ => false,
    }
}

/// A document with the bucket's logical id where it speaks of its own name.
fn with_name(json: Json, logical: &str) -> Json {
    match json {
        Json::String(text) if text.contains(OWN_NAME) => {
            substitution(&text.replace(OWN_NAME, &format!("${{{logical}}}")))
        }
        Json::Array(items) => items.into_iter().map(|item| with_name(item, logical)).collect(),
        Json::Object(entries) => {
            entries.into_iter().map(|(key, value)| (key, with_name(value, logical))).collect::<Object>().into()
        }
        other => other,
    }
}

/// [`with_name`] turned round.
fn without_name(json: &Json, read: &Read<'_>) -> Json {
    match json {
        Json::Array(items) => items.iter().map(|item| without_name(item, read)).collect(),
        Json::Object(entries) => {
            let own = read.logical().map(|logical| format!("${{{logical}}}"));
            if let (Some(Json::String(text)), Some(own), 1) = (entries.get("Fn::Sub"), own, entries.len())
                && text.contains(&own)
            {
                let told = text.replace(&own, OWN_NAME);
                // What speaks of others too stays an expression.
                if !told.replace(OWN_NAME, "").contains("${") {
                    return told.into();
                }
            }
            entries.iter().map(|(key, value)| (key.clone(), without_name(value, read))).collect::<Object>().into()
        }
        other => other.clone(),
    }
}
