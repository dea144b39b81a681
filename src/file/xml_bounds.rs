//! What an XML document may have before it is read as a tree: reading one takes a frame of the stack for each level, looks at every attribute of an
//! element for each of them, and hands the namespaces that are in force on to every element that declares another.

use std::ops::ControlFlow;

/// Elements that may stand in each other.
const MAX_DEPTH: usize = 256;
/// Attributes an element may have.
const MAX_ATTRIBUTES: usize = 1_000;
/// Namespaces that may be in force at one place. Drawing programs declare about ten.
const MAX_NAMESPACES: usize = 64;

/// Whether a document keeps within the bounds, in one walk over its text. Whether it is well formed is not asked here.
pub(super) fn is_bounded(text: &str) -> bool {
    let mut open: Vec<usize> = Vec::new();
    let mut namespaces = 0;
    let mut rest = text;
    while let Some((_, from)) = rest.split_once('<') {
        let skipped = [("!--", "-->"), ("![CDATA[", "]]>"), ("?", "?>"), ("!", ">")].into_iter();
        let skipped = skipped.filter(|(start, _)| from.starts_with(start)).map(|(_, end)| end).next();
        rest = match skipped {
            Some(end) => from.split_once(end).map_or("", |(_, after)| after),
            None if from.starts_with('/') => {
                namespaces -= open.pop().unwrap_or_default();
                from
            }
            None => {
                let tag = tag(from);
                if tag.attributes > MAX_ATTRIBUTES || namespaces + tag.namespaces > MAX_NAMESPACES {
                    return false;
                }
                if !tag.is_empty {
                    open.push(tag.namespaces);
                    namespaces += tag.namespaces;
                }
                tag.after
            }
        };
        if open.len() > MAX_DEPTH {
            return false;
        }
    }
    true
}

struct Tag<'a> {
    attributes: usize,
    namespaces: usize,
    /// Whether nothing stands in it.
    is_empty: bool,
    /// What stands behind it.
    after: &'a str,
}

/// The tag that a text begins with. A sign of its end may stand between quotes.
fn tag(text: &str) -> Tag<'_> {
    let (mut attributes, mut namespaces, mut quote) = (0, 0, None);
    // Where the last name begins, and whether the next letter begins one.
    let (mut name, mut between) = (0, true);
    let bytes = text.as_bytes();
    let end = bytes.iter().enumerate().try_for_each(|(at, byte)| {
        match (quote, byte) {
            (Some(open), byte) if open == *byte => (quote, between) = (None, true),
            (Some(_), _) => {}
            (None, b'"' | b'\'') => quote = Some(*byte),
            (None, b'=') => {
                attributes += 1;
                namespaces += usize::from(bytes.get(name..at).is_some_and(|name| name.starts_with(b"xmlns")));
            }
            (None, b'>') => return ControlFlow::Break(at),
            (None, byte) if byte.is_ascii_whitespace() => between = true,
            (None, _) if std::mem::take(&mut between) => name = at,
            (None, _) => {}
        }
        ControlFlow::Continue(())
    });
    let end = end.break_value().unwrap_or(text.len());
    let is_empty = bytes.get(..end).is_some_and(|tag| tag.ends_with(b"/"));
    Tag { attributes, namespaces, is_empty, after: text.get(end..).unwrap_or_default() }
}

#[cfg(test)]
mod tests {
    use super::is_bounded;

    #[test]
    fn what_is_deep_or_wide_is_told_from_what_is_long() {
        let group = |count: usize, inside: &str| format!("{}{inside}{}", "<g>".repeat(count), "</g>".repeat(count));
        let with = |attribute: &str, count: usize| {
            let attributes: String = (0..count).map(|n| format!(" {attribute}{n} = '>'")).collect();
            format!("<svg{attributes}/>")
        };
        for (text, bounded) in [
            (format!("<svg>{}</svg>", "<g/><a b='/>'></a>".repeat(9_000)), true),
            (group(256, "<g/>"), true),
            (group(257, ""), false),
            ("<g>".repeat(300), false),
            (format!("<svg><!-- {0} --><![CDATA[{0}]]><?x {0} ?></svg>", "<g>".repeat(300)), true),
            (with("a", 1_000), true),
            (with("a", 1_001), false),
            (with("xmlns:a", 64), true),
            (with("xmlns:a", 65), false),
            (format!("{}<a xmlns='x'/>", with("xmlns:a", 64).replace("/>", ">")), false),
            (format!("<s>{}</s>", with("xmlns:a", 64).repeat(9)), true),
            ("<".to_owned(), true),
            ("a < b > 'c".to_owned(), true),
        ] {
            assert_eq!(is_bounded(&text), bounded, "{}", text.chars().take(60).collect::<String>());
        }
    }
}
