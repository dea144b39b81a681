//! A template as data: JSON values with the functions of CloudFormation in their long form.

/// Any JSON value: a template, or part of one.
pub type Json = serde_json::Value;
/// A JSON object; keys stay in the order of writing.
pub type Object = serde_json::Map<String, Json>;

/// Whether a text has a dynamic reference in it, whose value only a deployment knows.
pub fn is_looked_up(text: &str) -> bool {
    text.contains("{{resolve:")
}

/// `{"Ref": …}`
pub fn reference(logical_id: &str) -> Json {
    serde_json::json!({ "Ref": logical_id })
}

/// `{"Fn::GetAtt": […, …]}`
pub fn attribute(logical_id: &str, attribute: &str) -> Json {
    serde_json::json!({ "Fn::GetAtt": [logical_id, attribute] })
}

/// `{"Fn::Sub": …}`
pub fn substitution(text: &str) -> Json {
    serde_json::json!({ "Fn::Sub": text })
}

/// An object from its entries, without those that are nothing.
pub fn object<const N: usize>(entries: [(&str, Option<Json>); N]) -> Object {
    entries.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))).collect()
}
