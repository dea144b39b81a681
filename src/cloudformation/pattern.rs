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

impl Read<'_> {
    /// The text that [`pattern`] wrote.
    pub fn pattern(&self, json: &Json) -> Option<String> {
        self.text(json).or_else(|| Some(json.get("Fn::Sub")?.as_str()?.replace("${!", "${")))
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
