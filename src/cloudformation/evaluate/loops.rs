//! What the language extensions put in before anything else: `Fn::ForEach` written out, and names in `Ref` and `Fn::GetAtt` that are computed
//! (<https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/transform-aws-languageextensions.html>).

use super::Scope;
use super::function::call;
use super::value::Eval;
use crate::template::{Json, Object};

/// The template with every loop and every computed name written out; none if it has neither.
pub(super) fn expand(scope: &Scope<'_>, template: &Json) -> Option<Json> {
    is_extended(template).then(|| write_out(scope, template))
}

fn is_extended(json: &Json) -> bool {
    match json {
        Json::Array(items) => items.iter().any(is_extended),
        Json::Object(entries) => {
            is_computed(entries) || entries.iter().any(|(key, value)| is_loop(key) || is_extended(value))
        }
        _ => false,
    }
}

/// Whether a `Ref` or `Fn::GetAtt` names what a function says. CloudFormation itself takes that only with the language extensions, and whoever
/// writes it means the same.
fn is_computed(entries: &Object) -> bool {
    match call(entries) {
        Some(("Ref" | "Fn::GetAtt", Json::Object(_))) => true,
        Some(("Fn::GetAtt", Json::Array(parts))) => parts.iter().any(Json::is_object),
        _ => false,
    }
}

/// A `Ref` or `Fn::GetAtt` with the name that a function says; none where that is not known.
fn named(scope: &Scope<'_>, entries: &Object) -> Option<Json> {
    let (function, argument) = call(entries).filter(|_| is_computed(entries))?;
    let name = match argument {
        Json::Array(parts) => {
            parts.iter().map(|part| scope.evaluate(part).text().map(Json::from)).collect::<Option<Json>>()?
        }
        one => Json::String(scope.evaluate(one).text()?),
    };
    Some(Json::Object(Object::from_iter([(function.to_owned(), name)])))
}

fn is_loop(key: &str) -> bool {
    key.starts_with("Fn::ForEach::")
}

fn write_out(scope: &Scope<'_>, json: &Json) -> Json {
    if !scope.spend(1) {
        return json.clone();
    }
    match json {
        Json::Array(items) => items.iter().map(|item| write_out(scope, item)).collect(),
        Json::Object(entries) => {
            if let Some(named) = named(scope, entries) {
                return named;
            }
            let mut out = Object::new();
            for (key, value) in entries {
                match is_loop(key).then(|| rounds(scope, value)).flatten() {
                    Some(rounds) => rounds.into_iter().for_each(|(key, value)| drop(out.insert(key, value))),
                    None => drop(out.insert(key.clone(), write_out(scope, value))),
                }
            }
            Json::Object(out)
        }
        other => other.clone(),
    }
}

/// What a loop writes: `[name, collection, {key: value}]`. None where it cannot be known, and the loop stays.
fn rounds(scope: &Scope<'_>, argument: &Json) -> Option<Object> {
    let [Json::String(name), collection, Json::Object(body)] = argument.as_array()?.as_slice() else { return None };
    let items = match scope.evaluate(collection) {
        Eval::List(items) => items.iter().map(Eval::text).collect::<Option<Vec<String>>>()?,
        _ => return None,
    };
    let mut out = Object::new();
    for item in items {
        let round = replace(scope, &Json::Object(body.clone()), name, &item)?;
        if let Json::Object(entries) = write_out(scope, &round) {
            out.extend(entries);
        }
    }
    Some(out)
}

/// The body with the loop's name replaced: `${Name}`, `&{Name}` (letters and digits only) and `Ref`.
fn replace(scope: &Scope<'_>, json: &Json, name: &str, item: &str) -> Option<Json> {
    if !scope.spend(1) {
        return None;
    }
    Some(match json {
        Json::String(text) => Json::String(fill(scope, text, name, item)?),
        Json::Array(items) => {
            items.iter().map(|inner| replace(scope, inner, name, item)).collect::<Option<Vec<_>>>()?.into()
        }
        Json::Object(entries) if entries.len() == 1 && entries.get("Ref").and_then(Json::as_str) == Some(name) => {
            Json::String(item.to_owned())
        }
        Json::Object(entries) => {
            let filled = entries
                .iter()
                .map(|(key, value)| Some((fill(scope, key, name, item)?, replace(scope, value, name, item)?)));
            Json::Object(filled.collect::<Option<Object>>()?)
        }
        other => other.clone(),
    })
}

fn fill(scope: &Scope<'_>, text: &str, name: &str, item: &str) -> Option<String> {
    if !text.contains(name) {
        return Some(text.to_owned());
    }
    let letters: String = item.chars().filter(char::is_ascii_alphanumeric).collect();
    let filled = text.replace(&format!("${{{name}}}"), item).replace(&format!("&{{{name}}}"), &letters);
    scope.spend(filled.len() / 16).then_some(filled)
}
