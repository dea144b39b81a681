//! Templates out of designs, and templates of anybody as designs.
//!
//! [`export`] writes each node through its kind's field table ([`crate::catalog::Meta::property`], [`crate::catalog::Spec::ancestors`]); what is
//! irregular about a kind has a file in `kinds/`. [`import`] reads the same tables backwards. Layout, names and
//! what a template cannot say (which table is the main one) lie in metadata under our own key.

mod body;
mod deploy;
mod describe;
mod emit;
pub mod evaluate;
mod exclusion;
mod export;
mod faults;
mod import;
mod kinds;
mod mentions;
mod merge;
mod metadata;
mod parameters;
mod pattern;
mod read;
mod scope;
mod secrets;
#[cfg(test)]
mod tests;

use crate::design::Design;

pub use deploy::{Asked, Deploy, Limit, deploy};
pub use describe::{COLLECT, Described, describe, is_describe};
pub use emit::{Emit, description};
pub use exclusion::excludes;
pub use export::{Export, Note, Shown};
pub use import::{Imported, import, import_in, with_values};
pub use parameters::{Group, Parameter};
pub use pattern::{may_equal, pattern};
pub use read::Read;
pub(crate) use read::uniform::{DEFAULT_GROUP, is_default_alone, is_default_group};

/// Writes a design as a template. One that was opened from a template is written into that (`merge`).
pub fn export(design: &Design) -> Export {
    match design.template() {
        Some(original) => merge::export(design, original),
        None => export::Draft::of(design, None).finish(design),
    }
}
