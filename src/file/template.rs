//! The template that a design was opened from, in a design file: its text, and the design as it was first drawn.
//!
//! The first design is kept as what has become of it since: nodes that are new, and what the changed and removed ones were. It is not drawn anew
//! from the text, for a later version may know more kinds and draw otherwise, and an export must change only what people edited.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::v1::{Nodes, Saved, draw};
use super::{MAX_BYTES, OpenError};
use crate::design::{Assertion, Design, Edit, Origin, Ties};
use crate::id::NodeId;
use crate::message;

/// A template in a design file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Template {
    text: String,
    #[serde(default)]
    values: BTreeMap<String, String>,
    title: String,
    #[serde(default)]
    assertions: Vec<Assertion>,
    ties: Ties,
    #[serde(default)]
    was: Nodes,
    #[serde(default)]
    new: BTreeSet<NodeId>,
}

#[derive(Serialize)]
struct Written<'a> {
    text: String,
    values: &'a BTreeMap<String, String>,
    title: &'a str,
    #[serde(skip_serializing_if = "<[Assertion]>::is_empty")]
    assertions: &'a [Assertion],
    ties: Ties,
    was: Vec<Saved>,
    new: Vec<NodeId>,
}

impl Template {
    /// The JSON of a design's original.
    pub(super) fn written(design: &Design, original: &Origin) -> String {
        let base = original.base();
        let changed = base.nodes().filter(|(id, node)| design.node(*id) != Some(*node));
        let written = Written {
            text: original.text(),
            values: original.values(),
            title: base.title(),
            assertions: base.assertions(),
            ties: original.saved(),
            was: changed.map(|(id, node)| Saved::new(id, node)).collect(),
            new: design.nodes().map(|(id, _)| id).filter(|id| base.node(*id).is_none()).collect(),
        };
        // Keys are text and numbers finite, so there is nothing that could fail.
        serde_json::to_string(&written).unwrap_or_default()
    }

    /// Says of every node what it was, and not only of those that changed since: of `nodes` as the template's own part was written.
    pub(super) fn spread(&mut self, nodes: &BTreeMap<NodeId, Saved>) {
        let told: BTreeSet<NodeId> = self.was.list.iter().map(|saved| saved.id).collect();
        let untold = nodes.iter().filter(|(id, _)| !self.new.contains(id) && !told.contains(id));
        self.was.list.extend(untold.map(|(_, saved)| saved.clone()));
    }

    /// Says which of the design's nodes are new, once it says of every other what it was.
    pub(super) fn gather(&mut self, ids: impl Iterator<Item = NodeId>) {
        let told: BTreeSet<NodeId> = self.was.list.iter().map(|saved| saved.id).collect();
        self.new = ids.filter(|id| !told.contains(id)).collect();
    }

    /// The original of a design.
    pub(super) fn read(self, design: &Design) -> Result<Origin, OpenError> {
        if self.text.len() > MAX_BYTES {
            let why = message!("설계 안의 템플릿이 너무 커요.", "The template inside the design is too large.");
            return Err(OpenError::new(why));
        }
        let mut nodes: BTreeMap<NodeId, Saved> = BTreeMap::new();
        for (id, node) in design.nodes().filter(|(id, _)| !self.new.contains(id)) {
            nodes.insert(id, Saved::new(id, node));
        }
        nodes.extend(self.was.list.into_iter().map(|saved| (saved.id, saved)));
        let mut base = draw(self.title, Nodes { list: nodes.into_values().collect(), beyond: self.was.beyond })?;
        base.apply(&Edit::Assertions(self.assertions)).map_err(OpenError::refused)?;
        Origin::restore(&self.text, self.values, base, self.ties).map_err(OpenError::template)
    }
}
