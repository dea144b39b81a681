//! The canonical text of templates.

pub mod yaml;

use super::Json;

/// JSON with two spaces of indent and a line break at the end.
pub fn to_json(template: &Json) -> String {
    format!("{template:#}\n")
}
