//! Policy documents of a design: where they stand, what is wrong with their form, and what they allow.

use std::collections::BTreeSet;

use super::Context;
use crate::catalog::JsonText;
use crate::catalog::kinds::{IamGroup, IamPolicy, IamRole, IamUser, S3Bucket, VpcEndpoint};
use crate::catalog::permissions::{AwsPolicy, InlinePolicy};
use crate::design::Node;
use crate::id::NodeId;
use crate::template::Json;
use crate::text::Message;
use crate::{id_of, message};

/// What a document is for, which decides what its statements must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// Permissions of whoever it is attached to.
    Identity,
    /// Who may take a role on.
    Trust,
    /// Who may use the resource it belongs to.
    Resource,
}

/// A policy document and its place.
pub struct Policy {
    /// Whose it is.
    pub node: NodeId,
    /// The field that holds it.
    pub field: &'static str,
    /// The row of an inline policy.
    pub row: Option<usize>,
    /// What it is for.
    pub sort: Sort,
    /// The document; null where there is none.
    pub json: Json,
    /// What to call it in messages.
    pub title: Message,
}

/// Users, groups and roles: whoever holds permissions.
pub struct Holder<'a> {
    /// Managed policies of AWS.
    pub aws: &'a [AwsPolicy],
    /// Managed policies of one's own.
    pub own: &'a [NodeId],
    /// Policies that belong to it alone.
    pub inline: &'a [InlinePolicy],
}

/// Through what someone may do everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Administrator {
    /// A managed policy of AWS, by its row.
    Aws(usize),
    /// A managed policy of one's own.
    Own(NodeId),
    /// An inline policy, by its row.
    Inline(usize),
}

impl Administrator {
    /// The field of the holder that gives it; users, groups and roles name it alike.
    pub const fn field(self) -> &'static str {
        match self {
            Self::Aws(_) => id_of!(IamRole.aws_policies),
            Self::Own(_) => id_of!(IamRole.policies),
            Self::Inline(_) => id_of!(IamRole.inline_policies),
        }
    }
}

/// The permissions of a user, group or role.
pub fn holder(node: &Node) -> Option<Holder<'_>> {
    macro_rules! held {
        ($of:expr) => {
            Holder { aws: &$of.aws_policies, own: &$of.policies, inline: &$of.inline_policies }
        };
    }
    let user = node.get::<IamUser>().map(|of| held!(of));
    let group = || node.get::<IamGroup>().map(|of| held!(of));
    let role = || node.get::<IamRole>().map(|of| held!(of));
    user.or_else(group).or_else(role)
}

/// Through what a user, group or role may do everything, if it may.
pub fn administrator(context: &Context, holder: &Holder<'_>) -> Option<Administrator> {
    let everything = |document: &JsonText| {
        document.json().is_some_and(|json| statements(&json).iter().any(|one| allows_everything(one)))
    };
    let aws = holder.aws.iter().position(|policy| policy.short_name() == "AdministratorAccess");
    let own = |id: &&NodeId| context.design.get::<IamPolicy>(**id).is_some_and(|policy| everything(&policy.document));
    let inline = || holder.inline.iter().position(|policy| everything(&policy.document));
    aws.map(Administrator::Aws)
        .or_else(|| holder.own.iter().find(own).copied().map(Administrator::Own))
        .or_else(|| inline().map(Administrator::Inline))
}

/// Every policy document, by node.
pub fn all(context: &Context) -> Vec<Policy> {
    let mut found = Vec::new();
    for (node, of) in context.design.nodes() {
        let name = &of.name;
        let mut push = |field, row, sort, json: Option<Json>, title| {
            found.push(Policy { node, field, row, sort, json: json.unwrap_or_default(), title });
        };
        for (row, inline) in holder(of).map_or(&[][..], |holder| holder.inline).iter().enumerate() {
            let own = &inline.name;
            let title = message!("{name}의 인라인 정책 {own}", "Inline policy {own} of {name}");
            push(Administrator::Inline(row).field(), Some(row), Sort::Identity, inline.document.json(), title);
        }
        if let Some(policy) = of.get::<IamPolicy>() {
            push(
                id_of!(IamPolicy.document),
                None,
                Sort::Identity,
                policy.document.json(),
                message!("IAM 정책 {name}", "IAM policy {name}"),
            );
        }
        if let Some(role) = of.get::<IamRole>().filter(|role| !role.trust.is_empty()) {
            let title = message!("역할 {name}의 신뢰 정책", "The trust policy of role {name}");
            push(id_of!(IamRole.trust), None, Sort::Trust, role.trust.json(), title);
        }
        if let Some(bucket) = of.get::<S3Bucket>().filter(|bucket| !bucket.policy.is_empty()) {
            let title = message!("버킷 {name}의 정책", "The policy of bucket {name}");
            push(id_of!(S3Bucket.policy), None, Sort::Resource, bucket.policy.json(), title);
        }
        if let Some(endpoint) = of.get::<VpcEndpoint>().filter(|endpoint| !endpoint.policy.trim().is_empty()) {
            let title = message!("엔드포인트 {name}의 정책", "The policy of endpoint {name}");
            push(id_of!(VpcEndpoint.policy), None, Sort::Resource, serde_json::from_str(&endpoint.policy).ok(), title);
        }
    }
    found
}

/// The statements of a document; one alone needs no list.
pub fn statements(json: &Json) -> Vec<&Json> {
    match json.get("Statement") {
        Some(Json::Array(all)) => all.iter().collect(),
        Some(one) => vec![one],
        None => Vec::new(),
    }
}

/// Whether a service may take a role on, or may do so by what only a deployment knows: a principal that is a parameter, a condition around it.
pub fn may_trust(role: &IamRole, service: &str) -> bool {
    let Some(policy) = role.trust_policy() else { return false };
    let allows = |statement: &&Json| statement.get("Effect").and_then(Json::as_str) != Some("Deny");
    // In the regions of China a service's name ends in .cn.
    let fits = |name: &Json| known_text(name).is_none_or(|name| name == "*" || name.trim_end_matches(".cn") == service);
    is_open(&policy)
        || policy.get("Statement").is_some_and(is_open)
        || statements(&policy).into_iter().filter(allows).any(|statement| match statement.get("Principal") {
            None => is_open(statement),
            Some(Json::Array(names)) => names.iter().any(fits),
            Some(Json::Object(principal)) if !is_open(statement) => match principal.get("Service") {
                Some(Json::Array(names)) => names.iter().any(fits),
                Some(name) => fits(name),
                None => principal.keys().any(|key| is_function(key)),
            },
            Some(name) => fits(name),
        })
}

/// Every service that may take a role on, by its name outside China, as far as the trust policy says it in so many words.
pub fn trusted_services(role: &IamRole) -> BTreeSet<String> {
    let Some(policy) = role.trust_policy() else { return BTreeSet::new() };
    let principals = statements(&policy).into_iter().filter_map(|statement| statement.get("Principal")?.get("Service"));
    let names =
        principals.flat_map(|service| service.as_array().map_or_else(|| vec![service], |all| all.iter().collect()));
    let named = names.filter_map(known_text).map(|name| name.trim_end_matches(".cn").to_owned());
    named.filter(|name| may_trust(role, name)).collect()
}

/// Whether a part of a document is a function of a template, so that only a deployment knows what stands there.
pub fn is_open(json: &Json) -> bool {
    json.as_object().is_some_and(|entries| entries.keys().any(|key| is_function(key)))
}

fn is_function(key: &str) -> bool {
    matches!(key, "Ref" | "Condition") || key.starts_with("Fn::")
}

/// A text of a document; one that is made with the domain of AWS's services alone is known too, and nothing else that a function makes.
fn known_text(json: &Json) -> Option<String> {
    const SUFFIX: &str = "AWS::URLSuffix";
    if let Some(text) = json.as_str() {
        return (!crate::template::is_looked_up(text)).then(|| text.to_owned());
    }
    let (name, argument) = json.as_object().filter(|entries| entries.len() == 1)?.iter().next()?;
    match (name.as_str(), argument) {
        ("Ref", Json::String(name)) if name == SUFFIX => Some("amazonaws.com".to_owned()),
        ("Fn::Sub", Json::String(text)) => {
            let text = text.replace(&format!("${{{SUFFIX}}}"), "amazonaws.com");
            (!text.contains("${")).then_some(text)
        }
        ("Fn::Join", Json::Array(both)) => match both.as_slice() {
            [Json::String(between), Json::Array(parts)] => {
                Some(parts.iter().map(known_text).collect::<Option<Vec<_>>>()?.join(between))
            }
            _ => None,
        },
        _ => None,
    }
}

/// Whether a statement allows every action on every resource.
pub fn allows_everything(statement: &Json) -> bool {
    let names = |key: &str, all: &[&str]| match statement.get(key) {
        Some(Json::Array(items)) => items.iter().any(|item| item.as_str().is_some_and(|text| all.contains(&text))),
        Some(one) => one.as_str().is_some_and(|text| all.contains(&text)),
        None => false,
    };
    let allow = statement.get("Effect").and_then(Json::as_str) == Some("Allow");
    allow && names("Action", &["*", "*:*"]) && names("Resource", &["*"])
}

/// What is wrong with the form of a document, if anything is.
pub fn malformed(policy: &Policy) -> Option<Message> {
    if !policy.json.is_object() {
        return Some(message!("JSON 객체가 아니에요", "it is no JSON object"));
    }
    if is_open(&policy.json) {
        return None;
    }
    if let Some(wrong) = wrong_version(&policy.json) {
        return Some(wrong);
    }
    let statements = statements(&policy.json);
    if statements.is_empty() {
        return Some(message!("Statement가 없어요", "it has no Statement"));
    }
    statements.iter().enumerate().find_map(|(at, statement)| {
        if is_open(statement) {
            return None;
        }
        let number = at + 1;
        let lacks = |ko: &str, en: &str| Some(message!("{number}번째 Statement에 {ko}", "statement {number} {en}"));
        let has = |key: &str| {
            statement.get(key).is_some_and(|value| !matches!(value, Json::Array(items) if items.is_empty()))
        };
        let effect = statement.get("Effect");
        if !effect.is_some_and(|effect| matches!(effect.as_str(), Some("Allow" | "Deny")) || is_open(effect)) {
            return lacks("Allow나 Deny인 Effect가 없어요", "has no Effect of Allow or Deny");
        }
        if !has("Action") && !has("NotAction") {
            return lacks("Action이 없어요", "has no Action");
        }
        let (resource, principal) = (has("Resource") || has("NotResource"), has("Principal") || has("NotPrincipal"));
        match policy.sort {
            Sort::Identity | Sort::Resource if !resource => lacks("Resource가 없어요", "has no Resource"),
            Sort::Trust | Sort::Resource if !principal => lacks("Principal이 없어요", "has no Principal"),
            Sort::Identity if principal => {
                lacks("쓸 수 없는 Principal이 있어요", "has a Principal, which it may not have")
            }
            Sort::Trust if resource => lacks("쓸 수 없는 Resource가 있어요", "has a Resource, which it may not have"),
            _ => None,
        }
    })
}

/// What is wrong with the version of a document; one that has none is of 2008-10-17.
pub fn wrong_version(json: &Json) -> Option<Message> {
    match json.get("Version") {
        None => None,
        Some(Json::String(version)) if matches!(version.as_str(), "2012-10-17" | "2008-10-17") => None,
        Some(other) if is_open(other) => None,
        Some(other) => {
            let other = other.as_str().map_or_else(|| other.to_string(), str::to_owned);
            Some(message!("Version이 {other}이에요(예요)", "its Version is {other}"))
        }
    }
}
