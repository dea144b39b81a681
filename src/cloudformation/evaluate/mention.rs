//! Which names an expression mentions.

use super::super::Json;
use super::text::{Part, parts};

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
                match (key.as_str(), value) {
                    ("Ref", Json::String(name)) => found.push(Mention { logical: name.clone(), attribute: None }),
                    ("Fn::GetAtt", Json::String(both)) => found.push(mention(both)),
                    ("Fn::GetAtt", Json::Array(parts)) => get_att(parts, found),
                    ("Fn::Sub", Json::String(text)) => substitute(text, None, found),
                    ("Fn::Sub", Json::Array(both)) => match both.as_slice() {
                        [Json::String(text), variables] => {
                            substitute(text, Some(variables), found);
                            visit(variables, found);
                        }
                        _ => visit(value, found),
                    },
                    _ => visit(value, found),
                }
            }
        }
        _ => {}
    }
}

fn get_att(parts: &[Json], found: &mut Vec<Mention>) {
    let [Json::String(logical), attribute @ ..] = parts else { return };
    let names: Option<Vec<&str>> = attribute.iter().map(Json::as_str).collect();
    let attribute_name = names.filter(|names| !names.is_empty()).map(|names| names.join("."));
    found.push(Mention { logical: logical.clone(), attribute: attribute_name });
    attribute.iter().for_each(|part| visit(part, found));
}

fn substitute(text: &str, variables: Option<&Json>, found: &mut Vec<Mention>) {
    for part in parts(text) {
        if let Part::Name(name) = part
            && variables.is_none_or(|variables| variables.get(name).is_none())
        {
            found.push(mention(name));
        }
    }
}

fn mention(name: &str) -> Mention {
    let (logical, attribute) = match name.split_once('.') {
        Some((logical, attribute)) => (logical, Some(attribute.to_owned())),
        None => (name, None),
    };
    Mention { logical: logical.to_owned(), attribute }
}
