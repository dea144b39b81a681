//! The canonical text of templates, and where in it each entry stands.

pub mod yaml;

use std::ops::Range;

use super::Json;

/// JSON with two spaces of indent and a line break at the end.
pub fn to_json(template: &Json) -> String {
    format!("{template:#}\n")
}

/// The entries of the sections of a canonical text, each with its lines counted from 0.
pub fn entries(text: &str) -> Vec<(&str, Range<usize>)> {
    let mut found = Vec::new();
    let mut section = "";
    let mut open: Option<(&str, usize)> = None;
    for (number, line) in text.lines().enumerate() {
        let key = |indent: &str| line.strip_prefix(indent)?.strip_prefix('"')?.split('"').next();
        if let Some(name) = key("  ") {
            section = name;
        } else if !["Parameters", "Resources", "Outputs"].contains(&section) {
            continue;
        } else if let Some(name) = key("    ") {
            if line.ends_with('{') {
                open = Some((name, number));
            } else {
                found.push((name, number..number + 1));
            }
        } else if line.starts_with("    }")
            && let Some((name, first)) = open.take()
        {
            found.push((name, first..number + 1));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_found_by_line() {
        let template = serde_json::json!({
            "Metadata": { "A": { "x": 1 } },
            "Resources": { "Vpc": { "Type": "T", "Tags": [{ "Key": "}" }] }, "Empty": {} },
        });
        let text = to_json(&template);
        let found = entries(&text);
        let first_lines: Vec<_> =
            found.iter().map(|(id, lines)| (*id, text.lines().nth(lines.start).unwrap())).collect();
        assert_eq!(first_lines, [("Vpc", "    \"Vpc\": {"), ("Empty", "    \"Empty\": {}")]);
        assert_eq!(found[0].1.len(), 8);
        assert!(text.ends_with("}\n") && !text.ends_with("\n\n"));
    }
}
