//! Templates that others wrote: read as data that know their places in the text.
//!
//! [`parse`] takes JSON or YAML. Short forms (`!Sub`) become the long ones (`Fn::Sub`), keys stay in order, and nothing is evaluated;
//! `cloudformation::evaluate` does that. [`Source::place`] says where in the text any value stands.

mod check;
mod edit;
#[cfg(test)]
mod fuzz;
mod json;
mod languages;
mod lines;
mod scalar;
#[cfg(test)]
mod tests;
mod tree;
mod words;
mod yaml;

pub use edit::Change;
pub use tree::{MAX_BYTES, MAX_DEPTH, MAX_VALUES};

use super::pointer::steps;
use super::{Json, Problem};
use crate::message;
use crate::text::Message;
use tree::{Fault, Style, Tree};

/// In which language a template is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Syntax {
    /// JSON.
    Json,
    /// YAML.
    Yaml,
}

impl Syntax {
    /// The ending of its files.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Yaml => "yaml",
        }
    }

    /// What people call it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Json => "JSON",
            Self::Yaml => "YAML",
        }
    }

    /// Its media type (<https://www.rfc-editor.org/rfc/rfc9512>), for downloads.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Yaml => "application/yaml",
        }
    }
}

/// A template as it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// The template as data: every function in its long form, aliases written out, keys in the order of the text.
    pub template: Json,
    /// The language of the text.
    pub syntax: Syntax,
    /// What is odd but did not hinder the reading, each with its place.
    pub notes: Vec<Problem>,
    text: String,
    /// The byte order mark in front of the text.
    mark: String,
    tree: Tree,
    /// The byte at which each line begins.
    lines: Vec<usize>,
}

impl Source {
    /// The text as it was given, with its byte order mark if it has one.
    pub fn text(&self) -> String {
        format!("{}{}", self.mark, self.text)
    }

    /// Whether both were read from the same text.
    pub fn is_same_text(&self, other: &Self) -> bool {
        self.text == other.text && self.mark == other.mark
    }

    /// Line and column, from 1, of the value that a JSON pointer leads to (`/Resources/Vpc/Properties/CidrBlock`); a collection on the lines below
    /// its key has the place of the key. Where the text has no such value, the place of the last one on the way to it.
    pub fn place(&self, pointer: &str) -> (usize, usize) {
        let (id, entry, _) = self.tree.walk(&steps(pointer));
        let Some(node) = self.tree.get(id) else { return (1, 1) };
        let (line, column) = at(&self.text, &self.lines, node.span.start);
        match entry.map(|entry| at(&self.text, &self.lines, entry.key_span.start)) {
            Some(key) if node.style == Style::Block && key.0 < line => key,
            _ => (line, column),
        }
    }

    /// A problem at the place of a JSON pointer.
    pub fn problem(&self, pointer: &str, why: Message) -> Problem {
        let (line, column) = self.place(pointer);
        Problem { why, line: Some(line), column: Some(column) }
    }
}

/// Reads the text of a template, JSON or YAML by what it holds.
///
/// # Errors
/// What is no template or is past the limits ([`MAX_BYTES`], [`MAX_DEPTH`], [`MAX_VALUES`]), with its place.
pub fn parse(text: &str) -> Result<Source, Problem> {
    if text.len() > MAX_BYTES {
        let (size, limit) = (crate::text::mebibytes(text.len()), MAX_BYTES >> 20);
        let why = message!(
            "파일이 {size} MiB라서 열지 않았어요({limit} MiB까지 열 수 있어요). CloudFormation도 1 MB까지만 받으니 중첩 스택으로 나누세요.",
            "The file has {size} MiB and was not opened; {limit} MiB is the limit. CloudFormation itself takes 1 MB: split it into nested stacks."
        );
        return Err(Problem { why, line: None, column: None });
    }
    let body = text.trim_start_matches('\u{feff}');
    let mark = text.get(..text.len() - body.len()).unwrap_or_default().to_owned();
    let lines = line_starts(body);
    let problem = |fault: Fault| {
        let (line, column) = at(body, &lines, fault.at);
        Problem { why: fault.why, line: Some(line), column: Some(column) }
    };
    let mut faults = Vec::new();
    let (syntax, tree) = tree_of(body, &mut faults).map_err(&problem)?;
    let template = tree.json().map_err(&problem)?;
    let mut notes: Vec<Problem> = faults.into_iter().map(problem).collect();
    let mut complaints = Vec::new();
    let shape = check::shape(&template, &mut complaints);
    let mut source = Source { template, syntax, notes: Vec::new(), text: body.to_owned(), mark, tree, lines };
    if let Err((pointer, why)) = shape {
        let other = Some(languages::of_text(body)).filter(|_| pointer.is_empty()).flatten();
        let why = other.unwrap_or(why);
        return Err(source.problem(&pointer, why));
    }
    notes.extend(complaints.into_iter().map(|(pointer, why)| source.problem(&pointer, why)));
    notes.sort_by_key(|note| (note.line, note.column));
    source.notes = notes;
    Ok(source)
}

/// Any text of YAML as data, template or not.
#[cfg(test)]
pub(super) fn data(text: &str) -> Option<Json> {
    yaml::read(text, &mut Vec::new()).and_then(|tree| tree.json()).ok()
}

/// Reads a JSON or YAML document that is no template, such as a buildspec.
///
/// # Errors
/// What cannot be read or is past the limits, with its place.
pub fn document(text: &str) -> Result<Json, Problem> {
    let lines = line_starts(text);
    let read = tree_of(text, &mut Vec::new()).and_then(|(_, tree)| tree.json());
    read.map_err(|fault| {
        let (line, column) = at(text, &lines, fault.at);
        Problem { why: fault.why, line: Some(line), column: Some(column) }
    })
}

/// JSON where the text begins like it; YAML, which has mappings in braces too, where that does not do.
fn tree_of(text: &str, notes: &mut Vec<Fault>) -> Result<(Syntax, Tree), Fault> {
    let begins = text.trim_start();
    if begins.is_empty() {
        return Err(Fault::new(0, words::empty()));
    }
    let known = |fault: Fault| match languages::of_text(text) {
        Some(why) => Fault { at: 0, why },
        None => fault,
    };
    if begins.starts_with(['{', '[']) {
        return match json::read(text, notes) {
            Ok(tree) => Ok((Syntax::Json, tree)),
            Err(fault) => match yaml::read(text, notes) {
                Ok(tree) => {
                    if begins.trim_start_matches(['{', '[']).trim_start().starts_with('"') {
                        notes.push(fault);
                    }
                    Ok((Syntax::Yaml, tree))
                }
                Err(_) => Err(known(fault)),
            },
        };
    }
    yaml::read(text, notes).map(|tree| (Syntax::Yaml, tree)).map_err(known)
}

fn line_starts(text: &str) -> Vec<usize> {
    std::iter::once(0)
        .chain(text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1))
        .collect()
}

/// Line and column of a byte, from 1; columns count characters.
fn at(text: &str, lines: &[usize], byte: usize) -> (usize, usize) {
    let line = lines.partition_point(|start| *start <= byte).max(1);
    let start = lines.get(line - 1).copied().unwrap_or_default();
    let before = text.as_bytes().get(start..byte.min(text.len())).unwrap_or_default();
    // Bytes that continue a character do not count.
    (line, before.iter().filter(|byte| **byte & 0xC0 != 0x80).count() + 1)
}
