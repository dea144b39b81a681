//! Templates as YAML, with functions in their long form: what every YAML parser reads back as the same data.

use std::fmt::Write;
use std::ops::Range;

use super::{Json, Object};

/// A template as YAML in block style.
pub fn to_yaml(template: &Json) -> String {
    let mut out = String::new();
    match template {
        Json::Object(entries) if !entries.is_empty() => mapping(&mut out, entries, 0),
        Json::Array(items) if !items.is_empty() => sequence(&mut out, items, 0),
        other => {
            out.push_str(&scalar(other));
            out.push('\n');
        }
    }
    out
}

/// The entries of the sections of a text that [`to_yaml`] wrote, each with its lines counted from 0.
pub(super) fn entries(text: &str) -> Vec<(&str, Range<usize>)> {
    let mut found: Vec<(&str, Range<usize>)> = Vec::new();
    let mut listed = false;
    for (number, line) in text.lines().enumerate() {
        let inner = line.strip_prefix("  ");
        match inner {
            None if !line.is_empty() => listed = ["Parameters:", "Resources:", "Outputs:"].contains(&line),
            Some(entry) if listed && !entry.starts_with([' ', '-']) && !entry.is_empty() => {
                let name = entry.split(':').next().unwrap_or_default();
                found.push((name.trim_matches('"'), number..number + 1));
            }
            _ if listed => drop(found.last_mut().map(|(_, lines)| lines.end = number + 1)),
            _ => {}
        }
    }
    found
}

fn mapping(out: &mut String, entries: &Object, indent: usize) {
    for (at, (key, value)) in entries.iter().enumerate() {
        // The first line of a mapping that is a sequence's item stands right after the dash.
        if at > 0 || !out.ends_with("- ") {
            let _ = write!(out, "{:indent$}", "");
        }
        let _ = write!(out, "{}:", text(key));
        nested(out, value, indent);
    }
}

fn sequence(out: &mut String, items: &[Json], indent: usize) {
    for (at, item) in items.iter().enumerate() {
        if at > 0 || !out.ends_with("- ") {
            let _ = write!(out, "{:indent$}", "");
        }
        out.push_str("- ");
        match item {
            Json::Object(entries) if !entries.is_empty() => mapping(out, entries, indent + 2),
            Json::Array(items) if !items.is_empty() => sequence(out, items, indent + 2),
            Json::String(lines) if is_block(lines) => block(out, lines, indent + 2),
            other => {
                out.push_str(&scalar(other));
                out.push('\n');
            }
        }
    }
}

/// The value after a key.
fn nested(out: &mut String, value: &Json, indent: usize) {
    match value {
        Json::Object(entries) if !entries.is_empty() => {
            out.push('\n');
            mapping(out, entries, indent + 2);
        }
        Json::Array(items) if !items.is_empty() => {
            out.push('\n');
            sequence(out, items, indent + 2);
        }
        Json::String(lines) if is_block(lines) => {
            out.push(' ');
            block(out, lines, indent + 2);
        }
        other => {
            let _ = writeln!(out, " {}", scalar(other));
        }
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
fn text(text: &str) -> String {
    let safe = |c: char| c.is_ascii_alphanumeric() || "_/.+-:() ".contains(c) || ('가'..='힣').contains(&c);
    let begins = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || ('가'..='힣').contains(&c));
    let word = text.to_ascii_lowercase();
    let reserved = ["true", "false", "yes", "no", "on", "off", "y", "n", "null", "nan", "inf"].contains(&word.as_str());
    let plain = begins && text.chars().all(safe) && !text.contains(": ") && !text.ends_with([':', ' ']) && !reserved;
    if plain { text.to_owned() } else { Json::from(text).to_string() }
}

/// Whether a text is shown as a block of lines: scripts are.
fn is_block(text: &str) -> bool {
    let printable = |c: char| {
        c == '\n' || c == '\t' || (!c.is_control() && !matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{feff}'))
    };
    text.trim_end_matches('\n').contains('\n') && !text.starts_with([' ', '\n', '\t']) && text.chars().all(printable)
}

fn block(out: &mut String, lines: &str, indent: usize) {
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
  - Fn::GetAtt:
      - A
      - b
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

    #[test]
    fn entries_are_found_by_line() {
        let template = serde_json::json!({
            "Metadata": { "A": { "x": 1 } },
            "Resources": { "Vpc": { "Type": "T", "UserData": "a\n\n  b\n", "Tags": [{ "Key": "k" }] }, "Empty": {} },
        });
        let text = to_yaml(&template);
        let lines: Vec<&str> = text.lines().collect();
        let found = entries(&text);
        assert_eq!(found.iter().map(|(id, _)| *id).collect::<Vec<_>>(), ["Vpc", "Empty"], "{text}");
        assert_eq!(lines[found[0].1.start], "  Vpc:");
        assert!(found[0].1.end == found[1].1.start, "{text}");
    }
}
