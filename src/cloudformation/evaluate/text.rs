//! Texts put together: `Fn::Sub`, `Fn::Join`, `Fn::Split`.

use super::value::{Cause, Eval, Piece, Unknown, text_of};
use super::{Scope, dynamic, function, unknown};
use crate::template::{Json, Object};

/// Part of a text of `Fn::Sub`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part<'a> {
    /// Characters as they stand; `${!Name}` is `${` and `Name}`.
    Literal(&'a str),
    /// `${Name}` or `${Name.Attribute}`.
    Name(&'a str),
}

/// The parts of a text of `Fn::Sub`.
pub(super) fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find("${") {
        let (before, from) = rest.split_at(at);
        let inner = from.strip_prefix("${").unwrap_or_default();
        let Some((name, after)) = inner.split_once('}') else { break };
        if !before.is_empty() {
            parts.push(Part::Literal(before));
        }
        if let Some(literal) = inner.strip_prefix('!') {
            parts.push(Part::Literal("${"));
            rest = literal;
            continue;
        }
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, ':' | '.' | '_' | '-' | ' ');
        if name.chars().all(is_name) && !name.trim().is_empty() {
            parts.push(Part::Name(name.trim()));
        } else {
            // No name: CloudFormation refuses it, and what is shown is what is written.
            parts.push(Part::Literal(from.split_at(from.len() - after.len()).0));
        }
        rest = after;
    }
    if !rest.is_empty() {
        parts.push(Part::Literal(rest));
    }
    parts
}

/// `Fn::Sub` in both forms.
pub(super) fn substitute(scope: &Scope<'_>, argument: &Json, expression: &Json) -> Eval {
    let empty = Object::new();
    let (text, variables) = match argument {
        Json::String(text) => (text.as_str(), &empty),
        Json::Array(both) => match both.as_slice() {
            [Json::String(text), Json::Object(variables)] => (text.as_str(), variables),
            [Json::String(text)] => (text.as_str(), &empty),
            _ => return unknown(Cause::Arguments("Fn::Sub".to_owned()), expression),
        },
        _ => return unknown(Cause::Arguments("Fn::Sub".to_owned()), expression),
    };
    let values = parts(text).into_iter().map(|part| match part {
        Part::Literal(text) => Eval::text_from(text),
        Part::Name(name) => match variables.get(name) {
            Some(value) => scope.evaluate(value),
            None => function::refer(scope, name, &named(name)),
        },
    });
    let mut out = Builder::new(scope, expression);
    for value in values {
        out.push(value);
        if out.fault.is_some() {
            break;
        }
    }
    out.finish()
}

/// What `${Name}` stands for, as an expression of its own.
fn named(name: &str) -> Json {
    match name.split_once('.') {
        Some((logical, attribute)) => crate::template::attribute(logical, attribute),
        None => crate::template::reference(name),
    }
}

/// `Fn::Join`.
pub(super) fn join(scope: &Scope<'_>, argument: &Json, expression: &Json) -> Eval {
    let Some([Json::String(delimiter), list]) = argument.as_array().map(Vec::as_slice) else {
        return unknown(Cause::Arguments("Fn::Join".to_owned()), expression);
    };
    let items = match scope.evaluate(list) {
        Eval::List(items) => items,
        Eval::Known(json) if json.is_string() => vec![Eval::Known(json)],
        other => return super::depends(&other, "Fn::Join", expression),
    };
    let mut out = Builder::new(scope, expression);
    for (at, item) in items.into_iter().enumerate() {
        if at > 0 {
            out.literal(delimiter);
        }
        match item {
            Eval::List(inner) => {
                for (at, item) in inner.into_iter().enumerate() {
                    if at > 0 {
                        out.literal(delimiter);
                    }
                    out.push(item);
                }
            }
            item => out.push(item),
        }
    }
    out.finish()
}

/// `Fn::Split`. Ids of resources hold no separators, so a list that was joined from them comes apart again.
pub(super) fn split(scope: &Scope<'_>, argument: &Json, expression: &Json) -> Eval {
    let Some([Json::String(delimiter), text]) = argument.as_array().map(Vec::as_slice) else {
        return unknown(Cause::Arguments("Fn::Split".to_owned()), expression);
    };
    if delimiter.is_empty() {
        return unknown(Cause::Arguments("Fn::Split".to_owned()), expression);
    }
    let pieces = match scope.evaluate(text) {
        Eval::Known(json) => match text_of(&json) {
            Some(text) => vec![Piece::Literal(text)],
            None => return unknown(Cause::Arguments("Fn::Split".to_owned()), expression),
        },
        Eval::Text(pieces) if pieces.iter().all(is_whole) && matches!(delimiter.as_str(), "," | "|" | ";" | " ") => {
            pieces
        }
        other => return super::depends(&other, "Fn::Split", expression),
    };
    let mut items = vec![Builder::new(scope, expression)];
    for piece in pieces {
        let Piece::Literal(text) = piece else {
            if let Some(last) = items.last_mut() {
                last.pieces.push(piece);
            }
            continue;
        };
        for (at, part) in text.split(delimiter.as_str()).enumerate() {
            if at > 0 {
                if !scope.spend(1) {
                    return unknown(Cause::Large, expression);
                }
                items.push(Builder::new(scope, expression));
            }
            if let Some(last) = items.last_mut() {
                last.literal(part);
            }
        }
    }
    Eval::List(items.into_iter().map(Builder::finish).collect())
}

/// Whether a piece cannot hold a separator.
fn is_whole(piece: &Piece) -> bool {
    match piece {
        Piece::Literal(_) => true,
        Piece::Reference(reference) => reference.attribute.is_none(),
        Piece::Unknown(_) => false,
    }
}

/// Puts a text together.
struct Builder<'a> {
    scope: &'a Scope<'a>,
    expression: &'a Json,
    pieces: Vec<Piece>,
    fault: Option<Cause>,
}

impl<'a> Builder<'a> {
    fn new(scope: &'a Scope<'a>, expression: &'a Json) -> Self {
        Self { scope, expression, pieces: Vec::new(), fault: None }
    }

    fn literal(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        if !self.scope.spend(text.len() / 16) {
            self.fault = Some(Cause::Large);
            return;
        }
        match self.pieces.last_mut() {
            Some(Piece::Literal(before)) => before.push_str(text),
            _ => self.pieces.push(Piece::Literal(text.to_owned())),
        }
    }

    fn push(&mut self, value: Eval) {
        match value {
            Eval::Known(json) => match text_of(&json) {
                Some(text) => self.literal(&text),
                None => self.fault = self.fault.take().or(Some(Cause::Arguments("Fn::Join".to_owned()))),
            },
            Eval::Reference(reference) => self.pieces.push(Piece::Reference(reference)),
            Eval::Unknown(unknown) if unknown.cause == Cause::Large => self.fault = Some(Cause::Large),
            Eval::Unknown(unknown) => self.pieces.push(Piece::Unknown(unknown)),
            Eval::Text(pieces) => pieces.into_iter().for_each(|piece| match piece {
                Piece::Literal(text) => self.literal(&text),
                piece => self.pieces.push(piece),
            }),
            Eval::Nothing => {}
            // CloudFormation joins a list that stands in a text with commas.
            Eval::List(items) => {
                for (at, item) in items.into_iter().enumerate() {
                    if at > 0 {
                        self.literal(",");
                    }
                    self.push(item);
                }
            }
            Eval::Object(_) => self.fault = self.fault.take().or(Some(Cause::Arguments("Fn::Sub".to_owned()))),
        }
    }

    fn finish(self) -> Eval {
        let Self { expression, mut pieces, fault, .. } = self;
        let whole: String = pieces
            .iter()
            .filter_map(|piece| if let Piece::Literal(text) = piece { Some(text.as_str()) } else { None })
            .collect();
        if let Some(cause) = fault.or_else(|| dynamic(&whole)) {
            let references = Eval::Text(pieces).references().into_iter().cloned().collect();
            return Eval::Unknown(Unknown { cause, references, expression: expression.clone() });
        }
        match pieces.as_slice() {
            [] => Eval::text_from(""),
            [_] => match pieces.pop() {
                Some(Piece::Literal(text)) => Eval::text_from(text),
                Some(Piece::Reference(reference)) => Eval::Reference(reference),
                Some(Piece::Unknown(unknown)) => Eval::Unknown(unknown),
                None => Eval::Nothing,
            },
            _ => Eval::Text(pieces),
        }
    }
}
