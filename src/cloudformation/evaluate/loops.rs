//! `Fn::ForEach` of the language extensions, written out.

use super::Scope;
use super::value::Eval;
use crate::template::{Json, Object};

/// The template with every loop written out; none if it has no loop.
pub(super) fn expand(scope: &Scope<'_>, template: &Json) -> Option<Json> {
    has_loop(template).then(|| write_out(scope, template))
}

fn has_loop(json: &Json) -> bool {
    match json {
        Json::Array(items) => items.iter().any(has_loop),
        Json::Object(entries) => entries.iter().any(|(key, value)| is_loop(key) || has_loop(value)),
        _ => false,
    }
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
