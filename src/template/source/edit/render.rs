//! Values written where others stood.

use serde::Serialize;
use serde_json::ser::{PrettyFormatter, Serializer};

use super::super::super::Json;
use super::super::Syntax;
use super::super::tree::{Node, Style};
use super::{Editor, Place};
use crate::template::print::yaml;

impl Editor<'_> {
    /// Writes a value in the place of a node, whatever that was.
    pub(super) fn replace(&mut self, node: &Node, new: &Json, place: &Place) {
        let is_scalar = !matches!(node.style, Style::Block | Style::Flow) && !node.span.is_empty();
        if let Json::String(text) = new
            && is_scalar
            && node.function.is_none()
            && !node.is_anchor
            && !matches!(place, Place::Root)
        {
            self.scalar(node, text, place);
            return;
        }
        match place {
            Place::Root => self.gave_up = true,
            Place::Flow => {
                let on_lines = self.line_is_entry(node.span.start).then_some(node.span.start);
                let text = self.bracketed(new, on_lines);
                let gap = if node.span.is_empty() { " " } else { "" };
                self.patches.replace(node.span.clone(), format!("{gap}{text}"));
            }
            Place::Block { after, indent, is_item } => {
                let mut out = String::new();
                if *is_item {
                    self.writer.item(&mut out, new, *indent);
                    out.remove(0);
                } else {
                    self.writer.value(&mut out, new, *indent);
                }
                self.replace_lines(node.span.start, node.span.end, *after, &out);
            }
        }
    }

    /// Writes a text in the place of a scalar, in its quotes; whether that could be done.
    pub(super) fn scalar(&mut self, node: &Node, new: &str, place: &Place) -> bool {
        let old = self.text.get(node.value_at..node.span.end).unwrap_or_default();
        if self.syntax == Syntax::Json {
            self.patches.replace(node.value_at..node.span.end, Json::from(new).to_string());
            return true;
        }
        let Place::Block { after, indent, .. } = place else {
            self.patches.replace(node.value_at..node.span.end, again(old, new));
            return true;
        };
        if old.is_empty() {
            return false;
        }
        let mut out = String::new();
        if yaml::is_block(new) {
            out.push(' ');
            yaml::block(&mut out, new, indent + 2);
        } else {
            out = format!(" {}", again(old, new));
        }
        self.replace_lines(node.value_at, node.span.end, *after, &out);
        true
    }

    /// Puts lines in the place of a value. A comment after the key or the value stays on the first line.
    fn replace_lines(&mut self, start: usize, end: usize, after: usize, lines: &str) {
        let lines = lines.strip_suffix('\n').unwrap_or(lines);
        let (first, rest) = match lines.find('\n') {
            Some(at) => lines.split_at(at),
            None => (lines, ""),
        };
        let key_line = self.line_end(after);
        if start > key_line {
            // The value stood below: what follows the colon in its line is a comment.
            self.patches.replace(after..after, first);
            self.patches.replace(key_line..end, rest);
            return;
        }
        let tail = self.text.get(end..self.line_end(end)).unwrap_or_default().trim();
        let first = if start > after && !first.is_empty() { first.trim_start() } else { first };
        let start = if first.is_empty() { after } else { start };
        if tail.starts_with('#') && !rest.is_empty() {
            let line_end = self.line_end(end);
            self.patches.replace(start..end, first);
            self.patches.replace(line_end..line_end, rest);
        } else {
            self.patches.replace(start..end, format!("{first}{rest}"));
        }
    }

    /// A value in brackets or on one line; on lines of its own in JSON where its neighbours are, indented as the line of a byte is.
    pub(super) fn bracketed(&self, value: &Json, on_lines: Option<usize>) -> String {
        if self.syntax == Syntax::Yaml {
            return self.writer.inline(value);
        }
        match on_lines {
            Some(at) => {
                let pad = self.pad_of(self.first_of_line(at), "");
                pretty(value, &self.unit()).replace('\n', &format!("\n{pad}"))
            }
            None => compact(value),
        }
    }

    /// The first byte of a line that is not blank.
    fn first_of_line(&self, at: usize) -> usize {
        let start = self.line_start(at);
        let line = self.text.get(start..).unwrap_or_default();
        start + line.len() - line.trim_start_matches([' ', '\t']).len()
    }

    /// Whether a line holds one entry: members of its collection stand on lines of their own.
    fn line_is_entry(&self, at: usize) -> bool {
        let before = self.text.get(self.first_of_line(at)..at).unwrap_or_default();
        !before.contains([',', '{', '['])
    }

    /// One step of the indentation of the text.
    fn unit(&self) -> String {
        let indented = self.text.lines().find(|line| line.starts_with([' ', '\t']));
        let line = indented.unwrap_or("  ");
        line.get(..line.len() - line.trim_start_matches([' ', '\t']).len())
            .filter(|unit| unit.len() <= 8)
            .unwrap_or("  ")
            .to_owned()
    }
}

/// A text in the quotes of the one before, or without any as that was.
fn again(old: &str, new: &str) -> String {
    if !old.starts_with(['\'', '"', '|', '>']) && is_no_number(new) {
        return new.to_owned();
    }
    let plain = yaml::text(new);
    if old.starts_with('\'')
        && !new.contains(|c: char| {
            c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
        })
    {
        return format!("'{}'", new.replace('\'', "''"));
    }
    if old.starts_with('"') && !plain.starts_with('"') { format!("\"{plain}\"") } else { plain }
}

/// Whether a text begins as a number does and is none in any version of YAML: addresses and blocks, which people write without quotes.
fn is_no_number(text: &str) -> bool {
    let safe = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '/' | '-');
    let begins = text.starts_with(|c: char| c.is_ascii_digit());
    begins && text.chars().all(safe) && (text.contains('/') || text.matches('.').count() > 1)
}

fn pretty(value: &Json, unit: &str) -> String {
    let mut out = Vec::new();
    let mut serializer = Serializer::with_formatter(&mut out, PrettyFormatter::with_indent(unit.as_bytes()));
    match value.serialize(&mut serializer) {
        Ok(()) => String::from_utf8(out).unwrap_or_else(|_| value.to_string()),
        Err(_) => value.to_string(),
    }
}

/// JSON on one line, with spaces after commas and colons.
fn compact(value: &Json) -> String {
    match value {
        Json::Array(items) => format!("[{}]", items.iter().map(compact).collect::<Vec<_>>().join(", ")),
        Json::Object(entries) => {
            let entries =
                entries.iter().map(|(key, value)| format!("{}: {}", Json::from(key.as_str()), compact(value)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
        other => other.to_string(),
    }
}
