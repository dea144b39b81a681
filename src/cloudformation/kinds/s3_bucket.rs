//! A bucket: its policy as a resource of its own, lifecycle, website and what stays of it.

use super::Irregular;
use crate::catalog::JsonText;
use crate::catalog::kinds::{Distribution, LifecycleRule, OWN_NAME, Retention, S3Bucket};
use crate::cloudformation::{Emit, Read};
use crate::template::{Json, Object, object, reference, substitution};
use crate::text::Message;
/// How the statements begin that admit distributions.
const ADMITS: &str = "AllowDistribution";

impl LifecycleRule {
    /// A lifecycle rule as a template has it; one that does nothing has its status alone.
    fn json(&self, emit: &Emit<'_>) -> Object {
        let mut json = object([("Status", Some("Enabled".into()))]);
        let row = emit.row(self);
        if row.keys().any(|key| key != "Prefix") {
            json.extend(row);
        }
        json
    }
}

impl S3Bucket {
    /// The policy as it is deployed: its own statements, and one for each distribution that reads it by origin access control.
    fn deployed_policy(&self, emit: &Emit<'_>) -> Option<Json> {
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
    fn read_policy(&mut self, read: &Read<'_>) {
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

impl Irregular for S3Bucket {
    fn export(&self, emit: &mut Emit<'_>) {
        emit.on_deletion(self.retention.as_str());
        if self.versioning {
            emit.set_property("VersioningConfiguration.Status", "Enabled");
        }
        if self.website && self.index_document.is_empty() {
            emit.set_property("WebsiteConfiguration.IndexDocument", S3Bucket::default().index_document);
        }
        let rules: Vec<Json> =
            self.lifecycle.iter().map(|rule| rule.json(emit)).filter(|rule| rule.len() > 1).map(Json::Object).collect();
        if rules.len() < self.lifecycle.len() {
            emit.note(crate::message!(
                "하는 일이 없는 수명 주기 규칙은 템플릿에 넣지 않았어요.",
                "Lifecycle rules that do nothing are not in the template."
            ));
        }
        if !rules.is_empty() {
            emit.set_property("LifecycleConfiguration.Rules", rules);
        }
        let node = emit.node();
        if let Some(policy) = self.deployed_policy(emit) {
            emit.part(
                "Policy",
                "AWS::S3::BucketPolicy",
                object([("Bucket", Some(emit.reference_to(node))), ("PolicyDocument", Some(policy))]),
            );
        }
        let logical = emit.logical();
        emit.output("Name", format!("Name of {logical}"), reference(logical));
        if self.website {
            emit.output(
                "WebsiteUrl",
                format!("Address of the site in {logical}"),
                emit.attribute_of(node, "WebsiteURL"),
            );
        }
    }

    fn import(&mut self, read: &Read<'_>) -> Result<(), Message> {
        if let Some(policy) = read.on_deletion() {
            self.retention = if policy == "Delete" { Retention::Delete } else { Retention::Retain };
        }
        self.versioning = read.get("VersioningConfiguration.Status").and_then(Json::as_str) == Some("Enabled");
        self.website = read.get("WebsiteConfiguration").is_some();
        // What only redirects is read by nobody.
        let redirects = read.get("WebsiteConfiguration.RedirectAllRequestsTo").is_some();
        let rules = read.list("WebsiteConfiguration.RoutingRules");
        let always = |rule: &Json| rule.get("RoutingRuleCondition").is_none() && rule.get("RedirectRule").is_some();
        // Where access control lists are on, an object may be opened to everyone by its own, which no template says
        // (<https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteAccessPermissionsReqd.html>).
        let ownership = read.get("OwnershipControls.Rules.0.ObjectOwnership").and_then(|owner| read.text(owner));
        let lists_are_on = matches!(ownership.as_deref(), Some("ObjectWriter" | "BucketOwnerPreferred"));
        let is_locked = read.get("PublicAccessBlockConfiguration").is_none_or(|locks| {
            let is_on = |lock: &str| locks.get(lock).is_some_and(|on| read.parse::<bool>(on) == Ok(true));
            is_on("BlockPublicAcls") || is_on("IgnorePublicAcls")
        });
        if redirects || rules.iter().any(always) || (lists_are_on && !is_locked) {
            read.leave_undecided("website");
        }
        self.lifecycle =
            read.list("LifecycleConfiguration.Rules").iter().map(|rule| read.row(rule)).collect::<Result<_, _>>()?;
        self.read_policy(read);
        Ok(())
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
