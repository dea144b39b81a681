//! What AWS has: the closed set of resource kinds, each a typed struct and a constant [`Spec`] with its [`Field`] table.
//!
//! What is uniform is data, only what is irregular is code. The field table drives the inspector, export, import, the outline, search and the
//! graders. A new kind is one file in `kinds/`, two lines in its list and one icon.

// The list of kinds is made into names below.
#[macro_use]
pub mod kinds;

mod kind;

pub mod data;
pub mod decimal;
pub mod field;
pub mod fleet;
mod json_text;
pub mod launch;
pub mod permissions;
pub mod resource;
pub mod schedule;
pub mod typed;
pub mod value;

pub use field::{Choice, Columns, Field, Meta, Suggestion, Thumb, Widget, columns, has_field};
pub use json_text::JsonText;
pub use kind::Kind;
pub use kinds::Body;
pub use resource::{Category, Placement, Resource, Shape, Spec, TILE_H, TILE_W};
pub use value::{FieldValue, Record, Value};

use crate::text::Message;

/// Whether a frame of kind `parent` (or the bare canvas) may hold a `child`.
///
/// # Errors
/// Why not, naming what may.
pub fn may_hold(parent: Option<Kind>, child: Kind) -> Result<(), Message> {
    let spec = child.spec();
    let allowed = match parent {
        None => spec.placement.root,
        Some(parent) => spec.placement.parents.contains(&parent),
    };
    if allowed {
        return Ok(());
    }
    let holders: Vec<_> = spec.placement.parents.iter().map(|kind| kind.spec().label).collect();
    let ko = holders.iter().map(|label| label.ko).collect::<Vec<_>>().join(", ");
    let en = holders.iter().map(|label| label.en).collect::<Vec<_>>().join(", ");
    let child = spec.label;
    Err(match (parent.map(|kind| kind.spec().label), holders.is_empty()) {
        (Some(parent), true) => Message::new(
            &format!("{}은(는) {} 안에 둘 수 없어요. 프레임 바깥에 두세요.", child.ko, parent.ko),
            format!("{} cannot be placed in {}. Place it outside all frames.", child.en, parent.en),
        ),
        (Some(parent), false) => Message::new(
            &format!("{}은(는) {} 안에 둘 수 없어요. 둘 수 있는 곳: {ko}", child.ko, parent.ko),
            format!("{} cannot be placed in {}. It goes into: {en}.", child.en, parent.en),
        ),
        (None, _) => Message::new(
            &format!("{}은(는) {ko} 안에 두어야 해요.", child.ko),
            format!("{} must be placed in: {en}.", child.en),
        ),
    })
}
