//! The functions of CloudFormation, one at a time.

use super::value::{Cause, Eval, Reference, Unknown};
use super::{Scope, cidr, condition, references, text, unknown};
use crate::catalog::data::regions;
use crate::template::{Json, Object};

/// A function's name and argument, if a mapping is a call of one.
pub(in crate::cloudformation) fn call(entries: &Object) -> Option<(&str, &Json)> {
    let (name, argument) = entries.iter().next().filter(|_| entries.len() == 1)?;
    let is_function = name == "Ref" || (name.starts_with("Fn::") && !name.starts_with("Fn::ForEach::"));
    is_function.then_some((name.as_str(), argument))
}

/// What a call comes to.
pub(super) fn evaluate(scope: &Scope<'_>, name: &str, argument: &Json, expression: &Json) -> Eval {
    let wrong = || unknown(Cause::Arguments(name.to_owned()), expression);
    let parts = argument.as_array().map_or(&[][..], Vec::as_slice);
    match name {
        "Ref" => argument.as_str().map_or_else(wrong, |name| refer(scope, name, expression)),
        "Fn::GetAtt" => get_att(scope, argument, expression),
        "Fn::Sub" => text::substitute(scope, argument, expression),
        "Fn::Join" => text::join(scope, argument, expression),
        "Fn::Split" => text::split(scope, argument, expression),
        "Fn::Select" => match parts {
            [index, list] => select(scope, index, list, expression),
            _ => wrong(),
        },
        "Fn::If" => match parts {
            [Json::String(condition), then, otherwise] => choose(scope, condition, then, otherwise, expression),
            _ => wrong(),
        },
        "Fn::FindInMap" => find_in_map(scope, parts, expression),
        "Fn::Cidr" => cidr::evaluate(scope, parts, expression),
        "Fn::GetAZs" => zones(scope, argument, expression),
        // The value is what will be encoded: that is what people wrote and want to read.
        "Fn::Base64" => scope.evaluate(argument),
        "Fn::Length" => match scope.evaluate(argument) {
            Eval::List(items) => Eval::Known(Json::from(items.len())),
            other => super::depends(&other, name, expression),
        },
        "Fn::ToJsonString" => {
            let value = scope.evaluate(argument);
            match value.json() {
                Some(json) => Eval::text_from(json.to_string()),
                None => super::depends(&value, name, expression),
            }
        }
        "Fn::ImportValue" => {
            let export = scope.evaluate(argument);
            let cause = Cause::Import(export.text().unwrap_or_default());
            let references = export.references().into_iter().cloned().collect();
            Eval::Unknown(Unknown { cause, references, expression: expression.clone() })
        }
        "Fn::Transform" => {
            let macro_name = argument.get("Name").and_then(Json::as_str).unwrap_or("Fn::Transform");
            mentioned(Cause::Transform(macro_name.to_owned()), expression)
        }
        "Fn::Equals" | "Fn::And" | "Fn::Or" | "Fn::Not" | "Fn::Contains" => match condition::holds(scope, expression) {
            Ok(truth) => Eval::Known(Json::Bool(truth)),
            Err(cause) => mentioned(cause, expression),
        },
        // A tool or macro of its own computes what CloudFormation does not know.
        _ => mentioned(Cause::Transform(name.to_owned()), expression),
    }
}

/// What a name in `Ref`, or in `${}` of a text, means.
pub(super) fn refer(scope: &Scope<'_>, name: &str, expression: &Json) -> Eval {
    if let Some(value) = scope.parameter(name) {
        return if scope.spend(value.weight()) { value.clone() } else { unknown(Cause::Large, expression) };
    }
    if scope.is_resource(name) {
        return Eval::Reference(Reference { logical: name.to_owned(), attribute: None });
    }
    if let Some((logical, attribute)) = name.split_once('.')
        && scope.is_resource(logical)
    {
        return Eval::Reference(Reference { logical: logical.to_owned(), attribute: Some(attribute.to_owned()) });
    }
    absent(scope, name, expression)
}

/// A name that is nothing's, unless a transform makes it.
fn absent(scope: &Scope<'_>, name: &str, expression: &Json) -> Eval {
    let transform = scope.template().get("Transform").map(|transform| match transform {
        Json::Array(all) => all.iter().find(|one| one.as_str() != Some("AWS::LanguageExtensions")),
        one => Some(one).filter(|one| one.as_str() != Some("AWS::LanguageExtensions")),
    });
    let cause = match transform.flatten() {
        Some(transform) => {
            let name = transform.as_str().or_else(|| transform.get("Name")?.as_str()).unwrap_or("Transform");
            Cause::Transform(name.to_owned())
        }
        None => Cause::Missing(name.to_owned()),
    };
    unknown(cause, expression)
}

fn get_att(scope: &Scope<'_>, argument: &Json, expression: &Json) -> Eval {
    let wrong = || unknown(Cause::Arguments("Fn::GetAtt".to_owned()), expression);
    let both = match argument {
        Json::String(both) => {
            both.split_once('.').map(|(logical, attribute)| (logical.to_owned(), Some(attribute.to_owned())))
        }
        Json::Array(parts) => match parts.as_slice() {
            [Json::String(logical), attribute @ ..] if !attribute.is_empty() => {
                let names: Option<Vec<String>> = attribute.iter().map(|part| scope.evaluate(part).text()).collect();
                Some((logical.clone(), names.map(|names| names.join("."))))
            }
            _ => None,
        },
        _ => None,
    };
    match both {
        None => wrong(),
        Some((logical, _)) if !scope.is_resource(&logical) => absent(scope, &logical, expression),
        Some((logical, Some(attribute))) => Eval::Reference(Reference { logical, attribute: Some(attribute) }),
        Some((_, None)) => mentioned(Cause::Arguments("Fn::GetAtt".to_owned()), expression),
    }
}

fn select(scope: &Scope<'_>, index: &Json, list: &Json, expression: &Json) -> Eval {
    let index = scope.evaluate(index);
    let Some(at) = index.text().and_then(|text| text.trim().parse::<usize>().ok()) else {
        return super::depends(&index, "Fn::Select", expression);
    };
    if let Some(("Fn::Cidr", Json::Array(parts))) = list.as_object().and_then(call) {
        return cidr::select(scope, at, parts, expression);
    }
    match scope.evaluate(list) {
        Eval::List(mut items) if at < items.len() => items.swap_remove(at),
        other => super::depends(&other, "Fn::Select", expression),
    }
}

fn choose(scope: &Scope<'_>, name: &str, then: &Json, otherwise: &Json, expression: &Json) -> Eval {
    match scope.condition(name) {
        Ok(true) => scope.evaluate(then),
        Ok(false) => scope.evaluate(otherwise),
        Err(cause @ (Cause::Missing(_) | Cause::Cycle(_))) => mentioned(cause, expression),
        Err(_) => mentioned(Cause::Condition(name.to_owned()), expression),
    }
}

fn find_in_map(scope: &Scope<'_>, parts: &[Json], expression: &Json) -> Eval {
    let (keys, default) = match parts {
        [a, b, c] => ([a, b, c], None),
        [a, b, c, options] => ([a, b, c], options.get("DefaultValue")),
        _ => return unknown(Cause::Arguments("Fn::FindInMap".to_owned()), expression),
    };
    let mut names = Vec::new();
    for key in keys {
        let value = scope.evaluate(key);
        match value.text() {
            Some(text) => names.push(text),
            None => return super::depends(&value, "Fn::FindInMap", expression),
        }
    }
    let mappings = scope.template().get("Mappings");
    let found = names.iter().try_fold(mappings, |inner, name| Some(inner?.get(name)));
    match (found.flatten(), default) {
        (Some(value), _) => literal(scope, value),
        (None, Some(default)) => scope.evaluate(default),
        (None, None) => unknown(Cause::Unmapped(names.join(".")), expression),
    }
}

/// A mapping holds literals only, so nothing in it is called.
fn literal(scope: &Scope<'_>, json: &Json) -> Eval {
    if !scope.spend(1) {
        return unknown(Cause::Large, json);
    }
    match json {
        Json::String(text) => scope.literal(text, json),
        Json::Array(items) => Eval::List(items.iter().map(|item| literal(scope, item)).collect()),
        Json::Object(entries) => {
            Eval::Object(entries.iter().map(|(key, value)| (key.clone(), literal(scope, value))).collect())
        }
        other => Eval::Known(other.clone()),
    }
}

fn zones(scope: &Scope<'_>, argument: &Json, expression: &Json) -> Eval {
    let region = match argument {
        Json::Null => Eval::text_from(""),
        other => scope.evaluate(other),
    };
    let region = match region.text() {
        Some(text) if text.is_empty() => scope.parameter("AWS::Region").and_then(Eval::text).unwrap_or_default(),
        Some(text) => text,
        None => return super::depends(&region, "Fn::GetAZs", expression),
    };
    match regions::region(&region) {
        Some(region) => Eval::List(region.zones().take(region.zones_per_account()).map(Eval::text_from).collect()),
        None => unknown(Cause::Missing(region), expression),
    }
}

/// Something not known, with every resource that its expression mentions.
fn mentioned(cause: Cause, expression: &Json) -> Eval {
    let references = references(expression)
        .into_iter()
        .map(|mention| Reference { logical: mention.logical, attribute: mention.attribute });
    Eval::Unknown(Unknown { cause, references: references.collect(), expression: expression.clone() })
}
