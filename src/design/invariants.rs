//! What is true of every design at every moment; tests sweep this after each step.

use super::Design;
use crate::catalog::may_hold;

/// Every broken invariant, in words for a developer; empty for a sound design.
pub fn broken_invariants(design: &Design) -> Vec<String> {
    let mut broken = Vec::new();
    let mut filed = 0;
    let weight: usize = design.nodes().map(|(_, node)| super::weight(node)).sum();
    if design.weight != weight {
        broken.push(format!("the nodes take {weight} bytes and not {}", design.weight));
    }
    for (id, node) in design.nodes() {
        if !node.rect.is_sound() {
            broken.push(format!("{id} has the rectangle {:?}", node.rect));
        }
        if node.name.trim().is_empty() {
            broken.push(format!("{id} has no name"));
        }
        let holder = node.parent.map(|parent| design.node(parent).map(super::Node::kind));
        match holder {
            Some(None) => broken.push(format!("{id} stands in {:?}, which does not exist", node.parent)),
            Some(Some(kind)) if may_hold(Some(kind), node.kind()).is_err() => {
                broken.push(format!("{id} may not stand in a {kind:?}"));
            }
            None if may_hold(None, node.kind()).is_err() => {
                broken.push(format!("{id} may not stand on the bare canvas"));
            }

            _ => {}
        }
        if design.ancestors(id).take(design.len() + 1).count() > design.len() {
            broken.push(format!("{id} stands inside itself"));
        }
        for (field, to) in design.references(id) {
            match design.node(to) {
                None => broken.push(format!("{id}.{field} refers to {to}, which does not exist")),
                Some(other) if !node.kind().reference_kinds(field).contains(&other.kind()) => {
                    broken.push(format!("{id}.{field} refers to {to}, a {:?}", other.kind()));
                }
                Some(_) => {}
            }
        }
        if !design.children(node.parent).any(|child| child == id) {
            broken.push(format!("{id} is missing among its parent's children"));
        }
        filed += design.children(Some(id)).count();
    }
    if filed + design.children(None).count() != design.len() {
        broken.push("the index of children does not match the nodes".to_owned());
    }
    for id in design.assertions().iter().flat_map(super::Assertion::nodes) {
        if design.node(id).is_none() {
            broken.push(format!("an assertion names {id}, which does not exist"));
        }
    }
    broken
}
