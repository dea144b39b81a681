//! Whether texts match a regular expression, as far as that is cheap to tell.

use regex_lite::RegexBuilder;

/// Whether each of some texts matches a regular expression somewhere; nothing where it cannot be judged here, as with a look around, or where it
/// would take long.
pub(in crate::cloudformation) fn matches(pattern: &str, texts: &[&str]) -> Option<bool> {
    /// Longer patterns are left to AWS.
    const LONGEST: usize = 4096;
    /// Longer texts are, too.
    const MOST: usize = 1000;
    /// The bytes that a pattern may take, which are enough for all that AWS documents.
    const LARGEST: usize = 64 * 1024;
    /// Each letter of a text is held against each part of the pattern: the longer the text, the smaller the pattern.
    const WORK: usize = 4 * 1024 * 1024;
    let length: usize = texts.iter().map(|text| text.len() + 1).sum();
    if pattern.len() > LONGEST || length > MOST {
        return None;
    }
    let limit = WORK.checked_div(length).unwrap_or(LARGEST).min(LARGEST);
    let pattern = RegexBuilder::new(pattern).size_limit(limit).build().ok()?;
    Some(texts.iter().all(|text| pattern.is_match(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_judged_as_far_as_they_are_cheap() {
        assert_eq!(matches("^[a-z]+$", &["a", "b"]), Some(true));
        assert_eq!(matches("^[a-z]+$", &["a", "1"]), Some(false));
        assert_eq!(matches("^(?!x)", &["a"]), None);
        assert_eq!(matches("^((a?){500}){200}$", &["a"]), None);
        assert_eq!(matches("^((a?){100}){10}$", &[&"a".repeat(900)]), None);
        assert_eq!(matches("^a+$", &[&"a".repeat(4096)]), None);
        let block = r"^(([0-9]|[1-9][0-9]|1[0-9]{2}|2[0-4][0-9]|25[0-5])\.){3}([0-9]|[1-9][0-9]|1[0-9]{2}|2[0-4][0-9]|25[0-5])(/(1[6-9]|2[0-8]))$";
        assert_eq!((matches(block, &["10.0.0.0/16"]), matches(block, &["10.0.0.0/8"])), (Some(true), Some(false)));
        assert_eq!(matches("^[a-zA-Z0-9_-]{1,255}$", &["my-key"]), Some(true));
    }
}
