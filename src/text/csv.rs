//! Tables for spreadsheets: comma-separated values as RFC 4180 wants them, of which no cell is a formula.

/// A line of cells, with its end.
pub fn line<C: AsRef<str>>(cells: impl IntoIterator<Item = C>) -> String {
    let mut line = cells.into_iter().map(|one| cell(one.as_ref())).collect::<Vec<_>>().join(",");
    line.push_str("\r\n");
    line
}

/// A cell, quoted where it must be. What a spreadsheet would run, even behind blanks or quotes or in full-width letters, begins with an apostrophe.
pub fn cell(text: &str) -> String {
    let runs = text
        .trim_start_matches([' ', '"'])
        .starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}']);
    let text = if runs { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::{cell, line};

    #[test]
    fn no_cell_is_a_formula_and_none_ends_early() {
        assert_eq!(line(["web", "a,b", "say \"x\"", ""]), "web,\"a,b\",\"say \"\"x\"\"\",\r\n");
        for (text, want) in [
            ("web", "web"),
            ("10.0.0.0/16", "10.0.0.0/16"),
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("-2", "'-2"),
            ("+1,2", "\"'+1,2\""),
            (" =1", "' =1"),
            ("\t=1", "'\t=1"),
            ("\"=1\"", "\"'\"\"=1\"\"\""),
            ("＝1", "'＝1"),
            ("a\"b", "\"a\"\"b\""),
            ("", ""),
        ] {
            assert_eq!(cell(text), want);
        }
    }
}
