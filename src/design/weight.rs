//! How large a design may be. One measure for everything that makes it larger, so that whatever can be drawn, imported, pasted or duplicated can be
//! saved and opened again.

use super::Node;
use crate::catalog::{Meta, Value};

/// Bytes that the nodes of a design take in a file, at most.
pub const MAX_WEIGHT: usize = 8 << 20;
/// Characters of one text. The longest that AWS takes in a field is the code of a Lambda function in a template.
pub const MAX_TEXT: usize = 4 << 20;

/// Bytes for what every node has: its ids, kind, place, and the names of what stands in it.
const NODE: usize = 200;
/// Bytes for a number, a reference or a switch.
const SMALL: usize = 24;

/// Bytes that a node takes in a file, or a few more.
pub fn weight(node: &Node) -> usize {
    let field = |meta: &&'static Meta| node.body.value(meta.id).map_or(0, |value| weight_of(meta.id, &value));
    NODE + written(&node.name) + written(&node.origin) + node.kind().fields().iter().map(field).sum::<usize>()
}

/// Bytes that a value takes in the field of an id.
pub fn weight_of(field: &str, value: &Value) -> usize {
    if *value == Value::None { 0 } else { field.len() + 4 + value_weight(value) }
}

fn value_weight(value: &Value) -> usize {
    match value {
        Value::None | Value::Bool(_) | Value::Int(_) | Value::Ref(_) => SMALL,
        Value::Text(text) => written(text) + 3,
        Value::List(items) => 2 + items.iter().map(|item| 1 + value_weight(item)).sum::<usize>(),
        Value::Record(cells) => 2 + cells.iter().map(|(key, cell)| key.len() + 4 + value_weight(cell)).sum::<usize>(),
    }
}

/// The longest text inside, in characters.
pub fn longest_text(value: &Value) -> usize {
    match value {
        // Fewer bytes are fewer characters, and most texts are short.
        Value::Text(text) if text.len() <= MAX_TEXT => text.len(),
        Value::Text(text) => text.chars().count(),
        Value::List(items) => items.iter().map(longest_text).max().unwrap_or_default(),
        Value::Record(cells) => cells.values().map(longest_text).max().unwrap_or_default(),
        Value::None | Value::Bool(_) | Value::Int(_) | Value::Ref(_) => 0,
    }
}

/// Bytes of a text between quotes, as JSON writes it.
fn written(text: &str) -> usize {
    let escaped = text.bytes().map(|byte| match byte {
        b'"' | b'\\' | b'\n' | b'\r' | b'\t' | 0x08 | 0x0c => 2,
        0..0x20 => 6,
        _ => 1,
    });
    escaped.sum()
}
