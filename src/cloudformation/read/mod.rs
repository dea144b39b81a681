//! What a kind reads with: the resource of one node, the further resources that belong to it, and expressions as far as they are known.
//!
//! Everything is read from the template evaluated: references to resources and what only a deployment knows are left as expressions, all else is
//! literal. So a kind never meets a condition or a mapping. What does not fit is a [`Doubt`]: the field keeps what AWS would take, and the rest is read.

mod named;
pub(super) mod uniform;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use super::evaluate::{Cause, Eval, Reference, Scope, references};
use crate::catalog::{Body, Meta, Record, Value, Widget};
use crate::id::NodeId;
use crate::message;
use crate::template::{Json, Object, is_looked_up, path};
use crate::text::Message;

/// Whose node each name of a template is.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    /// By logical id, or by the name of the parameter that stands for the node.
    pub nodes: BTreeMap<String, NodeId>,
    /// By an expression that leads out of the template, as text: `{"Ref":"VpcId"}`.
    pub outside: BTreeMap<String, NodeId>,
}

/// A template to read from.
pub(super) struct Reading<'a> {
    pub scope: &'a Scope<'a>,
    resources: &'a Object,
    names: &'a Names,
    pub logical: BTreeMap<NodeId, &'a str>,
    parts: BTreeMap<NodeId, Vec<Part<'a>>>,
    owners: RefCell<BTreeMap<String, NodeId>>,
    pub doubts: RefCell<Vec<Doubt>>,
    /// Texts that a node was read with and that only a deployment knows to the end.
    patterns: RefCell<BTreeSet<(NodeId, String)>>,
    undecided: RefCell<BTreeSet<(NodeId, &'static str)>>,
    weighed: RefCell<BTreeSet<(NodeId, &'static str)>>,
    /// Nodes with a list that a function makes, whose items are not known.
    lists: RefCell<BTreeSet<NodeId>>,
}

/// A resource without a node of its own, by a property that refers to one.
#[derive(Clone, Copy)]
struct Part<'a> {
    logical: &'a str,
    type_name: &'a str,
    property: &'a str,
    properties: &'a Object,
}

/// Something that could not be read as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Doubt {
    pub node: NodeId,
    /// The field that is not as the template has it; none where the whole resource is meant.
    pub field: Option<&'static str>,
    /// The property.
    pub property: String,
    pub why: Message,
}

impl<'a> Reading<'a> {
    /// A scope, its [`evaluated`] resources, and whose node each name is.
    pub fn new(scope: &'a Scope<'a>, resources: &'a Object, names: &'a Names) -> Self {
        let logical = names.nodes.iter().map(|(name, id)| (*id, name.as_str())).collect();
        let mut reading = Self {
            scope,
            resources,
            names,
            logical,
            parts: BTreeMap::new(),
            owners: RefCell::default(),
            doubts: RefCell::default(),
            patterns: RefCell::default(),
            undecided: RefCell::default(),
            weighed: RefCell::default(),
            lists: RefCell::default(),
        };
        for (logical, resource) in resources.iter().filter(|(logical, _)| !names.nodes.contains_key(*logical)) {
            let type_name = resource.get("Type").and_then(Json::as_str).unwrap_or_default();
            let Some(properties) = resource.get("Properties").and_then(Json::as_object) else { continue };
            for (property, value) in properties {
                let items = value.as_array().map_or_else(|| std::slice::from_ref(value), Vec::as_slice);
                let nodes: BTreeSet<NodeId> = items.iter().filter_map(|item| reading.node(item)).collect();
                for node in nodes {
                    reading.parts.entry(node).or_default().push(Part { logical, type_name, property, properties });
                }
            }
        }
        reading
    }

    /// Whom a `Ref` or `Fn::GetAtt` means, or an expression that leads to something outside the template.
    pub fn node(&self, json: &Json) -> Option<NodeId> {
        if let Some(id) = self.outside(json) {
            return Some(*id);
        }
        self.names.nodes.get(target(json)?).copied()
    }

    /// What an expression leads to that is not in the template.
    fn outside(&self, json: &Json) -> Option<&NodeId> {
        if self.names.outside.is_empty() || json.is_array() { None } else { self.names.outside.get(&json.to_string()) }
    }

    /// What an expression comes to: the default of a parameter that stands for something, or an attribute that is a property.
    pub fn resolve(&self, json: &Json) -> Json {
        if let Some(name) = json.get("Ref").and_then(Json::as_str) {
            return self.default_of(name).map_or_else(|| json.clone(), Json::from);
        }
        if let Some([Json::String(logical), Json::String(attribute)]) =
            json.get("Fn::GetAtt").and_then(Json::as_array).map(Vec::as_slice)
        {
            let reference = Reference { logical: logical.clone(), attribute: Some(attribute.clone()) };
            if let Eval::Known(known) = self.scope.attribute(&reference) {
                return known;
            }
        }
        json.clone()
    }

    /// Why an expression is not known.
    pub fn why_unknown(&self, json: &Json) -> Message {
        let cause = match self.scope.evaluate(json) {
            Eval::Reference(reference) => Some(Cause::Attribute(reference)),
            value => value.unknown().map(|unknown| unknown.cause.clone()).or_else(|| {
                let reference = value.references().first().map(|reference| (*reference).clone());
                reference.map(Cause::Attribute)
            }),
        };
        cause.map_or_else(|| message!("이 값은 쓸 수 없어요.", "This value cannot be used."), |cause| cause.message())
    }

    pub fn properties(&self, id: NodeId) -> Option<&'a Object> {
        self.resources.get(*self.logical.get(&id)?)?.get("Properties")?.as_object()
    }

    pub fn doubt(&self, node: NodeId, field: Option<&'static str>, property: &str, why: Message) {
        self.doubts.borrow_mut().push(Doubt { node, field, property: property.to_owned(), why });
    }

    /// What could not be read so far.
    pub fn doubts(&self) -> Vec<Doubt> {
        self.doubts.borrow().clone()
    }

    /// Notes that a text is known only in part.
    fn note_pattern(&self, node: NodeId, text: String) -> String {
        self.patterns.borrow_mut().insert((node, text.clone()));
        text
    }

    /// The fields of a node that are undecided without a doubt that people are told of: those left so, and those that hold a text which only a
    /// deployment knows to the end, whoever read it, as a name made of a parameter. Scripts and documents are long and judged by what is known of them.
    pub fn undecided(&self, id: NodeId, body: &Body) -> BTreeSet<&'static str> {
        let undecided = self.undecided.borrow();
        let mut found: BTreeSet<_> =
            undecided.range((id, "")..).take_while(|(of, _)| *of == id).map(|(_, field)| *field).collect();
        // Which fields such a list goes into, the kind alone knows: it may be any that has no property of its own.
        if self.lists.borrow().contains(&id) {
            found.extend(body.kind().fields().iter().filter(|meta| meta.property.is_empty()).map(|meta| meta.id));
        }
        let properties = self.properties(id);
        let is_made = |meta: &&Meta| {
            !meta.property.is_empty() && properties.is_some_and(|properties| path::is_made(properties, meta.property))
        };
        found.extend(body.kind().fields().iter().filter(|meta| is_made(meta)).map(|meta| meta.id));
        let patterns = self.patterns.borrow();
        let weighed = self.weighed.borrow();
        let is_short =
            |meta: &Meta| !matches!(meta.widget, Widget::Lines | Widget::Json) && !weighed.contains(&(id, meta.id));
        let holds = |meta: &Meta| {
            let holds = |text: &str| patterns.contains(&(id, text.to_owned()));
            body.value(meta.id).is_some_and(|value| value.has_text(&holds))
        };
        if patterns.range((id, String::new())..).next().is_some_and(|(first, _)| *first == id) {
            found.extend(body.kind().fields().iter().filter(|meta| is_short(meta) && holds(meta)).map(|meta| meta.id));
        }
        found
    }

    /// The resources that nodes have read as their parts, by logical id, with the node.
    pub fn owners(&self) -> BTreeMap<String, NodeId> {
        self.owners.borrow().clone()
    }

    /// The logical id of a node.
    pub fn logical_of(&self, id: NodeId) -> Option<&'a str> {
        self.logical.get(&id).copied()
    }

    /// The value of a parameter that stands for a node or is looked up at deployment: what was given, or its default.
    pub fn default_of(&self, parameter: &str) -> Option<String> {
        match self.scope.parameter(parameter) {
            Some(Eval::Unknown(unknown)) => match &unknown.cause {
                Cause::Lookup(name) => Some(name.clone()),
                _ => None,
            },
            Some(value) => value.text(),
            None => self
                .stand_in(parameter)?
                .get("Default")
                .map(|default| default.as_str().map_or_else(|| default.to_string(), str::to_owned)),
        }
    }

    /// The declaration of a parameter that stands for a node: the scope has it among the resources.
    fn stand_in(&self, parameter: &str) -> Option<&Json> {
        self.scope.section("Resources")?.get(parameter).filter(|one| one.get("Default").is_some())
    }
}

/// The logical id that a `Ref` or `Fn::GetAtt` names.
pub(super) fn target(json: &Json) -> Option<&str> {
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
    reading: &'a Reading<'a>,
    node: NodeId,
    properties: Option<&'a Object>,
}

impl<'a> Read<'a> {
    /// What there is to read for a node.
    pub(super) fn new(reading: &'a Reading<'a>, node: NodeId) -> Self {
        Self { reading, node, properties: reading.properties(node) }
    }

    /// A property, evaluated.
    pub fn get(&self, path: &str) -> Option<&'a Json> {
        path::get(self.properties?, path)
    }

    /// The items of a list property.
    pub fn list(&self, path: &str) -> &'a [Json] {
        let found = self.get(path);
        if found.is_some_and(Json::is_object) || found.is_none() && self.is_made(path) {
            self.reading.lists.borrow_mut().insert(self.node);
        }
        found.and_then(Json::as_array).map_or(&[], Vec::as_slice)
    }

    /// Whether a function makes what stands on the way to a property, so that nothing is known of it: the list by `Fn::If`.
    pub fn is_made(&self, path: &str) -> bool {
        self.properties.is_some_and(|properties| path::is_made(properties, path))
    }

    /// The text of an expression; numbers count as text. What only a deployment knows stands in it as `Fn::Sub` would write it: `${Bucket}`.
    pub fn text(&self, json: &Json) -> Option<String> {
        match self.reading.resolve(json) {
            Json::String(text) if is_looked_up(&text) => Some(self.reading.note_pattern(self.node, text)),
            Json::String(text) => Some(text),
            Json::Number(number) => Some(number.to_string()),
            Json::Bool(on) => Some(on.to_string()),
            // A reference alone is no text but a resource.
            other => uniform::pattern(&other)
                .filter(|_| self.node(&other).is_none())
                .map(|text| self.reading.note_pattern(self.node, text)),
        }
    }

    /// What the template says happens to this node's resource when the stack goes.
    pub fn on_deletion(&self) -> Option<&'a str> {
        self.resource()?.get("DeletionPolicy")?.as_str()
    }

    /// The properties of a further resource by its logical id, where it refers to nothing and is referred to.
    pub fn other_resource(&self, logical: &str) -> Option<&'a Object> {
        if self.reading.names.nodes.contains_key(logical) {
            return None;
        }
        let properties = self.reading.resources.get(logical)?.get("Properties")?.as_object();
        self.reading.owners.borrow_mut().insert(logical.to_owned(), self.node);
        properties
    }

    /// Texts of a list.
    pub fn texts(&self, json: Option<&Json>) -> Vec<String> {
        json.and_then(Json::as_array).into_iter().flatten().filter_map(|item| self.text(item)).collect()
    }

    /// Whom a reference means.
    pub fn node(&self, json: &Json) -> Option<NodeId> {
        self.reading.node(json)
    }

    /// The type of a resource by its logical id.
    pub fn type_of(&self, logical: &str) -> Option<&'a str> {
        self.reading.resources.get(logical)?.get("Type")?.as_str()
    }

    /// Whom a reference means, for a field; one that leads to what is not drawn is told of, and the field counts as not known.
    pub fn refer(&self, field: &'static str, json: &Json) -> Option<NodeId> {
        let found = self.node(json);
        if found.is_none() && !json.is_null() {
            self.leave_open(field);
        }
        found
    }

    /// Tells that a field lacks what the template says in a way that is not drawn: it counts as not known.
    pub fn leave_open(&self, field: &'static str) {
        let why = message!(
            "가리키는 것을 여기에 그릴 수 없어서 빼고 그렸어요. 템플릿에는 그대로 있어요.",
            "What it refers to cannot be drawn here and is left out of the drawing. The template keeps it."
        );
        self.reading.doubt(self.node, Some(field), "", why);
    }

    /// Leaves a field undecided that the template decides in a way which the drawing has no place for, and which is nothing to tell of: a certificate
    /// that somebody validates by hand.
    pub fn leave_undecided(&self, field: &'static str) {
        self.reading.undecided.borrow_mut().insert((self.node, field));
    }

    /// Says that what is known of the texts of a field is enough to judge by, or that the kind has left it undecided where it is not.
    pub fn weigh(&self, field: &'static str) {
        self.reading.weighed.borrow_mut().insert((self.node, field));
    }

    /// The value of an expression for a property type that is written as text.
    ///
    /// # Errors
    /// Why it does not fit.
    pub fn parse<T: crate::catalog::FieldValue>(&self, json: &Json) -> Result<T, Message> {
        let resolved = self.reading.resolve(json);
        if resolved.is_object() {
            return Err(self.reading.why_unknown(&resolved));
        }
        T::from_value(&self.text(json).map_or(Value::None, Value::Text))
    }

    /// The value of an expression into a field; one that does not fit is told of, the field keeps what it has and counts as not known.
    pub fn read_into<T: crate::catalog::FieldValue>(&self, field: &'static str, json: Option<&Json>, into: &mut T) {
        match json.map(|json| self.parse(json)) {
            Some(Ok(value)) => *into = value,
            Some(Err(why)) => self.reading.doubt(self.node, Some(field), "", why),
            None => {}
        }
    }

    /// Whether an expression comes to true: a boolean, or a text, a parameter or a function that holds one. Nothing where none is written, or
    /// where only a deployment knows, for which the field counts as not known.
    pub fn flag(&self, field: &'static str, json: Option<&Json>) -> Option<bool> {
        match self.parse::<bool>(json?) {
            Ok(on) => Some(on),
            Err(why) => {
                self.reading.doubt(self.node, Some(field), "", why);
                None
            }
        }
    }

    /// Tells that AWS refuses a part of the template, which therefore does nothing: all else of the field is known.
    pub fn refuse(&self, why: Message) {
        self.reading.doubt(self.node, None, "", why);
    }

    /// The type of the resource that an expression refers to.
    pub fn type_at(&self, json: &Json) -> Option<&'a str> {
        self.reading.resources.get(target(json)?)?.get("Type")?.as_str()
    }

    /// A reference as it would stand in a text: `${Bal.DNSName}`.
    pub fn reference_text(&self, json: &Json) -> Option<String> {
        uniform::pattern(json)
    }

    /// A row of a table from the properties that its columns name.
    ///
    /// # Errors
    /// Which column does not fit, and why.
    pub fn row<R: Record>(&self, json: &Json) -> Result<R, Message> {
        let columns: Vec<Meta> = crate::catalog::columns::<R>().metas;
        crate::catalog::value::row_from_value(&Value::Record(uniform::cells(&columns, json, self.reading)?))
    }

    /// What `read` makes of each item; an item that does not fit is told of, and the field counts as not known.
    pub fn each<'j, J, T>(
        &self,
        field: &'static str,
        items: impl IntoIterator<Item = &'j J>,
        read: impl Fn(&'j J) -> Result<T, Message>,
    ) -> Vec<T>
    where
        J: 'j + ?Sized,
    {
        let fits = |result: Result<T, Message>| match result {
            Ok(item) => Some(item),
            Err(why) => {
                self.reading.doubt(self.node, Some(field), "", why);
                None
            }
        };
        items.into_iter().filter_map(|item| fits(read(item))).collect()
    }

    /// The properties of the resource that an expression refers to, whoever's it is.
    pub fn peek(&self, json: &Json) -> Option<&'a Object> {
        self.reading.resources.get(target(json)?)?.get("Properties")?.as_object()
    }

    /// The properties of the further resources of a type whose `property` refers to this node, in the template's order.
    pub fn parts(&self, type_name: &str, property: &str) -> Vec<&'a Object> {
        let parts = self.reading.parts.get(&self.node).into_iter().flatten();
        let found = parts.filter(|part| part.type_name == type_name && part.property == property);
        let read = |part: &Part<'a>| {
            self.reading.owners.borrow_mut().insert(part.logical.to_owned(), self.node);
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
        let mut add = |name: &str| found.extend(self.reading.names.nodes.get(name).filter(|id| **id != self.node));
        let properties = self.resource().and_then(|resource| resource.get("Properties"));
        for mention in properties.into_iter().flat_map(references) {
            add(&mention.logical);
        }
        match self.resource().and_then(|resource| resource.get("DependsOn")) {
            Some(Json::String(name)) => add(name),
            Some(Json::Array(names)) => names.iter().filter_map(Json::as_str).for_each(add),
            _ => {}
        }
        found.into_iter().collect()
    }

    /// The region that the template is read for.
    pub fn region(&self) -> String {
        self.reading.scope.parameter("AWS::Region").and_then(Eval::text).unwrap_or_default()
    }

    fn resource(&self) -> Option<&'a Json> {
        self.reading.scope.section("Resources")?.get(self.reading.logical_of(self.node)?)
    }

    /// The properties of the further resource that an expression of this node refers to, if it is nobody else's.
    pub fn part_at(&self, json: &Json) -> Option<&'a Object> {
        self.other_resource(target(json)?)
    }

    /// The logical id of this node.
    pub fn logical(&self) -> Option<&str> {
        self.reading.logical_of(self.node)
    }

    /// The default of the parameter that stands for this node.
    pub fn parameter(&self) -> Option<String> {
        self.reading.default_of(self.reading.logical_of(self.node)?)
    }
}
