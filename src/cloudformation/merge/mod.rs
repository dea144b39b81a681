//! A design written into the template that it was opened from: what was edited changes, and nothing else.
//!
//! Two templates are written as ever: one of the design as it was first drawn, one of what it has become. Both use the names of the original.
//! Where they say the same, the original stays as it is, with its expressions, its order and whatever no kind knows. Where they differ, the
//! difference is made in the original ([`patch`]). Nodes that are new are added at the end; what refers to removed ones is told of.

mod gone;
mod parts;
mod patch;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::emit::Written;
use super::evaluate::{Scope, references};
use super::export::{Draft, Export, Note};
use super::metadata::KEY;
use super::scope::drawn;
use crate::cloudformation::scope::scope;
use crate::design::{Design, Origin};
use crate::id::NodeId;
use crate::message;
use crate::template::{Json, Object};

/// Writes a design into its original.
pub(super) fn export(design: &Design, original: &Origin) -> Export {
    let base = original.base();
    let stand_ins: Vec<&str> = original.names.values().map(String::as_str).collect();
    let stand_ins: Vec<&str> = stand_ins.into_iter().filter(|name| has(original, "Parameters", name)).collect();
    let mut room = Cow::Borrowed(original.template());
    let scope = scope(original.template(), original.values(), &stand_ins, &mut room);
    let evaluated = drawn(&scope);
    let written = Written { original, evaluated: &evaluated };
    let mut before = Draft::of(base, Some(written));
    let mut after = Draft::of(design, Some(written));
    let documents = original.is_ours().then(|| (before.write_metadata(base), after.write_metadata(design)));
    let renamed = parts::names(&before, &after, original, &evaluated);
    for draft in [&mut before, &mut after] {
        parts::rename(draft, &renamed);
    }
    let mut merge = Merge { original, scope: &scope, before, after, notes: Vec::new(), gone: BTreeSet::new() };
    let mut template = original.template().clone();
    let resources = merge.resources(design);
    insert_section(&mut template, "Resources", resources);
    merge.outputs(&mut template);
    merge.parameters(&mut template);
    if let Some((old, new)) = documents {
        merge.metadata(&mut template, &old, &new);
    }
    merge.clear_gone(&mut template);
    let Merge { before, after, mut notes, .. } = merge;
    let told: Vec<&Note> = before.notes.iter().collect();
    notes.extend(after.notes.iter().filter(|note| !told.contains(note)).cloned());
    let bound = original.names.iter().map(|(id, name)| (name.clone(), *id));
    let mut owners: BTreeMap<String, NodeId> = bound.chain(original.parts.clone()).collect();
    owners.extend(after.owners);
    owners.retain(|_, id| design.node(*id).is_some());
    Export::of(design, template, notes, owners, 0)
}

/// Both templates, and what becomes of the original.
struct Merge<'a> {
    original: &'a Origin,
    scope: &'a Scope<'a>,
    before: Draft,
    after: Draft,
    notes: Vec<Note>,
    /// The logical ids that are no more.
    gone: BTreeSet<String>,
}

impl Merge<'_> {
    fn resources(&mut self, design: &Design) -> Object {
        let empty = Object::new();
        let all = self.original.template().get("Resources").and_then(Json::as_object).unwrap_or(&empty);
        let owners: BTreeMap<&str, NodeId> =
            all.keys().filter_map(|logical| Some((logical.as_str(), self.original.node_of(logical)?))).collect();
        let mut merged = Object::new();
        for (logical, old) in all {
            let (g0, g1) = (self.before.resources.get(logical), self.after.resources.get(logical));
            let removed = owners.get(logical.as_str()).is_some_and(|id| design.node(*id).is_none());
            if removed || (g0.is_some() && g1.is_none() && self.original.parts.contains_key(logical)) {
                self.gone.insert(logical.clone());
                continue;
            }
            let now = if g0 == g1 { old.clone() } else { self.resource(old, g0, g1) };
            merged.insert(logical.clone(), now);
        }
        for (logical, new) in &self.after.resources {
            if all.contains_key(logical) || self.before.resources.get(logical) == Some(new) {
                continue;
            }
            if self.original.names.values().any(|name| name == logical) {
                let id = self.after.owners.get(logical).copied();
                self.notes.push(Note { node: id, message: from_loop(logical) });
                continue;
            }
            merged.insert(logical.clone(), new.clone());
        }
        merged
    }

    /// One resource with what was edited. Waiting for another is only ever added here: why a template waits is not for us to say.
    fn resource(&self, old: &Json, g0: Option<&Json>, g1: Option<&Json>) -> Json {
        let mut old = old.clone();
        let waits = |json: Option<&Json>| names_in(json.and_then(|json| json.get("DependsOn")));
        let (before, after) = (waits(g0), waits(g1));
        let own = waits(Some(&old));
        let more: Vec<String> =
            after.into_iter().filter(|name| !before.contains(name) && !own.contains(name)).collect();
        if let (false, Some(entries)) = (more.is_empty(), old.as_object_mut()) {
            let all: Vec<Json> = own.into_iter().chain(more).map(Json::String).collect();
            let waits = if let [one] = all.as_slice() { one.clone() } else { Json::Array(all) };
            entries.insert("DependsOn".to_owned(), waits);
        }
        let without = |json: Option<&Json>| {
            let mut json = json.cloned();
            json.as_mut().and_then(Json::as_object_mut).map(|entries| entries.shift_remove("DependsOn"));
            json
        };
        patch::patched(self.scope, Some(&old), without(g0).as_ref(), without(g1).as_ref()).unwrap_or(old)
    }

    /// Outputs of nodes that are new.
    fn outputs(&self, template: &mut Json) {
        let is_new = |name: &str| {
            let owner = self.after.owners.get(name);
            owner.is_some_and(|id| self.original.base().node(*id).is_none()) && !self.before.outputs.contains_key(name)
        };
        let new = self.after.outputs.iter().filter(|(name, _)| is_new(name));
        let mut outputs = section(template, "Outputs");
        for (name, output) in new {
            outputs.entry(name.clone()).or_insert_with(|| output.clone());
        }
        insert_section(template, "Outputs", outputs);
    }

    /// Parameters that something new refers to, and those that stand for nodes, if they were edited.
    fn parameters(&self, template: &mut Json) {
        let used: BTreeSet<String> = ["Resources", "Outputs"]
            .into_iter()
            .filter_map(|name| template.get(name))
            .flat_map(references)
            .map(|mention| mention.logical)
            .collect();
        let mut parameters = section(template, "Parameters");
        for (name, parameter) in &self.after.parameters {
            let (old, new) = (self.before.parameters.get(name).map(super::Parameter::to_json), parameter.to_json());
            match parameters.get(name).cloned() {
                None if used.contains(name) => drop(parameters.insert(name.clone(), new)),
                Some(declared) if old.as_ref() != Some(&new) && old.is_some() => {
                    let patched = patch::patched(self.scope, Some(&declared), old.as_ref(), Some(&new));
                    parameters.insert(name.clone(), patched.unwrap_or(declared));
                }
                _ => {}
            }
        }
        insert_section(template, "Parameters", parameters);
    }

    fn metadata(&self, template: &mut Json, old: &Json, new: &Json) {
        let mut metadata = section(template, "Metadata");
        if let Some(patched) = patch::patched(self.scope, metadata.get(KEY), Some(old), Some(new)) {
            metadata.insert(KEY.to_owned(), patched);
        }
        insert_section(template, "Metadata", metadata);
    }
}

fn has(original: &Origin, section: &str, name: &str) -> bool {
    original.template().get(section).is_some_and(|section| section.get(name).is_some())
}

/// A section of a template, to be put back by [`put`].
fn section(template: &Json, name: &str) -> Object {
    template.get(name).and_then(Json::as_object).cloned().unwrap_or_default()
}

/// Puts a section back where it was. One that was not there and is empty stays away; a new one stands before the resources or at the end.
fn insert_section(template: &mut Json, name: &str, section: Object) {
    let Some(sections) = template.as_object_mut() else { return };
    if let Some(there) = sections.get_mut(name) {
        // An empty section may be written as nothing at all.
        if there.is_object() || !section.is_empty() {
            *there = section.into();
        }
        return;
    }
    if section.is_empty() {
        return;
    }
    let mut ordered = Object::new();
    for (key, value) in std::mem::take(sections) {
        if key == "Resources" && name != "Outputs" {
            ordered.insert(name.to_owned(), Json::Object(section.clone()));
        }
        ordered.insert(key, value);
    }
    ordered.entry(name.to_owned()).or_insert(section.into());
    *sections = ordered;
}

/// The names in a `DependsOn`.
fn names_in(json: Option<&Json>) -> Vec<String> {
    match json {
        Some(Json::String(name)) => vec![name.clone()],
        Some(Json::Array(names)) => names.iter().filter_map(Json::as_str).map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}

fn from_loop(logical: &str) -> crate::text::Message {
    message!(
        "{logical}은(는) Fn::ForEach로 만든 리소스라 고친 것을 템플릿에 쓰지 못했어요. 템플릿에서 반복문을 직접 고치세요.",
        "{logical} comes from an Fn::ForEach, so the edit is not in the template. Change the loop in the template itself."
    )
}
