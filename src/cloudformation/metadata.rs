//! What a template cannot say, under our own metadata key: layout, names, what is inside what, and the values of fields that no property carries.
//!
//! A resource has `{"Id", "Kind", "Name", "Origin", "Parent", "Rect", "Kept"}`; the document `{"Version", "Title", "Nodes", "Assertions"}`, where `Nodes` are those that
//! are no resources (regions, zones, people). A kept field remembers the design's value beside what the template says of it, so that a property
//! edited in the template wins over the memory.

use std::collections::BTreeMap;

use crate::catalog::{Kind, Value};
use crate::design::{Design, Node, Origin, Rect};
use crate::id::NodeId;
use crate::template::{Json, Object, object};

/// The key of our metadata.
pub(super) const KEY: &str = "Groundplan";
/// The version of its form.
pub(super) const VERSION: i64 = 1;

impl Origin {
    /// Whether the template has our metadata, which is kept up then.
    pub(super) fn is_ours(&self) -> bool {
        self.template().get("Metadata").is_some_and(|metadata| metadata.get(KEY).is_some())
    }
}

/// A field whose value the template does not carry.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Kept {
    /// The design's value.
    pub value: Value,
    /// What is read from the template instead.
    pub template: Value,
}

/// The metadata of one node.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Entry {
    pub id: NodeId,
    pub kind: Kind,
    pub name: String,
    pub origin: String,
    pub parent: Option<NodeId>,
    pub rect: Rect,
    /// The parameter that stands for it, if it is no resource.
    pub parameter: Option<String>,
    pub kept: BTreeMap<String, Kept>,
}

impl Entry {
    pub fn of(id: NodeId, node: &Node, parameter: Option<String>) -> Self {
        let Node { name, parent, rect, body, origin } = node;
        let (kind, name, origin, kept) = (body.kind(), name.clone(), origin.clone(), BTreeMap::new());
        Self { id, kind, name, origin, parent: *parent, rect: *rect, parameter, kept }
    }

    pub fn to_json(&self) -> Json {
        let Rect { x, y, w, h } = self.rect;
        let kept = |kept: &Kept| {
            let (value, template) = (from_value(&kept.value), from_value(&kept.template));
            serde_json::json!({ "Value": value, "Template": template })
        };
        let kept: Object = self.kept.iter().map(|(field, one)| (field.clone(), kept(one))).collect();
        object([
            ("Id", Some(self.id.to_string().into())),
            ("Kind", Some(self.kind.spec().id.into())),
            ("Name", Some(self.name.as_str().into())),
            ("Origin", (!self.origin.is_empty()).then(|| self.origin.as_str().into())),
            ("Parent", self.parent.map(|parent| parent.to_string().into())),
            // Text stays on one line, and numbers in it come back exactly.
            ("Rect", Some(format!("{x} {y} {w} {h}").into())),
            ("Parameter", self.parameter.as_deref().map(Json::from)),
            ("Kept", (!kept.is_empty()).then_some(kept.into())),
        ])
        .into()
    }

    /// Reads one; nothing if it is not of this form.
    pub fn from_json(json: &Json) -> Option<Self> {
        let text = |key: &str| json.get(key).and_then(Json::as_str);
        let id = |text: &str| text.parse::<NodeId>().ok();
        let parent = match text("Parent") {
            Some(parent) => Some(id(parent)?),
            None => None,
        };
        let rect: Vec<f64> = text("Rect")?.split(' ').map(str::parse).collect::<Result<_, _>>().ok()?;
        let [x, y, w, h] = rect.as_slice() else { return None };
        let mut kept = BTreeMap::new();
        for (field, one) in json.get("Kept").and_then(Json::as_object).into_iter().flatten() {
            let (value, template) = (to_value(one.get("Value")?)?, to_value(one.get("Template")?)?);
            kept.insert(field.clone(), Kept { value, template });
        }
        Some(Self {
            id: id(text("Id")?)?,
            kind: Kind::from_id(text("Kind")?)?,
            name: text("Name")?.to_owned(),
            origin: text("Origin").unwrap_or_default().to_owned(),
            parent,
            rect: Rect::new(*x, *y, *w, *h),
            parameter: text("Parameter").map(str::to_owned),
            kept,
        })
    }
}

fn from_value(value: &Value) -> Json {
    match value {
        // A template may hold no null.
        Value::None => Object::new().into(),
        Value::Bool(on) => (*on).into(),
        Value::Int(number) => (*number).into(),
        Value::Text(text) => without_names(text).into(),
        // Not `Ref`: CloudFormation resolves functions in metadata too.
        Value::Ref(id) => serde_json::json!({ "Node": id.to_string() }),
        Value::List(items) => items.iter().map(from_value).collect(),
        Value::Record(cells) => {
            cells.iter().map(|(id, cell)| (id.clone(), from_value(cell))).collect::<Object>().into()
        }
    }
}

fn to_value(json: &Json) -> Option<Value> {
    Some(match json {
        Json::Null => return None,
        Json::Object(nothing) if nothing.is_empty() => Value::None,
        Json::Bool(on) => Value::Bool(*on),
        Json::Number(number) => Value::Int(number.as_i64()?),
        Json::String(text) => Value::Text(with_names(text)),
        Json::Array(items) => Value::List(items.iter().map(to_value).collect::<Option<_>>()?),
        Json::Object(cells) => match cells.get("Node") {
            Some(node) => Value::Ref(node.as_str()?.parse().ok()?),
            None => {
                let cell = |(id, cell): (&String, &Json)| Some((id.clone(), to_value(cell)?));
                Value::Record(cells.iter().map(cell).collect::<Option<_>>()?)
            }
        },
    })
}

/// A text in which nothing looks like a name for `Fn::Sub`: checkers ask for the function wherever they see `${`.
fn without_names(text: &str) -> String {
    text.replace('$', "$-")
}

/// The text that [`without_names`] was given.
fn with_names(text: &str) -> String {
    text.replace("$-", "$")
}

/// The document's own metadata.
pub(super) fn document(design: &Design, nodes: &[Entry]) -> Json {
    let nodes: Json = nodes.iter().map(Entry::to_json).collect();
    let pinned = design.assertions();
    let pinned = if pinned.is_empty() { None } else { serde_json::to_value(pinned).ok() };
    object([
        ("Version", Some(VERSION.into())),
        ("Title", Some(design.title().into())),
        ("Nodes", Some(nodes)),
        ("Assertions", pinned),
    ])
    .into()
}
