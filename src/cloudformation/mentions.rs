//! What a template says of its resources beside the fields that are drawn: who names whom there, and which rows are known in part.

use std::collections::{BTreeMap, BTreeSet};

use super::evaluate::references;
use crate::catalog::{Kind, Value};
use crate::design::{Design, Mentions, Origin};
use crate::id::NodeId;
use crate::template::{Json, is_looked_up};

impl Origin {
    /// Whether the template names a node where no field of a drawn resource shows it: in a type that is no kind of ours, in a property without a field,
    /// or in an output that other stacks may take.
    pub fn is_named_beside(&self, design: &Design, node: NodeId) -> bool {
        let by = self.mentions.get_or_init(|| self.find_mentions()).get(&node);
        by.into_iter().flatten().any(|by| by.is_none_or(|by| design.node(by).is_some() && by != node))
    }

    fn find_mentions(&self) -> Mentions {
        let mut found = Mentions::new();
        let mut shown_by: BTreeMap<NodeId, BTreeSet<NodeId>> = BTreeMap::new();
        let by_name: BTreeMap<&str, NodeId> = self.names.iter().map(|(id, name)| (name.as_str(), *id)).collect();
        let node_of = |name: &str| by_name.get(name).or_else(|| self.parts.get(name)).copied();
        let section = |name: &str| self.template().get(name).and_then(Json::as_object).into_iter().flatten();
        for (logical, resource) in section("Resources") {
            let Some(by) = node_of(logical) else { continue };
            // What fields show is asked of the design, so that an edit counts. A table of thousands of routes is one node.
            let shown = shown_by.entry(by).or_insert_with(|| {
                let is_generic = self.base.node(by).is_some_and(|node| node.kind() == Kind::CloudformationResource);
                let shown = self.base.references(by).into_iter().filter(|_| !is_generic);
                shown.map(|(_, to)| to).collect::<BTreeSet<NodeId>>()
            });
            let Some(properties) = resource.get("Properties") else { continue };
            let own = references(properties).into_iter().filter_map(|mention| node_of(&mention.logical));
            for id in own.filter(|id| !shown.contains(id) && !self.is_around(by, *id)) {
                found.entry(id).or_default().insert(Some(by));
            }
        }
        for (_, output) in section("Outputs").filter(|(_, output)| output.get("Export").is_some()) {
            let named = output.get("Value").map(references).unwrap_or_default();
            for id in named.iter().filter_map(|mention| node_of(&mention.logical)) {
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

    /// The rows of a table where what a rule finds hangs on what only a deployment knows. Rows that are not known are not drawn, so a row that is
    /// stands for itself, unless it refers to what is outside or has a text in it that is known only in part.
    pub fn open_rows(&self, design: &Design, node: NodeId, field: &str) -> BTreeSet<usize> {
        let value = design.node(node).and_then(|node| node.body.value(field)).unwrap_or_default();
        let is_unknown = self.unknown.contains(&(node, field.to_owned()));
        let is_outside = self.outside.contains_key(&node);
        let is_partly_known = |text: &str| text.contains("${") || is_looked_up(text);
        let is_open = |row: &Value| {
            let mut leads_out = false;
            row.visit_refs(&mut |to| leads_out |= self.outside.contains_key(&to));
            is_outside || leads_out || (is_unknown && row.has_text(&is_partly_known))
        };
        value.items().iter().enumerate().filter(|(_, row)| is_open(row)).map(|(at, _)| at).collect()
    }
}
