//! Every design that one edit makes of another by taking something away or leading it elsewhere: a row of a table, a reference, a resource.

use std::collections::BTreeSet;

use crate::catalog::{Value, Widget};
use crate::design::{Design, Edit};
use crate::id::NodeId;
use crate::message;
use crate::text::Message;

/// How many others of its kind a reference is led to.
const MOST_OTHERS: usize = 2;

/// A design with one thing changed.
pub struct Mutant {
    /// What was done.
    pub what: Message,
    /// The design.
    pub design: Design,
}

/// The mutants of a design, in order.
pub fn mutants(design: &Design) -> impl Iterator<Item = Mutant> + '_ {
    edits(design).into_iter().filter_map(|(what, edit)| {
        let mut mutant = design.clone();
        mutant.apply(&edit).ok()?;
        (mutant != *design).then_some(Mutant { what, design: mutant })
    })
}

fn edits(design: &Design) -> Vec<(Message, Edit)> {
    let mut found = Vec::new();
    for (id, node) in design.nodes() {
        let name = &node.name;
        if !node.kind().spec().shape.is_frame() && node.body.is_deployed() {
            found.push((message!("{name} 지우기", "{name} deleted"), Edit::Remove(id)));
        }
        for meta in node.kind().fields() {
            let Some(value) = node.body.value(meta.id) else { continue };
            let mut named = BTreeSet::new();
            value.visit_refs(&mut |to| {
                named.insert(to);
            });
            for to in named {
                for other in others(design, to) {
                    let value = value.map_refs(&|of| Some(if of == to { other } else { of }));
                    let instead = design.node(other).map_or("", |node| node.name.as_str());
                    let label = meta.label;
                    let (ko, en) = (label.ko, label.en);
                    found.push((
                        message!("{name}의 '{ko}'에 {instead}", "{instead} in \"{en}\" of {name}"),
                        Edit::Set { id, field: meta.id.to_owned(), value },
                    ));
                }
            }
        }
        for meta in node.kind().fields() {
            let Some(value) = node.body.value(meta.id) else { continue };
            let (ko, en) = (meta.label.ko, meta.label.en);
            let set = |value: Value| Edit::Set { id, field: meta.id.to_owned(), value };
            match (&value, meta.widget) {
                (Value::List(rows), _) => {
                    for at in 0..rows.len() {
                        let rest =
                            rows.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, row)| row.clone());
                        let row = at + 1;
                        found.push((
                            message!("{name}의 '{ko}' {row}번째 줄 지우기", "row {row} of \"{en}\" of {name} deleted"),
                            set(Value::List(rest.collect())),
                        ));
                    }
                }
                (Value::Ref(_), _) => {
                    found.push((message!("{name}의 '{ko}' 비우기", "\"{en}\" of {name} emptied"), set(Value::None)));
                }
                (Value::None, Widget::Reference(kinds)) => {
                    let fits = design.nodes().filter(|(other, node)| *other != id && kinds.contains(&node.kind()));
                    for (other, instead) in fits.take(MOST_OTHERS) {
                        let instead = &instead.name;
                        found.push((
                            message!("{name}의 '{ko}'에 {instead}", "{instead} in \"{en}\" of {name}"),
                            set(Value::Ref(other)),
                        ));
                    }
                }
                (Value::Bool(on), Widget::Toggle) => {
                    found.push((
                        message!("{name}의 '{ko}' 바꾸기", "\"{en}\" of {name} switched"),
                        set(Value::Bool(!on)),
                    ));
                }
                _ => {}
            }
        }
    }
    found
}

/// Some others of the same kind, the nearest by number first.
fn others(design: &Design, to: NodeId) -> Vec<NodeId> {
    let kind = design.node(to).map(crate::design::Node::kind);
    let mut same: Vec<NodeId> =
        design.nodes().filter(|(id, node)| *id != to && Some(node.kind()) == kind).map(|(id, _)| id).collect();
    same.sort_by_key(|id| id.0.abs_diff(to.0));
    same.truncate(MOST_OTHERS);
    same
}
