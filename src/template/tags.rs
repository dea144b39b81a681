//! Short forms of functions, `!Sub`, and their long forms, `Fn::Sub`.

use serde_json::json;

use super::{Json, Object};

/// The functions whose short form CloudFormation knows, by the word after `!`.
const KNOWN: [&str; 27] = [
    "And",
    "Base64",
    "Cidr",
    "Condition",
    "Contains",
    "EachMemberEquals",
    "EachMemberIn",
    "Equals",
    "FindInMap",
    "GetAZs",
    "GetAtt",
    "GetStackOutput",
    "If",
    "ImportValue",
    "Join",
    "Length",
    "Not",
    "Or",
    "Ref",
    "RefAll",
    "Select",
    "Split",
    "Sub",
    "ToJsonString",
    "Transform",
    "ValueOf",
    "ValueOfAll",
];

/// Whether CloudFormation knows a short form.
pub(super) fn is_known(word: &str) -> bool {
    KNOWN.contains(&word)
}

/// The key of the long form.
pub(super) fn key(word: &str) -> String {
    match word {
        "Ref" | "Condition" => word.to_owned(),
        _ => format!("Fn::{word}"),
    }
}

/// The word after `!` of a long form's key, if it has a short form.
pub(super) fn word(key: &str) -> Option<&str> {
    let word = match key {
        "Ref" | "Condition" => key,
        _ => key.strip_prefix("Fn::").filter(|word| !matches!(*word, "Ref" | "Condition"))?,
    };
    is_known(word).then_some(word)
}

/// A function in its long form. The short form of an attribute is one text, `Resource.Attribute`, the long form a list.
pub(super) fn long(key: &str, argument: Json) -> Json {
    let argument = match argument {
        Json::String(text) if key == "Fn::GetAtt" => match text.split_once('.') {
            Some((logical, attribute)) => json!([logical, attribute]),
            None => Json::String(text),
        },
        other => other,
    };
    Json::Object(Object::from_iter([(key.to_owned(), argument)]))
}

/// Whether a key is a loop of the language extensions.
pub fn is_loop(key: &str) -> bool {
    key.starts_with("Fn::ForEach::")
}
