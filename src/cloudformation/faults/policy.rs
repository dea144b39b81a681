//! Policy documents: their statements, each with its line.

use super::{Finder, is_nothing, place, scalar, step};
use crate::cloudformation::evaluate::call;
use crate::message;
use crate::template::{Json, Object, RuleId};
use crate::text::Message;

const POLICY: RuleId = RuleId::POLICY_DOCUMENT_MALFORMED;

/// What a document is for, which decides what its statements must have.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// Permissions of whoever it is attached to.
    Identity,
    /// Who may take a role on.
    Trust,
    /// Who may use the resource that it belongs to.
    Resource,
    /// The same, of a resource that the document does not name.
    Own,
}

const STATEMENT: [&str; 9] =
    ["Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"];

pub(super) fn find(finder: &mut Finder<'_>) {
    let all: Vec<_> = finder.resources().collect();
    for (logical, resource) in all {
        let type_name = resource.get("Type").and_then(Json::as_str).unwrap_or_default();
        let Some(properties) = resource.get("Properties").and_then(Json::as_object) else { continue };
        let at = format!("/Resources/{}/Properties", step(logical));
        let mut look = |property: &str, sort| {
            if let Some(json) = properties.get(property) {
                document(finder, json, sort, &format!("{at}/{property}"));
            }
        };
        match type_name {
            "AWS::IAM::Policy"
            | "AWS::IAM::ManagedPolicy"
            | "AWS::IAM::RolePolicy"
            | "AWS::IAM::UserPolicy"
            | "AWS::IAM::GroupPolicy" => {
                look("PolicyDocument", Sort::Identity);
            }
            "AWS::IAM::Role" => look("AssumeRolePolicyDocument", Sort::Trust),
            "AWS::S3::BucketPolicy" | "AWS::SQS::QueuePolicy" | "AWS::SNS::TopicPolicy" | "AWS::EC2::VPCEndpoint" => {
                look("PolicyDocument", Sort::Resource);
            }
            "AWS::KMS::Key" => look("KeyPolicy", Sort::Resource),
            "AWS::ECR::Repository" => look("RepositoryPolicyText", Sort::Own),
            _ => {}
        }
        if matches!(type_name, "AWS::IAM::Role" | "AWS::IAM::User" | "AWS::IAM::Group") {
            let inline = properties.get("Policies").and_then(Json::as_array).into_iter().flatten().enumerate();
            for (row, json) in inline {
                if let Some(json) = json.get("PolicyDocument") {
                    document(finder, json, Sort::Identity, &format!("{at}/Policies/{row}/PolicyDocument"));
                }
            }
        }
    }
}

fn document(finder: &mut Finder<'_>, json: &Json, sort: Sort, pointer: &str) {
    if json.is_string() || is_nothing(json) || finder.is_full() {
        return;
    }
    let at = place(pointer);
    let Some(entries) = json.as_object() else {
        let why = message!(
            "{at}은(는) 정책 문서여야 해요. Version과 Statement가 있는 매핑으로 쓰세요.",
            "{at} must be a policy document: write a mapping with Version and Statement."
        );
        return finder.tell(POLICY, pointer, why);
    };
    if let Some((name, argument)) = call(entries) {
        for (at, branch) in argument.as_array().into_iter().flatten().enumerate().skip(1).filter(|_| name == "Fn::If") {
            document(finder, branch, sort, &format!("{pointer}/Fn::If/{at}"));
        }
        return;
    }
    for (key, value) in entries {
        let inner = format!("{pointer}/{}", step(key));
        match (key.as_str(), value) {
            ("Version", Json::String(version)) if !["2008-10-17", "2012-10-17"].contains(&version.as_str()) => {
                let why = message!(
                    "{at}의 Version {version}은(는) 없는 버전이에요. 2012-10-17로 쓰세요.",
                    "{at} has Version {version}, which does not exist. Write 2012-10-17."
                );
                finder.tell(POLICY, &inner, why);
            }
            ("Version" | "Id", _) => {}
            ("Statement", Json::Object(one)) if call(one).is_none() => statement(finder, value, sort, &inner),
            ("Statement", Json::Array(all)) => {
                for (row, one) in all.iter().enumerate() {
                    statement(finder, one, sort, &format!("{inner}/{row}"));
                }
            }
            ("Statement", Json::Object(_)) => {}
            ("Statement", _) => {
                let why = message!(
                    "{at}의 Statement에는 문 하나나 문의 목록이 와야 해요.",
                    "Statement of {at} must be a statement or a list of statements."
                );
                finder.tell(POLICY, &inner, why);
            }
            _ => finder.tell(POLICY, &inner, unknown(&at, key, "Version, Id, Statement")),
        }
    }
    if !entries.contains_key("Statement") && !entries.contains_key("Fn::Transform") {
        let why = message!(
            "{at}에 Statement가 없어요. 무엇을 허용하는지 쓰세요.",
            "{at} has no Statement. Say what it allows."
        );
        finder.tell(POLICY, pointer, why);
    }
}

fn unknown(at: &str, key: &str, known: &str) -> Message {
    message!(
        "{at}에는 {key}을(를) 쓸 수 없어요. {known} 가운데 고르거나 지우세요.",
        "{at} cannot have {key}. Choose from {known}, or remove it."
    )
}

fn statement(finder: &mut Finder<'_>, json: &Json, sort: Sort, pointer: &str) {
    let Some(entries) =
        json.as_object().filter(|entries| call(entries).is_none() && !entries.contains_key("Fn::Transform"))
    else {
        return;
    };
    let at = place(pointer);
    for (key, value) in entries {
        let inner = format!("{pointer}/{}", step(key));
        if !STATEMENT.contains(&key.as_str()) {
            finder.tell(POLICY, &inner, unknown(&at, key, &STATEMENT.join(", ")));
        }
        if key == "Effect" && value.is_string() && !["Allow", "Deny"].contains(&value.as_str().unwrap_or_default()) {
            let given = scalar::short(value);
            let why = message!(
                "{at}의 Effect는 Allow나 Deny인데 {given}이에요(예요).",
                "Effect of {at} is Allow or Deny, not {given}."
            );
            finder.tell(POLICY, &inner, why);
        }
        if matches!(key.as_str(), "Action" | "NotAction" | "Resource" | "NotResource") {
            words(finder, value, key, &inner);
        }
        if sort == Sort::Identity && matches!(key.as_str(), "Principal" | "NotPrincipal") {
            let why = message!(
                "{at}에는 {key}을(를) 쓸 수 없어요. 이 정책은 붙은 사용자나 역할의 것이니 지우세요.",
                "{at} cannot have {key}: the policy is about whoever it is attached to. Remove it."
            );
            finder.tell(POLICY, &inner, why);
        }
    }
    if !entries.contains_key("Effect") {
        let why =
            message!("{at}에 Effect가 없어요. Allow나 Deny를 쓰세요.", "{at} has no Effect. Write Allow or Deny.");
        finder.tell(POLICY, pointer, why);
    }
    let needs = [
        (["Action", "NotAction"], true),
        (["Resource", "NotResource"], matches!(sort, Sort::Identity | Sort::Resource)),
        (["Principal", "NotPrincipal"], sort != Sort::Identity),
    ];
    for (pair, needed) in needs {
        let count = pair.iter().filter(|key| entries.get(**key).is_some_and(|value| !is_nothing(value))).count();
        let [one, other] = pair;
        if count == 2 {
            let why = message!(
                "{at}에 {one}과(와) {other}을(를) 함께 쓸 수 없어요. 하나만 남기세요.",
                "{at} cannot have both {one} and {other}. Keep one."
            );
            finder.tell(POLICY, &format!("{pointer}/{other}"), why);
        } else if count == 0 && needed {
            let why = message!("{at}에 {one}이(가) 없어요. 추가하세요.", "{at} has no {one}. Add it.");
            finder.tell(POLICY, pointer, why);
        }
    }
}

/// Actions and resources are texts.
fn words(finder: &mut Finder<'_>, json: &Json, key: &str, pointer: &str) {
    let all: Vec<(String, &Json)> = match json {
        Json::Array(items) => items.iter().enumerate().map(|(row, item)| (format!("{pointer}/{row}"), item)).collect(),
        one => vec![(pointer.to_owned(), one)],
    };
    for (inner, value) in all {
        if value.as_object().is_some_and(|entries: &Object| call(entries).is_none()) {
            let at = place(&inner);
            let why = message!(
                "{at}에는 글이 와야 하는데 매핑이 있어요. 들여쓰기를 확인하세요.",
                "{at} must be a text, but there is a mapping. Check the indentation."
            );
            finder.tell(POLICY, &inner, why);
            continue;
        }
        let is_arn = |text: &str| {
            text == "*" || text.starts_with("arn:") || text.starts_with('$') || text.contains("{{resolve:")
        };
        if let Some(text) = value.as_str().filter(|text| key.ends_with("Resource") && !is_arn(text)) {
            let at = place(&inner);
            let why = message!(
                "{at}의 '{text}'은(는) ARN이 아니에요. arn:aws:s3:::my-bucket/* 같은 ARN이나 *를 쓰세요.",
                "\"{text}\" in {at} is no ARN. Write one such as arn:aws:s3:::my-bucket/*, or *."
            );
            finder.tell(POLICY, &inner, why);
        }
    }
}
