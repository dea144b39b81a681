//! Texts with CloudFormation's own values in them: `arn:${AWS::Partition}:…`.

use super::{Json, Read, substitution};

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
    fn only_names_of_cloudformation_are_substituted() {
        assert_eq!(escaped("${AWS::Region} ${name} $x ${"), "${AWS::Region} ${!name} $x ${!");
        assert_eq!(pattern("a ${name}"), Json::from("a ${name}"));
    }
}
