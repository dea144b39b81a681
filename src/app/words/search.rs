//! Finding things as people type them: in either language, whatever the spaces and the case.

use groundplan::catalog::{Kind, Spec};

/// Text as it is compared. Only English letters have a case worth folding here; the tables for all others weigh more than the palette.
pub fn folded(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '_')).map(|c| c.to_ascii_lowercase()).collect()
}

/// Whether a folded query occurs in any of the texts.
pub fn matches(query: &str, texts: &[&str]) -> bool {
    query.is_empty() || texts.iter().any(|text| folded(text).contains(query))
}

/// Whether a folded query finds a kind.
pub fn finds(query: &str, kind: Kind) -> bool {
    let Spec { id, label, keywords, .. } = *kind.spec();
    matches(query, &[id, label.ko, label.en]) || matches(query, keywords)
}
