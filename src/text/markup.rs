//! Text within XML and HTML.

use std::fmt::{self, Write};

/// Text as XML and HTML may hold it, in an element or a quoted attribute: what has a meaning there is written otherwise, and what may not stand
/// there at all is replaced.
pub struct Escaped<'a>(pub &'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'.. => f.write_char(c)?,
                _ => f.write_char('\u{fffd}')?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Escaped;

    #[test]
    fn nothing_of_a_text_is_markup() {
        let text = Escaped("<a b=\"c\">&amp;\u{0}\u{1b}\u{fffe} 가\n").to_string();
        assert_eq!(text, "&lt;a b=&quot;c&quot;&gt;&amp;amp;\u{fffd}\u{fffd}\u{fffd} 가\n");
    }
}
