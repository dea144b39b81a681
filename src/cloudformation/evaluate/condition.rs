//! Conditions: true, false, or not known before a deployment.

use super::value::{Cause, Eval};
use super::{MAX_DEPTH, Scope};
use crate::template::Json;

/// A condition of the template.
pub(super) fn named(scope: &Scope<'_>, name: &str) -> Result<bool, Cause> {
    if let Some(found) = scope.conditions.borrow().get(name) {
        // Begun but not finished: it asks for itself.
        return found.clone().unwrap_or_else(|| Err(Cause::Cycle(name.to_owned())));
    }
    let Some(expression) = scope.section("Conditions").and_then(|conditions| conditions.get(name)) else {
        return Err(Cause::Missing(name.to_owned()));
    };
    scope.conditions.borrow_mut().insert(name.to_owned(), None);
    let holds = holds(scope, expression);
    scope.conditions.borrow_mut().insert(name.to_owned(), Some(holds.clone()));
    holds
}

/// Whether a condition's expression holds.
pub(in crate::cloudformation) fn holds(scope: &Scope<'_>, expression: &Json) -> Result<bool, Cause> {
    let deeper = scope.depth.get() + 1;
    if deeper > MAX_DEPTH || !scope.spend(1) {
        return Err(Cause::Large);
    }
    scope.depth.set(deeper);
    let holds = step(scope, expression);
    scope.depth.set(deeper - 1);
    holds
}

fn step(scope: &Scope<'_>, expression: &Json) -> Result<bool, Cause> {
    let object = match expression {
        Json::Bool(truth) => return Ok(*truth),
        Json::String(text) if text == "true" || text == "false" => return Ok(text == "true"),
        Json::Object(object) => object,
        _ => return Err(Cause::Arguments("Conditions".to_owned())),
    };
    let Some((function, argument)) = object.iter().next().filter(|_| object.len() == 1) else {
        return Err(Cause::Arguments("Conditions".to_owned()));
    };
    let parts = argument.as_array().map(Vec::as_slice);
    match (function.as_str(), parts) {
        ("Condition", _) => named(scope, argument.as_str().unwrap_or_default()),
        ("Fn::Equals", Some([one, other])) => equal(scope, one, other),
        ("Fn::Not", Some([one])) => holds(scope, one).map(|truth| !truth),
        ("Fn::And", Some(parts)) => all(scope, parts, true),
        ("Fn::Or", Some(parts)) => all(scope, parts, false).map(|none| !none),
        ("Fn::Contains", Some([list, one])) => {
            let (list, one) = (literal(scope, list)?, literal(scope, one)?);
            Ok(list.as_array().is_some_and(|items| items.contains(&one)))
        }
        ("Fn::EachMemberEquals", Some([list, one])) => {
            let (list, one) = (literal(scope, list)?, literal(scope, one)?);
            Ok(list.as_array().is_some_and(|items| items.iter().all(|item| *item == one)))
        }
        ("Fn::EachMemberIn", Some([list, other])) => {
            let (list, other) = (literal(scope, list)?, literal(scope, other)?);
            let others = other.as_array().map_or(&[][..], Vec::as_slice);
            Ok(list.as_array().is_some_and(|items| items.iter().all(|item| others.contains(item))))
        }
        _ => match scope.evaluate(expression) {
            Eval::Known(Json::Bool(truth)) => Ok(truth),
            Eval::Known(Json::String(text)) if text == "true" || text == "false" => Ok(text == "true"),
            Eval::Unknown(unknown) => Err(unknown.cause),
            _ => Err(Cause::Arguments(function.clone())),
        },
    }
}

/// Whether all parts are `wanted` (for `And`), or none is `!wanted` of what decides (for `Or`); one that decides is enough, known or not the others.
fn all(scope: &Scope<'_>, parts: &[Json], wanted: bool) -> Result<bool, Cause> {
    let mut open = None;
    for part in parts {
        match holds(scope, part) {
            Ok(truth) if truth != wanted => return Ok(false),
            Ok(_) => {}
            Err(cause) => open = open.or(Some(cause)),
        }
    }
    open.map_or(Ok(true), Err)
}

fn equal(scope: &Scope<'_>, one: &Json, other: &Json) -> Result<bool, Cause> {
    Ok(literal(scope, one)? == literal(scope, other)?)
}

/// A value to compare: numbers and truths as the texts that CloudFormation compares.
fn literal(scope: &Scope<'_>, expression: &Json) -> Result<Json, Cause> {
    if let Some(secret) = secret(scope, expression) {
        return Ok(Json::String(secret.to_owned()));
    }
    let value = scope.evaluate(expression);
    if let Some(json) = value.json() {
        return Ok(as_texts(json));
    }
    Err(match value {
        Eval::Reference(reference) => Cause::Attribute(reference),
        _ => value.unknown().map_or(Cause::Arguments("Fn::Equals".to_owned()), |unknown| unknown.cause.clone()),
    })
}

/// A secret is compared, which tells only whether it is what the template says, but never handed on.
fn secret<'a>(scope: &'a Scope<'_>, expression: &Json) -> Option<&'a str> {
    let name = expression.as_object().filter(|object| object.len() == 1)?.get("Ref")?.as_str()?;
    scope.parameters.get(name)?.secret.as_deref()
}

fn as_texts(json: Json) -> Json {
    match json {
        Json::Number(_) | Json::Bool(_) => Json::String(json.to_string()),
        Json::Array(items) => items.into_iter().map(as_texts).collect(),
        other => other,
    }
}
