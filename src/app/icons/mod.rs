//! The page's own signs, and how the icon of a kind is shown among words. Which glyph and colour a kind has says [`groundplan::picture::icons`].

pub mod glyphs;
