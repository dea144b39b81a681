//! How large a design may be. One set of limits for everything that makes it larger, so that whatever can be drawn, imported, pasted or duplicated can
//! be saved and opened again.

use super::{Node, Origin};
use crate::catalog::{Body, Value};
use crate::id::NodeId;
use crate::message;
use crate::text::{Message, mebibytes};

/// Nodes a document may have, however it is made.
pub const MAX_NODES: usize = 20_000;
/// The largest id; far above this there would be none left for new nodes.
pub const MAX_ID: u32 = 1 << 30;
/// Characters a name may have (an AWS tag value takes 256).
pub const MAX_NAME: usize = 255;
/// Bytes that the nodes of a design take in a file, at most.
pub const MAX_WEIGHT: usize = 10 << 20;
/// Bytes that the template behind a design takes in a file, at most, beside the nodes that were drawn from it.
pub const MAX_TEMPLATE_WEIGHT: usize = 12 << 20;
/// Characters of one text. The longest that AWS takes in a field is the code of a Lambda function in a template.
pub const MAX_TEXT: usize = 4 << 20;

/// Bytes for what every node has: its ids, kind, place, and the names of what stands in it.
const NODE: usize = 200;
/// Bytes for a reference: the largest id between quotes.
const REFERENCE: usize = 13;

/// Bytes that a node takes in a file, or a few more.
pub fn weight(node: &Node) -> usize {
    let fresh = node.kind().new_body();
    let fields = node.kind().fields();
    let fields: usize = fields.iter().map(|meta| weight_of(meta.id, node.body.value(meta.id).as_ref(), &fresh)).sum();
    NODE + written(&node.name) + written(&node.origin) + fields
}

/// Bytes that a value takes in the field of an id: none where it says nothing, as it does in a fresh resource.
pub fn weight_of(field: &str, value: Option<&Value>, fresh: &Body) -> usize {
    let is_left_out = |value: &Value| value.is_empty() && fresh.value(field).as_ref() == Some(value);
    value.filter(|value| !is_left_out(value)).map_or(0, |value| field.len() + 4 + value_weight(value))
}

/// Bytes that a template takes in a file, beside what was drawn from it.
pub fn template_weight(original: &Origin) -> usize {
    let values = original.values().iter().map(|(name, value)| written(name) + written(value) + 6);
    // Keys are text, so there is nothing that could fail.
    let ties = serde_json::to_string(&original.saved()).unwrap_or_default().len();
    written(&original.text()) + values.sum::<usize>() + ties
}

fn value_weight(value: &Value) -> usize {
    match value {
        Value::None => 4,
        Value::Bool(_) => 5,
        Value::Int(number) => number.to_string().len(),
        Value::Ref(_) => REFERENCE,
        Value::Text(text) => written(text) + 3,
        Value::List(items) => 2 + items.iter().map(|item| 1 + value_weight(item)).sum::<usize>(),
        Value::Record(cells) => 2 + cells.iter().map(|(key, cell)| key.len() + 4 + value_weight(cell)).sum::<usize>(),
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

/// Refuses an id that no file may hold.
pub(super) fn check_id(id: NodeId) -> Result<(), Message> {
    if id.0 <= MAX_ID {
        return Ok(());
    }
    Err(message!("번호가 너무 커요. n{MAX_ID}까지 쓸 수 있어요.", "The id is too large: at most n{MAX_ID}."))
}

/// Refuses a text that may be long, but not endless.
pub(crate) fn check_text(value: &Value) -> Result<(), Message> {
    // Fewer bytes are fewer characters, and most texts are short.
    if !value.has_text(&|text| text.len() > MAX_TEXT && text.chars().count() > MAX_TEXT) {
        return Ok(());
    }
    Err(message!(
        "글자가 너무 많아요. {MAX_TEXT}자까지 쓸 수 있어요.",
        "The text is too long: at most {MAX_TEXT} characters."
    ))
}

/// Refuses what all nodes together would take, where no file may hold that much.
pub(super) fn check_weight(weight: usize) -> Result<usize, Message> {
    if weight <= MAX_WEIGHT {
        return Ok(weight);
    }
    let limit = mebibytes(MAX_WEIGHT);
    Err(message!(
        "설계가 너무 커져요. 리소스에 적는 것은 모두 합쳐 {limit} MiB까지예요.",
        "The design would be too large: all that its resources hold is {limit} MiB at most."
    ))
}

/// Refuses a template that no file may hold.
pub(super) fn check_template(original: &Origin) -> Result<(), Message> {
    if template_weight(original) <= MAX_TEMPLATE_WEIGHT {
        return Ok(());
    }
    let limit = mebibytes(MAX_TEMPLATE_WEIGHT);
    Err(message!(
        "템플릿이 너무 커서 설계와 함께 저장할 수 없어요. 매개변수 값까지 모두 합쳐 {limit} MiB까지예요. 중첩 스택으로 나누세요.",
        "The template is too large to be saved with the design: with the values of its parameters it may take {limit} MiB. Split it into nested stacks."
    ))
}
