//! Which further resources of the original are the parts that we would write: the same type, belonging to the same node, saying the most alike.

use std::collections::{BTreeMap, BTreeSet};

use super::super::export::Draft;
use super::patch::likeness;
use crate::design::Origin;
use crate::id::NodeId;
use crate::template::{Json, Object};

/// What the parts in drafts are called in the original, by what we would call them.
pub(super) fn names(before: &Draft, after: &Draft, original: &Origin, evaluated: &Object) -> BTreeMap<String, String> {
    let mut renamed = BTreeMap::new();
    let mut groups: BTreeMap<(NodeId, &str), Vec<&str>> = BTreeMap::new();
    for (logical, node) in &original.parts {
        groups.entry((*node, type_of(evaluated.get(logical)))).or_default().push(logical);
    }
    let ours = |draft: &'_ Draft, node: NodeId, type_name: &str| -> Vec<String> {
        let own = draft
            .parts
            .iter()
            .filter(|(owner, name)| *owner == node && type_of(draft.resources.get(name)) == type_name);
        own.map(|(_, name)| name.clone()).collect()
    };
    for ((node, type_name), mut theirs) in groups {
        // In the order of the template, which is the order in which they were read.
        theirs.sort_by_key(|logical| evaluated.keys().position(|key| key == logical));
        let old = ours(before, node, type_name);
        let mut taken = BTreeSet::new();
        for name in &old {
            let free = theirs.iter().filter(|logical| !taken.contains(*logical));
            let score = |logical: &&&str| {
                likeness(properties(before.resources.get(name)), properties(evaluated.get(**logical)))
            };
            // The first of the best: `max_by_key` would take the last.
            let best = free.rev().max_by_key(score).filter(|logical| score(logical) > 0);
            if let Some(logical) = best {
                taken.insert(*logical);
                renamed.insert(name.clone(), (*logical).to_owned());
            }
        }
        // What was edited may be called otherwise now; it is still the same resource.
        let new = ours(after, node, type_name);
        let lost = old.iter().filter(|name| !new.contains(name)).filter_map(|name| renamed.get(name).cloned());
        let found = new.iter().filter(|name| !old.contains(name));
        let pairs: Vec<(String, String)> = found.cloned().zip(lost).collect();
        renamed.extend(pairs);
    }
    renamed
}

fn type_of(resource: Option<&Json>) -> &str {
    resource.and_then(|resource| resource.get("Type")?.as_str()).unwrap_or_default()
}

fn properties(resource: Option<&Json>) -> &Json {
    resource.and_then(|resource| resource.get("Properties")).unwrap_or(&Json::Null)
}

/// Gives the parts of a draft their names in the original.
pub(super) fn rename(draft: &mut Draft, renamed: &BTreeMap<String, String>) {
    let to = |name: &str| renamed.get(name).cloned().unwrap_or_else(|| name.to_owned());
    // A name that is given away must not meet a part that still has it.
    let resources = std::mem::take(&mut draft.resources);
    for (name, mut resource) in resources {
        match resource.get_mut("DependsOn") {
            Some(Json::String(one)) => *one = to(one),
            Some(Json::Array(all)) => {
                for one in all {
                    *one = one.as_str().map_or(Json::Null, |name| to(name).into());
                }
            }
            _ => {}
        }
        draft.resources.insert(to(&name), resource);
    }
    draft.owners = std::mem::take(&mut draft.owners).into_iter().map(|(name, id)| (to(&name), id)).collect();
}
