//! The template that a design was opened from: what keeps everything that the design has no place for.
//!
//! A design knows the design as it was first drawn beside the one it has become, so that an export can tell what was edited
//! ([`super::merge`]). Nothing here changes while people edit; other values for parameters make another original.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use super::evaluate::{DEFAULT_REGION, Scope, references};
use super::faults::{self, Fault};
use super::source::{self, Source, Syntax};
use super::{Json, Problem};
use crate::catalog::Kind;
use crate::catalog::data::regions::REGIONS;
use crate::design::Design;
use crate::id::NodeId;

/// A template with values for its parameters, and what was drawn from it.
#[derive(Clone, Debug)]
pub struct Original {
    pub(super) source: Arc<Source>,
    /// Values for parameters, in place of their defaults.
    pub(super) values: BTreeMap<String, String>,
    /// The design as it was drawn, before any edit.
    pub(super) base: Design,
    /// What the template calls the nodes of the base: logical ids, or names of the parameters that stand for them.
    pub(super) names: BTreeMap<NodeId, String>,
    /// The resources that belong to a node without being one, by logical id.
    pub(super) parts: BTreeMap<String, NodeId>,
    /// Nodes that stand for what is outside the template, with the expression that leads there.
    pub(super) outside: BTreeMap<NodeId, Option<Json>>,
    /// Fields that only a deployment knows.
    pub(super) unknown: BTreeSet<(NodeId, String)>,
    /// What is wrong with the template, once somebody asked.
    pub(super) faults: OnceLock<Vec<Fault>>,
    /// Who names each node in the text beside the fields that are drawn, once somebody asked.
    pub(super) mentions: OnceLock<Mentions>,
}

/// By node: the nodes whose resources name it, nothing for an output.
pub(super) type Mentions = BTreeMap<NodeId, BTreeSet<Option<NodeId>>>;

impl PartialEq for Original {
    fn eq(&self, other: &Self) -> bool {
        let same_text = Arc::ptr_eq(&self.source, &other.source) || self.source.text() == other.source.text();
        same_text && self.values == other.values && self.saved() == other.saved() && self.base == other.base
    }
}

/// What a file keeps of an original beside its text and values: what was drawn from it must not change when a later version draws otherwise.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Ties {
    /// Logical ids, or names of parameters, by node.
    pub names: BTreeMap<NodeId, String>,
    /// Further resources by logical id, with their node.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub parts: BTreeMap<String, NodeId>,
    /// What is outside the template, with the expression that leads there.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub outside: BTreeMap<NodeId, Option<Json>>,
    /// Fields that only a deployment knows.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub unknown: BTreeSet<(NodeId, String)>,
}

impl Original {
    /// An original as a file has it.
    ///
    /// # Errors
    /// Why the text is no template.
    pub fn restore(text: &str, values: BTreeMap<String, String>, base: Design, ties: Ties) -> Result<Self, Problem> {
        let source = Arc::new(source::parse(text)?);
        let Ties { names, parts, outside, unknown } = ties;
        Ok(Self {
            source,
            values,
            base,
            names,
            parts,
            outside,
            unknown,
            faults: OnceLock::new(),
            mentions: OnceLock::new(),
        })
    }

    /// An empty template of which a design knows these fields not.
    #[cfg(test)]
    pub fn of_unknown(design: &Design, unknown: BTreeSet<(NodeId, String)>) -> Self {
        let source = Arc::new(source::parse("Resources: {}").unwrap());
        let base = design.clone();
        let (values, names, parts, outside) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        Self {
            source,
            values,
            base,
            names,
            parts,
            outside,
            unknown,
            faults: OnceLock::new(),
            mentions: OnceLock::new(),
        }
    }

    /// The text of the template as it was opened.
    pub fn text(&self) -> &str {
        self.source.text()
    }

    /// The language of that text.
    pub fn syntax(&self) -> Syntax {
        self.source.syntax
    }

    /// The template as data.
    pub fn template(&self) -> &Json {
        &self.source.template
    }

    /// Values for parameters, in place of their defaults.
    pub const fn values(&self) -> &BTreeMap<String, String> {
        &self.values
    }

    /// The design as it was drawn, before any edit.
    pub const fn base(&self) -> &Design {
        &self.base
    }

    /// What binds the base to the template.
    pub fn saved(&self) -> Ties {
        Ties {
            names: self.names.clone(),
            parts: self.parts.clone(),
            outside: self.outside.clone(),
            unknown: self.unknown.clone(),
        }
    }

    /// The name that the template has for a node.
    pub fn name_of(&self, id: NodeId) -> Option<&str> {
        self.names.get(&id).map(String::as_str)
    }

    /// What is wrong with the template itself, in the order of its text.
    pub fn faults(&self) -> &[Fault] {
        self.faults.get_or_init(|| faults::find(&self.source, &self.values))
    }

    /// The node that a resource of the template is drawn as, or that it belongs to.
    pub fn node_of(&self, logical: &str) -> Option<NodeId> {
        let named = self.names.iter().find(|(_, name)| *name == logical).map(|(id, _)| *id);
        named.or_else(|| self.parts.get(logical).copied())
    }

    /// Whether the template names a node where no field of a drawn resource shows it: in a type that is no kind of ours, in a property without a field,
    /// or in an output that other stacks may take.
    pub fn is_named_beside(&self, design: &Design, node: NodeId) -> bool {
        let by = self.mentions.get_or_init(|| self.find_mentions()).get(&node);
        by.into_iter().flatten().any(|by| by.is_none_or(|by| design.node(by).is_some() && by != node))
    }

    fn find_mentions(&self) -> Mentions {
        let mut found = Mentions::new();
        let section = |name: &str| self.template().get(name).and_then(Json::as_object).into_iter().flatten();
        for (logical, resource) in section("Resources") {
            let Some(by) = self.node_of(logical) else { continue };
            // What fields show is asked of the design, so that an edit counts.
            let shown = self.base.references(by).into_iter().map(|(_, to)| to).collect::<BTreeSet<_>>();
            let Some(properties) = resource.get("Properties") else { continue };
            let own = references(properties).into_iter().filter_map(|mention| self.node_of(&mention.logical));
            for id in own.filter(|id| !shown.contains(id) && !self.is_around(by, *id)) {
                found.entry(id).or_default().insert(Some(by));
            }
        }
        for (_, output) in section("Outputs").filter(|(_, output)| output.get("Export").is_some()) {
            let named = output.get("Value").map(references).unwrap_or_default();
            for id in named.iter().filter_map(|mention| self.node_of(&mention.logical)) {
                found.entry(id).or_default().insert(None);
            }
        }
        found
    }

    /// Whether one node of the base is a frame around the other.
    fn is_around(&self, inner: NodeId, frame: NodeId) -> bool {
        let mut up = self.base.node(inner).and_then(|node| node.parent);
        while let Some(id) = up {
            if id == frame {
                return true;
            }
            up = self.base.node(id).and_then(|node| node.parent);
        }
        false
    }

    /// Whether a field that only a deployment knows may hold a node of a kind.
    pub fn is_perhaps_named(&self, design: &Design, kind: Kind) -> bool {
        self.unknown.iter().any(|(node, field)| {
            let there = design.node(*node);
            there.is_some_and(|there| there.kind().reference_kinds(field).contains(&kind))
                && self.is_undecided(design, *node, field)
        })
    }

    /// Whether a field is as it was drawn.
    fn is_undecided(&self, design: &Design, node: NodeId, field: &str) -> bool {
        let value = |design: &Design| design.node(node).and_then(|node| node.body.value(field));
        value(&self.base) == value(design)
    }

    /// Line and column at which the template has a resource, or the property behind one of its fields.
    pub fn place_of(&self, node: NodeId, field: Option<&str>) -> Option<(usize, usize)> {
        let logical = source::step(self.names.get(&node)?);
        let meta = self.base.node(node)?.kind().fields().iter().find(|meta| field == Some(meta.id)).copied();
        let property = meta.map(|meta| meta.property).filter(|property| !property.is_empty());
        let first = property.and_then(|property| property.split(['.', '[']).next());
        let pointer = first.map_or_else(
            || format!("/Resources/{logical}"),
            |first| format!("/Resources/{logical}/Properties/{first}"),
        );
        self.template().get("Resources")?.get(self.names.get(&node)?)?;
        Some(self.source.place(&pointer))
    }

    /// The names that nothing new may have.
    pub(super) fn reserved(&self) -> BTreeSet<String> {
        let names = |section: &str| self.template().get(section).and_then(Json::as_object).into_iter().flatten();
        ["Parameters", "Resources", "Outputs", "Conditions", "Mappings"]
            .into_iter()
            .flat_map(names)
            .map(|(name, _)| name.clone())
            .collect()
    }

    /// Whether the template has our metadata, which is kept up then.
    pub(super) fn is_ours(&self) -> bool {
        self.template().get("Metadata").is_some_and(|metadata| metadata.get(super::metadata::KEY).is_some())
    }

    /// Whether a node stands for something outside the template.
    pub fn is_outside(&self, node: NodeId) -> bool {
        self.outside.contains_key(&node)
    }

    /// Whether what a rule finds at a node, or at one of its fields, hangs on what only a deployment knows, and so may be otherwise: the node
    /// stands for something outside the template, the field is not known and nobody has decided it, or it refers to what is outside.
    pub fn is_open(&self, design: &Design, node: NodeId, field: Option<&str>) -> bool {
        if self.outside.contains_key(&node) {
            return true;
        }
        let Some(there) = design.node(node) else { return false };
        let leads_out = |id: NodeId, field: Option<&str>| {
            let mut all = design.references(id).into_iter();
            all.any(|(own, to)| field.is_none_or(|field| field == own) && self.outside.contains_key(&to))
        };
        let frame = there.parent.filter(|up| design.node(*up).is_some_and(|up| !up.kind().is_place()));
        // What a listener admits depends on the groups of its balancer.
        if (field.is_some() && leads_out(node, field)) || frame.is_some_and(|up| leads_out(up, None)) {
            return true;
        }
        match field {
            None => {
                // Whether a subnet outside is public, and what it lets through, is not known.
                let is_subnet = |up: NodeId| design.node(up).is_some_and(|up| up.kind() == Kind::Subnet);
                there.parent.is_some_and(|up| self.outside.contains_key(&up) && is_subnet(up))
            }
            Some(field) => self.unknown.contains(&(node, field.to_owned())) && self.is_undecided(design, node, field),
        }
    }
}

impl Original {
    /// Whether what a rule finds at one row of a table hangs on what only a deployment knows. Rows that are not known are not drawn, so a row that
    /// is stands for itself, unless it refers to what is outside or has a text in it that is known only in part.
    pub fn is_row_open(&self, design: &Design, node: NodeId, field: &str, row: usize) -> bool {
        if self.outside.contains_key(&node) {
            return true;
        }
        let value = design.node(node).and_then(|node| node.body.value(field));
        let Some(row) = value.as_ref().and_then(|value| value.items().get(row)) else { return false };
        let mut leads_out = false;
        row.visit_refs(&mut |to| leads_out |= self.outside.contains_key(&to));
        let is_partly_known = |text: &str| text.contains("${") || super::uniform::is_looked_up(text);
        leads_out || (self.unknown.contains(&(node, field.to_owned())) && row.has_text(&is_partly_known))
    }
}

/// A template's scope: by these values, in the region that suits it, with the parameters that stand for nodes as if they were resources.
pub(super) fn scope<'a>(
    template: &'a Json,
    values: &BTreeMap<String, String>,
    stand_ins: &[&str],
    room: &'a mut Cow<'a, Json>,
) -> Scope<'a> {
    let mut given = values.clone();
    given.entry("AWS::Region".to_owned()).or_insert_with(|| region(template).to_owned());
    *room = with_stand_ins(template, values, stand_ins);
    Scope::new(room, &given)
}

/// Parameters that stand for nodes move among the resources, so that what refers to them stays a reference.
fn with_stand_ins<'a>(template: &'a Json, values: &BTreeMap<String, String>, stand_ins: &[&str]) -> Cow<'a, Json> {
    if stand_ins.is_empty() {
        return Cow::Borrowed(template);
    }
    let mut moved = template.clone();
    for name in stand_ins {
        let parameters = moved.get_mut("Parameters").and_then(Json::as_object_mut);
        let Some(mut parameter) = parameters.and_then(|parameters| parameters.shift_remove(*name)) else { continue };
        if let (Some(value), Some(parameter)) = (values.get(*name), parameter.as_object_mut()) {
            parameter.insert("Default".to_owned(), value.as_str().into());
        }
        if let Some(resources) = moved.get_mut("Resources").and_then(Json::as_object_mut) {
            resources.insert((*name).to_owned(), parameter);
        }
    }
    Cow::Owned(moved)
}

/// The region that a template is read for: the one of its literal zones, else the first usual one that all its mappings by region know.
pub(super) fn region(template: &Json) -> &'static str {
    let mut zone = None;
    let resources = template.get("Resources").and_then(Json::as_object).into_iter().flatten();
    for (_, resource) in resources {
        let literal = resource.get("Properties").and_then(|properties| properties.get("AvailabilityZone")?.as_str());
        zone = zone.or_else(|| literal.and_then(|name| zone_parts(name)).map(|(region, _)| region));
    }
    let mappings = template.get("Mappings").and_then(Json::as_object);
    let by_region: Vec<&super::Object> = mappings
        .into_iter()
        .flat_map(|mappings| mappings.values())
        .filter_map(Json::as_object)
        .filter(|mapping| mapping.keys().any(|key| REGIONS.iter().any(|region| region.code == key)))
        .collect();
    let known = |code: &&str| by_region.iter().all(|mapping| mapping.contains_key(*code));
    // CloudFront takes certificates of us-east-1 alone, so a template with both is for there.
    let lists = |code: &str| by_region.iter().all(|mapping| mapping.contains_key(code));
    let by_certificate = serves_own_certificate(template).then_some("us-east-1").filter(|code| lists(code));
    let zone = zone.or(by_certificate);
    let usual = [DEFAULT_REGION, "us-east-1", "us-west-2", "eu-west-1"].into_iter();
    zone.or_else(|| usual.chain(REGIONS.iter().map(|region| region.code)).find(known)).unwrap_or(DEFAULT_REGION)
}

/// Whether a distribution of a template shows a certificate of the same template.
fn serves_own_certificate(template: &Json) -> bool {
    let resources = template.get("Resources").and_then(Json::as_object);
    let is_of = |resource: &Json, name: &str| resource.get("Type").and_then(Json::as_str) == Some(name);
    let shown = |resource: &Json| {
        let arn = resource
            .get("Properties")?
            .get("DistributionConfig")?
            .get("ViewerCertificate")?
            .get("AcmCertificateArn")?;
        let named = references(arn).into_iter().any(|mention| {
            let certificate = resources.and_then(|all| all.get(&mention.logical));
            certificate.is_some_and(|one| is_of(one, "AWS::CertificateManager::Certificate"))
        });
        Some(named)
    };
    let mut all = resources.into_iter().flatten().map(|(_, resource)| resource);
    all.any(|resource| is_of(resource, "AWS::CloudFront::Distribution") && shown(resource) == Some(true))
}

/// Region and letter of a zone: `ap-northeast-2a`.
pub(super) fn zone_parts(zone: &str) -> Option<(&'static str, &str)> {
    let region =
        REGIONS.iter().filter(|region| zone.starts_with(region.code)).max_by_key(|region| region.code.len())?;
    let letter = zone.get(region.code.len()..)?;
    (letter.len() == 1 && letter.bytes().all(|byte| byte.is_ascii_lowercase())).then_some((region.code, letter))
}
