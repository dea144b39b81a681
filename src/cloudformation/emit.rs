//! What a kind writes with: one node's resource, the further resources that belong to it, parameters, outputs and notes.

use std::collections::{BTreeMap, BTreeSet};

use super::Parameter;
use super::read::{self, uniform};
use crate::catalog::data::regions;
use crate::catalog::kinds::{Held, HostedZone, Instance, InternetGateway, Laptop, LaunchTemplate};
use crate::catalog::{Kind, Record};
use crate::design::{Design, Origin};
use crate::facts::Context;
use crate::id::NodeId;
use crate::message;
use crate::net::{AnyCidr, DomainName};
use crate::template::{Json, Object, attribute, path, reference, substitution};
use crate::text::Message;

/// What the whole design decides, looked up once before anything is written.
pub(super) struct Sheet<'a> {
    pub context: Context<'a>,
    pub ids: BTreeMap<NodeId, String>,
    taken: BTreeSet<String>,
    /// Hosted zones, the longest domain first.
    zones: Vec<(NodeId, DomainName)>,
    laptops: BTreeMap<AnyCidr, NodeId>,
    attachments: BTreeMap<NodeId, NodeId>,
    usual_type: Option<String>,
    /// What the names of the parameters end in that stand for nodes.
    stand_ins: BTreeMap<NodeId, &'static str>,
    /// Nodes that could not be created and are not in the template, so that nothing may refer to them.
    pub left_out: BTreeSet<NodeId>,
    /// The template that the design was opened from, whose names stay.
    original: Option<&'a Origin>,
    /// Its resources evaluated.
    evaluated: Option<&'a Object>,
}

/// The template that a design was opened from, with its resources evaluated.
#[derive(Clone, Copy)]
pub(super) struct Written<'a> {
    pub original: &'a Origin,
    pub evaluated: &'a Object,
}

impl<'a> Sheet<'a> {
    pub fn new(design: &'a Design, written: Option<Written<'a>>, stand_ins: BTreeMap<NodeId, &'static str>) -> Self {
        let (original, evaluated) = (written.map(|written| written.original), written.map(|written| written.evaluated));
        let context = Context::new(design);
        let reserved = original.map(Origin::reserved).unwrap_or_default();
        let none = BTreeMap::new();
        let ids =
            crate::design::logical_ids_beside(design, original.map_or(&none, |original| &original.names), &reserved);
        let mut zones: Vec<_> = context.all::<HostedZone>().map(|(id, _, zone)| (id, zone.domain.clone())).collect();
        zones.sort_by_key(|(id, domain)| (std::cmp::Reverse(domain.as_str().len()), *id));
        let mut laptops = BTreeMap::new();
        // In a template that others wrote, an address stays an address.
        let by_parameter = |id: NodeId| original.is_none_or(|original| original.names.contains_key(&id));
        for (id, _, laptop) in context.all::<Laptop>().filter(|(id, ..)| by_parameter(*id)) {
            laptops.entry(laptop.address.into()).or_insert(id);
        }
        let mut attachments = BTreeMap::new();
        for (id, node, _) in context.all::<InternetGateway>() {
            if let Some(vpc) = node.parent.filter(|up| design.node(*up).is_some_and(|up| up.kind() == Kind::Vpc)) {
                attachments.entry(vpc).or_insert(id);
            }
        }
        let mut types: BTreeMap<&str, usize> = BTreeMap::new();
        for (_, _, instance) in context.all::<Instance>() {
            *types.entry(&instance.instance_type).or_default() += 1;
        }
        for (_, _, template) in context.all::<LaunchTemplate>().filter(|(_, _, of)| !of.instance_type.is_empty()) {
            *types.entry(&template.instance_type).or_default() += 1;
        }
        types.retain(|_, _| original.is_none());
        let usual_type = types.into_iter().max_by_key(|(_, count)| *count).map(|(name, _)| name.to_owned());
        let taken = ids.values().cloned().chain(reserved).collect();
        let left_out = BTreeSet::new();
        Self { context, ids, taken, zones, laptops, attachments, usual_type, stand_ins, left_out, original, evaluated }
    }

    pub fn logical(&self, id: NodeId) -> &str {
        self.ids.get(&id).map_or("", String::as_str)
    }

    /// The id of a further resource of a node.
    pub fn part_id(&self, id: NodeId, suffix: &str) -> String {
        let part = format!("{}{suffix}", self.logical(id));
        if self.taken.contains(&part) { format!("{part}Of{}", id.0) } else { part }
    }

    /// The expression for what is outside the template; `Some(None)` where the template does not say.
    fn outside(&self, id: NodeId) -> Option<Option<Json>> {
        self.original?.outside.get(&id).cloned()
    }

    /// Whether the template that the design was opened from has the node.
    fn is_original(&self, id: NodeId) -> bool {
        self.original.is_some_and(|original| original.names.contains_key(&id))
    }

    /// Whether the template will not have a node; what an original template has stays in it, whatever we would write.
    pub fn is_left_out(&self, id: NodeId) -> bool {
        self.left_out.contains(&id) && !self.is_original(id)
    }

    /// Whether the node stands for something outside the template.
    pub fn is_outside(&self, id: NodeId) -> bool {
        self.original.is_some_and(|original| original.outside.contains_key(&id))
    }

    pub fn refer(&self, id: NodeId) -> Option<Json> {
        if let Some(expression) = self.outside(id) {
            return expression;
        }
        let body = &self.context.design.node(id)?.body;
        if self.is_left_out(id) {
            return None;
        }
        if body.is_deployed() {
            let logical = self.logical(id);
            return Some(body.kind().attribute().map_or_else(|| reference(logical), |name| attribute(logical, name)));
        }
        Some(reference(&self.parameter_of(id)?))
    }

    /// The name of the parameter that stands for a node which is no resource.
    pub fn parameter_of(&self, id: NodeId) -> Option<String> {
        let node = self.context.design.node(id)?;
        let suffix = self.stand_ins.get(&id).filter(|_| !node.body.is_deployed())?;
        if let Some(name) = self.original.and_then(|original| original.names.get(&id)) {
            return Some(name.clone());
        }
        Some(format!("{}{suffix}", self.logical(id)))
    }
}

/// A further resource that belongs to a node: a route of a table, an attachment of a gateway.
pub(super) struct Part {
    pub suffix: String,
    pub type_name: &'static str,
    pub properties: Object,
    pub depends_on: BTreeSet<String>,
}

/// Writes one node.
pub struct Emit<'a> {
    pub(super) sheet: &'a Sheet<'a>,
    node: NodeId,
    pub(super) properties: Object,
    pub(super) depends_on: BTreeSet<String>,
    pub(super) parts: Vec<Part>,
    pub(super) parameters: BTreeMap<String, Parameter>,
    pub(super) outputs: Vec<(String, Object)>,
    pub(super) notes: Vec<Message>,
    pub(super) left_out: bool,
    /// The type of the resource, where its kind has none of its own.
    pub(super) type_name: Option<String>,
    pub(super) on_deletion: Option<&'static str>,
}

impl<'a> Emit<'a> {
    pub(super) fn new(sheet: &'a Sheet<'a>, node: NodeId) -> Self {
        Self {
            sheet,
            node,
            properties: Object::new(),
            depends_on: BTreeSet::new(),
            parts: Vec::new(),
            parameters: BTreeMap::new(),
            outputs: Vec::new(),
            notes: Vec::new(),
            left_out: false,
            type_name: None,
            on_deletion: None,
        }
    }

    /// The node being written.
    pub const fn node(&self) -> NodeId {
        self.node
    }

    /// Facts of the design.
    pub const fn context(&self) -> &'a Context<'a> {
        &self.sheet.context
    }

    /// The node's logical id.
    pub fn logical(&self) -> &'a str {
        self.sheet.logical(self.node)
    }

    /// Another node's logical id.
    pub fn logical_of(&self, id: NodeId) -> &'a str {
        self.sheet.logical(id)
    }

    /// The node's name.
    pub fn name(&self) -> &'a str {
        self.context().name(self.node)
    }

    /// How the template refers to a node; nothing for what it does not hold.
    pub fn refer(&self, id: NodeId) -> Option<Json> {
        self.sheet.refer(id)
    }

    /// An attribute of another node's resource.
    pub fn attribute_of(&self, id: NodeId, name: &str) -> Json {
        attribute(self.sheet.logical(id), name)
    }

    /// `Ref` of another node's resource, whatever it is usually referred to by.
    pub fn reference_to(&self, id: NodeId) -> Json {
        if let Some(Some(expression)) = self.sheet.outside(id) {
            return expression;
        }
        reference(self.sheet.logical(id))
    }

    /// Writes a property; see [`crate::catalog::Meta::property`] for the form of paths.
    pub fn set_property(&mut self, path: &str, value: impl Into<Json>) {
        path::insert(&mut self.properties, path, value.into());
    }

    /// Writes a property under a key that is no path.
    pub fn set_key(&mut self, key: &str, value: Json) {
        self.properties.insert(key.to_owned(), value);
    }

    /// Says the type of the resource, where its kind stands for any.
    pub fn set_type(&mut self, type_name: &str) {
        self.type_name = Some(type_name.to_owned());
    }

    /// The logical id of another node's resource; nothing for what is outside the template, or only a parameter of it, for which nothing can wait.
    pub fn resource_name(&self, id: NodeId) -> Option<String> {
        let deployed = self.context().design.node(id)?.body.is_deployed();
        (deployed && self.sheet.outside(id).is_none()).then(|| self.logical_of(id).to_owned())
    }

    /// Takes a property out again.
    pub fn remove_property(&mut self, key: &str) -> Option<Json> {
        self.properties.shift_remove(key)
    }

    /// A row of a table by its columns.
    pub fn row<R: Record>(&self, of: &R) -> Object {
        uniform::row(of, &|id| self.refer(id))
    }

    /// Adds a further resource of this node, named by the node and `suffix`.
    pub fn part(&mut self, suffix: impl Into<String>, type_name: &'static str, properties: Object) {
        self.parts.push(Part { suffix: suffix.into(), type_name, properties, depends_on: BTreeSet::new() });
    }

    /// The node as it was first drawn from the template that the design was opened from.
    pub fn first_drawn<T: Held>(&self) -> Option<&'a T> {
        self.sheet.original?.base().get::<T>(self.node)
    }

    /// The properties that the original has of this very node, evaluated.
    pub fn original(&self) -> Option<&'a Object> {
        let logical = self.sheet.original?.names.get(&self.node)?;
        self.sheet.evaluated?.get(logical)?.get("Properties")?.as_object()
    }

    /// The properties of the further resources of one type that the original has of this node, evaluated.
    pub fn original_parts(&self, type_name: &str) -> Vec<&'a Object> {
        let (Some(original), Some(evaluated)) = (self.sheet.original, self.sheet.evaluated) else { return Vec::new() };
        let own = original.parts.iter().filter(|(_, owner)| **owner == self.node);
        own.filter_map(|(logical, _)| evaluated.get(logical))
            .filter(|part| part.get("Type").and_then(Json::as_str) == Some(type_name))
            .filter_map(|part| part.get("Properties")?.as_object())
            .collect()
    }

    /// Which rows have a resource of their own in the template that the design was opened from. A row that was edited stays where it stood, as
    /// far as that can be told; new ones have none. `says` writes a row as that resource would.
    pub fn own_resources<R: PartialEq>(
        &self,
        type_name: &str,
        now: &[R],
        before: &[R],
        says: impl Fn(&R) -> Vec<Object>,
    ) -> Vec<bool> {
        let mut own = vec![false; now.len()];
        let theirs = self.original_parts(type_name);
        if theirs.is_empty() {
            return own;
        }
        let mut old: Vec<(&R, bool)> = Vec::new();
        for row in before {
            let says = says(row);
            old.push((row, says.iter().any(|row| theirs.iter().any(|part| says_the_same(row, part)))));
        }
        let mut open: Vec<&mut bool> = Vec::new();
        for (row, flag) in now.iter().zip(&mut own) {
            match old.iter().position(|(known, _)| *known == row) {
                Some(at) => *flag = old.remove(at).1,
                None => open.push(flag),
            }
        }
        let left = old.iter().filter(|(_, own)| *own).count();
        open.into_iter().take(left).for_each(|flag| *flag = true);
        own
    }

    /// Makes the part added last wait for a resource.
    pub fn part_depends_on(&mut self, logical_id: Option<String>) {
        if let (Some(part), Some(id)) = (self.parts.last_mut(), logical_id) {
            part.depends_on.insert(id);
        }
    }

    /// The logical id of a part of any node.
    pub fn part_id(&self, node: NodeId, suffix: &str) -> String {
        self.sheet.part_id(node, suffix)
    }

    /// Makes this resource wait for another where CloudFormation cannot infer it.
    pub fn depends_on(&mut self, logical_id: Option<String>) {
        self.depends_on.extend(logical_id);
    }

    /// The attachment of the internet gateway of a VPC, which public things wait for.
    pub fn attachment_of(&self, vpc: NodeId) -> Option<String> {
        let gateway = self.sheet.attachments.get(&vpc)?;
        Some(self.part_id(*gateway, "Attachment"))
    }

    /// Makes sure of a parameter and refers to it.
    pub fn parameter(&mut self, name: impl Into<String>, parameter: Parameter) -> Json {
        let mut name = name.into();
        // A value that stands in the template of others is edited where it stands.
        if self.sheet.is_original(self.node) && parameter.type_name == "String" {
            return parameter.default.into();
        }
        let json = parameter.to_json();
        let declared =
            |name: &str| self.sheet.original.and_then(|original| original.template().get("Parameters")?.get(name));
        let other = |name: &str| {
            declared(name)
                .is_some_and(|one| one.get("Type") != json.get("Type") || one.get("Default") != json.get("Default"))
        };
        while other(&name) {
            name.push('N');
        }
        let to = reference(&name);
        self.parameters.entry(name).or_insert(parameter);
        to
    }

    /// A block of addresses, by parameter if it is a laptop's.
    pub fn address(&self, cidr: AnyCidr) -> Json {
        let laptop = self.sheet.laptops.get(&cidr).and_then(|laptop| self.sheet.parameter_of(*laptop));
        laptop.map_or_else(|| cidr.to_string().into(), |parameter| reference(&parameter))
    }

    /// Whether most instances are of this type; it becomes the parameter.
    pub fn is_usual_type(&self, instance_type: &str) -> bool {
        self.sheet.usual_type.as_deref() == Some(instance_type)
    }

    /// The name of the parameter that holds the domain of a hosted zone.
    pub fn domain_parameter(&self, zone: NodeId) -> String {
        format!("{}Domain", self.sheet.logical(zone))
    }

    /// A domain name for `Fn::Sub`, by the parameter of the hosted zone it is in.
    pub fn domain_pattern(&self, name: &DomainName) -> String {
        let Some((zone, domain)) = self.sheet.zones.iter().find(|(_, domain)| name.is_within(domain)) else {
            return name.to_string();
        };
        if self.sheet.is_original(*zone) {
            return name.to_string();
        }
        let before = name.as_str().strip_suffix(domain.as_str()).unwrap_or_default();
        format!("{before}${{{}}}", self.domain_parameter(*zone))
    }

    /// A domain name, by the parameter of the hosted zone it is in.
    pub fn domain(&self, name: &DomainName) -> Json {
        let pattern = self.domain_pattern(name);
        match pattern.strip_prefix("${").and_then(|rest| rest.strip_suffix('}')) {
            Some(parameter) => reference(parameter),
            None if pattern == name.as_str() => pattern.into(),
            None => substitution(&pattern),
        }
    }

    /// The zone around this node, counted among those of whichever region the template is deployed to; tells where the region lacks it.
    pub fn zone(&mut self) -> Option<Json> {
        let context = self.context();
        let letter = context.zone_of(self.node)?;
        let letters =
            context.region_of(self.node).and_then(regions::region).map_or("abcdef", |region| region.zone_letters);
        let index = letters.find(letter).filter(|_| letter.len() == 1);
        if index.is_none() {
            self.note(message!(
                "이 리전에는 가용 영역 {letter}이(가) 없어서 AWS가 고르게 두었어요.",
                "The region has no zone {letter}, so AWS chooses one."
            ));
        }
        // GetAZs lists the zones of the region by letter.
        index.map(|index| serde_json::json!({ "Fn::Select": [index, { "Fn::GetAZs": "" }] }))
    }

    /// Says what happens to the resource when the stack goes or it is replaced: `Retain`, `Snapshot` or `Delete`.
    pub const fn on_deletion(&mut self, policy: &'static str) {
        self.on_deletion = Some(policy);
    }

    /// The node's name as a tag may have it.
    pub fn name_tag(&self) -> String {
        name_tag(self.name())
    }

    /// Adds an output, named by the node and `suffix`; the description is ASCII.
    pub fn output(&mut self, suffix: &str, description: impl Into<String>, value: Json) {
        let output =
            crate::template::object([("Description", Some(description.into().into())), ("Value", Some(value))]);
        self.outputs.push((format!("{}{suffix}", self.logical()), output));
    }

    /// Tells the person something about this node's template.
    pub fn note(&mut self, message: Message) {
        self.notes.push(message);
    }

    /// Leaves the node out of the template, because it could not be created; it stays in the metadata.
    pub fn leave_out(&mut self, why: Message) {
        self.left_out = true;
        self.notes.push(why);
    }
}

/// Whether a resource says all that a row says; references count by whom they lead to.
fn says_the_same(row: &Object, part: &Object) -> bool {
    let plain = |json: &Json| match read::target(json) {
        Some(name) => name.to_owned(),
        None => json.as_str().map_or_else(|| json.to_string(), str::to_ascii_lowercase),
    };
    let said = |key: &str| !["GroupId", "Description"].contains(&key);
    row.iter()
        .filter(|(key, _)| said(key))
        .all(|(key, value)| part.get(key).is_some_and(|other| plain(other) == plain(value)))
}

/// Text that AWS takes as a description: the characters it allows, at most 255; `fallback` where letters would be lost.
pub fn description(text: &str, fallback: &str) -> (String, bool) {
    let allowed = |c: char| c.is_ascii_alphanumeric() || " ._-:/()#,@[]+=&;{}!$*".contains(c);
    let told = !text.is_empty() && text.chars().all(allowed) && text.len() <= 255;
    if told { (text.to_owned(), true) } else { (fallback.to_owned(), false) }
}

/// A name as a tag: tags of load balancers and certificates take letters, digits, spaces and `_.:/=+-@` alone.
pub(super) fn name_tag(name: &str) -> String {
    let kept = |c: char| if c.is_alphanumeric() || " _.:/=+-@".contains(c) { c } else { '-' };
    let tag: String = name.chars().map(kept).collect();
    // AWS keeps names that begin with `aws:` for itself.
    if tag.to_ascii_lowercase().starts_with("aws:") { tag.replacen(':', "-", 1) } else { tag }
}
