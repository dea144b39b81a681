//! What a kind reads with: the resource of one node, the further resources that belong to it, and expressions by the defaults of parameters.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use super::metadata::Entry;
use super::{Json, Object, path, uniform};
use crate::catalog::{Body, Meta, Record, Value};
use crate::id::NodeId;
use crate::text::Message;

/// A template to read from.
pub(super) struct Source<'a> {
    parameters: &'a Object,
    resources: &'a Object,
    nodes: BTreeMap<String, NodeId>,
    names: BTreeMap<NodeId, String>,
    parts: BTreeMap<NodeId, Vec<Part<'a>>>,
    read: RefCell<BTreeSet<String>>,
}

/// A resource without a node of its own, by a property that refers to one.
#[derive(Clone, Copy)]
struct Part<'a> {
    logical: &'a str,
    type_name: &'a str,
    property: &'a str,
    properties: &'a Object,
}

/// What does not fit, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub logical: String,
    pub why: Message,
}

impl<'a> Source<'a> {
    /// A template's parameters and resources, and whose node each logical id is.
    pub fn new(parameters: &'a Object, resources: &'a Object, nodes: BTreeMap<String, NodeId>) -> Self {
        let names = nodes.iter().map(|(name, id)| (*id, name.clone())).collect();
        let read = RefCell::default();
        let mut source = Self { parameters, resources, nodes, names, parts: BTreeMap::new(), read };
        for (logical, resource) in resources.iter().filter(|(logical, _)| !source.nodes.contains_key(*logical)) {
            let type_name = resource.get("Type").and_then(Json::as_str).unwrap_or_default();
            let Some(properties) = resource.get("Properties").and_then(Json::as_object) else { continue };
            for (property, value) in properties {
                if let Some(node) = source.node(value) {
                    source.parts.entry(node).or_default().push(Part { logical, type_name, property, properties });
                }
            }
        }
        source
    }

    /// Whom a `Ref` or `Fn::GetAtt` means.
    pub fn node(&self, json: &Json) -> Option<NodeId> {
        self.nodes.get(target(json)?).copied()
    }

    /// An expression with the defaults of parameters in their places; as it is where something is not known.
    pub fn resolve(&self, json: &Json) -> Json {
        if let Some(name) = json.get("Ref").and_then(Json::as_str) {
            return self.parameters.get(name).and_then(|one| one.get("Default")).unwrap_or(json).clone();
        }
        if let Some(inner) = json.get("Fn::Base64") {
            return self.resolve(inner);
        }
        let Some(text) = json.get("Fn::Sub").and_then(Json::as_str) else { return json.clone() };
        let mut out = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("${") {
            let Some((name, tail)) = after.split_once('}') else { return json.clone() };
            let Some(Json::String(value)) = self.parameters.get(name).and_then(|one| one.get("Default")) else {
                return json.clone();
            };
            out.push_str(before);
            out.push_str(value);
            rest = tail;
        }
        out.push_str(rest);
        Json::String(out)
    }

    /// A node's properties as the template has them; what its fields keep where the template still says what it said.
    pub fn body(&self, entry: &Entry) -> Result<Body, Fault> {
        let logical = self.names.get(&entry.id).map(String::as_str);
        let fault = |why: Message| Fault { logical: logical.unwrap_or_default().to_owned(), why };
        let properties = logical.and_then(|name| self.resources.get(name)?.get("Properties")?.as_object());
        let mut body = entry.kind.new_body();
        let fields = entry.kind.fields();
        for meta in fields.iter().filter(|meta| !meta.property.is_empty()) {
            let Some(json) = properties.and_then(|properties| path::get(properties, meta.property)) else { continue };
            let set = uniform::value(meta, json, self).and_then(|value| body.set(meta.id, &value));
            set.map_err(|why| fault(why.within(meta.label)))?;
        }
        body.import(&Read { source: self, node: entry.id, properties }).map_err(fault)?;
        for (field, kept) in &entry.kept {
            if body.value(field).as_ref() == Some(&kept.template) {
                body.set(field, &kept.value).map_err(fault)?;
            }
        }
        Ok(body)
    }

    /// The resources that no node has read.
    pub fn unread(&self) -> Vec<&'a str> {
        let read = self.read.borrow();
        let mine = |name: &&String| !self.nodes.contains_key(*name) && !read.contains(*name);
        self.resources.keys().filter(mine).map(String::as_str).collect()
    }

    /// The logical id of a node.
    pub fn name_of(&self, id: NodeId) -> Option<String> {
        self.names.get(&id).cloned()
    }

    /// The default of a parameter, as text.
    pub fn default_of(&self, parameter: &str) -> Option<&'a str> {
        self.parameters.get(parameter)?.get("Default")?.as_str()
    }
}

/// The logical id that a `Ref` or `Fn::GetAtt` names.
fn target(json: &Json) -> Option<&str> {
    match json.get("Ref") {
        Some(name) => name.as_str(),
        None => match json.get("Fn::GetAtt")? {
            Json::String(both) => both.split('.').next(),
            list => list.get(0)?.as_str(),
        },
    }
}

/// Reads one node.
pub struct Read<'a> {
    source: &'a Source<'a>,
    node: NodeId,
    properties: Option<&'a Object>,
}

impl<'a> Read<'a> {
    /// A property as it stands in the template.
    pub fn get(&self, path: &str) -> Option<&'a Json> {
        path::get(self.properties?, path)
    }

    /// The items of a list property.
    pub fn list(&self, path: &str) -> &'a [Json] {
        self.get(path).and_then(Json::as_array).map_or(&[], Vec::as_slice)
    }

    /// The text of an expression; numbers count as text.
    pub fn text(&self, json: &Json) -> Option<String> {
        match self.source.resolve(json) {
            Json::String(text) => Some(text),
            Json::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }

    /// What the template says happens to this node's resource when the stack goes.
    pub fn on_deletion(&self) -> Option<&'a str> {
        self.resource()?.get("DeletionPolicy")?.as_str()
    }

    /// Texts of a list.
    pub fn texts(&self, json: Option<&Json>) -> Vec<String> {
        json.and_then(Json::as_array).into_iter().flatten().filter_map(|item| self.text(item)).collect()
    }

    /// Whom a reference means.
    pub fn node(&self, json: &Json) -> Option<NodeId> {
        self.source.node(json)
    }

    /// The value of an expression for a property type that is written as text.
    ///
    /// # Errors
    /// Why it does not fit.
    pub fn parse<T: crate::catalog::FieldValue>(&self, json: &Json) -> Result<T, Message> {
        T::from_value(&self.text(json).map_or(Value::None, Value::Text))
    }

    /// A row of a table from the properties that its columns name.
    ///
    /// # Errors
    /// Which column does not fit, and why.
    pub fn row<R: Record>(&self, json: &Json) -> Result<R, Message> {
        let columns: Vec<Meta> = crate::catalog::columns::<R>().metas;
        crate::catalog::value::row_from_value(&Value::Record(uniform::cells(&columns, json, self.source)?))
    }

    /// The properties of the further resources of a type whose `property` refers to this node, in the template's order.
    pub fn parts(&self, type_name: &str, property: &str) -> Vec<&'a Object> {
        let parts = self.source.parts.get(&self.node).into_iter().flatten();
        let found = parts.filter(|part| part.type_name == type_name && part.property == property);
        let read = |part: &Part<'a>| {
            self.source.read.borrow_mut().insert(part.logical.to_owned());
            part.properties
        };
        found.map(read).collect()
    }

    /// The type of the resource.
    pub fn type_name(&self) -> &'a str {
        self.resource().and_then(|resource| resource.get("Type")?.as_str()).unwrap_or_default()
    }

    /// The properties as they are written, expressions and all.
    pub fn written(&self) -> Option<&'a Object> {
        self.resource()?.get("Properties")?.as_object()
    }

    /// The nodes that the resource refers to and those it waits for, by id.
    pub fn mentioned(&self) -> Vec<NodeId> {
        let mut found = BTreeSet::new();
        let mut add = |name: &str| found.extend(self.source.nodes.get(name).filter(|id| **id != self.node));
        if let Some(properties) = self.resource().and_then(|resource| resource.get("Properties")) {
            visit_names(properties, &mut add);
        }
        match self.resource().and_then(|resource| resource.get("DependsOn")) {
            Some(Json::String(name)) => add(name),
            Some(Json::Array(names)) => names.iter().filter_map(Json::as_str).for_each(add),
            _ => {}
        }
        found.into_iter().collect()
    }

    fn resource(&self) -> Option<&'a Json> {
        self.source.resources.get(self.source.names.get(&self.node)?)
    }

    /// The properties of a further resource by its logical id, where it refers to nothing and is referred to.
    pub fn other_resource(&self, logical: &str) -> Option<&'a Object> {
        if self.source.nodes.contains_key(logical) {
            return None;
        }
        let properties = self.source.resources.get(logical)?.get("Properties")?.as_object();
        self.source.read.borrow_mut().insert(logical.to_owned());
        properties
    }

    /// The properties of the further resource that an expression of this node refers to, if it is nobody else's.
    pub fn part_at(&self, json: &Json) -> Option<&'a Object> {
        let (logical, resource) = self.source.resources.get_key_value(target(json)?)?;
        if self.source.nodes.contains_key(logical) {
            return None;
        }
        self.source.read.borrow_mut().insert(logical.clone());
        resource.get("Properties")?.as_object()
    }

    /// The logical id of this node.
    pub fn logical(&self) -> Option<&str> {
        self.source.names.get(&self.node).map(String::as_str)
    }

    /// The default of the parameter that stands for this node.
    pub fn parameter(&self) -> Option<&'a str> {
        self.source.default_of(self.source.names.get(&self.node)?)
    }
}

/// Calls `f` on every name that an expression refers to.
pub fn visit_names(json: &Json, f: &mut dyn FnMut(&str)) {
    match json {
        Json::Array(items) => items.iter().for_each(|item| visit_names(item, f)),
        Json::Object(entries) => {
            for (key, value) in entries {
                match (key.as_str(), value) {
                    ("Ref", Json::String(name)) => f(name),
                    ("Fn::GetAtt", Json::String(both)) => f(both.split('.').next().unwrap_or_default()),
                    ("Fn::GetAtt", Json::Array(both)) => {
                        both.first().and_then(Json::as_str).into_iter().for_each(&mut *f);
                        both.iter().skip(1).for_each(|attribute| visit_names(attribute, f));
                    }
                    ("Fn::Sub", Json::String(text)) => visit_text(text, f),
                    ("Fn::Sub", Json::Array(parts)) => {
                        let own = parts.get(1).and_then(Json::as_object);
                        if let Some(text) = parts.first().and_then(Json::as_str) {
                            visit_text(text, &mut |name| {
                                if own.is_none_or(|own| !own.contains_key(name)) {
                                    f(name);
                                }
                            });
                        }
                        parts.iter().skip(1).for_each(|values| visit_names(values, f));
                    }
                    _ => visit_names(value, f),
                }
            }
        }
        _ => {}
    }
}

/// The names in the text of `Fn::Sub`; `${!Literal}` is none.
fn visit_text(text: &str, f: &mut dyn FnMut(&str)) {
    for after in text.split("${").skip(1) {
        let name = after.split(['}', '.']).next().unwrap_or_default().trim();
        if !name.starts_with('!') {
            f(name);
        }
    }
}
