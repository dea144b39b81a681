//! Which names an expression mentions.

use super::text::{Part, parts};
use crate::template::Json;

/// A name in an expression.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mention {
    /// A logical id, or the name of a parameter or pseudo parameter.
    pub logical: String,
    /// The attribute of `Fn::GetAtt` or of `${Name.Attribute}`.
    pub attribute: Option<String>,
}

/// Every name that an expression mentions by `Ref`, `Fn::GetAtt` or in the text of a `Fn::Sub`, in order, each as often as it is named.
/// Parameters are among them; variables that a `Fn::Sub` defines itself are not.
pub fn references(json: &Json) -> Vec<Mention> {
    let mut found = Vec::new();
    visit(json, &mut found);
    found
}

fn visit(json: &Json, found: &mut Vec<Mention>) {
    match json {
        Json::Array(items) => items.iter().for_each(|item| visit(item, found)),
        Json::Object(entries) => {
            for (key, value) in entries {
                found.extend(mentioned(key, value));
                visit(value, found);
            }
        }
        _ => {}
    }
}

/// The names that one call mentions itself, without those in expressions inside its argument.
pub fn mentioned(name: &str, argument: &Json) -> Vec<Mention> {
    match (name, argument) {
        ("Ref", Json::String(name)) => vec![Mention { logical: name.clone(), attribute: None }],
        ("Fn::GetAtt", Json::String(both)) => vec![mention(both)],
        ("Fn::GetAtt", Json::Array(parts)) => get_att(parts).into_iter().collect(),
        ("Fn::Sub", Json::String(text)) => substitute(text, None),
        ("Fn::Sub", Json::Array(both)) => match both.as_slice() {
            [Json::String(text), variables] => substitute(text, Some(variables)),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

fn get_att(parts: &[Json]) -> Option<Mention> {
    let [Json::String(logical), attribute @ ..] = parts else { return None };
    let names: Option<Vec<&str>> = attribute.iter().map(Json::as_str).collect();
    let attribute = names.filter(|names| !names.is_empty()).map(|names| names.join("."));
    Some(Mention { logical: logical.clone(), attribute })
}

fn substitute(text: &str, variables: Option<&Json>) -> Vec<Mention> {
    let names = parts(text).into_iter().filter_map(|part| match part {
        Part::Name(name) => Some(name),
        _ => None,
    });
    names.filter(|name| variables.is_none_or(|variables| variables.get(*name).is_none())).map(mention).collect()
}

fn mention(name: &str) -> Mention {
    let (logical, attribute) = match name.split_once('.') {
        Some((logical, attribute)) => (logical, Some(attribute.to_owned())),
        None => (name, None),
    };
    Mention { logical: logical.to_owned(), attribute }
}
