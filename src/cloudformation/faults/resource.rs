//! Resources: their names, types, properties, and what stands beside the properties.

use std::collections::{BTreeMap, BTreeSet};

use super::{Finder, SECTION, TYPE, UNKNOWN, VALUE, attribute, meant, scalar, step, types, walk};
use crate::cloudformation::evaluate::call;
use crate::message;
use crate::template::Json;

/// What a resource may have.
const KEYS: [&str; 10] = [
    "Type",
    "Properties",
    "DependsOn",
    "Condition",
    "Metadata",
    "DeletionPolicy",
    "UpdateReplacePolicy",
    "CreationPolicy",
    "UpdatePolicy",
    "Version",
];

const UPDATES: [&str; 6] = [
    "AutoScalingReplacingUpdate",
    "AutoScalingRollingUpdate",
    "AutoScalingScheduledAction",
    "CodeDeployLambdaAliasUpdate",
    "EnableVersionUpgrade",
    "UseOnlineResharding",
];
const CREATIONS: [&str; 3] = ["AutoScalingCreationPolicy", "ResourceSignal", "StartFleet"];

/// The types of which a snapshot can be kept
/// (<https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html>).
const SNAPSHOTS: [&str; 8] = [
    "AWS::DocDB::DBCluster",
    "AWS::EC2::Volume",
    "AWS::ElastiCache::CacheCluster",
    "AWS::ElastiCache::ReplicationGroup",
    "AWS::Neptune::DBCluster",
    "AWS::RDS::DBCluster",
    "AWS::RDS::DBInstance",
    "AWS::Redshift::Cluster",
];

pub(super) fn find(finder: &mut Finder<'_>) {
    let all: Vec<_> = finder.resources().collect();
    let mut kinds: BTreeMap<&str, Option<Json>> = BTreeMap::new();
    for (logical, resource) in all {
        let pointer = format!("/Resources/{}", step(logical));
        name(finder, logical, &pointer);
        if finder.is_full() {
            return;
        }
        let Some(type_name) = resource.get("Type").and_then(Json::as_str) else { continue };
        if finder.is_open
            || resource.contains_key("Fn::Transform")
            || !type_is_known(finder, logical, type_name, &pointer)
        {
            continue;
        }
        beside(finder, logical, type_name, resource, &pointer);
        tags(finder, logical, resource, &pointer);
        let kind = kinds.entry(type_name).or_insert_with(|| types::of(type_name));
        let Some(kind) = kind else { continue };
        let none = Json::Object(super::Object::new());
        match resource.get("Properties").filter(|properties| !properties.is_null()) {
            Some(properties) => {
                walk::properties(finder, &format!("{pointer}/Properties"), (type_name, kind), properties);
            }
            None => walk::properties(finder, &pointer, (type_name, kind), &none),
        }
    }
    attribute::find(finder, kinds);
}

/// Logical ids are letters and digits.
fn name(finder: &mut Finder<'_>, logical: &str, pointer: &str) {
    if logical.is_empty() || !logical.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        let why = message!(
            "논리적 ID '{logical}'에는 영문자와 숫자만 쓸 수 있어요. 줄표, 밑줄, 점 같은 글자를 빼세요.",
            "The logical ID \"{logical}\" may have letters and digits only. Take out dashes, underscores, dots and the like."
        );
        finder.tell(SECTION, pointer, why);
    } else if logical.len() > 255 {
        let why = message!("논리적 ID는 255자까지예요. 줄이세요.", "A logical ID may have 255 characters. Shorten it.");
        finder.tell(SECTION, pointer, why);
    }
}

fn type_is_known(finder: &mut Finder<'_>, logical: &str, type_name: &str, pointer: &str) -> bool {
    let words: Vec<&str> = type_name.split("::").collect();
    let is_word = |word: &&str| {
        !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_@-".contains(&byte))
    };
    let sound = words.len() >= 2 && words.iter().all(is_word);
    let near = match words.as_slice() {
        ["AWS", service, name] => {
            let Some(names) = types::names_of(service).map(Vec::from_iter) else { return sound };
            if names.contains(name) {
                return true;
            }
            meant(name, names.into_iter()).map(|near| format!("AWS::{service}::{near}"))
        }
        // A third-party type, a module or a custom resource.
        _ if sound && (words.len() > 2 || *words.first().unwrap_or(&"") == "Custom") => return true,
        _ => None,
    };
    let hint = near.as_deref().unwrap_or("AWS::EC2::Subnet");
    let why = message!(
        "{logical}의 Type {type_name}은(는) CloudFormation에 없는 유형이에요. {hint}처럼 있는 이름으로 고치세요.",
        "CloudFormation has no type {type_name}, which is the Type of {logical}. Write one that it has, such as {hint}."
    );
    finder.tell(TYPE, &format!("{pointer}/Type"), why);
    if let Some(fault) = finder.found.last_mut() {
        fault.meant = near;
    }
    false
}

/// What stands beside the properties.
fn beside(finder: &mut Finder<'_>, logical: &str, type_name: &str, resource: &super::Object, pointer: &str) {
    let is_serverless = type_name.starts_with("AWS::Serverless::");
    for (key, value) in resource {
        let at = format!("{pointer}/{}", step(key));
        if finder.is_full() {
            return;
        }
        if !KEYS.contains(&key.as_str()) {
            if is_serverless || (finder.is_serverless && ["Connectors", "IgnoreGlobals"].contains(&key.as_str())) {
                continue;
            }
            let near = meant(key, KEYS.into_iter()).unwrap_or("Properties");
            let why = message!(
                "{logical}에는 {key}을(를) 쓸 수 없어요. 속성이면 Properties 아래로 옮기고, 아니면 {near}처럼 고치세요.",
                "{logical} cannot have {key}. If it is a property, move it below Properties; else correct it, as to {near}."
            );
            finder.tell(UNKNOWN, &at, why);
            continue;
        }
        match key.as_str() {
            "Condition" if !value.is_string() => {
                let why = message!(
                    "{logical}의 Condition에는 Conditions에 있는 이름을 써요.",
                    "The Condition of {logical} must be the name of one of the Conditions."
                );
                finder.tell(VALUE, &at, why);
            }
            "Metadata" if !value.is_object() && !value.is_null() => {
                let why =
                    message!("{logical}의 Metadata는 매핑이어야 해요.", "The Metadata of {logical} must be a mapping.");
                finder.tell(VALUE, &at, why);
            }
            "UpdatePolicy" | "CreationPolicy" => {
                let known = if key == "UpdatePolicy" { UPDATES.as_slice() } else { &CREATIONS };
                for (inner, _) in
                    value.as_object().into_iter().flatten().filter(|(inner, _)| !known.contains(&inner.as_str()))
                {
                    if inner.starts_with("Fn::") || inner == "Ref" {
                        continue;
                    }
                    let hint = meant(inner, known.iter().copied()).map_or_else(|| known.join(", "), str::to_owned);
                    let why = message!(
                        "{logical}의 {key}에는 {inner}이(가) 없어요. 쓸 수 있는 이름은 {hint}이에요(예요).",
                        "{key} of {logical} has no {inner}. It takes {hint}."
                    );
                    finder.tell(UNKNOWN, &format!("{at}/{}", step(inner)), why);
                }
            }
            "DependsOn" => depends_on(finder, logical, value, &at),
            "DeletionPolicy" | "UpdateReplacePolicy" => policy(finder, logical, type_name, (key, value), &at),
            _ => {}
        }
    }
}

/// A tag is there once.
fn tags(finder: &mut Finder<'_>, logical: &str, resource: &super::Object, pointer: &str) {
    let all = resource.get("Properties").and_then(|properties| properties.get("Tags")?.as_array());
    let mut known = BTreeSet::new();
    for (row, tag) in all.into_iter().flatten().enumerate() {
        let Some(key) = tag.get("Key").and_then(Json::as_str) else { continue };
        if !known.insert(key) {
            let why = message!(
                "{logical}의 태그 {key}이(가) 두 번 있어서 배포가 거절돼요. 하나를 지우세요.",
                "{logical} has the tag {key} twice, so the deployment is refused. Remove one of them."
            );
            finder.tell(VALUE, &format!("{pointer}/Properties/Tags/{row}"), why);
        }
    }
}

fn depends_on(finder: &mut Finder<'_>, logical: &str, value: &Json, at: &str) {
    let is_list = value.as_array().is_some_and(|all| all.iter().all(Json::is_string));
    if !is_list && !value.is_string() {
        let why = message!(
            "{logical}의 DependsOn에는 논리적 ID만 써요. 함수 없이 이름이나 이름 목록으로 고치세요.",
            "DependsOn of {logical} takes logical IDs: write a name, or a list of names, without functions."
        );
        finder.tell(VALUE, at, why);
    } else if value.as_str() == Some(logical) {
        let why = message!(
            "{logical}이(가) 자기 자신을 기다려서(DependsOn) 만들 수 없어요. 지우세요.",
            "{logical} waits for itself (DependsOn) and can never be created. Remove it."
        );
        finder.tell(super::CIRCLE, at, why);
    }
}

fn policy(finder: &mut Finder<'_>, logical: &str, type_name: &str, (key, value): (&str, &Json), at: &str) {
    if finder.is_extended && value.as_object().and_then(call).is_some() {
        return;
    }
    let snapshot = SNAPSHOTS.contains(&type_name).then_some("Snapshot");
    let again = (key == "DeletionPolicy").then_some("RetainExceptOnCreate");
    let all: Vec<&str> = ["Delete", "Retain"].into_iter().chain(again).chain(snapshot).collect();
    if !value.as_str().is_some_and(|value| all.contains(&value)) {
        let (given, choices) = (scalar::short(value), all.join(", "));
        let why = message!(
            "{logical}의 {key}에 '{given}'은(는) 쓸 수 없어요. {choices} 가운데 고르세요.",
            "{key} of {logical} does not take \"{given}\". Choose from {choices}."
        );
        finder.tell(VALUE, at, why);
    }
}
