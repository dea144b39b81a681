//! Finding things as people type them: in either language, whatever the spaces and the case.

use groundplan::catalog::{Kind, Spec};
pub use groundplan::command::search::folded;

/// Whether a folded query occurs in any of the texts.
pub fn matches(query: &str, texts: &[&str]) -> bool {
    query.is_empty() || texts.iter().any(|text| folded(text).contains(query))
}

/// Whether a folded query finds a kind.
pub fn finds(query: &str, kind: Kind) -> bool {
    let Spec { id, label, keywords, .. } = *kind.spec();
    matches(query, &[id, label.ko, label.en]) || matches(query, keywords)
}
