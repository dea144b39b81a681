//! Version 1 of the design file: its types, from a design and into one.
//!
//! ```json
//! {"groundplan":1,"title":"Lab 1","nodes":[
//! {"id":"n2","kind":"vpc","name":"main","parent":"n1","at":[16,36,800,600],"fields":{"cidr":"10.0.0.0/16"}}
//! ]}
//! ```
//!
//! `origin`, if any, is the id in a real account. `at` is x, y, width and height relative to the parent. A field that is absent has the kind's default; only what is empty by default is left
//! out on writing, so that a default can change one day without changing old designs. `assertions`, if any, are what people pinned, a line each.
//! `template`, if any, is what the design was opened from ([`super::template`]).

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use serde::de::{IgnoredAny, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::OpenError;
use super::plain::Plain;
use super::template::Template;
use crate::catalog::{Kind, Value};
use crate::design::{Assertion, Design, Edit, MAX_NAME, MAX_NODES, Node, Rect, check_text};
use crate::id::NodeId;
use crate::message;

/// A design as it is read.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    #[serde(rename = "groundplan")]
    _version: u64,
    #[serde(default)]
    pub(super) title: String,
    #[serde(default)]
    pub(super) nodes: Nodes,
    #[serde(default)]
    pub(super) assertions: Vec<Assertion>,
    #[serde(default)]
    pub(super) template: Option<Template>,
}

/// The nodes of a file, or of a copy.
#[derive(Default)]
pub(super) struct Nodes {
    pub(super) list: Vec<Saved>,
    /// How many there were beyond [`MAX_NODES`]; they were passed over without being kept.
    pub(super) beyond: usize,
}

/// A node in a file.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Saved {
    pub(super) id: NodeId,
    pub(super) kind: String,
    pub(super) name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) parent: Option<NodeId>,
    #[serde(serialize_with = "whole_without_point")]
    pub(super) at: [f64; 4],
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) origin: String,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) fields: BTreeMap<String, Plain>,
}

impl Saved {
    /// A node as it is written.
    pub(super) fn new(id: NodeId, node: &Node) -> Self {
        let fresh = node.kind().new_body();
        let mut fields = BTreeMap::new();
        for meta in node.kind().fields() {
            let Some(value) = node.body.value(meta.id) else { continue };
            if !value.is_empty() || fresh.value(meta.id).as_ref() != Some(&value) {
                fields.insert(meta.id.to_owned(), Plain(value));
            }
        }
        let Rect { x, y, w, h } = node.rect;
        Self {
            id,
            kind: node.kind().spec().id.to_owned(),
            name: node.name.clone(),
            parent: node.parent,
            at: [x, y, w, h],
            origin: node.origin.clone(),
            fields,
        }
    }

    /// The node without its references, which may lead to nodes that are not there yet, and those references.
    pub(super) fn into_node(self) -> Result<(Node, Vec<(String, Value)>), OpenError> {
        let id = self.id;
        let Some(kind) = Kind::from_id(&self.kind) else { return Err(OpenError::unknown_kind(id, &self.kind)) };
        let mut body = kind.new_body();
        let mut references = Vec::new();
        for (field, Plain(value)) in self.fields {
            check_text(&value).map_err(|why| OpenError::at(id, Some(&field), why))?;
            if kind.reference_fields().any(|known| known == field) {
                references.push((field, value));
            } else {
                body.set(&field, &value).map_err(|why| OpenError::at(id, Some(&field), why))?;
            }
        }
        let [x, y, w, h] = self.at;
        Ok((
            Node { name: self.name, parent: self.parent, rect: Rect::new(x, y, w, h), body, origin: self.origin },
            references,
        ))
    }
}

impl Nodes {
    /// Nodes by their ids.
    pub(super) fn by_id(self) -> Result<BTreeMap<NodeId, Saved>, OpenError> {
        if self.beyond > 0 {
            let count = self.list.len() + self.beyond;
            return Err(OpenError::new(message!(
                "리소스가 {count}개 있어요. {MAX_NODES}개까지 열 수 있어요.",
                "There are {count} resources; at most {MAX_NODES} can be opened."
            )));
        }
        let mut nodes = BTreeMap::new();
        for node in self.list {
            let id = node.id;
            if nodes.insert(id, node).is_some() {
                return Err(OpenError::at(id, None, message!("같은 번호가 두 번 나와요.", "The id occurs twice.")));
            }
        }
        Ok(nodes)
    }

    /// Nodes in an order in which each parent stands before what it holds.
    pub(super) fn by_parents(self) -> Result<Vec<Saved>, OpenError> {
        let mut waiting: BTreeMap<Option<NodeId>, Vec<NodeId>> = BTreeMap::new();
        for node in &self.list {
            waiting.entry(node.parent).or_default().push(node.id);
        }
        let mut nodes = self.by_id()?;
        let mut ordered = Vec::with_capacity(nodes.len());
        let mut open = waiting.remove(&None).unwrap_or_default();
        while let Some(id) = open.pop() {
            open.extend(waiting.remove(&Some(id)).unwrap_or_default());
            ordered.extend(nodes.remove(&id));
        }
        // What is left hangs on a parent that is missing, or on itself.
        let lost = nodes.values().find(|node| node.parent.is_some_and(|parent| !nodes.contains_key(&parent)));
        match (lost, nodes.values().next()) {
            (Some(node), _) => {
                let parent = node.parent.map(|parent| parent.to_string()).unwrap_or_default();
                let why = message!(
                    "들어 있는 프레임 {parent}이(가) 파일에 없어요.",
                    "It stands in {parent}, which is not in the file."
                );
                Err(OpenError::at(node.id, None, why))
            }
            (None, Some(node)) => {
                let why = message!("자기 자신 안에 들어 있어요.", "It stands inside itself.");
                Err(OpenError::at(node.id, None, why))
            }
            (None, None) => Ok(ordered),
        }
    }
}

impl From<BTreeMap<NodeId, Saved>> for Nodes {
    /// Counts what would be too many as a file's reader does.
    fn from(nodes: BTreeMap<NodeId, Saved>) -> Self {
        let beyond = nodes.len().saturating_sub(MAX_NODES);
        Self { list: nodes.into_values().take(MAX_NODES).collect(), beyond }
    }
}

/// Keeps [`MAX_NODES`] and counts the rest.
impl<'de> Deserialize<'de> for Nodes {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Nodes;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a list of nodes")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut from: A) -> Result<Nodes, A::Error> {
                let mut nodes = Nodes::default();
                while nodes.list.len() < MAX_NODES {
                    let Some(node) = from.next_element()? else { return Ok(nodes) };
                    nodes.list.push(node);
                }
                while from.next_element::<IgnoredAny>()?.is_some() {
                    nodes.beyond += 1;
                }
                Ok(nodes)
            }
        }
        from.deserialize_seq(Reader)
    }
}

/// The text of a design.
pub(super) fn write(design: &Design) -> String {
    let title = serde_json::Value::from(design.title());
    let lines: Vec<String> = design.nodes().map(|(id, node)| line(&Saved::new(id, node))).collect();
    let nodes = if lines.is_empty() { String::new() } else { format!("\n{}\n", lines.join(",\n")) };
    let lines: Vec<String> =
        design.assertions().iter().map(|pinned| serde_json::to_string(pinned).unwrap_or_default()).collect();
    let pinned = if lines.is_empty() { String::new() } else { format!(",\"assertions\":[\n{}\n]", lines.join(",\n")) };
    let template = design.template().map(|original| format!(",\"template\":{}", Template::written(design, original)));
    let template = template.unwrap_or_default();
    format!("{{\"groundplan\":1,\"title\":{title},\"nodes\":[{nodes}]{pinned}{template}}}\n")
}

/// A node in a line. Keys are text and numbers finite, so there is nothing that could fail.
pub(super) fn line(node: &Saved) -> String {
    serde_json::to_string(node).unwrap_or_default()
}

/// The file in a text of this version.
pub(super) fn parse(text: &str) -> Result<File, OpenError> {
    serde_json::from_str(text).map_err(|error| OpenError::json(&error))
}

/// The design in a file.
pub(super) fn read(file: File) -> Result<Design, OpenError> {
    if file.title.chars().count() > MAX_NAME {
        let why = message!(
            "제목이 너무 길어요. {MAX_NAME}자까지예요.",
            "The title is too long: at most {MAX_NAME} characters."
        );
        return Err(OpenError::new(why));
    }
    let mut design = draw(file.title, file.nodes)?;
    if let Some(template) = file.template {
        let original = template.read(&design)?;
        design.apply(&Edit::Template(Some(Arc::new(original)))).map_err(OpenError::refused)?;
    }
    design.apply(&Edit::Assertions(file.assertions)).map_err(OpenError::refused)?;
    Ok(design)
}

/// A design of nodes, whose references follow once all are there.
pub(super) fn draw(title: String, nodes: Nodes) -> Result<Design, OpenError> {
    let mut design = Design::new();
    design.apply(&Edit::Title(title)).map_err(OpenError::refused)?;
    let mut later = Vec::new();
    for saved in nodes.by_parents()? {
        let id = saved.id;
        let (node, references) = saved.into_node()?;
        design.apply(&Edit::add(id, node)).map_err(OpenError::refused)?;
        later.extend(references.into_iter().map(|(field, value)| Edit::Set { id, field, value }));
    }
    for edit in &later {
        design.apply(edit).map_err(OpenError::refused)?;
    }
    Ok(design)
}

/// `16`, not `16.0`: nearly every position lies on the grid.
fn whole_without_point<S: Serializer>(at: &[f64; 4], to: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    #[serde(untagged)]
    enum Number {
        Whole(i32),
        Broken(f64),
    }
    // Positions are below ten million, so the whole ones fit.
    to.collect_seq(at.iter().map(|v| if v.fract() == 0.0 { Number::Whole(*v as i32) } else { Number::Broken(*v) }))
}
