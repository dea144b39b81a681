//! Pieces of HTML: tables and pages, everything escaped.

use std::fmt::{Display, Write};

use crate::text::Lang;
use crate::text::markup::Escaped;

/// The word for a language in markup.
pub const fn code(lang: Lang) -> &'static str {
    match lang {
        Lang::Ko => "ko",
        Lang::En => "en",
    }
}

/// A table; the columns whose numbers `numeric` names stand to the right. Cells are text.
pub fn table(out: &mut String, heads: &[&str], numeric: &[usize], rows: impl Iterator<Item = Vec<String>>) {
    let class = |at: usize| if numeric.contains(&at) { " class=\"number\"" } else { "" };
    out.push_str("<div class=\"wide\"><table>\n<thead><tr>");
    for (at, head) in heads.iter().enumerate() {
        _ = write!(out, "<th scope=\"col\"{}>{}</th>", class(at), Escaped(head));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for row in rows {
        out.push_str("<tr>");
        for (at, cell) in row.iter().enumerate() {
            _ = write!(out, "<td{}>{}</td>", class(at), Escaped(cell));
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table></div>\n");
}

/// A paragraph of text.
pub fn paragraph(out: &mut String, text: &str) {
    _ = writeln!(out, "<p>{}</p>", Escaped(text));
}

/// What a cell says that may be unknown.
pub fn cell(value: Option<impl Display>, unknown: &str) -> String {
    value.map_or_else(|| unknown.to_owned(), |value| value.to_string())
}
