//! Any template as a design: the resources whose types are kinds as their nodes, what belongs to them folded in, and all else as generic resources.
//!
//! 1. The text becomes data with places ([`crate::template::source`]), and the data is evaluated ([`super::evaluate`]).
//! 2. Every resource gets its id by its place in the template, so that the same template is always drawn with the same ids.
//! 3. What refers out of the template (a VPC by parameter, a subnet of another stack) gets a node that stands for it ([`outside`]).
//! 4. Kinds read their properties and parts; what nobody read is a generic resource.
//! 5. References say in which frame each stands ([`place`]); our own metadata says where exactly, and the rest is laid out.
//!
//! The design remembers its template ([`Origin`]), unless its export would say the same by itself.

mod assemble;
#[cfg(test)]
mod forms;
mod ours;
mod outside;
mod place;
#[cfg(test)]
mod tests;
mod values;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use super::evaluate::{Scope, references};
use super::read::{Names, Reading};
use super::scope::{drawn, row_in_doubt};
use crate::catalog::{Body, Kind, Meta, Widget};
use crate::cloudformation::scope::scope;
use crate::design::{Design, Edit, Origin, Refusal, Ties};
use crate::id::NodeId;
use crate::message;
use crate::template::{Json, Object, Problem, Source, parse, step};
use crate::text::Message;

pub use values::with_values;

/// Notes beyond these are counted, not told.
const MAX_NOTES: usize = 300;

/// Whether a field of a kind can name a resource that is of no kind of ours: an alarm calls a topic.
fn names_generic(kind: Kind) -> bool {
    let of = |meta: &Meta| match meta.widget {
        Widget::Reference(kinds) | Widget::References(kinds) => kinds.contains(&Kind::CloudformationResource),
        _ => false,
    };
    kind != Kind::CloudformationResource && kind.fields().into_iter().any(of)
}

/// Whether a kind can say what a resource of its type is. A regional NAT gateway is of the VPC and stands in no subnet
/// (<https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateways-regional.html>).
fn has_form(kind: Kind, resource: &Json) -> bool {
    let property = |name: &str| resource.get("Properties").and_then(|properties| properties.get(name));
    let is_regional = || {
        let mode = property("AvailabilityMode").filter(|mode| mode.as_str() != Some("zonal"));
        mode.is_some() && property("SubnetId").is_none()
    };
    kind != Kind::NatGateway || !is_regional()
}

/// A template opened.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The design.
    pub design: Design,
    /// What is drawn otherwise than it is, or cannot be known before a deployment, with its place in the text.
    pub notes: Vec<Problem>,
    /// The nodes by what the template calls them.
    pub names: BTreeMap<String, NodeId>,
}

/// Opens the text of a template, JSON or YAML.
///
/// # Errors
/// What is no template, with its place, or what is too large to be saved.
pub fn import(text: &str) -> Result<Imported, Problem> {
    import_in(text, None)
}

/// The same for a region, by its code: that which the template seems to be meant for where none is said.
///
/// # Errors
/// As [`import`].
pub fn import_in(text: &str, region: Option<&str>) -> Result<Imported, Problem> {
    let source = Arc::new(parse(text)?);
    let values = region.map(|code| ("AWS::Region".to_owned(), code.to_owned())).into_iter().collect();
    let drawn = draw(&source, &values)?;
    let mut notes: Vec<Problem> = drawn.original.faults().iter().map(Problem::from).collect();
    notes.extend(drawn.notes);
    notes.sort_by_key(|note| (note.line, note.column));
    notes.dedup();
    let more = notes.len().saturating_sub(MAX_NOTES);
    if more > 0 {
        notes.truncate(MAX_NOTES);
        let why = message!("알릴 것이 {more}개 더 있어요.", "There are {more} more notes.");
        notes.push(Problem { why, line: None, column: None });
    }
    let names = drawn.original.names.iter().map(|(id, name)| (name.clone(), *id)).collect();
    let mut design = drawn.original.base.clone();
    // A template of ours that nobody added anything to follows from the design alone.
    if !drawn.is_ours || super::export(&design).template != source.template {
        let refused = |refusal: Refusal| Problem { why: refusal.why, line: None, column: None };
        design.apply(&Edit::Template(Some(Arc::new(drawn.original)))).map_err(refused)?;
    }
    Ok(Imported { design, notes, names })
}

/// What came of a template.
pub(super) struct Drawn {
    pub original: Origin,
    pub notes: Vec<Problem>,
    /// Whether the template has our metadata.
    pub is_ours: bool,
}

/// Draws a template by values for its parameters; the same is always drawn the same.
pub(super) fn draw(source: &Arc<Source>, values: &BTreeMap<String, String>) -> Result<Drawn, Problem> {
    let ours = ours::read(source)?;
    let stand_ins: Vec<&str> = ours.parameters.keys().map(String::as_str).collect();
    let mut room = Cow::Borrowed(&source.template);
    let scope = scope(&source.template, values, &stand_ins, &mut room);
    let mut import = Import::new(source, &scope, drawn(&scope), &ours);
    import.note_absent();
    import.find_nodes();
    import.find_outside();
    import.read();
    import.settle();
    let is_ours = ours.is_ours;
    let read = assemble::Read::of(&mut import);
    let assemble::Assembled { design: base, skipped, lost } = assemble::design(&import, read);
    import.notes.extend(skipped);
    import.unknown.extend(lost);
    let Import { names, outside, parts, unknown, mut notes, .. } = import;
    let bound = |(name, id): (String, NodeId)| base.node(id).map(|_| (id, name));
    let names = names.nodes.into_iter().filter_map(bound).collect();
    notes.sort_by_key(|note| (note.line, note.column));
    let original = Origin::of(source.clone(), values.clone(), base, Ties { names, parts, outside, unknown });
    Ok(Drawn { original, notes, is_ours })
}

/// A template while it is being drawn.
struct Import<'a> {
    source: &'a Source,
    scope: &'a Scope<'a>,
    /// What [`drawn`] left of the template's resources, until everything in them is read.
    resources: Rc<Object>,
    ours: &'a ours::Ours,
    /// The id that each logical id of the template has, whether it is drawn or not.
    ids: BTreeMap<&'a str, NodeId>,
    /// The next id for frames and for what is outside.
    next: u32,
    names: Names,
    /// What the template calls each node, once all are found.
    logical: BTreeMap<NodeId, String>,
    kinds: BTreeMap<NodeId, Kind>,
    bodies: BTreeMap<NodeId, Body>,
    /// What each node refers to, its parts included.
    mentioned: BTreeMap<NodeId, BTreeSet<NodeId>>,
    titles: BTreeMap<NodeId, String>,
    parents: BTreeMap<NodeId, Option<NodeId>>,
    outside: BTreeMap<NodeId, Option<Json>>,
    parts: BTreeMap<String, NodeId>,
    unknown: BTreeSet<(NodeId, String)>,
    notes: Vec<Problem>,
}

impl<'a> Import<'a> {
    fn new(source: &'a Source, scope: &'a Scope<'a>, resources: Object, ours: &'a ours::Ours) -> Self {
        let first = ours.entries.keys().next_back().map_or(1, |last| last.0.saturating_add(1));
        let all = scope.section("Resources").into_iter().flatten().map(|(logical, _)| logical.as_str());
        let mut ids: BTreeMap<&str, NodeId> = BTreeMap::new();
        let mut next = first;
        for logical in all {
            let own = ours.logicals.get(logical).or_else(|| ours.parameters.get(logical)).copied();
            ids.insert(logical, own.unwrap_or(NodeId(next)));
            // Taken whether it is used or not, so that a node keeps its id when others come or go.
            next = next.saturating_add(1);
        }
        Self {
            source,
            scope,
            resources: Rc::new(resources),
            ours,
            ids,
            next,
            names: Names::default(),
            logical: BTreeMap::new(),
            kinds: BTreeMap::new(),
            bodies: BTreeMap::new(),
            mentioned: BTreeMap::new(),
            titles: BTreeMap::new(),
            parents: BTreeMap::new(),
            outside: BTreeMap::new(),
            parts: BTreeMap::new(),
            unknown: BTreeSet::new(),
            notes: Vec::new(),
        }
    }

    fn note(&mut self, logical: &str, property: &str, why: &Message) {
        let mut pointer = format!("/Resources/{}", step(logical));
        if !property.is_empty() {
            pointer.push_str("/Properties/");
            // Fields name properties by paths of their own; the property itself is place enough.
            pointer.push_str(&step(property.split(['.', '[']).next().unwrap_or_default()));
        }
        let why = Message { ko: format!("{logical} · {}", why.ko), en: format!("{logical} · {}", why.en) };
        let note = self.source.problem(&pointer, why);
        self.notes.push(note);
    }

    /// Tells of resources that are not created.
    fn note_absent(&mut self) {
        for resource in self.scope.resources() {
            let condition = resource.json.get("Condition").and_then(Json::as_str).unwrap_or_default();
            match resource.exists {
                Ok(true) => {}
                Ok(false) => {
                    let why = message!(
                        "조건 {condition}이(가) 거짓이라 만들어지지 않아요. 템플릿에는 그대로 두고 그리지 않았어요.",
                        "It is not created, because the condition {condition} does not hold. It stays in the template and is not drawn."
                    );
                    self.note(resource.logical, "", &why);
                }
                Err(ref cause) if row_in_doubt(&resource).is_some() => {
                    let cause = cause.message();
                    let why = Message::new(
                        &format!(
                            "조건 {condition}을(를) 알 수 없어서, 있는지 없는지 모르는 것으로 두고 그리지 않았어요. {}",
                            cause.ko
                        ),
                        format!(
                            "The condition {condition} is not known, so whether it exists is not known either, and it is not drawn. {}",
                            cause.en
                        ),
                    );
                    self.note(resource.logical, "", &why);
                }
                Err(cause) => {
                    let cause = cause.message();
                    let why = Message::new(
                        &format!("조건 {condition}을(를) 알 수 없어서 있는 것으로 그렸어요. {}", cause.ko),
                        format!("The condition {condition} is not known, so it is drawn as if it held. {}", cause.en),
                    );
                    self.note(resource.logical, "", &why);
                }
            }
        }
    }

    /// The resources whose types are kinds, and those that our metadata knows.
    fn find_nodes(&mut self) {
        for entry in self.ours.entries.values().filter(|entry| entry.parameter.is_none()) {
            self.kinds.insert(entry.id, entry.kind);
        }
        for (parameter, id) in &self.ours.parameters {
            if let Some(entry) = self.ours.entries.get(id) {
                self.kinds.insert(*id, entry.kind);
                self.names.nodes.insert(parameter.clone(), *id);
            }
        }
        // What we wrote without metadata is a part, though its type may be a kind: the role of a build project.
        let parts = if self.ours.is_ours { self.parts_of_ours() } else { BTreeSet::new() };
        for (logical, resource) in self.resources.iter().filter(|(logical, _)| !parts.contains(*logical)) {
            let own = self.ours.logicals.get(logical).and_then(|id| self.ours.entries.get(id)).map(|entry| entry.kind);
            let of_type = || Kind::from_type(resource.get("Type")?.as_str()?).filter(|kind| has_form(*kind, resource));
            if let (Some(kind), Some(id)) = (own.or_else(of_type), self.ids.get(logical.as_str())) {
                self.kinds.insert(*id, kind);
                self.names.nodes.insert(logical.clone(), *id);
            }
        }
    }

    /// The resources that nodes with our metadata read as their parts.
    fn parts_of_ours(&self) -> BTreeSet<String> {
        let mut names = self.names.clone();
        names.nodes.extend(self.ours.logicals.iter().map(|(logical, id)| (logical.clone(), *id)));
        let reading = Reading::new(self.scope, &self.resources, &names);
        for (id, entry) in &self.ours.entries {
            reading.body(*id, entry.kind, None);
        }
        reading.owners().into_keys().collect()
    }

    /// Reads every node; resources that no kind has read become generic ones.
    fn read(&mut self) {
        let resources = Rc::clone(&self.resources);
        let names = self.names.clone();
        let reading = Reading::new(self.scope, &resources, &names);
        for (id, kind) in self.kinds.clone() {
            if kind != Kind::CloudformationResource && !self.outside.contains_key(&id) {
                let body = reading.body(id, kind, self.ours.entries.get(&id));
                let open = reading.undecided(id, &body).into_iter();
                self.unknown.extend(open.map(|field| (id, field.to_owned())));
                self.bodies.insert(id, body);
            }
        }
        self.parts = reading.owners();
        let mut doubts = reading.doubts();
        for logical in resources.keys().filter(|logical| !self.parts.contains_key(*logical)) {
            if let Some(id) = self.ids.get(logical.as_str()).filter(|id| !self.kinds.contains_key(*id)) {
                self.kinds.insert(*id, Kind::CloudformationResource);
                self.names.nodes.insert(logical.clone(), *id);
            }
        }
        let names = self.names.clone();
        let reading = Reading::new(self.scope, &resources, &names);
        // Which resources are generic is known only now, so who may name one is read once more.
        for (id, kind) in self.kinds.clone() {
            let again = names_generic(kind) && !self.outside.contains_key(&id);
            if again || kind == Kind::CloudformationResource {
                let body = reading.body(id, kind, self.ours.entries.get(&id));
                if again {
                    self.unknown.retain(|(node, _)| *node != id);
                    let open = reading.undecided(id, &body).into_iter();
                    self.unknown.extend(open.map(|field| (id, field.to_owned())));
                    doubts.retain(|doubt| doubt.node != id);
                }
                self.bodies.insert(id, body);
            }
        }
        doubts.extend(reading.doubts());
        for doubt in doubts {
            let Some(logical) = reading.logical_of(doubt.node) else { continue };
            self.note(logical, &doubt.property, &doubt.why);
            if let Some(field) = doubt.field {
                self.unknown.insert((doubt.node, field.to_owned()));
            }
        }
        self.find_mentioned(&reading);
        for resource in self.scope.resources() {
            let Some((of, fields)) = row_in_doubt(&resource) else { continue };
            if let Some(owner) = reading.node(&self.scope.evaluate(of).symbolic()) {
                self.unknown.extend(fields.iter().map(|field| (owner, (*field).to_owned())));
            }
        }
        if !self.ours.is_ours {
            self.leave_addresses_open();
        }
    }

    /// Who uses an Elastic IP is not known where others than NAT gateways name it: the subnet mapping of a balancer, a script that attaches it.
    fn leave_addresses_open(&mut self) {
        let is_nat_gateway =
            |resource: &Json| resource.get("Type").and_then(Json::as_str) == Some("AWS::EC2::NatGateway");
        let others = self.resources.iter().filter(|(_, resource)| !is_nat_gateway(resource));
        for (logical, resource) in others {
            for mention in resource.get("Properties").into_iter().flat_map(references) {
                let named = self.names.nodes.get(&mention.logical).filter(|_| *logical != mention.logical);
                if let Some(id) = named.filter(|id| self.kinds.get(*id) == Some(&Kind::ElasticIp)) {
                    self.unknown.insert((*id, "instance".to_owned()));
                }
            }
        }
    }

    fn find_mentioned(&mut self, reading: &Reading<'_>) {
        let resources = Rc::clone(&self.resources);
        for (logical, resource) in resources.iter() {
            let owner = self.names.nodes.get(logical).or_else(|| self.parts.get(logical));
            if let (Some(owner), Some(properties)) = (owner, resource.get("Properties")) {
                let found = self.mentioned.entry(*owner).or_default();
                visit(properties, &mut |json| found.extend(reading.node(json).filter(|id| id != owner)));
            }
        }
    }
}

/// Calls `f` on every part of a value.
fn visit(json: &Json, f: &mut dyn FnMut(&Json)) {
    f(json);
    match json {
        Json::Array(items) => items.iter().for_each(|item| visit(item, f)),
        Json::Object(entries) => entries.values().for_each(|value| visit(value, f)),
        _ => {}
    }
}
