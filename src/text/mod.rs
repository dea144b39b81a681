//! Words for people: every string a user sees exists in Korean and in English.
//!
//! [`Text`] is what declarations hold (labels, titles, help). [`Message`] is what code composes at run time; the [`message!`](crate::message) macro
//! formats both languages at once. Korean particles depend on the last letter of the word before them, so composed Korean is written with both
//! forms, `{name}을(를)`, and [`particles`] keeps the one that fits.

pub mod csv;
pub mod markup;
mod particle;
mod reading;

use std::fmt;

pub use particle::particles;
use serde::{Deserialize, Serialize};

/// The two languages of the product. Korean is the first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Korean.
    #[default]
    Ko,
    /// English.
    En,
}

impl Lang {
    /// The first language of a reader's list that the product has; English for a reader who asks for others only, Korean for one who asks for
    /// none. Tags are those of BCP 47, as a browser's `navigator.languages` has them: `en-US`, `ko`.
    pub fn preferred<'a>(tags: impl IntoIterator<Item = &'a str>) -> Self {
        let mut asked = false;
        for tag in tags {
            let language = tag.split(['-', '_']).next().unwrap_or_default();
            if language.eq_ignore_ascii_case("ko") {
                return Self::Ko;
            }
            if language.eq_ignore_ascii_case("en") {
                return Self::En;
            }
            asked |= !language.is_empty();
        }
        if asked { Self::En } else { Self::Ko }
    }
}

/// A fixed text in both languages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Text {
    /// Korean, in 해요체.
    pub ko: &'static str,
    /// English.
    pub en: &'static str,
}

/// Short for [`Text::new`]: declarations hold many of them.
pub const fn t(ko: &'static str, en: &'static str) -> Text {
    Text::new(ko, en)
}

impl Text {
    /// A text from its two forms.
    pub const fn new(ko: &'static str, en: &'static str) -> Self {
        Self { ko, en }
    }

    /// The form for `lang`.
    pub const fn get(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Ko => self.ko,
            Lang::En => self.en,
        }
    }

    /// Whether neither form has any letter.
    pub const fn is_empty(self) -> bool {
        self.ko.is_empty() && self.en.is_empty()
    }
}

/// A composed text in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Message {
    /// Korean, particles resolved.
    pub ko: String,
    /// English.
    pub en: String,
}

impl Message {
    /// A message from its two forms; particles in the Korean one are resolved.
    pub fn new(ko: &str, en: impl Into<String>) -> Self {
        Self { ko: particles(ko), en: en.into() }
    }

    /// What [`message!`](crate::message) calls: one place does the formatting for the hundreds that ask for it, which keeps the page small.
    #[inline(never)]
    pub fn composed(ko: fmt::Arguments<'_>, en: fmt::Arguments<'_>) -> Self {
        Self { ko: particles(&ko.to_string()), en: en.to_string() }
    }

    /// The same characters in both languages (names, numbers, addresses).
    pub fn plain(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { ko: text.clone(), en: text }
    }

    /// The message with the name of the place it is about in front.
    pub fn within(self, place: Text) -> Self {
        Self { ko: format!("{} · {}", place.ko, self.ko), en: format!("{} · {}", place.en, self.en) }
    }

    /// The form for `lang`.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Ko => &self.ko,
            Lang::En => &self.en,
        }
    }
}

impl From<Text> for Message {
    fn from(text: Text) -> Self {
        Self { ko: text.ko.to_owned(), en: text.en.to_owned() }
    }
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} / {}", self.ko, self.en)
    }
}

/// Formats a [`Message`] in both languages: `message!("{name}을(를) 옮겼어요", "Moved {name}")`.
#[macro_export]
macro_rules! message {
    ($ko:literal, $en:literal $(, $arg:expr)* $(,)?) => {
        $crate::text::Message::composed(format_args!($ko $(, $arg)*), format_args!($en $(, $arg)*))
    };
}

/// The ASCII words of a text, each with a capital.
pub fn capitalized(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words
        .map(|word| word.chars().enumerate().map(|(i, c)| if i == 0 { c.to_ascii_uppercase() } else { c }).collect())
        .collect()
}

/// The ASCII words of a text as one: `security_group` is `SecurityGroup`.
pub fn pascal(text: &str) -> String {
    capitalized(text).concat()
}

/// A number with commas: 65,536.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A size in MiB as people read it, in hundredths rounded up: what is above a limit never reads as the limit itself.
pub fn mebibytes(bytes: usize) -> String {
    let hundredths = (bytes.saturating_mul(100)).div_ceil(1 << 20);
    let (whole, rest) = (hundredths / 100, hundredths % 100);
    match (rest / 10, rest % 10) {
        (0, 0) => whole.to_string(),
        (tenths, 0) => format!("{whole}.{tenths}"),
        (tenths, last) => format!("{whole}.{tenths}{last}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_above_a_limit_never_reads_as_the_limit() {
        for (bytes, shown) in [(0, "0"), (1, "0.01"), (5 << 20, "5"), ((5 << 20) + 1, "5.01"), (11 << 19, "5.5")] {
            assert_eq!(mebibytes(bytes), shown);
        }
    }

    #[test]
    fn the_first_language_that_is_here_is_preferred() {
        for (tags, want) in [
            (&["ko-KR", "ko", "en-US", "en"][..], Lang::Ko),
            (&["en-US", "en", "ko-KR"], Lang::En),
            (&["ja-JP", "ko", "en"], Lang::Ko),
            (&["de-DE", "EN_gb"], Lang::En),
            (&["fr"], Lang::En),
            (&["kok-IN"], Lang::En),
            (&[""], Lang::Ko),
            (&[], Lang::Ko),
        ] {
            assert_eq!(Lang::preferred(tags.iter().copied()), want, "{tags:?}");
        }
    }

    #[test]
    fn message_formats_both_languages() {
        let name = "web-a";
        let made = message!("{name}을(를) {}번", "{name}, {} times", 3);
        assert_eq!((made.ko.as_str(), made.en.as_str()), ("web-a를 3번", "web-a, 3 times"));
    }

    #[test]
    fn numbers_are_grouped_by_thousands() {
        assert_eq!([0, 999, 1000, 65_536, 1_234_567].map(grouped), ["0", "999", "1,000", "65,536", "1,234,567"]);
    }
}
