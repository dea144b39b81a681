//! Light colours for a template's lines: which letters are a key, a text, a number or a sign.

use groundplan::template::Syntax;

/// A line as pieces, each with the class that colours it.
pub fn paint(line: &str, syntax: Syntax) -> Vec<(&'static str, &str)> {
    match syntax {
        Syntax::Json => json(line),
        Syntax::Yaml => yaml(line),
    }
}

fn json(line: &str) -> Vec<(&'static str, &str)> {
    let mut pieces = Vec::new();
    let mut rest = line;
    while let Some(first) = rest.chars().next() {
        let end = match first {
            '"' => quoted(rest),
            c if c == '-' || c.is_ascii_alphanumeric() => {
                rest.find(|c: char| !(c.is_ascii_alphanumeric() || "+-.".contains(c))).unwrap_or(rest.len())
            }
            _ => rest.find(|c: char| c == '"' || c == '-' || c.is_ascii_alphanumeric()).unwrap_or(rest.len()),
        };
        let (piece, after) = rest.split_at(end);
        let class = match first {
            '"' if after.starts_with(':') => "key",
            '"' => "text",
            c if c == '-' || c.is_ascii_alphanumeric() => "number",
            _ => "sign",
        };
        pieces.push((class, piece));
        rest = after;
    }
    pieces
}

/// The length of the quoted text that `rest` begins with; all of it where no quote ends it.
fn quoted(rest: &str) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

fn yaml(line: &str) -> Vec<(&'static str, &str)> {
    let start = line.find(|c: char| c != ' ' && c != '-').unwrap_or(line.len());
    let (lead, rest) = line.split_at(start);
    // A key is a bare word, or a quoted one, with a colon right after it.
    let bare = rest.find(|c: char| !(c.is_alphanumeric() || "_-.:/".contains(c))).unwrap_or(rest.len());
    let word = if rest.starts_with('"') { quoted(rest) } else { bare };
    let (word, after) = rest.split_at(word);
    let key = match word.strip_suffix(':') {
        Some(key) if after.is_empty() || after.starts_with(' ') => key,
        _ if after.starts_with(':') => word,
        _ => "",
    };
    let (key, value) = rest.split_at(key.len());
    let class = if value.trim_start_matches([':', ' ']).parse::<f64>().is_ok() { "number" } else { "text" };
    let (colon, value) = if key.is_empty() { ("", value) } else { value.split_at(1) };
    [("sign", lead), ("key", key), ("sign", colon), (class, value)]
        .into_iter()
        .filter(|(_, piece)| !piece.is_empty())
        .collect()
}
