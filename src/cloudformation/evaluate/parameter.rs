//! Values of parameters: what was given, else the default.

use std::collections::BTreeMap;

use serde_json::json;

use super::value::{Cause, Eval, text_of};
use super::{DEFAULT_REGION, unknown};
use crate::template::Json;

/// A parameter's value.
#[derive(Clone, Debug)]
pub(super) struct Given {
    /// What a `Ref` comes to.
    pub value: Eval,
    /// The text of a secret, for conditions only: whether one was given decides what exists.
    pub secret: Option<String>,
}

impl Given {
    /// Whether a person must be asked for it.
    pub fn is_asked(&self) -> bool {
        self.secret.is_none()
            && matches!(&self.value, Eval::Unknown(unknown) if matches!(unknown.cause, Cause::Parameter(_) | Cause::Secret))
    }
}

/// Every parameter of a template, and the pseudo parameters.
pub(super) fn all(template: &Json, overrides: &BTreeMap<String, String>) -> BTreeMap<String, Given> {
    let mut all = pseudo(overrides);
    let parameters = template.get("Parameters").and_then(Json::as_object).into_iter().flatten();
    for (name, parameter) in parameters {
        let text = overrides.get(name).cloned().or_else(|| parameter.get("Default").and_then(default));
        all.insert(name.clone(), given(name, parameter, text));
    }
    all
}

/// A default as text; some write a list where a text of commas belongs.
fn default(json: &Json) -> Option<String> {
    match json {
        Json::Array(items) => Some(items.iter().filter_map(text_of).collect::<Vec<_>>().join(",")),
        Json::Null => Some(String::new()),
        other => text_of(other),
    }
}

fn given(name: &str, parameter: &Json, text: Option<String>) -> Given {
    let reference = json!({ "Ref": name });
    let is_secret = match parameter.get("NoEcho") {
        Some(Json::Bool(no_echo)) => *no_echo,
        Some(Json::String(text)) => text.eq_ignore_ascii_case("true"),
        _ => false,
    };
    if is_secret {
        return Given { value: unknown(Cause::Secret, &reference), secret: text };
    }
    let Some(text) = text else {
        return Given { value: unknown(Cause::Parameter(name.to_owned()), &reference), secret: None };
    };
    let type_name = parameter.get("Type").and_then(Json::as_str).unwrap_or("String");
    let value = if type_name.starts_with("AWS::SSM::Parameter::Value<") {
        unknown(Cause::Lookup(text), &reference)
    } else if let Some(cause) = super::dynamic(&text) {
        unknown(cause, &reference)
    } else if type_name == "CommaDelimitedList" || type_name.starts_with("List<") {
        let items = text.split(',').map(str::trim).filter(|_| !text.is_empty());
        Eval::List(items.map(Eval::text_from).collect())
    } else {
        match text.parse::<i64>() {
            Ok(number) if type_name == "Number" && number.to_string() == text => Eval::Known(json!(number)),
            _ => Eval::text_from(text),
        }
    };
    Given { value, secret: None }
}

fn pseudo(overrides: &BTreeMap<String, String>) -> BTreeMap<String, Given> {
    let text = |name: &str, default: &str| overrides.get(name).cloned().unwrap_or_else(|| default.to_owned());
    let region = text("AWS::Region", DEFAULT_REGION);
    let (partition, suffix) = match region.split('-').next() {
        Some("cn") => ("aws-cn", "amazonaws.com.cn"),
        _ if region.starts_with("us-gov-") => ("aws-us-gov", "amazonaws.com"),
        _ => ("aws", "amazonaws.com"),
    };
    let known = [
        ("AWS::AccountId", text("AWS::AccountId", "123456789012")),
        ("AWS::StackName", text("AWS::StackName", "my-stack")),
        ("AWS::Partition", text("AWS::Partition", partition)),
        ("AWS::URLSuffix", text("AWS::URLSuffix", suffix)),
        ("AWS::Region", region),
    ];
    let known = known.into_iter().map(|(name, text)| (name, Eval::text_from(text)));
    let open = ["AWS::StackId", "AWS::NotificationARNs"].map(|name| {
        let value = match overrides.get(name) {
            Some(text) => Eval::text_from(text.clone()),
            None => unknown(Cause::Pseudo(name.to_owned()), &json!({ "Ref": name })),
        };
        (name, value)
    });
    let nothing = [("AWS::NoValue", Eval::Nothing)];
    known.chain(open).chain(nothing).map(|(name, value)| (name.to_owned(), Given { value, secret: None })).collect()
}
