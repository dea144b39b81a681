//! Texts with CloudFormation's own values in them: `arn:${AWS::Partition}:…`.

use super::Read;
use crate::template::{Json, substitution};

/// What begins a name that CloudFormation puts in for its own values.
const PSEUDO: &str = "${AWS::";

/// A text as a template has it: by `Fn::Sub` where it names a value of CloudFormation's own, such as `${AWS::Region}`.
pub fn pattern(text: &str) -> Json {
    if text.contains(PSEUDO) { substitution(&escaped(text)) } else { text.into() }
}

/// A text for `Fn::Sub`: `${` that is none of CloudFormation's names is kept as it is.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut parts = text.split("${");
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        out.push_str(if part.starts_with("AWS::") { "${" } else { "${!" });
        out.push_str(part);
    }
    out
}

/// Whether an `Fn::Sub` names CloudFormation's own values alone.
fn is_plain(text: &str) -> bool {
    text.split("${").skip(1).all(|part| part.starts_with("AWS::") || part.starts_with('!'))
}

/// Whether two texts are the same by some values of what only a deployment knows in them: `${Name}-app` may be `web-app`, but not `other`.
pub fn may_equal(one: &str, other: &str) -> bool {
    let (one_parts, other_parts) = (literals(one), literals(other));
    match (one_parts.as_slice(), other_parts.as_slice()) {
        ([one], [other]) => one == other,
        ([whole], parts) | (parts, [whole]) => fits(whole, parts),
        // Both are open in the middle: what they begin and end with has to agree.
        ([first, .., last], [other_first, .., other_last]) => {
            let begins = first.starts_with(other_first) || other_first.starts_with(first);
            begins && (last.ends_with(other_last) || other_last.ends_with(last))
        }
        _ => true,
    }
}

/// The parts of a text between what only a deployment knows; one where all is known.
fn literals(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = text;
    loop {
        let opening = [("${", "}"), ("{{resolve:", "}}")];
        let next = opening.into_iter().filter_map(|(open, close)| Some((rest.find(open)?, close))).min();
        let Some((at, close)) = next else { break };
        let (before, from) = rest.split_at(at);
        let Some((_, after)) = from.split_once(close) else { break };
        parts.push(before);
        rest = after;
    }
    parts.push(rest);
    parts
}

/// Whether a known text has these parts in order, the first at its beginning and the last at its end.
fn fits(whole: &str, parts: &[&str]) -> bool {
    let [first, middle @ .., last] = parts else { return true };
    let Some(mut rest) = whole.strip_prefix(first).and_then(|rest| rest.strip_suffix(last)) else { return false };
    middle.iter().all(|part| match rest.split_once(part) {
        Some((_, after)) => {
            rest = after;
            true
        }
        None => false,
    })
}

impl Read<'_> {
    /// A text with what only a deployment knows left in it, `${Bucket}`.
    pub fn pattern(&self, json: &Json) -> Option<String> {
        self.text(json).map(|text| if json.is_object() { text.replace("${!", "${") } else { text })
    }

    /// The text that [`pattern`] wrote as a property, with CloudFormation's own values still by their names.
    pub fn raw_pattern(&self, property: &str) -> Option<String> {
        let written = self.written().and_then(|properties| properties.get(property)?.get("Fn::Sub")?.as_str());
        match written.filter(|text| is_plain(text)) {
            Some(text) => Some(text.replace("${!", "${")),
            None => self.pattern(self.get(property)?),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_are_known_in_part_may_be_the_same() {
        for (one, other) in [
            ("web", "web"),
            ("${Name}-app", "web-app"),
            ("${Name}", "web"),
            ("a-${X}-b-${Y}-c", "a-1-b-2-c"),
            ("${Name}-app", "web-${Part}"),
            ("{{resolve:ssm:/name}}", "web"),
            ("${A}${B}", ""),
        ] {
            assert!(may_equal(one, other) && may_equal(other, one), "{one} {other}");
        }
        for (one, other) in [
            ("web", "app"),
            ("${Name}-app", "other"),
            ("a-${X}", "b-${Y}"),
            ("a-${X}-b-${Y}-c", "a-1-c"),
            ("ab${X}ba", "aba"),
        ] {
            assert!(!may_equal(one, other) && !may_equal(other, one), "{one} {other}");
        }
    }

    #[test]
    fn only_names_of_cloudformation_are_substituted() {
        assert_eq!(escaped("${AWS::Region} ${name} $x ${"), "${AWS::Region} ${!name} $x ${!");
        assert_eq!(pattern("a ${name}"), Json::from("a ${name}"));
    }
}
