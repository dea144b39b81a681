//! A snapshot: the parameter for its id.

use super::Irregular;
use crate::catalog::kinds::Snapshot;
use crate::cloudformation::{Group, Parameter};

impl Irregular for Snapshot {
    fn parameter(&self, _name: &str) -> Option<(&'static str, Parameter)> {
        let parameter = Parameter {
            group: Group::Servers,
            type_name: "String",
            default: String::new(),
            description: "Id of a snapshot in this region, such as snap-0123456789abcdef0".to_owned(),
            pattern: "^snap-[0-9a-f]+$",
        };
        Some(("Id", parameter))
    }
}
