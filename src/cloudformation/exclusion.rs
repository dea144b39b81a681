//! Resources of which a template makes one or the other and never both.
//!
//! A condition hangs on parameters. Those without a value are tried with every text that the conditions compare them with, and with one that none of
//! them names: what holds in none of these worlds never holds.

use std::collections::{BTreeMap, BTreeSet};

use super::evaluate::{Eval, Scope};
use crate::design::Design;
use crate::id::NodeId;
use crate::template::{Json, Object};

/// Worlds beyond these are not tried, and nothing is said of such conditions.
const MAX_WORLDS: usize = 256;

/// A value that no condition names.
const OTHER: &str = "\u{1}";

/// Whether the conditions of a design's template never let two nodes be there at the same time, whatever values the parameters have.
pub fn excludes(design: &Design, one: NodeId, other: NodeId) -> bool {
    let Some(origin) = design.template() else { return false };
    let condition = |id: NodeId| {
        let resource = origin.template().get("Resources")?.get(origin.name_of(id)?)?;
        resource.get("Condition")?.as_str()
    };
    match (condition(one), condition(other)) {
        (Some(one), Some(other)) if one != other => never_both(origin.template(), origin.values(), one, other),
        _ => false,
    }
}

/// Whether two conditions never hold at the same time.
fn never_both(template: &Json, values: &BTreeMap<String, String>, one: &str, other: &str) -> bool {
    let scope = Scope::new(template, values);
    let mut asked = Asked { conditions: scope.section("Conditions"), ..Asked::default() };
    asked.condition(one);
    asked.condition(other);
    let is_open = |name: &&str| matches!(scope.parameter(name), Some(Eval::Unknown(_)));
    let open: Vec<&str> = asked.parameters.iter().copied().filter(is_open).collect();
    let choices: Vec<Vec<&str>> = open
        .iter()
        .map(|name| {
            let declared = scope.section("Parameters").and_then(|all| all.get(*name)?.get("AllowedValues")?.as_array());
            match declared {
                Some(allowed) => allowed.iter().filter_map(Json::as_str).collect(),
                None => asked.texts.iter().copied().chain([OTHER]).collect(),
            }
        })
        .collect();
    let worlds = choices.iter().try_fold(1usize, |all, one| all.checked_mul(one.len()));
    let Some(worlds) = worlds.filter(|worlds| (1..=MAX_WORLDS).contains(worlds)) else { return false };
    (0..worlds).all(|mut number| {
        let mut given = values.clone();
        for (name, choice) in open.iter().zip(&choices) {
            if let Some(value) = choice.get(number % choice.len()) {
                given.insert((*name).to_owned(), (*value).to_owned());
            }
            number /= choice.len();
        }
        let world = Scope::new(template, &given);
        [one, other].into_iter().any(|name| world.condition(name) == Ok(false))
    })
}

/// What conditions hang on.
#[derive(Default)]
struct Asked<'a> {
    conditions: Option<&'a Object>,
    seen: BTreeSet<&'a str>,
    parameters: BTreeSet<&'a str>,
    texts: BTreeSet<&'a str>,
}

impl<'a> Asked<'a> {
    fn condition(&mut self, name: &str) {
        let Some((name, expression)) = self.conditions.and_then(|all| all.get_key_value(name)) else { return };
        if self.seen.insert(name) {
            self.expression(expression);
        }
    }

    fn expression(&mut self, json: &'a Json) {
        match json {
            Json::String(text) => drop(self.texts.insert(text)),
            Json::Array(items) => items.iter().for_each(|item| self.expression(item)),
            Json::Object(entries) => {
                for (function, argument) in entries {
                    match (function.as_str(), argument.as_str()) {
                        ("Ref", Some(name)) => drop(self.parameters.insert(name)),
                        ("Condition", Some(name)) => self.condition(name),
                        _ => self.expression(argument),
                    }
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::never_both;
    use std::collections::BTreeMap;

    const TEMPLATE: &str = "
Parameters:
  P: {Type: String}
  Q: {Type: String}
  Kind: {Type: String, AllowedValues: [a, b]}
  Known: {Type: String, Default: a}
Conditions:
  IsA: !Equals [!Ref P, a]
  IsB: !Equals [b, !Ref P]
  NotA: !Not [!Condition IsA]
  Other: !Not [!Or [!Condition IsA, !Condition IsB]]
  AlsoQ: !And [!Condition NotA, !Equals [!Ref Q, a]]
  OnlyQ: !Equals [!Ref Q, a]
  KindA: !Equals [!Ref Kind, a]
  KindB: !Equals [!Ref Kind, b]
  NeitherKind: !And [!Not [!Condition KindA], !Not [!Condition KindB]]
  Home: !Equals [!Ref 'AWS::AccountId', '111122223333']
  Away: !Not [!Condition Home]
  Round: !Not [!Condition Round]
Resources: {}
";

    #[test]
    fn conditions_exclude_each_other_only_where_no_value_fits_both() {
        let source = crate::template::parse(TEMPLATE).unwrap();
        let never = |one: &str, other: &str| never_both(&source.template, &BTreeMap::new(), one, other);
        for (one, other) in [
            ("IsA", "NotA"),
            ("IsA", "IsB"),
            ("IsA", "Other"),
            ("IsB", "Other"),
            ("IsA", "AlsoQ"),
            ("KindA", "KindB"),
            ("KindA", "NeitherKind"),
            ("Home", "Away"),
        ] {
            assert!(never(one, other) && never(other, one), "{one} and {other}");
        }
        for (one, other) in [
            ("NotA", "IsB"),
            ("NotA", "Other"),
            ("IsA", "OnlyQ"),
            ("AlsoQ", "OnlyQ"),
            ("IsB", "KindA"),
            ("Round", "IsA"),
            ("IsA", "Gone"),
        ] {
            assert!(!never(one, other), "{one} and {other}");
        }
    }
}
