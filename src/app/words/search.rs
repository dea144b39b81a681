//! Finding things as people type them: in either language, whatever the spaces and the case.

pub use groundplan::command::search::folded;

/// Whether a folded query occurs in any of the texts.
pub fn matches(query: &str, texts: &[&str]) -> bool {
    query.is_empty() || texts.iter().any(|text| folded(text).contains(query))
}
