//! Our own templates as designs again: values from the properties, layout from the metadata.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::export::name_tag;
use super::metadata::{Entry, KEY, VERSION};
use super::read::{Fault, Source};
use super::{Json, Object, export};
use crate::catalog::{Body, may_hold};
use crate::design::{Assertion, Design, Edit, Node, Refusal};
use crate::id::NodeId;
use crate::message;
use crate::text::Message;

/// What is wrong with a template, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong, and what would do.
    pub why: Message,
    /// The line it is about, from 1.
    pub line: Option<usize>,
    /// The column, from 1.
    pub column: Option<usize>,
}

impl Problem {
    /// Place and reason in a line.
    pub fn message(&self) -> Message {
        let Message { ko, en } = &self.why;
        match (self.line, self.column) {
            (Some(line), Some(column)) => {
                message!("{line}번째 줄 {column}번째 칸: {ko}", "line {line}, column {column}: {en}",)
            }
            (Some(line), None) => message!("{line}번째 줄: {ko}", "line {line}: {en}"),
            _ => self.why.clone(),
        }
    }
}

/// A template opened.
#[derive(Clone, Debug)]
pub struct Reopened {
    /// The design.
    pub design: Design,
    /// What of the template is not in the design and would not be exported again.
    pub notes: Vec<Message>,
}

/// Opens the text of a template that [`export`](super::export) wrote.
///
/// # Errors
/// What is not JSON, not a template of ours, or does not fit, with its line where it is known.
pub fn reopen(text: &str) -> Result<Reopened, Problem> {
    let template: Json = serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| {
        let whole = error.to_string();
        // The parser's own words, without the place, which has fields of its own.
        let detail = whole.rsplit_once(" at line ").map_or(whole.as_str(), |(words, _)| words);
        let why = message!("올바른 JSON이 아니에요({detail}).", "This is not valid JSON ({detail}).");
        Problem { why, line: Some(error.line()), column: Some(error.column()) }
    })?;
    read(&template).map_err(|Fault { logical, why }| {
        let why = if logical.is_empty() {
            why
        } else {
            Message { ko: format!("{logical} · {}", why.ko), en: format!("{logical} · {}", why.en) }
        };
        let key = format!("\"{logical}\"");
        let is_key =
            |line: &str| line.trim_start().strip_prefix(&key).is_some_and(|rest| rest.trim_start().starts_with(':'));
        let line = text.lines().position(is_key).map(|at| at + 1);
        Problem { why, line, column: None }
    })
}

fn fault(logical: &str, why: Message) -> Fault {
    Fault { logical: logical.to_owned(), why }
}

fn read(template: &Json) -> Result<Reopened, Fault> {
    let empty = Object::new();
    let section = |name: &str| template.get(name).and_then(Json::as_object).unwrap_or(&empty);
    let (parameters, resources) = (section("Parameters"), section("Resources"));
    let Some(document) = section("Metadata").get(KEY) else {
        return Err(fault(
            "",
            message!(
                "Groundplan이 내보낸 템플릿이 아니에요. Metadata에 {KEY}이(가) 있는 템플릿만 열 수 있어요.",
                "This template was not exported by Groundplan. Only templates with {KEY} in their Metadata can be opened."
            ),
        ));
    };
    let version = document.get("Version").and_then(Json::as_i64);
    if version != Some(VERSION) {
        let found = version.map_or_else(|| "?".to_owned(), |version| version.to_string());
        return Err(fault(
            "",
            message!(
                "이 템플릿은 배치 정보의 버전이 {found}이라 열 수 없어요. 이 앱은 버전 {VERSION}까지 알아요.",
                "The layout of this template has version {found}. This app knows version {VERSION}."
            ),
        ));
    }
    let mut entries = BTreeMap::new();
    let mut nodes = BTreeMap::new();
    let unreadable = || message!("배치 정보를 읽을 수 없어요.", "The layout metadata cannot be read.");
    let mut add = |logical: &str, json: &Json| {
        let entry = Entry::from_json(json).ok_or_else(|| fault(logical, unreadable()))?;
        let name = entry.parameter.clone().unwrap_or_else(|| logical.to_owned());
        if !name.is_empty() {
            nodes.insert(name, entry.id);
        }
        let id = entry.id;
        match entries.insert(id, entry) {
            Some(_) => Err(fault(logical, message!("{id}이(가) 두 번 나와요.", "{id} appears twice."))),
            None => Ok(()),
        }
    };
    for json in document.get("Nodes").and_then(Json::as_array).into_iter().flatten() {
        add("", json)?;
    }
    for (logical, resource) in resources {
        if let Some(json) = resource.get("Metadata").and_then(|metadata| metadata.get(KEY)) {
            add(logical, json)?;
        }
    }
    let source = Source::new(parameters, resources, nodes);
    let mut bodies = BTreeMap::new();
    let known: BTreeSet<NodeId> = entries.keys().copied().collect();
    for entry in entries.values_mut() {
        for kept in entry.kept.values_mut() {
            kept.value = kept.value.map_refs(&|to| known.contains(&to).then_some(to));
        }
        let body = source.body(entry)?;
        if let Some(name) = name_in(&source, resources, entry, &body) {
            entry.name = name;
        }
        bodies.insert(entry.id, body);
    }
    for (id, parent) in moved(&source, resources, &entries) {
        if let Some(entry) = entries.get_mut(&id) {
            entry.parent = Some(parent);
        }
    }
    if let Some(unread) = source.unread().first() {
        return Err(fault(
            unread,
            message!(
                "Groundplan이 내보낸 리소스가 아니라 아직 열 수 없어요.",
                "This resource was not exported by Groundplan and cannot be opened yet."
            ),
        ));
    }
    let title = document.get("Title").and_then(Json::as_str).unwrap_or_default();
    let mut design = assemble(title, &entries, &bodies).map_err(|refusal| {
        let logical = refusal.node.and_then(|id| source.name_of(id)).unwrap_or_default();
        fault(&logical, refusal.why)
    })?;
    // Claims that are damaged, or about what was edited away, are told of below as what is not read.
    let pinned = document.get("Assertions").and_then(Json::as_array).into_iter().flatten();
    let mut pinned: Vec<Assertion> = pinned.filter_map(|json| Assertion::deserialize(json).ok()).collect();
    pinned.retain(|claim| claim.nodes().all(|id| design.node(id).is_some()));
    design.apply(&Edit::Assertions(pinned)).map_err(|refusal| fault("", refusal.why))?;
    let notes = lost(template, &export(&design).template);
    Ok(Reopened { design, notes })
}

/// The name a node has in the template, if that was edited: its Name tag, or the default of the parameter that stands for it.
fn name_in(source: &Source<'_>, resources: &Object, entry: &Entry, body: &Body) -> Option<String> {
    if let Some(parameter) = &entry.parameter {
        let default = source.default_of(parameter)?;
        let says = |name: &str| body.parameter(name).is_some_and(|(_, parameter)| parameter.default == default);
        return (!says(&entry.name) && says(default)).then(|| default.to_owned());
    }
    let tags = resources.get(&source.name_of(entry.id)?)?.get("Properties")?.get("Tags")?.as_array()?;
    let tag = tags.iter().find(|tag| tag.get("Key").and_then(Json::as_str) == Some("Name"))?.get("Value")?.as_str()?;
    (tag != name_tag(&entry.name)).then(|| tag.to_owned())
}

/// Nodes whose template names another VPC or subnet than the frame that the metadata puts them in.
fn moved(source: &Source<'_>, resources: &Object, entries: &BTreeMap<NodeId, Entry>) -> Vec<(NodeId, NodeId)> {
    let parent = |id: &NodeId| entries.get(id).and_then(|entry| entry.parent);
    let mut moved = Vec::new();
    for (id, entry) in entries {
        let Some(resource) = source.name_of(*id).and_then(|name| resources.get(&name)) else { continue };
        for (kind, property) in entry.kind.spec().ancestors {
            let Some(to) = source.node(part(part(resource, "Properties"), property)) else { continue };
            // As many steps as there are nodes, for metadata that goes round in a circle.
            let above = std::iter::successors(parent(id), parent).take(entries.len());
            let mut own = above.filter(|up| entries.get(up).is_some_and(|up| up.kind == *kind));
            if own.next() != Some(to) && entries.get(&to).is_some_and(|up| may_hold(Some(up.kind), entry.kind).is_ok())
            {
                moved.push((*id, to));
            }
        }
    }
    moved
}

/// Draws what was read: frames before what stands in them, and references once everything is there.
fn assemble(
    title: &str,
    entries: &BTreeMap<NodeId, Entry>,
    bodies: &BTreeMap<NodeId, Body>,
) -> Result<Design, Refusal> {
    let mut children: BTreeMap<Option<NodeId>, Vec<NodeId>> = BTreeMap::new();
    for entry in entries.values() {
        children.entry(entry.parent).or_default().push(entry.id);
    }
    let mut design = Design::new();
    design.apply(&Edit::Title(title.to_owned()))?;
    let mut open = children.remove(&None).unwrap_or_default();
    while let Some(id) = open.pop() {
        let Some(Entry { kind, name, origin, parent, rect, .. }) = entries.get(&id) else { continue };
        let node =
            Node { name: name.clone(), parent: *parent, rect: *rect, body: kind.new_body(), origin: origin.clone() };
        design.apply(&Edit::add(id, node))?;
        open.extend(children.remove(&Some(id)).unwrap_or_default());
    }
    if let Some(id) = children.values().flatten().next() {
        let why = message!("{id}을(를) 담는 프레임이 없어요.", "The frame around {id} is missing.");
        return Err(Refusal { node: Some(*id), field: None, why });
    }
    for (id, body) in bodies {
        let plain = body.kind().new_body();
        for meta in body.kind().fields() {
            if let Some(value) = body.value(meta.id).filter(|value| plain.value(meta.id).as_ref() != Some(value)) {
                design.apply(&Edit::Set { id: *id, field: meta.id.to_owned(), value })?;
            }
        }
    }
    Ok(design)
}

/// What a template has that the export of its design lacks. What follows from the design (dependencies, a node's outputs) is not told of.
fn lost(template: &Json, again: &Json) -> Vec<Message> {
    let note = |place: &str| {
        message!(
            "{place}은(는) 읽지 못해서 다시 내보내면 사라져요.",
            "{place} is not read, and will be missing when exported again."
        )
    };
    let keys =
        |json: &Json| json.as_object().map(|object| object.keys().cloned().collect::<Vec<_>>()).unwrap_or_default();
    let mut notes = Vec::new();
    for section in keys(template) {
        let Some(other) = again.get(&section) else {
            notes.push(note(&section));
            continue;
        };
        for name in keys(part(template, &section)) {
            let (one, other) = (part(part(template, &section), &name), other.get(&name));
            // Ids of parts follow what they say, so a part that was edited has another id and is not lost.
            let has_node = one.get("Metadata").is_some_and(|metadata| metadata.get(KEY).is_some());
            if section == "Resources" && !has_node {
                continue;
            }
            let of_node =
                || part(template, "Resources").as_object().into_iter().flatten().any(|(id, _)| name.starts_with(id));
            if section == "Outputs" && of_node() {
                continue;
            }
            let Some(other) = other else {
                notes.push(note(&format!("{section}.{name}")));
                continue;
            };
            let extra = |key: &&str, one: &Json, other: &Json| one.get(key).is_some() && other.get(key).is_none();
            for key in keys(one).iter().filter(|key| *key != "DependsOn" && extra(&key.as_str(), one, other)) {
                notes.push(note(&format!("{section}.{name}.{key}")));
            }
            let (one, other) = (part(one, "Properties"), part(other, "Properties"));
            for key in keys(one) {
                let place = format!("{section}.{name}.{key}");
                match other.get(&key) {
                    None => notes.push(note(&place)),
                    Some(other) if plain(part(one, &key)) != plain(other) => notes.push(message!(
                        "{place}의 값은 그대로 읽지 못해서 다시 내보내면 달라져요.",
                        "The value of {place} is not read as it is, and will be another when exported again."
                    )),
                    Some(_) => {}
                }
            }
        }
    }
    notes
}

/// Without the difference between a number or a truth and its text, which CloudFormation takes for the same.
fn plain(json: &Json) -> Json {
    match json {
        Json::Bool(_) | Json::Number(_) => Json::String(json.to_string()),
        Json::Array(items) => items.iter().map(plain).collect(),
        Json::Object(entries) => {
            entries.iter().map(|(key, value)| (key.clone(), plain(value))).collect::<Object>().into()
        }
        other => other.clone(),
    }
}

/// A member of an object; nothing where there is none.
fn part<'a>(json: &'a Json, key: &str) -> &'a Json {
    json.get(key).unwrap_or(&Json::Null)
}
