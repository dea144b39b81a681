//! Which resources are named by text: by the properties of a generic resource, by `${Name}` in a text of another, by the template that the design
//! was opened from. Taking one away would leave a name of nothing.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::Value;
use crate::catalog::kinds::CloudformationResource;
use crate::cloudformation::evaluate::references;

use crate::design::{Design, logical_ids};
use crate::id::NodeId;
use crate::template::Json;

/// Every node that a text of another names.
pub(super) fn mentioned(design: &Design) -> BTreeSet<NodeId> {
    let mut found = BTreeSet::new();
    let mut names: BTreeMap<String, BTreeSet<Option<NodeId>>> = BTreeMap::new();
    let mut note = |json: &Json, by: Option<NodeId>| {
        for mention in references(json) {
            names.entry(mention.logical).or_default().insert(by);
        }
    };
    for (id, node) in design.nodes() {
        if let Some(generic) = node.get::<CloudformationResource>() {
            found.extend(generic.references.iter().copied().filter(|to| *to != id));
            generic.properties.json().iter().for_each(|json| note(json, Some(id)));
            continue;
        }
        for field in node.kind().fields() {
            if let Some(value) = node.body.value(field.id) {
                texts(&value, &mut |text| {
                    if text.contains("${") {
                        note(&serde_json::json!({ "Fn::Sub": text }), Some(id));
                    }
                });
            }
        }
    }
    if let Some(original) = design.template() {
        let template = original.template();
        for (name, resource) in template.get("Resources").and_then(Json::as_object).into_iter().flatten() {
            note(resource, original.node_of(name));
        }
        template.get("Outputs").iter().for_each(|outputs| note(outputs, None));
    }
    let ids = if names.is_empty() { BTreeMap::new() } else { logical_ids(design) };
    for (id, logical) in ids {
        if names.get(&logical).is_some_and(|by| by.iter().any(|by| *by != Some(id))) {
            found.insert(id);
        }
    }
    found
}

fn texts(value: &Value, each: &mut dyn FnMut(&str)) {
    match value {
        Value::Text(text) => each(text),
        Value::List(items) => items.iter().for_each(|item| texts(item, each)),
        Value::Record(cells) => cells.values().for_each(|cell| texts(cell, each)),
        Value::None | Value::Bool(_) | Value::Int(_) | Value::Ref(_) => {}
    }
}
