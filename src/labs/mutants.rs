//! Every design that one edit makes of another by taking something away: a row of a table, a reference, a resource.

use crate::catalog::{Value, Widget};
use crate::design::{Design, Edit};
use crate::text::Message;
use crate::message;

/// A design with one thing less.
pub struct Mutant {
    /// What was taken away.
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
            let (ko, en) = (meta.label.ko, meta.label.en);
            let set = |value: Value| Edit::Set { id, field: meta.id.to_owned(), value };
            match (&value, meta.widget) {
                (Value::List(rows), _) => {
                    for at in 0..rows.len() {
                        let rest = rows.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, row)| row.clone());
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
                (Value::Bool(on), Widget::Toggle) => {
                    found.push((message!("{name}의 '{ko}' 바꾸기", "\"{en}\" of {name} switched"), set(Value::Bool(!on))));
                }
                _ => {}
            }
        }
    }
    found
}
