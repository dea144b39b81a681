//! The template that a design was opened from: what keeps everything that the design has no place for.
//!
//! A design knows the design as it was first drawn beside the one it has become, so that an export can tell what was edited
//! (`cloudformation::merge`). Nothing here changes while people edit; other values for parameters make another original.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use super::Design;
use crate::catalog::Kind;
use crate::catalog::kinds::RouteTable;
use crate::id::NodeId;
use crate::template::{self, Fault, Json, Problem, Source, Syntax};

/// A template with values for its parameters, and what was drawn from it.
#[derive(Clone, Debug)]
pub struct Origin {
    pub(crate) source: Arc<Source>,
    /// Values for parameters, in place of their defaults.
    pub(crate) values: BTreeMap<String, String>,
    /// The design as it was drawn, before any edit.
    pub(crate) base: Design,
    /// What the template calls the nodes of the base: logical ids, or names of the parameters that stand for them.
    pub(crate) names: BTreeMap<NodeId, String>,
    /// The resources that belong to a node without being one, by logical id.
    pub(crate) parts: BTreeMap<String, NodeId>,
    /// Nodes that stand for what is outside the template, with the expression that leads there.
    pub(crate) outside: BTreeMap<NodeId, Option<Json>>,
    /// Fields that only a deployment knows.
    pub(crate) unknown: BTreeSet<(NodeId, String)>,
    /// What is wrong with the template, once somebody asked.
    pub(crate) faults: OnceLock<Vec<Fault>>,
    /// Who names each node in the text beside the fields that are drawn, once somebody asked.
    pub(crate) mentions: OnceLock<Mentions>,
}

/// What stands for IPv6 addresses among the fields that are not known: no field holds them, and nothing judges them.
pub const IPV6: &str = "ipv6";

/// By node: the nodes whose resources name it, nothing for an output.
pub(crate) type Mentions = BTreeMap<NodeId, BTreeSet<Option<NodeId>>>;

impl PartialEq for Origin {
    fn eq(&self, other: &Self) -> bool {
        let same_text = Arc::ptr_eq(&self.source, &other.source) || self.source.is_same_text(&other.source);
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

impl Origin {
    /// An original as a file has it.
    ///
    /// # Errors
    /// Why the text is no template.
    pub fn restore(text: &str, values: BTreeMap<String, String>, base: Design, ties: Ties) -> Result<Self, Problem> {
        Ok(Self::of(Arc::new(template::parse(text)?), values, base, ties))
    }

    /// A template and what was drawn from it.
    pub(crate) fn of(source: Arc<Source>, values: BTreeMap<String, String>, base: Design, ties: Ties) -> Self {
        let Ties { names, parts, outside, unknown } = ties;
        let (faults, mentions) = (OnceLock::new(), OnceLock::new());
        Self { source, values, base, names, parts, outside, unknown, faults, mentions }
    }

    /// An empty template of which a design knows these fields not.
    #[cfg(test)]
    pub fn of_unknown(design: &Design, unknown: BTreeSet<(NodeId, String)>) -> Self {
        let ties = Ties { unknown, ..Ties::default() };
        Self::of(Arc::new(template::parse("Resources: {}").unwrap()), BTreeMap::new(), design.clone(), ties)
    }

    /// The text of the template as it was opened, byte for byte.
    pub fn text(&self) -> String {
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

    /// The node that a resource of the template is drawn as, or that it belongs to.
    pub fn node_of(&self, logical: &str) -> Option<NodeId> {
        let named = self.names.iter().find(|(_, name)| *name == logical).map(|(id, _)| *id);
        named.or_else(|| self.parts.get(logical).copied())
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
        let logical = template::step(self.names.get(&node)?);
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
    pub(crate) fn reserved(&self) -> BTreeSet<String> {
        let names = |section: &str| self.template().get(section).and_then(Json::as_object).into_iter().flatten();
        ["Parameters", "Resources", "Outputs", "Conditions", "Mappings"]
            .into_iter()
            .flat_map(names)
            .map(|(name, _)| name.clone())
            .collect()
    }

    /// The nodes that give or have IPv6 addresses.
    pub fn with_ipv6(&self) -> impl Iterator<Item = NodeId> + '_ {
        self.unknown.iter().filter(|(_, field)| field == IPV6).map(|(id, _)| *id)
    }

    /// Whether a node stands for something outside the template.
    pub fn is_outside(&self, node: NodeId) -> bool {
        self.outside.contains_key(&node)
    }

    /// Whether a node stands for a part of the default network that AWS makes in every region: nothing in the template names it, and how it is made
    /// is known.
    pub fn is_default(&self, node: NodeId) -> bool {
        let is_unnamed = |id: NodeId| matches!(self.outside.get(&id), Some(None));
        let has_table = |vpc: NodeId| {
            self.base.all::<RouteTable>().any(|(table, of, _)| of.parent == Some(vpc) && is_unnamed(table))
        };
        is_unnamed(node) && self.base.ancestor(node, Kind::Vpc).is_some_and(has_table)
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
