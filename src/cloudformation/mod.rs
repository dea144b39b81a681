//! Templates out of designs, and templates of anybody as designs.
//!
//! [`export`] writes each node through its kind's field table ([`crate::catalog::Meta::property`], [`crate::catalog::Spec::ancestors`]); what is
//! irregular about a kind is [`crate::catalog::Resource::export`] in its own file. [`import`] reads the same tables backwards. Layout, names and
//! what a template cannot say (which table is the main one) lie in metadata under our own key.

pub mod changes;
mod deploy;
mod describe;
mod emit;
pub mod evaluate;
mod export;
mod faults;
mod import;
mod merge;
mod metadata;
mod names;
mod original;
mod parameters;
mod path;
mod pattern;
mod print;
mod problem;
mod read;
mod role;
pub mod source;
#[cfg(test)]
mod tests;
mod uniform;
mod yaml;

pub use deploy::{Asked, Deploy, Limit, deploy};
pub use describe::{COLLECT, Described, describe, is_describe};
pub use emit::{Emit, description};
pub use export::{Export, Note, export};
pub use faults::Fault;
pub use import::{Imported, import, with_values};
pub use names::{logical_ids, pascal};
pub use original::{Original, Ties};
pub use parameters::{Group, Parameter};
pub use pattern::{may_equal, pattern};
pub use print::to_json;
pub use problem::Problem;
pub use read::Read;
pub use role::{allow, read_role, role_of, service_role};
pub use uniform::is_looked_up;
pub use yaml::to_yaml;

/// Any JSON value: a template, or part of one.
pub type Json = serde_json::Value;
/// A JSON object; keys stay in the order of writing.
pub type Object = serde_json::Map<String, Json>;

/// `{"Ref": …}`
pub fn reference(logical_id: &str) -> Json {
    serde_json::json!({ "Ref": logical_id })
}

/// `{"Fn::GetAtt": […, …]}`
pub fn attribute(logical_id: &str, attribute: &str) -> Json {
    serde_json::json!({ "Fn::GetAtt": [logical_id, attribute] })
}

/// `{"Fn::Sub": …}`
pub fn substitution(text: &str) -> Json {
    serde_json::json!({ "Fn::Sub": text })
}

/// An object from its entries, without those that are nothing.
pub fn object<const N: usize>(entries: [(&str, Option<Json>); N]) -> Object {
    entries.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))).collect()
}
