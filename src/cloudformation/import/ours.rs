//! Our own metadata in a template: names, frames and layout of the nodes that we once wrote.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::super::metadata::{Entry, KEY, VERSION};
use crate::design::Assertion;
use crate::id::NodeId;
use crate::message;
use crate::template::{Json, Problem, Source};

/// What our metadata says; empty for templates of others.
#[derive(Debug, Default)]
pub(super) struct Ours {
    pub is_ours: bool,
    pub title: String,
    pub assertions: Vec<Assertion>,
    pub entries: BTreeMap<NodeId, Entry>,
    /// Nodes by the logical ids of their resources.
    pub logicals: BTreeMap<String, NodeId>,
    /// Nodes by the parameters that stand for them.
    pub parameters: BTreeMap<String, NodeId>,
}

/// Reads our metadata, as far as there is any.
///
/// # Errors
/// Metadata of a later version, or such as we never wrote.
pub(super) fn read(source: &Source) -> Result<Ours, Problem> {
    let section = |name: &str| source.template.get(name).and_then(Json::as_object);
    let Some(document) = section("Metadata").and_then(|metadata| metadata.get(KEY)) else { return Ok(Ours::default()) };
    let version = document.get("Version").and_then(Json::as_i64);
    if version != Some(VERSION) {
        let found = version.map_or_else(|| "?".to_owned(), |version| version.to_string());
        let why = message!(
            "이 템플릿은 배치 정보의 버전이 {found}(이)라 열 수 없어요. 이 앱은 버전 {VERSION}까지 알아요.",
            "The layout of this template has version {found}. This app knows version {VERSION}."
        );
        return Err(source.problem(&format!("/Metadata/{KEY}/Version"), why));
    }
    let title = document.get("Title").and_then(Json::as_str).unwrap_or_default().to_owned();
    // Claims that are damaged are left out; the template keeps them as they are.
    let pinned = document.get("Assertions").and_then(Json::as_array).into_iter().flatten();
    let assertions = pinned.filter_map(|json| Assertion::deserialize(json).ok()).collect();
    let mut ours = Ours { is_ours: true, title, assertions, ..Ours::default() };
    for (at, json) in document.get("Nodes").and_then(Json::as_array).into_iter().flatten().enumerate() {
        ours.add(source, &format!("/Metadata/{KEY}/Nodes/{at}"), None, json)?;
    }
    for (logical, resource) in section("Resources").into_iter().flatten() {
        if let Some(json) = resource.get("Metadata").and_then(|metadata| metadata.get(KEY)) {
            ours.add(source, &format!("/Resources/{}/Metadata/{KEY}", super::step(logical)), Some(logical), json)?;
        }
    }
    let known: Vec<NodeId> = ours.entries.keys().copied().collect();
    for kept in ours.entries.values_mut().flat_map(|entry| entry.kept.values_mut()) {
        kept.value = kept.value.map_refs(&|to| known.binary_search(&to).is_ok().then_some(to));
    }
    Ok(ours)
}

impl Ours {
    fn add(&mut self, source: &Source, place: &str, logical: Option<&str>, json: &Json) -> Result<(), Problem> {
        let unreadable =
            || source.problem(place, message!("배치 정보를 읽을 수 없어요.", "The layout metadata cannot be read."));
        let entry = Entry::from_json(json).ok_or_else(unreadable)?;
        let id = entry.id;
        match (&entry.parameter, logical) {
            (Some(parameter), _) => drop(self.parameters.insert(parameter.clone(), id)),
            (None, Some(logical)) => drop(self.logicals.insert(logical.to_owned(), id)),
            (None, None) => {}
        }
        match self.entries.insert(id, entry) {
            Some(_) => Err(source.problem(place, message!("{id}이(가) 두 번 나와요.", "{id} appears twice."))),
            None => Ok(()),
        }
    }
}
