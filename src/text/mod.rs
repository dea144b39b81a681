//! Words for people: every string a user sees exists in Korean and in English.
//!
//! [`Text`] is what declarations hold (labels, titles, help). [`Message`] is what code composes at run time; the [`message!`](crate::message) macro
//! formats both languages at once. Korean particles depend on the last letter of the word before them, so composed Korean is written with both
//! forms, `{name}을(를)`, and [`particles`] keeps the one that fits.

use std::fmt;

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

/// The pairs of particles, consonant form first, as they are written in composed texts.
const PAIRS: [(&str, &str, &str); 6] = [
    ("을(를)", "을", "를"),
    ("이(가)", "이", "가"),
    ("은(는)", "은", "는"),
    ("과(와)", "과", "와"),
    ("(으)로", "으로", "로"),
    ("이에요(예요)", "이에요", "예요"),
];

/// Keeps of each written pair of particles, `을(를)`, the one that fits the letter before it.
///
/// Digits and Latin letters are judged by how Koreans read them: `8080을`, `NAT를`, `web-a를`.
pub fn particles(text: &str) -> String {
    if !text.contains('(') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    'next: while let Some(first) = rest.chars().next() {
        for (pair, after_consonant, after_vowel) in PAIRS {
            if let Some(tail) = rest.strip_prefix(pair) {
                let ending = ending(&out);
                let consonant = match ending {
                    Ending::Vowel => false,
                    // 로 follows a final ㄹ as it follows a vowel.
                    Ending::Rieul => pair != "(으)로",
                    Ending::Consonant => true,
                };
                out.push_str(if consonant { after_consonant } else { after_vowel });
                rest = tail;
                continue 'next;
            }
        }
        out.push(first);
        rest = rest.get(first.len_utf8()..).unwrap_or_default();
    }
    out
}

/// How the sound before a particle ends.
enum Ending {
    Vowel,
    Rieul,
    Consonant,
}

fn ending(before: &str) -> Ending {
    // Quotes and brackets are not read aloud.
    let Some(last) = before.chars().rev().find(|c| c.is_alphanumeric()) else { return Ending::Vowel };
    match last {
        '가'..='힣' => match (u32::from(last) - u32::from('가')) % 28 {
            0 => Ending::Vowel,
            8 => Ending::Rieul,
            _ => Ending::Consonant,
        },
        // 일, 칠, 팔 end in ㄹ; 영, 삼, 육 in another consonant; 이, 사, 오, 구 in a vowel.
        '1' | '7' | '8' | 'l' | 'L' | 'r' | 'R' => Ending::Rieul,
        '0' | '3' | '6' | 'm' | 'M' | 'n' | 'N' => Ending::Consonant,
        _ => Ending::Vowel,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn particles_follow_the_last_letter() {
        for (written, want) in [
            ("서브넷을(를) 옮겼어요", "서브넷을 옮겼어요"),
            ("VPC이(가) 있어요", "VPC가 있어요"),
            ("웹 서버은(는)", "웹 서버는"),
            ("'서울'(으)로", "'서울'로"),
            ("집(으)로", "집으로"),
            ("포트 80을(를)", "포트 80을"),
            ("포트 22이(가)", "포트 22가"),
            ("10.0.1.0/24과(와) 10.0.0.0/16", "10.0.1.0/24와 10.0.0.0/16"),
            ("ALB이에요(예요)", "ALB예요"),
            ("괄호(그대로)", "괄호(그대로)"),
            ("을(를)", "를"),
        ] {
            assert_eq!(particles(written), want);
        }
    }

    #[test]
    fn message_formats_both_languages() {
        let name = "web-a";
        let made = message!("{name}을(를) {}번", "{name}, {} times", 3);
        assert_eq!((made.ko.as_str(), made.en.as_str()), ("web-a를 3번", "web-a, 3 times"));
    }
}
