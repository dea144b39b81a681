//! A template as text: read as data that knows its places, edited in place, printed. What a resource of it means is said elsewhere.

pub mod changes;
mod fault;
pub mod path;
mod pointer;
pub mod print;
mod problem;
mod rule_id;
pub mod source;
mod tags;
mod value;

pub use fault::Fault;
pub use pointer::{pointer, step, steps};
pub use print::to_json;
pub use print::yaml::to_yaml;
pub use problem::Problem;
pub use rule_id::RuleId;
pub use source::{Change, MAX_BYTES, MAX_DEPTH, MAX_VALUES, Source, Syntax, document, parse};
pub use tags::is_loop;
pub use value::{Json, Object, attribute, is_looked_up, object, reference, substitution};
