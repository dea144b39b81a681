//! What a design is, whatever its resources are called and numbered: two of the same signature are the same drawing.

use std::collections::BTreeMap;

use crate::catalog::Value;
use crate::design::{Design, Node};
use crate::id::NodeId;

/// Steps over which resources learn of each other: from a listener over its group and server to the subnet's table.
const ROUNDS: usize = 6;

/// A design in two numbers: equal ones are, but for chance, of the same design.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signature {
    /// What is there, how it is set and who names whom.
    pub structure: u64,
    /// The same with the place of everything.
    pub places: u64,
}

/// The signature of a design. Names, descriptions and the order of rows do not count.
pub fn signature(design: &Design) -> Signature {
    let mut colours: BTreeMap<NodeId, u64> =
        design.nodes().map(|(id, node)| (id, text(node.kind().spec().id))).collect();
    // What a resource is follows from what it names and stands in, and that from what they are in turn.
    for _ in 0..ROUNDS {
        colours = design.nodes().map(|(id, node)| (id, colour(node, &colours))).collect();
    }
    let corner = design
        .nodes()
        .filter(|(_, node)| node.parent.is_none())
        .fold((f64::MAX, f64::MAX), |(x, y), (_, node)| (x.min(node.rect.x), y.min(node.rect.y)));
    let place = |node: &Node| {
        let whole = |of: f64| of.round().to_bits();
        [node.rect.x - corner.0, node.rect.y - corner.1, node.rect.w, node.rect.h].map(whole)
    };
    let own = |id: NodeId| colours.get(&id).copied().unwrap_or_default();
    let placed = design.nodes().map(|(id, node)| place(node).into_iter().fold(own(id), mix));
    Signature { structure: together(design.nodes().map(|(id, _)| own(id))), places: together(placed) }
}

/// Fields that only call something by a name.
fn is_name(id: &str) -> bool {
    id == "name" || id.ends_with("_name") || matches!(id, "description" | "family" | "tags")
}

fn colour(node: &Node, colours: &BTreeMap<NodeId, u64>) -> u64 {
    let around = node.parent.and_then(|id| colours.get(&id)).copied().unwrap_or_default();
    let own = mix(text(node.kind().spec().id), around);
    let fields = node.kind().fields().into_iter().filter(|meta| !is_name(meta.id));
    fields.fold(own, |sum, meta| {
        let of = node.body.value(meta.id).map_or(0, |value| value_of(&value, colours));
        mix(mix(sum, text(meta.id)), of)
    })
}

fn value_of(value: &Value, colours: &BTreeMap<NodeId, u64>) -> u64 {
    match value {
        Value::None => 1,
        Value::Bool(on) => 2 + u64::from(*on),
        Value::Int(number) => mix(4, number.cast_unsigned()),
        Value::Text(of) => mix(5, text(of)),
        Value::Ref(id) => mix(6, colours.get(id).copied().unwrap_or_default()),
        Value::List(items) => mix(7, together(items.iter().map(|item| value_of(item, colours)))),
        Value::Record(cells) => {
            let cells = cells.iter().filter(|(id, _)| !is_name(id));
            cells.fold(8, |sum, (id, cell)| mix(mix(sum, text(id)), value_of(cell, colours)))
        }
    }
}

/// Many numbers as one, whatever their order.
fn together(all: impl Iterator<Item = u64>) -> u64 {
    let mut all: Vec<u64> = all.collect();
    all.sort_unstable();
    all.into_iter().fold(9, mix)
}

/// Two numbers as one: SplitMix64 over both.
fn mix(one: u64, two: u64) -> u64 {
    let mut mixed = one.rotate_left(23).wrapping_add(two).wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// A text as a number: FNV-1a.
pub(in crate::labs) fn text(of: &str) -> u64 {
    of.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
}
