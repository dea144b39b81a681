//! Templates out of designs, and templates of anybody as designs.
//!
//! [`export`] writes each node through its kind's field table ([`crate::catalog::Meta::property`], [`crate::catalog::Spec::ancestors`]); what is
//! irregular about a kind is [`crate::catalog::Resource::export`] in its own file. [`import`] reads the same tables backwards. Layout, names and
//! what a template cannot say (which table is the main one) lie in metadata under our own key.

mod deploy;
mod describe;
mod emit;
pub mod evaluate;
mod export;
mod faults;
mod import;
mod mentions;
mod merge;
mod metadata;
mod parameters;
mod pattern;
mod read;
mod role;
mod scope;
#[cfg(test)]
mod tests;
mod uniform;

pub use deploy::{Asked, Deploy, Limit, deploy};
pub use describe::{COLLECT, Described, describe, is_describe};
pub use emit::{Emit, description};
pub use export::{Export, Note, export};
pub use import::{Imported, import, with_values};
pub use parameters::{Group, Parameter};
pub use pattern::{may_equal, pattern};
pub use read::Read;
pub use role::{allow, read_role, role_of, service_role};
