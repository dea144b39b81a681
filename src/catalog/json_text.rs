//! A JSON document as a property: a policy, a dashboard, the properties of a type without a kind of its own.

use super::{FieldValue, Value};
use crate::message;
use crate::text::Message;

/// The text of a JSON object or list, as it was typed; empty where there is none.
///
/// The text is kept and not the parsed value, so that what a person laid out stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JsonText(String);

impl JsonText {
    /// The document of a value, laid out over several lines.
    pub fn of(json: &serde_json::Value) -> Self {
        Self(serde_json::to_string_pretty(json).unwrap_or_default())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The document; nothing where there is none. One that is written as a text, with or without `Fn::Sub`, is what the text says.
    pub fn json(&self) -> Option<serde_json::Value> {
        let json: serde_json::Value = serde_json::from_str(&self.0).ok()?;
        let text = json.get("Fn::Sub").and_then(|text| text.as_str().or_else(|| text.get(0)?.as_str()));
        let said = text.and_then(|text| serde_json::from_str(text).ok()).filter(serde_json::Value::is_object);
        Some(said.unwrap_or(json))
    }
}

impl FieldValue for JsonText {
    fn to_value(&self) -> Value {
        Value::Text(self.0.clone())
    }
    fn from_value(value: &Value) -> Result<Self, Message> {
        let text = match value {
            Value::None => "",
            Value::Text(text) => text.trim(),
            _ => return Err(message!("JSON 글자가 와야 해요.", "Expected the text of a JSON document.")),
        };
        if text.is_empty() {
            return Ok(Self::default());
        }
        let parsed: serde_json::Value = serde_json::from_str(text).map_err(|error| {
            let (line, column) = (error.line(), error.column());
            let whole = error.to_string();
            // The parser's own words, without the place, which is said in both languages.
            let detail = whole.rsplit_once(" at line ").map_or(whole.as_str(), |(words, _)| words);
            message!(
                "{line}번째 줄 {column}번째 칸: 올바른 JSON이 아니에요({detail}).",
                "Line {line}, column {column}: this is not valid JSON ({detail})."
            )
        })?;
        if parsed.is_object() || parsed.is_array() {
            return Ok(Self(text.to_owned()));
        }
        Err(message!("JSON 객체({{…}})나 목록([…])이어야 해요.", "It must be a JSON object ({{…}}) or list ([…])."))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_kept_as_typed_and_others_refused_with_the_place() {
        let read = |text: &str| JsonText::from_value(&Value::from(text));
        assert_eq!(read(" {\"a\" :1} ").unwrap().as_str(), "{\"a\" :1}");
        assert_eq!(read("").unwrap(), JsonText::default());
        assert_eq!(read("{\n \"a\": }").unwrap_err().en, "Line 2, column 7: this is not valid JSON (expected value).");
        assert_eq!(read("3").unwrap_err().en, "It must be a JSON object ({…}) or list ([…]).");
    }
}
