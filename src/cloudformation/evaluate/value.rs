//! What an expression comes to: a value, a reference to a resource, or something that only a deployment knows.

use serde_json::json;

use crate::message;
use crate::template::{Json, Object};
use crate::text::Message;

/// An expression, evaluated as far as it can be.
#[derive(Clone, Debug, PartialEq)]
pub enum Eval {
    /// A text, number, truth or null.
    Known(Json),
    /// A list; members that are [`Eval::Nothing`] are left out.
    List(Vec<Eval>),
    /// A mapping in order; members that are [`Eval::Nothing`] are left out.
    Object(Vec<(String, Eval)>),
    /// A resource of the template, or an attribute of one.
    Reference(Reference),
    /// A text with references in it; at least one piece is not literal.
    Text(Vec<Piece>),
    /// What only a deployment knows.
    Unknown(Unknown),
    /// `AWS::NoValue`: as if it were not written.
    Nothing,
}

/// `Ref` or `Fn::GetAtt` of a resource.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reference {
    /// The logical id.
    pub logical: String,
    /// The attribute, none for a `Ref`.
    pub attribute: Option<String>,
}

/// Part of a text.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// Characters.
    Literal(String),
    /// What a resource will put here.
    Reference(Reference),
    /// What a deployment will put here.
    Unknown(Unknown),
}

/// Something that is not known.
#[derive(Clone, Debug, PartialEq)]
pub struct Unknown {
    /// Why not.
    pub cause: Cause,
    /// The resources it depends on.
    pub references: Vec<Reference>,
    /// The expression as it is written.
    pub expression: Json,
}

/// Why something is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// A parameter without a default that nobody gave a value.
    Parameter(String),
    /// Looked up in the SSM parameter of this name when the stack is deployed.
    Lookup(String),
    /// Imported from another stack under this export name, which is empty where it is not known either.
    Import(String),
    /// A secret: a parameter with `NoEcho`, or `{{resolve:secretsmanager:…}}`.
    Secret,
    /// Depends on what a resource answers once it exists.
    Attribute(Reference),
    /// A pseudo parameter that a deployment sets.
    Pseudo(String),
    /// Depends on a condition that is not known.
    Condition(String),
    /// A macro or transform computes it.
    Transform(String),
    /// Names a resource, parameter or condition that is not there.
    Missing(String),
    /// No entry of a mapping for these keys, often because it knows other regions only.
    Unmapped(String),
    /// Goes round in a circle at this name.
    Cycle(String),
    /// The arguments of this function do not fit.
    Arguments(String),
    /// Would be too large.
    Large,
}

impl Cause {
    /// The reason in words.
    pub fn message(&self) -> Message {
        match self {
            Self::Parameter(name) => message!(
                "파라미터 {name}의 값을 몰라요. 값을 정하면 계산해요.",
                "The value of the parameter {name} is not known. Give it one and this is computed."
            ),
            Self::Lookup(name) => message!(
                "배포할 때 SSM 파라미터 {name}에서 읽는 값이에요.",
                "This is read from the SSM parameter {name} at deployment."
            ),
            Self::Import(name) if name.is_empty() => {
                message!(
                    "배포할 때 다른 스택에서 가져오는 값이에요.",
                    "This is imported from another stack at deployment."
                )
            }
            Self::Import(name) => message!(
                "배포할 때 다른 스택이 {name}(으)로 내보낸 값을 가져와요.",
                "This is imported at deployment: another stack exports it as {name}."
            ),
            Self::Secret => message!("비밀 값이라 보여 주지 않아요.", "This is a secret, and is not shown."),
            Self::Attribute(Reference { logical, attribute }) => {
                let attribute = attribute.as_deref().unwrap_or("ID");
                message!(
                    "{logical}을(를) 만들어야 {attribute} 값을 알 수 있어요.",
                    "{logical} has to exist before its {attribute} is known."
                )
            }
            Self::Pseudo(name) => message!("{name}은(는) 배포할 때 정해져요.", "{name} is set at deployment."),
            Self::Condition(name) => message!(
                "조건 {name}이(가) 참인지 몰라서 정해지지 않았어요.",
                "This is open because it is not known whether the condition {name} holds."
            ),
            Self::Transform(name) => message!(
                "배포할 때 변환 {name}이(가) 만드는 값이에요.",
                "The transform {name} makes this at deployment."
            ),
            Self::Missing(name) => message!(
                "{name}이(가) 템플릿에 없어요. 이름을 확인하세요.",
                "{name} is not in the template. Check the name."
            ),
            Self::Unmapped(name) => message!(
                "매핑에 {name}이(가) 없어요. 매핑에 있는 리전이나 값을 고르세요.",
                "The mapping has no {name}. Choose a region or value that it has."
            ),
            Self::Cycle(name) => message!(
                "{name}이(가) 돌고 돌아 자기를 다시 불러요. 고리를 끊으세요.",
                "{name} refers to itself in a circle. Break the circle."
            ),
            Self::Arguments(name) => message!(
                "{name}의 인수가 맞지 않아서 계산하지 못했어요.",
                "The arguments of {name} do not fit, so it was not computed."
            ),
            Self::Large => message!("너무 커서 계산하지 않았어요.", "This is too large to compute."),
        }
    }
}

impl Eval {
    /// A text.
    pub fn text_from(text: impl Into<String>) -> Self {
        Self::Known(Json::String(text.into()))
    }

    /// The value, if all of it is known.
    pub fn json(&self) -> Option<Json> {
        match self {
            Self::Known(json) => Some(json.clone()),
            Self::List(items) => items.iter().map(Self::json).collect::<Option<Vec<_>>>().map(Json::Array),
            Self::Object(entries) => {
                let entries = entries.iter().map(|(key, value)| Some((key.clone(), value.json()?)));
                entries.collect::<Option<Object>>().map(Json::Object)
            }
            _ => None,
        }
    }

    /// The text, if it is known; numbers and truths count as the text that CloudFormation makes of them.
    pub fn text(&self) -> Option<String> {
        match self {
            Self::Known(json) => text_of(json),
            _ => None,
        }
    }

    /// How many steps it costs to copy.
    pub(super) fn weight(&self) -> usize {
        match self {
            Self::Known(Json::String(text)) => text.len() / 16,
            Self::List(items) => items.iter().map(|item| 1 + item.weight()).sum(),
            _ => 1,
        }
    }

    /// What is known as literals and the rest as expressions, in place.
    pub fn symbolic(&self) -> Json {
        match self {
            Self::Known(json) => json.clone(),
            Self::List(items) => items.iter().map(Self::symbolic).collect(),
            Self::Object(entries) => {
                Json::Object(entries.iter().map(|(key, value)| (key.clone(), value.symbolic())).collect())
            }
            Self::Reference(reference) => reference.json(),
            Self::Text(pieces) => {
                let parts: Vec<Json> = pieces.iter().map(Piece::json).collect();
                json!({ "Fn::Join": ["", parts] })
            }
            Self::Unknown(unknown) => unknown.expression.clone(),
            Self::Nothing => json!({ "Ref": "AWS::NoValue" }),
        }
    }

    /// The resources that the value depends on, in order, each as often as it is named.
    pub fn references(&self) -> Vec<&Reference> {
        let mut found = Vec::new();
        self.collect(&mut found);
        found
    }

    fn collect<'a>(&'a self, found: &mut Vec<&'a Reference>) {
        match self {
            Self::Known(_) | Self::Nothing => {}
            Self::List(items) => items.iter().for_each(|item| item.collect(found)),
            Self::Object(entries) => entries.iter().for_each(|(_, value)| value.collect(found)),
            Self::Reference(reference) => found.push(reference),
            Self::Text(pieces) => pieces.iter().for_each(|piece| match piece {
                Piece::Literal(_) => {}
                Piece::Reference(reference) => found.push(reference),
                Piece::Unknown(unknown) => found.extend(&unknown.references),
            }),
            Self::Unknown(unknown) => found.extend(&unknown.references),
        }
    }

    /// The first reason for which something in it is not known. A reference to a resource is none.
    pub fn unknown(&self) -> Option<&Unknown> {
        match self {
            Self::Unknown(unknown) => Some(unknown),
            Self::List(items) => items.iter().find_map(Self::unknown),
            Self::Object(entries) => entries.iter().find_map(|(_, value)| value.unknown()),
            Self::Text(pieces) => pieces.iter().find_map(|piece| match piece {
                Piece::Unknown(unknown) => Some(unknown),
                _ => None,
            }),
            _ => None,
        }
    }

    /// A member of a mapping.
    pub fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Object(entries) => entries.iter().find(|(name, _)| name == key).map(|(_, value)| value),
            _ => None,
        }
    }
}

impl Reference {
    /// `Ref` or `Fn::GetAtt`.
    pub fn json(&self) -> Json {
        match &self.attribute {
            None => crate::template::reference(&self.logical),
            Some(attribute) => crate::template::attribute(&self.logical, attribute),
        }
    }
}

impl Piece {
    fn json(&self) -> Json {
        match self {
            Self::Literal(text) => Json::String(text.clone()),
            Self::Reference(reference) => reference.json(),
            Self::Unknown(unknown) => unknown.expression.clone(),
        }
    }
}

/// The text that CloudFormation makes of a scalar.
pub(super) fn text_of(json: &Json) -> Option<String> {
    match json {
        Json::String(text) => Some(text.clone()),
        Json::Number(_) | Json::Bool(_) => Some(json.to_string()),
        _ => None,
    }
}
