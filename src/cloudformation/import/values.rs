//! Other values for the parameters of a template: the edits that draw it anew, and leave what people changed as they made it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::super::evaluate::accepts;
use super::{draw, step};
use crate::catalog::Kind;
use crate::design::{Design, Edit, Node, Origin, Refusal, Ties};
use crate::id::NodeId;
use crate::template::Problem;

/// The edits that give other values to the parameters of the template that a design was opened from, to be made as one step. Whatever was edited
/// since stays as it is; nothing where the design has no template, or the values are those it has.
///
/// # Errors
/// Why a parameter does not take its value, or the template cannot be drawn by these.
pub fn with_values(design: &Design, values: &BTreeMap<String, String>) -> Result<Vec<Edit>, Problem> {
    let Some(original) = design.template().filter(|original| original.values() != values) else {
        return Ok(Vec::new());
    };
    for (name, text) in values.iter().filter(|(name, text)| original.values().get(*name) != Some(*text)) {
        let parameter = original.template().get("Parameters").and_then(|all| all.get(name));
        if let Some(Err(why)) = parameter.map(|parameter| accepts(parameter, text)) {
            return Err(original.source.problem(&format!("/Parameters/{}", step(name)), why));
        }
    }
    let drawn = draw(&original.source, values)?.original;
    let ids = matched(original, &drawn, design);
    let mut step = Step { after: design.clone(), edits: Vec::new() };
    let problem = |refusal: Refusal| Problem { why: refusal.why, line: None, column: None };
    let again = renamed(&drawn, &ids).map_err(problem)?;
    step.draw(original.base(), &again.base).map_err(problem)?;
    step.make(Edit::Template(Some(Arc::new(again)))).map_err(problem)?;
    Ok(step.edits)
}

/// What the nodes of the new drawing are called in the design: the ids that they had, or fresh ones.
fn matched(old: &Origin, new: &Origin, design: &Design) -> BTreeMap<NodeId, NodeId> {
    // By the name in the template, else by kind and name in the frame around, which comes first in the order of depth.
    let by_name: BTreeMap<&str, NodeId> = old.names.iter().map(|(id, name)| (name.as_str(), *id)).collect();
    let mut by_place: BTreeMap<(Kind, &str, Option<NodeId>), NodeId> = BTreeMap::new();
    for (id, node) in old.base.nodes().filter(|(id, _)| !old.names.contains_key(id)) {
        by_place.entry((node.kind(), node.name.as_str(), node.parent)).or_insert(id);
    }
    let mut next = design.next_id().0.max(old.base.next_id().0);
    let mut ids = BTreeMap::new();
    let mut taken = BTreeSet::new();
    for id in outermost_first(&new.base) {
        let Some(node) = new.base.node(id) else { continue };
        let named = new.names.get(&id).and_then(|name| by_name.get(name.as_str()));
        let parent = node.parent.and_then(|parent| ids.get(&parent).copied());
        let placed = || by_place.get(&(node.kind(), node.name.as_str(), parent));
        let known = named.or_else(placed).copied().filter(|known| taken.insert(*known));
        let to = known.unwrap_or_else(|| {
            next = next.saturating_add(1);
            NodeId(next)
        });
        ids.insert(id, to);
    }
    ids
}

fn outermost_first(design: &Design) -> Vec<NodeId> {
    design.children(None).flat_map(|root| design.subtree(root)).collect()
}

/// The same original with other ids.
fn renamed(drawn: &Origin, ids: &BTreeMap<NodeId, NodeId>) -> Result<Origin, Refusal> {
    let to = |id: &NodeId| ids.get(id).copied().unwrap_or(*id);
    let mut base = Design::new();
    base.apply(&Edit::Title(drawn.base.title().to_owned()))?;
    let mut later = Vec::new();
    for id in outermost_first(&drawn.base) {
        let Some(node) = drawn.base.node(id) else { continue };
        let mut node = Node { parent: node.parent.as_ref().map(to), ..node.clone() };
        for field in node.kind().reference_fields() {
            let Some(value) = node.body.value(field) else { continue };
            let value = value.map_refs(&|other| Some(to(&other)));
            let empty = node.kind().new_body().value(field).unwrap_or_default().map_refs(&|_| None);
            node.body.set(field, &empty).ok();
            later.push(Edit::Set { id: to(&id), field: field.to_owned(), value });
        }
        base.apply(&Edit::add(to(&id), node))?;
    }
    base.apply_all(&later)?;
    base.apply(&Edit::Assertions(drawn.base.assertions().to_vec()))?;
    let ties = Ties {
        names: drawn.names.iter().map(|(id, name)| (to(id), name.clone())).collect(),
        parts: drawn.parts.iter().map(|(name, id)| (name.clone(), to(id))).collect(),
        outside: drawn.outside.iter().map(|(id, json)| (to(id), json.clone())).collect(),
        unknown: drawn.unknown.iter().map(|(id, field)| (to(id), field.clone())).collect(),
    };
    Ok(Origin::of(drawn.source.clone(), drawn.values.clone(), base, ties))
}

/// Edits made one after another, each on what came of those before.
struct Step {
    after: Design,
    edits: Vec<Edit>,
}

impl Step {
    fn make(&mut self, edit: Edit) -> Result<(), Refusal> {
        if !self.after.apply(&edit)?.is_empty() {
            self.edits.push(edit);
        }
        Ok(())
    }

    /// Makes of the design what the difference between two drawings says, where nobody has changed it.
    fn draw(&mut self, old: &Design, new: &Design) -> Result<(), Refusal> {
        let order = outermost_first(new);
        for id in &order {
            let Some(node) = new.node(*id) else { continue };
            match (old.node(*id), self.after.node(*id).cloned()) {
                (None, None) => self.add(*id, node)?,
                (Some(before), Some(now)) => {
                    if before.name != node.name && now.name == before.name {
                        self.make(Edit::Rename { id: *id, name: node.name.clone() })?;
                    }
                    if before.parent != node.parent && now.parent == before.parent {
                        let rect = self.after.free_spot(node.parent, now.rect.w, now.rect.h);
                        self.make(Edit::Place { id: *id, parent: node.parent, rect })?;
                        self.grow(*id)?;
                    }
                }
                _ => {}
            }
        }
        for id in order {
            let (Some(node), Some(now)) = (new.node(id), self.after.node(id).cloned()) else { continue };
            let before = old.node(id).map_or_else(|| now.body.clone(), |before| before.body.clone());
            for meta in node.kind().fields() {
                let (was, value) = (before.value(meta.id), node.body.value(meta.id));
                if let Some(value) = value.filter(|value| was.as_ref() != Some(value) && now.body.value(meta.id) == was)
                {
                    let there = value.map_refs(&|to| self.after.node(to).map(|_| to));
                    self.make(Edit::Set { id, field: meta.id.to_owned(), value: there })?;
                }
            }
        }
        let gone: Vec<NodeId> = old.nodes().map(|(id, _)| id).filter(|id| new.node(*id).is_none()).collect();
        for id in gone {
            // A frame that is empty in the new drawing stays if somebody put something of their own into it.
            if self.after.node(id).is_some() && self.after.subtree(id).iter().all(|inner| new.node(*inner).is_none()) {
                self.make(Edit::Remove(id))?;
            }
        }
        Ok(())
    }

    /// Adds a node in a free spot, without its references, which follow.
    fn add(&mut self, id: NodeId, node: &Node) -> Result<(), Refusal> {
        let (w, h) = node.kind().spec().shape.size();
        let rect = self.after.free_spot(node.parent, w, h);
        self.make(Edit::add(id, Node { rect, body: node.kind().new_body(), ..node.clone() }))?;
        self.grow(id)
    }

    fn grow(&mut self, id: NodeId) -> Result<(), Refusal> {
        for edit in self.after.growth(id) {
            self.make(edit)?;
        }
        Ok(())
    }
}
