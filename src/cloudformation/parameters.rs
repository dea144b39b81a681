//! Parameters: what the person who deploys may want to choose.

use crate::template::{Json, Object};

/// The headings under which the console asks for parameters, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Keys and addresses that may sign in.
    Access,
    /// Images and sizes.
    Servers,
    /// Domains.
    Names,
}

impl Group {
    const fn label(self) -> &'static str {
        match self {
            Self::Access => "Access",
            Self::Servers => "Servers",
            Self::Names => "Names",
        }
    }
}

/// A parameter of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Under which heading.
    pub group: Group,
    /// CloudFormation's type of it.
    pub type_name: &'static str,
    /// The value of the design; empty where the person who deploys must give one.
    pub default: String,
    /// What it is, in ASCII.
    pub description: String,
    /// A regular expression that a value must match as a whole; empty where the type checks it.
    pub pattern: &'static str,
}

impl Parameter {
    pub(super) fn to_json(&self) -> Json {
        let mut json = Object::new();
        json.insert("Type".to_owned(), self.type_name.into());
        if !self.default.is_empty() {
            json.insert("Default".to_owned(), self.default.as_str().into());
        }
        if !self.pattern.is_empty() {
            json.insert("AllowedPattern".to_owned(), self.pattern.into());
        }
        json.insert("Description".to_owned(), self.description.as_str().into());
        json.into()
    }
}

/// The `AWS::CloudFormation::Interface` metadata of parameters in the order of their headings.
pub(super) fn interface<'a>(parameters: impl Iterator<Item = (&'a String, &'a Parameter)>) -> Json {
    let mut groups: std::collections::BTreeMap<Group, Vec<&str>> = std::collections::BTreeMap::new();
    for (name, parameter) in parameters {
        groups.entry(parameter.group).or_default().push(name);
    }
    let group = |(group, names): (Group, Vec<&str>)| serde_json::json!({ "Label": { "default": group.label() }, "Parameters": names });
    serde_json::json!({ "ParameterGroups": groups.into_iter().map(group).collect::<Vec<_>>() })
}
