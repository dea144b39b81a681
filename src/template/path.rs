//! Paths of properties, as field tables write them: a dot descends into an object (`Ebs.VolumeSize`), a number into a list (`Actions.0.Type`), and
//! brackets choose the value of an entry in a list of keys and values (`LoadBalancerAttributes[idle_timeout.timeout_seconds]`).

use super::{Json, Object};

enum Step<'a> {
    Key(&'a str),
    Index(usize),
    Entry(&'a str),
}

fn steps(path: &str) -> Vec<Step<'_>> {
    let (path, entry) = match path.split_once('[') {
        Some((list, key)) => (list, Some(key.trim_end_matches(']'))),
        None => (path, None),
    };
    let plain = path.split('.').map(|part| part.parse().map_or(Step::Key(part), Step::Index));
    plain.chain(entry.map(Step::Entry)).collect()
}

/// Writes a value; what is missing on the way is made. Values of an entry are text, as AWS wants them.
pub fn insert(root: &mut Object, path: &str, value: Json) {
    let steps = steps(path);
    let value = match (steps.last(), value) {
        (Some(Step::Entry(_)), Json::Bool(on)) => Json::String(on.to_string()),
        (Some(Step::Entry(_)), Json::Number(number)) => Json::String(number.to_string()),
        (_, value) => value,
    };
    let Some((Step::Key(first), rest)) = steps.split_first() else { return };
    let mut at = root.entry((*first).to_owned()).or_insert(Json::Null);
    for step in rest {
        let Some(next) = slot(at, step) else { return };
        at = next;
    }
    *at = value;
}

fn slot<'a>(json: &'a mut Json, step: &Step<'_>) -> Option<&'a mut Json> {
    match step {
        Step::Key(key) => {
            if !json.is_object() {
                *json = Json::Object(Object::new());
            }
            Some(json.as_object_mut()?.entry((*key).to_owned()).or_insert(Json::Null))
        }
        Step::Index(index) => {
            let list = as_list(json)?;
            while list.len() <= *index {
                list.push(Json::Null);
            }
            list.get_mut(*index)
        }
        Step::Entry(key) => {
            let list = as_list(json)?;
            let at = list.iter().position(|entry| entry.get("Key").and_then(Json::as_str) == Some(key));
            let at = at.unwrap_or_else(|| {
                list.push(serde_json::json!({ "Key": key, "Value": null }));
                list.len() - 1
            });
            list.get_mut(at)?.get_mut("Value")
        }
    }
}

fn as_list(json: &mut Json) -> Option<&mut Vec<Json>> {
    if !json.is_array() {
        *json = Json::Array(Vec::new());
    }
    json.as_array_mut()
}

/// Reads a value.
pub fn get<'a>(root: &'a Object, path: &str) -> Option<&'a Json> {
    let steps = steps(path);
    let (Step::Key(first), rest) = steps.split_first()? else { return None };
    rest.iter().try_fold(root.get(*first)?, |at, step| match step {
        Step::Key(key) => at.get(key),
        Step::Index(index) => at.get(index),
        Step::Entry(key) => {
            let mut entries = at.as_array()?.iter();
            entries.find(|entry| entry.get("Key").and_then(Json::as_str) == Some(key))?.get("Value")
        }
    })
}

/// Whether what a path leads to is made by a function on the way there, so that nothing is known of it: `LaunchTemplateData` by `Fn::If`.
pub fn is_made(root: &Object, path: &str) -> bool {
    let steps = steps(path);
    let Some((Step::Key(first), rest)) = steps.split_first() else { return false };
    let mut at = root.get(*first);
    let mut rest = rest.iter();
    while let Some(json) = at {
        let makes = |key: &String| key == "Ref" || key.starts_with("Fn::");
        let Some(step) = rest.next() else { return false };
        if json.as_object().is_some_and(|entries| entries.keys().any(makes)) {
            return true;
        }
        at = match step {
            Step::Key(key) => json.get(key),
            Step::Index(index) => json.get(index),
            Step::Entry(_) => {
                return json
                    .as_array()
                    .is_some_and(|all| all.iter().any(|one| one.as_object().is_some_and(|one| one.keys().any(makes))));
            }
        };
    }
    // A part that a transform puts beside the others.
    root.contains_key("Fn::Transform")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_a_function_makes_on_the_way_is_not_known() {
        let root = json!({
            "Data": { "Fn::If": ["Big", { "Size": 8 }, { "Size": 4 }] },
            "Plain": { "Size": 8 },
            "Rows": [{ "Fn::If": ["Big", { "Key": "a", "Value": 1 }, { "Ref": "AWS::NoValue" }] }],
            "Name": { "Ref": "Given" },
        });
        let root = root.as_object().unwrap();
        for (path, made) in [
            ("Data.Size", true),
            ("Plain.Size", false),
            ("Plain.Other", false),
            ("Rows[a]", true),
            ("Name", false),
            ("None.Size", false),
        ] {
            assert_eq!(is_made(root, path), made, "{path}");
        }
    }

    #[test]
    fn what_is_put_is_found_again() {
        let mut root = Object::new();
        for (path, value) in [
            ("Ebs.VolumeSize", json!(8)),
            ("Actions.0.Type", json!("forward")),
            ("Actions.0.ForwardConfig.TargetGroups", json!([])),
            ("Attributes[a.b]", json!(true)),
            ("Attributes[c.d]", json!(60)),
            ("Attributes[a.b]", json!(false)),
        ] {
            insert(&mut root, path, value);
        }
        let want = json!({
            "Ebs": { "VolumeSize": 8 },
            "Actions": [{ "Type": "forward", "ForwardConfig": { "TargetGroups": [] } }],
            "Attributes": [{ "Key": "a.b", "Value": "false" }, { "Key": "c.d", "Value": "60" }],
        });
        assert_eq!(Json::Object(root.clone()), want);
        assert_eq!(get(&root, "Attributes[c.d]"), Some(&json!("60")));
        assert_eq!(get(&root, "Actions.0.Type"), Some(&json!("forward")));
        assert_eq!(get(&root, "Actions.1.Type"), None);
        assert_eq!(get(&root, "Attributes[e]"), None);
    }
}
