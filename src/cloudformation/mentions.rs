//! What a template says of its resources beside the fields that are drawn: who names whom there, and which rows are known in part.

use std::collections::{BTreeMap, BTreeSet};

use super::evaluate::references;
use crate::catalog::Kind;
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
        let by_name: BTreeMap<&str, NodeId> = self.names.iter().map(|(id, name)| (name.as_str(), *id)).collect();
        let node_of = |name: &str| by_name.get(name).or_else(|| self.parts.get(name)).copied();
        let section = |name: &str| self.template().get(name).and_then(Json::as_object).into_iter().flatten();
        for (logical, resource) in section("Resources") {
            let Some(by) = node_of(logical) else { continue };
            // What fields show is asked of the design, so that an edit counts.
            let is_generic = self.base.node(by).is_some_and(|node| node.kind() == Kind::CloudformationResource);
            let shown = self.base.references(by).into_iter().filter(|_| !is_generic);
            let shown: BTreeSet<NodeId> = shown.map(|(_, to)| to).collect();
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
        let is_partly_known = |text: &str| text.contains("${") || is_looked_up(text);
        leads_out || (self.unknown.contains(&(node, field.to_owned())) && row.has_text(&is_partly_known))
    }
}
