//! Resources that came, went or changed between two designs, for `diff`.

use std::fmt::Write;

use groundplan::catalog::Value;
use groundplan::design::compare::{FieldChange, compare};
use groundplan::design::{Design, logical_ids};
use groundplan::file::Opened;
use groundplan::id::NodeId;
use groundplan::message;
use groundplan::text::Lang;
use serde::Serialize;

/// What `diff` tells of resources.
pub struct Resources {
    pub added: Vec<Resource>,
    pub removed: Vec<Resource>,
    pub changed: Vec<Changed>,
}

/// A resource by what it is called.
#[derive(Serialize)]
pub struct Resource {
    id: String,
    kind: &'static str,
    name: String,
}

/// A resource with what changed in it.
#[derive(Serialize)]
pub struct Changed {
    #[serde(flatten)]
    resource: Resource,
    fields: Vec<Field>,
}

/// A field with its value before and after. `name` and `frame` are fields of every resource.
#[derive(Serialize)]
struct Field {
    field: &'static str,
    label: String,
    old: serde_json::Value,
    new: serde_json::Value,
}

impl Resources {
    /// Compares two designs; two design files are taken for versions of one.
    pub fn of(old: &Opened, new: &Opened, lang: Lang) -> Self {
        let found = compare(&old.design, &new.design, old.form.keeps_ids() && new.form.keeps_ids());
        let (old, new) = (Side::of(&old.design), Side::of(&new.design));
        let changed = found.changed.into_iter().map(|changed| {
            let mut fields = Vec::new();
            if let Some((before, after)) = changed.name {
                let label = message!("이름", "Name").get(lang).to_owned();
                fields.push(Field { field: "name", label, old: before.into(), new: after.into() });
            }
            if let Some((before, after)) = changed.parent {
                let label = message!("들어 있는 프레임", "Frame").get(lang).to_owned();
                let name =
                    |side: &Side<'_>, id: Option<NodeId>| id.map_or(serde_json::Value::Null, |id| side.name(id).into());
                fields.push(Field { field: "frame", label, old: name(&old, before), new: name(&new, after) });
            }
            for FieldChange { id, label, old: before, new: after } in changed.fields {
                let label = label.get(lang).to_owned();
                fields.push(Field { field: id, label, old: old.json(&before), new: new.json(&after) });
            }
            Changed { resource: new.resource(changed.new), fields }
        });
        let changed = changed.collect();
        Self {
            added: found.added.into_iter().map(|id| new.resource(id)).collect(),
            removed: found.removed.into_iter().map(|id| old.resource(id)).collect(),
            changed,
        }
    }

    /// A line for each: `+` came, `-` went, `~` changed, with its fields beneath.
    pub fn text(&self, lang: Lang) -> String {
        let mut text = String::new();
        // Writing into a string does not fail.
        for (sign, list) in [('+', &self.added), ('-', &self.removed)] {
            for Resource { kind, name, .. } in list {
                writeln!(text, "{sign} {kind}\t{name}").ok();
            }
        }
        for Changed { resource: Resource { kind, name, .. }, fields } in &self.changed {
            writeln!(text, "~ {kind}\t{name}").ok();
            for Field { label, old, new, .. } in fields {
                let (Some(before), Some(after)) = (old.as_array(), new.as_array()) else {
                    writeln!(text, "    {label}: {} -> {}", shown(old), shown(new)).ok();
                    continue;
                };
                // Of a list only what is not in both.
                writeln!(text, "    {label}:").ok();
                for (sign, items, others) in [('-', before, after), ('+', after, before)] {
                    for item in items.iter().filter(|item| !others.contains(item)) {
                        writeln!(text, "      {sign} {}", shown(item)).ok();
                    }
                }
            }
        }
        let (added, removed, changed) = (self.added.len(), self.removed.len(), self.changed.len());
        let sum = message!(
            "생긴 리소스 {added}개, 없어진 리소스 {removed}개, 바뀐 리소스 {changed}개",
            "resources added: {added}, removed: {removed}, changed: {changed}"
        );
        writeln!(text, "{}", sum.get(lang)).ok();
        text
    }
}

fn shown(json: &serde_json::Value) -> String {
    match json {
        serde_json::Value::Null => "-".to_owned(),
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Object(cells) => {
            let told = cells.iter().filter(|(_, cell)| !cell.is_null() && cell.as_str() != Some(""));
            told.map(|(id, cell)| format!("{id} {}", shown(cell))).collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    }
}

/// A design with what its resources are called.
struct Side<'a> {
    design: &'a Design,
    ids: std::collections::BTreeMap<NodeId, String>,
}

impl<'a> Side<'a> {
    fn of(design: &'a Design) -> Self {
        Self { design, ids: logical_ids(design) }
    }

    fn name(&self, id: NodeId) -> String {
        self.design.node(id).map(|node| node.name.clone()).unwrap_or_default()
    }

    fn resource(&self, id: NodeId) -> Resource {
        let node = self.design.node(id);
        let origin = node.map(|node| node.origin.clone()).filter(|origin| !origin.is_empty());
        let called = origin.or_else(|| self.ids.get(&id).cloned()).unwrap_or_default();
        Resource { id: called, kind: node.map_or("", |node| node.kind().spec().id), name: self.name(id) }
    }

    /// A value with names in the place of ids.
    fn json(&self, value: &Value) -> serde_json::Value {
        match value {
            Value::None => serde_json::Value::Null,
            Value::Bool(on) => (*on).into(),
            Value::Int(number) => (*number).into(),
            Value::Text(text) => text.as_str().into(),
            Value::Ref(id) => self.name(*id).into(),
            Value::List(items) => items.iter().map(|item| self.json(item)).collect(),
            Value::Record(cells) => {
                let cells = cells.iter().map(|(id, cell)| (id.clone(), self.json(cell)));
                cells.collect::<serde_json::Map<_, _>>().into()
            }
        }
    }
}
