//! Templates as YAML: functions in their short forms where they have one (`!Ref Vpc`), scripts as blocks of lines.

use std::fmt::Write;

use super::super::{Json, Object, tags};

/// How long a list may get that is the argument of a function and stands on one line, `!Select [0, !GetAZs ""]`.
const MAX_INLINE: usize = 72;

/// A template as YAML in block style.
pub fn to_yaml(template: &Json) -> String {
    let mut out = String::new();
    let writer = Writer { short: true };
    match template {
        Json::Object(entries) if !entries.is_empty() => writer.mapping(&mut out, entries, 0),
        Json::Array(items) if !items.is_empty() => writer.sequence(&mut out, items, 0),
        other => {
            out.push_str(&scalar(other));
            out.push('\n');
        }
    }
    out
}

/// Writes values in block style.
#[derive(Clone, Copy, Debug)]
pub(in crate::template) struct Writer {
    /// Whether functions are written in their short forms.
    pub short: bool,
}

impl Writer {
    /// Entries, each on its own line; the first one right where the text ends if that is after a dash.
    pub fn mapping(self, out: &mut String, entries: &Object, indent: usize) {
        for (at, (key, value)) in entries.iter().enumerate() {
            if at > 0 || !out.ends_with("- ") {
                let _ = write!(out, "{:indent$}", "");
            }
            self.entry(out, key, value, indent);
        }
    }

    /// `key: value`, with the rest of the value on lines below, indented more than `indent`.
    pub fn entry(self, out: &mut String, key: &str, value: &Json, indent: usize) {
        let key = text(key);
        // A longer key is none that a parser would look for.
        if key.len() > 1000 {
            let _ = write!(out, "? {key}\n{:indent$}", "");
        } else {
            out.push_str(&key);
        }
        out.push(':');
        self.value(out, value, indent);
    }

    fn sequence(self, out: &mut String, items: &[Json], indent: usize) {
        for (at, item) in items.iter().enumerate() {
            if at > 0 || !out.ends_with("- ") {
                let _ = write!(out, "{:indent$}", "");
            }
            self.item(out, item, indent);
        }
    }

    /// `- value`, with the rest of the value on lines below, indented more than `indent`.
    pub fn item(self, out: &mut String, item: &Json, indent: usize) {
        match item {
            Json::Object(entries) if !entries.is_empty() && self.call(item).is_none() => {
                out.push_str("- ");
                self.mapping(out, entries, indent + 2);
            }
            Json::Array(items) if !items.is_empty() => {
                out.push_str("- ");
                self.sequence(out, items, indent + 2);
            }
            other => {
                out.push('-');
                self.value(out, other, indent);
            }
        }
    }

    /// A value after the colon of its key, to the end of its last line.
    pub fn value(self, out: &mut String, value: &Json, indent: usize) {
        let (value, is_tagged) = match self.call(value) {
            Some((word, argument)) => {
                let _ = write!(out, " !{word}");
                match Some(argument).filter(|argument| argument.is_array()).map(|argument| self.inline(argument)) {
                    Some(line) if line.len() <= MAX_INLINE && word != "GetAtt" => {
                        let _ = writeln!(out, " {line}");
                        return;
                    }
                    _ => (&short_argument(word, argument), true),
                }
            }
            None => (value, false),
        };
        match value {
            Json::Object(entries) if !entries.is_empty() => {
                out.push('\n');
                self.mapping(out, entries, indent + 2);
            }
            Json::Array(items) if !items.is_empty() => {
                out.push('\n');
                self.sequence(out, items, indent + 2);
            }
            Json::String(lines) if is_block(lines) => {
                out.push(' ');
                block(out, lines, indent + 2);
            }
            Json::String(empty) if empty.is_empty() && is_tagged => out.push_str(" ''\n"),
            other => {
                let _ = writeln!(out, " {}", scalar(other));
            }
        }
    }

    /// A value on one line, as in brackets.
    pub fn inline(self, value: &Json) -> String {
        if let Some(call) = self.inline_call(value) {
            return call;
        }
        match value {
            Json::Object(entries) => {
                let entries = entries.iter().map(|(key, value)| format!("{}: {}", text(key), self.inline(value)));
                let entries = entries.collect::<Vec<_>>().join(", ");
                if entries.is_empty() { "{}".to_owned() } else { format!("{{ {entries} }}") }
            }
            Json::Array(items) => {
                format!("[{}]", items.iter().map(|item| self.inline(item)).collect::<Vec<_>>().join(", "))
            }
            other => scalar(other),
        }
    }

    fn inline_call(self, value: &Json) -> Option<String> {
        let (word, argument) = self.call(value)?;
        Some(match short_argument(word, argument) {
            Json::String(empty) if empty.is_empty() => format!("!{word} ''"),
            argument => format!("!{word} {}", self.inline(&argument)),
        })
    }

    /// The short form of a function, if a mapping is a call that has one: no two can follow each other, and what follows one is a text.
    fn call(self, value: &Json) -> Option<(&str, &Json)> {
        let entries = value.as_object().filter(|entries| self.short && entries.len() == 1)?;
        let (key, argument) = entries.iter().next()?;
        let word = tags::word(key)?;
        let fits = match (word, argument) {
            // The short form of an attribute is a list.
            ("GetAtt", Json::String(both)) => !both.contains('.'),
            (_, Json::String(_) | Json::Array(_)) => true,
            (_, Json::Object(_)) => self.call(argument).is_none(),
            _ => false,
        };
        fits.then_some((word, argument))
    }
}

/// What follows a short form: for an attribute one text where it can be.
fn short_argument(word: &str, argument: &Json) -> Json {
    match (word, argument.as_array().map(Vec::as_slice)) {
        ("GetAtt", Some([Json::String(logical), Json::String(attribute)])) if !logical.contains('.') => {
            Json::String(format!("{logical}.{attribute}"))
        }
        _ => argument.clone(),
    }
}

fn scalar(value: &Json) -> String {
    match value {
        Json::String(plain) => text(plain),
        Json::Object(_) => "{}".to_owned(),
        Json::Array(_) => "[]".to_owned(),
        other => other.to_string(),
    }
}

/// Plain where no parser could take it for anything but this text, else in double quotes, where JSON's escapes are YAML's.
pub(in crate::template) fn text(text: &str) -> String {
    let safe = |c: char| c.is_ascii_alphanumeric() || "_/.+-:() ".contains(c) || ('가'..='힣').contains(&c);
    let begins = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || ('가'..='힣').contains(&c));
    let word = text.to_ascii_lowercase();
    let reserved = ["true", "false", "yes", "no", "on", "off", "y", "n", "null", "nan", "inf"].contains(&word.as_str());
    let plain = begins && text.chars().all(safe) && !text.contains(": ") && !text.ends_with([':', ' ']) && !reserved;
    if plain { text.to_owned() } else { quoted(text) }
}

/// In double quotes, with what YAML does not print as it is escaped.
fn quoted(text: &str) -> String {
    let json = Json::from(text).to_string();
    if json.chars().all(is_printable) {
        return json;
    }
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match u32::from(c) {
            _ if is_printable(c) => out.push(c),
            code @ 0..0x1_0000 => drop(write!(out, "\\u{code:04x}")),
            code => drop(write!(out, "\\U{code:08x}")),
        }
    }
    out
}

/// Whether a character may stand in YAML as it is, in a line.
fn is_printable(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// Whether a text is shown as a block of lines: scripts are.
pub(in crate::template) fn is_block(text: &str) -> bool {
    let printable = |c: char| c == '\n' || c == '\t' || is_printable(c);
    text.trim_end_matches('\n').contains('\n') && !text.starts_with([' ', '\n', '\t']) && text.chars().all(printable)
}

/// A text as a block of lines, from its `|` on.
pub(in crate::template) fn block(out: &mut String, lines: &str, indent: usize) {
    let body = lines.trim_end_matches('\n');
    let breaks = lines.len() - body.len();
    out.push_str(match breaks {
        0 => "|-\n",
        1 => "|\n",
        _ => "|+\n",
    });
    for line in body.split('\n') {
        let indent = if line.is_empty() { 0 } else { indent };
        let _ = writeln!(out, "{:indent$}{line}", "");
    }
    (1..breaks).for_each(|_| out.push('\n'));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_what_yaml_reads_as_the_same() {
        let template = serde_json::json!({
            "AWSTemplateFormatVersion": "2010-09-09",
            "List": [[1, 2], { "Fn::GetAtt": ["A", "b"] }, "a: b", [], {}, null],
            "No": "no", "8": "08", "Empty": "", "UserData": "#!/bin/bash\n\n  echo '한글'\n", "Two": "a\nb",
        });
        let want = r##"AWSTemplateFormatVersion: "2010-09-09"
List:
  - - 1
    - 2
  - !GetAtt A.b
  - "a: b"
  - []
  - {}
  - null
"No": "no"
"8": "08"
Empty: ""
UserData: |
  #!/bin/bash

    echo '한글'
Two: |-
  a
  b
"##;
        assert_eq!(to_yaml(&template), want);
    }
}
